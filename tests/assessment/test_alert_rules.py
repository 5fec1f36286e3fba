"""One alert for each incident, updated and not repeated, and no more than people can read."""

from __future__ import annotations

import runpy
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hoshimori.assessment.alert_escalation import acknowledged
from hoshimori.model.alert_rules import BUDGET_DAYS, AlertBudget, AlertRule
from hoshimori.model.alerts import AlertCause, AlertState, AlertStep, HeldBecause
from hoshimori.model.incident_life import LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.provenance import Reality

SAMPLES = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("alert_samples.py"))))


@pytest.fixture
def desk(made: Any) -> Any:
    return made.Desk(made.rules())


def steps(changes: Any) -> list[tuple[AlertStep, tuple[AlertCause, ...]]]:
    return [(change.step, change.causes) for change in changes]


def test_an_incident_is_told_once_and_the_same_board_again_says_nothing(
    made: Any, desk: Any
) -> None:
    assert steps(desk.board(made.sight())) == [(AlertStep.RAISED, (AlertCause.NEW,))]
    assert desk.board(made.sight()) == ()
    assert desk.board(made.sight(), h=1) == ()
    alert = desk.only()
    assert alert.state is AlertState.OPEN
    assert alert.waits_since_utc == made.NOON
    assert alert.alert_id.startswith("ALR-")


def test_what_no_rule_wants_told_is_no_alert(made: Any, desk: Any) -> None:
    assert desk.board(made.sight(attention=Attention.LOG)) == ()


@pytest.mark.parametrize(
    ("first", "then", "causes"),
    [
        (
            {"attention": Attention.WATCH},
            {"attention": Attention.LOOK},
            (AlertCause.ATTENTION_ROSE,),
        ),
        ({}, {"direction": Direction.GROUND}, (AlertCause.DIRECTION_CHANGED,)),
        ({}, {"lead": "proximity"}, (AlertCause.LEAD_CHANGED,)),
        ({"in_h": 80.0}, {"in_h": 71.0}, (AlertCause.TIME_SHRANK,)),
        ({"in_h": 60.0}, {"in_h": 5.0}, (AlertCause.TIME_SHRANK,)),
        ({}, {"attention": Attention.WATCH}, ()),
        ({"in_h": 80.0}, {"in_h": 73.0}, ()),
        ({"in_h": 80.0}, {"in_h": -1.0}, ()),
        (
            {"attention": Attention.WATCH, "in_h": 80.0},
            {"attention": Attention.WATCH, "in_h": 20},
            (),
        ),
        ({}, {"end_utc": SAMPLES.NOON + timedelta(days=9)}, ()),
    ],
)
def test_only_what_changes_what_a_person_would_do_is_told_again(
    made: Any, desk: Any, first: dict[str, Any], then: dict[str, Any], causes: Any
) -> None:
    desk.board(made.sight(**first))
    changes = desk.board(made.sight(**then))
    assert [cause for change in changes for cause in change.causes] == list(causes)
    assert len(desk.alerts) == 1
    assert desk.board(made.sight(**then)) == ()


def test_what_swings_to_and_fro_is_told_once(made: Any, desk: Any) -> None:
    desk.board(made.sight(attention=Attention.WATCH))
    for attention in (Attention.LOOK, Attention.WATCH, Attention.LOOK, Attention.WATCH):
        desk.board(made.sight(attention=attention))
    for lead in ("proximity", "conjunction", "proximity", "conjunction"):
        desk.board(made.sight(attention=Attention.WATCH, lead=lead))
    told = [change.causes for change in desk.changes if change.causes]
    assert told == [
        (AlertCause.NEW,),
        (AlertCause.ATTENTION_ROSE,),
        (AlertCause.LEAD_CHANGED,),
    ]


def test_a_rise_asks_again_and_other_updates_leave_an_acknowledgement_alone(
    made: Any, desk: Any
) -> None:
    desk.board(made.sight(attention=Attention.WATCH))
    note = acknowledged(desk.only(), by="Sato", note="seen", now_utc=made.NOON)
    desk.keep((note,))
    desk.board(made.sight(attention=Attention.WATCH, lead="proximity"), h=1)
    assert desk.only().state is AlertState.ACKNOWLEDGED
    desk.board(made.sight(lead="proximity"), h=2)
    assert desk.only().state is AlertState.OPEN
    assert desk.only().acknowledged_by == ""
    assert desk.only().waits_since_utc == made.NOON + timedelta(hours=2)


