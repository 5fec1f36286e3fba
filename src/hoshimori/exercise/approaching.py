"""Approaches of one object to another, designed from what is asked of them.

What is asked fixes the trajectory at the end: beside, around or past the target. Two burns lead
there: the first from the object's own orbit onto a transfer, the second off it. A first guess is
the cheapest of many two-body arcs between the mean orbits (so that what oblateness does to both
alike drops out); the first burn is then corrected until SGP4 itself meets the end in place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.exercise.kepler import states_of_orbits
from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.refit import kicked, rows_of, shifted, stacked, states_at
from hoshimori.exercise.smoothing import along
from hoshimori.model.injects import ApproachKind
from hoshimori.numerics.elements import Floats, MeanElements, Times, semi_major_axis_km
from hoshimori.numerics.frames import rtn_basis
from hoshimori.numerics.geometry import (
    has_line_of_sight,
    phase_angle_rad,
    sun_position_teme_km,
    sunlit_fraction,
)
from hoshimori.numerics.lambert import along_ellipse, lambert

_STARTS, _ENDS = 12, 24
"""Moments tried for the burns, within a revolution."""
_ROUNDS = 8
_STEP_M_S = 0.05
_CLOSE_KM = 1e-3
_MOST_M_S = 1000.0
"""No satellite spends more on one approach."""
_SAMPLES = 96
_DRIFT_TURNS = 10


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ApproachPlan:
    """Two burns and the arcs after them, one row each."""

    leaves_utc: np.datetime64
    arrives_utc: np.datetime64
    transfer: MeanElements
    """From the first burn on."""
    final: MeanElements
    """From the second burn on."""
    target: MeanElements
    """The target's arc at the arrival."""
    first_rtn_m_s: Floats
    second_rtn_m_s: Floats
    range_km: float
    """Least distance of the final arc from the target, in a revolution (fly-by: around it)."""
    miss_km: float
    """How far SGP4 is from the end at the arrival."""
    is_lit: bool
    """The target is in sunlight, and the Sun in the back of who looks at it, at the arrival."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What an approach has to be."""

    how: ApproachKind
    range_km: float
    sunlit: bool | None
    side: float
    """1 ahead of or above the target, -1 behind or below it."""
    turn_rad: float
    """Where on the circle around the target it is at first."""


def approach_plan(
    own: MeanElements,
    target: MeanElements,
    *,
    leaves_utc: np.datetime64,
    takes_h: float,
    asked: Asked,
) -> ApproachPlan:
    """Return an approach from an arc to another, one row each, of epochs near the start.

    It leaves within a revolution after `leaves_utc` and arrives within the revolution before it
    should be there.
    Raises ValueError where there is no time for it, or where no arc leads there.
    """
    period = _period(target)
    due_utc = leaves_utc + np.timedelta64(round(takes_h * 3600e6), "us")
    if due_utc - leaves_utc < 1.5 * period:
        raise ValueError(f"an approach needs a revolution and a half, not {takes_h:g} h")
    spread = min(period, (due_utc - leaves_utc) - period)
    starts = leaves_utc + (np.arange(_STARTS) / _STARTS * spread).astype("timedelta64[us]")
    ends = due_utc - (np.arange(_ENDS) / _ENDS * period).astype("timedelta64[us]")
    wanted = [final_arc(target, at_utc, asked) for at_utc in ends]
    lit = np.array([_is_lit(f, along(target, f.epoch_utc)) for f in wanted])
    allowed = lit == asked.sunlit if asked.sunlit is not None else np.ones(len(lit), np.bool_)
    if not allowed.any():
        allowed[:] = True
    cost, kick = _two_body_costs(own, starts, wanted)
    cost[:, ~allowed] = np.inf
    least = float(cost.min())
    if least > _MOST_M_S:
        raise ValueError(
            f"the cheapest transfer takes {least:.0f} m/s: the planes are too far apart"
        )
    for place in np.argsort(cost, axis=None)[:6]:
        row, column = divmod(int(place), cost.shape[1])
        if not np.isfinite(cost[row, column]):
            break
        plan = _corrected(
            own,
            np.datetime64(starts[row], "us"),
            target,
            wanted[column],
            kick[row, column],
            bool(lit[column]),
        )
        if plan is not None:
            return plan
    raise ValueError(f"no transfer leads there in {takes_h:g} h")


