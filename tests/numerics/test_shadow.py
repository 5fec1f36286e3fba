"""Passages of the Earth's shadow against Skyfield, and what Soop prints of geostationary ones."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate
from hoshimori.numerics.shadow import (
    ShadowPassage,
    one_revolution_s,
    season_share,
    shadow_half_width_rad,
    shadow_passages,
    share_near_edges,
    sun_behind_rad,
    sun_elevation_rad,
)

# Real (from the documentation of Skyfield) and made (geostationary at the equinox).
STATION = (
    "1 25544U 98067A   14020.93268519  .00009878  00000-0  18200-3 0  5082\n"
    "2 25544  51.6498 109.4756 0003572  55.9686 274.8005 15.49815350868473\n"
)
BELT = (
    "1 90001U 24001A   24080.00000000  .00000000  00000-0  00000-0 0  9991\n"
    "2 90001   0.0500  80.0000 0002000  30.0000 200.0000  1.00271000    14\n"
)


def satellite(lines: str) -> Satellites:
    received = np.datetime64("2026-01-01", "us")
    sets = read_catalogue(lines.encode(), source="made", received_utc=received).element_sets
    return initialise(sets.mean_elements())


def passages(lines: str, start: str, hours: float) -> list[ShadowPassage]:
    return list(shadow_passages(satellite(lines), np.datetime64(start, "us"), 0.0, hours * 3600.0))


def middle(start: str, one_s: float, other_s: float) -> np.datetime64:
    half_us = round(0.5e6 * (one_s + other_s))
    return np.datetime64(start, "us") + np.timedelta64(half_us, "us")


@pytest.mark.parametrize(
    ("lines", "start", "hours", "enters", "leaves", "within_s"),
    [
        (STATION, "2014-01-21", 3.0, "2014-01-21T01:24:37.9", "2014-01-21T02:00:39.3", 2.0),
        (BELT, "2024-03-20", 24.0, "2024-03-20T14:44:23.7", "2024-03-20T15:53:58.2", 10.0),
    ],
)
def test_skyfield(
    lines: str, start: str, hours: float, enters: str, leaves: str, within_s: float
) -> None:
    """Skyfield 1.55, is_sunlit with DE421: the Sun's centre passes the limb, mid-penumbra."""
    # A passage already under way at the start has no entry.
    whole = [p for p in passages(lines, start, hours) if np.isfinite(p.enters_penumbra_s)]
    one = whole[0]
    entry = middle(start, one.enters_penumbra_s, one.enters_umbra_s)
    leave = middle(start, one.leaves_umbra_s, one.leaves_penumbra_s)
    for found, reference in ((entry, enters), (leave, leaves)):
        assert abs(found - np.datetime64(reference, "us")) < np.timedelta64(round(within_s), "s")


def test_a_geostationary_eclipse_at_the_equinox_is_the_longest() -> None:
    """Soop 1994, Handbook of Geostationary Orbits, section 5.4: 72 minutes with the penumbra."""
    (one,) = passages(BELT, "2024-03-20", 24.0)
    assert (one.leaves_penumbra_s - one.enters_penumbra_s) / 60.0 == pytest.approx(71.7, abs=0.7)
    assert (one.leaves_umbra_s - one.enters_umbra_s) / 60.0 == pytest.approx(67.4, abs=0.7)


def test_no_geostationary_eclipse_at_the_solstice() -> None:
    lines = BELT.replace("24080.00000000", "24172.00000000").replace("0  9991", "0  9993")
    assert passages(lines, "2024-06-20", 24.0) == []


def test_eclipse_seasons_last_a_quarter_of_the_year() -> None:
    """Two seasons of 44 to 46 days a year (Soop 1994, section 5.4)."""
    states = propagate(satellite(BELT), np.datetime64("2024-03-20", "us"), np.zeros(1))
    position, velocity = states.position_teme_km[0, 0], states.velocity_teme_km_s[0, 0]
    share = season_share(position, velocity, np.datetime64("2024-03-20", "us"))
    assert share * 366.0 == pytest.approx(91.0, abs=3.0)
    assert float(np.degrees(shadow_half_width_rad(42164.0))) == pytest.approx(8.97, abs=0.02)


def test_the_sun_stands_over_the_equator_at_the_equinox_and_23_degrees_off_at_the_solstice() -> (
    None
):
    normal_position = np.array([42164.0, 0.0, 0.0])
    velocity = np.array([0.0, 3.07, 0.0])
    for moment, expected in (("2024-03-20T03:06", 0.0), ("2024-06-20T20:51", 23.44)):
        beta = sun_elevation_rad(normal_position, velocity, np.array(moment, "datetime64[us]"))
        assert float(np.degrees(beta)) == pytest.approx(expected, abs=0.02)


def test_a_revolution() -> None:
    """42,164.2 km take a sidereal day (86,164.1 s)."""
    speed = np.sqrt(WGS72_MU_KM3_S2 / 42164.2)
    state = np.array([42164.2, 0.0, 0.0]), np.array([0.0, speed, 0.0])
    assert one_revolution_s(*state, WGS72_MU_KM3_S2) == pytest.approx(86164.1, abs=2.0)


def test_the_share_near_edges_counts_overlaps_once() -> None:
    apart = (ShadowPassage(1000.0, 9000.0, 1010.0, 8990.0),)
    assert share_near_edges(apart, 1.0, 100_000.0, 500.0) == pytest.approx(0.02)
    close = (ShadowPassage(1000.0, 1200.0, np.nan, np.nan),)
    assert share_near_edges(close, 1.0, 100_000.0, 500.0) == pytest.approx(0.012)
    assert share_near_edges((), 1.0, 100_000.0, 500.0) == 0.0


def test_the_sun_behind() -> None:
    sunward = np.array([0.0, 0.0, 1.0])
    angle = sun_behind_rad(sunward, np.array("2024-06-20T20:51", "datetime64[us]"))
    assert float(np.degrees(angle)) == pytest.approx(90.0 - 23.44, abs=0.02)
