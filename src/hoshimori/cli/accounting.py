"""`accounts` and `audit`: who may come in, and who asked for what."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import typer
from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.access_wording import (
    AccountRow,
    AuditRow,
    KeyRow,
    account_row,
    account_text,
    audit_lines,
    audit_row,
    key_row,
    key_text,
)
from hoshimori.dossier.language import Language, say
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.access import Account, Role
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.access import (
    add_account,
    add_key,
    audience_of,
    opened_access,
    remove_account,
    remove_key,
    set_password,
    set_role,
)
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.entrance import change_accounts, checked_audit, newest_audit_entries

PASSWORD = "HOSHIMORI_PASSWORD"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AccountsArguments:
    """Where accounts are kept and how they are shown."""

    store: Path | None
    settings: Path | None
    language: str | None
    as_json: bool

    def tree(self) -> Settings:
        """Return the settings in force."""
        return load_settings(self.settings)


def run_add(
    name: str, role: Role, partner: str, limit: str, arguments: AccountsArguments, *, oidc: bool
) -> None:
    """Make an account; its password comes from the environment, else it is asked for."""
    audience = audience_of(partner, limit)
    password = None if oidc else _new_password()
    now_utc = SystemClock().now_utc()
    what = f"accounts add {name} --role {role.value}, sees {audience}"
    added = _changed(
        arguments, what, lambda file: add_account(file, name, role, audience, password, now_utc)
    )
    _tell(added, "added", arguments)


def run_role(name: str, role: Role, partner: str, limit: str, arguments: AccountsArguments) -> None:
    """Change what an account may; its sessions and keys end."""
    audience = audience_of(partner, limit) if partner or limit else None
    what = f"accounts role {name} {role.value}" + (f", sees {audience}" if audience else "")
    changed = _changed(arguments, what, lambda file: set_role(file, name, role, audience))
    _tell(changed, "changed", arguments)


def run_password(name: str, arguments: AccountsArguments) -> None:
    """Give an account a new password; its sessions end."""
    password = _new_password()
    changed = _changed(
        arguments, f"accounts password {name}", lambda file: set_password(file, name, password)
    )
    _tell(changed, "password", arguments)


def run_remove(name: str, arguments: AccountsArguments) -> None:
    """Take away an account with its sessions and keys."""
    gone = _changed(arguments, f"accounts remove {name}", lambda file: remove_account(file, name))
    _tell(gone, "removed", arguments)


def run_key(
    name: str,
    role: Role | None,
    partner: str,
    limit: str,
    days: float,
    arguments: AccountsArguments,
) -> None:
    """Make a key and print its secret this once: on stdout alone, so that it can be piped."""
    audience = audience_of(partner, limit) if partner or limit else None
    now_utc = SystemClock().now_utc()
    what = f"accounts key {name}, for {days:g} days"
    key, secret = _changed(
        arguments,
        what,
        lambda file: add_key(file, name, role, audience, timedelta(days=days), now_utc),
    )
    if arguments.as_json:
        print(write_json({"key": key, "secret": secret}))
        return
    print(key_text(key, "made", _language(arguments)), file=sys.stderr)
    print(secret)


def run_revoke(key_id: str, arguments: AccountsArguments) -> None:
    """Take away a key."""
    key = _changed(arguments, f"accounts revoke {key_id}", lambda file: remove_key(file, key_id))
    if arguments.as_json:
        print(write_json({"key": key}))
    else:
        print(key_text(key, "gone", _language(arguments)))


def run_list(arguments: AccountsArguments) -> None:
    """List accounts and keys; no secret can be shown."""
    with opened_access(arguments.tree(), arguments.store) as file:
        accounts, keys = file.accounts(), file.api_keys()
    if arguments.as_json:
        print(write_json({"accounts": accounts, "keys": keys}))
        return
    console, language = Console(), _language(arguments)
    if not accounts and not keys:
        console.print(say(language, "account.none"))
    if accounts:
        rows = [account_row(account, language) for account in accounts]
        console.print(Rows(AccountRow, rows, "account", language))
    if keys:
        console.print(Rows(KeyRow, [key_row(key, language) for key in keys], "key", language))


def run_verify(arguments: AccountsArguments) -> int:
    """Check the chain of the audit; return 1 where it is broken."""
    check, path = checked_audit(arguments.tree(), arguments.store)
    if arguments.as_json:
        print(write_json(check))
    else:
        for line in audit_lines(check, _language(arguments)):
            Console().print(Text(line), soft_wrap=True)
        print(f"hoshimori: {path}", file=sys.stderr)
    return int(check.problem is not None)


def run_show(most: int, arguments: AccountsArguments) -> None:
    """Show the last entries of the audit."""
    entries = newest_audit_entries(arguments.tree(), arguments.store, most)
    if arguments.as_json:
        print(write_json({"entries": entries}))
        return
    console, language = Console(), _language(arguments)
    if not entries:
        console.print(say(language, "audit.empty"))
        return
    rows = [audit_row(entry, language) for entry in entries]
    console.print(Rows(AuditRow, rows, "audit", language))


def _changed(arguments: AccountsArguments, what: str, change: Callable[..., T]) -> T:
    entry = AuditEntry(
        recorded_utc=SystemClock().now_utc(),
        kind=AuditKind.ACCOUNTS,
        who=getpass.getuser(),
        what=what,
        address="command line",
    )
    return change_accounts(arguments.tree(), arguments.store, entry, change)


def _tell(account: Account, done: str, arguments: AccountsArguments) -> None:
    if arguments.as_json:
        print(write_json({"account": account}))
    else:
        print(account_text(account, done, _language(arguments)))


def _new_password() -> str:
    """Return the password of the environment, or the one typed twice; never one of an argument."""
    if stated := os.environ.get(PASSWORD, ""):
        return stated
    if not sys.stdin.isatty():
        raise SettingsError(f"there is no terminal to ask for a password: set {PASSWORD}")
    return str(typer.prompt("password", hide_input=True, confirmation_prompt=True, err=True))


def _language(arguments: AccountsArguments) -> Language:
    return Language(arguments.language or arguments.tree().watch.language)
