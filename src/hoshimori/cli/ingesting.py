"""`ingest`: catalogues into the store."""

from __future__ import annotations

import contextlib
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.exercise_notice import notice_of
from hoshimori.workflows.fetch import fetch_newest
from hoshimori.workflows.ingest import (
    BY_CATALOGUE,
    Ingested,
    follow_folder,
    ingest_files,
    report_of,
)
from hoshimori.workflows.stores import opened_store

_BAD_INPUT = 2
_LOOK_EVERY_S = 5.0


def run_ingest(
    *,
    files: tuple[Path, ...],
    source: str | None,
    known_at: str,
    follow: bool,
    as_json: bool,
    store: Path | None,
    settings: Path | None,
) -> None:
    """Ingest files or a source, print what became of them, exit 2 if a file is no catalogue."""
    if not files and source is None:
        raise SettingsError("nothing to ingest: name files or folders, or --source celestrak")
    tree = load_settings(settings)
    dated = known_at if known_at in ("", BY_CATALOGUE) else moment_from(known_at)
    if follow:
        if as_json or source is not None or len(files) != 1:
            raise SettingsError("--follow watches one folder; without --source and --json")
        _follow(files[0], dated or None, tree, store)
        return
    messages = Console(stderr=True)
    with opened_store(tree, store) as kept, _progress(messages) as progress:
        task = progress.add_task("ingest", total=None)
        if kept.server and kept.exercise is not None:
            # A folder says so by itself; what an organisation's server keeps, only the server.
            messages.print(escape(f"hoshimori: {notice_of(kept.exercise, tree)}"), soft_wrap=True)
        done: list[Ingested] = []
        if source is not None:
            progress.update(task, description=f"asking {source}")
            done.append(fetch_newest(kept, source, tree))
        for ingested in ingest_files(kept, files, known_at=dated or None):
            progress.update(task, description=f"read {escape(ingested.source)}")
            done.append(ingested)
    report = report_of(done)
    if as_json:
        print(write_json(report))
    else:
        _print(done)
    if report.unreadable:
        sys.exit(_BAD_INPUT)


def _follow(
    folder: Path, known_at: np.datetime64 | str | None, tree: Settings, store: Path | None
) -> None:
    print(f"hoshimori: watching {folder}; end with Ctrl-C", file=sys.stderr)

    def wait() -> bool:
        time.sleep(_LOOK_EVERY_S)
        return True

    opened = partial(opened_store, tree, store)
    with contextlib.suppress(KeyboardInterrupt):
        for done in follow_folder(folder, opened, wait=wait, known_at=known_at):
            counts = done.counts
            told = (
                f"{counts.new:,} new, {counts.duplicate:,} duplicate, {counts.rejected:,} rejected"
            )
            print(f"{done.source}: {done.problem or told}", flush=True)


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _print(done: list[Ingested]) -> None:
    console = Console()
    table = Table(title=None, show_footer=len(done) > 1)
    report = report_of(done)
    table.add_column("file", footer="all")
    for name, total in (
        ("new", report.new),
        ("duplicate", report.duplicate),
        ("rejected", report.rejected),
    ):
        table.add_column(name, justify="right", footer=f"{total:,}")
    for file in done:
        counts = file.counts
        table.add_row(
            escape(file.source),
            *(f"{n:,}" for n in (counts.new, counts.duplicate, counts.rejected)),
        )
    console.print(table)
    for file in done:
        for reason in (file.problem, *file.reasons):
            if reason:
                console.print(f"  {escape(reason)}", soft_wrap=True)
        unsaid = file.counts.rejected - len(file.reasons)
        if unsaid > 0:
            console.print(f"  and {unsaid:,} more of {escape(file.source)}, kept in the store")
