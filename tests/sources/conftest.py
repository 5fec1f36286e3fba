"""A server on this machine that behaves like CelesTrak and Space-Track, on good and bad days."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hoshimori.sources.polite import Line

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        self.moment += timedelta(**span)


@dataclass
class Server:
    """Answers every request with `behaviour` and counts them."""

    base_url: str = ""
    behaviour: Behaviour | None = None
    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def answers(
        self, status: int, payload: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        """Let every request be answered alike."""
        self.behaviour = lambda handler: reply(handler, status, payload, headers or {})


def reply(
    handler: BaseHTTPRequestHandler,
    status: int,
    payload: bytes = b"",
    headers: dict[str, str] | None = None,
) -> None:
    """Send one complete answer."""
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    if status != 304:
        handler.send_header("Content-Length", str(len(payload)))
    handler.end_headers()
    handler.wfile.write(payload)


@pytest.fixture
def server() -> Iterator[Server]:
    local = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            local.requests.append((self.command, self.path))
            local.headers.append({name.lower(): value for name, value in self.headers.items()})
            length = int(self.headers.get("Content-Length", 0))
            local.bodies.append(self.rfile.read(length))
            assert local.behaviour
            local.behaviour(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        local.base_url = f"http://127.0.0.1:{http.server_port}"
        yield local
        local.release.set()
        http.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(server: Server, clock: Clock) -> Line:
    return Line(server.base_url, clock, timeout_s=0.3, deadline_s=0.6, max_bytes=100_000)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
