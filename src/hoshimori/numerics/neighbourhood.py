"""What is around one object at many moments: who keeps company, who is in its beam, in line.

One pass over all objects serves all three, so that moments drawn for comparison cost little.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.sgp4 import Satellites, propagate

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SLOW_KM_S = 0.1
"""Who moves slower than this beside another, in its turning frame, keeps company."""
COMPANY_REACH_KM = 500.0
"""Farther objects are not company."""
_AS_ONE_KM = 5.0
"""A pair that is never farther apart moves as one: docked, or one tracked for the other."""
_ROWS_AT_ONCE = 256
_MOST_LISTED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """Objects at the moment that is asked about, the most striking first."""

    rows: Rows
    range_km: Floats
    """From the object that is asked about."""
    speed_km_s: Floats
    """Relative, in its turning frame."""
    angle_deg: Floats
    """In the beam from its middle, in line as seen from the ground; NaN for company."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """What is around an object at *m* moments; infinity where there is nobody."""

    company_km: Floats
    """Range to the nearest object that keeps company."""
    beam_km: Floats
    """Range to the nearest object in the beam, before the Earth."""
    in_beam: npt.NDArray[np.int64]
    """How many are in the beam."""
    line_deg: Floats
    """Least angle between it and another, seen from the ground; NaN where it is not in sight."""
    company: Around
    beam: Around
    line: Around
    companions: Rows
    """Rows of all that keep company at any of the moments."""
    as_one: Rows
    """Rows of those that move as one with it, left out of all the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """The object that is asked about, at every moment, and a place on the ground."""

    position: Floats
    velocity: Floats
    turn: Floats
    """Angular velocity of its turning frame [rad/s]."""
    nadir: Floats
    radius: Floats
    ground: Floats
    zenith: Floats
    sight: Floats
    """Unit vector from the place to the object."""
    is_up: Flags
    beam_cosine: float

    def first(self) -> _Own:
        """Return the same at the first moment alone."""
        kept = {name: getattr(self, name)[:1] for name in _PER_MOMENT}
        return replace(self, **kept)


