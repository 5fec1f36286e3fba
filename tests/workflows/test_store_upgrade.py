"""An older store is upgraded after a checked copy, all or nothing by file, and can go back."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from hoshimori.errors import StoreError
from hoshimori.model.store_versions import FileVersion
from hoshimori.settings import Settings
from hoshimori.store import open_journal, open_store, versions
from hoshimori.store.schema import MIGRATIONS
from hoshimori.store.small_database import SmallForm, open_small
from hoshimori.store.versions import SMALL_FORMS, file_versions, upgrade_files
from hoshimori.workflows import store_upgrade
from hoshimori.workflows.running import RunFile, kept_run_file
from hoshimori.workflows.store_upgrade import (
    last_upgrade,
    roll_back_store,
    store_versions,
    upgrade_store,
)

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
MADE = Path(__file__).parents[1] / "store" / "version_1"
CERTIFICATE = json.loads((MADE / "metadata.json").read_text())
NOTES_1 = SmallForm(
    "notes.sqlite", "notebook", 0x484E4F54, 1, "CREATE TABLE notes (text TEXT) STRICT;\n", "made"
)
NOTES_2 = replace(NOTES_1, version=2, upgrades=("ALTER TABLE notes ADD COLUMN by TEXT;\n",))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as version 1 wrote it, with a journal beside it."""
    content = gzip.decompress((MADE / "facts.duckdb.gz").read_bytes())
    assert hashlib.sha256(content).hexdigest() == CERTIFICATE["sha256"]
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "facts.duckdb").write_bytes(content)
    open_journal(folder).close()
    return folder


def content_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_an_older_store_is_refused_and_left_as_it_was(old: Path) -> None:
    before = content_of(old)
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"version 1, this one writes \d.*store upgrade"):
            open_store(old, read_only=read_only)
    assert content_of(old) == before
    assert store_versions(Settings(), old) == (
        FileVersion("facts.duckdb", 1, len(MIGRATIONS)),
        FileVersion("journal.sqlite", 1, 1),
    )


def test_a_store_is_upgraded_after_a_checked_copy_and_goes_back_to_it(
    old: Path, tmp_path: Path
) -> None:
    before = content_of(old)
    done = upgrade_store(Settings(), old, None, NOON)
    assert done is not None
    assert Path(done.copy).parent == tmp_path / "store-before-upgrades"
    with open_store(old) as store:
        held = store.history_of(None, as_known_at_utc=LATER)
        assert len(held) == CERTIFICATE["element_sets"]
        assert set(held.object_name) == {f"MADE {n}" for n in range(1, 11)}
        assert [r.problem for r in store.rejections()] == ["no such day"]
    assert upgrade_store(Settings(), old, None, NOON) is None

    back = roll_back_store(Settings(), old, NOON)
    assert back.later_receipts == 0
    assert store_versions(Settings(), old)[0].version == 1
    with duckdb.connect(old / "facts.duckdb", read_only=True) as ours:
        found = ours.execute("SELECT count(*), min(epoch_utc) FROM element_sets").fetchall()
    assert found == [(CERTIFICATE["element_sets"], datetime(2026, 11, 1))]  # noqa: DTZ001
    assert content_of(old).keys() == before.keys()
    with open_store(back.aside) as store:
        assert len(store.receipts()) == 1


def test_what_came_after_the_copy_is_counted_when_going_back(old: Path) -> None:
    upgrade_store(Settings(), old, None, NOON)
    with duckdb.connect(old / "facts.duckdb") as facts:
        facts.execute("INSERT INTO receipts SELECT * FROM receipts")
    assert roll_back_store(Settings(), old, NOON).later_receipts == 1


