"""Signing in and out, and who one is; and the checks put around the whole application."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from hoshimori.errors import SourceError
from hoshimori.model.access import Permission, Viewer
from hoshimori.web.access import Gate, keep_gate, needs, open_to_all
from hoshimori.web.browser_guard import LOOPBACK_NAMES, BrowserGuard
from hoshimori.web.doorkeeper import Doorkeeper, refused
from hoshimori.web.problems import API, RESPONSES
from hoshimori.web.sign_in_page import refused_page
from hoshimori.workflows.access import SignedIn
from hoshimori.workflows.oidc import Pending

router = APIRouter(tags=["access"], responses=RESPONSES)
"""`me`, `session`, and `session/oidc` for the organisation's own accounts."""


class SignInRequest(BaseModel):
    """Name and password of an account."""

    name: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=256)


class AudienceTold(BaseModel):
    """For whom answers are made."""

    partner: str | None
    limit: str | None


class Me(BaseModel):
    """Who is signed in, and what that viewer may do."""

    name: str
    role: str
    permissions: list[str]
    audience: AudienceTold
    language: str
    is_local: bool
    forgery_token: str
    """What every change must bear in the header X-CSRF-Token; empty for keys."""


class SessionTold(BaseModel):
    """Whether anybody is signed in, and in which ways one can sign in."""

    signed_in: bool
    ways: list[str]
    """`password`; `oidc` where the organisation's own accounts are known (GET session/oidc)."""


def protect(app: FastAPI, gate: Gate, *, hosts: Collection[str], language: str) -> None:
    """Put the checks around an application and add the routes for signing in.

    `hosts` are the names by which it is reached besides those of loopback.
    """
    keep_gate(app, gate)
    app.state.language = language
    app.include_router(router, prefix=API)
    app.add_middleware(
        BrowserGuard,
        hosts={*LOOPBACK_NAMES, *hosts} - {""},
        is_secure=isinstance(gate, Doorkeeper) and gate.is_secure,
    )


def hosts_of(setting: str) -> tuple[str, ...]:
    """Return the names in the setting `hosts` of [access].

    >>> hosts_of("watch.example.org, 192.0.2.7")
    ('watch.example.org', '192.0.2.7')
    """
    return tuple(name.strip().lower() for name in setting.split(",") if name.strip())


@router.get("/me")
def me(request: Request, viewer: Annotated[Viewer, Depends(needs(Permission.SEE))]) -> Me:
    """Tell who is signed in and what that viewer may do."""
    gate: Gate = request.app.state.gate
    return _me(viewer, gate.forgery_token_of(request), request.app.state.language)


@router.get("/session", dependencies=[Depends(open_to_all)])
def session(request: Request) -> SessionTold:
    """Tell whether anybody is signed in, and in which ways one can sign in."""
    gate: Gate = request.app.state.gate
    ways = gate.ways if isinstance(gate, Doorkeeper) else []
    return SessionTold(signed_in=gate.viewer_of(request) is not None, ways=ways)


@router.post("/session", dependencies=[Depends(open_to_all)])
def begin(request: Request, response: Response, asked: SignInRequest) -> Me:
    """Sign in with name and password; the session is kept in a cookie."""
    gate = _doorkeeper(request)
    signed_in = gate.sign_in(request, asked.name, asked.password)
    keep_in_cookie(response, gate, signed_in)
    return _me(signed_in.viewer, signed_in.forgery_token, request.app.state.language)


@router.delete("/session", status_code=204, dependencies=[Depends(open_to_all)])
def end(request: Request, response: Response) -> None:
    """Sign out."""
    gate = _doorkeeper(request)
    gate.sign_out(request)
    response.delete_cookie(gate.cookie, **_cookie_of(gate))


@router.get(
    "/session/oidc",
    dependencies=[Depends(open_to_all)],
    status_code=303,
    response_class=RedirectResponse,
    include_in_schema=False,  # for browsers alone
)
def begin_elsewhere(request: Request) -> Response:
    """Send the browser to the organisation's own accounts; a page says where that is refused."""
    try:
        gate = _doorkeeper(request)
        place, pending = gate.send_to_organisation(request, _callback(request, gate))
    except (HTTPException, SourceError) as refusal:
        return refused_page(request, refusal)
    answer = RedirectResponse(place, status_code=303)
    # It must come back from another site: a strict cookie would not.
    answer.set_cookie(
        _PENDING, pending.text(), max_age=600, **(_cookie_of(gate) | _OF_ANOTHER_SITE)
    )
    return answer


@router.get(
    "/session/oidc/callback",
    dependencies=[Depends(open_to_all)],
    status_code=303,
    response_class=RedirectResponse,
    include_in_schema=False,  # for browsers alone
)
def come_back(
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4_000)] = "",
) -> Response:
    """Take up who comes back from there, and lead to the console; a page says where refused."""
    try:
        gate = _doorkeeper(request)
        signed_in = gate.come_from_organisation(
            request,
            Pending.read(request.cookies.get(_PENDING, "")),
            state=state,
            code=code,
            callback=_callback(request, gate),
        )
    except (HTTPException, SourceError) as refusal:
        return refused_page(request, refusal)
    answer = RedirectResponse("/", status_code=303)
    keep_in_cookie(answer, gate, signed_in)
    answer.delete_cookie(_PENDING, **(_cookie_of(gate) | _OF_ANOTHER_SITE))
    return answer


def _doorkeeper(request: Request) -> Doorkeeper:
    gate: Gate = request.app.state.gate
    if not isinstance(gate, Doorkeeper):
        raise refused(404, "there are no accounts here", "ask without signing in")
    return gate


def _callback(request: Request, gate: Doorkeeper) -> str:
    scheme = "https" if gate.is_secure else "http"
    return f"{scheme}://{request.headers['host']}{API}/session/oidc/callback"


_PENDING: Final = "hoshimori_sign_in"
_OF_ANOTHER_SITE: Final = {"samesite": "lax", "path": f"{API}/session/oidc"}


def keep_in_cookie(response: Response, gate: Doorkeeper, signed_in: SignedIn) -> None:
    """Give the browser the session in a cookie that no script can read."""
    response.set_cookie(gate.cookie, signed_in.token, max_age=signed_in.lasts_s, **_cookie_of(gate))


def _cookie_of(gate: Doorkeeper) -> dict[str, Any]:
    return {"httponly": True, "samesite": "strict", "secure": gate.is_secure, "path": "/"}


def _me(viewer: Viewer, forgery_token: str, language: str) -> Me:
    limit = viewer.audience.limit
    return Me(
        name=viewer.name,
        role=viewer.role.value,
        permissions=sorted(permission.value for permission in viewer.permissions),
        audience=AudienceTold(
            partner=viewer.audience.partner, limit=None if limit is None else str(limit)
        ),
        language=language,
        is_local=viewer.is_local,
        forgery_token=forgery_token,
    )
