"""`alerts`: the list, one alert, taking note, rules, sending; on the screen and in JSON."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.alert_rows import (
    AlertRow,
    alert_row,
    change_line,
    message_line,
    rules_lines,
    state_text,
)
from hoshimori.dossier.incident_wording import chain_lines
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.formats.json_document import write_json
from hoshimori.model.alerts import AlertState, SendingState, Tracked
from hoshimori.model.moments import as_datetime
from hoshimori.settings import Settings, load_settings
from hoshimori.workflows.alert_sending import send_test, send_waiting, with_address
from hoshimori.workflows.alerts import (
    RULES_FILE,
    AlertDesk,
    acknowledge,
    alert_rules,
    alerts_in,
    checked_alerts,
    escalate,
    history_of_alert,
    opened_desk,
)
from hoshimori.workflows.deliveries import now_utc

_SHOWN_STATES = (AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.HELD)
_NOT_TAKEN = (SendingState.FAILED, SendingState.GIVEN_UP)
_SOURCE_UNREACHABLE = 3


@dataclass(frozen=True, slots=True)
class DeskArguments:
    """Where the book of alerts is and how it is shown."""

    store: Path | None
    settings: Path | None
    language: str | None
    as_json: bool


def run_list(states: Sequence[str], arguments: DeskArguments) -> None:
    """List the alerts in some states, by default those that still matter."""
    wanted = [AlertState[state.upper()] for state in states] or _SHOWN_STATES
    with _desk(arguments) as (desk, language):
        found = alerts_in(desk, wanted)
    if arguments.as_json:
        print(write_json({"alerts": found}))
        return
    console = Console()
    if not found:
        console.print(say(language, "alert.list.empty"))
        return
    console.print(Text(say_count(language, "alert.list.summary", len(found)), style="bold"))
    console.print(Rows(AlertRow, [alert_row(a, language) for a in found], "alert", language))


def run_show(alert_id: str, arguments: DeskArguments) -> None:
    """Show one alert with its history and its messages."""
    with _desk(arguments) as (desk, language):
        alert, changes, messages = history_of_alert(desk, alert_id)
    if arguments.as_json:
        print(write_json({"alert": alert, "history": changes, "messages": messages}))
        return
    texts = [text.body for text in alert.texts if text.language == language.value]
    lines = [Text(f"{alert.alert_id}  {state_text(alert, language)}", style="bold")]
    lines += [Text(text) for text in texts]
    lines.append(Text(say(language, "alert.history"), style="bold"))
    lines += [Text(f"  {change_line(change, language)}") for change in changes]
    lines.append(Text(say(language, "alert.messages"), style="bold"))
    told = [message_line(message, language) for message in messages]
    lines += [Text(f"  {line}") for line in told or [say(language, "alert.messages.none")]]
    for line in lines:
        Console().print(line, soft_wrap=True, highlight=False)


def run_acknowledge(alert_id: str, by: str, note: str, arguments: DeskArguments) -> None:
    """Keep that somebody took note of an alert."""
    by = by or getpass.getuser()
    with _desk(arguments) as (desk, language):
        alert = acknowledge(desk, alert_id, by=by, note=note, now_utc=_now())
    if arguments.as_json:
        print(write_json(alert))
        return
    line = say(language, "alert.acknowledged", alert=alert.alert_id, by=by)
    Console().print(Text(line), soft_wrap=True)


def run_verify(arguments: DeskArguments) -> int:
    """Check the chain of the book of alerts; return 1 where it is broken."""
    tree = load_settings(arguments.settings)
    check, path = checked_alerts(tree, arguments.store)
    if arguments.as_json:
        print(write_json(check))
    else:
        for line in chain_lines(check, "alert.book", _language(arguments, tree)):
            Console().print(Text(line), soft_wrap=True)
        print(f"hoshimori: {path}", file=sys.stderr)
    return int(check.problem is not None)


def run_rules(arguments: DeskArguments) -> None:
    """Show the rules in force."""
    tree = load_settings(arguments.settings)
    language = _language(arguments, tree)
    rules = alert_rules(tree)
    addressed = with_address(rules)
    if arguments.as_json:
        print(write_json({"rules": rules, "channels_with_address": sorted(addressed)}))
        return
    origin = tree.alerts.rules or RULES_FILE.name
    for line in rules_lines(rules, origin, addressed, language):
        Console().print(Text(line), soft_wrap=True, highlight=False)


def run_send(arguments: DeskArguments) -> int:
    """Escalate and send what is due; return 3 where a channel did not take its message."""
    with _desk(arguments) as (desk, language):
        steps = escalate(desk, now_utc=_now())
        sent = send_waiting(desk, clock=_now)
    if arguments.as_json:
        print(write_json({"escalated": steps, "messages": sent}))
    else:
        lines = [message_line(one, language) for one in sent]
        for line in lines or [say(language, "alert.sent.none")]:
            Console().print(Text(line), soft_wrap=True, highlight=False)
    return _status(sent)


def run_test(channel: str, arguments: DeskArguments) -> int:
    """Send a test to a channel; return 3 where it was not taken."""
    with _desk(arguments, create=True) as (desk, language):
        tracked = send_test(desk, channel, clock=_now)
    if arguments.as_json:
        print(write_json(tracked))
    else:
        Console().print(Text(message_line(tracked, language)), soft_wrap=True, highlight=False)
    return _status([tracked])


@contextmanager
def _desk(
    arguments: DeskArguments, *, create: bool = False
) -> Iterator[tuple[AlertDesk, Language]]:
    tree = load_settings(arguments.settings)
    desk = opened_desk(tree, arguments.store, create=create)
    with desk.book:
        yield desk, _language(arguments, tree)


def _language(arguments: DeskArguments, tree: Settings) -> Language:
    return Language(arguments.language or tree.watch.language)


def _status(messages: Sequence[Tracked]) -> int:
    failed = any(message.last.state in _NOT_TAKEN for message in messages)
    return _SOURCE_UNREACHABLE if failed else 0


def _now() -> datetime:
    return as_datetime(now_utc())
