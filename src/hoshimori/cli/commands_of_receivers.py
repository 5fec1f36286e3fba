"""What receivers measure of their own reception: `receivers`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption


def receivers(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Series of receivers: files or folders of CSV, Parquet or SensorThings JSON "
            "(time_utc, cn0_dbhz, noise_floor_dbm and others). Name those of earlier times too: "
            "they tell what is usual.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(
            help="See only samples that were known at this moment (ISO 8601, UTC). Default: all.",
            show_default=False,
        ),
    ] = "",
    days: Annotated[
        float | None,
        typer.Option(
            help="Report disturbances of so many days before that moment. Default: all.",
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        str,
        typer.Option(
            help="When sample 0 was taken, where a file numbers its samples only.",
            show_default=False,
        ),
    ] = "",
    step: Annotated[
        float | None,
        typer.Option(help="Seconds from one numbered sample to the next.", show_default=False),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    language: LanguageOption = None,
    everything: Annotated[bool, typer.Option("--all", help="List every disturbance.")] = False,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Find when receivers and satellite links were disturbed, how, and how unusual that is.

    Each receiver is judged by its own past; power from outside is told from what stands between.
    """
    from hoshimori.cli.receiving import ReceiverArguments, run_receivers

    arguments = ReceiverArguments(
        files=tuple(files or ()),
        as_of=as_of,
        days=days,
        start=start,
        step_s=step,
        language=language.value if language else None,
        settings=settings,
    )
    sys.exit(run_receivers(arguments, report=report, everything=everything, as_json=as_json))
