"""Alerts: raised from a board, acknowledged by people, escalated, and sent.

A caller does three things with each board, in this order: `raise_alerts`, `escalate`,
`send_waiting`; and the last two also between boards, every minute or so. What is to be sent is kept
before it is sent, so any of them may be cut off anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hoshimori.assessment.alert_escalation import acknowledged, escalated
from hoshimori.assessment.alert_news import Scene
from hoshimori.assessment.alert_rules import alerts_after
from hoshimori.assessment.alert_sendings import no_longer_wanted, replaced, sendings_of
from hoshimori.assessment.alert_tally import tally_of
from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.alert_rules import read_alert_rules
from hoshimori.model.alert_rules import AlertRules
from hoshimori.model.alerts import (
    Alert,
    AlertChange,
    AlertState,
    AlertTally,
    Sending,
    Tracked,
)
from hoshimori.model.board import WatchBoard
from hoshimori.model.exercise_stores import require_belongs
from hoshimori.model.incident_life import Change, Life
from hoshimori.model.journal import ChainCheck
from hoshimori.model.markings import Marking
from hoshimori.settings import Settings, marking_of_files, store_folder
from hoshimori.store import AlertBook, open_alerts
from hoshimori.workflows.alert_sights import lives_of, sights_of
from hoshimori.workflows.alert_texts import escalated_in_words, in_words

RULES_FILE = Path(__file__).with_name("alert_rules.toml")


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """The open book of alerts with the rules in force."""

    book: AlertBook
    rules: AlertRules
    console: str
    """Address of the console, for links; empty where it is not known."""
    timeout_s: float
    marking: Marking
    """Of what nobody marked."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What a board did to the alerts."""

    board: WatchBoard
    """With the tally of alerts on it."""
    changes: tuple[AlertChange, ...] = ()
    sendings: tuple[Sending, ...] = ()
    """What waits to be sent because of them."""
    not_because: str = ""
    """Why nothing was raised; empty where alerts were looked at."""


def alert_rules(settings: Settings) -> AlertRules:
    """Return the rules in force: of the file that the settings name, else those that come along.

    Raises:
        SettingsError: the file does not exist, or is no file of rules.
    """
    path = Path(settings.alerts.rules) if settings.alerts.rules else RULES_FILE
    try:
        return read_alert_rules(path.read_bytes(), source=str(path), zones=ZoneInfo)
    except OSError as error:
        raise SettingsError(f"alerts.rules: {path}: {error.strerror or error}") from None
    except FormatError as error:
        raise SettingsError(f"alerts.rules: {error}") from None


def opened_desk(
    settings: Settings, folder: Path | None = None, *, create: bool = True
) -> AlertDesk:
    """Open the book of alerts in the folder of the store; close its `book` after use.

    Threads may share a desk, and processes may have one each.

    Raises:
        SettingsError: the rules cannot be read.
        StoreError: there is no book, or it is damaged, of a newer version, or busy for long.
    """
    rules = alert_rules(settings)
    book = open_alerts(folder or store_folder(settings), create=create)
    chosen = settings.alerts
    marking = marking_of_files(settings)
    return AlertDesk(book, rules, chosen.console, chosen.timeout_s, marking)


def checked_alerts(settings: Settings, folder: Path | None) -> tuple[ChainCheck, Path]:
    """Return whether the book of alerts is as it was written, else where it is not, and its file.

    Raises:
        StoreError: there is none, or it is damaged, of a newer version, or busy for long.
    """
    with open_alerts(folder or store_folder(settings), create=False) as book:
        return book.check(), book.path


def raise_alerts(
    changes: Iterable[Change],
    board: WatchBoard,
    desk: AlertDesk,
    *,
    now_utc: datetime,
    lives: Mapping[str, Life] | None = None,
) -> Raised:
    """Keep what a board and the changes of its incidents mean for alerts, and what is to be sent.

    Call it with `Recording.changes`, `.board` and `.lives` of `record_board`: with all the lives,
    changes that were recorded just before a crash are caught up with. The same board again changes
    nothing. A board older than what alerts know already raises none.

    Raises:
        ReleaseError: the board is of an exercise and the book is not, or the other way round.
    """
    require_belongs(board.reality, desk.book.exercise, "this board")
    with desk.book.transaction():
        known = desk.book.alerts()
        last_utc = max((alert.seen_utc for alert in known.values()), default=board.as_of_utc)
        if board.as_of_utc < last_utc:
            because = f"alerts go to {last_utc:%Y-%m-%dT%H:%MZ}"
            return Raised(_with_tally(board, desk, known, now_utc), not_because=because)
        desk.book.begin(now_utc)
        told = lives_of(changes, lives)
        sights = sights_of(board, told)
        scene = Scene(desk.rules, board.as_of_utc, now_utc, len(board.assets))
        seen = {**told, **{sight.life.incident_id: sight.life for sight in sights}}
        steps = tuple(
            in_words(step, board, console=desk.console)
            for step in alerts_after(known.values(), sights, seen, scene)
        )
        sendings = _keep(desk, steps)
    known = {**known, **{step.alert.alert_id: step.alert for step in steps}}
    return Raised(_with_tally(board, desk, known, now_utc), steps, sendings)


