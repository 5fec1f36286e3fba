"""What strikes a satellite as a cause: trapped particles, meteors of showers, small debris."""

from __future__ import annotations

import numpy as np

from hoshimori.assessment.cause_scene import (
    FEWEST_OBJECTS,
    CauseScene,
    Values,
    absent,
    earth_fixed_km,
    judged,
    not_judged,
)
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.numerics.chance import DrawnSpan
from hoshimori.numerics.constants import WGS72_RADIUS_KM, WGS84_RADIUS_KM
from hoshimori.numerics.debris_flux import (
    GREATEST_HEIGHT_KM,
    LEAST_HEIGHT_KM,
    expected_impacts,
    spatial_density_per_km3,
)
from hoshimori.numerics.elements import Floats, apogee_altitude_km, perigee_altitude_km
from hoshimori.numerics.geomagnetism import dipole_shell, ground_field_nt
from hoshimori.numerics.meteor_showers import SHOWERS, SPORADIC_HOURLY, shower_rates_hourly

_ANOMALY_NT = 32_000.0
"""The field at the ground that bounds the South Atlantic Anomaly.
Source: De Santis et al. 2013; Pavon-Carrasco and De Santis 2016, Front. Earth Sci. 4, 40; both as
Amit et al. 2021, Earth Planets Space 73, 38, eq. 1, quote them."""
_LEAST_KM, _GREATEST_KM = 200.0, 2000.0
"""Heights at which protons of the inner belt come down over it; higher lies the belt itself."""
_INNER, _OUTER = (1.2, 1.6, 2.5), (3.0, 4.5, 7.0)
"""L of the near edge, the heart and the far edge of each belt: rounded and declared, as sources
draw them differently. NOAA's belt indices part the zones at L 2.0 and 2.5, ECSS-E-ST-10-04C (2020),
B.4, at 2.5; the rest after Walt 1994 and Baker et al. 2018, Space Sci. Rev. 214, 17."""
_INNER_FROM_KM = 1000.0
"""Below, the inner belt is met over the South Atlantic alone, which is judged by itself."""
_STEP_KM = 10.0
_UNKNOWN_AREA_M2 = (1.0, 50.0)
"""As the natural check of debris takes it where no size is known."""
_EXPECTED_A_DAY = 1e-3
"""From so many impacts a day on, chance alone makes a strike worth naming."""


