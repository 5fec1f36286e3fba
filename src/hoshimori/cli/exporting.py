"""`export`: from arguments to one incident in a form, on stdout or in a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from hoshimori.cli.assessing import (
    IncidentArguments,
    briefed,
    object_numbers,
    settings_with,
)
from hoshimori.cli.watched import WatchArguments, names_facts, pictured, print_notes
from hoshimori.cli.written import write_file
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.formats.markings import parse_marking
from hoshimori.model.exports import ExportForm
from hoshimori.model.markings import OPEN
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.brief import yardsticks
from hoshimori.workflows.export import CdmNotation, ExportChoices, export
from hoshimori.workflows.export_subjects import (
    ExportSubject,
    subject_of_brief,
    subject_of_dossier,
    subject_of_picture,
)
from hoshimori.workflows.old_kernels import remove_old_kernels
from hoshimori.workflows.sealing import read_dossier_file


@dataclass(frozen=True, slots=True)
class ExportArguments:
    """What the user asked to write, and how."""

    form: str
    output: Path | None
    marking: str
    notation: str
    udl_classification: str
    udl_source: str
    is_assessed: bool
    dossier: Path | None
    exercise: bool


def run_export(sky: WatchArguments, chosen: IncidentArguments, arguments: ExportArguments) -> None:
    """Find the incident again, in a sky or from a dossier, and write it."""
    tree = settings_with(chosen, load_settings(sky.settings))
    remove_old_kernels()
    choices = ExportChoices(
        marking=parse_marking(arguments.marking) if arguments.marking else OPEN,
        language=Language(sky.language or tree.watch.language),
        cdm_notation=CdmNotation(arguments.notation),
        udl_classification=arguments.udl_classification or None,
        udl_source=arguments.udl_source,
        exercise=arguments.exercise,
    )
    subject = _subject(sky, chosen, arguments, tree)
    print_notes(subject.notes)
    form = ExportForm(arguments.form)
    written = export(subject, form, choices)
    if arguments.output is None:
        sys.stdout.buffer.write(written)
        return
    write_file("--output", arguments.output, written)
    print(f"hoshimori: {form.value} written to {arguments.output}", file=sys.stderr)


def _subject(
    sky: WatchArguments, chosen: IncidentArguments, arguments: ExportArguments, tree: Settings
) -> ExportSubject:
    if arguments.dossier is not None:
        return _from_dossier(sky, chosen, arguments.dossier)
    if arguments.is_assessed:
        return subject_of_brief(briefed(sky, chosen, tree, yardsticks(tree)))
    if chosen.space_weather is not None:
        raise SettingsError("--space-weather is for what is assessed: give --assess as well")
    messages = Console(stderr=True)
    with messages.status("the sky"):
        seen = pictured(sky, tree, sky_is_needed=False)
    print_notes(seen.notes)
    with messages.status("every detector"):
        about = object_numbers(chosen.about)
        return subject_of_picture(seen.picture, tree, chosen.incident, about)


def _from_dossier(sky: WatchArguments, chosen: IncidentArguments, path: Path) -> ExportSubject:
    """Return the incident of a dossier; nothing else than what it encloses may go in."""
    if names_facts(sky) or chosen.space_weather is not None:
        raise SettingsError("--dossier encloses its facts: name no others beside it")
    with Console(stderr=True).status("every detector that it names"):
        subject = subject_of_dossier(read_dossier_file(path))
    incident = subject.incident
    asked = set(object_numbers(chosen.about))
    if chosen.incident not in ("", incident.incident_id) or not asked <= {
        *incident.assets, *incident.others,
    }:  # fmt: skip
        raise SettingsError(f"{path}: is about incident {incident.incident_id}")
    return subject
