"""The gate of a running server: secrets of requests, forged ones, and how often one may ask."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fastapi import HTTPException, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from hoshimori.errors import FormatError
from hoshimori.model.access import Permission, Viewer
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.web.browser_guard import SAFE_METHODS
from hoshimori.workflows.access import SignedIn
from hoshimori.workflows.entrance import Entrance
from hoshimori.workflows.oidc import OrganisationSignIn, Pending
from hoshimori.workflows.passwords import forgery_token, is_same

FORGERY_HEADER: Final = "X-CSRF-Token"

_COSTLY: Final = frozenset(
    {Permission.ASK, Permission.DOWNLOAD, Permission.COMPOSE, Permission.RELEASE}
)
_WRITTEN_DOWN: Final = frozenset(
    {Permission.DOWNLOAD, Permission.RELEASE, Permission.READ_AUDIT, Permission.ADMINISTER}
)
"""Written into the audit even where nothing is changed."""
_ALL_ADDRESSES: Final = 40
"""Sign-ins tried on one account from anywhere, in multiples of those from one address."""
_ONE_ADDRESS: Final = 10
"""Sign-ins tried from one address on any account, in the same multiples."""
_REFUSALS: Final = RateLimitItemPerMinute(60)
"""Refusals of unknown callers that are written down, of one address."""
_REFUSALS_OF_ALL: Final = RateLimitItemPerMinute(600)
_MOST_OF_QUERY: Final = 200


def refused(status: int, problem: str, do: str, *, wait_s: int = 0) -> HTTPException:
    """Return a refusal in the shape that all problems have."""
    told: Any = {"problem": problem, "where": "", "expected": "", "do": do}
    headers = {"Retry-After": str(wait_s)} if wait_s else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return HTTPException(status, told, headers)


@dataclass(frozen=True, slots=True)
class _Caller:
    viewer: Viewer
    forgery_token: str | None
    """What a change must bear; None where the caller showed a key, which no browser adds."""


class Doorkeeper:
    """Turns requests into viewers, or refuses them; threads may share it."""

    def __init__(
        self, entrance: Entrance, *, is_secure: bool, now_utc: Callable[[], datetime]
    ) -> None:
        """Take the entrance, whether browsers come by TLS, and the clock."""
        self._entrance = entrance
        self._now_utc = now_utc
        self.is_secure = is_secure
        self.ways = ["password", *(["oidc"] if entrance.organisation else [])]
        self.cookie = "__Host-hoshimori" if is_secure else "hoshimori"
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        limits = entrance.limits
        self._usual = RateLimitItemPerMinute(limits.requests_per_minute)
        self._costly = RateLimitItemPerMinute(limits.costly_requests_per_minute)

    def admit(self, request: Request, permission: Permission) -> Viewer:
        """Return who asks, where that viewer may; raises the refusal as an HTTPException."""
        caller = self._caller(request, permission)
        viewer, changes = caller.viewer, request.method not in SAFE_METHODS
        self._keep_pace(viewer, is_costly=changes or permission in _COSTLY)
        if changes and not _is_genuine(request, caller):
            self._write(AuditKind.REFUSED, request, viewer, "bears no token against forgery")
            do = f"send the `forgery_token` of GET me in the header {FORGERY_HEADER}"
            raise refused(403, "the request may be forged", do)
        if not viewer.may(permission):
            self._write(AuditKind.REFUSED, request, viewer, f"may not {permission.value}")
            do = "ask an administrator for another role"
            raise refused(403, f"{viewer.name} may not do this ({permission.value})", do)
        if changes or permission in _WRITTEN_DOWN:
            self._write(AuditKind.ASKED, request, viewer)
        return viewer

    def forgery_token_of(self, request: Request) -> str:
        """Return what changes of this caller must bear; empty for keys."""
        found = self._known_caller(request)
        return (found.forgery_token or "") if found else ""

    def viewer_of(self, request: Request) -> Viewer | None:
        """Return who asks; None where nobody is signed in. It makes no session last longer."""
        found = self._known_caller(request, is_use=False)
        return found.viewer if found else None

    def sign_in(self, request: Request, name: str, password: str) -> SignedIn:
        """Begin a session; raises the refusal as an HTTPException."""
        self._keep_sign_in_pace(request, name)
        signed_in = self._entrance.sign_in(name, password, self._now_utc())
        if signed_in is None:
            # What was typed as a name may be a password: only names of accounts are written.
            known = f"wrong password of {name}" if self._entrance.has_account(name) else ""
            self._write_unknown(request, known or "sign-in under an unknown name")
            raise refused(401, "name or password is wrong", "try again, or ask an administrator")
        limits = self._entrance.limits
        of_both = RateLimitItemPerMinute(limits.sign_in_attempts, limits.sign_in_minutes)
        self._limiter.clear(of_both, "sign-in", _network_of(request), name)
        self._write(AuditKind.SIGNED_IN, request, signed_in.viewer)
        return signed_in

    def send_to_organisation(self, request: Request, callback: str) -> tuple[str, Pending]:
        """Return where to send a browser to sign in by the organisation's own accounts."""
        self._keep_sign_in_pace(request, "")
        return self._organisation().begin(callback, self._now_utc())

    def come_from_organisation(
        self, request: Request, pending: Pending | None, *, state: str, code: str, callback: str
    ) -> SignedIn:
        """Begin a session of who comes back from there; raises the refusal."""
        self._keep_sign_in_pace(request, "")
        organisation, now_utc = self._organisation(), self._now_utc()
        try:
            if pending is None:
                raise FormatError("no sign-in was begun in this browser")
            if not code:
                raise FormatError("the organisation sent nobody back")
            identity = organisation.finish(
                pending, state=state, code=code, callback=callback, now_utc=now_utc
            )
        except FormatError as error:
            self._write_unknown(request, str(error))
            raise refused(401, "the sign-in did not succeed", "begin it anew") from None
        signed_in = self._entrance.sign_in_as(identity, now_utc)
        if signed_in is None:
            self._write_unknown(request, "the organisation's account has no account here")
            do = "ask an administrator for an account of that name"
            raise refused(403, "there is no account here for that person", do)
        self._write(AuditKind.SIGNED_IN, request, signed_in.viewer)
        return signed_in

    def _organisation(self) -> OrganisationSignIn:
        if self._entrance.organisation is None:
            raise refused(404, "no accounts of an organisation are known here", "use a password")
        return self._entrance.organisation

    def sign_out(self, request: Request) -> None:
        """End the session of a request, where it has one."""
        caller = self._known_caller(request)
        if caller is None or caller.forgery_token is None:
            return
        if not _is_genuine(request, caller):
            raise refused(403, "the request may be forged", f"send {FORGERY_HEADER}")
        self._write(AuditKind.SIGNED_OUT, request, caller.viewer)
        self._entrance.sign_out(request.cookies.get(self.cookie, ""))

    def _caller(self, request: Request, permission: Permission) -> _Caller:
        found = self._known_caller(request)
        if found is not None:
            return found
        showed = "authorization" in request.headers
        if showed or request.method not in SAFE_METHODS or permission in _WRITTEN_DOWN:
            self._write_unknown(request, "unknown key" if showed else "not signed in")
        raise refused(401, "nobody is signed in", "sign in, or send an API key as a Bearer token")

    def _known_caller(self, request: Request, *, is_use: bool = True) -> _Caller | None:
        """Return who asks. A key that is shown counts alone; a wrong one is not passed over."""
        now_utc = self._now_utc()
        if "authorization" in request.headers:
            scheme, _, secret = request.headers["authorization"].partition(" ")
            if scheme.lower() != "bearer":
                return None
            of_key = self._entrance.viewer_of_key(secret.strip(), now_utc)
            return None if of_key is None else _Caller(of_key, None)
        token = request.cookies.get(self.cookie)
        if token:
            of_session = self._entrance.viewer_of_session(token, now_utc, is_use=is_use)
            if of_session is not None:
                return _Caller(of_session, forgery_token(token))
        local = self._entrance.viewer_without_secret()
        if local is None:
            return None
        return _Caller(local, forgery_token(self._entrance.local_token))

    def _keep_pace(self, viewer: Viewer, *, is_costly: bool) -> None:
        if viewer.is_local:
            return
        item = self._costly if is_costly else self._usual
        if not self._limiter.hit(item, "costly" if is_costly else "usual", viewer.name):
            do = "wait a minute; the settings say how often one may ask"
            raise refused(429, "too many requests", do, wait_s=60)

    def _keep_sign_in_pace(self, request: Request, name: str) -> None:
        if self._may_try(request, name):
            return
        self._write_unknown(request, "too many sign-ins")
        minutes = self._entrance.limits.sign_in_minutes
        do = f"wait {minutes} minutes"
        raise refused(429, "too many sign-ins were tried", do, wait_s=60 * minutes)

    def _may_try(self, request: Request, name: str) -> bool:
        """Count a sign-in; tell whether it may be tried at all."""
        limits = self._entrance.limits
        place = _network_of(request)
        counted = [(_ONE_ADDRESS, place, "")]
        if name:
            counted += [(1, place, name), (_ALL_ADDRESSES, "", name)]
        most, minutes = limits.sign_in_attempts, limits.sign_in_minutes
        hits = [
            self._limiter.hit(RateLimitItemPerMinute(most * times, minutes), "sign-in", where, who)
            for times, where, who in counted
        ]
        return all(hits)

    def _write_unknown(self, request: Request, why: str) -> None:
        """Write a refusal of an unknown caller, where these do not flood the audit."""
        few = self._limiter.hit(_REFUSALS, "refusal", _network_of(request))
        if few and self._limiter.hit(_REFUSALS_OF_ALL, "refusal", "all"):
            self._write(AuditKind.REFUSED, request, None, why)

    def _write(
        self, kind: AuditKind, request: Request, viewer: Viewer | None, why: str = ""
    ) -> None:
        self._entrance.write(
            AuditEntry(
                recorded_utc=self._now_utc(),
                kind=kind,
                who=viewer.name if viewer else "nobody",
                what=_what(request),
                role=viewer.role.value if viewer else "",
                audience=str(viewer.audience) if viewer else "",
                address=_address_of(request),
                why=why,
            )
        )


def _is_genuine(request: Request, caller: _Caller) -> bool:
    if caller.forgery_token is None:
        return True
    return is_same(request.headers.get(FORGERY_HEADER, ""), caller.forgery_token)


def _what(request: Request) -> str:
    """Return method and path, with what the route asks for by name and nothing else.

    What a route does not know of is left out: it may be a secret that strayed there. So is what
    comes along with a sign-in.
    """
    path = request.url.path[:_MOST_OF_QUERY]
    if "/session" in path:
        return f"{request.method} {path}"
    dependant = getattr(request.scope.get("route"), "dependant", None)
    known = {field.alias for field in dependant.query_params} if dependant is not None else set()
    asked = [f"{k}={v}" for k, v in request.query_params.multi_items() if k in known]
    query = "&".join(asked)[:_MOST_OF_QUERY]
    return f"{request.method} {path}" + (f"?{query}" if query else "")


def _address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def _network_of(request: Request) -> str:
    """Return the address, or the network of an IPv6 address: one caller has many of them."""
    try:
        address = ipaddress.ip_address(_address_of(request))
    except ValueError:
        return _address_of(request)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
