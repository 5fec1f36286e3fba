"""Backups of a whole node, made while it runs, checked before they get their name, and restored."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

import hoshimori
from hoshimori.errors import DiskFullError, SettingsError, StoreError
from hoshimori.model.audit import AuditEntry
from hoshimori.model.backups import BackedFile, BackupCheck, BackupManifest, FileKind, LeftOut
from hoshimori.settings import Settings, store_folder
from hoshimori.store import exercise_of, free_mib
from hoshimori.store.access import FILE_NAME as ACCESS_FILE
from hoshimori.store.access import VERSION as ACCESS_VERSION
from hoshimori.store.access import open_access
from hoshimori.store.audit import FILE_NAME as AUDIT_FILE
from hoshimori.store.audit import VERSION as AUDIT_VERSION
from hoshimori.store.audit import open_audit
from hoshimori.store.backup_folder import (
    backed_file,
    backup_begun,
    backup_name,
    checked_backup,
    copied_back,
    keep_manifest,
    older_than_newest,
    remove_backup,
)
from hoshimori.store.connection import ServerLine
from hoshimori.store.doorstep import DUMP, require_files
from hoshimori.store.file_copies import (
    Tables,
    copy_facts_file,
    copy_plain_file,
    copy_small_file,
    look_at_facts,
    made_lasting,
    private_folder,
)
from hoshimori.store.node_files import NodeFile, node_files
from hoshimori.store.remote import open_remote_store
from hoshimori.workflows.running import copying_told, running_server

_MARGIN_MIB = 64.0
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BackupAsked:
    """What is to be copied, and where to."""

    target: Path
    """Folder of backups; the new one gets a folder of its own in it."""
    with_keys: bool = False
    """Whether private keys in the folder of the store come along."""
    keys: tuple[Path, ...] = ()
    """Further files of keys."""
    keep: int = 0
    """How many backups stay in the folder; 0: all."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made and checked."""

    folder: Path
    manifest: BackupManifest
    sha256: str
    """Of the manifest."""
    removed: tuple[Path, ...]
    """Older backups that were removed, as asked."""


def make_backup(
    settings: Settings, folder: Path | None, asked: BackupAsked, now_utc: datetime
) -> BackupMade:
    """Copy a node while it runs, check the copy, and give it its name.

    Raises:
        StoreError: there is no store, a file of it is damaged or busy, or the copy is not the same.
        DiskFullError: there is no room for the copy.
    """
    store = folder or store_folder(settings)
    require_files(store, DUMP)
    if not store.is_dir():
        raise StoreError(f"{store}: there is no store here")
    sorted_out = node_files(store, with_keys=asked.with_keys)
    named = _named(settings, asked)
    _require_room(asked.target, [one.path for one in sorted_out.files])
    name = backup_name(now_utc)
    with backup_begun(asked.target, name) as part:
        copied = [_copied(one, store, part, settings) for one in sorted_out.files]
        copied += [_beside(path, part / place / called) for place, called, path in named]
        mark = exercise_of(store)
        manifest = BackupManifest(
            made_utc=now_utc,
            software=f"hoshimori {hoshimori.__version__}, duckdb {duckdb.__version__}",
            exercise=mark.name if mark else "",
            files=tuple(_described(part, one) for one in copied if one is not None),
            left_out=_left_out(sorted_out.left_out),
        )
        keep_manifest(part, manifest)
        check = checked_backup(part)
        if check.problems:
            raise StoreError(f"the backup is not whole: {check.problems[0]}")
    older = older_than_newest(asked.target, asked.keep) if asked.keep else ()
    for path in older:
        remove_backup(path)
    return BackupMade(asked.target / name, manifest, check.sha256, older)


def verify_backup(folder: Path) -> BackupCheck:
    """Read a backup whole and say what is not as it was written."""
    return checked_backup(folder)


def restore_backup(
    backup: Path, target: Path, *, settings_into: Path | None, entry: AuditEntry
) -> BackupManifest:
    """Put the store of a backup into a folder that is not there yet or empty, all or nothing.

    Sessions of that time are ended, and the audit says who restored. Settings and keys go into
    `settings_into`, where it is given.

    Raises:
        StoreError: the backup is not as it was written, or something would be overwritten.
        DiskFullError: there is no room.
    """
    check = checked_backup(backup)
    if check.manifest is None or check.problems:
        raise StoreError(f"{backup} is not restored: {'; '.join(check.problems[:3])}")
    for place in (target, settings_into):
        if place is not None and place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise StoreError(f"{place}: is there already; nothing is overwritten")
    with _aside(target) as part:
        copied_back(backup, check.manifest, "store", part)
        _admit_nobody(part, check.manifest, replace(entry, what=f"{entry.what}, sessions ended"))
        made_lasting(part)
        if settings_into is not None:
            private_folder(settings_into)
            copied_back(backup, check.manifest, "settings", settings_into)
            copied_back(backup, check.manifest, "keys", settings_into)
        part.rename(target)
    return check.manifest


