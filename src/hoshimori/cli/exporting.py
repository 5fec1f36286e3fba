"""`export`: from arguments to one incident in a form, on stdout or in a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from hoshimori.cli.watched import WatchArguments, watched
from hoshimori.dossier.language import Language
from hoshimori.errors import SettingsError
from hoshimori.formats.markings import parse_marking
from hoshimori.model.exports import ExportForm
from hoshimori.model.markings import OPEN
from hoshimori.settings import load_settings
from hoshimori.workflows.export import CdmNotation, ExportChoices, export
from hoshimori.workflows.old_kernels import remove_old_kernels


@dataclass(frozen=True, slots=True)
class ExportArguments:
    """What the user asked to write, and how."""

    incident: str
    form: str
    output: Path | None
    marking: str
    notation: str
    udl_classification: str
    udl_source: str


def run_export(sky: WatchArguments, arguments: ExportArguments) -> None:
    """Watch again and write the incident."""
    tree = load_settings(sky.settings)
    remove_old_kernels()
    choices = ExportChoices(
        marking=parse_marking(arguments.marking) if arguments.marking else OPEN,
        language=Language(sky.language or tree.watch.language),
        cdm_notation=CdmNotation(arguments.notation),
        udl_classification=arguments.udl_classification or None,
        udl_source=arguments.udl_source,
    )
    seen = watched(sky, tree)
    form = ExportForm(arguments.form)
    written = export(seen.board, seen.picture, arguments.incident, form, choices)
    if arguments.output is None:
        sys.stdout.buffer.write(written)
        return
    _write(arguments.output, written)
    print(f"hoshimori: {form.value} written to {arguments.output}", file=sys.stderr)


def _write(path: Path, written: bytes) -> None:
    try:
        path.write_bytes(written)
    except OSError as error:
        raise SettingsError(f"--output {path}: {error.strerror or error}") from None
