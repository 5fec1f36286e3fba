"""Differences of arrival: signs, against followed signals, and how they change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made_signals import GEO, LEO, Made, site

from hoshimori.numerics.arrivals import differences

TEN_PICOSECONDS = 1e-11
TEN_MILLIHERTZ = 0.01


def test_the_sign_of_time_is_first_minus_second() -> None:
    """Under the first satellite the signal reaches it earlier: TDOA is negative."""
    made = Made((0.0, 0.0), LEO[:2], kinds=(0,))
    first, second = (orbit.fixed_at(0.0)[0] for orbit in LEO[:2])
    arrivals = made.situation().arrivals
    near_first = first / np.linalg.norm(first) * 6378.0
    near_second = second / np.linalg.norm(second) * 6378.0
    assert differences(arrivals, near_first).value[0] < 0.0
    assert differences(arrivals, near_second).value[0] > 0.0
    apart_s = np.linalg.norm(first - second) / 299792.458
    assert abs(differences(arrivals, near_first).value[0]) < apart_s


def test_the_sign_of_frequency_is_first_minus_second() -> None:
    """The satellite that comes nearer receives the higher frequency."""
    arrivals = Made((0.0, 0.0), LEO[:2], kinds=(1,)).situation().arrivals
    place = site(30.0, 25.0)
    sight = place - arrivals.position_km[0]
    closing = (arrivals.velocity_km_s[0] * sight).sum(axis=-1) / np.linalg.norm(sight, axis=-1)
    told = differences(arrivals, place).value[0]
    assert told == pytest.approx(1.6e9 * (closing[0] - closing[1]) / 299792.458, abs=10.0)
    turned = replace(arrivals, position_km=arrivals.position_km[:, ::-1],
                     velocity_km_s=arrivals.velocity_km_s[:, ::-1])  # fmt: skip
    assert differences(turned, place).value[0] == pytest.approx(-told, abs=10.0)


@pytest.mark.parametrize(
    "made",
    [
        Made((34.0, 20.0), LEO, pairs=((0, 1), (0, 2), (1, 2)), times_s=(-60.0, 60.0)),
        Made((48.0, 8.0), GEO, carrier_hz=14e9),
        Made((48.0, 8.0), GEO, station_deg=(50.0, 1.0), carrier_hz=14e9),
        Made((-26.0, 28.0), (GEO[0], LEO[0]), station_deg=(0.0, 20.0)),
    ],
    ids=["low", "belt", "belt by way of a station", "belt and low by way of a station"],
)
def test_they_are_what_a_followed_signal_gives(made: Made) -> None:
    """Source: exercise.made_arrivals, which follows the signal in a frame that does not turn."""
    arrivals = made.situation().arrivals
    off = differences(arrivals, site(*made.place_deg)).value - arrivals.value
    is_far = made.station_deg is not None and made.orbits[1] is LEO[0]
    assert np.abs(off[~arrivals.is_frequency]).max() < (1e-8 if is_far else TEN_PICOSECONDS)
    assert np.abs(off[arrivals.is_frequency]).max() < (2.0 if is_far else TEN_MILLIHERTZ)


def test_of_a_reference_nothing_changes_with_the_place_that_is_sought() -> None:
    made = Made((48.0, 8.0), GEO, references_deg=((52.0, 13.0),))
    arrivals = made.situation().arrivals
    assert arrivals.is_sought.tolist() == [True, True, False, False]
    one, other = (differences(arrivals, site(*place)) for place in ((48.0, 8.0), (10.0, 0.0)))
    np.testing.assert_array_equal(one.value[2:], other.value[2:])
    assert not one.by_emitter[2:].any()


@settings(max_examples=15, deadline=None)
@given(st.floats(-10.0, 50.0), st.floats(-10.0, 30.0), st.booleans())
def test_changes_are_those_of_small_steps(latitude: float, longitude: float, relays: bool) -> None:
    made = Made((latitude, longitude), GEO, station_deg=(50.0, 1.0) if relays else None)
    arrivals = made.situation().arrivals
    place = site(latitude, longitude)
    told = differences(arrivals, place)
    step = 0.5
    for axis in range(3):
        shift = np.eye(3)[axis] * step
        slope = (differences(arrivals, place + shift).value
                 - differences(arrivals, place - shift).value) / (2.0 * step)  # fmt: skip
        np.testing.assert_allclose(told.by_emitter[:, axis], slope, rtol=1e-3, atol=1e-9)
        for side in (0, 1):
            near = np.zeros((2, 3))
            near[side, axis] = step
            ahead, behind = (
                differences(
                    replace(arrivals, position_km=arrivals.position_km + sign * near), place
                )
                for sign in (1.0, -1.0)
            )
            slope = (ahead.value - behind.value) / (2.0 * step)
            np.testing.assert_allclose(told.by_position[:, side, axis], slope, rtol=2e-3, atol=5e-5)
