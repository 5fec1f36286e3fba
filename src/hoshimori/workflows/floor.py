"""The watch floor: one process that owns the store and keeps watch, hour after hour.

Doors read it by frozen views and events; they never wait for a watch.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from hoshimori.errors import BusyError, SettingsError, StoreError
from hoshimori.model.access import HOME, Audience
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.model.floor import (
    EventKind,
    FloorState,
    Job,
    JobName,
    JobOutcome,
    JobRun,
    KeptBoard,
)
from hoshimori.settings import Settings, store_folder
from hoshimori.store import DossierShelf, OwnStore
from hoshimori.workflows.audience_incidents import AudienceIncidents
from hoshimori.workflows.board_thinning import ThinningRule, lasting_of, thin_boards
from hoshimori.workflows.events import EventLog, Subscription
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.floor_problems import FloorProblems
from hoshimori.workflows.floor_questions import Questions
from hoshimori.workflows.floor_sources import Inflow
from hoshimori.workflows.floor_store import Delivered, FloorStore
from hoshimori.workflows.ingest import Ingested
from hoshimori.workflows.inquiry import Inquiry
from hoshimori.workflows.rota import Done, Rota
from hoshimori.workflows.rounds import Rounds, opened_kept
from hoshimori.workflows.stores import own_store
from hoshimori.workflows.views import View
from hoshimori.workflows.witnesses import tell_job

_NEXT_EVENT = "next event"
_ROOM_EVERY_S = 30.0
_NEWS_APART_S = 300.0
"""Facts that trickle in must not keep the floor watching without end."""


class Floor:
    """The watch floor; use it in a `with` statement, which opens the store and closes it.

    `start` keeps watch in the background until the end; `step` runs what is due, once. Every
    method may be called from any thread.

    Raises:
        StoreError: another process has the store open, or it is damaged or of a newer version.
        SettingsError: the settings name a source or a folder that does not exist.
    """

    def __init__(
        self, settings: Settings, folder: Path | None = None, parts: FloorParts | None = None
    ) -> None:
        _check(settings)
        self.settings = settings
        self.folder = folder or store_folder(settings)
        self._parts = parts or FloorParts()
        self._clock = self._parts.clock
        self._started_utc = self._clock.now_utc()
        with contextlib.ExitStack() as opened:
            self._store = FloorStore(
                partial(own_store, settings, self.folder),
                self.folder,
                least_free_mib=settings.floor.free_mib,
                free=self._parts.free_mib,
            )
            opened.callback(self._store.close)
            self._kept = opened_kept(settings, self.folder, self._parts)
            opened.callback(self._kept.close)
            self._events = EventLog(self._first_event())
            self._problems = FloorProblems(
                lambda: self.tell(EventKind.STATE, "", audience=None), self._parts.witness
            )
            self._inflow = Inflow(settings, self._parts.sources, self._store, self._clock)
            known_to = AudienceIncidents(self.folder)
            self._rounds = Rounds(
                settings,
                self._parts,
                self._store,
                self._kept,
                self._events,
                self._problems,
                known_to,
            )
            self.questions = Questions(settings, self._parts, self._store, known_to)
            self._rota = self._jobs()
            # Whoever comes after a restart sees a board soon, also between two hours.
            self._rota.soon(JobName.WATCH)
            opened.pop_all()
        self._lasting: set[str] = set()
        self._closing = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Keep watch in the background until `close`; returns at once."""
        self._rota.start()

    def step(self) -> tuple[JobRun, ...]:
        """Run every job that is due now, one after the other, and return how they fared."""
        return self._rota.step()

    def seconds_to_next(self) -> float:
        """Return how long until a job is due; 0 where one is."""
        return self._rota.seconds_to_next()

    def close(self) -> None:
        """End: jobs and questions that run are broken off and begun again at the next start."""
        with self._closing:
            if self._is_closed:
                return
            self._is_closed = True
        self._rota.stop()
        self._rounds.worker.stop()
        self.questions.stop()
        self._rota.join()
        self._events.close()
        with contextlib.suppress(StoreError):
            self._kept.record.mark(_NEXT_EVENT, self._events.next_id)
        self._store.close()
        self._kept.close()

    def watch_soon(self) -> None:
        """Watch as soon as possible, before the next run is due; returns at once."""
        self._rota.soon(JobName.WATCH)

    def take_in(self, payload: bytes, source: str) -> Ingested:
        """Bring a catalogue, or a list of objects, into the store, and watch soon if it has news.

        Raises:
            DiskFullError: there is no room; it is held in memory until there is some.
            StoreError: it cannot be kept.
        """
        ingested = self._inflow.take_in(Delivered(source, payload, self._clock.now_utc()))
        if ingested.counts.new:
            self._news()
        return ingested

    @property
    def exercise(self) -> ExerciseMark | None:
        """The exercise that the floor's store is of; None where it is of the real sky."""
        return self._store.exercise

    def state(self) -> FloorState:
        """Return how the floor stands."""
        newest = self._rounds.newest(HOME)
        return FloorState(
            started_utc=self._started_utc,
            now_utc=self._clock.now_utc(),
            jobs=self._rota.states(),
            sources=self._inflow.states(),
            disk=self._store.disk(),
            problems=self._problems.current(),
            view_id=newest.view_id if newest else "",
            as_of_utc=newest.board.as_of_utc if newest else None,
            listeners=self._events.listeners,
            exercise=self.exercise,
        )

    def runs(self, *, newest: int | None = 200) -> tuple[JobRun, ...]:
        """Return the newest runs of all jobs, or all that are held (None), the oldest first."""
        return self._kept.record.runs(newest=newest)

    def view(self, audience: Audience = HOME, *, wait_s: float = 30.0) -> View:
        """Return the newest view of an audience.

        Raises:
            BusyError: it is still being made after `wait_s`.
            CoverageError: nothing is known yet: there are no facts to watch.
        """
        newest = self._rounds.newest(audience)
        if newest is not None:
            return newest
        home = self._rounds.wait_for_first(wait_s)
        if home is None:
            raise BusyError("the first watch is not over yet", retry_after_s=10.0)
        if audience == HOME:
            return home
        view = self.questions.seen_by(audience, home, wait_s)
        self._rounds.put(view, of=home)
        return view

    def view_at(
        self, audience: Audience, as_known_at_utc: datetime, *, wait_s: float = 30.0
    ) -> View:
        """Return what the audience would have seen at a past moment, with what was known then.

        Raises:
            BusyError: it is still being made after `wait_s`, or too many questions are in line.
            CoverageError: nothing was known then.
        """
        return self.questions.replay(audience, as_known_at_utc, wait_s)

    def inquiry(self, view: View, *, wait_s: float = 30.0) -> Inquiry:
        """Return what every detector says of a view's picture.

        Raises:
            BusyError: it is still being made after `wait_s`; says how far it is. Or too many
                questions are in line.
        """
        return self.questions.inquiry(view, wait_s)

    def boards(
        self, audience: Audience = HOME, *, since_utc: datetime | None = None
    ) -> tuple[KeptBoard, ...]:
        """Return the boards that were made for an audience and kept, the oldest first."""
        return self._kept.boards.of_audience(str(audience), since_utc=since_utc)

    def thinned_boards(self, audience: Audience = HOME) -> tuple[KeptBoard, ...]:
        """Return the boards of an audience whose content was given up, the oldest first."""
        return self._kept.boards.thinned(str(audience))

    def board_json(self, view_id: str, audience: Audience = HOME) -> str | None:
        """Return a board as it was shown to an audience (JSON); None where none such was.

        Raises:
            StoreError: it is not as it was written.
        """
        return self._kept.boards.board_json(view_id, str(audience))

    def subscribe(
        self,
        audience: Audience,
        after_id: int | None = None,
        *,
        notify: Callable[[], None] = lambda: None,
        cell: str = "",
    ) -> Subscription:
        """Return a queue of events for an audience, from those after an id that was seen last.

        `cell` is where who listens sits in an exercise. `notify` is called from the floor's thread
        whenever something waits; it must return at once.
        """
        return self._events.subscribe(
            audience, after_id, at_utc=self._clock.now_utc(), notify=notify, cell=cell
        )

    def tell(
        self,
        kind: EventKind,
        subject: str,
        detail: str = "",
        audience: Audience | None = HOME,
        cell: str = "",
    ) -> None:
        """Tell those who listen, as when somebody acknowledged an alert."""
        now_utc = self._clock.now_utc()
        self._events.publish(
            kind, at_utc=now_utc, subject=subject, detail=detail, audience=audience, cell=cell
        )

    @contextlib.contextmanager
    def store(self) -> Iterator[OwnStore]:
        """Give a store of one's own to read from, while the floor keeps watch."""
        with self._store.reading() as store:
            yield store

    @contextlib.contextmanager
    def writing(self) -> Iterator[OwnStore]:
        """Give the store to append to; one thread writes, the others wait.

        Raises:
            DiskFullError: there is no room; nothing of it was kept.
        """
        with self._store.writing(self._clock.now_utc()) as store:
            yield store

    def _jobs(self) -> Rota:
        rota = Rota(
            self._clock, self._kept.record, on_end=self._ended, on_unkept=self._not_recorded
        )
        chosen = self.settings.floor
        rota.add(Job(JobName.ROOM, every_s=_ROOM_EVERY_S, on_the_hour=False), self._look_for_room)
        for source in self._inflow.asks:
            job = Job(JobName.FETCH, source, chosen.fetch_minutes * 60.0, on_the_hour=False)
            rota.add(job, partial(self._inflow.fetch, source))
        for folder in chosen.folders:
            job = Job(JobName.FOLLOW, folder, chosen.folder_seconds, on_the_hour=False)
            rota.add(job, partial(self._inflow.follow, folder))
        rota.add(self._watch_job(), self._rounds.run)
        send = Job(JobName.SEND, every_s=chosen.send_seconds, on_the_hour=False)
        rota.add(send, self._send)
        if chosen.thin_boards:
            rota.add(Job(JobName.THIN, every_s=86_400.0), self._thin)
        return rota

    def _watch_job(self) -> Job:
        if self._parts.watch_every_s is not None:
            return Job(JobName.WATCH, every_s=self._parts.watch_every_s, on_the_hour=False)
        return Job(JobName.WATCH, every_s=self.settings.floor.watch_minutes * 60.0)

    def _look_for_room(self) -> Done:
        done = self._inflow.keep_waiting()
        disk = self._store.disk()
        problem = ""
        if disk.is_full:
            problem = f"the disk is full ({disk.free_mib:,.0f} MiB free): nothing is written"
            if disk.waiting:
                problem += f"; {disk.waiting} deliveries wait in memory"
            problem += "; make room, and it goes on by itself"
        self._problems.settle("disk", problem, self._clock.now_utc())
        return done

    def _send(self) -> Done:
        now_utc = self._clock.now_utc()
        if not self._store.has_room(now_utc):
            return Done(JobOutcome.HELD_BACK, "the disk is full")
        told = self._kept.alerts.sent(now_utc)
        for alert_id, detail in told:
            self.tell(EventKind.ALERT, alert_id, detail)
        return Done(JobOutcome.DONE if told else JobOutcome.NOTHING_NEW)

    def _thin(self) -> Done:
        now_utc = self._clock.now_utc()
        if not self._store.has_room(now_utc):
            return Done(JobOutcome.HELD_BACK, "the disk is full")
        chosen = self.settings.floor
        rule = ThinningRule(chosen.boards_whole_days, chosen.boards_hourly_days)
        lasting = lasting_of(self._kept.journal, DossierShelf(self.folder))
        dropped = thin_boards(self._kept.boards, rule, lasting, now_utc)
        return Done(JobOutcome.DONE if dropped else JobOutcome.NOTHING_NEW)

    def _ended(self, run: JobRun, done: Done) -> None:
        about = f"{run.name.value} {run.subject}".rstrip()
        if run.name is not JobName.ROOM:
            self._told(about, run, lasts=done.lasts)
        tell_job(self._parts.witness, run, self._rounds.asked)
        if done.new:
            self._news()
        if run.name is JobName.WATCH:
            self._parts.on_watch(run)
            self._rota.soon(JobName.SEND)
        if run.name in (JobName.FETCH, JobName.WATCH) or done.new:
            self.tell(EventKind.STATE, about, run.outcome.value, audience=None)
            with contextlib.suppress(StoreError):
                self._kept.record.mark(_NEXT_EVENT, self._events.next_id)

    def _told(self, about: str, run: JobRun, *, lasts: bool) -> None:
        failed = run.outcome in (JobOutcome.FAILED, JobOutcome.ENDED)
        if failed and lasts:
            self._lasting.add(about)
        elif not (run.outcome is JobOutcome.NOTHING_NEW and about in self._lasting):
            self._lasting.discard(about)
        if about not in self._lasting or failed:
            self._problems.settle(about, run.problem if failed else "", run.ended_utc)

    def _news(self) -> None:
        if self.settings.floor.watch_after_facts:
            self._rota.soon(JobName.WATCH, apart_s=_NEWS_APART_S)

    def _not_recorded(self, error: StoreError) -> None:
        now_utc = self._clock.now_utc()
        if not self._store.is_full_error(error, now_utc):
            self._problems.tell("record", str(error), now_utc)

    def _first_event(self) -> int:
        """Return a number above all events of earlier runs, also where the clock was set back."""
        by_clock = int(self._started_utc.timestamp() * 1000)
        return max(by_clock, self._kept.record.marked(_NEXT_EVENT) or 0)


def _check(settings: Settings) -> None:
    chosen = settings.floor
    for name in chosen.sources:
        if name not in ("celestrak", "spacetrack"):
            raise SettingsError(f"floor.sources: {name}: expected celestrak or spacetrack")
    spans = ("fetch_minutes", "folder_seconds", "watch_minutes", "send_seconds", "detector_limit_s")
    for name in spans:
        if not 0.0 < getattr(chosen, name) <= 1e7:
            raise SettingsError(f"floor.{name}: expected more than 0")
    if not 1.0 <= chosen.boards_whole_days <= chosen.boards_hourly_days <= 1e6:
        raise SettingsError(
            "floor.boards_whole_days: expected at least 1, and no more than boards_hourly_days"
        )
    for folder in chosen.folders:
        if not Path(folder).is_dir():
            raise SettingsError(f"floor.folders: {folder}: there is no such folder")
