"""Where a signal can have come from: differences of arrival become areas, never points."""

from __future__ import annotations

from hoshimori.detectors.emitters import LONGEST_KM, located
from hoshimori.model.geolocation import GeolocationReport
from hoshimori.numerics.emitter_search import DEFAULT_STARTS
from hoshimori.workflows.arrival_files import SignalFiles
from hoshimori.workflows.arrival_states import ObserverSky, heard_signal


def geolocate(
    signal: SignalFiles,
    sky: ObserverSky,
    *,
    longest_km: float = LONGEST_KM,
    starts: int = DEFAULT_STARTS,
) -> GeolocationReport:
    """Return every area from which a signal can have come.

    `longest_km` is how long an ellipse may be before it is called long; the fit begins at about
    so many `starts`. A measurement that cannot be right is refused alone.

    Raises:
        SettingsError: nothing tells where a satellite was, or how well its ephemeris is known.
        CoverageError: too few measurements are left, or the fit settles nowhere.
    """
    heard = heard_signal(signal, sky)
    return located(heard, files=signal.files, longest_km=longest_km, starts=starts)
