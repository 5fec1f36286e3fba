"""Files of reports: bad records alone are refused, and what is written is read back."""

from __future__ import annotations

import gzip
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.report_fields import parse_grade, report_of, report_value
from hoshimori.formats.reports import read_reports, write_reports
from hoshimori.model.finding import Confidence
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import OperatorReport, Statement

TOML = b"""# two reports
[[report]]
statement = "notice_given"
objects = [44476, 55841]
start_utc = 2025-03-01T00:00:00Z
end_utc = "2025-03-10T00:00:00Z"
known_utc = 2025-02-25T12:00:00
source = "Example Press Agency"
source_chain = "the other operator"
grade = "D3"
text = \"\"\"It will pass
along the belt.\"\"\"
marking = "TLP:GREEN//REL TO JPN, USA"

[[report]]
statement = "satellite navigation disturbed"
start_utc = 2025-03-02T20:00:00Z
known_utc = 2025-03-03T01:30:00Z
source = "Example Air Traffic Control"
text = "Aircraft lost positions."
"""

LINE = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs"),
        exclude_characters="\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        "\ufffe\uffff",
    ),
    max_size=40,
).map(str.strip)
NAME = LINE.filter(bool)
GRADES = st.sampled_from([f"{source}{content}" for source in "ABCDEF" for content in range(1, 7)])
MOMENTS = st.datetimes(datetime(1957, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds without a zone
MARKINGS = st.builds(
    Marking,
    st.sampled_from(Level),
    st.none() | st.frozensets(st.sampled_from(("JPN", "USA", "ACME-OPS"))),
    st.frozensets(st.sampled_from(("ORCON", "SOURCE TERMS"))),
)


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Making reports takes long on a busy machine; that says nothing of them."""


@st.composite
def reports(draw: st.DrawFn) -> OperatorReport:
    start, days = draw(MOMENTS), draw(st.floats(0.0, 900.0))
    values = {
        "statement": draw(st.sampled_from(Statement)).name.lower(),
        "objects": draw(st.lists(st.integers(1, 999_999_999), unique=True, max_size=4)),
        "start_utc": start.isoformat(),
        "end_utc": (start + timedelta(days=days)).isoformat(),
        "known_utc": draw(MOMENTS).isoformat(),
        "source": draw(NAME),
        "source_chain": draw(NAME),
        "grade": draw(GRADES),
        "text": draw(NAME),
        "reference": draw(LINE),
        "reality": draw(st.sampled_from(Reality)).value,
    }
    return report_of(values, marking=draw(MARKINGS), reality=Reality.REAL)


@patient
@given(st.lists(reports(), unique_by=lambda r: r.finding_id, max_size=4))
def test_what_is_written_is_read_back(written: list[OperatorReport]) -> None:
    reading = read_reports(write_reports(written), source="made.toml")
    assert reading.rejections == ()
    assert list(reading.reports) == written


@patient
@given(st.lists(reports(), unique_by=lambda r: r.finding_id, max_size=3))
def test_reports_as_json_values_are_read_back(written: list[OperatorReport]) -> None:
    document = json.dumps([report_value(report) for report in written]).encode()
    reading = read_reports(document, source="made.json")
    assert (list(reading.reports), reading.rejections) == (written, ())


def test_a_file_is_read_with_every_field() -> None:
    passing, disturbed = read_reports(TOML, source="r.toml").reports
    assert passing.statement is Statement.NOTICE_GIVEN
    assert passing.objects == (44476, 55841)
    assert passing.end_utc == datetime(2025, 3, 10, tzinfo=UTC)
    assert passing.known_utc == datetime(2025, 2, 25, 12, tzinfo=UTC)
    assert str(passing.grade) == "D3"
    assert passing.text == "It will pass along the belt."
    assert passing.marking == Marking(Level.GREEN, frozenset({"JPN", "USA"}))
    assert passing.confidence is Confidence.LOW
    assert disturbed.statement is Statement.NAVIGATION_DISTURBED
    assert disturbed.objects == ()
    assert disturbed.end_utc == disturbed.start_utc
    assert disturbed.source_chain == disturbed.source
    assert str(disturbed.grade) == "F6"
    assert disturbed.marking == OPEN
    assert disturbed.base_rate.compared == 0


def test_the_file_gives_the_marking_that_a_record_lacks_and_a_reality_that_it_cannot_undo() -> None:
    amber = Marking(Level.AMBER)
    reading = read_reports(TOML, source="r", marking=amber, reality=Reality.EXERCISE)
    assert [r.marking.level for r in reading.reports] == [Level.GREEN, Level.AMBER]
    assert {r.reality for r in reading.reports} == {Reality.EXERCISE}


def test_who_may_see_a_report_does_not_change_which_it_is() -> None:
    (first, _) = read_reports(TOML, source="r").reports
    (again, _) = read_reports(TOML.replace(b"TLP:GREEN", b"TLP:RED"), source="other").reports
    (exercise, _) = read_reports(TOML, source="r", reality=Reality.EXERCISE).reports
    assert first.finding_id == again.finding_id != exercise.finding_id


def test_gzip_and_windows_line_ends_are_read() -> None:
    packed = gzip.compress(TOML.replace(b"\n", b"\r\n"))
    assert read_reports(packed, source="r") == read_reports(TOML, source="r")


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (b'grade = "D3"', b'grade = "G3"', "r:10:grade", "A to F (source) and 1 to 6 (content)"),
        (b'grade = "D3"', b"grade = 3", "r:10:grade", "text in quotes"),
        (b'"notice_given"', b'"was nice"', "r:3:statement", "expected one of notice_given, "),
        (b"[44476, 55841]", b"[44476, 44476]", "r:4:objects", "named twice"),
        (b"[44476, 55841]", b'["44476"]', "r:4:objects", "expected catalogue numbers"),
        (b"[44476, 55841]", b"[0]", "r:4:objects", "expected a catalogue number"),
        (b"[44476, 55841]", b"44476", "r:4:objects", "expected a list"),
        (b"2025-03-01T00:00:00Z", b"2025-03-01", "r:5:start_utc", "as in 2025-03-03T12:00:00Z"),
        (b"2025-03-01T00:00:00Z", b"2025-03-01T00:00:00+09:00", "r:5:start_utc", "expected UTC"),
        (b"2025-03-01T00:00:00Z", b"1900-01-01T00:00:00Z", "r:5:start_utc", "from 1957 on"),
        (b"2025-03-10", b"2025-02-10", "r:6:end_utc", "before start_utc"),
        (b"known_utc = 2025-02-25T12:00:00\n", b"", "r:2:known_utc", "missing"),
        (b'source = "Example Press Agency"', b'source = " "', "r:8:source", "say who states it"),
        (b"the other operator", b"\\u202eevil", "r:9:source_chain", "control characters"),
        (b"TLP:GREEN", b"SECRET", "r:13:marking", "begins with one of TLP:CLEAR"),
        (b"marking =", b"mark =", "r:13:mark", "unknown field; expected one of statement"),
        (b'grade = "D3"', b"grade = D3", "r:10:", "not TOML"),
        (b'grade = "D3"', b'reality = "FAKE"', "r:10:reality", "real, test, simulated, exercise"),
    ],
)
def test_a_bad_record_is_refused_alone_with_its_place(
    old: bytes, new: bytes, place: str, said: str
) -> None:
    assert old in TOML
    reading = read_reports(TOML.replace(old, new, 1), source="r")
    assert [r.statement for r in reading.reports] == [Statement.NAVIGATION_DISTURBED]
    (refused,) = reading.rejections
    assert str(refused).startswith(place)
    assert said in refused.problem
    assert refused.raw.startswith(b"[[report]]")


def test_in_json_the_record_is_counted() -> None:
    good = report_value(read_reports(TOML, source="r").reports[0])
    document = json.dumps([5, good, good, good | {"text": ""}]).encode()
    reading = read_reports(document, source="r.json")
    assert len(reading.reports) == 1
    assert [(r.line, r.field) for r in reading.rejections] == [(1, ""), (3, ""), (4, "text")]
    assert "stands above" in reading.rejections[1].problem


@pytest.mark.parametrize(
    "data",
    [
        b"", b"norad_id,name\n1,a\n", b"[asset]\n", b'{"reports": []}', b"[1, 2", b"\xff\xfe\x00",
        b"[[asset]]\nnorad_id = 1\n", b"report = 5\n", b"[" * 100_000, b"report = " + b"[" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_file_of_reports_is_refused_whole(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        read_reports(data, source="r")
    assert str(caught.value).startswith("r: ")


def test_an_empty_list_is_a_file_of_no_reports() -> None:
    assert read_reports(write_reports([]), source="r").reports == ()
    assert read_reports(b"[]", source="r").reports == ()


def test_of_damaged_files_only_format_errors_come_out() -> None:
    dice = random.Random(5)
    tokens = (b"\0", b'"', b"[[report]]", b"\n", b"9" * 5000, b"nan", b"\\ud800", b"=", b"'''")
    as_json = json.dumps([report_value(r) for r in read_reports(TOML, source="r").reports]).encode()
    read = refused = 0
    for data in (TOML, as_json) * 300:
        start = dice.randrange(len(data))
        end = start + dice.choice((0, 1, 8, 60))
        try:
            reading = read_reports(data[:start] + dice.choice(tokens) + data[end:], source="r")
        except FormatError:
            refused += 1
            continue
        read += 1
        assert all(str(rejection) for rejection in reading.rejections)
    assert read > 50
    assert refused > 50


def test_a_grade_is_a_letter_and_a_digit() -> None:
    assert str(parse_grade(" b2 ")) == "B2"
    with pytest.raises(FormatError, match="as in B2"):
        parse_grade("B7")


def test_how_sure_a_statement_is_follows_from_its_grade() -> None:
    sure = {g: parse_grade(g).confidence() for g in ("A1", "B1", "A2", "B2", "B3", "C1", "F6")}
    assert [c for c in sure.values() if c is Confidence.HIGH] == [Confidence.HIGH] * 2
    assert sure["A2"] is sure["B2"] is Confidence.MODERATE
    assert sure["B3"] is sure["C1"] is sure["F6"] is Confidence.LOW
