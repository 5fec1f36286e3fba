"""What looking for causes rests on: one asset, one moment, what is around, and what is at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.candidate_causes import (
    Assumptions,
    CandidateCause,
    CandidateKind,
    Chance,
    NearObject,
    Standing,
)
from hoshimori.model.elements import ElementSets
from hoshimori.model.ground_areas import GroundArea
from hoshimori.model.manoeuvres import Manoeuvres, Watched
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.numerics.chance import DrawnSpan, rank_of_first
from hoshimori.numerics.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats, period_min
from hoshimori.numerics.encounters import Encounters
from hoshimori.numerics.frames import gmst82_rad
from hoshimori.numerics.neighbourhood import Flags, Neighbourhood
from hoshimori.numerics.sgp4 import Satellites, propagate

USABLE_DAYS = 7.0
"""Element sets farther from a moment do not tell where an object was."""
_LATER_COSTS_DAYS = 3.0
"""A set after the moment holds what happened at it: one before is preferred within this."""
FEWEST_OBJECTS = 1000
"""A catalogue of fewer is a part, and does not tell who was near."""
SLOW_PERIOD_MIN = 360.0
"""Planes of orbits slower than this hardly turn: their shadow and Sun have seasons."""

Values = Mapping[str, float | str]
NOTHING: Values = MappingProxyType({})
Told = Callable[[bool], tuple[str, Values]]
"""From present or not to sentence and values."""


@dataclass(frozen=True, slots=True, eq=False)
class CauseScene:
    """Everything that the causes of one moment are judged by; nothing here names an owner."""

    norad_id: int
    at_utc: np.datetime64
    picture: Picture
    sets: ElementSets
    """One set of each object, the one that tells best where it was; by object."""
    satellites: Satellites
    row: int
    """Of the asset, in both."""
    assumptions: Assumptions
    span: DrawnSpan
    """For what goes by the revolution."""
    year: DrawnSpan
    """For what has seasons."""
    around: Neighbourhood
    passes: Encounters
    """Of the asset, in the whole span and the hours beside it; times count from `at_utc`."""

    @property
    def asset(self) -> Satellites:
        """The asset alone."""
        return self.satellites.take(np.array([self.row]))

    @property
    def revolution_s(self) -> float:
        """Time of one revolution of the asset [s]."""
        own = self.sets.take(np.array([self.row])).mean_elements()
        return 60.0 * float(period_min(own)[0])

    @property
    def has_seasons(self) -> bool:
        """Whether the asset's orbit is so slow that its shadow and Sun have seasons."""
        return self.revolution_s > 60.0 * SLOW_PERIOD_MIN

    @property
    def sun_span(self) -> DrawnSpan:
        """The span for what the Sun does: a year where it has seasons."""
        return self.year if self.has_seasons else self.span

    def positions_teme_km(self, span: DrawnSpan) -> Floats:
        """Return where the asset was at all moments of a span; NaN where SGP4 has no state."""
        return np.asarray(propagate(self.asset, span.at_utc, span.t_s).position_teme_km[0])

    def id_of(self, row: int) -> int:
        """Return the catalogue number of a row."""
        return int(self.sets.norad_id[row])


@dataclass(frozen=True, slots=True, eq=False)
class MoreData:
    """What may be at hand beside orbits; what is not is said."""

    weather: SpaceWeather | None = None
    weather_span: DrawnSpan | None = None
    """Moments for which indices were observed; None where the moment asked about is not."""
    areas: Sequence[GroundArea] | None = None
    """Areas of lost navigation in the maps at hand; None where no maps are."""
    area_span: DrawnSpan | None = None
    """Moments on days of the maps; None where the moment asked about is on none."""
    manoeuvres: Manoeuvres | None = None
    """Those of the asset and of its company, as their histories show; None where not judged."""
    watched: Watched | None = None
    history_span: DrawnSpan | None = None
    """Moments from the asset's first element set on; None where it has too few."""
    covered_span: DrawnSpan | None = None
    """Moments between its first and last element sets; None where the one asked about is not."""
    known_span: DrawnSpan | None = None
    """Moments between the first and the last catalogue at hand; None where there is one only."""


