"""Where facts are kept: `store`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption, place

store_group = typer.Typer(
    help="Look after the store: versions, upgrade, the way back; make it in a database, move it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@store_group.command("prepare")
def prepare(
    address: Annotated[
        Path,
        typer.Argument(
            parser=place, metavar="ADDRESS", help="The database: postgresql://OWNER@HOST/DATABASE."
        ),
    ],
    grant: Annotated[
        str,
        typer.Option(help="Role that may read and append from now on.", show_default=False),
    ] = "",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="The role may read, and nothing else.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Make the tables of a store in a PostgreSQL database, as their owner, and let a role in."""
    from hoshimori.cli.moving import StoreArguments, run_prepare

    chosen = language.value if language else None
    run_prepare(
        address, grant, StoreArguments(chosen, settings, as_json=as_json), read_only=read_only
    )


@store_group.command("migrate")
def migrate(
    source: Annotated[
        Path,
        typer.Argument(
            parser=place, metavar="FROM", help="Folder of the store, or address of its database."
        ),
    ],
    target: Annotated[
        Path,
        typer.Argument(
            parser=place, metavar="TO", help="Where it goes: an empty folder or database."
        ),
    ],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Move a store into a database or back, and compare both; exit status 1 where they differ.

    Killed at any moment it can be begun again, and goes on where it was.
    """
    from hoshimori.cli.moving import StoreArguments, run_migrate

    chosen = language.value if language else None
    sys.exit(run_migrate(source, target, StoreArguments(chosen, settings, as_json=as_json)))
