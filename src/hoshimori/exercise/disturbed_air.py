"""Made maps of aircraft integrity with known truth: quiet air, faults, planted disturbances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.hexagons import cell_at, centres_deg, distances_km, within_rings

_SOURCE = "made air"
_FIRST_DAY = np.datetime64("2026-03-01", "D")
_FAULT_RATE = 3e-4
_FAULT_CLUSTER = 300.0
"""Faults come in clusters, as flights of one aircraft do: a Beta of so many aircraft."""


@dataclass(frozen=True, slots=True)
class PlantedDisturbance:
    """A circle in which a share of aircraft has low integrity, on some days."""

    latitude_deg: float
    longitude_deg: float
    radius_km: float
    first_day: int
    """Of the made map, from 0."""
    last_day: int
    share: float = 0.3
    """At the middle; it falls to half of that at the edge."""
    every_days: int = 1
    """1: every day of the span."""


@dataclass(frozen=True, slots=True)
class MadeAir:
    """Where, how long and how busy made air is."""

    latitude_deg: float = 35.0
    longitude_deg: float = 137.0
    rings: int = 12
    first_day_utc: np.datetime64 = _FIRST_DAY
    days: int = 30
    mean_aircraft: float = 40.0
    """A day and cell, of cells that differ as busy and empty ones do."""
    planted: tuple[PlantedDisturbance, ...] = ()


def disturbed_air(air: MadeAir, random: np.random.Generator) -> IntegrityCells:
    """Return counts of made air, marked SIMULATED; days of cells without aircraft are left out."""
    cells = np.array(
        sorted(within_rings(cell_at(air.latitude_deg, air.longitude_deg, 4), air.rings)), np.uint64
    )
    middles = centres_deg(cells)
    busy = air.mean_aircraft * random.lognormal(-0.5, 1.0, len(cells))
    aircraft = random.poisson(busy[:, None], (len(cells), air.days))
    rate = random.beta(
        _FAULT_RATE * _FAULT_CLUSTER, (1.0 - _FAULT_RATE) * _FAULT_CLUSTER, aircraft.shape
    )
    for planted in air.planted:
        middle = np.array((planted.latitude_deg, planted.longitude_deg))
        away = distances_km(middle, middles) / planted.radius_km
        share = np.where(away <= 1.0, planted.share * (1.0 - 0.5 * away), 0.0)
        for day in range(planted.first_day, planted.last_day + 1, planted.every_days):
            rate[:, day] = np.maximum(rate[:, day], share)
    bad = random.binomial(aircraft, rate)
    row, column = np.nonzero(aircraft)
    return IntegrityCells(
        cell=cells[row],
        day_utc=np.full(len(row), air.first_day_utc) + column.astype("timedelta64[D]"),
        good=(aircraft - bad)[row, column],
        bad=bad[row, column],
        provenance_index=np.zeros(len(row), np.int32),
        provenances=(Provenance(_SOURCE, "0" * 64, Reality.SIMULATED),),
    )
