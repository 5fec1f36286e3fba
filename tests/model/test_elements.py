"""Element sets as columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, ElementSets, concatenate, interleaved
from hoshimori.model.provenance import Provenance, Reality

START = np.datetime64("2025-01-01T00:00:00", "us")
REAL = Provenance("a", "0" * 64)
MADE = Provenance("b", "1" * 64, Reality.EXERCISE)


def rows(ids: list[int], hours: list[int], provenance: Provenance = REAL) -> ElementSets:
    columns = {name: np.zeros(len(ids), dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.array(ids)
    columns["epoch_utc"] = START + np.array(hours, "timedelta64[h]")
    return ElementSets(**columns, provenances=(provenance,))


def test_columns_are_read_only_and_of_one_length() -> None:
    made = rows([1, 2], [0, 0])
    with pytest.raises(ValueError, match="read-only"):
        made.eccentricity[0] = 0.5
    columns = {name: getattr(made, name) for name in COLUMNS}
    with pytest.raises(ValueError, match="eccentricity has shape"):
        ElementSets(**(columns | {"eccentricity": np.zeros(3)}), provenances=(REAL,))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(-50, 50)), max_size=30))
def test_the_newest_rows_are_those_of_latest_epoch(pairs: list[tuple[int, int]]) -> None:
    made = rows([p[0] for p in pairs], [p[1] for p in pairs])
    expected = {i: max(h for j, h in pairs if j == i) for i, _ in pairs}
    newest = made.newest()
    found = (newest.epoch_utc - START).astype("timedelta64[h]").astype(int)
    assert dict(zip(newest.norad_id.tolist(), found.tolist(), strict=True)) == expected
    assert newest.norad_id.tolist() == sorted(expected)


def test_concatenation_keeps_each_rows_provenance_and_names_each_once() -> None:
    joined = concatenate([rows([1], [0]), rows([2], [0], MADE), rows([3], [0])])
    assert joined.provenances == (REAL, MADE)
    assert joined.provenance_index.tolist() == [0, 1, 0]


def test_reality_is_contagious_for_the_rows_that_are_used() -> None:
    joined = concatenate([rows([1], [0]), rows([2], [0], MADE)])
    assert joined.reality is Reality.EXERCISE
    assert joined.of_object(1).reality is Reality.REAL


def test_mean_elements_are_in_radians_and_minutes() -> None:
    columns = {name: np.zeros(1, dtype) for name, dtype in COLUMNS.items()}
    columns |= {"mean_motion_rev_day": np.array([1440.0]), "inclination_deg": np.array([180.0])}
    mean = ElementSets(**columns, provenances=(REAL,)).mean_elements()
    assert mean.mean_motion_kozai_rad_min[0] == pytest.approx(2 * np.pi)
    assert mean.inclination_rad[0] == pytest.approx(np.pi)


def test_nothing_is_a_column_set_too() -> None:
    assert len(NO_ELEMENT_SETS.newest()) == 0
    assert len(concatenate([NO_ELEMENT_SETS, rows([1], [0])])) == 1


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), min_size=1, max_size=20))
def test_rows_are_copied_only_where_their_order_or_choice_changes(
    pairs: list[tuple[int, int]],
) -> None:
    sets = rows([i for i, _ in pairs], [h for _, h in pairs])
    ordered = sets.sorted_by_object()
    assert ordered.norad_id.tolist() == [i for i, _ in sorted(pairs)]
    assert (ordered is sets) == (pairs == sorted(pairs))
    assert ordered.sorted_by_object() is ordered
    last_utc = sets.known_utc.max()
    assert sets.known_by(last_utc) is sets
    assert len(sets.known_by(last_utc - 1)) < len(sets)
    assert concatenate([sets]) is sets


def named(ids: list[int], provenance: Provenance = REAL) -> ElementSets:
    made = rows(ids, list(range(len(ids))), provenance)
    # Long names lie elsewhere than short ones in NumPy's texts.
    names = np.array([f"object {i} of a long name {'x' * (k % 9)}" for k, i in enumerate(ids)])
    return replace(made, object_name=names.astype(made.object_name.dtype))


def same(one: ElementSets, other: ElementSets) -> bool:
    alike = all(
        np.array_equal(getattr(one, n), getattr(other, n))
        for n in COLUMNS
        if n != "provenance_index"
    )
    return alike and [one.provenances[k] for k in one.provenance_index] == [
        other.provenances[k] for k in other.provenance_index
    ]


@given(st.lists(st.integers(0, 39), max_size=60), st.booleans())
def test_rows_are_those_that_are_asked_for_in_that_order(asked: list[int], rise: bool) -> None:
    made = named(list(range(40)))
    chosen = np.array(sorted(set(asked)) if rise else asked, np.int64)
    assert made.take(chosen).norad_id.tolist() == chosen.tolist()
    assert made.take(chosen).object_name.tolist() == [made.object_name[k] for k in chosen.tolist()]


def test_rows_counted_from_the_end_are_rows_too() -> None:
    made = named(list(range(10)))
    assert made.take(np.array([-3, 0, 5])).norad_id.tolist() == [7, 0, 5]


@given(st.lists(st.integers(1, 30), max_size=40), st.sets(st.integers(1, 30)))
def test_interleaved_rows_are_those_of_both_in_order(ids: list[int], own: set[int]) -> None:
    one = named(sorted(i for i in ids if i not in own))
    other = named(sorted(i for i in ids if i in own), MADE)
    assert same(interleaved(one, other), concatenate([other, one]).sorted_by_object())
