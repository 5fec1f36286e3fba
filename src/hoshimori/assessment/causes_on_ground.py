"""The ground in the asset's line of sight as a cause: areas of lost satellite navigation."""

from __future__ import annotations

import numpy as np

from hoshimori.assessment.cause_scene import (
    CauseScene,
    MoreData,
    Values,
    earth_fixed_km,
    judged,
    not_judged,
)
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind
from hoshimori.model.ground_areas import GroundArea
from hoshimori.model.moments import as_column_time
from hoshimori.numerics.constants import WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.neighbourhood import Flags


def disturbed_ground(scene: CauseScene, data: MoreData) -> CandidateCause:
    """Return how large the areas of lost navigation are that the asset has in sight that day."""
    kind = CandidateKind.DISTURBED_GROUND
    footprint = _footprint(scene)
    if data.areas is None:
        return not_judged(kind, "no_maps", footprint)
    if data.area_span is None:
        return not_judged(kind, "no_map_of_day", footprint)
    span = data.area_span
    seen = _in_sight(scene.positions_teme_km(span), data, scene)
    size = np.array([area.area_km2 for area in data.areas], np.float64)
    total = seen @ size if len(size) else np.zeros(len(span.t_s))
    largest = max(np.flatnonzero(seen[0]), key=lambda k: size[k], default=None)

    def told(present: bool) -> tuple[str, Values]:
        if largest is None:
            return "none", footprint
        area = data.areas[int(largest)]  # type: ignore[index]
        return "in_sight", footprint | {
            "number": int(np.count_nonzero(seen[0])),
            "area_km2": float(total[0]),
            "area_deg_north": area.latitude_deg,
            "area_deg_east": area.longitude_deg,
        }

    return judged(kind, total, total > 0.0, span, told, unusual_p=scene.assumptions.unusual_p)


def below(scene: CauseScene) -> tuple[float, float, float]:
    """Return latitude and longitude [deg, geocentric] straight below the asset, and height [km]."""
    x, y, z = earth_fixed_km(scene.positions_teme_km(scene.span), scene.span)[0]
    latitude = float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    height = float(np.sqrt(x * x + y * y + z * z)) - WGS84_RADIUS_KM
    return latitude, float(np.degrees(np.arctan2(y, x))), height


def _footprint(scene: CauseScene) -> dict[str, float | str]:
    latitude, longitude, height = below(scene)
    angle = np.arccos(WGS84_RADIUS_KM / (WGS84_RADIUS_KM + max(height, 0.0)))
    return {
        "latitude_deg": latitude,
        "longitude_deg": longitude,
        "horizon_km": float(WGS84_RADIUS_KM * angle),
    }


def _in_sight(position_teme_km: Floats, data: MoreData, scene: CauseScene) -> Flags:
    """Tell which areas were disturbed at each moment and had the asset above the horizon."""
    areas, span = data.areas or (), data.area_span or scene.span
    fixed = earth_fixed_km(position_teme_km, span)
    radius = np.linalg.norm(fixed, axis=1)
    towards = fixed / radius[:, None]
    horizon = WGS84_RADIUS_KM / radius
    seen = np.zeros((len(span.t_s), len(areas)), np.bool_)
    for k, area in enumerate(areas):
        during = (span.utc >= as_column_time(area.start_utc)) & (
            span.utc < as_column_time(area.end_utc)
        )
        seen[:, k] = during & (towards @ _direction(area) >= horizon)
    return seen


def _direction(area: GroundArea) -> Floats:
    latitude, longitude = np.radians([area.latitude_deg, area.longitude_deg])
    flat = np.cos(latitude)
    return np.array([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])
