"""CelesTrak is asked rarely, once, and not at all after a refusal."""

from __future__ import annotations

import gzip
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from hoshimori.errors import SourceError
from hoshimori.sources.celestrak import LINE, CelesTrak
from hoshimori.sources.polite import Line

CSV = b"OBJECT_NAME,OBJECT_ID,EPOCH\nISS (ZARYA),1998-067A,2026-11-23T03:00:00.000000\n"
NO_DATA = b"No GP data found\n"
PAGE = b"<!DOCTYPE html>\n<html><body>Service unavailable</body></html>"
TOO_SOON = b"GP data has not updated since your last successful download of GROUP=active."

Server = Any
Clock = Any


@pytest.fixture
def celestrak(tmp_path: Path, line: Line) -> Iterator[CelesTrak]:
    with CelesTrak(tmp_path, line) as source:
        yield source


def test_the_default_address_is_the_one_the_policy_asks_for() -> None:
    assert LINE.base_url == "https://celestrak.org"


def test_a_group_comes_as_omm_csv(celestrak: CelesTrak, server: Server, clock: Clock) -> None:
    server.answers(200, CSV)
    delivery = celestrak.group("active")
    assert server.requests == [("GET", "/NORAD/elements/gp.php?GROUP=active&FORMAT=CSV")]
    assert delivery.payload == CSV
    assert delivery.source == "celestrak"
    assert delivery.received_utc == clock.moment
    assert delivery.url.endswith("/NORAD/elements/gp.php?GROUP=active&FORMAT=CSV")
    assert server.headers[0]["accept-encoding"] == "gzip"
    assert server.headers[0]["user-agent"].startswith("hoshimori/")


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda c: c.catalogue_number(100_001), "/NORAD/elements/gp.php?CATNR=100001&FORMAT=CSV"),
        (lambda c: c.special("gpz-plus"), "/NORAD/elements/gp.php?SPECIAL=gpz-plus&FORMAT=CSV"),
        (
            lambda c: c.supplemental("starlink"),
            "/NORAD/elements/supplemental/sup-gp.php?FILE=starlink&FORMAT=CSV",
        ),
        (lambda c: c.satcat(), "/pub/satcat.csv"),
        (lambda c: c.group("a&b=c"), "/NORAD/elements/gp.php?GROUP=a%26b%3Dc&FORMAT=CSV"),
    ],
)
def test_each_question_has_its_address(
    celestrak: CelesTrak, server: Server, ask: Callable[[CelesTrak], object], path: str
) -> None:
    server.answers(200, CSV)
    ask(celestrak)
    assert server.requests == [("GET", path)]


def test_gzip_is_unpacked(celestrak: CelesTrak, server: Server) -> None:
    server.answers(200, gzip.compress(CSV), {"Content-Encoding": "gzip"})
    assert celestrak.group("active").payload == CSV


def test_within_two_hours_the_cache_answers(
    celestrak: CelesTrak, server: Server, clock: Clock, tmp_path: Path, line: Line
) -> None:
    server.answers(200, CSV)
    first = celestrak.group("active")
    clock.advance(hours=1, minutes=59)
    assert celestrak.group("active") == first
    with CelesTrak(tmp_path, line) as restarted:
        assert restarted.group("active") == first
    assert len(server.requests) == 1


def test_after_two_hours_it_asks_whether_there_is_news(
    celestrak: CelesTrak, server: Server, clock: Clock
) -> None:
    marks = {"ETag": '"abc"', "Last-Modified": "Mon, 23 Nov 2026 05:00:00 GMT"}
    server.answers(200, CSV, marks)
    first = celestrak.group("active")
    clock.advance(hours=2)
    server.answers(304)
    again = celestrak.group("active")
    assert server.headers[1]["if-none-match"] == '"abc"'
    assert server.headers[1]["if-modified-since"] == "Mon, 23 Nov 2026 05:00:00 GMT"
    assert again == first
    clock.advance(hours=1)
    assert celestrak.group("active") == first
    assert len(server.requests) == 2


def test_news_replaces_the_cache_and_sameness_keeps_its_first_moment(
    celestrak: CelesTrak, server: Server, clock: Clock
) -> None:
    server.answers(200, CSV)
    first = celestrak.group("active")
    clock.advance(hours=3)
    assert celestrak.group("active").received_utc == first.received_utc
    clock.advance(hours=3)
    server.answers(200, CSV + b"more")
    news = celestrak.group("active")
    assert news.payload == CSV + b"more"
    assert news.received_utc == clock.moment


def hang(server: Server) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: server.release.wait(5) and None


