"""Which catalogued objects come into question as those that others parted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.model.findings import ParentCandidate, Relation
from hoshimori.model.fragments import Burst, Catalogued
from hoshimori.numerics.breakup_orbits import (
    SecularOrbits,
    secular_orbits,
    shapes_at,
    velocities_km_s,
)
from hoshimori.numerics.breakup_parents import likelihoods, meetings
from hoshimori.numerics.breakup_time import PartingTime
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.robust import median_of_known
from hoshimori.numerics.separations import alike, parting_likelihood, partings
from hoshimori.numerics.uncertainty import element_sigma_rtn_km

_SAME_LAUNCH_WEIGHT = 10.0
"""Designators of pieces are given by those who know more than the elements tell; not always."""
_WITH_PIECES_WEIGHT = 0.3
"""An object that was catalogued together with the pieces may be one of them."""
_UNCATALOGUED_WEIGHT = 1e-3
"""Of "none that is catalogued" against an orbit that passes exactly."""
_FIRST_NUMBERS = 3
"""Satellites and stages of a launch are numbered first."""
_OLDEST_DAYS = 400.0
_THEORY_KM = 1.0
_NAME_WEIGHT = 3.0
_AFTER_WEIGHT = 0.5
"""What came apart may be on another orbit afterwards."""
_LIKELY = 0.5
_FRESH_KM = 300.0
"""With an error along the track below this the parent's own pass tells the moment best."""
_KM_PER_MIN = 110.0
"""Error of a shared pass along the track for each minute of its width: a quarter of it."""
_LEAST_DRAG = 1e-5
_CHANCE_WEIGHT = 0.02
"""Of each orbit alike near which a new object may lie by chance."""
_BEFORE_PIECES = np.timedelta64(60 * 24, "h")
_SPEED_SCALE_M_S = 20.0
_MOST_APART_KM = 25.0
_NEVER = np.datetime64("NaT", "us")
_GENTLE_M_S = 3.0
"""Parted as slowly as this, several candidates may share the probability: a formation's do."""


@dataclass(frozen=True, slots=True, eq=False)
class Parents:
    """Candidates, likeliest first, and what follows from the likeliest."""

    candidates: tuple[ParentCandidate, ...]
    rows: npt.NDArray[np.int64]
    """Rows of the history that the candidates were judged by."""
    velocity_km_s: Floats | None = None
    """Of the likeliest at the common point, TEME; None where it was not known before."""
    pass_utc: np.datetime64 | None = None
    """When the likeliest passed the point, where its elements tell that well."""
    low_utc: np.datetime64 = _NEVER
    high_utc: np.datetime64 = _NEVER
    """When they may have parted, where that was asked."""
    speed_m_s: float = float("nan")


def parents_at(catalogued: Catalogued, burst: Burst, time: PartingTime, *, least: float) -> Parents:
    """Return the candidates for a break-up: known orbits that pass its point at its moment.

    Each object by its last elements before the moment and by its first after it, whichever fit
    better. Where the pieces' launch was not known before, its first numbers come into question.
    """
    before = _judged(catalogued, burst, time, catalogued.rows_before(time.utc))
    after = _judged(catalogued, burst, time, catalogued.rows_after(time.utc))
    after.weight *= _AFTER_WEIGHT
    better = before.weight >= after.weight
    weight = np.where(better, before.weight, after.weight)
    order, probability = _ranked(weight, _UNCATALOGUED_WEIGHT, least)
    rows = np.where(better, before.rows, after.rows)[order]
    miss = np.where(better[:, None], before.miss_rtn_km, after.miss_rtn_km)[order]
    known = before.known[order]
    candidates = tuple(
        _candidate(catalogued, burst, int(row), float(p), m, bool(k))
        for row, p, m, k in zip(rows, probability, miss, known, strict=True)
    )
    if not len(order) or not known[0] or probability[0] < _LIKELY:
        return Parents(candidates, rows)
    first = order[0]
    # The parent's own pass is wanted as it flew before the event, if that fits nearly as well.
    chosen = before if before.weight[first] >= 0.1 * after.weight[first] else after
    fresh = chosen.sigma_rtn_km[first, 1] < _FRESH_KM
    pass_utc = time.utc + np.timedelta64(round(60e6 * chosen.late_min[first]), "us")
    inside = time.low_utc <= pass_utc <= time.high_utc
    return Parents(
        candidates,
        rows,
        velocity_km_s=chosen.velocity_km_s[first],
        pass_utc=pass_utc if fresh and inside and time.is_resolved else None,
    )


@dataclass(slots=True, eq=False)
class _Judged:
    """How well each object explains an event by one of its element sets; zero weight for not."""

    rows: npt.NDArray[np.int64]
    known: npt.NDArray[np.bool_]
    weight: Floats
    miss_rtn_km: Floats
    sigma_rtn_km: Floats
    velocity_km_s: Floats
    late_min: Floats


