"""Upgrade of a store with a checked copy first, and the way back to that copy."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from hoshimori.errors import StoreError
from hoshimori.model.store_versions import FileVersion, StoreUpgrade
from hoshimori.settings import Settings, store_folder
from hoshimori.store.backup_folder import checked_backup, copied_back
from hoshimori.store.doorstep import require_files
from hoshimori.store.file_copies import look_at_facts, made_lasting
from hoshimori.store.node_files import FACTS_FILE
from hoshimori.store.versions import file_versions, upgrade_files
from hoshimori.workflows.backup import BackupAsked, make_backup
from hoshimori.workflows.running import running_server

RECORD: Final = "upgrade.json"
"""In the folder of the store: the last upgrade, and where the copy from before it stands."""
_ADAPTER: Final = TypeAdapter(StoreUpgrade)


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What going back to the copy did."""

    copy: str
    aside: Path
    """Where the upgraded store was moved; nothing is deleted."""
    later_receipts: int
    """Deliveries that came after the copy: they are in the store aside alone."""


def store_versions(settings: Settings, folder: Path | None) -> tuple[FileVersion, ...]:
    """Return the versions of the files of a store.

    Raises:
        StoreError: there is none, a server keeps it, or a file is damaged.
    """
    store = _resting(settings, folder)
    return file_versions(store)


def upgrade_store(
    settings: Settings, folder: Path | None, copies: Path | None, now_utc: datetime
) -> StoreUpgrade | None:
    """Copy a store, check the copy, and bring every file to the newest version.

    None where nothing is older. One that was broken off goes on, with the copy of its beginning.

    Raises:
        StoreError: a server keeps it, a file is newer or damaged, or the copy is not whole.
        DiskFullError: there is no room for the copy.
    """
    store = _resting(settings, folder)
    before = file_versions(store)
    newer = [one for one in before if one.is_newer]
    if newer:
        raise StoreError(
            f"{store / newer[0].name}: a newer Hoshimori wrote it (version {newer[0].version}, "
            f"this one knows up to {newer[0].newest}); upgrade Hoshimori"
        )
    begun = last_upgrade(store)
    if begun is None or begun.ended_utc is not None:
        if not any(one.is_older for one in before):
            return None
        target = copies or store.absolute().with_name(f"{store.absolute().name}-before-upgrades")
        copy = make_backup(settings, store, BackupAsked(target, with_keys=True), now_utc)
        begun = StoreUpgrade(str(copy.folder.absolute()), now_utc, before)
        _keep(store, begun)
    else:
        _whole_copy(begun)
    rows = _rows(store)
    upgrade_files(store)
    after = _rows(store)
    lost = [name for name, count in rows.items() if after.get(name, 0) < count]
    if lost:
        raise StoreError(f"rows of {', '.join(lost)} are missing: run `hoshimori store rollback`")
    done = replace(begun, ended_utc=now_utc)
    _keep(store, done)
    return done


def roll_back_store(settings: Settings, folder: Path | None, now_utc: datetime) -> RolledBack:
    """Put the copy from before the last upgrade in the place of the store; move that aside.

    Raises:
        StoreError: a server keeps it, it was never upgraded, or the copy is not as it was written.
    """
    store = _resting(settings, folder).absolute()
    upgrade = last_upgrade(store)
    if upgrade is None:
        raise StoreError(f"{store}: was not upgraded, so that there is no way back")
    manifest_folder = _whole_copy(upgrade)
    check = checked_backup(manifest_folder)
    if check.manifest is None:
        raise StoreError(f"{manifest_folder}: {'; '.join(check.problems)}")
    held = next((f.rows or {} for f in check.manifest.files if f.path.endswith(FACTS_FILE)), {})
    later = _rows(store).get("receipts", 0) - held.get("receipts", 0)
    part = store.with_name(f".{store.name}.rolling-back-{os.getpid()}")
    part.mkdir(mode=0o700)
    copied_back(manifest_folder, check.manifest, "store", part)
    made_lasting(part)
    aside = store.with_name(f"{store.name}-upgraded-{now_utc:%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise StoreError(f"{aside}: is there already; try again in a second")
    store.rename(aside)
    part.rename(store)
    return RolledBack(upgrade.copy, aside, later)


def last_upgrade(store: Path) -> StoreUpgrade | None:
    """Return the last upgrade of a store; None where there was none.

    Raises:
        StoreError: its record cannot be read.
    """
    path = store / RECORD
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise StoreError(f"{path}: cannot be read: {error}") from None


def _resting(settings: Settings, folder: Path | None) -> Path:
    store = folder or store_folder(settings)
    require_files(store, "its owner runs `hoshimori store prepare` after a dump")
    if not store.is_dir():
        raise StoreError(f"{store}: there is no store here")
    if (server := running_server(store)) is not None:
        raise StoreError(
            f"a server (pid {server.pid}) keeps {store}: stop it first, as with "
            "`systemctl stop hoshimori`"
        )
    return store


def _whole_copy(upgrade: StoreUpgrade) -> Path:
    copy = Path(upgrade.copy)
    if problems := checked_backup(copy).problems:
        raise StoreError(f"the copy from before the upgrade is not whole: {problems[0]}")
    return copy


def _rows(store: Path) -> dict[str, int]:
    path = store / FACTS_FILE
    return look_at_facts(path).rows if path.exists() else {}


def _keep(store: Path, upgrade: StoreUpgrade) -> None:
    beside = store / f".{RECORD}"
    beside.write_bytes(_ADAPTER.dump_json(upgrade, indent=1) + b"\n")
    beside.replace(store / RECORD)
