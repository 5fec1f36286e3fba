"""Orbits of populations against the published numbers that they are drawn from."""

import numpy as np
import pytest

from hoshimori.exercise.breakup_clouds import BREAKUP_CLOUDS, Parent, cloud
from hoshimori.exercise.constellations import CONSTELLATIONS, Shell, safe_phasing, walker
from hoshimori.exercise.crowd import populations
from hoshimori.exercise.high_orbits import high_orbits, kept, molniya, transfer
from hoshimori.exercise.low_orbits import LOW_ORBITS, sun_synchronous
from hoshimori.exercise.mean_orbits import secular_rates_rad_day
from hoshimori.exercise.population import REFERENCE_UTC, Population
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.frames import gmst82_rad

SUN_DEG_DAY = 0.9856474


def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize("kind", populations(()), ids=lambda kind: f"{kind.name}-{kind.count}")
def test_every_population_has_its_size_a_source_and_possible_orbits(kind: Population) -> None:
    launches = np.sort(rng().integers(0, 3, 30))
    orbits = kind.orbits(rng(), np.unique(launches, return_inverse=True)[1])
    assert len(orbits) == 30
    assert len(kind.source) > 10
    assert (orbits.eccentricity >= 0.0).all()
    assert (orbits.eccentricity < 0.9).all()
    assert (orbits.semi_major_axis_km > WGS72_RADIUS_KM + 200.0).all()
    assert (orbits.inclination_rad >= 0.0).all()
    assert (orbits.inclination_rad <= np.pi).all()


def test_the_counts_are_of_about_thirty_thousand_objects() -> None:
    assert sum(kind.count for kind in populations(())) == pytest.approx(30_000, rel=0.02)


def test_a_full_shell_fills_every_plane_evenly() -> None:
    shell = Shell(550.0, 53.0, 72, 22)
    orbits = walker(shell)(rng(), np.zeros(shell.places, np.int64))
    nodes = np.unique(np.round(orbits.raan_rad, 9))
    assert len(nodes) == 72
    assert np.degrees(np.diff(nodes)) == pytest.approx(360.0 / 72)
    assert np.degrees(orbits.inclination_rad) == pytest.approx(53.0)


@pytest.mark.parametrize("kind", CONSTELLATIONS, ids=lambda kind: f"{kind.name}-{kind.count}")
def test_no_two_satellites_of_a_shell_meet(kind: Population) -> None:
    """Kepler's circles of one shell, over one turn: the phasing keeps all of them apart."""
    orbits = kind.orbits(rng(), np.zeros(min(kind.count, 700), np.int64))
    nearest_km = np.inf
    for turn in np.linspace(0.0, 2.0 * np.pi, 60):
        along = orbits.arg_of_perigee_rad + orbits.mean_anomaly_rad + turn
        flat = np.cos(orbits.inclination_rad) * np.sin(along)
        cn, sn = np.cos(orbits.raan_rad), np.sin(orbits.raan_rad)
        x, y = cn * np.cos(along) - sn * flat, sn * np.cos(along) + cn * flat
        z = np.sin(orbits.inclination_rad) * np.sin(along)
        place = np.stack([x, y, z], axis=1)
        cosine = place @ place.T - 2.0 * np.eye(len(place))
        angle = np.arccos(np.clip(cosine.max(), -1.0, 1.0))
        nearest_km = min(nearest_km, angle * orbits.semi_major_axis_km[0])
    assert nearest_km > 8.0


def test_phasing_against_a_published_pattern() -> None:
    """Lang & Adams 1998 list 24/3/1 among usable patterns; a phasing of 0 makes planes meet."""
    assert safe_phasing(Shell(23222.0, 56.0, 3, 8)) != 0


def test_sun_synchronous_planes_follow_the_sun() -> None:
    launches = np.sort(rng().integers(0, 100, 800))
    orbits = sun_synchronous(rng(), np.unique(launches, return_inverse=True)[1])
    node, _, _ = secular_rates_rad_day(orbits)
    assert np.median(np.degrees(node)) == pytest.approx(SUN_DEG_DAY, abs=0.003)
    assert np.abs(np.degrees(node) - SUN_DEG_DAY).max() < 0.03
    inclination = np.degrees(orbits.inclination_rad)
    assert 96.8 < inclination.min() < inclination.max() < 99.6


def test_a_launch_shares_its_plane() -> None:
    launches = np.repeat(np.arange(40), 5)
    for kind in LOW_ORBITS[:3]:
        orbits = kind.orbits(rng(), launches)
        node = np.degrees(orbits.raan_rad).reshape(40, 5)
        assert np.ptp(node, axis=1).max() < 16.0


