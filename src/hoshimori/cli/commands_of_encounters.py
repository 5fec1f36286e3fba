"""Close approaches: `screen` and `messages`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    CatalogueOption,
    DeviceName,
    ExerciseOption,
    FailOn,
    JsonOption,
    SettingsOption,
    StoreOption,
)


def screen(
    days: Annotated[float, typer.Option(help="Length of the window in days.")],
    threshold_km: Annotated[
        float, typer.Option("--threshold-km", help="Closest approaches up to this range.")
    ],
    catalogue: CatalogueOption = None,
    primaries: Annotated[
        str,
        typer.Option(
            help="Screen only these against all: catalogue numbers, as in 25544,44476, or an "
            "asset file. Default: all against all.",
            show_default=False,
        ),
    ] = "",
    ephemerides: Annotated[
        list[Path] | None,
        typer.Option(
            help="Ephemerides (OEM, OCM, SP3) whose objects are primaries, in place of their "
            "element sets; 41335=FILE where the file states no catalogue number.",
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        str,
        typer.Option(
            help="Start of the window (ISO 8601, UTC). Default: the moment of the catalogue.",
            show_default=False,
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(help="Write all rows to this Parquet file.", show_default=False),
    ] = None,
    exercise: ExerciseOption = False,
    memory_mib: Annotated[
        int | None,
        typer.Option("--memory-mib", help="Memory it may take. Default: 600.", show_default=False),
    ] = None,
    on: Annotated[
        str, typer.Option(help="Where to compute: local, ray, or ray://address.")
    ] = "local",
    device: Annotated[DeviceName, typer.Option(help="What computes.")] = DeviceName.CPU,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away what a run cut short has left.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="List every pair, also those of known relation.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Find every close approach of a catalogue, all against all or some against all.

    A run that was cut short (Ctrl-C, a kill) goes on where it was when the same command is given
    again; its table is byte for byte the one of a run that was not.
    """
    from hoshimori.cli.screening import ScreenArguments, run_screen

    arguments = ScreenArguments(
        catalogues=tuple(catalogue or ()),
        primaries=primaries,
        ephemerides=tuple(ephemerides or ()),
        start=start,
        days=days,
        threshold_km=threshold_km,
        output=output,
        exercise=exercise,
        memory_mib=memory_mib,
        on=on,
        device=device.value,
        restart=restart,
        store=store,
        settings=settings,
    )
    sys.exit(run_screen(arguments, as_json_document=as_json, everything=everything))


def messages(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders or archives of CCSDS messages.", show_default=False),
    ] = None,
    as_of: Annotated[
        str,
        typer.Option(
            help="See only messages made by this moment (ISO 8601, UTC). Default: now.",
            show_default=False,
        ),
    ] = "",
    radius_m: Annotated[
        float | None,
        typer.Option(
            help="Radius of both objects together, where a message states none.",
            show_default=False,
        ),
    ] = None,
    tca_tolerance_s: Annotated[
        float, typer.Option(help="How far apart closest approaches of one event may be.")
    ] = 300.0,
    history: Annotated[
        bool, typer.Option("--history", help="Also list every message of the events shown.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also show events that passed or ask for nothing.")
    ] = False,
    draw: Annotated[
        int, typer.Option(help="How many pairs of orbits to draw where no other method holds.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Of the orbits drawn.")] = 1,
    as_json: JsonOption = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit 1 if an event asks for this.", show_default=False),
    ] = None,
) -> None:
    """Read conjunction messages (CDM): one row for each event, its trend, what is wrong with it."""
    from hoshimori.cli.messaging import run_messages

    sys.exit(
        run_messages(
            tuple(files or ()),
            as_of=as_of,
            radius_m=radius_m,
            tca_tolerance_s=tca_tolerance_s,
            history=history,
            everything=everything,
            draw=draw,
            seed=seed,
            fail_on=fail_on.value if fail_on else None,
            as_json=as_json,
        )
    )
