"""Backups and upgrades of stores in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text
from hoshimori.model.backups import BackupCheck, BackupManifest
from hoshimori.model.store_versions import FileVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One file of a store as one row of texts."""

    file: str
    version: str
    newest: str
    state: str


def made_lines(
    folder: str,
    manifest: BackupManifest,
    sha256: str,
    language: Language,
    *,
    removed: Sequence[str] = (),
) -> Iterator[str]:
    """Yield what was backed up, what was not, and which older backups were removed."""
    rows = [file.rows or {} for file in manifest.files]
    yield say(
        language,
        "backup.made",
        folder=folder,
        files=f"{len(manifest.files):,}",
        mib=f"{sum(file.byte_count for file in manifest.files) / 2**20:,.1f}",
        facts=f"{sum(of.get('element_sets', 0) for of in rows):,}",
    )
    if manifest.exercise:
        yield say(language, "backup.of_exercise", name=manifest.exercise)
    for name, why in manifest.left_out.items():
        because = say(language, f"backup.left_out.{why.value}")
        yield say(language, "backup.left_out", name=name, why=because)
    yield say(language, "backup.digest", sha256=sha256)
    for older in removed:
        yield say(language, "backup.removed", folder=older)


def check_lines(folder: str, check: BackupCheck, language: Language) -> Iterator[str]:
    """Yield whether a backup is as it was written, and what is not."""
    if check.problems or check.manifest is None:
        yield say(language, "backup.not_whole", folder=folder)
        yield from check.problems
        return
    made, files = utc_text(check.manifest.made_utc), f"{len(check.manifest.files):,}"
    yield say(language, "backup.whole", folder=folder, made=made, files=files)
    yield say(language, "backup.digest", sha256=check.sha256)


def restored_lines(
    folder: str, backup: str, manifest: BackupManifest, language: Language
) -> Iterator[str]:
    """Yield what was restored, and what is to be thought of then."""
    made = utc_text(manifest.made_utc)
    yield say(language, "backup.restored", folder=folder, backup=backup, made=made)
    yield say(language, "backup.restored.sessions")
    yield say(language, "backup.restored.alerts")


def version_row(file: FileVersion, language: Language) -> VersionRow:
    """Return the version of a file as a row."""
    state = "older" if file.is_older else "newer" if file.is_newer else "current"
    return VersionRow(
        file.name, str(file.version), str(file.newest), say(language, f"store.state.{state}")
    )
