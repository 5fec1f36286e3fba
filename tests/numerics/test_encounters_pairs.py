"""The sweep, attacked with pairs that are made to meet."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.exercise.refit import elements_of_states, states_at
from hoshimori.numerics import encounters_search
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters_search import near_pairs, new_search
from hoshimori.numerics.sgp4 import initialise

T0 = np.datetime64("2025-03-03T00:00:00", "us")
MU = 398600.8
PAIRS = 400
DURATION_S = 6.0 * 3600.0
WITHIN_A_MILLIMETRE = 1e-6


def meetings(seed: int, threshold_km: float) -> tuple[MeanElements, np.ndarray]:
    """Return pairs (row i meets row PAIRS + i) of any orbits, and the moments of meeting.

    The first of a pair is any orbit from low LEO to beyond GEO, also eccentric; the second has
    another velocity, of any direction, at a place within the threshold of the first.
    """
    rng = np.random.default_rng(seed)
    moments_s = rng.uniform(0.0, DURATION_S, PAIRS)
    at_utc = T0 + np.round(moments_s * 1e6).astype("timedelta64[us]")
    perigee_km = np.where(
        rng.random(PAIRS) < 0.7, rng.uniform(6600, 8500, PAIRS), rng.uniform(8500, 42000, PAIRS)
    )
    e = np.where(rng.random(PAIRS) < 0.5, rng.uniform(0, 0.02, PAIRS), rng.uniform(0, 0.8, PAIRS))
    axis_km = np.minimum(perigee_km / (1.0 - e), 60000.0)
    e = np.maximum(1.0 - perigee_km / axis_km, 0.0)
    first = MeanElements(
        at_utc,
        60.0 * np.sqrt(MU / axis_km**3),
        e,
        np.arccos(rng.uniform(-1.0, 0.99, PAIRS)),
        *rng.uniform(0.0, 2.0 * np.pi, (3, PAIRS)),
        np.zeros(PAIRS),
    )
    position, velocity = states_at(first, at_utc)
    beside = position + _directions(rng) * rng.uniform(0.0, threshold_km, (PAIRS, 1))
    other = _bound_velocities(rng, beside)
    # One in four nearly moves along.
    along = rng.random(PAIRS) < 0.25
    other[along] = velocity[along] + 0.3 * rng.normal(size=(along.sum(), 3)) * rng.random()
    second = elements_of_states(beside, other, at_utc, np.zeros(PAIRS))
    reached, _ = states_at(second, at_utc)
    assert np.median(np.linalg.norm(reached - beside, axis=1)) < WITHIN_A_MILLIMETRE
    both = [
        np.concatenate(columns) for columns in zip(_columns(first), _columns(second), strict=True)
    ]
    met = np.linalg.norm(reached - position, axis=1) <= threshold_km
    return MeanElements(*both), np.where(met, moments_s, np.nan)


def _columns(elements: MeanElements) -> list[np.ndarray]:
    return [getattr(elements, name) for name in MeanElements.__slots__]


def _directions(rng: np.random.Generator) -> np.ndarray:
    vectors = rng.normal(size=(PAIRS, 3))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _bound_velocities(rng: np.random.Generator, position: np.ndarray) -> np.ndarray:
    """Velocities of orbits whose perigee is above the ground and that come back."""
    velocity = np.full((PAIRS, 3), np.nan)
    radius = np.linalg.norm(position, axis=1)
    while np.isnan(velocity).any():
        tried = _directions(rng) * (rng.uniform(0.7, 1.3, PAIRS) * np.sqrt(MU / radius))[:, None]
        axis = 1.0 / (2.0 / radius - np.sum(tried**2, axis=1) / MU)
        momentum_2 = np.sum(np.cross(position, tried) ** 2, axis=1)
        e = np.sqrt(np.maximum(1.0 - momentum_2 / (MU * axis), 0.0))
        fits = np.isnan(velocity[:, 0]) & (axis * (1.0 - e) > 6560.0) & (e < 0.85)
        velocity[fits] = tried[fits]
    return velocity


@pytest.mark.parametrize("few", [0, 10**6], ids=["cells", "one cell"])
@pytest.mark.parametrize(("seed", "step_s"), [(1, 120.0), (2, 360.0), (3, 480.0), (4, 720.0)])
def test_no_meeting_is_lost(
    monkeypatch: pytest.MonkeyPatch, seed: int, step_s: float, few: int
) -> None:
    threshold_km = [2.0, 5.0, 20.0, 60.0][seed - 1]
    elements, moments_s = meetings(seed, threshold_km)
    monkeypatch.setattr(encounters_search, "_FEW", few)
    search = new_search(initialise(elements), T0, DURATION_S, threshold_km, longest_step_s=step_s)
    found = set()
    for _, slow in near_pairs(search, 0, search.steps, all_slow=True):
        rows = np.sort(np.stack([search.rows[slow.first], search.rows[slow.second]]), axis=0)
        found |= set(zip(*rows.tolist(), slow.step.tolist(), strict=True))
    met = np.flatnonzero(np.isfinite(moments_s))
    assert len(met) > 0.95 * PAIRS
    steps = np.floor(moments_s[met] / search.step_s).astype(int)
    lost = [int(i) for i, step in zip(met, steps, strict=True) if (i, PAIRS + i, step) not in found]
    assert lost == []
