"""Cases of a signal: read whole, or refused with line, field, cause and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_signals import TWO_GEO

from hoshimori.errors import FormatError
from hoshimori.formats.arrivals_csv import read_arrivals_csv
from hoshimori.formats.geolocation_cases import read_geolocation_case
from hoshimori.model.geolocation import ArrivalKind, DisturbedLink
from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import Bearing, Link, Polarisation

FULL = """\
title = "a signal"
reality = "EXERCISE"
tdoa_sigma_s = 1e-7
fdoa_sigma_hz = 0.5
[emitter]
height_m = 120
height_sigma_m = 30
carrier_hz = 14.2e9
[[satellite]]
name = "A"
object = "41335"
position_sigma_m = [100, 300, 100]
velocity_sigma_m_s = [0.01, 0.01, 0.01]
clock_sigma_s = 1e-6
frequency_sigma_hz = 2.0
[[reference]]
name = "R"
latitude_deg = 52.0
longitude_deg = 13.0
carrier_hz = 14.1e9
[[station]]
name = "G"
latitude_deg = 50.0
longitude_deg = 1.0
downlink_hz = 11.1e9
[[measurement]]
time_utc = 2026-03-01T12:00:00Z
kind = "tdoa"
first = "A"
second = "B"
value = -1.5e-4
emitter = "R"
station = "G"
"""

SECOND = '[[reference]]\nname = "R"\nlatitude_deg = 0\nlongitude_deg = 0\n'


def read(text: str) -> object:
    return read_geolocation_case(text.encode(), source="case.toml")


def test_a_full_case_is_read() -> None:
    case = read_geolocation_case(FULL.encode(), source="case.toml")
    assert (case.title, case.reality) == ("a signal", Reality.EXERCISE)
    assert case.satellites[0].position_sigma_m == (100.0, 300.0, 100.0)
    assert case.references[0].frequency_hz == 14.1e9
    assert case.stations[0].frequency_hz == 11.1e9
    (one,) = case.measurements
    assert (one.kind, one.value, one.sigma, one.station) == (ArrivalKind.TDOA, -1.5e-4, None, "G")


def test_what_a_signal_disturbs_is_read() -> None:
    text = (
        "[disturbed]\nobject = 44476\nreceivers = ['transponder 3']\nlink = 'uplink'\n"
        "band = 'Ku'\npolarisation = 'H'\nbearing = 'to'\n"
    )
    told = read_geolocation_case(text.encode(), source="case.toml").disturbed
    assert told == DisturbedLink(
        norad_id=44476, receivers=("transponder 3",), link=Link.UPLINK, band="Ku",
        polarisation=Polarisation.HORIZONTAL, bearing=Bearing.TO_SPACE,
    )  # fmt: skip
    for wrong in ("object = 0", "object = 44476.5", "link = 'up'", "polarisation = 'X'"):
        with pytest.raises(FormatError, match=r"case\.toml:2:disturbed"):
            read_geolocation_case(f"[disturbed]\n{wrong}\n".encode(), source="case.toml")


def test_a_made_case_is_read() -> None:
    case = read_geolocation_case(TWO_GEO.case().encode(), source="case.toml")
    assert [one.name for one in case.references] == ["R1", "R2"]


def test_what_is_left_out_has_its_default() -> None:
    case = read_geolocation_case(b"", source="case.toml")
    assert (case.emitter.height_m, case.emitter.height_sigma_m) == (0.0, 200.0)
    assert case.reality is Reality.REAL


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("latitude_deg = 52.0", "latitude_deg = 152.0", r"case.toml:18:reference\[1\]"),
        ("height_m = 120", "height_m = 90000", "metres above the ellipsoid, from -500 to 20,000"),
        ("carrier_hz = 14.2e9", "carrier_hz = 14.2", "expected hertz, from 100,000"),
        ("tdoa_sigma_s = 1e-7", "tdoa_sigma_s = 0", "expected seconds, from 1e-12"),
        ("clock_sigma_s = 1e-6", "clock_sigma_s = nan", "expected seconds, from 0 to 0.01"),
        ("[100, 300, 100]", "[100, 300]", r"expected 3 numbers, \[radial, in-track, cross-track\]"),
        ('kind = "tdoa"', 'kind = "toa"', "did you mean tdoa"),
        ("12:00:00Z", "12:00:00", "has no zone: add Z"),
        ('first = "A"', 'frist = "A"', "is missing: Name of the first satellite"),
        ('reality = "EXERCISE"', 'reality = "exercise"', "unknown reality"),
        ("value = -1.5e-4", "", "is missing: First minus second"),
        ("[[station]]", f"{SECOND}[[station]]", "'R' a second time: rename one"),
    ],
)  # fmt: skip
def test_absurd_values_are_refused_with_where_and_what(old: str, new: str, message: str) -> None:
    assert FULL.count(old) >= 1
    with pytest.raises(FormatError, match=message) as told:
        read(FULL.replace(old, new, 1))
    assert told.value.source == "case.toml"
    assert told.value.line


def test_what_is_no_toml_names_the_line() -> None:
    with pytest.raises(FormatError, match=r"case.toml:2: not TOML"):
        read("title = 'a'\n[[satellite\n")


def test_the_case_and_the_csv_of_the_page_are_read_whole() -> None:
    page = Path(__file__).parents[2] / "docs" / "explain" / "geolocation.md"
    text = page.read_text(encoding="utf-8")
    toml, csv = (text.split(f"```{kind}\n")[1].split("```")[0] for kind in ("toml", "csv"))
    case = read_geolocation_case(toml.encode(), source="page")
    reading = read_arrivals_csv(csv.encode(), source="page")
    assert (len(case.satellites), len(reading.differences), reading.rejections) == (2, 3, ())
    assert {one.emitter for one in reading.differences} - {""} == {case.references[0].name}
