"""Reports by a script: known at their time, EXERCISE, for those who get them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hoshimori.exercise.injected_reports import stated_report
from hoshimori.formats.report_fields import report_of, report_value
from hoshimori.model.injects import StatedReport
from hoshimori.model.markings import OPEN, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Credibility, Grade, OperatorReport, Reliability, Statement
from hoshimori.model.scenarios import Cell, CellKind

START_UTC = datetime(2026, 11, 23, tzinfo=UTC)
CELLS = (
    Cell(name="blue", kind=CellKind.NATIONAL, partner="JPN", task={}),
    Cell(name="house", kind=CellKind.NATIONAL, task={}),
)


def made(**others: Any) -> OperatorReport:
    values: dict[str, Any] = {
        "inject_id": "said", "at_h": 6.0, "statement": Statement.LINK_INTERFERENCE,
        "parts": ("bird",), "source": "An operator", "text": "The uplink was jammed.",
        "grade": Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE), "begins_h": 4.0,
        "is_true": False,
    } | others  # fmt: skip
    inject = StatedReport(**values)
    return stated_report(inject, numbers={"bird": 25544}, cells=CELLS, starts_utc=START_UTC)


def test_it_is_known_from_when_it_is_given_and_is_exercise() -> None:
    report = made()
    assert report.known_utc == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert report.start_utc == datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert report.reality is Reality.EXERCISE
    assert report.objects == (25544,)
    assert report.marking == OPEN


def test_it_is_what_a_file_of_reports_would_give() -> None:
    report = made()
    assert report_of(report_value(report), marking=OPEN, reality=Reality.REAL) == report


def test_whether_it_is_true_is_not_in_it() -> None:
    assert made(is_true=True) == made(is_true=False)


def test_who_gets_it_is_in_its_marking() -> None:
    assert made(for_cells=("blue",)).marking == Marking(releasable_to=frozenset({"JPN"}))
    assert not made(for_cells=("house",)).marking.may_go_to({"JPN"})


def test_what_is_announced_may_begin_later() -> None:
    report = made(statement=Statement.NOTICE_GIVEN, begins_h=48.0)
    assert report.start_utc == report.end_utc == datetime(2026, 11, 25, tzinfo=UTC)


def test_parts_and_cells_that_there_are_not_are_named() -> None:
    with pytest.raises(ValueError, match="said: no part is called ghost"):
        made(parts=("ghost",))
    with pytest.raises(ValueError, match="said: no cell is called green"):
        made(for_cells=("green",))
