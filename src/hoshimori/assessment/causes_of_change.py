"""Changes as causes: burns of the asset and of its company, new objects, and elements that age."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.assessment.cause_scene import (
    CauseScene,
    MoreData,
    Values,
    absent,
    judged,
    not_judged,
)
from hoshimori.assessment.natural_scene import utc_value
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind, NearObject
from hoshimori.model.company import distinct
from hoshimori.model.manoeuvres import Doubt, Manoeuvres
from hoshimori.model.moments import as_datetime
from hoshimori.model.newcomers import Newcomers, newcomers
from hoshimori.model.objects import launch_of
from hoshimori.numerics.chance import DrawnSpan
from hoshimori.numerics.elements import (
    Floats,
    OrbitRegime,
    Times,
    apogee_altitude_km,
    orbit_regime,
    perigee_altitude_km,
)
from hoshimori.numerics.relative import orbit_plane_angle_rad
from hoshimori.numerics.sgp4 import initialise, propagate_each

_BURN_H = 24.0
"""A burn within a day is called present; element sets date most no better."""
_NEW_DAYS = 10.0
_PLANE_RAD, _HEIGHT_KM = np.radians(2.0), 100.0
"""A new object counts where its plane and heights are so near to those of the asset."""
FEWEST_SETS = 5
"""Fewer sets of the asset do not tell how old its elements usually are."""
_STALE_DAYS = {
    OrbitRegime.LEO: 5.0,
    OrbitRegime.MEO: 10.0,
    OrbitRegime.GEO: 10.0,
    OrbitRegime.HEO: 10.0,
}
"""As the natural check of the data takes them."""


def own_manoeuvre(scene: CauseScene, data: MoreData) -> CandidateCause:
    """Return how near the moment is to a burn of the asset."""
    kind = CandidateKind.OWN_MANOEUVRE
    if data.manoeuvres is None or data.covered_span is None or not _is_watched(scene, data):
        return not_judged(kind, "no_history")
    own = data.manoeuvres.take(data.manoeuvres.norad_id == scene.norad_id)
    return _nearest_burn(kind, own, data.covered_span, scene.assumptions.unusual_p)


def companion_manoeuvre(scene: CauseScene, data: MoreData) -> CandidateCause:
    """Return how near the moment is to a burn of an object that keeps the asset company."""
    kind = CandidateKind.COMPANION_MANOEUVRE
    if data.manoeuvres is None or data.covered_span is None:
        return not_judged(kind, "no_history")
    if not len(scene.around.companions):
        return absent(kind, "no_company")
    others = data.manoeuvres.take(data.manoeuvres.norad_id != scene.norad_id)
    return _nearest_burn(kind, others, data.covered_span, scene.assumptions.unusual_p)


def _is_watched(scene: CauseScene, data: MoreData) -> bool:
    watched = data.watched
    if watched is None:
        return False
    return bool(np.any((watched.norad_id == scene.norad_id) & (watched.steps > 0)))


def _nearest_burn(
    kind: CandidateKind, found: Manoeuvres, span: DrawnSpan, unusual_p: float
) -> CandidateCause:
    sure = found.take(found.doubt == Doubt.NONE)
    from_utc = np.where(sure.low_thrust, sure.start_utc, sure.burn_utc)
    until_utc = np.where(sure.low_thrust, sure.end_utc, sure.burn_utc)
    apart_h, which = _nearest(_hours_apart(span.utc, from_utc, until_utc))
    first = int(which[0])

    def told(present: bool) -> tuple[str, Values]:
        if first < 0:
            return "none", {}
        values: dict[str, float | str] = {
            "norad_id": int(sure.norad_id[first]),
            "at_utc": utc_value(sure.burn_utc[first]),
            "apart_h": float(apart_h[0]),
            "sigma_h": float(sure.burn_sigma_h[first]),
            "low_m_s": float(sure.delta_v_low_m_s[first]),
            "high_m_s": float(sure.delta_v_high_m_s[first]),
        }
        return ("near" if present else "far"), values

    return judged(
        kind,
        -apart_h,
        apart_h <= _BURN_H,
        span,
        told,
        unusual_p=unusual_p,
        objects=() if first < 0 else (NearObject(int(sure.norad_id[first])),),
    )


def _hours_apart(utc: Times, from_utc: Times, until_utc: Times) -> Floats:
    """Return hours from each moment to each stretch of time, 0 inside, shape (m, k)."""
    before = (from_utc[None, :] - utc[:, None]).astype(np.float64) / 3600e6
    after = (utc[:, None] - until_utc[None, :]).astype(np.float64) / 3600e6
    return np.maximum(np.maximum(before, after), 0.0)


def _nearest(apart_h: Floats) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the least hours of each moment, and of which; infinity and -1 where there is none."""
    if not apart_h.shape[1]:
        return np.full(len(apart_h), np.inf), np.full(len(apart_h), -1)
    best = np.argmin(apart_h, axis=1)
    return apart_h[np.arange(len(apart_h)), best], best


