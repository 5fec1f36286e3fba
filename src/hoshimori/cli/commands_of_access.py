"""Who may come in, and who asked for what: `accounts`, `audit`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hoshimori.cli.options import (
    JsonOption,
    LanguageName,
    LanguageOption,
    SettingsOption,
    StoreOption,
)

if TYPE_CHECKING:
    from hoshimori.cli.accounting import AccountsArguments

accounts_group = typer.Typer(
    help="Who may sign in to the server, and keys for programs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
audit_group = typer.Typer(
    help="Who asked the server for what.", no_args_is_help=True, rich_markup_mode=None
)


class RoleName(StrEnum):
    """What somebody is here to do."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    DECIDER = "decider"
    EXERCISE_DIRECTOR = "exercise-director"
    ADMINISTRATOR = "administrator"


NameArgument = Annotated[str, typer.Argument(help="Name of the account.")]
PartnerOption = Annotated[
    str,
    typer.Option(help="Code of the partner it belongs to, as in REL TO: USA.", show_default=False),
]
LimitOption = Annotated[
    str,
    typer.Option(
        help="The strictest marking it may see. Default: all; for a partner TLP:GREEN.",
        show_default=False,
    ),
]


@accounts_group.command("add")
def add(
    name: NameArgument,
    role: Annotated[RoleName, typer.Option(help="What it may do.")] = RoleName.VIEWER,
    partner: PartnerOption = "",
    limit: LimitOption = "",
    oidc: Annotated[
        bool,
        typer.Option("--oidc", help="Without a password: by the organisation's own accounts."),
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Make an account; its password is HOSHIMORI_PASSWORD, else asked for."""
    from hoshimori.cli.accounting import run_add
    from hoshimori.model.access import Role

    arguments = _arguments(as_json, language, store, settings)
    run_add(name, Role(role.value), partner, limit, arguments, oidc=oidc)


@accounts_group.command("list")
def list_accounts(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List accounts and keys; no secret can be shown, as none is kept."""
    from hoshimori.cli.accounting import run_list

    run_list(_arguments(as_json, language, store, settings))


@accounts_group.command("role")
def change_role(
    name: NameArgument,
    role: Annotated[RoleName, typer.Argument(help="What it may do from now on.")],
    partner: PartnerOption = "",
    limit: LimitOption = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Change what an account may do and see; its sessions and keys end."""
    from hoshimori.cli.accounting import run_role
    from hoshimori.model.access import Role

    arguments = _arguments(as_json, language, store, settings)
    run_role(name, Role(role.value), partner, limit, arguments)


@accounts_group.command("password")
def change_password(
    name: NameArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Give an account a new password (HOSHIMORI_PASSWORD, else asked for); its sessions end."""
    from hoshimori.cli.accounting import run_password

    run_password(name, _arguments(as_json, language, store, settings))


@accounts_group.command("remove")
def remove(
    name: NameArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take away an account with its sessions and keys."""
    from hoshimori.cli.accounting import run_remove

    run_remove(name, _arguments(as_json, language, store, settings))


@accounts_group.command("key")
def make_key(
    name: Annotated[str, typer.Argument(help="Account, or what a machine is called.")],
    role: Annotated[
        RoleName | None,
        typer.Option(help="What it may do. Default: what the account may.", show_default=False),
    ] = None,
    partner: PartnerOption = "",
    limit: LimitOption = "",
    days: Annotated[float, typer.Option(help="How long it lasts.")] = 90.0,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Make a key for a program; it is printed this once and kept nowhere."""
    from hoshimori.cli.accounting import run_key
    from hoshimori.model.access import Role

    chosen = Role(role.value) if role else None
    arguments = _arguments(as_json, language, store, settings)
    run_key(name, chosen, partner, limit, days, arguments)


@accounts_group.command("revoke")
def revoke_key(
    key: Annotated[str, typer.Argument(help="Id of the key, of `accounts list`.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Take away a key."""
    from hoshimori.cli.accounting import run_revoke

    run_revoke(key, _arguments(as_json, language, store, settings))


@audit_group.command("verify")
def verify_audit(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Check that no entry was changed since it was written; exit status 1 says where not."""
    from hoshimori.cli.accounting import run_verify

    sys.exit(run_verify(_arguments(as_json, language, store, settings)))


@audit_group.command("show")
def show_audit(
    last: Annotated[int, typer.Option(help="How many entries.", min=1)] = 50,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show the last entries: sign-ins, changes, downloads, refusals."""
    from hoshimori.cli.accounting import run_show

    run_show(last, _arguments(as_json, language, store, settings))


def _arguments(
    as_json: bool, language: LanguageName | None, store: Path | None, settings: Path | None
) -> AccountsArguments:
    from hoshimori.cli.accounting import AccountsArguments

    chosen = language.value if language else None
    return AccountsArguments(store=store, settings=settings, language=chosen, as_json=as_json)
