"""Differences between element sets of one object: the raw material of their uncertainty.

Both sets of a pair are propagated to one moment near the epoch of the newer one and compared there,
in the RTN frame of the newer set. What both sets have in common does not show in the difference.

Epochs of published sets lie at the ascending node, where an error of the inclination does not show
and one of the eccentricity shows only in part. So the moments are spread over one revolution about
the epoch of the newer set (the errors depend on the place in the orbit: Geul, Mooij & Noomen 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.change import Flags, find_steps, first_rows
from hoshimori.numerics.constants import SECONDS_PER_DAY
from hoshimori.numerics.element_changes import Rows
from hoshimori.numerics.elements import Floats, MeanElements, period_min
from hoshimori.numerics.frames import rtn_basis, to_rtn
from hoshimori.numerics.sgp4 import initialise, propagate_each
from hoshimori.numerics.sgp4_near import DEEP_SPACE_PERIOD_MIN
from hoshimori.numerics.time import J2000

TARGET_AGES_DAYS = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0)
"""Ages at which a partner is looked for among the older sets."""
_SHORTEST_DAYS = 0.02
"""Sets closer than this are one delivery, printed twice or corrected."""
_MS_PER_DAY = 86_400_000
_GOLDEN = 0.6180339887498949
_REACH = 0.4
"""How far from a target age a pair may be, as a share of it."""
_FLOORS_M_S = np.array([[1e-4, 0.02, 0.02], [5e-3, 0.06, 0.06]])
"""Least spread of velocity changes: near-Earth and deep-space orbits, as the detector has them."""


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Pairs of element sets of one object each, *m* in all, ordered by the newer set."""

    older: Rows
    newer: Rows
    """Rows of the element sets given."""
    age_days: Floats
    """How old the older set was where the two were compared."""
    residual_rtn_km: Floats
    """Older set less the newer near the epoch of the newer, RTN of the newer, shape (m, 3); radial
    and in-track along the circle."""

    def __len__(self) -> int:
        return len(self.age_days)

    def take(self, rows: Rows | Flags) -> Differences:
        """Return these pairs (indices or a mask)."""
        return Differences(
            self.older[rows], self.newer[rows], self.age_days[rows], self.residual_rtn_km[rows]
        )


def pairwise_differences(
    elements: MeanElements,
    object_id: Rows,
    *,
    target_ages_days: tuple[float, ...] = TARGET_AGES_DAYS,
) -> Differences:
    """Return one difference for each set and target age that has a partner near that age.

    Rows are ordered by object and epoch. A partner within 40 % of the target age is taken, the
    nearest; a pair found for two targets is one pair. Pairs without a state (a decay) are left out.
    Source: Osweiler 2006, AFIT/GSS/ENY/06-M09; Flohrer, Krag & Klinkrad 2008, AMOS.
    """
    older, newer = _partners(elements.epoch_utc, object_id, target_ages_days)
    if not len(older):
        return Differences(older, newer, np.zeros(0), np.zeros((0, 3)))
    satellites = initialise(elements)
    epoch_s = np.asarray((elements.epoch_utc - J2000) / np.timedelta64(1, "s"))
    at_s = epoch_s[newer] + _offset_s(elements, first_rows(object_id), older, newer)
    predicted = propagate_each(satellites.take(older), J2000, at_s)
    observed = propagate_each(satellites.take(newer), J2000, at_s)
    position, velocity = observed.position_teme_km, observed.velocity_teme_km_s
    straight = to_rtn(rtn_basis(position, velocity), predicted.position_teme_km - position)
    residual = along_the_orbit(straight, np.linalg.norm(position, axis=1))
    age_days = np.abs(at_s - epoch_s[older]) / SECONDS_PER_DAY
    known = np.asarray(np.isfinite(residual).all(axis=1))
    return Differences(older, newer, age_days, residual).take(known)