def drip(server: Server) -> Callable[[BaseHTTPRequestHandler], None]:
    """Send a byte now and then: never silent for long, never done."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.release.wait(0.1):
            try:
                handler.wfile.write(b"O")
            except OSError:
                return

    return behave


def truncate(_: Server) -> Callable[[BaseHTTPRequestHandler], None]:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(CSV)))
        handler.end_headers()
        handler.wfile.write(CSV[:40])

    return behave


def says(status: int, payload: bytes = b"", **headers: str) -> Callable[[Server], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server: server.answers(status, payload, named)


def behaves(
    behaviour: Callable[[Server], Callable[[BaseHTTPRequestHandler], None]],
) -> Callable[[Server], None]:
    return lambda server: setattr(server, "behaviour", behaviour(server))


BAD_DAYS = {
    "moved": (says(301, Location="https://celestrak.com/x"), r"301 .*celestrak\.com.*moved", 24),
    "forbidden": (says(403, TOO_SOON), r"403 Forbidden: GP data has not updated", 2),
    "no data": (
        says(404, NO_DATA),
        r"404 .*No GP data found \(nothing is there: check the name",
        2,
    ),
    "no data, once with 200": (says(200, NO_DATA), r"No GP data found", 2),
    "too many": (says(429), r"429 Too Many Requests", 2),
    "too many, wait 3 h": (says(429, Retry_After="10800"), r"429 Too Many Requests", 3),
    "broken": (says(500, b"oops\x1b[31m\n"), r"500 Internal Server Error: oops \[31m", 2),
    "overloaded": (says(503, gzip.compress(b"busy"), Content_Encoding="gzip"), r"503.*busy", 2),
    "hang": (behaves(hang), r"did not answer within 0.3 s", 2),
    "drip": (behaves(drip), r"did not finish its answer within 0.6 s", 2),
    "truncated": (behaves(truncate), r"broke off its answer", 2),
    "truncated gzip": (
        says(200, gzip.compress(CSV)[:-9], Content_Encoding="gzip"),
        r"gzip that is cut short",
        2,
    ),
    "damaged gzip": (says(200, b"not gzip", Content_Encoding="gzip"), r"damaged gzip", 2),
    "gzip bomb": (
        says(200, gzip.compress(bytes(10**6)), Content_Encoding="gzip"),
        r"cut short or too large",
        2,
    ),
    "other encoding": (says(200, CSV, Content_Encoding="br"), r"nobody asked for: 'br'", 2),
    "too large": (says(200, b"x" * 200_000), r"more than 100,000 bytes", 2),
    "web page": (says(200, PAGE), r"a web page instead of data", 2),
    "empty": (says(200, b" \n"), r"an empty answer", 2),
    "304 from nowhere": (says(304), r"304 Not Modified although nothing is held", 2),
}


@pytest.mark.parametrize("day", BAD_DAYS)
def test_on_a_bad_day_one_request_goes_out_and_the_human_is_told(
    day: str, celestrak: CelesTrak, server: Server, clock: Clock, tmp_path: Path, line: Line
) -> None:
    behave, told, hours = BAD_DAYS[day]
    behave(server)
    with pytest.raises(SourceError, match=told) as first:
        celestrak.group("active")
    until = clock.moment + timedelta(hours=hours)
    assert first.value.wait_until_utc == until
    assert f"until {until:%Y-%m-%d %H:%M} UTC" in str(first.value)
    server.release.set()
    server.answers(200, CSV)
    clock.advance(hours=hours, seconds=-1)
    with CelesTrak(tmp_path, line) as restarted:
        for ask in (celestrak.group, restarted.group, restarted.supplemental):
            with pytest.raises(SourceError, match=r"celestrak .*asked") as later:
                ask("active")
            assert later.value.wait_until_utc == until
    assert len(server.requests) == 1
    clock.advance(seconds=1)
    assert celestrak.group("active").payload == CSV
    assert len(server.requests) == 2


def test_no_network_is_no_refusal_but_no_storm_either(
    tmp_path: Path, clock: Clock, unused_port: int
) -> None:
    nowhere = Line(f"http://127.0.0.1:{unused_port}", clock, timeout_s=0.3)
    with CelesTrak(tmp_path, nowhere) as celestrak:
        with pytest.raises(SourceError, match="could not be reached") as told:
            celestrak.group("active")
        assert told.value.wait_until_utc == clock.moment + timedelta(minutes=5)


def test_what_is_fresh_in_the_cache_needs_no_answer_from_a_source_in_trouble(
    celestrak: CelesTrak, server: Server
) -> None:
    server.answers(200, CSV)
    celestrak.group("active")
    server.answers(500)
    with pytest.raises(SourceError, match="500"):
        celestrak.group("geo")
    assert celestrak.group("active").payload == CSV
    assert len(server.requests) == 2


def test_two_who_ask_at_once_send_one_request(server: Server, tmp_path: Path, line: Line) -> None:
    server.answers(200, CSV)
    outcomes: list[str] = []

    def ask() -> None:
        with CelesTrak(tmp_path, line) as celestrak:
            try:
                outcomes.append(celestrak.group("active").source)
            except SourceError as error:
                outcomes.append(str(error)[:19])

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.requests) == 1
    assert set(outcomes) <= {"celestrak", "celestrak was asked"}


def test_without_its_memory_nothing_is_asked(
    celestrak: CelesTrak, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "requests.sqlite").write_bytes(b"this is no database at all, not one bit" * 99)
    with pytest.raises(SourceError, match="move it aside and wait two hours"):
        celestrak.group("active")
    assert server.requests == []


def test_only_https_leaves_this_machine(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="only https"):
        CelesTrak(tmp_path, Line("http://celestrak.org"))


def test_the_memory_says_nothing_but_what_was_asked(
    celestrak: CelesTrak, server: Server, tmp_path: Path
) -> None:
    server.answers(200, CSV)
    celestrak.group("active")
    with sqlite3.connect(tmp_path / "requests.sqlite") as ledger:
        assert ledger.execute("SELECT source, subject FROM requests").fetchall() == [
            ("celestrak", "/NORAD/elements/gp.php?GROUP=active&FORMAT=CSV")
        ]
    ledger.close()
