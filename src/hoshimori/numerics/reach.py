"""The shortest time in which an object could come alongside another: a warning time.

A time and nothing else: no burn, its direction or its moment, is computed on the way or returned.
"Alongside" means within a range and moving along: for a revolution the object stays that near.
Crossings at orbital speed are none; they belong to screening.

The time is a lower bound. It takes what no sequence of impulses can undercut, in mean elements
under J2 to first order:

- the velocity that changes of energy, angular momentum, eccentricity and plane cost at the very
  least (Gauss's equations at the best point of either orbit);
- the node that a changed orbit gains by drifting for the whole time. Of all ways to spend an
  amount before and after the drift the cheapest is a convex problem (sums of Euclidean lengths
  under linear constraints), whose dual has a closed form: see `_least`;
- the revolutions that a changed period gains on the other object for the whole time.

Sources: Vallado 2013, eqs. 9-24 and 9-37; Shen and Casalino 2021, J. Spacecraft and Rockets 58(2),
575 (the same cost, with a parametrised split); Boyd and Vandenberghe 2004, section 5.2 (duality).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import MINUTES_PER_DAY, TWO_PI, WGS72_MU_KM3_S2
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    perigee_rate_rad_day,
    raan_rate_rad_day,
    semi_major_axis_km,
)
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.planes import carried_to

Codes = npt.NDArray[np.uint8]

_BISECTIONS = 40
_AXIS_SHARE = 2.0 / (3.0 * math.pi)
"""A pair whose axes differ by this share of a range drifts by twice that range in a revolution."""


class ReachLimit(IntEnum):
    """What decides how long it takes."""

    NEAR = 0
    """Nothing: it is there already, as far as the orbits go."""
    PHASE = 1
    """The way along the orbit."""
    PLANE = 2
    """The node, which has to drift."""
    VELOCITY = 3
    """Altitude, shape or inclination cost more than allowed, however long it takes."""
    HORIZON = 4
    """It takes longer than was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class ReachTimes:
    """Least times in which *n* objects could come alongside *m* others, shape (m, n)."""

    days: Floats
    """Infinite where it cannot be within the horizon."""
    limit: Codes
    """Codes of `ReachLimit`."""


def reach_times(
    elements: MeanElements,
    rows: npt.NDArray[np.int64],
    moment_utc: np.datetime64,
    *,
    within_km: float,
    horizon_days: float,
    delta_v_m_s: float,
) -> ReachTimes:
    """Return the least time from a moment in which each object could come alongside some of them.

    `rows` are the objects to come to, one line of the result each. Lower bounds for impulsive
    orbit changes of `delta_v_m_s` in total; drag, the Moon and the Sun are left out, so objects
    whose orbits these change quickly may be sooner. Elements without meaning give infinity.
    """
    columns = _columns(carried_to(elements, moment_utc))
    days = np.full((len(rows), len(columns)), np.inf)
    limit = np.full(days.shape, ReachLimit.VELOCITY, np.uint8)
    _fill(columns, rows, within_km, horizon_days, 1e-3 * delta_v_m_s, days, limit)
    return ReachTimes(days, limit)


_ENERGY, _MOMENTUM, _PERIGEE_SPEED, _APOGEE_SPEED, _APOGEE, _ECC, _INC, _NODE = range(8)
_NODE_RATE, _ALONG, _ALONG_RATE, _AXIS, _PER_ENERGY = range(8, 13)


