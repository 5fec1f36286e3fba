"""Folders of backups: each backup appears whole and checked under its name, or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from hoshimori.errors import DiskFullError, FormatError, StoreError
from hoshimori.formats.backup_manifests import PLACES, read_manifest, write_manifest
from hoshimori.model.backups import BackedFile, BackupCheck, BackupManifest, FileKind
from hoshimori.store.file_copies import (
    Tables,
    copy_plain_file,
    look_at_facts,
    look_at_small,
    made_lasting,
    private_folder,
    sha256_of,
)

MANIFEST = "manifest.json"
_LOCK = ".lock"
_PART = ".part"
_NAME = re.compile(r"hoshimori-\d{8}T\d{6}Z")
_MOST_MANIFEST_BYTES = 64 * 1024 * 1024
_NO_TABLES = Tables(0, {})


def backup_name(made_utc: datetime) -> str:
    """Return what a backup of a moment is called; names sort by time."""
    return f"hoshimori-{made_utc.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@contextlib.contextmanager
def backup_begun(target: Path, name: str) -> Iterator[Path]:
    """Give a folder to fill; at the end it gets its name, or is gone where something failed.

    What a killed backup left is removed by the next.

    Raises:
        StoreError: another backup is being written there, or there is one of this name.
        DiskFullError: there is no room.
    """
    with _room(target):
        private_folder(target)
        with _alone(target):
            for left in target.glob(f".hoshimori-*{_PART}"):
                shutil.rmtree(left)
            if (target / name).exists():
                raise StoreError(f"{target / name}: is there already; a backup is never replaced")
            part = target / f".{name}{_PART}"
            part.mkdir(mode=0o700)
            try:
                yield part
                made_lasting(part)
                part.rename(target / name)
                _synced(target)
            finally:
                shutil.rmtree(part, ignore_errors=True)


def keep_manifest(part: Path, manifest: BackupManifest) -> None:
    """Write what a backup holds beside it."""
    descriptor = os.open(part / MANIFEST, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(write_manifest(manifest))


def backed_file(part: Path, path: Path, kind: FileKind, found: Tables | None) -> BackedFile:
    """Return how a copied file is: its size, digest, version and rows."""
    return BackedFile(
        path=path.relative_to(part).as_posix(),
        kind=kind,
        byte_count=path.stat().st_size,
        sha256=sha256_of(path),
        version=found.version if found else 0,
        rows=found.rows if found else None,
    )


def checked_backup(folder: Path) -> BackupCheck:
    """Read every file of a backup, open those with tables, and say what is not as written."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_MANIFEST_BYTES)
        manifest = read_manifest(content, str(path))
    except OSError as error:
        return BackupCheck(None, "", (f"{path}: {error.strerror or error}",))
    except FormatError as error:
        return BackupCheck(None, "", (str(error),))
    problems = [problem for file in manifest.files if (problem := _problem(folder, file))]
    stated = {file.path for file in manifest.files} | {MANIFEST}
    there = {found.relative_to(folder).as_posix() for found in _every_file(folder)}
    problems += [f"{name}: is not in the manifest" for name in sorted(there - stated)]
    return BackupCheck(manifest, hashlib.sha256(content).hexdigest(), tuple(problems))


def copied_back(backup: Path, manifest: BackupManifest, place: str, target: Path) -> None:
    """Copy the files of one place of a backup into a folder, none over another.

    Raises:
        StoreError: a file is there already, or changed on its way.
        DiskFullError: there is no room.
    """
    if place not in PLACES:
        raise ValueError(f"{place}: no place of a backup")
    for file in manifest.files:
        first, _, rest = file.path.partition("/")
        if first != place:
            continue
        there = target / rest
        with _room(target):
            private_folder(there.parent)
            try:
                copy_plain_file(backup / file.path, there)
            except FileExistsError:
                raise StoreError(f"{there}: is there already; nothing is overwritten") from None
        if sha256_of(there) != file.sha256:
            raise StoreError(f"{there}: changed while it was copied")


def older_than_newest(target: Path, newest: int) -> tuple[Path, ...]:
    """Return the backups of a folder besides the newest ones, the oldest first."""
    found = sorted(path for path in target.iterdir() if _NAME.fullmatch(path.name))
    whole = [path for path in found if (path / MANIFEST).is_file()]
    return tuple(whole[: max(len(whole) - newest, 0)])


def remove_backup(folder: Path) -> None:
    """Remove a backup; first its name, so that no half of one is left under it."""
    aside = folder.with_name(f".{folder.name}{_PART}")
    folder.rename(aside)
    shutil.rmtree(aside)


def _problem(folder: Path, file: BackedFile) -> str:
    """Return what is not as written of one file; empty where nothing is."""
    path = folder / file.path
    if path.is_symlink() or not path.is_file():
        return f"{file.path}: is not there"
    if path.stat().st_size != file.byte_count or sha256_of(path) != file.sha256:
        return f"{file.path}: is not as it was written"
    try:
        found = _tables_of(path, file.kind)
    except StoreError as error:
        return f"{file.path}: cannot be opened: {error}"
    stated = Tables(file.version, dict(file.rows or {}))
    return "" if found == stated else f"{file.path}: holds other rows than the manifest says"


def _tables_of(path: Path, kind: FileKind) -> Tables:
    match kind:
        case FileKind.FACTS:
            return look_at_facts(path)
        case FileKind.SMALL:
            return look_at_small(path)
        case FileKind.PLAIN:
            return _NO_TABLES


def _every_file(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Let no other process write backups here; the lock goes with the process."""
    descriptor = os.open(target / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise StoreError(f"{target}: another backup is being written here") from None
    try:
        yield
    finally:
        os.close(descriptor)


def _synced(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _room(target: Path) -> Iterator[None]:
    """Say plainly what the disk refuses."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(f"{target}: there is no room on the disk") from None
        raise StoreError(f"{target}: {error.strerror or error}") from None
