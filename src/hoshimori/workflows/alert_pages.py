"""Alerts as pages: the list with its budget, one alert with everything that happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hoshimori.dossier.alert_rows import (
    change_line,
    message_line,
    rules_lines,
    state_text,
    what_text,
)
from hoshimori.dossier.language import Language
from hoshimori.dossier.wording import attention_text
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.alerts import Alert, AlertChange, AlertState, Tracked
from hoshimori.model.board import WatchBoard
from hoshimori.settings import Settings
from hoshimori.workflows.alert_sending import with_address
from hoshimori.workflows.alerts import RULES_FILE, AlertDesk, alert_rules, opened_desk, tally


@dataclass(frozen=True, slots=True)
class AlertSummary:
    """One alert in the list."""

    alert_id: str
    incident_id: str
    state: str
    state_text: str
    what: str
    attention: str
    attention_text: str
    reality: str
    assets: tuple[int, ...]
    moment_utc: datetime
    seen_utc: datetime
    needs_acknowledgement: bool


@dataclass(frozen=True, slots=True)
class AlertList:
    """The alerts in some states, those that changed last first, and how the budget stands."""

    language: str
    alerts: tuple[AlertSummary, ...]
    tally: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert: what people were told, what happened to it, where its messages are."""

    language: str
    summary: AlertSummary
    body: str
    """What people were told last; empty where they were not."""
    history: tuple[str, ...]
    messages: tuple[str, ...]
    alert: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AlertRulesPage:
    """The rules in force, in words and as nouns; never an address."""

    language: str
    origin: str
    lines: tuple[str, ...]
    rules: Mapping[str, Any]
    channels_with_address: tuple[str, ...]


@contextmanager
def desk_of_alerts(settings: Settings, folder: Path) -> Iterator[AlertDesk]:
    """Give the book of alerts in the folder of the store, and close it.

    Raises:
        StoreError: it is damaged, of a newer version, or busy for long.
    """
    desk = opened_desk(settings, folder)
    try:
        yield desk
    finally:
        desk.book.close()


def alert_list(
    desk: AlertDesk,
    alerts: Sequence[Alert],
    board: WatchBoard | None,
    now_utc: datetime,
    language: Language,
) -> AlertList:
    """Return alerts as a list in a language."""
    told = None if board is None else as_json_value(tally(desk, board, now_utc=now_utc))
    return AlertList(language.value, tuple(_summary(a, language) for a in alerts), told)


def alert_page(
    alert: Alert,
    changes: Sequence[AlertChange],
    messages: Sequence[Tracked],
    language: Language,
) -> AlertPage:
    """Return one alert as a page in a language."""
    texts = [text.body for text in alert.texts if text.language == language.value]
    return AlertPage(
        language=language.value,
        summary=_summary(alert, language),
        body=texts[0] if texts else "",
        history=tuple(change_line(change, language) for change in changes),
        messages=tuple(message_line(message, language) for message in messages),
        alert=as_json_value(alert),
    )


def alert_rules_page(settings: Settings, language: Language) -> AlertRulesPage:
    """Return the rules in force as a page in a language.

    Raises:
        SettingsError: they cannot be read.
    """
    rules = alert_rules(settings)
    addressed = with_address(rules)
    origin = settings.alerts.rules or RULES_FILE.name
    return AlertRulesPage(
        language=language.value,
        origin=origin,
        lines=tuple(rules_lines(rules, origin, addressed, language)),
        rules=as_json_value(rules),
        channels_with_address=tuple(sorted(addressed)),
    )


def _summary(alert: Alert, language: Language) -> AlertSummary:
    return AlertSummary(
        alert_id=alert.alert_id,
        incident_id=alert.incident_id,
        state=as_json_value(alert.state),
        state_text=state_text(alert, language),
        what=what_text(alert, language),
        attention=as_json_value(alert.attention),
        attention_text=attention_text(alert.attention, language),
        reality=alert.reality.value,
        assets=alert.assets,
        moment_utc=alert.moment_utc,
        seen_utc=alert.seen_utc,
        needs_acknowledgement=alert.state is AlertState.OPEN,
    )
