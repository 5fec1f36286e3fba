"""A store that a server keeps: what goes wrong on the way is told, and nothing leaks."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hoshimori
from hoshimori.errors import StoreError
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store.connection import ServerLine
from hoshimori.store.remote import CONTRACT, open_remote_store
from hoshimori.workflows import fact_service

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1000)
PUBLIC, OWN = "celestrak", "own-file.csv"
"""Sources whose facts are marked TLP:CLEAR and TLP:AMBER by default."""

MakeSets = Callable[..., ElementSets]
Take = Callable[..., Any]
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextlib.contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """Serve one canned answer on a free port and give its address."""

    class Canned(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Canned) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def said(request: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def greeting(contract: int = CONTRACT) -> bytes:
    return f'{{"contract": {contract}, "version": "9.9"}}'.encode()


def test_a_large_history_comes_in_pages_and_whole(
    fact_server: Any, tmp_path: Path, make_sets: MakeSets, take: Take, monkeypatch: Any
) -> None:
    monkeypatch.setattr(fact_service, "MOST_ROWS", 90_000)
    ids = np.repeat(np.arange(1, 1001), 200)
    rows = make_sets(ids.tolist(), np.tile(np.arange(200.0), 1000).tolist())
    with fact_server.fresh_store(tmp_path) as store:
        assert take(store, rows).new == 200_000
        fact_server.asked.clear()
        found = store.history_of(None, as_known_at_utc=LATER)
        pages = len(fact_server.asked)
    assert found.norad_id.tolist() == ids.tolist()
    assert found.epoch_utc.tolist() == rows.epoch_utc.tolist()
    assert pages == 3


def test_more_objects_than_an_address_can_name_are_asked_for_in_parts(
    fact_server: Any, tmp_path: Path, make_sets: MakeSets, take: Take
) -> None:
    ids = list(range(900_000_001, 900_001_201))
    with fact_server.fresh_store(tmp_path) as store:
        take(store, make_sets([1, *ids], [0.0] * 1201))
        found = store.history_of(set(ids), as_known_at_utc=LATER)
        nothing = store.history_of([], as_known_at_utc=LATER)
    assert found.norad_id.tolist() == ids
    assert len(nothing) == 0


def test_a_partner_sees_what_it_may_and_brings_nothing(
    fact_server: Any, tmp_path: Path, make_sets: MakeSets, take: Take
) -> None:
    with fact_server.fresh_store(tmp_path) as house, fact_server.connect("partner") as partner:
        take(house, make_sets([1, 2], [0.0, 0.0], source=PUBLIC))
        take(house, make_sets([1, 3], [1.0, 1.0], source=OWN))
        house.append_objects([SpaceObject(1, "ONE")], source=PUBLIC, known_utc=NOON)
        house.append_objects([SpaceObject(1, "OURS")], source=OWN, known_utc=LATER)
        newest = partner.newest_as_known_at(LATER)
        history = partner.history_of(None, as_known_at_utc=LATER)
        assert newest.norad_id.tolist() == history.norad_id.tolist() == [1, 2]
        assert {p.source for p in (*newest.provenances, *history.provenances)} == {PUBLIC}
        assert partner.objects_as_known_at(LATER)[1].name == "ONE"
        assert [r.provenance.source for r in partner.receipts()] == [PUBLIC]
        with pytest.raises(StoreError, match="may not see-records"):
            partner.rejections()
        with pytest.raises(StoreError, match="may not ingest"):
            take(partner, make_sets([9], [0.0]))
        assert house.newest_as_known_at(LATER).norad_id.tolist() == [1, 2, 3]


def test_a_key_that_is_not_known_is_told_and_never_shown(fact_server: Any, tmp_path: Path) -> None:
    with fact_server.floor(tmp_path), pytest.raises(StoreError) as refused:
        open_remote_store(ServerLine(fact_server.address, "secret-key"))
    assert "the key is not known" in str(refused.value)
    assert "secret-key" not in repr(refused.value)
    assert "secret-key" not in repr(ServerLine(fact_server.address, "secret-key"))


def test_rows_of_other_bytes_than_were_read_are_refused_and_nothing_is_kept(
    fact_server: Any, tmp_path: Path, make_sets: MakeSets
) -> None:
    with fact_server.fresh_store(tmp_path) as store:
        with pytest.raises(StoreError, match="other bytes"):
            store.append(
                Reading(make_sets([1], [0.0])), payload=b"forged", source="made", received_utc=NOON
            )
        assert len(store.newest_as_known_at(LATER)) == 0
        assert store.receipts() == ()


def test_an_append_that_fails_in_the_server_leaves_no_trace(
    fact_server: Any, tmp_path: Path, make_sets: MakeSets, take: Take, monkeypatch: Any
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("made")

    with fact_server.fresh_store(tmp_path) as store:
        with monkeypatch.context() as patched:
            patched.setattr("hoshimori.store.receipts.append", fail)
            with pytest.raises(StoreError, match="the server failed at this"):
                take(store, make_sets([1], [0.0]))
        assert len(store.history_of(None, as_known_at_utc=LATER)) == 0
        assert take(store, make_sets([1], [0.0])).new == 1


def test_refused_records_come_back_with_their_bytes(fact_server: Any, tmp_path: Path) -> None:
    refused = Rejection("a.csv", 3, "EPOCH", "not a moment", b"bad,\xff\x00row")
    with fact_server.fresh_store(tmp_path) as store:
        reading = Reading(NO_ELEMENT_SETS, (refused,))
        store.append(reading, payload=b"made", source="a.csv", received_utc=NOON)
        assert store.rejections() == (refused,)
        (receipt,) = store.receipts()
    # SHA-256 of b"made", by `printf made | sha256sum`.
    digest = "ea0890697a77af0a2e054cccec587c8a42feb5cf38e778c6c6e2a96bfb945c0b"
    assert receipt.provenance == Provenance("a.csv", digest)
    assert (receipt.byte_count, receipt.received_utc) == (4, NOON)


def test_where_nobody_answers_there_is_no_store() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert open_remote_store(ServerLine(f"http://127.0.0.1:{port}", "key")) is None


def test_a_server_of_another_contract_is_told_with_both_versions() -> None:
    with (
        answering(lambda request: said(request, 200, greeting(CONTRACT + 1))) as address,
        pytest.raises(StoreError, match=rf"runs Hoshimori 9\.9, this is {hoshimori.__version__}"),
    ):
        open_remote_store(ServerLine(address, "key"))


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"name": "another program"}'])
@pytest.mark.parametrize("status", [200, 404])
def test_another_program_at_the_address_is_no_store(body: bytes, status: int) -> None:
    with answering(lambda request: said(request, status, body)) as address:
        assert open_remote_store(ServerLine(address, "key")) is None


def test_a_question_is_asked_again_where_the_line_breaks_and_an_append_is_not() -> None:
    asked: list[str] = []

    def broken(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.command)
        if len(asked) == 1:
            said(request, 200, greeting())
            return
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"\xff")

    with answering(broken) as address:
        store = open_remote_store(ServerLine(address, "key"))
        assert store is not None
        with store:
            with pytest.raises(StoreError, match="broke off"):
                store.receipts()
            assert asked == ["GET"] * 4
            with pytest.raises(StoreError, match="is not known: send it again"):
                store.append(Reading(NO_ELEMENT_SETS), payload=b"", source="", received_utc=NOON)
            assert asked == ["GET"] * 4 + ["POST"]


def test_silence_is_waited_for_so_long_and_no_longer() -> None:
    ended = threading.Event()

    def silent(request: BaseHTTPRequestHandler) -> None:
        if request.path.endswith("/facts"):
            said(request, 200, greeting())
        else:
            ended.wait(30.0)

    with answering(silent) as address:
        store = open_remote_store(ServerLine(address, "key", silence_s=0.2))
        assert store is not None
        with store, pytest.raises(StoreError, match=r"said nothing for 0\.2 s"):
            store.receipts()
        ended.set()


def test_what_cannot_be_read_is_told() -> None:
    def odd(request: BaseHTTPRequestHandler) -> None:
        said(request, 200, greeting() if request.path.endswith("/facts") else b'{"receipts": [1]}')

    with answering(odd) as address:
        store = open_remote_store(ServerLine(address, "key"))
        assert store is not None
        with store:
            with pytest.raises(StoreError, match="cannot be read"):
                store.receipts()
            with pytest.raises(StoreError, match="cannot be read"):
                store.newest_as_known_at(NOON)


@pytest.mark.parametrize("address", ["http://watch.example.org", "ftp://127.0.0.1", "watch"])
def test_keys_go_over_the_network_by_https_alone(address: str) -> None:
    with pytest.raises(StoreError, match="https"):
        open_remote_store(ServerLine(address, "key"))
