"""Sweep: many drawn scripts on one sky, by any number of workers, and what comes of them.

The same seed gives the same rows, whoever computes them and in whatever order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import hoshimori
from hoshimori.errors import SettingsError
from hoshimori.exercise.drawn_scripts import draw
from hoshimori.exercise.sweep_curves import sweep_of
from hoshimori.formats.sweeps import SweepFile, SweepHead, head_line, read_sweep, row_line
from hoshimori.model.sweeps import ControlRow, DrawKind, Sweep, SweepRow
from hoshimori.workflows.exercise_skies import ExerciseSky
from hoshimori.workflows.sweep_controls import control_of
from hoshimori.workflows.sweep_looks import row_of
from hoshimori.workflows.sweep_places import Place, Task
from hoshimori.workflows.sweep_sky import SweepSky

Progress = Callable[[int, int], None]
"""Called with how many rows there are, and of how many."""


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """What is drawn."""

    seed: int
    number: int
    only: tuple[DrawKind, ...] = ()
    controls: int = 3
    """Batches of assets of the untouched sky."""

    def tasks(self) -> tuple[Task, ...]:
        """Return every row that is to be computed, the untouched sky last."""
        controls = [Task(batch=k) for k in range(self.controls)]
        return (*(Task(number=k) for k in range(self.number)), *controls)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Prepares a sky for the rows of a plan: the costly part of a sweep's start."""

    plan: SweepPlan

    def __call__(self, sky: ExerciseSky) -> Rows:
        """Return what computes the rows."""
        return self.on(SweepSky.of(sky, self.plan.seed))

    def on(self, sky: SweepSky) -> Rows:
        """Return what computes the rows on a sky that is worked out already."""
        return Rows(sky, self.plan)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Computes rows of a plan on the sky of a sweep."""

    sky: SweepSky
    plan: SweepPlan

    def __call__(self, task: Task) -> SweepRow | ControlRow:
        """Return one row."""
        if task.batch is not None:
            return control_of(self.sky, task.batch)
        return row_of(self.sky, draw(self.plan.seed, task.number, self.plan.only))


def sweep(
    sky: ExerciseSky,
    plan: SweepPlan,
    *,
    place: Place,
    file: Path | None = None,
    on_progress: Progress = lambda done, of: None,
) -> Sweep:
    """Return what a sweep tells; rows are appended to a file as they come.

    A sweep goes on where such a file ends.

    Raises:
        SettingsError: the file is of another sweep.
        FormatError: it is no such file.
    """
    head = _head(sky, plan)
    tasks = plan.tasks()
    kept = _kept(file, head)
    done = {Task(number=row.number) for row in kept.rows}
    done |= {Task(batch=row.batch) for row in kept.controls}
    waiting = [task for task in tasks if task not in done]
    rows: list[SweepRow | ControlRow] = [*kept.rows, *kept.controls]
    for row in _computed(sky, plan, place, waiting, file):
        rows.append(row)
        on_progress(len(rows), max(len(tasks), len(rows)))
    return told_of(head, rows, plan)


def told_of(head: SweepHead, rows: Sequence[SweepRow | ControlRow], plan: SweepPlan) -> Sweep:
    """Return what the rows of a plan tell; rows beyond it are left out."""
    return sweep_of(
        [r for r in rows if isinstance(r, SweepRow) and r.number < plan.number],
        [r for r in rows if isinstance(r, ControlRow) and r.batch < plan.controls],
        sky=head.sky,
        seed=head.seed,
        objects=head.objects,
    )


def _computed(
    sky: ExerciseSky, plan: SweepPlan, place: Place, waiting: Sequence[Task], file: Path | None
) -> Iterator[SweepRow | ControlRow]:
    if not waiting:
        return
    for row in place(sky, Prepared(plan), waiting):
        if file is not None:
            _append(file, row_line(row))
        yield row


def _head(sky: ExerciseSky, plan: SweepPlan) -> SweepHead:
    return SweepHead(
        sky=sky.origin,
        seed=plan.seed,
        objects=len(sky.picture.newest),
        only=tuple(kind.value for kind in plan.only),
        version=hoshimori.__version__,
    )


def _kept(file: Path | None, head: SweepHead) -> SweepFile:
    """Return what a file holds already; a new one is begun."""
    if file is None:
        return SweepFile(head=head, rows=(), controls=())
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if not text.endswith("\n"):
            # What ended in the middle of a line is taken from the last whole one on.
            text = text[: text.rfind("\n") + 1]
            file.write_text(text, encoding="utf-8")
        if not text:
            _append(file, head_line(head))
            return SweepFile(head=head, rows=(), controls=())
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from None
    kept = read_sweep(text.splitlines(keepends=True), source=str(file))
    if kept.head != head:
        raise SettingsError(f"{file} holds another sweep: {kept.head}; name a new file")
    return kept


def _append(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
        out.flush()
        os.fsync(out.fileno())
