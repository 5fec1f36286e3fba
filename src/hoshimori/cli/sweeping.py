"""`rehearse sweep`: many drawn scripts, and how often what is found."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.sweep_rows import (
    AlarmsRow,
    CurveRow,
    alarms_row,
    curve_row,
    sweep_sentences,
)
from hoshimori.dossier.wording import reality_text
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.sweep_table import curves_csv
from hoshimori.model.provenance import Reality
from hoshimori.model.sweeps import DrawKind, Sweep
from hoshimori.settings import load_settings
from hoshimori.workflows.exercise_skies import SkyAsked, exercise_sky
from hoshimori.workflows.sealing import write_whole
from hoshimori.workflows.sweep import SweepPlan, sweep
from hoshimori.workflows.sweep_places import Place, in_processes, on_ray


@dataclass(frozen=True, slots=True)
class SweepArguments:
    """What is drawn, on which sky, by whom, and where it is kept."""

    sky: SkyAsked
    seed: int
    number: int
    controls: int
    only: tuple[str, ...]
    workers: int | None
    ray: str | None
    output: Path | None
    table: Path | None
    report: Path | None
    language: str | None
    settings: Path | None


def run_sweep(arguments: SweepArguments, *, as_json: bool) -> None:
    """Draw scripts, look, and print the curves."""
    tree = load_settings(arguments.settings)
    chosen = Language(arguments.language or tree.watch.language)
    plan = SweepPlan(
        seed=arguments.seed,
        number=_positive(arguments.number, "--number"),
        only=tuple(dict.fromkeys(map(_kind, arguments.only))),
        controls=arguments.controls,
    )
    place = _place(arguments)
    sky = exercise_sky(arguments.sky, tree, seed=arguments.seed)
    with Console(stderr=True).status(sky.origin) as status:

        def show(done: int, of: int) -> None:
            status.update(say(chosen, "sweep.progress", done=str(done), of=str(of)))

        told = sweep(sky, plan, place=place, file=arguments.output, on_progress=show)
    if arguments.table is not None:
        write_whole(arguments.table, curves_csv(told.curves))
    if arguments.report is not None:
        from hoshimori.dossier.sweep_page import sweep_page

        command = shlex.join(["hoshimori", *sys.argv[1:]])
        page = sweep_page(told, sky.picture.as_of_utc, chosen, command)
        write_whole(arguments.report, page.encode())
    if as_json:
        print(write_json({"reality": "EXERCISE", "sweep": told}))
        return
    _print(told, chosen)


def _print(told: Sweep, language: Language) -> None:
    console = Console()
    title = say(language, "sweep.title", rows=f"{told.rows:,}", sky=told.sky, seed=str(told.seed))
    shown = reality_text(Reality.EXERCISE, language)
    console.print(Text(f"[{shown}] {title}", style="bold"))
    curves = [curve_row(curve, language) for curve in told.curves]
    if curves:
        console.print(Rows(CurveRow, curves, "sweep", language))
    for line in sweep_sentences(told, language):
        console.print(Text(line), soft_wrap=True, highlight=False)
    if told.alarms:
        console.print(Text(say(language, "sweep.alarms"), style="bold"))
        rows = [alarms_row(one, language) for one in told.alarms]
        console.print(Rows(AlarmsRow, rows, "sweep", language))


def _place(arguments: SweepArguments) -> Place:
    if arguments.ray is not None:
        if arguments.workers is not None:
            raise SettingsError("choose one of --workers and --ray: a cluster has its own")
        return on_ray(arguments.ray)
    workers = arguments.workers if arguments.workers is not None else os.cpu_count() or 1
    return in_processes(_positive(workers, "--workers"))


def _positive(number: int, option: str) -> int:
    if number < 1:
        raise SettingsError(f"{option} {number}: expected 1 or more")
    return number


def _kind(word: str) -> DrawKind:
    try:
        return DrawKind(word)
    except ValueError:
        known = ", ".join(kind.value for kind in DrawKind)
        raise SettingsError(f"--only {word}: expected one of {known}") from None
