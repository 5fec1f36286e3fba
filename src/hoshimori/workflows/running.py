"""Where a running server says how it can be reached, in a file that only its owner can read."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from hoshimori.errors import StoreError

NAME = "run.json"
_OTHERS_MAY_WRITE = 0o022
_COPYING = ".copying-"


@dataclass(frozen=True, slots=True)
class RunFile:
    """How to reach the server that owns a store."""

    url: str
    token: str
    """Given as `Authorization: Bearer`; whoever can read the file is the owner of the store."""
    pid: int

    @classmethod
    def here(cls, url: str) -> Self:
        """Return that of this process, with a new token."""
        return cls(url, secrets.token_urlsafe(32), os.getpid())


@contextlib.contextmanager
def kept_run_file(folder: Path, run: RunFile) -> Iterator[Path]:
    """Keep the file in the folder of the store for as long as the server runs.

    Raises:
        StoreError: it cannot be written.
    """
    path = folder / NAME
    beside = path.with_name(f".{NAME}.{run.pid}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(run), file)
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from None
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


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


@contextlib.contextmanager
def copying_told(folder: Path) -> Iterator[None]:
    """Say beside a store that this process copies its facts, so that a server waits to open it."""
    path = folder / f"{_COPYING}{os.getpid()}"
    path.touch(mode=0o600)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def is_being_copied(folder: Path) -> bool:
    """Tell whether a process that lives copies the facts of a store; killed ones do not count."""
    told = (path.name.removeprefix(_COPYING) for path in folder.glob(f"{_COPYING}*"))
    return any(_lives(int(pid)) for pid in told if pid.isascii() and pid.isdigit())


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