def _columns(elements: MeanElements) -> Floats:
    """Return what the search needs of each object, shape (n, 13): km, s, rad; rates per day."""
    axis, ecc = semi_major_axis_km(elements), elements.eccentricity
    with np.errstate(all="ignore"):
        momentum = np.sqrt(WGS72_MU_KM3_S2 * axis * (1.0 - ecc**2))
        apogee = axis * (1.0 + ecc)
        perigee_rate = perigee_rate_rad_day(elements)
        columns = np.stack(
            [
                -WGS72_MU_KM3_S2 / (2.0 * axis),
                momentum,
                momentum / (axis * (1.0 - ecc)),
                momentum / apogee,
                apogee,
                ecc,
                elements.inclination_rad,
                elements.raan_rad,
                raan_rate_rad_day(elements),
                (elements.arg_of_perigee_rad + elements.mean_anomaly_rad) % TWO_PI,
                elements.mean_motion_kozai_rad_min * MINUTES_PER_DAY + perigee_rate,
                axis,
                3.0 * axis / WGS72_MU_KM3_S2,
            ],
            axis=1,
        )
    columns[~np.isfinite(columns).all(axis=1)] = np.nan
    return np.ascontiguousarray(columns)


@kernel
def _fill(
    columns: Floats,
    rows: npt.NDArray[np.int64],
    within_km: float,
    horizon: float,
    allowed: float,
    days: Floats,
    limit: Codes,
) -> None:
    for k in range(len(rows)):
        for j in range(len(columns)):
            if j != rows[k]:
                days[k, j], limit[k, j] = _pair(
                    columns[rows[k]], columns[j], within_km, horizon, allowed
                )


@kernel
def _pair(
    there: Floats, here: Floats, within_km: float, horizon: float, allowed: float
) -> tuple[float, int]:
    """Return least days and what limits them, from one orbit to alongside another."""
    tilt = min(here[_APOGEE_SPEED], there[_APOGEE_SPEED])
    bent = tilt * within_km / max(here[_AXIS], there[_AXIS])  # planes this far apart will do
    wanted, loose, least = _in_plane(there, here, within_km)
    in_plane = _beyond(wanted, loose)
    tilted = tilt * (there[_INC] - here[_INC])
    across = _beyond(tilted, bent)
    if not least * least + across * across <= allowed * allowed:
        return math.inf, 3
    metre = _metre(there, here, tilt, bent, allowed)
    gap = (there[_NODE] - here[_NODE] + math.pi) % TWO_PI - math.pi
    turning = there[_NODE_RATE] - here[_NODE_RATE]
    along, sideways = _leverage(here, tilt, metre, allowed)
    drift, lever = along * wanted + sideways * tilted, math.hypot(along, sideways)
    slack = abs(along) * loose + abs(sideways) * bent
    due = math.hypot(wanted, tilted)
    lent = allowed + math.hypot(bent, loose)
    plane = math.inf
    for start in (gap, gap - math.copysign(TWO_PI, gap)):
        last = min(-start / turning, horizon) if start * turning < 0.0 else horizon
        rest = math.sqrt(max(allowed * allowed - in_plane * in_plane - across * across, 0.0))
        most = math.sqrt(max(lent * lent - due * due, 0.0))
        first = _first_day(
            metre * start, metre * turning, drift, lever, bent, slack, last, rest, most
        )
        plane = min(plane, first)
    if plane > horizon:
        return math.inf, 4
    # Until then drift can have closed this much of the gap a day; the rest costs velocity.
    closing = abs(metre * turning) + abs(drift) + slack + 0.5 * lever * allowed
    direct = abs(metre * gap) - bent if plane == 0.0 else 0.0
    phase = _phase_day(there, here, wanted, loose, across, direct, closing, bent / tilt, allowed)
    if max(plane, phase) > horizon:
        return math.inf, 4
    if max(plane, phase) == 0.0:
        return 0.0, 0
    return max(plane, phase), 2 if plane >= phase else 1


@kernel
def _beyond(value: float, tolerance: float) -> float:
    """Return what of a value lies beyond a tolerance, with its sign."""
    return math.copysign(max(abs(value) - tolerance, 0.0), value)


