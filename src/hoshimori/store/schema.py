"""The tables of the store, their versions, and how an older store becomes a current one."""

from __future__ import annotations

import duckdb

from hoshimori.errors import StoreError

MIGRATIONS: tuple[str, ...] = (
    # Version 1. One table of element sets in arrival order, without key or index: a primary key
    # makes DuckDB eight times slower to fill and the file more than twice as large. Texts repeat
    # with every element set of an object; kept apart, queries take half the time.
    """
    CREATE TABLE provenances (
        provenance_id INTEGER NOT NULL,
        source VARCHAR NOT NULL,
        payload_sha256 VARCHAR NOT NULL,
        reality VARCHAR NOT NULL
    );
    CREATE TABLE labels (
        label_id INTEGER NOT NULL,
        object_name VARCHAR NOT NULL,
        object_id VARCHAR NOT NULL,
        classification VARCHAR NOT NULL
    );
    CREATE TABLE element_sets (
        norad_id INTEGER NOT NULL,
        label_id INTEGER NOT NULL,
        epoch_utc TIMESTAMP NOT NULL,
        mean_motion_rev_day DOUBLE NOT NULL,
        eccentricity DOUBLE NOT NULL,
        inclination_deg DOUBLE NOT NULL,
        raan_deg DOUBLE NOT NULL,
        arg_of_pericenter_deg DOUBLE NOT NULL,
        mean_anomaly_deg DOUBLE NOT NULL,
        bstar_per_er DOUBLE NOT NULL,
        mean_motion_dot_rev_day2 DOUBLE NOT NULL,
        mean_motion_ddot_rev_day3 DOUBLE NOT NULL,
        ephemeris_type SMALLINT NOT NULL,
        element_set_no INTEGER NOT NULL,
        rev_at_epoch INTEGER NOT NULL,
        known_utc TIMESTAMP NOT NULL,
        provenance_id INTEGER NOT NULL
    );
    CREATE TABLE object_ids (norad_id INTEGER NOT NULL);
    CREATE TABLE space_objects (
        norad_id INTEGER NOT NULL,
        name VARCHAR,
        object_id VARCHAR,
        object_type VARCHAR,
        owner VARCHAR,
        operational_status VARCHAR,
        launch_date DATE,
        decay_date DATE,
        radar_cross_section_m2 DOUBLE,
        hard_body_radius_m DOUBLE,
        mass_kg DOUBLE,
        source VARCHAR NOT NULL,
        known_utc TIMESTAMP NOT NULL
    );
    CREATE TABLE receipts (
        source VARCHAR NOT NULL,
        payload_sha256 VARCHAR NOT NULL,
        reality VARCHAR NOT NULL,
        received_utc TIMESTAMP NOT NULL,
        byte_count BIGINT NOT NULL,
        new_count BIGINT NOT NULL,
        duplicate_count BIGINT NOT NULL,
        rejected_count BIGINT NOT NULL
    );
    CREATE TABLE rejections (
        payload_sha256 VARCHAR NOT NULL,
        source VARCHAR NOT NULL,
        line BIGINT NOT NULL,
        field VARCHAR NOT NULL,
        problem VARCHAR NOT NULL,
        raw BLOB NOT NULL
    );
    """,
    # Version 2. At most one row, from when the file was made: the exercise that the store is of.
    """
    CREATE TABLE exercise (
        name VARCHAR NOT NULL,
        begun_utc TIMESTAMP NOT NULL
    );
    """,
)
"""Plain SQL, one script for each version; written once, never changed afterwards."""


def migrate(
    connection: duckdb.DuckDBPyConnection, migrations: tuple[str, ...] = MIGRATIONS
) -> None:
    """Bring an open store to the newest version, in one transaction.

    Raises:
        StoreError: the file is no store of Hoshimori, or a newer Hoshimori wrote it.
    """
    version = schema_version(connection)
    refuse_newer(version, len(migrations))
    if version == len(migrations):
        return
    connection.begin()
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        for number, script in enumerate(migrations[version:], start=version + 1):
            connection.execute(script)
            connection.execute("INSERT INTO schema_version VALUES (?)", [number])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the version of an open store; 0 for an empty database."""
    tables = {
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
        ).fetchall()
    }
    if not tables:
        return 0
    if "schema_version" not in tables:
        raise StoreError("this database is no store of Hoshimori: it has other tables")
    (version,) = connection.execute("SELECT max(version) FROM schema_version").fetchall()[0]
    return int(version or 0)


def refuse_newer(version: int, newest: int) -> None:
    """Raise where a newer Hoshimori wrote the store."""
    if version > newest:
        raise StoreError(
            f"a newer Hoshimori wrote this store (version {version}, "
            f"this one knows up to {newest}); upgrade Hoshimori to open it"
        )
