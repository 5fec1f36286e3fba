"""How far stated likelihoods hold: reliability, Brier score and its parts, coverage, temperature.

Forecasts are intervals; where a score needs a point, it is their middle. Cases of one actor or one
event are never counted on both sides of a fold.

Sources: Brier 1950, Monthly Weather Review 78, 1 (score); Murphy 1973, J. Appl. Meteorology 12,
595 (its parts); Clopper and Pearson 1934, Biometrika 26, 404 (interval of a share).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy.special import betaincinv

from hoshimori.model.assessments import TruthGroup
from hoshimori.model.cases import Forecast
from hoshimori.model.finding import Interval

BIN_EDGES = (0.0, 0.05, 0.20, 0.45, 0.55, 0.80, 0.95, 1.0)
"""The words of ICD 203: what a word says is what has to come true."""
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of one word, and how often what they spoke of was the truth."""

    low_edge: float
    high_edge: float
    count: int
    hits: int
    said: Interval
    """Means of the low ends, the middles and the high ends of the forecasts."""
    seen: Interval
    """Share that was the truth (Clopper-Pearson, 95 %)."""


@dataclass(frozen=True, slots=True)
class BrierParts:
    """The Brier score of one group and its parts.

    With forecasts replaced by the means of their bins, score = reliability - resolution +
    uncertainty holds exactly (Murphy 1973); `within_bins` is what the bins hide.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_bins: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the forecasts of one group were worth."""

    group: TruthGroup
    cases: int
    hits: int
    bins: tuple[Bin, ...]
    brier: BrierParts
    expected: Interval
    """Sums of low ends, middles and high ends: how often the group should have been the truth."""

    @property
    def is_covered(self) -> bool:
        """Tell whether the number of truths lies within what the intervals say together."""
        return self.expected.low <= self.hits <= self.expected.high


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A temperature that was fitted without a family, and how that family fared with it."""

    family: str
    cases: int
    temperature: float
    score: float
    """Mean Brier score over all groups of the held-out cases."""
    score_at_one: float


Reforecast = Callable[[str, float], Forecast]
"""From a case's id and a temperature to its forecast."""


def calibration_of(forecasts: Sequence[Forecast], group: TruthGroup) -> Calibration:
    """Return the reliability and the scores of the forecasts of one group.

    Raises:
        ValueError: there are no forecasts.
    """
    if not forecasts:
        raise ValueError("no forecasts to judge")
    spans = [f.spans[group] for f in forecasts]
    truths = [f.truth is group for f in forecasts]
    return Calibration(
        group=group,
        cases=len(forecasts),
        hits=sum(truths),
        bins=bins_of(spans, truths),
        brier=brier_parts([s.best for s in spans], truths),
        expected=_sum(spans),
    )


def bins_of(
    spans: Sequence[Interval], truths: Sequence[bool], edges: Sequence[float] = BIN_EDGES
) -> tuple[Bin, ...]:
    """Return forecasts by the bin of their middles; empty bins are left out."""
    found = []
    for low, high, rows in _rows_by_bin([s.best for s in spans], edges):
        inside = [spans[row] for row in rows]
        hits = sum(truths[row] for row in rows)
        total = _sum(inside)
        said = Interval(*(end / len(rows) for end in (total.low, total.best, total.high)))
        found.append(Bin(low, high, len(rows), hits, said, share_of(hits, len(rows))))
    return tuple(found)


def share_of(hits: int, count: int) -> Interval:
    """Return a share with its exact 95 % interval (Clopper and Pearson 1934).

    >>> share_of(0, 10).high
    0.3084971078187607
    """
    low = float(betaincinv(hits, count - hits + 1, 0.025)) if hits else 0.0
    high = float(betaincinv(hits + 1, count - hits, 0.975)) if hits < count else 1.0
    return Interval(low, hits / count, high)


