"""Disturbed links and receivers in incidents: which, in what direction, weighed once each."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.assess import assess
from hoshimori.assessment.directions import direction_of
from hoshimori.assessment.evidence import evidence_of
from hoshimori.assessment.evidence_of_reception import KINDS
from hoshimori.assessment.incidents import incidents_of
from hoshimori.model.assessments import Chain
from hoshimori.model.findings import Confidence, Interval, Reception
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.markings import OPEN
from hoshimori.model.receivers import Bearing, Link
from hoshimori.model.reports import Statement
from hoshimori.workflows.assessment_model import assessment_model

ASSET, OTHER = 101, 202
MODEL = assessment_model()


def told(*findings: Any, days: float = 2.0, assets: frozenset[int] = frozenset({ASSET})) -> Any:
    as_of = max(f.end_utc for f in findings) + timedelta(days=days)
    return incidents_of(findings, asset_ids=assets, as_of_utc=as_of)


def rare(samples: SimpleNamespace) -> dict[str, Any]:
    share = Interval(0.0, 0.0, 0.004)
    return {"base_rate": type(samples.passing().base_rate)("RECEIVER_TIME", 900, share)}


@pytest.mark.parametrize(
    ("link", "kind", "bearing", "expected"),
    [
        (Link.UPLINK, Reception.ALL_FELL, Bearing.NOT_STATED, Direction.TO),
        (Link.UPLINK, Reception.FADED, Bearing.NOT_STATED, Direction.GROUND),
        (Link.DOWNLINK, Reception.ALL_FELL, Bearing.NOT_STATED, Direction.GROUND),
        (Link.NAVIGATION, Reception.STRONGER_ALIKE, Bearing.NOT_STATED, Direction.GROUND),
        (Link.CROSSLINK, Reception.ALL_FELL, Bearing.NOT_STATED, Direction.WITHIN),
        (Link.DOWNLINK, Reception.ALL_FELL, Bearing.FROM_SPACE, Direction.FROM),
        (Link.UPLINK, Reception.ALL_FELL, Bearing.WITHIN_SPACE, Direction.WITHIN),
    ],
)
def test_direction_follows_from_what_is_stated_else_from_the_link(
    samples: SimpleNamespace, link: Link, kind: Reception, bearing: Bearing, expected: Direction
) -> None:
    assert direction_of(samples.reception(kind, link, bearing=bearing)) is expected


def test_a_rare_disturbance_asks_for_a_look_and_a_blank_spot_does_not(
    samples: SimpleNamespace,
) -> None:
    (one,) = told(samples.reception(**rare(samples)))
    assert (one.attention, one.assets) == (Attention.LOOK, (ASSET,))
    assert one.next_step is NextStep.COMPARE_RECEPTION
    (unsure,) = told(samples.reception(confidence=Confidence.LOW, **rare(samples)))
    assert unsure.attention is Attention.WATCH
    (blank,) = told(samples.reception(Reception.BLANK_SPOT, **rare(samples)))
    assert blank.attention is Attention.LOG


def test_receivers_without_an_object_are_one_incident_each(samples: SimpleNamespace) -> None:
    ground = {"objects": (), "link": Link.NAVIGATION}
    one = samples.reception(receiver="mast", name="a", **ground)
    later = samples.reception(
        receiver="mast", name="b", start_utc=samples.at(2), end_utc=samples.at(2), **ground
    )
    other = samples.reception(receiver="port", name="c", **ground)
    by_findings = {i.finding_ids for i in told(one, later, other)}
    assert {frozenset(ids) for ids in by_findings} == {frozenset("ab"), frozenset("c")}


def fused(samples: SimpleNamespace) -> tuple[tuple[Any, ...], Incident]:
    """Return findings from orbits, a link, navigation on board and a report, and their incident."""
    findings = (
        samples.beside(),
        samples.reception(),
        samples.reception(Reception.STRONGER_ALIKE, Link.NAVIGATION, receiver="receiver on board"),
        samples.report(Statement.LINK_INTERFERENCE, objects=(ASSET,)),
    )
    (incident,) = (i for i in told(*findings) if i.others == (OTHER,))
    return findings, incident


def test_an_incident_holds_orbital_radio_navigation_and_report_findings(
    samples: SimpleNamespace,
) -> None:
    findings, incident = fused(samples)
    assert sorted(incident.finding_ids) == sorted(f.finding_id for f in findings)
    assert len(set(incident.finding_ids)) == len(incident.finding_ids)
    assert incident.direction is Direction.TO
    # What is about both objects decides how soon to look; the link is told by itself as well.
    assert incident.finding_ids[0] == "beside"
    alone = [i for i in told(*findings) if not i.others]
    assert {f for i in alone for f in i.finding_ids} == {f.finding_id for f in findings[1:]}


def test_what_is_far_in_time_is_not_told_together(samples: SimpleNamespace) -> None:
    late = samples.reception(start_utc=samples.at(4), end_utc=samples.at(4.1))
    incidents = told(samples.beside(), late)
    assert {i.finding_ids for i in incidents} == {("beside",), (late.finding_id,)}


def test_the_order_of_findings_changes_nothing(samples: SimpleNamespace) -> None:
    findings, _ = fused(samples)
    assert told(*findings) == told(*findings[::-1])


def test_each_group_of_evidence_counts_once(samples: SimpleNamespace) -> None:
    findings, incident = fused(samples)
    again = tuple(samples.reception(name=f"again-{k}") for k in range(5))
    items = evidence_of(incident, (*findings, *again), {}, (), MODEL)
    heard = [item for item in items if item.chain is Chain.RECEPTION]
    assert [item.kind for item in heard] == ["reception_fell_together", "reception_stronger_alike"]
    assert len(heard[0].finding_ids) == 6
    assert heard[0].values["times"] == 6.0
    chains = {item.chain for item in items}
    assert chains >= {Chain.ORBITS, Chain.RECEPTION, MODEL.kinds["stated_link_interference"].chain}
    # Repeating what one receiver shows moves no explanation.
    once, often = (
        assess(
            incident, of, as_of_utc=samples.at(2), assets=(), causes={}, checks=(), marking=OPEN,
            model=MODEL,
        )
        for of in (findings, (*findings, *again))
    )  # fmt: skip
    assert [e.likelihood for e in once.explanations] == [e.likelihood for e in often.explanations]


def test_every_kind_of_evidence_is_in_the_model_and_unclear_says_nothing(
    samples: SimpleNamespace,
) -> None:
    assert set(KINDS) == set(Reception) - {Reception.UNCLEAR}
    assert set(KINDS.values()) <= set(MODEL.kinds)
    unclear = samples.reception(Reception.UNCLEAR)
    assert evidence_of(samples.incident_of([unclear]), [unclear], {}, (), MODEL) == ()
