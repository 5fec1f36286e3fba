"""Space weather of CSSI: the columns, thirds of the index, bad rows alone, and the real file."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.space_weather import read_space_weather, write_space_weather
from hoshimori.model.provenance import Provenance
from hoshimori.model.space_weather import PERIODS_PER_DAY, DayKind, SpaceWeather

HEADER = (
    "DATE,BSRN,ND,KP1,KP2,KP3,KP4,KP5,KP6,KP7,KP8,KP_SUM,AP1,AP2,AP3,AP4,AP5,AP6,AP7,AP8,AP_AVG,"
    "CP,C9,ISN,F10.7_OBS,F10.7_ADJ,F10.7_DATA_TYPE,F10.7_OBS_CENTER81,F10.7_OBS_LAST81,"
    "F10.7_ADJ_CENTER81,F10.7_ADJ_LAST81"
)
MADE = Provenance("made.csv", "0" * 64)


def row(day: str, kp: str = "3,7,10,33,37,40,87,90", kind: str = "OBS", flux: str = "150.5") -> str:
    """A made row; the indices are what a test is about."""
    ap = "2,3,4,18,22,27,300,400" if kp.strip(",") else ",,,,,,,"
    return f"{day},2600,1,{kp},307,{ap},97,1.8,8,120,{flux},151.0,{kind},149.0,148.0,150.0,149.5"


def table(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


def test_the_columns_of_a_day() -> None:
    weather = read_space_weather(table(row("2025-01-02"), row("2025-01-01")), MADE).weather
    assert weather.day_utc.astype("datetime64[D]").astype(str).tolist() == [
        "2025-01-01",
        "2025-01-02",
    ]
    expected = [1 / 3, 2 / 3, 1.0, 10 / 3, 11 / 3, 4.0, 26 / 3, 9.0]
    assert weather.kp[0].tolist() == expected
    assert weather.ap[0].tolist() == [2, 3, 4, 18, 22, 27, 300, 400]
    assert (weather.f107_observed[0], weather.f107_adjusted[0]) == (150.5, 151.0)
    assert weather.f107_observed_81_day[0] == 148.0


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (row("2025-02-30"), "DATE"),
        (row("2025-1-3"), "DATE"),
        (row("2025-01-03", kp="3,7,10,33,37,40,87,91"), "KP8"),
        (row("2025-01-03", kp="x,7,10,33,37,40,87,90"), "KP1"),
        (row("2025-01-03", kind="GUESS"), "F10.7_DATA_TYPE"),
        (row("2025-01-03", flux="-3"), "F10.7_OBS"),
        (row("2025-01-03", flux="nan"), "F10.7_OBS"),
        (row("2025-01-01"), "DATE"),
        ("2025-01-03,1", ""),
    ],
)
def test_a_bad_row_is_refused_alone(bad: str, field: str) -> None:
    reading = read_space_weather(table(row("2025-01-01"), bad, row("2025-01-04")), MADE)
    assert len(reading.weather) == 2
    (rejection,) = reading.rejections
    assert (rejection.line, rejection.field, rejection.raw) == (3, field, bad.encode())


def test_kinds_and_empty_cells() -> None:
    monthly = row("2025-03-01", kp=",,,,,,,", kind="PRM")
    weather = read_space_weather(table(row("2025-01-01", kind="INT"), monthly), MADE).weather
    assert weather.kind.tolist() == [DayKind.INTERPOLATED, DayKind.PREDICTED_MONTHLY]
    assert np.isnan(weather.kp[1]).all()


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", HEADER.encode(), table(row("bad")), b"\xff\xfe", b"PK\x03\x04"]
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_space_weather(data, MADE)


@given(st.binary(max_size=200))
def test_only_format_errors_escape(tail: bytes) -> None:
    try:
        reading = read_space_weather(table(row("2025-01-01")) + tail, MADE)
    except FormatError:
        return
    assert len(reading.weather) >= 1


@given(st.lists(st.integers(0, 27), min_size=8, max_size=8))
def test_every_third_comes_back_exactly(thirds: list[int]) -> None:
    cells = ",".join(str(round(third * 10 / 3)) for third in thirds)
    weather = read_space_weather(table(row("2025-01-01", kp=cells)), MADE).weather
    assert weather.kp[0].tolist() == [third / 3 for third in thirds]


MaybeDay = tuple[list[int | None], DayKind, int | None]
DAYS = st.tuples(
    st.lists(st.one_of(st.none(), st.integers(0, 27)), min_size=8, max_size=8),
    st.sampled_from(DayKind),
    st.one_of(st.none(), st.integers(600, 4000)),
)


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_what_is_written_reads_back(days: list[MaybeDay]) -> None:
    kp = np.array([[np.nan if t is None else t / 3.0 for t in thirds] for thirds, _, _ in days])
    flux = np.array([np.nan if f is None else f / 10.0 for _, _, f in days])
    weather = SpaceWeather(
        day_utc=np.datetime64("2025-01-01", "us") + np.arange(len(days)) * np.timedelta64(1, "D"),
        kp=kp,
        ap=np.where(np.isfinite(kp), 10.0, np.nan),
        f107_observed=flux,
        f107_adjusted=flux,
        f107_observed_81_day=flux,
        kind=np.array([kind for _, kind, _ in days], np.uint8),
        provenance=MADE,
    )
    read = read_space_weather(write_space_weather(weather), MADE)
    assert read.rejections == ()
    assert weather.kp.shape[1] == PERIODS_PER_DAY
    for name in ("day_utc", "kp", "ap", "f107_observed", "f107_adjusted", "kind"):
        assert np.array_equal(
            getattr(read.weather, name), getattr(weather, name), equal_nan=name != "kind"
        )


def test_the_real_file(shared_data: Path) -> None:
    """All rows of CelesTrak's file; great storms stand where GFZ lists them."""
    payload = (shared_data / "spaceweather" / "SW-All.csv.gz").read_bytes()
    reading = read_space_weather(payload, MADE)
    assert reading.rejections == ()
    assert len(reading.weather) == len(gzip.decompress(payload).splitlines()) - 1
    assert str(reading.weather.observed_until_utc) == "2026-02-24T00:00:00.000000"
    starts, kp = reading.weather.periods()
    # GFZ Potsdam, Kp since 1932: 9o on 2003-10-29 06 UTC, 2003-10-30 18 UTC and 2024-05-11 00 UTC.
    for moment in ("2003-10-29T06", "2003-10-30T18", "2024-05-11T00"):
        assert kp[starts == np.datetime64(moment, "us")].tolist() == [9.0]
