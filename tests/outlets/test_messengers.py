"""Messages by mail and webhook against servers of the test's own; no address ever shows."""

from __future__ import annotations

import email
import email.policy
import json
import logging
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from hoshimori.outlets.messengers import (
    KEYRING_SERVICE,
    Address,
    Outcome,
    deliver,
    find_address,
    no_address_text,
    variable_of,
)

SECRET = "hunter2secret"
SUBJECT = "要確認: look now"
BODY = "first line\n\n   a notice 通報\n{{ app_id }} <b>& *stars*"


class Got:
    """What a server was sent."""

    def __init__(self) -> None:
        self.port = 0
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.mails: list[bytes] = []
        self.hold = threading.Event()


@pytest.fixture
def web() -> Iterator[Got]:
    got = Got()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.requests.append((self.path, dict(self.headers), body))
            if self.path.startswith("/silent"):
                got.hold.wait(20)
            status = int(self.path[1:4]) if self.path[1:4].isdigit() else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{got.port}/200")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    got.port = server.server_port
    yield from _served(server, got)


@pytest.fixture
def mail() -> Iterator[Got]:
    got = Got()

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 made\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    got.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                if word == b"QUIT":
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    got.port = server.server_address[1]
    yield from _served(server, got)


def _served(server: Any, got: Got) -> Iterator[Got]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield got
    got.hold.set()
    server.shutdown()
    server.server_close()


def sent(url: str, timeout_s: float = 5.0) -> Any:
    return deliver(Address(url), subject=SUBJECT, body=BODY, key="k1", timeout_s=timeout_s)


def test_a_webhook_gets_subject_body_and_key_as_they_are(web: Got) -> None:
    url = f"json://user:{SECRET}@127.0.0.1:{web.port}/200"
    assert sent(url).outcome is Outcome.TAKEN
    ((path, headers, body),) = web.requests
    assert path == "/200"
    assert headers["Idempotency-Key"] == "k1"
    assert headers["User-Agent"] == "Hoshimori"
    document = json.loads(body)
    assert (document["title"], document["message"]) == (SUBJECT, BODY)
    assert b"http" not in body


def test_a_mail_is_plain_text_with_its_key_and_nothing_slips_into_its_head(mail: Got) -> None:
    url = f"mailto://127.0.0.1:{mail.port}/?from=watch@example.org&to=duty@example.org"
    delivered = deliver(
        Address(url + "&mode=insecure"),
        subject=SUBJECT + "\nX-Evil: 1",
        body=BODY,
        key="k2",
        timeout_s=5.0,
    )
    assert delivered.outcome is Outcome.TAKEN
    message = email.message_from_bytes(mail.mails[0], policy=email.policy.default)
    assert message["Idempotency-Key"] == "k2"
    assert message["To"] == "duty@example.org"
    assert message["X-Evil"] is None
    assert str(message["Subject"]).startswith(SUBJECT)
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n").rstrip("\n") == BODY


@pytest.mark.parametrize("status", ["500", "403", "302", "404"])
def test_what_is_refused_is_told_with_its_status_and_not_raised(web: Got, status: str) -> None:
    delivered = sent(f"json://user:{SECRET}@127.0.0.1:{web.port}/{status}")
    assert delivered.outcome is Outcome.NOT_TAKEN
    assert delivered.problem == f"it was refused (HTTP status {status})"
    # A redirect leads nowhere: the message stays where it was meant to go.
    assert [path for path, _, _ in web.requests] == [f"/{status}"]


def test_a_silent_channel_is_not_waited_for_longer_than_the_timeout(web: Got) -> None:
    delivered = sent(f"json://user:{SECRET}@127.0.0.1:{web.port}/silent", timeout_s=0.2)
    assert delivered.outcome is Outcome.NO_ANSWER
    assert delivered.problem == "it could not be reached, or did not answer"


@pytest.mark.parametrize(
    "url",
    [
        f"json://user:{SECRET}@127.0.0.1:1/x",
        f"mailto://127.0.0.1:1/?from=a@example.org&to=b@example.org&pass={SECRET}",
    ],
)
def test_what_cannot_be_reached_is_told(url: str) -> None:
    assert sent(url, timeout_s=0.5).outcome is Outcome.NO_ANSWER


@pytest.mark.parametrize(
    "url", [f"nonsense://{SECRET}", SECRET, "slack://", "://", f"json://:{SECRET}@"]
)
def test_an_address_that_nobody_understands_is_told_without_it(url: str) -> None:
    delivered = sent(url, timeout_s=0.5)
    assert delivered.outcome is Outcome.NOT_TAKEN
    assert delivered.problem == "its address is not understood"


def test_no_address_is_printed_or_logged(
    web: Got, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        urls = (
            f"json://user:{SECRET}@127.0.0.1:{web.port}/500",
            f"json://user:{SECRET}@127.0.0.1:1/",
            f"nonsense://{SECRET}",
            f"slack://{SECRET}",
        )
        shown = [str(sent(url, timeout_s=0.5)) for url in urls]
    streams = capfd.readouterr()
    everything = " ".join((*shown, streams.out, streams.err, caplog.text))
    assert SECRET not in everything
    assert SECRET not in repr(Address(SECRET))


def test_an_address_comes_from_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {(KEYRING_SERVICE, "duty-night"): "json://of-the-keyring"}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: kept.get((service, name)))
    environment = {variable_of("duty-night"): " json://of-the-environment "}
    found = find_address("duty-night", environment)
    assert found is not None
    assert found.url == "json://of-the-environment"
    kept_one = find_address("duty-night", {})
    assert kept_one is not None
    assert kept_one.url == "json://of-the-keyring"
    assert find_address("chief", {}) is None


def test_without_a_keyring_there_is_just_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(service: str, name: str) -> str:
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "get_password", none)
    assert find_address("duty", {}) is None
    assert "HOSHIMORI_CHANNEL_DUTY" in no_address_text("duty")
    assert "keyring set hoshimori-channels duty" in no_address_text("duty")


def test_files_of_the_rules_hold_no_addresses() -> None:
    page = Path(__file__).parents[2] / "src" / "hoshimori" / "workflows" / "alert_rules.toml"
    assert "://" not in page.read_text(encoding="utf-8")