def sets_near(history: ElementSets, at_utc: np.datetime64) -> ElementSets:
    """Return one set of each object by its number: the nearest before a moment, else after it.

    Objects without a set within a week are left out.
    """
    apart_days = (history.epoch_utc - at_utc).astype(np.float64) / 86400e6
    rows = np.flatnonzero(np.abs(apart_days) <= USABLE_DAYS)
    later = apart_days[rows]
    cost = np.where(later <= 0.0, -later, later + _LATER_COSTS_DAYS)
    order = rows[np.lexsort((cost, history.norad_id[rows]))]
    ids = history.norad_id[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = ids[1:] != ids[:-1]
    return history.take(order[first])


def row_of(sets: ElementSets, norad_id: int, at_utc: np.datetime64) -> int:
    """Return the row of an object.

    Raises:
        CoverageError: no element set of it lies within a week of the moment.
    """
    found = np.flatnonzero(sets.norad_id == norad_id)
    if not len(found):
        raise CoverageError(
            f"no element set of {norad_id} lies within {USABLE_DAYS:g} days of {at_utc}Z: "
            "where it was is not known"
        )
    return int(found[0])


def ground_teme_km(
    span: DrawnSpan, asset_position_km: Floats, station: tuple[float, float] | None
) -> Floats:
    """Return a station on the ground at moments, without one the point straight below the asset.

    The station stands at height 0 of WGS-84, its latitude geodetic; the point below on a sphere.
    Pole and UT1 are left out: 0.5 km.
    """
    if station is None:
        radius = np.linalg.norm(asset_position_km, axis=1, keepdims=True)
        return np.asarray(asset_position_km / radius * WGS84_RADIUS_KM)
    latitude, longitude = np.radians(station)
    east = longitude + gmst82_rad(span.utc)
    squeezed = (1.0 - WGS84_FLATTENING) ** 2
    normal = WGS84_RADIUS_KM / np.hypot(np.cos(latitude), np.sqrt(squeezed) * np.sin(latitude))
    flat = normal * np.cos(latitude)
    up = np.full(len(east), squeezed * normal * np.sin(latitude))
    return np.stack([flat * np.cos(east), flat * np.sin(east), up], axis=-1)


def earth_fixed_km(position_teme_km: Floats, span: DrawnSpan) -> Floats:
    """Return positions in axes that turn with the Earth (pole and UT1 left out: 0.5 km below)."""
    angle = gmst82_rad(span.utc)
    x, y, z = np.moveaxis(position_teme_km, -1, 0)
    return np.stack(
        [np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x, z], axis=-1
    )


def not_judged(kind: CandidateKind, why: str, values: Values = NOTHING) -> CandidateCause:
    """Return that a cause could not be judged, and why."""
    return CandidateCause(kind, Standing.NOT_JUDGED, why, values)


def absent(kind: CandidateKind, sentence: str, values: Values = NOTHING) -> CandidateCause:
    """Return that a cause cannot be there at all, in this orbit."""
    return CandidateCause(kind, Standing.ABSENT, sentence, values)


def judged(
    kind: CandidateKind,
    scores: Floats,
    is_present: Flags,
    span: DrawnSpan,
    told: Told,
    *,
    unusual_p: float,
    objects: tuple[NearObject, ...] = (),
) -> CandidateCause:
    """Return a cause with its chance: the score of the moment among those of the drawn ones.

    Higher scores are more unusual; `told` gives sentence and values for present or not.
    """
    rank = rank_of_first(scores)
    if rank is None:
        return not_judged(kind, "no_states")
    known = ~np.isnan(scores[1:])
    chance = Chance(
        p_value=rank.p_value,
        as_much=rank.as_much,
        present=int(np.count_nonzero(is_present[1:] & known)),
        drawn=rank.drawn,
        from_utc=as_datetime(span.from_utc),
        until_utc=as_datetime(span.until_utc),
        ties=rank.as_much - rank.more,
    )
    present = bool(is_present[0])
    rare = present and chance.p_value <= unusual_p
    standing = Standing.PRESENT if present else Standing.ABSENT
    sentence, values = told(present)
    return CandidateCause(
        kind, Standing.UNUSUAL if rare else standing, sentence, values, chance, objects
    )
