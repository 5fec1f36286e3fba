"""`brief` and `release`: from arguments to a sealed dossier, and to a copy that may leave."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from hoshimori.cli.assessing import IncidentArguments, briefed, settings_with
from hoshimori.cli.sealing import key_of
from hoshimori.cli.watched import WatchArguments
from hoshimori.dossier.change_wording import change_sentence
from hoshimori.dossier.language import Language, say_count
from hoshimori.dossier.signing import sign
from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.json_document import as_json_value, write_json
from hoshimori.model.dossiers import Policy
from hoshimori.settings import load_settings
from hoshimori.workflows.brief import dossier_of, yardsticks
from hoshimori.workflows.briefing import briefing_of, files_of
from hoshimori.workflows.documents import document_items, papers_of
from hoshimori.workflows.release import Released, released
from hoshimori.workflows.sealing import read_dossier_file, seal, write_whole


@dataclass(frozen=True, slots=True)
class BriefArguments:
    """What a dossier is to be, and who signs it."""

    output: Path
    keys: tuple[Path, ...]
    signatures: int
    organisations: int
    release_to: str
    exercise: bool


def run_brief(
    sky: WatchArguments, chosen: IncidentArguments, arguments: BriefArguments, *, as_json: bool
) -> None:
    """Compose a dossier, seal and sign it, and write it with its papers beside."""
    tree = settings_with(chosen, load_settings(sky.settings))
    signing = [key_of(path) for path in arguments.keys]
    measures = yardsticks(tree)
    told = briefed(sky, chosen, tree, measures)
    composed = datetime.now(UTC).replace(microsecond=0)
    with Console(stderr=True).status("documents"):
        telling = briefing_of(told, composed_utc=composed, files=files_of(measures))
        documents = document_items(telling)
        dossier = dossier_of(
            told,
            tree,
            measures,
            documents,
            composed_utc=composed,
            policy=Policy(arguments.signatures, arguments.organisations),
        )
        data = seal(dossier, exercise=arguments.exercise)
    for key in signing:
        data = sign(data, key)
    write_whole(arguments.output, data)
    written = [arguments.output, *_write_papers(arguments.output, papers_of(dossier.items))]
    document: dict[str, Any] = {"incident_id": told.incident.incident_id}
    if arguments.release_to:
        partners = partner_codes(arguments.release_to)
        copy = arguments.output.with_stem(f"{arguments.output.stem}-{'-'.join(sorted(partners))}")
        done = released(data, partners, composed, exercise=arguments.exercise)
        write_whole(copy, _signed(done, arguments.keys))
        written.append(copy)
        _print_changes(done, Language(sky.language or tree.watch.language))
        document["release"] = _release_value(done)
    _print_written(written, document, as_json=as_json)


def run_release(
    path: Path,
    partners: str,
    output: Path,
    keys: tuple[Path, ...],
    *,
    as_json: bool,
    exercise: bool,
) -> None:
    """Write the copy of a dossier that partners may have."""
    tree = load_settings(None)
    with Console(stderr=True).status("what may be released"):
        data = read_dossier_file(path)
        try:
            moment = datetime.now(UTC).replace(microsecond=0)
            done = released(data, partner_codes(partners), moment, exercise=exercise)
        except FormatError as error:
            raise FormatError(str(error), source=str(path)) from error
    write_whole(output, _signed(done, keys))
    _print_changes(done, Language(tree.watch.language))
    written = [output, *_write_papers(output, papers_of(done.items))]
    _print_written(written, _release_value(done), as_json=as_json)


def partner_codes(text: str) -> frozenset[str]:
    """Return the codes of partners in a text parted by commas.

    Raises:
        SettingsError: there is none, or one is no code.
    """
    codes = frozenset(part.strip().upper() for part in text.split(",") if part.strip())
    if not codes or not all(code.isascii() and code.isalnum() for code in codes):
        raise SettingsError(f"{text!r}: expected codes of partners, as in JPN,USA")
    return codes


def _signed(done: Released, keys: tuple[Path, ...]) -> bytes:
    data = done.data
    for path in keys:
        data = sign(data, key_of(path))
    return data


def _write_papers(dossier: Path, papers: dict[Language, bytes]) -> list[Path]:
    written = []
    for language, data in papers.items():
        path = dossier.with_name(f"{dossier.stem}.{language.value}.pdf")
        write_whole(path, data)
        written.append(path)
    return written


def _print_changes(done: Released, language: Language) -> None:
    told = [say_count(language, "change.withheld", done.withheld)]
    told += [change_sentence(change, language, former=True) for change in done.changes]
    for sentence in told:
        print(f"hoshimori: {sentence}", file=sys.stderr)


def _release_value(done: Released) -> dict[str, Any]:
    return {"withheld": done.withheld, "changes": as_json_value(done.changes)}


def _print_written(written: list[Path], document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(write_json(document | {"files": [str(path) for path in written]}))
        return
    for path in written:
        print(path)
