"""Whether there is room on the disk, and whether an error says that there is none."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_SIGNS = ("No space left on device", "database or disk is full", "Disk quota exceeded")


def free_mib(folder: Path) -> float:
    """Return the room on the disk of a folder, which need not exist yet (MiB)."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free / 1024**2


def is_disk_full(error: BaseException) -> bool:
    """Tell whether an error, or what caused it, says that there is no room on the disk.

    >>> is_disk_full(OSError(errno.ENOSPC, "No space left on device"))
    True
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _NO_ROOM:
            return True
        if getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            return True
        # DuckDB tells in words alone.
        if any(sign in str(cause) for sign in _SIGNS):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