def _judged(
    catalogued: Catalogued, burst: Burst, time: PartingTime, rows: npt.NDArray[np.int64]
) -> _Judged:
    n = len(rows)
    known, allowed = _standing(catalogued, burst)
    judged = _Judged(
        rows, known, np.zeros(n), np.zeros((n, 3)), np.ones((n, 3)), np.zeros((n, 3)), np.zeros(n)
    )
    places = np.flatnonzero(allowed)
    orbits = secular_orbits(catalogued.elements(rows[places]))
    own = secular_orbits(catalogued.elements(burst.rows))
    normal = median_of_known(shapes_at(own, time.utc).normal)
    pinch = time.pinch
    met = meetings(
        orbits, time.utc, pinch.direction, pinch.radius_km, normal / np.linalg.norm(normal)
    )
    at = places[met.rows]
    since = (orbits.epoch_utc[met.rows] - time.utc) / np.timedelta64(1, "us")
    age_days = np.abs(since) / 86400e6
    sigma = _sigma_rtn_km(catalogued, rows[at], age_days, time)
    miss = met.miss_rtn_km * np.array([1.0, float(time.is_resolved), 1.0])
    weight = likelihoods(miss, sigma) * (age_days < _OLDEST_DAYS)
    weight *= np.where(_same_launch(catalogued, rows[at], burst), _SAME_LAUNCH_WEIGHT, 1.0)
    weight *= np.where(_shares_name(catalogued, rows[at], burst), _NAME_WEIGHT, 1.0)
    weight *= np.where(known[at], 1.0, _WITH_PIECES_WEIGHT)
    weight *= _central(met.velocity_km_s, own, time)
    judged.weight[at] = weight * _heavier(catalogued, rows[at], burst.rows)
    judged.miss_rtn_km[at], judged.sigma_rtn_km[at] = met.miss_rtn_km, sigma
    judged.velocity_km_s[at], judged.late_min[at] = met.velocity_km_s, met.late_min
    return judged


@dataclass(frozen=True, slots=True, eq=False)
class KnownOrbits:
    """The orbits of all objects that were known before some appeared."""

    before_utc: np.datetime64
    rows: npt.NDArray[np.int64]
    orbits: SecularOrbits


def known_before(catalogued: Catalogued, burst: Burst) -> KnownOrbits:
    """Return the orbits of all objects known before a burst, by their newest elements then."""
    known = catalogued.first_known_utc <= burst.before_utc
    rows = catalogued.rows_before(burst.first_known_utc)[known]
    return KnownOrbits(burst.before_utc, rows, secular_orbits(catalogued.elements(rows)))


def may_have_parted(
    catalogued: Catalogued, burst: Burst, known: KnownOrbits, row: int, assets: set[int]
) -> bool:
    """Return whether the orbit of some asset is like that of a new object; quick to tell."""
    own = np.isin(catalogued.history.norad_id[known.rows], list(assets))
    new = secular_orbits(catalogued.elements(np.array([row])))
    start_utc = burst.before_utc - _BEFORE_PIECES
    middle = start_utc + (new.epoch_utc[0] - start_utc) // 2
    return len(alike(known.orbits.take(np.flatnonzero(own)), new, middle)) > 0


def parents_of_newcomer(
    catalogued: Catalogued,
    burst: Burst,
    known: KnownOrbits,
    row: int,
    *,
    fastest_m_s: float,
    least: float,
) -> Parents:
    """Return the objects from which one new object may have parted gently, and when."""
    new = secular_orbits(catalogued.elements(np.array([row])))
    rows, orbits = known.rows, known.orbits
    found = partings(orbits, new, burst.before_utc - _BEFORE_PIECES, new.epoch_utc[0])
    weight = parting_likelihood(found, speed_scale_m_s=_SPEED_SCALE_M_S)
    apart_km = np.hypot(found.touch_rtn_km[:, 0], found.touch_rtn_km[:, 2])
    weight *= (found.speed_m_s <= fastest_m_s) & (apart_km < _MOST_APART_KM)
    same = _same_launch(catalogued, rows[found.rows], burst)
    weight *= np.where(same, _SAME_LAUNCH_WEIGHT, 1.0)
    weight *= _heavier(catalogued, rows[found.rows], np.array([row]))
    chance = _UNCATALOGUED_WEIGHT + _CHANCE_WEIGHT * len(found.rows)
    order, probability = _ranked(weight, chance, least)
    gentle = len(order) > 0 and found.speed_m_s[order[0]] <= _GENTLE_M_S
    if not len(order) or probability.sum() < _LIKELY or not (gentle or probability[0] >= _LIKELY):
        order = order[:0]
    if not len(order):
        return Parents((), np.empty(0, np.int64))
    chosen = rows[found.rows[order]]
    candidates = tuple(
        _candidate(catalogued, burst, int(r), float(p), found.touch_rtn_km[k], True)
        for r, p, k in zip(chosen, probability, order, strict=True)
    )
    moments = found.utc[order]
    return Parents(
        candidates,
        chosen,
        low_utc=moments.min() - np.timedelta64(6, "h"),
        high_utc=moments.max() + np.timedelta64(6, "h"),
        speed_m_s=float(found.speed_m_s[order[0]]),
    )


