"""Differences of arrival in Tracking Data Messages: PATH_2 minus PATH_1."""

from __future__ import annotations

from typing import Any

import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.tdm import read_tdm
from hoshimori.formats.tdm_arrivals import arrivals_of_segment
from hoshimori.model.geolocation import ArrivalKind

HEAD = """\
CCSDS_TDM_VERS = 2.0
CREATION_DATE = 2026-03-01T13:00:00
ORIGINATOR = TEST
META_START
TIME_SYSTEM = UTC
PARTICIPANT_1 = UNKNOWN
PARTICIPANT_2 = 41335
PARTICIPANT_3 = 40697
PARTICIPANT_4 = GROUND
MODE = SINGLE_DIFF
PATH_1 = 1,2
PATH_2 = 1,3
RANGE_UNITS = km
META_STOP
DATA_START
"""
DATA = """\
TRANSMIT_FREQ_1 = 2026-03-01T12:00:00 14.0E9
VLBI_DELAY = 2026-03-01T12:00:00 -1.5E-4
RECEIVE_FREQ = 2026-03-01T12:00:00 120.5
RANGE = 2026-03-01T12:00:10 29.9792458
DOPPLER_INSTANTANEOUS = 2026-03-01T12:00:10 0.00299792458
CARRIER_POWER = 2026-03-01T12:00:10 -150
DATA_STOP
"""


def read(text: str, references: frozenset[str] = frozenset()) -> Any:
    (segment,) = read_tdm(text.encode(), source="m.tdm")
    return arrivals_of_segment(segment, segment.times, source="m.tdm", references=references)


def test_the_first_satellite_is_that_of_path_2() -> None:
    """Source: CCSDS 503.0-B-2, VLBI_DELAY: arrival via PATH_2 minus arrival via PATH_1."""
    found = read(HEAD + DATA).differences
    assert {(one.first, one.second) for one in found} == {("40697", "41335")}
    assert [(one.kind, one.value) for one in found] == [
        (ArrivalKind.TDOA, -1.5e-4),
        (ArrivalKind.FDOA, 120.5),
        (ArrivalKind.TDOA, pytest.approx(1e-4)),
        (ArrivalKind.FDOA, pytest.approx(-140.0)),
    ]
    assert {one.carrier_hz for one in found} == {14.0e9}
    assert {(one.emitter, one.station) for one in found} == {("", "")}
    assert {one.known_utc.isoformat() for one in found} == {"2026-03-01T13:00:00+00:00"}


def test_a_reference_and_a_station_are_known_by_their_names() -> None:
    relayed = HEAD.replace("1,2\n", "1,2,4\n").replace("1,3\n", "1,3,4\n")
    found = read(relayed + DATA, frozenset({"UNKNOWN"})).differences
    assert {(one.emitter, one.station) for one in found} == {("UNKNOWN", "GROUND")}


def test_a_range_rate_without_a_carrier_is_refused_alone() -> None:
    reading = read(HEAD + DATA.split("\n", 1)[1])
    assert len(reading.differences) == 3
    (one,) = reading.rejections
    assert one.field == "DOPPLER_INSTANTANEOUS"
    assert "state TRANSMIT_FREQ of the emitter" in one.problem


def test_range_units_are_refused_alone() -> None:
    reading = read(HEAD.replace("RANGE_UNITS = km", "RANGE_UNITS = RU") + DATA)
    assert ["range units have no size here" in r.problem for r in reading.rejections] == [True]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("MODE = SINGLE_DIFF\nPATH_1 = 1,2\nPATH_2 = 1,3", "MODE = SEQUENTIAL\nPATH = 1,2",
         "expected SINGLE_DIFF with PATH_1 and PATH_2"),
        ("PATH_2 = 1,3", "PATH_2 = 2,3", "expected one emitter, two satellites"),
        ("PATH_2 = 1,3", "PATH_2 = 1,2", "expected one emitter, two satellites"),
        ("PATH_2 = 1,3", "PATH_2 = 1,3,4", "expected one emitter, two satellites"),
        ("1,2\nPATH_2 = 1,3", "1,2,1,2\nPATH_2 = 1,3,1,2", "expected one emitter"),
    ],
)  # fmt: skip
def test_other_segments_are_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(HEAD.replace(old, new) + DATA)
