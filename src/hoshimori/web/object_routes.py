"""Routes of objects: the catalogue as columns, search, one object, its history, its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from hoshimori.dossier.language import Language
from hoshimori.web.desk import (
    AsKnownAt,
    Asks,
    Desk,
    DeskHere,
    LanguageQuery,
    Sees,
    answered,
    understood_moment,
    view_for,
)
from hoshimori.web.problems import API, RESPONSES, WAITING, Problem, RefusedError, not_found
from hoshimori.workflows.catalogue_columns import (
    CatalogueColumns,
    catalogue_columns,
    catalogue_id_of,
)
from hoshimori.workflows.cause_pages import CausesPage, causes_page
from hoshimori.workflows.cause_questions import CauseQuestion
from hoshimori.workflows.ephemeris_blocks import MOST_OBJECTS, MOST_STEPS, ephemeris_block
from hoshimori.workflows.explain import DEFAULT, station_from
from hoshimori.workflows.object_history import MOST_DAYS, ObjectHistory, object_history
from hoshimori.workflows.object_pages import ObjectPage, object_page, rows_of
from hoshimori.workflows.object_search import (
    MOST_FOUND,
    FoundObjects,
    ObjectQuery,
    found_objects,
)
from hoshimori.workflows.views import View

router = APIRouter(prefix=API, tags=["objects"], responses=RESPONSES)

NoradId = Annotated[
    int, Path(ge=1, le=999_999_999, description="Catalogue number.", examples=[25544])
]
BINARY = "application/octet-stream"
_TEXT = 80
_CAUSES_WAIT_S = 8.0
"""How long causes are waited for before the answer is to ask again."""


@router.get("/catalogue", response_model=CatalogueColumns, responses=WAITING)
async def catalogue(
    request: Request, desk: DeskHere, viewer: Sees, as_known_at: AsKnownAt = None
) -> Response:
    """Return every object with its newest element set, as columns that SGP4 can move.

    It is the same as long as nothing in it changes, whatever board it is asked beside.
    """
    view = await view_for(desk, viewer, as_known_at)
    about = {"marking": str(view.marking)}
    # Its digest is held for each view, its columns for each digest.
    named = await desk.answers.answer(
        ("catalogue id", view.view_id),
        lambda: catalogue_id_of(view.picture, **about).encode(),
        pace=desk.heavy,
    )
    known = named.body.decode()
    make = partial(catalogue_columns, view.picture, catalogue_id=known, **about)
    return await answered(request, desk, ("catalogue", known), make, pace=desk.heavy)


@router.get("/objects", response_model=FoundObjects, responses=WAITING)
async def objects(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    query: Annotated[
        str, Query(max_length=_TEXT, description="Part of a name, designator or number.")
    ] = "",
    owner: Annotated[
        str, Query(max_length=_TEXT, description="Owner code as catalogues write it.")
    ] = "",
    launch: Annotated[str, Query(max_length=_TEXT, description="Launch, as in 2023-031.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_FOUND)] = 50,
    after: Annotated[
        int, Query(ge=0, le=10_000_000, description="How many of those found to leave out.")
    ] = 0,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return objects by name, number, designator, owner and launch; assets first."""
    view = await view_for(desk, viewer, as_known_at)
    index = await desk.indexes.index(view)
    asked = ObjectQuery(query, owner, launch, limit, after)
    key = ("objects", view.view_id, asked)
    return await answered(request, desk, key, partial(found_objects, index, asked))