def test_the_first_rule_that_fits_decides_and_sets_narrow_it(made: Any) -> None:
    narrow = AlertRule("narrow", Attention.WATCH, kinds=frozenset({"breakup"}))
    of_asset = AlertRule("asset", Attention.WATCH, assets=frozenset({2}))
    ground = AlertRule("ground", Attention.WATCH, directions=frozenset({Direction.GROUND}))
    rest = AlertRule("rest", Attention.LOOK)
    desk = made.Desk(replace(made.rules(), rules=(narrow, of_asset, ground, rest)))
    desk.board(
        made.sight(1),
        made.sight(2),
        made.sight(3, direction=Direction.GROUND),
        made.sight(4, attention=Attention.WATCH),
    )
    assert {a.incident_id: a.rule for a in desk.alerts.values()} == {
        "INC-1": "rest",
        "INC-2": "asset",
        "INC-3": "ground",
    }


def test_it_ends_with_its_incident_and_what_is_back_soon_is_not_told(made: Any, desk: Any) -> None:
    desk.board(made.sight(in_h=400))
    gone = made.life(state=LifeState.QUIET, since_utc=made.NOON + timedelta(days=1))
    assert steps(desk.board(h=24, lives={"INC-1": gone})) == [(AlertStep.WENT_OVER, ())]
    assert desk.board(h=25, lives={"INC-1": gone}) == ()
    assert desk.only().state is AlertState.OVER
    low = made.sight(in_h=400, attention=Attention.LOG)
    assert desk.board(low, h=48) == ()
    assert steps(desk.board(made.sight(in_h=400), h=72)) == [(AlertStep.CAME_BACK, ())]
    assert desk.only().state is AlertState.OPEN
    assert desk.only().waits_since_utc == made.NOON


def test_what_is_back_after_long_is_told_again(made: Any, desk: Any) -> None:
    desk.board(made.sight())
    first = desk.only().alert_id
    gone = made.life(state=LifeState.CLOSED, since_utc=made.NOON + timedelta(days=1))
    desk.board(h=24, lives={"INC-1": gone})
    changes = desk.board(made.sight(in_h=400), h=9 * 24)
    assert steps(changes) == [
        (AlertStep.CAME_BACK, ()),
        (AlertStep.RAISED, (AlertCause.CAME_BACK,)),
    ]
    assert desk.only().alert_id == first
    assert len(desk.only().counted) == 2


def test_incidents_that_become_one_have_one_alert_which_was_told_first(
    made: Any, desk: Any
) -> None:
    desk.board(made.sight(1), h=0)
    desk.board(made.sight(1), made.sight(2, lead="proximity"), h=1)
    first, second = desk.of(1), desk.of(2)
    merged = made.life(1, state=LifeState.MERGED, merged_into="INC-2")
    whole = made.sight(2, lead="proximity", state=LifeState.ONGOING)
    changes = desk.board(whole, h=2, lives={"INC-1": merged})
    assert steps(changes)[:2] == [(AlertStep.MERGED, ()), (AlertStep.TOOK_OVER, ())]
    assert desk.alerts[second.alert_id].state is AlertState.MERGED
    assert desk.alerts[second.alert_id].merged_into == first.alert_id
    stays = desk.alerts[first.alert_id]
    assert (stays.incident_id, stays.took_over) == ("INC-2", ("INC-1",))
    assert stays.told.leads == {"conjunction", "proximity"}
    assert desk.board(whole, h=3, lives={"INC-1": merged}) == ()
    back = made.sight(2, lead="conjunction", state=LifeState.ONGOING)
    assert not [c for c in desk.board(back, h=4, lives={"INC-1": merged}) if c.causes]


def test_an_incident_without_alert_carries_on_that_of_its_part(made: Any, desk: Any) -> None:
    desk.board(made.sight(1))
    merged = made.life(1, state=LifeState.MERGED, merged_into="INC-2")
    changes = desk.board(made.sight(2), h=1, lives={"INC-1": merged})
    assert steps(changes) == [(AlertStep.TOOK_OVER, ()), (AlertStep.FOLLOWED, ())]
    assert desk.only().incident_id == "INC-2"


def test_a_merger_keeps_asking_where_nobody_took_note_of_one(made: Any, desk: Any) -> None:
    desk.board(made.sight(1))
    desk.keep((acknowledged(desk.of(1), by="Sato", note="", now_utc=made.NOON),))
    desk.board(made.sight(1), made.sight(2), h=1)
    merged = made.life(2, state=LifeState.MERGED, merged_into="INC-1")
    desk.board(made.sight(1), h=2, lives={"INC-2": merged})
    stays = desk.of(1)
    assert stays.state is AlertState.OPEN
    assert stays.waits_since_utc == made.NOON + timedelta(hours=1)


