"""A full disk loses nothing: what comes waits, in its order, until there is room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from hoshimori.errors import DiskFullError, StoreError
from hoshimori.store import Store, open_store
from hoshimori.workflows.floor_store import Delivered, FloorStore

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HEAD = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    "ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,"
    "ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
)


def catalogue(norad_id: int) -> Delivered:
    row = (
        f"MADE {norad_id},1958-002B,2026-10-31T12:00:00.000000,10.82419157,.1859667,34.2682,"
        f"348.7242,331.7664,19.3264,0,U,{norad_id},475,41366,.28098E-4,.23E-6,0"
    )
    return Delivered(f"made {norad_id}", f"{HEAD}\n{row}\n".encode(), NOW)


@pytest.fixture
def disk() -> SimpleNamespace:
    return SimpleNamespace(free_mib=10_000.0)


@pytest.fixture
def store(tmp_path: Path, disk: SimpleNamespace) -> Iterator[FloorStore]:
    opened = FloorStore(
        lambda: open_store(tmp_path),
        tmp_path,
        least_free_mib=500.0,
        most_waiting_mib=0.002,
        free=lambda folder: disk.free_mib,
    )
    yield opened
    opened.close()


def held(store: FloorStore) -> list[int]:
    with store.reading() as beside:
        return beside.newest_as_known_at(NOW).norad_id.tolist()


def test_what_comes_while_there_is_no_room_waits(store: FloorStore, disk: SimpleNamespace) -> None:
    assert store.keep(catalogue(1), NOW).counts.new == 1
    disk.free_mib = 499.0
    with pytest.raises(DiskFullError, match="made 2 waits for room"):
        store.keep(catalogue(2), NOW)
    assert held(store) == [1]
    state = store.disk()
    assert (state.is_full, state.waiting, state.since_utc) == (True, 1, NOW)
    assert store.keep_waiting(NOW) == ()
    disk.free_mib = 10_000.0
    with pytest.raises(DiskFullError):  # what waits goes first
        store.keep(catalogue(3), NOW)
    assert [one.source for one in store.keep_waiting(NOW)] == ["made 2", "made 3"]
    assert held(store) == [1, 2, 3]
    assert not store.disk().is_full


def test_more_than_memory_allows_is_refused_aloud(store: FloorStore, disk: SimpleNamespace) -> None:
    disk.free_mib = 0.0
    for number in range(1, 6):
        with pytest.raises(DiskFullError):
            store.keep(catalogue(number), NOW)
    with pytest.raises(StoreError, match="the disk is full and 0 MiB wait") as refused:
        store.keep(catalogue(6), NOW)
    assert not isinstance(refused.value, DiskFullError)


def test_a_write_that_finds_no_room_is_made_again(
    store: FloorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Store.append

    def full(*_: object, **__: object) -> None:
        raise StoreError("the store refused: FATAL Error: No space left on device")

    monkeypatch.setattr(Store, "append", full)
    with pytest.raises(DiskFullError):
        store.keep(catalogue(1), NOW)
    assert store.keep_waiting(NOW) == ()
    assert store.waits
    monkeypatch.setattr(Store, "append", append)
    assert len(store.keep_waiting(NOW)) == 1
    assert held(store) == [1]


def test_bytes_that_came_before_are_not_read_again(store: FloorStore) -> None:
    assert store.keep(catalogue(1), NOW).records == 1
    assert store.keep(catalogue(1), NOW).records == 0


def test_what_is_no_catalogue_is_refused_and_does_not_wait(store: FloorStore) -> None:
    ingested = store.keep(Delivered("a letter", b"Dear all,", NOW), NOW)
    assert ingested.problem
    assert not store.waits


def test_writers_that_find_no_room_are_told(store: FloorStore, disk: SimpleNamespace) -> None:
    with store.writing(NOW) as opened:
        assert opened.receipts() == ()
    disk.free_mib = 0.0
    with pytest.raises(DiskFullError), store.writing(NOW):
        pass
