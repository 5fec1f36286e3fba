"""High orbits: the geostationary belt and graveyard, transfer orbits, Molniya, navigation."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.mean_orbits import (
    MeanOrbits,
    geosynchronous_axis_km,
    joined,
)
from hoshimori.exercise.population import (
    HIGH,
    REFERENCE_UTC,
    Freshness,
    Launches,
    MakeOrbits,
    Population,
)
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import gmst82_rad

_FULL_TURN = 2.0 * np.pi
_DRIFT_DEG_DAY_PER_KM = -0.01284
_STABLE_DEG_EAST = np.array([75.1, 254.7])

# Where operators keep satellites: arcs [from, to] in degrees east with the share of slots in them.
_ARCS_DEG = np.array([[-15, 5], [5, 40], [40, 80], [80, 125], [125, 180], [-137, -85], [-85, -15]])
_ARC_SHARES = np.array([0.07, 0.19, 0.16, 0.22, 0.10, 0.16, 0.10])
_SLOT_STEP_DEG = 0.5
_HALF_BOX_DEG = 0.06
_SLOTS_PER_SATELLITE = 0.72


def belt_orbits(
    mean_longitude_deg: Floats,
    drift_deg_day: Floats,
    eccentricity: Floats,
    inclination_rad: Floats,
    raan_rad: Floats,
    arg_of_perigee_rad: Floats,
    at_utc: np.datetime64 = REFERENCE_UTC,
) -> MeanOrbits:
    """Return geosynchronous orbits from mean longitude at `at_utc` and drift (east positive)."""
    axis_km = geosynchronous_axis_km(drift_deg_day, eccentricity, inclination_rad)
    sky_angle = np.radians(mean_longitude_deg) + gmst82_rad(np.array([at_utc]))
    return MeanOrbits(
        semi_major_axis_km=axis_km,
        eccentricity=eccentricity,
        inclination_rad=inclination_rad,
        raan_rad=raan_rad,
        arg_of_perigee_rad=arg_of_perigee_rad,
        mean_anomaly_rad=sky_angle - raan_rad - arg_of_perigee_rad,
    )


def kept(clear_of_deg_east: tuple[float, ...] = ()) -> MakeOrbits:
    """Return a maker of satellites in slots, none within a degree of the longitudes given."""

    def make(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
        count = len(launches)
        slots = _slots(rng, count, np.array(clear_of_deg_east))
        tilted = rng.random(count) < 0.25
        inclination_deg = np.where(
            tilted, rng.uniform(0.3, 8.0, count), np.abs(rng.normal(0.03, 0.02, count)) + 0.003
        )
        years = np.degrees(np.arcsin(np.clip(inclination_deg / 15.0, 0, 1))) / 180.0 * 53.0
        settled = _without_control(years, inclination_deg)
        node = np.where(tilted, settled, rng.uniform(0.0, _FULL_TURN, count))
        return belt_orbits(
            mean_longitude_deg=slots + rng.uniform(-_HALF_BOX_DEG, _HALF_BOX_DEG, count),
            drift_deg_day=np.zeros(count),
            eccentricity=rng.uniform(5e-5, 5e-4, count),
            inclination_rad=np.radians(inclination_deg),
            raan_rad=node,
            arg_of_perigee_rad=rng.uniform(0.0, _FULL_TURN, count),
        )

    return make


def _slots(rng: np.random.Generator, count: int, clear_of_deg_east: Floats) -> Floats:
    """Draw a slot for each satellite; about a third share theirs with others."""
    grids = [np.arange(start, end, _SLOT_STEP_DEG) for start, end in _ARCS_DEG]
    places = np.concatenate(grids)
    weights = np.repeat(_ARC_SHARES / [len(grid) for grid in grids], [len(grid) for grid in grids])
    off_deg = (places[:, None] - clear_of_deg_east + 180.0) % 360.0 - 180.0
    weights *= (np.abs(off_deg) >= 1.0).all(axis=1)
    own = min(round(_SLOTS_PER_SATELLITE * count), int(np.count_nonzero(weights)) // 2)
    slots = rng.choice(places, own, replace=False, p=weights / weights.sum())
    shared = rng.choice(slots, count - len(slots)) if count > len(slots) else np.empty(0)
    return np.concatenate([slots, shared])


def librating(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw dead satellites that swing about a stable longitude, seen anywhere in their swing."""
    count = len(launches)
    swing_deg = rng.uniform(2.0, 70.0, count)
    phase = rng.uniform(0.0, _FULL_TURN, count)
    longitude_deg = rng.choice(_STABLE_DEG_EAST, count) + swing_deg * np.cos(phase)
    # The largest drift of a swing: sqrt(2 * 0.00168 deg/d2) * sin(swing), in deg/day.
    drift_deg_day = -0.44 * np.sin(np.radians(swing_deg)) * np.sin(phase)
    return _abandoned(rng, longitude_deg, drift_deg_day, rng.uniform(1e-4, 2e-3, count))


