"""The door for partners: a challenge, and one bundle for another; nothing else is served there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hoshimori.errors import HoshimoriError
from hoshimori.formats.bundles import MOST_BYTES
from hoshimori.workflows.share_exchange import Answer, Challenges, answer
from hoshimori.workflows.share_house import Node, opened_node
from hoshimori.workflows.share_taking import RefusedBundle, Taken

_NOT_TAKEN = 422
_AT_ONCE = 4
"""Bundles that are held in memory at once."""

AfterTaking = Callable[[Node, Taken], None]


def share_app(
    folder: Path,
    challenges: Challenges,
    now_utc: Callable[[], datetime],
    after_taking: AfterTaking,
) -> Starlette:
    """Return the application that partners' nodes ask; TLS proves who may ask at all."""
    at_once = asyncio.Semaphore(_AT_ONCE)

    async def give_challenge(_: Request) -> Response:
        return PlainTextResponse(challenges.give())

    async def take(request: Request) -> Response:
        async with at_once:
            data = await _body(request)
            if data is None:
                return PlainTextResponse(f"more than {MOST_BYTES:,} bytes", _NOT_TAKEN)
            address = request.client.host if request.client else ""
            return await run_in_threadpool(_answered, data, address)

    def _answered(data: bytes, address: str) -> Response:
        try:
            with opened_node(folder) as node:
                done = answer(node, data, challenges, address, now_utc())
                if isinstance(done.taken, Taken):
                    after_taking(node, done.taken)
        except HoshimoriError:
            # What is wrong here is nobody's business there.
            return PlainTextResponse("this node cannot answer now", 503)
        return _response(done)

    return Starlette(
        routes=[
            Route("/share/v1/challenge", give_challenge, methods=["GET"]),
            Route("/share/v1/bundle", take, methods=["POST"]),
        ]
    )


def _response(done: Answer) -> Response:
    if isinstance(done.taken, RefusedBundle):
        refusal = done.taken.refusal
        return PlainTextResponse(f"{refusal.reason.value}: {refusal.detail}", _NOT_TAKEN)
    return Response(done.data, media_type="application/octet-stream")


async def _body(request: Request) -> bytes | None:
    """Return what was sent; None as soon as it is more than a bundle may be."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > MOST_BYTES:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)