_PER_MOMENT = (
    "position", "velocity", "turn", "nadir", "radius", "ground", "zenith", "sight", "is_up",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """What some objects show at some moments; all of shape (objects, moments)."""

    range_km: Floats
    speed_km_s: Floats
    """NaN farther away than company."""
    beam_cosine: Floats
    line_cosine: Floats
    """-1 where the object is not above the horizon."""
    keeps_company: Flags
    in_beam: Flags

    def without(self, left_out: Flags) -> _Block:
        """Return the same without some objects."""
        return _Block(*(getattr(self, name)[~left_out] for name in _Block.__slots__))


def neighbourhood(
    objects: Satellites,
    row: int,
    t0_utc: np.datetime64,
    t_s: Floats,
    *,
    beam_half_rad: float,
    ground_teme_km: Floats,
) -> Neighbourhood:
    """Return what is around object `row` at moments `t0_utc + t_s`, at the first in detail.

    The beam is a cone about the direction to the Earth's centre. `ground_teme_km` is a place on
    the ground at every moment, shape (m, 3); another is in line with the object as seen from
    there while both are above its horizon (a sphere). Objects without a state are nowhere.
    """
    own = _own(objects, row, t0_utc, t_s, beam_half_rad, ground_teme_km)
    count = len(t_s)
    company, beam = np.full(count, np.inf), np.full(count, np.inf)
    in_beam, cosine = np.zeros(count, np.int64), np.full(count, -1.0)
    companions, as_one = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    others = np.flatnonzero(np.arange(len(objects)) != row)
    for start in range(0, len(others), _ROWS_AT_ONCE):
        rows = others[start : start + _ROWS_AT_ONCE]
        block = _block(objects, rows, t0_utc, t_s, own)
        moves_as_one = np.all(block.range_km <= _AS_ONE_KM, axis=1)
        as_one.append(rows[moves_as_one])
        rows, block = rows[~moves_as_one], block.without(moves_as_one)
        if not len(rows):
            continue
        company = np.minimum(company, _least(block.range_km, block.keeps_company))
        beam = np.minimum(beam, _least(block.range_km, block.in_beam))
        in_beam += np.count_nonzero(block.in_beam, axis=0)
        cosine = np.maximum(cosine, block.line_cosine.max(axis=0))
        companions.append(rows[block.keeps_company.any(axis=1)])
    docked = np.concatenate(as_one)
    seen = others[~np.isin(others, docked)]
    at_first = _block(objects, seen, t0_utc, t_s[:1], own.first())
    company_now, beam_now, line_now = _details(seen, at_first)
    return Neighbourhood(
        company_km=company,
        beam_km=beam,
        in_beam=in_beam,
        line_deg=np.where(own.is_up, _angle_deg(cosine), np.nan),
        company=company_now,
        beam=beam_now,
        line=line_now,
        companions=np.concatenate(companions),
        as_one=docked,
    )


def _own(
    objects: Satellites,
    row: int,
    t0_utc: np.datetime64,
    t_s: Floats,
    beam_half_rad: float,
    ground_teme_km: Floats,
) -> _Own:
    states = propagate(objects.take(np.array([row])), t0_utc, t_s)
    position, velocity = states.position_teme_km[0], states.velocity_teme_km_s[0]
    radius = np.linalg.norm(position, axis=1)
    to_object = position - ground_teme_km
    zenith = ground_teme_km / np.linalg.norm(ground_teme_km, axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        is_up = np.sum(to_object * zenith, axis=1) > 0.0
    return _Own(
        position=position,
        velocity=velocity,
        turn=np.cross(position, velocity) / radius[:, None] ** 2,
        nadir=-position / radius[:, None],
        radius=radius,
        ground=ground_teme_km,
        zenith=zenith,
        sight=to_object / np.linalg.norm(to_object, axis=1, keepdims=True),
        is_up=is_up,
        beam_cosine=float(np.cos(beam_half_rad)),
    )


def _block(
    objects: Satellites, rows: Rows, t0_utc: np.datetime64, t_s: Floats, own: _Own
) -> _Block:
    states = propagate(objects.take(rows), t0_utc, t_s)
    apart = states.position_teme_km - own.position
    with np.errstate(invalid="ignore", divide="ignore"):
        range_km = np.sqrt(np.einsum("nmk,nmk->nm", apart, apart))
        along = np.einsum("nmk,mk->nm", apart, own.nadir) / range_km
        in_beam = along >= own.beam_cosine
        if in_beam.any():
            in_beam &= range_km <= _to_ground_km(along, own.radius)
        near = range_km <= COMPANY_REACH_KM
        speed = np.full(range_km.shape, np.nan)
        k, m = np.nonzero(near)
        turning = np.cross(own.turn[m], apart[k, m])
        moving = states.velocity_teme_km_s[k, m] - own.velocity[m] - turning
        speed[k, m] = np.linalg.norm(moving, axis=1)
        seen = states.position_teme_km - own.ground
        length = np.sqrt(np.einsum("nmk,nmk->nm", seen, seen))
        line = np.einsum("nmk,mk->nm", seen, own.sight) / length
        is_up = np.einsum("nmk,mk->nm", seen, own.zenith) > 0.0
        line = np.where(is_up & own.is_up, line, -1.0)
    return _Block(range_km, speed, along, line, near & (speed <= SLOW_KM_S), in_beam)


def _to_ground_km(cosine: Floats, radius_km: Floats) -> Floats:
    """Return how far a ray goes until the Earth (a sphere) ends it; infinity where it misses."""
    across_2 = radius_km**2 * (1.0 - cosine**2)
    with np.errstate(invalid="ignore"):
        until = radius_km * cosine - np.sqrt(WGS84_RADIUS_KM**2 - across_2)
    return np.where(across_2 < WGS84_RADIUS_KM**2, until, np.inf)


def _least(values: Floats, chosen: Flags) -> Floats:
    return np.asarray(np.where(chosen, values, np.inf).min(axis=0))


def _angle_deg(cosine: Floats) -> Floats:
    """Return angles; infinity where there is nobody (-1)."""
    angle = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    return np.where(cosine <= -1.0, np.inf, angle)


def _details(rows: Rows, block: _Block) -> tuple[Around, Around, Around]:
    """Return company, the beam and the line at the one moment of a block."""
    beam, line = (_angle_deg(c[:, 0]) for c in (block.beam_cosine, block.line_cosine))
    range_km, speed = block.range_km[:, 0], block.speed_km_s[:, 0]

    def listed(chosen: Flags, order_by: Floats, angle: Floats) -> Around:
        order = np.flatnonzero(chosen)
        order = order[np.argsort(order_by[order], kind="stable")][:_MOST_LISTED]
        return Around(rows[order], range_km[order], speed[order], angle[order])

    nothing = np.full(len(rows), np.nan)
    return (
        listed(block.keeps_company[:, 0], range_km, nothing),
        listed(block.in_beam[:, 0], range_km, beam),
        listed(np.isfinite(line), line, line),
    )


def nearest_of(
    t_s: Floats, half_s: float, event_s: Floats, value: Floats
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the least value of events within a time of each moment, and which; infinity and -1.

    >>> passes = np.array([1.0, 2.0]), np.array([5.0, 3.0])
    >>> least, which = nearest_of(np.array([0.0, 9.0]), 2.0, *passes)
    >>> least.tolist(), which.tolist()
    ([3.0, inf], [1, -1])
    """
    if not len(event_s):
        return np.full(len(t_s), np.inf), np.full(len(t_s), -1)
    inside = np.abs(event_s[None, :] - t_s[:, None]) <= half_s
    values = np.where(inside, value[None, :], np.inf)
    best = np.argmin(values, axis=1)
    least = values[np.arange(len(t_s)), best]
    return least, np.where(np.isfinite(least), best, -1)
