"""Expected errors against measured ones."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.uncertainty import (
    covariance_teme_km2,
    element_sigma_rtn_km,
    interval_km,
    miss_sigma_km,
    range_sigma_km,
    rtn_covariance_to_teme_km2,
)

T0 = np.datetime64("2025-03-03T00:00:00", "us")
REV_DAY = 2.0 * np.pi / 1440.0
MEASURED_REV_DAY = {"Jason-1": 12.809, "Sentinel-3A": 14.267, "TOPEX": 12.81}


def orbit(rev_day: float, e: float = 1e-3) -> MeanElements:
    return MeanElements(
        np.array([T0]),
        np.array([rev_day * REV_DAY]),
        np.array([e]),
        *np.full((4, 1), 0.5),
        np.array([1e-4]),
    )


def test_expected_errors_cover_the_measured_ones(shared_data: Path) -> None:
    table = shared_data / "ephemerides" / "tle_error_measured.csv"
    for row in csv.DictReader(table.read_text().splitlines()):
        low, high = (float(x) for x in row["propagation_age_days"].split(".."))
        measured = [float(row[f"median_rms_{axis}_km"]) for axis in ("radial", "along", "cross")]
        oldest = np.array([max(abs(low), abs(high))])
        sigma = element_sigma_rtn_km(orbit(MEASURED_REV_DAY[row["satellite"]]), oldest)[0]
        # An RMS feels the tails that a scale does not: TOPEX of 1997 across its plane is at 0.86.
        assert (sigma >= 0.85 * np.array(measured)).all(), row


@pytest.mark.parametrize(
    ("rev_day", "e"), [(15.9, 1e-3), (15.2, 1e-3), (14.2, 1e-3), (2.0, 1e-3), (1.0027, 0), (2, 0.7)]
)
def test_errors_grow_with_age_either_way_and_never_vanish(rev_day: float, e: float) -> None:
    ages = [np.array([days]) for days in (0.0, 1.0, -1.0, 7.0)]
    now, day, before, week = (element_sigma_rtn_km(orbit(rev_day, e), age)[0] for age in ages)
    assert (now >= 0.3).all()
    assert (week >= day).all()
    np.testing.assert_array_equal(day, before)


def test_the_belt_has_a_floor_of_several_kilometres() -> None:
    assert element_sigma_rtn_km(orbit(1.0027, 0.0), np.zeros(1))[0, 1] >= 3.0


def test_thrust_in_a_crowded_shell_makes_element_sets_worse() -> None:
    one = orbit(15.06)
    coasting, driven = (
        element_sigma_rtn_km(one, np.ones(1), in_shell=np.array([kept]))[0]
        for kept in (False, True)
    )
    assert driven[1] > 3.0 * coasting[1]


def test_a_covariance_keeps_its_axes_and_only_errors_across_the_motion_change_a_miss() -> None:
    position, velocity = np.array([[7000.0, 0.0, 0.0]]), np.array([[0.0, 5.0, 5.0]])
    covariance = covariance_teme_km2(position, velocity, np.array([[1.0, 4.0, 2.0]]))
    np.testing.assert_allclose(np.linalg.eigvalsh(covariance)[0], [1.0, 4.0, 16.0])
    assert range_sigma_km(covariance)[0] == pytest.approx(4.0)
    assert miss_sigma_km(covariance, velocity)[0] == pytest.approx(2.0)


@given(st.tuples(*[st.floats(-9.0, 9.0)] * 6), st.tuples(*[st.floats(0.01, 9.0)] * 3))
def test_a_diagonal_covariance_turns_like_its_standard_deviations(
    state: tuple[float, ...], sigma: tuple[float, ...]
) -> None:
    position = np.add(state[:3], [20.0, 0.0, 0.0])
    velocity = np.add(state[3:], [0.0, 20.0, 0.0])
    turned = rtn_covariance_to_teme_km2(position, velocity, np.diag(np.square(sigma)))
    np.testing.assert_allclose(
        turned, covariance_teme_km2(position, velocity, np.array(sigma)), rtol=0, atol=1e-9
    )


def test_an_interval_never_claims_certainty_nor_less_than_nothing() -> None:
    assert interval_km(1.0, 0.7) == pytest.approx((0.0, 1.0, 2.4))
    low, best, high = interval_km(0.0, 0.5)
    assert low == best == 0.0 < high
