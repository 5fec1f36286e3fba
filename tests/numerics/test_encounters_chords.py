"""The coarse question in single precision against the same one asked exactly."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.encounters_chords import (
    mark_near_chords,
    mark_near_samples,
    rounding_km,
    write_tracks,
)

SAMPLES = 37
"""No multiple of a register, so that the rest of a loop is tested too."""


def two_paths(seed: int, radius_km: float, apart_km: float) -> np.ndarray:
    """Return positions, shape (2, SAMPLES, 3), of two objects that wander near one another."""
    rng = np.random.default_rng(seed)
    first = rng.normal(size=(SAMPLES, 3))
    first *= radius_km / np.linalg.norm(first, axis=1, keepdims=True)
    return np.stack([first, first + rng.normal(size=(SAMPLES, 3)) * apart_km])


def tracks_of(position_km: np.ndarray, is_good: np.ndarray) -> np.ndarray:
    tracks = np.empty((2, 3, SAMPLES), np.float32)
    write_tracks(position_km, is_good, tracks)
    return tracks


def chord_distances_km(position_km: np.ndarray) -> np.ndarray:
    d = position_km[1] - position_km[0]
    a, u = d[:-1], np.diff(d, axis=0)
    s = np.clip(-np.sum(a * u, axis=1) / np.sum(u * u, axis=1), 0.0, 1.0)
    return np.linalg.norm(a + s[:, None] * u, axis=1)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([6600.0, 42164.0, 400000.0]),
    st.sampled_from([1e-3, 1.0, 100.0, 5000.0]),
    st.integers(0, SAMPLES - 2),
)
def test_rounding_loses_no_chord_and_admits_none_beyond_its_bound(
    seed: int, radius_km: float, apart_km: float, chosen: int
) -> None:
    position = two_paths(seed, radius_km, apart_km)
    exact = chord_distances_km(position)
    highest = np.linalg.norm(position, axis=2).max(axis=1)
    slack = rounding_km(highest[0], highest[1])
    limit = exact[chosen] + slack  # the hardest case: one chord lies exactly at the limit
    near = np.zeros(SAMPLES, np.bool_)
    tracks = tracks_of(position, np.ones((2, SAMPLES), bool))
    count = mark_near_chords(tracks, 0, 1, SAMPLES - 1, limit, near)
    marked = near[:-1]
    assert count == np.count_nonzero(marked)
    assert marked[exact <= exact[chosen]].all()
    assert not marked[exact > limit + slack].any()


def test_steps_without_both_states_are_not_marked() -> None:
    position = two_paths(1, 7000.0, 1.0)
    is_good = np.ones((2, SAMPLES), bool)
    is_good[0, 5] = is_good[1, 20] = False
    tracks = tracks_of(position, is_good)
    chords, samples = np.zeros((2, SAMPLES), np.bool_)
    assert mark_near_chords(tracks, 0, 1, SAMPLES - 1, 100.0, chords) == SAMPLES - 5
    assert mark_near_samples(tracks, 0, 1, SAMPLES, 100.0, samples) == SAMPLES - 2
    assert not chords[[4, 5, 19, 20]].any()
    assert not samples[[5, 20]].any()


def test_only_the_samples_asked_for_are_looked_at() -> None:
    tracks = tracks_of(two_paths(2, 7000.0, 1.0), np.ones((2, SAMPLES), bool))
    near = np.zeros(SAMPLES, np.bool_)
    assert mark_near_samples(tracks, 0, 1, 11, 100.0, near) == 11
    assert np.flatnonzero(near).tolist() == list(range(11))
