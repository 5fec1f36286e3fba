"""Questions of people that take time, answered by a worker of their own.

The watch has its own worker, so that no question delays it. Questions wait in line; too many are
turned away. Whoever does not want to wait is told how far it is and asks again.
"""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from hoshimori.errors import BusyError, CoverageError
from hoshimori.model.access import Audience
from hoshimori.model.candidate_causes import CauseReport
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings
from hoshimori.workflows.audience_incidents import AudienceIncidents, states_of
from hoshimori.workflows.cause_questions import CauseQuestion, at_hand
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.floor_pictures import pictured_at
from hoshimori.workflows.floor_store import FloorStore
from hoshimori.workflows.floor_watch import detected, inquired, laid_out
from hoshimori.workflows.floor_worker import Worker, WorkerLostError
from hoshimori.workflows.inquiry import Inquiry
from hoshimori.workflows.reports import marking_of_picture
from hoshimori.workflows.rounds import is_whole
from hoshimori.workflows.views import View, view_of

MOST_IN_LINE = 8
_ANSWERS_HELD = 4
"""Answers hold whole pictures: few are kept."""
_REPORTS_HELD = 16
"""Reports of causes hold no picture."""
_CAUSES = "causes"
_REST_AFTER_S = 600.0

Answer = View | Inquiry | CauseReport
Question = Callable[["Asked"], Answer]


@dataclass(slots=True)
class Asked:
    """A question in line: its answer to come, and how far it is."""

    key: str
    question: Question
    answer: Future[Answer]
    step: str = "in line"
    done: int = 0
    of: int = 0

    def progress(self, step: str, done: int, of: int) -> None:
        """Note how far it is."""
        self.step, self.done, self.of = step, done, of


