"""The Sun as a cause: edges of the shadow, the Sun before an instrument, the Sun behind a dish."""

from __future__ import annotations

import numpy as np

from hoshimori.assessment.cause_scene import CauseScene, Values, ground_teme_km, judged
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind
from hoshimori.numerics.constants import WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geometry import angle_rad, sun_position_teme_km, sunlit_fraction
from hoshimori.numerics.shadow_edges import shadow_edges

_NEAR_EDGE_S = 1800.0
"""Batteries, heaters and gyros are switched within half an hour of an entry or exit."""
_DISH_DEG = 1.0
"""Half of a dish's beam with half the Sun's disc, of dishes of a metre and more."""
_NEVER_DEG = 360.0
"""Added where the Sun cannot be seen: any angle at which it can counts as more."""


def eclipse(scene: CauseScene) -> CandidateCause:
    """Return how near the moment is to an entry into or exit from the Earth's shadow."""
    span = scene.sun_span
    edges = shadow_edges(scene.asset, span.at_utc, span.t_s, scene.revolution_s)
    apart_s = np.where(np.isnan(edges.edge_s), np.inf, np.abs(edges.edge_s))
    apart_s = np.where(edges.is_known, apart_s, np.nan)

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {"dark": "dark" if edges.in_shadow[0] else "lit"}
        if not np.isfinite(apart_s[0]):
            return "no_shadow", values
        values |= {
            "edge": "entry" if edges.is_entry[0] else "exit",
            "after_min": float(edges.edge_s[0]) / 60.0,
        }
        return ("at_edge" if present else "away"), values

    return judged(
        CandidateKind.ECLIPSE,
        -apart_s,
        apart_s <= _NEAR_EDGE_S,
        span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def sun_in_view(scene: CauseScene) -> CandidateCause:
    """Return how near the Sun stands to the middle of a beam that points to the Earth's centre."""
    span = scene.sun_span
    position = scene.positions_teme_km(span)
    sun = sun_position_teme_km(span.utc)
    angle = np.degrees(angle_rad(-position, sun - position))
    lit = sunlit_fraction(position, sun) > 0.0
    half = scene.assumptions.beam_half_deg

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {"angle_deg": float(angle[0]), "beam_deg": half}
        if not lit[0]:
            return "behind_earth", values
        return ("inside" if present else "outside"), values

    return judged(
        CandidateKind.SUN_IN_VIEW,
        -np.where(lit, angle, angle + _NEVER_DEG),
        (angle <= half) & lit,
        span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def sun_behind(scene: CauseScene) -> CandidateCause:
    """Return how near the asset stands to the Sun, for receivers on the ground."""
    span = scene.sun_span
    position = scene.positions_teme_km(span)
    sun = sun_position_teme_km(span.utc)
    if scene.assumptions.station is None:
        return _behind_for_some_place(scene, position, sun)
    place = ground_teme_km(span, position, scene.assumptions.station)
    angle = np.degrees(angle_rad(position - place, sun - place))
    both_up = (np.sum((position - place) * place, axis=1) > 0.0) & (
        np.sum((sun - place) * place, axis=1) > 0.0
    )

    def told(present: bool) -> tuple[str, Values]:
        latitude, longitude = scene.assumptions.station or (0.0, 0.0)
        values: dict[str, float | str] = {
            "angle_deg": float(angle[0]),
            "limit_deg": _DISH_DEG,
            "latitude_deg": latitude,
            "longitude_deg": longitude,
        }
        if not both_up[0]:
            return "station_not_in_sight", values
        return ("behind_for_station" if present else "elsewhere_for_station"), values

    return judged(
        CandidateKind.SUN_BEHIND,
        -np.where(both_up, angle, angle + _NEVER_DEG),
        (angle <= _DISH_DEG) & both_up,
        span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def _behind_for_some_place(scene: CauseScene, position: Floats, sun: Floats) -> CandidateCause:
    """Return it for the place on the Earth that has it worst.

    Source: ITU-R S.1525-1 (2002), annex 2 (when the Sun passes behind).
    """
    angle = np.degrees(angle_rad(position, sun))
    distance = np.maximum(np.linalg.norm(position, axis=1), WGS84_RADIUS_KM)
    limit = np.degrees(np.arcsin(WGS84_RADIUS_KM / distance)) + _DISH_DEG

    def told(present: bool) -> tuple[str, Values]:
        values = {"angle_deg": float(angle[0]), "limit_deg": float(limit[0])}
        return ("behind_for_some" if present else "elsewhere"), values

    return judged(
        CandidateKind.SUN_BEHIND,
        -angle,
        angle <= limit,
        scene.sun_span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )
