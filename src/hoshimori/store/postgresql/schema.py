"""The tables of facts in PostgreSQL, their versions, and that they only ever grow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from psycopg import sql

from hoshimori.errors import StoreError
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.store.postgresql.line import LOCKS, Connection, one

SCHEMA = "hoshimori"
FACTS_LOCK = 1
_MAKING_LOCK = 0

GROWS_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
"""The function that guards tables; each schema has its own."""


def guarded(table: str) -> str:
    """Return the SQL that lets a table only grow, whoever asks; also against TRUNCATE."""
    return f"""
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


_TABLES = ("provenances", "labels", "object_ids", "space_objects", "receipts", "rejections")

MIGRATIONS: tuple[str, ...] = (
    # Version 1. Element sets stand in parts by the year of their epoch: a question about now reads
    # one or two of them, a history of an object one index of each, and an old year can be moved to
    # slower disks as a whole. Columns of fixed width alone, so that they travel as bytes.
    f"""
CREATE TABLE schema_version (version integer NOT NULL, made_utc timestamptz DEFAULT now());
CREATE TABLE exercise (name text NOT NULL, begun_utc timestamp NOT NULL);
CREATE TABLE migration (
    step text NOT NULL CHECK (step IN ('begun', 'ended')),
    came_from text NOT NULL,
    made_utc timestamptz DEFAULT now()
);
{GROWS_ONLY}
CREATE TABLE provenances (
    provenance_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    payload_sha256 text NOT NULL,
    reality text NOT NULL,
    UNIQUE (payload_sha256, source, reality)
);
CREATE TABLE labels (
    label_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    object_name text NOT NULL,
    object_id text NOT NULL,
    classification text NOT NULL,
    UNIQUE (object_id, object_name, classification)
);
CREATE TABLE object_ids (norad_id integer PRIMARY KEY);
CREATE SEQUENCE arrivals;
CREATE TABLE element_sets (
    norad_id integer NOT NULL,
    epoch_utc timestamp NOT NULL,
    mean_motion_rev_day double precision NOT NULL,
    eccentricity double precision NOT NULL,
    inclination_deg double precision NOT NULL,
    raan_deg double precision NOT NULL,
    arg_of_pericenter_deg double precision NOT NULL,
    mean_anomaly_deg double precision NOT NULL,
    bstar_per_er double precision NOT NULL,
    mean_motion_dot_rev_day2 double precision NOT NULL,
    mean_motion_ddot_rev_day3 double precision NOT NULL,
    ephemeris_type smallint NOT NULL,
    element_set_no integer NOT NULL,
    rev_at_epoch integer NOT NULL,
    known_utc timestamp NOT NULL,
    label_id integer NOT NULL,
    provenance_id integer NOT NULL,
    arrival bigint NOT NULL DEFAULT nextval('arrivals')
) PARTITION BY RANGE (epoch_utc);
CREATE INDEX element_sets_of_objects ON element_sets (norad_id, epoch_utc DESC);
CREATE INDEX element_sets_by_time ON element_sets USING brin (epoch_utc, known_utc)
    WITH (pages_per_range = 32);
CREATE TABLE element_sets_rest PARTITION OF element_sets DEFAULT;
CREATE TABLE space_objects (
    arrival bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    norad_id integer NOT NULL,
    name text,
    object_id text,
    object_type text,
    owner text,
    operational_status text,
    launch_date date,
    decay_date date,
    radar_cross_section_m2 double precision,
    hard_body_radius_m double precision,
    mass_kg double precision,
    source text NOT NULL,
    known_utc timestamp NOT NULL
);
CREATE INDEX space_objects_of_sources ON space_objects (source, norad_id, known_utc);
CREATE TABLE receipts (
    arrival bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    payload_sha256 text NOT NULL,
    reality text NOT NULL,
    received_utc timestamp NOT NULL,
    byte_count bigint NOT NULL,
    new_count bigint NOT NULL,
    duplicate_count bigint NOT NULL,
    rejected_count bigint NOT NULL,
    UNIQUE (payload_sha256, source, reality)
);
CREATE TABLE rejections (
    arrival bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payload_sha256 text NOT NULL,
    source text NOT NULL,
    line bigint NOT NULL,
    field text NOT NULL,
    problem text NOT NULL,
    raw bytea NOT NULL
);
CREATE INDEX rejections_of_payloads ON rejections (payload_sha256, line);
{"".join(map(guarded, (*_TABLES, "element_sets", "exercise", "migration")))}
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON element_sets_rest
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Made by the owner for whoever may write: those who append need not own the tables.
CREATE FUNCTION part_of_year(year integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = hoshimori, pg_temp AS $$
DECLARE part text := 'element_sets_' || year;
BEGIN
    IF to_regclass(part) IS NOT NULL OR year NOT BETWEEN 1957 AND 2100 THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF element_sets FOR VALUES FROM (%L) TO (%L)',
        part, make_date(year, 1, 1), make_date(year + 1, 1, 1));
    EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part);
END $$;
REVOKE ALL ON FUNCTION part_of_year FROM PUBLIC;
""",
)
"""Plain SQL, one script for each version; written once, never changed afterwards."""


