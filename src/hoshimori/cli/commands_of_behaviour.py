"""What objects did: `manoeuvres`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    JsonOption,
    LanguageName,
    SettingsOption,
    StoreOption,
)


def manoeuvres(
    history: Annotated[
        list[Path] | None,
        typer.Option(
            help="File or folder of element-set histories (OMM, TLE, Parquet). Default: the store.",
            show_default=False,
        ),
    ] = None,
    objects: Annotated[
        str,
        typer.Option(
            help="Judge only these: catalogue numbers, as in 25544,44476, or an asset file. "
            "Default: all.",
            show_default=False,
        ),
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            help="Report only what shows from this moment on (ISO 8601, UTC).", show_default=False
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(help="Write all manoeuvres to this Parquet file.", show_default=False),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List every manoeuvre, not only what one screen holds.")
    ] = False,
    language: Annotated[
        LanguageName | None, typer.Option(help="Language of the table.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell what objects did from their element sets: burns, low thrust, when, how large, how sure.

    It also says what could have been seen: the smallest change that each history would have shown.
    """
    from hoshimori.cli.manoeuvring import ManoeuvreArguments, run_manoeuvres

    arguments = ManoeuvreArguments(
        history=tuple(history or ()),
        objects=objects,
        since=since,
        output=output,
        language=language.value if language else None,
        store=store,
        settings=settings,
    )
    sys.exit(run_manoeuvres(arguments, as_json_document=as_json, everything=everything))
