"""What keeps a node in good order: `backup`, `store`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hoshimori.cli.commands_of_the_store import store_group
from hoshimori.cli.options import (
    JsonOption,
    LanguageName,
    LanguageOption,
    SettingsOption,
    StoreOption,
)

if TYPE_CHECKING:
    from hoshimori.cli.upkeep import UpkeepArguments

backup_group = typer.Typer(
    help="Copies of a whole node, made while it runs; checked and restored.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

BackupArgument = Annotated[Path, typer.Argument(help="Folder of one backup.")]


@backup_group.command("create")
def create_backup(
    target: Annotated[Path, typer.Argument(help="Folder of backups; a new one is made in it.")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Also private keys in the folder of the store.")
    ] = False,
    key: Annotated[
        list[Path] | None,
        typer.Option("--key", help="A further file of keys; repeatable.", show_default=False),
    ] = None,
    keep: Annotated[
        int, typer.Option(help="How many backups stay in the folder; 0: all.", min=0)
    ] = 0,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Copy the store with all that belongs to it, also while a server keeps it, and check it."""
    from hoshimori.cli.upkeep import run_create

    arguments = _arguments(as_json, language, store, settings)
    run_create(target, with_keys, tuple(key or ()), keep, arguments)


@backup_group.command("verify")
def verify_backup(
    backup: BackupArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Read a backup whole and open what it holds; exit status 1 says what is not as written."""
    from hoshimori.cli.upkeep import run_verify

    sys.exit(run_verify(backup, _arguments(as_json, language, None, settings)))


@backup_group.command("restore")
def restore_backup(
    backup: BackupArgument,
    folder: Annotated[Path, typer.Argument(help="Folder of the store to be made.")],
    settings_into: Annotated[
        Path | None,
        typer.Option(help="Folder for the settings and keys of the backup.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    settings: SettingsOption = None,
) -> None:
    """Check a backup and make a store of it, all or nothing; nothing is ever overwritten."""
    from hoshimori.cli.upkeep import run_restore

    run_restore(backup, folder, settings_into, _arguments(as_json, language, None, settings))


@store_group.command("versions")
def show_versions(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show which version each file has, and which this Hoshimori writes; changes nothing."""
    from hoshimori.cli.upkeep import run_versions

    run_versions(_arguments(as_json, language, store, settings))


@store_group.command("upgrade")
def upgrade_store(
    copies: Annotated[
        Path | None,
        typer.Option(help="Folder for the copy. Default: beside the store.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Copy the store, check the copy, and bring every file to the newest version."""
    from hoshimori.cli.upkeep import run_upgrade

    run_upgrade(copies, _arguments(as_json, language, store, settings))


@store_group.command("rollback")
def roll_back_store(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Put the copy from before the last upgrade in place; the upgraded store is moved aside."""
    from hoshimori.cli.upkeep import run_rollback

    run_rollback(_arguments(as_json, language, store, settings))


def _arguments(
    as_json: bool, language: LanguageName | None, store: Path | None, settings: Path | None
) -> UpkeepArguments:
    from hoshimori.cli.upkeep import UpkeepArguments

    chosen = language.value if language else None
    return UpkeepArguments(store=store, settings=settings, language=chosen, as_json=as_json)
