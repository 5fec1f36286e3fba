"""What one part does by itself: burns, slow thrust, docking, loss, re-entry, swapped numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hoshimori.exercise.actors import Arc
from hoshimori.exercise.air_drag import mean_motion_dot_rev_day2
from hoshimori.exercise.courses import (
    NEVER,
    Course,
    following,
    shifted_from,
    trajectory,
    with_sets_of,
)
from hoshimori.exercise.mean_orbits import MeanOrbits, secular_rates_rad_day
from hoshimori.exercise.refit import difference, kicked, shifted
from hoshimori.exercise.smoothing import along, apart_at
from hoshimori.exercise.stage import Bond, Happened, Stage, rows_between
from hoshimori.model.injects import (
    Burn,
    CrossTag,
    Docking,
    Lateness,
    Loss,
    Reentry,
    SlowThrust,
    Tow,
)
from hoshimori.numerics.atmosphere import scale_height_km
from hoshimori.numerics.constants import MINUTES_PER_DAY, SECONDS_PER_DAY, WGS72_MU_KM3_S2
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    Times,
    perigee_altitude_km,
    semi_major_axis_km,
)

_DAY = np.timedelta64(1, "D")
_GRID = 400
_LAST_SHARE = 0.002
"""Of a fall; what is left of it is less than a revolution."""
_MOST_DRAG = 0.9
"""Drag terms are published with a leading zero."""
_LAST_KM = 105.0
"""Perigees below are not tracked any more: the object falls within a revolution or two."""


def burned(stage: Stage, inject: Burn | Tow, random: np.random.Generator) -> tuple[Stage, Happened]:
    """Give a part, and who is docked to it, a velocity change at once.

    The sets after it are those of the catalogue, turned by what the burn changes.
    """
    at_utc = stage.moment(inject.at_h)
    before = stage.where(inject.part, at_utc)
    after = kicked(before, np.array([inject.delta_v_rtn_m_s]))
    stage = stage.with_arc(inject.part, Arc(at_utc, after), random)
    number = stage.numbers[inject.part]
    partners = tuple(c.norad_id for c in stage.docked_to(number, at_utc))
    return stage, Happened(
        objects=(number, *partners),
        from_utc=at_utc,
        to_utc=at_utc,
        measures=_velocity_measures(inject.delta_v_rtn_m_s),
        shows_by=(number, *partners),
        lags=True,
    )


def towed(stage: Stage, inject: Tow, random: np.random.Generator) -> tuple[Stage, Happened]:
    """Move a part and the one docked to it by one burn.

    Raises:
        ValueError: they are not docked at that time.
    """
    number, target = stage.numbers[inject.part], stage.numbers[inject.target]
    docked = {c.norad_id for c in stage.docked_to(number, stage.moment(inject.at_h))}
    if target not in docked:
        raise ValueError(
            f"{inject.inject_id}: {inject.part} tows {inject.target}, which is not docked to it"
        )
    return burned(stage, inject, random)


def thrusting(stage: Stage, inject: SlowThrust) -> tuple[Stage, Happened]:
    """Let a part thrust along its track for some time; the sets meanwhile rise or sink with it.

    The circular speed falls by what is spent, and the elements turn at the rates of the axis of
    each moment (integrated, as no arc of SGP4 knows thrust). Fits follow thrust without a lag.
    Source: Edelbaum 1961, ARS Journal 31, 1079.
    """
    start, stop = stage.moment(inject.at_h), stage.moment(inject.at_h + inject.lasts_h)
    number = stage.numbers[inject.part]
    old = stage.where(inject.part, start)
    origins = stage.course(inject.part).origins
    for course in (stage.course(inject.part), *stage.docked_to(number, start)):
        moved = _thrust_course(course, old, inject, stop)
        stage = stage.with_course(moved.following_also(origins))
    return stage, Happened(
        objects=(number,),
        from_utc=start,
        to_utc=stop,
        measures={
            "delta_v_m_s": abs(inject.acceleration_m_s2) * inject.lasts_h * 3600.0,
            "acceleration_m_s2": inject.acceleration_m_s2,
        },
        shows_by=(number,),
    )


def thrust_errors(
    old: MeanElements, acceleration_m_s2: float, start: np.datetime64, at_utc: Times
) -> Floats:
    """Return what in-track thrust since a moment makes of elements, as `refit.shifted`, (6, n)."""
    days = np.asarray((at_utc - start) / _DAY, np.float64)
    grid = np.linspace(0.0, float(days.max(initial=0.0)), _GRID)
    axis_0 = float(semi_major_axis_km(old)[0])
    speed_0 = np.sqrt(WGS72_MU_KM3_S2 / axis_0)
    speed = speed_0 - 1e-3 * acceleration_m_s2 * SECONDS_PER_DAY * grid
    return _along_axis(old, axis_0, WGS72_MU_KM3_S2 / speed**2, grid, days)


def docked(stage: Stage, inject: Docking) -> tuple[Stage, Happened]:
    """Make two parts one for the catalogue: the first gets the sets of the second.

    When they part again, it goes on from where the other is, with its own cadence and errors.
    """
    start = stage.moment(inject.at_h)
    stop = NEVER if inject.lasts_h is None else stage.moment(inject.at_h + inject.lasts_h)
    own, host = stage.course(inject.part), stage.course(inject.target)
    shared = with_sets_of(own, host, start)
    if stop < stage.ends_utc:
        there = trajectory(host, np.array([stop]))
        apart = following(own, host, there, there, lag_days=0.0)
        shared = with_sets_of(shared.take(shared.epoch_utc < stop), apart, stop)
    number, target = own.norad_id, host.norad_id
    bond = Bond(number, target, start, stop)
    stage = replace(stage.with_course(shared), bonds=(*stage.bonds, bond))
    return stage, Happened(
        objects=(number, target),
        from_utc=start,
        to_utc=min(stop, stage.ends_utc),
        shows_by=(number,),
    )


def lost(stage: Stage, inject: Loss) -> tuple[Stage, Happened]:
    """Let no sets of a part come for some time; it shows when the next should have come."""
    start = stage.moment(inject.at_h)
    stop = NEVER if inject.lasts_h is None else stage.moment(inject.at_h + inject.lasts_h)
    course = stage.course(inject.part)
    missing = rows_between(course, start, stop) & (course.known_utc > start)
    stage = stage.with_course(course.take(~missing).changed_from(start))
    return stage, Happened(
        objects=(course.norad_id,),
        from_utc=start,
        to_utc=min(stop, stage.ends_utc),
        shows_by=(),
        public_utc=_first(course, missing),
    )


def reentering(stage: Stage, inject: Reentry) -> tuple[Stage, Happened]:
    """Let a part come down so that it is gone some time after; its drag terms rise as it sinks.

    The height falls as the logarithm of the time that is left, in scale heights of the air at the
    perigee at the start. Source: King-Hele 1987, Satellite Orbits in an Atmosphere, section 4.
    """
    start, stop = stage.moment(inject.at_h), stage.moment(inject.at_h + inject.lasts_h)
    course = stage.course(inject.part)
    old = trajectory(course, np.array([start]))
    scale_km = float(scale_height_km(perigee_altitude_km(old))[0])
    lasts_days = inject.lasts_h / 24.0
    after = course.epoch_utc >= start
    left_days = (stop - course.epoch_utc[after]) / _DAY
    flies = left_days > _LAST_SHARE * lasts_days
    kept = np.flatnonzero(after)[flies]
    course = course.take(np.sort(np.concatenate([np.flatnonzero(~after), kept])))
    errors = _sinking(old, scale_km, lasts_days, lasts_days - left_days[flies])
    fallen = shifted_from(course, Arc(start, old), errors)
    drag = scale_km / left_days[flies] / _decay_km_day_per_bstar(old)
    drag = np.minimum(drag, _MOST_DRAG)
    fallen = _with_drag(fallen, int(np.count_nonzero(~after)), drag)
    above = perigee_altitude_km(fallen.published) > _LAST_KM
    stage = stage.with_course(fallen.take(above))
    return stage, Happened(
        objects=(course.norad_id,), from_utc=start, to_utc=stop, shows_by=(course.norad_id,)
    )


def swapped(stage: Stage, inject: CrossTag) -> tuple[Stage, Happened]:
    """Let the catalogue take each of two parts for the other for some time."""
    start, stop = stage.moment(inject.at_h), stage.moment(inject.at_h + inject.lasts_h)
    one, other = stage.course(inject.part), stage.course(inject.other)
    for own, wrong in ((one, other), (other, one)):
        mixed = with_sets_of(own, wrong.take(wrong.epoch_utc < stop), start)
        back = own.take(own.epoch_utc >= stop)
        mixed = replace(with_sets_of(mixed, back, stop), arcs=own.arcs)
        stage = stage.with_course(mixed)
    return stage, Happened(
        objects=(one.norad_id, other.norad_id),
        from_utc=start,
        to_utc=stop,
        shows_by=(one.norad_id, other.norad_id),
    )


def late(stage: Stage, inject: Lateness) -> tuple[Stage, Happened]:
    """Let what catalogues say of some parts become known later than it would."""
    start, stop = stage.moment(inject.at_h), stage.moment(inject.at_h + inject.lasts_h)
    delay = np.timedelta64(round(inject.late_h * 3600e6), "us")
    numbers, first = [], []
    for part in inject.parts:
        course = stage.course(part)
        rows = (course.known_utc >= start) & (course.known_utc < stop)
        numbers.append(course.norad_id)
        if rows.any():
            first.append(np.datetime64(course.known_utc[rows].min(), "us"))
            known = np.where(rows, course.known_utc + delay, course.known_utc)
            changed = replace(course, known_utc=known)
            stage = stage.with_course(changed.changed_from(course.epoch_utc[rows].min()))
    return stage, Happened(
        objects=tuple(numbers),
        from_utc=start,
        to_utc=stop,
        shows_by=(),
        public_utc=min(first) if first else None,
    )


def _velocity_measures(delta_v_rtn_m_s: tuple[float, float, float]) -> dict[str, float]:
    names = ("radial_m_s", "in_track_m_s", "cross_track_m_s")
    parts = dict(zip(names, map(float, delta_v_rtn_m_s), strict=True))
    return {"delta_v_m_s": float(np.linalg.norm(delta_v_rtn_m_s)), **parts}


def _thrust_course(
    course: Course, old: MeanElements, inject: SlowThrust, stop: np.datetime64
) -> Course:
    start, end = np.datetime64(old.epoch_utc[0], "us"), np.array([stop])
    acceleration = inject.acceleration_m_s2
    at_stop = shifted(along(old, end), thrust_errors(old, acceleration, start, end))
    at_utc = course.epoch_utc[course.epoch_utc >= start]
    within = at_utc < stop
    errors = np.empty((6, len(at_utc)))
    errors[:, within] = thrust_errors(old, acceleration, start, at_utc[within])
    errors[:, ~within] = apart_at(old, at_stop, at_utc[~within])
    changed = shifted_from(course, Arc(start, old), errors)
    return replace(changed, arcs=(*changed.arcs, Arc(stop, at_stop)))


def _along_axis(
    old: MeanElements, axis_0: float, axis: Floats, grid: Floats, days: Floats
) -> Floats:
    """Return what an axis that changes as on a grid of days makes of elements at some days.

    The rates that oblateness gives orbits of each axis are integrated.
    """
    rates = _rates(old, axis) - _rates(old, np.full(len(axis), axis_0))
    steps = 0.5 * (rates[:, 1:] + rates[:, :-1]) * np.diff(grid)
    turned = np.concatenate([np.zeros((3, 1)), np.cumsum(steps, axis=1)], axis=1)
    node, perigee, anomaly = (np.interp(days, grid, row) for row in turned)
    then = along(old, old.epoch_utc[0] + np.round(days * 86400e6).astype("timedelta64[us]"))
    turned_then = replace(
        then,
        raan_rad=then.raan_rad + node,
        arg_of_perigee_rad=then.arg_of_perigee_rad + perigee,
        mean_anomaly_rad=then.mean_anomaly_rad + anomaly,
    )
    errors = difference(then, turned_then)
    errors[0] += np.interp(days, grid, axis) - axis_0
    return errors


def _rates(old: MeanElements, axis_km: Floats) -> Floats:
    """Return rates of node, perigee and anomaly [rad/day] of orbits of other axes, (3, n)."""
    zeros = np.zeros(len(axis_km))
    shape = [zeros + float(c[0]) for c in (old.eccentricity, old.inclination_rad)]
    orbits = MeanOrbits(axis_km, shape[0], shape[1], zeros, zeros, zeros)
    return np.stack(secular_rates_rad_day(orbits))


def _sinking(old: MeanElements, scale_km: float, lasts_days: float, days: Floats) -> Floats:
    axis_0 = float(semi_major_axis_km(old)[0])
    grid = lasts_days * (1.0 - np.geomspace(1.0, _LAST_SHARE, _GRID))
    axis = axis_0 + scale_km * np.log(1.0 - grid / lasts_days)
    return _along_axis(old, axis_0, axis, grid, days)


def _decay_km_day_per_bstar(old: MeanElements) -> float:
    """Return by how much the axis of an arc falls a day for a drag term of one."""
    unit = replace(old, bstar_per_er=np.ones(1))
    motion = old.mean_motion_kozai_rad_min * MINUTES_PER_DAY / (2.0 * np.pi)
    rate = 2.0 * mean_motion_dot_rev_day2(unit) / motion
    return float((2.0 / 3.0 * rate * semi_major_axis_km(old))[0])


def _with_drag(course: Course, first: int, bstar_per_er: Floats) -> Course:
    def raised(elements: MeanElements) -> MeanElements:
        drag = np.concatenate([elements.bstar_per_er[:first], bstar_per_er])
        return replace(elements, bstar_per_er=drag)

    return replace(course, flown=raised(course.flown), published=raised(course.published))


def _first(
    course: Course, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> np.datetime64 | None:
    return np.datetime64(course.known_utc[rows].min(), "us") if rows.any() else None
