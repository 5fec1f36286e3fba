"""The journal: what became of incidents and what people decided; written once, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from hoshimori.model.incident_life import Change, Life
from hoshimori.model.journal import ChainCheck, RecordedDecision
from hoshimori.store.chain import append_entry, check_chain, entries_table
from hoshimori.store.journal_json import change_from, change_json, decision_from, decision_json
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

FILE_NAME = "journal.sqlite"
VERSION = 1
_SUBJECT = "incident_id"

_TABLES = f"""
{entries_table("journal", ("change", "decision"), _SUBJECT)}
CREATE INDEX entries_of_incidents ON entries (kind, incident_id, seq);
CREATE VIEW incident_changes AS SELECT * FROM entries WHERE kind = 'change';
CREATE VIEW decisions AS SELECT * FROM entries WHERE kind = 'decision';
"""

FORM = SmallForm(
    FILE_NAME,
    "journal",
    application_id=0x484F5348,  # "HOSH"
    version=VERSION,
    tables=_TABLES,
    begun_by="`hoshimori watch` over the store begins one",
    unreadable="see `hoshimori journal verify`",
)

_NEWEST_CHANGES = """
SELECT body FROM entries WHERE seq IN (
    SELECT max(seq) FROM entries WHERE kind = 'change' GROUP BY incident_id
) ORDER BY incident_id
"""


def open_journal(
    folder: Path, *, create: bool = True, wait_s: float = 10.0, store: Path | None = None
) -> Journal:
    """Open the journal in a folder, where asked creating one; close it after use.

    `store` is the folder of the store that it belongs to, by default the same.

    Raises:
        StoreError: there is none, it is damaged, no journal of Hoshimori or one of a newer
            version, or another process writes to it for longer than `wait_s`.
    """
    connection, path = open_small(folder, FORM, create=create, wait_s=wait_s)
    return Journal(connection, path, FORM, store=store)


class Journal(SmallFile):
    """An open journal."""

    def lives(self) -> dict[str, Life]:
        """Return every incident as of its last change, by id."""
        with self.explained() as connection:
            rows = connection.execute(_NEWEST_CHANGES).fetchall()
            lives = [change_from(body).life for (body,) in rows]
        return {life.incident_id: life for life in lives}

    def changes_of(self, incident_id: str) -> tuple[Change, ...]:
        """Return everything that became of an incident, the oldest first."""
        return tuple(change_from(body) for body in self._bodies("change", incident_id))

    def decisions_of(self, incident_id: str) -> tuple[RecordedDecision, ...]:
        """Return every decision about an incident, the oldest first; later ones replace none."""
        return tuple(
            decision_from(incident_id, body) for body in self._bodies("decision", incident_id)
        )

    def append_changes(self, changes: Iterable[Change], *, recorded_utc: datetime) -> None:
        """Keep changes in their order; call it inside `transaction` with what they follow from."""
        for change in changes:
            self._append("change", change.life.incident_id, change_json(change), recorded_utc)

    def append_decision(self, recorded: RecordedDecision, *, recorded_utc: datetime) -> None:
        """Keep a decision; call it inside `transaction`."""
        self._append("decision", recorded.incident_id, decision_json(recorded), recorded_utc)

    def newest_entry(self) -> int:
        """Return the number of the last entry; 0 where there is none."""
        with self.explained() as connection:
            (seq,) = connection.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()
        return int(seq)

    def changes_after(self, entry: int) -> tuple[Change, ...]:
        """Return the changes whose entries came after one, in their order."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT body FROM entries WHERE kind = 'change' AND seq > ? ORDER BY seq", (entry,)
            ).fetchall()
            return tuple(change_from(body) for (body,) in rows)

    def recorded_changes(self) -> tuple[tuple[datetime, Change], ...]:
        """Return every change with the moment at which it was recorded, the oldest first."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT recorded_utc, body FROM entries WHERE kind = 'change' ORDER BY seq"
            ).fetchall()
            return tuple((datetime.fromisoformat(at), change_from(body)) for at, body in rows)

    def decided_utc(self) -> tuple[datetime, ...]:
        """Return when decisions were recorded, the oldest first."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT recorded_utc FROM entries WHERE kind = 'decision' ORDER BY seq"
            ).fetchall()
            return tuple(datetime.fromisoformat(at) for (at,) in rows)

    def check(self) -> ChainCheck:
        """Go from the first entry to the last and say where one is not as it was written."""
        return check_chain(self, _SUBJECT)

    def _append(self, kind: str, incident_id: str, body: str, recorded_utc: datetime) -> None:
        append_entry(
            self, _SUBJECT, kind=kind, about=incident_id, body=body, recorded_utc=recorded_utc
        )

    def _bodies(self, kind: str, incident_id: str) -> list[str]:
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT body FROM entries WHERE kind = ? AND incident_id = ? ORDER BY seq",
                (kind, incident_id),
            ).fetchall()
        return [body for (body,) in rows]
