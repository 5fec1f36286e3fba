"""Pattern of life in the geostationary belt: east-west and north-south, from element sets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hoshimori.numerics.belt_forces import longitude_acceleration_deg_day2, plane_drift_deg_day
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.geo import wrapped_deg
from hoshimori.numerics.geometry import longitude_drift_rad_day, mean_longitude_rad
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.steering import (
    Control,
    Flags,
    Steering,
    Stretch,
    accumulated,
    steering_of,
    stretches,
)

M_S_PER_DEG_DAY = 2.84
"""Velocity change that changes the drift by one degree a day."""
M_S_PER_DEG = 53.66
"""Velocity change that turns the plane by one degree."""

_DRIFT_FLOOR_DEG_DAY = 1e-4
_PLANE_FLOOR_DEG = 3e-4
_LEAST_DRIFT_JUMP_DEG_DAY = 0.002
_LEAST_PLANE_JUMP_DEG = 0.003
_MOVING_DEG_DAY = 0.05
_LEAST_SHIFT_DEG = 0.5
"""A drift over less than this stays in the slot: fits smear a burn over days."""
_LONGEST_LONGITUDE_CYCLE_DAYS = 60.0
_LONGEST_PLANE_CYCLE_DAYS = 75.0
_LEAST_PULL_DEG_DAY2 = 2e-4
"""Within about three degrees of the stable and unstable longitudes the pull is weaker than this,
and its formula no better than a quarter of it."""
_LEAST_ADJUSTMENT_DEG_DAY = 0.01
_STARTING_DAYS = 4.0
"""Burns this near the start or end of a drift belong to that."""


@dataclass(frozen=True, slots=True, eq=False)
class BeltPattern:
    """One object's history in the belt, rows as its element sets."""

    longitude_deg_east: Floats
    """Mean longitude, continuous."""
    drift_deg_day: Floats
    east_west: Steering
    """Of the drift [deg/day]."""
    north_south: Steering
    """Of the plane, along the direction in which Moon and Sun pull it [deg]."""
    east_west_modes: list[Stretch]
    north_south_modes: list[Stretch]
    adjustments: list[int]
    """Rows at which a drift was adjusted without being ended."""


def belt_pattern(elements: MeanElements, days: Floats) -> BeltPattern:
    """Return the pattern of one object, its rows in order of time, epochs at least hours apart.

    `days` are the epochs in days since any moment.
    """
    drift = np.degrees(longitude_drift_rad_day(initialise(elements)))
    longitude = _continuous_deg(np.degrees(mean_longitude_rad(elements)), drift, days)
    east_west = steering_of(
        days,
        drift,
        longitude_acceleration_deg_day2(longitude),
        floor=_DRIFT_FLOOR_DEG_DAY,
        least_jump=_LEAST_DRIFT_JUMP_DEG_DAY,
        longest_cycle_days=_LONGEST_LONGITUDE_CYCLE_DAYS,
        least_nature_per_day=_LEAST_PULL_DEG_DAY2,
    )
    along, rate = _along_plane_drift(elements)
    north_south = steering_of(
        days,
        along,
        rate,
        floor=_PLANE_FLOOR_DEG,
        least_jump=_LEAST_PLANE_JUMP_DEG,
        longest_cycle_days=_LONGEST_PLANE_CYCLE_DAYS,
    )
    moving = _moving(east_west, longitude)
    first = stretches(east_west, moving, _LONGEST_LONGITUDE_CYCLE_DAYS)
    second = stretches(
        north_south, np.zeros(len(north_south.pieces), np.bool_), _LONGEST_PLANE_CYCLE_DAYS
    )
    first = _alive(first, second)
    return BeltPattern(
        longitude,
        drift,
        east_west,
        north_south,
        *_hybrid(first, second),
        _adjustments(east_west, first),
    )


def _continuous_deg(longitude: Floats, drift_deg_day: Floats, days: Floats) -> Floats:
    """Return longitudes without jumps of a turn; the drift says how far it went over a gap."""
    flown = accumulated(drift_deg_day, days)
    off = wrapped_deg(np.diff(longitude - flown))
    return np.asarray(longitude[0] + flown + np.concatenate([[0.0], np.cumsum(off)]))