def test_a_part_on_its_own_is_known_and_not_told(made: Any, desk: Any) -> None:
    desk.board(made.sight(1), h=0)
    part = made.sight(2, parted_from="INC-1", opened_utc=made.NOON + timedelta(hours=1))
    changes = desk.board(made.sight(1), part, h=1)
    assert steps(changes) == [(AlertStep.PARTED, ())]
    assert desk.of(2).told.leads == {"conjunction"}
    closer = made.sight(
        2, parted_from="INC-1", opened_utc=made.NOON + timedelta(hours=1), in_h=20.0
    )
    assert steps(desk.board(made.sight(1), closer, h=2)) == [
        (AlertStep.UPDATED, (AlertCause.TIME_SHRANK,))
    ]


def test_a_merged_incident_that_parts_again_has_its_own_alert_back(made: Any, desk: Any) -> None:
    desk.board(made.sight(1), h=0)
    desk.board(made.sight(1), made.sight(2), h=1)
    second = desk.of(2).alert_id
    merged = made.life(2, state=LifeState.MERGED, merged_into="INC-1")
    desk.board(made.sight(1), h=2, lives={"INC-2": merged})
    again = made.sight(2, state=LifeState.ONGOING, parted_from="INC-1")
    assert steps(desk.board(made.sight(1), again, h=3)) == [(AlertStep.PARTED, ())]
    assert desk.alerts[second].state is AlertState.OPEN


def test_beyond_the_budget_is_held_back_with_its_reason_and_told_once_there_is_room(
    made: Any,
) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(0.4, 9)), assets=3)
    changes = desk.board(made.sight(1), made.sight(2))
    assert steps(changes) == [(AlertStep.RAISED, (AlertCause.NEW,)), (AlertStep.HELD, ())]
    assert desk.of(2).held_because is HeldBecause.BUDGET
    assert desk.of(2).counted == ()
    assert desk.board(made.sight(1), made.sight(2), h=1) == ()
    late = 24 * BUDGET_DAYS + 0.1
    sights = made.sight(1, in_h=2000), made.sight(2, in_h=2000)
    changes = desk.board(*sights, h=late)
    assert (AlertStep.RAISED, (AlertCause.NEW,)) in steps(changes)
    assert desk.of(2).held_because is None


def test_one_asset_does_not_use_up_what_is_meant_for_all(made: Any) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(10.0, 1)), assets=3)
    desk.board(made.sight(1), made.sight(4), made.sight(2))
    states = {a.incident_id: a.state for a in desk.alerts.values()}
    assert states == {
        "INC-1": AlertState.OPEN,
        "INC-4": AlertState.HELD,
        "INC-2": AlertState.OPEN,
    }


def test_the_most_urgent_is_told_first_where_not_all_can_be(made: Any) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(0.1, 9)), assets=1)
    desk.board(
        made.sight(1, attention=Attention.WATCH),
        made.sight(2, in_h=90),
        made.sight(3, attention=Attention.WATCH, in_h=1),
    )
    assert desk.of(2).state is AlertState.OPEN


def test_what_is_urgent_goes_beyond_the_budget_and_says_so(made: Any) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(0.1, 9)), assets=1)
    desk.board(made.sight(1), made.sight(2, in_h=20), made.sight(3, in_h=10))
    assert not desk.of(3).over_budget
    assert desk.of(2).over_budget
    assert desk.of(2).is_urgent
    assert desk.of(1).state is AlertState.HELD
    assert (AlertStep.RAISED, (AlertCause.NEW,)) in steps(desk.board(made.sight(1), h=90))
    assert desk.of(1).over_budget


@pytest.mark.parametrize(
    ("in_h", "end_h", "attention", "urgent"),
    [
        (24.0, 100, Attention.LOOK, True),
        (24.1, 100, Attention.LOOK, False),
        (1.0, 100, Attention.WATCH, False),
        (-5.0, 1, Attention.LOOK, True),
        (-5.0, -1, Attention.LOOK, False),
        (-25.0, 100, Attention.LOOK, False),
    ],
)
def test_urgent_is_what_asks_for_a_look_now_and_comes_or_began_within_a_day(
    made: Any, desk: Any, in_h: float, end_h: float, attention: Attention, urgent: bool
) -> None:
    end_utc = made.NOON + timedelta(hours=end_h)
    desk.board(made.sight(in_h=in_h, end_utc=end_utc, attention=attention))
    assert desk.only().is_urgent is urgent


def test_what_is_not_real_goes_only_where_exercises_may(made: Any) -> None:
    desk = made.Desk(made.rules(channels=("duty",)))
    desk.board(made.sight(reality=Reality.EXERCISE))
    assert desk.only().held_because is HeldBecause.EXERCISE
    assert desk.board(made.sight(reality=Reality.EXERCISE), h=1) == ()
    open_to_all = made.Desk(made.rules())
    open_to_all.board(made.sight(reality=Reality.SIMULATED))
    assert open_to_all.only().state is AlertState.OPEN


def test_exercises_have_a_budget_of_their_own(made: Any) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(0.1, 9)), assets=1)
    desk.board(made.sight(1, reality=Reality.EXERCISE), made.sight(2))
    assert {a.state for a in desk.alerts.values()} == {AlertState.OPEN}


