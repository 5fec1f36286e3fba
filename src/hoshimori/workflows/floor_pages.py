"""How the floor stands, as one page for doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import hoshimori
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.access import Audience
from hoshimori.model.floor import FloorState
from hoshimori.model.provenance import Reality
from hoshimori.workflows.views import View


@dataclass(frozen=True, slots=True)
class StatePage:
    """What runs, what ran last and when next, where sources and the disk stand, what is wrong."""

    version: str
    reality: str
    """Of the newest view; empty before the first, but for a store of an exercise."""
    exercise: bool
    """Whether the store is of an exercise, or the newest view is."""
    exercise_name: str
    """Of the exercise that the store is of; empty where it is of none."""
    view_id: str
    as_of_utc: datetime | None
    marking: str
    started_utc: datetime
    now_utc: datetime
    jobs: tuple[Mapping[str, Any], ...]
    """Each with its last run and when it runs next."""
    sources: tuple[Mapping[str, Any], ...]
    disk: Mapping[str, Any] | None
    problems: tuple[Mapping[str, Any], ...]
    listeners: int


def state_page(state: FloorState, view: View | None, audience: Audience) -> StatePage:
    """Return the state of a floor for an audience; the works are told to the house alone."""
    house = audience.sees_the_whole_house
    return StatePage(
        version=hoshimori.__version__,
        reality=_reality(state, view),
        exercise=state.exercise is not None
        or (view is not None and view.board.reality is Reality.EXERCISE),
        exercise_name=state.exercise.name if state.exercise else "",
        view_id=view.view_id if view else "",
        as_of_utc=view.board.as_of_utc if view else None,
        marking=str(view.marking) if view else "",
        started_utc=state.started_utc,
        now_utc=state.now_utc,
        jobs=as_json_value(state.jobs) if house else (),
        sources=as_json_value(state.sources) if house else (),
        disk=as_json_value(state.disk) if house else None,
        problems=as_json_value(state.problems) if house else (),
        listeners=state.listeners if house else 0,
    )


def _reality(state: FloorState, view: View | None) -> str:
    if state.exercise is not None:
        return Reality.EXERCISE.value
    return view.board.reality.value if view else ""
