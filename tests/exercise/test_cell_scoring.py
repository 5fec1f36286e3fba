"""The score of people: answers, deadlines, points, and when who acted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.exercise.test_scoring import ASSET, EVENT, EXPECTED, VISITOR, finding, look
from tests.exercise.test_scoring import rehearsal as of_looks

from hoshimori.exercise.cell_scoring import cell_scores, is_right, timeline_of
from hoshimori.exercise.scoring import score_of
from hoshimori.model.finding import Interval
from hoshimori.model.markings import OPEN
from hoshimori.model.rehearsals import (
    ActKind,
    AnswerVerdict,
    CellAct,
    CellScore,
    Rehearsal,
)
from hoshimori.model.scenarios import (
    Cell,
    CellKind,
    Pace,
    Question,
    QuestionKind,
    Scenario,
    SkyKind,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
CHOICE = Question(
    question_id="next", cells=("blue",), asked_h=10.0, due_h=20.0, kind=QuestionKind.CHOICE,
    text={}, choices=({}, {}, {}), right=("2", "3"), points=2.0,
)  # fmt: skip
NUMBER = replace(
    CHOICE, question_id="range", kind=QuestionKind.NUMBER, right=(), span=Interval(1.0, 2.0, 3.0)
)
WORDS = replace(CHOICE, question_id="notice", kind=QuestionKind.WORDS, right=(), points=3.0)
SCRIPT = Scenario(
    scenario_id="test", title={}, story={}, objectives=(), source="", seed=1, sky=SkyKind.ANY,
    pace=Pace(length_h=48.0), starts_utc=None, parts=(), injects=(), expected=(),
    cells=(
        Cell(name="control", kind=CellKind.WHITE, task={}),
        Cell(name="blue", kind=CellKind.NATIONAL, task={}),
    ),
    questions=(CHOICE, NUMBER, WORDS),
)  # fmt: skip


def act(at_h: float, subject: str, value: str, kind: ActKind = ActKind.ANSWER) -> CellAct:
    moment = START + timedelta(hours=at_h)
    return CellAct(cell="blue", kind=kind, at_utc=moment, subject=subject, value=value)


def scored(*acts: CellAct) -> CellScore:
    played = Rehearsal(
        scenario_id="test", sky="", marking=OPEN, starts_utc=START, every_h=6.0,
        numbers={}, assets=(),
        truth=(), looks=(), acts=acts,
    )  # fmt: skip
    (cell,) = cell_scores(SCRIPT, played, lambda text: ["culprit"] * text.count("culprit"))
    return cell


@pytest.mark.parametrize(
    ("acts", "verdict", "points"),
    [
        ((), AnswerVerdict.MISSING, 0.0),
        ((act(12, "next", "2"),), AnswerVerdict.RIGHT, 2.0),
        ((act(12, "next", "3, 2"),), AnswerVerdict.RIGHT, 2.0),
        ((act(12, "next", "1,2"),), AnswerVerdict.WRONG, 0.0),
        ((act(12, "next", "1"), act(19, "next", "2")), AnswerVerdict.RIGHT, 2.0),
        ((act(12, "next", "1"), act(21, "next", "2")), AnswerVerdict.WRONG, 0.0),
        ((act(21, "next", "2"),), AnswerVerdict.LATE, 0.0),
    ],
)
def test_the_last_answer_before_the_deadline_counts(
    acts: tuple[CellAct, ...], verdict: AnswerVerdict, points: float
) -> None:
    answer = scored(*acts).answers[0]
    assert (answer.verdict, answer.points) == (verdict, points)


def test_numbers_are_right_within_their_span_and_text_is_no_number() -> None:
    assert [is_right(NUMBER, value) for value in ("1", "3.0", "3.1", "nan", "about 2")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_words_wait_for_points_and_get_no_more_than_they_are_worth() -> None:
    written = act(12, "notice", "seen, unusual, no culprit is named")
    waiting = scored(written)
    assert waiting.answers[2].verdict is AnswerVerdict.WAITING
    assert waiting.wording == 1
    judged = scored(written, act(30, "notice", "9", ActKind.POINTS))
    assert (judged.answers[2].verdict, judged.answers[2].points) == (AnswerVerdict.JUDGED, 3.0)
    assert (judged.points, judged.of) == (3.0, 7.0)


def test_acts_are_counted_and_timed() -> None:
    cell = scored(
        act(3, "INC-1", "G1 opened", ActKind.GATE),
        act(5, "operator", "we see an approach", ActKind.MESSAGE),
        act(6, "INC-1", "watch", ActKind.DECISION),
        act(14, "next", "2"),
    )
    assert (cell.decisions, cell.gates, cell.messages) == (1, 1, 1)
    assert (cell.first_act_h, cell.median_answer_h) == (3.0, 4.0)


def test_the_timeline_sets_truth_beside_who_knew_when() -> None:
    near = finding(ASSET, VISITOR)
    incident = f"INC-{near.finding_id}"
    played = replace(
        of_looks(look(12), look(24, near)),
        acts=(act(30, incident, "watch", ActKind.DECISION), act(31, "other", "", ActKind.GATE)),
    )
    score = score_of(replace(SCRIPT, expected=(EXPECTED,)), played)
    (row,) = timeline_of(played, score)
    assert (row.happened_utc, row.public_utc) == (EVENT.from_utc, EVENT.public_utc)
    assert row.seen_utc == row.found_utc == START + timedelta(hours=24)
    assert row.acted == {"blue": START + timedelta(hours=30)}
