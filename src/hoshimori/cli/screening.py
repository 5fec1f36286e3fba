"""`screen`: from arguments to conjunctions in a table, on the screen or in JSON."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from hoshimori.cli.screen_board import screen_view
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.model.exercise_stores import require_asked
from hoshimori.model.findings import Relation
from hoshimori.model.provenance import combined_reality
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.device import Device
from hoshimori.workflows.ephemerides import (
    TabulatedObjects,
    earth_now,
    numbered_ephemerides_in,
    tabulated,
)
from hoshimori.workflows.old_kernels import remove_old_kernels
from hoshimori.workflows.screen import (
    Screening,
    ScreenPlan,
    ScreenRequest,
    checked_window,
    parts_of,
    passing_place,
    screen,
    stays_of,
)
from hoshimori.workflows.screen_board import as_json, closest_passes
from hoshimori.workflows.screen_engine import usable_device
from hoshimori.workflows.screen_places import on_this_machine, place_named
from hoshimori.workflows.screen_sky import start_of
from hoshimori.workflows.skies import Sky
from hoshimori.workflows.stores import sky_asked

_CUT_SHORT = 130
"""What shells expect of a program that Ctrl-C ended."""
_LEAST_MEMORY_MIB = 256
_ROWS = 15
"""As many pairs as one screen holds."""


@dataclass(frozen=True, slots=True)
class ScreenArguments:
    """What the user asked to screen."""

    catalogues: tuple[Path, ...]
    primaries: str
    ephemerides: tuple[Path, ...]
    start: str
    days: float
    threshold_km: float
    output: Path | None
    exercise: bool
    memory_mib: int | None
    on: str
    device: str
    restart: bool
    store: Path | None
    settings: Path | None


def run_screen(arguments: ScreenArguments, *, as_json_document: bool, everything: bool) -> int:
    """Screen, print, and return the exit status."""
    tree = load_settings(arguments.settings)
    remove_old_kernels()
    messages = Console(stderr=True)
    with passing_place(_output(arguments)) as output:
        try:
            screening = _screened(arguments, tree, messages, output)
        except KeyboardInterrupt:
            _tell(messages, _after_interruption(arguments))
            return _CUT_SHORT
        if as_json_document:
            for piece in as_json(screening, arguments.output):
                sys.stdout.write(piece)
            sys.stdout.write("\n")
        else:
            _print(screening, Language(tree.watch.language), everything=everything)
    if arguments.output is not None:
        _tell(messages, f"written: {output} and {stays_of(output)}")
    return 0


def _screened(
    arguments: ScreenArguments, tree: Settings, messages: Console, output: Path
) -> Screening:
    checked_window(arguments.days, arguments.threshold_km)
    start_utc = moment_from(arguments.start) if arguments.start else None
    primaries = (
        assets_from(arguments.primaries, option="--primaries") if arguments.primaries else None
    )
    memory_mib = arguments.memory_mib or tree.screen.memory_mib
    if memory_mib < _LEAST_MEMORY_MIB:
        raise SettingsError(f"--memory-mib {memory_mib}: expected at least {_LEAST_MEMORY_MIB}")
    place = place_named(arguments.on)
    if place is not on_this_machine and arguments.device != Device.CPU.value:
        raise SettingsError("--device cuda searches on this machine alone; leave out --on")
    device, why = usable_device(Device(arguments.device))
    if arguments.ephemerides and device is not Device.CPU:
        device, why = Device.CPU, "searching on the CPU: only it can search ephemerides"
    if why:
        _tell(messages, why)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("the sky", total=None)
        sky = _sky(arguments, tree)
        if arguments.output is not None:
            reality = combined_reality(part.reality for part in sky.parts)
            what = f"what {arguments.output} would hold"
            require_asked(reality, exercise=arguments.exercise, what=what)
        request = ScreenRequest(
            start_utc=start_utc if start_utc is not None else start_of(sky),
            days=arguments.days,
            threshold_km=arguments.threshold_km,
            primaries=primaries,
            device=device,
            ephemerides=_ephemerides(arguments),
            history_days=tree.screen.history_days,
        )
        shown = partial(_show, progress, task)
        plan = ScreenPlan(memory_mib, place, arguments.restart, shown)
        screening = screen(sky, request, output, plan)
    for note in (f"screened {sky.origin}", *sky.notes):
        _tell(messages, note)
    return screening


def _ephemerides(arguments: ScreenArguments) -> TabulatedObjects | None:
    if not arguments.ephemerides:
        return None
    return tabulated(numbered_ephemerides_in(arguments.ephemerides), earth_now())


def _show(progress: Progress, task: TaskID, done: int, of: int) -> None:
    if progress.tasks[0].total is None and done:
        progress.console.print(
            f"hoshimori: goes on where it was cut short, {100 * done // of} % done", style="dim"
        )
    progress.update(task, description="screening", completed=done, total=of)


def _output(arguments: ScreenArguments) -> Path | None:
    output = arguments.output
    if output is None:
        return None
    if output.is_dir() or not output.name:
        raise SettingsError(f"--output {output}: a folder; name a file in it")
    if not output.parent.is_dir():
        raise SettingsError(f"--output {output}: there is no folder {output.parent}")
    return output


def _sky(arguments: ScreenArguments, tree: Settings) -> Sky:
    as_of = moment_from(arguments.start) if arguments.start else None
    return sky_asked(
        arguments.catalogues,
        tree,
        store_folder=arguments.store,
        as_of_utc=as_of,
        history_days=tree.screen.history_days,
    )


def _after_interruption(arguments: ScreenArguments) -> str:
    if arguments.output is None:
        return "cut short; without --output nothing is kept"
    if not parts_of(arguments.output).exists():
        return "cut short before anything was searched"
    return (
        f"cut short; finished spans are kept in {parts_of(arguments.output)}, "
        "and the same command goes on from there"
    )


def _print(screening: Screening, language: Language, *, everything: bool) -> None:
    shown = frozenset(Relation) if everything else frozenset({Relation.UNRELATED})
    closest = closest_passes(screening, relations=shown, most=None if everything else _ROWS)
    counts = screening.summary.counts.by_relation
    pairs = counts[Relation.UNRELATED.value].pairs
    Console().print(
        screen_view(
            screening.summary,
            closest,
            language,
            everything=everything,
            further=0 if everything else pairs - len(closest),
        )
    )


def _tell(messages: Console, note: str) -> None:
    messages.print(f"hoshimori: {escape(note)}", style="dim", highlight=False, soft_wrap=True)
