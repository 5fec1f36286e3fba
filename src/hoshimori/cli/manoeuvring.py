"""`manoeuvres`: from histories to what objects did, on the screen, in JSON or in a table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from hoshimori.cli.banner import banner
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.manoeuvre_wording import ManoeuvreRow, limits, manoeuvre_row, summary
from hoshimori.errors import SettingsError
from hoshimori.model.elements import Column
from hoshimori.model.exercise_stores import require_asked
from hoshimori.settings import load_settings
from hoshimori.workflows.deliveries import assets_from, moment_from
from hoshimori.workflows.histories import Histories, histories_of_files, histories_of_store
from hoshimori.workflows.histories import Progress as ReadProgress
from hoshimori.workflows.manoeuvres import ManoeuvreReport, as_json, manoeuvres
from hoshimori.workflows.stores import opened_store

_ROWS = 20
"""As many rows as one screen holds."""
_LEAST_TABLE_WIDTH = 120
_COLUMNS = ("object", "when", "size", "components", "kind", "strength", "confidence")
_NUMBERS = {"size", "components", "strength"}


@dataclass(frozen=True, slots=True)
class ManoeuvreArguments:
    """Whose histories the user asked about."""

    history: tuple[Path, ...]
    objects: str
    since: str
    output: Path | None
    exercise: bool
    language: str | None
    store: Path | None
    settings: Path | None


def run_manoeuvres(
    arguments: ManoeuvreArguments, *, as_json_document: bool, everything: bool
) -> int:
    """Judge histories, print what they show, and return the exit status."""
    tree = load_settings(arguments.settings)
    messages = Console(stderr=True)
    since_utc = moment_from(arguments.since) if arguments.since else None
    _check_output(arguments.output)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def show(step: str, done: int, of: int) -> None:
            _show(progress, task, step, done, of)

        report = manoeuvres(_histories(arguments, show), since_utc=since_utc, on_progress=show)
    if report.rejected:
        messages.print(f"hoshimori: {report.rejected:,} records could not be read", style="dim")
    if arguments.output is not None:
        require_asked(
            report.reality, exercise=arguments.exercise, what=f"what {arguments.output} would hold"
        )
        pq.write_table(report.to_arrow(), arguments.output, compression="zstd")
        messages.print(f"hoshimori: written: {escape(str(arguments.output))}", style="dim")
    if as_json_document:
        for piece in as_json(report):
            sys.stdout.write(piece)
        sys.stdout.write("\n")
        return 0
    language = Language(arguments.language or tree.watch.language)
    Console().print(_view(report, language, everything=everything))
    return 0


def _histories(arguments: ManoeuvreArguments, show: ReadProgress) -> Histories:
    objects = None
    if arguments.objects:
        assets = assets_from(arguments.objects, option="--objects")
        objects = frozenset(asset.norad_id for asset in assets)
    if arguments.history:
        return histories_of_files(arguments.history, objects=objects, on_progress=show)
    tree = load_settings(arguments.settings)
    with opened_store(tree, arguments.store) as store:
        return histories_of_store(store, objects=objects)


def _check_output(output: Path | None) -> None:
    if output is None:
        return
    if output.is_dir():
        raise SettingsError(f"--output {output}: a folder; name a file in it")
    if not output.parent.is_dir():
        raise SettingsError(f"--output {output}: there is no folder {output.parent}")


def _show(progress: Progress, task: TaskID, step: str, done: int, of: int) -> None:
    progress.update(task, description=step, completed=done, total=of)


def _view(report: ManoeuvreReport, language: Language, *, everything: bool) -> RenderableType:
    found = report.manoeuvres
    parts = banner(None, report.reality, language)
    told = summary(found, report.watched, report.element_sets, language)
    parts.append(Text(told, style="bold"))
    if len(found):
        shown, key = _shown(report, everything=everything)
        rows = [manoeuvre_row(found, int(row), report.names, language) for row in shown]
        parts += [Padding(Text(say(language, key)), (1, 0, 0, 0)), _table(rows, language)]
        further = len(found) - len(rows)
        if further:
            words = say(language, "manoeuvres.further", number=f"{further:,}")
            parts.append(Text(words, style="dim"))
    else:
        parts.append(Text(say(language, "manoeuvres.nothing")))
    unseen = " ".join(limits(report.dismissed, report.watched, language))
    parts.append(Padding(Text(unseen, style="dim"), (1, 0, 0, 0)))
    return Group(*parts)


def _shown(report: ManoeuvreReport, *, everything: bool) -> tuple[Column, str]:
    """Return the rows to list: all, or those that one screen holds, the newest of each object."""
    found = report.manoeuvres
    if everything or len(found) <= _ROWS:
        return np.lexsort((found.norad_id, found.burn_utc)), "manoeuvres.every"
    if len(np.unique(found.norad_id)) == 1:
        return np.argsort(found.burn_utc)[-_ROWS:], "manoeuvres.last"
    last = np.append(found.norad_id[1:] != found.norad_id[:-1], True)
    newest = np.flatnonzero(last)
    order = np.argsort(found.burn_utc[newest])[::-1]
    return newest[order][:_ROWS], "manoeuvres.newest"


def _table(rows: Sequence[ManoeuvreRow], language: Language) -> Table:
    table = Table(header_style="bold")
    for column in _COLUMNS:
        table.add_column(
            say(language, f"manoeuvres.column.{column}"),
            justify="right" if column in _NUMBERS else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(escape, astuple(row)))
    return table
