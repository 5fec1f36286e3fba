"""Time scales, above all around leap seconds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import CoverageError
from hoshimori.numerics.time import (
    LeapSeconds,
    centuries_since_j2000,
    gps_to_utc,
    julian_date,
    seconds_between,
    tai_to_utc,
    utc_to_gps,
    utc_to_tai,
    utc_to_tt,
    utc_to_ut1,
)

# IERS Bulletin C 30, 36, 49 and 52: the leap seconds of 2006, 2009, 2015 and 2017.
TABLE = LeapSeconds(
    np.array(["1999-01-01", "2006-01-01", "2009-01-01", "2015-07-01", "2017-01-01"], "M8[us]"),
    np.array([32.0, 33.0, 34.0, 36.0, 37.0]),
)
LAST_SECOND = np.datetime64("2016-12-31T23:59:59", "us")
NEW_YEAR = np.datetime64("2017-01-01T00:00:00", "us")


def _times(*texts: str) -> np.ndarray:
    return np.array(texts, "datetime64[us]")


def test_a_leap_second_separates_two_labels_by_two_seconds() -> None:
    assert seconds_between(LAST_SECOND, NEW_YEAR, TABLE) == 2.0
    assert seconds_between(NEW_YEAR, LAST_SECOND, TABLE) == -2.0
    microsecond = np.timedelta64(1, "us")
    assert seconds_between(NEW_YEAR - microsecond, NEW_YEAR, TABLE) == pytest.approx(1.000001)


def test_no_leap_second_no_difference() -> None:
    eve, day = _times("2018-12-31T23:59:59", "2019-01-01T00:00:00")
    assert seconds_between(eve, day, TABLE) == 1.0


def test_iers_bulletin_c_52_offsets() -> None:
    utc = np.array([LAST_SECOND, NEW_YEAR])
    np.testing.assert_array_equal(
        utc_to_tai(utc, TABLE), _times("2017-01-01T00:00:35", "2017-01-01T00:00:37")
    )
    np.testing.assert_array_equal(
        utc_to_tt(utc, TABLE), _times("2017-01-01T00:01:07.184", "2017-01-01T00:01:09.184")
    )


def test_inside_a_leap_second_the_next_label_occurs_twice() -> None:
    tai = _times("2017-01-01T00:00:35.5", "2017-01-01T00:00:36.5", "2017-01-01T00:00:37.5")
    expected = _times("2016-12-31T23:59:59.5", "2017-01-01T00:00:00.5", "2017-01-01T00:00:00.5")
    np.testing.assert_array_equal(tai_to_utc(tai, TABLE), expected)


def test_gps_time_is_18_s_ahead_since_2017() -> None:
    gps = utc_to_gps(_times("2024-01-12T08:00:00"), TABLE)
    assert gps[0] == np.datetime64("2024-01-12T08:00:18")
    assert gps_to_utc(gps, TABLE)[0] == np.datetime64("2024-01-12T08:00:00")


@given(st.integers(946_684_800_000_000, 2_000_000_000_000_000))
def test_utc_survives_the_way_to_tai_and_back(microseconds: int) -> None:
    utc = np.array([microseconds], "datetime64[us]")
    np.testing.assert_array_equal(tai_to_utc(utc_to_tai(utc, TABLE), TABLE), utc)


def test_moments_before_the_table_are_refused() -> None:
    with pytest.raises(CoverageError, match="known from 1999-01-01"):
        utc_to_tai(_times("1998-12-31T23:59:59"), TABLE)


def test_ut1_is_rounded_to_the_microsecond() -> None:
    ut1 = utc_to_ut1(_times("2004-04-06T07:51:28.386"), -0.4399619)
    assert ut1[0] == np.datetime64("2004-04-06T07:51:27.946038")


def test_vallado_2013_example_3_4_julian_date() -> None:
    # Vallado 2013, example 3-4: 1996-10-26 14:20 UT is JD 2450383.09722222.
    day, fraction = julian_date(_times("1996-10-26T14:20:00"))
    assert day[0] == 2450382.5
    assert fraction[0] == pytest.approx(0.59722222222, abs=1e-11)


def test_julian_dates_before_1970_keep_positive_fractions() -> None:
    day, fraction = julian_date(_times("1957-10-04T19:28:34"))
    assert (day[0], round(fraction[0] * 86400)) == (2436115.5, 70114)


def test_j2000_is_the_origin_of_centuries() -> None:
    centuries = centuries_since_j2000(_times("2000-01-01T12:00:00", "2100-01-01T12:00:00"))
    np.testing.assert_array_equal(centuries, [0.0, 1.0])
