"""What reaches users on the ground and in the air: `interference`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption


def interference(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Maps of aircraft integrity (GPSJam CSV or Parquet: hex, date, good, bad), or "
            "decoded reports of aircraft (aircraft.json and traces of readsb, OpenSky states, CSV "
            "or Parquet with icao24, time, lat, lon, nic, nac_p, version): files or folders. Name "
            "those of earlier days too: they tell what is usual.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(
            help="See only days that were over at this moment (ISO 8601, UTC). Default: all.",
            show_default=False,
        ),
    ] = "",
    days: Annotated[
        float | None,
        typer.Option(
            help="Report areas of so many days before that moment. Default: all.",
            show_default=False,
        ),
    ] = None,
    area: Annotated[
        str,
        typer.Option(
            help="Report only in this circle: latitude,longitude,radius in km, "
            "as in 32.9,-97.0,200.",
            show_default=False,
        ),
    ] = "",
    day: Annotated[
        str,
        typer.Option(
            help="The UTC day of a map whose name and columns state none.", show_default=False
        ),
    ] = "",
    step: Annotated[
        float,
        typer.Option(
            "--step-minutes", help="Count reports of aircraft in steps so long; part of a day."
        ),
    ] = 15.0,
    resolution: Annotated[
        int,
        typer.Option(min=4, max=6, help="Count reports of aircraft in such H3 cells."),
    ] = 5,
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    language: LanguageOption = None,
    everything: Annotated[bool, typer.Option("--all", help="List every area.")] = False,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Find where aircraft lost satellite navigation: areas, days, how much, and if it is new there.

    Single aircraft never count; an emitter is told as an area, never as a place. Reports of
    aircraft also tell the minute, the heights, and whether positions were displaced.
    """
    from hoshimori.cli.interfering import InterferenceArguments, run_interference

    arguments = InterferenceArguments(
        files=tuple(files or ()),
        as_of=as_of,
        days=days,
        area=area,
        day=day,
        language=language.value if language else None,
        settings=settings,
        step_minutes=step,
        resolution=resolution,
    )
    sys.exit(run_interference(arguments, report=report, everything=everything, as_json=as_json))
