"""The store that a command opens: its own file, that of a server here, or an organisation's."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.errors import SettingsError, SourceError, StoreError
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.moments import as_datetime
from hoshimori.settings import Settings, settings_from
from hoshimori.store import Store, StoreContract
from hoshimori.store.remote import RemoteStore
from hoshimori.workflows import stores
from hoshimori.workflows.ingest import BY_CATALOGUE, ingest_payload
from hoshimori.workflows.running import RunFile, kept_run_file
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.stores import newest_sky, opened_store, sky_of_store

AS_OF = np.datetime64("2026-11-01T12:00:00", "us")


def bring(store: StoreContract) -> None:
    """Ingest a small made sky."""
    payload = write_omm_csv(made_sky(seed=1, objects=200, as_of_utc=AS_OF).parts[0])
    done = ingest_payload(
        store, payload, source="made.csv", received_utc=AS_OF, known_at=BY_CATALOGUE
    )
    assert done.counts.new == done.records


@pytest.fixture(autouse=True)
def _no_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOSHIMORI_SERVER", raising=False)
    monkeypatch.delenv("HOSHIMORI_KEY", raising=False)


@pytest.fixture
def no_source_answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No network; which sources were asked."""
    asked: list[str] = []

    def refuse(store: StoreContract, source: str, settings: Settings) -> None:
        asked.append(source)
        raise SourceError(f"{source} could not be reached")

    monkeypatch.setattr(stores, "fetch_newest", refuse)
    return asked


def sky_of(store: StoreContract, as_of_utc: np.datetime64 | None = None) -> Any:
    return newest_sky(
        store, Settings(), source=None, as_of_utc=as_of_utc, fallback_seed=1, history_days=45.0
    )


def test_without_a_server_the_file_is_opened(tmp_path: Path) -> None:
    with opened_store(Settings(), tmp_path) as store:
        assert isinstance(store, Store)
        assert store.server == ""


def test_beside_a_server_its_facts_are_the_sky_and_no_source_is_asked(
    fact_server: Any, tmp_path: Path, no_source_answers: list[str]
) -> None:
    run = RunFile(fact_server.address, "home", os.getpid())
    with (
        fact_server.floor(tmp_path),
        kept_run_file(tmp_path, run),
        opened_store(Settings(), tmp_path) as store,
    ):
        assert isinstance(store, RemoteStore)
        bring(store)
        beside = sky_of(store)
    assert no_source_answers == []
    assert beside.origin.startswith(f"the server at {fact_server.address}: 200 objects")
    with opened_store(Settings(), tmp_path) as store:
        own = sky_of(store)
    assert no_source_answers == ["celestrak"]
    assert own.origin.startswith("the store: 200 objects")
    for one, other in zip(beside.parts, own.parts, strict=True):
        assert one.norad_id.tolist() == other.norad_id.tolist()
        assert one.epoch_utc.tolist() == other.epoch_utc.tolist()
        assert one.provenances == other.provenances


def test_a_server_that_has_nothing_shows_the_made_sky(
    fact_server: Any, tmp_path: Path, no_source_answers: list[str]
) -> None:
    run = RunFile(fact_server.address, "home", os.getpid())
    with (
        fact_server.floor(tmp_path),
        kept_run_file(tmp_path, run),
        opened_store(Settings(), tmp_path) as store,
    ):
        assert sky_of(store).story
    assert no_source_answers == []


def test_a_file_left_by_a_killed_server_is_passed_over(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    run = RunFile(f"http://127.0.0.1:{port}", "token", os.getpid())  # the number lives again
    with kept_run_file(tmp_path, run), opened_store(Settings(), tmp_path) as store:
        assert isinstance(store, Store)


def test_a_server_that_keeps_the_file_and_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(folder: Path) -> Store:
        raise StoreError("another Hoshimori process has the store open")

    monkeypatch.setattr(stores, "open_store", locked)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    run = RunFile(f"http://127.0.0.1:{port}", "token", os.getpid())
    with (
        kept_run_file(tmp_path, run),
        pytest.raises(StoreError, match=rf"127\.0\.0\.1:{port} \(pid {os.getpid()}\) does not"),
    ):
        opened_store(Settings(), tmp_path)


def test_an_organisations_server_stands_in_place_of_a_folder(
    fact_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSHIMORI_KEY", "reader")
    tree = settings_from({"store": {"server": fact_server.address}}, origin="test")
    with fact_server.floor(tmp_path / "theirs") as floor:
        with floor.writing() as store:
            bring(store)
        with opened_store(tree) as store:
            assert len(store.newest_as_known_at(stores.as_datetime(AS_OF))) == 200
            with pytest.raises(StoreError, match="may not ingest"):
                bring(store)
        with opened_store(tree, tmp_path / "own") as store:
            assert isinstance(store, Store), "a folder that is named comes first"


def test_an_organisations_server_that_does_not_answer_is_no_reason_to_look_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("HOSHIMORI_SERVER", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("HOSHIMORI_KEY", "key")
    with pytest.raises(StoreError, match="no server of Hoshimori answers"):
        opened_store(Settings())


def test_an_organisations_server_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.get_password", lambda service, name: None)
    monkeypatch.setenv("HOSHIMORI_SERVER", "https://watch.example.org")
    with pytest.raises(SettingsError, match="HOSHIMORI_KEY"):
        opened_store(Settings())


@pytest.mark.parametrize("days", [0.01, 2.0, 45.0])
def test_each_element_set_is_in_the_sky_once_and_the_newest_of_each_object(
    tmp_path: Path, days: float
) -> None:
    with opened_store(Settings(), tmp_path) as store:
        bring(store)
        sky = sky_of_store(store, as_of_utc=AS_OF, history_days=days)
        newest = store.newest_as_known_at(as_datetime(AS_OF))
    assert sky is not None
    picture = sky.picture(assets=(), days_ahead=1.0)
    keys = list(zip(picture.history.norad_id, picture.history.epoch_utc, strict=True))
    assert len(set(keys)) == len(keys)
    last = picture.history.newest()
    assert last.norad_id.tolist() == newest.norad_id.tolist()
    assert last.epoch_utc.tolist() == newest.epoch_utc.tolist()
