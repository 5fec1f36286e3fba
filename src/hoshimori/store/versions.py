"""Versions of the files of a store: which each has, which this Hoshimori writes, and upgrading."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hoshimori.errors import StoreError
from hoshimori.model.store_versions import FileVersion
from hoshimori.store import (
    access,
    alerts,
    audit,
    boards,
    exercise_record,
    floor_record,
    journal,
    letters,
)
from hoshimori.store.database import upgrade_facts
from hoshimori.store.file_copies import look_at_facts
from hoshimori.store.node_files import FACTS_FILE
from hoshimori.store.schema import MIGRATIONS
from hoshimori.store.small_database import SmallForm, upgrade_small

SMALL_FORMS: Final = (
    access.FORM,
    alerts.FORM,
    audit.FORM,
    boards.FORM,
    exercise_record.FORM,
    floor_record.FORM,
    journal.FORM,
    letters.FORM,
)
"""Every kind of small file; the journal also stands in folders of audiences."""


def file_versions(
    folder: Path, forms: tuple[SmallForm, ...] = SMALL_FORMS
) -> tuple[FileVersion, ...]:
    """Return the version of every file of a store that has one, the facts first.

    Raises:
        StoreError: another process has the facts open, or a file is damaged.
    """
    found = []
    if (folder / FACTS_FILE).exists():
        version = look_at_facts(folder / FACTS_FILE).version
        found.append(FileVersion(FACTS_FILE, version, len(MIGRATIONS)))
    for path, form in _small_files(folder, forms):
        found.append(
            FileVersion(path.relative_to(folder).as_posix(), _version_of(path), form.version)
        )
    return tuple(found)


def upgrade_files(folder: Path, forms: tuple[SmallForm, ...] = SMALL_FORMS) -> None:
    """Bring every file of a store to the newest version, each in a transaction of its own.

    Killed between two files it leaves some upgraded and some not; running it again finishes.

    Raises:
        StoreError: another process has one open, it is damaged or of a newer version.
    """
    if (folder / FACTS_FILE).exists():
        upgrade_facts(folder / FACTS_FILE)
    for path, form in _small_files(folder, forms):
        upgrade_small(path.parent, form)


def _small_files(folder: Path, forms: tuple[SmallForm, ...]) -> Iterator[tuple[Path, SmallForm]]:
    by_name = {form.file_name: form for form in forms}
    for path in sorted((*folder.glob("*.sqlite"), *folder.glob("audiences/*/*.sqlite"))):
        if path.name in by_name:
            yield path, by_name[path.name]


def _version_of(path: Path) -> int:
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be read: {error}") from error
