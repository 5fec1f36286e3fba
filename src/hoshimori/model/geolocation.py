"""Where a signal came from: what was measured, and the areas that it can have come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation


class ArrivalKind(Enum):
    """What was compared of one signal at two satellites; always first minus second."""

    TDOA = "tdoa"
    """Time of arrival, seconds."""
    FDOA = "fdoa"
    """Received frequency, hertz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalDifference:
    """One measured difference of arrival."""

    time_utc: datetime
    """Arrival at the first satellite; at the station by way of it where both relay."""
    kind: ArrivalKind
    first: str
    """Name of the first satellite: as in the case, or its catalogue number."""
    second: str
    value: float
    """Seconds or hertz, first minus second."""
    sigma: float | None = None
    """One sigma; that of the case where None."""
    emitter: str = ""
    """Name of a reference emitter; empty for the one that is sought."""
    station: str = ""
    """Name of the station that both relay to; empty where measured at the satellites."""
    carrier_hz: float | None = None
    """Frequency of the emission; that of the emitter where None."""
    downlink_hz: float | None = None
    """Frequency on the way down; that of the station where None."""
    received_utc: datetime | None = None
    """When it could be known; its own time where None."""
    place: str = ""
    """Where it stands in its file, for messages."""

    @property
    def known_utc(self) -> datetime:
        """Return when it could be known."""
        return self.received_utc or self.time_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservingSatellite:
    """A satellite that heard the signal, and how well its orbit and clock are known (one sigma)."""

    name: str
    object: str = ""
    """Catalogue number, or the identifier of an ephemeris; the name where empty."""
    position_sigma_m: tuple[float, float, float] | None = None
    """Radial, in-track, cross-track; for element sets their measured errors where None."""
    velocity_sigma_m_s: tuple[float, float, float] | None = None
    """Beyond what an error of position brings; follows from the position's where None."""
    clock_sigma_s: float = 0.0
    frequency_sigma_hz: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundSite:
    """A place on the ground that is known: of a reference emitter, or of a station."""

    name: str
    latitude_deg: float
    longitude_deg: float
    height_m: float = 0.0
    frequency_hz: float | None = None
    """That it emits, or that reaches it from the satellites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtEmitter:
    """What is taken for granted of the emitter."""

    height_m: float = 0.0
    """Above the WGS-84 ellipsoid."""
    height_sigma_m: float = 200.0
    carrier_hz: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisturbedLink:
    """What a signal disturbs, as far as whoever measured it states that."""

    norad_id: int | None = None
    """The satellite of the link; None where signals of many are received, or none is stated."""
    receivers: tuple[str, ...] = ()
    """Receivers that it disturbs, by the names that their series have."""
    link: Link | None = None
    """None where not stated."""
    band: str = ""
    """As written: L1, Ku; empty where not stated."""
    polarisation: Polarisation = Polarisation.NOT_STATED
    bearing: Bearing = Bearing.NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class GeolocationCase:
    """All that is told about one signal before its place is worked out."""

    title: str = ""
    reality: Reality = Reality.REAL
    emitter: SoughtEmitter = SoughtEmitter()
    disturbed: DisturbedLink = DisturbedLink()
    satellites: tuple[ObservingSatellite, ...] = ()
    references: tuple[GroundSite, ...] = ()
    stations: tuple[GroundSite, ...] = ()
    tdoa_sigma_s: float | None = None
    """Of measurements that state none."""
    fdoa_sigma_hz: float | None = None
    measurements: tuple[ArrivalDifference, ...] = ()


class GeometryWarning(Enum):
    """What makes an area worth less than it looks, or one of several."""

    AMBIGUOUS = "ambiguous"
    """Other places give the same measurements: nothing here tells which is right."""
    ONLY_TDOA = "only tdoa"
    ONLY_FDOA = "only fdoa"
    LONG = "long"
    """The ellipse is longer than was asked for."""
    ILL_CONDITIONED = "ill conditioned"
    """One direction is known far worse than the other."""
    LINES_ALONG = "lines along"
    """The lines of position cross at a small angle."""
    BASELINE_ALONG_SIGHT = "baseline along sight"
    """The satellites stand nearly behind one another as seen from there."""
    LOW = "low"
    """A satellite stood low: the atmosphere, which is not modelled, weighs there."""
    BELOW_HORIZON = "below horizon"
    """A satellite was below the horizon there: the signal cannot have come from there."""
    OUTSIDE_FOOTPRINT = "outside footprint"
    """From there no two satellites could be seen together at any measurement."""
    BENT = "bent"
    """The true area is not an ellipse: lines of position bend across it."""
    INCONSISTENT = "inconsistent"
    """The measurements contradict one another by more than their sigmas."""
    UNCHECKED = "unchecked"
    """As many measurements as unknowns: nothing could show a mistake."""
    ORBITS_DECIDE = "orbits decide"
    """Most of the size comes from errors of orbits and clocks: a reference emitter would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmitterArea:
    """An area that holds the emitter with 95 %, where it is one of the places that fit.

    Its middle is never told without it.
    """

    latitude_deg: float
    """Of the middle; geodetic, WGS-84."""
    longitude_deg: float
    semi_major_km: float
    semi_minor_km: float
    azimuth_deg: float
    """Of the long axis, from north over east."""
    area_km2: float
    ring_deg: tuple[tuple[float, float], ...]
    """Outline: latitude and longitude, counter-clockwise, without the first again. That of the
    ellipse; where the area is bent (`BENT`), that of chi-square, which holds 95 % there."""
    chi_square: float
    chance: float | None
    """How often chance alone gives a larger chi-square; None where nothing is left over."""
    lowest_elevation_deg: float
    """Of any satellite at its measurement."""
    semi_major_without_orbits_km: float
    """If orbits and clocks were known exactly."""
    warnings: tuple[GeometryWarning, ...]
    lines_deg: tuple[tuple[tuple[float, float], ...], ...]
    """Lines of position near it: latitude and longitude, one line for each measurement shown."""
    line_kinds: tuple[ArrivalKind, ...]
    """Of each line."""


@dataclass(frozen=True, slots=True)
class StateSource:
    """Where the states of one satellite came from."""

    satellite: str
    source: str
    """``element sets`` or ``ephemeris``."""
    age_days: float | None
    """Largest distance from the epoch of its element set; None for an ephemeris."""
    position_sigma_km: float
    """Largest of the three that were used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeolocationReport:
    """Every area that a signal can have come from; never a point."""

    title: str
    reality: Reality
    files: tuple[str, ...]
    start_utc: datetime
    end_utc: datetime
    """Of the measurements of the emitter."""
    areas: tuple[EmitterArea, ...]
    """The best first; all that the measurements do not tell apart."""
    excluded: int
    """Further places that fit far worse than the best."""
    hidden: int
    """Places from which a satellite was below the horizon."""
    tdoa: int
    """Measurements of the emitter that were used."""
    fdoa: int
    of_references: int
    """Measurements of reference emitters that were used."""
    references: tuple[str, ...]
    satellites: tuple[StateSource, ...]
    carrier_hz: float | None
    height_m: float
    height_sigma_m: float
    longest_km: float
    """Beyond which an ellipse is called long."""
    semi_major_without_references_km: float | None
    """Of the best area; None where there are no references, or nothing would be left."""
    rejected: tuple[str, ...]
    """Measurements that were refused, each with place, cause and what to do."""
