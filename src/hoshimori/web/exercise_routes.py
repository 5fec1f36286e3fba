"""Routes of a live exercise: for its cells, and for who directs; only there while one is played.

A cell never sees the script, what is not asked or known yet, or what other cells do.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from hoshimori.dossier.language import Language
from hoshimori.errors import HoshimoriError
from hoshimori.model.access import Permission, Viewer
from hoshimori.model.journal import DecisionKind
from hoshimori.model.live_exercises import KeptAct, Seat, seat_of
from hoshimori.model.rehearsals import ActKind
from hoshimori.web.access import needs
from hoshimori.web.answers import answer_of, json_bytes, sent
from hoshimori.web.desk import Desk, DeskHere, LanguageQuery, Sees
from hoshimori.web.problems import API, RESPONSES, Problem, RefusedError
from hoshimori.workflows import live_acts
from hoshimori.workflows.live_acts import act_of, decided
from hoshimori.workflows.live_exercise import LiveExercise
from hoshimori.workflows.live_pages import (
    ActsPage,
    ExercisePage,
    QuestionsPage,
    acts_page,
    exercise_page,
    questions_page,
)

router = APIRouter(prefix=f"{API}/exercise", tags=["exercise"], responses=RESPONSES)

TakesPart = Annotated[Viewer, Depends(needs(Permission.TAKE_PART))]


def live_of(desk: Desk) -> LiveExercise:
    """Return the exercise that is played."""
    assert desk.live is not None, "these routes are there only while one is played"
    return desk.live


def seat_for(desk: Desk, viewer: Viewer) -> Seat:
    """Return where a viewer sits."""
    return seat_of(live_of(desk).cells(), viewer)


@router.get("", response_model=ExercisePage)
async def exercise(
    request: Request, desk: DeskHere, viewer: Sees, language: LanguageQuery = Language.EN
) -> Response:
    """Return where the exercise stands: its clock, who takes part, where the viewer sits."""
    page = exercise_page(live_of(desk), seat_for(desk, viewer), language)
    return sent(request, answer_of(json_bytes(page)))


@router.get("/questions", response_model=QuestionsPage)
async def questions(
    request: Request, desk: DeskHere, viewer: Sees, language: LanguageQuery = Language.EN
) -> Response:
    """Return what the viewer's cell was asked so far; for who directs, what all were."""
    make = partial(questions_page, live_of(desk), seat_for(desk, viewer), language)
    page = await desk.views.run(make)
    return sent(request, answer_of(json_bytes(page)))


@router.get("/acts", response_model=ActsPage)
async def acts(
    request: Request, desk: DeskHere, viewer: Sees, language: LanguageQuery = Language.EN
) -> Response:
    """Return what the viewer's cell did and was told; for who directs, what all did."""
    make = partial(acts_page, live_of(desk), seat_for(desk, viewer), language)
    page = await desk.views.run(make)
    return sent(request, answer_of(json_bytes(page)))


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _OfCell(_Body):
    cell: Annotated[
        str | None,
        Field(max_length=64, description="For which cell; only for who plays all of them."),
    ] = None


class AnswerBody(_OfCell):
    """An answer to a question."""

    question_id: Annotated[str, Field(max_length=64)]
    value: Annotated[
        str,
        Field(
            max_length=8_000,
            description=(
                "Numbers of choices or catalogue numbers, parted by commas; a number; hours from "
                "the start or a moment; or words: as the kind of the question asks."
            ),
        ),
    ]


class MessageBody(_OfCell):
    """What a cell writes to another."""

    to: Annotated[str, Field(max_length=64, description="Id of the cell that gets it.")]
    text: Annotated[str, Field(min_length=1, max_length=4_000)]


