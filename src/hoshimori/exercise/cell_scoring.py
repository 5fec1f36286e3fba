"""The score of people, and the course of an exercise: what was true against who knew when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from statistics import median

from hoshimori.model.rehearsals import (
    ActKind,
    AnswerScore,
    AnswerVerdict,
    CellAct,
    CellScore,
    EventScore,
    Rehearsal,
    Score,
    TimelineRow,
)
from hoshimori.model.scenarios import CellKind, Question, QuestionKind, Scenario

Wording = Callable[[str], Sequence[str]]
"""From a text to the words in it that must never stand there."""
_SPAN_EDGE = 1e-9


def cell_scores(
    scenario: Scenario, rehearsal: Rehearsal, wording: Wording
) -> tuple[CellScore, ...]:
    """Return how every national cell fared, in the order of the script."""
    cells = [cell.name for cell in scenario.cells if cell.kind is CellKind.NATIONAL]
    return tuple(_cell(name, scenario, rehearsal, wording) for name in cells)


def timeline_of(rehearsal: Rehearsal, score: Score) -> tuple[TimelineRow, ...]:
    """Return what truly happened and when it could be, was published and was seen, by time."""
    by_id = {event.inject_id: event for event in score.events}
    rows = []
    for event in sorted(rehearsal.truth, key=lambda e: (e.from_utc, e.inject_id)):
        scored = by_id.get(event.inject_id)
        rows.append(
            TimelineRow(
                inject_id=event.inject_id,
                kind=event.kind,
                happened_utc=event.from_utc,
                ended_utc=event.to_utc,
                observable_utc=event.observable_utc,
                public_utc=event.public_utc,
                seen_utc=scored.first_seen_utc if scored else None,
                found_utc=scored.found_utc if scored else None,
                acted=_acted(scored, rehearsal.acts) if scored else {},
            )
        )
    return tuple(rows)


def _acted(event: EventScore, acts: Sequence[CellAct]) -> dict[str, datetime]:
    """Return by cell the first act about an incident that holds an event."""
    first: dict[str, datetime] = {}
    for act in sorted(acts, key=lambda a: a.at_utc):
        if act.subject in event.incident_ids:
            first.setdefault(act.cell, act.at_utc)
    return first


def _cell(name: str, scenario: Scenario, rehearsal: Rehearsal, wording: Wording) -> CellScore:
    acts = sorted((a for a in rehearsal.acts if a.cell == name), key=lambda a: a.at_utc)
    own = [a for a in acts if a.kind is not ActKind.POINTS]
    asked = [q for q in scenario.questions if not q.cells or name in q.cells]
    answers = tuple(_answer(question, acts, rehearsal) for question in asked)
    took = sorted(answer.after_h for answer in answers if answer.after_h is not None)
    return CellScore(
        cell=name,
        answers=answers,
        points=sum(answer.points for answer in answers),
        of=sum(answer.of for answer in answers),
        decisions=sum(a.kind is ActKind.DECISION for a in own),
        gates=sum(a.kind is ActKind.GATE for a in own),
        messages=sum(a.kind is ActKind.MESSAGE for a in own),
        first_act_h=_hours(rehearsal.starts_utc, own[0].at_utc) if own else None,
        median_answer_h=median(took) if took else None,
        wording=sum(len(wording(a.value)) for a in own),
    )


def _answer(question: Question, acts: Sequence[CellAct], rehearsal: Rehearsal) -> AnswerScore:
    """Return how a question was answered: the last answer in time counts, else the first late."""
    given = [a for a in acts if a.kind is ActKind.ANSWER and a.subject == question.question_id]
    due_utc = rehearsal.starts_utc + timedelta(hours=question.due_h)
    in_time = [a for a in given if a.at_utc <= due_utc]
    chosen = in_time[-1] if in_time else (given[0] if given else None)
    verdict, points = _judged(question, chosen, bool(in_time), acts)
    asked_utc = rehearsal.starts_utc + timedelta(hours=question.asked_h)
    return AnswerScore(
        question_id=question.question_id,
        verdict=verdict,
        value=chosen.value if chosen else "",
        after_h=_hours(asked_utc, chosen.at_utc) if chosen else None,
        points=points,
        of=question.points,
    )


def _judged(
    question: Question, answer: CellAct | None, is_in_time: bool, acts: Sequence[CellAct]
) -> tuple[AnswerVerdict, float]:
    if answer is None:
        return AnswerVerdict.MISSING, 0.0
    if not is_in_time:
        return AnswerVerdict.LATE, 0.0
    if question.kind is QuestionKind.WORDS:
        return _points_given(question, acts)
    if is_right(question, answer.value):
        return AnswerVerdict.RIGHT, question.points
    return AnswerVerdict.WRONG, 0.0


def _points_given(question: Question, acts: Sequence[CellAct]) -> tuple[AnswerVerdict, float]:
    """Return the points that the white cell gave last, within what the question is worth."""
    given = [a for a in acts if a.kind is ActKind.POINTS and a.subject == question.question_id]
    points = _number(given[-1].value) if given else None
    if points is None:
        return AnswerVerdict.WAITING, 0.0
    return AnswerVerdict.JUDGED, min(max(points, 0.0), question.points)


def is_right(question: Question, value: str) -> bool:
    """Tell whether an answer is right; of several named, all have to be.

    Choices and parts are parted by commas; numbers and hours lie within the span, ends included.
    Free text is right nowhere: people judge it.
    """
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.PART:
            named = {one.strip() for one in value.split(",") if one.strip()}
            return bool(named) and named <= set(question.right)
        case QuestionKind.NUMBER | QuestionKind.TIME:
            number, span = _number(value), question.span
            if number is None or span is None:
                return False
            return span.low - _SPAN_EDGE <= number <= span.high + _SPAN_EDGE
        case QuestionKind.WORDS:
            return False


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _hours(since: datetime, until: datetime) -> float:
    return round((until - since) / timedelta(hours=1), 3)
