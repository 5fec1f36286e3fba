"""The life of incidents over boards: updated, not repeated; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.assessment.incident_lives import Lived, lived, lives_after
from hoshimori.assessment.incidents import incidents_of
from hoshimori.model.incident_life import TRANSITIONS, ChangeKind, Life, LifeState
from hoshimori.model.provenance import Reality

Make = Callable[..., Any]
ASSETS = frozenset({1, 2})
DAY_0 = datetime(2025, 3, 3, tzinfo=UTC)


def board(
    previous: Mapping[str, Life], findings: Sequence[Any], day: float, watched: Any = ASSETS
) -> Lived:
    as_of = DAY_0 + timedelta(days=day)
    incidents = incidents_of(findings, asset_ids=ASSETS, as_of_utc=as_of)
    return lived(previous, incidents, findings, as_of_utc=as_of, watched=watched)


def kinds(step: Lived) -> list[ChangeKind]:
    return [change.kind for change in step.changes]


def test_opened_updated_quiet_resumed_closed(conjunction: Make) -> None:
    first, second = conjunction((1, 9), 0), conjunction((1, 9), 3)
    opened = board({}, [first], 0)
    assert kinds(opened) == [ChangeKind.OPENED]
    (life,) = opened.lives.values()
    assert life.state is LifeState.NEW
    updated = board(opened.lives, [second], 1)
    (change,) = updated.changes
    assert (change.kind, change.came) == (ChangeKind.UPDATED, (second.finding_id,))
    assert [mark.finding_id for mark in change.went] == [first.finding_id]
    quiet = board(updated.lives, [], 2)
    assert kinds(quiet) == [ChangeKind.QUIETED]
    assert not board(quiet.lives, [], 3).changes
    resumed = board(quiet.lives, [second], 4)
    assert kinds(resumed) == [ChangeKind.RESUMED]
    closed = board(resumed.lives, [], 94)
    assert kinds(closed) == [ChangeKind.CLOSED]
    (life,) = closed.lives.values()
    assert life.state is LifeState.CLOSED
    assert life.opened_utc == DAY_0


def test_newer_numbers_of_the_same_occasion_are_no_update(conjunction: Make) -> None:
    known = board({}, [conjunction((1, 9), 2)], 0)
    moved = replace(conjunction((1, 9), 2.003), finding_id="newer elements")
    assert not board(known.lives, [moved], 1).changes
    another_pass = conjunction((1, 9), 2.07)
    assert kinds(board(known.lives, [another_pass], 1)) == [ChangeKind.UPDATED]


def test_a_span_that_grows_by_a_day_is_told(conjunction: Make) -> None:
    lives: Mapping[str, Life] = {}
    told = []
    for day in range(8):
        stay = replace(conjunction((1, 9), -1, days=1 + day / 2), finding_id=f"stay-{day}")
        step = board(lives, [stay], day)
        lives, told = step.lives, [*told, *kinds(step)]
    assert told == [ChangeKind.OPENED] + [ChangeKind.CONTINUED] * 3


def test_what_lasts_longer_than_a_cell_keeps_its_id(conjunction: Make) -> None:
    """A window of 45 days slides over a stay of two years."""
    lives: Mapping[str, Life] = {}
    shown, computed = set(), set()
    for day in range(0, 730, 5):
        stay = replace(conjunction((1, 9), day - 45, days=52), finding_id=f"stay-{day}")
        step = board(lives, [stay], day)
        lives = step.lives
        shown |= {incident.incident_id for incident in step.incidents}
        as_of = DAY_0 + timedelta(days=day)
        computed |= {i.incident_id for i in incidents_of([stay], asset_ids=ASSETS, as_of_utc=as_of)}
    assert len(shown) == len(lives) == 1
    assert len(computed) > 5


def test_a_second_visit_is_another_incident_of_the_series(conjunction: Make) -> None:
    first = board({}, [conjunction((1, 9), 0)], 0)
    second = board(first.lives, [conjunction((1, 9), 500)], 500)
    assert sorted(kinds(second), key=str) == [ChangeKind.CLOSED, ChangeKind.OPENED]
    assert len(second.lives) == 2
    assert len({life.series_id for life in second.lives.values()}) == 1


def test_a_break_up_keeps_its_id_when_pieces_join_and_the_parent_is_another(breakup: Make) -> None:
    early = board({}, [breakup(5, (90, 91, 92), 0)], 1)
    late = board(early.lives, [breakup(6, tuple(range(90, 120)), 0)], 20)
    assert late.incidents[0].incident_id == early.incidents[0].incident_id
    assert len(late.lives) == 1
    assert ChangeKind.UPDATED in kinds(late)


def test_two_clouds_merge_and_part_again_and_keep_both_histories(breakup: Make) -> None:
    one, other = breakup(5, (90, 91), 0), breakup(6, (95, 96), 0, altitude_km=900.0)
    apart = board({}, [one, other], 1)
    assert kinds(apart) == [ChangeKind.OPENED] * 2
    nearer = replace(other, altitude_km=520.0)
    merged = board(apart.lives, [one, nearer], 2)
    assert [k for k in kinds(merged) if k is not ChangeKind.UPDATED] == [
        ChangeKind.MERGED,
        ChangeKind.TOOK_IN,
    ]
    (shown,) = merged.incidents
    whole = merged.lives[shown.incident_id]
    (part_id,) = whole.took_in
    part = merged.lives[part_id]
    assert (part.state, part.merged_into) == (LifeState.MERGED, whole.incident_id)
    again = board(merged.lives, [one, other], 3)
    assert {i.incident_id for i in again.incidents} == set(apart.lives)
    assert ChangeKind.PARTED in kinds(again)
    assert ChangeKind.GAVE_OFF in kinds(again)
    parted = again.lives[part_id]
    assert parted.state is LifeState.ONGOING
    assert parted.parted_from == whole.incident_id
    assert again.lives[whole.incident_id].gave_off == (part_id,)
    assert parted.opened_utc == apart.lives[part_id].opened_utc
    assert not board(again.lives, [one, other], 4).changes


def test_a_bridge_in_time_merges_and_its_loss_splits(conjunction: Make) -> None:
    ends = [conjunction((1, 9), 0), conjunction((1, 9), 150)]
    bridge = conjunction((1, 9), 75)
    whole = board({}, [*ends, bridge], 160)
    assert len(whole.lives) == 1
    split = board(whole.lives, ends, 161)
    assert len(split.lives) == 2
    (kept_id,) = whole.lives
    (new_id,) = set(split.lives) - {kept_id}
    assert split.lives[new_id].parted_from == kept_id
    assert split.lives[kept_id].gave_off == (new_id,)
    assert not board(split.lives, ends, 162).changes
    # Where only the newer end is still in sight, the two stay two.
    later = board(split.lives, ends[1:], 163)
    assert {life.state for life in later.lives.values()} <= {
        LifeState.NEW, LifeState.ONGOING, LifeState.QUIET, LifeState.CLOSED,
    }  # fmt: skip
    back = board(later.lives, [*ends, bridge], 164)
    assert [life.state for life in back.lives.values()].count(LifeState.MERGED) == 1


def test_incidents_of_assets_that_were_not_asked_about_are_left_alone(conjunction: Make) -> None:
    known = board({}, [conjunction((1, 9), 0)], 0)
    assert not board(known.lives, [], 1, watched=frozenset({2})).changes
    assert board(known.lives, [], 1, watched=frozenset({1})).changes


def test_an_exercise_never_touches_what_is_real(conjunction: Make) -> None:
    real = board({}, [conjunction((1, 9), 0)], 0)
    made = conjunction((1, 9), 0, finding_id="made", reality=Reality.EXERCISE)
    both = board(real.lives, [made], 1)
    assert sorted(life.reality.value for life in both.lives.values()) == ["EXERCISE", "REAL"]
    (kept,) = (life for life in both.lives.values() if life.reality is Reality.REAL)
    assert kept.findings == next(iter(real.lives.values())).findings


def test_a_board_of_the_past_is_refused(conjunction: Make) -> None:
    known = board({}, [conjunction((1, 9), 0)], 5)
    with pytest.raises(ValueError, match="after one as of"):
        board(known.lives, [conjunction((1, 9), 0)], 4)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 120),
        st.lists(
            st.tuples(st.sampled_from(["pass", "burn", "cloud", "parted"]),
                      st.integers(1, 4), st.integers(5, 8), st.integers(-150, 10)),
            max_size=5,
        ),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_over_any_boards_no_life_is_lost_and_the_changes_tell_all(
    steps: list[tuple[int, list[tuple[str, int, int, int]]]],
    conjunction: Make, manoeuvre: Make, breakup: Make, separation: Make,
) -> None:  # fmt: skip
    makers: dict[str, Make] = {
        "pass": lambda a, b, on: conjunction((a, b), on, 5),
        "burn": lambda a, b, on: manoeuvre(b, on),
        "cloud": lambda a, b, on: breakup(b, (90 + a, 91 + a), on, 100 * a),
        "parted": lambda a, b, on: separation(b, (90 + a,), on),
    }
    lives: Mapping[str, Life] = {}
    history = []
    day = 0
    for wait, made in steps:
        day += wait
        findings = {}
        for kind, a, b, ago in made:
            finding = makers[kind](a, b, day + ago)
            findings[finding.finding_id] = finding
        step = board(lives, list(findings.values()), day)
        _hold(lives, step)
        history += step.changes
        # Once more is nothing more, and the changes alone lead to the same lives.
        again = board(step.lives, list(findings.values()), day)
        assert not again.changes
        assert again.incidents == step.incidents
        lives = lives_after(history)
        assert lives == step.lives


def _hold(before: Mapping[str, Life], step: Lived) -> None:
    assert set(before) <= set(step.lives)
    shown = [incident.incident_id for incident in step.incidents]
    assert len(set(shown)) == len(shown)
    assert all(step.lives[i].state in {LifeState.NEW, LifeState.ONGOING} for i in shown), [
        step.lives[i].state for i in shown
    ]
    states = {i: life.state for i, life in before.items()}
    for change in step.changes:
        life = change.life
        previous = states.get(life.incident_id)
        assert life.state is previous or life.state in TRANSITIONS[previous]
        states[life.incident_id] = life.state
    for life in step.lives.values():
        if life.state is LifeState.MERGED:
            assert life.incident_id in step.lives[life.merged_into].took_in
        if life.parted_from:
            assert life.parted_from in step.lives
