"""Backups of a node: which files, how they were when they were copied, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

FORM = "hoshimori-backup/1"
"""Raised whenever a backup is laid out in another way."""


class FileKind(Enum):
    """What kind of file is copied, and so how."""

    FACTS = "facts"
    """The file of facts (DuckDB)."""
    SMALL = "small"
    """A file of small things (SQLite)."""
    PLAIN = "plain"
    """Any other: dossiers, marks, settings, keys."""


class LeftOut(Enum):
    """Why a file of the store's folder is not in a backup."""

    OF_THIS_RUN = "of_this_run"
    """It says how the running server is reached."""
    KEY = "key"
    """A private key, which nobody asked for."""
    LINK = "link"
    """A link to somewhere else."""
    OTHER_STORE = "other_store"
    """A folder with a store of its own, as that of an exercise."""
    NO_FILE = "no_file"
    """Neither a file nor a folder."""


@dataclass(frozen=True, slots=True)
class BackedFile:
    """One file of a backup."""

    path: str
    """In the backup, with ``/``: under ``store``, ``settings`` or ``keys``."""
    kind: FileKind
    byte_count: int
    sha256: str
    version: int = 0
    """Version of its tables; 0 where it has none."""
    rows: Mapping[str, int] | None = None
    """How many rows each table had; None where it has no tables."""


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What a backup holds."""

    made_utc: datetime
    software: str
    """The Hoshimori and the DuckDB that made it."""
    exercise: str
    """The exercise that the store is of; empty where it is of the real sky."""
    files: tuple[BackedFile, ...]
    left_out: Mapping[str, LeftOut]
    form: str = FORM


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """Whether a backup is as it was written."""

    manifest: BackupManifest | None
    """None where it cannot be read."""
    sha256: str
    """Of the manifest; kept elsewhere, it tells whether everything was exchanged."""
    problems: tuple[str, ...]
