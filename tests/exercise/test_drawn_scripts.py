"""Drawn scripts: one script for ever for a seed and a number, sizes within what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.exercise.drawn_scripts import EVENT, LENGTH_H, WITHIN_H, draw
from hoshimori.model.injects import Lateness
from hoshimori.model.sweeps import DrawKind, DrawRegime

ROUND = 3 * len(DrawKind)


@given(seed=st.integers(0, 2**31), number=st.integers(0, 5000))
def test_a_seed_and_a_number_give_one_script(seed: int, number: int) -> None:
    one = draw(seed, number)
    assert one == draw(seed, number)
    assert one.number == number
    (expected,) = one.scenario.expected
    event = next(i for i in one.scenario.injects if i.inject_id == EVENT)
    assert 0.0 < event.at_h < LENGTH_H - WITHIN_H
    assert set(expected.parts) <= {part.name for part in one.scenario.parts}
    assert all(size >= 0.0 for size in one.values.values())
    late = [i for i in one.scenario.injects if isinstance(i, Lateness)]
    assert bool(late) == (one.values["late_h"] > 0.0)


def test_kinds_and_regimes_come_in_turn() -> None:
    drawn = [draw(1, number) for number in range(ROUND)]
    assert {one.kind for one in drawn} == set(DrawKind)
    burns = [one for one in drawn if one.kind is DrawKind.BURN]
    assert [one.regime for one in burns] == list(DrawRegime)


def test_burns_turn_through_all_directions_in_every_regime() -> None:
    burns = [draw(3, number, (DrawKind.BURN,)) for number in range(9)]
    assert len({(one.regime, one.trait) for one in burns}) == 9


@pytest.mark.parametrize("kind", list(DrawKind))
def test_leaving_other_kinds_out_changes_no_size(kind: DrawKind) -> None:
    place = list(DrawKind).index(kind)
    for turn in range(4):
        alone, among = draw(5, turn, (kind,)), draw(5, place + turn * len(DrawKind))
        assert (alone.kind, alone.regime, alone.values) == (kind, among.regime, among.values)


def test_other_seeds_give_other_sizes() -> None:
    assert draw(1, 0).values != draw(2, 0).values
