"""What was stated by the moment of the picture is passed on as said, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Confidence, OperatorReport
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import NOT_COUNTED, Credibility, Grade, Reliability, Statement

NOW = datetime(2025, 3, 3, tzinfo=UTC)


def stated(name: str, *, start_h: float, known_h: float) -> OperatorReport:
    return OperatorReport(
        finding_id=name,
        detector="operator_reports/1",
        objects=(44476,),
        start_utc=NOW + timedelta(hours=start_h),
        end_utc=NOW + timedelta(hours=start_h),
        base_rate=NOT_COUNTED,
        confidence=Confidence.LOW,
        confidence_because="made",
        basis=(name,),
        reality=Reality.REAL,
        statement=Statement.SERVICE_KEPT,
        source="made",
        source_chain="made",
        grade=Grade(Reliability.NOT_JUDGED, Credibility.NOT_JUDGED),
        text="made",
        known_utc=NOW + timedelta(hours=known_h),
    )


def test_reports_are_passed_on_by_time_and_those_not_yet_known_left_out() -> None:
    announced = stated("ahead", start_h=48.0, known_h=-24.0)
    past = stated("past", start_h=-30.0, known_h=0.0)
    later = stated("later", start_h=-30.0, known_h=0.1)
    picture = Picture(
        as_of_utc=NOW, newest=NO_ELEMENT_SETS, history=NO_ELEMENT_SETS, assets=(), days_ahead=7.0
    )
    assert OperatorReportDetector().detect(picture) == ()
    picture = replace(picture, reports=(announced, later, past))
    assert OperatorReportDetector().detect(picture) == (past, announced)
