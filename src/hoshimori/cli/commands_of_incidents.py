"""The life of incidents and what people decide: `incidents`, `decide`, `journal`."""

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

    from hoshimori.cli.incident_board import JournalArguments

incidents_group = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
journal_group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class StateName(StrEnum):
    """States of incidents."""

    NEW = "new"
    ONGOING = "ongoing"
    QUIET = "quiet"
    CLOSED = "closed"
    MERGED = "merged"


@incidents_group.callback()
def incidents(
    context: typer.Context,
    state: Annotated[
        list[StateName] | None,
        typer.Option(
            help="Only those in this state; repeatable. Default: new, ongoing and quiet.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also list incidents that are only logged.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """List the incidents of the journal: state, since when, last change.

    `watch` over the store records them. `hoshimori incidents show ID` tells the history of one.
    """
    if context.invoked_subcommand is not None:
        return
    from hoshimori.cli.incident_board import run_incidents

    arguments = _arguments(as_json, language, store, settings)
    run_incidents([s.value for s in state or ()], arguments, everything=everything)


@incidents_group.command("show")
def show_incident(
    incident: Annotated[str, typer.Argument(help="Id of the incident, as in INC-0123456789.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell the history of one incident: every change, and what people decided about it."""
    from hoshimori.cli.incident_board import run_incident

    run_incident(incident, _arguments(as_json, language, store, settings))


def decide(
    incident: Annotated[str, typer.Argument(help="Id of the incident, as in INC-0123456789.")],
    factor: Annotated[
        str, typer.Option(help="Set a factor: F2=4, F10=unknown.", show_default=False)
    ] = "",
    gate: Annotated[
        str, typer.Option(help="Open or close a gate: G3=open.", show_default=False)
    ] = "",
    explanation: Annotated[
        str, typer.Option(help="Judge an explanation: H3=likely.", show_default=False)
    ] = "",
    dissent: Annotated[
        str, typer.Option(help="Record a view that differs.", show_default=False)
    ] = "",
    because: Annotated[str, typer.Option(help="The reason.", show_default=False)] = "",
    by: Annotated[
        str,
        typer.Option(help="Who decides. Default: the name of the user.", show_default=False),
    ] = "",
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Record what a human decides about an incident: who, when and why; nothing is replaced."""
    from hoshimori.cli.incident_board import DecideArguments, run_decide

    stated = DecideArguments(
        factor=factor,
        gate=gate,
        explanation=explanation,
        dissent=dissent,
        because=because,
        by=by,
    )
    run_decide(incident, stated, _arguments(as_json, language, store, settings))


@journal_group.callback()
def journal() -> None:
    """Look after the journal of incidents and decisions."""


@journal_group.command("verify")
def verify_journal(
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Check that no entry was changed since it was written; exit status 1 says where not."""
    from hoshimori.cli.incident_board import run_verify

    sys.exit(run_verify(_arguments(as_json, language, store, settings)))


def _arguments(
    as_json: bool, language: LanguageName | None, store: Path | None, settings: Path | None
) -> JournalArguments:
    from hoshimori.cli.incident_board import JournalArguments

    chosen = language.value if language else None
    return JournalArguments(store=store, settings=settings, language=chosen, as_json=as_json)
