"""Orbit Ephemeris Messages: what is read, what is refused, and that writing loses nothing."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from hoshimori.errors import FormatError
from hoshimori.formats.oem import read_oem
from hoshimori.formats.oem_writing import write_oem_kvn
from hoshimori.formats.triangles import from_lower_triangle
from hoshimori.model.ephemeris import Ephemeris

DAMAGES = 1000

KVN = b"""CCSDS_OEM_VERS = 2.0
COMMENT made up
CREATION_DATE = 2026-11-22T00:00:00
ORIGINATOR = TESTER
META_START
OBJECT_NAME = TEST
OBJECT_ID = 1998-067A
CENTER_NAME = Earth
REF_FRAME = EME2000
TIME_SYSTEM = UTC
START_TIME = 2026-11-23T00:00:00
STOP_TIME = 2026-11-23T00:02:00
INTERPOLATION = LAGRANGE
INTERPOLATION_DEGREE = 5
META_STOP
2026-11-23T00:00:00 7000.1 0 0.5 0 7.5 0
2026-11-23T00:01:00.25 6990 450 1 -.5 7.4 0
2026-327T00:02:00 6950 900 2 -1e0 7.3 0
COVARIANCE_START
EPOCH = 2026-11-23T00:00:00
COV_REF_FRAME = RTN
1
2 3
4 5 6
7 8 9 10
11 12 13 14 15
16 17 18 19 20 21
COVARIANCE_STOP
"""
XML = b"""<?xml version="1.0"?>
<oem id="CCSDS_OEM_VERS" version="2.0"><header><CREATION_DATE>2026-11-22T00:00:00</CREATION_DATE>
<ORIGINATOR>TESTER</ORIGINATOR></header><body><segment><metadata>
<OBJECT_NAME>TEST</OBJECT_NAME><OBJECT_ID>1998-067A</OBJECT_ID><CENTER_NAME>EARTH</CENTER_NAME>
<REF_FRAME>EME2000</REF_FRAME><TIME_SYSTEM>UTC</TIME_SYSTEM>
<START_TIME>2026-11-23T00:00:00</START_TIME><STOP_TIME>2026-11-23T00:02:00</STOP_TIME></metadata>
<data><stateVector><EPOCH>2026-11-23T00:00:00</EPOCH><X units="km">7000.1</X><Y>0</Y><Z>0.5</Z>
<X_DOT>0</X_DOT><Y_DOT units="km/s">7.5</Y_DOT><Z_DOT>0</Z_DOT></stateVector></data></segment>
</body></oem>
"""


def _outcome(data: bytes) -> tuple[Ephemeris, ...] | FormatError:
    try:
        return read_oem(data, source="file", limit_bytes=50_000_000)
    except FormatError as error:
        return error


def test_kvn() -> None:
    (found,) = read_oem(KVN, source="file")
    assert (found.object_id, found.centre, found.frame, found.time_system) == (
        "1998-067A", "EARTH", "EME2000", "UTC",
    )  # fmt: skip
    assert str(found.times[1]) == "2026-11-23T00:01:00.250000"
    assert found.times[2] == found.usable_stop == np.datetime64("2026-11-23T00:02:00")
    np.testing.assert_array_equal(found.position_km[0], [7000.1, 0, 0.5])
    np.testing.assert_array_equal(found.velocity_km_s[2], [-1, 7.3, 0])
    assert found.acceleration_km_s2 is None
    assert (found.interpolation, found.interpolation_degree) == ("LAGRANGE", 5)
    assert found.covariance_frames == ("RTN",)
    assert found.covariance_km2 is not None
    np.testing.assert_array_equal(found.covariance_km2[0, 3], [7, 8, 9, 10, 14, 19])
    with pytest.raises(ValueError, match="read-only"):
        found.position_km[0, 0] = 0


def test_xml_says_the_same() -> None:
    (from_xml,), (from_kvn,) = read_oem(XML, source="file"), read_oem(KVN, source="file")
    assert len(from_xml) == 1
    np.testing.assert_array_equal(from_xml.position_km, from_kvn.position_km[:1])
    np.testing.assert_array_equal(from_xml.velocity_km_s, from_kvn.velocity_km_s[:1])


@pytest.mark.parametrize(
    ("was", "becomes", "line", "problem"),
    [
        (b"= 2.0", b"= 4.0", 1, "expected 1.0"),
        (b"= 2.0", b"= 1.0", 20, "covariance in version 1.0"),
        (b"TIME_SYSTEM = UTC\n", b"", 5, "TIME_SYSTEM"),
        (b"REF_FRAME =", b"FRAME =", 9, "no keyword"),
        (b"7.4 0\n", b"7.4\n", 17, "5 numbers"),
        (b" 450 ", b" nan ", 17, "expected a number"),
        (b"00:01:00.25", b"00:02:00.00", 18, "later epoch"),
        (b"00:02:00\nINTER", b"00:01:30\nINTER", 5, "outside"),
        (b"= 5\n", b"= 5.5\n", 14, "whole number"),
        (b"7 8 9 10\n", b"7 8 9\n", 25, "row 4"),
        (b"16 17 18 19 20 21\n", b"", 27, "gaps"),
        (b"COVARIANCE_STOP\n", b"", 27, "breaks off"),
    ],
)
def test_errors_say_what_and_where(was: bytes, becomes: bytes, line: int, problem: str) -> None:
    found = _outcome(KVN.replace(was, becomes, 1))
    assert isinstance(found, FormatError)
    assert problem in str(found)
    assert (found.source, found.line) == ("file", line)


def test_damaged_ephemerides_are_refused_or_read_never_worse() -> None:
    dice = random.Random("oem")
    refused = 0
    for _ in range(DAMAGES):
        spoiled = bytearray(dice.choice([KVN, XML]))
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(spoiled))
            spoiled[place : place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 2))
        found = _outcome(bytes(spoiled))
        if isinstance(found, FormatError):
            assert found.problem
            refused += 1
        else:
            assert all(np.isfinite(one.position_km).all() for one in found)
    assert 0 < refused < DAMAGES


numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
capitals = st.from_regex(r"[A-Z][A-Z0-9_-]{0,8}", fullmatch=True)


@st.composite
def ephemerides(draw: st.DrawFn) -> Ephemeris:
    length = draw(st.integers(1, 5))
    steps = draw(st.lists(st.integers(1, 10**9), min_size=length, max_size=length))
    start = np.datetime64(draw(st.integers(0, 4 * 10**15)), "us")
    times = start + np.cumsum(steps).astype("timedelta64[us]")
    columns = draw(hnp.arrays(np.float64, (3, length, 3), elements=numbers))
    accelerated = draw(st.booleans())
    covered = draw(st.integers(0, 2))
    triangles = draw(hnp.arrays(np.float64, (covered, 21), elements=numbers))
    degree = draw(st.none() | st.integers(1, 20))
    margin = np.timedelta64(draw(st.integers(0, 10)), "s")
    return Ephemeris(
        draw(words), "1998-067A", draw(capitals), draw(capitals), draw(capitals), times,
        columns[0], columns[1], times[0] - margin, times[-1] + margin // 2,
        acceleration_km_s2=columns[2] if accelerated else None,
        frame_epoch=draw(st.none() | st.just(start)),
        interpolation="HERMITE" if degree else None,
        interpolation_degree=degree,
        covariance_times=times[0] + np.arange(covered) * np.timedelta64(1, "s")
        if covered else None,
        covariance_frames=("RTN",) * covered,
        covariance_km2=from_lower_triangle(triangles) if covered else None,
    )  # fmt: skip


@given(first=ephemerides(), second=ephemerides())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(first: Ephemeris, second: Ephemeris) -> None:
    second = replace(second, object_name=first.object_name, time_system=first.time_system)
    data = write_oem_kvn([first, second], originator="TESTER", created_utc=first.times[0])
    for found, meant in zip(read_oem(data, source="file"), (first, second), strict=True):
        for name in (field.name for field in fields(Ephemeris)):
            np.testing.assert_array_equal(getattr(found, name), getattr(meant, name), name)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"object_name": " x"}, "spaces"),
        ({"position_km": np.full((3, 3), np.nan)}, "finite"),
        ({"times": np.full(3, np.datetime64("2026-11-23T00:00:00", "us"))}, "increasing"),
    ],
)
def test_what_would_not_come_back_is_not_written(change: dict[str, Any], problem: str) -> None:
    (one,) = read_oem(KVN, source="file")
    with pytest.raises(FormatError, match=problem):
        write_oem_kvn([replace(one, **change)], originator="X", created_utc=one.times[0])
    other = replace(one, object_id="1998-067B")
    with pytest.raises(FormatError, match="same in all"):
        write_oem_kvn([one, other], originator="X", created_utc=one.times[0])
