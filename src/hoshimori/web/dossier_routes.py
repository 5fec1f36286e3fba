"""Routes of dossiers: order one, see how far it is, preview a release, download."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from hoshimori.dossier.language import Language
from hoshimori.errors import BusyError
from hoshimori.model.access import Permission, Viewer
from hoshimori.model.composed import ComposedDossier, ComposedFile, DossierOrder
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.provenance import Reality
from hoshimori.web.access import needs
from hoshimori.web.answers import answer_of, json_bytes, sent
from hoshimori.web.desk import Desk, DeskHere, LanguageQuery, Sees, view_for
from hoshimori.web.incident_routes import known_incident
from hoshimori.web.problems import API, RESPONSES, WAITING, Problem, RefusedError, not_found
from hoshimori.workflows.composing import new_dossier_id, release_preview
from hoshimori.workflows.dossier_pages import (
    DossierList,
    DossierPage,
    PreviewPage,
    dossier_page,
    may_have_copy,
    preview_page,
    seen_dossiers,
)

router = APIRouter(prefix=API, tags=["dossiers"], responses=RESPONSES)

DossierId = Annotated[str, Path(pattern=r"^DOS-[0-9a-f]{10}$", description="As it was ordered.")]
_CODES = r"^[A-Za-z0-9]{2,24}(,[A-Za-z0-9]{2,24}){0,31}$"
_ZIP = "application/zip"
_WAIT_S = 8.0


class OrderBody(BaseModel):
    """What is to be composed."""

    model_config = ConfigDict(extra="forbid")

    incident_id: Annotated[str, Field(pattern=r"^INC-[0-9a-f]{4,32}$")]
    languages: Annotated[
        list[Language],
        Field(min_length=1, max_length=2, description="Languages of its documents."),
    ] = [Language.EN, Language.JA]
    release_to: Annotated[
        list[Annotated[str, Field(pattern=r"^[A-Za-z0-9]{2,24}$")]],
        Field(max_length=32, description="Partners that a copy is made for as well."),
    ] = []
    title: Annotated[str, Field(max_length=200)] = ""
    as_known_at: Annotated[
        datetime | None, Field(description="A past moment; by default the newest picture.")
    ] = None


_NOT_READY: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "What it would be composed of is not ready; ask again."}
}


@router.post("/dossiers", status_code=202, response_model=DossierPage, responses=_NOT_READY)
async def order_dossier(
    request: Request,
    desk: DeskHere,
    viewer: Annotated[Viewer, Depends(needs(Permission.COMPOSE))],
    asked: OrderBody,
) -> Response:
    """Compose the dossier of an incident in the background; events on `live` say when it is ready.

    It is sealed and not signed: people sign, with their own keys (`hoshimori sign`).
    """
    if asked.release_to and not viewer.may(Permission.RELEASE):
        raise RefusedError(403, Problem("copies for partners need a decider", "release_to"))
    try:
        view = await view_for(desk, viewer, asked.as_known_at)
    except BusyError as error:
        # Nothing is ordered yet: the caller must ask again, which 202 would not say.
        problem = Problem(str(error), "as_known_at", do="ask again in a few seconds")
        raise RefusedError(409, problem, retry_after_s=error.retry_after_s) from None
    known_incident(view, asked.incident_id)
    order = DossierOrder(
        dossier_id=new_dossier_id(),
        incident_id=asked.incident_id,
        view_id=view.view_id,
        as_of_utc=view.board.as_of_utc,
        languages=tuple(dict.fromkeys(language.value for language in asked.languages)),
        release_to=tuple(sorted({code.upper() for code in asked.release_to})),
        title=asked.title.strip(),
        ordered_by=viewer.name,
        ordered_utc=desk.floor.state().now_utc,
    )
    begun = await desk.dossiers.begin(order, view)
    page = dossier_page(begun, viewer.audience, Language.EN)
    place = f"{API}/dossiers/{order.dossier_id}"
    return Response(
        json_bytes(page),
        status_code=202,
        headers={"Location": place, "Retry-After": "3", "Cache-Control": "no-store"},
        media_type="application/json",
    )


@router.get("/dossiers", response_model=DossierList)
async def dossiers(
    request: Request, desk: DeskHere, viewer: Sees, language: LanguageQuery = Language.EN
) -> Response:
    """Return the dossiers that were composed here; a partner's are the copies made for it."""

    def made() -> Any:
        found = seen_dossiers(desk.dossiers.shelf.records(), viewer.audience)
        pages = tuple(dossier_page(one, viewer.audience, language) for one in found)
        return answer_of(json_bytes(DossierList(pages)))

    return sent(request, await desk.pages.run(made))


