"""What people are told of incidents: `alerts`."""

from __future__ import annotations

import sys
from enum import StrEnum
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
    from pathlib import Path

    from hoshimori.cli.alerting import DeskArguments

alerts_group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

AlertArgument = Annotated[
    str, typer.Argument(help="Id of the alert, as in ALR-0123456789, or of its incident.")
]


class AlertStateName(StrEnum):
    """States of alerts."""

    HELD = "held"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    OVER = "over"
    MERGED = "merged"


@alerts_group.callback()
def alerts() -> None:
    """Alerts: what people were told of incidents, and who took note.

    `watch --alerts` raises them.
    """


@alerts_group.command("list")
def list_alerts(
    state: Annotated[
        list[AlertStateName] | None,
        typer.Option(
            help="Only those in this state; repeatable. Default: open, acknowledged, held back.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List alerts: state, what people were told, and what was held back and why."""
    from hoshimori.cli.alerting import run_list

    run_list([s.value for s in state or ()], _arguments(as_json, language, store, settings))


@alerts_group.command("show")
def show_alert(
    alert: AlertArgument,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show one alert: what people were told, its history, and where its messages are."""
    from hoshimori.cli.alerting import run_show

    run_show(alert, _arguments(as_json, language, store, settings))


@alerts_group.command("acknowledge")
def acknowledge(
    alert: AlertArgument,
    by: Annotated[
        str,
        typer.Option(help="Who takes note. Default: the name of the user.", show_default=False),
    ] = "",
    note: Annotated[str, typer.Option(help="What they say.", show_default=False)] = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Keep that somebody took note of an alert; nobody else is told after it."""
    from hoshimori.cli.alerting import run_acknowledge

    run_acknowledge(alert, by, note, _arguments(as_json, language, store, settings))


@alerts_group.command("verify")
def verify_alerts(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Check that no entry was changed since it was written; exit status 1 says where not."""
    from hoshimori.cli.alerting import run_verify

    sys.exit(run_verify(_arguments(as_json, language, store, settings)))


@alerts_group.command("rules")
def show_rules(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show the rules in force, and which channels have an address."""
    from hoshimori.cli.alerting import run_rules

    run_rules(_arguments(as_json, language, store, settings))


@alerts_group.command("send")
def send(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Escalate what nobody took note of and send what waits: between watches, every few minutes.

    Exit status 3: a channel did not take a message; it is tried again.
    """
    from hoshimori.cli.alerting import run_send

    sys.exit(run_send(_arguments(as_json, language, store, settings)))


@alerts_group.command("test")
def try_channel(
    channel: Annotated[str, typer.Argument(help="Name of a channel of the rules.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Send a message marked TEST to a channel. Exit status 3: it was not taken."""
    from hoshimori.cli.alerting import run_test

    sys.exit(run_test(channel, _arguments(as_json, language, store, settings)))


def _arguments(
    as_json: bool, language: LanguageName | None, store: Path | None, settings: Path | None
) -> DeskArguments:
    from hoshimori.cli.alerting import DeskArguments

    chosen = language.value if language else None
    return DeskArguments(store=store, settings=settings, language=chosen, as_json=as_json)
