"""Routes of the board: the newest, as known at a past moment, and which ones are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from hoshimori.dossier.language import Language
from hoshimori.dossier.watch_page import page_policy, watch_page
from hoshimori.model.floor import KeptBoard
from hoshimori.web.answers import Answer, answer_of, sent
from hoshimori.web.desk import (
    AsKnownAt,
    Desk,
    DeskHere,
    LanguageQuery,
    Sees,
    answered,
    view_for,
)
from hoshimori.web.problems import (
    API,
    RESPONSES,
    WAITING,
    Problem,
    RefusedError,
    not_found,
)
from hoshimori.workflows.board_pages import BoardPage, board_page
from hoshimori.workflows.views import View

router = APIRouter(prefix=API, tags=["board"], responses=RESPONSES)


@dataclass(frozen=True, slots=True)
class BoardMoment:
    """A board that was made and is kept: give its moment as `as_known_at` to see it."""

    as_of_utc: datetime
    made_utc: datetime
    view_id: str


@dataclass(frozen=True, slots=True)
class BoardMoments:
    """Every board that is kept for the audience, the oldest first."""

    boards: tuple[BoardMoment, ...]


@router.get("/board", response_model=BoardPage, responses=WAITING)
async def board(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the watch board: what happened around the assets, what is coming, how unusual."""
    view = await view_for(desk, viewer, as_known_at)
    return sent(request, await board_answer(desk, view, language))


async def board_answer(desk: Desk, view: View, language: Language) -> Answer:
    """Return the board of a view in words; it is made once."""
    make = partial(
        board_page,
        view.board,
        view.marking,
        language,
        view_id=view.view_id,
        made_utc=view.made_utc,
        notes=view.notes,
        states=view.states,
    )
    return await desk.answers.answer(("board", view.view_id, language), make)


@router.get("/boards", response_model=BoardMoments)
async def boards(request: Request, desk: DeskHere, viewer: Sees) -> Response:
    """Return the moments of which boards are kept: where the past can be looked at quickly."""
    kept = await desk.views.run(partial(desk.floor.boards, viewer.audience))
    moments = BoardMoments(tuple(BoardMoment(k.as_of_utc, k.made_utc, k.view_id) for k in kept))
    key = ("boards", viewer.audience, kept[-1].view_id if kept else "", len(kept))
    return await answered(request, desk, key, lambda: moments)


def _not_kept(thinned: Iterable[KeptBoard], view_id: str) -> RefusedError:
    """Return the refusal of a board that is not there; of one that was thinned, how to see it."""
    for one in thinned:
        if one.view_id == view_id:
            told = f"board {view_id} was thinned: its content is no longer kept"
            do = f"ask for /board?as_known_at={one.as_of_utc:%Y-%m-%dT%H:%M:%S.%fZ}"
            return RefusedError(404, Problem(told, "view_id", do=do))
    return not_found(f"board {view_id}", "view_id")


@router.get(
    "/boards/{view_id}",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
async def kept_board(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    view_id: Annotated[str, Path(pattern=r"^[0-9a-f]{24}$", description="As `boards` lists it.")],
) -> Response:
    """Return a board as it was shown then, byte for byte, as `hoshimori watch --json` prints it."""

    def kept() -> object:
        text = desk.floor.board_json(view_id, viewer.audience)
        if text is None:
            raise _not_kept(desk.floor.thinned_boards(viewer.audience), view_id)
        return text.encode()

    key = ("kept board", view_id, viewer.audience)
    return await answered(request, desk, key, kept, pace=desk.heavy)


@router.get(
    "/quiet",
    responses=WAITING
    | {200: {"content": {"text/html": {"schema": {"type": "string"}}}, "description": "A page."}},
    response_class=Response,
)
async def quiet(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the whole board as one page that needs nothing else: also what could not be seen."""
    view = await view_for(desk, viewer, as_known_at)
    command = f"hoshimori watch --as-of {view.board.as_of_utc:%Y-%m-%dT%H:%M:%SZ}"

    def page() -> object:
        return answer_of(watch_page(view.board, language, command).encode(), "text/html")

    key = ("quiet", view.view_id, language)
    answer = await answered(request, desk, key, page, pace=desk.heavy)
    # The page has its own style and script, which the policy of the console would keep out.
    answer.headers["Content-Security-Policy"] = page_policy()
    return answer
