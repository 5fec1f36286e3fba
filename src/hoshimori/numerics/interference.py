"""Which days of which cells show more aircraft with low navigation integrity than faults explain.

Every cell is walked through its days. What is expected of a day is a share of faulty receivers:
a Beta distribution that begins at the rate of the whole map and learns from the cell's own quiet
days, which fade. The count of a day is then beta-binomial. Days that stand out teach nothing, so a
cell that is disturbed all the time stays disturbed and does not become its own norm; how often a
cell was disturbed before is counted beside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import Bools
from hoshimori.numerics.kernels import kernel, melting
from hoshimori.numerics.rates import discovery_limit

Whole = npt.NDArray[np.int64]

_MEASURED_FAULT_RATE = 4e-4
"""Serves where a map is too small: median of the regions of Europe and North America in 2022/23."""
_FAULT_RATES = (1e-5, 5e-3)
_FEWEST_TO_MEASURE = 2000


@dataclass(frozen=True, slots=True)
class DisturbanceRule:
    """When a day of a cell counts as disturbed; one setting for all."""

    fewest_aircraft: int = 4
    """Days with fewer say nothing."""
    least_share: float = 0.02
    """Of aircraft with low integrity, one of them not counted: a single one is a faulty receiver.
    """
    false_discovery_share: float = 0.01
    """Of the cells called disturbed on one day, expected to be chance."""
    prior_aircraft: float = 300.0
    """How many aircraft the rate of the whole map weighs; small, for faults come in clusters."""
    most_aircraft: float = 1000.0
    """How many the cell's own quiet days weigh at most."""
    half_life_days: float = 45.0
    """After so long a day of the past counts half."""
    suspect_p: float = 1e-3
    """Days less likely by chance than this teach nothing about faults, and are never disturbed
    if likelier, whatever the other cells show."""


