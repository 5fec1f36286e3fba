"""Routes of facts: whole tables for clients that compute themselves, and facts brought in.

Tables are Arrow IPC streams; `hoshimori watch` beside a server reads them. A partner gets what it
may see; the rest is never read.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from hoshimori.formats.fact_streams import MEDIA_TYPE
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.access import Audience, Permission, Viewer
from hoshimori.web.access import needs
from hoshimori.web.desk import AsKnownAt, Desk, DeskHere, Sees, understood_moment
from hoshimori.web.problems import API, RESPONSES, Problem, RefusedError
from hoshimori.workflows.fact_service import (
    MOST_BYTES,
    Facts,
    FactsFile,
    Greeting,
    Incoming,
    facts_of,
    greeting,
    keep_catalogue,
    keep_objects,
    keep_reading,
)

router = APIRouter(prefix=f"{API}/facts", tags=["facts"], responses=RESPONSES)

Downloads = Annotated[Viewer, Depends(needs(Permission.DOWNLOAD))]
Brings = Annotated[Viewer, Depends(needs(Permission.INGEST))]
Administers = Annotated[Viewer, Depends(needs(Permission.ADMINISTER))]
SeesRecords = Annotated[Viewer, Depends(needs(Permission.SEE_RECORDS))]
Objects = Annotated[
    str, Query(description="Catalogue numbers parted by commas; empty: all.", max_length=8_000)
]
Source = Annotated[
    str,
    Query(
        description="Who or what delivers it; it decides on no marking.",
        max_length=200,
    ),
]

_STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA_TYPE: {}}, "description": "An Arrow IPC stream."},
    503: {"model": Problem, "description": "The store cannot be read."},
}
_KEEP: Final[dict[int | str, dict[str, Any]]] = {
    413: {"model": Problem, "description": "Larger than is taken at once."},
    503: {"model": Problem, "description": "The store cannot be written to."},
    507: {"model": Problem, "description": "There is no room on the disk."},
}
_T = TypeVar("_T")


@router.get("", response_model=Greeting)
async def greet(desk: DeskHere, viewer: Sees) -> Greeting:
    """Return which version of this contract is spoken, so that clients know what to expect."""
    return greeting(desk.floor)


@router.get("/newest", responses=_STREAM, response_class=StreamingResponse)
async def newest(
    desk: DeskHere, viewer: Downloads, as_known_at: AsKnownAt = None
) -> StreamingResponse:
    """Return the newest element set of every object as known at a moment, by default now."""
    moment = _moment(desk, as_known_at)
    return await _streamed(desk, viewer.audience, lambda facts: facts.newest(moment))


@router.get("/history", responses=_STREAM, response_class=StreamingResponse)
async def history(
    desk: DeskHere,
    viewer: Downloads,
    as_known_at: AsKnownAt = None,
    since: Annotated[datetime | None, Query(description="Epochs from this moment on.")] = None,
    objects: Objects = "",
    after: Annotated[int, Query(ge=0, description="Objects after this one.")] = 0,
) -> StreamingResponse:
    """Return a page of histories by object; its metadata say after which object to go on."""
    moment, chosen = _moment(desk, as_known_at), _numbers(objects)
    since_utc = _first(since)
    return await _streamed(
        desk,
        viewer.audience,
        lambda facts: facts.history(
            chosen, as_known_at_utc=moment, since_utc=since_utc, after=after
        ),
    )


@router.get("/objects", responses=_STREAM, response_class=StreamingResponse)
async def objects(
    desk: DeskHere, viewer: Downloads, as_known_at: AsKnownAt = None
) -> StreamingResponse:
    """Return what catalogues say of each object, as known at a moment, by default now."""
    moment = _moment(desk, as_known_at)
    return await _streamed(desk, viewer.audience, lambda facts: facts.objects(moment))


@router.get("/receipts")
async def receipts(desk: DeskHere, viewer: Sees) -> dict[str, Any]:
    """Return what was delivered, by whom and when, and what became of its records."""
    return await desk.heavy.run(partial(_asked, desk, viewer.audience, Facts.receipts))


@router.get("/rejections", responses=_STREAM, response_class=StreamingResponse)
async def rejections(desk: DeskHere, viewer: SeesRecords) -> StreamingResponse:
    """Return every record that was refused, with its raw bytes."""
    return await _streamed(desk, viewer.audience, Facts.rejections)


@router.get(
    "/file",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "A DuckDB file."},
        503: {"model": Problem, "description": "The store cannot be read."},
        507: {"model": Problem, "description": "There is no room on the disk for a copy."},
    },
)
async def facts_file(desk: DeskHere, viewer: Administers) -> StreamingResponse:
    """Return the whole file of facts as it is at this moment, for a backup."""
    made = await desk.heavy.run(partial(FactsFile, desk.floor))
    headers = {
        "Cache-Control": "no-store",
        "Content-Length": str(made.byte_count),
        "Repr-Digest": f"sha-256=:{base64.b64encode(made.sha256).decode()}:",
    }
    return StreamingResponse(made.parts(), media_type="application/octet-stream", headers=headers)


@router.post("", responses=_KEEP)
async def bring_catalogue(
    request: Request,
    desk: DeskHere,
    viewer: Brings,
    source: Source,
    known_at: Annotated[
        str, Query(description="When rows without a creation date were known; default: now.")
    ] = "",
) -> dict[str, Any]:
    """Keep the bytes of a catalogue (OMM, TLE, Parquet…) or of a list of objects."""

    def keep(delivered: Incoming) -> Any:
        return as_json_value(
            keep_catalogue(desk.floor, delivered, source=source, by=viewer, known_at=known_at)
        )

    return await _kept(request, desk, keep)


@router.post("/readings", responses=_KEEP)
async def bring_reading(request: Request, desk: DeskHere, viewer: Brings) -> dict[str, Any]:
    """Keep a reading that a client made: a stream of element sets, one of records refused."""
    return await _kept(request, desk, partial(keep_reading, desk.floor, by=viewer))


@router.post("/objects", responses=_KEEP)
async def bring_objects(
    request: Request,
    desk: DeskHere,
    viewer: Brings,
    source: Source,
    known_utc: Annotated[datetime, Query(description="When the source said so.")],
) -> dict[str, Any]:
    """Keep what a source says of objects, where it differs from what it said before."""
    moment = understood_moment(known_utc)
    keep = partial(keep_objects, desk.floor, source=source, by=viewer, known_utc=moment)
    return await _kept(request, desk, keep)


async def _streamed(
    desk: Desk, audience: Audience, make: Callable[[Facts], Iterator[bytes]]
) -> StreamingResponse:
    parts = await desk.heavy.run(partial(_asked, desk, audience, make))
    return StreamingResponse(parts, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _asked(desk: Desk, audience: Audience, question: Callable[[Facts], _T]) -> _T:
    with facts_of(desk.floor, audience) as facts:
        return question(facts)


async def _kept(
    request: Request, desk: Desk, keep: Callable[[Incoming], dict[str, Any]]
) -> dict[str, Any]:
    """Take what is sent, up to a limit, into a file, and keep it in its turn."""
    with Incoming(desk.floor.folder) as delivered:
        async for part in request.stream():
            if delivered.byte_count + len(part) > MOST_BYTES:
                raise _too_large()
            delivered.write(part)
        return await desk.heavy.run(partial(keep, delivered))


def _too_large() -> RefusedError:
    expected = f"at most {MOST_BYTES // 2**20} MiB"
    do = "split the file, or stop the server and ingest it on its machine"
    return RefusedError(
        413, Problem("a delivery larger than is taken at once", "body", expected, do)
    )


def _moment(desk: Desk, as_known_at: datetime | None) -> datetime:
    return understood_moment(as_known_at) if as_known_at else desk.floor.state().now_utc


def _first(since: datetime | None) -> datetime:
    if since is None or since.year < _SPACE_AGE.year:
        return _SPACE_AGE
    return understood_moment(since)


def _numbers(text: str) -> list[int] | None:
    if not text:
        return None
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and len(part) <= 9 for part in parts):
        expected = "catalogue numbers parted by commas, as in 25544,44476"
        raise RefusedError(422, Problem("not a list of objects", "query.objects", expected))
    return [int(part) for part in parts]


_SPACE_AGE: Final = datetime(1957, 1, 1, tzinfo=UTC)
