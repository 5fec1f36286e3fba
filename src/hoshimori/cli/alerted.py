"""From a recorded board to people: alerts raised, escalated and sent, for `watch --alerts`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hoshimori.model.alerts import SendingState
from hoshimori.model.board import WatchBoard
from hoshimori.model.moments import as_datetime
from hoshimori.settings import Settings
from hoshimori.workflows.alert_sending import send_waiting
from hoshimori.workflows.alerts import escalate, opened_desk, raise_alerts, tally
from hoshimori.workflows.deliveries import now_utc
from hoshimori.workflows.incident_record import Recording


def alerted(
    recording: Recording, store: Path | None, tree: Settings
) -> tuple[WatchBoard, tuple[str, ...]]:
    """Return the board with the tally of its alerts, and notes for people."""
    desk = opened_desk(tree, store)
    with desk.book:
        raised = raise_alerts(
            recording.changes, recording.board, desk, now_utc=_now(), lives=recording.lives
        )
        escalated = escalate(desk, now_utc=_now())
        messages = send_waiting(desk, clock=_now)
        after = tally(desk, raised.board, now_utc=_now())
    told = sum(bool(change.causes) for change in raised.changes)
    sent = sum(message.last.state is SendingState.SENT for message in messages)
    notes = [
        f"alerts: {told:,} told, {len(escalated):,} escalated, {sent:,} of {len(messages):,} "
        "messages sent"
    ]
    if raised.not_because:
        notes = [f"no alerts were raised: {raised.not_because}"]
    return replace(raised.board, alerts=after), tuple(notes)


def _now() -> datetime:
    return as_datetime(now_utc())