def _along_plane_drift(elements: MeanElements) -> tuple[Floats, Floats]:
    """Return the inclination vector's way along nature's direction [deg], and nature's rate."""
    tilt = np.degrees(elements.inclination_rad)
    vector = np.column_stack((np.cos(elements.raan_rad), np.sin(elements.raan_rad))) * tilt[:, None]
    nature = plane_drift_deg_day(vector[:, 0], vector[:, 1], elements.epoch_utc)
    rate = np.linalg.norm(nature, axis=1)
    direction = nature / rate[:, None]
    middle = 0.5 * (direction[1:] + direction[:-1])
    steps = np.einsum("ij,ij->i", np.diff(vector, axis=0), middle)
    return np.concatenate([[0.0], np.cumsum(steps)]), rate


def _moving(east_west: Steering, longitude: Floats) -> Flags:
    """Tell which pieces drift away, in runs of one direction that leave the slot."""
    pieces, days = east_west.pieces, east_west.days
    last = pieces.stop - 1
    gone = longitude[last] - longitude[pieces.start]
    lasted = np.maximum(days[last] - days[pieces.start], 1e-6)
    heading = np.where(np.abs(gone / lasted) > _MOVING_DEG_DAY, np.sign(gone), 0.0)
    edges = np.flatnonzero(np.diff(heading)) + 1
    bounds = [0, *edges.tolist(), len(heading)]
    moving = heading != 0.0
    for start, stop in pairwise(bounds):
        moving[start:stop] &= abs(longitude[last[stop - 1]] - longitude[pieces.start[start]]) >= (
            _LEAST_SHIFT_DEG
        )
    return np.asarray(moving)


def _alive(east_west: list[Stretch], north_south: list[Stretch]) -> list[Stretch]:
    """Take an object that rests near a stable longitude for held while its plane is held.

    There nature hardly pulls, so that the longitude alone cannot tell.
    """
    held = {Control.CONTINUOUS, Control.IMPULSES, Control.BOTH, Control.HELD}

    def way(one: Stretch) -> Control:
        if one.control is not Control.UNKNOWN:
            return one.control
        return next(
            (
                t.control
                for t in north_south
                if t.control in held and 2 * _shared(one, t) > one.stop - one.start
            ),
            one.control,
        )

    return [Stretch(s.start, s.stop, way(s)) for s in east_west]


def _shared(one: Stretch, other: Stretch) -> int:
    """Return how many rows two stretches have in common."""
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _hybrid(
    east_west: list[Stretch], north_south: list[Stretch]
) -> tuple[list[Stretch], list[Stretch]]:
    """Call an object a hybrid that is mostly steered one way here and the other way there.

    Engines do not change: it is one at all times at which it is kept.
    """
    engines = {Control.IMPULSES, Control.CONTINUOUS}
    both = [
        (_shared(one, other), one.control is not other.control)
        for one in east_west
        for other in north_south
        if one.control in engines and other.control in engines
    ]
    contrary = sum(rows for rows, differs in both if differs)
    if 2 * contrary <= sum(rows for rows, _ in both):
        return east_west, north_south

    def marked(modes: list[Stretch]) -> list[Stretch]:
        return [
            Stretch(s.start, s.stop, Control.BOTH if s.control in engines else s.control)
            for s in modes
        ]

    return marked(east_west), marked(north_south)


def _adjustments(east_west: Steering, modes: list[Stretch]) -> list[int]:
    """Return the rows of burns inside free drift that change it and do not end it."""
    days = east_west.days
    drifts = [
        (days[m.start] + _STARTING_DAYS, days[m.stop - 1] - _STARTING_DAYS)
        for m in modes
        if m.control is Control.FREE
    ]
    return [
        row
        for row, size in zip(east_west.burns.row.tolist(), east_west.burns.size, strict=True)
        if abs(size) >= _LEAST_ADJUSTMENT_DEG_DAY
        and any(start < days[row] < end for start, end in drifts)
    ]
