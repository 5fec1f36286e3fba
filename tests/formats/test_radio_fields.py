"""What reports state about radio: read field by field, written back, and put into the ITU form."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.exercise.as_exercise import report_as_exercise
from hoshimori.formats.appendix10 import ITEMS, write_appendix10
from hoshimori.formats.radio_fields import ABOUT_RADIO, radio_of, radio_value
from hoshimori.formats.report_fields import report_of, report_value
from hoshimori.formats.reports import read_reports, write_reports
from hoshimori.model.findings import Reception
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Reality
from hoshimori.model.radio_particulars import RadioParticulars
from hoshimori.model.receivers import Link, Polarisation
from hoshimori.model.reports import OperatorReport, Statement

HEAD = """[[report]]
statement = "link_interference"
objects = [44476]
start_utc = 2025-03-02T21:10:00Z
end_utc = 2025-03-02T21:55:00Z
known_utc = 2025-03-03T06:00:00Z
source = "Example Satellite Operator"
grade = "A2"
text = "Uplink disturbed."
"""
RADIO = """radio.frequency_mhz = 14125.5
radio.bandwidth_khz = 36000
radio.polarisation = "H"
radio.link = "uplink"
radio.beam = "EU-3"
radio.level_over_noise_db = 9.5
radio.modulation = "swept carrier"
radio.telemetry_start_utc = 2025-03-02T21:09:00Z
radio.telemetry_end_utc = 2025-03-02T22:00:00Z
radio.effect = "two transponders lost"
radio.steps = "carriers moved"
"""
NAME_BEFORE = "652f1d030ae10d49"
"""Of the report without radio, as it was computed before reports had such fields."""
WHOLE = RadioParticulars(
    frequency_mhz=14125.5,
    bandwidth_khz=36000.0,
    polarisation=Polarisation.HORIZONTAL,
    link=Link.UPLINK,
    beam="EU-3",
    level_over_noise_db=9.5,
    modulation="swept carrier",
    telemetry_start_utc=datetime(2025, 3, 2, 21, 9, tzinfo=UTC),
    telemetry_end_utc=datetime(2025, 3, 2, 22, tzinfo=UTC),
    effect="two transponders lost",
    steps="carriers moved",
)
Make = Callable[..., Any]


def read(text: str) -> OperatorReport:
    reading = read_reports(text.encode(), source="reports.toml")
    assert reading.rejections == ()
    return reading.reports[0]


def test_the_fields_are_read_as_keys_and_as_a_table() -> None:
    assert read(HEAD + RADIO).radio == WHOLE
    table = HEAD + "[report.radio]\n" + RADIO.replace("radio.", "")
    assert read(table).radio == WHOLE
    assert read(HEAD).radio is None


def test_what_is_stated_about_radio_is_part_of_what_a_report_is() -> None:
    plain, told = read(HEAD), read(HEAD + RADIO)
    assert plain.finding_id != told.finding_id
    other = read(HEAD + RADIO.replace("9.5", "9.6"))
    assert other.finding_id != told.finding_id
    # The name that it has had since reports are read.
    assert plain.finding_id.startswith(NAME_BEFORE)
    drill = report_as_exercise(told)
    assert (drill.radio, drill.reality) == (WHOLE, Reality.EXERCISE)


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        ("radio.frequency_mhz = 0", "radio.frequency_mhz", "expected a number from 0.003"),
        ('radio.frequency_mhz = "14 GHz"', "radio.frequency_mhz", "expected a number"),
        ("radio.bandwidth_khz = nan", "radio.bandwidth_khz", "expected a number"),
        ("radio.level_over_noise_db = 900", "radio.level_over_noise_db", "expected a number"),
        ('radio.polarisation = "slant"', "radio.polarisation", "expected one of RHCP"),
        ('radio.link = "sidelink"', "radio.link", "expected one of navigation"),
        ('radio.beam = "a\\u0007"', "radio.beam", "control characters"),
        ("radio.telemetry_end_utc = 2025-03-02T22:00:00Z", "radio.telemetry_end_utc", "a start"),
        ('radio.telemetry_start_utc = "soon"', "radio.telemetry_start_utc", "a moment in UTC"),
        ('radio.colour = "red"', "radio.colour", "unknown field"),
        ("radio = 3", "radio", "expected a table"),
        ("radio = {}", "radio", "expected a table"),
    ],
)
def test_a_wrong_field_refuses_its_report_alone(line: str, field: str, expected: str) -> None:
    text = f"{HEAD}{line}\n\n{HEAD.replace('disturbed', 'disturbed again')}"
    reading = read_reports(text.encode(), source="reports.toml")
    (refused,) = reading.rejections
    assert (refused.line, refused.field) == (10, field)
    assert expected in refused.problem
    assert len(reading.reports) == 1


@pytest.mark.parametrize("statement", Statement)
def test_only_statements_about_links_and_services_have_them(statement: Statement) -> None:
    text = HEAD.replace("link_interference", statement.name.lower()) + RADIO
    reading = read_reports(text.encode(), source="reports.toml")
    assert bool(reading.reports) is (statement in ABOUT_RADIO)


TEXTS = st.text("abc 雨#\"'\\", max_size=10).map(str.strip)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds without a zone


@st.composite
def particulars(draw: st.DrawFn) -> RadioParticulars:
    start = draw(st.none() | MOMENTS)
    end = None if start is None else draw(st.none() | st.just(start + timedelta(hours=2)))
    return RadioParticulars(
        frequency_mhz=draw(st.none() | st.floats(0.003, 3e6)),
        bandwidth_khz=draw(st.none() | st.floats(1e-6, 1e8)),
        polarisation=draw(st.sampled_from(Polarisation)),
        link=draw(st.none() | st.sampled_from(Link)),
        beam=draw(TEXTS),
        level_over_noise_db=draw(st.none() | st.floats(-60.0, 200.0)),
        modulation=draw(TEXTS),
        telemetry_start_utc=start,
        telemetry_end_utc=end,
        effect=draw(TEXTS),
        steps=draw(TEXTS),
    )


@settings(max_examples=30, deadline=None)
@given(particulars())
def test_what_is_written_is_read_back(radio: RadioParticulars) -> None:
    value = report_value(replace(read(HEAD), radio=radio))
    told = report_of(value, marking=OPEN, reality=Reality.REAL)
    assert told.radio == (radio if radio_value(radio) else None)
    (back,) = read_reports(write_reports([told]), source="reports.toml").reports
    assert back == told


def test_nothing_stated_is_nothing() -> None:
    def never(values: object, name: str) -> Any:
        raise AssertionError(name)

    assert radio_of({}, Statement.DENIED, line=never, moment=never) is None
    assert radio_value(None) == radio_value(RadioParticulars()) == {}


def items(data: bytes) -> dict[str, str]:
    lines = data.decode().splitlines()
    by_letter = {one[0]: one.partition(": ")[2] for one in lines if one[1:3] == "  "}
    return {letter: text for letter, text in by_letter.items() if text}


def test_the_form_is_filled_from_what_is_stated(make_export: Make) -> None:
    made = make_export(Reality.REAL)
    told = items(write_appendix10(replace(made, findings=(*made.findings, read(HEAD + RADIO)))))
    assert told["b"] == "14125.5 MHz, 2025-03-02T21:10:00Z to 2025-03-02T21:55:00Z"
    assert (told["c"], told["d"], told["f"]) == ("swept carrier", "36000 kHz", "H")
    assert told["e"].startswith("9.5 dB over noise")
    assert told["t"] == (
        "link: uplink; beam: EU-3; telemetry: 2025-03-02T21:09:00Z to 2025-03-02T22:00:00Z; "
        "steps taken: carriers moved"
    )
    assert told["u"].endswith("effect on the service: two transponders lost")
    assert set(told) <= set(ITEMS)


def test_the_form_is_filled_from_receivers_and_not_from_rain(make_export: Make) -> None:
    samples = runpy.run_path(str(Path(__file__).parents[1] / "assessment" / "evidence_samples.py"))
    reception = samples["reception"]
    made = make_export(Reality.REAL)
    heard = reception(receiver="transponder\n3")
    told = items(write_appendix10(replace(made, findings=(heard,))))
    assert told["q"] == "transponder 3"
    assert told["w"] == "H"
    assert told["u"] == "uplink (Ku): all signals fell together, C/N0 -12.0 to -10.0 dB"
    with pytest.raises(FormatError, match="no interference"):
        write_appendix10(replace(made, findings=(reception(Reception.FADED),)))
