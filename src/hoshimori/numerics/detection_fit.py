"""How often something is found against its size: a logistic curve, and the sizes at its shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.change import Flags
from hoshimori.numerics.elements import Floats

_ROUNDS, _RIDGE = 40, 0.05
_DRAWN = 400
_LEAST_FOUND = 4
"""With fewer found, or missed, no curve is told."""
_ENDS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class DetectionFit:
    """Share found = 1 / (1 + exp(-(intercept + slope log10(size)))), with sizes at shares."""

    intercept: float
    slope: float
    half: tuple[float, float, float] | None
    """Low end, best value and high end (95 %) of the size found in half of the cases."""
    ninety: tuple[float, float, float] | None


def detection_fit(size: Floats, found: Flags, seed: int) -> DetectionFit | None:
    """Return the logistic curve of what was found of what sizes; None where it cannot be told.

    Intervals are percentiles over cases drawn again with replacement; sizes outside those that were
    tried are not told. A slight prior towards no slope keeps the curve finite where small and
    large are told apart without an exception.
    Source: Cox 1958, J. R. Stat. Soc. B 20, 215; Efron and Tibshirani 1993, chapter 13.
    """
    missed = int(len(found) - np.count_nonzero(found))
    if min(int(np.count_nonzero(found)), missed) < _LEAST_FOUND:
        return None
    x = np.log10(size)
    best = _fitted(x, found)
    random = np.random.Generator(np.random.PCG64(seed))
    rows = random.integers(len(x), size=(_DRAWN, len(x)))
    again = np.array([_fitted(x[row], found[row]) for row in rows])
    span = (float(x.min()), float(x.max()))
    return DetectionFit(
        intercept=float(best[0]),
        slope=float(best[1]),
        half=_size_at(0.5, best, again, span),
        ninety=_size_at(0.9, best, again, span),
    )


def _fitted(x: Floats, found: Flags) -> Floats:
    """Return intercept and slope by Newton's method, with a prior on the slope alone."""
    centre = float(x.mean())
    design = np.stack([np.ones(len(x)), x - centre], axis=1)
    prior = np.diag([1e-6, _RIDGE])
    beta = np.zeros(2)
    for _ in range(_ROUNDS):
        share = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -30.0, 30.0)))
        weight = share * (1.0 - share)
        slope = design.T @ (found - share) - prior @ beta
        step = np.linalg.solve(design.T @ (design * weight[:, None]) + prior, slope)
        size = float(np.abs(step).max())
        beta = beta + step * min(1.0, 5.0 / max(size, 1e-12))
        if size < 1e-8:
            break
    return np.array([beta[0] - beta[1] * centre, beta[1]])


def _size_at(
    share: float, best: Floats, again: Floats, span: tuple[float, float]
) -> tuple[float, float, float] | None:
    """Return the size at which a share is found, with its interval, within what was tried."""
    level = float(np.log(share / (1.0 - share)))
    at = (level - best[0]) / best[1] if best[1] else np.inf
    if not span[0] <= at <= span[1]:
        return None
    same = again[np.sign(again[:, 1]) == np.sign(best[1])]
    every = np.clip((level - same[:, 0]) / same[:, 1], *span)
    low, high = np.percentile(every, _ENDS) if len(every) else span
    return float(10.0 ** min(low, at)), float(10.0**at), float(10.0 ** max(high, at))
