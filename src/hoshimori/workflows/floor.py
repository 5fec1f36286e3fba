"""The watch floor: one process that owns the store and keeps watch, hour after hour.

Doors read it by frozen views and events; they never wait for a watch.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from hoshimori.errors import CoverageError
from hoshimori.model.access import HOME, Audience
from hoshimori.model.board import WatchBoard
from hoshimori.model.detector import Detector
from hoshimori.model.floor import (
    Clock,
    DiskState,
    EventKind,
    FloorState,
    JobRun,
    KeptBoard,
)
from hoshimori.model.incident_life import Change
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings, store_folder
from hoshimori.store import Store
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.deliveries import assets_from
from hoshimori.workflows.events import EventLog, Subscription
from hoshimori.workflows.incident_record import opened_journal, record_board
from hoshimori.workflows.inquiry import EVERY_DETECTOR, Inquiry, inquire
from hoshimori.workflows.reports import marking_of_picture
from hoshimori.workflows.skies import Sky, made_sky
from hoshimori.workflows.stores import own_store, sky_of_store
from hoshimori.workflows.views import View, view_of
from hoshimori.workflows.watch import DETECTORS, watch

SkyAt = Callable[[Store, datetime], Sky | None]
"""What was known at a moment; None where nothing was."""
Permit = Callable[[Picture, Audience, Settings], Picture]
"""A picture without what an audience may not see."""
RaiseAlerts = Callable[[Sequence[Change], WatchBoard], None]
"""Told of what a board changed; must raise nothing twice where it is told twice."""


@dataclass(frozen=True, slots=True, eq=False)
class FloorParts:
    """What a floor is put together from; the defaults are those of `hoshimori serve`."""

    clock: Clock = field(default_factory=SystemClock)
    sky_at: SkyAt | None = None
    """None: what the store holds."""
    permitted: Permit = lambda picture, audience, settings: picture
    raise_alerts: RaiseAlerts = lambda changes, board: None
    detectors: tuple[Detector, ...] = DETECTORS
    every_detector: tuple[Detector, ...] = EVERY_DETECTOR


def made_sky_at(seed: int, objects: int = 30_000) -> SkyAt:
    """Return where a floor over a made sky has it from: moved on to each moment, SIMULATED."""
    return lambda store, moment: made_sky(
        seed=seed, objects=objects, as_of_utc=as_column_time(moment)
    )


class Floor:
    """The watch floor; use it in a `with` statement, which opens the store and closes it.

    `start` keeps watch in the background until the end; `step` runs what is due, once. Every
    method may be called from any thread.

    Raises:
        StoreError: another process has the store open, or it is damaged or of a newer version.
    """

    def __init__(
        self, settings: Settings, folder: Path | None = None, parts: FloorParts | None = None
    ) -> None:
        self.settings = settings
        self.folder = folder or store_folder(settings)
        self._parts = parts or FloorParts()
        self._clock = self._parts.clock
        self._store = own_store(settings, self.folder)
        self._lock = threading.RLock()
        self._started_utc = self._clock.now_utc()
        self._events = EventLog(int(self._started_utc.timestamp() * 1000))
        self._views: dict[Audience, View] = {}
        self._inquiries: dict[str, Inquiry] = {}
        self._kept: list[KeptBoard] = []

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
        self.step()

    def step(self) -> tuple[JobRun, ...]:
        """Run every job that is due now, one after the other, and return how they fared."""
        with self._lock:
            moment = self._clock.now_utc()
            view = self._watched(HOME, moment, is_replay=False)
            with opened_journal(self.settings, self.folder, create=True) as journal:
                recording = record_board(view.board, journal, recorded_utc=moment)
            self._views = {HOME: self._viewed(view.picture, recording.board, HOME, moment)}
            self._parts.raise_alerts(recording.changes, recording.board)
            self._events.publish(
                EventKind.BOARD, at_utc=moment, subject=self._views[HOME].view_id, audience=HOME
            )
        return ()

    def close(self) -> None:
        """Stop after the job that runs, end the worker, close store and subscriptions."""
        self._events.close()
        with self._lock:
            self._store.close()

    def watch_soon(self) -> None:
        """Watch as soon as possible, before the next run is due; returns at once."""

    def state(self) -> FloorState:
        """Return how the floor stands."""
        newest = self._views.get(HOME)
        return FloorState(
            started_utc=self._started_utc,
            now_utc=self._clock.now_utc(),
            jobs=(),
            sources=(),
            disk=DiskState(0.0, False),
            problems=(),
            view_id=newest.view_id if newest else "",
            as_of_utc=newest.board.as_of_utc if newest else None,
            listeners=self._events.listeners,
        )

    def view(self, audience: Audience = HOME, *, wait_s: float = 30.0) -> View:
        """Return the newest view of an audience.

        Raises:
            BusyError: it is still being made after `wait_s`.
            CoverageError: nothing is known yet: there are no facts to watch.
        """
        if audience not in self._views:
            with self._lock:
                view = self._watched(audience, self._clock.now_utc(), is_replay=False)
                self._views[audience] = view
        return self._views[audience]

    def view_at(
        self, audience: Audience, as_known_at_utc: datetime, *, wait_s: float = 30.0
    ) -> View:
        """Return what the audience would have seen at a past moment, with what was known then.

        Raises:
            BusyError: it is still being made after `wait_s`, or too many wait.
            CoverageError: nothing was known then.
        """
        with self._lock:
            return self._watched(audience, as_known_at_utc, is_replay=True)

    def inquiry(self, view: View, *, wait_s: float = 30.0) -> Inquiry:
        """Return what every detector says of a view's picture.

        Raises:
            BusyError: it is still being made after `wait_s`, or too many wait; says how far it is.
        """
        with self._lock:
            if view.view_id not in self._inquiries:
                self._inquiries[view.view_id] = inquire(view.picture, self._parts.every_detector)
            return self._inquiries[view.view_id]

    def boards(
        self, audience: Audience = HOME, *, since_utc: datetime | None = None
    ) -> tuple[KeptBoard, ...]:
        """Return the boards that were made for an audience and kept, the oldest first."""
        return tuple(self._kept)

    def subscribe(
        self,
        audience: Audience,
        after_id: int | None = None,
        *,
        notify: Callable[[], None] = lambda: None,
    ) -> Subscription:
        """Return a queue of events for an audience, from those after an id that was seen last.

        `notify` is called from the floor's thread whenever something waits; it must return at once.
        """
        return self._events.subscribe(
            audience, after_id, at_utc=self._clock.now_utc(), notify=notify
        )

    def tell(
        self, kind: EventKind, subject: str, detail: str = "", audience: Audience | None = HOME
    ) -> None:
        """Tell those who listen, as when somebody acknowledged an alert."""
        self._events.publish(
            kind, at_utc=self._clock.now_utc(), subject=subject, detail=detail, audience=audience
        )

    @contextlib.contextmanager
    def store(self) -> Iterator[Store]:
        """Give the open store: for reading and appending facts while the floor keeps watch."""
        with self._lock:
            yield self._store

    def _watched(self, audience: Audience, moment: datetime, *, is_replay: bool) -> View:
        sky = self._sky_at(moment)
        if sky is None:
            raise CoverageError(f"nothing was known at {moment:%Y-%m-%dT%H:%MZ}; ingest something")
        assets = sky.assets or assets_from(self.settings.watch.assets)
        whole = sky.picture(
            assets=assets,
            days_ahead=self.settings.watch.days,
            as_of_utc=as_column_time(moment),
        )
        picture = self._parts.permitted(whole, audience, self.settings)
        board = watch(
            picture,
            detectors=self._parts.detectors,
            story=sky.story,
            marking=marking_of_picture(picture, self.settings),
        )
        return self._viewed(picture, board, audience, moment, is_replay=is_replay)

    def _viewed(
        self,
        picture: Picture,
        board: WatchBoard,
        audience: Audience,
        moment: datetime,
        *,
        is_replay: bool = False,
    ) -> View:
        return view_of(
            picture,
            board,
            audience=audience,
            marking=marking_of_picture(picture, self.settings),
            made_utc=moment,
            is_replay=is_replay,
        )

    def _sky_at(self, moment: datetime) -> Sky | None:
        if self._parts.sky_at is not None:
            return self._parts.sky_at(self._store, moment)
        return sky_of_store(
            self._store,
            as_of_utc=as_column_time(moment),
            history_days=self.settings.watch.history_days,
        )
