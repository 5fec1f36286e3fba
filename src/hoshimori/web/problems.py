"""What goes wrong, told in one shape: what, where, what was expected, what to do."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hoshimori.errors import (
    BusyError,
    CoverageError,
    DiskFullError,
    FormatError,
    HoshimoriError,
    ReleaseError,
    SettingsError,
    SourceError,
    StoreError,
)

API: Final = "/api/v1"
_OPENAPI: Final = f"{API}/openapi.json"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request was not answered."""

    problem: str
    where: str = ""
    """Which part of the request, or which file and field."""
    expected: str = ""
    do: str = ""
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was asked for is still being made; ask again after `retry_after_s`."""

    waiting_for: str
    done: int
    """Steps that are done, of `of`; both 0 where nobody can tell."""
    of: int
    retry_after_s: float


class RefusedError(Exception):
    """A request that is refused, with its status."""

    def __init__(self, status: int, problem: Problem, *, retry_after_s: float = 0.0) -> None:
        self.status = status
        self.problem = problem
        self.retry_after_s = retry_after_s
        super().__init__(problem.problem)


def not_found(what: str, where: str) -> RefusedError:
    """Return the refusal of something that is not there, or that the viewer may not see."""
    do = "look it up in the list that it comes from"
    return RefusedError(404, Problem(f"{what}: not found", where, do=do))


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Problem, "description": "The request's body is no JSON."},
    401: {"model": Problem, "description": "Nobody is signed in."},
    403: {"model": Problem, "description": "The viewer may not do this."},
    404: {"model": Problem, "description": "There is no such thing, or it may not be seen."},
    422: {"model": Problem, "description": "The request cannot be understood."},
    429: {"model": Problem, "description": "Too much was asked for at once."},
}
"""How every route may refuse."""

WAITING: Final[dict[int | str, dict[str, Any]]] = {
    202: {"model": Waiting, "description": "Still being made; ask again."},
}
"""How a route answers whose answer takes long."""


def tell_problems(app: FastAPI) -> None:
    """Make the application answer everything that goes wrong in the one shape.

    Call it before anything else is put around the application: what fails is answered inside, so
    that this answer is marked, counted and guarded as every other.
    """
    if app.user_middleware:
        raise ValueError("problems are told inside of everything else: call this first")
    app.add_middleware(FailureTold)
    app.add_exception_handler(RefusedError, _refusal)
    app.add_exception_handler(HoshimoriError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _told(
    status: int,
    told: object,
    *,
    retry_after_s: float = 0.0,
    headers: Mapping[str, str] | None = None,
) -> Response:
    more = dict(headers or {})
    if retry_after_s:
        more["Retry-After"] = str(max(1, math.ceil(retry_after_s)))
    content = told if isinstance(told, dict) else asdict(told)  # type: ignore[call-overload]
    body = json.dumps(content, ensure_ascii=False).encode()
    more["Cache-Control"] = "no-store"
    return Response(body, status_code=status, headers=more, media_type="application/json")


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _told(error.status, error.problem, retry_after_s=error.retry_after_s)


async def _known(request: Request, error: Exception) -> Response:
    if isinstance(error, BusyError):
        told = Waiting(str(error), error.done, error.of, error.retry_after_s)
        return _told(202, told, retry_after_s=error.retry_after_s)
    status = next(s for kind, s in _STATUS if isinstance(error, kind))
    return _told(status, _problem_of(error), retry_after_s=60.0 if status in (502, 503) else 0.0)


_STATUS: Final = (
    (FormatError, 422),
    (SettingsError, 422),
    (CoverageError, 404),
    (ReleaseError, 409),
    (SourceError, 502),
    (DiskFullError, 507),
    (StoreError, 503),
    (HoshimoriError, 500),
)


def _problem_of(error: Exception) -> Problem:
    if isinstance(error, FormatError):
        return Problem(error.problem, ":".join(p for p in (error.source, error.field) if p))
    return Problem(str(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    expected = first.get("ctx", {}).get("expected", "")
    do = f"the description of every route is at {_OPENAPI}"
    return _told(422, Problem(str(first["msg"]), where, str(expected), do))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail: Any = error.detail
    if isinstance(detail, dict) and "problem" in detail:
        return _told(error.status_code, detail, headers=error.headers)
    do = (
        f"the description of every route is at {_OPENAPI}"
        if error.status_code in (404, 405)
        else ""
    )
    problem = Problem(str(detail), request.url.path, do=do)
    return _told(error.status_code, problem, headers=error.headers)


class FailureTold:
    """Answers where the application raises what nobody expected, and lets it through to the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer it where it fails before an answer was begun."""
        begun = scope["type"] != "http"

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            if not begun:
                await _failure(scope["path"])(scope, receive, send)
            raise


def _failure(path: str) -> Response:
    # What went wrong inside is for the log, not for whoever asked.
    do = "the server's log says what happened; please report it"
    return _told(500, Problem("the server failed at this", path, do=do))