def along_the_orbit(residual_rtn_km: Floats, radius_km: Floats) -> Floats:
    """Return residuals with in-track measured along the circle and radial from it, shape (m, 3).

    A straight in-track residual of 300 km would show as 6 km of radial error in LEO.

    >>> along_the_orbit(np.array([[-6.4, 300.0, 1.0]]), np.array([7000.0])).round(1).tolist()
    [[0.0, 300.1, 1.0]]
    """
    radial, in_track, cross_track = residual_rtn_km.T
    outwards = radius_km + radial
    arc_km = radius_km * np.arctan2(in_track, outwards)
    return np.column_stack((np.hypot(outwards, in_track) - radius_km, arc_km, cross_track))


def without_manoeuvres(
    differences: Differences,
    elements: MeanElements,
    object_id: Rows,
    *,
    threshold: float = 9.0,
    window: int = 60,
    fewest: int = 15,
) -> Differences:
    """Return the differences whose pairs have no change of orbit between their sets.

    A change is what `find_steps` scores at `threshold` spreads or more, the rule and the settings
    of the manoeuvre detector; objects with fewer than `fewest` sets are not judged and keep all
    their pairs, so that burns stay in their scatter.
    """
    counts = np.bincount(np.unique(object_id, return_inverse=True)[1])
    judged = np.repeat(counts >= fewest, counts)
    changed = np.zeros(len(object_id), dtype=bool)
    is_deep_space = period_min(elements) >= DEEP_SPACE_PERIOD_MIN
    if judged.any():
        steps = find_steps(
            initialise(elements.take(judged)),
            object_id[judged],
            _FLOORS_M_S[is_deep_space[judged].astype(int)],
            window=window,
            fewest=fewest,
            longest_gap_days=10.0,
        )
        changed[judged] = steps.strength >= threshold
    so_far = np.cumsum(changed)
    return differences.take(so_far[differences.newer] == so_far[differences.older])


def _offset_s(elements: MeanElements, first: Rows, older: Rows, newer: Rows) -> Floats:
    """Return when to compare each pair, from the epoch of the newer set [s].

    Within half a revolution to either side (half a day for longer ones), evenly spread, and a
    function of the object's own rows only.
    """
    turn = (newer - first[newer]) * _GOLDEN + (newer - older) * _GOLDEN**2
    period_s = np.minimum(60.0 * period_min(elements)[newer], SECONDS_PER_DAY)
    return np.asarray((turn % 1.0 - 0.5) * period_s)


def _partners(
    epoch_utc: npt.NDArray[np.datetime64], object_id: Rows, targets: tuple[float, ...]
) -> tuple[Rows, Rows]:
    """Return rows of older and newer sets, ordered by newer, then older."""
    first = first_rows(object_id)
    if not len(first):
        return first, first
    # One ascending key for all objects, in whole milliseconds so that nothing depends on company:
    # each object starts beyond the reach of the one before.
    own_ms = (epoch_utc - epoch_utc[first]).astype("timedelta64[ms]").astype(np.int64)
    longest_ms = np.int64((1.0 + _REACH) * max(targets) * _MS_PER_DAY) + 1
    before_ms = np.append(
        0, np.cumsum(np.diff(own_ms).clip(max=0) * -1 + 2 * longest_ms * (np.diff(first) > 0))
    )
    key = own_ms + before_ms
    rows, fit = np.zeros((2, len(key), len(targets)), np.int64)
    for place, target in enumerate(sorted(targets, reverse=True)):
        target_ms = np.int64(target * _MS_PER_DAY)
        row = np.clip(np.searchsorted(key, key - target_ms), 1, max(len(key) - 1, 1))
        row = np.minimum(row, len(key) - 1)
        nearer = key[row] - (key - target_ms) < (key - target_ms) - key[row - 1]
        older = np.where(nearer, row, row - 1)
        age_ms = key - key[older]
        fits = np.abs(age_ms - target_ms) <= _REACH * target_ms
        fits &= (age_ms > _SHORTEST_DAYS * _MS_PER_DAY) & (first[older] == first)
        rows[:, place], fit[:, place] = older, fits
    # Shorter targets have later partners: what is found twice stands side by side.
    fit[:, 1:] &= ~((rows[:, 1:] == rows[:, :-1]) & (fit[:, :-1] > 0))
    newer, column = np.nonzero(fit)
    return rows[newer, column], newer.astype(np.int64)
