"""The NASA standard break-up model against the values of its paper."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.breakup_forecast import expected_fragments, modelled_cloud
from hoshimori.numerics.breakup_model import (
    Body,
    Fragmentation,
    collision_fragments,
    draw_kick_km_s,
    draw_log_area_to_mass,
    draw_log_size,
    explosion_fragments,
    log_speed,
)


def test_counts_follow_the_power_laws() -> None:
    """Johnson et al. 2001, eqs. 2 and 4, worked by hand."""
    assert explosion_fragments(0.1) == pytest.approx(238.9, abs=0.1)
    assert collision_fragments(0.1, 1000.0) == pytest.approx(912.0, abs=0.5)
    assert explosion_fragments(0.2) < explosion_fragments(0.1)


@pytest.mark.parametrize(
    ("body", "log_size", "mean"),
    [
        # Worked from eqs. 6 and 7 at L = 0.1 m and 1 m: share * mu1 + (1 - share) * mu2.
        (Body.SPACECRAFT, -1.0, 0.38 * -0.6318 + 0.62 * -1.2),
        (Body.SPACECRAFT, 0.0, 0.78 * -0.9498 + 0.22 * -1.9998),
        (Body.UPPER_STAGE, -1.0, 0.85716 * -0.45 + 0.14284 * -0.9),
        (Body.UPPER_STAGE, 0.0, 0.50006 * -0.9 + 0.49994 * -0.9),
    ],
)
def test_area_to_mass_has_the_means_of_the_paper(body: Body, log_size: float, mean: float) -> None:
    sizes = np.full(40_000, log_size)
    drawn = draw_log_area_to_mass(np.random.default_rng(1), sizes, body)
    assert drawn.mean() == pytest.approx(mean, abs=0.02)


@pytest.mark.parametrize("kind", Fragmentation)
def test_speeds_have_the_median_of_the_paper_and_no_direction(kind: Fragmentation) -> None:
    light = np.full(20_000, -1.0)
    kicks = draw_kick_km_s(np.random.default_rng(2), light, kind)
    speed = 1000.0 * np.linalg.norm(kicks, axis=1)
    mean, _ = log_speed(light[:1], kind)
    assert np.median(speed) == pytest.approx(10.0 ** mean[0], rel=0.03)
    assert np.abs(kicks.mean(axis=0)).max() < 0.03 * np.median(np.linalg.norm(kicks, axis=1))


def test_sizes_lie_between_the_bounds_and_are_mostly_small() -> None:
    drawn = 10.0 ** draw_log_size(np.random.default_rng(3), 10_000, Fragmentation.COLLISION, 0.1, 1)
    assert drawn.min() >= 0.1
    assert drawn.max() <= 1.0
    assert np.median(drawn) == pytest.approx(0.1 * 2 ** (1 / 1.71), rel=0.02)


def test_a_known_mass_narrows_the_number_of_a_collision() -> None:
    few, many = expected_fragments(Fragmentation.COLLISION)
    exact = expected_fragments(Fragmentation.COLLISION, 1000.0)
    assert few < exact[0] == exact[1] < many


def test_a_modelled_cloud_starts_at_the_point_and_spreads_with_the_days() -> None:
    position, velocity = np.array([7178.0, 0.0, 0.0]), np.array([0.0, 2.0, 7.17])
    clouds = [
        modelled_cloud(
            position, velocity, Fragmentation.COLLISION, days, 500, np.random.default_rng(4)
        )
        for days in (0.0, 200.0)
    ]
    direction = position / 7178.0
    off = [np.abs(c.normal @ direction)[np.isfinite(c.parameter_km)] for c in clouds]
    assert off[0].max() < 1e-9
    assert np.std(off[1]) > 0.02
    at_start = clouds[0].radius_km(direction)
    assert np.nanmax(np.abs(at_start - 7178.0)) < 1e-6
