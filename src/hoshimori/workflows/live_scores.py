"""The score of a live exercise, of the machine and of the cells, also while it is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hoshimori.dossier.language import Language
from hoshimori.dossier.question_wording import question_texts
from hoshimori.dossier.rehearsal_rows import (
    AlarmRow,
    EventRow,
    alarm_row,
    event_row,
    score_sentences,
)
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.dossiers import Blob
from hoshimori.model.live_exercises import KeptAct
from hoshimori.model.rehearsals import AfterAction, CellAct, Look, Rehearsal, SeenIncident
from hoshimori.model.scenarios import Scenario
from hoshimori.workflows.debriefing import debrief
from hoshimori.workflows.live_acts import as_scored
from hoshimori.workflows.live_exercise import LiveExercise
from hoshimori.workflows.rehearsal_folders import KeptRehearsal, keep_rehearsal
from hoshimori.workflows.rehearse import after_action, rehearsal_of


@dataclass(frozen=True, slots=True)
class LiveScorePage:
    """How machine and cells fare so far, for who directs."""

    reality: str
    scenario_id: str
    looks: int
    """How many looks of the machine are counted."""
    looks_owed: int
    """How many are still being made: ask again for the whole."""
    is_over: bool
    score: dict[str, Any]
    cells: tuple[dict[str, Any], ...]
    asked: dict[str, str]
    """What the questions ask, by their id."""
    timeline: tuple[dict[str, Any], ...]
    events: tuple[EventRow, ...]
    """In words, as is all that follows."""
    false_alarms: tuple[AlarmRow, ...]
    lines: tuple[str, ...]


def score_page(live: LiveExercise, language: Language) -> LiveScorePage:
    """Return the score so far."""
    told = told_of(live)
    return LiveScorePage(
        reality="EXERCISE",
        scenario_id=told.rehearsal.scenario_id,
        looks=len(told.rehearsal.looks),
        looks_owed=live.looks.owed(),
        is_over=live.is_over,
        score=as_json_value(told.score),
        cells=tuple(as_json_value(told.cells)),
        asked=question_texts(as_played(live), language),
        timeline=tuple(as_json_value(told.timeline)),
        events=tuple(event_row(event, language) for event in told.score.events),
        false_alarms=tuple(alarm_row(alarm, language) for alarm in told.score.false_alarms),
        lines=score_sentences(told.score, language),
    )


def told_of(live: LiveExercise) -> AfterAction:
    """Return all that is told of an exercise so far."""
    return after_action(as_played(live), live_rehearsal(live))


def report_of(live: LiveExercise, language: Language, paper: str) -> Blob:
    """Return the after-action report as ``html`` or ``pdf``."""
    return debrief(as_played(live), told_of(live), language, paper)


def keep_played(live: LiveExercise, folder: Path) -> tuple[Path, ...]:
    """Write what came of it into a folder, so that it can be scored again anywhere.

    Raises:
        SettingsError: it cannot be written.
    """
    return keep_rehearsal(folder, KeptRehearsal(as_played(live), live_rehearsal(live)))


def as_played(live: LiveExercise) -> Scenario:
    """Return the script with what was added, and those questions alone that were asked."""
    return replace(live.scenario, questions=live.asked())


def live_rehearsal(live: LiveExercise) -> Rehearsal:
    """Return what machine and cells did so far."""
    looks = live.looks.looks()
    rehearsal = rehearsal_of(
        live.stage.stage,
        looks,
        sky=live.stage.sky.origin,
        every_h=live.scenario.pace.watch_every_h,
    )
    acts = tuple(_as_machine_saw(as_scored(live, k.act), k, looks) for k in live.acts())
    return replace(rehearsal, acts=acts)


def _as_machine_saw(act: CellAct, kept: KeptAct, looks: Sequence[Look]) -> CellAct:
    """Return an act about an incident under the id by which the machine's looks know it.

    Cells know incidents by ids of their own; what they share is the objects.
    """
    if not kept.objects or not looks:
        return act
    look = _look_at(act.at_utc, looks)
    alike = [(_alike(kept.objects, incident), incident) for incident in look.incidents]
    share, incident = max(alike, key=lambda one: one[0], default=(0.0, None))
    return replace(act, subject=incident.incident_id) if incident and share > 0.0 else act


def _look_at(moment_utc: datetime, looks: Sequence[Look]) -> Look:
    """Return the last look by a moment, else the first."""
    before = [look for look in looks if look.as_of_utc <= moment_utc]
    return before[-1] if before else looks[0]


def _alike(objects: Sequence[int], incident: SeenIncident) -> float:
    one, other = set(objects), set(incident.objects)
    return len(one & other) / len(one | other)
