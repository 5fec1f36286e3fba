"""One round of the watch: picture, detectors, journal, kept board, alerts, events."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hoshimori.errors import CoverageError, StoreError
from hoshimori.formats.json_document import write_json
from hoshimori.model.access import HOME, Audience
from hoshimori.model.board import DetectorRun, WatchBoard
from hoshimori.model.floor import EventKind, JobOutcome
from hoshimori.model.happenings import Happening
from hoshimori.model.incident_life import Change, LifeState
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings
from hoshimori.store import (
    Boards,
    FloorRecord,
    Journal,
    open_boards,
    open_floor_record,
    open_journal,
)
from hoshimori.workflows.audience_incidents import AudienceIncidents, states_of
from hoshimori.workflows.events import EventLog
from hoshimori.workflows.floor_alerts import Alerted, FloorAlerts
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.floor_pictures import Pictured, pictured_at
from hoshimori.workflows.floor_problems import FloorProblems
from hoshimori.workflows.floor_store import FloorStore
from hoshimori.workflows.floor_watch import detected, laid_out
from hoshimori.workflows.floor_worker import Worker, WorkerLostError
from hoshimori.workflows.incident_record import Recording, record_board
from hoshimori.workflows.late_detectors import LateDetectors
from hoshimori.workflows.reports import marking_of_picture
from hoshimori.workflows.rota import Done
from hoshimori.workflows.schedule import Reading
from hoshimori.workflows.views import View, view_of
from hoshimori.workflows.witnesses import detector_happening

_EVER = datetime.min.replace(tzinfo=UTC)
_ALERTED_TO = "journal entries told to alerts"
_WANTED_FOR_S = 86_400.0
"""So long after its last question an audience's view is made with every watch."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The files beside the facts in which a floor keeps things."""

    journal: Journal
    boards: Boards
    record: FloorRecord
    alerts: FloorAlerts

    def close(self) -> None:
        """Close all of them."""
        self.alerts.close()
        self.journal.close()
        self.boards.close()
        self.record.close()


