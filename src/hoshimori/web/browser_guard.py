"""What browsers are kept from: other names for this machine, foreign pages, foreign content.

Sources: OWASP, HTTP Headers and Cross-Site Request Forgery Prevention cheat sheets (2025); W3C,
Content Security Policy Level 3 and Fetch Metadata Request Headers.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})

_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_PRIVATE: Final = "private, no-cache"
"""Answers depend on who asks: no cache shares them, and an ETag is asked for again."""
_SECURE: Final = "max-age=31536000"


class BrowserGuard:
    """Middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], is_secure: bool) -> None:
        """Take the names by which this is reached, and whether browsers reach it by TLS."""
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._headers = dict(_HEADERS)
        if is_secure:
            self._headers["Strict-Transport-Security"] = _SECURE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer foreign requests here; let the others through and mark what comes back."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _PRIVATE)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, marked)
        else:
            await _answer(marked, *refusal)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str, str] | None:
        """Return status, problem and what to do, where the request is a foreign one."""
        host = headers.get("host", "")
        if _name_of(host) not in self._hosts:
            do = "use a name of this server; further ones stand in `hosts` of [access]"
            return 421, "this server is not known by that name", do
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        foreign = origin is not None and not _is_of(origin, host)
        if method not in SAFE_METHODS and (foreign or site not in ("same-origin", "none")):
            return (
                403,
                "a page of another site asked for a change",
                "use the console of this server",
            )
        if site == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return 403, "a page of another site asked for this", "use the console of this server"
        return None


def _name_of(host: str) -> str:
    """Return a host without its port.

    >>> _name_of("Localhost:8000"), _name_of("[::1]:8000"), _name_of("::1")
    ('localhost', '[::1]', '')
    """
    lowered = host.lower()
    if lowered.startswith("["):
        return lowered[: lowered.find("]") + 1]
    name, _, port = lowered.partition(":")
    return name if ":" not in port else ""


def _is_of(origin: str, host: str) -> bool:
    """Tell whether an origin is the host itself, port included."""
    _, _, rest = origin.lower().partition("://")
    return rest == host.lower() and bool(rest)


async def _answer(send: Send, status: int, problem: str, do: str) -> None:
    told = {"problem": problem, "where": "", "expected": "", "do": do}
    body = json.dumps(told).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
