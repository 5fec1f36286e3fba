"""The mark of a store that is of an exercise: in the file of facts, and beside it in plain sight.

The one in the file of facts counts. The small file beside it can be read while a process has the
store open; it is written anew where it is gone, and where it stands beside a store without the
mark, nothing is opened.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from hoshimori.errors import StoreError
from hoshimori.model.exercise_stores import ExerciseMark

FILE = "exercise.json"


def exercise_of(folder: Path) -> ExerciseMark | None:
    """Return the exercise that the store in a folder is of; None where it is of none.

    Raises:
        StoreError: the mark cannot be read; then nobody may take the store for real.
    """
    path = folder / FILE
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        begun_utc = datetime.fromisoformat(stated["begun_utc"]).astimezone(UTC)
        return ExerciseMark(str(stated["exercise"]), begun_utc)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: the mark of an exercise cannot be read: {error}") from None


def write_beside(folder: Path, mark: ExerciseMark) -> None:
    """Put the mark beside the facts."""
    stated = {"exercise": mark.name, "begun_utc": mark.begun_utc.astimezone(UTC).isoformat()}
    (folder / FILE).write_text(json.dumps(stated, ensure_ascii=False) + "\n", encoding="utf-8")


def keep_mark(connection: duckdb.DuckDBPyConnection, mark: ExerciseMark) -> None:
    """Put the mark into a new file of facts."""
    begun_utc = mark.begun_utc.astimezone(UTC).replace(tzinfo=None)
    connection.execute("INSERT INTO exercise VALUES (?, ?)", [mark.name, begun_utc])


def mark_in(connection: duckdb.DuckDBPyConnection) -> ExerciseMark | None:
    """Return the mark in a file of facts; None where it has none."""
    rows = connection.execute("SELECT name, begun_utc FROM exercise").fetchall()
    if not rows:
        return None
    name, begun_utc = rows[0]
    return ExerciseMark(name, begun_utc.replace(tzinfo=UTC))


def agreed_mark(
    connection: duckdb.DuckDBPyConnection, folder: Path, asked: ExerciseMark | None
) -> ExerciseMark | None:
    """Return the mark of an open store, and see to it that it stands beside it too.

    Raises:
        StoreError: an exercise was asked for and the store is of the real sky or of another one;
            or the mark stands beside a store that does not have it.
    """
    return agreed_with(mark_in(connection), folder, asked)


def agreed_with(
    held: ExerciseMark | None, folder: Path, asked: ExerciseMark | None
) -> ExerciseMark | None:
    """Return the mark that an open store holds; raises and writes as `agreed_mark`."""
    if asked is not None and (held is None or held.name != asked.name):
        what = "holds the real sky" if held is None else f"is of the exercise {held.name}"
        raise StoreError(f"it {what}: an exercise begins in a folder of its own")
    beside = exercise_of(folder)
    if held is None and beside is not None:
        raise StoreError(
            f"{FILE} says that it is of the exercise {beside.name}, and the store itself does not: "
            "find out which of them was moved here"
        )
    if held is not None and beside is None:
        write_beside(folder, held)
    return held
