"""Clouds of fragments: a parent orbit, a velocity spread, and years of precession since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.exercise.air_drag import lifetime_years
from hoshimori.exercise.kepler import orbits_of_states
from hoshimori.exercise.mean_orbits import MeanOrbits, days_since, joined
from hoshimori.exercise.population import (
    FAINT,
    REFERENCE_UTC,
    Launches,
    MakeOrbits,
    Population,
)
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.breakup_model import (
    Body,
    Fragmentation,
    draw_kick_km_s,
    draw_log_area_to_mass,
    draw_log_size,
)
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats

_LEAST_PERIGEE_KM = 260.0
_SMALLEST_M, _LARGEST_M = 0.11, 1.0
_YEAR_DAYS = 365.25
_FULL_TURN = 2.0 * np.pi


@dataclass(frozen=True, slots=True)
class Parent:
    """The orbit that broke up, and when."""

    perigee_km: float
    apogee_km: float
    inclination_deg: float
    when: str
    """The day, as ``YYYY-MM-DD``."""
    collision: bool = False
    """Collisions throw fragments faster than explosions do."""


def cloud(*parents: Parent) -> MakeOrbits:
    """Return a maker of the fragments that have not fallen yet; each parent is one launch."""

    def make(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
        kinds = np.bincount(launches, minlength=1)
        parts = [
            _fragments(rng, parents[k % len(parents)], int(count)) for k, count in enumerate(kinds)
        ]
        return joined(parts)

    return make


def _fragments(rng: np.random.Generator, parent: Parent, count: int) -> MeanOrbits:
    elapsed_days = float(days_since(REFERENCE_UTC, np.datetime64(parent.when, "us")))
    drawn = 6 * count + 64
    # Sizes fall off as explosions' do for both kinds: the made sky's clouds stay as they were.
    log_size = draw_log_size(rng, drawn, Fragmentation.EXPLOSION, _SMALLEST_M, _LARGEST_M)
    log_area_to_mass = draw_log_area_to_mass(rng, log_size, Body.SPACECRAFT)
    kind = Fragmentation.COLLISION if parent.collision else Fragmentation.EXPLOSION
    kick_km_s = draw_kick_km_s(rng, log_area_to_mass, kind)
    position, velocity = _parent_state(rng, parent, drawn)
    orbits = orbits_of_states(position, velocity + kick_km_s)
    bound = (orbits.eccentricity < 0.9) & (orbits.perigee_km > _LEAST_PERIGEE_KM)
    orbits, log_area_to_mass = orbits.take(bound), log_area_to_mass[bound]
    needed_years = elapsed_days / _YEAR_DAYS
    left = np.minimum(lifetime_years(orbits, 10.0**log_area_to_mass), needed_years)
    # Those that are still up, in the order drawn; where they are too few, the last to fall.
    order = np.argsort(-left, kind="stable")[:count]
    return orbits.take(np.sort(order)).advanced(elapsed_days)


def _parent_state(rng: np.random.Generator, parent: Parent, count: int) -> tuple[Floats, Floats]:
    """Return the parent's position and velocity at the moment it broke up, `count` times."""
    axis_km = WGS72_RADIUS_KM + 0.5 * (parent.perigee_km + parent.apogee_km)
    eccentricity = (parent.apogee_km - parent.perigee_km) / (2.0 * axis_km)
    true_anomaly, argument, node = rng.uniform(0.0, _FULL_TURN, 3)
    parameter = axis_km * (1.0 - eccentricity**2)
    radius = parameter / (1.0 + eccentricity * np.cos(true_anomaly))
    along = np.array([np.cos(true_anomaly), np.sin(true_anomaly), 0.0])
    turned = np.array([-np.sin(true_anomaly), eccentricity + np.cos(true_anomaly), 0.0])
    rotation = _rotation(node, np.radians(parent.inclination_deg), argument)
    position = rotation @ (radius * along)
    velocity = rotation @ (np.sqrt(WGS72_MU_KM3_S2 / parameter) * turned)
    return np.tile(position, (count, 1)), np.tile(velocity, (count, 1))


def _rotation(node: float, inclination: float, argument: float) -> Floats:
    cn, sn = np.cos(node), np.sin(node)
    ci, si = np.cos(inclination), np.sin(inclination)
    cw, sw = np.cos(argument), np.sin(argument)
    return np.array(
        [
            [cn * cw - sn * sw * ci, -cn * sw - sn * cw * ci, sn * si],
            [sn * cw + cn * sw * ci, -sn * sw + cn * cw * ci, -cn * si],
            [sw * si, cw * si, ci],
        ]
    )


