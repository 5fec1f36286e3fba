"""The book of alerts: every step of every alert and message; written once, never changed.

What is to be sent is kept before it is sent, and what became of it after: whoever is killed between
leaves a message of which it is not known whether it arrived. It goes again under the same key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from hoshimori.model.alerts import (
    Alert,
    AlertChange,
    Sending,
    SendingState,
    SendingStep,
    Tracked,
)
from hoshimori.model.journal import ChainCheck
from hoshimori.store.alerts_json import (
    alert_change_from,
    alert_change_json,
    sending_from,
    sending_json,
    sending_step_from,
    sending_step_json,
)
from hoshimori.store.chain import append_entry, check_chain, entries_table
from hoshimori.store.small_database import SmallFile, SmallForm, open_small

FILE_NAME = "alerts.sqlite"
VERSION = 1
_SUBJECT = "subject"
"""The id of an alert, or the key of a message."""

_UNDER_WAY = tuple(
    state.name for state in (SendingState.WAITING, SendingState.TRYING, SendingState.FAILED)
)

FORM = SmallForm(
    FILE_NAME,
    "book of alerts",
    application_id=0x484F5341,  # "HOSA"
    version=VERSION,
    tables=f"""
{entries_table("book of alerts", ("began", "alert", "sending", "step"), _SUBJECT)}
CREATE INDEX entries_of_subjects ON entries (kind, subject, seq);
""",
    begun_by="`hoshimori watch --alerts` over the store begins one",
    unreadable="see `hoshimori alerts verify`",
)

_NEWEST_ALERTS = """
SELECT body FROM entries WHERE seq IN (
    SELECT max(seq) FROM entries WHERE kind = 'alert' GROUP BY subject
) ORDER BY seq
"""

_TRACKED = """
SELECT made.body, last.body FROM entries AS made JOIN entries AS last ON last.seq = (
    SELECT max(seq) FROM entries WHERE kind = 'step' AND subject = made.subject
) WHERE made.kind = 'sending' {only} ORDER BY made.seq
"""
_ALL_TRACKED = _TRACKED.format(only="")
_TRACKED_UNDER_WAY = _TRACKED.format(
    only=f"AND json_extract(last.body, '$.state') IN ({', '.join(map(repr, _UNDER_WAY))})"
)


def open_alerts(folder: Path, *, create: bool = True, wait_s: float = 10.0) -> AlertBook:
    """Open the book of alerts in a folder, where asked creating one; close it after use.

    Raises:
        StoreError: there is none, it is damaged, no book of Hoshimori or one of a newer version,
            or another process writes to it for longer than `wait_s`.
    """
    connection, path = open_small(folder, FORM, create=create, wait_s=wait_s)
    return AlertBook(connection, path, FORM)


class AlertBook(SmallFile):
    """An open book of alerts."""

    def began_utc(self) -> datetime | None:
        """Return when the book was begun; None before `begin`."""
        with self.explained() as connection:
            row = connection.execute(
                "SELECT recorded_utc FROM entries WHERE kind = 'began' ORDER BY seq LIMIT 1"
            ).fetchone()
            return datetime.fromisoformat(row[0]) if row else None

    def begin(self, now_utc: datetime) -> None:
        """Keep that alerts are watched for from now on; call it inside `transaction`."""
        if self.began_utc() is None:
            self._append("began", "", "{}", now_utc)

    def alerts(self) -> dict[str, Alert]:
        """Return every alert as of its last step, by id, those that changed first before others."""
        with self.explained() as connection:
            rows = connection.execute(_NEWEST_ALERTS).fetchall()
            alerts = [alert_change_from(body).alert for (body,) in rows]
        return {alert.alert_id: alert for alert in alerts}

    def changes_of(self, alert_id: str) -> tuple[AlertChange, ...]:
        """Return everything that happened to an alert, the oldest first."""
        with self.explained() as connection:
            rows = connection.execute(
                "SELECT body FROM entries WHERE kind = 'alert' AND subject = ? ORDER BY seq",
                (alert_id,),
            ).fetchall()
            return tuple(alert_change_from(body) for (body,) in rows)

    def sendings(self) -> tuple[Tracked, ...]:
        """Return every message and where it is, the oldest first."""
        with self.explained() as connection:
            rows = connection.execute(_ALL_TRACKED).fetchall()
            return tuple(Tracked(sending_from(m), sending_step_from(s)) for m, s in rows)

    def under_way(self) -> tuple[Tracked, ...]:
        """Return the messages that may still go, the oldest first."""
        with self.explained() as connection:
            rows = connection.execute(_TRACKED_UNDER_WAY).fetchall()
            return tuple(Tracked(sending_from(m), sending_step_from(s)) for m, s in rows)

    def append_changes(self, changes: Iterable[AlertChange]) -> None:
        """Keep steps of alerts in their order; call it inside `transaction`."""
        for change in changes:
            body = alert_change_json(change)
            self._append("alert", change.alert.alert_id, body, change.at_utc)

    def append_sendings(self, sendings: Iterable[Sending]) -> None:
        """Keep messages that are to be sent; call it inside `transaction`."""
        for sending in sendings:
            self._append("sending", sending.key, sending_json(sending), sending.made_utc)
            waiting = SendingStep(sending.key, SendingState.WAITING, sending.made_utc)
            self.append_step(waiting)

    def append_step(self, step: SendingStep) -> None:
        """Keep what became of a message; call it inside `transaction`."""
        self._append("step", step.key, sending_step_json(step), step.at_utc)

    def check(self) -> ChainCheck:
        """Go from the first entry to the last and say where one is not as it was written."""
        return check_chain(self, _SUBJECT)

    def _append(self, kind: str, subject: str, body: str, recorded_utc: datetime) -> None:
        append_entry(self, _SUBJECT, kind=kind, about=subject, body=body, recorded_utc=recorded_utc)