def test_an_upgrade_that_is_broken_off_goes_on_with_the_copy_of_its_beginning(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(store_upgrade, "upgrade_files", _killed)
        with pytest.raises(KeyboardInterrupt):
            upgrade_store(Settings(), old, None, NOON)
    begun = last_upgrade(old)
    assert begun is not None
    assert begun.ended_utc is None
    assert store_versions(Settings(), old)[0].is_older
    done = upgrade_store(Settings(), old, None, NOON + timedelta(hours=1))
    assert done is not None
    assert done.copy == begun.copy
    assert not any(one.is_older for one in store_versions(Settings(), old))


def _killed(folder: Path) -> None:
    raise KeyboardInterrupt


def test_nothing_is_upgraded_without_a_whole_copy(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(store_upgrade, "upgrade_files", _killed)
        with pytest.raises(KeyboardInterrupt):
            upgrade_store(Settings(), old, None, NOON)
    begun = last_upgrade(old)
    assert begun is not None
    (Path(begun.copy) / "store" / "facts.duckdb").write_bytes(b"x")
    for step in (upgrade_store, roll_back_store):
        before = content_of(old)
        with pytest.raises(StoreError, match="the copy from before the upgrade is not whole"):
            _run(step, old)
        assert content_of(old) == before


def _run(step: Callable[..., object], folder: Path) -> None:
    if step is upgrade_store:
        upgrade_store(Settings(), folder, None, NOON)
    else:
        roll_back_store(Settings(), folder, NOON)


def test_a_newer_file_and_a_running_server_are_left_alone(old: Path) -> None:
    with (
        kept_run_file(old, replace(RunFile.here("http://127.0.0.1:9"), pid=os.getpid())),
        pytest.raises(StoreError, match=r"keeps .*: stop it first"),
    ):
        upgrade_store(Settings(), old, None, NOON)
    with contextlib.closing(sqlite3.connect(old / "journal.sqlite")) as journal:
        journal.execute("PRAGMA user_version = 9000")
    with pytest.raises(StoreError, match=r"a newer Hoshimori wrote it \(version 9000"):
        upgrade_store(Settings(), old, None, NOON)
    assert store_versions(Settings(), old)[0].version == 1


def test_without_an_upgrade_there_is_no_way_back(old: Path) -> None:
    with pytest.raises(StoreError, match="was not upgraded"):
        roll_back_store(Settings(), old, NOON)


def test_small_files_are_upgraded_by_their_own_steps(tmp_path: Path) -> None:
    notes, path = open_small(tmp_path, NOTES_1, create=True, wait_s=1.0)
    with contextlib.closing(notes), notes.explained() as connection:
        connection.execute("INSERT INTO notes VALUES ('kept')")
    with pytest.raises(StoreError, match=r"older Hoshimori wrote this notebook \(version 1"):
        open_small(tmp_path, NOTES_2, create=False, wait_s=1.0)
    assert file_versions(tmp_path, (NOTES_2,)) == (FileVersion(path.name, 1, 2),)
    upgrade_files(tmp_path, (NOTES_2,))
    upgrade_files(tmp_path, (NOTES_2,))
    notes, _ = open_small(tmp_path, NOTES_2, create=False, wait_s=1.0)
    with contextlib.closing(notes), notes.explained() as connection:
        assert connection.execute("SELECT * FROM notes").fetchall() == [("kept", None)]


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    open_small(tmp_path, NOTES_1, create=True, wait_s=1.0)[0].close()
    broken = replace(
        NOTES_2, upgrades=("CREATE TABLE half (x TEXT);\nDROP TABLE no_such_table;\n",)
    )
    with pytest.raises(StoreError, match="no_such_table"):
        upgrade_files(tmp_path, (broken,))
    notes, _ = open_small(tmp_path, NOTES_1, create=False, wait_s=1.0)
    with contextlib.closing(notes), notes.explained() as connection:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    assert tables == 1


def test_every_kind_of_small_file_can_be_upgraded() -> None:
    modules = [
        path.read_text(encoding="utf-8") for path in Path(versions.__file__).parent.glob("*.py")
    ]
    assert len(SMALL_FORMS) == sum(text.count("\nFORM = SmallForm(") for text in modules)
    assert len({form.file_name for form in SMALL_FORMS}) == len(SMALL_FORMS)
