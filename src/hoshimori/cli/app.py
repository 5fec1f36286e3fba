"""Every command of the command line, by name."""

from __future__ import annotations

from typing import Annotated

import typer

from hoshimori import __version__
from hoshimori.cli import (
    commands_of_access,
    commands_of_alerts,
    commands_of_anomalies,
    commands_of_assessments,
    commands_of_behaviour,
    commands_of_dossiers,
    commands_of_encounters,
    commands_of_exchange,
    commands_of_exercises,
    commands_of_incidents,
    commands_of_letters,
    commands_of_live_exercises,
    commands_of_navigation,
    commands_of_receivers,
    commands_of_sharing,
    commands_of_signals,
    commands_of_the_belt,
    commands_of_the_floor,
    commands_of_the_store,
    commands_of_the_watch,
    commands_of_upkeep,
)
from hoshimori.cli.exercise_line import tell_exercises

app = typer.Typer(
    name="hoshimori",
    help="An open watch over the satellites that allies depend on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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


app.command()(commands_of_the_watch.watch)
app.command()(commands_of_the_watch.ingest)
app.add_typer(commands_of_incidents.incidents_group, name="incidents")
app.command()(commands_of_incidents.decide)
app.add_typer(commands_of_incidents.journal_group, name="journal")
app.add_typer(commands_of_alerts.alerts_group, name="alerts")
app.command()(commands_of_encounters.screen)
app.command()(commands_of_encounters.messages)
app.command()(commands_of_behaviour.manoeuvres)
app.command()(commands_of_the_belt.proximity)
app.command()(commands_of_the_belt.belt)
app.command()(commands_of_behaviour.pattern)
app.command()(commands_of_behaviour.breakups)
app.command()(commands_of_behaviour.reach)
app.command()(commands_of_assessments.assess)
app.command()(commands_of_assessments.brief)
app.command()(commands_of_assessments.release)
app.command()(commands_of_navigation.interference)
app.command()(commands_of_anomalies.explain)
app.command()(commands_of_signals.geolocate)
app.command()(commands_of_receivers.receivers)
app.command()(commands_of_dossiers.sign)
app.command()(commands_of_dossiers.verify)
app.add_typer(commands_of_dossiers.keys, name="keys")
app.command()(commands_of_exchange.export)
commands_of_live_exercises.join(commands_of_exercises.rehearse_group)
app.add_typer(commands_of_exercises.rehearse_group, name="rehearse")
app.command()(commands_of_the_floor.serve)
app.add_typer(commands_of_the_store.store_group, name="store")
app.add_typer(commands_of_access.accounts_group, name="accounts")
app.add_typer(commands_of_access.audit_group, name="audit")
commands_of_letters.join(commands_of_sharing.share_group)
app.add_typer(commands_of_sharing.share_group, name="share")
app.add_typer(commands_of_upkeep.backup_group, name="backup")
app.command("settings")(commands_of_the_watch.show_settings)
app.command("detectors")(commands_of_the_watch.show_detectors)

tell_exercises(app)
