"""Scripts of exercises as rows of a list, and whole as sections of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say
from hoshimori.model.finding import Interval
from hoshimori.model.injects import AnyInject, StatedReport, inject_kind
from hoshimori.model.scenarios import Choice, Expected, Part, Question, QuestionKind, Scenario

Section = tuple[str, tuple[str, ...]]
"""A heading and its lines."""
_NAMED = ("part", "target", "other", "released", "launched", "into_plane_of")


@dataclass(frozen=True, slots=True)
class ScriptRow:
    """One script of a list."""

    script: str
    title: str
    kind: str
    length: str
    objectives: str


def script_row(script: Scenario, language: Language) -> ScriptRow:
    """Return the row of a script."""
    return ScriptRow(
        script=script.scenario_id,
        title=script.title[language.value],
        kind=say(language, f"script.kind.{script.kind.name.lower()}"),
        length=_length(script.pace.length_h, language),
        objectives="\n".join(texts[language.value] for texts in script.objectives),
    )


def script_sections(script: Scenario, language: Language) -> tuple[Section, ...]:
    """Return everything that a script says, in the order in which people read it."""
    row = script_row(script, language)
    injects = tuple(line for one in script.injects for line in inject_lines(one, language))
    expected = tuple(expected_line(one, language) for one in script.expected)
    questions = tuple(line for one in script.questions for line in _question(one, language))
    cells = tuple(
        say(
            language,
            "script.cell.line",
            name=cell.name,
            kind=say(language, f"script.cell.{cell.kind.value}"),
            task=cell.task[language.value],
        )
        for cell in script.cells
    )
    none = (say(language, "script.none"),)
    return (
        (
            f"{script.scenario_id}: {row.title}",
            (f"{row.kind} · {row.length}", say(language, "script.notice")),
        ),
        (say(language, "script.story"), (script.story[language.value],)),
        (
            say(language, "script.read_ahead"),
            (script.read_ahead[language.value],) if script.read_ahead else none,
        ),
        (
            say(language, "script.objectives"),
            tuple(texts[language.value] for texts in script.objectives),
        ),
        (say(language, "script.source"), (script.source,)),
        (say(language, "script.clock"), _clock(script, language)),
        (say(language, "script.cells"), cells or none),
        (say(language, "script.parts"), tuple(_part(part, language) for part in script.parts)),
        (say(language, "script.injects"), injects or none),
        (say(language, "script.expected"), expected or none),
        (say(language, "script.questions"), questions or none),
    )


def _length(hours: float, language: Language) -> str:
    if hours >= 48.0:
        return say(language, "script.days", number=f"{hours / 24.0:.3g}")
    return say(language, "script.hours", number=f"{hours:g}")


def _clock(script: Scenario, language: Language) -> tuple[str, ...]:
    pace = script.pace
    lines = [
        say(
            language,
            "script.clock.line",
            length=_length(pace.length_h, language),
            speed=f"{pace.speed:g}",
            every=f"{pace.watch_every_h:g}",
        )
    ]
    lines += [say(language, "script.clock.pause", hours=f"{at:g}") for at in pace.pauses_h]
    lines += [
        say(language, "script.clock.jump", start=f"{start:g}", end=f"{end:g}")
        for start, end in pace.jumps_h
    ]
    return tuple(lines)


def _part(part: Part, language: Language) -> str:
    if part.norad_id is not None:
        told = [say(language, "script.part.fixed", number=str(part.norad_id))]
    elif part.choice is not None:
        told = _choice(part.choice, language)
    else:
        told = [say(language, "script.part.new")]
    if part.is_asset:
        told.append(say(language, "script.part.asset"))
    what = say(language, "script.gap").join(told)
    return say(language, "script.part.line", name=part.name, what=what)


def _choice(choice: Choice, language: Language) -> list[str]:
    told = [say(language, f"script.part.kind.{choice.kind.replace(' ', '_')}")]
    for key, span in (
        ("height", choice.height_km),
        ("inclination", choice.inclination_deg),
        ("belt", choice.belt_deg_east),
    ):
        if span is not None:
            told.append(_span(f"script.part.{key}", span, language))
    if choice.near:
        told.append(say(language, "script.part.near", part=choice.near))
    return told


def _span(key: str, span: Interval, language: Language) -> str:
    return say(language, key, low=f"{span.low:g}", high=f"{span.high:g}")


def inject_kind_text(kind: str, language: Language) -> str:
    """Return a kind of inject in words, by the word that scripts use."""
    return say(language, f"script.inject.kind.{kind.replace('-', '_')}")


def inject_lines(inject: AnyInject, language: Language) -> Sequence[str]:
    """Return what happens by an inject: one line, and of a report what is said in another."""
    named = [getattr(inject, name, "") for name in _NAMED]
    parts = [*filter(None, named), *getattr(inject, "parts", ())]
    line = say(
        language,
        "script.inject.line" if parts else "script.inject.line.alone",
        hours=f"{inject.at_h:g}",
        name=inject.inject_id,
        kind=inject_kind_text(inject_kind(inject), language),
        **({"parts": say(language, "script.gap").join(parts)} if parts else {}),
    )
    if not isinstance(inject, StatedReport):
        return (line,)
    said = say(
        language,
        "script.inject.said",
        source=inject.source,
        grade=str(inject.grade),
        text=inject.text,
    )
    return line, f"  {said}"


def expected_line(expected: Expected, language: Language) -> str:
    """Return what a watch should find of an inject, and how soon."""
    gap = say(language, "script.gap")
    kinds = [say(language, f"kind.{kind}") for kind in expected.findings]
    line = say(
        language,
        "script.expected.line",
        name=expected.inject_id,
        findings=gap.join(kinds) or say(language, "script.expected.nothing"),
        hours=f"{expected.within_h:g}",
    )
    if not expected.labels:
        return line
    labels = gap.join(label.value for label in expected.labels)
    return gap.join([line, say(language, "script.expected.labels", labels=labels)])


def _question(question: Question, language: Language) -> Sequence[str]:
    line = say(
        language,
        "script.question.line",
        asked=f"{question.asked_h:g}",
        due=f"{question.due_h:g}",
        text=question.text[language.value],
    )
    choices = [f"  {n}. {texts[language.value]}" for n, texts in enumerate(question.choices, 1)]
    return line, *choices, f"  {_right(question, language)}"


def _right(question: Question, language: Language) -> str:
    if question.kind is QuestionKind.WORDS:
        return say(language, "script.question.judged")
    if question.span is not None:
        return _span("script.question.span", question.span, language)
    answer = say(language, "script.gap").join(question.right)
    return say(language, "script.question.right", answer=answer)
