"""Tables that only grow, whoever asks; versions; roles that may append and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.postgres_server import database_of
from tests.store.test_journal import a_change, keep

from hoshimori.errors import StoreError
from hoshimori.formats.database_address import doorstep_of
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import SpaceObject
from hoshimori.model.rejections import Reading, Rejection
from hoshimori.store import IngestCounts, open_journal, open_store
from hoshimori.store.postgresql.schema import MIGRATIONS, make_tables, schema_version
from hoshimori.workflows.store_preparation import prepare_store

pytestmark = pytest.mark.xdist_group("postgres")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
FAR = datetime(2300, 1, 1, tzinfo=UTC)
TABLES = (
    "provenances",
    "labels",
    "object_ids",
    "element_sets",
    "element_sets_2026",
    "element_sets_rest",
    "space_objects",
    "receipts",
    "rejections",
)

MakeSets = Callable[..., ElementSets]
Take = Callable[..., IngestCounts]


def fill(place: Path, sets: ElementSets) -> None:
    with open_store(place) as store:
        reading = Reading(sets, (Rejection("a", 1, "EPOCH", "bad\0", b"\0\xff"),))
        store.append(reading, payload=b"made", source="made", received_utc=NOON)
        store.append_objects([SpaceObject(1, "ONE")], source="s", known_utc=NOON)


@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_no_table_of_facts_is_changed_even_by_its_owner(
    postgres: Any, doorstep: Path, make_sets: MakeSets, change: str
) -> None:
    far = make_sets([1, 2], [0.0, 70_000.0])  # the second in the part for all other years
    fill(doorstep, far)
    name = database_of(doorstep)
    for table in TABLES:
        asked = f"SELECT attname FROM pg_attribute WHERE attrelid = 'hoshimori.{table}'::regclass "
        ((column,), *_) = postgres.execute(f"{asked} AND attnum > 0 ORDER BY attnum DESC", name)
        statement = change.format(f"hoshimori.{table}", column)
        with pytest.raises(
            (psycopg.errors.RestrictViolation, psycopg.errors.GeneratedAlways),
            match=r"append-only|can only be updated to DEFAULT",
        ):
            postgres.execute(statement, name)
    with open_store(doorstep) as store:
        assert len(store.history_of(None, as_known_at_utc=FAR)) == 2


def test_element_sets_stand_by_year(postgres: Any, doorstep: Path, make_sets: MakeSets) -> None:
    fill(doorstep, make_sets([1, 1, 1], [-400.0, 0.0, 70_000.0]))
    rows = postgres.execute(
        "SELECT tableoid::regclass::text FROM hoshimori.element_sets ORDER BY epoch_utc",
        database_of(doorstep),
    )
    names = [str(name).removeprefix("hoshimori.") for (name,) in rows]
    assert names == ["element_sets_2025", "element_sets_2026", "element_sets_rest"]


def test_a_newer_store_is_refused_and_a_foreign_schema_left_alone(
    postgres: Any, doorstep: Path, tmp_path: Path
) -> None:
    postgres.execute("INSERT INTO hoshimori.schema_version VALUES (9000)", database_of(doorstep))
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"newer Hoshimori .*version 9000.*upgrade"):
            open_store(doorstep, read_only=read_only)
    foreign = postgres.fresh_database()
    place = tmp_path / doorstep_of(foreign)
    with pytest.raises(StoreError, match="there is no store yet; ingest something first"):
        open_store(place, read_only=True)
    postgres.execute("CREATE SCHEMA hoshimori", database_of(place))
    postgres.execute("CREATE TABLE hoshimori.recipes (name text)", database_of(place))
    with pytest.raises(StoreError, match="no store of Hoshimori"):
        open_store(place)


def test_a_failed_change_of_tables_changes_nothing(postgres: Any, doorstep: Path) -> None:
    broken = (*MIGRATIONS, "CREATE TABLE half (x integer); DROP TABLE no_such_table")
    with psycopg.connect(postgres.address(database_of(doorstep)), autocommit=True) as connection:
        connection.execute("SET search_path = hoshimori")
        with pytest.raises(psycopg.errors.UndefinedTable, match="no_such_table"):
            make_tables(connection, migrations=broken)
        assert schema_version(connection) == len(MIGRATIONS)
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)
        newer = (*MIGRATIONS, "ALTER TABLE receipts ADD COLUMN note text")
        for _ in range(2):
            make_tables(connection, migrations=newer)
        assert schema_version(connection) == len(newer)


def test_a_role_that_may_write_appends_and_does_nothing_else(
    postgres: Any, doorstep: Path, tmp_path: Path, make_sets: MakeSets
) -> None:
    for role in ("appender", "reader"):
        postgres.execute(f"CREATE ROLE {role} LOGIN")
    prepare_store(doorstep, grant_to="appender")
    prepare_store(doorstep, grant_to="reader", may_write=False)
    name = database_of(doorstep)
    appender = tmp_path / doorstep_of(postgres.address(name, "appender"))
    fill(appender, make_sets([1, 2], [0.0, -800.0]))  # makes parts, without owning the tables
    with open_journal(appender) as journal:
        keep(journal, a_change(1))
    for statement in (
        "DELETE FROM hoshimori.receipts",
        "UPDATE hoshimori.element_sets SET raan_deg = 0",
        "ALTER TABLE hoshimori.receipts DISABLE TRIGGER ALL",
        "DROP TABLE hoshimori.element_sets_2026",
        "TRUNCATE hoshimori_journal.entries",
    ):
        with (
            psycopg.connect(postgres.address(name, "appender")) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement.encode())
    reader = tmp_path / doorstep_of(postgres.address(name, "reader"))
    with open_store(reader) as store:
        assert len(store.receipts()) == 1
        with pytest.raises(
            StoreError, match=r"permission denied.*the role reader may not.*store prepare --grant"
        ):
            store.append_objects([SpaceObject(3, "X")], source="s", known_utc=NOON)


def test_a_role_that_may_make_no_tables_is_told_what_to_do(postgres: Any, tmp_path: Path) -> None:
    postgres.execute("CREATE ROLE guest LOGIN")
    address = postgres.fresh_database().replace("owner@", "guest@")
    with pytest.raises(StoreError, match=r"the role guest may not.*hoshimori store prepare"):
        open_store(tmp_path / doorstep_of(address))