_NASA = "NASA, History of On-orbit Satellite Fragmentations, 16th edition (2022)"
_ODQN = "NASA Orbital Debris Quarterly News 2023-2025"


def _cloud(name: str, count: int, source: str, *parents: Parent) -> Population:
    return Population(
        name=name,
        object_type=ObjectType.DEBRIS,
        count=count,
        orbits=cloud(*parents),
        source=source,
        per_launch=count / len(parents),
        years=(int(parents[0].when[:4]) - 8, int(parents[0].when[:4])),
        area_to_mass_m2_kg=0.12,
        area_to_mass_spread=0.35,
        freshness=FAINT,
    )


BREAKUP_CLOUDS = (
    _cloud(
        "SIM-CLOUD-A DEB", 2300, f"Fengyun-1C: {_NASA}", Parent(845, 865, 98.8, "2007-01-11", True)
    ),
    _cloud(
        "SIM-CLOUD-B DEB", 850, f"Cosmos 2251: {_NASA}", Parent(776, 800, 74.0, "2009-02-10", True)
    ),
    _cloud(
        "SIM-CLOUD-C DEB", 200, f"Iridium 33: {_NASA}", Parent(776, 779, 86.4, "2009-02-10", True)
    ),
    _cloud("SIM-CLOUD-D DEB", 480, f"stage of 2022: {_ODQN}", Parent(813, 847, 98.8, "2022-11-12")),
    _cloud("SIM-CLOUD-E DEB", 620, f"stage of 2024: {_ODQN}", Parent(790, 820, 89.0, "2024-08-06")),
    _cloud("SIM-CLOUD-F DEB", 300, f"NOAA 16: {_NASA}", Parent(842, 858, 98.9, "2015-11-25")),
    _cloud("SIM-CLOUD-G DEB", 170, f"DMSP F13: {_NASA}", Parent(840, 860, 98.7, "2015-02-03")),
    _cloud("SIM-CLOUD-H DEB", 240, f"Cosmos 1275: {_NASA}", Parent(960, 1014, 83.0, "1981-07-24")),
    _cloud(
        "SIM-CLOUD-I DEB",
        900,
        f"stages left with fuel, 1961 to 1991: {_NASA}",
        Parent(880, 1020, 66.8, "1961-06-29"),
        Parent(1065, 1092, 99.9, "1970-10-17"),
        Parent(1460, 1510, 102.1, "1973-12-28"),
        Parent(740, 915, 97.8, "1975-05-01"),
        Parent(1450, 1460, 101.7, "1976-07-28"),
        Parent(1000, 1270, 82.5, "1991-03-05"),
    ),
    _cloud(
        "SIM-CLOUD-J DEB",
        420,
        f"stages, 1986 to 2001: {_NASA}",
        Parent(780, 805, 98.7, "1986-11-13"),
        Parent(585, 820, 82.0, "1996-06-03"),
        Parent(725, 745, 98.5, "2000-03-11"),
        Parent(550, 675, 97.9, "2001-12-19"),
    ),
    _cloud(
        "SIM-CLOUD-K DEB",
        620,
        f"Centaur stages of 2018 and 2019: {_NASA}",
        Parent(7850, 35100, 11.6, "2018-08-30"),
        Parent(8500, 34900, 12.4, "2019-03-24"),
        Parent(6700, 34700, 14.0, "2019-04-06"),
    ),
    _cloud(
        "SIM-CLOUD-L DEB",
        500,
        f"ullage motors and stages in transfer orbits: {_NASA}",
        Parent(620, 18800, 64.9, "2004-10-29"),
        Parent(380, 18900, 65.2, "2008-02-14"),
        Parent(500, 35600, 47.5, "2011-08-15"),
        Parent(650, 5000, 49.9, "2012-10-16"),
        Parent(640, 35800, 7.0, "2001-08-09"),
    ),
    _cloud(
        "SIM-CLOUD-M DEB",
        430,
        f"break-ups of 1964 to 2021 of fewer than 60 catalogued pieces: {_NASA}",
        Parent(700, 760, 32.1, "1965-10-15"),
        Parent(910, 940, 65.8, "1985-09-23"),
        Parent(830, 845, 71.0, "1992-12-26"),
        Parent(940, 1050, 82.9, "1999-06-10"),
        Parent(780, 785, 98.5, "2021-03-18"),
    ),
)