def final_arc(target: MeanElements, at_utc: np.datetime64, asked: Asked) -> MeanElements:
    """Return the arc that an approach ends on at a moment, one row.

    Beside the target on its own orbit; around it on an ellipse across which eccentricity and
    plane differ in parallel, so that it never crosses its track nearer than asked (D'Amico and
    Montenbruck 2006, JGCD 29, 554); past it above or below. The axis is set so that it stays.
    """
    there = along(target, np.array([at_utc]))
    axis_km = float(semi_major_axis_km(there)[0])
    share = asked.range_km / axis_km
    errors = np.zeros((6, 1))
    match asked.how:
        case ApproachKind.SHADOW | ApproachKind.RENDEZVOUS:
            errors[5] = asked.side * share
        case ApproachKind.FLY_BY:
            errors[0] = asked.side * asked.range_km
        case ApproachKind.INSPECT:
            sine, cosine = np.sin(asked.turn_rad), np.cos(asked.turn_rad)
            widened = 1.0 / np.cos(0.5 * there.inclination_rad[0]) ** 2
            errors[1:5, 0] = share * np.array([sine, cosine, widened * sine, widened * cosine])
            errors = _staying(there, errors, axis_km)
    return shifted(there, errors)


def _staying(there: MeanElements, errors: Floats, axis_km: float) -> Floats:
    """Return errors with which an object neither drifts away nor circles beside the target."""
    for _ in range(2):
        first = _mean_ahead_km(there, shifted(there, errors), 0.0)
        later = _mean_ahead_km(there, shifted(there, errors), _DRIFT_TURNS)
        turn = 2.0 * np.pi * _DRIFT_TURNS
        errors = errors.copy()
        errors[0] += (later - first) / (1.5 * turn)
        errors[5] -= first / axis_km
    return errors


def _mean_ahead_km(there: MeanElements, other: MeanElements, turns: float) -> float:
    """Return how far ahead another object is on the mean of a revolution."""
    ahead = relative_rtn_km(there, other, _revolution(there, turns))[:, 1]
    return float(np.mean(ahead))


def relative_rtn_km(target: MeanElements, other: MeanElements, at_utc: Times) -> Floats:
    """Return where another object is as seen from a target at moments, RTN, shape (n, 3)."""
    zeros = np.zeros(len(at_utc), np.int64)
    here, speed = states_at(rows_of(target, zeros), at_utc)
    there, _ = states_at(rows_of(other, zeros), at_utc)
    return np.asarray(np.einsum("nij,nj->ni", rtn_basis(here, speed), there - here))


def _revolution(arc: MeanElements, turns: float) -> Times:
    period = _period(arc)
    share = turns + np.arange(_SAMPLES) / _SAMPLES
    return np.asarray(arc.epoch_utc[0] + (share * period).astype("timedelta64[us]"))


