"""Looks and episodes by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis.extra.numpy import arrays

from hoshimori.numerics.looks import looks_at, pair_episodes

ONE, OTHER = 11, 22


def test_an_object_is_seen_by_its_nearest_set_within_reach() -> None:
    ids = np.array([ONE, ONE, ONE, OTHER])
    days = np.array([0.5, 2.0, 30.4, 30.6])
    looks = looks_at(ids, days, step_days=3.0, reach_days=4.0)
    assert looks.moment_days.tolist() == [1.5, 31.5]
    assert looks.objects.tolist() == [ONE, OTHER]
    assert looks.row.tolist() == [[1, -1], [2, 3]]


def episodes(near: list[int], seen: list[int], inner: list[int] | None = None) -> list[tuple]:  # type: ignore[type-arg]
    """Return the episodes of one pair, seen together at some moments and near at some of them."""
    row = [[k, k] if k in seen else [-1, -1] for k in range(12)]
    looks = looks_at(
        np.array([ONE, OTHER] * 12), np.repeat(np.arange(12.0), 2), step_days=1.0, reach_days=0.6
    )
    looks.row[:] = np.array(row, np.int32)
    moment = np.array(near, np.int64)
    flags = np.isin(moment, near if inner is None else inner)
    zero, one = np.zeros(len(near), np.int64), np.ones(len(near), np.int64)
    found = pair_episodes(looks, zero, one, moment, flags)
    return [
        (near[a], near[b], float(before), float(until))
        for a, b, before, until in zip(
            found.first, found.last, found.after_days, found.until_days, strict=True
        )
    ]


def test_a_look_apart_ends_an_episode_and_a_missing_look_does_not() -> None:
    every = list(range(12))
    assert episodes([2, 3, 6, 7], every) == [(2, 3, 1.5, 4.5), (6, 7, 5.5, 8.5)]
    assert episodes([2, 3, 6, 7], [1, 2, 3, 6, 7, 9]) == [(2, 7, 1.5, 9.5)]


def test_without_looks_before_or_after_the_ends_are_open() -> None:
    assert episodes([0, 1], [0, 1]) == [(0, 1, -np.inf, np.inf)]


def test_outer_looks_hold_an_episode_together_and_make_none() -> None:
    every = list(range(12))
    assert episodes([2, 3, 4, 5], every, inner=[3, 5]) == [(3, 5, 1.5, 6.5)]
    assert episodes([2, 3], every, inner=[]) == []


@given(arrays(np.bool_, 12), arrays(np.bool_, 12))
def test_episodes_part_the_near_looks(near: np.ndarray, seen: np.ndarray) -> None:
    seen = seen | near
    found = episodes(np.flatnonzero(near).tolist(), np.flatnonzero(seen).tolist())
    covered = {k for first, last, _, _ in found for k in range(first, last + 1) if near[k]}
    assert covered == set(np.flatnonzero(near).tolist())
    for first, last, before, until in found:
        assert before < first + 0.5 <= last + 0.5 < until
        assert not any(seen[k] and not near[k] for k in range(first, last + 1))