def acknowledge(
    desk: AlertDesk, alert_id: str, *, by: str, note: str = "", now_utc: datetime
) -> Alert:
    """Keep that a person took note of an alert; nothing escalates after it.

    The id may also be that of its incident, or of an alert that another goes on for.

    Raises:
        SettingsError: there is no such alert, or nothing is said of who takes note.
    """
    if not by.strip():
        raise SettingsError("say who takes note of it")
    with desk.book.transaction():
        alert = alert_of(desk.book.alerts(), alert_id)
        change = acknowledged(alert, by=by.strip(), note=note.strip(), now_utc=now_utc)
        desk.book.append_changes([change])
        for step in no_longer_wanted(desk.book.under_way(), alert, now_utc):
            desk.book.append_step(step)
    return change.alert


def escalate(desk: AlertDesk, *, now_utc: datetime) -> tuple[AlertChange, ...]:
    """Keep which alerts go to the next people, since nobody took note of them in time."""
    with desk.book.transaction():
        due = escalated(desk.book.alerts().values(), desk.rules, now_utc=now_utc)
        steps = tuple(escalated_in_words(step, desk.rules) for step in due)
        _keep(desk, steps)
    return steps


def alerts_in(desk: AlertDesk, states: Iterable[AlertState]) -> tuple[Alert, ...]:
    """Return the alerts in some states, those that changed last first."""
    wanted = set(states)
    return tuple(a for a in reversed(desk.book.alerts().values()) if a.state in wanted)


def history_of_alert(
    desk: AlertDesk, alert_id: str
) -> tuple[Alert, tuple[AlertChange, ...], tuple[Tracked, ...]]:
    """Return an alert, everything that happened to it, and its messages.

    Raises:
        SettingsError: there is no such alert.
    """
    alert = alert_of(desk.book.alerts(), alert_id)
    messages = tuple(t for t in desk.book.sendings() if t.sending.alert_id == alert.alert_id)
    return alert, desk.book.changes_of(alert.alert_id), messages


def alert_of(alerts: Mapping[str, Alert], name: str) -> Alert:
    """Return the alert of an id, or of an incident; the one that goes on where it was merged.

    Raises:
        SettingsError: there is none.
    """
    alert = alerts.get(name) or next(
        (a for a in alerts.values() if name == a.incident_id or name in a.took_over), None
    )
    if alert is None:
        raise SettingsError(f"{name}: there is no such alert; see `hoshimori alerts list`")
    while alert.state is AlertState.MERGED and alert.merged_into in alerts:
        alert = alerts[alert.merged_into]
    return alert


def tally(desk: AlertDesk, board: WatchBoard, *, now_utc: datetime) -> AlertTally:
    """Return how alerts fare against their budget."""
    return tally_of(
        desk.book.alerts().values(),
        desk.book.sendings(),
        desk.rules.budget,
        reality=board.reality,
        assets=len(board.assets),
        began_utc=desk.book.began_utc() or now_utc,
        now_utc=now_utc,
    )


def _with_tally(
    board: WatchBoard, desk: AlertDesk, alerts: Mapping[str, Alert], now_utc: datetime
) -> WatchBoard:
    return replace(board, alerts=tally(desk, board, now_utc=now_utc))


def _keep(desk: AlertDesk, steps: tuple[AlertChange, ...]) -> tuple[Sending, ...]:
    """Keep steps of alerts, what is to be sent, and what makes way for it."""
    made = [s for step in steps for s in sendings_of(step, desk.rules, desk.marking)]
    # Of two steps that were late together, one message tells both.
    sendings = tuple({(s.alert_id, s.channel): s for s in made}.values())
    for step in replaced(desk.book.under_way(), sendings):
        desk.book.append_step(step)
    desk.book.append_changes(steps)
    desk.book.append_sendings(sendings)
    return sendings