def make_tables(
    connection: Connection,
    exercise: ExerciseMark | None = None,
    migrations: tuple[str, ...] = MIGRATIONS,
) -> None:
    """Bring the database to the newest version, in one transaction; nothing where it is there.

    Raises:
        StoreError: a newer Hoshimori made it, or its schema is somebody else's.
    """
    version = schema_version(connection)
    refuse_newer(version, len(migrations))
    if version == len(migrations):
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCKS, _MAKING_LOCK))
        version = schema_version(connection)
        if version == 0:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for number, script in enumerate(migrations[version:], start=version + 1):
            connection.execute(script.encode())
            connection.execute("INSERT INTO schema_version (version) VALUES (%s)", (number,))
        if version == 0 and exercise is not None:
            moment = exercise.begun_utc.astimezone(UTC).replace(tzinfo=None)
            connection.execute("INSERT INTO exercise VALUES (%s, %s)", (exercise.name, moment))
        connection.execute("COMMIT")
    except BaseException:
        if not connection.closed:
            connection.execute("ROLLBACK")
        raise


def schema_version(connection: Connection) -> int:
    """Return the version of the tables; 0 where there are none."""
    asked = "SELECT count(*), count(*) FILTER (WHERE relname = 'schema_version') FROM pg_class "
    asked += "WHERE relnamespace = to_regnamespace(%s) AND relkind IN ('r', 'p')"
    tables, ours = one(connection, asked, (SCHEMA,))
    if not tables:
        return 0
    if not ours:
        raise StoreError(f"the schema {SCHEMA} holds other tables: it is no store of Hoshimori")
    (version,) = one(connection, f"SELECT max(version) FROM {SCHEMA}.schema_version")
    return int(version or 0)


def require_whole(connection: Connection) -> None:
    """Raise where a migration into this store was begun and is not over: it shows only a part."""
    if came_from := migrating_from(connection):
        raise StoreError(
            f"the migration from {came_from} into it is not over: begin `hoshimori store migrate` "
            "again, it goes on where it was"
        )


def migrating_from(connection: Connection) -> str:
    """Return where the facts come from that are on their way into the store; empty where none."""
    rows = connection.execute(f"SELECT step, came_from FROM {SCHEMA}.migration").fetchall()
    ended = any(step == "ended" for step, _ in rows)
    return "" if ended else next((str(came_from) for _, came_from in rows), "")


def refuse_newer(version: int, newest: int) -> None:
    """Raise where a newer Hoshimori made the tables."""
    if version > newest:
        raise StoreError(
            f"a newer Hoshimori made this store (version {version}, this one knows up to "
            f"{newest}); upgrade Hoshimori to open it"
        )


def require_current(connection: Connection) -> None:
    """Raise where the tables are not those of this version."""
    version = schema_version(connection)
    refuse_newer(version, len(MIGRATIONS))
    if version == 0:
        raise StoreError("there is no store yet; ingest something first")
    if version < len(MIGRATIONS):
        raise StoreError(
            "an older Hoshimori made this store; let its owner run `hoshimori store prepare`"
        )


def mark_in(connection: Connection) -> ExerciseMark | None:
    """Return the exercise that the store is of; None where it is of the real sky."""
    row = connection.execute(f"SELECT name, begun_utc FROM {SCHEMA}.exercise").fetchone()
    return ExerciseMark(str(row[0]), row[1].replace(tzinfo=UTC)) if row else None


def make_parts(connection: Connection, epochs: Iterable[datetime]) -> None:
    """See to it that there is a part for each of some epochs."""
    for year in sorted({epoch.year for epoch in epochs}):
        connection.execute("SELECT part_of_year(%s)", (year,))


def grant(connection: Connection, role: str, schema: str, what: str) -> None:
    """Let a role do something with the tables of a schema; it never makes or changes tables."""
    who, where = sql.Identifier(role), sql.Identifier(schema)
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(where, who))
    granting = f"GRANT {what} ON ALL TABLES IN SCHEMA {{}} TO {{}}"
    connection.execute(sql.SQL(granting).format(where, who))
    if what == "SELECT":
        return
    for whole in ("SEQUENCES", "FUNCTIONS"):
        right = "USAGE" if whole == "SEQUENCES" else "EXECUTE"
        granting = f"GRANT {right} ON ALL {whole} IN SCHEMA {{}} TO {{}}"
        connection.execute(sql.SQL(granting).format(where, who))
    connection.execute(
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(
            sql.Identifier(connection.info.dbname), who
        )
    )
