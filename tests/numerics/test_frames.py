"""Frames against published examples, astropy and precise orbits."""

from __future__ import annotations

import csv
import gzip
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4.api import Satrec

from hoshimori.errors import CoverageError
from hoshimori.numerics.frames import (
    EarthOrientation,
    gcrf_to_teme,
    geodetic,
    gmst82_rad,
    itrf_to_teme,
    rtn_basis,
    teme_to_gcrf,
    teme_to_itrf,
    to_rtn,
)
from hoshimori.numerics.sgp4 import initialise, propagate

ARCSECOND = np.pi / 648000.0
ONE_CENTIMETRE_KM = 1e-5
ONE_TENTH_MILLIMETRE_S_KM_S = 1e-7
ONE_ARCSECOND_PART = 0.01 * ARCSECOND

# AIAA 2006-6753 Rev 2, appendix C: moment, Earth orientation of the date, TEME and ITRF.
UTC = np.datetime64("2004-04-06T07:51:28.386", "us")
OF_THE_DATE = EarthOrientation(
    utc=np.array([UTC - np.timedelta64(1, "D"), UTC + np.timedelta64(1, "D")]),
    ut1_minus_utc_s=np.array([-0.4399619, -0.4399619]),
    pole_x_rad=np.array([-0.140682, -0.140682]) * ARCSECOND,
    pole_y_rad=np.array([0.333309, 0.333309]) * ARCSECOND,
)
TEME = (
    np.array([5094.18016210, 6127.64465050, 6380.34453270]),
    np.array([-4.746131487, 0.785818041, 5.531931288]),
)
ITRF = (
    np.array([-1033.47938300, 7901.29527400, 6380.35659580]),
    np.array([-3.225636520, -2.872451450, 5.531924446]),
)


def test_vallado_2006_appendix_c() -> None:
    position, velocity = teme_to_itrf(*TEME, UTC, OF_THE_DATE)
    np.testing.assert_allclose(position, ITRF[0], rtol=0, atol=ONE_CENTIMETRE_KM)
    np.testing.assert_allclose(velocity, ITRF[1], rtol=0, atol=ONE_TENTH_MILLIMETRE_S_KM_S)


def test_itrf_and_back() -> None:
    position, velocity = itrf_to_teme(*teme_to_itrf(*TEME, UTC, OF_THE_DATE), UTC, OF_THE_DATE)
    np.testing.assert_allclose(position, TEME[0], rtol=0, atol=1e-9)
    np.testing.assert_allclose(velocity, TEME[1], rtol=0, atol=1e-12)


def test_states_of_many_objects_and_times_broadcast() -> None:
    times = UTC + np.arange(3) * np.timedelta64(1, "h")
    positions = np.broadcast_to(TEME[0], (2, 3, 3))
    velocities = np.broadcast_to(TEME[1], (2, 3, 3))
    many, _ = teme_to_itrf(positions, velocities, times, OF_THE_DATE)
    one, _ = teme_to_itrf(*TEME, times[2], OF_THE_DATE)
    np.testing.assert_allclose(many[1, 2], one, rtol=0, atol=1e-9)


def test_vallado_2013_example_3_5_sidereal_time() -> None:
    # Vallado 2013, example 3-5: 1992-08-20 12:14 UT1 has GMST 152.578787886 degrees.
    angle = np.degrees(gmst82_rad(np.datetime64("1992-08-20T12:14:00", "us")))
    assert angle == pytest.approx(152.578787886, abs=1e-7)


# astropy 8.0.2 (IERS tables of astropy-iers-data 0.2026.11): TEME(r).transform_to(GCRS) of the
# same obstime, r = (30000, 20000, 15000) km; made once in an environment of its own.
ASTROPY_GCRS = {
    "1995-03-01T00:00:00": (29971.634620199082, 20031.959472401748, 15014.050682255536),
    "2004-04-06T07:51:28.386": (30024.90307196386, 19971.925648050394, 14987.574234275617),
    "2015-06-30T12:00:00": (30091.71507096275, 19895.178801173864, 14955.61916328827),
    "2024-07-05T03:04:05.678": (30144.726310499165, 19835.78227369746, 14927.733158640296),
    "2025-11-23T18:00:00": (30153.061246791454, 19826.431050167746, 14923.321656393671),
}


