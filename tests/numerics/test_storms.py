"""Storms: NOAA's levels, the greatest index of a span, base rates, and how thick the air gets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.space_weather import SpaceWeather
from hoshimori.numerics.storms import (
    density_rise,
    greatest_kp,
    share_of_periods,
    share_of_windows,
    storm_level,
)

START = np.datetime64("2025-01-01", "us")


def periods(count: int) -> np.ndarray:
    return START + np.arange(count) * np.timedelta64(3, "h")


def test_levels_of_noaa() -> None:
    """NOAA Space Weather Scales: G1 Kp 5, G2 6, G3 7, G4 8 "including a 9-", G5 9."""
    thirds = np.array([13, 14, 16, 17, 19, 20, 22, 23, 26, 27]) / 3.0
    assert storm_level(thirds).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    assert storm_level(np.array([np.nan])).tolist() == [0]


def test_the_greatest_index_of_a_span_counts_periods_that_touch_it() -> None:
    kp = np.array([1.0, 7.0, 2.0, np.nan, 3.0])
    peak = greatest_kp(
        periods(5), kp, START + np.timedelta64(5, "h"), START + np.timedelta64(13, "h")
    )
    assert (peak.kp, peak.start_utc) == (7.0, START + np.timedelta64(3, "h"))
    assert peak.known_share == pytest.approx(3 / 4)


def test_a_span_that_is_not_known_at_all() -> None:
    far = START + np.timedelta64(90, "D")
    peak = greatest_kp(periods(5), np.ones(5), far, far + np.timedelta64(1, "D"))
    assert np.isnan(peak.kp)
    assert peak.known_share == 0.0


@given(st.lists(st.floats(0, 9), min_size=8, max_size=60), st.floats(0, 9))
def test_longer_windows_meet_storms_more_often(values: list[float], at_least: float) -> None:
    kp = np.array(values)
    low, share, high = share_of_windows(kp, at_least, hours=3.0)
    assert low <= share <= high
    assert share == pytest.approx(share_of_periods(kp, at_least, alike_h=3.0)[1])
    assert share_of_windows(kp, at_least, hours=len(values) * 3.0)[1] == float(share > 0)


def test_windows_with_a_gap_are_not_counted() -> None:
    kp = np.array([0.0, 9.0, np.nan, 0.0, 0.0])
    assert share_of_windows(kp, 5.0, hours=6.0)[1] == pytest.approx(1 / 2)
    assert share_of_windows(kp, 5.0, hours=30.0) == (0.0, 0.5, 1.0)


def test_the_air_thickens_with_the_index_and_less_at_solar_maximum() -> None:
    """Within 20 % of NRLMSIS 2.1 between the nodes of the table (pymsis 0.13.0, means as there).

    At 450 km, F10.7 150: 1.51 at Kp 6, 3.47 at Kp 9 (high end: index held for 57 hours).
    """
    assert density_rise(450.0, 2.0, 150.0) == (1.0, 1.0)
    assert density_rise(450.0, 6.0, 150.0)[1] == pytest.approx(1.51, rel=0.2)
    assert density_rise(450.0, 9.0, 150.0)[1] == pytest.approx(3.47, rel=0.2)
    assert density_rise(450.0, 9.0, 70.0)[1] > density_rise(450.0, 9.0, 240.0)[1]


@pytest.fixture(scope="module")
def since_1957(shared_data: Path) -> SpaceWeather:
    """Everything that was observed by the file at hand."""
    from hoshimori.workflows.space_weather import space_weather_of_file  # noqa: PLC0415

    return space_weather_of_file(shared_data / "spaceweather" / "SW-All.csv.gz").weather.observed()


def test_kp_and_ap_are_equivalent_as_defined(since_1957: SpaceWeather) -> None:
    """Bartels' table, as NOAA's NCEI prints it (products/geomagnetic-indices, seen in a copy on
    28 November 2026): ap for Kp in thirds, 0o to 9o. All 199,864 periods of the file keep to it.
    """
    low = (0, 2, 3, 4, 5, 6, 7, 9, 12, 15, 18, 22, 27, 32)
    high = (39, 48, 56, 67, 80, 94, 111, 132, 154, 179, 207, 236, 300, 400)
    printed = np.array((*low, *high))
    _, kp = since_1957.periods()
    ap = since_1957.ap.reshape(-1)
    known = np.isfinite(kp) & np.isfinite(ap)
    assert np.count_nonzero(known) > 190_000
    assert np.array_equal(printed[np.round(3.0 * kp[known]).astype(int)], ap[known])


def test_a_flux_that_is_called_high_is_rare(since_1957: SpaceWeather) -> None:
    """The share that the threshold of 250 sfu is declared by: 2.3 % of days by February 2026."""
    flux = since_1957.f107_observed
    flux = flux[np.isfinite(flux)]
    assert np.mean(flux >= 250.0) == pytest.approx(0.0227, abs=0.001)


def test_base_rates_since_1957(since_1957: SpaceWeather) -> None:
    """Counted once by hand from the file with another program: shares of side-by-side windows."""
    _, kp = since_1957.periods()
    low, share, high = share_of_windows(kp, 17 / 3, hours=72.0)
    assert low < 0.1746 < high
    assert share == pytest.approx(0.1746, abs=0.01)
    assert share_of_periods(kp, 14 / 3, alike_h=72.0)[1] == pytest.approx(0.0639, abs=1e-4)
    assert share_of_windows(kp, 14 / 3, hours=24.0)[1] == pytest.approx(0.2027, abs=0.01)
