"""Low orbits outside constellations: Sun-synchronous bands, families of old satellites, stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.mean_orbits import (
    MeanOrbits,
    mean_sun_rad,
    sun_synchronous_inclination_rad,
)
from hoshimori.exercise.population import (
    OPERATED,
    REFERENCE_UTC,
    TRACKED,
    Freshness,
    Launches,
    MakeOrbits,
    Population,
    launches_in,
)
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats

_FULL_TURN = 2.0 * np.pi


@dataclass(frozen=True, slots=True)
class Band:
    """Orbits gathered around a height and, where it is fixed, an inclination or local time."""

    share: float
    altitude_km: float
    sigma_km: float
    inclination_deg: float = 0.0
    inclination_sigma_deg: float = 0.1
    eccentricity: float = 1.0e-3
    """Median of the eccentricities, which spread by a factor of two."""


_SYNCHRONOUS_BANDS = (
    Band(0.34, 510.0, 22.0),
    Band(0.20, 560.0, 30.0),
    Band(0.14, 630.0, 30.0),
    Band(0.14, 705.0, 20.0),
    Band(0.08, 790.0, 20.0),
    Band(0.10, 830.0, 25.0, eccentricity=1.5e-3),
)
# Local times of the ascending node [h] with their shares: morning and its night-side twin,
# dawn-dusk, afternoon; the rest lost control of it long ago.
_LOCAL_TIMES_H = np.array([10.3, 22.3, 6.0, 18.0, 13.5, 9.5])
_LOCAL_TIME_SHARES = np.array([0.18, 0.32, 0.10, 0.12, 0.14, 0.14])
_LOST_LOCAL_TIME_SHARE = 0.25


def sun_synchronous(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw satellites whose planes follow the Sun; a launch shares height and local time."""
    count, groups = len(launches), launches_in(launches)
    axis_km, eccentricity = _shape(rng, _SYNCHRONOUS_BANDS, _pick(rng, _SYNCHRONOUS_BANDS, groups))
    local_h = rng.choice(_LOCAL_TIMES_H, groups, p=_LOCAL_TIME_SHARES)
    local_h = local_h + rng.normal(0.0, 0.4, groups)
    lost = rng.random(groups) < _LOST_LOCAL_TIME_SHARE
    local_h = np.where(lost, rng.uniform(0.0, 24.0, groups), local_h)
    axis_km = axis_km[launches] + rng.normal(0.0, 6.0, count)
    node = mean_sun_rad(REFERENCE_UTC) + np.radians(15.0 * (local_h[launches] - 12.0))
    exact = sun_synchronous_inclination_rad(axis_km)
    return MeanOrbits(
        semi_major_axis_km=axis_km,
        eccentricity=_spread(rng, eccentricity[launches]),
        inclination_rad=exact + np.radians(rng.normal(0.0, 0.04, count)),
        raan_rad=node + np.radians(rng.normal(0.0, 1.5, count)),
        arg_of_perigee_rad=rng.uniform(0.0, _FULL_TURN, count),
        mean_anomaly_rad=rng.uniform(0.0, _FULL_TURN, count),
    )


