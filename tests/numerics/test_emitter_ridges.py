"""Bent areas: outlines on which chi-square has risen by what 95 % asks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.made_signals import KNOWN, TWO_GEO, TWO_LEO, Made

from hoshimori.numerics.emitter_areas import RISE, ellipse_of, outline, rise_on_edge
from hoshimori.numerics.emitter_fit import normal_at
from hoshimori.numerics.emitter_ridges import bent_outline
from hoshimori.numerics.surface import east_north_km


def outlines(made: Made) -> tuple[np.ndarray, np.ndarray, float]:
    """Return rises on the bent outline, its places on a map, and the least rise on the ellipse."""
    situation = made.situation()
    latitude, longitude = np.radians(made.place_deg).tolist()
    fit = normal_at(situation, np.array([latitude]), np.array([longitude]))
    ellipse = ellipse_of(fit.matrix[0])
    ring = bent_outline(situation, latitude, longitude, ellipse)
    rises = normal_at(situation, *ring.T).chi_square - fit.chi_square[0]
    least, most = rise_on_edge(situation, latitude, longitude, ellipse)
    return rises, east_north_km(latitude, longitude, *ring.T), max(RISE / least, most / RISE)


def test_where_lines_are_straight_it_is_the_ellipse() -> None:
    rises, points, off = outlines(TWO_LEO)
    assert off < 1.1
    assert rises == pytest.approx(np.full(len(rises), RISE), rel=0.1)
    latitude, longitude = np.radians(TWO_LEO.place_deg)
    fit = normal_at(TWO_LEO.situation(), np.array([latitude]), np.array([longitude]))
    ring = outline(float(latitude), float(longitude), ellipse_of(fit.matrix[0]))
    reach = np.hypot(*east_north_km(latitude, longitude, *ring.T).T).max()
    assert np.hypot(*points.T).max() == pytest.approx(reach, rel=0.05)


def test_without_references_the_belt_gives_a_bent_area() -> None:
    unsure = replace(KNOWN, frequency_hz=np.full(3, 2.0))
    made = replace(TWO_GEO, references_deg=(), place_deg=(31.0, 35.0), errors=unsure)
    rises, points, off = outlines(made)
    assert off > 1.4
    assert np.hypot(*points.T).max() > 100.0
    # Along the sides, not at the ends where it is cut, chi-square is that of 95 %.
    assert np.median(np.abs(rises - RISE)) < 0.1 * RISE


def test_it_runs_counter_clockwise_around_the_best_place() -> None:
    for made in (TWO_LEO, replace(TWO_GEO, references_deg=())):
        _, points, _ = outlines(made)
        following = np.roll(points, -1, axis=0)
        area = (points[:, 0] * following[:, 1] - points[:, 1] * following[:, 0]).sum()
        assert area > 0.0
