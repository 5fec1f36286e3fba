"""What cells do in a live exercise: they answer, write to one another, and decide."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hoshimori.dossier.language import Language
from hoshimori.dossier.never_said import never_said
from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.model.journal import DecisionKind
from hoshimori.model.live_exercises import KeptAct
from hoshimori.model.rehearsals import ActKind, CellAct
from hoshimori.model.scenarios import Question, QuestionKind
from hoshimori.workflows.live_exercise import LiveExercise
from hoshimori.workflows.views import View


def answer(live: LiveExercise, cell: str, question_id: str, value: str, *, by: str) -> KeptAct:
    """Keep a cell's answer to a question that it was asked; after the deadline it is late.

    Raises:
        CoverageError: the cell was not asked that, or not yet.
        FormatError: it is no answer to this kind of question; the field is ``value``.
        SettingsError: the exercise is over.
    """
    asked = {q.question_id: q for q in live.asked() if cell in live.who_is_asked(q)}
    if question_id not in asked:
        raise CoverageError(f"question {question_id}: not found")
    stated = value.strip()
    _check_answer(asked[question_id], stated)
    return live.act(cell, ActKind.ANSWER, question_id, stated, by=by)


def message(live: LiveExercise, cell: str, to: str, text: str, *, by: str) -> KeptAct:
    """Keep what a cell writes to another.

    Raises:
        CoverageError: there is no such cell.
        FormatError: it says what must never be said; the field is ``text``.
        SettingsError: the exercise is over.
    """
    if to not in {one.name for one in live.cells()} or to == cell:
        known = ", ".join(one.name for one in live.cells() if one.name != cell)
        raise CoverageError(f"cell {to}: not found; expected one of {known}")
    words = words_never_said(text)
    if words:
        raise FormatError(f"must not be said: {', '.join(words)}; say what is seen", field="text")
    return live.act(cell, ActKind.MESSAGE, to, text.strip(), by=by, told_to=to)


def points(live: LiveExercise, cell: str, question_id: str, given: float, *, by: str) -> KeptAct:
    """Keep what the white cell gives a cell for an answer in words.

    Raises:
        CoverageError: the cell was not asked that.
        FormatError: more than the question is worth, or less than nothing.
    """
    asked = {q.question_id: q for q in live.asked() if cell in live.who_is_asked(q)}
    question = asked.get(question_id)
    if question is None:
        raise CoverageError(f"question {question_id} of cell {cell}: not found")
    if not 0.0 <= given <= question.points:
        raise FormatError(f"{given:g}: expected 0 to {question.points:g}", field="points")
    return live.act(cell, ActKind.POINTS, question_id, f"{given:g}", by=by)


def decision(
    live: LiveExercise, cell: str, view: View, incident_id: str, kind: ActKind,
    value: str, *, by: str,
) -> KeptAct:  # fmt: skip
    """Keep what a cell decides about an incident of its own board, as `decided` says it.

    Raises:
        CoverageError: its board holds no such incident.
        SettingsError: the exercise is over.
    """
    objects = objects_of(view, incident_id)
    if objects is None:
        raise CoverageError(f"incident {incident_id}: not found")
    return live.act(cell, kind, incident_id, value, by=by, objects=objects)


def act_of(kind: DecisionKind) -> ActKind:
    """Return what a decision counts as."""
    return ActKind.GATE if kind is DecisionKind.GATE else ActKind.DECISION


def decided(key: str, value: str, because: str = "") -> str:
    """Return a decision as an act says it.

    >>> decided("F3", "2"), decided("G1", "open", "seen twice"), decided("", "we disagree")
    ('F3 2', 'G1 open: seen twice', 'we disagree')
    """
    what = " ".join(filter(None, (key, value)))
    return f"{what}: {because}" if because else what


def noted(
    live: LiveExercise, cell: str, kind: ActKind, incident_id: str, value: str,
    *, by: str, view: View | None,
) -> None:  # fmt: skip
    """Keep what a cell did by a route of the house; once the exercise is over, nothing counts.

    Raises:
        StoreError: it cannot be kept.
    """
    objects = objects_of(view, incident_id) if view is not None else None
    with contextlib.suppress(SettingsError):
        live.act(cell, kind, incident_id, value, by=by, objects=objects or ())


def objects_of(view: View, incident_id: str) -> tuple[int, ...] | None:
    """Return the objects of an incident of a board; None where it holds no such incident."""
    for incident in view.board.incidents:
        if incident.incident_id == incident_id:
            by_id = {finding.finding_id: finding for finding in view.board.findings}
            found = {o for f in incident.finding_ids if f in by_id for o in by_id[f].objects}
            return tuple(sorted({*incident.assets, *incident.others, *found}))
    return None


def words_never_said(text: str) -> tuple[str, ...]:
    """Return the words of a text that must not be said, in any language."""
    return tuple(dict.fromkeys(w for language in Language for w in never_said(text, language)))


def as_scored(live: LiveExercise, act: CellAct) -> CellAct:
    """Return an answer as a score reads it: parts by name, times in hours from the start.

    People name objects by their catalogue numbers: what part they play is for them to find out.
    """
    if act.kind is not ActKind.ANSWER:
        return act
    question = next((q for q in live.scenario.questions if q.question_id == act.subject), None)
    if question is None:
        return act
    if question.kind is QuestionKind.PART:
        cast = live.stage.stage.cast
        named = [cast.part_of(int(n)) or n for n in _listed(act.value) if n.isdecimal()]
        return replace(act, value=", ".join(named))
    if question.kind is QuestionKind.TIME and (moment := _moment(act.value)) is not None:
        return replace(act, value=f"{live.stage.hour(moment):.6f}")
    return act


def _check_answer(question: Question, value: str) -> None:
    expected = _expected(question, value)
    if expected:
        raise FormatError(f"{value[:60] or 'nothing'}: expected {expected}", field="value")


def _expected(question: Question, value: str) -> str:
    """Return what was expected where a value is no answer; empty where it is one."""
    listed = _listed(value)
    match question.kind:
        case QuestionKind.CHOICE:
            known = {str(n) for n in range(1, len(question.choices) + 1)}
            is_good = bool(listed) and set(listed) <= known
            return "" if is_good else f"numbers of choices, 1 to {len(known)}, parted by commas"
        case QuestionKind.PART:
            is_good = bool(listed) and all(n.isascii() and n.isdecimal() for n in listed)
            return "" if is_good else "catalogue numbers, parted by commas"
        case QuestionKind.NUMBER:
            return "" if _number(value) is not None else "a number"
        case QuestionKind.TIME:
            is_good = _number(value) is not None or _moment(value) is not None
            return "" if is_good else "hours from the start, or a moment (ISO 8601, UTC)"
        case QuestionKind.WORDS:
            return "" if value else "words"


def _listed(value: str) -> Sequence[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def require_cell(live: LiveExercise, cell: str) -> None:
    """Refuse a cell that is not in the exercise.

    Raises:
        SettingsError: there is none of that name.
    """
    known = [one.name for one in live.cells()]
    if cell not in known:
        raise SettingsError(f"cell {cell}: expected one of {', '.join(known) or 'none'}")
