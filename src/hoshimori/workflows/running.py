"""Whether a server keeps the store of a folder, by the file that it leaves there."""

from __future__ import annotations

import json
import os
from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.workflows.run_file import NAME, RunFile

_OTHERS_MAY_WRITE = 0o022


def running_server(folder: Path) -> RunFile | None:
    """Return how to reach the server that says it keeps a folder; None where its process is gone.

    A killed server leaves its file, so that an answer at the address is still to be seen.

    Raises:
        StoreError: others could have written the file.
    """
    path = folder / NAME
    try:
        if path.stat().st_mode & _OTHERS_MAY_WRITE:
            raise StoreError(f"{path}: others may write it, so it is not trusted; remove it")
        stated = json.loads(path.read_text(encoding="utf-8"))
        run = RunFile(_within(str(stated["url"])), str(stated["token"]), int(stated["pid"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return run if _lives(run.pid) else None


def _within(url: str) -> str:
    """Return the address by which this machine reaches a server that listens on all addresses."""
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def _lives(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it lives, and is somebody else's
        return True
    return True
