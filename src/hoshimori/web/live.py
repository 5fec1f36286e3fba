"""Live updates: server-sent events, from where the listener was cut off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import Response, StreamingResponse

from hoshimori.formats.json_document import as_json_value
from hoshimori.model.floor import Event
from hoshimori.model.live_exercises import seat_of
from hoshimori.web.access import Gate
from hoshimori.web.desk import DeskHere, Sees
from hoshimori.web.listeners import Listeners
from hoshimori.web.problems import API, RESPONSES, Problem, RefusedError
from hoshimori.workflows.events import Subscription
from hoshimori.workflows.live_exercise import hears_of

router = APIRouter(prefix=API, tags=["live"], responses=RESPONSES)

HEARTBEAT_S: Final = 15.0
"""Silence is broken this often, so that both sides notice a line that is cut."""
_RETRY_MS: Final = 3_000
_ID = r"^\d{1,18}$"

_EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": (
            "Events `board`, `incident`, `alert`, `state`, `exercise` and `gap`, each with a "
            "rising id. "
            "`gap`: events were missed that are no longer held; read everything anew."
        ),
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": (
                    'id: 1795813200000\nevent: board\ndata: {"event_id":1795813200000,'
                    '"kind":"board","at_utc":"2026-11-27T21:00:00.000Z","subject":"5f0e…",'
                    '"detail":""}\n\n'
                ),
            }
        },
    }
}


@router.get("/live", response_class=Response, responses=_EVENTS)
async def live(
    request: Request,
    desk: DeskHere,
    viewer: Sees,
    last_event_id: Annotated[
        str | None, Header(pattern=_ID, description="Id of the last event that was seen.")
    ] = None,
    after: Annotated[
        str | None, Query(pattern=_ID, description="The same, for those who cannot set a header.")
    ] = None,
) -> Response:
    """Return events as they happen (server-sent events), with a heartbeat every 15 s."""
    if desk.listeners.is_full:
        raise RefusedError(429, Problem("too many listen already"), retry_after_s=30.0)
    seen = last_event_id or after
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()

    def notify() -> None:
        # The floor may tell its last after the loop has ended.
        if not loop.is_closed():
            loop.call_soon_threadsafe(arrived.set)

    after_id = int(seen) if seen is not None else None
    cell = "" if desk.live is None else hears_of(seat_of(desk.live.cells(), viewer))
    subscription = desk.floor.subscribe(viewer.audience, after_id, notify=notify, cell=cell)
    desk.listeners.add(subscription)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    gate: Gate = request.app.state.gate
    told = _told(lambda: gate.viewer_of(request) == viewer, desk.listeners, subscription, arrived)
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


async def _told(
    may_listen: Callable[[], bool],
    listeners: Listeners,
    subscription: Subscription,
    arrived: asyncio.Event,
) -> AsyncIterator[str]:
    try:
        yield f"retry: {_RETRY_MS}\n\n"
        while not subscription.is_closed:
            arrived.clear()
            for event in subscription.take():
                yield event_text(event)
            try:
                await asyncio.wait_for(arrived.wait(), HEARTBEAT_S)
            except TimeoutError:
                yield ": still here\n\n"
            if not await asyncio.to_thread(may_listen):
                return  # signed out, or another role since
        for event in subscription.take():
            yield event_text(event)
    finally:
        listeners.remove(subscription)
        subscription.close()


def event_text(event: Event) -> str:
    """Return an event as server-sent events write it (WHATWG HTML, section 9.2)."""
    value = as_json_value(event)
    told = {name: value[name] for name in ("event_id", "kind", "at_utc", "subject", "detail")}
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.event_id}\nevent: {event.kind.value}\ndata: {data}\n\n"
