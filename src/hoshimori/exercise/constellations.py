"""Shells of station-kept satellites after the orbits that operators filed and published."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.population import (
    OPERATED,
    Freshness,
    Launches,
    MakeOrbits,
    Population,
)
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.constants import WGS72_RADIUS_KM


@dataclass(frozen=True, slots=True)
class Shell:
    """Circular orbits in evenly spaced planes (a Walker pattern)."""

    altitude_km: float
    inclination_deg: float
    planes: int
    per_plane: int
    spread_deg: float = 360.0
    """Nodes over which the planes spread: 360 a delta, about 180 a star pattern."""
    eccentricity: float = 1.5e-4
    phase_sigma_deg: float = 0.02
    """How loosely satellites keep their places."""

    @property
    def places(self) -> int:
        """How many satellites the full shell holds."""
        return self.planes * self.per_plane


def walker(filed: Shell) -> MakeOrbits:
    """Return a maker of the shell as filed: some places stay empty, or planes get denser."""

    def make(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
        count = len(launches)
        needed = -(-count // filed.planes)
        shell = replace(filed, per_plane=max(filed.per_plane, needed))
        place = np.sort(rng.permutation(shell.places)[:count])
        plane, seat = np.divmod(place, shell.per_plane)
        node_deg = rng.uniform(0.0, 360.0) + shell.spread_deg * plane / shell.planes
        phase_deg = 360.0 * (seat / shell.per_plane + safe_phasing(shell) * plane / shell.places)
        loose_deg = rng.normal(0.0, shell.phase_sigma_deg, count)
        return MeanOrbits(
            semi_major_axis_km=np.full(count, WGS72_RADIUS_KM + shell.altitude_km),
            eccentricity=np.full(count, shell.eccentricity),
            inclination_rad=np.full(count, np.radians(shell.inclination_deg)),
            raan_rad=np.radians(node_deg),
            arg_of_perigee_rad=np.full(count, 0.5 * np.pi),
            mean_anomaly_rad=np.radians(phase_deg + loose_deg - 90.0),
        )

    return make


def safe_phasing(shell: Shell) -> int:
    """Return the phasing of neighbouring planes at which satellites stay farthest apart.

    Source: Speckman, Lang & Boyce 1990, AIAA 90-2901, closest approach in circular orbits.
    """
    plane = np.arange(1, shell.planes)
    node = np.radians(shell.spread_deg) * plane / shell.planes
    inclination = np.radians(shell.inclination_deg)
    cosine = np.cos(inclination) ** 2 + np.sin(inclination) ** 2 * np.cos(node)
    crossing = 2.0 * np.arctan2(-np.cos(inclination) * np.sin(node / 2), np.cos(node / 2))
    phasing = np.arange(shell.planes)[:, None]
    gap = 2.0 * np.pi * phasing * plane / shell.places - crossing
    seat = 2.0 * np.pi / shell.per_plane
    nearest = np.abs((gap + seat / 2) % seat - seat / 2)
    miss = np.sqrt((1.0 + cosine) / 2.0) * np.sin(nearest / 2)
    return int(np.argmax(miss.min(axis=1))) if shell.planes > 1 else 0


def _shell(
    name: str, count: int, shell: Shell, source: str, years: tuple[int, int], per_launch: float
) -> Population:
    return Population(
        name=name,
        object_type=ObjectType.PAYLOAD,
        count=count,
        orbits=walker(shell),
        source=source,
        per_launch=per_launch,
        years=years,
        freshness=OPERATED,
    )


_NAVIGATION = Freshness(0.7, 0.5, 0.005)


def _navigation(name: str, count: int, shell: Shell, source: str) -> Population:
    return Population(
        name=name,
        object_type=ObjectType.PAYLOAD,
        count=count,
        orbits=walker(shell),
        source=source,
        per_launch=2.0,
        years=(2005, 2025),
        freshness=_NAVIGATION,
    )


_GEN1 = "FCC 21-48 (2021), Starlink Gen1 as modified"
_GEN2 = "FCC 22-91 (2022), Starlink Gen2, first 7,500"
_KUIPER = "FCC 20-102 (2020), Kuiper"
_ONEWEB = "FCC 17-77 (2017) and later modifications, OneWeb"

CONSTELLATIONS = (
    _shell("SIM-LEO-CONST-A", 1500, Shell(550, 53.0, 72, 22), _GEN1, (2019, 2021), 55),
    _shell("SIM-LEO-CONST-A", 1560, Shell(540, 53.2, 72, 22), _GEN1, (2021, 2022), 50),
    _shell("SIM-LEO-CONST-A", 690, Shell(570, 70.0, 36, 20), _GEN1, (2021, 2023), 50),
    _shell("SIM-LEO-CONST-A", 330, Shell(560, 97.6, 6, 58), _GEN1, (2021, 2023), 46),
    _shell("SIM-LEO-CONST-A", 2900, Shell(530, 43.0, 28, 120), _GEN2, (2022, 2025), 22),
    _shell("SIM-LEO-CONST-A", 2500, Shell(525, 53.0, 28, 120), _GEN2, (2023, 2025), 22),
    _shell("SIM-LEO-CONST-A", 500, Shell(535, 33.0, 28, 120), _GEN2, (2024, 2025), 22),
    _shell("SIM-LEO-CONST-B", 630, Shell(1200, 87.9, 12, 55, 182.7), _ONEWEB, (2019, 2023), 36),
    _shell("SIM-LEO-CONST-C", 280, Shell(630, 51.9, 34, 34), _KUIPER, (2025, 2025), 27),
    _shell(
        "SIM-LEO-CONST-D",
        75,
        Shell(780, 86.4, 6, 13, 189.6, 2e-4),
        "Iridium NEXT: FCC DA 16-875; 66 in 6 planes 31.6 deg apart, and spares",
        (2017, 2023),
        10,
    ),
    _shell(
        "SIM-LEO-CONST-E",
        32,
        Shell(1414, 52.0, 8, 6),
        "Globalstar as licensed by the FCC: Walker 48/8/1",
        (2007, 2013),
        6,
    ),
    _shell(
        "SIM-LEO-CONST-F",
        40,
        Shell(825, 45.0, 4, 12, 360.0, 1e-3),
        "ORBCOMM as licensed by the FCC: 45 deg, 825 km",
        (1997, 1999),
        8,
    ),
    _shell(
        "SIM-LEO-CONST-G",
        160,
        Shell(1145, 50.0, 16, 16),
        "Guowang GW-2: ITU filing of September 2020",
        (2024, 2025),
        10,
    ),
    _shell(
        "SIM-LEO-CONST-H",
        108,
        Shell(1070, 89.0, 6, 36, 180.0),
        "Qianfan (G60): polar shell as announced and filed with the ITU",
        (2024, 2025),
        18,
    ),
    _navigation(
        "SIM-GNSS-A",
        31,
        Shell(20181.6, 55.0, 6, 6, 360.0, 8e-3, 3.0),
        "GPS Standard Positioning Service Performance Standard, 5th edition (2020)",
    ),
    _navigation(
        "SIM-GNSS-B",
        26,
        Shell(19130.0, 64.8, 3, 9, 360.0, 1e-3, 0.5),
        "GLONASS Interface Control Document L1/L2, edition 5.1 (2008)",
    ),
    _navigation(
        "SIM-GNSS-C",
        28,
        Shell(23222.0, 56.0, 3, 10, 360.0, 3e-4, 0.5),
        "Galileo Open Service Definition Document 1.3 (2023); Walker 24/3/1",
    ),
    _navigation(
        "SIM-GNSS-D",
        27,
        Shell(21528.0, 55.0, 3, 9, 360.0, 6e-4, 0.5),
        "BeiDou Open Service Performance Standard 3.0 (2021); Walker 24/3/1",
    ),
)