@router.get("/dossiers/{dossier_id}", response_model=DossierPage)
async def one_dossier(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    dossier_id: DossierId,
    language: LanguageQuery = Language.EN,
) -> Response:
    """Return how far a dossier is, and what came out."""
    composed = await _seen(desk, viewer, dossier_id)
    page = dossier_page(composed, viewer.audience, language)
    return sent(request, answer_of(json_bytes(page)))


@router.get(
    "/dossiers/{dossier_id}/file",
    response_class=Response,
    responses={
        200: {
            "description": "The sealed file; `hoshimori verify` checks it.",
            "content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}},
        },
        409: {"model": Problem, "description": "It is not ready."},
    },
)
async def dossier_file(
    desk: DeskHere,
    viewer: Annotated[Viewer, Depends(needs(Permission.DOWNLOAD))],
    dossier_id: DossierId,
    copy: Annotated[bool, Query(description="The copy for partners instead of the whole.")] = False,
) -> Response:
    """Return the sealed file: the whole for the house, the copy for the partners it is for."""
    composed = await _seen(desk, viewer, dossier_id)
    is_copy = copy or not viewer.audience.sees_the_whole_house
    kept = composed.copy if is_copy else composed.whole
    if kept is None:
        problem = Problem("there is no such file yet", "dossier_id", do="ask how far it is")
        raise RefusedError(409, problem)
    data = await desk.pages.run(partial(desk.dossiers.shelf.file, kept.name))
    return Response(data, media_type=_ZIP, headers=_download(kept, desk.dossiers.shelf.exercise))


@router.get("/dossiers/{dossier_id}/preview", response_model=PreviewPage, responses=WAITING)
async def preview(
    request: Request,
    desk: DeskHere,
    viewer: Annotated[Viewer, Depends(needs(Permission.RELEASE))],
    dossier_id: DossierId,
    release_to: Annotated[
        str,
        Query(
            pattern=_CODES,
            max_length=800,
            description="Codes of partners parted by commas.",
            examples=["JPN,USA"],
        ),
    ],
    language: LanguageQuery = Language.EN,
) -> Response:
    """Return what would go to partners, and which conclusions would be others without the rest."""
    composed = await _seen(desk, viewer, dossier_id)
    if composed.whole is None:
        raise RefusedError(409, Problem("it is not ready", "dossier_id", do="ask how far it is"))
    partners = frozenset(code.upper() for code in release_to.split(","))
    name, moment = composed.whole.name, desk.floor.state().now_utc.replace(microsecond=0)

    def make() -> Any:
        shelf = desk.dossiers.shelf
        return release_preview(
            shelf.file(name), partners, moment, exercise=shelf.exercise is not None
        )

    key = (dossier_id, partners)
    what = f"the copy for {', '.join(sorted(partners))}"
    made = await desk.previews.result(key, make, what=what, wait_s=_WAIT_S)
    return sent(request, answer_of(json_bytes(preview_page(dossier_id, made, language))))


async def _seen(desk: Desk, viewer: Viewer, dossier_id: str) -> ComposedDossier:
    composed = await desk.pages.run(partial(desk.dossiers.shelf.record, dossier_id))
    house = viewer.audience.sees_the_whole_house
    if composed is None or not (house or may_have_copy(composed, viewer.audience)):
        raise not_found(f"dossier {dossier_id}", "dossier_id")
    return composed


def _download(kept: ComposedFile, exercise: ExerciseMark | None) -> dict[str, str]:
    # The name goes where the file goes: on a disk nothing else says at a glance what it is.
    name = kept.name if exercise is None else f"{Reality.EXERCISE.value}-{kept.name}"
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "Hoshimori-SHA256": kept.sha256,
        "Hoshimori-Marking": kept.marking,
    }
