"""Every request has a number of its own, and whoever witnesses hears how it ended."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, MutableMapping
from datetime import datetime
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send

from hoshimori.model.happenings import Happening, Witness

REQUEST_HEADER: Final = "X-Request-ID"
_FROM_PROXY: Final = re.compile(rb"[0-9a-f-]{16,64}")
"""A number that a proxy gave; what it must not do is carry words into the log."""


class NotedRequests:
    """Gives requests numbers and tells a witness of each, by route, never by what was asked."""

    def __init__(self, app: ASGIApp, witness: Witness, now_utc: Callable[[], datetime]) -> None:
        self._app = app
        self._witness = witness
        self._now_utc = now_utc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its answer says by which number the log knows it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, begun_utc, status = _number(scope), self._now_utc(), 0

        async def numbered(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                header = (REQUEST_HEADER.lower().encode(), number.encode())
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        problem = ""
        try:
            await self._app(scope, receive, numbered)
        except Exception as error:
            problem = f"{type(error).__name__}: {error}"
            raise
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self._witness(
                Happening(
                    what="request",
                    about=f"{_method(scope)} {route}",
                    begun_utc=begun_utc,
                    ended_utc=self._now_utc(),
                    outcome=str(status or "broken off"),
                    problem=problem,
                    details={"request_id": number},
                )
            )


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method.isalpha() and len(method) <= 10 else "OTHER"


def _number(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _FROM_PROXY.fullmatch(value):
            return str(value.decode("ascii"))
    return secrets.token_hex(8)
