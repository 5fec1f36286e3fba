"""Low thrust: spans in which the size or shape of an orbit goes one way faster than nature lets it.

A burn is a step; an electric thruster leaves a slope, which the drag term of fitted element sets
partly takes up. So the published elements themselves are looked at, half a day after half a day:
the semi-major axis, and for high orbits the eccentricity, which thrusters round at constant axis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.change import Flags, first_rows
from hoshimori.numerics.constants import WGS72_RADIUS_KM, WGS72_VELOCITY_KM_S, XKE
from hoshimori.numerics.element_changes import Rows, epochs_min
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.sgp4 import Satellites

_SETS = 6
"""Over how many steps a slope is taken; five of them must go its way."""
_SHARE = 0.1
"""Least share of the largest step that counts as going the same way."""
_NATURAL_KM_DAY = 0.005
"""No natural force raises a low orbit by as much: the Sun's light and resonances stay below."""
_NATURAL_HIGH_KM_DAY = 0.3
"""Where orbits turn with the Earth its uneven field moves the axis by up to 0.13 km a day
(0.00168 deg/d2 over 0.01284 deg/d per km; Soop 1994)."""
_NATURAL_PER_DAY = 0.001
"""Sun and Moon change the eccentricity of high orbits by less in a day."""
_PER_ECCENTRICITY = 0.65
"""Share of the circular speed that continuous thrust spends per unit of eccentricity (Pollard 1997,
with constant thrust across the line of apsides)."""
_HIGH_KM = 20_000.0
_AIR_KM = 1000.0
"""Perigees below this lose height to the air: there only a rise tells of thrust."""
_NOISE = 6.0
_SHORTEST_DAYS = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class ThrustArcs:
    """Spans of low thrust, shape (m,), by object and time."""

    start: Rows
    """The last set before the axis moves."""
    stop: Rows
    """The last set while it does."""
    delta_v_m_s: Floats
    """What continuous in-track thrust spends, positive where the orbit was raised (change of
    circular speed) or rounded."""

    def __len__(self) -> int:
        return len(self.start)


def find_arcs(
    satellites: Satellites, object_id: Rows, noise_m_s: Floats, *, longest_gap_days: float
) -> ThrustArcs:
    """Return the spans of low thrust; rows ordered by object and epoch.

    `noise_m_s` of shape (n,) is the spread of quiet in-track changes from set to set.
    Source: Edelbaum 1961, ARS J. 31, 1079 (change of speed of a slow spiral).
    """
    days = epochs_min(satellites) / 1440.0
    rows = _spaced(object_id, days)
    first, days = first_rows(object_id[rows]), days[rows]
    with np.errstate(invalid="ignore", divide="ignore"):
        axis_er = (XKE / satellites.near[rows, near.NO]) ** (2.0 / 3.0)
        speed_m_s = 1000.0 * WGS72_VELOCITY_KM_S / np.sqrt(axis_er)
    axis_km, eccentricity = axis_er * WGS72_RADIUS_KM, satellites.near[rows, near.ECCO]
    high = axis_km > _HIGH_KM
    in_air = axis_km * (1.0 - eccentricity) - WGS72_RADIUS_KM < _AIR_KM
    noise_km = _NOISE * noise_m_s[rows] * 2.0 * axis_km / speed_m_s
    rising = _going_one_way(
        first, days, axis_km, np.where(high, _NATURAL_HIGH_KM_DAY, _NATURAL_KM_DAY), noise_km
    )
    rounding = _going_one_way(
        first, days, eccentricity, np.full(len(rows), _NATURAL_PER_DAY), np.zeros(len(rows))
    )
    rising[in_air & (rising < 0)] = 0
    rounding[in_air | ~high] = 0
    moved = np.where(rising != 0, rising, 2 * rounding)
    moved[np.abs(np.diff(days, prepend=days[:1])) > longest_gap_days] = 0
    start, stop = _spans(moved, first)
    long = days[stop] - days[start] >= _SHORTEST_DAYS
    start, stop = start[long], stop[long]
    spent_m_s = np.where(
        np.abs(moved[stop]) == 1,
        speed_m_s[start] - speed_m_s[stop],
        -_PER_ECCENTRICITY * speed_m_s[stop] * (eccentricity[stop] - eccentricity[start]),
    )
    return ThrustArcs(rows[start], rows[stop], spent_m_s)


def _spaced(object_id: Rows, days: Floats) -> Rows:
    """Return the last row of each object in each half day: sets printed twice make no slope."""
    half_day = np.floor(2.0 * days)
    last = np.ones(len(days), dtype=bool)
    last[:-1] = (object_id[1:] != object_id[:-1]) | (half_day[1:] != half_day[:-1])
    return np.flatnonzero(last)


def _going_one_way(
    first: Rows, days: Floats, values: Floats, natural_per_day: Floats, noise: Floats
) -> npt.NDArray[np.int8]:
    """Return 1 or -1 for rows whose last step belongs to a steady rise or fall, else 0."""
    rows = len(first)
    step = np.zeros(rows)
    step[1:] = np.where(first[1:] == first[:-1], np.diff(values), 0.0)
    going = np.zeros(rows, np.int8)
    ends = np.flatnonzero(np.arange(rows) - first >= _SETS)
    if not len(ends):
        return going
    window = step[ends[:, None] - np.arange(_SETS)]
    total = window.sum(axis=1)
    along = window * np.sign(total)[:, None]
    steady = (along > _SHARE * along.max(axis=1)[:, None]).sum(axis=1) >= _SETS - 1
    span_days = days[ends] - days[ends - _SETS]
    found = steady & (np.abs(total) > natural_per_day[ends] * span_days + noise[ends])
    for back in range(_SETS):
        of = ends[found] - back
        same = np.sign(step[of]) == np.sign(total[found])
        going[of[same]] = np.sign(total[found][same])
    return going


def _spans(thrusting: npt.NDArray[np.int8], first: Rows) -> tuple[Rows, Rows]:
    """Return for each run of rows of one sign the row before it and its last row."""
    opens = thrusting != 0
    opens[1:] &= (thrusting[1:] != thrusting[:-1]) | (first[1:] != first[:-1])
    begin = np.flatnonzero(opens)
    closes = thrusting != 0
    closes[:-1] &= (thrusting[1:] != thrusting[:-1]) | (first[1:] != first[:-1])
    return begin - 1, np.flatnonzero(closes)


def within_arcs(arcs: ThrustArcs, rows: Rows) -> Flags:
    """Return which rows lie within a span of low thrust, its first step included."""
    if not len(arcs):
        return np.zeros(len(rows), dtype=bool)
    at = np.searchsorted(arcs.start, rows, side="left") - 1
    return np.asarray((at >= 0) & (rows <= arcs.stop[np.maximum(at, 0)]))
