"""The file by which commands find the server that keeps a store: `run.json` beside the facts.

It holds the server's address and a token for this user alone (mode 0600). The server writes it
when it listens and removes it when it stops; a killed server leaves it, so it proves nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from hoshimori.errors import StoreError

FILE_NAME = "run.json"
_OTHERS_MAY_WRITE = 0o022


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server as its file tells of it."""

    address: str
    """As in ``http://127.0.0.1:8350``."""
    token: str = field(repr=False)
    """What a command of this user shows to be let in."""
    pid: int
    """The server's process on this machine."""
    version: str = ""
    """Hoshimori's version that the server runs."""
    certificate: str = ""
    """File of the certificate that it shows; empty where the system's authorities vouch for it."""


def write_running(folder: Path, server: RunningServer) -> Path:
    """Write the file, readable for this user alone, and return its path.

    Raises:
        StoreError: the folder cannot be written to.
    """
    path = folder / FILE_NAME
    try:
        handle, fresh = tempfile.mkstemp(dir=folder, prefix=".run-")  # of mode 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(server), file, indent=2)
        Path(fresh).replace(path)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from None
    return path


def remove_running(folder: Path, server: RunningServer) -> None:
    """Remove the file, unless another server wrote it meanwhile."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        if _read(folder / FILE_NAME).token == server.token:
            (folder / FILE_NAME).unlink()


def running_server(folder: Path) -> RunningServer | None:
    """Return the server that says it keeps the store of a folder; None where its process is gone.

    Raises:
        StoreError: others could have written the file.
    """
    path = folder / FILE_NAME
    try:
        if path.stat().st_mode & _OTHERS_MAY_WRITE:
            raise StoreError(f"{path}: others may write it; it is not trusted: remove it")
        server = _read(path)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return server if _lives(server.pid) else None


def _read(path: Path) -> RunningServer:
    stated = json.loads(path.read_text(encoding="utf-8"))
    texts = {name: str(stated.get(name, "")) for name in ("version", "certificate")}
    return RunningServer(str(stated["address"]), str(stated["token"]), int(stated["pid"]), **texts)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return pid > 0