def test_kept_satellites_stand_over_slots_and_clear_of_the_planted_ones() -> None:
    clear = (132.0, -33.0)
    orbits = kept(clear)(rng(), np.arange(560))
    sky_angle = orbits.raan_rad + orbits.arg_of_perigee_rad + orbits.mean_anomaly_rad
    east = np.degrees(sky_angle - gmst82_rad(np.array([REFERENCE_UTC])))
    off_slot = (east + 0.25) % 0.5 - 0.25
    assert np.abs(off_slot).max() <= 0.061
    for longitude in clear:
        assert np.abs((east - longitude + 180.0) % 360.0 - 180.0).min() > 0.9
    slots, sharing = np.unique(np.round(east % 360.0 * 2.0), return_counts=True)
    assert len(slots) < 500
    assert sharing.max() >= 3
    share = np.histogram(east % 360.0, np.arange(0.0, 361.0, 45.0))[0] / len(east)
    assert share.max() > 2.5 * share.min()


def test_abandoned_satellites_lie_on_the_inclination_cycle() -> None:
    """At most 15 deg, with the node within 90 deg of the vernal equinox (Allan & Cook 1964)."""
    old = next(kind for kind in high_orbits(()) if kind.name == "SIM-GEO-OLD")
    orbits = old.orbits(rng(), np.arange(500))
    assert np.degrees(orbits.inclination_rad.max()) == pytest.approx(15.0, abs=0.1)
    assert (np.cos(orbits.raan_rad) > -1e-9).all()


def test_half_of_the_drifting_objects_lie_in_the_graveyard() -> None:
    """IADC: at least 235 km above the belt."""
    stages = next(kind for kind in high_orbits(()) if kind.name == "SIM-GEO R/B")
    above_km = stages.orbits(rng(), np.arange(600)).semi_major_axis_km - 42166.0
    assert 0.35 < ((above_km > 200.0) & (above_km < 600.0)).mean() < 0.75


def test_molniya_orbits_are_of_twelve_hours_with_the_perigee_in_the_south() -> None:
    orbits = molniya(rng(), np.arange(300))
    period_h = 2.0 * np.pi * np.sqrt(orbits.semi_major_axis_km**3 / 398600.8) / 3600.0
    assert period_h == pytest.approx(11.97, abs=0.06)
    assert (np.sin(orbits.arg_of_perigee_rad) < -0.6).all()
    assert 0.68 < orbits.eccentricity.min() < orbits.eccentricity.max() < 0.75


def test_transfer_orbits_reach_the_belt_from_low_perigees() -> None:
    orbits = transfer(rng(), np.arange(600))
    apogee_km = orbits.semi_major_axis_km * (1 + orbits.eccentricity) - WGS72_RADIUS_KM
    assert (orbits.perigee_km >= 249.0).all()
    assert 0.5 < (np.abs(apogee_km - 35600.0) < 1500.0).mean() < 0.8


def test_a_collision_throws_a_wider_cloud_than_an_explosion() -> None:
    spread = []
    for collision in (False, True):
        parent = Parent(850.0, 860.0, 98.8, "2020-01-01", collision)
        orbits = cloud(parent)(rng(), np.zeros(800, np.int64))
        spread.append(np.std(orbits.semi_major_axis_km))
        assert np.median(np.degrees(orbits.inclination_rad)) == pytest.approx(98.8, abs=0.15)
    assert spread[1] > 1.5 * spread[0]


def test_planes_of_a_cloud_scatter_with_the_years() -> None:
    scatter = []
    for when in ("2025-12-01", "1985-01-01"):
        orbits = cloud(Parent(850.0, 860.0, 74.0, when))(rng(), np.zeros(500, np.int64))
        scatter.append(1.0 - np.abs(np.exp(1j * orbits.raan_rad).mean()))
    assert scatter[0] < 0.1
    assert scatter[1] > 0.8


def test_old_clouds_have_lost_what_the_air_takes_first() -> None:
    young, old = (
        cloud(Parent(600.0, 610.0, 82.0, when))(rng(), np.zeros(300, np.int64)).perigee_km
        for when in ("2025-12-01", "1990-01-01")
    )
    assert np.percentile(old, 10) > np.percentile(young, 10)


def test_clouds_name_their_events() -> None:
    assert sum(kind.count for kind in BREAKUP_CLOUDS) > 7_000
    assert BREAKUP_CLOUDS[0].source.startswith("Fengyun-1C")
