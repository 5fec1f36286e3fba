"""A store that moves arrives whole and the same, however often it is broken off."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.store.test_boards import keep as keep_board
from tests.store.test_exercise_mark import MARK
from tests.store.test_journal import a_change, keep

from hoshimori.errors import StoreError
from hoshimori.model.access import Account, Audience, Role
from hoshimori.model.elements import COLUMNS, TEXT, ElementSets, concatenate
from hoshimori.model.objects import SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import open_boards, open_journal, open_store
from hoshimori.store.access import open_access
from hoshimori.store.migration_places import COMING
from hoshimori.workflows import store_migration
from hoshimori.workflows.store_migration import Migration, migrate_store

pytestmark = pytest.mark.xdist_group("postgres")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1000)
TABLES_OF_FACTS = 7


def made_sets(number: int, reality: Reality = Reality.REAL) -> ElementSets:
    chance = np.random.default_rng(number)
    rows = 40
    columns = {name: np.zeros(rows, dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = chance.integers(1, 20, rows)
    columns["object_name"] = np.array([f"名 {n % 7}" for n in range(rows)], dtype=TEXT)
    day, hour = np.timedelta64(1, "D"), np.timedelta64(1, "h")
    epoch = np.datetime64("2026-10-01", "us") + chance.integers(0, 40, rows) * 6 * hour
    columns["epoch_utc"] = epoch - (chance.random(rows) < 0.1) * 900 * day
    columns["known_utc"] = columns["epoch_utc"] + chance.integers(0, 9, rows) * hour
    columns["raan_deg"] = chance.integers(0, 3, rows) * 0.1 - 0.1
    provenance = Provenance(f"made {number}", f"{number:064d}", reality)
    return ElementSets(**columns, provenances=(provenance,))


def filled(folder: Path, *, exercise: bool = False) -> Path:
    """Make a store with something of everything."""
    reality = Reality.EXERCISE if exercise else Reality.REAL
    with open_store(folder, exercise=MARK if exercise else None) as store:
        for number in range(3):
            parts = [made_sets(number, reality), made_sets(number + 50, reality)]
            refused = tuple(Rejection("a", line, "EPOCH", "bad\0", b"\0\xff") for line in range(3))
            store.append(
                Reading(concatenate(parts), refused), payload=bytes([number]), source="made",
                received_utc=NOON + timedelta(days=number), reality=reality,
            )  # fmt: skip
            told = SpaceObject(number + 1, f"NAME {number}", mass_kg=0.1 * number)
            store.append_objects([told], source="s", known_utc=NOON + timedelta(days=number))
    if exercise:
        return folder
    with open_journal(folder) as journal, open_boards(folder) as boards:
        keep(journal, *(a_change(number) for number in range(5)))
        for view_id in "abc":
            keep_board(boards, view_id, 0)
        boards.thin(["b"], thinned_utc=NOON)
    with open_access(folder) as access, access.transaction():
        access.add_account(Account("sato", Role.ANALYST, Audience(), NOON, has_password=True), "x")
    (folder / "dossiers").mkdir()
    (folder / "dossiers" / "DOS-0123456789.zip").write_bytes(b"sealed")
    return folder


def agree(one: Path, other: Path) -> None:
    with open_store(one) as first, open_store(other) as second:
        assert first.receipts() == second.receipts()
        assert first.exercise == second.exercise
        assert len(first.rejections()) == len(second.rejections())
        for moment in (NOON - timedelta(days=20), NOON, LATER):
            ours, theirs = (s.history_of(None, as_known_at_utc=moment) for s in (first, second))
            assert ours.provenances == theirs.provenances
            for name in COLUMNS:
                assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name
            assert first.objects_as_known_at(moment) == second.objects_as_known_at(moment)


@pytest.fixture
def empty(postgres: Any, tmp_path: Path) -> Path:
    return postgres.place(postgres.fresh_database(), tmp_path / "doorsteps")


def test_there_and_back_again_is_the_same(empty: Path, tmp_path: Path) -> None:
    source = filled(tmp_path / "store")
    there = migrate_store(source, empty, most_rows=50)
    assert there.is_same
    assert {part.table: part.rows for part in there.tables}["boards.thinned"] == 1
    assert len(there.moments) == 4
    agree(source, empty)
    back = migrate_store(empty, tmp_path / "back", most_rows=33)
    assert back.is_same
    agree(source, tmp_path / "back")
    for place in (empty, tmp_path / "back"):
        with open_journal(place) as journal, open_boards(place) as boards:
            assert journal.check().entries == 5
            assert journal.check().problem is None
            assert [board.view_id for board in boards.of_audience("home")] == ["a", "c"]
            assert [board.view_id for board in boards.thinned("home")] == ["b"]
        with open_access(place) as access:
            assert access.password_digest("sato") == "x"
        assert (place / "dossiers" / "DOS-0123456789.zip").read_bytes() == b"sealed"
    assert not (tmp_path / "back" / COMING).exists()
    # What was migrated goes on as any store does, and is then no copy any more.
    with open_store(empty) as store:
        assert store.append(
            Reading(made_sets(99)), payload=b"new", source="made", received_utc=LATER
        ).new
    assert not migrate_store(source, empty).is_same


def test_an_exercise_stays_one(empty: Path, tmp_path: Path) -> None:
    source = filled(tmp_path / "store", exercise=True)
    assert migrate_store(source, empty).is_same
    agree(source, empty)
    with open_store(empty) as store:
        assert store.exercise == MARK


class _Killed(BaseException):
    pass


def test_broken_off_anywhere_it_goes_on_and_shows_nothing_before_it_is_whole(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = filled(tmp_path / "store"), empty
    monkeypatch.setattr(store_migration, "_MOMENTS", 1)
    last = 0

    def killed_at(step: int) -> Callable[[str], None]:
        steps = iter(range(step))

        def say(_: str) -> None:
            if next(steps, None) is None:
                raise _Killed

        return say

    done: Migration | None = None
    while done is None:
        last += 9
        try:
            done = migrate_store(source, target, most_rows=20, say=killed_at(last))
        except _Killed:
            refusal = "is not over|there is no store yet"
            with pytest.raises(StoreError, match=refusal):
                open_store(target, read_only=True).close()
            with pytest.raises(StoreError, match=r"is not over|there is no journal"):
                open_journal(target, create=False).close()
    assert done.is_same
    assert last > 9
    agree(source, target)


def test_what_differs_is_told_and_stays_closed(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = filled(tmp_path / "store")
    real = store_migration.digest_of

    def differing(tables: Any, table: str, most: int) -> str:
        return real(tables, table, most) + (str(id(tables)) if table == "labels" else "")

    monkeypatch.setattr(store_migration, "digest_of", differing)
    done = migrate_store(source, empty)
    assert [part.table for part in done.tables if not part.is_same] == ["labels"]
    with pytest.raises(StoreError, match="is not over"):
        open_store(empty)
    monkeypatch.undo()
    assert migrate_store(source, empty).is_same


def test_a_target_that_holds_something_is_left_alone(empty: Path, tmp_path: Path) -> None:
    source, other = tmp_path / "store", tmp_path / "other"
    open_store(source).close()
    with open_store(other) as store:
        store.append_objects([SpaceObject(7, "SEVEN")], source="s", known_utc=NOON)
    done = migrate_store(source, other)
    assert not done.is_same
    with open_store(other) as store:
        assert list(store.objects_as_known_at(LATER)) == [7]
    with pytest.raises(StoreError, match="both places are the same"):
        migrate_store(source, source)
    with pytest.raises(StoreError, match="there is no store yet"):
        migrate_store(tmp_path / "nowhere", empty)


def test_a_source_that_cannot_be_read_is_named(empty: Path, tmp_path: Path) -> None:
    source = tmp_path / "store"
    open_store(source).close()
    with closing(sqlite3.connect(source / "audit.sqlite")) as file, file:
        file.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="no audit of Hoshimori"):
        migrate_store(source, empty)
