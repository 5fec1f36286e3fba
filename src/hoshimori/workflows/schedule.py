"""Which jobs are due: pure, and not to be shaken by a clock that is set forward or back.

A job is due on two clocks: the one on the wall, by which people plan, and the steady one, which
nobody sets. Whichever comes first counts. Set back, the wall clock would let a job wait too long:
the steady one runs it. Set forward (or after the machine slept) the wall clock runs it, once,
however many runs were skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hoshimori.model.floor import Job

_FIRST_SLOT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks at one moment."""

    utc: datetime
    steady_s: float


@dataclass(frozen=True, slots=True)
class Due:
    """When a job is due, on both clocks."""

    utc: datetime
    steady_s: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of a job that is due."""

    planned_utc: datetime
    """By the wall clock as it stands now."""
    skipped: int
    """Runs that were due before it and never took place."""


def slot_at(moment_utc: datetime, every_s: float) -> datetime:
    """Return the last whole multiple of a span by a moment, counted from 1970.

    >>> slot_at(datetime(2026, 11, 1, 10, 37, tzinfo=UTC), 3600.0).isoformat()
    '2026-11-01T10:00:00+00:00'
    """
    every = timedelta(seconds=every_s)
    return _FIRST_SLOT + (moment_utc - _FIRST_SLOT) // every * every


def due_first(job: Job, now: Reading, kept_utc: datetime | None = None) -> Due:
    """Return when a job is due that has not run since the floor started.

    `kept_utc` is when it was due as the floor was last heard of; None: it never ran, and is due at
    once. No job waits longer than its span, whatever the clock was set to meanwhile.
    """
    if kept_utc is None:
        return Due(now.utc, now.steady_s)
    latest_utc = slot_at(now.utc, job.every_s) if job.on_the_hour else now.utc
    latest_utc += timedelta(seconds=job.every_s)
    return _due(min(kept_utc, latest_utc), now)


def is_due(due: Due, now: Reading) -> bool:
    """Tell whether a job is due on either clock."""
    return now.utc >= due.utc or now.steady_s >= due.steady_s


def turn_of(job: Job, due: Due, now: Reading) -> Turn:
    """Return the run of a job that is due.

    After the clock was set back, a job that keeps to the hour is planned for the nearest slot.
    """
    if now.utc < due.utc:  # the clock was set back: the steady clock says so
        every = timedelta(seconds=job.every_s)
        return Turn(slot_at(now.utc + every / 2, job.every_s) if job.on_the_hour else now.utc, 0)
    late_s = (now.utc - due.utc).total_seconds()
    skipped = int(late_s // job.every_s)
    return Turn(due.utc + timedelta(seconds=skipped * job.every_s), skipped)


def due_after(job: Job, turn: Turn, now: Reading) -> Due:
    """Return when a job is due again that is starting now, a turn of it.

    One that keeps to the hour comes back at the slot after the one that it was planned for;
    another comes back its span after it starts.
    """
    began = slot_at(turn.planned_utc, job.every_s) if job.on_the_hour else now.utc
    return _due(began + timedelta(seconds=job.every_s), now)


def due_later(job: Job, until_utc: datetime, now: Reading) -> Due:
    """Return when a job is due that must wait until a moment, as after a refusal."""
    return _due(max(until_utc, now.utc), now)


def seconds_until(due: Due, now: Reading) -> float:
    """Return how long until a job is due on either clock; 0 where it is."""
    on_the_wall = (due.utc - now.utc).total_seconds()
    return max(0.0, min(on_the_wall, due.steady_s - now.steady_s))


def _due(utc: datetime, now: Reading) -> Due:
    return Due(utc, now.steady_s + (utc - now.utc).total_seconds())
