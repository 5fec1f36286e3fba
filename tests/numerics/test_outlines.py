"""Outlines on the Earth: sizes of known shapes, and what lies in them wherever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.emitter_areas import Ellipse, outline
from hoshimori.numerics.outlines import apart_km, area_km2, holds, length_km, middle_deg
from hoshimori.numerics.surface import around

PLACES = ((0.0, 0.0), (47.0, 179.99), (-33.0, -179.5), (89.5, 20.0), (-64.0, 120.0))


def ring_of(ellipse: Ellipse, place: tuple[float, float]) -> list[tuple[float, float]]:
    edge = np.degrees(outline(*np.radians(place).tolist(), ellipse))
    return [(lat, lon) for lat, lon in edge.tolist()]


@pytest.mark.parametrize("place", PLACES)
def test_an_ellipse_has_its_area_and_length_anywhere(place: tuple[float, float]) -> None:
    """Source: pi a b; 72 corners of it cover 0.13 % less."""
    ellipse = Ellipse(120.0, 40.0, 0.7)
    ring = ring_of(ellipse, place)
    assert area_km2(ring) == pytest.approx(ellipse.area_km2, rel=0.012)
    assert length_km(ring) == pytest.approx(240.0, rel=0.006)
    middle = np.array(middle_deg(ring)) - place
    assert abs(middle[0]) < 0.02
    assert holds(ring, place)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(PLACES), st.floats(0.0, 2.0 * np.pi), st.floats(0.0, 3.0))
def test_what_is_within_is_within(place: tuple[float, float], turn: float, away: float) -> None:
    ellipse = Ellipse(120.0, 40.0, 0.7)
    along, across = away * 120.0 * np.cos(turn), away * 40.0 * np.sin(turn)
    east = along * np.sin(0.7) - across * np.cos(0.7)
    north = along * np.cos(0.7) + across * np.sin(0.7)
    there = np.degrees(around(*np.radians(place).tolist(), np.array(east), np.array(north)))
    other = float(there[0]), float(there[1])
    ring = ring_of(ellipse, place)
    if abs(away - 1.0) > 0.02:
        assert holds(ring, other) is (away < 1.0)
        assert (apart_km(ring, other) == 0.0) is (away < 1.0)


def test_a_place_beside_is_as_far_as_it_is() -> None:
    ring = ring_of(Ellipse(50.0, 50.0, 0.0), (10.0, 20.0))
    assert apart_km(ring, (11.0, 20.0)) == pytest.approx(111.2 - 50.0, abs=0.8)