def test_gcrf_agrees_with_astropy() -> None:
    utc = np.array(list(ASTROPY_GCRS), "datetime64[us]")
    teme = np.array([30000.0, 20000.0, 15000.0])
    off_km = np.linalg.norm(teme_to_gcrf(teme, utc) - list(ASTROPY_GCRS.values()), axis=-1)
    assert (off_km / np.linalg.norm(teme)).max() < ONE_ARCSECOND_PART


@given(
    st.integers(0, 2_000_000_000),
    st.tuples(*[st.floats(-50000.0, 50000.0)] * 3),
)
def test_gcrf_is_a_rotation_with_an_inverse(second: int, vector: tuple[float, ...]) -> None:
    utc, teme = np.datetime64(second, "s").astype("datetime64[us]"), np.array(vector)
    gcrf = teme_to_gcrf(teme, utc)
    assert np.linalg.norm(gcrf) == pytest.approx(np.linalg.norm(teme), abs=1e-9)
    np.testing.assert_allclose(gcrf_to_teme(gcrf, utc), teme, rtol=0, atol=1e-9)


def _orientation(steps: list[float]) -> EarthOrientation:
    days = np.datetime64("2016-12-30", "us") + np.arange(len(steps)) * np.timedelta64(1, "D")
    poles = np.linspace(0.0, 1e-6, len(steps))
    return EarthOrientation(days, np.array(steps), poles, -poles)


def test_a_leap_second_is_not_interpolated_over() -> None:
    # UT1-UTC falls by 1 ms a day; the leap second of 2017 lifts it by one second.
    table = _orientation([-0.405, -0.406, -0.407 + 1.0, -0.408 + 1.0])
    at = table.at(np.array(["2016-12-31T12", "2016-12-31T23:59:59", "2017-01-01T12"], "M8[us]"))
    np.testing.assert_allclose(at.ut1_minus_utc_s, [-0.4065, -0.407, 0.5925], atol=1e-6)


def test_orientation_interpolates_its_rows_and_refuses_the_rest() -> None:
    table = _orientation([0.1, 0.2, 0.3])
    now = table.at(np.datetime64("2016-12-31T12:00:00", "us"))
    assert (now.ut1_minus_utc_s, now.pole_x_rad) == pytest.approx((0.25, 0.75e-6))
    for outside in ("2016-12-29T23:59:59", "2017-01-01T00:00:01"):
        with pytest.raises(CoverageError, match="renew the table"):
            table.at(np.datetime64(outside, "us"))


