"""The score of looks against the truth: found, late, in part, another parent, missed, silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.exercise.scoring import forecasts_of, score_of
from hoshimori.exercise.true_groups import true_group
from hoshimori.model.assessments import Label, TruthGroup
from hoshimori.model.finding import Interval
from hoshimori.model.incidents import Attention
from hoshimori.model.markings import Level, Marking
from hoshimori.model.rehearsals import (
    Look,
    Rehearsal,
    Score,
    SeenFinding,
    SeenIncident,
    Verdict,
)
from hoshimori.model.scenarios import Expected, Pace, Scenario, SkyKind
from hoshimori.model.tapes import TrueEvent

START = datetime(2026, 1, 1, tzinfo=UTC)
ASSET, VISITOR, BYSTANDER, PIECE = 1, 2, 3, 900_000_001
NUMBERS = {"asset": ASSET, "visitor": VISITOR}
EVENT = TrueEvent(
    inject_id="comes", kind="approach", objects=(VISITOR, ASSET), from_utc=START,
    to_utc=START + timedelta(hours=48), measures={}, observable_utc=START,
    public_utc=START + timedelta(hours=6),
)  # fmt: skip
EXPECTED = Expected(
    inject_id="comes", findings=("proximity",), within_h=24.0, parts=("visitor",), measures={},
    labels=(Label.SHADOW_COPLANAR, Label.RPO_UNCONSENTED),
)  # fmt: skip


def script(*expected: Expected) -> Scenario:
    return Scenario(
        scenario_id="test", title={}, story={}, objectives=(), source="", seed=1,
        sky=SkyKind.ANY, pace=Pace(length_h=96.0), starts_utc=None, parts=(), cells=(),
        injects=(), expected=expected, questions=(),
    )  # fmt: skip


def finding(
    *objects: int, kind: str = "proximity", of_the_sky: bool = False,
    parents: tuple[int, ...] = (), measures: Mapping[str, Interval] | None = None,
    from_h: float = 0.0, to_h: float = 96.0,
) -> SeenFinding:  # fmt: skip
    return SeenFinding(
        finding_id=f"{kind} {objects} {from_h}", kind=kind, objects=objects,
        start_utc=START + timedelta(hours=from_h), end_utc=START + timedelta(hours=to_h), trait="",
        parents=parents, measures=measures or {}, is_of_the_sky=of_the_sky,
    )  # fmt: skip


def look(
    at_h: float, *findings: SeenFinding, attention: Attention = Attention.WATCH,
    groups: Mapping[str, Interval] | None = None, label: Label | None = None,
    wording: tuple[str, ...] = (),
) -> Look:  # fmt: skip
    incidents = tuple(
        SeenIncident(
            incident_id=f"INC-{one.finding_id}", objects=one.objects,
            finding_ids=(one.finding_id,), attention=attention, label=label, groups=groups or {},
            wording=wording,
        )
        for one in findings
    )  # fmt: skip
    return Look(
        as_of_utc=START + timedelta(hours=at_h), findings=findings, incidents=incidents, failed=()
    )


MARKING = Marking(Level.AMBER, frozenset({"JPN", "USA"}))


def scored(*looks: Look, expected: Expected = EXPECTED, event: TrueEvent = EVENT) -> Score:
    return score_of(script(expected), rehearsal(*looks, event=event))


def rehearsal(*looks: Look, event: TrueEvent = EVENT) -> Rehearsal:
    return Rehearsal(
        scenario_id="test", sky="made", marking=MARKING, starts_utc=START, every_h=12.0,
        numbers=NUMBERS,
        assets=(ASSET,), truth=(event,), looks=looks,
    )  # fmt: skip


def test_what_is_found_whole_and_in_time_is_found() -> None:
    score = scored(look(12), look(24, finding(ASSET, VISITOR)), look(96))
    (event,) = score.events
    assert event.verdict is Verdict.FOUND
    assert (event.delay_observable_h, event.delay_public_h) == (24.0, 18.0)
    assert event.are_objects_right
    assert score.detection is not None
    assert score.detection.best == 1.0
    assert (score.median_delay_h, score.worst_delay_h) == (18.0, 18.0)


def test_the_first_look_after_the_deadline_is_not_late_and_the_next_one_is() -> None:
    near = finding(ASSET, VISITOR)
    assert scored(look(12), look(36, near)).events[0].verdict is Verdict.FOUND
    late = scored(look(12), look(36), look(48, near)).events[0]
    assert late.verdict is Verdict.LATE
    assert late.found_utc == START + timedelta(hours=48)


@pytest.mark.parametrize(
    "one",
    [
        finding(ASSET, VISITOR, kind="decay"),
        finding(ASSET, BYSTANDER, kind="conjunction"),
        finding(ASSET, VISITOR, of_the_sky=True),
        finding(ASSET, VISITOR, from_h=-90.0, to_h=-80.0),
    ],
    ids=["another kind", "other objects", "the sky shows it anyway", "long before"],
)
def test_what_does_not_fit_is_missed(one: SeenFinding) -> None:
    score = scored(look(24, one), look(96, one))
    assert score.events[0].verdict is Verdict.MISSED
    assert score.noticed is not None
    assert score.noticed.best == 0.0


def of_several(*incidents: tuple[tuple[int, ...], Label, Attention, SeenFinding]) -> Look:
    """Return a look with incidents of objects, a label, and the finding that leads them."""
    shared = finding(VISITOR, kind="manoeuvre")
    found = {one.finding_id: one for *_, one in incidents} | {shared.finding_id: shared}
    told = tuple(
        SeenIncident(
            incident_id=f"INC-{label.value}", objects=objects,
            finding_ids=tuple(dict.fromkeys((lead.finding_id, shared.finding_id))),
            attention=attention, label=label, groups=GROUPS, wording=(),
        )
        for objects, label, attention, lead in incidents
    )  # fmt: skip
    return Look(as_of_utc=START + timedelta(hours=24), findings=tuple(found.values()),
                incidents=told, failed=())  # fmt: skip


GROUPS = {"inspection": Interval(0.2, 0.4, 0.8), "benign": Interval(0.2, 0.5, 0.8)}


@pytest.mark.parametrize("turned", [False, True])
def test_of_incidents_that_share_a_finding_the_one_about_the_event_counts(turned: bool) -> None:
    """Who left a carrier beside an asset and came to another: both incidents hold its burn."""
    near = finding(ASSET, VISITOR)
    carrier = finding(BYSTANDER, VISITOR)
    rows = [
        ((ASSET, VISITOR), Label.SHADOW_COPLANAR, Attention.WATCH, near),
        ((BYSTANDER, VISITOR), Label.RPO_COOPERATIVE, Attention.LOOK, carrier),
    ]
    (event,) = scored(of_several(*(rows[::-1] if turned else rows))).events
    assert event.label is Label.SHADOW_COPLANAR
    assert event.is_label_right


def test_what_the_sky_raises_by_itself_is_no_loudness_of_what_stands_beside_it() -> None:
    silent = replace(EXPECTED, findings=(), parts=("asset",), labels=())
    passing = finding(ASSET, BYSTANDER, kind="conjunction", of_the_sky=True)
    beside = of_several(((ASSET, BYSTANDER), Label.CONJUNCTION_ROUTINE, Attention.LOOK, passing))
    shown = finding(ASSET, kind="operator_report")
    whole = replace(
        beside,
        findings=(*beside.findings, shown),
        incidents=tuple(
            replace(one, finding_ids=(*one.finding_ids, shown.finding_id))
            for one in beside.incidents
        ),
    )
    (event,) = scored(whole, expected=silent).events
    assert event.verdict is Verdict.SILENT
    led = replace(beside, incidents=tuple(
        replace(one, finding_ids=(shown.finding_id, *one.finding_ids)) for one in beside.incidents
    ), findings=whole.findings)  # fmt: skip
    assert scored(led, expected=silent).events[0].verdict is Verdict.RAISED


def test_nothing_counts_that_was_seen_before_the_first_trace_was_published() -> None:
    near = finding(ASSET, VISITOR)
    assert scored(look(3, near), look(96)).events[0].verdict is Verdict.MISSED


def test_what_ends_before_the_deadline_is_not_missed() -> None:
    score = scored(look(12), look(24))
    assert score.events[0].verdict is Verdict.NOT_DUE
    assert score.detection is None


def test_a_finding_of_some_objects_is_found_in_part() -> None:
    score = scored(look(24, finding(ASSET)), look(96))
    assert score.events[0].verdict is Verdict.PARTIAL
    assert score.events[0].are_objects_right is False
    assert score.noticed is not None
    assert score.noticed.best == 1.0


def test_a_number_outside_its_span_is_found_in_part() -> None:
    asked = replace(EXPECTED, measures={"range_km": Interval(30.0, 40.0, 50.0)})
    far = finding(ASSET, VISITOR, measures={"range_km": Interval(80.0, 90.0, 99.0)})
    (event,) = scored(look(24, far), look(96), expected=asked).events
    assert event.verdict is Verdict.PARTIAL
    assert not event.measures[0].is_within
    near = finding(ASSET, VISITOR, measures={"range_km": Interval(45.0, 55.0, 65.0)})
    assert scored(look(24, near), expected=asked).events[0].verdict is Verdict.FOUND


def test_another_parent_is_told_apart() -> None:
    event = replace(EVENT, kind="release", objects=(VISITOR, PIECE))
    asked = replace(EXPECTED, findings=("separation",))
    wrong = finding(BYSTANDER, PIECE, kind="separation", parents=(BYSTANDER, VISITOR))
    (told,) = scored(look(24, wrong), look(96), expected=asked, event=event).events
    assert told.verdict is Verdict.WRONG_PARENT
    assert told.is_parent_right is False
    right = finding(VISITOR, PIECE, kind="separation", parents=(VISITOR,))
    assert scored(look(24, right), expected=asked, event=event).events[0].verdict is Verdict.FOUND


def test_either_body_of_a_collision_is_a_right_parent() -> None:
    event = replace(EVENT, kind="fragmentation", objects=(VISITOR, ASSET, PIECE))
    asked = replace(EXPECTED, findings=("breakup",), parts=("asset",))
    found = finding(ASSET, kind="breakup", parents=(ASSET, BYSTANDER))
    (told,) = scored(look(24, found), expected=asked, event=event).events
    assert (told.verdict, told.is_parent_right) == (Verdict.FOUND, True)


def test_silence_is_scored_by_whether_a_human_was_asked() -> None:
    quiet = replace(EXPECTED, findings=(), labels=())
    seen = finding(ASSET, VISITOR)
    calm = scored(look(24, seen), expected=quiet)
    assert calm.events[0].verdict is Verdict.SILENT
    assert calm.silence is not None
    assert calm.silence.best == 1.0
    assert calm.detection is None
    loud = scored(look(24, seen, attention=Attention.LOOK), expected=quiet)
    assert loud.events[0].verdict is Verdict.RAISED


def test_what_shows_another_event_does_not_break_the_silence_of_this_one() -> None:
    late = replace(EVENT, inject_id="late", kind="lateness")
    quiet = replace(EXPECTED, inject_id="late", findings=(), labels=())
    played = rehearsal(look(24, finding(ASSET, VISITOR), attention=Attention.LOOK))
    both = replace(played, truth=(EVENT, late))
    assert score_of(script(EXPECTED, quiet), both).events[1].verdict is Verdict.SILENT
    elsewhere = replace(EXPECTED, findings=("decay",))
    assert score_of(script(elsewhere, quiet), both).events[1].verdict is Verdict.RAISED


def test_false_alarms_are_those_that_nothing_true_explains_each_once() -> None:
    other = finding(BYSTANDER, 4)
    of_the_sky = finding(5, 6, of_the_sky=True)
    score = scored(
        look(24, finding(ASSET, VISITOR), other, of_the_sky, attention=Attention.LOOK),
        look(48, other, attention=Attention.LOOK),
        look(72, finding(7, 8), attention=Attention.WATCH),
    )
    assert [(a.objects, a.is_of_the_sky) for a in score.false_alarms] == [
        ((BYSTANDER, 4), False),
        ((5, 6), True),
    ]
    looked_at_until_h = 72.0
    assert score.asset_months == pytest.approx(looked_at_until_h / 24.0 / 30.4375)
    assert score.false_per_asset_month.best == pytest.approx(1.0 / score.asset_months)
    assert score.false_per_asset_month.low < score.sky_per_asset_month.best


def test_explanations_are_ranked_and_forecast_where_the_truth_is_known() -> None:
    groups = {
        "benign": Interval(0.3, 0.5, 0.7),
        "inspection": Interval(0.1, 0.2, 0.35),
        "test": Interval(0.0, 0.01, 0.02),
    }
    shown = look(24, finding(ASSET, VISITOR), groups=groups, label=Label.RPO_UNCONSENTED)
    score = scored(shown)
    (event,) = score.events
    assert (event.group, event.group_rank, event.is_group_open) == ("inspection", 2, True)
    assert event.is_label_right
    (forecast,) = forecasts_of(score)
    assert forecast.truth is TruthGroup.INSPECTION
    assert forecast.spans[TruthGroup.BENIGN].best == 0.5


def test_labels_that_leave_two_groups_tell_no_truth() -> None:
    mixed = replace(EXPECTED, labels=(Label.RPO_COOPERATIVE, Label.SHADOW_COPLANAR))
    assert true_group(mixed, "approach") is None
    assert true_group(mixed, "cross-tag") is TruthGroup.ARTEFACT
    assert true_group(mixed, "lateness") is TruthGroup.ARTEFACT
    unknown = replace(EXPECTED, labels=(Label.BREAKUP_UNKNOWN,))
    assert true_group(unknown, "fragmentation") is None


def test_words_that_must_not_stand_are_counted() -> None:
    shown = look(24, finding(ASSET, VISITOR), wording=("armed attack",))
    assert (scored(shown).wording, scored(shown).events[0].wording) == (1, 1)


@given(st.permutations(range(4)))
def test_the_order_of_findings_in_a_look_changes_nothing(order: list[int]) -> None:
    near, other = finding(ASSET, VISITOR), finding(BYSTANDER, 4)
    every = [near, other, finding(5, 6, of_the_sky=True), finding(VISITOR, kind="manoeuvre")]
    one = scored(look(24, *every, attention=Attention.LOOK))
    mixed = scored(look(24, *(every[k] for k in order), attention=Attention.LOOK))
    assert mixed.events == one.events
    assert sorted(a.objects for a in mixed.false_alarms) == sorted(
        a.objects for a in one.false_alarms
    )
