"""The audit: append-only, chained, private; any change of any byte that matters shows."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import StoreError
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.model.journal import ChainBreak
from hoshimori.store.access import open_access
from hoshimori.store.audit import FILE_NAME, open_audit

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.builds(
    AuditEntry, st.integers(0, 10**9).map(lambda s: NOON + timedelta(microseconds=s)),
    st.sampled_from(AuditKind), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS,
)  # fmt: skip


def an_entry(number: int) -> AuditEntry:
    return AuditEntry(NOON, AuditKind.ASKED, f"who-{number}", "POST /x", "viewer", "home", "::1")


@settings(max_examples=30, deadline=None)  # each entry waits for the disk
@given(st.lists(ENTRIES, max_size=5))
def test_entries_are_read_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, entries: list[AuditEntry]
) -> None:
    with open_audit(tmp_path_factory.mktemp("audit")) as audit:
        for entry in entries:
            audit.append(entry)
        assert audit.newest(100) == tuple(entries)
        assert audit.newest(2) == tuple(entries[-2:])
        assert audit.check().entries == len(entries)
        assert audit.check().problem is None


def written(folder: Path) -> Path:
    with open_audit(folder) as audit:
        for number in range(5):
            audit.append(an_entry(number))
    return folder / FILE_NAME


@pytest.mark.parametrize(
    ("statement", "problem", "at"),
    [
        ("UPDATE entries SET who = 'other' WHERE seq = 3", ChainBreak.ALTERED, 3),
        ("UPDATE entries SET kind = 'refused' WHERE seq = 1", ChainBreak.ALTERED, 1),
        ("UPDATE entries SET body = replace(body, 'POST', 'GET')", ChainBreak.ALTERED, 1),
        ("UPDATE entries SET recorded_utc = '2020' WHERE seq = 5", ChainBreak.ALTERED, 5),
        ("DELETE FROM entries WHERE seq = 2", ChainBreak.MISSING, 3),
        ("UPDATE entries SET previous_sha256 = sha256 WHERE seq = 4", ChainBreak.RELINKED, 4),
    ],
)
def test_what_is_altered_past_the_triggers_shows_where(
    tmp_path: Path, statement: str, problem: ChainBreak, at: int
) -> None:
    connection = sqlite3.connect(written(tmp_path))
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        connection.execute(statement)
    connection.execute("DROP TRIGGER never_changed")
    connection.execute("DROP TRIGGER never_deleted")
    connection.execute(statement)
    connection.commit()
    connection.close()
    with open_audit(tmp_path) as audit:
        assert (audit.check().problem, audit.check().broken_at) == (problem, at)


def test_a_cut_end_shows_to_who_kept_the_head(tmp_path: Path) -> None:
    with open_audit(tmp_path) as audit:
        audit.append(an_entry(1))
        head = audit.check().head_sha256
        audit.append(an_entry(2))
        assert audit.check().head_sha256 != head


def test_nobody_else_can_read_it_and_no_other_file_is_taken_for_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    with open_access(tmp_path) as other:
        pass
    other.path.rename(path)
    with pytest.raises(StoreError, match="no audit of Hoshimori"), open_audit(tmp_path):
        pass
    with pytest.raises(StoreError, match="there is no audit yet"):
        open_audit(tmp_path / "new", create=False)


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    with open_audit(tmp_path) as one, open_audit(tmp_path) as other:
        for number in range(10):
            (one if number % 2 else other).append(replace(an_entry(number), why="x"))
        assert one.check().entries == 10
        assert other.check().problem is None