def south_atlantic(scene: CauseScene) -> CandidateCause:
    """Return how weak the Earth's field is below the asset: the South Atlantic Anomaly."""
    span = scene.span
    position = scene.positions_teme_km(span)
    height = np.linalg.norm(position, axis=1) - WGS84_RADIUS_KM
    low_enough = (height >= _LEAST_KM) & (height <= _GREATEST_KM)
    if not low_enough.any():
        return absent(CandidateKind.SOUTH_ATLANTIC, "too_high", {"height_km": float(height[0])})
    field = ground_field_nt(earth_fixed_km(position, span), span.utc)
    weak = np.where(low_enough, field, np.inf)

    def told(present: bool) -> tuple[str, Values]:
        values = {
            "field_nt": float(field[0]),
            "limit_nt": _ANOMALY_NT,
            "height_km": float(height[0]),
        }
        if not low_enough[0]:
            return "too_high", values
        return ("inside" if present else "outside"), values

    return judged(
        CandidateKind.SOUTH_ATLANTIC,
        np.where(np.isnan(height), np.nan, -weak),
        weak <= _ANOMALY_NT,
        span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def radiation_belt(scene: CauseScene) -> CandidateCause:
    """Return how deep in a radiation belt the asset is, by the shell of a tilted dipole."""
    span = scene.span
    position = scene.positions_teme_km(span)
    height = np.linalg.norm(position, axis=1) - WGS84_RADIUS_KM
    shell = dipole_shell(earth_fixed_km(position, span), span.utc)
    inner, outer = _depth(shell, _INNER), _depth(shell, _OUTER)
    inner = np.where(height >= _INNER_FROM_KM, inner, -np.inf)
    depth = np.maximum(inner, outer)

    def told(present: bool) -> tuple[str, Values]:
        belt = "inner" if inner[0] > outer[0] else "outer"
        values: dict[str, float | str] = {
            "shell": float(min(shell[0], 99.0)),
            "belt": belt,
            "height_km": float(height[0]),
        }
        return ("inside" if present else "outside"), values

    return judged(
        CandidateKind.RADIATION_BELT,
        np.where(np.isnan(height), np.nan, depth),
        depth >= 0.0,
        span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def _depth(shell: Floats, belt: tuple[float, float, float]) -> Floats:
    """Return 1 in the heart of a belt, 0 at its edges, negative outside."""
    near, heart, far = belt
    width = np.where(shell < heart, heart - near, far - heart)
    return np.asarray(1.0 - np.abs(shell - heart) / width)


def meteor_shower(scene: CauseScene) -> CandidateCause:
    """Return how many meteors the major showers bring at the moment."""
    return showers_in(scene.year, scene.assumptions.unusual_p)


def showers_in(span: DrawnSpan, unusual_p: float) -> CandidateCause:
    """Return how many meteors the major showers bring at the first moment of a span."""
    rates = shower_rates_hourly(span.utc)
    total = rates.sum(axis=0)
    strongest = int(np.argmax(rates[:, 0]))

    def told(present: bool) -> tuple[str, Values]:
        values: dict[str, float | str] = {
            "hourly": float(total[0]),
            "sporadic": SPORADIC_HOURLY,
            "shower": SHOWERS[strongest].name,
        }
        if not rates[strongest, 0] > 0.0:
            return "none", values
        return ("active" if present else "weak"), values

    return judged(
        CandidateKind.METEOR_SHOWER,
        total,
        total >= SPORADIC_HOURLY,
        span,
        told,
        unusual_p=unusual_p,
    )


def debris_flux(scene: CauseScene) -> CandidateCause:
    """Return how many impacts of small debris chance brings in a day, at the asset's height."""
    if len(scene.sets) < FEWEST_OBJECTS:
        return not_judged(CandidateKind.DEBRIS_FLUX, "no_catalogue", {"number": len(scene.sets)})
    span = scene.span
    radius = np.linalg.norm(scene.positions_teme_km(span), axis=1)
    height = radius - WGS72_RADIUS_KM
    inside = (height >= LEAST_HEIGHT_KM) & (height <= GREATEST_HEIGHT_KM)
    if not inside.any():
        return not_judged(
            CandidateKind.DEBRIS_FLUX, "no_flux_there", {"height_km": float(height[0])}
        )
    density = _densities(_debris(scene.sets), radius, inside)
    low, high = _area_m2(scene)
    least, most = (
        np.array([expected_impacts(float(d), (low, high), 1.0)[k] for d in density]) for k in (0, 1)
    )

    def told(present: bool) -> tuple[str, Values]:
        values = {
            "height_km": float(height[0]),
            "expected_low": float(least[0]),
            "expected_high": float(most[0]),
        }
        if not inside[0]:
            return "no_flux_there", values
        return ("expected" if present else "rare"), values

    return judged(
        CandidateKind.DEBRIS_FLUX,
        np.where(np.isnan(radius), np.nan, density),
        least >= _EXPECTED_A_DAY,
        span,
        told,
        unusual_p=scene.assumptions.unusual_p,
    )


def _densities(debris: ElementSets, radius_km: Floats, inside: Floats) -> Floats:
    """Return densities by a table over height, which is read between its steps; 0 outside."""
    elements = debris.mean_elements()
    perigee = perigee_altitude_km(elements) + WGS72_RADIUS_KM
    apogee = apogee_altitude_km(elements) + WGS72_RADIUS_KM
    known = np.isfinite(perigee) & np.isfinite(apogee) & (perigee > 0.0)
    perigee, apogee = perigee[known], apogee[known]
    lowest, highest = float(np.min(radius_km[inside])), float(np.max(radius_km[inside]))
    steps = max(2, int((highest - lowest) / _STEP_KM) + 2)
    table = np.linspace(lowest, highest, steps)
    density = [spatial_density_per_km3(perigee, apogee, float(r)) for r in table]
    return np.where(inside, np.interp(radius_km, table, density), 0.0)


def _debris(catalogue: ElementSets) -> ElementSets:
    kinds = [kind_by_name(str(name)) for name in catalogue.object_name]
    return catalogue.take(np.array([kind is ObjectType.DEBRIS for kind in kinds], np.bool_))


def _area_m2(scene: CauseScene) -> tuple[float, float]:
    """Return the cross-section, low and high: of the body's sphere, and a third of it."""
    known = scene.picture.objects.get(scene.norad_id)
    radius_m = known.hard_body_radius_m if known is not None else None
    if not radius_m:
        return _UNKNOWN_AREA_M2
    area = float(np.pi * radius_m**2)
    return area / 3.0, area
