"""The journal: what became of incidents and what people decided; written once, never changed.

SQLite, because several processes write small things. Each entry holds the digest of the one before
it, so that a change of any entry shows at that entry.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from hoshimori.errors import StoreError
from hoshimori.model.incident_life import Change, Life
from hoshimori.model.journal import ChainBreak, ChainCheck, RecordedDecision
from hoshimori.store.journal_json import (
    canonical,
    change_from,
    change_json,
    decision_from,
    decision_json,
    utc_text,
)

FILE_NAME = "journal.sqlite"
VERSION = 1
_OURS = 0x484F5348  # "HOSH"
_FIRST = "0" * 64
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

_TABLES = f"""
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    recorded_utc TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'decision')),
    incident_id TEXT NOT NULL,
    body TEXT NOT NULL,
    previous_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX entries_of_incidents ON entries (kind, incident_id, seq);
CREATE VIEW incident_changes AS SELECT * FROM entries WHERE kind = 'change';
CREATE VIEW decisions AS SELECT * FROM entries WHERE kind = 'decision';
CREATE TRIGGER never_changed BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER never_deleted BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER only_at_the_end BEFORE INSERT ON entries
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    OR new.previous_sha256 IS NOT coalesce(
        (SELECT sha256 FROM entries ORDER BY seq DESC LIMIT 1), '{_FIRST}')
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
PRAGMA application_id = {_OURS};
PRAGMA user_version = {VERSION};
"""

_NEWEST_CHANGES = """
SELECT body FROM entries WHERE seq IN (
    SELECT max(seq) FROM entries WHERE kind = 'change' GROUP BY incident_id
) ORDER BY incident_id
"""


def open_journal(folder: Path, *, create: bool = True, wait_s: float = 10.0) -> Journal:
    """Open the journal in a folder, where asked creating one; close it after use.

    Raises:
        StoreError: there is none, it is damaged, no journal of Hoshimori or one of a newer
            version, or another process writes to it for longer than `wait_s`.
    """
    path = folder / FILE_NAME
    with _explained(path):
        if not create and not path.exists():
            raise StoreError("there is no journal yet; `hoshimori watch` over the store begins one")
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=wait_s, isolation_level=None)
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    return Journal(connection, path)


class Journal:
    """An open journal.

    Methods raise StoreError where the file is damaged or busy. What a transaction appends is kept
    as a whole once it ends, and not at all where it is killed before.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Let nobody else write between what is read and what is appended inside."""
        with _explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        with _explained(self.path):
            self._connection.execute("COMMIT")

    def lives(self) -> dict[str, Life]:
        """Return every incident as of its last change, by id."""
        with _explained(self.path):
            rows = self._connection.execute(_NEWEST_CHANGES).fetchall()
            lives = [change_from(body).life for (body,) in rows]
        return {life.incident_id: life for life in lives}

    def changes_of(self, incident_id: str) -> tuple[Change, ...]:
        """Return everything that became of an incident, the oldest first."""
        return tuple(change_from(body) for body in self._bodies("change", incident_id))

    def decisions_of(self, incident_id: str) -> tuple[RecordedDecision, ...]:
        """Return every decision about an incident, the oldest first; later ones replace none."""
        return tuple(
            decision_from(incident_id, body) for body in self._bodies("decision", incident_id)
        )

    def append_changes(self, changes: Iterable[Change], *, recorded_utc: datetime) -> None:
        """Keep changes in their order; call it inside `transaction` with what they follow from."""
        for change in changes:
            self._append("change", change.life.incident_id, change_json(change), recorded_utc)

    def append_decision(self, recorded: RecordedDecision, *, recorded_utc: datetime) -> None:
        """Keep a decision; call it inside `transaction`."""
        self._append("decision", recorded.incident_id, decision_json(recorded), recorded_utc)

    def check(self) -> ChainCheck:
        """Go from the first entry to the last and say where one is not as it was written."""
        expected, seq = _FIRST, 0
        with _explained(self.path):
            (held,) = self._connection.execute("SELECT count(*) FROM entries").fetchone()
            rows = self._connection.execute(
                "SELECT seq, recorded_utc, kind, incident_id, body, previous_sha256, sha256 "
                "FROM entries ORDER BY seq"
            )
            for number, *content, previous, digest in rows:
                problem = None
                if number != seq + 1:
                    problem = ChainBreak.MISSING
                elif previous != expected:
                    problem = ChainBreak.RELINKED
                elif digest != _digest(previous, number, *content):
                    problem = ChainBreak.ALTERED
                if problem is not None:
                    return ChainCheck(held, expected, number, problem)
                expected, seq = digest, number
        return ChainCheck(held, expected)

    def _bodies(self, kind: str, incident_id: str) -> list[str]:
        with _explained(self.path):
            rows = self._connection.execute(
                "SELECT body FROM entries WHERE kind = ? AND incident_id = ? ORDER BY seq",
                (kind, incident_id),
            ).fetchall()
        return [body for (body,) in rows]

    def _append(self, kind: str, incident_id: str, body: str, recorded_utc: datetime) -> None:
        with _explained(self.path):
            last = self._connection.execute(
                "SELECT seq, sha256 FROM entries ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            seq, previous = (last[0] + 1, last[1]) if last else (1, _FIRST)
            content = (utc_text(recorded_utc), kind, incident_id, body)
            digest = _digest(previous, seq, *content)
            self._connection.execute(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
                (seq, *content, previous, digest),
            )


def _digest(
    previous: str, seq: int, recorded_utc: str, kind: str, incident_id: str, body: str
) -> str:
    """Return SHA-256 over the digest before and the entry as canonical JSON."""
    entry = {
        "seq": seq,
        "recorded_utc": recorded_utc,
        "kind": kind,
        "incident_id": incident_id,
        "body": body,
    }
    return hashlib.sha256(bytes.fromhex(previous) + canonical(entry).encode()).hexdigest()


def _prepare(connection: sqlite3.Connection) -> None:
    """Check whose file it is before anything is written, and make the tables of a new one."""
    _refuse_foreign(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:  # nobody else made them meanwhile
            for statement in _statements(_TABLES):
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_foreign(connection: sqlite3.Connection) -> None:
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner != _OURS and (tables or version):
        raise StoreError("this database is no journal of Hoshimori; move it aside")
    if version > VERSION:
        raise StoreError(
            f"a newer Hoshimori wrote this journal (version {version}, this one knows up to "
            f"{VERSION}); upgrade Hoshimori to open it"
        )


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would end the transaction."""
    waiting = ""
    for line in script.splitlines():
        waiting += line + "\n"
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk raises into a StoreError that names the file and what to do."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from None
    except sqlite3.Error as error:
        raise StoreError(_explanation(path, error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}: an entry cannot be read ({error}); see `hoshimori journal verify`"
        ) from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from None


def _explanation(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return f"another Hoshimori process writes to the journal: {path}; run this again"
    if code in _DAMAGED:
        return (
            f"the journal is damaged: {path} ({error}); it was left as it was: restore it from a "
            "backup, or move it aside to begin a new one"
        )
    return f"the journal refused: {path} ({error})"
