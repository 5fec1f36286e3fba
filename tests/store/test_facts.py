"""Stores of this process: failed appends leave nothing, threads share it, partners see a part."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from hoshimori.errors import StoreError
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import IngestCounts, OwnStore, open_store

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1000)
EVER = NOON - timedelta(days=10_000)

MakeSets = Callable[..., ElementSets]
Take = Callable[..., IngestCounts]


@pytest.fixture
def store(fresh_place: Callable[[], Path]) -> Iterator[OwnStore]:
    with open_store(fresh_place()) as opened:
        yield opened


def everything(folder: Path) -> dict[str, list[object]]:
    """Return every row of every table, to see that nothing changed."""
    with duckdb.connect(folder / "facts.duckdb", read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return {name: connection.execute(f"FROM {name}").fetchall() for (name,) in tables}


def test_the_same_payload_again_changes_nothing(
    tmp_path: Path, make_sets: MakeSets, take: Take
) -> None:
    refused = Rejection("a.csv", 3, "EPOCH", "not a moment", b"bad,\xff\x00row")
    reading = Reading(make_sets([1, 2, 2], [0.0, 0.0, 0.0]), (refused,))
    seen = []
    for _ in range(2):
        with open_store(tmp_path) as store:
            counts = store.append(reading, payload=b"bytes", source="made", received_utc=NOON)
            seen.append((counts, store.rejections(), store.receipts()))
        seen.append(everything(tmp_path))
    assert seen[0][0] == IngestCounts(new=2, duplicate=1, rejected=1)
    assert seen[2][0] == IngestCounts(new=0, duplicate=3, rejected=1)
    assert seen[1] == seen[3]
    assert seen[0][1] == seen[2][1] == (refused,)


def test_a_failed_append_leaves_no_trace(
    store: OwnStore, make_sets: MakeSets, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("receipts", "postgresql.receipt_rows"):
        monkeypatch.setattr(
            f"hoshimori.store.{room}.append", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
    with pytest.raises(KeyboardInterrupt):
        take(store, make_sets([1], [0.0]))
    monkeypatch.undo()
    assert len(store.history_of(None, as_known_at_utc=LATER)) == 0
    assert take(store, make_sets([1], [0.0])).new == 1


def test_reading_only_refuses_to_append(tmp_path: Path, make_sets: MakeSets, take: Take) -> None:
    open_store(tmp_path).close()
    with (
        open_store(tmp_path, read_only=True) as store,
        pytest.raises(StoreError, match="read-only"),
    ):
        take(store, make_sets([1], [0.0]))


def public(provenance: Provenance) -> bool:
    return provenance.source == "public"


def test_who_may_see_only_some_bytes_gets_the_newest_of_those(
    store: OwnStore, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([1, 2], [0.0, 0.0], source="public"))
    take(store, make_sets([1, 3], [1.0, 1.0], source="secret"))
    seen = store.newest_as_known_at(LATER, permits=public)
    assert seen.norad_id.tolist() == [1, 2]
    assert {p.source for p in seen.provenances} == {"public"}
    assert seen.epoch_utc[0] == np.datetime64("2026-11-01T12:00:00")
    page = store.history_page(
        None, as_known_at_utc=LATER, since_utc=EVER, after=0, most_rows=9, permits=public
    )
    assert page.element_sets.norad_id.tolist() == [1, 2]
    nothing = store.newest_as_known_at(LATER, permits=lambda provenance: False)
    assert (len(nothing), nothing.provenances) == (0, ())


def test_a_fact_known_earlier_by_hidden_bytes_shows_when_it_was_known_publicly(
    store: OwnStore, make_sets: MakeSets, take: Take
) -> None:
    take(store, make_sets([1], [0.0], [5.0], source="public"))
    take(store, make_sets([1], [0.0], [1.0], source="secret"))
    at_day_2 = NOON + timedelta(days=2)
    assert len(store.newest_as_known_at(at_day_2)) == 1
    assert len(store.newest_as_known_at(at_day_2, permits=public)) == 0
    assert len(store.newest_as_known_at(LATER, permits=public)) == 1


def test_what_a_hidden_source_says_of_an_object_is_not_told(store: OwnStore) -> None:
    store.append_objects([SpaceObject(1, "ONE", owner="US")], source="public", known_utc=NOON)
    told = SpaceObject(1, "SECRET NAME", mass_kg=3.0)
    store.append_objects([told, SpaceObject(2, "TWO")], source="secret", known_utc=NOON)
    seen = store.objects_as_known_at(LATER, permits=lambda source: source == "public")
    assert seen == {1: SpaceObject(1, "ONE", owner="US", sources=("public",))}


@pytest.mark.parametrize("most_rows", [1, 2, 3, 100])
def test_pages_of_whole_objects_are_together_the_history(
    store: OwnStore, make_sets: MakeSets, take: Take, most_rows: int
) -> None:
    take(store, make_sets([5, 1, 3, 3, 9, 9, 9], [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 2.0]))
    after: int | None = 0
    pages = []
    while after is not None:
        page = store.history_page(
            [1, 3, 9], as_known_at_utc=LATER, since_utc=EVER, after=after, most_rows=most_rows
        )
        pages.append(page.element_sets)
        after = page.next_after
    together = concatenate(pages)
    whole = store.history_of([1, 3, 9], as_known_at_utc=LATER)
    assert together.norad_id.tolist() == whole.norad_id.tolist() == [1, 3, 3, 9, 9, 9]
    assert together.epoch_utc.tolist() == whole.epoch_utc.tolist()
    assert all(len(p) <= max(most_rows, 3) for p in pages)
    assert len(pages) == {1: 3, 2: 3, 3: 2, 100: 1}[most_rows]


def test_threads_append_one_after_the_other_and_keep_each_fact_once(
    store: OwnStore, make_sets: MakeSets, take: Take
) -> None:
    rows = make_sets(list(range(1, 200)), [0.0] * 199)
    counts: list[IngestCounts] = []

    def bring() -> None:
        with store.beside() as mine:
            counts.append(take(mine, rows))

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(c.new for c in counts) == [0, 0, 0, 199]
    assert len(store.history_of(None, as_known_at_utc=LATER)) == 199
