"""What the machine sees of a live exercise, look by look, beside the watch: for the score."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from hoshimori.formats.rehearsals import read_look, write_look
from hoshimori.model.detector import Detector
from hoshimori.model.picture import Picture
from hoshimori.model.rehearsals import Look
from hoshimori.store.exercise_record import ExerciseRecord
from hoshimori.workflows.floor_watch import detected
from hoshimori.workflows.floor_worker import Worker, WorkerLostError
from hoshimori.workflows.inquiry import EVERY_DETECTOR, Inquiry
from hoshimori.workflows.live_stage import LiveStage
from hoshimori.workflows.rehearsal_looks import OfTheSky
from hoshimori.workflows.rehearse import look_at

_REST_AFTER_S = 120.0


class LiveLooks:
    """Looks at the stage at each moment that was watched, in a process of its own.

    A look depends on what was known at its moment alone, so that it may come late: after a restart
    those that are owed are made up for.
    """

    def __init__(
        self, stage: LiveStage, record: ExerciseRecord, *, limit_s: float,
        on_look: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self._stage = stage
        self._record = record
        self._limit_s = limit_s
        self._on_look = on_look
        self._worker = Worker(EVERY_DETECTOR)
        self._of_the_sky = OfTheSky()
        self._line: queue.Queue[datetime | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._given = 0
        for moment_utc, look in record.looks().items():
            if not look:
                self._line.put(moment_utc)

    def put(self, moment_utc: datetime) -> None:
        """Look at a moment as soon as the others are done; each moment once."""
        if self._record.owe_look(moment_utc):
            self._line.put(moment_utc)

    def start(self) -> None:
        """Look in the background until `close`."""
        self._thread = threading.Thread(target=self._serve, name="hoshimori looks", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End at once; what is owed is looked at after the next start."""
        self._worker.stop()
        self._line.put(None)
        if self._thread is not None:
            self._thread.join(5.0)

    def looks(self) -> tuple[Look, ...]:
        """Return the looks so far, by moment."""
        source = str(self._record.path)
        return tuple(
            read_look(text, source=source) for text in self._record.looks().values() if text
        )

    def owed(self) -> int:
        """Return how many moments are still to be looked at."""
        return sum(not text for text in self._record.looks().values())

    def look_at_all(self) -> None:
        """Look at all that is owed, in the calling thread; for a floor that is stepped."""
        while not self._line.empty():
            moment_utc = self._line.get()
            if moment_utc is not None:
                self._look(moment_utc)

    def _serve(self) -> None:
        while True:
            try:
                moment_utc = self._line.get(timeout=_REST_AFTER_S)
            except queue.Empty:
                self._worker.rest()
                continue
            if moment_utc is None:
                return
            try:
                self._look(moment_utc)
            except WorkerLostError:
                if self._worker.is_stopped:
                    return  # it stays owed

    def _look(self, moment_utc: datetime) -> None:
        look = look_at(self._stage.stage, moment_utc, self._of_the_sky, self._asked)
        self._record.keep_look(moment_utc, write_look(look))
        self._on_look()

    def _asked(self, picture: Picture, detectors: Sequence[Detector]) -> Inquiry:
        key = f"look {self._given}"
        self._given += 1
        found = detected(self._worker, key, picture, detectors, limit_s=self._limit_s)
        self._worker.give(key, picture, limit_s=self._limit_s)
        return self._worker.inquire(key, picture, *found, limit_s=self._limit_s)
