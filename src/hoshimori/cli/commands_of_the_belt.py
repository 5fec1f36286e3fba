"""The commands about the geostationary belt and about proximity over time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    AssetsOption,
    CatalogueOption,
    JsonOption,
    LanguageOption,
    SettingsOption,
    StoreOption,
)


def belt(
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            help="Catalogue files or folders that hold the history. Default: the store.",
            show_default=False,
        ),
    ] = None,
    objects: Annotated[
        str,
        typer.Option(
            help="Whose stays to list: catalogue numbers, as in 40258,44476, or an asset file. "
            "Default: who came beside whom in the whole belt.",
            show_default=False,
        ),
    ] = "",
    since: Annotated[
        str, typer.Option(help="Leave out what ended before (ISO 8601, UTC).", show_default=False)
    ] = "",
    until: Annotated[
        str, typer.Option(help="Leave out what began after (ISO 8601, UTC).", show_default=False)
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(help="See only what was known then (ISO 8601, UTC).", show_default=False),
    ] = "",
    picture: Annotated[
        Path | None,
        typer.Option(help="Draw the stays of the one object here, as SVG.", show_default=False),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List every visit, not only the newest.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell who stood where in the geostationary belt, beside whom, from when to when."""
    from hoshimori.cli.belt import BeltArguments, run_belt

    arguments = BeltArguments(
        catalogues=tuple(catalogue or ()),
        objects=objects,
        since=since,
        until=until,
        as_of=as_of,
        language=language.value if language else None,
        store=store,
        settings=settings,
    )
    sys.exit(run_belt(arguments, as_json=as_json, everything=everything, picture=picture))


def proximity(
    catalogue: CatalogueOption = None,
    history: Annotated[
        list[Path] | None,
        typer.Option(
            help="Files or folders with earlier element sets, of any density.", show_default=False
        ),
    ] = None,
    assets: AssetsOption = "",
    as_of: Annotated[
        str,
        typer.Option(
            help="Moment of the picture (ISO 8601, UTC). Default: the moment of the files.",
            show_default=False,
        ),
    ] = "",
    days: Annotated[
        float | None, typer.Option(help="Days to look ahead. Default: 7.", show_default=False)
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also list findings of known kinds.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell who is, will be and was near assets, how near, how long, and how unusual that is."""
    from hoshimori.cli.proximity import ProximityArguments, run_proximity

    arguments = ProximityArguments(
        catalogues=(*(history or ()), *(catalogue or ())),
        assets=assets,
        as_of=as_of,
        days=days,
        language=language.value if language else None,
        store=store,
        settings=settings,
    )
    sys.exit(run_proximity(arguments, as_json=as_json, everything=everything))
