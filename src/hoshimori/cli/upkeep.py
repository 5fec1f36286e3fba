"""`backup` and `store`: copies of a node, versions of its files."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.upkeep_wording import (
    VersionRow,
    check_lines,
    made_lines,
    restored_lines,
    version_row,
)
from hoshimori.formats.json_document import write_json
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.backup import BackupAsked, make_backup, restore_backup, verify_backup
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.store_upgrade import roll_back_store, store_versions, upgrade_store


@dataclass(frozen=True, slots=True)
class UpkeepArguments:
    """Which store, and how what was done is shown."""

    store: Path | None
    settings: Path | None
    language: str | None
    as_json: bool

    def tree(self) -> Settings:
        """Return the settings in force."""
        return load_settings(self.settings)

    def words(self) -> Language:
        """Return the language of what is said."""
        return Language(self.language or self.tree().watch.language)


def run_create(
    target: Path, with_keys: bool, keys: tuple[Path, ...], keep: int, arguments: UpkeepArguments
) -> None:
    """Make a backup."""
    asked = BackupAsked(target, with_keys, keys, keep)
    made = make_backup(arguments.tree(), arguments.store, asked, SystemClock().now_utc())
    if arguments.as_json:
        document = {
            "folder": str(made.folder),
            "manifest_sha256": made.sha256,
            "manifest": made.manifest,
            "removed": [str(path) for path in made.removed],
        }
        print(write_json(document))
        return
    removed = [str(path) for path in made.removed]
    language = arguments.words()
    _print(made_lines(str(made.folder), made.manifest, made.sha256, language, removed=removed))


def run_verify(backup: Path, arguments: UpkeepArguments) -> int:
    """Check a backup; return 1 where it is not as it was written."""
    check = verify_backup(backup)
    if arguments.as_json:
        print(write_json(check))
    else:
        _print(check_lines(str(backup), check, arguments.words()))
    return int(bool(check.problems))


def run_restore(
    backup: Path, folder: Path, settings_into: Path | None, arguments: UpkeepArguments
) -> None:
    """Make a store of a backup."""
    entry = AuditEntry(
        recorded_utc=SystemClock().now_utc(),
        kind=AuditKind.ACCOUNTS,
        who=getpass.getuser(),
        what=f"backup restore {backup.name}",
        address="command line",
    )
    manifest = restore_backup(backup, folder, settings_into=settings_into, entry=entry)
    if arguments.as_json:
        print(write_json({"folder": str(folder), "manifest": manifest}))
    else:
        _print(restored_lines(str(folder), str(backup), manifest, arguments.words()))


def run_versions(arguments: UpkeepArguments) -> None:
    """Show the versions of a store's files."""
    found = store_versions(arguments.tree(), arguments.store)
    if arguments.as_json:
        print(write_json({"files": found}))
        return
    language = arguments.words()
    rows = [version_row(one, language) for one in found]
    Console().print(Rows(VersionRow, rows, "store", language))


def run_upgrade(copies: Path | None, arguments: UpkeepArguments) -> None:
    """Upgrade a store."""
    now_utc = SystemClock().now_utc()
    done = upgrade_store(arguments.tree(), arguments.store, copies, now_utc)
    if arguments.as_json:
        print(write_json({"upgrade": done}))
    elif done is None:
        _print([say(arguments.words(), "store.nothing")])
    else:
        _print([say(arguments.words(), "store.upgraded", copy=done.copy)])


def run_rollback(arguments: UpkeepArguments) -> None:
    """Go back to the copy from before the last upgrade."""
    done = roll_back_store(arguments.tree(), arguments.store, SystemClock().now_utc())
    if arguments.as_json:
        document = {"copy": done.copy, "aside": str(done.aside)}
        print(write_json(document | {"later_receipts": done.later_receipts}))
        return
    language = arguments.words()
    _print([say(language, "store.rolled_back", aside=str(done.aside))])
    if done.later_receipts:
        _print([say(language, "store.rolled_back.later", number=f"{done.later_receipts:,}")])


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        Console().print(Text(line), soft_wrap=True)
