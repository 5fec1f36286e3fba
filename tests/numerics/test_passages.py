"""Passages of cells and steps, and different aircraft pooled over neighbours."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.aircraft_tracks import DISPLACED, GOOD, LOW, JudgedTrack, Track
from hoshimori.numerics.hexagons import cell_at, cells_at, within_rings
from hoshimori.numerics.passages import faulty_alone, passages_of, pooled

HOME = cell_at(50.0, 15.0, 5)


def track(aircraft: list[int], time: list[float], low: list[int]) -> tuple[Track, JudgedTrack]:
    count = len(aircraft)
    place = np.tile([50.0, 15.0], (count, 1))
    state = np.array(low, np.int8)
    told = Track(
        np.array(aircraft), np.array(time), place, np.linspace(5e3, 6e3, count), state
    )  # fmt: skip
    flags = np.ones(count, np.bool_)
    return told, JudgedTrack(state, place, state > 0, flags, np.zeros(max(aircraft) + 1, np.bool_))


def test_an_aircraft_counts_once_in_a_cell_and_step_with_its_worst() -> None:
    told = track([0, 0, 0, 1, 1], [0.0, 100.0, 1000.0, 10.0, 20.0], [GOOD, LOW, GOOD, GOOD, -1])
    found = passages_of(*told, step_s=900.0, resolution=5)
    assert found.cell.tolist() == [HOME] * 3
    assert list(zip(found.step.tolist(), found.aircraft.tolist(), strict=True)) == [
        (0, 0), (0, 1), (1, 0),
    ]  # fmt: skip
    assert found.state.tolist() == [LOW, GOOD, GOOD]
    assert found.first_s.tolist() == [100.0, 10.0, 1000.0]
    assert found.height_m.tolist() == [5250.0, 5750.0, 5500.0]
    assert found.bracketed.tolist() == [True, False, False]


def test_displaced_ones_keep_where_they_said_to_be() -> None:
    told, judged = track([0, 0], [0.0, 10.0], [DISPLACED, DISPLACED])
    said = Track(told.aircraft, told.time_s, np.array([[33.0, 35.0], [34.0, 36.0]]),
                 told.altitude_m, told.low)  # fmt: skip
    found = passages_of(said, judged, step_s=900.0, resolution=5)
    assert found.cell.tolist() == [HOME]
    assert found.shown_deg.tolist() == [[33.5, 35.5]]


def test_places_that_are_not_known_are_in_no_cell() -> None:
    told, judged = track([0], [0.0], [DISPLACED])
    lost = JudgedTrack(judged.state, np.array([[np.nan, np.nan]]), judged.bracketed,
                       judged.checked, judged.erratic)  # fmt: skip
    assert len(passages_of(told, lost, step_s=900.0, resolution=5).cell) == 0


def test_pooling_counts_different_aircraft_of_the_neighbourhood() -> None:
    """Compared with counting by hand, cell by cell."""
    random = np.random.Generator(np.random.PCG64(3))
    cells = np.array(sorted(within_rings(HOME, 3)), np.uint64)
    rows = np.unique(
        np.stack([random.integers(0, len(cells), 400), random.integers(0, 5, 400),
                  random.integers(0, 30, 400)]), axis=1
    )  # fmt: skip
    cell, step, aircraft = cells[rows[0]], rows[1], rows[2]
    bad = random.random(len(cell)) < 0.3
    pool = pooled(cell, step, aircraft, bad, rings=1)
    for k in range(0, len(pool.cell), 7):
        near = set(within_rings(int(pool.cell[k]), 1))
        inside = np.array([int(c) in near for c in cell]) & (step == pool.counts.day[k])
        assert pool.counts.aircraft[k] == len(set(aircraft[inside]))
        assert pool.counts.bad[k] == len(set(aircraft[inside & bad]))
        own = (cell == pool.cell[k]) & (step == pool.counts.day[k])
        assert pool.own_bad[k] == np.count_nonzero(own & bad)
        assert set(pool.row[own].tolist()) == {k}


def test_an_aircraft_that_is_disturbed_alone_again_and_again_is_faulty() -> None:
    steps = np.repeat(np.arange(12), 5)
    who = np.tile(np.arange(5), 12)
    bad = (who == 2) & np.isin(steps, [0, 1, 8, 9])
    bad |= steps == 5  # all of them: disturbed together, not faulty
    cell = np.full(len(steps), HOME, np.uint64)
    pool = pooled(cell, steps, who, bad)
    assert set(who[faulty_alone(pool, who, bad)].tolist()) == {2}
    once = (who == 2) & np.isin(steps, [0, 1, 2])
    assert not faulty_alone(pooled(cell, steps, who, once), who, once).any(), "one episode only"


def test_nothing_gives_nothing() -> None:
    none = np.zeros(0, np.int64)
    pool = pooled(none.astype(np.uint64), none, none, none.astype(np.bool_))
    assert len(pool.cell) == 0
    assert cells_at(np.zeros((0, 2)), 5).dtype == np.uint64


@pytest.mark.parametrize("resolution", [4, 5, 6])
def test_a_flight_leaves_no_hole_between_the_cells_that_it_crosses(resolution: int) -> None:
    time = np.arange(0.0, 1800.0, 5.0)
    place = np.stack([50.0 + 0.25 / 111.195 * time, np.full(len(time), 15.0)], axis=-1)
    zero = np.zeros(len(time))
    flown = Track(zero.astype(np.int64), time, place, zero + 1e4, zero.astype(np.int8))
    good = JudgedTrack(flown.low, place, zero > 0, zero > 0, np.zeros(1, np.bool_))
    found = passages_of(flown, good, step_s=3600.0, resolution=resolution)
    every = set(cells_at(place, resolution).tolist())
    missed = every - set(found.cell.tolist())
    # Only cells that it touches at a corner for some seconds may go unseen.
    assert len(missed) <= 0.2 * len(every)
