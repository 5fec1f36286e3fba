"""Objects near the asset as causes: fast passes, slow company, conjunctions, who is in sight."""

from __future__ import annotations

import numpy as np

from hoshimori.assessment.cause_scene import (
    FEWEST_OBJECTS,
    CauseScene,
    Told,
    Values,
    judged,
    not_judged,
)
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind, NearObject
from hoshimori.model.moments import as_datetime
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters import Encounters
from hoshimori.numerics.geo import moments
from hoshimori.numerics.neighbourhood import SLOW_KM_S, Around, Flags, nearest_of
from hoshimori.numerics.uncertainty import element_sigma_rtn_km

PASS_REACH_KM = 100.0
"""Passes are searched up to this range."""
PASS_HALF_S, CONJUNCTION_HALF_S = 600.0, 12.0 * 3600.0
"""So long before and after, a pass and a conjunction count."""
_PASS_KM, _CONJUNCTION_KM, _COMPANY_KM = 25.0, 5.0, 100.0
"""So near each is called present. Element sets err by some kilometres."""
_IN_LINE_DEG = 1.0
"""Half of the beam of a dish of a metre and more (as for the Sun behind a satellite)."""


def fast_pass(scene: CauseScene) -> CandidateCause:
    """Return the nearest fast pass within ten minutes."""
    return _nearest_pass(scene, CandidateKind.FAST_PASS, PASS_HALF_S, _PASS_KM)


def conjunction(scene: CauseScene) -> CandidateCause:
    """Return the nearest fast pass within twelve hours."""
    return _nearest_pass(scene, CandidateKind.CONJUNCTION, CONJUNCTION_HALF_S, _CONJUNCTION_KM)


def _nearest_pass(
    scene: CauseScene, kind: CandidateKind, half_s: float, within_km: float
) -> CandidateCause:
    if len(scene.sets) < FEWEST_OBJECTS:
        return _part_of_catalogue(scene, kind)
    passes = fast_passes(scene)
    least, which = nearest_of(scene.span.t_s, half_s, passes.tca_s, passes.miss_km)
    first = int(which[0])

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {
            "half_min": half_s / 60.0,
            "reach_km": PASS_REACH_KM,
            "within_km": within_km,
        }
        if first < 0:
            return "nobody", values
        values |= {
            "norad_id": scene.id_of(int(passes.secondary[first])),
            "range_km": float(passes.miss_km[first]),
            "error_km": _error_km(scene, passes, first),
            "speed_km_s": float(passes.speed_km_s[first]),
            "after_min": float(passes.tca_s[first]) / 60.0,
        }
        return ("passed" if present else "far"), values

    return judged(
        kind,
        _where_known(scene, -least),
        least <= within_km,
        scene.span,
        told,
        unusual_p=scene.assumptions.unusual_p,
        objects=_passing(scene, passes, half_s),
    )


def fast_passes(scene: CauseScene) -> Encounters:
    """Return the passes that are faster than company; those as one with the asset left out."""
    passes = scene.passes
    others = ~np.isin(passes.secondary, scene.around.as_one) & ~passes.at_window_edge
    return passes.take(others & (passes.speed_km_s > SLOW_KM_S))


def _passing(scene: CauseScene, passes: Encounters, half_s: float) -> tuple[NearObject, ...]:
    inside = np.flatnonzero(np.abs(passes.tca_s) <= half_s)
    order = inside[np.argsort(passes.miss_km[inside], kind="stable")][:5]
    at_utc = moments(scene.at_utc, passes.tca_s[order])
    return tuple(
        NearObject(
            norad_id=scene.id_of(int(passes.secondary[k])),
            range_km=float(passes.miss_km[k]),
            speed_km_s=float(passes.speed_km_s[k]),
            at_utc=as_datetime(at),
        )
        for k, at in zip(order, at_utc, strict=True)
    )


def _error_km(scene: CauseScene, passes: Encounters, k: int) -> float:
    """Return the expected error of a range by the ages of both sets, one sigma, by class."""
    rows = np.array([scene.row, int(passes.secondary[k])])
    sets = scene.sets.take(rows)
    at_utc = moments(scene.at_utc, passes.tca_s[[k]])[0]
    age_days = (at_utc - sets.epoch_utc).astype(np.float64) / 86400e6
    sigma = element_sigma_rtn_km(sets.mean_elements(), age_days)
    return float(np.sqrt(np.sum(sigma**2)))


