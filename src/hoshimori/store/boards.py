"""Every board that was made, as it was shown: written once, never changed."""

from __future__ import annotations

import hashlib
import zlib
from datetime import UTC, datetime
from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.model.floor import KeptBoard
from hoshimori.store.chain import utc_text
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

_FORM = SmallForm(
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
CREATE TRIGGER never_deleted BEFORE DELETE ON boards
BEGIN SELECT raise(ABORT, 'boards are append-only'); END;
""",
    begun_by="`hoshimori serve` begins one",
)


def open_boards(folder: Path, *, wait_s: float = 10.0) -> Boards:
    """Open the file of boards in a folder, beginning one where there is none; close it after use.

    Raises:
        StoreError: it is damaged, of a newer version, or another process writes to it for long.
    """
    connection, path = open_small(folder, _FORM, create=True, wait_s=wait_s)
    return Boards(connection, path, _FORM)


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
        return tuple(
            KeptBoard(view_id, _moment(as_of), _moment(made), whose, digest)
            for view_id, as_of, made, whose, digest in rows
        )

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


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