@kernel
def _in_plane(there: Floats, here: Floats, within_km: float) -> tuple[float, float, float]:
    """Return the signed velocity for the energy and how much either way it may be, and the least
    for energy, momentum and shape.

    An impulse changes the energy by at most its size times the speed, the momentum by its size
    times the radius, the eccentricity by twice its size over the speed mu / h.
    """
    fastest = max(here[_PERIGEE_SPEED], there[_PERIGEE_SPEED])
    share = within_km / max(here[_AXIS], there[_AXIS])
    loose = min(abs(here[_ENERGY]), abs(there[_ENERGY])) * _AXIS_SHARE * share
    energy, loose = (there[_ENERGY] - here[_ENERGY]) / fastest, loose / fastest
    most = max(here[_MOMENTUM], there[_MOMENTUM])
    turn = _beyond(there[_MOMENTUM] - here[_MOMENTUM], 0.5 * most * _AXIS_SHARE * share)
    momentum = abs(turn) / max(here[_APOGEE], there[_APOGEE])
    shape = abs(_beyond(there[_ECC] - here[_ECC], 0.5 * share)) * 0.5 * WGS72_MU_KM3_S2 / most
    return energy, loose, max(abs(energy) - loose, momentum, shape)


@kernel
def _metre(there: Floats, here: Floats, tilt: float, bent: float, allowed: float) -> float:
    """Return the velocity that a radian between the nodes costs at the very least.

    The chord of the widest gap that an impulse may close is shorter than its arc.
    """
    sines = math.sqrt(abs(math.sin(there[_INC]) * math.sin(here[_INC])))
    widest = 2.0 * math.asin(min(1.0, (allowed + bent) / max(2.0 * tilt * sines, 1e-12)))
    return tilt * sines * (2.0 * math.sin(0.5 * widest) / widest)


@kernel
def _leverage(here: Floats, tilt: float, metre: float, allowed: float) -> tuple[float, float]:
    """Return how much plane a velocity along and across gains by drifting, per day.

    Along the orbit the node rate changes by 1.5 da/a + 2 dp/p, at perigee or apogee, whichever is
    more; the second order of a lowered orbit (22 : 7) is allowed for at half of what is allowed.
    """
    per_energy = here[_PER_ENERGY]
    fast, slow = here[_PERIGEE_SPEED], here[_APOGEE_SPEED]
    along = max(per_energy * fast + 4.0 / fast, per_energy * slow + 4.0 / slow)
    along *= 1.0 + 22.0 / 7.0 * 0.5 * allowed / slow
    rate, inclination = here[_NODE_RATE], here[_INC]
    per_cosine = -rate / math.cos(inclination) if abs(math.cos(inclination)) > 1e-9 else 0.0
    return -metre * rate * along, metre * per_cosine * math.sin(inclination) / tilt


@kernel
def _first_day(
    gap: float,
    rate: float,
    drift: float,
    lever: float,
    bent: float,
    slack: float,
    last: float,
    rest: float,
    most: float,
) -> float:
    """Return the first day up to `last` on which closing a node gap may cost no more than it may.

    What drift can close grows faster than linearly, so from the first day on it stays allowed as
    long as the planes close by themselves; bisection finds that day. What may be left over at the
    end is allowed for in two ways, and both must hold: what is left of the gap, `bent`, and of
    height and inclination lets drift close `slack` more or less a day, for the `rest`; and the
    velocity that is left over adds to what is allowed, at `most`.
    """
    if _may_close(gap, rate, drift, lever, bent, slack, 0.0, rest, most):
        return 0.0
    if not _may_close(gap, rate, drift, lever, bent, slack, last, rest, most):
        return math.inf
    low, high = 0.0, last
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        if _may_close(gap, rate, drift, lever, bent, slack, middle, rest, most):
            high = middle
        else:
            low = middle
    return low


@kernel
def _may_close(
    gap: float,
    rate: float,
    drift: float,
    lever: float,
    bent: float,
    slack: float,
    day: float,
    rest: float,
    most: float,
) -> bool:
    gap += rate * day
    if _least(gap, drift * day, lever * day, bent + slack * day) > rest:
        return False
    return _least(gap, drift * day, lever * day, 0.0) <= most