def brier_parts(
    said: Sequence[float], truths: Sequence[bool], edges: Sequence[float] = BIN_EDGES
) -> BrierParts:
    """Return the Brier score of probabilities of one group, and its parts by bins.

    Raises:
        ValueError: there are none.
    """
    count = len(said)
    if not count:
        raise ValueError("no forecasts to judge")
    base = sum(truths) / count
    score = sum((p - t) ** 2 for p, t in zip(said, truths, strict=True)) / count
    reliability = resolution = 0.0
    for _, _, rows in _rows_by_bin(said, edges):
        mean = sum(said[row] for row in rows) / len(rows)
        seen = sum(truths[row] for row in rows) / len(rows)
        reliability += len(rows) * (mean - seen) ** 2 / count
        resolution += len(rows) * (seen - base) ** 2 / count
    uncertainty = base * (1.0 - base)
    return BrierParts(
        score=score,
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        within_bins=score - (reliability - resolution + uncertainty),
    )


def brier_score(forecasts: Iterable[Forecast]) -> float:
    """Return the mean over cases of the squared errors summed over all groups (Brier 1950).

    It lies between 0, all known, and 2, all wrong.

    Raises:
        ValueError: there are no forecasts.
    """
    errors = [
        sum((span.best - (f.truth is group)) ** 2 for group, span in f.spans.items())
        for f in forecasts
    ]
    if not errors:
        raise ValueError("no forecasts to judge")
    return sum(errors) / len(errors)


def log_loss(forecasts: Iterable[Forecast]) -> float:
    """Return the mean of minus the logarithm of what was said of the truth [nats]."""
    losses = [-math.log(max(f.spans[f.truth].best, _LEAST)) for f in forecasts]
    if not losses:
        raise ValueError("no forecasts to judge")
    return sum(losses) / len(losses)


def fitted_temperature(
    forecasts: Iterable[Forecast],
    reforecast: Reforecast,
    choices: Sequence[float],
) -> float:
    """Return the temperature with the least logarithmic loss; of equals the one nearest to 1.

    Every family counts alike, however many cases it has: cases of one actor are no witnesses for
    one another.
    """
    families = by_family(forecasts)

    def loss(temperature: float) -> float:
        means = [
            log_loss([reforecast(f.case_id, temperature) for f in members])
            for members in families.values()
        ]
        return sum(means) / len(means)

    return min(choices, key=lambda t: (round(loss(t), 9), abs(math.log(t))))


def held_out(
    forecasts: Sequence[Forecast], reforecast: Reforecast, choices: Sequence[float]
) -> tuple[HeldOut, ...]:
    """Return, family by family, how a temperature fitted on all the others fares with it."""
    folds = []
    for family, members in by_family(forecasts).items():
        others = [f for f in forecasts if f.family != family]
        if not others:
            continue
        chosen = fitted_temperature(others, reforecast, choices)
        folds.append(
            HeldOut(
                family=family,
                cases=len(members),
                temperature=chosen,
                score=brier_score([reforecast(f.case_id, chosen) for f in members]),
                score_at_one=brier_score([reforecast(f.case_id, 1.0) for f in members]),
            )
        )
    return tuple(folds)


def gain_of(folds: Sequence[HeldOut]) -> Interval:
    """Return by how much the held-out score falls, mean over families with its 95 % interval.

    The interval is that of a mean of so many families (1.96 standard errors); where it holds 0 the
    cases do not tell.
    """
    gains = [f.score_at_one - f.score for f in folds]
    if not gains:
        return Interval(0.0, 0.0, 0.0)
    mean = sum(gains) / len(gains)
    variance = sum((g - mean) ** 2 for g in gains) / max(len(gains) - 1, 1)
    half = 1.96 * math.sqrt(variance / len(gains))
    return Interval(mean - half, mean, mean + half)


def by_family(forecasts: Iterable[Forecast]) -> Mapping[str, tuple[Forecast, ...]]:
    """Return forecasts by family, in the order of first appearance."""
    families: dict[str, tuple[Forecast, ...]] = {}
    for forecast in forecasts:
        families[forecast.family] = (*families.get(forecast.family, ()), forecast)
    return families


def _rows_by_bin(
    said: Sequence[float], edges: Sequence[float]
) -> Iterable[tuple[float, float, list[int]]]:
    last = len(edges) - 2
    for k in range(last + 1):
        low, high = edges[k], edges[k + 1]
        rows = [r for r, p in enumerate(said) if low <= p < high or (k == last and p == high)]
        if rows:
            yield low, high, rows


def _sum(spans: Iterable[Interval]) -> Interval:
    kept = tuple(spans)
    low, best, high = (math.fsum(getattr(s, end) for s in kept) for end in ("low", "best", "high"))
    return Interval(min(low, best), best, max(best, high))
