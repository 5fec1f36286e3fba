"""The fall under the air: against the closed form, and in its invariants."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.atmosphere import density_kg_m3, scale_height_km
from hoshimori.numerics.reentry import (
    days_to_reentry,
    published_axis_rate_km_day,
    pull_km_day,
    reentry_factor,
)

EARTH_KM = 6378.135


def fall(height_km: float, rate: float, eccentricity: float = 0.0) -> float:
    axis = np.array([(EARTH_KM + height_km) / (1.0 - eccentricity)])
    return float(days_to_reentry(axis, np.array([eccentricity]), np.array([rate]))[0])


def test_a_round_orbit_falls_as_the_scale_height_says() -> None:
    # In exponential air a circular orbit lasts H over its rate (King-Hele 1987, eq. 4.95); the
    # scale height shrinks on the way down, by a third from 300 to 200 km.
    scale = float(scale_height_km(np.array([300.0]))[0])
    assert 0.6 < fall(300.0, -1.0) / scale < 1.0


@settings(deadline=None)  # the first call loads the kernel
@given(st.floats(150.0, 500.0), st.floats(0.01, 5.0), st.floats(0.0, 0.2))
def test_twice_the_sinking_is_half_the_time(height: float, rate: float, e: float) -> None:
    assert fall(height, -2.0 * rate, e) == pytest.approx(fall(height, -rate, e) / 2.0)


@settings(deadline=None)  # the first call loads the kernel
@given(st.floats(150.0, 450.0), st.floats(5.0, 40.0))
def test_of_orbits_that_sink_alike_the_higher_lasts_longer(height: float, more: float) -> None:
    assert fall(height + more, -0.5) > fall(height, -0.5)


def test_eccentric_orbits_lose_their_apogee_first() -> None:
    # The same rate of the axis, but a whole ellipse to lose before the end.
    assert fall(200.0, -1.0, 0.05) > 3.0 * fall(200.0, -1.0)


def test_what_does_not_sink_does_not_end() -> None:
    assert fall(200.0, 0.0) == np.inf
    assert fall(200.0, 0.1) == np.inf
    assert fall(80.0, -1.0) == 0.0


def test_the_published_rate_is_doubled() -> None:
    axis = np.array([6678.0])
    rate = published_axis_rate_km_day(axis, np.array([15.9]), np.array([1e-3]))
    assert rate[0] == pytest.approx(-2.0 / 3.0 * 6678.0 / 15.9 * 2e-3)


def test_an_orbit_sinks_as_the_air_of_its_height_pulls() -> None:
    # Of round orbits da/dt = -sqrt(mu a) rho for one square metre a kilogram (King-Hele 1987).
    axis = np.array([EARTH_KM + 200.0])
    metres = np.sqrt(3.986008e14 * axis * 1e3) * density_kg_m3(np.array([200.0]))
    assert pull_km_day(axis, np.zeros(1)) == pytest.approx(metres * 86.4, rel=1e-6)


def test_windows_widen_with_the_time_that_remains() -> None:
    factors = [reentry_factor(days) for days in (1.0, 10.0, 60.0, 1000.0)]
    assert factors == sorted(factors)
    assert factors[0] > 1.2
    assert reentry_factor(10.0, 0.3) > reentry_factor(10.0, 0.1) > factors[1]


def test_a_horizon_changes_nothing_within_it_and_ends_what_lies_beyond() -> None:
    random = np.random.default_rng(5)
    axis_km, eccentricity = random.uniform(6500.0, 6850.0, 400), random.uniform(0.0, 0.01, 400)
    rates = -np.exp(random.uniform(-7.0, 1.0, 400))
    rates[:20] = 0.0
    whole = days_to_reentry(axis_km, eccentricity, rates)
    within = days_to_reentry(axis_km, eccentricity, rates, within_days=60.0)
    soon = whole <= 60.0
    assert 20 < np.count_nonzero(soon) < 380
    assert np.array_equal(within[soon], whole[soon])
    # The last step may reach beyond the horizon before it is noticed.
    late = ~soon & np.isfinite(within)
    assert np.array_equal(within[late], whole[late])
    assert np.count_nonzero(np.isinf(within)) > 100
