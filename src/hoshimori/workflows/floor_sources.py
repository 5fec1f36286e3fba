"""Where a floor's facts come from: sources that are asked, and folders that are followed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from hoshimori.errors import DiskFullError, SourceError, StoreError
from hoshimori.model.floor import Clock, JobOutcome, SourceState
from hoshimori.settings import Settings
from hoshimori.sources.folder import WatchedFolder
from hoshimori.workflows.fetch import newest_delivery
from hoshimori.workflows.floor_parts import Ask
from hoshimori.workflows.floor_store import Delivered, FloorStore
from hoshimori.workflows.ingest import Ingested
from hoshimori.workflows.rota import Done


class Inflow:
    """Asks sources, follows folders, and brings what comes into the store."""

    def __init__(
        self, settings: Settings, asks: Mapping[str, Ask] | None, store: FloorStore, clock: Clock
    ) -> None:
        named = {n: partial(newest_delivery, n, settings) for n in settings.floor.sources}
        self.asks: Mapping[str, Ask] = named if asks is None else asks
        if store.exercise is not None:
            # An exercise plays apart from real sources; its own brings what its script says.
            self.asks = {} if asks is None else asks
        self._store = store
        self._clock = clock
        self._folders = {
            name: WatchedFolder(Path(name), clock.now_utc) for name in settings.floor.folders
        }
        self._states: dict[str, SourceState] = {}
        self._lock = threading.Lock()

    def states(self) -> tuple[SourceState, ...]:
        """Return where each source and folder stands."""
        with self._lock:
            return tuple(self._states.values())

    def fetch(self, source: str) -> Done:
        """Ask a source, and keep what it sends."""
        try:
            delivery = self.asks[source]()
        except SourceError as error:
            self._note(source, str(error), wait_until_utc=error.wait_until_utc)
            return Done(JobOutcome.FAILED, str(error), error.wait_until_utc)
        return self._kept(
            Delivered(delivery.source, delivery.payload, delivery.received_utc), source
        )

    def follow(self, folder: str) -> Done:
        """Keep each file of a folder that became complete since the last look."""
        done = Done(JobOutcome.NOTHING_NEW)
        try:
            for delivery in self._folders[folder].look():
                brought = Delivered(delivery.source, delivery.payload, delivery.received_utc)
                done = _worse(done, self._kept(brought, folder))
        except SourceError as error:
            self._note(folder, str(error))
            return replace(done, outcome=JobOutcome.FAILED, problem=str(error))
        return done

    def take_in(self, delivered: Delivered) -> Ingested:
        """Keep bytes that somebody brought; raises as `FloorStore.keep`."""
        ingested = self._store.keep(delivered, self._clock.now_utc())
        self._count(delivered.source, ingested)
        return ingested

    def keep_waiting(self) -> Done:
        """Write what waits for room, as far as there is some."""
        now_utc = self._clock.now_utc()
        has_room = self._store.has_room(now_utc)
        done = self._store.keep_waiting(now_utc) if has_room else ()
        new = sum(one.counts.new for one in done)
        for one in done:
            self._count(one.source, one)
        if not has_room:
            return Done(JobOutcome.HELD_BACK, "the disk is full")
        return Done(JobOutcome.DONE if done else JobOutcome.NOTHING_NEW, new=new)

    def _kept(self, delivered: Delivered, subject: str) -> Done:
        try:
            ingested = self._store.keep(delivered, self._clock.now_utc())
        except DiskFullError as error:
            self._note(subject, str(error))
            return Done(JobOutcome.HELD_BACK, str(error))
        except StoreError as error:
            self._note(subject, str(error))
            return Done(JobOutcome.FAILED, str(error))
        self._count(subject, ingested)
        if ingested.problem:
            return Done(JobOutcome.FAILED, ingested.problem, lasts=True)
        new = ingested.counts.new
        return Done(JobOutcome.DONE if new else JobOutcome.NOTHING_NEW, new=new)

    def _count(self, subject: str, ingested: Ingested) -> None:
        with self._lock:
            self._states[subject] = SourceState(
                subject, self._clock.now_utc(), ingested.counts.new, ingested.problem
            )

    def _note(self, subject: str, problem: str, *, wait_until_utc: datetime | None = None) -> None:
        with self._lock:
            held = self._states.get(subject, SourceState(subject, None, 0))
            self._states[subject] = replace(held, problem=problem, wait_until_utc=wait_until_utc)


def _worse(one: Done, other: Done) -> Done:
    """Return two deliveries of one look as one: what failed is told, what is new counts."""
    ranks = list(_RANKS)
    outcome = max(one.outcome, other.outcome, key=ranks.index)
    problem = "; ".join(p for p in (one.problem, other.problem) if p)
    return Done(outcome, problem, new=one.new + other.new, lasts=one.lasts or other.lasts)


_RANKS = (JobOutcome.NOTHING_NEW, JobOutcome.DONE, JobOutcome.FAILED, JobOutcome.HELD_BACK)
