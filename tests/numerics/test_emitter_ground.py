"""The ground from which all disturbed aircraft are in sight."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.emitter_ground import common_ground

MIDDLE = (50.0, 15.0)


def test_one_place_has_a_circle_of_its_reach() -> None:
    ground = common_ground(MIDDLE, np.array([MIDDLE]), np.array([200.0]))
    assert ground is not None
    one_step_km = 4.0
    assert ground.within_km == pytest.approx(200.0, abs=one_step_km)
    assert ground.area_km2 == pytest.approx(np.pi * 200.0**2, rel=0.03)


def test_lower_flights_narrow_it_and_never_widen() -> None:
    places = np.array([[50.0, 15.0], [51.0, 15.0], [49.5, 16.0]])
    wide = common_ground(MIDDLE, places, np.full(3, 460.0))
    narrow = common_ground(MIDDLE, places, np.array([460.0, 130.0, 460.0]))
    assert wide is not None
    assert narrow is not None
    assert narrow.area_km2 < 0.2 * wide.area_km2


def test_places_too_far_apart_have_no_common_ground() -> None:
    places = np.array([[50.0, 10.0], [50.0, 20.0]])
    assert common_ground(MIDDLE, places, np.full(2, 300.0)) is None
    assert common_ground(MIDDLE, places, np.full(2, 400.0)) is not None
