"""What a live exercise keeps in the folder of its store: script, clock, acts, additions, looks.

Acts and additions are only ever added to: after a restart nothing of them is lost or repeated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hoshimori.model.live_exercises import ExerciseMoment, KeptAct, KeptAddition
from hoshimori.model.rehearsals import ActKind, CellAct
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

FORM = SmallForm(
    "exercise.sqlite",
    "record of the exercise",
    application_id=0x48455852,  # "HEXR"
    version=1,
    tables="""
CREATE TABLE begun (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    script TEXT NOT NULL,
    sky TEXT NOT NULL
) STRICT;
CREATE TABLE clock (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    now_utc TEXT NOT NULL,
    speed REAL NOT NULL,
    is_paused INTEGER NOT NULL,
    is_ended INTEGER NOT NULL
) STRICT;
CREATE TABLE acts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    cell TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_utc TEXT NOT NULL,
    subject TEXT NOT NULL,
    value TEXT NOT NULL,
    by TEXT NOT NULL,
    objects TEXT NOT NULL
) STRICT;
CREATE TABLE additions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at_utc TEXT NOT NULL,
    toml TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE TABLE looks (as_of_utc TEXT PRIMARY KEY, look TEXT NOT NULL) STRICT;
""",
    begun_by="`hoshimori rehearse serve` begins one",
    is_private=True,
)


def open_exercise_record(
    folder: Path, *, create: bool = True, wait_s: float = 10.0
) -> ExerciseRecord:
    """Open the record in a folder, beginning one where that is asked for; close it after use.

    Raises:
        StoreError: it is not there, damaged, of a newer version, or busy for long.
    """
    connection, path = open_small(folder, FORM, create=create, wait_s=wait_s)
    return ExerciseRecord(connection, path, FORM)


class ExerciseRecord(SmallFile):
    """An open record of an exercise; each method is one transaction."""

    def begun(self) -> tuple[str, str] | None:
        """Return script (TOML) and sky (JSON) that the exercise began with; None before."""
        with self.explained() as connection:
            row = connection.execute("SELECT script, sky FROM begun").fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def begin(self, script: str, sky: str, moment: ExerciseMoment) -> None:
        """Keep what the exercise begins with, once and for all."""
        with self.transaction(), self.explained() as connection:
            connection.execute("INSERT INTO begun VALUES (1, ?, ?)", (script, sky))
            connection.execute("INSERT INTO clock VALUES (1, ?, ?, ?, ?)", _values(moment))

    def moment(self) -> ExerciseMoment | None:
        """Return where the clock was kept last, never before an act; None before the beginning."""
        with self.explained() as connection:
            row = connection.execute(
                "SELECT now_utc, speed, is_paused, is_ended FROM clock"
            ).fetchone()
        if row is None:
            return None
        return ExerciseMoment(_moment(row[0]), float(row[1]), bool(row[2]), bool(row[3]))

    def keep_moment(self, moment: ExerciseMoment) -> None:
        """Keep where the clock stands."""
        with self.transaction(), self.explained() as connection:
            connection.execute("REPLACE INTO clock VALUES (1, ?, ?, ?, ?)", _values(moment))

    def add_act(
        self, act: CellAct, by: str, moment: ExerciseMoment, objects: Sequence[int] = ()
    ) -> KeptAct:
        """Keep what a cell did, and the clock with it: both or neither."""
        with self.transaction(), self.explained() as connection:
            cursor = connection.execute(
                "INSERT INTO acts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                (
                    act.cell,
                    act.kind.value,
                    _text(act.at_utc),
                    act.subject,
                    act.value,
                    by,
                    json.dumps(list(objects)),
                ),
            )
            number = int(cursor.lastrowid or 0)
            connection.execute("REPLACE INTO clock VALUES (1, ?, ?, ?, ?)", _values(moment))
        return KeptAct(number, act, by, tuple(objects))

    def acts(self) -> tuple[KeptAct, ...]:
        """Return everything that cells did, in its order."""
        with self.explained() as connection:
            rows = connection.execute("SELECT * FROM acts ORDER BY number").fetchall()
            return tuple(map(_act, rows))

    def add_addition(self, toml: str, by: str, moment: ExerciseMoment) -> KeptAddition:
        """Keep what was added to the script, and the clock with it."""
        with self.transaction(), self.explained() as connection:
            cursor = connection.execute(
                "INSERT INTO additions VALUES (NULL, ?, ?, ?)", (_text(moment.now_utc), toml, by)
            )
            number = int(cursor.lastrowid or 0)
            connection.execute("REPLACE INTO clock VALUES (1, ?, ?, ?, ?)", _values(moment))
        return KeptAddition(number, moment.now_utc, toml, by)

    def additions(self) -> tuple[KeptAddition, ...]:
        """Return what was added to the script, in its order."""
        with self.explained() as connection:
            rows = connection.execute("SELECT * FROM additions ORDER BY number").fetchall()
        return tuple(KeptAddition(int(n), _moment(at), toml, by) for n, at, toml, by in rows)

    def owe_look(self, as_of_utc: datetime) -> bool:
        """Keep that a moment is to be looked at; tell whether that is new."""
        with self.transaction(), self.explained() as connection:
            cursor = connection.execute(
                "INSERT OR IGNORE INTO looks VALUES (?, '')", (_text(as_of_utc),)
            )
        return cursor.rowcount > 0

    def keep_look(self, as_of_utc: datetime, look: str) -> None:
        """Keep what the machine saw at a moment that it owed (JSON); once, it never changes."""
        with self.transaction(), self.explained() as connection:
            connection.execute(
                "UPDATE looks SET look = ? WHERE as_of_utc = ? AND look = ''",
                (look, _text(as_of_utc)),
            )

    def looks(self) -> dict[datetime, str]:
        """Return what the machine saw (JSON) by moment, in their order; empty: it is owed."""
        with self.explained() as connection:
            rows = connection.execute("SELECT as_of_utc, look FROM looks ORDER BY 1").fetchall()
        return {_moment(at): str(look) for at, look in rows}


def _values(moment: ExerciseMoment) -> tuple[str, float, int, int]:
    flags = (int(moment.is_paused), int(moment.is_ended))
    return _text(moment.now_utc), moment.speed, *flags


def _act(row: tuple[int, str, str, str, str, str, str, str]) -> KeptAct:
    number, cell, kind, at_utc, subject, value, by, objects = row
    act = CellAct(
        cell=cell, kind=ActKind(kind), at_utc=_moment(at_utc), subject=subject, value=value
    )
    return KeptAct(number, act, by, tuple(map(int, json.loads(objects))))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
