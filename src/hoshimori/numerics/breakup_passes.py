"""On which revolution orbits parted: the moment at which most fragments pass the point at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.robust import median_of_known

_WIDTHS_MIN = (0.5, 1.0, 2.0, 4.0, 8.0)
_MOST_CANDIDATES = 30
_CHANCE = 1e-4
"""A crowd of passes that chance alone makes more often than this resolves nothing."""


@dataclass(frozen=True, slots=True)
class CommonPass:
    """A moment at which fragments passed one point together."""

    minutes: float
    """From the moment asked about."""
    low_min: float
    high_min: float
    """Interval (95 %) by drawing the fragments again: mostly whole revolutions."""
    together: int
    """How many fragments pass within the width."""
    width_min: float
    log10_chance: float
    """Logarithm of how often passes at random crowd as much anywhere in the span."""

    @property
    def is_resolved(self) -> bool:
        """Whether chance hardly makes such a crowd."""
        return bool(self.log10_chance < np.log10(_CHANCE))


def common_pass(passes: Floats, random: np.random.Generator, *, samples: int) -> CommonPass | None:
    """Return when most objects pass a point together; None where there are no passes.

    `passes` in minutes from `breakup_orbits.passes_min`, shape (n, m), NaN where there is none. The
    moment is the one of highest likelihood: each fragment's nearest pass follows a Cauchy
    distribution about it (drag leaves long tails) whose width is the best of a few, with a floor
    for fragments that do not belong. Source of the chance: Naus 1965, J. Am. Stat. Assoc. 60, 532
    (scan statistic, by the Poisson tail times the number of independent places).
    """
    crowd = _densest(passes)
    if crowd is None:
        return None
    candidates, chance, together, width_min = crowd
    log_likelihood = _log_likelihoods(passes, candidates)
    best = int(np.argmax(log_likelihood.sum(axis=0)))
    n = len(passes)
    drawn = np.array(
        [np.bincount(random.integers(0, n, n), minlength=n) for _ in range(samples)], np.float64
    )
    resampled = candidates[np.argmax(drawn @ log_likelihood, axis=1)]
    low, high = np.quantile(resampled, (0.025, 0.975))
    minutes = float(candidates[best])
    return CommonPass(
        minutes=minutes,
        low_min=min(float(low), minutes),
        high_min=max(float(high), minutes),
        together=together,
        width_min=width_min,
        log10_chance=chance,
    )


def _densest(passes: Floats) -> tuple[Floats, float, int, float] | None:
    """Return the most crowded moments and what the most crowded of all amounts to."""
    times = np.sort(passes[np.isfinite(passes)])
    if len(times) < 3 or times[-1] <= times[0]:
        return None
    span = float(times[-1] - times[0])
    found: list[tuple[float, float, int, float]] = []
    for width in _WIDTHS_MIN:
        count = np.searchsorted(times, times + width, side="right") - np.arange(len(times))
        expected = len(times) * width / span
        with np.errstate(divide="ignore", invalid="ignore"):
            tail = (count - expected - count * np.log(count / expected)) / np.log(10.0)
        chance = np.where(count > expected, tail, 0.0) + np.log10(max(span / width, 1.0))
        for k in np.argsort(chance)[:_MOST_CANDIDATES]:
            middle = float(np.median(times[k : k + count[k]]))
            found.append((float(chance[k]), middle, int(count[k]), width))
    found.sort()
    chance_best, _, together, width_best = found[0]
    moments = np.unique(np.round([middle for _, middle, _, _ in found], 2))
    return moments, chance_best, together, width_best


def _log_likelihoods(passes: Floats, candidates: Floats) -> Floats:
    """Return each object's log-likelihood of each candidate moment, shape (n, candidates)."""
    nearest = np.stack([_nearest(row[np.isfinite(row)], candidates) for row in passes])
    period = median_of_known(np.diff(passes, axis=1).T)
    floor = 0.1 / np.where(np.isfinite(period), period, 100.0)[:, None]
    best: Floats | None = None
    for width in (0.1, *_WIDTHS_MIN, 16.0):
        density = width / (np.pi * (nearest**2 + width**2))
        value = np.log(0.9 * density + floor)
        if best is None:
            best = value
            continue
        better = value.sum(axis=0) > best.sum(axis=0)
        best = np.where(better, value, best)
    assert best is not None
    return best


def _nearest(passes: Floats, candidates: Floats) -> Floats:
    """Return how far each candidate is from the nearest of some passes; far where there is none."""
    if not len(passes):
        return np.full(len(candidates), 1e3)
    ordered = np.sort(passes)
    after = np.clip(np.searchsorted(ordered, candidates), 0, len(ordered) - 1)
    before = np.maximum(after - 1, 0)
    apart = np.minimum(np.abs(ordered[after] - candidates), np.abs(ordered[before] - candidates))
    return np.asarray(apart)
