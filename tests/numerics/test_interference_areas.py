"""Areas of disturbed cells and the area of an emitter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.hexagons import cell_at, centres_deg, distances_km, within_rings
from hoshimori.numerics.interference_areas import (
    areas_of,
    height_to_see_m,
    horizon_km,
    reach_of_one_emitter_km,
)

MIDDLE = cell_at(35.0, 137.0, 4)
NEAR = sorted(within_rings(MIDDLE, 5))


def number(rows: list[tuple[int, int]]) -> list[int]:
    cells, days = zip(*rows, strict=True)
    return areas_of(np.array(cells, np.uint64), np.array(days), rings=2, gap_days=2).tolist()


def ring(steps: int) -> int:
    """A cell so many steps from the middle."""
    return sorted(set(within_rings(MIDDLE, steps)) - set(within_rings(MIDDLE, steps - 1)))[0]


def test_one_cell_and_one_day_may_lie_between() -> None:
    assert number([(MIDDLE, 5), (ring(2), 7)]) == [0, 0]
    assert len(set(number([(MIDDLE, 5), (ring(3), 5)]))) == 2
    assert len(set(number([(MIDDLE, 5), (MIDDLE, 8)]))) == 2


def test_links_carry_on() -> None:
    assert number([(MIDDLE, 5), (MIDDLE, 9), (MIDDLE, 7)]) == [0, 0, 0]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(NEAR), st.integers(0, 9)), min_size=1, max_size=25,
             unique=True),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_rows_does_not_matter(rows: list[tuple[int, int]], random: object) -> None:
    def together(listed: list[tuple[int, int]]) -> set[frozenset[tuple[int, int]]]:
        told = number(listed)
        return {
            frozenset(r for r, k in zip(listed, told, strict=True) if k == one) for one in set(told)
        }

    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert together(shuffled) == together(rows)


def test_horizon_over_smooth_ground() -> None:
    # ITU-R P.310: 4.12 (sqrt h1 + sqrt h2) km; an airliner sees a mast of 10 m from 464 km.
    assert horizon_km(10.0, 12_000.0) == pytest.approx(464.35, abs=0.01)
    assert height_to_see_m(horizon_km(700.0, 12_000.0), 12_000.0) == pytest.approx(700.0)


def test_the_emitters_ring_holds_every_place_that_sees_all_cells() -> None:
    cells = centres_deg(np.array(NEAR, np.uint64))
    horizon = 464.0
    ring_km = reach_of_one_emitter_km((35.0, 137.0), cells, horizon)
    assert ring_km is not None
    random = np.random.Generator(np.random.PCG64(3))
    places = np.stack([random.uniform(30, 40, 4000), random.uniform(131, 143, 4000)], axis=-1)
    sees_all = distances_km(places[:, None], cells[None]).max(axis=1) <= horizon
    away = distances_km(np.array([35.0, 137.0]), places)
    assert sees_all.any()
    assert away[sees_all].max() <= ring_km + 1.0
    assert ring_km < horizon


def test_cells_out_of_sight_of_one_place_have_no_single_emitter() -> None:
    far = np.array([[35.0, 137.0], [35.0, 150.0]])
    assert reach_of_one_emitter_km((35.0, 143.5), far, 464.0) is None
