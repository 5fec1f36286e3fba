"""Pages of a live exercise, as its server tells them, as lines and rows of a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question that was asked."""

    question: str
    text: str
    due: str
    answer: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """One thing that a cell did."""

    number: str
    when: str
    cell: str
    kind: str
    subject: str
    value: str


def state_lines(state: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """Return where an exercise stands, and where the reader sits."""
    told = [
        say(
            language,
            "live.state",
            name=str(state["name"]),
            now=_moment(state["now_utc"]),
            at=f"{state['at_h']:.2f}",
            length=f"{state['length_h']:g}",
            speed=f"{state['speed']:g}",
        )
    ]
    if state["is_director"]:
        told.append(say(language, "live.seat.director"))
    elif state["my_cell"]:
        told += [say(language, "live.seat", cell=str(state["my_cell"])), str(state["task"])]
    else:
        told.append(say(language, "live.seat.none"))
    if state["read_ahead"]:
        told += [say(language, "live.read_ahead"), str(state["read_ahead"])]
    flags = ("over",) if state["is_over"] else ("paused", "behind")
    told += [say(language, f"live.{flag}") for flag in flags if state[f"is_{flag}"]]
    return tuple(told)


def question_row(question: Mapping[str, Any], language: Language) -> QuestionRow:
    """Return the row of a question, with its choices and the answers that the reader may see."""
    choices = [f"{number}. {text}" for number, text in enumerate(question["choices"], 1)]
    given = question["answers"] or [question["answer"]]
    answers = [_answer(one, language, names=len(given) > 1) for one in given if one]
    return QuestionRow(
        question=str(question["id"]),
        text="\n".join([str(question["text"]), *choices]),
        due=_moment(question["due_utc"]),
        answer="\n".join(answers),
    )


def act_row(act: Mapping[str, Any], language: Language) -> ActRow:
    """Return the row of an act."""
    return ActRow(
        number=str(act["id"]),
        when=_moment(act["at_utc"]),
        cell=str(act["cell"]),
        kind=say(language, f"live.act.{act['kind']}"),
        subject=str(act["about"] or act["subject"]),
        value=str(act["says"]),
    )


def _answer(answer: Mapping[str, Any], language: Language, *, names: bool) -> str:
    value = str(answer["value"])
    if answer["is_late"]:
        value = say(language, "live.late", value=value)
    return f"{answer['cell']}: {value}" if names else value


def _moment(text: str) -> str:
    return utc_text(datetime.fromisoformat(text))
