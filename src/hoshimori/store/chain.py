"""Append-only entries, each holding the digest of the one before it.

A change of any entry shows at that entry; that the end was cut off shows only to who kept the
digest of the last one elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from hoshimori.model.journal import ChainBreak, ChainCheck
from hoshimori.store.small_database import SmallFile

_FIRST = "0" * 64


def canonical(value: object) -> str:
    """Return JSON with sorted keys and without spaces: the same value gives the same bytes."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def utc_text(moment: datetime) -> str:
    """Return a moment to the microsecond, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entries_table(noun: str, kinds: Sequence[str], subject: str) -> str:
    """Return the SQL of the table of entries and of the triggers that let it only grow.

    `subject` names the column that says what an entry is about.
    """
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    abort = f"BEGIN SELECT raise(ABORT, 'the {noun} is append-only'); END;"
    return f"""
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    recorded_utc TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ({listed})),
    {subject} TEXT NOT NULL,
    body TEXT NOT NULL,
    previous_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE TRIGGER never_changed BEFORE UPDATE ON entries
{abort}
CREATE TRIGGER never_deleted BEFORE DELETE ON entries
{abort}
CREATE TRIGGER only_at_the_end BEFORE INSERT ON entries
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    OR new.previous_sha256 IS NOT coalesce(
        (SELECT sha256 FROM entries ORDER BY seq DESC LIMIT 1), '{_FIRST}')
{abort}
"""


def entries_table_in_database(noun: str, kinds: Sequence[str], subject: str) -> str:
    """Return the same in the SQL of PostgreSQL."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"""
CREATE TABLE entries (
    seq bigint PRIMARY KEY,
    recorded_utc text NOT NULL,
    kind text NOT NULL CHECK (kind IN ({listed})),
    {subject} text NOT NULL,
    body text NOT NULL,
    previous_sha256 text NOT NULL,
    sha256 text NOT NULL
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the {noun} is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION only_at_the_end() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE last record;
BEGIN
    SELECT seq, sha256 INTO last FROM entries ORDER BY seq DESC LIMIT 1;
    IF new.seq <> coalesce(last.seq, 0) + 1
        OR new.previous_sha256 <> coalesce(last.sha256, '{_FIRST}') THEN
        RAISE EXCEPTION 'the {noun} is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON entries
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER only_at_the_end BEFORE INSERT ON entries
    FOR EACH ROW EXECUTE FUNCTION only_at_the_end();
"""


def append_entry(
    file: SmallFile, subject: str, *, kind: str, about: str, body: str, recorded_utc: datetime
) -> None:
    """Keep an entry at the end; call it inside a transaction of the file."""
    # PostgreSQL keeps no zero byte in texts; in JSON it is written otherwise anyway.
    about = about.replace("\0", "\N{SYMBOL FOR NULL}") if file.is_database else about
    with file.explained() as connection:
        last = connection.execute(
            "SELECT seq, sha256 FROM entries ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        seq, previous = (last[0] + 1, last[1]) if last else (1, _FIRST)
        content = (utc_text(recorded_utc), kind, about, body)
        connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
            (seq, *content, previous, _digest(subject, previous, seq, *content)),
        )


def check_chain(file: SmallFile, subject: str) -> ChainCheck:
    """Go from the first entry to the last and say where one is not as it was written."""
    expected, seq = _FIRST, 0
    with file.explained() as connection:
        (held,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        rows = connection.execute(
            f"SELECT seq, recorded_utc, kind, {subject}, body, previous_sha256, sha256 "
            "FROM entries ORDER BY seq"
        )
        for number, *content, previous, digest in rows:
            problem = None
            if number != seq + 1:
                problem = ChainBreak.MISSING
            elif previous != expected:
                problem = ChainBreak.RELINKED
            elif digest != _digest(subject, previous, number, *content):
                problem = ChainBreak.ALTERED
            if problem is not None:
                return ChainCheck(held, expected, number, problem)
            expected, seq = digest, number
    return ChainCheck(held, expected)


def _digest(
    subject: str, previous: str, seq: int, recorded_utc: str, kind: str, about: str, body: str
) -> str:
    """Return SHA-256 over the digest before and the entry as canonical JSON."""
    entry = {"seq": seq, "recorded_utc": recorded_utc, "kind": kind, subject: about, "body": body}
    return hashlib.sha256(bytes.fromhex(previous) + canonical(entry).encode()).hexdigest()