class Rounds:
    """Makes the newest view of every audience that asks for one; one round at a time."""

    def __init__(
        self,
        settings: Settings,
        parts: FloorParts,
        store: FloorStore,
        kept: Kept,
        events: EventLog,
        problems: FloorProblems,
        known_to: AudienceIncidents,
    ) -> None:
        self._known_to = known_to
        self._settings = settings
        self._parts = parts
        self._store = store
        self._kept = kept
        self._events = events
        self._problems = problems
        self.worker = Worker(tuple(dict.fromkeys((*parts.detectors, *parts.every_detector))))
        self._made = threading.Condition()
        self._views: dict[Audience, View] = {}
        self._wanted: dict[Audience, float] = {}
        self._rounds = 0
        self._late = LateDetectors(settings.floor.watch_minutes * 60.0)
        self._latest_utc = max(
            (life.changed_utc for life in kept.journal.lives().values()), default=_EVER
        )
        self._nothing_known = ""
        self.asked: tuple[Happening, ...] = ()
        self._turn_utc = _EVER
        # What was in the journal before there was a floor is not news.
        if kept.record.marked(_ALERTED_TO) is None:
            kept.record.mark(_ALERTED_TO, kept.journal.newest_entry())

    def newest(self, audience: Audience) -> View | None:
        """Return the newest view of an audience, where one was made with the last round."""
        with self._made:
            self._wanted[audience] = self._parts.clock.steady_s()
            return self._views.get(audience)

    def wait_for_first(self, wait_s: float) -> View | None:
        """Return the newest view of the house, waiting for the first.

        Raises:
            CoverageError: a round found that nothing is known yet.
        """
        with self._made:
            self._made.wait_for(lambda: HOME in self._views or self._nothing_known, wait_s)
            if HOME not in self._views and self._nothing_known:
                raise CoverageError(self._nothing_known)
            return self._views.get(HOME)

    def put(self, view: View, of: View) -> None:
        """Keep a view as the newest of its audience, if that of the house is still the same."""
        with self._made:
            if self._views.get(HOME) is of:
                self._views[view.audience] = view

    def run(self) -> Done:
        """Watch once, and tell everybody."""
        now_utc = self._parts.clock.now_utc()
        self.asked, self._turn_utc = (), now_utc
        self._late.begin(Reading(now_utc, self._parts.clock.steady_s()))
        try:
            with self._store.reading() as store:
                seen = pictured_at(
                    store,
                    self._settings,
                    now_utc,
                    self._parts.sky_at,
                    known_by=max(now_utc, self._latest_utc),
                )
        except CoverageError as error:
            return self._nothing(str(error))
        if seen is None:
            return self._nothing("nothing is known yet; ingest something, or wait for a source")
        self._problems.settle("reports and maps", "; ".join(seen.notes[:3]), now_utc)
        self._latest_utc = max(self._latest_utc, now_utc)
        try:
            return self._watched(seen, now_utc)
        except WorkerLostError as lost:
            stopped = self.worker.is_stopped
            return Done(JobOutcome.INTERRUPTED if stopped else JobOutcome.ENDED, str(lost))

    def _nothing(self, because: str) -> Done:
        self._problems.tell("facts", because, self._parts.clock.now_utc())
        with self._made:
            self._nothing_known = because
            self._made.notify_all()
        return Done(JobOutcome.NOTHING_NEW, because)

    def _watched(self, seen: Pictured, now_utc: datetime) -> Done:
        before = self._views.get(HOME)
        picture = self._parts.permitted(seen.picture, HOME, self._settings)
        board = self._board(picture, seen, before.board if before else None, HOME)
        failed = [_told(run) for run in board.runs if run.problem]
        self._problems.settle("detectors", "; ".join(failed), now_utc)
        recording, problem = self._recorded(board, now_utc)
        alerted = Alerted(recording.board)
        if not problem and not recording.not_because:
            alerted = self._alerted(recording.board, now_utc)
        shown = replace(alerted.board, as_of_utc=board.as_of_utc, runs=board.runs)
        view = self._view(picture, shown, HOME, states_of(recording))
        with self._made:
            earlier, self._views = self._views, {HOME: view}
        problems = [problem, self._show(view)]
        self._tell(recording.changes, alerted.told, now_utc)
        for other in self._others(seen, view, board, earlier):
            problems.append(self._show(other))
        self._problems.clear("facts")
        if any(problems):
            return Done(JobOutcome.HELD_BACK, next(filter(None, problems)))
        return Done(JobOutcome.DONE)

    def _show(self, view: View) -> str:
        """Show a view to its audience; return why its board is not kept, empty where it is."""
        with self._made:
            self._views[view.audience] = view
            self._nothing_known = ""
            self._made.notify_all()
        self._events.publish(
            EventKind.BOARD, at_utc=view.made_utc, subject=view.view_id, audience=view.audience
        )
        return self._keep_board(view)

    def _board(
        self, picture: Picture, seen: Pictured, before: WatchBoard | None, audience: Audience
    ) -> WatchBoard:
        self._turn_utc = self._parts.clock.now_utc()
        findings, runs = detected(
            self.worker,
            self._key(picture),
            picture,
            self._parts.detectors,
            limit_s=self._settings.floor.detector_limit_s,
            late=self._late,
            on_run=self._timed,
        )
        marking = marking_of_picture(picture, self._settings)
        # What was planted is told to the house alone.
        story = seen.story if audience.sees_the_whole_house else ()
        return laid_out(picture, findings, runs, story=story, marking=marking, before=before)

    def _timed(self, run: DetectorRun) -> None:
        begun_utc, self._turn_utc = self._turn_utc, self._parts.clock.now_utc()
        self.asked += (detector_happening(run, begun_utc, self._turn_utc),)

    def _recorded(self, board: WatchBoard, now_utc: datetime) -> tuple[Recording, str]:
        """Return the board under the ids of the journal, and why the disk did not take it."""
        if not self._store.has_room(now_utc):
            return Recording(board), "the disk is full: incidents are recorded when there is room"
        newest_utc = max(
            (life.changed_utc for life in self._kept.journal.lives().values()),
            default=board.as_of_utc,
        )
        late = (newest_utc - board.as_of_utc).total_seconds()
        self._problems.settle("clock", _set_back(late, newest_utc) if late > 0 else "", now_utc)
        # Where what a detector that failed found before stands, nothing counts as gone; and where
        # the clock was set back, what is recorded still goes on from the last moment.
        carried = replace(
            board,
            as_of_utc=max(board.as_of_utc, newest_utc),
            runs=tuple(r for r in board.runs if r.stands_from_utc is None),
        )
        try:
            recording = record_board(carried, self._kept.journal, recorded_utc=now_utc)
        except StoreError as error:
            if not self._store.is_full_error(error, now_utc):
                raise
            return Recording(board), str(error)
        self._problems.settle("journal", recording.not_because, now_utc)
        return recording, ""

    def _alerted(self, board: WatchBoard, now_utc: datetime) -> Alerted:
        """Tell alerts of every change that they were not told of, also before a restart."""
        record, journal = self._kept.record, self._kept.journal
        try:
            newest = journal.newest_entry()
            changes = journal.changes_after(record.marked(_ALERTED_TO) or 0)
            alerted = self._kept.alerts.raised(
                changes, board, lives=journal.lives(), now_utc=now_utc
            )
            record.mark(_ALERTED_TO, newest)
        except Exception as error:
            # Alerts are told again at the next round; the watch itself must go on.
            self._store.is_full_error(error, now_utc)
            self._problems.tell("alerts", f"{type(error).__name__}: {error}", now_utc)
            return Alerted(board)
        self._problems.clear("alerts")
        return alerted

    def _others(
        self, seen: Pictured, home: View, board: WatchBoard, earlier: Mapping[Audience, View]
    ) -> Iterator[View]:
        """Yield the views of the other audiences that asked within a day.

        `board` is that of the house before its journal gave ids: those are of the house alone.
        """
        now_s = self._parts.clock.steady_s()
        with self._made:
            wanted = [a for a, at in self._wanted.items() if now_s - at < _WANTED_FOR_S]
        for audience in wanted:
            if audience == HOME:
                continue
            try:
                picture = self._parts.permitted(seen.picture, audience, self._settings)
            except CoverageError:
                continue  # nothing may be shown to it
            before = earlier.get(audience)
            if is_whole(picture, home.picture):
                picture, own = home.picture, replace(board, story=(), alerts=None)
            elif len(picture.newest):
                own = self._board(picture, seen, before.board if before else None, audience)
            else:
                continue
            now_utc = self._parts.clock.now_utc()
            known = self._known_to.recorded(
                audience,
                own,
                now_utc=now_utc,
                has_room=self._store.has_room(now_utc),
            )
            yield self._view(picture, known.board, audience, states_of(known))

    def _view(
        self,
        picture: Picture,
        board: WatchBoard,
        audience: Audience,
        states: Mapping[str, LifeState],
    ) -> View:
        return view_of(
            picture,
            board,
            audience=audience,
            marking=marking_of_picture(picture, self._settings),
            made_utc=self._parts.clock.now_utc(),
            states=states,
        )

    def _keep_board(self, view: View) -> str:
        """Keep a board as it is shown; return why it was not, empty where it was."""
        now_utc = self._parts.clock.now_utc()
        if not self._store.has_room(now_utc):
            return "the disk is full: boards are kept when there is room"
        try:
            self._kept.boards.append(
                write_json(view.board),
                view_id=view.view_id,
                audience=str(view.audience),
                as_of_utc=view.board.as_of_utc,
                made_utc=view.made_utc,
            )
        except StoreError as error:
            if not self._store.is_full_error(error, now_utc):
                raise
            return str(error)
        return ""

    def _tell(
        self, changes: tuple[Change, ...], alerts: tuple[tuple[str, str], ...], now_utc: datetime
    ) -> None:
        for change in changes:
            self._events.publish(
                EventKind.INCIDENT,
                at_utc=now_utc,
                subject=change.life.incident_id,
                detail=change.kind.value,
                audience=HOME,
            )
        for alert_id, detail in alerts:
            self._events.publish(
                EventKind.ALERT, at_utc=now_utc, subject=alert_id, detail=detail, audience=HOME
            )

    def _key(self, picture: Picture) -> str:
        self._rounds += 1
        return f"round {self._rounds}"


