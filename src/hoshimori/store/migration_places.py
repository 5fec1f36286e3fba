"""The tables of facts at a place, a folder or a database, opened for a migration."""

from __future__ import annotations

from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.store.doorstep import address_at, needed_driver
from hoshimori.store.fact_tables import ComingTables, FactTables
from hoshimori.store.facts import FACTS_FILE
from hoshimori.store.file_tables import ComingFile, tables_of_file

COMING = ".coming"
"""The folder, within that of a store, in which the store is made before anybody sees it."""


def tables_at(place: Path) -> FactTables:
    """Open the tables of facts at a place to read; nobody appends to them meanwhile.

    Raises:
        StoreError: there are none, somebody writes to them, or they cannot be read.
    """
    if (address := address_at(place)) is None:
        return tables_of_file(place / FACTS_FILE)
    with needed_driver():
        from hoshimori.store.postgresql.database_tables import (  # noqa: PLC0415 - an extra
            tables_of_database,
        )
    return tables_of_database(address)


def is_whole_at(place: Path) -> bool:
    """Tell whether a place holds a store with facts, whole."""
    if (address := address_at(place)) is None:
        return (place / FACTS_FILE).exists()
    with needed_driver():
        from hoshimori.store.postgresql.database_tables import is_whole  # noqa: PLC0415 - an extra
    return is_whole(address)


def coming_tables_at(place: Path, exercise: ExerciseMark | None, came_from: str) -> ComingTables:
    """Open the tables at a place that are to be filled, making them where they are missing.

    Raises:
        StoreError: it holds something already, or another migration goes on into it.
    """
    if (address := address_at(place)) is not None:
        with needed_driver():
            from hoshimori.store.postgresql.database_tables import (  # noqa: PLC0415 - an extra
                coming_database,
            )
        return coming_database(address, exercise, came_from)
    aside = place / COMING
    try:
        aside.mkdir(parents=True, exist_ok=True)
        told = aside / "from"
        if told.exists() and told.read_text(encoding="utf-8") != came_from:
            raise StoreError(
                f"{aside}: another migration, from {told.read_text(encoding='utf-8')}, goes on "
                "here: end that first, or remove this folder"
            )
        told.write_text(came_from, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{aside}: {error.strerror or error}") from None
    return ComingFile(aside / FACTS_FILE, exercise, place / FACTS_FILE)
