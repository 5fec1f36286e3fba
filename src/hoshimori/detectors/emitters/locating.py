"""Where a signal can have come from: differences of arrival become areas, never points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoshimori.detectors.emitters.checks import checked, hertz_of, sigma_of
from hoshimori.detectors.emitters.warnings import Seen, warnings_of
from hoshimori.errors import CoverageError
from hoshimori.model.geolocation import (
    ArrivalDifference,
    ArrivalKind,
    EmitterArea,
    GeolocationCase,
    GeolocationReport,
    GeometryWarning,
    GroundSite,
)
from hoshimori.model.signals import HeardSignal, ObserverStates
from hoshimori.numerics.arrivals import Arrivals
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.emitter_areas import (
    chance_of,
    ellipse_of,
    lines_of_position,
    outline,
    rise_on_edge,
)
from hoshimori.numerics.emitter_fit import Fits, Situation, normal_at
from hoshimori.numerics.emitter_ridges import bent_outline
from hoshimori.numerics.emitter_search import (
    DEFAULT_STARTS,
    EmitterSearch,
    found_places,
    geometry_at,
)
from hoshimori.numerics.surface import position_itrf_km

LONGEST_KM = 100.0
_LINE_REACH = 2.0
_LEAST_REACH_KM, _MOST_REACH_KM = 30.0, 2_000.0
_NO_LIMIT_KM = 20_000.0


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """What was used, and the situation that it makes."""

    used: tuple[ArrivalDifference, ...]
    states: ObserverStates
    situation: Situation


def located(
    signal: HeardSignal,
    *,
    files: tuple[str, ...] = (),
    longest_km: float = LONGEST_KM,
    starts: int = DEFAULT_STARTS,
) -> GeolocationReport:
    """Return every area from which a signal can have come.

    `longest_km` is how long an ellipse may be before it is called long; the fit begins at about
    so many `starts`. A measurement that cannot be right is refused alone.

    Raises:
        CoverageError: too few measurements are left, or the fit settles nowhere.
    """
    case, states = signal.case, signal.states
    keep, refused = checked(case, states)
    rejected = (*signal.refused, *refused)
    work = _work(case, states, keep)
    if not any(not one.emitter for one in work.used):
        hint = f": {rejected[0]}" if rejected else ""
        raise CoverageError(f"no measurement of the sought emitter is left{hint}")
    search = found_places(work.situation, starts=starts)
    own = [one for one in work.used if not one.emitter]
    return GeolocationReport(
        title=case.title,
        reality=signal.reality,
        files=files,
        start_utc=min(one.time_utc for one in own),
        end_utc=max(one.time_utc for one in own),
        areas=_areas(work, search, longest_km),
        excluded=len(search.excluded),
        hidden=search.hidden,
        tdoa=sum(one.kind is ArrivalKind.TDOA for one in own),
        fdoa=sum(one.kind is ArrivalKind.FDOA for one in own),
        of_references=len(work.used) - len(own),
        references=tuple(dict.fromkeys(one.emitter for one in work.used if one.emitter)),
        satellites=work.states.sources,
        carrier_hz=next((hz for one in own if (hz := hertz_of(case, one)) is not None), None),
        height_m=case.emitter.height_m,
        height_sigma_m=case.emitter.height_sigma_m,
        longest_km=longest_km,
        semi_major_without_references_km=_without_references(work, search),
        rejected=rejected,
    )


def _work(case: GeolocationCase, states: ObserverStates, keep: Sequence[int]) -> _Work:
    used = tuple(case.measurements[row] for row in keep)
    rows = np.array(keep, dtype=np.int64)
    start = min((one.time_utc for one in used), default=None)
    arrivals = Arrivals(
        time_s=np.array([(one.time_utc - start).total_seconds() for one in used if start]),
        is_frequency=np.array([one.kind is ArrivalKind.FDOA for one in used], dtype=np.bool_),
        value=np.array([one.value for one in used]),
        sigma=np.array([sigma_of(case, one) for one in used], dtype=np.float64),
        carrier_hz=np.array([hertz_of(case, one) or 0.0 for one in used]),
        satellite=states.satellite[rows],
        position_km=states.position_km[rows],
        velocity_km_s=states.velocity_km_s[rows],
        known_emitter_km=_sites(case.references, [one.emitter for one in used]),
        station_km=_sites(case.stations, [one.station for one in used]),
        downlink_hz=np.array([_downlink(case, one) for one in used]),
    )
    situation = Situation(
        arrivals,
        states.errors,
        case.emitter.height_m * 1e-3,
        case.emitter.height_sigma_m * 1e-3,
    )
    return _Work(used, states, situation)


def _sites(sites: Sequence[GroundSite], names: Sequence[str]) -> Floats:
    """Return the position of each named site, NaN where there is no name."""
    place = {"": np.full(3, np.nan)}
    for one in sites:
        latitude, longitude = np.radians([one.latitude_deg, one.longitude_deg])
        place[one.name] = position_itrf_km(latitude, longitude, np.array(one.height_m * 1e-3))
    return np.array([place[name] for name in names]).reshape(-1, 3)


def _downlink(case: GeolocationCase, one: ArrivalDifference) -> float:
    if one.downlink_hz is not None:
        return one.downlink_hz
    known = {station.name: station.frequency_hz for station in case.stations}
    return known.get(one.station) or 0.0


def _areas(work: _Work, search: EmitterSearch, longest_km: float) -> tuple[EmitterArea, ...]:
    count = len(search.places)
    return tuple(
        _area(work, search.places, row, is_only=count == 1, longest_km=longest_km)
        for row in range(count)
    )


def _area(work: _Work, places: Fits, row: int, *, is_only: bool, longest_km: float) -> EmitterArea:
    situation = work.situation
    place = float(places.latitude_rad[row]), float(places.longitude_rad[row])
    latitude, longitude = place
    ellipse = ellipse_of(places.matrix[row])
    degrees = len(work.used) - 2
    chance = chance_of(float(places.chi_square[row]), degrees)
    geometry = geometry_at(situation, latitude, longitude)
    without = situation.without_satellite_errors()
    here = np.array([latitude]), np.array([longitude])
    without_orbits_km = ellipse_of(normal_at(without, *here).matrix[0]).semi_major_km
    warnings = warnings_of(
        Seen(
            ellipse=ellipse,
            geometry=geometry,
            rise=rise_on_edge(situation, latitude, longitude, ellipse),
            chance=chance,
            kinds=frozenset(one.kind for one in work.used if not one.emitter),
            is_only=is_only,
            longest_km=longest_km,
            without_orbits_km=without_orbits_km,
        )
    )
    reach = _LINE_REACH * ellipse.semi_major_km
    reach = min(max(reach, _LEAST_REACH_KM), _MOST_REACH_KM)
    lines, kinds = _lines(work, latitude, longitude, reach)
    is_bent = GeometryWarning.BENT in warnings
    edge = bent_outline(situation, *place, ellipse) if is_bent else outline(*place, ellipse)
    return EmitterArea(
        latitude_deg=math.degrees(latitude),
        longitude_deg=math.degrees(longitude),
        semi_major_km=ellipse.semi_major_km,
        semi_minor_km=ellipse.semi_minor_km,
        azimuth_deg=math.degrees(ellipse.azimuth_rad),
        area_km2=ellipse.area_km2,
        ring_deg=_pairs(np.degrees(edge)),
        chi_square=float(places.chi_square[row]),
        chance=chance,
        lowest_elevation_deg=math.degrees(geometry.lowest_elevation_rad),
        semi_major_without_orbits_km=without_orbits_km,
        warnings=warnings,
        lines_deg=lines,
        line_kinds=kinds,
    )


def _lines(
    work: _Work, latitude: float, longitude: float, reach_km: float
) -> tuple[tuple[tuple[tuple[float, float], ...], ...], tuple[ArrivalKind, ...]]:
    found = lines_of_position(work.situation, latitude, longitude, reach_km)
    kinds = (work.used[line.row].kind for line in found)
    return tuple(_pairs(np.degrees(line.places_rad)) for line in found), tuple(kinds)


def _pairs(places: Floats) -> tuple[tuple[float, float], ...]:
    return tuple((round(lat, 6), round(lon, 6)) for lat, lon in places.tolist())


def _without_references(work: _Work, search: EmitterSearch) -> float | None:
    """Return how long the best ellipse would be without reference emitters; None where none is."""
    bare = work.situation.without_references()
    if len(bare.arrivals) == len(work.used):
        return None
    places = search.places
    matrix = normal_at(bare, places.latitude_rad[:1], places.longitude_rad[:1]).matrix[0]
    length_km = ellipse_of(matrix).semi_major_km
    return length_km if length_km < _NO_LIMIT_KM else None