class Questions:
    """Answers questions one after the other; several threads may wait for the same answer."""

    def __init__(
        self,
        settings: Settings,
        parts: FloorParts,
        store: FloorStore,
        known_to: AudienceIncidents,
    ) -> None:
        self._known_to = known_to
        self._settings = settings
        self._parts = parts
        self._store = store
        self._worker = Worker(tuple(dict.fromkeys((*parts.detectors, *parts.every_detector))))
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, Asked] = OrderedDict()
        self._line: queue.Queue[Asked | None] = queue.Queue()
        self._thread: threading.Thread | None = None

    def replay(self, audience: Audience, moment: datetime, wait_s: float) -> View:
        """Return what an audience would have seen at a moment, with what was known then.

        Raises:
            BusyError: it is not ready after `wait_s`, or too many questions are in line.
            CoverageError: nothing was known then.
        """

        def question(asked: Asked) -> View:
            return self._replayed(audience, moment, asked)

        key = f"replay {moment.isoformat()} {audience}"
        answer = self._answer(key, question, wait_s)
        assert isinstance(answer, View)
        return answer

    def seen_by(self, audience: Audience, home: View, wait_s: float) -> View:
        """Return what another audience sees of the newest picture of the house; raises as
        `replay`.
        """

        def question(asked: Asked) -> View:
            return self._seen(audience, home, asked)

        answer = self._answer(f"newest {home.view_id} {audience}", question, wait_s)
        assert isinstance(answer, View)
        return answer

    def inquiry(self, view: View, wait_s: float) -> Inquiry:
        """Return what every detector says of a view's picture; raises as `replay`."""

        def question(asked: Asked) -> Inquiry:
            return inquired(
                self._worker,
                view.view_id,
                view.picture,
                view.board,
                self._parts.every_detector,
                limit_s=self._settings.floor.detector_limit_s,
                on_progress=asked.progress,
            )

        answer = self._answer(f"inquiry {view.view_id}", question, wait_s)
        assert isinstance(answer, Inquiry)
        return answer

    def causes(self, view: View, question: CauseQuestion, wait_s: float) -> CauseReport:
        """Return what could have caused something on an object of a view at a moment.

        Raises:
            BusyError: as `replay`.
            CoverageError: where the object was then is not known.
            SettingsError: an assumption, or the file of space weather, is not as it must be.
        """
        limit_s = self._settings.floor.detector_limit_s

        def answer(asked: Asked) -> CauseReport:
            asked.progress("the picture", 0, 0)
            self._worker.give(view.view_id, view.picture, limit_s=limit_s)
            asked.progress("candidate causes", 0, 0)
            where = at_hand(self._settings)
            return self._worker.explain(view.view_id, question, where, limit_s=limit_s)

        told = self._answer(f"{_CAUSES} {view.view_id} {question}", answer, wait_s)
        assert isinstance(told, CauseReport)
        return told

    def stop(self) -> None:
        """Answer nothing more, and end the worker at once."""
        self._worker.stop()
        self._line.put(None)
        if self._thread is not None:
            self._thread.join(5.0)

    def _answer(self, key: str, question: Question, wait_s: float) -> Answer:
        asked = self._in_line(key, question)
        try:
            return asked.answer.result(timeout=max(0.0, wait_s))
        except TimeoutError:
            if asked.answer.done():
                raise
            step = f"{asked.step} ({asked.done} of {asked.of})" if asked.of else asked.step
            raise BusyError(
                f"it is still being made: {step}", done=asked.done, of=asked.of
            ) from None
        except WorkerLostError as lost:
            self._forget(key)
            raise BusyError(f"it could not be made: {lost}", retry_after_s=60.0) from None
        except Exception:
            self._forget(key)
            raise

    def _in_line(self, key: str, question: Question) -> Asked:
        with self._lock:
            asked = self._asked.get(key)
            if asked is not None:
                self._asked.move_to_end(key)
                return asked
            waiting = sum(not one.answer.done() for one in self._asked.values())
            if waiting >= MOST_IN_LINE:
                raise BusyError(
                    f"{waiting} questions are in line; ask again later", retry_after_s=30.0
                )
            asked = Asked(key, question, Future())
            self._asked[key] = asked
            self._drop_old()
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._serve, name="hoshimori questions", daemon=True
                )
                self._thread.start()
        self._line.put(asked)
        return asked

    def _drop_old(self) -> None:
        ready = [key for key, one in self._asked.items() if one.answer.done()]
        light = [key for key in ready if key.startswith(_CAUSES)]
        heavy = [key for key in ready if not key.startswith(_CAUSES)]
        for keys, held in ((heavy, _ANSWERS_HELD), (light, _REPORTS_HELD)):
            for key in keys[: max(0, len(keys) - held)]:
                del self._asked[key]

    def _forget(self, key: str) -> None:
        with self._lock:
            self._asked.pop(key, None)

    def _serve(self) -> None:
        while True:
            try:
                asked = self._line.get(timeout=_REST_AFTER_S)
            except queue.Empty:
                self._worker.rest()
                continue
            if asked is None:
                return
            try:
                asked.answer.set_result(asked.question(asked))
            except Exception as error:
                # It is raised where the answer is waited for.
                asked.answer.set_exception(error)

    def _replayed(self, audience: Audience, moment: datetime, asked: Asked) -> View:
        asked.progress("the picture", 0, 0)
        with self._store.reading() as store:
            seen = pictured_at(store, self._settings, moment, self._parts.sky_at)
        if seen is None:
            raise CoverageError(f"nothing was known at {moment:%Y-%m-%dT%H:%M:%SZ}")
        picture = self._parts.permitted(seen.picture, audience, self._settings)
        _refuse_empty(picture, audience)
        findings, runs = detected(
            self._worker,
            asked.key,
            picture,
            self._parts.detectors,
            limit_s=self._settings.floor.detector_limit_s,
            on_progress=asked.progress,
        )
        marking = marking_of_picture(picture, self._settings)
        # What was planted, and which files could not be read, is told to the house alone.
        house = audience.sees_the_whole_house
        story, notes = (seen.story, seen.notes) if house else ((), ())
        board = laid_out(picture, findings, runs, story=story, marking=marking, before=None)
        return view_of(
            picture,
            board,
            audience=audience,
            marking=marking,
            made_utc=self._parts.clock.now_utc(),
            is_replay=True,
            notes=notes,
        )

    def _seen(self, audience: Audience, home: View, asked: Asked) -> View:
        picture = self._parts.permitted(home.picture, audience, self._settings)
        marking = marking_of_picture(picture, self._settings)
        if is_whole(picture, home.picture):
            # Laid out anew: alerts, stories and the ids of the journal are of the house alone.
            picture, found = home.picture, (home.board.findings, home.board.runs)
        else:
            _refuse_empty(picture, audience)
            found = detected(
                self._worker,
                asked.key,
                picture,
                self._parts.detectors,
                limit_s=self._settings.floor.detector_limit_s,
                on_progress=asked.progress,
            )
        board = laid_out(picture, *found, story=(), marking=marking, before=None)
        now_utc = self._parts.clock.now_utc()
        has_room = self._store.has_room(now_utc)
        known = self._known_to.recorded(audience, board, now_utc=now_utc, has_room=has_room)
        return view_of(
            picture,
            known.board,
            audience=audience,
            marking=marking,
            made_utc=now_utc,
            states=states_of(known),
        )


def _refuse_empty(picture: Picture, audience: Audience) -> None:
    if not len(picture.newest):
        raise CoverageError(f"nothing that is held may be shown to {audience}")
