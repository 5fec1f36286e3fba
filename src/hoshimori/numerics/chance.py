"""How often chance brings as much: one moment against moments drawn in a span around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.geo import moments

_US_PER_DAY = 86400e6
_FEWEST_KNOWN = 0.5
"""Where fewer of the drawn moments could be judged, the share of them says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnSpan:
    """A span of days with moments drawn in it, all alike, and the moment that is asked about."""

    at_utc: np.datetime64
    """The moment asked about."""
    from_utc: np.datetime64
    until_utc: np.datetime64
    t_s: Floats
    """Seconds after the moment asked about: 0 for itself first, then the drawn ones."""

    @property
    def utc(self) -> Times:
        """All moments, the one asked about first."""
        return moments(self.at_utc, self.t_s)

    @property
    def days(self) -> float:
        """Length of the span."""
        return float((self.until_utc - self.from_utc) / np.timedelta64(1, "us")) / _US_PER_DAY


def drawn_span(
    at_utc: np.datetime64,
    days: float,
    moments_drawn: int,
    random: np.random.Generator,
    *,
    not_before: np.datetime64 | None = None,
    not_after: np.datetime64 | None = None,
) -> DrawnSpan:
    """Return a span of some days that holds a moment, with moments drawn evenly in it.

    The moment stands at a place in the span that is drawn too: so it is one of moments that are
    all alike, and no trend through the span makes it special. Limits move the span, then cut it;
    the moment itself stays in it.
    """
    length = np.timedelta64(round(days * _US_PER_DAY), "us")
    start = at_utc - np.timedelta64(round(float(random.random()) * days * _US_PER_DAY), "us")
    if not_after is not None:
        start = min(start, not_after - length)
    if not_before is not None:
        start = max(start, not_before)
    end = start + length
    if not_after is not None:
        end = min(end, not_after)
    start, end = min(start, at_utc), max(end, at_utc)
    return _drawn(at_utc, start, end, moments_drawn, random)


def span_around(
    at_utc: np.datetime64,
    middle_utc: np.datetime64,
    days: float,
    moments_drawn: int,
    random: np.random.Generator,
) -> DrawnSpan:
    """Return the span of some days around another moment, with moments drawn evenly in it.

    Where the moment asked about lies outside, the span is moved until it holds it.
    """
    half = np.timedelta64(round(0.5 * days * _US_PER_DAY), "us")
    start = min(max(middle_utc - half, at_utc - 2 * half), at_utc)
    return _drawn(at_utc, start, start + 2 * half, moments_drawn, random)


def _drawn(
    at_utc: np.datetime64,
    from_utc: np.datetime64,
    until_utc: np.datetime64,
    count: int,
    random: np.random.Generator,
) -> DrawnSpan:
    first_s = float((from_utc - at_utc) / np.timedelta64(1, "us")) * 1e-6
    last_s = float((until_utc - at_utc) / np.timedelta64(1, "us")) * 1e-6
    t_s = np.append(0.0, first_s + random.random(count) * (last_s - first_s))
    return DrawnSpan(at_utc, from_utc, until_utc, t_s)


@dataclass(frozen=True, slots=True)
class Rank:
    """One score among those of drawn moments."""

    as_much: int
    """Drawn moments with a score at least as high."""
    more: int
    """Those with a higher one: the others are ties."""
    drawn: int

    @property
    def p_value(self) -> float:
        """The share of all moments, this one counted, with a score at least as high.

        Where the moment is one like the drawn ones, a share of a or less comes in at most a of all
        cases. Source: Phipson and Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9, 39, eq. 2.
        """
        return (1 + self.as_much) / (1 + self.drawn)

    def spread_p_value(self, place: float) -> float:
        """Return the share with ties cut at a place from 0 to 1: even for scores of any kind.

        For tests of the method alone; what is told is `p_value`, which is never smaller.
        """
        ties = self.as_much - self.more
        return (self.more + place * (1 + ties)) / (1 + self.drawn)


def rank_of_first(scores: Floats) -> Rank | None:
    """Return the rank of the first score among the others; higher is more unusual.

    NaN is not known and counts for nothing. None where the first is not known, or too few others.

    >>> rank_of_first(np.array([3.0, 1.0, 3.0, 5.0])).p_value
    0.75
    """
    others = scores[1:][~np.isnan(scores[1:])]
    if np.isnan(scores[0]) or len(others) < max(1.0, _FEWEST_KNOWN * (len(scores) - 1)):
        return None
    as_much = int(np.count_nonzero(others >= scores[0]))
    more = int(np.count_nonzero(others > scores[0]))
    return Rank(as_much, more, len(others))


def bound_of_several(p_value: float, looked_at: int) -> float:
    """Return the most that chance brings as rare a value among so many, however they hang together.

    Source: Bonferroni 1936; Dunn 1961, J. Am. Stat. Assoc. 56, 52.

    >>> round(bound_of_several(0.005, 16), 3)
    0.08
    """
    return min(1.0, p_value * max(looked_at, 1))
