"""Differences in CSV: lines that cannot be read are refused alone."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.arrivals_csv import is_arrivals_csv, read_arrivals_csv
from hoshimori.model.geolocation import ArrivalKind

HEAD = "time_utc,kind,first,second,value,sigma,emitter,carrier_hz"
GOOD = "2026-03-01T12:00:00.250Z,tdoa,41335,B,-1.25e-4,1e-7,,"


def read(*lines: str) -> object:
    return read_arrivals_csv("\n".join((HEAD, *lines)).encode(), source="m.csv")


def test_a_line_is_read() -> None:
    (one,) = read(GOOD).differences  # type: ignore[attr-defined]
    assert (one.kind, one.first, one.second) == (ArrivalKind.TDOA, "41335", "B")
    assert (one.value, one.sigma, one.carrier_hz, one.emitter) == (-1.25e-4, 1e-7, None, "")
    assert one.time_utc.isoformat() == "2026-03-01T12:00:00.250000+00:00"
    assert one.place == "m.csv:2"


def test_when_it_could_be_known_may_stand_beside_it() -> None:
    head, late = f"{HEAD},received_utc", "2026-03-01T13:00:00Z"
    data = "\n".join((head, f"{GOOD},{late}", f"{GOOD},", f"{GOOD},later")).encode()
    reading = read_arrivals_csv(data, source="m.csv")
    first, second = reading.differences
    assert first.known_utc.isoformat() == "2026-03-01T13:00:00+00:00"
    assert second.received_utc is None
    assert second.known_utc == second.time_utc
    assert [one.field for one in reading.rejections] == ["received_utc"]


@pytest.mark.parametrize(
    ("line", "field", "message"),
    [
        (GOOD.replace("12:00:00", "25:00:00"), "time_utc", "no time of day"),
        (GOOD.replace("2026-03-01T12:00:00.250Z", "yesterday"), "time_utc", "expected YYYY-MM-DD"),
        (GOOD.replace("tdoa", "toa"), "kind", "expected tdoa or fdoa"),
        (GOOD.replace("41335", ""), "first", "expected the name of a satellite"),
        (GOOD.replace("-1.25e-4", "nan"), "value", "expected seconds or hertz"),
        (GOOD.replace("-1.25e-4", "1e12"), "value", "expected seconds or hertz"),
        (GOOD.replace("-1.25e-4", ""), "value", "empty: expected a number"),
        (GOOD.replace("1e-7", "-1e-7"), "sigma", "expected seconds or hertz"),
        (GOOD.replace("1e-7", "0"), "sigma", "expected seconds or hertz"),
        (GOOD + "12", "carrier_hz", "expected hertz, from 100,000"),
        (GOOD + ",", "", "9 cells: expected 8"),
        ('"', "", "1 cells: expected 8"),
    ],
)
def test_an_absurd_line_is_refused_alone(line: str, field: str, message: str) -> None:
    reading = read(line, GOOD)
    assert len(reading.differences) == 1  # type: ignore[attr-defined]
    (one,) = reading.rejections  # type: ignore[attr-defined]
    assert (one.source, one.line, one.field) == ("m.csv", 2, field)
    assert message in one.problem


def test_a_header_that_lacks_or_repeats_a_column_is_refused() -> None:
    with pytest.raises(FormatError, match="no column second"):
        read_arrivals_csv(b"time_utc,kind,first,value\n", source="m.csv")
    with pytest.raises(FormatError, match="'sgima' unknown or twice"):
        read_arrivals_csv(b"time_utc,kind,first,second,value,sgima\n", source="m.csv")
    with pytest.raises(FormatError, match="0 lines"):
        read_arrivals_csv(b"# nothing\n", source="m.csv")


def test_it_is_known_by_its_header() -> None:
    assert is_arrivals_csv(f"# a comment\n{HEAD}\n".encode())
    assert not is_arrivals_csv(b"CCSDS_TDM_VERS = 2.0\n")
    assert not is_arrivals_csv(b"")


@settings(max_examples=20, deadline=None)
@given(st.floats(-1e8, 1e8), st.floats(1e-12, 1e5))
def test_numbers_come_back_to_the_last_bit(value: float, sigma: float) -> None:
    line = f"2026-03-01T12:00:00Z,fdoa,A,B,{value!r},{sigma!r},R,1e9"
    (one,) = read(line).differences  # type: ignore[attr-defined]
    assert (one.value, one.sigma, one.emitter) == (value, sigma, "R")


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200))
def test_nothing_but_a_format_error_escapes(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        read_arrivals_csv(HEAD.encode() + b"\n" + data, source="m.csv")
