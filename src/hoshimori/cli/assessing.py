"""`assess`: from arguments to an assessment on the screen or in JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from hoshimori.cli.assessment_board import assessment_view
from hoshimori.cli.watched import WatchArguments, pictured, print_notes
from hoshimori.dossier.assessment_text import assessment_text, subject_text
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.brief import Brief, Yardsticks, brief, yardsticks
from hoshimori.workflows.decisions import decided_about
from hoshimori.workflows.inquiry import chosen_incident, inquire
from hoshimori.workflows.old_kernels import remove_old_kernels


@dataclass(frozen=True, slots=True)
class IncidentArguments:
    """Which incident of a picture, and what nature is judged by."""

    incident: str
    about: str
    space_weather: Path | None


def run_assess(
    sky: WatchArguments, arguments: IncidentArguments, *, as_json: bool, everything: bool
) -> None:
    """Assess one incident and print it."""
    tree = settings_with(arguments, load_settings(sky.settings))
    told = briefed(sky, arguments, tree, yardsticks(tree))
    language = Language(sky.language or tree.watch.language)
    if as_json:
        print(write_json(told.assessment))
        return
    text = assessment_text(
        told.assessment,
        told.inquiry.names,
        language,
        subject=subject_text(told.inquiry.findings_of(told.incident), language),
    )
    marking, reality = told.assessment.marking, told.assessment.reality
    Console().print(assessment_view(text, marking, reality, language, everything=everything))


def briefed(
    sky: WatchArguments, arguments: IncidentArguments, tree: Settings, measures: Yardsticks
) -> Brief:
    """Return the incident that the arguments choose, assessed on the facts that give it.

    Raises:
        SettingsError: no incident fits, or the arguments name what does not exist.
    """
    remove_old_kernels()
    messages = Console(stderr=True)
    with messages.status("the sky"):
        seen = pictured(sky, tree, sky_is_needed=False)
    with messages.status("every detector"):
        inquiry = inquire(seen.picture)
    failed = [f"{run.detector} failed: {run.problem}" for run in inquiry.runs if run.problem]
    print_notes((*seen.notes, *failed))
    incident = chosen_incident(inquiry, arguments.incident, object_numbers(arguments.about))
    with messages.status("explanations"):
        decided = decided_about(tree, sky.store, incident.incident_id)
        return brief(inquiry, incident, tree, measures, decided)


def settings_with(arguments: IncidentArguments, tree: Settings) -> Settings:
    """Return the settings with the file of space weather that the arguments name."""
    if arguments.space_weather is None:
        return tree
    sources = replace(tree.sources, space_weather=str(arguments.space_weather))
    return replace(tree, sources=sources)


def object_numbers(text: str) -> tuple[int, ...]:
    """Return the catalogue numbers in a text parted by commas.

    Raises:
        SettingsError: it holds something else.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise SettingsError(f"--about {text}: expected catalogue numbers, as in 55841,44476")
    return tuple(map(int, parts))
