"""Objects whose motion is known, by element sets (SGP4) or by tables, side by side.

A table ends, and a step of a search may reach beyond its end. There `continued` goes on under the
gravity of a flattened Earth: good for telling whether a pair may come near, never for a result.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_arcs import dot, j2_pull
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import Satellites, Sgp4Status, States, propagate_each
from hoshimori.numerics.trajectories import Ephemerides, Integers, ephemerides

Rows = npt.NDArray[np.integer] | npt.NDArray[np.bool_]

_LONGEST_SUBSTEP_S = 30.0
"""Of Runge and Kutta's fourth order: below a metre in five minutes down to 100 km of height."""


@dataclass(frozen=True, slots=True, eq=False)
class Movers:
    """Objects with element sets and objects with tables, in any order; `movers` makes them."""

    satellites: Satellites
    """Those with element sets, in the order of the objects."""
    ephemerides: Ephemerides
    table: Integers
    """Row of `ephemerides` for each object, -1 for those with element sets, shape (n,)."""

    def __len__(self) -> int:
        """Return the number of objects."""
        return len(self.table)

    @property
    def is_tabulated(self) -> npt.NDArray[np.bool_]:
        """Which objects have tables."""
        return np.asarray(self.table >= 0)

    def take(self, rows: Rows) -> Movers:
        """Return the objects of these rows (indices or a mask), in that order."""
        if len(self.satellites) == len(self):
            return Movers(self.satellites.take(rows), self.ephemerides, self.table[rows])
        table = self.table[rows]
        among_satellites = (np.cumsum(self.table < 0) - 1)[rows]
        return Movers(self.satellites.take(among_satellites[table < 0]), self.ephemerides, table)

    def states_each(self, t0_utc: np.datetime64, t_s: Floats) -> States:
        """Return the state of each object at its own moment `t0_utc + t_s`, shape (n, 3).

        As `sgp4.propagate_each`; outside its table an object has no state.
        """
        if len(self.satellites) == len(self):
            return propagate_each(self.satellites, t0_utc, t_s)
        states = States(
            np.empty((len(self), 3)), np.empty((len(self), 3)), np.empty(len(self), np.uint8)
        )
        t_s, tabulated = np.asarray(t_s, np.float64), self.is_tabulated
        table = self.table[tabulated]
        for chosen, part in (
            (~tabulated, propagate_each(self.satellites, t0_utc, t_s[~tabulated])),
            (tabulated, self.ephemerides.states_of(table, t0_utc, t_s[tabulated])),
        ):
            states.position_teme_km[chosen] = part.position_teme_km
            states.velocity_teme_km_s[chosen] = part.velocity_teme_km_s
            states.status[chosen] = part.status
        return states


def movers(satellites: Satellites, tables: Ephemerides | None = None) -> Movers:
    """Return the objects of element sets, followed by those of tables."""
    tables = ephemerides([]) if tables is None else tables
    table = np.concatenate([np.full(len(satellites), -1), np.arange(len(tables))])
    return Movers(satellites, tables, table)


def as_movers(objects: Satellites | Movers) -> Movers:
    """Return objects as movers, whichever way they are given."""
    return objects if isinstance(objects, Movers) else movers(objects)


def continued(
    tables: Ephemerides, rows: Integers, t0_utc: np.datetime64, t_s: Floats, reach_s: float
) -> States:
    """Return states of n rows at m moments, shape (n, m, 3), also up to `reach_s` beyond a span.

    Inside the spans they are those of the tables; beyond, the motion goes on from the nearest end
    under two-body gravity and J2, tens of metres off after five minutes.
    """
    row, t = np.repeat(rows, len(t_s)), np.tile(np.asarray(t_s, np.float64), len(rows))
    states = tables.states_of(row, t0_utc, t)
    beyond = np.flatnonzero(states.status != Sgp4Status.OK)
    end_s = _nearest_ends_s(tables, row[beyond], t0_utc, t[beyond])
    near = np.abs(t[beyond] - end_s) <= reach_s
    beyond, end_s = beyond[near], end_s[near]
    ends = tables.states_of(row[beyond], t0_utc, end_s)
    position, velocity = ends.position_teme_km, ends.velocity_teme_km_s
    _coast(position, velocity, t[beyond] - end_s)
    states.position_teme_km[beyond], states.velocity_teme_km_s[beyond] = position, velocity
    states.status[beyond] = ends.status
    shape = (len(rows), len(t_s))
    return States(
        states.position_teme_km.reshape(*shape, 3),
        states.velocity_teme_km_s.reshape(*shape, 3),
        states.status.reshape(shape),
    )


def _nearest_ends_s(
    tables: Ephemerides, rows: Integers, t0_utc: np.datetime64, t_s: Floats
) -> Floats:
    """Return the start or stop of a span that is nearest to each moment; infinite where none is."""
    ends_s = (tables.ends_us - t0_utc.astype("datetime64[us]").astype(np.int64)) * 1e-6
    nearest = np.full(len(rows), np.inf)
    for row in np.unique(rows):
        own = ends_s[tables.object_spans[row] : tables.object_spans[row + 1]].ravel()
        at = np.flatnonzero(rows == row)
        if len(own):
            nearest[at] = own[np.argmin(np.abs(own - t_s[at, None]), axis=1)]
    return nearest


@kernel
def _coast(position_km: Floats, velocity_km_s: Floats, for_s: Floats) -> None:
    """Move states (n, 3) on by n times, under the gravity of a flattened Earth.

    Source: Runge and Kutta's classical fourth order, Press et al. 2007, Numerical Recipes, 17.1.
    """
    for k in range(len(for_s)):
        count = int(abs(for_s[k]) / _LONGEST_SUBSTEP_S) + 1
        h = for_s[k] / count
        r, v = position_km[k], velocity_km_s[k]
        for _ in range(count):
            a1 = _pull(r)
            a2 = _pull(r + 0.5 * h * v)
            a3 = _pull(r + 0.5 * h * v + 0.25 * h * h * a1)
            a4 = _pull(r + h * v + 0.5 * h * h * a2)
            r += h * v + h * h / 6.0 * (a1 + a2 + a3)
            v += h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4)


@kernel
def _pull(r: Floats) -> Floats:
    place = (r[0], r[1], r[2])
    radius_2 = dot(place, place)
    x, y, z = j2_pull(place, radius_2)
    central = -WGS72_MU_KM3_S2 / (radius_2 * math.sqrt(radius_2))
    return np.array([central * r[0] + x, central * r[1] + y, central * r[2] + z])
