"""How often quiet steps reach a strength: heavy tails, object by object.

What reaches the threshold is taken out of the quiet steps, so that their tail is cut there. It is
fitted as a Pareto law cut at both ends, from where the bulk ends to the threshold; the share of an
uncut tail that reaches more follows. Objects with few steps borrow from all others of their kind.
Source: Aban, Meerschaert and Panorska 2006, J. Am. Stat. Assoc. 101, 270.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.element_changes import Rows
from hoshimori.numerics.elements import Floats

BULK_ENDS = 1.5
"""Strength from which on steps count as tail."""
_BORROWED_STEPS = 100.0
"""How many steps of all others stand beside the object's own."""
_FLATTEST, _STEEPEST = 1.0, 50.0
"""Between these the exponent is looked for; a flatter tail is not noise but burns too small."""
_BISECTIONS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """What a fit needs to know of the quiet steps of some objects (or kinds), shape (k,)."""

    steps: Floats
    """How many there are."""
    above: Floats
    """How many of them lie in the tail."""
    log_sum: Floats
    """Sum of log(strength / `BULK_ENDS`) of those."""

    def take(self, rows: Rows) -> Tails:
        """Return these objects."""
        return Tails(self.steps[rows], self.above[rows], self.log_sum[rows])

    def pooled(self) -> Tails:
        """Return all objects as one."""
        return Tails(*(np.atleast_1d(c.sum()) for c in (self.steps, self.above, self.log_sum)))

    def with_others(self, pool: Tails) -> Tails:
        """Return each object with a hundred steps like those of a pool beside its own."""
        share = _BORROWED_STEPS / np.maximum(pool.steps, 1.0)
        return Tails(
            self.steps + share * pool.steps,
            self.above + share * pool.above,
            self.log_sum + share * pool.log_sum,
        )


def tails_of(strength: Floats, place: Rows, objects: int) -> Tails:
    """Return the tails of quiet steps; `place` says for each step whose it is."""
    above = strength > BULK_ENDS
    logarithm = np.log(strength[above] / BULK_ENDS)
    return Tails(
        np.bincount(place, minlength=objects).astype(np.float64),
        np.bincount(place[above], minlength=objects).astype(np.float64),
        np.bincount(place[above], logarithm, minlength=objects).astype(np.float64),
    )


def shares_reaching(strength: Floats, tails: Tails, cut: float) -> Floats:
    """Return the share of quiet steps that would reach each strength, shape (k,), at most 1.

    `tails` are those of the object of each, `cut` is the strength from which on steps were taken
    out. Where no step lies in the tail one is assumed, of a heavy law (exponent 2); without any
    steps the share is 1.

    >>> calm = Tails(np.array([300.0]), np.array([6.0]), np.array([1.2]))
    >>> [f"{p:.0e}" for p in shares_reaching(np.array([9.0]), calm, 9.0)]
    ['3e-06']
    """
    has_tail = tails.above > 0.0
    mean_log = np.where(has_tail, tails.log_sum / np.maximum(tails.above, 1.0), 0.5)
    exponent = np.where(has_tail, _exponent(mean_log, float(np.log(cut / BULK_ENDS))), 2.0)
    kept = 1.0 - (BULK_ENDS / cut) ** exponent  # share of the tail that lies below the cut
    seen = np.maximum(tails.above, np.where(has_tail, 0.0, 1.0)) / np.maximum(tails.steps, 1.0)
    tail = seen / (kept + seen * (1.0 - kept))
    share = tail * (np.maximum(strength, BULK_ENDS) / BULK_ENDS) ** -exponent
    return np.asarray(np.where(tails.steps > 0.0, np.minimum(share, 1.0), 1.0))


def _exponent(mean_log: Floats, log_cut: float) -> Floats:
    """Return the exponent of a cut Pareto law with this mean of log(strength / `BULK_ENDS`)."""
    low, high = np.full(mean_log.shape, _FLATTEST), np.full(mean_log.shape, _STEEPEST)
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        too_flat = 1.0 / middle - log_cut / np.expm1(middle * log_cut) > mean_log
        low, high = np.where(too_flat, middle, low), np.where(too_flat, high, middle)
    return np.asarray(0.5 * (low + high))
