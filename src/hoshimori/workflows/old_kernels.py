"""Compiled functions of code that nobody runs any more are removed from the user's cache.

Every change of the code of `numerics` compiles into a folder of its own (`numerics.kernels`), some
megabytes each. The age of a folder is the time since a program of its code last started here.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

from hoshimori.numerics.kernels import FOLDER_NAME_START, kernel_folder

UNUSED_DAYS = 30.0
_LEAVING = "removed-"


def remove_old_kernels(current: Path | None = None, *, unused_days: float = UNUSED_DAYS) -> int:
    """Mark the folder of this code as used, remove those unused for long; return how many.

    Several programs may do so at once: a folder is first renamed, which only one of them can. A
    program that still runs the code of a folder compiles anew what it misses. What cannot be
    removed stays: nobody waits for tidiness.
    """
    folder = current or Path(kernel_folder())
    oldest_s = time.time() - 86_400.0 * unused_days
    removed = 0
    with contextlib.suppress(OSError):
        if folder.is_dir():
            os.utime(folder)
        for other in sorted(folder.parent.iterdir()):
            removed += other != folder and _is_kernels(other) and _remove(other, oldest_s)
    return removed


def _is_kernels(path: Path) -> bool:
    return path.name.startswith((FOLDER_NAME_START, _LEAVING + FOLDER_NAME_START))


def _remove(folder: Path, oldest_s: float) -> bool:
    """Remove a folder that was not used since a moment; False where another was first."""
    with contextlib.suppress(OSError):
        if folder.is_symlink() or not folder.is_dir() or folder.stat().st_mtime >= oldest_s:
            return False
        is_leaving = folder.name.startswith(_LEAVING)  # of a program that was killed over it
        leaving = folder if is_leaving else folder.with_name(f"{_LEAVING}{folder.name}")
        if not is_leaving:
            folder.rename(leaving)
        shutil.rmtree(leaving, ignore_errors=True)
        return True
    return False
