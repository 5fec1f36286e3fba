"""Carrying small things from one store to another: journal, alerts, audit, boards, accounts.

What only grows is appended in its order, so that a carrying that was killed goes on where it was.
Accounts change, and are carried as a whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hoshimori.store import access, alerts, audit, boards, journal
from hoshimori.store.small_database import SmallFile, SmallForm, is_begun, open_small

_ROWS_AT_ONCE = 500
_CHAIN = "seq, recorded_utc, kind, {about}, body, previous_sha256, sha256"
_BOARD = "view_id, as_of_utc, made_utc, audience, sha256"


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: str
    order: str
    is_changed: bool = False
    """Whether rows of it change; else they are only appended."""


@dataclass(frozen=True, slots=True)
class SmallKind:
    """Small things of one form, and how they are carried."""

    form: SmallForm
    tables: tuple[_Table, ...]


def _chain(form: SmallForm, about: str) -> SmallKind:
    return SmallKind(form, (_Table("entries", _CHAIN.format(about=about), "seq"),))


_ACCOUNT = "name, role, partner, limited_to, created_utc, password_digest, subject"
_KEY = "key_id, name, role, partner, limited_to, created_utc, expires_utc, secret_sha256"
_SESSION = "secret_sha256, name, created_utc, used_utc"

KINDS: tuple[SmallKind, ...] = (
    _chain(journal.FORM, "incident_id"),
    _chain(alerts.FORM, "subject"),
    _chain(audit.FORM, "who"),
    SmallKind(
        boards.FORM,
        (
            _Table("boards", f"{_BOARD}, body", "rowid"),
            _Table("thinned", f"{_BOARD}, thinned_utc", "rowid"),
        ),
    ),
    SmallKind(
        access.FORM,
        (
            _Table("accounts", _ACCOUNT, "name", is_changed=True),
            _Table("keys", _KEY, "key_id", is_changed=True),
            _Table("sessions", _SESSION, "secret_sha256", is_changed=True),
        ),
    ),
)
"""What moves into a database with the facts."""


@dataclass(frozen=True, slots=True)
class SmallCarried:
    """How many rows of a table both stores hold, and whether they are the same."""

    table: str
    rows: int
    is_same: bool


def carry_small(kind: SmallKind, source: Path, target: Path) -> tuple[SmallCarried, ...]:
    """Carry what a folder has of a form into another folder, and compare.

    Both are of stores, or doorsteps of databases. Nothing where the source has none.

    Raises:
        StoreError: one of them cannot be opened.
    """
    if not is_begun(source, kind.form):
        return ()
    with _opened(kind.form, source) as given, _opened(kind.form, target) as taken:
        _prepare(kind, taken)
        for table in kind.tables:
            if not _has(given, table):
                continue
            if table.is_changed:
                _replace(table, given, taken)
            else:
                _append(table, given, taken)
        return tuple(_compared(kind, table, given, taken) for table in kind.tables)


def _opened(form: SmallForm, folder: Path) -> SmallFile:
    tables, path = open_small(folder, form, create=True, wait_s=10.0, whole=False)
    return SmallFile(tables, path, form, store=folder)


def _prepare(kind: SmallKind, taken: SmallFile) -> None:
    if kind.form is boards.FORM and not taken.is_database:
        with taken.transaction(), taken.explained() as connection:
            for statement in boards.THINNED:
                connection.execute(statement)


def _has(file: SmallFile, table: _Table) -> bool:
    """Tell whether a table is there: that of what was thinned comes with the first thinning."""
    if file.is_database:
        return True
    with file.explained() as connection:
        asked = "SELECT count(*) FROM sqlite_master WHERE name = ?"
        return bool(connection.execute(asked, (table.name,)).fetchone()[0])


def _append(table: _Table, given: SmallFile, taken: SmallFile) -> None:
    for rows in _rows(table, given, after=_count(table, taken)):
        with taken.transaction(), taken.explained() as connection:
            connection.executemany(_inserting(table), rows)


def _replace(table: _Table, given: SmallFile, taken: SmallFile) -> None:
    with taken.transaction(), taken.explained() as connection:
        connection.execute(f"DELETE FROM {table.name}")
        for rows in _rows(table, given):
            connection.executemany(_inserting(table), rows)


def _inserting(table: _Table) -> str:
    marks = ", ".join("?" * len(table.columns.split(", ")))
    return f"INSERT INTO {table.name} ({table.columns}) VALUES ({marks})"


def _rows(table: _Table, file: SmallFile, after: int = 0) -> Iterator[Sequence[Any]]:
    asked = f"SELECT {table.columns} FROM {table.name} ORDER BY {table.order} LIMIT ? OFFSET ?"
    while True:
        with file.explained() as connection:
            rows = connection.execute(asked, (_ROWS_AT_ONCE, after)).fetchall()
        if not rows:
            return
        yield rows
        after += len(rows)


def _count(table: _Table, file: SmallFile) -> int:
    with file.explained() as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])


def _compared(kind: SmallKind, table: _Table, given: SmallFile, taken: SmallFile) -> SmallCarried:
    name = f"{Path(kind.form.file_name).stem}.{table.name}"
    if not _has(given, table):
        return SmallCarried(name, 0, _count(table, taken) == 0)
    digests = {_digest(table, file) for file in (given, taken)}
    return SmallCarried(name, _count(table, given), len(digests) == 1)


def _digest(table: _Table, file: SmallFile) -> str:
    listed = (repr(tuple(row)).encode() for rows in _rows(table, file) for row in rows)
    # Texts are ordered by each database in its own way.
    ordered = sorted(listed) if table.is_changed else listed
    digest = hashlib.sha256()
    for row in ordered:
        digest.update(row + b"\n")
    return digest.hexdigest()