@contextlib.contextmanager
def _aside(target: Path) -> Iterator[Path]:
    part = target.absolute().with_name(f".{target.absolute().name}.restoring-{os.getpid()}")
    try:
        part.mkdir(mode=0o700, parents=True)
        yield part
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _admit_nobody(store: Path, manifest: BackupManifest, entry: AuditEntry) -> None:
    """End the sessions of the past: cookies that were good then are not good now.

    Files of an older version stay as they are until they are upgraded.
    """
    versions = {file.path: file.version for file in manifest.files}
    if versions.get(f"store/{AUDIT_FILE}") == AUDIT_VERSION:
        with open_audit(store) as audit:
            audit.append(entry)
    if versions.get(f"store/{ACCESS_FILE}") == ACCESS_VERSION:
        with open_access(store) as accounts, accounts.transaction():
            accounts.remove_sessions_before(_NEVER, _NEVER)


@dataclass(frozen=True, slots=True)
class _Copied:
    path: Path
    kind: FileKind
    found: Tables | None


def _copied(one: NodeFile, store: Path, part: Path, settings: Settings) -> _Copied | None:
    """Copy one file of the store; None where it is gone meanwhile."""
    there = part / "store" / one.path.relative_to(store)
    private_folder(there.parent)
    match one.kind:
        case FileKind.FACTS:
            return _Copied(there, one.kind, _copied_facts(one.path, there, settings))
        case FileKind.SMALL:
            return _Copied(there, one.kind, copy_small_file(one.path, there))
        case FileKind.PLAIN:
            return _beside(one.path, there)


def _beside(path: Path, there: Path) -> _Copied | None:
    private_folder(there.parent)
    try:
        copy_plain_file(path, there)
    except FileNotFoundError:
        there.unlink(missing_ok=True)
        return None
    return _Copied(there, FileKind.PLAIN, None)


def _copied_facts(path: Path, there: Path, settings: Settings) -> Tables:
    """Have the server copy its facts, or copy the file where no server keeps it.

    One that starts meanwhile is asked in its turn.
    """
    if _copied_by_server(path.parent, there, settings):
        return look_at_facts(there)
    try:
        with copying_told(path.parent):
            return copy_facts_file(path, there)
    except StoreError:
        there.unlink(missing_ok=True)
        if not _copied_by_server(path.parent, there, settings):
            raise
    return look_at_facts(there)


def _copied_by_server(folder: Path, there: Path, settings: Settings) -> bool:
    server = running_server(folder)
    if server is None:
        return False
    line = ServerLine(server.url, server.token, settings.store.server_certificate)
    store = open_remote_store(line)
    if store is None:
        return False
    with store:
        store.copy_to(there)
    return True


def _described(part: Path, one: _Copied) -> BackedFile:
    return backed_file(part, one.path, one.kind, one.found)


def _named(settings: Settings, asked: BackupAsked) -> list[tuple[str, str, Path]]:
    """Return place, name and path of files beside the store: settings, what they name, keys."""
    stated = [Path(settings.origin), Path(settings.watch.assets), Path(settings.alerts.rules)]
    found = [("settings", path) for path in stated if path.is_file()]
    for path in asked.keys:
        if not path.is_file():
            raise SettingsError(f"--key {path}: there is no such file")
        found.append(("keys", path))
    names: dict[str, int] = {}
    named = []
    for place, path in found:
        before = names.get(f"{place}/{path.name}", 0)
        names[f"{place}/{path.name}"] = before + 1
        named.append((place, f"{before}-{path.name}" if before else path.name, path))
    return named


def _left_out(found: dict[str, LeftOut]) -> dict[str, LeftOut]:
    return dict(sorted(found.items()))


def _require_room(target: Path, paths: Sequence[Path]) -> None:
    needed = sum(path.stat().st_size for path in paths if path.exists()) / 1024**2 + _MARGIN_MIB
    if (free := free_mib(target)) < needed:
        raise DiskFullError(
            f"{target}: a backup needs about {needed:,.0f} MiB, and {free:,.0f} MiB are free"
        )
