"""Moving a store from a file into a database and back: resumable, verified, seen only when whole.

Rows go in the order of arrival, each portion in one transaction, so that what is there already says
where to go on. Then both are read whole and compared, and asked what was known at several moments.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from hoshimori.errors import StoreError
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.store.doorstep import address_at
from hoshimori.store.fact_tables import ELEMENT_SETS, TABLES, ComingTables, FactTables, digest_of
from hoshimori.store.migration_places import COMING, coming_tables_at, is_whole_at, tables_at
from hoshimori.store.small_carrying import KINDS, SmallCarried, carry_small
from hoshimori.store.spans import replaced
from hoshimori.workflows.stores import named_place

_MOMENTS = 5
_END_OF_TIME = datetime(2200, 1, 1, tzinfo=UTC)
_LOCAL = ("dossiers", "audiences", "floor.sqlite")
"""What stays on the machine of the server also where the store is in a database."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class MigratedMoment:
    """What both stores say was known at a moment."""

    as_of_utc: datetime
    objects: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration carried, and whether both stores hold the same."""

    tables: tuple[SmallCarried, ...]
    moments: tuple[MigratedMoment, ...]
    files: int
    """Dossiers and other files that were copied, or were there already."""

    @property
    def is_same(self) -> bool:
        """Whether everything that was compared is the same."""
        compared = [part.is_same for part in self.tables] + [part.is_same for part in self.moments]
        return all(compared)


def migrate_store(
    source: Path, target: Path, *, most_rows: int = 100_000, say: Say = lambda text: None
) -> Migration:
    """Carry a store from one place to another, a folder or a database, and compare them.

    Killed at any moment it can be begun again, and goes on where it was. Nobody can open the target
    before it is whole and the same; where it is already, they are only compared.

    Raises:
        StoreError: the source cannot be read, or somebody writes to it; the target holds another
            store, or cannot be written. Nothing in the source is changed.
    """
    if source == target:
        raise StoreError("both places are the same")
    with tables_at(source) as given:
        if is_whole_at(target):
            done = _compared_with_whole(given, source, target, most_rows, say)
            shutil.rmtree(target / COMING, ignore_errors=True)
            return done
        with coming_tables_at(target, given.exercise, named_place(source)) as taken:
            _carry_facts(given, taken, most_rows, say)
            small = _carry_small(source, _aside(target), say)
            done = _verified(given, taken, small, _copied(source, target), most_rows, say)
            if done.is_same:
                _show_small(target)
                taken.finish()
    if done.is_same:
        shutil.rmtree(target / COMING, ignore_errors=True)
    return done


def _carry_facts(given: FactTables, taken: ComingTables, most_rows: int, say: Say) -> None:
    for table in TABLES:
        for rows in given.rows(table, taken.count(table)):
            taken.keep(table, rows)
        say(f"{table}: {taken.count(table):,} rows")
    held = taken.count(ELEMENT_SETS)
    for columns in given.element_sets(held, most_rows):
        taken.keep_element_sets(columns)
        held += len(columns["label"])
        say(f"{ELEMENT_SETS}: {held:,} rows")


def _carry_small(source: Path, target: Path, say: Say) -> tuple[SmallCarried, ...]:
    carried = [part for kind in KINDS for part in carry_small(kind, source, target)]
    for part in carried:
        say(f"{part.table}: {part.rows:,} rows")
    return tuple(carried)


def _verified(
    given: FactTables,
    taken: FactTables,
    small: tuple[SmallCarried, ...],
    files: int,
    most_rows: int,
    say: Say,
) -> Migration:
    tables = []
    for table in (*TABLES, ELEMENT_SETS):
        say(f"comparing {table}")
        digests = {digest_of(one, table, most_rows) for one in (given, taken)}
        tables.append(SmallCarried(table, given.count(table), len(digests) == 1))
    return Migration((*tables, *small), tuple(_moments(given, taken, say)), files)


def _moments(given: FactTables, taken: FactTables, say: Say) -> Iterator[MigratedMoment]:
    """Ask both stores what was known when: as deliveries came, and at the end of time."""
    with given.store() as one, taken.store() as other:
        came = sorted(receipt.received_utc for receipt in one.receipts())
        places = np.linspace(0, len(came) - 1, min(len(came), _MOMENTS)).astype(int)
        for moment in (*dict.fromkeys(came[place] for place in places), _END_OF_TIME):
            say(f"comparing what was known at {moment:%Y-%m-%d %H:%M}Z")
            newest = one.newest_as_known_at(moment)
            same = _digest(newest) == _digest(other.newest_as_known_at(moment))
            same &= one.objects_as_known_at(moment) == other.objects_as_known_at(moment)
            yield MigratedMoment(moment, len(newest), same)


def _digest(sets: ElementSets) -> str:
    digest = hashlib.sha256()
    for name in COLUMNS:
        digest.update(repr(getattr(sets, name).tolist()).encode("utf-8", "surrogatepass"))
    digest.update(repr(sets.provenances).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _compared_with_whole(
    given: FactTables, source: Path, target: Path, most_rows: int, say: Say
) -> Migration:
    with tables_at(target) as taken:
        done = _verified(given, taken, (), 0, most_rows, say)
    if not done.is_same:
        return done
    return Migration((*done.tables, *_carry_small(source, target, say)), done.moments, 0)


def _aside(target: Path) -> Path:
    """Return where small files of a target are made: beside the facts that are coming."""
    return target if address_at(target) is not None else target / COMING


def _show_small(target: Path) -> None:
    if address_at(target) is not None:
        return
    for kind in KINDS:
        made = target / COMING / kind.form.file_name
        if made.exists():
            with closing(sqlite3.connect(made)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            made.replace(target / kind.form.file_name)


def _copied(source: Path, target: Path) -> int:
    """Copy what stands in the folder of a store, or on a doorstep, in any case."""
    wanted = [path for name in _LOCAL for path in _files(source / name)]
    for path in wanted:
        copy = target / path.relative_to(source)
        if copy.exists() and path.suffix != ".sqlite":
            continue
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replaced(copy) as beside:
            beside.unlink(missing_ok=True)
            if path.suffix == ".sqlite":
                with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(beside)) as two:
                    one.backup(two)
            else:
                shutil.copy2(path, beside)
    return len(wanted)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    ours = (one for one in path.rglob("*") if one.is_file())
    return [one for one in ours if not one.name.endswith((".beside", "-wal", "-shm"))]