def families(*bands: Band) -> MakeOrbits:
    """Return a maker of orbits in bands of fixed inclination; a launch shares its plane."""

    def make(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
        count, groups = len(launches), launches_in(launches)
        picked = _pick(rng, bands, groups)
        axis_km, eccentricity = _shape(rng, bands, picked)
        inclination_deg = np.array([b.inclination_deg for b in bands])[picked]
        sigma_deg = np.array([b.inclination_sigma_deg for b in bands])[picked]
        inclination_deg = inclination_deg + sigma_deg * rng.normal(size=groups)
        node = rng.uniform(0.0, _FULL_TURN, groups)
        return MeanOrbits(
            semi_major_axis_km=axis_km[launches] + rng.normal(0.0, 4.0, count),
            eccentricity=_spread(rng, eccentricity[launches]),
            inclination_rad=np.radians(inclination_deg[launches] + rng.normal(0.0, 0.01, count)),
            raan_rad=node[launches] + np.radians(rng.normal(0.0, 2.0, count)),
            arg_of_perigee_rad=rng.uniform(0.0, _FULL_TURN, count),
            mean_anomaly_rad=rng.uniform(0.0, _FULL_TURN, count),
        )

    return make


def _pick(rng: np.random.Generator, bands: tuple[Band, ...], size: int) -> npt.NDArray[np.int64]:
    shares = np.array([band.share for band in bands])
    return rng.choice(len(bands), size, p=shares / shares.sum())


def _shape(
    rng: np.random.Generator, bands: tuple[Band, ...], picked: npt.NDArray[np.int64]
) -> tuple[Floats, Floats]:
    altitude_km = np.array([band.altitude_km for band in bands])[picked]
    sigma_km = np.array([band.sigma_km for band in bands])[picked]
    eccentricity = np.array([band.eccentricity for band in bands])[picked]
    offset_km = sigma_km * np.clip(rng.normal(size=len(picked)), -2.5, 2.5)
    return WGS72_RADIUS_KM + altitude_km + offset_km, eccentricity


def _spread(rng: np.random.Generator, median: Floats) -> Floats:
    return np.asarray(median * np.exp(0.5 * np.clip(rng.normal(size=len(median)), -2.5, 2.5)))


_ESA = "ESA Annual Space Environment Report (2025), LEO by height and inclination"
_GCAT = "J. McDowell, General Catalog of Artificial Space Objects (description of families)"
_MILITARY = (
    Band(0.36, 1480.0, 30.0, 74.0, 0.05, 4e-3),
    Band(0.24, 1410.0, 15.0, 82.6, 0.03, 1.5e-3),
    Band(0.25, 985.0, 18.0, 82.94, 0.02, 3e-3),
    Band(0.08, 610.0, 60.0, 82.5, 0.05, 2e-3),
    Band(0.07, 850.0, 8.0, 71.0, 0.05, 1.2e-3),
)
_MIXED = (
    Band(0.25, 520.0, 25.0, 45.0, 0.5, 1e-3),
    Band(0.20, 560.0, 40.0, 53.0, 1.0, 1e-3),
    Band(0.20, 480.0, 30.0, 36.0, 4.0, 1e-3),
    Band(0.15, 420.0, 15.0, 51.6, 0.03, 8e-4),
    Band(0.10, 1080.0, 60.0, 63.4, 0.1, 1e-2),
    Band(0.10, 900.0, 120.0, 90.0, 0.5, 6e-3),
)
_STAGES = (
    Band(0.22, 985.0, 25.0, 82.94, 0.03, 3e-3),
    Band(0.14, 1500.0, 80.0, 74.0, 0.05, 2e-2),
    Band(0.08, 1430.0, 25.0, 82.6, 0.05, 2e-3),
    Band(0.10, 700.0, 110.0, 81.2, 0.1, 8e-3),
    Band(0.04, 840.0, 12.0, 71.0, 0.03, 1.2e-3),
    Band(0.22, 680.0, 110.0, 98.2, 0.6, 1e-2),
    Band(0.12, 620.0, 130.0, 51.0, 9.0, 1.5e-2),
    Band(0.08, 980.0, 200.0, 66.0, 8.0, 2e-2),
)
_SHEDDINGS = (
    Band(0.4, 800.0, 180.0, 82.8, 0.8, 1.2e-2),
    Band(0.3, 760.0, 140.0, 98.6, 0.7, 1.0e-2),
    Band(0.3, 1000.0, 260.0, 66.0, 9.0, 2.0e-2),
)

LOW_ORBITS = (
    Population(
        "SIM-SSO",
        ObjectType.PAYLOAD,
        2700,
        sun_synchronous,
        "ESA Annual Space Environment Report (2025), Sun-synchronous bands; local times: "
        "CEOS missions database",
        per_launch=6.0,
        years=(1995, 2025),
        freshness=OPERATED,
    ),
    Population(
        "SIM-LEO-OLD",
        ObjectType.PAYLOAD,
        900,
        families(*_MILITARY),
        _GCAT,
        per_launch=4.0,
        years=(1968, 2010),
        freshness=TRACKED,
    ),
    Population(
        "SIM-LEO",
        ObjectType.PAYLOAD,
        1500,
        families(*_MIXED),
        _ESA,
        per_launch=4.0,
        years=(2000, 2025),
        freshness=OPERATED,
    ),
    Population(
        "SIM-LEO-CONST-A TRANSFER",
        ObjectType.PAYLOAD,
        330,
        families(
            Band(0.5, 440.0, 50.0, 43.0, 0.02, 3e-4), Band(0.5, 420.0, 50.0, 53.1, 0.05, 3e-4)
        ),
        _ESA,
        per_launch=22.0,
        years=(2024, 2025),
        freshness=OPERATED,
    ),
    Population(
        "SIM-LEO R/B",
        ObjectType.ROCKET_BODY,
        1150,
        families(*_STAGES),
        _GCAT,
        years=(1965, 2025),
        freshness=Freshness(0.5, 0.5, 0.003),
    ),
    Population(
        "SIM-LEO-SHED DEB",
        ObjectType.DEBRIS,
        900,
        families(*_SHEDDINGS),
        _ESA,
        per_launch=2.0,
        years=(1965, 2025),
        area_to_mass_m2_kg=0.06,
        area_to_mass_spread=0.4,
    ),
)
