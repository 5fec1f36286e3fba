"""The Sun as an explanation: passages of the Earth's shadow, and the Sun behind a satellite."""

from __future__ import annotations

import numpy as np

from hoshimori.assessment.natural_scene import NaturalScene, Symptom, check, utc_value
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.moments import as_column_time
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS84_RADIUS_KM
from hoshimori.numerics.geo import moments
from hoshimori.numerics.sgp4 import initialise, propagate
from hoshimori.numerics.shadow import (
    ShadowPassage,
    one_revolution_s,
    season_share,
    shadow_passages,
    share_near_edges,
    sun_behind_rad,
    sun_elevation_rad,
)

ECLIPSE, SUN_OUTAGE = "eclipse", "sun_outage"
_NEAR_EDGE_S = 1800.0
"""Batteries, heaters and gyros are switched within half an hour of an entry or exit."""
_STRIKING_SHARE = 0.1
"""Where more of all moments lie as near to an edge, being near one says nothing."""
_SLOW_PLANE_S = 6.0 * 3600.0
"""Planes of orbits slower than this hardly turn within a year: their shadow has seasons."""
_BEAM_DEG = 1.0
"""Half of a dish's beam with half the Sun's disc, of dishes of a metre and more."""
_SHADED = frozenset({Symptom.UPSET, Symptom.PIECES})


def eclipse(scene: NaturalScene) -> NaturalCheck:
    """Return whether it happened at an entry into or exit from the Earth's shadow."""
    if not _SHADED & scene.symptoms:
        return check(ECLIPSE, "does_not_fit")
    moment = scene.moment(_SHADED)
    norad_id = scene.affected(_SHADED)[0]
    one = None if moment is None else scene.set_near(norad_id, moment.middle_utc)
    if moment is None or one is None:
        why = "no_moment" if moment is None else "no_elements"
        return check(ECLIPSE, why, evaluated=False, norad_id=norad_id)
    satellite = initialise(one.mean_elements())
    at_utc = as_column_time(moment.middle_utc)
    states = propagate(satellite, at_utc, np.zeros(1))
    position, velocity = states.position_teme_km[0, 0], states.velocity_teme_km_s[0, 0]
    if not np.isfinite(position).all():
        return check(ECLIPSE, "no_elements", evaluated=False, norad_id=norad_id)
    beta = float(sun_elevation_rad(position, velocity, np.array(at_utc)))
    period_s = one_revolution_s(position, velocity, WGS72_MU_KM3_S2)
    within_s = moment.half_s + _NEAR_EDGE_S
    half_s = max(0.5 * period_s, within_s)
    passages = shadow_passages(satellite, at_utc, -half_s, half_s)
    share = share_near_edges(passages, period_s, 2.0 * half_s, within_s)
    if period_s > _SLOW_PLANE_S:
        share *= season_share(position, velocity, at_utc)
    values: dict[str, float | str] = {
        "norad_id": norad_id,
        "sun_above_plane_deg": round(float(np.degrees(beta)), 1),
        "moment_within_min": round(moment.half_s / 60.0, 1),
    }
    edge = _nearest_edge(passages)
    if edge is None:
        return check(ECLIPSE, "no_shadow", values, share=share)
    what, edge_s = edge
    values |= {
        "edge": what,
        "edge_utc": utc_value(moments(at_utc, np.array([edge_s]))[0]),
        "edge_min": round(abs(edge_s) / 60.0, 1),
        "share": share,
    }
    if abs(edge_s) > within_s:
        return check(ECLIPSE, "away_from_edge", values)
    if share > _STRIKING_SHARE:
        return check(ECLIPSE, "edge_is_common", values)
    return check(ECLIPSE, "at_edge", values, speaks_for=True)


def _nearest_edge(passages: tuple[ShadowPassage, ...]) -> tuple[str, float] | None:
    edges = [("entry", p.enters_penumbra_s) for p in passages]
    edges += [("exit", p.leaves_penumbra_s) for p in passages]
    known = [(what, at_s) for what, at_s in edges if np.isfinite(at_s)]
    return min(known, key=lambda edge: abs(edge[1]), default=None)


def sun_outage(scene: NaturalScene) -> NaturalCheck:
    """Return whether the Sun could stand behind a satellite for receivers on the ground."""
    radio = frozenset({Symptom.RADIO})
    if not radio & scene.symptoms:
        return check(SUN_OUTAGE, "does_not_fit")
    moment = scene.moment(radio)
    norad_id = scene.affected(radio)[0]
    one = None if moment is None else scene.set_near(norad_id, moment.middle_utc)
    if moment is None or one is None:
        why = "no_moment" if moment is None else "no_elements"
        return check(SUN_OUTAGE, why, evaluated=False, norad_id=norad_id)
    at_utc = as_column_time(moment.from_utc)
    t_s = np.linspace(0.0, 2.0 * moment.half_s, 25)
    position = propagate(initialise(one.mean_elements()), at_utc, t_s).position_teme_km[0]
    if not np.isfinite(position).all():
        return check(SUN_OUTAGE, "no_elements", evaluated=False, norad_id=norad_id)
    angle = np.degrees(sun_behind_rad(position, moments(at_utc, t_s)))
    limit = np.degrees(np.arcsin(WGS84_RADIUS_KM / np.linalg.norm(position, axis=1))) + _BEAM_DEG
    possible = bool(np.any(angle <= limit))
    # A satellite is before the Sun for some place as long as it would be in shadow behind it.
    share = float(np.mean((1.0 - np.cos(np.radians(limit))) / 2.0))
    return check(
        SUN_OUTAGE,
        "sun_behind" if possible else "sun_elsewhere",
        speaks_for=possible,
        norad_id=norad_id,
        angle_deg=round(float(angle.min()), 1),
        limit_deg=round(float(limit.max()), 1),
        share=share,
    )
