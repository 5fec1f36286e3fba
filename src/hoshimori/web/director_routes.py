"""Routes for who directs a live exercise: the script with its truth, its clock, what is added."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from hoshimori.dossier.dossier_page import PAGE_POLICY
from hoshimori.dossier.language import Language
from hoshimori.model.access import Permission, Viewer
from hoshimori.web.access import needs
from hoshimori.web.answers import answer_of, json_bytes, sent
from hoshimori.web.desk import DeskHere, LanguageQuery
from hoshimori.web.exercise_routes import live_of, seat_for
from hoshimori.web.problems import API, RESPONSES, Problem, RefusedError
from hoshimori.workflows import live_acts
from hoshimori.workflows.live_pages import ExercisePage, exercise_page
from hoshimori.workflows.live_scores import LiveScorePage, keep_played, report_of, score_page
from hoshimori.workflows.live_script_pages import KindsPage, ScriptPage, kinds_page, script_page

router = APIRouter(prefix=f"{API}/exercise", tags=["exercise"], responses=RESPONSES)

Directs = Annotated[Viewer, Depends(needs(Permission.DIRECT_EXERCISES))]


class Paper(StrEnum):
    """What a report is written as."""

    HTML = "html"
    PDF = "pdf"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClockBody(_Body):
    """How the clock is to go; what is left out stays as it is."""

    speed: Annotated[
        float | None, Field(gt=0.0, description="Seconds of the exercise to one on the wall.")
    ] = None
    paused: bool | None = None
    jump_to_h: Annotated[
        float | None, Field(description="Hours from the start; never back.", allow_inf_nan=False)
    ] = None


class AdditionBody(_Body):
    """Injects and questions as in a script, with parts and expectations that belong to them."""

    toml: Annotated[str, Field(min_length=1, max_length=50_000)]


class PointsBody(_Body):
    """What a cell gets for an answer in words."""

    cell: Annotated[str, Field(max_length=64)]
    question_id: Annotated[str, Field(max_length=64)]
    points: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class MistakeRow:
    """One mistake in what was written."""

    line: int
    """From 1; 0 where it stands in no line."""
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class WrittenProblem(Problem):
    """Why something that was written was not taken, with all that is wrong with it."""

    mistakes: tuple[MistakeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """That something was added, as it is kept."""

    id: int
    toml: str


@router.get("/script", response_model=ScriptPage)
async def script(
    request: Request, desk: DeskHere, viewer: Directs, language: LanguageQuery = Language.EN
) -> Response:
    """Return the script: what happens when, what truly happened so far, what should be found."""
    page = await desk.views.run(partial(script_page, live_of(desk), language))
    return sent(request, answer_of(json_bytes(page)))


@router.get("/kinds", response_model=KindsPage)
async def kinds(
    request: Request, desk: DeskHere, viewer: Directs, language: LanguageQuery = Language.EN
) -> Response:
    """Return the kinds of inject that can be added, with the JSON Schema of their keys."""
    page = await desk.views.run(partial(kinds_page, live_of(desk), language))
    return sent(request, answer_of(json_bytes(page)))


@router.post("/clock", response_model=ExercisePage)
async def set_clock(
    request: Request,
    desk: DeskHere,
    viewer: Directs,
    stated: ClockBody,
    language: LanguageQuery = Language.EN,
) -> Response:
    """Let the clock go at another speed, stop, go on, or set it forward; return the state."""
    live = live_of(desk)
    work = partial(live.set_clock, speed=stated.speed, paused=stated.paused, to_h=stated.jump_to_h)
    await desk.views.run(work)
    page = exercise_page(live, seat_for(desk, viewer), language)
    return sent(request, answer_of(json_bytes(page)))


_WRITTEN: Final[dict[int | str, dict[str, Any]]] = {
    422: {"model": WrittenProblem, "description": "What was written has mistakes."}
}


@router.post("/injects", status_code=201, response_model=Added, responses=_WRITTEN)
async def add_inject(desk: DeskHere, viewer: Directs, stated: AdditionBody) -> dict[str, Any]:
    """Add to the script from now on; mistakes are told with line and field, and change nothing."""
    live = live_of(desk)
    data = stated.toml.encode()
    wrong = [
        MistakeRow(one.line or 0, one.field, one.problem)
        for one in await desk.views.run(partial(live.mistakes, data))
    ]
    if wrong:
        told = WrittenProblem(wrong[0].problem, wrong[0].field, mistakes=tuple(wrong))
        raise RefusedError(422, told)
    kept = await desk.heavy.run(partial(live.add, data, viewer.name))
    return {"id": kept.number, "toml": kept.toml}


@router.post("/points", status_code=201)
async def give_points(desk: DeskHere, viewer: Directs, stated: PointsBody) -> dict[str, Any]:
    """Give a cell points for an answer in words; the last that are given count."""
    live = live_of(desk)
    keep = partial(
        live_acts.points, live, stated.cell, stated.question_id, stated.points, by=viewer.name
    )
    kept = await desk.views.run(keep)
    return {"id": kept.number, "cell": kept.act.cell, "points": stated.points}


@router.post("/end", response_model=ExercisePage)
async def end(
    request: Request, desk: DeskHere, viewer: Directs, language: LanguageQuery = Language.EN
) -> Response:
    """End the exercise: its clock stands for good, and nothing more counts but points."""
    live = live_of(desk)

    def ended() -> None:
        live.end()
        keep_played(live, desk.floor.folder)

    await desk.views.run(ended)
    page = exercise_page(live, seat_for(desk, viewer), language)
    return sent(request, answer_of(json_bytes(page)))


@router.get("/score", response_model=LiveScorePage)
async def score(
    request: Request, desk: DeskHere, viewer: Directs, language: LanguageQuery = Language.EN
) -> Response:
    """Return how machine and cells fare so far."""
    page = await desk.heavy.run(partial(score_page, live_of(desk), language))
    return sent(request, answer_of(json_bytes(page)))


_REPORTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/html": {}, "application/pdf": {}}, "description": "The report."}
}


@router.get("/debrief.{paper}", response_class=Response, responses=_REPORTS)
async def report(
    request: Request,
    desk: DeskHere,
    viewer: Directs,
    paper: Annotated[Paper, Path(description="A page for the screen, or a paper.")],
    language: LanguageQuery = Language.EN,
) -> Response:
    """Return the after-action report: what was true, what was known when, and the score."""
    made = await desk.heavy.run(partial(report_of, live_of(desk), language, paper.value))
    answer = sent(request, answer_of(made.data, made.media_type))
    answer.headers["Content-Disposition"] = f'inline; filename="{made.name}"'
    if paper is Paper.HTML:
        # The page has its own style, which the policy of the console would keep out.
        answer.headers["Content-Security-Policy"] = PAGE_POLICY
    return answer
