"""Secular orbits against full SGP4, and against themselves."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.breakup_cloud import cloud_at
from hoshimori.numerics.breakup_crossings import crossings_per_day
from hoshimori.numerics.breakup_groups import plane_groups
from hoshimori.numerics.breakup_orbits import (
    OrbitShapes,
    advanced_elements,
    passes_min,
    secular_orbits,
    shapes_at,
    velocities_km_s,
)
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise, propagate

EPOCH = np.datetime64("2026-03-01T00:00", "us")


def orbits_of(
    *, e: list[float], i_deg: list[float], rev_day: list[float], bstar: float = 0.0
) -> MeanElements:
    n = len(e)
    return MeanElements(
        epoch_utc=np.full(n, EPOCH),
        mean_motion_kozai_rad_min=np.array(rev_day) * 2.0 * np.pi / 1440.0,
        eccentricity=np.array(e),
        inclination_rad=np.radians(i_deg),
        raan_rad=np.linspace(0.1, 5.0, n),
        arg_of_perigee_rad=np.linspace(0.3, 4.0, n),
        mean_anomaly_rad=np.linspace(0.2, 3.0, n),
        bstar_per_er=np.full(n, bstar),
    )


MIXED = orbits_of(
    e=[0.001, 0.02, 0.7, 0.0005], i_deg=[98.0, 74.0, 63.4, 5.0], rev_day=[14.5, 14.2, 2.006, 1.0027]
)


@pytest.mark.parametrize("days", [-60.0, 0.0, 45.0])
def test_planes_and_radii_agree_with_sgp4(days: float) -> None:
    """Full SGP4 states lie in the secular planes and on the secular ellipses, but for periodics.

    Those are 0.02 degrees and 15 km in low orbits, and more in deep space by Sun and Moon.
    """
    utc = EPOCH + np.timedelta64(round(days * 86400e6), "us")
    shapes = shapes_at(secular_orbits(MIXED), utc)
    states = propagate(initialise(MIXED), utc, np.linspace(0.0, 86400.0, 97))
    for row, (plane_deg, share) in enumerate(
        [(0.05, 0.003), (0.05, 0.003), (0.8, 0.05), (0.8, 0.003)]
    ):
        position = states.position_teme_km[row]
        radius = np.linalg.norm(position, axis=1)
        off = np.arcsin(np.abs(position @ shapes.normal[row] / radius))
        allowed = plane_deg + 8.0 * abs(np.cos(MIXED.inclination_rad[row]))  # a day of precession
        assert np.degrees(off).max() < allowed
        direction = position[0] / radius[0]
        wanted = shapes.take(np.array([row])).radius_km(direction)[0]
        assert wanted == pytest.approx(radius[0], rel=share)


def test_elements_of_a_later_epoch_are_the_same_orbits() -> None:
    low = MIXED.take(np.array([0, 1]))
    later = advanced_elements(low, np.full(2, EPOCH + np.timedelta64(50, "D")))
    back = advanced_elements(later, low.epoch_utc)
    for name in ("raan_rad", "arg_of_perigee_rad", "eccentricity", "mean_motion_kozai_rad_min"):
        assert getattr(back, name) == pytest.approx(getattr(low, name), abs=1e-6)
    shapes = [shapes_at(secular_orbits(one), EPOCH) for one in (low, later)]
    assert np.allclose(shapes[0].normal, shapes[1].normal, atol=1e-6)


def test_drag_weakened_to_nothing_is_no_drag() -> None:
    draggy = orbits_of(e=[0.01], i_deg=[80.0], rev_day=[15.2], bstar=5e-4)
    utc = EPOCH - np.timedelta64(30, "D")
    without = shapes_at(secular_orbits(orbits_of(e=[0.01], i_deg=[80.0], rev_day=[15.2])), utc)
    weakened = shapes_at(secular_orbits(draggy).with_drag(0.0), utc)
    full = shapes_at(secular_orbits(draggy), utc)
    assert weakened.parameter_km == pytest.approx(without.parameter_km, rel=1e-9)
    assert full.parameter_km[0] > without.parameter_km[0] + 1.0


def test_an_object_passes_a_direction_once_a_revolution_and_is_there_then() -> None:
    low = MIXED.take(np.array([0, 1]))
    orbits = secular_orbits(low)
    direction = np.array([0.6, 0.3, np.sqrt(1 - 0.45)])
    passes = passes_min(orbits, direction, EPOCH, 300.0)
    for row in range(2):
        found = np.sort(passes[row][np.isfinite(passes[row])])
        assert np.diff(found) == pytest.approx(orbits.period_min[row], rel=0.01)
        shapes = shapes_at(orbits, EPOCH)
        inside = direction - (shapes.normal[row] @ direction) * shapes.normal[row]
        state = propagate(
            initialise(low.take(np.array([row]))), EPOCH, np.array([60.0 * found[0]])
        ).position_teme_km[0, 0]
        cosine = inside @ state / np.linalg.norm(inside) / np.linalg.norm(state)
        assert np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))) < 0.4


def test_velocities_change_by_what_was_added() -> None:
    """Two orbits through one point differ there by the velocity that separates them."""
    shapes = circular(3, 0.0)
    direction = np.array([1.0, 0.0, 0.0])
    velocity = velocities_km_s(shapes, direction)
    assert np.linalg.norm(velocity, axis=1) == pytest.approx(np.sqrt(398600.8 / 7000.0), rel=1e-9)
    cloud = cloud_at(shapes, direction, velocity[0])
    assert np.abs(cloud.delta_v_rtn_m_s[0]).max() < 1e-9
    assert cloud.speed_m_s[1] == pytest.approx(2 * 7546.0 * np.sin(np.radians(0.5)), rel=1e-3)


def circular(n: int, gap_deg: float) -> OrbitShapes:
    """Circles of 7000 km that share the x axis, one degree of tilt from one to the next."""
    tilt = np.radians(90.0 + np.arange(n) + gap_deg)
    normal = np.stack([np.zeros(n), -np.sin(tilt), np.cos(tilt)], axis=1)
    return OrbitShapes(normal, np.zeros((n, 3)), np.full(n, 7000.0))


def test_crossings_agree_with_all_phases_tried() -> None:
    """Two circles at right angles, 4 km apart in height, at every phase to each other."""
    asset = OrbitShapes(np.array([[0.0, 0.0, 1.0]]), np.zeros((1, 3)), np.array([7000.0]))
    other = OrbitShapes(np.array([[0.0, -1.0, 0.0]]), np.zeros((1, 3)), np.array([7004.0]))
    rate = crossings_per_day(asset, other, 10.0)[0]
    speed = np.sqrt(398600.8 / 7000.0)
    reach_km = np.sqrt(10.0**2 - 4.0**2)
    # At each node the fragment may be up to reach * sqrt(2) early or late along its track.
    period = 2.0 * np.pi * 7000.0 / speed
    offsets = np.linspace(0.0, period, 1_000_001)
    late = np.minimum(offsets, period - offsets) * speed
    closest = late / np.sqrt(2.0)
    share = np.mean(closest < reach_km)
    assert rate == pytest.approx(2.0 * share * 86400.0 / period, rel=0.01)
    assert crossings_per_day(asset, other, 3.0)[0] == 0.0


def test_orbits_in_one_plane_are_one_group_and_others_are_not() -> None:
    near, far = circular(3, 0.0), circular(2, 40.0)
    joined = OrbitShapes(*(np.concatenate([getattr(near, f), getattr(far, f)]) for f in
                           ("normal", "eccentricity", "parameter_km")))  # fmt: skip
    numbers = plane_groups(joined)
    assert len(set(numbers[:3])) == 1
    assert len(set(numbers[3:])) == 1
    assert numbers[0] != numbers[3]
