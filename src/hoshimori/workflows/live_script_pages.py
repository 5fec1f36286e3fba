"""The script of a live exercise as who directs sees it, and what can be added to it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hoshimori.dossier.language import Language
from hoshimori.dossier.script_rows import expected_line, inject_kind_text, inject_lines
from hoshimori.formats.json_document import as_json_value
from hoshimori.formats.scenarios import scenario_schema
from hoshimori.model.injects import AnyInject, inject_kind
from hoshimori.model.scenarios import Question
from hoshimori.workflows.live_exercise import LiveExercise
from hoshimori.workflows.live_pages import right_answers


@dataclass(frozen=True, slots=True)
class InjectRow:
    """One thing that happens by the script."""

    id: str
    kind: str
    at_h: float
    at_utc: datetime
    title: str
    summary: str
    parts: tuple[str, ...]
    state: str
    """``coming`` or ``happened``."""
    is_added: bool
    """Whether it was added while the script was played."""
    truth: dict[str, Any] | None
    """What really happened; None before it did."""
    expected: tuple[str, ...]
    """What a watch should find of it, in words."""


@dataclass(frozen=True, slots=True)
class PartRow:
    """Who plays a part."""

    name: str
    norad_id: int
    is_asset: bool


@dataclass(frozen=True, slots=True)
class ScriptQuestionRow:
    """One question of a script, also one that is not asked yet."""

    id: str
    text: str
    kind: str
    cells: tuple[str, ...]
    asked_h: float
    due_h: float
    points: float
    right: tuple[str, ...]
    state: str
    """``coming`` or ``asked``."""


@dataclass(frozen=True, slots=True)
class ScriptPage:
    """The script as it is played, for who directs."""

    scenario_id: str
    title: str
    story: str
    objectives: tuple[str, ...]
    parts: tuple[PartRow, ...]
    injects: tuple[InjectRow, ...]
    questions: tuple[ScriptQuestionRow, ...]
    pauses_h: tuple[float, ...]
    jumps_h: tuple[tuple[float, float], ...]


def script_page(live: LiveExercise, language: Language) -> ScriptPage:
    """Return the script with its truth so far."""
    stage = live.stage.stage
    scenario, code = stage.scenario, language.value
    added = {i for a in live.additions() for i in _ids(a.toml)}
    now_utc = live.clock.now_utc()
    assets = {asset.norad_id for asset in stage.cast.assets}
    return ScriptPage(
        scenario_id=scenario.scenario_id,
        title=scenario.title[code],
        story=scenario.story[code],
        objectives=tuple(texts[code] for texts in scenario.objectives),
        parts=tuple(
            PartRow(part, number, number in assets) for part, number in stage.cast.numbers.items()
        ),
        injects=tuple(_inject(live, one, now_utc, added, language) for one in scenario.injects),
        questions=tuple(_of_script(live, q, now_utc, language) for q in scenario.questions),
        pauses_h=scenario.pace.pauses_h,
        jumps_h=scenario.pace.jumps_h,
    )


def _of_script(
    live: LiveExercise, question: Question, now_utc: datetime, language: Language
) -> ScriptQuestionRow:
    return ScriptQuestionRow(
        id=question.question_id,
        text=question.text[language.value],
        kind=question.kind.value,
        cells=live.who_is_asked(question),
        asked_h=question.asked_h,
        due_h=question.due_h,
        points=question.points,
        right=right_answers(live, question),
        state="asked" if live.stage.moment(question.asked_h) <= now_utc else "coming",
    )


def _inject(
    live: LiveExercise, inject: AnyInject, now_utc: datetime, added: set[str], language: Language
) -> InjectRow:
    stage = live.stage
    at_utc = stage.moment(inject.at_h)
    has_happened = at_utc <= now_utc
    truth = next(t for t in stage.stage.tape.truth if t.inject_id == inject.inject_id)
    title, *more = inject_lines(inject, language)
    expected = [e for e in live.scenario.expected if e.inject_id == inject.inject_id]
    return InjectRow(
        id=inject.inject_id,
        kind=inject_kind(inject),
        at_h=inject.at_h,
        at_utc=at_utc,
        title=title,
        summary="\n".join(line.strip() for line in more),
        parts=_parts(live, truth.objects),
        state="happened" if has_happened else "coming",
        is_added=inject.inject_id in added,
        truth=as_json_value(truth) if has_happened else None,
        expected=tuple(expected_line(one, language) for one in expected),
    )


def _parts(live: LiveExercise, objects: tuple[int, ...]) -> tuple[str, ...]:
    named = (live.stage.stage.cast.part_of(number) for number in objects)
    return tuple(dict.fromkeys(filter(None, named)))


def _ids(toml: str) -> list[str]:
    return [str(one["id"]) for one in tomllib.loads(toml).get("inject", ())]


@dataclass(frozen=True, slots=True)
class InjectKind:
    """One kind of inject that can be added, with the JSON Schema of its keys."""

    kind: str
    title: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KindsPage:
    """What can be added while a script is played."""

    kinds: tuple[InjectKind, ...]
    parts: tuple[str, ...]
    cells: tuple[str, ...]
    now_h: float
    length_h: float


def kinds_page(live: LiveExercise, language: Language) -> KindsPage:
    """Return the kinds of inject with their keys, from the JSON Schema of scripts."""
    schema = scenario_schema()["properties"]["inject"]["items"]["oneOf"]
    return KindsPage(
        kinds=tuple(
            InjectKind(
                kind=one["properties"]["kind"]["const"],
                title=inject_kind_text(one["properties"]["kind"]["const"], language),
                schema=one,
            )
            for one in schema
        ),
        parts=tuple(live.stage.stage.cast.numbers),
        cells=tuple(cell.name for cell in live.cells()),
        now_h=round(live.stage.hour(live.clock.now_utc()), 6),
        length_h=live.scenario.pace.length_h,
    )
