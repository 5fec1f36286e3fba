"""Where the folder of a store stands for a database: the doorstep."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.formats.database_address import DatabaseAddress, address_of_doorstep

DUMP = "dump the database with `pg_dump --format=custom`, and copy the folder with its dossiers"
"""How a store in a database is backed up."""


def address_at(folder: Path) -> DatabaseAddress | None:
    """Return the address of the database that a folder stands for; None where it is a store."""
    return address_of_doorstep(folder.name)


def require_files(folder: Path, instead: str) -> None:
    """Say what to do instead where a folder stands for a database.

    Raises:
        StoreError: it does.
    """
    if (address := address_at(folder)) is not None:
        raise StoreError(f"{address.text}: its facts are in PostgreSQL: {instead}")


def made_doorstep(folder: Path) -> Path:
    """Return a doorstep, made where it is missing, for its owner alone.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}") from None
    return folder


@contextlib.contextmanager
def needed_driver() -> Iterator[None]:
    """Say how to get the driver where importing it fails.

    Raises:
        StoreError: it is not installed.
    """
    try:
        yield
    except ImportError as error:
        if not (error.name or "").startswith("psycopg"):
            raise
        raise StoreError(
            f"a store in PostgreSQL needs `pip install hoshimori[postgres]` ({error})"
        ) from None
