"""Reports go with what was measured about the same objects, and never in its place."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoshimori.assessment.incidents import incidents_of
from hoshimori.model.findings import (
    AnyFinding,
    BaseRate,
    Confidence,
    Conjunction,
    Interval,
    OperatorReport,
)
from hoshimori.model.incidents import Attention, Incident, NextStep
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import NOT_COUNTED, Credibility, Grade, Reliability, Statement

NOW = datetime(2025, 3, 3, tzinfo=UTC)
ASSET, SECOND, OTHER, FAR = 44476, 25544, 55841, 99999
A2 = Grade(Reliability.COMPLETELY, Credibility.PROBABLY_TRUE)


def passing(asset: int = ASSET, other: int = OTHER, share: float = 0.5) -> Conjunction:
    return Conjunction(
        finding_id=f"c-{asset}-{other}",
        detector="made/1",
        objects=(asset, other),
        start_utc=NOW,
        end_utc=NOW + timedelta(hours=1),
        base_rate=BaseRate("GEO", 1000, Interval(share / 2, share, min(1.0, 2 * share))),
        confidence=Confidence.MODERATE,
        confidence_because="made",
        basis=("a",),
        reality=Reality.REAL,
        tca_utc=NOW,
        miss_km=Interval(0.0, 1.0, 3.0),
        speed_km_s=10.0,
        miss_rtn_km=(1.0, 0.0, 0.0),
        at_window_edge=False,
    )


def stated(
    *objects: int, statement: Statement = Statement.SERVICE_LOST, days: float = -400.0
) -> OperatorReport:
    return OperatorReport(
        finding_id=f"r-{objects}-{statement.name}",
        detector="operator_reports/1",
        objects=objects,
        start_utc=NOW + timedelta(days=days),
        end_utc=NOW + timedelta(days=days),
        base_rate=NOT_COUNTED,
        confidence=A2.confidence(),
        confidence_because="made",
        basis=("r",),
        reality=Reality.REAL,
        statement=statement,
        source="made",
        source_chain="made",
        grade=A2,
        text="made",
        known_utc=NOW,
    )


def incidents(*findings: AnyFinding) -> dict[tuple[tuple[int, ...], tuple[int, ...]], Incident]:
    found = incidents_of(findings, asset_ids=frozenset({ASSET, SECOND}), as_of_utc=NOW)
    return {(one.assets, one.others): one for one in found}


def test_a_report_about_a_pair_joins_its_incident_and_does_not_lead() -> None:
    report = stated(OTHER, ASSET, statement=Statement.NOTICE_GIVEN)
    (incident,) = incidents(passing(), report).values()
    assert incident.finding_ids == (passing().finding_id, report.finding_id)
    assert incident.attention is Attention.LOG
    assert incident.rarity == passing().base_rate.share
    assert incident.start_utc == NOW


def test_a_report_about_another_object_alone_joins_where_that_takes_part() -> None:
    report = stated(OTHER, statement=Statement.NOT_REGISTERED)
    found = incidents(passing(), passing(SECOND), passing(ASSET, FAR), report)
    holding = {pair for pair, one in found.items() if report.finding_id in one.finding_ids}
    assert holding == {((ASSET,), (OTHER,)), ((SECOND,), (OTHER,))}


def test_a_report_about_an_asset_joins_its_incidents_and_is_seen_once_by_itself() -> None:
    report = stated(ASSET)
    found = incidents(passing(), passing(ASSET, FAR), passing(SECOND), report)
    holding = {pair for pair, one in found.items() if report.finding_id in one.finding_ids}
    assert holding == {((ASSET,), (OTHER,)), ((ASSET,), (FAR,)), ((ASSET,), ())}
    alone = found[(ASSET,), ()]
    assert alone.attention is Attention.WATCH
    assert alone.next_step is NextStep.ASK_FOR_OBSERVATION
    assert found[(ASSET,), (OTHER,)].attention is Attention.LOG


def test_a_report_about_more_objects_joins_the_meetings_among_them() -> None:
    report = stated(ASSET, SECOND, OTHER, statement=Statement.DATA_ERROR)
    found = incidents(passing(), passing(SECOND), passing(ASSET, FAR), report)
    holding = {pair for pair, one in found.items() if report.finding_id in one.finding_ids}
    assert holding == {((ASSET,), (OTHER,)), ((SECOND,), (OTHER,))}


def test_reports_alone_make_incidents_of_their_own() -> None:
    pair, area = stated(ASSET, OTHER), stated()
    found = incidents(pair, area, stated(OTHER, statement=Statement.DENIED))
    assert set(found) == {((ASSET,), (OTHER,)), ((), ())}
    assert len(found[(ASSET,), (OTHER,)].finding_ids) == 2
    assert found[(), ()].attention is Attention.WATCH


@pytest.mark.parametrize("statement", Statement)
def test_no_report_asks_for_a_look(statement: Statement) -> None:
    (incident,) = incidents(stated(ASSET, OTHER, statement=statement)).values()
    assert incident.attention is not Attention.LOOK


def test_an_effect_makes_what_is_logged_worth_watching_and_leads_it() -> None:
    effect = stated(ASSET, OTHER, statement=Statement.LINK_INTERFERENCE)
    (incident,) = incidents(passing(), effect).values()
    assert incident.attention is Attention.WATCH
    assert incident.finding_ids[0] == effect.finding_id
    assert incident.confidence is Confidence.MODERATE


def test_what_is_measured_and_rare_leads_over_any_effect() -> None:
    (incident,) = incidents(passing(share=0.001), stated(ASSET, OTHER)).values()
    assert incident.attention is Attention.LOOK
    assert incident.finding_ids[0] == passing().finding_id


def test_an_exercise_report_marks_its_incidents() -> None:
    report = replace(stated(ASSET, OTHER), reality=Reality.EXERCISE)
    found = incidents(passing(), passing(ASSET, FAR), report)
    assert found[(ASSET,), (OTHER,)].reality is Reality.EXERCISE
    assert found[(ASSET,), (FAR,)].reality is Reality.REAL


def test_the_order_of_findings_changes_nothing() -> None:
    findings: list[AnyFinding] = [
        passing(), passing(SECOND), passing(ASSET, FAR), stated(ASSET), stated(ASSET, OTHER),
        stated(OTHER, FAR, statement=Statement.OWN_OBJECT), stated(), stated(SECOND, FAR, OTHER),
        stated(1, statement=Statement.TUMBLING_SEEN), stated(1, 2),
    ]  # fmt: skip
    expected = incidents(*findings)
    for seed in range(20):
        random.Random(seed).shuffle(findings)
        assert incidents(*findings) == expected