@router.get("/objects/{norad_id}", response_model=ObjectPage, responses=WAITING)
async def one_object(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    norad_id: NoradId,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return one object: what it is, how it flies, how fresh that is, and its incidents."""
    view = await view_for(desk, viewer, as_known_at)
    make = partial(_object_page, view, norad_id, language)
    return await answered(request, desk, ("object", view.view_id, norad_id, language), make)


def _object_page(view: View, norad_id: int, language: Language) -> ObjectPage:
    page = object_page(
        view.picture,
        view.board,
        norad_id,
        language,
        view_id=view.view_id,
        marking=str(view.marking),
        states=view.states,
    )
    if page is None:
        raise not_found(f"object {norad_id}", "norad_id")
    return page


@router.get("/objects/{norad_id}/history", response_model=ObjectHistory, responses=WAITING)
async def history(
    request: Request,
    desk: DeskHere,
    viewer: Asks,
    norad_id: NoradId,
    days: Annotated[
        float, Query(gt=0.0, le=MOST_DAYS, description="How far back from the picture.")
    ] = 45.0,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return the element sets of one object as series for plots; at most 5,000, the newest."""
    view = await view_for(desk, viewer, as_known_at)
    make = partial(_object_history, desk, view, norad_id, days)
    key = ("history", view.view_id, norad_id, days)
    return await answered(request, desk, key, make, pace=desk.heavy)


def _object_history(desk: Desk, view: View, norad_id: int, days: float) -> ObjectHistory:
    own = rows_of(view.picture.history, norad_id)
    as_of_utc = view.picture.as_of_utc
    # The store holds what an audience may not see; only the house reads past its picture.
    if view.audience.sees_the_whole_house and days > desk.floor.settings.watch.history_days:
        with desk.floor.store() as store:
            since_utc = as_of_utc - timedelta(days=days)
            kept = store.history_of([norad_id], as_known_at_utc=as_of_utc, since_utc=since_utc)
        own = kept if len(kept) >= len(own) else own
    if not len(own):
        raise not_found(f"object {norad_id}", "norad_id")
    return object_history(own, norad_id, as_of_utc=as_of_utc, days=days, view_id=view.view_id)


@router.get("/objects/{norad_id}/causes", response_model=CausesPage, responses=WAITING)
async def causes(
    request: Request,
    desk: DeskHere,
    viewer: Asks,
    norad_id: NoradId,
    at: Annotated[
        datetime | None,
        Query(description="The moment asked about (UTC). Default: that of the picture."),
    ] = None,
    station: Annotated[
        str,
        Query(
            pattern=r"^(-?\d{1,3}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?)?$",
            description="Latitude and longitude [deg]; straight below the object where empty.",
            examples=["35.7,139.7"],
        ),
    ] = "",
    beam_deg: Annotated[
        float, Query(gt=0.0, le=90.0, description="Half-angle of its beam, towards the Earth.")
    ] = DEFAULT.beam_half_deg,
    draws: Annotated[
        int, Query(ge=19, le=999, description="Moments drawn to tell chance.")
    ] = DEFAULT.drawn,
    language: LanguageQuery = Language.EN,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return what could have caused something on an object at a moment, what is unusual first.

    Physics, each with how often chance brings as much; nothing here says what did. It may take
    some seconds.
    """
    view = await view_for(desk, viewer, as_known_at)
    if not len(rows_of(view.picture.history, norad_id)):
        raise not_found(f"object {norad_id}", "norad_id")
    taken = replace(
        DEFAULT, beam_half_deg=beam_deg, station=station_from(station, "station"), drawn=draws
    )
    question = CauseQuestion(norad_id, asked_moment(desk, view, at, as_known_at), taken)

    def make() -> CausesPage:
        found = desk.floor.questions.causes(view, question, _CAUSES_WAIT_S)
        return causes_page(found, view, language)

    key = ("causes", view.view_id, question, language)
    return await answered(request, desk, key, make, pace=desk.questions)


def asked_moment(
    desk: Desk, view: View, at: datetime | None, as_known_at: datetime | None
) -> datetime:
    """Return the moment asked about: not after what may be known."""
    if at is None:
        return view.picture.as_of_utc
    moment, until = understood_moment(at), view.picture.as_of_utc
    if as_known_at is None:
        until = max(until, desk.floor.state().now_utc)
    if moment > until:
        expected = f"a moment until {until:%Y-%m-%dT%H:%M:%SZ}"
        raise RefusedError(422, Problem("nobody knows that yet", "at", expected))
    return moment


@router.get(
    "/ephemeris",
    response_class=Response,
    responses=WAITING
    | {
        200: {
            "description": (
                "Little-endian float32, shape (objects, steps, 6): position [km] and velocity "
                "[km/s] in TEME; NaN where SGP4 gives none. Headers name objects and times."
            ),
            "content": {BINARY: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def ephemeris(
    desk: DeskHere,
    viewer: Asks,
    objects: Annotated[
        str,
        Query(
            pattern=r"^\d{1,9}(,\d{1,9})*$",
            max_length=MOST_OBJECTS * 10,
            description=f"Catalogue numbers parted by commas, at most {MOST_OBJECTS}.",
            examples=["25544,44476"],
        ),
    ],
    start: Annotated[
        datetime | None, Query(description="First moment (UTC). Default: that of the picture.")
    ] = None,
    step_s: Annotated[float, Query(ge=1.0, le=86_400.0)] = 60.0,
    steps: Annotated[int, Query(ge=1, le=MOST_STEPS)] = 60,
    as_known_at: AsKnownAt = None,
) -> Response:
    """Return where objects are at equal steps of time, by SGP4 from their newest element sets."""
    view = await view_for(desk, viewer, as_known_at)
    first = understood_moment(start) if start is not None else view.picture.as_of_utc
    numbers = tuple(dict.fromkeys(map(int, objects.split(","))))
    work = partial(ephemeris_block, view.picture, numbers, first, step_s=step_s, steps=steps)
    block = await desk.heavy.run(work)
    headers = {
        "Hoshimori-Objects": ",".join(map(str, block.norad_ids)),
        "Hoshimori-Start": f"{first:%Y-%m-%dT%H:%M:%S.%f}Z",
        "Hoshimori-Step-S": f"{step_s:g}",
        "Hoshimori-Steps": str(steps),
        "Hoshimori-Frame": "TEME",
        "Hoshimori-View": view.view_id,
        "Cache-Control": "private, no-cache",
    }
    return Response(block.states, headers=headers, media_type=BINARY)
