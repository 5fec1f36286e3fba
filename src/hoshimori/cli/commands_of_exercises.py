"""Exercises: `rehearse`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    BehindProxyOption,
    HistoryCatalogueOption,
    HostOption,
    JsonOption,
    LanguageOption,
    OpenBrowserOption,
    PictureMomentOption,
    PortOption,
    SettingsOption,
    StoreOption,
    TlsCertificateOption,
    TlsKeyOption,
)


class PaperName(StrEnum):
    """What an after-action report is written as."""

    HTML = "html"
    PDF = "pdf"


RehearsalArgument = Annotated[
    Path, typer.Argument(help="Folder that `rehearse run --output` wrote.")
]

MadeSkyOption = Annotated[
    bool, typer.Option("--synthetic", help="Play on a made sky; so it is without any sky.")
]
ObjectsOption = Annotated[int, typer.Option("--objects", help="How large a made sky is.")]
OwnSeedOption = Annotated[
    int | None,
    typer.Option("--seed", help="Seed of a made sky. Default: the script's.", show_default=False),
]

rehearse_group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@rehearse_group.callback()
def rehearse() -> None:
    """Exercises by script: the library, new scripts, what is wrong with them, and the score."""


@rehearse_group.command("list")
def list_scripts(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the library: title, kind, length, and what people learn."""
    from hoshimori.cli.scripting import run_list

    run_list(language.value if language else None, settings, as_json=as_json)