def company(scene: CauseScene) -> CandidateCause:
    """Return the nearest object that goes along with the asset."""
    if len(scene.sets) < FEWEST_OBJECTS:
        return _part_of_catalogue(scene, CandidateKind.COMPANY)
    ranges, around = scene.around.company_km, scene.around.company

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {
            "within_km": _COMPANY_KM,
            "as_one": len(scene.around.as_one),
        }
        if not len(around.rows):
            return "nobody", values
        values |= _nearest(scene, around)
        values["number"] = int(np.count_nonzero(around.range_km <= _COMPANY_KM))
        return ("beside" if present else "far"), values

    return _around(scene, CandidateKind.COMPANY, -ranges, ranges <= _COMPANY_KM, told, around)


def in_beam(scene: CauseScene) -> CandidateCause:
    """Return the nearest object between the asset and the Earth, in its beam."""
    if len(scene.sets) < FEWEST_OBJECTS:
        return _part_of_catalogue(scene, CandidateKind.IN_BEAM)
    ranges, around = scene.around.beam_km, scene.around.beam

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {"beam_deg": scene.assumptions.beam_half_deg}
        if not present:
            return "nobody", values
        values |= _nearest(scene, around)
        values["number"] = int(scene.around.in_beam[0])
        return "inside", values

    return _around(scene, CandidateKind.IN_BEAM, -ranges, np.isfinite(ranges), told, around)


def in_line(scene: CauseScene) -> CandidateCause:
    """Return the object nearest to the asset in the sky of a place on the ground."""
    if len(scene.sets) < FEWEST_OBJECTS:
        return _part_of_catalogue(scene, CandidateKind.IN_LINE)
    angles, around = scene.around.line_deg, scene.around.line
    # Out of sight is not unknown: at such a moment nothing can stand in line.
    beside = np.where(np.isnan(angles), np.inf, angles)

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {"within_deg": _IN_LINE_DEG, **_place(scene)}
        if np.isnan(angles[0]):
            return "below_horizon", values
        if not len(around.rows):
            return "nobody", values
        values |= _nearest(scene, around)
        return ("beside" if present else "far"), values

    return _around(scene, CandidateKind.IN_LINE, -beside, beside <= _IN_LINE_DEG, told, around)


def _around(
    scene: CauseScene,
    kind: CandidateKind,
    scores: Floats,
    is_present: Flags,
    told: Told,
    around: Around,
) -> CandidateCause:
    return judged(
        kind,
        _where_known(scene, scores),
        is_present,
        scene.span,
        told,
        unusual_p=scene.assumptions.unusual_p,
        objects=tuple(_near(scene, around, k) for k in range(len(around.rows))),
    )


def _where_known(scene: CauseScene, scores: Floats) -> Floats:
    """Return scores, NaN at moments at which the asset itself has no place."""
    known = np.isfinite(scene.positions_teme_km(scene.span)).all(axis=1)
    return np.where(known, scores, np.nan)


def _nearest(scene: CauseScene, around: Around) -> dict[str, float | str]:
    told: dict[str, float | str] = {
        "norad_id": scene.id_of(int(around.rows[0])),
        "range_km": float(around.range_km[0]),
    }
    if np.isfinite(around.speed_km_s[0]):
        told["speed_m_s"] = 1000.0 * float(around.speed_km_s[0])
    if np.isfinite(around.angle_deg[0]):
        told["angle_deg"] = float(around.angle_deg[0])
    return told


def _near(scene: CauseScene, around: Around, k: int) -> NearObject:
    speed, angle = float(around.speed_km_s[k]), float(around.angle_deg[k])
    return NearObject(
        norad_id=scene.id_of(int(around.rows[k])),
        range_km=float(around.range_km[k]),
        speed_km_s=speed if np.isfinite(speed) else None,
        angle_deg=angle if np.isfinite(angle) else None,
    )


def _place(scene: CauseScene) -> dict[str, float | str]:
    station = scene.assumptions.station
    if station is None:
        return {"place": "below"}
    return {"place": "station", "latitude_deg": station[0], "longitude_deg": station[1]}


def _part_of_catalogue(scene: CauseScene, kind: CandidateKind) -> CandidateCause:
    return not_judged(kind, "no_catalogue", {"number": len(scene.sets)})
