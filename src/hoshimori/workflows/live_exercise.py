"""A live exercise: a script that people play, on a floor with a clock of its own."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from hoshimori.errors import FormatError, HoshimoriError, SettingsError
from hoshimori.model.floor import EventKind
from hoshimori.model.live_exercises import KeptAct, KeptAddition, Seat
from hoshimori.model.rehearsals import ActKind, CellAct
from hoshimori.model.scenarios import Cell, CellKind, Question, Scenario
from hoshimori.settings import Settings, marking_of_exercises
from hoshimori.store.exercise_record import ExerciseRecord
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.events import EVERY_CELL
from hoshimori.workflows.exercise_clock import ExerciseClock
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.live_conductor import Conductor
from hoshimori.workflows.live_looks import LiveLooks
from hoshimori.workflows.live_stage import LiveStage
from hoshimori.workflows.live_weather import FILE, keep_weather

FASTEST = 86_400.0
"""A day of the exercise to a second on the wall."""


class Told(Protocol):
    """What tells those who listen; a floor does."""

    def __call__(self, kind: EventKind, subject: str, *, cell: str = "") -> None:
        """Tell one cell and who directs, or everybody."""
        ...


class LiveExercise:
    """A script as it is played; close it after the floor, or use it in a `with` statement.

    Threads may share it. What a cell does is kept before anybody is told of it.
    """

    def __init__(
        self,
        name: str,
        record: ExerciseRecord,
        stage: LiveStage,
        *,
        detector_limit_s: float = 600.0,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Go on with what the record holds; `name` is what people call the exercise."""
        moment = record.moment()
        if moment is None:
            raise SettingsError(f"{record.path}: no exercise was begun here")
        self.name = name
        self.folder = record.path.parent
        self.stage = stage
        self.clock = ExerciseClock(moment, stage.starts_utc, steady=steady)
        self._record = record
        self._lock = threading.RLock()
        self._adding = threading.Lock()
        """Held as long as an addition is worked out: acts go on meanwhile, the clock does not."""
        self._floor: Floor | None = None
        self.on_whole: Callable[[], None] = lambda: None
        """Told when it is over and everything of it is there, and when more comes after that."""
        keep_weather(self.folder, stage, self.clock.now_utc())
        self.looks = LiveLooks(stage, record, limit_s=detector_limit_s, on_look=self._looked)
        self.conductor = Conductor(
            stage,
            self.clock,
            keep=record.keep_moment,
            on_asked=self._asked,
            on_state=self._stopped,
            on_watched=self.looks.put,
            steady=steady,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def parts(self) -> FloorParts:
        """Return what a floor is put together from that plays this exercise."""
        return FloorParts(
            clock=self.clock,
            sky_at=self.stage.sky_at,
            # Who plays watches the assets of the script, wherever the sky is from.
            permitted=partial(
                permitted, assets_marking=marking_of_exercises(self.stage.stage.settings)
            ),
            sources={},
            watch_every_s=self.scenario.pace.watch_every_h * 3600.0,
            on_watch=self.conductor.watched,
        )

    def attach(self, floor: Floor) -> None:
        """Take the floor that plays it."""
        self._floor = floor
        self.conductor.attach(self._watch_soon)

    def start(self) -> None:
        """Let the clock go, and look for the score, in the background."""
        self.looks.start()
        self.conductor.start()

    def close(self) -> None:
        """Stop, and keep everything as it is."""
        self.conductor.close()
        self.looks.close()
        self._record.close()

    @property
    def scenario(self) -> Scenario:
        """The script with all that was added."""
        return self.stage.scenario

    @property
    def is_over(self) -> bool:
        """Whether its time is over, or who directs ended it."""
        return self.clock.moment().is_ended

    def cells(self) -> tuple[Cell, ...]:
        """Return who takes part."""
        return self.scenario.cells

    def acts(self) -> tuple[KeptAct, ...]:
        """Return everything that cells did so far."""
        return self._record.acts()

    def additions(self) -> tuple[KeptAddition, ...]:
        """Return what was added to the script so far."""
        return self._record.additions()

    def asked(self) -> tuple[Question, ...]:
        """Return the questions that were asked so far, in the order of asking."""
        now_utc = self.clock.now_utc()
        asked = [q for q in self.scenario.questions if self.stage.moment(q.asked_h) <= now_utc]
        return tuple(sorted(asked, key=lambda q: (q.asked_h, q.question_id)))

    def who_is_asked(self, question: Question) -> tuple[str, ...]:
        """Return the cells that a question is for."""
        national = [c.name for c in self.cells() if c.kind is CellKind.NATIONAL]
        return tuple(name for name in national if not question.cells or name in question.cells)

    def act(
        self, cell: str, kind: ActKind, subject: str, value: str, *, by: str,
        objects: Sequence[int] = (), told_to: str = "",
    ) -> KeptAct:  # fmt: skip
        """Keep what a cell did now, and tell the cell, who directs, and `told_to`.

        Raises:
            SettingsError: the exercise is over; points are given all the same.
            StoreError: it cannot be kept.
        """
        with self._lock:
            moment = self.clock.moment()
            if moment.is_ended and kind is not ActKind.POINTS:
                raise SettingsError("the exercise is over: nothing more counts")
            act = CellAct(cell=cell, kind=kind, at_utc=moment.now_utc, subject=subject, value=value)
            kept = self._record.add_act(act, by, moment, objects)
        # What the white cell gives for an answer is told when the exercise is over.
        hearers = {EVERY_CELL} if kind is ActKind.POINTS else {cell, told_to} - {""}
        for hearer in sorted(hearers):
            self.tell("act", cell=hearer)
        self._whole()
        return kept

    def mistakes(self, data: bytes) -> tuple[FormatError, ...]:
        """Return all that is wrong with an addition as it is written, by line and field."""
        return self.stage.mistakes(data, self.clock.now_utc())

    def add(self, data: bytes, by: str) -> KeptAddition:
        """Add injects, questions and what belongs to them to the script, from now on.

        The clock stands meanwhile. Where anything is wrong, nothing changes.

        Raises:
            FormatError: for the first mistake, with its line and field.
            SettingsError: it does not fit the sky, or the exercise is over.
            StoreError: it cannot be kept.
        """
        with self._adding, self.clock.held() as now_utc:
            if self.is_over:
                raise SettingsError("the exercise is over: nothing can be added")
            prepared = self.stage.prepared(data, now_utc)
            with self._lock:
                kept = self._record.add_addition(prepared.toml, by, self.clock.moment())
                self.stage.play(prepared)
        self.tell("script", cell=EVERY_CELL)
        return kept

    def set_clock(
        self, *, speed: float | None = None, paused: bool | None = None, to_h: float | None = None
    ) -> None:
        """Let the clock go faster or slower, stop it, let it go on, or set it forward.

        Raises:
            SettingsError: a speed or hour that cannot be; then nothing changes.
        """
        with self._adding, self._lock:
            if self.is_over:
                raise SettingsError("the exercise is over: its clock stands")
            if speed is not None and not 0.0 < speed <= FASTEST:
                raise SettingsError(f"speed: {speed:g}: expected more than 0, to {FASTEST:,.0f}")
            if to_h is not None:
                self._check_jump(to_h)
            if speed is not None:
                self.clock.set_speed(speed)
            if paused is not None:
                (self.clock.pause if paused else self.clock.go_on)()
            if to_h is not None:
                self.conductor.jump(self.stage.moment(to_h))
            self._record.keep_moment(self.clock.moment())
        self.tell("state")

    def end(self) -> None:
        """End it: the clock stands for good, and nothing more counts but points."""
        with self._adding, self._lock:
            self.clock.end()
            self._record.keep_moment(self.clock.moment())
        self._stopped()

    def tell(self, subject: str, *, cell: str = "") -> None:
        """Tell a cell and who directs that something changed; everybody where none is named."""
        if self._floor is not None:
            self._floor.tell(EventKind.EXERCISE, subject, audience=None, cell=cell)

    def _check_jump(self, to_h: float) -> None:
        now_h, length_h = self.stage.hour(self.clock.now_utc()), self.scenario.pace.length_h
        if not now_h <= to_h <= length_h:
            raise SettingsError(
                f"jump_to_h: {to_h:g}: expected {now_h:.2f} to {length_h:g}: "
                "an exercise never goes back"
            )

    def _watch_soon(self) -> None:
        with contextlib.suppress(SettingsError):  # what is on the disk is told by the floor
            keep_weather(self.folder, self.stage, self.clock.now_utc())
        if self._floor is not None:
            self._floor.watch_soon()

    def _stopped(self) -> None:
        self.tell("state")
        self._whole()

    def _looked(self) -> None:
        self.tell("score", cell=EVERY_CELL)
        self._whole()

    def _whole(self) -> None:
        if self.is_over and not self.looks.owed():
            with contextlib.suppress(HoshimoriError):  # it can be asked for again
                self.on_whole()

    def _asked(self, question_id: str) -> None:
        question = next(q for q in self.scenario.questions if q.question_id == question_id)
        for cell in self.who_is_asked(question):
            self.tell("question", cell=cell)


def hears_of(seat: Seat) -> str:
    """Return of which cell somebody hears: who directs hears of every one."""
    return EVERY_CELL if seat.is_director else seat.cell or ""


def settings_of_exercise(settings: Settings, folder: Path | None = None) -> Settings:
    """Return settings without the feeds of the house: an exercise brings its own.

    Its space weather stands in its folder.
    """
    floor = replace(settings.floor, sources=(), folders=(), reports=(), integrity=(), receivers=())
    weather = "" if folder is None else str(folder / FILE)
    return replace(settings, floor=floor, sources=replace(settings.sources, space_weather=weather))
