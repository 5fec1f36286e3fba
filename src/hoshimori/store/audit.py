"""The audit: who asked for what change or download, refused attempts included; a chain."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.model.journal import ChainCheck
from hoshimori.store.chain import append_entry, canonical, check_chain, entries_table
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

FILE_NAME = "audit.sqlite"
VERSION = 1
_SUBJECT = "who"
_TOLD = ("what", "role", "audience", "address", "why")

FORM = SmallForm(
    FILE_NAME,
    "audit",
    application_id=0x484F5341,  # "HOSA"
    version=VERSION,
    tables=entries_table("audit", [kind.value for kind in AuditKind], _SUBJECT),
    begun_by="the first `hoshimori accounts add` or `hoshimori serve` begins one",
    unreadable="see `hoshimori audit verify`",
    is_private=True,
)


def open_audit(folder: Path, *, create: bool = True, wait_s: float = 10.0) -> Audit:
    """Open the audit in a folder, where asked creating one; close it after use.

    Raises:
        StoreError: there is none, it is damaged, no audit of Hoshimori or one of a newer version,
            or another process writes to it for longer than `wait_s`.
    """
    connection, path = open_small(folder, FORM, create=create, wait_s=wait_s)
    return Audit(connection, path, FORM)


class Audit(SmallFile):
    """An open audit."""

    def append(self, entry: AuditEntry) -> None:
        """Keep an entry; it is on the disk when this returns."""
        with self.transaction():
            append_entry(
                self,
                _SUBJECT,
                kind=entry.kind.value,
                about=entry.who,
                body=canonical({name: getattr(entry, name) for name in _TOLD}),
                recorded_utc=entry.recorded_utc,
            )

    def newest(self, most: int) -> tuple[AuditEntry, ...]:
        """Return the last entries, the oldest of them first."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT recorded_utc, kind, who, body FROM entries ORDER BY seq DESC LIMIT ?",
                (most,),
            ).fetchall()
            return tuple(_entry(*row) for row in reversed(rows))

    def check(self) -> ChainCheck:
        """Go from the first entry to the last and say where one is not as it was written."""
        return check_chain(self, _SUBJECT)


def _entry(recorded_utc: str, kind: str, who: str, body: str) -> AuditEntry:
    told = json.loads(body)
    return AuditEntry(
        recorded_utc=datetime.fromisoformat(recorded_utc),
        kind=AuditKind(kind),
        who=who,
        **{name: told[name] for name in _TOLD},
    )
