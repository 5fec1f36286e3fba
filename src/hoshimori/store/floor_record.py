"""What a floor must know of itself after a restart: which jobs are due, how they fared, and marks.

Unlike facts, boards and the journal this is no evidence: old runs are removed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hoshimori.model.floor import Job, JobName, JobOutcome, JobRun
from hoshimori.store.chain import utc_text
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

_RUNS_KEPT = 20_000

FORM = SmallForm(
    "floor.sqlite",
    "record of the floor",
    application_id=0x48465246,  # "HFRF"
    version=1,
    tables="""
CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    planned_utc TEXT NOT NULL,
    started_utc TEXT NOT NULL,
    ended_utc TEXT NOT NULL,
    outcome TEXT NOT NULL,
    problem TEXT NOT NULL,
    skipped INTEGER NOT NULL,
    seconds REAL NOT NULL
) STRICT;
CREATE TABLE plans (
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_utc TEXT NOT NULL,
    PRIMARY KEY (name, subject)
) STRICT;
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
""",
    begun_by="`hoshimori serve` begins one",
)


def open_floor_record(folder: Path, *, wait_s: float = 10.0) -> FloorRecord:
    """Open the record in a folder, beginning one where there is none; close it after use.

    Raises:
        StoreError: it is damaged, of a newer version, or another process writes to it for long.
    """
    connection, path = open_small(folder, FORM, create=True, wait_s=wait_s)
    return FloorRecord(connection, path, FORM)


class FloorRecord(SmallFile):
    """An open record of a floor; each method is one transaction."""

    def begin(self, run: JobRun) -> int:
        """Keep that a job runs, as interrupted until it ended; return the number of the run."""
        with self.transaction(), self.explained() as connection:
            cursor = connection.execute(
                "INSERT INTO runs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _values(run, JobOutcome.INTERRUPTED),
            )
            number = int(cursor.lastrowid or 0)
            connection.execute("DELETE FROM runs WHERE run_id <= ?", (number - _RUNS_KEPT,))
        return number

    def end(self, number: int, run: JobRun, due_utc: datetime) -> None:
        """Keep how a run ended and when the job is due again: both or neither."""
        with self.transaction(), self.explained() as connection:
            connection.execute(
                "REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, *_values(run, run.outcome)),
            )
            connection.execute(
                "REPLACE INTO plans VALUES (?, ?, ?)",
                (run.name.value, run.subject, utc_text(due_utc)),
            )

    def due_utc(self, job: Job) -> datetime | None:
        """Return when a job was due next as its last run ended; None where none ever ended."""
        with self.explained() as connection:
            row = connection.execute(
                "SELECT due_utc FROM plans WHERE name = ? AND subject = ?",
                (job.name.value, job.subject),
            ).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def last_run(self, job: Job) -> JobRun | None:
        """Return the last run of a job, also one that was interrupted."""
        with self.explained() as connection:
            row = connection.execute(
                "SELECT * FROM runs WHERE name = ? AND subject = ? ORDER BY run_id DESC LIMIT 1",
                (job.name.value, job.subject),
            ).fetchone()
        return _run(row) if row else None

    def runs(self, *, newest: int | None = None) -> tuple[JobRun, ...]:
        """Return the newest runs, or all that are held, in the order in which they began."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT * FROM (SELECT * FROM runs ORDER BY run_id DESC LIMIT ?) ORDER BY run_id",
                (-1 if newest is None else newest,),
            ).fetchall()
        return tuple(map(_run, rows))

    def mark(self, name: str, value: int) -> None:
        """Keep a number under a name, in the place of the one before."""
        with self.transaction(), self.explained() as connection:
            connection.execute("REPLACE INTO marks VALUES (?, ?)", (name, value))

    def marked(self, name: str) -> int | None:
        """Return the number under a name; None where there is none."""
        with self.explained() as connection:
            row = connection.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else None


def _values(run: JobRun, outcome: JobOutcome) -> tuple[str | int | float, ...]:
    moments = (run.planned_utc, run.started_utc, run.ended_utc)
    return (
        run.name.value,
        run.subject,
        *map(utc_text, moments),
        outcome.value,
        run.problem,
        run.skipped,
        run.seconds,
    )


def _run(row: tuple[int, str, str, str, str, str, str, str, int, float]) -> JobRun:
    _, name, subject, planned, started, ended, outcome, problem, skipped, seconds = row
    return JobRun(
        name=JobName(name),
        subject=subject,
        planned_utc=_moment(planned),
        started_utc=_moment(started),
        ended_utc=_moment(ended),
        outcome=JobOutcome(outcome),
        problem=problem,
        skipped=skipped,
        seconds=seconds,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
