"""What a floor does about alerts: it raises them with each round, and sends between rounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from hoshimori.errors import StoreError
from hoshimori.model.alerts import AlertChange, SendingState
from hoshimori.model.board import WatchBoard
from hoshimori.model.floor import Clock
from hoshimori.model.incident_life import Change, Life
from hoshimori.settings import Settings
from hoshimori.workflows.alert_sending import Messenger, by_apprise, send_waiting
from hoshimori.workflows.alerts import AlertDesk, escalate, opened_desk, raise_alerts


@dataclass(frozen=True, slots=True)
class Alerted:
    """What a board meant for alerts."""

    board: WatchBoard
    """The board as it is shown: with the tally of alerts where there is one."""
    told: tuple[tuple[str, str], ...] = ()
    """Ids of alerts that changed, and what happened to each."""


class FloorAlerts(Protocol):
    """What raises alerts; told of the same twice, it must raise nothing twice."""

    def raised(
        self,
        changes: Sequence[Change],
        board: WatchBoard,
        *,
        lives: Mapping[str, Life],
        now_utc: datetime,
    ) -> Alerted:
        """Keep what a board and the changes of its incidents mean for alerts.

        `lives` are all incidents of the journal, by id.
        """
        ...

    def sent(self, now_utc: datetime) -> tuple[tuple[str, str], ...]:
        """Escalate and send what waits; return the ids of alerts that changed, and how."""
        ...

    def close(self) -> None:
        """Close what was opened."""
        ...


class AlertsOfDesk:
    """Alerts by the book and the rules of the settings."""

    def __init__(self, desk: AlertDesk, clock: Clock, messenger: Messenger = by_apprise) -> None:
        self._desk = desk
        self._clock = clock
        self._messenger = messenger

    def raised(
        self,
        changes: Sequence[Change],
        board: WatchBoard,
        *,
        lives: Mapping[str, Life],
        now_utc: datetime,
    ) -> Alerted:
        """Keep what a board and the changes of its incidents mean for alerts.

        Raises:
            StoreError: they were not looked at, or could not be kept; tell them again.
        """
        raised = raise_alerts(changes, board, self._desk, now_utc=now_utc, lives=lives)
        if raised.not_because:
            raise StoreError(raised.not_because)
        return Alerted(raised.board, _told(raised.changes))

    def sent(self, now_utc: datetime) -> tuple[tuple[str, str], ...]:
        """Escalate what nobody took note of, and send what waits."""
        escalated = escalate(self._desk, now_utc=now_utc)
        sent = send_waiting(self._desk, clock=self._clock.now_utc, messenger=self._messenger)
        good = [one for one in sent if one.last.state is SendingState.SENT]
        return (*_told(escalated), *((one.sending.alert_id, "sent") for one in good))

    def close(self) -> None:
        """Close the book."""
        self._desk.book.close()


def opened_alerts(settings: Settings, folder: Path, clock: Clock) -> FloorAlerts:
    """Open the book of alerts in a folder, with the rules of the settings.

    Raises:
        SettingsError: the rules cannot be read.
        StoreError: the book is damaged, of a newer version, or busy for long.
    """
    return AlertsOfDesk(opened_desk(settings, folder), clock)


def _told(changes: Iterable[AlertChange]) -> tuple[tuple[str, str], ...]:
    return tuple((change.alert.alert_id, change.step.value) for change in changes)
