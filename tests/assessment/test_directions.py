"""Direction is what is stated, and within space where nothing is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hoshimori.assessment.directions import STATED, combined_direction, direction_of
from hoshimori.model.finding import BaseRate, Confidence, Interval
from hoshimori.model.incidents import Direction
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Credibility, Grade, OperatorReport, Reliability, Statement

Make = Callable[..., Any]


def report(statement: Statement, like: Any) -> OperatorReport:
    return OperatorReport(
        finding_id="r",
        detector="report/1",
        objects=(),
        start_utc=like.start_utc,
        end_utc=like.end_utc,
        base_rate=BaseRate("", 0, Interval(0.0, 0.0, 1.0)),
        confidence=Confidence.LOW,
        confidence_because="stated",
        basis=(),
        reality=Reality.REAL,
        statement=statement,
        source="made",
        source_chain="made",
        grade=Grade(Reliability.NOT_JUDGED, Credibility.NOT_JUDGED),
        text="made",
        known_utc=like.end_utc,
    )


def test_orbits_alone_are_within_space(conjunction: Make, breakup: Make) -> None:
    assert combined_direction([conjunction((1, 9), 0), breakup(5, (6,), 0)]) is Direction.WITHIN


@pytest.mark.parametrize("statement", Statement)
def test_a_statement_says_only_what_the_table_says(statement: Statement, conjunction: Make) -> None:
    said = direction_of(report(statement, conjunction((1,), 0)))
    assert said is STATED.get(statement, Direction.WITHIN)


def test_what_is_stated_wins_over_the_default(breakup: Make) -> None:
    cloud = breakup(5, (6,), 0)
    seen = report(Statement.INTERCEPTOR_SEEN, cloud)
    assert combined_direction([cloud, seen]) is Direction.TO
    disturbed = report(Statement.NAVIGATION_DISTURBED, cloud)
    assert combined_direction([disturbed]) is Direction.GROUND
    assert combined_direction([disturbed, seen]) is Direction.TO
