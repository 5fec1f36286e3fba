"""Versions of the files of a store, and what an upgrade of them did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One file of a store with its version."""

    name: str
    version: int
    newest: int
    """The version that this Hoshimori writes."""

    @property
    def is_older(self) -> bool:
        """Whether it must be upgraded before it can be opened."""
        return self.version < self.newest

    @property
    def is_newer(self) -> bool:
        """Whether a newer Hoshimori wrote it."""
        return self.version > self.newest


@dataclass(frozen=True, slots=True)
class StoreUpgrade:
    """An upgrade of a store, from its copy to its end."""

    copy: str
    """Folder of the backup that was made and checked before anything was changed."""
    begun_utc: datetime
    before: tuple[FileVersion, ...]
    ended_utc: datetime | None = None
    """None while it is not whole: it was broken off, and goes on when it is run again."""
