"""From a picture to a board by the floor's worker: each detector on its own and within a limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from hoshimori.model.board import DetectorRun, WatchBoard
from hoshimori.model.detector import Detector
from hoshimori.model.findings import AnyFinding
from hoshimori.model.markings import Marking
from hoshimori.model.picture import Picture
from hoshimori.model.planted import Planted
from hoshimori.workflows.floor_worker import Found, Worker, WorkerLateError, WorkerLostError
from hoshimori.workflows.inquiry import Inquiry
from hoshimori.workflows.late_detectors import LateDetectors
from hoshimori.workflows.watch import Progress, board_of


def silent(step: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


def detected(
    worker: Worker,
    key: str,
    picture: Picture,
    detectors: Sequence[Detector],
    *,
    limit_s: float,
    late: LateDetectors | None = None,
    on_progress: Progress = silent,
    on_run: Callable[[DetectorRun], None] = lambda run: None,
) -> tuple[tuple[AnyFinding, ...], tuple[DetectorRun, ...]]:
    """Return what detectors find in a picture and how each fared, in a process of its own.

    One that raises, hangs past `limit_s` or takes the process down is a line among the runs; the
    others are asked all the same. Which ones keep hanging is noted in `late`, and they are left
    out as it says. `on_run` is told as soon as one has answered.

    Raises:
        WorkerLostError: the picture cannot be handed over, or the floor was stopped.
    """
    findings: list[AnyFinding] = []
    runs: list[DetectorRun] = []
    for done, detector in enumerate(detectors):
        on_progress(detector.card.name, done, len(detectors))
        if late is not None and (because := late.why_not_asked(_name(detector))):
            runs.append(DetectorRun(_name(detector), 0, because, is_asked=False))
            continue
        worker.give(key, picture, limit_s=limit_s)
        found, run = _asked(worker, key, detector, limit_s, late)
        findings += found
        runs.append(run)
        on_run(run)
    return tuple(findings), tuple(runs)


def _asked(
    worker: Worker, key: str, detector: Detector, limit_s: float, late: LateDetectors | None
) -> Found:
    try:
        found, run = worker.detect(key, detector, limit_s=limit_s)
    except WorkerLostError as lost:
        if worker.is_stopped:
            raise
        if late is not None and isinstance(lost, WorkerLateError):
            late.is_late(_name(detector))
        return (), DetectorRun(_name(detector), 0, str(lost))
    if late is not None:
        late.answered(_name(detector))
    return found, run


def laid_out(
    picture: Picture,
    findings: Sequence[AnyFinding],
    runs: Sequence[DetectorRun],
    *,
    story: tuple[Planted, ...],
    marking: Marking,
    before: WatchBoard | None,
) -> WatchBoard:
    """Return the board, on which a detector that failed keeps what it found `before`.

    Else an incident would count as gone because nobody looked.
    """
    kept, told = _kept_findings(findings, runs, before)
    return board_of(picture, (*findings, *kept), told, story=story, marking=marking)


def _kept_findings(
    findings: Sequence[AnyFinding], runs: Sequence[DetectorRun], before: WatchBoard | None
) -> tuple[tuple[AnyFinding, ...], tuple[DetectorRun, ...]]:
    failed = {run.detector for run in runs if run.problem}
    if not failed or before is None:
        return (), tuple(runs)
    known = {finding.finding_id for finding in findings}
    kept = tuple(f for f in before.findings if f.detector in failed and f.finding_id not in known)
    told = tuple(_standing(run, kept, before) if run.detector in failed else run for run in runs)
    return kept, told


def _standing(run: DetectorRun, kept: Sequence[AnyFinding], before: WatchBoard) -> DetectorRun:
    """Return the run of a detector that failed, and by when it found what stands in its place.

    Nothing stands of one that never answered since the floor started.
    """
    earlier = next((r for r in before.runs if r.detector == run.detector), None)
    if earlier is None:
        return run
    since_utc = earlier.stands_from_utc if earlier.problem else before.as_of_utc
    if since_utc is None:
        return run
    number = sum(f.detector == run.detector for f in kept)
    problem = f"{run.problem}; what it found by {since_utc:%Y-%m-%dT%H:%MZ} stands ({number})"
    return replace(run, problem=problem, stands_from_utc=since_utc)


def inquired(
    worker: Worker,
    key: str,
    picture: Picture,
    board: WatchBoard,
    detectors: Sequence[Detector],
    *,
    limit_s: float,
    on_progress: Progress = silent,
) -> Inquiry:
    """Return the inquiry of a picture; what its board found already is not looked for again.

    Raises:
        WorkerLostError: as `detected`; also where causes cannot be told in time.
    """
    answered = {run.detector for run in board.runs if not run.problem}
    asked = [d for d in detectors if _name(d) not in answered]
    findings, runs = detected(worker, key, picture, asked, limit_s=limit_s, on_progress=on_progress)
    on_progress("causes", len(asked), len(asked))
    known = tuple(f for f in board.findings if f.detector in answered)
    good = tuple(run for run in board.runs if not run.problem)
    worker.give(key, picture, limit_s=limit_s)
    return worker.inquire(key, picture, (*known, *findings), (*good, *runs), limit_s=limit_s)


def _name(detector: Detector) -> str:
    return f"{detector.card.name}/{detector.card.version}"
