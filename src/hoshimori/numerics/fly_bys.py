"""Slow passes of one object by another in planes alike, read from histories of element sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.breakup_orbits import (
    SecularOrbits,
    latitudes_rad,
    secular_orbits,
    shapes_at,
)
from hoshimori.numerics.constants import TWO_PI, WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements, semi_major_axis_km
from hoshimori.numerics.looks import Looks, Rows, looks_at
from hoshimori.numerics.relative import orbit_plane_angle_rad, relative_track_rtn_km
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate
from hoshimori.numerics.uncertainty import element_sigma_rtn_km

_ORIGIN_UTC = np.datetime64("1970-01-01", "us")
_SAMPLES = 720
_SLACK = 0.75
"""Of a step to either side of a look: two looks may find one pass, and none is lost between."""
_RATE_DAYS = 0.5
_STAYS = 1.5
"""Of the range: who is as near days before or after comes to stay, or leaves: company."""
_STEADY_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class PassRule:
    """What counts as a fly-by, and how densely the history is looked at."""

    range_km: float
    step_days: float
    reach_days: float
    """Both objects have a set within so many days of the look, and of the pass."""
    slowest_km_day: float
    """Slower ones stay: company."""
    fastest_km_day: float
    plane_deg: float
    aside_days: float
    """So long before and after the pass the drift is asked for again."""
    steady_km_day: float
    """Air, Sun and Moon change a drift by as much meanwhile."""


@dataclass(frozen=True, slots=True, eq=False)
class FlyBy:
    """One pass."""

    rows: tuple[int, int]
    """Rows of the sets nearest in time, of the watched object and of the other."""
    days: float
    """When they are nearest, since 1970."""
    closest_km: float
    sigma_km: float
    plane_angle_deg: float
    drift_km_day: float
    """Of the mean separation along the track, positive forward."""
    track_days: Floats
    """Times within the range, shape (m,)."""
    track_rtn_km: Floats
    """The other object as seen from the watched one, shape (m, 3)."""
    age_days: float
    """Of the older of both sets at the pass."""
    is_steady: bool | None
    """Neither changed its course from before to after; None where sets are missing there."""


def fly_bys(
    object_id: Rows, elements: MeanElements, watched: frozenset[int], rule: PassRule
) -> tuple[Looks, tuple[FlyBy, ...]]:
    """Return the looks and all passes by watched objects, by watched object, other and time.

    Rows are ordered by object and epoch. At each look the place along the track of all objects in
    planes near that of a watched one is followed by secular theory; who is level with it within
    the step, at a drift inside the limits, passes. SGP4 from the sets nearest in time then gives
    the range. Passes at which either has no set within reach are not seen.
    """
    days = np.asarray((elements.epoch_utc - _ORIGIN_UTC) / np.timedelta64(1, "us")) / 86400e6
    looks = looks_at(object_id, days, step_days=rule.step_days, reach_days=rule.reach_days)
    orbits, axis_km = secular_orbits(elements), semi_major_axis_km(elements)
    found = [
        one
        for moment in range(len(looks.moment_days))
        for one in _level(orbits, axis_km, looks, moment, watched, rule)
    ]
    satellites = initialise(elements)
    scene = _Scene(object_id, elements, days, orbits, axis_km, satellites, rule)
    passes = (_pass(scene, *one) for one in _once(found, rule))
    return looks, tuple(p for p in passes if p is not None and p.closest_km <= rule.range_km)


_Level = tuple[int, int, float, float]
"""Numbers of the watched object and of the other, when they are level, how far from the look."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    object_id: Rows
    elements: MeanElements
    days: Floats
    orbits: SecularOrbits
    axis_km: Floats
    satellites: Satellites
    rule: PassRule


def _level(
    orbits: SecularOrbits,
    axis_km: Floats,
    looks: Looks,
    moment: int,
    watched: frozenset[int],
    rule: PassRule,
) -> Iterator[_Level]:
    """Yield who is level with a watched object near one look."""
    place = np.flatnonzero(looks.row[moment] >= 0)
    rows = looks.row[moment, place].astype(np.int64)
    ids = looks.objects[place]
    mine = np.flatnonzero(np.isin(ids, list(watched)))
    if not len(mine) or len(rows) < 2:
        return
    at_days = float(looks.moment_days[moment])
    normals = shapes_at(orbits.take(rows), _utc(at_days)).normal
    for k in mine:
        axis = axis_km[rows[k]]
        with np.errstate(invalid="ignore"):
            near = normals @ normals[k] >= np.cos(np.radians(rule.plane_deg))
            near &= np.abs(axis_km[rows] - axis) <= _apart_km(rule.fastest_km_day, axis)
        near[k] = False
        others = np.flatnonzero(near)
        pair = orbits.take(np.append(rows[k], rows[others]))
        ahead, rate = _ahead(pair, at_days, normals[k], axis)
        with np.errstate(divide="ignore", invalid="ignore"):
            later = -ahead / rate
            kept = np.abs(later) <= _SLACK * rule.step_days
            kept &= (np.abs(rate) >= rule.slowest_km_day) & (np.abs(rate) <= rule.fastest_km_day)
        for one in np.flatnonzero(kept):
            yield int(ids[k]), int(ids[others[one]]), at_days + float(later[one]), float(later[one])


def _apart_km(drift_km_day: float, axis_km: float) -> float:
    """Return the difference of axes that drifts by so much a day, with half again for drag."""
    motion = np.sqrt(WGS72_MU_KM3_S2 / axis_km**3)
    return float(1.5 * drift_km_day / (1.5 * motion * 86400.0))


