"""Opening the DuckDB file, and saying clearly why it cannot be opened or read."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from hoshimori.errors import StoreError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.store.exercise_mark import agreed_mark, keep_mark
from hoshimori.store.schema import MIGRATIONS, migrate, refuse_newer, schema_version

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Extensions would be downloaded at run time; the store needs none."""
_MOST_GIB = 2.0
"""DuckDB would hold what it read of the file until four fifths of the machine's memory are full;
a year of 30,000 objects takes half of this. Larger questions go by way of the disk."""
_UNITS = {"KiB": 2.0**-20, "MiB": 2.0**-10, "GiB": 1.0, "TiB": 2.0**10}
_HOLDER = re.compile(r"\(PID (\d+)\)")
_LOCKED = "Could not set lock"
_SIGNS_OF_DAMAGE = (
    "not a valid DuckDB database",
    "Corrupt",
    "Could not read enough bytes",
    "checksum",
    "Failed to deserialize",
    "Failure while replaying WAL",
)


def open_database(
    path: Path, *, read_only: bool, exercise: ExerciseMark | None = None
) -> tuple[duckdb.DuckDBPyConnection, ExerciseMark | None]:
    """Open the file, creating it where it is missing.

    With it comes the mark of the exercise that it is of; `exercise` is that of a new file.

    Raises:
        StoreError: another process has it open; it is damaged, missing (`read_only`) or of
            another version; `exercise` is given and it is of the real sky, or of another one.
            The file is never changed by a failure.
    """
    with explained(path):
        if not path.exists():
            if read_only:
                raise StoreError("there is no store yet; ingest something first")
            _create(path, exercise)
        connection = duckdb.connect(path, read_only=read_only, config=SETTINGS)
    try:
        with explained(path):
            _limit_memory(connection)
            _require_current(connection)
            mark = agreed_mark(connection, path.parent, exercise)
    except BaseException:
        connection.close()
        raise
    return connection, mark


def _limit_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """Lower the limit of DuckDB's memory, where it is above ours; small machines keep theirs."""
    (told,) = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0]
    size, _, unit = str(told).partition(" ")
    if float(size) * _UNITS.get(unit, 0.0) > _MOST_GIB:
        connection.execute(f"SET memory_limit = '{_MOST_GIB:g} GiB'")


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what DuckDB or the disk raises into a StoreError that names the file and what to do."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from None
    except (duckdb.Error, OSError) as error:
        raise StoreError(_explanation(path, str(error))) from error


def _explanation(path: Path, message: str) -> str:
    if _LOCKED in message:
        holder = _HOLDER.search(message)
        who = f" (pid {holder[1]})" if holder else ""
        return (
            f"another Hoshimori process{who} has the store open: {path}; wait until it is done, "
            "or end it"
        )
    cause = message.splitlines()[0]
    if "version number" in message:
        return f"{path}: another version of DuckDB wrote this store; upgrade Hoshimori ({cause})"
    if any(sign in message for sign in _SIGNS_OF_DAMAGE):
        return (
            f"the store is damaged: {path} ({cause}); it was left as it is: restore it from a "
            "backup, or move it aside and ingest the catalogue files again"
        )
    return f"the store refused: {path} ({cause})"


def _create(path: Path, exercise: ExerciseMark | None) -> None:
    """Make the file complete beside its place first: a killed creation leaves no half store."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".new-") as aside:
        fresh = Path(aside) / path.name
        with contextlib.closing(duckdb.connect(fresh, config=SETTINGS)) as connection:
            migrate(connection)
            if exercise is not None:
                keep_mark(connection, exercise)
        _put_in_place(fresh, path)


def _put_in_place(fresh: Path, path: Path) -> None:
    """Give a complete file its name, without ever replacing one that somebody made meanwhile."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a disk without hard links
        if not path.exists():
            fresh.rename(path)


def _require_current(connection: duckdb.DuckDBPyConnection) -> None:
    version = schema_version(connection)
    refuse_newer(version, len(MIGRATIONS))
    if version < len(MIGRATIONS):
        raise StoreError(
            f"an older Hoshimori wrote this store (version {version}, this one writes "
            f"{len(MIGRATIONS)}); run `hoshimori store upgrade`, which copies it first"
        )


def upgrade_facts(path: Path) -> None:
    """Bring a file of facts to the newest version, in one transaction.

    Raises:
        StoreError: another process has it open, it is damaged or of a newer version.
    """
    with explained(path), contextlib.closing(duckdb.connect(path, config=SETTINGS)) as connection:
        migrate(connection)
