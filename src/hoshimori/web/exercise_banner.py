"""Every answer of a server of an exercise says so: in its head, whatever its body is."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final
from urllib.parse import quote

from starlette.types import ASGIApp, Receive, Scope, Send

from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.provenance import Reality

REALITY_HEADER: Final = "Hoshimori-Reality"
EXERCISE_HEADER: Final = "Hoshimori-Exercise"
"""The name of the exercise, percent-encoded as UTF-8."""


class ExerciseBanner:
    """Puts the mark of an exercise on every answer; for a floor of the real sky it adds nothing."""

    def __init__(self, app: ASGIApp, mark: ExerciseMark | None) -> None:
        self._app = app
        told = (
            (REALITY_HEADER, Reality.EXERCISE.value),
            (EXERCISE_HEADER, quote(mark.name if mark else "")),
        )
        self._headers = [(k.lower().encode(), v.encode()) for k, v in told] if mark else []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mark its answer."""
        if scope["type"] != "http" or not self._headers:
            await self._app(scope, receive, send)
            return

        async def marked(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        await self._app(scope, receive, marked)
