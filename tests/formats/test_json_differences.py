"""Differences are found wherever they are, and nowhere else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.formats.json_differences import differences

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_does_not_differ_from_its_copy(value: Any) -> None:
    assert list(differences(value, copy.deepcopy(value), relative=0.0)) == []


@given(VALUES, VALUES)
def test_values_that_differ_are_told_from_both_sides(one: Any, other: Any) -> None:
    forth = [d.path for d in differences(one, other, relative=0.0)]
    back = [d.path for d in differences(other, one, relative=0.0)]
    assert forth == back
    assert bool(forth) == (one != other or type(one) is not type(other) or _bools(one, other))


def _bools(one: Any, other: Any) -> bool:
    """In JSON true is not 1, though Python finds them equal."""
    return repr(one) != repr(other) and one == other and sorted_repr(one) != sorted_repr(other)


def sorted_repr(value: Any) -> str:
    if isinstance(value, dict):
        return str(sorted((k, sorted_repr(v)) for k, v in value.items()))
    if isinstance(value, list):
        return str([sorted_repr(v) for v in value])
    return repr(value)


@pytest.mark.parametrize(
    ("one", "other", "paths"),
    [
        ({"a": {"b": [1.0, 2.0]}}, {"a": {"b": [1.0, 2.0 + 1e-9]}}, []),
        ({"a": {"b": [1.0, 2.0]}}, {"a": {"b": [1.0, 2.1]}}, ["a.b.1"]),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, ["a"]),
        ({"a": 1}, {}, ["a"]),
        ({"a": [1]}, {"a": [1, 2]}, ["a"]),
        ({"a": "x"}, {"a": "y"}, ["a"]),
        (0.0, 1e-9, []),
        (0.0, 1e-3, [""]),
    ],
)
def test_numbers_agree_within_the_tolerance_and_nothing_else_does(
    one: Any, other: Any, paths: list[str]
) -> None:
    assert [d.path for d in differences(one, other, relative=1e-6)] == paths
