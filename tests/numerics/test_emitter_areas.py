"""Ellipses, outlines and lines of position."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_signals import TWO_GEO, TWO_LEO

from hoshimori.numerics.emitter_areas import (
    RISE,
    Ellipse,
    chance_of,
    ellipse_of,
    is_inside,
    lines_of_position,
    outline,
    rise_on_edge,
)
from hoshimori.numerics.emitter_fit import normal_at
from hoshimori.numerics.surface import east_north_km


@settings(max_examples=20, deadline=None)
@given(st.floats(0.1, 100.0), st.floats(1.0, 50.0), st.floats(0.0, 3.1))
def test_an_ellipse_comes_back_from_its_information(
    minor: float, ratio: float, azimuth: float
) -> None:
    east, north = math.sin(azimuth), math.cos(azimuth)
    axes = np.array([[east, north], [-north, east]])
    sizes = np.array([minor * ratio, minor])
    matrix = axes.T @ np.diag(RISE / sizes**2) @ axes
    found = ellipse_of(matrix)
    assert (found.semi_major_km, found.semi_minor_km) == pytest.approx(tuple(sizes))
    if ratio > 1.01:
        apart = (found.azimuth_rad - azimuth + math.pi / 2) % math.pi - math.pi / 2
        assert abs(apart) < 1e-6
    for point in found.points_km(8):
        assert is_inside(matrix, 0.999 * point)
        assert not is_inside(matrix, 1.001 * point)


def test_the_size_is_that_of_two_degrees_of_freedom() -> None:
    """Source: chi-square of two degrees of freedom, 95 %: 5.991 (any table)."""
    assert pytest.approx(5.9915, abs=1e-4) == RISE


def test_the_outline_runs_counter_clockwise_at_its_distances() -> None:
    middle = math.radians(48.0), math.radians(179.9)
    ring = outline(*middle, Ellipse(60.0, 20.0, math.radians(30.0)))
    points = east_north_km(*middle, ring[:, 0], ring[:, 1])
    radii = np.hypot(*points.T)
    assert (radii.max(), radii.min()) == pytest.approx((60.0, 20.0), rel=1e-3)
    following = np.roll(points, -1, axis=0)
    assert (points[:, 0] * following[:, 1] - points[:, 1] * following[:, 0] > 0.0).all()


def test_on_the_edge_chi_square_has_risen_by_what_the_ellipse_says() -> None:
    situation = TWO_LEO.situation()
    latitude, longitude = np.radians(TWO_LEO.place_deg)
    matrix = normal_at(situation, np.array([latitude]), np.array([longitude])).matrix[0]
    low, high = rise_on_edge(situation, float(latitude), float(longitude), ellipse_of(matrix))
    assert (low, high) == pytest.approx((RISE, RISE), rel=0.05)


def test_lines_of_position_go_through_the_emitter_and_give_what_was_measured() -> None:
    situation = TWO_GEO.situation()
    latitude, longitude = np.radians(TWO_GEO.place_deg)
    lines = lines_of_position(situation, float(latitude), float(longitude), 300.0)
    assert [line.row for line in lines] == np.flatnonzero(situation.arrivals.is_sought).tolist()
    for line in lines:
        middle = east_north_km(latitude, longitude, *line.places_rad[20:21].T)[0]
        assert np.hypot(*middle) < 0.01
        off = normal_at(situation, *line.places_rad.T).off[:, line.row]
        assert np.abs(off).max() < 0.5
        ends = east_north_km(latitude, longitude, *line.places_rad[[0, -1]].T)
        assert (np.hypot(*ends.T) > 200.0).all()


def test_chance_falls_as_chi_square_grows() -> None:
    """Source: tables of chi-square, 5 degrees of freedom: 11.07 at 5 %."""
    assert chance_of(11.0705, 5) == pytest.approx(0.05, abs=1e-5)
    assert chance_of(3.0, 0) is None
