"""What people of an exercise are shown: each cell its own, who directs everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.dossier.language import Language
from hoshimori.dossier.question_wording import answer_text
from hoshimori.exercise.cell_scoring import is_right
from hoshimori.model.live_exercises import KeptAct, Seat
from hoshimori.model.rehearsals import ActKind
from hoshimori.model.scenarios import CellKind, Question, QuestionKind
from hoshimori.workflows.live_acts import as_scored
from hoshimori.workflows.live_exercise import LiveExercise


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell."""

    id: str
    name: str
    is_white: bool


@dataclass(frozen=True, slots=True)
class ExercisePage:
    """Where an exercise stands."""

    name: str
    """What people call it; tells nothing of the script."""
    scenario_id: str
    """For who directs; empty for all others, as are title and story: they tell what comes."""
    title: str
    story: str
    task: str
    """What the viewer's cell is there for."""
    read_ahead: str
    """What everybody may read before play; empty where the script has nothing."""
    now_utc: datetime
    until_utc: datetime
    """How far the clock goes by itself: until something is due, as a watch."""
    starts_utc: datetime
    ends_utc: datetime
    at_h: float
    length_h: float
    speed: float
    is_paused: bool
    is_behind: bool
    """Whether the clock waits for the machine, which cannot keep up."""
    is_over: bool
    my_cell: str | None
    is_director: bool
    plays_all: bool
    """Whether the viewer may act for any cell: alone at a server without accounts."""
    cells: tuple[CellRow, ...]


def exercise_page(live: LiveExercise, seat: Seat, language: Language) -> ExercisePage:
    """Return where an exercise stands, for who sits somewhere."""
    scenario, stage, code = live.scenario, live.stage, language.value
    moment = live.clock.moment()
    own = next((cell for cell in scenario.cells if cell.name == seat.cell), None)
    directs = seat.is_director
    return ExercisePage(
        name=live.name,
        scenario_id=scenario.scenario_id if directs else "",
        title=scenario.title[code] if directs else "",
        story=scenario.story[code] if directs else "",
        task=own.task[code] if own else "",
        read_ahead=scenario.read_ahead[code] if scenario.read_ahead else "",
        now_utc=moment.now_utc,
        until_utc=live.clock.until_utc,
        starts_utc=stage.starts_utc,
        ends_utc=stage.ends_utc,
        at_h=round(stage.hour(moment.now_utc), 6),
        length_h=scenario.pace.length_h,
        speed=moment.speed,
        is_paused=moment.is_paused,
        is_behind=live.conductor.is_behind,
        is_over=moment.is_ended,
        my_cell=seat.cell,
        is_director=directs,
        plays_all=seat.plays_all,
        cells=tuple(
            CellRow(cell.name, cell.name, cell.kind is CellKind.WHITE) for cell in scenario.cells
        ),
    )


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How a cell answered."""

    cell: str
    value: str
    at_utc: datetime
    by: str
    is_late: bool
    is_right: bool | None
    """For who directs; None for cells, and where people judge."""
    points: float | None
    """That the white cell gave; for who directs."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question that was asked."""

    id: str
    text: str
    kind: str
    choices: tuple[str, ...]
    asked_utc: datetime
    due_utc: datetime
    is_open: bool
    answer: AnswerRow | None
    """The viewer's own."""
    cells: tuple[str, ...]
    """Who is asked; of a cell's questions itself alone."""
    points: float | None
    """What it is worth; for who directs, as is all that follows."""
    right: tuple[str, ...]
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """The questions that were asked so far."""

    questions: tuple[QuestionRow, ...]


def questions_page(live: LiveExercise, seat: Seat, language: Language) -> QuestionsPage:
    """Return what a cell was asked so far, or for who directs what all were."""
    acts = live.acts()
    asked = live.asked()
    if not seat.is_director:
        asked = tuple(q for q in asked if seat.cell in live.who_is_asked(q))
    return QuestionsPage(tuple(_question(live, seat, q, acts, language) for q in asked))


