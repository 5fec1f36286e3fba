"""Made traffic: the same seed gives the same reports, and what is planted is there."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.aircraft_traffic import (
    Effect,
    MadeTraffic,
    PlantedEmitter,
    aircraft_traffic,
)
from hoshimori.model.aircraft_reports import AircraftReports
from hoshimori.model.provenance import Reality
from hoshimori.numerics.hexagons import distances_km

EMITTER = PlantedEmitter(50.0, 15.0, 120.0, 1800.0, 3600.0, susceptible=1.0)
CALM = {"always_low": 0.0, "flapping": 0.0, "glitches_an_hour": 0.0, "wrong_positions": 0.0}


def made(**changes: object) -> MadeTraffic:
    return MadeTraffic(hours=1.5, flights_an_hour=60.0, **(CALM | changes))  # type: ignore[arg-type]


def reports(traffic: MadeTraffic, seed: int = 1) -> AircraftReports:
    return aircraft_traffic(traffic, np.random.Generator(np.random.PCG64(seed)))


def test_the_seed_makes_it_and_it_says_that_it_is_made() -> None:
    first, again, other = reports(made()), reports(made()), reports(made(), seed=2)
    assert first.latitude_deg.tolist() == again.latitude_deg.tolist()
    assert len(first) != len(other)
    assert first.reality is Reality.SIMULATED
    assert len(reports(MadeTraffic(flights_an_hour=0.0))) == 0


def test_receivers_fail_only_in_reach_while_it_works() -> None:
    found = reports(made(planted=(EMITTER,)))
    low = found.nic < 7
    seconds = (found.time_utc - MadeTraffic().start_utc).astype(np.int64) / 1e3
    place = np.stack([found.latitude_deg, found.longitude_deg], axis=-1)[low]
    away = distances_km(np.array([50.0, 15.0]), place)
    recovery_km = 60.0 * 0.25
    assert low.any()
    assert away.max() < 120.0 + recovery_km + 2.0
    assert seconds[low].min() >= 1800.0 - 1.0
    assert seconds[low].max() <= 3600.0 + 61.0
    assert not (reports(made()).nic < 7).any()


def test_false_signals_show_the_place_that_was_planted() -> None:
    shown = (33.8, 35.5)
    emitter = PlantedEmitter(
        50.0, 15.0, 120.0, 1800.0, 3600.0, Effect.DISPLACES, 1.0, shown_deg=shown
    )
    found = reports(made(planted=(emitter,)))
    place = np.stack([found.latitude_deg, found.longitude_deg], axis=-1)
    at_shown = distances_km(np.array(shown), place) < 5.0
    assert at_shown.sum() > 50
    assert (found.nic[at_shown] >= 7).mean() > 0.7