@rehearse_group.command("show")
def show_script(
    name: Annotated[str, typer.Argument(help="Id of a script of the library, or a file.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show a script whole, with what happens and what is right: not for those who take part."""
    from hoshimori.cli.scripting import run_show

    run_show(name, language.value if language else None, settings, as_json=as_json)


@rehearse_group.command("new")
def new_script(
    file: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")],
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write a commented script that is sound, to change it into one's own."""
    from hoshimori.cli.scripting import run_new

    run_new(file, language.value if language else None, settings)


@rehearse_group.command("check")
def check_scripts(
    files: Annotated[list[Path], typer.Argument(help="Scripts in TOML.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell every mistake of scripts: line, field, what to do. Exit status 2: there is one."""
    from hoshimori.cli.scripting import run_check

    sys.exit(run_check(files, language.value if language else None, settings, as_json=as_json))


@rehearse_group.command("schema")
def show_schema() -> None:
    """Print the JSON Schema of scripts, for editors that complete and check while one writes."""
    from hoshimori.cli.scripting import run_schema

    run_schema()


@rehearse_group.command("run")
def run_scripts(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of scripts of the library, or files.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Play the whole library.")] = False,
    synthetic: MadeSkyOption = False,
    objects: ObjectsOption = 3000,
    seed: OwnSeedOption = None,
    catalogue: HistoryCatalogueOption = None,
    store: StoreOption = None,
    as_of: PictureMomentOption = "",
    every: Annotated[
        float | None,
        typer.Option(
            "--every", help="Hours between looks. Default: the script's.", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", help="Folder to keep script, looks and score in.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Have the machine play scripts alone, as fast as it goes, and score it."""
    from hoshimori.cli.rehearsing import RunArguments, run_rehearsals, sky_asked_for

    arguments = RunArguments(
        names=tuple(names or ()),
        every_script=everything,
        sky=sky_asked_for(
            synthetic=synthetic,
            objects=objects,
            seed=seed,
            catalogue=catalogue,
            store=store,
            as_of=as_of,
        ),
        every_h=every,
        output=output,
        language=language.value if language else None,
        settings=settings,
    )
    run_rehearsals(arguments, as_json=as_json)


@rehearse_group.command("serve")
def serve_script(
    script: Annotated[
        str | None,
        typer.Argument(
            help="Id of a script of the library, or a file. Default: what the folder holds.",
            show_default=False,
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            help="Folder of the exercise; empty, or one to go on with. Default: by the script.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            "--name",
            help="What everybody reads on every page; tell nothing of the script.",
            show_default=False,
        ),
    ] = "",
    speed: Annotated[
        float | None,
        typer.Option(
            "--speed",
            help="Seconds of the exercise to one on the wall. Default: the script's.",
            show_default=False,
        ),
    ] = None,
    paused: Annotated[bool, typer.Option("--paused", help="Begin with the clock stopped.")] = False,
    synthetic: MadeSkyOption = False,
    objects: ObjectsOption = 3000,
    seed: OwnSeedOption = None,
    catalogue: HistoryCatalogueOption = None,
    store: StoreOption = None,
    as_of: PictureMomentOption = "",
    host: HostOption = "127.0.0.1",
    port: PortOption = 8721,
    tls_certificate: TlsCertificateOption = None,
    tls_key: TlsKeyOption = None,
    behind_proxy: BehindProxyOption = False,
    open_browser: OpenBrowserOption = False,
    settings: SettingsOption = None,
) -> None:
    """Serve a script that people play: cells and a white cell, with a clock of its own."""
    from hoshimori.cli.playing import PlayArguments, run_play
    from hoshimori.cli.rehearsing import sky_asked_for
    from hoshimori.cli.serving import ServeArguments

    arguments = PlayArguments(
        script=script,
        sky=sky_asked_for(
            synthetic=synthetic,
            objects=objects,
            seed=seed,
            catalogue=catalogue,
            store=store,
            as_of=as_of,
        ),
        folder=folder,
        name=name,
        speed=speed,
        is_paused=paused,
        serve=ServeArguments(
            host=host,
            port=port,
            synthetic_seed=None,
            objects=objects,
            tls_certificate=tls_certificate,
            tls_key=tls_key,
            behind_proxy=behind_proxy,
            open_browser=open_browser,
            store=None,
            settings=settings,
        ),
    )
    sys.exit(run_play(arguments))


@rehearse_group.command("score")
def score_rehearsal(
    folder: RehearsalArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Score a kept rehearsal again; acts.json in its folder tells what people did."""
    from hoshimori.cli.rehearsing import run_score

    run_score(folder, language.value if language else None, settings, as_json=as_json)


@rehearse_group.command("debrief")
def debrief_rehearsal(
    folder: RehearsalArgument,
    paper: Annotated[
        PaperName | None,
        typer.Option(
            "--format",
            help="A page for the screen, or a paper. Default: what the file's name ends with, "
            "else html.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", help="File to write. Default: one in the folder.", show_default=False
        ),
    ] = None,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write the after-action report: what was true, what was known when, and the score."""
    from hoshimori.cli.rehearsing import run_debrief

    named = PaperName.PDF if output and output.suffix.lower() == ".pdf" else PaperName.HTML
    run_debrief(
        folder, (paper or named).value, output, language.value if language else None, settings
    )


@rehearse_group.command("sweep")
def sweep_scripts(
    number: Annotated[int, typer.Option("--number", help="How many scripts are drawn.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="Of all that is drawn.")] = 1,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="A kind of draw alone, such as burn. May be repeated.",
            show_default=False,
        ),
    ] = None,
    synthetic: MadeSkyOption = False,
    objects: ObjectsOption = 3000,
    catalogue: HistoryCatalogueOption = None,
    store: StoreOption = None,
    as_of: PictureMomentOption = "",
    controls: Annotated[
        int,
        typer.Option("--controls", help="Batches of assets whose untouched sky is looked at."),
    ] = 3,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            help="Processes on this machine. Default: one for each core.",
            show_default=False,
        ),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray",
            help="On a Ray cluster: its address, or ray for one on this machine.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="File that rows are appended to; a sweep goes on where it ends.",
            show_default=False,
        ),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option("--table", help="File to write the curves to, as CSV.", show_default=False),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="File to write an HTML page to.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Draw many scripts and tell how often what is found, against size, cadence and delay."""
    from hoshimori.cli.rehearsing import sky_asked_for
    from hoshimori.cli.sweeping import SweepArguments, run_sweep

    arguments = SweepArguments(
        sky=sky_asked_for(
            synthetic=synthetic,
            objects=objects,
            seed=None,
            catalogue=catalogue,
            store=store,
            as_of=as_of,
        ),
        seed=seed,
        number=number,
        controls=controls,
        only=tuple(only or ()),
        workers=workers,
        ray=ray,
        output=output,
        table=table,
        report=report,
        language=language.value if language else None,
        settings=settings,
    )
    run_sweep(arguments, as_json=as_json)
