"""Frames and time systems by the names that messages give them."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.numerics.frames import (
    EarthOrientation,
    eme2000_to_gcrf,
    teme_to_gcrf,
    teme_to_itrf,
)
from hoshimori.numerics.nutation import true_equator
from hoshimori.numerics.stated_frames import crosses_leap_second, to_teme, to_utc
from hoshimori.numerics.time import LeapSeconds

UTC = np.array(["2016-12-31T12:00:00", "2017-01-01T12:00:00"], "datetime64[us]")
LEAPS = LeapSeconds(
    np.array(["2015-07-01", "2017-01-01"], "datetime64[us]"), np.array([36.0, 37.0])
)
EARTH = EarthOrientation(
    np.array(["2016-12-30", "2017-01-01", "2017-01-03"], "datetime64[us]"),
    np.array([-0.407, 0.591, 0.590]), np.array([3e-7, 3e-7, 3e-7]), np.array([1e-6, 1e-6, 1e-6]),
)  # fmt: skip
TEME = (
    np.array([[5094.2, 6127.6, 6380.3], [42164.0, 10.0, -5.0]]),
    np.array([[-4.7, 0.8, 5.5], [-0.01, 3.07, 0.1]]),
)
ONE_MILLIMETRE_KM = 1e-6


def test_eme2000_is_gcrf_turned_by_the_bias_of_sofa() -> None:
    """SOFA's own test of iauBp00 (t_sofa_c.c, release 2021-05-12), matrix rb: GCRS to J2000."""
    expected = np.array(
        [
            [0.9999999999999942498, -0.7078279744199196626e-7, 0.8056217146976134152e-7],
            [0.7078279477857337206e-7, 0.9999999999999969484, 0.3306041454222136517e-7],
            [-0.8056217380986972157e-7, -0.3306040883980552500e-7, 0.9999999999999962084],
        ]
    )
    one_microarcsecond = 5e-12
    np.testing.assert_allclose(
        eme2000_to_gcrf(np.eye(3)), expected, rtol=0, atol=one_microarcsecond
    )


@pytest.mark.parametrize(
    ("name", "system"),
    [("teme", "teme"), ("GCRF", "gcrf"), ("ICRF3", "gcrf"), ("ITRF2014", "itrf"),
     ("ITRF-97", "itrf"), ("IGS20", "itrf"), ("IGb14", "itrf"), ("WGS84", "itrf"),
     ("ITR05", "itrf"), ("SLR08", "itrf"), ("ECEF", "itrf"), ("ECF", "itrf")],
)  # fmt: skip
def test_every_name_leads_to_the_same_states(name: str, system: str) -> None:
    given = {
        "teme": TEME,
        "gcrf": tuple(teme_to_gcrf(vector, UTC) for vector in TEME),
        "itrf": teme_to_itrf(*TEME, UTC, EARTH),
    }[system]
    found = to_teme(name, *given, UTC, EARTH)
    np.testing.assert_allclose(found[0], TEME[0], rtol=0, atol=ONE_MILLIMETRE_KM)
    turning_of_teme_km_s = 1e-11 * 42164.0
    np.testing.assert_allclose(found[1], TEME[1], rtol=0, atol=turning_of_teme_km_s)


def test_true_of_date_is_the_true_equator_and_equinox() -> None:
    _, to_true_equator = true_equator(UTC)
    in_tod = np.einsum("nij,nj->ni", to_true_equator, teme_to_gcrf(TEME[0], UTC))
    found, _ = to_teme("TOD", in_tod, TEME[1], UTC, EARTH)
    np.testing.assert_allclose(found, TEME[0], rtol=0, atol=ONE_MILLIMETRE_KM)


def test_a_frozen_frame_is_the_frame_of_its_epoch() -> None:
    frozen, _ = to_teme("TEME", *TEME, UTC, EARTH, UTC[0])
    np.testing.assert_allclose(frozen[0], TEME[0][0], rtol=0, atol=ONE_MILLIMETRE_KM)
    in_gcrf = teme_to_gcrf(TEME[0][1], UTC[0])
    again, _ = to_teme("GCRF", in_gcrf[None], TEME[1][1:], UTC[1:], EARTH)
    np.testing.assert_allclose(frozen[1], again[0], rtol=0, atol=ONE_MILLIMETRE_KM)


@pytest.mark.parametrize("name", ["MOD", "RTN", "ITRFX", "EFG", "", "TEME2"])
def test_other_frames_are_refused(name: str) -> None:
    with pytest.raises(FormatError, match="expected EME2000"):
        to_teme(name, *TEME, UTC, EARTH)


@pytest.mark.parametrize(
    ("system", "ahead_s"),
    [("UTC", (0, 0)), ("TAI", (36, 37)), ("TT", (68.184, 69.184)), ("GPS", (17, 18))],
)
def test_time_systems(system: str, ahead_s: tuple[float, float]) -> None:
    ahead = (np.array(ahead_s) * 1e6).astype("timedelta64[us]")
    np.testing.assert_array_equal(to_utc(system, UTC + ahead, LEAPS, EARTH), UTC)


def test_ut1_and_unknown_time_systems() -> None:
    at = EARTH.at(UTC).ut1_minus_utc_s
    ut1 = UTC + np.rint(at * 1e6).astype("timedelta64[us]")
    off = to_utc("UT1", ut1, LEAPS, EARTH) - UTC
    assert np.all(np.abs(off) <= np.timedelta64(100, "us"))
    with pytest.raises(FormatError, match="TIME_SYSTEM"):
        to_utc("TDB", UTC, LEAPS, EARTH)


def test_leap_seconds_within_a_span_are_found() -> None:
    assert crosses_leap_second(UTC, LEAPS).tolist() == LEAPS.since_utc[1:].tolist()
    assert not len(crosses_leap_second(UTC[1:], LEAPS))
