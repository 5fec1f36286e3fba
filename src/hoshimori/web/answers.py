"""Answers as bytes: made once for each view, audience and language, packed, sent once."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from hoshimori.formats.json_document import as_json_value
from hoshimori.web.pace import Pace

_LEAST_PACKED: Final = 1_000
"""Shorter answers are sent as they are (bytes)."""
_LEVEL: Final = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of one answer, plain and packed."""

    body: bytes
    packed: bytes | None
    etag: str
    media_type: str

    @property
    def size(self) -> int:
        """How much memory it takes (bytes)."""
        return len(self.body) + len(self.packed or b"")


def answer_of(body: bytes, media_type: str = "application/json") -> Answer:
    """Return bytes as an answer, with their digest and packed where that is worth it."""
    packed = gzip.compress(body, _LEVEL, mtime=0) if len(body) >= _LEAST_PACKED else None
    if packed is not None and len(packed) > 0.9 * len(body):
        packed = None
    return Answer(body, packed, f'W/"{hashlib.sha256(body).hexdigest()[:24]}"', media_type)


def json_bytes(noun: object) -> bytes:
    """Return a noun as the bytes of one JSON document."""
    value = as_json_value(noun)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def sent(request: Request, answer: Answer) -> Response:
    """Return an answer as this request can take it; 304 where it has the same already."""
    headers = {"ETag": answer.etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    held = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    if answer.etag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    body = answer.body
    if answer.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = answer.packed
    return Response(body, headers=headers, media_type=answer.media_type)


class AnswerCache:
    """Answers by what they answer, the least used forgotten first; for one event loop.

    What several ask for at once is made once.
    """

    def __init__(self, pace: Pace, *, most_bytes: int = 192 * 2**20) -> None:
        self._pace = pace
        self._most_bytes = most_bytes
        self._held: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0
        self._making: dict[Hashable, asyncio.Task[Answer]] = {}

    @property
    def size(self) -> int:
        """How much memory the answers take (bytes)."""
        return self._bytes

    async def answer(
        self, key: Hashable, make: Callable[[], object], *, pace: Pace | None = None
    ) -> Answer:
        """Return the answer to a key: at once where it is held, else made in a thread.

        Raises:
            RefusedError: too many wait for their turn already.
        """
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            return held
        making = self._making.get(key)
        if making is None:
            making = asyncio.create_task(self._made(key, make, pace or self._pace))
            self._making[key] = making
            making.add_done_callback(lambda done: self._forget(key, done))
        # One who goes away does not take the answer from the others.
        return await asyncio.shield(making)

    async def _made(self, key: Hashable, make: Callable[[], object], pace: Pace) -> Answer:
        answer = await pace.run(lambda: _encoded(make()))
        self._keep(key, answer)
        return answer

    def _forget(self, key: Hashable, done: asyncio.Task[Answer]) -> None:
        self._making.pop(key, None)
        if not done.cancelled():
            done.exception()  # whoever waited has it; nobody waiting is no fault

    def _keep(self, key: Hashable, answer: Answer) -> None:
        if answer.size > self._most_bytes // 4:
            return
        self._held[key] = answer
        self._bytes += answer.size
        while self._bytes > self._most_bytes:
            _, oldest = self._held.popitem(last=False)
            self._bytes -= oldest.size


def _encoded(made: object) -> Answer:
    if isinstance(made, Answer):
        return made
    return answer_of(made if isinstance(made, bytes) else json_bytes(made))
