"""Routes of the server itself: how the floor stands, words, health, the description of routes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from hoshimori.dossier.language import Language, words
from hoshimori.errors import HoshimoriError
from hoshimori.web.access import open_to_all
from hoshimori.web.answers import answer_of, json_bytes, sent
from hoshimori.web.desk import DeskHere, Sees, answered
from hoshimori.web.problems import API, RESPONSES
from hoshimori.workflows.floor_pages import StatePage, state_page

router = APIRouter(prefix=API, tags=["server"], responses=RESPONSES)
outside = APIRouter(tags=["server"], dependencies=[Depends(open_to_all)])
"""What anybody may ask, signed in or not: it tells nothing of what is watched."""


@router.get("/state", response_model=StatePage)
async def state(request: Request, desk: DeskHere, viewer: Sees) -> Response:
    """Return what runs, what ran last and when next, where sources stand, and what is wrong."""

    def made() -> StatePage:
        try:
            view = desk.floor.view(viewer.audience, wait_s=0.0)
        except HoshimoriError:
            view = None
        return state_page(desk.floor.state(), view, viewer.audience)

    page = await desk.views.run(made)
    return sent(request, answer_of(json_bytes(page)))


@router.get("/words/{language}", response_model=dict[str, str])
async def word_table(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    language: Annotated[Language, Path(description="Language of the table.")],
) -> Response:
    """Return every word and sentence that answers are made of, by key; places stand in braces."""
    return await answered(request, desk, ("words", language), partial(dict, words(language)))


@dataclass(frozen=True, slots=True)
class Health:
    """That the server answers, and whether it has a board."""

    alive: bool
    has_board: bool


_WAYS_IN: Final[dict[str, Any]] = {
    "securitySchemes": {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key."},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "hoshimori",
            "description": "Signed in with `POST session`; changes bear X-CSRF-Token as well.",
        },
    }
}
_ANY_WAY_IN: Final[list[dict[str, Any]]] = [{"key": []}, {"session": []}, {}]
"""The last: on this machine alone, without accounts, nobody has to sign in."""


@outside.get("/healthz", response_model=Health)
async def healthz(request: Request, desk: DeskHere) -> Response:
    """Return that the server is alive; it tells nothing of what is watched."""
    try:
        has_board = bool(desk.floor.view(wait_s=0.0).view_id)
    except HoshimoriError:
        has_board = False
    answer = sent(request, answer_of(json_bytes(Health(True, has_board))))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@outside.get(f"{API}/openapi.json", include_in_schema=False)
async def description(request: Request, desk: DeskHere) -> Response:
    """Return the OpenAPI description of every route."""

    def described() -> dict[str, Any]:
        document: dict[str, Any] = request.app.openapi()
        components = document.setdefault("components", {})
        return document | {"components": components | _WAYS_IN, "security": _ANY_WAY_IN}

    return await answered(request, desk, "openapi", described)