def _central(velocity_km_s: Floats, own: SecularOrbits, time: PartingTime) -> Floats:
    """Return how near each velocity is to the middle of the pieces' own, against their spread."""
    shapes = shapes_at(own, time.utc)
    pieces = velocities_km_s(shapes, time.pinch.direction)
    middle = median_of_known(pieces)
    spread = float(median_of_known(np.linalg.norm(pieces - middle, axis=1)))
    off = np.linalg.norm(velocity_km_s - middle, axis=1)
    return np.asarray(1.0 / (1.0 + (off / max(spread, 1e-3)) ** 2))


def _standing(
    catalogued: Catalogued, burst: Burst
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which objects were known before a burst, and which may be its parent."""
    known = np.asarray(catalogued.first_known_utc <= burst.before_utc)
    if not burst.is_new_launch:
        return known, known
    pieces = np.isin(catalogued.history.norad_id[catalogued.starts], _ids(catalogued, burst.rows))
    earliest = pieces & (catalogued.first_known_utc == burst.first_known_utc)
    return known, known | (earliest & (np.cumsum(earliest) <= _FIRST_NUMBERS))


def _ids(catalogued: Catalogued, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.asarray(catalogued.history.norad_id[rows])


def _heavier(
    catalogued: Catalogued, rows: npt.NDArray[np.int64], pieces: npt.NDArray[np.int64]
) -> Floats:
    """Return how far each object looks heavier for its size than pieces are, by drag terms.

    What breaks is heavy; what it leaves is light. Drag terms of single sets are noisy: the lightest
    object keeps a twentieth.
    """
    drag = np.abs(catalogued.history.bstar_per_er)
    usual = max(float(np.median(drag[pieces])), _LEAST_DRAG) / 3.0
    return np.asarray(np.maximum(1.0 / (1.0 + (drag[rows] / usual) ** 2), 0.05))


def _shares_name(
    catalogued: Catalogued, rows: npt.NDArray[np.int64], burst: Burst
) -> npt.NDArray[np.bool_]:
    """Return which objects bear the name that most pieces carry, as in COSMOS 1408 DEB.

    A weak hint, declared on the card: the catalogue's own opinion. Without names nothing is lost.
    """
    names = catalogued.history.object_name
    stems = [str(names[row]).removesuffix("DEB").strip() for row in burst.rows]
    debris = [s for s, row in zip(stems, burst.rows, strict=True) if str(names[row]) != s and s]
    if not debris:
        return np.zeros(len(rows), np.bool_)
    stem = max(set(debris), key=debris.count)
    bears = [
        str(names[row]).startswith(stem) and not str(names[row]).endswith("DEB") for row in rows
    ]
    return np.array(bears, np.bool_)


def _sigma_rtn_km(
    catalogued: Catalogued, rows: npt.NDArray[np.int64], age_days: Floats, time: PartingTime
) -> Floats:
    """Return the error of a candidate's miss: of its elements, of the point and of the moment."""
    sigma = element_sigma_rtn_km(catalogued.elements(rows), age_days)
    pinch, common = time.pinch, time.common
    together = common.together if time.is_resolved and common is not None else 4
    width_min = common.width_min if common is not None else 8.0
    share = 2.0 / np.sqrt(max(together, 4))
    point = np.array([share * pinch.radial_km, _KM_PER_MIN * width_min, share * pinch.cross_km])
    return np.asarray(np.sqrt(sigma**2 + point**2 + _THEORY_KM**2))


def _same_launch(
    catalogued: Catalogued, rows: npt.NDArray[np.int64], burst: Burst
) -> npt.NDArray[np.bool_]:
    launch = catalogued.launch[np.searchsorted(catalogued.starts, rows, side="right") - 1]
    return np.asarray((launch == burst.launch) & (launch != ""))


def _ranked(weight: Floats, none: float, least: float) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return places of the candidates worth listing, likeliest first, and their probabilities.

    `none` is the weight of "none of them".
    """
    probability = weight / (weight.sum() + none)
    order = np.argsort(-probability, kind="stable")
    order = order[probability[order] >= least]
    return order, probability[order]


def _candidate(
    catalogued: Catalogued,
    burst: Burst,
    row: int,
    probability: float,
    miss_rtn_km: Floats,
    known_before: bool,
) -> ParentCandidate:
    same = bool(_same_launch(catalogued, np.array([row]), burst)[0])
    r, t, n = (round(float(value), 2) for value in miss_rtn_km)
    return ParentCandidate(
        norad_id=int(catalogued.history.norad_id[row]),
        probability=round(probability, 4),
        miss_rtn_km=(r, t, n),
        relation=Relation.SAME_LAUNCH if same else Relation.UNRELATED,
        known_before=known_before,
    )
