"""A live exercise asked over its server: what cells and the white cell do from a terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hoshimori.errors import SettingsError, StoreError
from hoshimori.settings import Settings
from hoshimori.store.connection import Connection, ServerLine
from hoshimori.workflows.running import running_server
from hoshimori.workflows.server_key import find_key

_EXERCISE = "/api/v1/exercise"


@dataclass(frozen=True, slots=True)
class LiveAddress:
    """Where an exercise is served: its folder on this machine, or the address of its server."""

    folder: Path | None = None
    server: str = ""


class LiveClient:
    """Asks the server of an exercise; every method raises StoreError where it refuses."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, page: str = "", **asked: str) -> Any:
        """Return a page of the exercise: its state, ``questions``, ``acts``, ``script``…"""
        return self._connection.ask(f"{_EXERCISE}/{page}".rstrip("/"), asked)

    def do(self, what: str, stated: Mapping[str, Any]) -> Any:
        """Send what somebody does; what is None is left out."""
        given = {name: value for name, value in stated.items() if value is not None}
        return self._connection.tell(f"{_EXERCISE}/{what}", given)


@contextlib.contextmanager
def live_client(where: LiveAddress, settings: Settings) -> Iterator[LiveClient]:
    """Give a client of the server of an exercise.

    On this machine, who can read the folder directs and acts for every cell; at an address, a key
    says who one is.

    Raises:
        SettingsError: neither or both are named, or there is no key.
        StoreError: nobody serves the folder, or the server does not answer.
    """
    if (where.folder is None) == (not where.server):
        raise SettingsError("name the exercise: --folder of one that is served here, or --server")
    connection = Connection(_line(where, settings))
    try:
        yield LiveClient(connection)
    finally:
        connection.close()


def _line(where: LiveAddress, settings: Settings) -> ServerLine:
    certificate = settings.store.server_certificate
    if where.folder is None:
        return ServerLine(where.server, find_key(where.server), certificate)
    run = running_server(where.folder)
    if run is None:
        raise StoreError(
            f"{where.folder}: nobody serves it; begin with "
            f"`hoshimori rehearse serve --folder {where.folder}`"
        )
    return ServerLine(run.url, run.token, certificate)