def new_object(scene: CauseScene, data: MoreData) -> CandidateCause:
    """Return how near the moment is to the appearance of an object in a like orbit."""
    if data.known_span is None:
        return not_judged(CandidateKind.NEW_OBJECT, "one_catalogue")
    found = newcomers(scene.picture.history)
    found = found.take(_in_like_orbits(scene, found))
    ids = scene.picture.history.norad_id[found.rows]
    every_h = _hours_apart(data.known_span.utc, found.before_utc, found.first_known_utc)
    apart_h, which = _nearest(every_h)
    first, apart_days = int(which[0]), apart_h / 24.0

    def told(present: bool) -> tuple[str, Values]:
        if first < 0:
            return "none", {}
        values: dict[str, float | str] = {
            "norad_id": int(ids[first]),
            "known_utc": utc_value(found.first_known_utc[first]),
            "number": int(np.count_nonzero(every_h[0] <= 24.0 * _NEW_DAYS)),
            "days": float(apart_days[0]),
        }
        return ("appeared" if present else "far"), values

    order = np.argsort(every_h[0], kind="stable")[:5]
    return judged(
        CandidateKind.NEW_OBJECT,
        -apart_days,
        apart_days <= _NEW_DAYS,
        data.known_span,
        told,
        unusual_p=scene.assumptions.unusual_p,
        objects=tuple(
            NearObject(int(ids[k]), at_utc=as_datetime(found.first_known_utc[k])) for k in order
        ),
    )


def _in_like_orbits(scene: CauseScene, found: Newcomers) -> npt.NDArray[np.bool_]:
    """Tell which new objects are of the asset's launch, or in a plane and at heights alike."""
    history, own = scene.picture.history, scene.sets.take(np.array([scene.row]))
    if not len(found):
        return np.zeros(0, np.bool_)
    fresh = history.take(found.rows)
    launch = launch_of(str(own.object_id[0]))
    of_launch = np.array([bool(launch) and launch_of(str(d)) == launch for d in fresh.object_id])
    elements = fresh.mean_elements()
    low, high = perigee_altitude_km(elements), apogee_altitude_km(elements)
    mean = own.mean_elements()
    own_low, own_high = float(perigee_altitude_km(mean)[0]), float(apogee_altitude_km(mean)[0])
    meets = (low <= own_high + _HEIGHT_KM) & (high >= own_low - _HEIGHT_KM)
    t_s = (fresh.epoch_utc - scene.at_utc).astype(np.float64) / 1e6
    there = propagate_each(initialise(elements), scene.at_utc, t_s)
    rows = np.full(len(fresh), scene.row)
    here = propagate_each(scene.satellites.take(rows), scene.at_utc, t_s)
    angle = orbit_plane_angle_rad(
        here.position_teme_km,
        here.velocity_teme_km_s,
        there.position_teme_km,
        there.velocity_teme_km_s,
    )
    is_other = fresh.norad_id != scene.norad_id
    return np.asarray(is_other & (of_launch | (meets & (angle <= _PLANE_RAD))))


def element_age(scene: CauseScene, data: MoreData) -> CandidateCause:
    """Return how old the asset's newest elements before the moment are."""
    kind = CandidateKind.ELEMENT_AGE
    epochs = distinct(scene.picture.history.of_object(scene.norad_id)).epoch_utc
    own = scene.sets.take(np.array([scene.row]))
    used_days = float((scene.at_utc - own.epoch_utc[0]).astype(np.float64) / 86400e6)
    values: dict[str, float | str] = {
        "age_days": abs(used_days),
        "epoch_utc": utc_value(own.epoch_utc[0]),
        "number": len(epochs),
    }
    if data.history_span is None or len(epochs) < FEWEST_SETS:
        return not_judged(kind, "few_sets", values)
    age = _ages_days(epochs, data.history_span.utc)
    if np.isnan(age[0]):
        return not_judged(kind, "later_sets_only", values)
    limit = _STALE_DAYS[OrbitRegime(int(orbit_regime(own.mean_elements())[0]))]

    def told(present: bool) -> tuple[str, Values]:
        told_values = values | {"age_days": float(age[0]), "limit_days": limit}
        return ("stale" if present else "fresh"), told_values

    return judged(
        kind,
        age,
        age > limit,
        data.history_span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def _ages_days(epoch_utc: Times, utc: Times) -> Floats:
    last = np.searchsorted(epoch_utc, utc, side="right") - 1
    age = (utc - epoch_utc[np.maximum(last, 0)]).astype(np.float64) / 86400e6
    return np.where(last >= 0, age, np.nan)