def drifting(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw stages and dead satellites on drift orbits, and the graveyard above the belt."""
    count = len(launches)
    buried = rng.random(count) < 0.55
    above_km = np.where(buried, rng.normal(310.0, 90.0, count), rng.normal(0.0, 900.0, count))
    eccentricity = np.where(
        buried, rng.uniform(1e-4, 3e-3, count), 10 ** rng.uniform(-3, -1.2, count)
    )
    drift_deg_day = _DRIFT_DEG_DAY_PER_KM * above_km
    return _abandoned(rng, rng.uniform(0.0, 360.0, count), drift_deg_day, eccentricity)


def _abandoned(
    rng: np.random.Generator, longitude_deg: Floats, drift_deg_day: Floats, eccentricity: Floats
) -> MeanOrbits:
    count = len(longitude_deg)
    years = rng.uniform(0.5, 45.0, count)
    pole_deg = 7.5
    turn = _FULL_TURN * years / 53.0
    tilt = np.radians(pole_deg) * np.sqrt(2.0 * (1.0 - np.cos(turn)))
    return belt_orbits(
        mean_longitude_deg=longitude_deg,
        drift_deg_day=drift_deg_day,
        eccentricity=eccentricity,
        inclination_rad=np.maximum(tilt, np.radians(0.05)),
        raan_rad=_without_control(years, np.degrees(tilt)),
        arg_of_perigee_rad=rng.uniform(0.0, _FULL_TURN, count),
    )


def _without_control(years: Floats, inclination_deg: Floats) -> Floats:
    """Return the node of an orbit whose inclination was left alone for some years.

    The pole circles the Laplace pole, 7.5 deg away, in about 53 years: the inclination grows to
    15 deg and falls again while the node runs from 90 deg to -90 deg.
    Source: Allan & Cook 1964, Proc. R. Soc. A 280; Soop 1994, Handbook of Geostationary Orbits.
    """
    turn = _FULL_TURN * years / 53.0
    node = np.arctan2(np.sin(turn), 1.0 - np.cos(turn))
    return np.asarray(np.where(inclination_deg > 0.0, node % _FULL_TURN, 0.0))


def navigators_over_asia(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw inclined geosynchronous satellites: figures of eight over Asia and Australia."""
    count = len(launches)
    eight = np.arange(count) % 3
    eccentricity = np.where(eight == 0, 0.075, 0.004)
    return belt_orbits(
        mean_longitude_deg=np.array([135.0, 118.0, 95.0])[eight] + rng.normal(0.0, 0.3, count),
        drift_deg_day=np.zeros(count),
        eccentricity=eccentricity,
        inclination_rad=np.radians(np.where(eight == 0, 41.0, 55.0)),
        raan_rad=_FULL_TURN * np.linspace(0.0, count / 3.3, count) + rng.uniform(0.0, _FULL_TURN),
        arg_of_perigee_rad=np.full(count, np.radians(270.0)),
    )


# Inclinations [deg] that launch sites leave in transfer orbits: Kourou, Cape, Xichang, Baikonur,
# Sriharikota and Tanegashima.
_TRANSFER_INCLINATIONS_DEG = np.array([6.0, 26.0, 25.0, 48.0, 18.5, 27.5])
_TRANSFER_SHARES = np.array([0.30, 0.24, 0.14, 0.20, 0.06, 0.06])


def transfer(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw transfer orbits to the belt, from fresh ones to those that the air has lowered."""
    count = len(launches)
    site = rng.choice(len(_TRANSFER_SHARES), count, p=_TRANSFER_SHARES)
    perigee_km = 250.0 + rng.gamma(1.5, 260.0, count)
    lowered = rng.random(count) < 0.35
    apogee_km = np.where(
        lowered, rng.uniform(8000.0, 33000.0, count), rng.normal(35600.0, 400.0, count)
    )
    inclination_deg = _TRANSFER_INCLINATIONS_DEG[site] + rng.normal(0.0, 1.2, count)
    return _ellipses(rng, perigee_km, apogee_km, np.abs(inclination_deg) + 0.5)


def molniya(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw twelve-hour orbits of critical inclination with the perigee in the south."""
    count = len(launches)
    axis_km = rng.normal(26560.0, 25.0, count)
    perigee_km = rng.uniform(600.0, 1800.0, count)
    orbits = _ellipses(
        rng,
        perigee_km,
        2.0 * (axis_km - WGS72_RADIUS_KM) - perigee_km,
        rng.normal(63.6, 0.9, count),
    )
    south = np.radians(rng.normal(276.0, 12.0, count))
    return MeanOrbits(
        orbits.semi_major_axis_km,
        orbits.eccentricity,
        orbits.inclination_rad,
        orbits.raan_rad,
        south,
        orbits.mean_anomaly_rad,
    )


def retired_navigators(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw dead navigation satellites and their stages near and above their old shells."""
    count = len(launches)
    shell = rng.choice(4, count, p=[0.45, 0.30, 0.10, 0.15])
    altitude_km = np.array([19130.0, 20900.0, 23600.0, 22300.0])[shell]
    inclination_deg = np.array([64.8, 55.5, 56.5, 55.0])[shell]
    orbits = _ellipses(
        rng,
        altitude_km + rng.normal(0.0, 150.0, count),
        altitude_km + 250.0 + rng.gamma(1.0, 200.0, count),
        inclination_deg + rng.normal(0.0, 0.8, count),
    )
    plane = _FULL_TURN * rng.integers(0, 6, count) / 6.0 + rng.normal(0.0, 0.1, count)
    return MeanOrbits(
        orbits.semi_major_axis_km,
        orbits.eccentricity,
        orbits.inclination_rad,
        plane,
        orbits.arg_of_perigee_rad,
        orbits.mean_anomaly_rad,
    )


def _ellipses(
    rng: np.random.Generator, perigee_km: Floats, apogee_km: Floats, inclination_deg: Floats
) -> MeanOrbits:
    count = len(perigee_km)
    axis_km = WGS72_RADIUS_KM + 0.5 * (perigee_km + apogee_km)
    return MeanOrbits(
        semi_major_axis_km=axis_km,
        eccentricity=np.abs(apogee_km - perigee_km) / (2.0 * axis_km),
        inclination_rad=np.radians(inclination_deg),
        raan_rad=rng.uniform(0.0, _FULL_TURN, count),
        arg_of_perigee_rad=rng.uniform(0.0, _FULL_TURN, count),
        mean_anomaly_rad=rng.uniform(0.0, _FULL_TURN, count),
    )


def belt_and_drift(rng: np.random.Generator, launches: Launches) -> MeanOrbits:
    """Draw a third librating, two thirds drifting dead objects of the belt."""
    swinging = launches[: len(launches) // 5]
    return joined([librating(rng, swinging), drifting(rng, launches[len(swinging) :])])


_ESA_GEO = "ESA/ESOC, Classification of Geosynchronous Objects (GEN-DB-LOG-00195), 2016"


_OTHER_HIGH_ORBITS = (
    Population(
        "SIM-GEO-OLD",
        ObjectType.PAYLOAD,
        760,
        belt_and_drift,
        f"{_ESA_GEO}: libration and drift orbits; graveyard: IADC guidelines, 235 km and more",
        per_launch=1.5,
        years=(1970, 2012),
        freshness=HIGH,
    ),
    Population(
        "SIM-GEO R/B",
        ObjectType.ROCKET_BODY,
        280,
        drifting,
        f"{_ESA_GEO}: drift orbits",
        years=(1968, 2020),
        freshness=HIGH,
    ),
    Population(
        "SIM-IGSO",
        ObjectType.PAYLOAD,
        14,
        navigators_over_asia,
        "IS-QZSS-PNT-005 (Cabinet Office, 2022); BeiDou Open Service Performance Standard 3.0",
        years=(2010, 2025),
        freshness=HIGH,
    ),
    Population(
        "SIM-GTO R/B",
        ObjectType.ROCKET_BODY,
        620,
        transfer,
        "ESA Annual Space Environment Report (2025), GTO; launch-site latitudes",
        years=(1975, 2024),
        freshness=HIGH,
    ),
    Population(
        "SIM-GTO DEB",
        ObjectType.DEBRIS,
        560,
        transfer,
        "ESA Annual Space Environment Report (2025), GTO",
        per_launch=2.0,
        years=(1975, 2024),
        area_to_mass_m2_kg=0.03,
        freshness=Freshness(1.5, 0.9, 0.06),
    ),
    Population(
        "SIM-HEO",
        ObjectType.PAYLOAD,
        110,
        molniya,
        "Vallado 2013, section 2.3.1 (Molniya orbit); ESA Annual Space Environment Report, HEO",
        years=(1970, 2020),
        freshness=HIGH,
    ),
    Population(
        "SIM-HEO R/B",
        ObjectType.ROCKET_BODY,
        70,
        molniya,
        "ESA Annual Space Environment Report (2025), HEO",
        years=(1970, 2020),
        freshness=HIGH,
    ),
    Population(
        "SIM-MEO-OLD",
        ObjectType.PAYLOAD,
        300,
        retired_navigators,
        "ESA Annual Space Environment Report (2025), MEO; disposal: UN ICG debris reports",
        per_launch=2.5,
        years=(1982, 2015),
        freshness=HIGH,
    ),
)


def high_orbits(clear_of_deg_east: tuple[float, ...]) -> tuple[Population, ...]:
    """Return the populations of high orbits, the belt's slots clear of these longitudes."""
    belt = Population(
        "SIM-GEO",
        ObjectType.PAYLOAD,
        560,
        kept(clear_of_deg_east),
        f"{_ESA_GEO}: controlled; slots weighted towards the arcs that the ITU lists as dense",
        per_launch=1.5,
        years=(2003, 2025),
        freshness=Freshness(0.7, 0.5, 0.005),
    )
    return (belt, *_OTHER_HIGH_ORBITS)