class CellDecisionBody(_OfCell):
    """What a cell decides about an incident of its own board."""

    incident_id: Annotated[str, Field(pattern=r"^INC-[0-9a-f]{4,32}$")]
    kind: DecisionKind
    key: Annotated[str, Field(max_length=8, description="`F1` to `F17`, `G0` to `G4`…")] = ""
    value: Annotated[str, Field(min_length=1, max_length=2_000)]
    because: Annotated[str, Field(max_length=4_000)] = ""


@dataclass(frozen=True, slots=True)
class Acted:
    """That something was kept."""

    id: int
    cell: str
    at_utc: str
    is_kept: bool = True


@router.post("/answers", status_code=201, response_model=Acted)
async def answer(desk: DeskHere, viewer: TakesPart, stated: AnswerBody) -> dict[str, Any]:
    """Answer a question; the last answer before its deadline counts, a late one is called so."""
    live, cell = live_of(desk), acting_cell(desk, viewer, stated.cell)
    keep = partial(live_acts.answer, live, cell, stated.question_id, stated.value, by=viewer.name)
    return await _kept(desk, keep)


@router.post("/messages", status_code=201, response_model=Acted)
async def message(desk: DeskHere, viewer: TakesPart, stated: MessageBody) -> dict[str, Any]:
    """Write to another cell; what must never be said is refused."""
    live, cell = live_of(desk), acting_cell(desk, viewer, stated.cell)
    keep = partial(live_acts.message, live, cell, stated.to, stated.text, by=viewer.name)
    return await _kept(desk, keep)


@router.post("/decisions", status_code=201, response_model=Acted)
async def decision(desk: DeskHere, viewer: TakesPart, stated: CellDecisionBody) -> dict[str, Any]:
    """Keep what the cell decides about an incident of its board; for cells of partners.

    What the house decides by its own routes is kept as well.
    """
    live, cell = live_of(desk), acting_cell(desk, viewer, stated.cell)

    value = decided(stated.key.strip().upper(), stated.value.strip(), stated.because.strip())

    def keep() -> KeptAct:
        view = desk.floor.view(viewer.audience, wait_s=0.0)
        return live_acts.decision(
            live, cell, view, stated.incident_id, act_of(stated.kind), value, by=viewer.name
        )

    return await _kept(desk, keep)


async def _kept(desk: Desk, keep: partial[KeptAct] | Any) -> dict[str, Any]:
    if live_of(desk).is_over:
        problem = Problem("the exercise is over: nothing more counts")
        raise RefusedError(409, problem)
    kept: KeptAct = await desk.views.run(keep)
    return {
        "id": kept.number,
        "cell": kept.act.cell,
        "at_utc": f"{kept.act.at_utc:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
        "is_kept": True,
    }


async def noted(desk: Desk, viewer: Viewer, kind: ActKind, incident_id: str, value: str) -> None:
    """Keep what a viewer did by a route of the house as an act of its cell, while one is played."""
    live = desk.live
    if live is None or (cell := seat_for(desk, viewer).cell) is None:
        return

    def keep() -> None:
        view = None
        with contextlib.suppress(HoshimoriError):
            view = desk.floor.view(viewer.audience, wait_s=0.0)
        live_acts.noted(live, cell, kind, incident_id, value, by=viewer.name, view=view)

    await desk.views.run(keep)


def acting_cell(desk: Desk, viewer: Viewer, named: str | None) -> str:
    """Return for which cell a viewer acts: its own, or any where it plays all.

    Raises:
        RefusedError: it sits in no cell, or names another than its own.
    """
    live, seat = live_of(desk), seat_for(desk, viewer)
    if named is not None and named != seat.cell:
        if not seat.plays_all:
            do = "leave cell out: what is sent counts for your own"
            raise RefusedError(403, Problem("only your own cell acts by you", "cell", do=do))
        live_acts.require_cell(live, named)
        return named
    if seat.cell is None:
        problem = f"{viewer.name} is in no cell of this exercise"
        do = "ask who directs for an account of a cell"
        raise RefusedError(403, Problem(problem, do=do))
    return seat.cell
