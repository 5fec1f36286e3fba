"""Every command of the command line."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hoshimori import __version__

app = typer.Typer(
    name="hoshimori",
    help="An open watch over the satellites that allies depend on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class SourceName(StrEnum):
    """Where data can be fetched from."""

    CELESTRAK = "celestrak"
    SPACETRACK = "spacetrack"


class LanguageName(StrEnum):
    """Languages of boards and reports."""

    EN = "en"
    JA = "ja"


class FailOn(StrEnum):
    """Degrees of attention that can set exit status 1."""

    LOOK = "look"
    WATCH = "watch"


class DeviceName(StrEnum):
    """What computes."""

    CPU = "cpu"
    CUDA = "cuda"


SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="Settings file in TOML.", show_default=False)
]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the store.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]


def _version(asked: bool) -> None:
    if asked:
        print(f"hoshimori {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def watch(
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            help="Catalogue file or folder (OMM, TLE, Parquet). Repeat it for history.",
            show_default=False,
        ),
    ] = None,
    assets: Annotated[
        str,
        typer.Option(
            help="Asset file (TOML, CSV) or catalogue numbers, as in 25544,44476. "
            "Default: public Japanese and US satellites.",
            show_default=False,
        ),
    ] = "",
    source: Annotated[
        SourceName | None,
        typer.Option(help="Fetch the newest catalogue from this source.", show_default=False),
    ] = None,
    synthetic: Annotated[
        bool, typer.Option(help="Watch a made sky of 30,000 objects, marked SIMULATED.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Seed of the made sky.")] = 1,
    as_of: Annotated[
        str,
        typer.Option(
            help="Moment of the picture (ISO 8601, UTC). Default: now, or the moment of the files.",
            show_default=False,
        ),
    ] = "",
    days: Annotated[
        float | None, typer.Option(help="Days to look ahead. Default: 7.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    language: Annotated[
        LanguageName | None, typer.Option(help="Language of board and report.", show_default=False)
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also list incidents that are only logged.")
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit 1 if an incident asks for this.", show_default=False),
    ] = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show the watch board: what happened around the assets, what is coming, how unusual it is.

    Without --catalogue, --source or --synthetic it watches what the store holds; if the store is
    empty, the newest catalogue from CelesTrak; without network, the made sky.
    """
    from hoshimori.cli.watching import WatchArguments, run_watch

    arguments = WatchArguments(
        catalogues=tuple(catalogue or ()),
        assets=assets,
        source=source.value if source else None,
        synthetic_seed=seed if synthetic else None,
        fallback_seed=seed,
        as_of=as_of,
        days=days,
        language=language.value if language else None,
        store=store,
        settings=settings,
    )
    sys.exit(
        run_watch(
            arguments,
            as_json=as_json,
            report=report,
            everything=everything,
            fail_on=fail_on.value if fail_on else None,
        )
    )


@app.command()
def ingest(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Catalogue files or folders.", show_default=False),
    ] = None,
    source: Annotated[
        SourceName | None,
        typer.Option(help="Fetch the newest catalogue from this source.", show_default=False),
    ] = None,
    known_at: Annotated[
        str,
        typer.Option(
            help="When the files could be known, where they do not say: a moment (ISO 8601, UTC), "
            "or 'catalogue' for each file's own moment. Default: now.",
            show_default=False,
        ),
    ] = "",
    follow: Annotated[
        bool, typer.Option("--follow", help="Keep watching one folder for new files.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Read catalogues into the store; what is already there is not stored twice."""
    from hoshimori.cli.ingesting import run_ingest

    run_ingest(
        files=tuple(files or ()),
        source=source.value if source else None,
        known_at=known_at,
        follow=follow,
        as_json=as_json,
        store=store,
        settings=settings,
    )


@app.command()
def screen(
    days: Annotated[float, typer.Option(help="Length of the window in days.")],
    threshold_km: Annotated[
        float, typer.Option("--threshold-km", help="Closest approaches up to this range.")
    ],
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            help="Catalogue file or folder (OMM, TLE, Parquet). Default: the store.",
            show_default=False,
        ),
    ] = None,
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
        memory_mib=memory_mib,
        on=on,
        device=device.value,
        restart=restart,
        store=store,
        settings=settings,
    )
    sys.exit(run_screen(arguments, as_json_document=as_json, everything=everything))


@app.command()
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


@app.command()
def pattern(
    history: Annotated[
        list[Path],
        typer.Option(help="History of element sets: a file or folder (OMM, TLE, Parquet)."),
    ],
    objects: Annotated[
        str,
        typer.Option(
            help="Only these: catalogue numbers, as in 29640,33463, or an asset file.",
            show_default=False,
        ),
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(
            help="See only element sets known at this moment (ISO 8601, UTC).", show_default=False
        ),
    ] = "",
    language: Annotated[
        LanguageName | None, typer.Option(help="Language of the table.", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List every object.")] = False,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Show how objects are controlled: modes and their changes, cycles of burns, the next burn."""
    from hoshimori.cli.patterning import PatternArguments, run_pattern

    arguments = PatternArguments(
        histories=tuple(history),
        objects=objects,
        as_of=as_of,
        language=language.value if language else None,
        settings=settings,
    )
    run_pattern(arguments, everything=everything, as_json=as_json)


@app.command("settings")
def show_settings(as_json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Print the settings in force and the file they come from."""
    from hoshimori.cli.showing import run_settings

    run_settings(settings, as_json=as_json)


@app.command("detectors")
def show_detectors(as_json: JsonOption = False) -> None:
    """Print the card of every detector: what it asks, how it answers, where it errs."""
    from hoshimori.cli.showing import run_detectors

    run_detectors(as_json=as_json)
