"""`store`: making a store in a database, and moving one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.language import Language, say
from hoshimori.formats.json_document import write_json
from hoshimori.settings import load_settings
from hoshimori.workflows.store_migration import Migration, migrate_store
from hoshimori.workflows.store_preparation import prepare_store


@dataclass(frozen=True, slots=True)
class StoreArguments:
    """How what was done is told."""

    language: str | None
    settings: Path | None
    as_json: bool

    def chosen(self) -> Language:
        """Return the language."""
        return Language(self.language or load_settings(self.settings).watch.language)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One table, or one moment, as one row of texts."""

    table: str
    rows: str
    same: str


def run_prepare(place: Path, role: str, arguments: StoreArguments, *, read_only: bool) -> None:
    """Make the tables of a store in a database, and let a role in."""
    prepare_store(place, grant_to=role, may_write=not read_only)
    if arguments.as_json:
        print(write_json({"granted_to": role, "may_write": bool(role) and not read_only}))
        return
    key = "store.prepared" if not role else f"store.granted{'.read' if read_only else ''}"
    Console().print(Text(say(arguments.chosen(), key, role=role)))


def run_migrate(source: Path, target: Path, arguments: StoreArguments) -> int:
    """Move a store and compare both; return 1 where they differ."""
    done = migrate_store(
        source, target, say=lambda text: print(f"hoshimori: {text}", file=sys.stderr)
    )
    if arguments.as_json:
        tables = [{"table": t.table, "rows": t.rows, "is_same": t.is_same} for t in done.tables]
        print(
            write_json(
                {
                    "is_same": done.is_same,
                    "tables": tables,
                    "moments": done.moments,
                    "files": done.files,
                }
            )
        )
    else:
        _show(done, arguments.chosen())
    return int(not done.is_same)


def _tell(text: str) -> None:
    print(f"hoshimori: {text}", file=sys.stderr)


def _show(done: Migration, language: Language) -> None:
    compared = [(part.table, part.rows, part.is_same) for part in done.tables]
    for part in done.moments:
        moment = say(language, "store.moment", moment=f"{part.as_of_utc:%Y-%m-%d %H:%MZ}")
        compared.append((moment, part.objects, part.is_same))
    told = {True: say(language, "store.same"), False: say(language, "store.differs")}
    rows = [ComparedRow(name, f"{number:,}", told[is_same]) for name, number, is_same in compared]
    console = Console()
    console.print(Rows(ComparedRow, rows, "store", language))
    key = "store.migrated" if done.is_same else "store.different"
    values = {"files": f"{done.files:,}", "moments": f"{len(done.moments):,}"}
    console.print(Text(say(language, key, **(values if done.is_same else {}))), soft_wrap=True)