@dataclass(frozen=True, slots=True, eq=False)
class CellDays:
    """Days of cells, ordered by cell, then day; one place in each column for each."""

    cell_index: Whole
    """Number of the cell among all cells, from 0."""
    day: Whole
    """Days since 1970-01-01 (UTC)."""
    aircraft: Whole
    bad: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What each day of each cell shows against what was known before it."""

    p_value: Floats
    """How often faults alone bring as many or more; 1 where fewer than two are bad."""
    disturbed: Bools
    past_days: Floats
    """Days before on which the cell was seen; older ones count less."""
    past_disturbed: Floats
    """Those of them that stood out."""
    tested: Bools
    """Days with enough aircraft to tell."""


def fault_rate(aircraft: Whole, bad: Whole, region: Whole) -> float:
    """Return the share of faulty receivers of quiet air: the median over regions.

    In each region it is the share at which as many days would be free of any as are: days with
    many bad aircraft weigh no more than days with one.

    >>> round(fault_rate(np.full(4000, 10), (np.arange(4000) % 100 == 0) + 0, np.zeros(4000)), 5)
    0.001
    """
    rates = []
    names, index = np.unique(region, return_inverse=True)
    for number in range(len(names)):
        rows = index == number
        if np.count_nonzero(rows) >= _FEWEST_TO_MEASURE:
            rates.append(_rate_of_clean_days(aircraft[rows], bad[rows]))
    if not rates:
        return _MEASURED_FAULT_RATE
    return float(np.clip(np.median(rates), *_FAULT_RATES))


def _rate_of_clean_days(aircraft: Whole, bad: Whole) -> float:
    clean = np.count_nonzero(bad == 0)
    days = np.bincount(aircraft)
    number = np.arange(len(days))
    low, high = 1e-9, 0.5
    for _ in range(50):
        middle = math.sqrt(low * high)
        if float(np.sum(days * (1.0 - middle) ** number)) > clean:
            low = middle
        else:
            high = middle
    return math.sqrt(low * high)


def judge(days: CellDays, rate: float, rule: DisturbanceRule) -> Judgement:
    """Return which days of which cells are disturbed, at a given share of faulty receivers.

    False discoveries are controlled over all cells of each day.
    Source: Benjamini and Hochberg 1995; Gelman et al. 2013, Bayesian Data Analysis, appendix A.
    """
    length = len(days.day)
    p_value, past, past_disturbed = np.ones(length), np.zeros(length), np.zeros(length)
    edges = np.flatnonzero(np.diff(days.cell_index, prepend=-1, append=-1))
    limits = np.array([rule.least_share, rule.suspect_p, float(rule.fewest_aircraft)])
    weights = np.array([rule.prior_aircraft, rule.most_aircraft, 0.5 ** (1 / rule.half_life_days)])
    if length:
        _walk(
            edges, days.day, days.aircraft, days.bad, rate, weights, limits,
            p_value, past, past_disturbed,
        )  # fmt: skip
    tested = days.aircraft >= rule.fewest_aircraft
    stands_out = tested & (p_value <= rule.suspect_p)
    stands_out &= days.bad - 1 >= rule.least_share * days.aircraft
    disturbed = stands_out & (p_value <= _limit_of_day(days, p_value, tested, rule))
    return Judgement(p_value, disturbed, past, past_disturbed, tested)


def _limit_of_day(days: CellDays, p_value: Floats, tested: Bools, rule: DisturbanceRule) -> Floats:
    """Return the largest p-value that may be reported on the day of each row."""
    if not len(days.day):
        return np.zeros(0)
    first = int(days.day.min())
    tests = np.bincount(days.day[tested] - first)
    limit = np.zeros(int(days.day.max()) - first + 1)
    rows = np.flatnonzero(tested & (p_value <= rule.suspect_p))
    rows = rows[np.argsort(days.day[rows], kind="stable")]
    for group in np.split(rows, np.flatnonzero(np.diff(days.day[rows])) + 1):
        if len(group):
            day = int(days.day[group[0]]) - first
            limit[day] = discovery_limit(
                p_value[group], int(tests[day]), rule.false_discovery_share
            )
    return limit[days.day - first]


@melting
def _tail(bad: int, aircraft: int, alpha: float, beta: float) -> float:
    """Return how likely a beta-binomial count is `bad` or more, summed upward from there."""
    log_first = (
        math.lgamma(aircraft + 1.0) - math.lgamma(bad + 1.0) - math.lgamma(aircraft - bad + 1.0)
        + math.lgamma(alpha + bad) + math.lgamma(beta + aircraft - bad)
        - math.lgamma(alpha + beta + aircraft)
        - math.lgamma(alpha) - math.lgamma(beta) + math.lgamma(alpha + beta)
    )  # fmt: skip
    term = math.exp(log_first)
    total = term
    for k in range(bad, aircraft):
        term *= (aircraft - k) / (k + 1.0) * (alpha + k) / (beta + aircraft - k - 1.0)
        total += term
        if term < 1e-13 * total:
            break
    return min(total, 1.0)


@kernel
def _walk(
    edges: Whole,
    day: Whole,
    aircraft: Whole,
    bad: Whole,
    rate: float,
    weights: Floats,
    limits: Floats,
    p_value: Floats,
    past: Floats,
    past_disturbed: Floats,
) -> None:
    """Fill what each day shows against the cell's days before it."""
    prior, most, fade = weights
    least_share, suspect_p, fewest = limits
    for cell in range(len(edges) - 1):
        quiet_bad = quiet = seen = disturbed = 0.0
        last = day[edges[cell]]
        for row in range(edges[cell], edges[cell + 1]):
            faded = fade ** (day[row] - last)
            last = day[row]
            quiet_bad *= faded
            quiet *= faded
            seen *= faded
            disturbed *= faded
            past[row] = seen
            past_disturbed[row] = disturbed
            if bad[row] >= 2:
                weight = min(1.0, most / quiet) if quiet > 0.0 else 0.0
                alpha = rate * prior + weight * quiet_bad
                beta = (1.0 - rate) * prior + weight * (quiet - quiet_bad)
                p_value[row] = _tail(bad[row], aircraft[row], alpha, beta)
            if aircraft[row] >= fewest:
                seen += 1.0
            if p_value[row] > suspect_p:
                quiet_bad += bad[row]
                quiet += aircraft[row]
            elif bad[row] - 1 >= least_share * aircraft[row] and aircraft[row] >= fewest:
                disturbed += 1.0
