"""Every place that fits is told: mirrors, hidden ones; what cannot be located is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.made_signals import LEO, TWO_GEO, TWO_LEO, Made

from hoshimori.errors import CoverageError
from hoshimori.numerics.emitter_search import footprint_points, found_places, geometry_at
from hoshimori.numerics.surface import east_north_km


def test_two_satellites_at_one_moment_leave_a_mirror_place() -> None:
    """Left and right of the track give nearly the same: both are told, the true one among them."""
    made = Made((34.0, 20.0), LEO[:2])
    places = found_places(made.situation()).places
    assert len(places) == 2
    latitude, longitude = np.radians(made.place_deg)
    steps = [
        east_north_km(lat, lon, np.array(latitude), np.array(longitude))
        for lat, lon in zip(places.latitude_rad, places.longitude_rad, strict=True)
    ]
    far = sorted(float(np.hypot(*step)) for step in steps)
    assert far[0] < 0.01
    assert far[1] > 300.0


def test_further_moments_tell_the_mirror_apart() -> None:
    search = found_places(TWO_LEO.situation())
    assert len(search.places) == 1


def test_one_measurement_is_refused_with_what_to_do() -> None:
    made = Made((34.0, 20.0), LEO[:2], kinds=(0,))
    with pytest.raises(CoverageError, match=r"1 measurement.*no area.*add a difference"):
        found_places(made.situation())


def test_the_same_line_twice_is_no_area() -> None:
    arrivals = Made((34.0, 20.0), LEO[:2], kinds=(0,)).situation().arrivals
    twice = arrivals.take(np.array([0, 0]))
    situation = replace(Made((34.0, 20.0), LEO[:2]).situation(), arrivals=twice)
    with pytest.raises(CoverageError, match="lines of position do not cross"):
        found_places(situation)


def test_satellites_that_no_place_sees_together_are_refused() -> None:
    arrivals = TWO_LEO.situation().arrivals
    behind = arrivals.position_km.copy()
    behind[:, 1] *= -1.0
    with pytest.raises(CoverageError, match="no place on the Earth sees both"):
        footprint_points(replace(arrivals, position_km=behind), 100)


def test_starts_see_every_satellite() -> None:
    arrivals = TWO_GEO.situation().arrivals
    latitude, longitude = footprint_points(arrivals, 100)
    assert 60 < len(latitude) < 160
    assert (np.abs(np.degrees(longitude) - 11.5) < 82.0).all()


def test_the_geometry_of_a_pair_in_line_with_the_place() -> None:
    along = Made((34.0, 20.0), LEO[:2]).situation()
    latitude, longitude = np.radians([34.0, 20.0])
    geometry = geometry_at(along, float(latitude), float(longitude))
    assert geometry.sees_a_pair
    assert 0.0 < geometry.lowest_elevation_rad < np.pi / 2
    assert np.degrees(geometry.crossing_rad) > 10.0
    far_off = geometry_at(along, float(latitude), float(longitude) + np.pi)
    assert not far_off.sees_a_pair
    assert far_off.lowest_elevation_rad < 0.0
