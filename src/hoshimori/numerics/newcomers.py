"""Objects that appear long after the others of their launch, and whose orbit is nearest to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.change import Flags, first_rows
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.element_changes import Rows
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.relative import orbit_plane_angle_rad, relative_track_rtn_km
from hoshimori.numerics.sgp4 import Satellites, States, initialise, propagate_each

LATE_DAYS = 30.0
"""Objects of one launch are catalogued within days; a month later something new has come."""
_SET_WITHIN_DAYS = 10.0
_ANALYST = (80_000, 99_999, 270_000)
"""Numbers from the first to the second, and from the third on, are not issued in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Newcomers:
    """New objects with each candidate that they may have come from, one row each, best first."""

    new: Rows
    """Row of the new object's first element set."""
    candidate: Rows
    """Row of the candidate's set nearest in time to it."""
    speed_m_s: Floats
    """Least change of velocity, about, that turns the one orbit into the other."""
    offset_rtn_km: Floats
    """Where the new object is at its first set, in the candidate's RTN frame, shape (n, 3)."""


def newcomers(object_id: Rows, launch: Rows, elements: MeanElements) -> Newcomers:
    """Return new objects and the candidates of their launch, by new object, then by speed.

    Rows are ordered by object and epoch; `launch` is a number for each row, -1 for none. New is
    who has its first set `LATE_DAYS` or more after the first of its launch, under a number higher
    than all that were known so long before (an older number published late is nothing new);
    candidates are those of the launch with a set within ten days of it, that were there before.
    """
    days = elements.epoch_utc.astype("datetime64[us]").astype(np.int64) / 86400e6
    first = np.flatnonzero(first_rows(object_id) == np.arange(len(object_id)))
    fresh = _has_fresh_number(object_id[first], days[first])
    pairs = [
        pair
        for name in np.unique(launch[first][fresh & (launch[first] >= 0)])
        for pair in _of_launch(object_id, days, first, fresh, launch[first] == name)
    ]
    new, candidate = np.array(pairs, np.int64).reshape(-1, 2).T
    if not len(new):
        return Newcomers(new, candidate, np.empty(0), np.empty((0, 3)))
    satellites = initialise(elements)
    one = _states(satellites.take(candidate), elements.epoch_utc[new])
    other = _states(satellites.take(new), elements.epoch_utc[new])
    speed = _speed_m_s(one, other)
    offset = relative_track_rtn_km(
        one.position_teme_km, one.velocity_teme_km_s, other.position_teme_km
    )
    good = np.flatnonzero(np.isfinite(speed))
    order = good[np.lexsort((speed[good], object_id[new[good]]))]
    return Newcomers(new[order], candidate[order], speed[order], offset[order])


def _has_fresh_number(object_id: Rows, days: Floats) -> Flags:
    """Return which objects have higher numbers than all first seen `LATE_DAYS` or more before."""
    issued = (object_id < _ANALYST[0]) | ((object_id > _ANALYST[1]) & (object_id < _ANALYST[2]))
    order = np.argsort(days, kind="stable")
    highest = np.maximum.accumulate(np.where(issued, object_id, 0)[order])
    known = np.searchsorted(days[order], days - LATE_DAYS, side="right")
    before = np.append(0, highest)[known]
    return np.asarray(issued & (before > 0) & (object_id > before))


def _of_launch(
    object_id: Rows, days: Floats, first: Rows, fresh: Flags, of_launch: Flags
) -> list[tuple[int, int]]:
    """Return pairs of a new object's first row and a candidate's nearest row, of one launch."""
    pairs = []
    late = days[first] >= days[first[of_launch]].min() + LATE_DAYS
    first, fresh = first[of_launch], (fresh & late)[of_launch]
    for new in first[fresh]:
        for other in first[days[first] < days[new]]:
            own = np.arange(other, np.searchsorted(object_id, object_id[other], side="right"))
            nearest = int(own[np.abs(days[own] - days[new]).argmin()])
            if abs(days[nearest] - days[new]) <= _SET_WITHIN_DAYS:
                pairs.append((int(new), nearest))
    return pairs


def _states(satellites: Satellites, at_utc: Times) -> States:
    start_utc = at_utc.min()
    return propagate_each(satellites, start_utc, (at_utc - start_utc) / np.timedelta64(1, "s"))


def _speed_m_s(one: States, other: States) -> Floats:
    """Return about the least change of velocity between two orbits, shape (n,).

    In-plane half the larger of the changes of axis and eccentricity vector, across the plane their
    angle, both times the circular speed; the sum of squares.
    Source: Gauss's variational equations for near-circular orbits (Vallado 2013, section 9.3.2).
    """
    axis_1, e_1 = _shape(one)
    axis_2, e_2 = _shape(other)
    speed = np.sqrt(WGS72_MU_KM3_S2 / axis_1)
    shape = np.maximum(np.abs(axis_2 - axis_1) / axis_1, np.linalg.norm(e_2 - e_1, axis=1))
    angle = orbit_plane_angle_rad(
        one.position_teme_km,
        one.velocity_teme_km_s,
        other.position_teme_km,
        other.velocity_teme_km_s,
    )
    return np.asarray(1000.0 * speed * np.hypot(0.5 * shape, angle))


def _shape(states: States) -> tuple[Floats, Floats]:
    """Return semi-major axes and eccentricity vectors."""
    position, velocity = states.position_teme_km, states.velocity_teme_km_s
    radius = np.linalg.norm(position, axis=1)
    speed_2 = np.einsum("ij,ij->i", velocity, velocity)
    momentum = np.cross(position, velocity)
    e_vector = np.cross(velocity, momentum) / WGS72_MU_KM3_S2 - position / radius[:, None]
    return 1.0 / (2.0 / radius - speed_2 / WGS72_MU_KM3_S2), e_vector
