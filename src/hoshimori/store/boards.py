"""Every board that was made, as it was shown: written once, never changed.

Boards may be thinned where that is asked for: then the content goes, and what stays is which board
there was, of what moment, for whom, with which digest.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.model.floor import KeptBoard
from hoshimori.store.chain import utc_text
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

_NEVER_DELETED = """
CREATE TRIGGER never_deleted BEFORE DELETE ON boards
BEGIN SELECT raise(ABORT, 'boards are append-only'); END;
"""

# Made with the first thinning: files of which nothing is thinned stay as older versions made them.
_THINNED = (
    """
CREATE TABLE IF NOT EXISTS thinned (
    view_id TEXT PRIMARY KEY,
    as_of_utc TEXT NOT NULL,
    made_utc TEXT NOT NULL,
    audience TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    thinned_utc TEXT NOT NULL
) STRICT
""",
    """
CREATE TRIGGER IF NOT EXISTS thinned_never_changed BEFORE UPDATE ON thinned
BEGIN SELECT raise(ABORT, 'what was thinned is append-only'); END
""",
    """
CREATE TRIGGER IF NOT EXISTS thinned_never_deleted BEFORE DELETE ON thinned
BEGIN SELECT raise(ABORT, 'what was thinned is append-only'); END
""",
)

FORM = SmallForm(
    "boards.sqlite",
    "file of boards",
    application_id=0x48424F41,  # "HBOA"
    version=1,
    tables="""
CREATE TABLE boards (
    view_id TEXT PRIMARY KEY,
    as_of_utc TEXT NOT NULL,
    made_utc TEXT NOT NULL,
    audience TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX boards_of_audiences ON boards (audience, as_of_utc);
CREATE TRIGGER never_changed BEFORE UPDATE ON boards
BEGIN SELECT raise(ABORT, 'boards are append-only'); END;
"""
    + _NEVER_DELETED,
    begun_by="`hoshimori serve` begins one",
)


def open_boards(folder: Path, *, wait_s: float = 10.0) -> Boards:
    """Open the file of boards in a folder, beginning one where there is none; close it after use.

    Raises:
        StoreError: it is damaged, of a newer version, or another process writes to it for long.
    """
    connection, path = open_small(folder, FORM, create=True, wait_s=wait_s)
    return Boards(connection, path, FORM)


class Boards(SmallFile):
    """An open file of boards."""

    def append(
        self,
        board_json: str,
        *,
        view_id: str,
        audience: str,
        as_of_utc: datetime,
        made_utc: datetime,
    ) -> KeptBoard:
        """Keep a board as JSON; giving the same view again changes nothing."""
        content = board_json.encode()
        digest = hashlib.sha256(content).hexdigest()
        with self.transaction(), self.explained() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO boards VALUES (?, ?, ?, ?, ?, ?)",
                (
                    view_id,
                    utc_text(as_of_utc),
                    utc_text(made_utc),
                    audience,
                    digest,
                    zlib.compress(content, 6),
                ),
            )
        return KeptBoard(view_id, as_of_utc, made_utc, audience, digest)

    def of_audience(
        self, audience: str, *, since_utc: datetime | None = None
    ) -> tuple[KeptBoard, ...]:
        """Return which boards an audience was shown, without their content, the oldest first."""
        since = utc_text(since_utc) if since_utc is not None else ""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT view_id, as_of_utc, made_utc, audience, sha256 FROM boards "
                "WHERE audience = ? AND as_of_utc >= ? ORDER BY as_of_utc, rowid",
                (audience, since),
            ).fetchall()
        return tuple(_kept(*row) for row in rows)

    def every_one(self) -> tuple[KeptBoard, ...]:
        """Return which boards are held, of all audiences, without their content."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT view_id, as_of_utc, made_utc, audience, sha256 FROM boards"
            ).fetchall()
        return tuple(_kept(*row) for row in rows)

    def thin(self, view_ids: Iterable[str], *, thinned_utc: datetime) -> None:
        """Give up the content of boards; that each was there, and its digest, stays written.

        Their room in the file is used again; the file does not become smaller.
        """
        wanted = [(utc_text(thinned_utc), view_id) for view_id in view_ids]
        if not wanted:
            return
        with self.transaction(), self.explained() as connection:
            for statement in _THINNED:
                connection.execute(statement)
            connection.executemany(
                "INSERT INTO thinned SELECT view_id, as_of_utc, made_utc, audience, sha256, ? "
                "FROM boards WHERE view_id = ?",
                wanted,
            )
            # Within this transaction alone; nobody else sees the table without its guard.
            connection.execute("DROP TRIGGER never_deleted")
            connection.execute("DELETE FROM boards WHERE view_id IN (SELECT view_id FROM thinned)")
            connection.execute(_NEVER_DELETED)

    def thinned(self, audience: str) -> tuple[KeptBoard, ...]:
        """Return which boards of an audience were thinned, the oldest first."""
        with self.explained() as connection:
            tables = "SELECT count(*) FROM sqlite_master WHERE name = 'thinned'"
            if not connection.execute(tables).fetchone()[0]:
                return ()
            rows = connection.execute(
                "SELECT view_id, as_of_utc, made_utc, audience, sha256 FROM thinned "
                "WHERE audience = ? ORDER BY as_of_utc, rowid",
                (audience,),
            ).fetchall()
        return tuple(_kept(*row) for row in rows)

    def board_json(self, view_id: str, audience: str) -> str | None:
        """Return the JSON of a board that an audience was shown; None where it was shown none such.

        Raises:
            StoreError: it is not as it was written.
        """
        with self.explained() as connection:
            row = connection.execute(
                "SELECT sha256, body FROM boards WHERE view_id = ? AND audience = ?",
                (view_id, audience),
            ).fetchone()
        if row is None:
            return None
        try:
            content = zlib.decompress(row[1])
        except zlib.error:
            content = b""
        if hashlib.sha256(content).hexdigest() != row[0]:
            raise StoreError(f"{self.path}: board {view_id} is not as it was written")
        return content.decode()


def _kept(view_id: str, as_of: str, made: str, audience: str, digest: str) -> KeptBoard:
    return KeptBoard(view_id, _moment(as_of), _moment(made), audience, digest)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
