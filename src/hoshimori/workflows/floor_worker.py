"""The floor's worker: a process of its own that asks detectors, so that nobody else waits.

It lives as long as the floor. Where a detector hangs or takes the process down with it, the
process is ended, the next one is started when it is needed, and the floor says which detector.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from hoshimori.errors import CoverageError, HoshimoriError, SettingsError
from hoshimori.model.board import DetectorRun
from hoshimori.model.candidate_causes import CauseReport
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding
from hoshimori.model.picture import Picture
from hoshimori.workflows.cause_questions import AtHand, CauseQuestion, WeatherDesk, causes_of
from hoshimori.workflows.inquiry import Inquiry, inquiry_of
from hoshimori.workflows.watch import run_detector

_LOOK_EVERY_S = 0.5
_NICER = 5
"""Requests of people go before the watch, where both want the processor."""

Found = tuple[tuple[AnyFinding, ...], DetectorRun]


class WorkerLostError(Exception):
    """The worker did not answer in time, died, or was stopped; the message says which.

    It never leaves the floor, so that it is none of the drawn errors.
    """


class WorkerLateError(WorkerLostError):
    """The worker did not answer in time, and was ended."""


@dataclass(frozen=True, slots=True)
class _Drop:
    """Make room: what is held would else be held beside what comes."""


@dataclass(frozen=True, slots=True)
class _Take:
    key: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class _Detect:
    key: str
    detector: int


@dataclass(frozen=True, slots=True)
class _Inquire:
    key: str
    findings: tuple[AnyFinding, ...]
    runs: tuple[DetectorRun, ...]


@dataclass(frozen=True, slots=True)
class _Explain:
    key: str
    question: CauseQuestion
    where: AtHand


class Worker:
    """Hands pictures to a process of its own and asks it about them; one thread at a time.

    Detectors must be importable by name in a new process.
    """

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self._detectors = tuple(detectors)
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._held = ""
        self._stopped = threading.Event()
        self.starts = 0
        """How many processes were started; more than one: some were lost."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped for good."""
        return self._stopped.is_set()

    def give(self, key: str, picture: Picture, *, limit_s: float) -> None:
        """Hand a picture over, unless the process holds it already under this key.

        Raises:
            WorkerLostError: the process died, hung or was stopped.
        """
        with self._lock:
            if key == self._held and self._is_alive():
                return
            self._held = ""
            self._ask(_Drop(), limit_s, "the picture")
            self._ask(_Take(key, _portable(picture)), limit_s, "the picture")
            self._held = key

    def detect(self, key: str, detector: Detector, *, limit_s: float) -> Found:
        """Ask one detector about a picture that was handed over; one that fails says so.

        Raises:
            WorkerLateError: it did not answer within `limit_s`, and its process was ended.
            WorkerLostError: it took the process down; or the worker was stopped.
        """
        with self._lock:
            request = _Detect(key, self._detectors.index(detector))
            found: Found = self._ask(request, limit_s, detector.card.name)
            return found

    def inquire(
        self,
        key: str,
        picture: Picture,
        findings: Sequence[AnyFinding],
        runs: Sequence[DetectorRun],
        *,
        limit_s: float,
    ) -> Inquiry:
        """Return the inquiry that findings about a picture make; raises as `detect`."""
        with self._lock:
            request = _Inquire(key, tuple(findings), tuple(runs))
            bare: Inquiry = self._ask(request, limit_s, "causes and groups")
        return replace(bare, picture=picture)

    def explain(
        self, key: str, question: CauseQuestion, where: AtHand, *, limit_s: float
    ) -> CauseReport:
        """Return the candidate causes of a moment in a picture that was handed over.

        Raises:
            WorkerLostError: as `detect`.
            CoverageError: where the object was is not known.
            SettingsError: an assumption, or the file of space weather, is not as it must be.
        """
        with self._lock:
            told: CauseReport | HoshimoriError
            told = self._ask(_Explain(key, question, where), limit_s, "candidate causes")
        if isinstance(told, HoshimoriError):
            raise told
        return told

    def stop(self) -> None:
        """End the process at once, whatever it does; it is not started again."""
        self._stopped.set()
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def rest(self) -> None:
        """End the process, where it is idle, to give its memory back; it starts when needed."""
        with self._lock:
            self._end()

    def _ask(self, request: Any, limit_s: float, step: str) -> Any:
        self._start()
        pipe = self._pipe
        assert pipe is not None
        try:
            pipe.send(request)
            if not pipe.poll(limit_s):
                self._end()
                raise WorkerLateError(f"{step} did not answer within {limit_s:g} s and was ended")
            is_good, reply = pipe.recv()
        except (EOFError, OSError):
            code = self._end()
            if self._stopped.is_set():
                raise WorkerLostError("the floor was stopped") from None
            raise WorkerLostError(f"{step} ended its process ({_ending(code)})") from None
        if not is_good:
            raise WorkerLostError(f"{step}: {reply}")
        return reply

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def _start(self) -> None:
        if self._stopped.is_set():
            raise WorkerLostError("the floor was stopped")
        if self._is_alive():
            return
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_work, args=(theirs, self._detectors, os.getpid()), name="hoshimori-worker",
            daemon=True,
        )  # fmt: skip
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        self.starts += 1

    def _end(self) -> int | None:
        """End the process and return with what; None where there was none."""
        process, pipe = self._process, self._pipe
        self._process, self._pipe, self._held = None, None, ""
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.join(0.2)  # one that ended by itself says with what
        if process.is_alive():
            process.kill()
        process.join()
        code = process.exitcode
        process.close()
        return code


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"status {code}"


