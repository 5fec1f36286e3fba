"""Where the satellites of differences of arrival were, and how well that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoshimori.errors import SettingsError
from hoshimori.model.elements import ElementSets
from hoshimori.model.geolocation import (
    ArrivalDifference,
    GeolocationCase,
    ObservingSatellite,
    StateSource,
)
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Provenance
from hoshimori.model.signals import HeardSignal, ObserverStates
from hoshimori.numerics.covariance_classes import class_growth
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.emitter_fit import SatelliteErrors
from hoshimori.numerics.frames import teme_to_itrf
from hoshimori.numerics.sgp4 import initialise, propagate
from hoshimori.workflows.arrival_files import SignalFiles
from hoshimori.workflows.ephemerides import Earth, TabulatedObjects

_SECONDS_PER_DAY = 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class ObserverSky:
    """What tells where satellites were: ephemerides before element sets."""

    earth: Earth
    sets: ElementSets | None = None
    ephemerides: TabulatedObjects | None = None
    provenances: tuple[Provenance, ...] = ()
    """Of the files of ephemerides."""


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """States of one satellite at moments, and their sigmas."""

    position_km: Floats
    velocity_km_s: Floats
    position_sigma_km: Floats
    velocity_sigma_km_s: Floats
    source: StateSource
    provenances: tuple[Provenance, ...] = ()
    """Of the element set that it comes from."""


def heard_signal(signal: SignalFiles, sky: ObserverSky) -> HeardSignal:
    """Return a signal with the states of the satellites that heard it.

    Raises:
        SettingsError: nothing tells where a satellite was, or how well its ephemeris is known.
        CoverageError: the Earth's orientation is not known then.
    """
    states, provenances = _observed(signal.case, signal.case.measurements, sky)
    every = dict.fromkeys((*signal.provenances, *sky.provenances, *provenances))
    return HeardSignal(signal.case, states, tuple(every), signal.refused)


def observer_states(
    case: GeolocationCase, differences: Sequence[ArrivalDifference], sky: ObserverSky
) -> ObserverStates:
    """Return the states of the satellites of differences at their time tags.

    Raises:
        SettingsError: nothing tells where a satellite was, or how well its ephemeris is known.
        CoverageError: the Earth's orientation is not known then.
    """
    return _observed(case, differences, sky)[0]


def _observed(
    case: GeolocationCase, differences: Sequence[ArrivalDifference], sky: ObserverSky
) -> tuple[ObserverStates, tuple[Provenance, ...]]:
    names = list(dict.fromkeys(n for one in differences for n in (one.first, one.second)))
    utc = np.array([as_column_time(one.time_utc) for one in differences], dtype="datetime64[us]")
    told = {one.name: one for one in case.satellites}
    satellites = [told.get(name, ObservingSatellite(name=name)) for name in names]
    courses = [_course(one, utc, sky) for one in satellites]
    rows = np.array([[names.index(one.first), names.index(one.second)] for one in differences])
    take = np.arange(len(utc))[:, None]
    positions = np.stack([course.position_km for course in courses])
    velocities = np.stack([course.velocity_km_s for course in courses])
    errors = SatelliteErrors(
        position_rtn_km=np.stack([course.position_sigma_km for course in courses]),
        velocity_rtn_km_s=np.stack([course.velocity_sigma_km_s for course in courses]),
        clock_s=np.array([one.clock_sigma_s for one in satellites]),
        frequency_hz=np.array([one.frequency_sigma_hz for one in satellites]),
    )
    sources = tuple(c.source for c in courses)
    states = ObserverStates(rows, positions[rows, take], velocities[rows, take], errors, sources)
    return states, tuple(p for c in courses for p in c.provenances)


def _course(satellite: ObservingSatellite, utc: Times, sky: ObserverSky) -> _Course:
    wanted = satellite.object or satellite.name
    row = _ephemeris_row(wanted, sky.ephemerides)
    if row is not None and sky.ephemerides is not None:
        return _of_ephemeris(satellite, row, utc, sky.ephemerides, sky.earth)
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else -1
    sets = None if sky.sets is None else sky.sets.of_object(number)
    if sets is None or not len(sets):
        raise SettingsError(
            f"satellite {satellite.name[:60]!r}: nothing tells where it was; give its element sets "
            "(--catalogue) or an ephemeris (--ephemerides), and name in the case which object it "
            'is: object = "41335"'
        )
    return _of_sets(satellite, sets, utc, sky.earth)


def _ephemeris_row(wanted: str, known: TabulatedObjects | None) -> int | None:
    if known is None:
        return None
    plain = wanted.lstrip("0")
    for row, (object_id, name) in enumerate(zip(known.object_ids, known.names, strict=True)):
        if wanted in (object_id, name) or (plain and plain == object_id.lstrip("0")):
            return row
    return None


def _of_ephemeris(
    satellite: ObservingSatellite, row: int, utc: Times, known: TabulatedObjects, earth: Earth
) -> _Course:
    if satellite.position_sigma_m is None:
        raise SettingsError(
            f"satellite {satellite.name[:60]!r}: how well its ephemeris is known is not stated; "
            "put position_sigma_m = [radial, in-track, cross-track] into the case"
        )
    t0 = utc.min()
    t_s = (utc - t0) / np.timedelta64(1, "s")
    states = known.states.states_of(np.full(len(utc), row), t0, t_s)
    position, velocity = teme_to_itrf(
        states.position_teme_km, states.velocity_teme_km_s, utc, earth.orientation
    )
    sigma = np.array(satellite.position_sigma_m) * 1e-3
    source = StateSource(satellite.name, "ephemeris", None, float(sigma.max()))
    return _Course(position, velocity, sigma, _velocity_sigma(satellite, sigma, 0.0), source)


def _of_sets(satellite: ObservingSatellite, sets: ElementSets, utc: Times, earth: Earth) -> _Course:
    """Return the states by the one set nearest to the measurements, so that errors are common."""
    middle = utc.min() + (utc.max() - utc.min()) // 2
    nearest = int(np.argmin(np.abs(sets.epoch_utc - middle)))
    one = sets.take(np.array([nearest]))
    t0 = utc.min()
    states = propagate(initialise(one.mean_elements()), t0, (utc - t0) / np.timedelta64(1, "s"))
    position, velocity = teme_to_itrf(
        states.position_teme_km[0], states.velocity_teme_km_s[0], utc, earth.orientation
    )
    age = float(np.abs((utc - one.epoch_utc[0]) / np.timedelta64(1, "s")).max()) / _SECONDS_PER_DAY
    if satellite.position_sigma_m is None:
        sigma = class_growth(one.mean_elements()).sigma_rtn_km(np.array([age]))[0]
    else:
        sigma = np.array(satellite.position_sigma_m) * 1e-3
    motion = float(one.mean_motion_rev_day[0]) * 2.0 * np.pi / _SECONDS_PER_DAY
    source = StateSource(satellite.name, "element sets", age, float(sigma.max()))
    velocity_sigma = _velocity_sigma(satellite, sigma, motion)
    own = (one.provenances[int(one.provenance_index[0])],)
    return _Course(position, velocity, sigma, velocity_sigma, source, own)


def _velocity_sigma(
    satellite: ObservingSatellite, position_sigma_km: Floats, motion_rad_s: float
) -> Floats:
    """Return sigmas of velocity beyond what an error of position brings by turning.

    Of element sets those of an error that goes through its size once a revolution.
    """
    if satellite.velocity_sigma_m_s is not None:
        return np.array(satellite.velocity_sigma_m_s) * 1e-3
    radial, _, cross = position_sigma_km
    return np.array([radial, radial, cross]) * motion_rad_s