def _ahead(
    pair: SecularOrbits, at_days: float, normal: Floats, axis_km: float
) -> tuple[Floats, Floats]:
    """Return how far the others are ahead of the first [km], and how fast they get there [km/day].

    Shape (n - 1,) each.
    """
    times = np.array([_utc(at_days + shift) for shift in (-_RATE_DAYS, 0.0, _RATE_DAYS)])
    latitude = latitudes_rad(pair, times, normal)
    apart = latitude[1:] - latitude[:1]
    rate = axis_km * (apart[:, 2] - apart[:, 0]) / (2.0 * _RATE_DAYS)
    level = (apart[:, 1] + np.pi) % TWO_PI - np.pi
    return np.asarray(axis_km * level), np.asarray(rate)


def _once(found: list[_Level], rule: PassRule) -> Iterator[tuple[int, int, float]]:
    """Yield each pass once, from the look nearest to it."""
    kept: _Level | None = None
    for one in sorted(found):
        if kept is None or one[:2] != kept[:2] or one[2] - kept[2] > 0.5 * rule.step_days:
            if kept is not None:
                yield kept[:3]
            kept = one
        elif abs(one[3]) < abs(kept[3]):
            kept = one
    if kept is not None:
        yield kept[:3]


def _pass(scene: _Scene, watched: int, other: int, at_days: float) -> FlyBy | None:
    """Return one pass as the sets nearest to it tell; None where they are not within reach."""
    rule = scene.rule
    rows = _nearest(scene, watched, other, at_days)
    if rows is None:
        return None
    axis = float(scene.axis_km[rows[0]])
    drift = _course(scene, rows, at_days)[1]
    if not rule.slowest_km_day <= abs(drift) <= rule.fastest_km_day:
        return None
    beside = _beside(scene, watched, other, at_days)
    if any(abs(km) <= _STAYS * rule.range_km for km, _ in beside or ()):
        return None
    allowed = rule.steady_km_day + _STEADY_SHARE * abs(drift)
    is_steady = None if beside is None else max(abs(rate - drift) for _, rate in beside) <= allowed
    turn_days = TWO_PI / np.sqrt(WGS72_MU_KM3_S2 / axis**3) / 86400.0
    half = 1.5 * rule.range_km / abs(drift) + turn_days
    times_days = at_days + np.linspace(-half, half, _SAMPLES)
    seconds = (times_days - at_days) * 86400.0
    states = propagate(scene.satellites.take(np.array(rows)), _utc(at_days), seconds)
    one, two = states.position_teme_km
    if not np.isfinite(states.position_teme_km).all():
        return None
    velocity = states.velocity_teme_km_s
    track = relative_track_rtn_km(one, velocity[0], two)
    range_km = np.linalg.norm(two - one, axis=1)
    k, closest = _lowest(range_km)
    inside = range_km <= max(rule.range_km, closest)
    ages = np.abs(at_days - scene.days[list(rows)])
    sigma = element_sigma_rtn_km(scene.elements.take(np.array(rows)), ages)[:, [0, 2]].max(axis=1)
    angle = orbit_plane_angle_rad(one[k], velocity[0, k], two[k], velocity[1, k])
    return FlyBy(
        rows=rows,
        days=float(times_days[k]),
        closest_km=closest,
        sigma_km=float(np.hypot(*sigma)),
        plane_angle_deg=float(np.degrees(angle)),
        drift_km_day=drift,
        track_days=times_days[inside],
        track_rtn_km=track[inside],
        age_days=float(ages.max()),
        is_steady=is_steady,
    )


def _lowest(range_km: Floats) -> tuple[int, float]:
    """Return the sample of smallest range, and the least value of a parabola through squares."""
    k = int(range_km.argmin())
    if 0 < k < len(range_km) - 1:
        before, here, after = range_km[k - 1 : k + 2] ** 2
        bend = before - 2.0 * here + after
        if bend > 0.0:
            return k, float(np.sqrt(max(here - (after - before) ** 2 / (8.0 * bend), 0.0)))
    return k, float(range_km[k])


def _beside(
    scene: _Scene, watched: int, other: int, at_days: float
) -> list[tuple[float, float]] | None:
    """Return separation and drift long before and after a pass; None where sets are missing."""
    found = []
    for aside in (-scene.rule.aside_days, scene.rule.aside_days):
        rows = _nearest(scene, watched, other, at_days + aside)
        if rows is None:
            return None
        found.append(_course(scene, rows, at_days + aside))
    return found


def _course(scene: _Scene, rows: tuple[int, int], at_days: float) -> tuple[float, float]:
    """Return how far the other is ahead along the track [km], and its drift [km/day]."""
    orbits = scene.orbits.take(np.array(rows))
    normal = shapes_at(orbits, _utc(at_days)).normal[0]
    ahead, rate = _ahead(orbits, at_days, normal, float(scene.axis_km[rows[0]]))
    return float(ahead[0]), float(rate[0])


def _nearest(scene: _Scene, watched: int, other: int, at_days: float) -> tuple[int, int] | None:
    """Return the rows of both nearest in time to a moment; None where either is out of reach."""
    rows = []
    for norad_id in (watched, other):
        first, last = np.searchsorted(scene.object_id, [norad_id, norad_id + 1])
        row = int(first + np.abs(scene.days[first:last] - at_days).argmin())
        if abs(scene.days[row] - at_days) > scene.rule.reach_days:
            return None
        rows.append(row)
    return rows[0], rows[1]


def _utc(days: float) -> np.datetime64:
    return _ORIGIN_UTC + np.timedelta64(round(days * 86400e6), "us")