def test_what_was_held_back_and_is_gone_was_never_told(made: Any) -> None:
    desk = made.Desk(made.rules(budget=AlertBudget(0.0, 9)))
    desk.board(made.sight())
    gone = made.life(state=LifeState.QUIET, since_utc=made.NOON)
    desk.board(h=1, lives={"INC-1": gone})
    assert desk.only().state is AlertState.OVER
    assert desk.only().told is None


# Stories: any course of any incidents, board after board.

INCIDENTS = st.integers(1, 4)
SIGHTS = st.builds(
    lambda number, lead, in_h, attention, direction, reality, end_h: SAMPLES.sight(
        number,
        lead=lead,
        in_h=in_h,
        attention=attention,
        direction=direction,
        # The reality of an incident never changes.
        reality=Reality.EXERCISE if number == 4 else reality,
        end_utc=SAMPLES.NOON + timedelta(hours=end_h),
    ),
    INCIDENTS,
    st.sampled_from(["conjunction", "proximity", "manoeuvre"]),
    st.floats(-50, 1500),
    st.sampled_from(Attention),
    st.sampled_from(Direction),
    st.just(Reality.REAL),
    st.floats(0, 1500),
)
BOARDS = st.lists(
    st.tuples(
        st.floats(0.1, 300.0),
        st.lists(SIGHTS, max_size=4, unique_by=lambda s: s.life.incident_id),
        st.sampled_from([(), (1, 2), (2, 1), (3, 1)]),
    ),
    min_size=1,
    max_size=12,
)
BUDGETS = st.builds(AlertBudget, st.sampled_from([0.0, 0.3, 1.0, 2.0]), st.integers(1, 3))


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(BOARDS, BUDGETS)
def test_whatever_happens_each_incident_has_one_alert_and_the_budget_holds(
    boards: Any, budget: AlertBudget
) -> None:
    desk = SAMPLES.Desk(SAMPLES.rules(budget=budget), assets=3)
    merged: dict[str, Any] = {}
    h = 0.0
    for after_h, sights, merger in boards:
        h += after_h
        seen = {s.life.incident_id: s for s in sights}
        if merger and f"INC-{merger[0]}" in seen:
            part, whole = (f"INC-{n}" for n in merger)
            del seen[part]
            merged[part] = SAMPLES.life(merger[0], state=LifeState.MERGED, merged_into=whole)
        for back in seen:
            merged.pop(back, None)
        now = SAMPLES.NOON + timedelta(hours=h)
        shifted = [replace(s, moment_utc=s.moment_utc + timedelta(hours=h)) for s in seen.values()]
        quiet = {
            f"INC-{n}": SAMPLES.life(n, state=LifeState.QUIET, since_utc=now)
            for n in range(1, 5)
            if f"INC-{n}" not in seen
        }
        lives = {**quiet, **merged}
        desk.board(*shifted, h=h, lives=lives)
        assert desk.board(*shifted, h=h, lives=lives) == ()
        _check_alerts(desk, budget)
    _check_news(desk)


def _check_alerts(desk: Any, budget: AlertBudget) -> None:
    live = [a for a in desk.alerts.values() if a.state is not AlertState.MERGED]
    assert len({a.incident_id for a in live}) == len(live)
    for alert in live:
        assert (alert.state is AlertState.HELD) <= (alert.told is None)
        assert (alert.state is AlertState.HELD) <= (alert.held_because is not None)
    raised = [c for c in desk.changes if c.step is AlertStep.RAISED]
    within = [c for c in raised if not c.alert.over_budget]
    assert all(c.alert.is_urgent for c in raised if c.alert.over_budget)
    for reality in Reality:
        own = [c for c in within if c.alert.reality is reality]
        for last in own:
            since = last.at_utc - timedelta(days=BUDGET_DAYS)
            month = [c for c in own if since < c.at_utc <= last.at_utc]
            assert len(month) <= max(1, int(budget.per_asset_month * 3))
            assert budget.per_asset_month > 0.0
            for asset in range(3):
                about = (asset in c.alert.counted[-1].assets for c in month)
                assert sum(about) <= budget.most_per_asset


def _check_news(desk: Any) -> None:
    """Of one alert: told first once until it has been away, and each kind of lead once."""
    for alert_id in desk.alerts:
        told = [c for c in desk.changes if c.alert.alert_id == alert_id and c.causes]
        assert [c.causes for c in told].count((AlertCause.NEW,)) <= 1
        assert all(c.step in {AlertStep.RAISED, AlertStep.UPDATED} for c in told)
        for before, after in pairwise(told):
            came_back = AlertCause.CAME_BACK in after.causes
            assert came_back or after.alert.told != before.alert.told
