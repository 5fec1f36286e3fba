"""How fast orbits sink: made falls in exponential air, with burns, other drag and bad sets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from hoshimori.numerics.sinking import Sinking, sinking_now

Floats = npt.NDArray[np.float64]
SCALE_KM = 50.0
DAYS = np.arange(0.0, 15.0, 0.4)


def told(days: Floats, axis_km: Floats, noise_km: float = 0.01) -> Sinking:
    axis_km = axis_km + noise_km * np.random.default_rng(3).normal(size=len(days))
    pull = np.exp(-(axis_km - 6700.0) / SCALE_KM)
    ends = np.array([0]), np.array([len(days)])
    return sinking_now(days, axis_km, pull, *ends)


def in_air(days: Floats, left_days: float) -> Floats:
    """A round orbit in exponential air: the height is a logarithm of what remains."""
    return 6700.0 + SCALE_KM * np.log(left_days + days[-1] - days)


@pytest.mark.parametrize("left_days", [2.0, 8.0, 40.0])
def test_the_rate_is_that_of_now(left_days: float) -> None:
    found = told(DAYS, in_air(DAYS, left_days))
    # da/dt of the logarithm; the plain slope of five days is a third of it two days before.
    assert found.rate_km_day[0] == pytest.approx(SCALE_KM / left_days, rel=0.02)
    assert not found.changed[0]


def test_after_a_burn_the_lower_orbit_sinks_as_its_air_says() -> None:
    # It sinks by 0.1 km a day, and by a burn comes two scale heights lower half a day ago.
    axis = 6750.0 - 0.1 * DAYS
    axis[-1] -= 2.0 * SCALE_KM
    found = told(DAYS, axis, noise_km=0.0)
    assert found.rate_km_day[0] == pytest.approx(0.1 * np.exp(2.0), rel=0.05)


def test_another_drag_is_told_from_what_followed_it() -> None:
    axis = 6700.0 - 0.02 * DAYS - 3.0 * np.maximum(DAYS - 12.0, 0.0)
    found = told(DAYS, axis)
    assert found.changed[0]
    assert found.over_days[0] <= 3.0
    assert found.rate_km_day[0] == pytest.approx(3.02, rel=0.15)


def test_who_burns_back_up_does_not_sink() -> None:
    # It sinks by half a kilometre a day, and every four days is raised again.
    axis = 6700.0 - 0.5 * (DAYS % 4.0)
    assert told(DAYS, axis).rate_km_day[0] < 0.1


def test_one_bad_set_changes_little_wherever_it_is() -> None:
    axis = in_air(DAYS, 20.0)
    for row in (0, 20, len(DAYS) - 3):
        bad = axis.copy()
        bad[row] += 10.0
        assert told(DAYS, bad).rate_km_day[0] == pytest.approx(SCALE_KM / 20.0, rel=0.05)


def test_noise_does_not_sink_and_few_sets_do_not_tell() -> None:
    level = np.full(len(DAYS), 6700.0)
    assert told(DAYS, level, noise_km=0.05).rate_km_day[0] == 0.0
    assert np.isnan(told(DAYS[:3], in_air(DAYS[:3], 20.0)).rate_km_day[0])
    # Four sets within the hour tell no rate either.
    assert np.isnan(told(DAYS[:4] / 20.0, in_air(DAYS[:4], 20.0)).rate_km_day[0])


def test_more_noise_leaves_the_rate_less_certain() -> None:
    quiet, noisy = (told(DAYS, in_air(DAYS, 40.0), noise) for noise in (0.01, 1.0))
    assert noisy.sigma_km_day[0] > 3.0 * quiet.sigma_km_day[0]
    assert noisy.over_days[0] > quiet.over_days[0]


def test_objects_do_not_touch_one_another() -> None:
    one, other = in_air(DAYS, 20.0), in_air(DAYS, 5.0)
    pull = [np.exp(-(axis - 6700.0) / SCALE_KM) for axis in (one, other)]
    count = len(DAYS)
    both = sinking_now(
        np.tile(DAYS, 2), np.concatenate([one, other]), np.concatenate(pull),
        np.array([0, count]), np.array([count, 2 * count]),
    )  # fmt: skip
    for k, axis in enumerate((one, other)):
        alone = sinking_now(DAYS, axis, pull[k], np.array([0]), np.array([count]))
        assert both.rate_km_day[k] == alone.rate_km_day[0]
