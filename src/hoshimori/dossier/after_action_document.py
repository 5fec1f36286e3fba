"""The after-action report of an exercise as a document: one page, then parts with all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

from hoshimori.dossier.after_action_plot import after_action_exhibit
from hoshimori.dossier.document import (
    Block,
    Bullets,
    Document,
    Grid,
    Paragraph,
    Part,
    Subheading,
    Summary,
    Tone,
)
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.question_wording import answer_text
from hoshimori.dossier.rehearsal_rows import (
    AlarmRow,
    EventRow,
    alarm_row,
    event_row,
    hours_text,
    score_sentences,
)
from hoshimori.dossier.wording import reality_text
from hoshimori.model.provenance import Reality
from hoshimori.model.rehearsals import AfterAction, CellScore, EventScore, TimelineRow
from hoshimori.model.scenarios import Scenario

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_RULES = ("fit", "due", "part", "silent", "false", "truth")
_EVENT_SHARES = (1.0, 1.1, 1.1, 0.95, 1.5, 1.15, 0.85, 1.3)


def after_action_document(scenario: Scenario, told: AfterAction, language: Language) -> Document:
    """Return the report in one language; the same exercise gives the same document."""
    rehearsal = told.rehearsal
    return Document(
        language=language,
        name=say(language, "rehearsal.report"),
        banner=banner_text(rehearsal.marking, Reality.EXERCISE, language),
        reality=Reality.EXERCISE,
        reality_word=reality_text(Reality.EXERCISE, language),
        meaning=say(language, "reality.exercise.meaning"),
        incident_id=scenario.scenario_id,
        issue=say(
            language,
            "rehearsal.report.issue",
            script=scenario.scenario_id,
            sky=rehearsal.sky,
            start=utc_text(rehearsal.starts_utc),
        ),
        first=_summary(scenario, told, language),
        contents_heading=say(language, "document.contents"),
        parts=tuple(
            Part(f"part-{name}", say(language, f"rehearsal.part.{name}"), tuple(blocks))
            for name, blocks in (
                ("story", _story(scenario, language)),
                ("events", _events(told, language)),
                ("truth", _truth(told, language)),
                ("false", _false(told, language)),
                ("explanations", _explanations(told, language)),
                ("cells", _cells(scenario, told, language)),
                ("rules", _rules(language)),
            )
        ),
        foot=say(language, "rehearsal.report.foot"),
    )


def _summary(scenario: Scenario, told: AfterAction, language: Language) -> Summary:
    rehearsal = told.rehearsal
    last = rehearsal.looks[-1].as_of_utc if rehearsal.looks else rehearsal.starts_utc
    facts = (
        ("script", scenario.scenario_id),
        ("kind", say(language, f"script.kind.{scenario.kind.name.lower()}")),
        ("sky", rehearsal.sky),
        ("span", say(language, "moment.range", start=utc_text(rehearsal.starts_utc),
                     end=utc_text(last))),
        ("looks", str(len(rehearsal.looks))),
        ("assets", str(len(rehearsal.assets))),
    )  # fmt: skip
    return Summary(
        kicker=say(language, "rehearsal.report"),
        title=scenario.title[language.value],
        facts=tuple((say(language, f"rehearsal.fact.{key}"), value) for key, value in facts),
        lines=score_sentences(told.score, language),
        chart=after_action_exhibit(told.timeline, rehearsal.starts_utc, language, name="truth"),
    )


def _story(scenario: Scenario, language: Language) -> Iterator[Block]:
    yield Paragraph(scenario.story[language.value])
    yield Bullets(tuple(texts[language.value] for texts in scenario.objectives))
    yield Paragraph(scenario.source, Tone.NOTE)


def _events(told: AfterAction, language: Language) -> Iterator[Block]:
    rows = [event_row(event, language) for event in told.score.events]
    if not rows:
        yield Paragraph(say(language, "rehearsal.events.none"))
        return
    yield _table(EventRow, rows, _EVENT_SHARES, language)


def _truth(told: AfterAction, language: Language) -> Iterator[Block]:
    names = ("event", "happened", "observable", "public", "seen", "whole", "cells")
    head = tuple(say(language, f"rehearsal.column.{name}") for name in names)
    rows = tuple(_times(row, language) for row in told.timeline)
    yield Grid(head, rows, (1.0, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2))


def _times(row: TimelineRow, language: Language) -> tuple[str, ...]:
    moments = (row.happened_utc, row.observable_utc, row.public_utc, row.seen_utc, row.found_utc)
    never = say(language, "rehearsal.unknown")
    acted = (
        say(language, "rehearsal.note", name=cell, verdict=utc_text(moment))
        for cell, moment in row.acted.items()
    )
    cells = say(language, "rehearsal.gap").join(acted)
    return (row.inject_id, *(utc_text(m) if m else never for m in moments), cells or never)


def _false(told: AfterAction, language: Language) -> Iterator[Block]:
    rows = [alarm_row(alarm, language) for alarm in told.score.false_alarms]
    if not rows:
        yield Paragraph(say(language, "rehearsal.false.none"))
        return
    yield _table(AlarmRow, rows, (1.0, 1.6, 1.0, 0.8), language)


def _explanations(told: AfterAction, language: Language) -> Iterator[Block]:
    assessed = [event for event in told.score.events if event.group and event.groups]
    if not assessed:
        yield Paragraph(say(language, "rehearsal.explanations.none"))
    for event in assessed:
        yield Subheading(event.inject_id)
        yield _groups(event, language)


def _groups(event: EventScore, language: Language) -> Grid:
    head = tuple(say(language, f"rehearsal.column.{n}") for n in ("group", "interval", "true"))
    yes = say(language, "rehearsal.yes")
    rows = tuple(
        (
            say(language, f"rehearsal.group.{name}"),
            f"{100.0 * span.low:.1f} – {100.0 * span.high:.1f} %",
            yes if name == event.group else "",
        )
        for name, span in sorted(event.groups.items(), key=lambda one: -one[1].best)
    )
    return Grid(head, rows, (1.2, 1.0, 0.5))


def _cells(scenario: Scenario, told: AfterAction, language: Language) -> Iterator[Block]:
    asked = {one.question_id: one for one in scenario.questions}
    if not told.rehearsal.acts:
        yield Paragraph(say(language, "rehearsal.cells.none"))
        return
    for cell in told.cells:
        yield Subheading(cell.cell)
        yield Bullets(tuple(_cell_lines(cell, language)))
        names = ("question", "answer", "verdict", "points")
        head = tuple(say(language, f"rehearsal.column.{name}") for name in names)
        rows = tuple(
            (
                asked[one.question_id].text[language.value],
                answer_text(asked[one.question_id], one.value, language),
                say(language, f"rehearsal.answer.{one.verdict.value}"),
                say(language, "rehearsal.cell.points", points=f"{one.points:g}", of=f"{one.of:g}"),
            )
            for one in cell.answers
        )
        yield Grid(head, rows, (2.2, 2.2, 0.8, 1.0))


def _cell_lines(cell: CellScore, language: Language) -> Iterator[str]:
    yield say(language, "rehearsal.cell.points", points=f"{cell.points:g}", of=f"{cell.of:g}")
    yield say(
        language,
        "rehearsal.cell.acts",
        decisions=str(cell.decisions),
        gates=str(cell.gates),
        messages=str(cell.messages),
    )
    yield say(language, "rehearsal.cell.first", hours=hours_text(cell.first_act_h, language))
    median = hours_text(cell.median_answer_h, language)
    yield say(language, "rehearsal.cell.answers", hours=median)
    yield say(language, "rehearsal.cell.wording", count=str(cell.wording))


def _rules(language: Language) -> Iterator[Block]:
    yield Bullets(tuple(say(language, f"rehearsal.rule.{name}") for name in _RULES))


def _table(
    kind: type[DataclassInstance], rows: list[Any], shares: tuple[float, ...], language: Language
) -> Grid:
    head = tuple(say(language, f"rehearsal.column.{one.name}") for one in fields(kind))
    return Grid(head, tuple(astuple(row) for row in rows), shares)
