"""Ephemerides of messages become objects with states in TEME at UTC."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.errors import CoverageError, FormatError
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.frames import teme_to_gcrf, teme_to_itrf
from hoshimori.workflows.ephemerides import earth_now, tabulated

EARTH = earth_now()
ONE_CENTIMETRE_KM = 1e-5


def circle(start: str, frame: str = "TEME", time_system: str = "UTC") -> Ephemeris:
    """Return half an hour of circular motion around the pole of TEME, a sample a minute."""
    t_s = np.arange(31) * 60.0
    angle = 1.1e-3 * t_s
    position = 7000.0 * np.stack([np.cos(angle), np.sin(angle), 0.1 + 0 * angle], axis=1)
    velocity = 7.7 * np.stack([-np.sin(angle), np.cos(angle), 0 * angle], axis=1)
    utc = np.datetime64(start, "us") + (t_s * 1e6).astype("timedelta64[us]")
    if frame == "GCRF":
        position, velocity = teme_to_gcrf(position, utc), teme_to_gcrf(velocity, utc)
    elif frame == "ITRF2014":
        position, velocity = teme_to_itrf(position, velocity, utc, EARTH.orientation)
    ahead = np.timedelta64({"UTC": 0, "GPS": 18}[time_system], "s")
    times = utc + ahead
    return Ephemeris(
        "TEST", "2020-001A", "EARTH", frame, time_system, times, position, velocity,
        times[0], times[-1],
    )  # fmt: skip


@pytest.mark.parametrize("frame", ["TEME", "GCRF", "ITRF2014"])
@pytest.mark.parametrize("time_system", ["UTC", "GPS"])
def test_the_same_motion_in_any_frame_and_time(frame: str, time_system: str) -> None:
    found = tabulated([circle("2024-05-01T00:00:00", frame, time_system)], EARTH)
    plain = tabulated([circle("2024-05-01T00:00:00")], EARTH)
    assert (found.object_ids, found.names) == (("2020-001A",), ("TEST",))
    t0, t_s = np.datetime64("2024-05-01T00:00:00", "us"), np.array([0.0, 90.0, 1800.0])
    np.testing.assert_allclose(
        found.states.states(t0, t_s).position_teme_km,
        plain.states.states(t0, t_s).position_teme_km,
        rtol=0, atol=ONE_CENTIMETRE_KM,
    )  # fmt: skip


def test_spans_of_one_object_are_one_row() -> None:
    first, second = circle("2024-05-01T00:00:00"), circle("2024-05-01T06:00:00")
    other = replace(circle("2024-05-01T00:00:00"), object_id="2020-001B")
    found = tabulated([first, other, second], EARTH)
    assert found.object_ids == ("2020-001A", "2020-001B")
    t0 = np.datetime64("2024-05-01T00:00:00", "us")
    status = found.states.states(t0, np.array([60.0, 7200.0, 6 * 3600 + 60.0])).status
    assert (status == 0).tolist() == [[True, False, True], [True, False, False]]


def test_nothing_is_interpolated_across_a_leap_second() -> None:
    found = tabulated([circle("2016-12-31T23:45:30")], EARTH).states
    t0 = np.datetime64("2017-01-01T00:00:00", "us")
    status = found.states(t0, np.array([-60.0, -1.0, 1.0, 60.0])).status[0]
    assert (status == 0).tolist() == [True, False, False, True]


def test_what_cannot_be_understood_is_refused() -> None:
    one = circle("2024-05-01T00:00:00")
    for change, field in (
        ({"frame": "MOD"}, "REF_FRAME"),
        ({"time_system": "MET"}, "TIME_SYSTEM"),
        ({"centre": "MARS"}, "CENTER_NAME"),
    ):
        with pytest.raises(FormatError, match=field):
            tabulated([replace(one, **change)], EARTH)
    with pytest.raises(CoverageError):
        tabulated([replace(one, frame="ITRF", times=one.times - np.timedelta64(60, "Y").astype(
            "timedelta64[D]"))], EARTH)  # fmt: skip