def test_rtn_is_right_handed_and_named_right() -> None:
    position, velocity = np.array([7000.0, 0.0, 0.0]), np.array([1.0, 7.0, 0.0])
    basis = rtn_basis(position, velocity)
    np.testing.assert_allclose(to_rtn(basis, position), [7000.0, 0.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(to_rtn(basis, velocity), [1.0, 7.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(to_rtn(basis, np.array([0.0, 0.0, 1.0])), [0.0, 0.0, 1.0])
    assert np.linalg.det(basis) == pytest.approx(1.0)


@given(st.tuples(*[st.floats(-9.0, 9.0)] * 6))
def test_rtn_preserves_lengths(numbers: tuple[float, ...]) -> None:
    position, velocity = (
        np.add(numbers[:3], [20.0, 0.0, 0.0]),
        np.add(numbers[3:], [0.0, 20.0, 0.0]),
    )
    vector = np.array([1.0, -2.0, 3.0])
    rotated = to_rtn(rtn_basis(position, velocity), vector)
    assert np.linalg.norm(rotated) == pytest.approx(np.linalg.norm(vector), abs=1e-12)


@given(st.floats(-90.0, 90.0), st.floats(-179.9, 179.9), st.floats(-5.0, 40000.0))
def test_geodetic_inverts_the_ellipsoid(latitude: float, longitude: float, height: float) -> None:
    phi, lam = np.radians([latitude, longitude])
    flattening = 1.0 / 298.257223563
    e2 = flattening * (2.0 - flattening)
    normal = 6378.137 / np.sqrt(1.0 - e2 * np.sin(phi) ** 2)
    rho = (normal + height) * np.cos(phi)
    z = (normal * (1.0 - e2) + height) * np.sin(phi)
    back = geodetic(np.array([rho * np.cos(lam), rho * np.sin(lam), z]))
    assert back[0] == pytest.approx(phi, abs=2e-9)
    assert back[2] == pytest.approx(height, abs=ONE_CENTIMETRE_KM)
    if abs(latitude) < 89.9:
        assert back[1] == pytest.approx(lam, abs=1e-9)


def _read_orientation(path: Path) -> EarthOrientation:
    rows = list(csv.DictReader(gzip.decompress(path.read_bytes()).decode().splitlines()))
    return EarthOrientation(
        utc=np.array([row["DATE"] for row in rows], "datetime64[us]"),
        ut1_minus_utc_s=np.array([float(row["UT1-UTC"]) for row in rows]),
        pole_x_rad=np.array([float(row["X"]) for row in rows]) * ARCSECOND,
        pole_y_rad=np.array([float(row["Y"]) for row in rows]) * ARCSECOND,
    )


def _read_sp3(path: Path, tai_minus_utc_s: int) -> tuple[np.ndarray, np.ndarray]:
    """Moments [UTC] and ITRF positions [km] of the one satellite of an SP3 file in TAI."""
    times, positions = [], []
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        if line.startswith("*"):
            year, month, day, hour, minute = (int(word) for word in line.split()[1:6])
            times.append(f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00")
        elif line.startswith("P"):
            positions.append([float(word) for word in line.split()[1:4]])
    utc = np.array(times, "datetime64[us]") - np.timedelta64(tai_minus_utc_s, "s")
    return utc, np.array(positions)


def test_sentinel_3a_tle_errors_against_its_precise_orbit(shared_data, as_elements) -> None:
    """The errors that tle_error_measured.csv gives (made with astropy), by propagation age."""
    folder = shared_data / "ephemerides"
    utc, precise = _read_sp3(folder / "sp3" / "ssas3a20.b18358.e19003.DG_.sp3.gz", 37)
    utc, precise = utc[::10], precise[::10]
    orientation = _read_orientation(shared_data / "spaceweather" / "EOP-All.csv.gz")
    precise_teme, _ = itrf_to_teme(precise, np.zeros_like(precise), utc, orientation)
    lines = (folder / "tle" / "Sentinel-3A_20181224.tle").read_text().splitlines()
    pairs = [pair for pair in pairwise(lines) if pair[0][:2] == "1 " and pair[1][:2] == "2 "]
    elements = as_elements([Satrec.twoline2rv(*pair) for pair in pairs])
    states = propagate(initialise(elements), utc[0], (utc - utc[0]) / np.timedelta64(1, "s"))
    basis = rtn_basis(states.position_teme_km, states.velocity_teme_km_s)
    error_km = to_rtn(basis, precise_teme - states.position_teme_km)
    age_days = (utc - elements.epoch_utc[:, None]) / np.timedelta64(1, "D")
    expected = {(0.0, 0.5): (0.101, 0.481, 0.137), (2.0, 3.0): (0.124, 0.572, 0.159)}
    for (low, high), rms_km in expected.items():
        inside = (age_days >= low) & (age_days < high)
        each = [error_km[i][inside[i]] for i in range(len(elements)) if inside[i].sum() > 20]
        measured = np.median([np.sqrt(np.mean(rows**2, axis=0)) for rows in each], axis=0)
        np.testing.assert_allclose(measured, rms_km, rtol=0.25)