def _two_body_costs(
    own: MeanElements, starts: Times, wanted: list[MeanElements]
) -> tuple[Floats, Floats]:
    """Return what two burns cost [m/s] from each start to each end, and the first of them, RTN."""
    leaving = along(own, starts)
    here, speed = states_of_orbits(_orbits(leaving))
    cost = np.full((len(starts), len(wanted)), np.inf)
    kick = np.zeros((len(starts), len(wanted), 3))
    for column, final in enumerate(wanted):
        goal, goal_speed = states_of_orbits(_orbits(along(final, starts)))
        flight = np.asarray((final.epoch_utc[0] - starts) / np.timedelta64(1, "s"), np.float64)
        end, end_speed = along_ellipse(goal, goal_speed, flight)
        normal = np.cross(goal[0], goal_speed[0])
        normal /= np.linalg.norm(normal)
        turns = float(flight[0]) / (_period(final) / np.timedelta64(1, "s"))
        for whole in range(max(0, int(turns) - 1), int(turns) + 2):
            for left in (False, True) if whole else (False,):
                arcs = lambert(here, end, flight, normal, revolutions=whole, left=left)
                first, second = arcs.departure_km_s - speed, end_speed - arcs.arrival_km_s
                both = np.linalg.norm(first, axis=1) + np.linalg.norm(second, axis=1)
                better = np.nan_to_num(1e3 * both, nan=np.inf) < cost[:, column]
                cost[better, column] = 1e3 * both[better]
                rtn = np.einsum("nij,nj->ni", rtn_basis(here, speed), 1e3 * first)
                kick[better, column] = rtn[better]
    return cost, kick


def _corrected(
    own: MeanElements,
    leaves_utc: np.datetime64,
    target: MeanElements,
    final: MeanElements,
    kick_rtn_m_s: Floats,
    is_lit: bool,
) -> ApproachPlan | None:
    """Return the approach whose first burn leads SGP4 to the end; None where it does not settle."""
    leaving = along(own, np.array([leaves_utc]))
    goal, goal_speed = states_at(final, final.epoch_utc)
    kick = np.array(kick_rtn_m_s)
    four = stacked([leaving] * 4)
    at_utc = np.repeat(final.epoch_utc, 4)
    miss_km = np.inf
    for _ in range(_ROUNDS):
        tried = kick + np.vstack([np.zeros(3), _STEP_M_S * np.eye(3)])
        places, speeds = states_at(kicked(four, tried), at_utc)
        miss = goal[0] - places[0]
        miss_km = float(np.linalg.norm(miss))
        if not np.isfinite(miss_km) or miss_km < _CLOSE_KM:
            break
        slope = (places[1:] - places[0]).T / _STEP_M_S
        change = np.linalg.lstsq(slope, miss, rcond=1e-6)[0]
        size = float(np.linalg.norm(change))
        kick = kick + change * min(1.0, 50.0 / max(size, 1e-9))
    if not miss_km < 0.05:
        return None
    transfer = kicked(leaving, kick[None])
    places, speeds = states_at(transfer, final.epoch_utc)
    basis = rtn_basis(places, speeds)[0]
    there = along(target, final.epoch_utc)
    ranges = np.linalg.norm(relative_rtn_km(there, final, _revolution(there, -0.5)), axis=1)
    return ApproachPlan(
        leaves_utc=leaves_utc,
        arrives_utc=final.epoch_utc[0],
        transfer=transfer,
        final=final,
        target=there,
        first_rtn_m_s=kick,
        second_rtn_m_s=basis @ (1e3 * (goal_speed - speeds)[0]),
        range_km=float(ranges.min()),
        miss_km=miss_km,
        is_lit=is_lit,
    )


def _is_lit(final: MeanElements, there: MeanElements) -> bool:
    """Tell whether the target is lit as seen by who arrives, by more than half of its face."""
    here, _ = states_at(final, final.epoch_utc)
    target, _ = states_at(there, final.epoch_utc)
    sun = sun_position_teme_km(final.epoch_utc)
    in_sun = bool(sunlit_fraction(target, sun)[0] > 0.5)
    free = bool(has_line_of_sight(here, target)[0])
    return in_sun and free and bool(phase_angle_rad(here, target, sun)[0] < 0.5 * np.pi)


def _period(arc: MeanElements) -> np.timedelta64:
    seconds = 120.0 * np.pi / float(arc.mean_motion_kozai_rad_min[0])
    return np.timedelta64(round(seconds * 1e6), "us")


def _orbits(elements: MeanElements) -> MeanOrbits:
    return MeanOrbits(
        semi_major_axis_km(elements),
        elements.eccentricity,
        elements.inclination_rad,
        elements.raan_rad,
        elements.arg_of_perigee_rad,
        elements.mean_anomaly_rad,
    )
