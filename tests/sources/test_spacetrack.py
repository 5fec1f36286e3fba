"""Space-Track is asked within its limits, and the account never shows."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import keyring.errors
import pytest

from hoshimori.errors import SourceError
from hoshimori.sources.polite import Line
from hoshimori.sources.spacetrack import LINE, Credentials, SpaceTrack, find_credentials

PASSWORD = "correct horse battery staple"
IDENTITY = "watch@example.org"
QUERY = "/basicspacedata/query/class/"
ROWS = b'[{"NORAD_CAT_ID": "25544"}]'

Server = Any
Clock = Any


def good_day(
    payload: bytes = ROWS, status: int = 200, login: bytes = b'""', cookie: str = "chocolatechip=1"
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Behave like Space-Track: a session by login, queries only within it."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        logs_in = handler.path == "/ajaxauth/login"
        known = "chocolatechip=1" in handler.headers.get("Cookie", "")
        body = login if logs_in else payload
        handler.send_response(200 if logs_in else status if known else 401)
        if logs_in and cookie:
            handler.send_header("Set-Cookie", f"{cookie}; path=/; HttpOnly")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


@pytest.fixture
def spacetrack(server: Server, tmp_path: Path, line: Line) -> Iterator[SpaceTrack]:
    server.behaviour = good_day()
    with SpaceTrack(Credentials(IDENTITY, PASSWORD), tmp_path, line) as source:
        yield source


def asked(server: Server) -> list[str]:
    return [unquote(path) for _, path in server.requests]


def test_it_logs_in_once_and_asks(spacetrack: SpaceTrack, server: Server, clock: Clock) -> None:
    delivery = spacetrack.gp([48274, 25544, 25544])
    spacetrack.satcat()
    assert asked(server) == [
        "/ajaxauth/login",
        f"{QUERY}gp/norad_cat_id/25544,48274/format/json",
        f"{QUERY}satcat/current/Y/format/json",
    ]
    assert server.bodies[0] == (
        b"identity=watch%40example.org&password=correct+horse+battery+staple"
    )
    assert delivery.payload == ROWS
    assert delivery.source == "space-track"
    assert delivery.received_utc == clock.moment
    assert LINE.base_url == "https://www.space-track.org"


@pytest.mark.parametrize(
    ("ask", "path", "hours"),
    [
        (lambda s: s.gp(), "gp/decay_date/null-val/epoch/>now-30/format/json", 1),
        # Asked at 06:00, so a day later is too early by the hours that are left until 17:00.
        (lambda s: s.satcat(), "satcat/current/Y/format/json", 35),
        (lambda s: s.cdm_public(), "cdm_public/created/>now-1/format/json", 8),
        (lambda s: s.decay(), "decay/msg_epoch/>now-30/format/json", 168),
    ],
)
def test_each_class_has_its_pace(
    spacetrack: SpaceTrack,
    server: Server,
    clock: Clock,
    ask: Callable[[SpaceTrack], object],
    path: str,
    hours: int,
) -> None:
    first = ask(spacetrack)
    clock.advance(hours=hours, seconds=-1)
    assert ask(spacetrack) == first
    assert asked(server) == ["/ajaxauth/login", QUERY + path]
    clock.advance(seconds=1)
    ask(spacetrack)
    assert asked(server)[2:] == [QUERY + path]


def test_another_question_of_the_same_class_has_to_wait(
    spacetrack: SpaceTrack, server: Server, clock: Clock
) -> None:
    spacetrack.gp([1])
    with pytest.raises(SourceError, match="was asked for gp at 2026-11-23 06:00 UTC") as told:
        spacetrack.gp([2])
    assert told.value.wait_until_utc == clock.moment + timedelta(hours=1)
    assert len(server.requests) == 2


def test_settled_history_is_asked_for_once(
    spacetrack: SpaceTrack, server: Server, clock: Clock
) -> None:
    def ask(until: date) -> object:
        return spacetrack.gp_history([25544], since=date(2026, 1, 1), until=until)

    settled, running = date(2026, 11, 1), date(2026, 11, 23)
    ask(settled)
    ask(running)
    clock.advance(days=300)
    ask(settled)
    ask(running)
    history = QUERY + "gp_history/norad_cat_id/25544/epoch/2026-01-01--{}/format/json"
    # By then the running span is settled too, but its answer was not: it is asked for again.
    assert asked(server)[1:] == [history.format(settled), history.format(running)]


def test_thirty_requests_a_minute_and_three_hundred_an_hour(
    spacetrack: SpaceTrack, server: Server, clock: Clock
) -> None:
    start = clock.moment
    for norad_id in range(1, 300):
        if len(server.requests) % 30 == 0 and server.requests:
            with pytest.raises(SourceError, match="takes 30 requests in 0:01:00"):
                spacetrack.gp_history([999], since=date(2026, 1, 1), until=date(2026, 2, 1))
            clock.advance(minutes=1)
        spacetrack.gp_history([norad_id], since=date(2026, 1, 1), until=date(2026, 2, 1))
    clock.advance(minutes=1)
    with pytest.raises(SourceError, match="takes 300 requests in 1:00:00") as told:
        spacetrack.gp_history([999], since=date(2026, 1, 1), until=date(2026, 2, 1))
    assert told.value.wait_until_utc == start + timedelta(hours=1)
    assert len(server.requests) == 300


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (good_day(login=b'{"Login":"Failed"}'), "refused the identity or the password"),
        (good_day(cookie=""), "refused the identity or the password"),
        (good_day(status=401), r"401 Unauthorized.*account was refused"),
        (good_day(status=500, payload=b"sorry"), r"500 Internal Server Error: sorry"),
        (good_day(payload=b'{"error":"rate limit"}'), r'answered: \{"error":"rate limit"\}'),
        (good_day(payload=b"<html>maintenance</html>"), "a web page instead of data"),
    ],
)
def test_after_a_refusal_nothing_more_is_asked(
    spacetrack: SpaceTrack,
    server: Server,
    behaviour: Callable[[BaseHTTPRequestHandler], None],
    told: str,
) -> None:
    server.behaviour = behaviour
    with pytest.raises(SourceError, match=told):
        spacetrack.gp()
    sent = len(server.requests)
    for ask in (spacetrack.gp, spacetrack.satcat):
        with pytest.raises(SourceError, match="space-track is not asked until"):
            ask()
    assert len(server.requests) == sent <= 2


def test_no_rows_is_an_answer(spacetrack: SpaceTrack, server: Server) -> None:
    server.behaviour = good_day(payload=b"[]")
    assert spacetrack.gp([999_999_999]).payload == b"[]"


@pytest.mark.parametrize(
    "behaviour",
    [
        good_day(),
        good_day(login=b'{"Login":"Failed", "password": "correct horse battery staple"}'),
        good_day(status=500),
        lambda handler: handler.connection.close(),
    ],
)
def test_the_account_never_shows(
    spacetrack: SpaceTrack,
    server: Server,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    behaviour: Callable[[BaseHTTPRequestHandler], None],
) -> None:
    server.behaviour = behaviour
    shown = [repr(Credentials(IDENTITY, PASSWORD)), repr(spacetrack), repr(vars(spacetrack))]
    with caplog.at_level(logging.DEBUG):
        try:
            shown.append(repr(spacetrack.gp()))
        except SourceError as error:
            shown += traceback.format_exception(error)
    shown.append(caplog.text)
    shown += [file.read_bytes().decode("latin-1") for file in tmp_path.iterdir()]
    for secret in (PASSWORD, "horse", IDENTITY, "example.org"):
        assert secret not in "\n".join(shown)


def test_the_account_comes_from_the_environment() -> None:
    named = {
        "HOSHIMORI_SPACETRACK_IDENTITY": IDENTITY,
        "HOSHIMORI_SPACETRACK_PASSWORD": PASSWORD,
    }
    assert find_credentials(named) == Credentials(IDENTITY, PASSWORD)


def test_the_account_comes_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = keyring.credentials.SimpleCredential(IDENTITY, PASSWORD)
    monkeypatch.setattr(keyring, "get_credential", lambda service, _: kept)
    assert find_credentials({}) == Credentials(IDENTITY, PASSWORD)


@pytest.mark.parametrize("has_keyring", [True, False])
def test_without_an_account_it_says_how_to_give_one(
    monkeypatch: pytest.MonkeyPatch, has_keyring: bool
) -> None:
    def none(*_: object) -> None:
        if not has_keyring:
            raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "get_credential", none)
    with pytest.raises(SourceError, match="HOSHIMORI_SPACETRACK_IDENTITY"):
        find_credentials({"HOSHIMORI_SPACETRACK_IDENTITY": IDENTITY})


def test_a_question_names_an_object(spacetrack: SpaceTrack, server: Server) -> None:
    with pytest.raises(ValueError, match="at least one catalogue number"):
        spacetrack.gp([])
    assert server.requests == []
