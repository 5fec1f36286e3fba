"""Disturbed navigation by a script: on the map at hand, on made air, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.exercise.injected_air import StreamOf, air_overlay
from hoshimori.formats.integrity import read_integrity
from hoshimori.model.injects import DisturbedNavigation
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.provenance import Reality
from hoshimori.numerics.hexagons import centres_deg, distances_km

START_UTC = datetime(2026, 3, 31, tzinfo=UTC)
END_UTC = START_UTC + timedelta(days=6)


def streams(seed: int = 1) -> StreamOf:
    def of(name: str) -> np.random.Generator:
        return np.random.default_rng([seed, *name.encode()])

    return of


def disturbance(inject_id: str = "jam", **others: float) -> DisturbedNavigation:
    values: dict[str, float] = {
        "at_h": 24.0, "latitude_deg": 35.0, "longitude_deg": 137.0, "radius_km": 200.0,
        "share": 0.4, "lasts_h": 48.0,
    } | others  # fmt: skip
    return DisturbedNavigation(inject_id=inject_id, **values)


@pytest.fixture(scope="module")
def air() -> IntegrityCells:
    return disturbed_air(MadeAir(rings=12, days=30), np.random.default_rng(5))


def overlaid(air: IntegrityCells | None, *injects: DisturbedNavigation) -> IntegrityCells:
    overlay = air_overlay(injects, air, starts_utc=START_UTC, ends_utc=END_UTC, stream_of=streams())
    assert overlay is not None
    return overlay.over(air)


def share(cells: IntegrityCells, days: slice, within_km: float) -> float:
    near = distances_km(np.array((35.0, 137.0)), centres_deg(cells.cell)) < within_km
    first = np.datetime64("2026-03-31", "D")
    day = (cells.day_utc - first).astype(int)
    rows = near & (day >= days.start) & (day < days.stop)
    return float(cells.bad[rows].sum() / cells.aircraft[rows].sum())


def test_aircraft_lose_integrity_over_the_circle_while_it_lasts(air: IntegrityCells) -> None:
    cells = overlaid(air, disturbance())
    assert 0.20 < share(cells, slice(1, 3), 200.0) < 0.40
    assert share(cells, slice(0, 1), 200.0) < 0.01
    assert share(cells, slice(3, 6), 200.0) < 0.01


def test_only_what_the_exercise_makes_is_exercise_and_no_aircraft_are_added(
    air: IntegrityCells,
) -> None:
    cells = overlaid(air, disturbance(at_h=-72.0, lasts_h=24.0))
    before = cells.known_by(np.datetime64("2026-03-31", "us")).in_order()
    real = air.in_order()
    assert np.array_equal(before.cell, real.cell)
    assert np.array_equal(before.aircraft, real.aircraft)
    same = before.bad == real.bad
    assert not same.all()
    realities = np.array([p.reality for p in before.provenances])[before.provenance_index]
    assert set(realities[~same]) == {Reality.EXERCISE}
    assert set(realities[same]) == {Reality.SIMULATED}
    assert set(before.day_utc[~same].astype(str)) == {"2026-03-28"}


def test_half_a_day_affects_half_as_many_aircraft(air: IntegrityCells) -> None:
    whole = overlaid(air, disturbance(lasts_h=24.0))
    half = overlaid(air, disturbance(lasts_h=12.0))
    ratio = share(half, slice(1, 2), 200.0) / share(whole, slice(1, 2), 200.0)
    assert 0.35 < ratio < 0.65


def test_counts_of_neighbours_differ_more_than_chance_alone_makes(air: IntegrityCells) -> None:
    cells = overlaid(air, disturbance(radius_km=1000.0, share=0.4, lasts_h=24.0))
    near = distances_km(np.array((35.0, 137.0)), centres_deg(cells.cell)) < 150.0
    rows = near & (cells.day_utc == np.datetime64("2026-04-01")) & (cells.aircraft >= 10)
    n, bad = cells.aircraft[rows], cells.bad[rows]
    mean = bad.sum() / n.sum()
    chi2 = float(np.mean((bad - n * mean) ** 2 / (n * mean * (1.0 - mean))))
    assert chi2 > 1.5


def test_days_that_the_map_does_not_reach_go_on_as_days_of_before(air: IntegrityCells) -> None:
    cells = overlaid(air, disturbance())
    assert cells.day_utc.max() == np.datetime64("2026-04-06")
    after = cells.take(cells.day_utc > air.day_utc.max())
    assert after.reality is Reality.EXERCISE
    days = len(np.unique(after.day_utc))
    per_day = len(air) / 30
    assert abs(len(after) / days / per_day - 1.0) < 0.05


def test_a_day_is_known_when_it_is_over(air: IntegrityCells) -> None:
    cells = overlaid(air, disturbance())
    at = np.datetime64("2026-04-02T11:00", "us")
    assert cells.known_by(at).day_utc.max() == np.datetime64("2026-04-01")


def test_without_a_map_there_is_made_air_all_exercise() -> None:
    cells = overlaid(None, disturbance())
    assert {p.reality for p in cells.provenances} == {Reality.EXERCISE}
    assert cells.day_utc.min() == np.datetime64("2026-02-24")
    assert 0.20 < share(cells, slice(1, 3), 200.0) < 0.40


def test_another_inject_changes_no_other_one(air: IntegrityCells) -> None:
    one = overlaid(air, disturbance())
    far = disturbance("zz far", latitude_deg=39.0, longitude_deg=137.0, radius_km=80.0)
    both = overlaid(air, disturbance(), far)
    near = distances_km(np.array((35.0, 137.0)), centres_deg(one.cell)) < 200.0
    assert np.array_equal(one.bad[near], both.bad[near])
    assert not np.array_equal(one.bad, both.bad)


def test_the_same_seed_gives_the_same(air: IntegrityCells) -> None:
    assert np.array_equal(overlaid(air, disturbance()).bad, overlaid(air, disturbance()).bad)


def test_nothing_disturbed_gives_nothing(air: IntegrityCells) -> None:
    assert air_overlay((), air, starts_utc=START_UTC, ends_utc=END_UTC, stream_of=streams()) is None


def test_on_a_real_map_only_the_circle_changes(shared_data: Path) -> None:
    # GPSJam, North America, October 2022: quiet over Colorado (shared/data/gnss/README.md).
    path = shared_data / "gnss" / "gpsjam_north_america_2022-10-01_2022-11-15.parquet"
    real = read_integrity(path.read_bytes(), source=path.name).cells.in_order()
    inject = disturbance(latitude_deg=39.7, longitude_deg=-104.9, radius_km=150.0, lasts_h=24.0)
    start = datetime(2022, 10, 9, tzinfo=UTC)
    overlay = air_overlay(
        [inject],
        real,
        starts_utc=start,
        ends_utc=start + timedelta(days=5),
        stream_of=streams(),
    )
    assert overlay is not None
    assert overlay.cells.reality is Reality.EXERCISE
    away = distances_km(np.array((39.7, -104.9)), centres_deg(overlay.cells.cell))
    assert away.max() <= 150.0
    assert set(overlay.cells.day_utc.astype(str)) == {"2022-10-10"}
    assert len(overlay.over(real)) == len(real)