@kernel
def _least(gap: float, drift: float, lever: float, bent: float) -> float:
    """Return the least velocity for a node gap, beside that for the other elements.

    With impulses u before and w after a drift, u + w + T (k . u) e_x = b, the least |u| + |w| is
    the largest l . b with |l| <= 1 and |l + T l_x k| <= 1. Its square is, over the weight q of the
    second bound, the least of b_y^2 + b_z^2 + (b_x - q T k.b)^2 / (1 + q (1 - q) T^2 k^2). Here
    `drift` is T k.b, what the orbit change drifts by itself when it is made at once, and `lever`
    T |k|; what is returned is the square root of the last term.
    """
    gap = _beyond(gap, bent)
    square = lever * lever
    if gap * drift > 0.0 and abs(gap) <= abs(drift):
        return 0.0
    best = min(abs(gap), abs(gap - drift))
    if square > 0.0 and 2.0 * gap != drift:
        weight = (2.0 * drift + gap * square) / (square * (2.0 * gap - drift))
        if 0.0 < weight < 1.0:
            size = abs(gap - weight * drift) / math.sqrt(1.0 + weight * (1.0 - weight) * square)
            best = min(best, size)
    return best


@kernel
def _phase_day(
    there: Floats,
    here: Floats,
    wanted: float,
    loose: float,
    across: float,
    direct: float,
    closing: float,
    near: float,
    allowed: float,
) -> float:
    """Return the first time at which the objects can be at one place of their orbits.

    The gap is taken along the orbit; across planes that impulses close, with their nodes.
    """
    gap = there[_ALONG] - here[_ALONG]
    if direct != 0.0:
        turn = (there[_NODE] - here[_NODE] + math.pi) % TWO_PI - math.pi
        gap += math.cos(0.5 * (there[_INC] + here[_INC])) * turn
    gap = (gap + math.pi) % TWO_PI - math.pi
    natural = there[_ALONG_RATE] - here[_ALONG_RATE]
    per_speed = here[_PER_ENERGY] * here[_PERIGEE_SPEED] * here[_ALONG_RATE]
    square = allowed * allowed - across * across
    low = _meeting(gap, natural, per_speed, wanted, loose, square, near)
    if direct <= 0.0 or low == 0.0:
        return low
    # What the plane costs until a day leaves less for the way; later days leave more.
    high = math.inf
    for step in range(_BISECTIONS + 1):
        day = low if step == 0 else (2.0 * low if high == math.inf else 0.5 * (low + high))
        plane = max(direct - closing * day, 0.0)
        left = square - plane * plane
        if _meeting(gap, natural, per_speed, wanted, loose, left, near) <= day:
            if step == 0:
                return low
            high = day
        else:
            low = day
    return low


@kernel
def _meeting(
    gap: float,
    natural: float,
    per_speed: float,
    wanted: float,
    loose: float,
    square: float,
    near: float,
) -> float:
    """Return the first day on which a gap along the orbit is closed, by a budget (squared).

    What is spent before the drift may be anything from one end to the other of an interval, so
    that what remains for its end still makes up what is `wanted`, give or take what is `loose`;
    raising the orbit slows.
    """
    in_plane = _beyond(wanted, loose)
    budget = math.sqrt(max(square, in_plane * in_plane))
    slowest = natural + per_speed * 0.5 * (wanted - loose - budget)
    fastest = natural + per_speed * 0.5 * (wanted + loose + budget)
    first = math.inf
    for start in (gap, gap - math.copysign(TWO_PI, gap)):
        if abs(start) <= near:
            return 0.0
        if start > 0.0 and slowest < 0.0:
            first = min(first, (start - near) / -slowest)
        if start < 0.0 and fastest > 0.0:
            first = min(first, (-start - near) / fastest)
    return first
