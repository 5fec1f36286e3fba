"""Older stores become current ones; newer ones are refused; a failed change changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from hoshimori.errors import StoreError
from hoshimori.store import open_store
from hoshimori.store.database import upgrade_facts
from hoshimori.store.schema import MIGRATIONS, migrate, schema_version

# A store as version 1 wrote it: literal, so that no later change of the code can change it.
STORE_VERSION_1 = """
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version VALUES (1);
CREATE TABLE provenances (
    provenance_id INTEGER NOT NULL, source VARCHAR NOT NULL,
    payload_sha256 VARCHAR NOT NULL, reality VARCHAR NOT NULL
);
INSERT INTO provenances VALUES (0, 'celestrak', 'ab', 'REAL');
CREATE TABLE labels (
    label_id INTEGER NOT NULL, object_name VARCHAR NOT NULL,
    object_id VARCHAR NOT NULL, classification VARCHAR NOT NULL
);
INSERT INTO labels VALUES (1, 'ISS (ZARYA)', '1998-067A', 'U');
CREATE TABLE element_sets (
    norad_id INTEGER NOT NULL, label_id INTEGER NOT NULL, epoch_utc TIMESTAMP NOT NULL,
    mean_motion_rev_day DOUBLE NOT NULL, eccentricity DOUBLE NOT NULL,
    inclination_deg DOUBLE NOT NULL, raan_deg DOUBLE NOT NULL,
    arg_of_pericenter_deg DOUBLE NOT NULL, mean_anomaly_deg DOUBLE NOT NULL,
    bstar_per_er DOUBLE NOT NULL, mean_motion_dot_rev_day2 DOUBLE NOT NULL,
    mean_motion_ddot_rev_day3 DOUBLE NOT NULL, ephemeris_type SMALLINT NOT NULL,
    element_set_no INTEGER NOT NULL, rev_at_epoch INTEGER NOT NULL,
    known_utc TIMESTAMP NOT NULL, provenance_id INTEGER NOT NULL
);
INSERT INTO element_sets VALUES (
    25544, 1, '2026-11-01 12:00:00', 15.5, 0.0005, 51.6, 10.0, 20.0, 30.0, 1e-4, 1e-5, 0.0,
    0, 999, 12345, '2026-11-01 18:00:00', 0
);
CREATE TABLE object_ids (norad_id INTEGER NOT NULL);
INSERT INTO object_ids VALUES (25544);
CREATE TABLE space_objects (
    norad_id INTEGER NOT NULL, name VARCHAR, object_id VARCHAR, object_type VARCHAR,
    owner VARCHAR, operational_status VARCHAR, launch_date DATE, decay_date DATE,
    radar_cross_section_m2 DOUBLE, hard_body_radius_m DOUBLE, mass_kg DOUBLE,
    source VARCHAR NOT NULL, known_utc TIMESTAMP NOT NULL
);
CREATE TABLE receipts (
    source VARCHAR NOT NULL, payload_sha256 VARCHAR NOT NULL, reality VARCHAR NOT NULL,
    received_utc TIMESTAMP NOT NULL, byte_count BIGINT NOT NULL, new_count BIGINT NOT NULL,
    duplicate_count BIGINT NOT NULL, rejected_count BIGINT NOT NULL
);
CREATE TABLE rejections (
    payload_sha256 VARCHAR NOT NULL, source VARCHAR NOT NULL, line BIGINT NOT NULL,
    field VARCHAR NOT NULL, problem VARCHAR NOT NULL, raw BLOB NOT NULL
);
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def shape(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY table_name, column_index"
    ).fetchall()


def test_a_version_1_store_is_upgraded_and_keeps_its_facts(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "facts.duckdb") as connection:
        connection.execute(STORE_VERSION_1)
    upgrade_facts(tmp_path / "facts.duckdb")
    with open_store(tmp_path) as store:
        found = store.newest_as_known_at(datetime(2026, 12, 1, tzinfo=UTC))
    assert found.norad_id.tolist() == [25544]
    assert found.object_name.tolist() == ["ISS (ZARYA)"]
    assert found.provenances[0].source == "celestrak"


def test_version_1_was_not_changed_afterwards(connection: duckdb.DuckDBPyConnection) -> None:
    migrate(connection, MIGRATIONS[:1])
    with duckdb.connect() as literal:
        literal.execute(STORE_VERSION_1)
        assert shape(connection) == shape(literal)


def test_each_missing_version_is_applied_once(connection: duckdb.DuckDBPyConnection) -> None:
    migrate(connection)
    newer = (*MIGRATIONS, "ALTER TABLE receipts ADD COLUMN note VARCHAR")
    migrate(connection, newer)
    migrate(connection, newer)
    assert schema_version(connection) == len(newer)
    assert ("receipts", "note", "VARCHAR", True) in shape(connection)


def test_a_failed_migration_changes_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    migrate(connection)
    before = shape(connection)
    broken = (*MIGRATIONS, "CREATE TABLE half (x INTEGER); DROP TABLE no_such_table")
    with pytest.raises(duckdb.Error, match="no_such_table"):
        migrate(connection, broken)
    assert shape(connection) == before
    assert schema_version(connection) == len(MIGRATIONS)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_store_is_refused(tmp_path: Path, read_only: bool) -> None:
    open_store(tmp_path).close()
    with duckdb.connect(tmp_path / "facts.duckdb") as connection:
        connection.execute("INSERT INTO schema_version VALUES (9000)")
    with pytest.raises(StoreError, match=r"newer Hoshimori .*version 9000.*upgrade"):
        open_store(tmp_path, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_an_older_store_is_not_changed_by_opening(tmp_path: Path, read_only: bool) -> None:
    with duckdb.connect(tmp_path / "facts.duckdb") as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER)")
    with pytest.raises(StoreError, match="run `hoshimori store upgrade`, which copies it first"):
        open_store(tmp_path, read_only=read_only)
