"""The watch floor: its clock, its jobs and how they fared, and what it tells those who listen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from hoshimori.model.access import Audience
from hoshimori.model.exercise_stores import ExerciseMark


class Clock(Protocol):
    """The two clocks of a floor: the one on the wall, which people set, and one that never steps.

    A made clock lets a day pass in minutes; then `wait_s` moves it instead of waiting.
    """

    def now_utc(self) -> datetime:
        """Return the moment; it may step forward or back between two calls."""
        ...

    def steady_s(self) -> float:
        """Return seconds since some moment; never goes back and never steps."""
        ...

    def wait_s(self, seconds: float, woken: threading.Event) -> None:
        """Return after so many steady seconds, or as soon as `woken` is set."""
        ...


class JobName(Enum):
    """What a floor does again and again."""

    FETCH = "fetch"
    """Ask a source for its newest catalogue, politely."""
    FOLLOW = "follow"
    """Look into a folder for new files."""
    WATCH = "watch"
    """Ask every detector, lay out the board, record what it changes, raise alerts."""
    SEND = "send"
    """Send what waits to be sent: alerts, escalations, digests."""
    THIN = "thin"
    """Thin kept boards."""
    ROOM = "room"
    """Look whether there is room on the disk, and write what waits for it."""


class JobOutcome(Enum):
    """How a run of a job ended."""

    DONE = "done"
    NOTHING_NEW = "nothing new"
    """There was nothing to do, or the source may not be asked yet."""
    FAILED = "failed"
    ENDED = "ended"
    """It was over its time limit and was ended."""
    HELD_BACK = "held back"
    """The disk is full; what it brought waits."""
    INTERRUPTED = "interrupted"
    """The floor stopped, or died, before it was over."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that is done on a schedule: what, about what, how often."""

    name: JobName
    subject: str = ""
    """The source or folder; empty where there is only one."""
    every_s: float = 3600.0
    on_the_hour: bool = True
    """Whether it keeps to whole multiples of its span; else it comes back a span after it began."""

    def __str__(self) -> str:
        """Return it in words.

        >>> str(Job(JobName.FETCH, "celestrak"))
        'fetch celestrak'
        """
        return f"{self.name.value} {self.subject}".rstrip()


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of a job."""

    name: JobName
    subject: str
    planned_utc: datetime
    """When it was due."""
    started_utc: datetime
    ended_utc: datetime
    outcome: JobOutcome
    problem: str = ""
    """Why it did not end well; empty where it did."""
    skipped: int = 0
    """Runs that were due before it and did not take place: the floor was off, or the clock was set
    forward."""
    seconds: float = 0.0
    """How long it took by the steady clock."""


@dataclass(frozen=True, slots=True)
class JobState:
    """Where a job stands."""

    name: JobName
    subject: str
    every_s: float
    running_since_utc: datetime | None
    """None while it does not run."""
    next_utc: datetime
    last: JobRun | None
    """None where it never ran."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """Where a source stands."""

    source: str
    last_delivery_utc: datetime | None
    """When it last brought something; None: never since the floor started."""
    records_new: int
    """Of the last delivery."""
    problem: str = ""
    wait_until_utc: datetime | None = None
    """Until when it is not asked."""


@dataclass(frozen=True, slots=True)
class DiskState:
    """How much room there is for facts."""

    free_mib: float
    is_full: bool
    """Nothing is written while it is; what comes waits in memory."""
    since_utc: datetime | None = None
    waiting: int = 0
    """Deliveries that wait for room."""
    waiting_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class FloorProblem:
    """Something that people should know of, and what to do about it."""

    about: str
    """A job, a detector, ``disk``, ``clock``, ``alerts``."""
    problem: str
    since_utc: datetime


@dataclass(frozen=True, slots=True)
class FloorState:
    """How the floor stands: what runs, what ran, what comes, and what is wrong."""

    started_utc: datetime
    now_utc: datetime
    jobs: tuple[JobState, ...]
    sources: tuple[SourceState, ...]
    disk: DiskState
    problems: tuple[FloorProblem, ...]
    view_id: str
    """Of the newest view of the house; empty before the first."""
    as_of_utc: datetime | None
    """The moment of its picture."""
    listeners: int
    """How many listen to events."""
    exercise: ExerciseMark | None = None
    """The exercise that the store is of; None where it is of the real sky."""


@dataclass(frozen=True, slots=True)
class KeptBoard:
    """One board that was made and kept, without its content."""

    view_id: str
    as_of_utc: datetime
    made_utc: datetime
    audience: str
    sha256: str
    """Of its JSON document."""


class EventKind(Enum):
    """What those who listen are told of."""

    BOARD = "board"
    """A newer board is there; the subject is its view id."""
    INCIDENT = "incident"
    """An incident changed; the subject is its id, the detail what happened to it."""
    ALERT = "alert"
    """An alert was raised, changed or acknowledged; the subject is its id."""
    STATE = "state"
    """A job ended, or something went wrong or right again."""
    EXERCISE = "exercise"
    """Of a live exercise: its clock, a question that was asked, what a cell did."""
    GAP = "gap"
    """Events were missed that are no longer held: read everything anew."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that those who listen are told; ids rise, also over restarts."""

    event_id: int
    kind: EventKind
    at_utc: datetime
    subject: str = ""
    detail: str = ""
    audience: Audience | None = None
    """Who may hear of it; None: everybody, as nothing in it tells of anything."""
    cell: str = ""
    """Of an exercise: who sits in this cell may hear of it, and who directs; empty: `audience` says
    who may."""