def is_whole(picture: Picture, whole: Picture) -> bool:
    """Tell whether a permitted picture leaves nothing out."""
    maps = (picture.integrity is None) == (whole.integrity is None)
    if picture.integrity is not None and whole.integrity is not None:
        maps = len(picture.integrity) == len(whole.integrity)
    flights = (picture.passages is None) == (whole.passages is None)
    if picture.passages is not None and whole.passages is not None:
        flights = len(picture.passages) == len(whole.passages)
    samples = sum(map(len, picture.receivers)) == sum(map(len, whole.receivers))
    return (
        maps
        and flights
        and samples
        and all(
            len(getattr(picture, name)) == len(getattr(whole, name))
            for name in ("history", "newest", "assets", "objects", "reports", "signals")
        )
    )


def opened_kept(settings: Settings, folder: Path, parts: FloorParts) -> Kept:
    """Open, or begin, the files beside the facts in a folder.

    Raises:
        StoreError: one of them is damaged or of a newer version.
    """
    with contextlib.ExitStack() as opened:
        kept = Kept(
            journal=opened.enter_context(open_journal(folder)),
            boards=opened.enter_context(open_boards(folder)),
            record=opened.enter_context(open_floor_record(folder)),
            alerts=parts.alerts(settings, folder, parts.clock),
        )
        opened.pop_all()
    return kept


def _told(run: DetectorRun) -> str:
    return f"{run.detector}: {'' if run.is_asked else 'not asked: '}{run.problem}"


def _set_back(late_s: float, newest_utc: datetime) -> str:
    return (
        f"the clock was set back: incidents are recorded as of {newest_utc:%Y-%m-%dT%H:%M:%SZ}, "
        f"{late_s:,.0f} s ahead, until it has passed that moment"
    )