def _portable(picture: Picture) -> Picture:
    """Return a picture that can be handed over: read-only mappings cannot."""
    return replace(picture, objects=dict(picture.objects))


def _work(pipe: Connection, detectors: tuple[Detector, ...], parent: int) -> None:
    """Answer requests until the floor is gone; runs in the process of the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the floor, which ends us
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    with contextlib.suppress(OSError):
        os.nice(_NICER)
    pictures: dict[str, Picture] = {}
    desk = WeatherDesk()
    while True:
        try:
            request = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            reply = (True, _answer(request, pictures, detectors, desk))
        except Exception as error:
            # Whatever went wrong is for the floor to tell; the next request may go well.
            reply = (False, f"{type(error).__name__}: {error}")
        try:
            pipe.send(reply)
        except (EOFError, OSError):
            return
        except Exception as error:
            pipe.send((False, f"its answer cannot be handed over: {error}"))


def _answer(
    request: object,
    pictures: dict[str, Picture],
    detectors: tuple[Detector, ...],
    desk: WeatherDesk,
) -> object:
    match request:
        case _Drop():
            pictures.clear()
            return None
        case _Take(key, picture):
            pictures[key] = picture
            return None
        case _Detect(key, number):
            found, run = run_detector(detectors[number], pictures[key])
            return tuple(found), run
        case _Inquire(key, findings, runs):
            inquiry = inquiry_of(pictures[key], findings, runs)
            return replace(inquiry, picture=_without_rows(pictures[key]))
        case _Explain(key, question, where):
            return _explained(pictures[key], question, where, desk)
        case _:
            raise TypeError(f"{type(request).__name__} is no request")


def _explained(
    picture: Picture, question: CauseQuestion, where: AtHand, desk: WeatherDesk
) -> CauseReport | HoshimoriError:
    """Return causes, or why there are none: a question that has no answer is no lost worker."""
    try:
        return causes_of(picture, question, where, desk)
    except CoverageError as error:
        return error
    except HoshimoriError as error:
        return SettingsError(str(error))


def _without_rows(picture: Picture) -> Picture:
    """Return a picture that costs nothing to hand back; the floor puts its own in its place."""
    nothing = picture.newest.take(slice(0))
    return replace(
        picture, newest=nothing, history=nothing, objects={}, integrity=None, passages=None
    )


def _leave_with(parent: int) -> None:
    """End this process once its parent is gone, even in the midst of a detector that hangs."""
    never = threading.Event()
    while os.getppid() == parent:
        never.wait(_LOOK_EVERY_S)
    os._exit(1)
