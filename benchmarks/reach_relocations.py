"""Real moves along the geostationary belt, against the warning time for what they cost.

Between the last element set of one stay and the first of the next, two degrees or more off, an
object cannot have come sooner than the bound for the velocity change really spent. Successive sets
show at least what was spent, so the bound for that is the strictest test: a bound that is too late
shows as a ratio above one. Sets are weeks apart, so arrivals are known to weeks only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.reach import reach_times

MOVERS = (40258, 55841, 41838, 49330, 43874, 43917, 40099, 40100, 41744, 41745, 50321, 50322, 62485)
"""Luch, Luch-5X, SJ-17, SJ-21, TJS-3 and its motor, GSSAP, Shiyan-12, SJ-25."""
COLUMNS = ("norad", "snap", "epoch", "lon_deg", "inc", "raan", "argp", "ma", "ecc", "n")
SIDEREAL, SPEED_M_S, AXIS_KM = 1.00273790935, 3074.66, 42164.17
KM_PER_DEG = 735.9
STAYS_DEG_DAY, APART_DEG, BESIDE_DEG, LONGEST_DAYS = 0.05, 2.0, 0.3, 200.0
PLANE_NOISE_M_S = 5.0
"""Sum of the noise of planes over a few sets, which is no burn."""


@dataclass(frozen=True)
class Belt:
    """Columns of the belt's history."""

    columns: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def take(self, rows: np.ndarray) -> Belt:
        return Belt({name: column[rows] for name, column in self.columns.items()})


@dataclass(frozen=True)
class Move:
    """When an object was there at the latest, what it spent at least, and the bound for that."""

    arrival_days: float
    spent_m_s: float
    bound_days: float


def real(path: Path) -> dict[str, Any]:
    """Return how the bounds of known movers compare with their moves between stays."""
    table = pq.read_table(path, columns=list(COLUMNS))
    belt = Belt({name: table[name].to_numpy() for name in COLUMNS})
    every: list[float] = []
    rows: dict[str, Any] = {}
    for norad in MOVERS:
        own = belt.take(np.flatnonzero(belt["norad"] == norad))
        _, first = np.unique(own["epoch"], return_index=True)
        own = own.take(first)
        judged = [move for ends in moves(own) if (move := judged_move(belt, own, *ends))]
        if judged:
            ratios = [move.bound_days / move.arrival_days for move in judged]
            every += ratios
            spent = float(np.median([move.spent_m_s for move in judged]))
            rows[str(norad)] = {
                "moves": len(judged),
                "spent_at_least_m_s_median": round(spent, 1),
                "bound_over_arrival_median": round(float(np.median(ratios)), 3),
                "bound_over_arrival_most": round(max(ratios), 3),
            }
    return {
        "all": len(every),
        "bound_later_than_arrival": sum(ratio > 1.0 for ratio in every),
        "bound_over_arrival_median": round(float(np.median(every)), 3),
        "bound_over_arrival_most": round(max(every), 3),
        "tables": rows,
    }


def moves(own: Belt) -> Iterator[tuple[int, int]]:
    """Yield the rows of the last set of a stay and the first set of the next one elsewhere."""
    longitude = np.unwrap(own["lon_deg"], period=360.0)
    stays = np.abs((own["n"] - SIDEREAL) * 360.0) < STAYS_DEG_DAY
    last = -1
    for row in np.flatnonzero(stays):
        if last >= 0 and abs(longitude[row] - longitude[last]) > APART_DEG:
            yield last, int(row)
        last = int(row)


def judged_move(belt: Belt, own: Belt, start: int, end: int) -> Move | None:
    """Return the bound for coming to whom the object came, and when it was there."""
    actual = _days(own["epoch"][end] - own["epoch"][start])
    apart = np.abs((belt["lon_deg"] - own["lon_deg"][end] + 180.0) % 360.0 - 180.0)
    tilted = np.degrees(np.hypot(*(_tilt(belt) - _tilt(own)[:, [end]])))
    beside = (
        (belt["snap"] == own["snap"][end])
        & (belt["norad"] != own["norad"][end])
        & (np.abs((belt["n"] - SIDEREAL) * 360.0) < STAYS_DEG_DAY)
        & (apart < BESIDE_DEG)
        & (tilted < BESIDE_DEG)
    )
    if actual > LONGEST_DAYS or not beside.any():
        return None
    away = np.hypot(apart, tilted)
    other = int(np.flatnonzero(beside)[np.argmin(away[beside])])
    spent = spent_m_s(own.take(np.arange(start, end + 1)))
    both = _both(belt.take(np.array([other])), own.take(np.array([start])))
    found = reach_times(
        both,
        np.array([0]),
        both.epoch_utc[0],
        within_km=max(50.0, float(away[other]) * KM_PER_DEG),
        horizon_days=365.0,
        delta_v_m_s=spent,
    )
    return Move(actual, spent, float(found.days[0, 1]))


def spent_m_s(own: Belt) -> float:
    """Return the least velocity change that successive element sets show: drift and plane."""
    axis = AXIS_KM * (SIDEREAL / own["n"]) ** (2.0 / 3.0)
    along = np.abs(np.diff(axis)).sum() / AXIS_KM * 0.5 * SPEED_M_S
    # A drift that no set shows was started and stopped all the same.
    way = np.ptp(np.unwrap(own["lon_deg"], period=360.0)[[0, -1]])
    drifted = 2.0 * 2.84 * way / _days(own["epoch"][-1] - own["epoch"][0])
    across = np.hypot(*np.diff(_tilt(own), axis=1)).sum() * SPEED_M_S
    return float(max(along, drifted) + max(across - PLANE_NOISE_M_S, 0.0))


def _tilt(belt: Belt) -> np.ndarray:
    """Return where the poles of the orbits stand, in radians, shape (2, n)."""
    inc, node = np.radians(belt["inc"]), np.radians(belt["raan"])
    return np.stack([inc * np.cos(node), inc * np.sin(node)])


def _both(other: Belt, mover: Belt) -> MeanElements:
    """Return the other one, which stood still, and the mover, at the mover's epoch."""
    epoch = mover["epoch"].astype("datetime64[us]")
    gone = _days(mover["epoch"][0] - other["epoch"][0])
    sides = [
        {name: side[name].astype(np.float64)[0] for name in COLUMNS[3:]} for side in (other, mover)
    ]
    sides[0]["ma"] += 360.0 * SIDEREAL * gone
    table = {name: np.array([side[name] for side in sides]) for name in COLUMNS[3:]}
    return MeanElements(
        np.repeat(epoch, 2),
        table["n"] * 2.0 * np.pi / 1440.0,
        table["ecc"],
        np.radians(table["inc"]),
        np.radians(table["raan"]),
        np.radians(table["argp"]),
        np.radians(table["ma"] % 360.0),
        np.zeros(2),
    )


def _days(span: Any) -> float:
    return float(span / np.timedelta64(1, "us")) / 86_400e6
