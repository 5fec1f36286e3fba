"""Located emitters in incidents: with what they disturb, in what direction, counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.directions import direction_of
from hoshimori.assessment.drivers import independent_chains
from hoshimori.assessment.emitter_joining import measured_from, stands_in
from hoshimori.assessment.evidence import evidence_of
from hoshimori.assessment.explanations import matrix_of
from hoshimori.assessment.incidents import incidents_of
from hoshimori.model.assessments import Chain
from hoshimori.model.findings import Confidence, Reception
from hoshimori.model.incidents import Attention, Direction, NextStep
from hoshimori.model.receivers import Bearing, Link
from hoshimori.model.reports import Statement
from hoshimori.workflows.assessment_model import assessment_model

ASSET, OTHER = 101, 202
MODEL = assessment_model()
NAVIGATION = {"objects": (), "link": Link.NAVIGATION, "band": "L1"}


def told(*findings: Any, assets: frozenset[int] = frozenset({ASSET})) -> Any:
    as_of = max(f.end_utc for f in findings) + timedelta(days=2)
    return incidents_of(findings, asset_ids=assets, as_of_utc=as_of)


def ids(*findings: Any) -> set[frozenset[str]]:
    return {frozenset(i.finding_ids) for i in told(*findings)}


@pytest.mark.parametrize(
    ("link", "objects", "bearing", "expected"),
    [
        (Link.UPLINK, (ASSET,), Bearing.NOT_STATED, Direction.TO),
        (Link.CROSSLINK, (ASSET,), Bearing.NOT_STATED, Direction.TO),
        (Link.DOWNLINK, (ASSET,), Bearing.NOT_STATED, Direction.GROUND),
        (Link.NAVIGATION, (), Bearing.NOT_STATED, Direction.GROUND),
        (None, (ASSET,), Bearing.NOT_STATED, Direction.TO),
        (None, (), Bearing.NOT_STATED, Direction.GROUND),
        (Link.UPLINK, (ASSET,), Bearing.WITHIN_SPACE, Direction.WITHIN),
    ],
)
def test_direction_follows_from_what_is_stated_else_from_what_it_disturbs(
    samples: SimpleNamespace, link: Any, objects: Any, bearing: Bearing, expected: Direction
) -> None:
    one = samples.emitter(objects=objects, link=link, bearing=bearing)
    assert direction_of(one) is expected


@pytest.mark.parametrize(
    ("of_emitter", "of_link", "expected"),
    [
        ({}, {}, True),
        ({"objects": (), "receivers": ("transponder 3",)}, {}, True),
        ({"objects": ()}, {}, False),
        ({"band": "ku "}, {}, True),
        ({"band": ""}, {}, True),
        ({"band": "C"}, {}, False),
        ({"link": None}, {}, True),
        ({"link": Link.DOWNLINK}, {}, False),
        ({}, {"kind": Reception.UNCLEAR}, True),
        ({}, {"kind": Reception.FADED}, False),
        ({}, {"kind": Reception.BLANK_SPOT}, False),
        ({}, {"objects": (OTHER,)}, False),
        ({}, {"objects": ()}, False),
    ],
)
def test_it_is_measured_from_the_same_link_in_the_same_band(
    samples: SimpleNamespace, of_emitter: Any, of_link: Any, expected: bool
) -> None:
    one, link = samples.emitter(**of_emitter), samples.reception(**of_link)
    assert measured_from(one, link) is expected
    assert (ids(one, link) == {frozenset({one.finding_id, link.finding_id})}) is expected


def test_times_must_overlap_within_ten_minutes(samples: SimpleNamespace) -> None:
    link = samples.reception()
    for minutes, expected in ((9, True), (11, False)):
        begun = link.end_utc + timedelta(minutes=minutes)
        one = samples.emitter(start_utc=begun, end_utc=begun)
        assert measured_from(one, link) is expected
        both = told(one, link)
        assert len(both) == (1 if expected else 2)
        assert len({i.incident_id for i in both}) == len(both)


def test_it_lifts_what_would_only_be_logged_and_is_to_be_reported(
    samples: SimpleNamespace,
) -> None:
    link = samples.reception(base_rate=samples.emitter().base_rate)
    (calm,) = told(link)
    assert calm.attention is Attention.LOG
    (one,) = told(link, samples.emitter())
    assert (one.attention, one.next_step) == (Attention.WATCH, NextStep.REPORT_INTERFERENCE)
    assert one.incident_id == calm.incident_id
    # What it was by itself, before the link was known, becomes part of it.
    assert told(samples.emitter())[0].series_id in one.joined_series
    (weak,) = told(link, samples.emitter(confidence=Confidence.LOW))
    assert weak.attention is Attention.LOG


def test_it_joins_an_area_of_lost_navigation_that_it_can_be_the_emitter_of(
    samples: SimpleNamespace,
) -> None:
    area = replace(samples.area(), emitter_within_km=120.0)
    near = samples.emitter(**NAVIGATION)
    far = samples.emitter(**NAVIGATION, ring=tuple((lat, lon + 5.0) for lat, lon in samples.RING))
    by_carrier = samples.emitter(objects=(), link=None, band="", carrier_hz=1.575e9)
    elsewhere = samples.emitter()
    late = samples.emitter(**NAVIGATION, start_utc=samples.at(2), end_utc=samples.at(2))
    assert stands_in(near, area)
    assert stands_in(by_carrier, area)
    assert not any(stands_in(one, area) for one in (far, elsewhere, late))
    assert not stands_in(near, samples.area())
    (joined,) = told(area, near)
    assert joined.direction is Direction.GROUND
    assert len(told(area, far)) == 2


def test_what_disturbs_nothing_that_was_measured_is_one_incident_a_signal(
    samples: SimpleNamespace,
) -> None:
    one, again = samples.emitter(name="a"), samples.emitter(name="b", start_utc=samples.at(0.5))
    other = samples.emitter(name="c", signal="carrier 8")
    stated = samples.report(Statement.LINK_INTERFERENCE, objects=(ASSET,))
    assert ids(one, again, other) == {frozenset("ab"), frozenset("c")}
    assert all(i.attention is Attention.WATCH for i in told(one, other))
    assert {len(i.finding_ids) for i in told(one, stated)} == {2}


def test_it_is_told_with_every_incident_of_the_link(samples: SimpleNamespace) -> None:
    findings = (samples.beside(), samples.reception(), samples.emitter())
    by_others = {bool(i.others): set(i.finding_ids) for i in told(*findings)}
    link = {findings[1].finding_id, "emitter"}
    assert by_others == {True: {"beside", *link}, False: link}
    assert told(*findings) == told(*findings[::-1])


def test_receivers_and_what_is_located_from_them_are_one_source(samples: SimpleNamespace) -> None:
    link = samples.reception()
    emitters = [samples.emitter(name=f"e{k}") for k in range(3)]
    findings = (link, *emitters)
    (incident,) = told(*findings)
    items = evidence_of(incident, findings, {}, (), MODEL)
    assert [(i.kind, i.source_chain) for i in items] == [
        ("reception_fell_together", "receiver transponder 3"),
        ("emitter_located", "receiver transponder 3"),
    ]
    assert {i.chain for i in items} == {Chain.RECEPTION}
    assert items[1].finding_ids == ("e0", "e1", "e2")
    assert independent_chains(matrix_of(items, MODEL)) == 1
    weak = samples.emitter(confidence=Confidence.LOW)
    assert evidence_of(incident, [weak], {}, (), MODEL) == ()
    (alone,) = evidence_of(incident, [emitters[0]], {}, (), MODEL)
    assert alone.source_chain == "signal carrier 7"


def test_a_model_of_before_emitters_were_weighed_says_nothing(samples: SimpleNamespace) -> None:
    older = replace(MODEL, kinds={k: v for k, v in MODEL.kinds.items() if k != "emitter_located"})
    one = samples.emitter()
    assert evidence_of(samples.incident_of([one]), [one], {}, (), older) == ()