def _question(
    live: LiveExercise,
    seat: Seat,
    question: Question,
    acts: tuple[KeptAct, ...],
    language: Language,
) -> QuestionRow:
    stage, directs = live.stage, seat.is_director
    cells = live.who_is_asked(question)
    own = _answer(live, question, seat.cell or "", acts, shows_right=directs)
    of_cells = (_answer(live, question, cell, acts, shows_right=True) for cell in cells)
    now_utc, due_utc = live.clock.now_utc(), stage.moment(question.due_h)
    return QuestionRow(
        id=question.question_id,
        text=question.text[language.value],
        kind=question.kind.value,
        choices=tuple(texts[language.value] for texts in question.choices),
        asked_utc=stage.moment(question.asked_h),
        due_utc=due_utc,
        is_open=now_utc <= due_utc and not live.is_over,
        answer=own,
        cells=cells if directs else (seat.cell or "",),
        points=question.points if directs else None,
        right=right_answers(live, question) if directs else (),
        answers=tuple(one for one in of_cells if one is not None) if directs else (),
    )


def right_answers(live: LiveExercise, question: Question) -> tuple[str, ...]:
    """Return what is right, for who directs; of numbers and times the two ends of the span."""
    if question.span is not None:
        return (f"{question.span.low:g}", f"{question.span.high:g}")
    if question.kind is not QuestionKind.PART:
        return question.right
    numbers = live.stage.stage.cast.numbers
    return tuple(f"{part} ({numbers[part]})" for part in question.right)


def _answer(
    live: LiveExercise,
    question: Question,
    cell: str,
    acts: tuple[KeptAct, ...],
    *,
    shows_right: bool,
) -> AnswerRow | None:
    """Return the answer of a cell that counts: the last in time, else the first."""
    about = [a for a in acts if a.act.cell == cell and a.act.subject == question.question_id]
    given = [a for a in about if a.act.kind is ActKind.ANSWER]
    if not given:
        return None
    due_utc = live.stage.moment(question.due_h)
    in_time = [a for a in given if a.act.at_utc <= due_utc]
    kept = in_time[-1] if in_time else given[0]
    points = [a.act.value for a in about if a.act.kind is ActKind.POINTS]
    judged = question.kind is QuestionKind.WORDS or not shows_right
    scored = as_scored(live, kept.act)
    return AnswerRow(
        cell=cell,
        value=kept.act.value,
        at_utc=kept.act.at_utc,
        by=kept.by,
        is_late=not in_time,
        is_right=None if judged else is_right(question, scored.value),
        points=float(points[-1]) if points and shows_right else None,
    )


@dataclass(frozen=True, slots=True)
class ActRow:
    """One thing that a cell did."""

    id: int
    cell: str
    kind: str
    at_utc: datetime
    at_h: float
    subject: str
    about: str
    """What the question asks that an answer or points are for; empty otherwise."""
    value: str
    says: str
    """The value in words: of a choice its text."""
    by: str
    """Who of the viewer's own cell; empty for others."""


@dataclass(frozen=True, slots=True)
class ActsPage:
    """What cells did, in its order."""

    acts: tuple[ActRow, ...]


def acts_page(live: LiveExercise, seat: Seat, language: Language) -> ActsPage:
    """Return what a cell did and what was written to it; for who directs what all did."""
    return ActsPage(tuple(_act(live, seat, a, language) for a in live.acts() if may_see(seat, a)))


def may_see(seat: Seat, kept: KeptAct) -> bool:
    """Tell whether somebody may see an act: of the own cell but its points, or a message to it."""
    if seat.is_director:
        return True
    act = kept.act
    if seat.cell is None or act.kind is ActKind.POINTS:
        return False
    is_to_it = act.kind is ActKind.MESSAGE and act.subject == seat.cell
    return act.cell == seat.cell or is_to_it


def _act(live: LiveExercise, seat: Seat, kept: KeptAct, language: Language) -> ActRow:
    act = kept.act
    of_questions = act.kind in (ActKind.ANSWER, ActKind.POINTS)
    asked = {q.question_id: q for q in live.scenario.questions} if of_questions else {}
    question = asked.get(act.subject)
    is_answer = act.kind is ActKind.ANSWER
    is_own = seat.is_director or act.cell == seat.cell
    return ActRow(
        id=kept.number,
        cell=act.cell,
        kind=act.kind.value,
        at_utc=act.at_utc,
        at_h=round(live.stage.hour(act.at_utc), 6),
        subject=act.subject,
        about=question.text[language.value] if question else "",
        value=act.value,
        says=answer_text(question, act.value, language) if is_answer else act.value,
        by=kept.by if is_own else "",
    )
