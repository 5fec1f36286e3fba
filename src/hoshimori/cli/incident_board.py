"""`incidents`, `decide` and `journal`: the journal on the screen and in JSON."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hoshimori.cli.rows import Rows
from hoshimori.dossier.incident_wording import (
    LifeRow,
    change_text,
    decision_text,
    journal_lines,
    life_objects_text,
    life_row,
    life_state_text,
)
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.assessments import Decision
from hoshimori.model.incident_life import LifeState
from hoshimori.model.incidents import Attention
from hoshimori.model.journal import DecisionKind
from hoshimori.model.moments import as_datetime
from hoshimori.settings import load_settings
from hoshimori.workflows.deliveries import now_utc
from hoshimori.workflows.incident_record import (
    IncidentHistory,
    checked_journal,
    history_of,
    incidents_in,
    opened_journal,
    record_decision,
)

_OPEN_STATES = (LifeState.NEW, LifeState.ONGOING, LifeState.QUIET)


@dataclass(frozen=True, slots=True)
class JournalArguments:
    """Where the journal is and how it is shown."""

    store: Path | None
    settings: Path | None
    language: str | None
    as_json: bool


def run_incidents(states: Sequence[str], arguments: JournalArguments, *, everything: bool) -> None:
    """List the incidents in some states, by default the open ones."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    wanted = [LifeState(state) for state in states] or _OPEN_STATES
    with opened_journal(tree, arguments.store) as journal:
        lives = incidents_in(journal, wanted)
    if arguments.as_json:
        print(write_json({"incidents": lives}))
        return
    console = Console()
    shown = [life for life in lives if everything or life.attention is not Attention.LOG]
    if not lives:
        console.print(say(language, "life.empty"))
        return
    console.print(Text(say_count(language, "life.summary", len(lives)), style="bold"))
    if shown:
        console.print(Rows(LifeRow, [life_row(one, language) for one in shown], "life", language))
    if len(shown) < len(lives):
        further = say_count(language, "life.further", len(lives) - len(shown))
        console.print(Text(further, style="dim"))


def run_incident(incident_id: str, arguments: JournalArguments) -> None:
    """Show everything that the journal holds of one incident."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    with opened_journal(tree, arguments.store) as journal:
        history = history_of(journal, incident_id)
    if arguments.as_json:
        print(write_json(history))
        return
    console = Console()
    for line in _history_lines(history, language):
        console.print(line, soft_wrap=True, highlight=False)


def _history_lines(history: IncidentHistory, language: Language) -> list[Text]:
    life = history.life
    lines = [
        Text(f"{life.incident_id}  {life_state_text(life, language)}", style="bold"),
        Text(f"  {life_objects_text(life, language)}"),
    ]
    if history.series:
        others = say(language, "list.gap").join(history.series)
        lines.append(Text("  " + say(language, "life.series", others=others), style="dim"))
    lines.append(Text(say(language, "life.history"), style="bold"))
    lines += [Text(f"  {change_text(change, language)}") for change in history.changes]
    lines.append(Text(say(language, "life.decisions"), style="bold"))
    decisions = [decision_text(one, language) for one in history.decisions]
    lines += [Text(f"  {t}") for t in decisions or [say(language, "life.decisions.none")]]
    return lines


@dataclass(frozen=True, slots=True)
class DecideArguments:
    """What was decided, as stated on the command line."""

    factor: str
    gate: str
    explanation: str
    dissent: str
    because: str
    by: str


def run_decide(incident_id: str, stated: DecideArguments, arguments: JournalArguments) -> None:
    """Record one decision of a human, and show it."""
    kind, key, value = _decided(stated)
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    decision = Decision(
        value=value,
        decided_by=stated.by or getpass.getuser(),
        decided_utc=as_datetime(now_utc()),
        because=stated.because,
    )
    with opened_journal(tree, arguments.store) as journal:
        recorded = record_decision(journal, incident_id, kind, key, decision)
    if arguments.as_json:
        print(write_json(recorded))
        return
    console = Console()
    console.print(say(language, "life.recorded", incident=incident_id), highlight=False)
    console.print(Text(f"  {decision_text(recorded, language)}"), soft_wrap=True)


def _decided(stated: DecideArguments) -> tuple[DecisionKind, str, str]:
    of_kinds = (
        (DecisionKind.FACTOR, stated.factor),
        (DecisionKind.GATE, stated.gate),
        (DecisionKind.EXPLANATION, stated.explanation),
        (DecisionKind.DISSENT, stated.dissent),
    )
    said = [(kind, text) for kind, text in of_kinds if text]
    if len(said) != 1:
        raise SettingsError("decide one thing: --factor, --gate, --explanation or --dissent")
    kind, text = said[0]
    if kind is DecisionKind.DISSENT:
        return kind, "", text
    key, equals, value = text.partition("=")
    if not equals:
        raise SettingsError(f"--{kind.value} {text}: expected KEY=VALUE")
    return kind, key.strip().upper(), value


def run_verify(arguments: JournalArguments) -> int:
    """Check the chain of the journal; return 1 where it is broken."""
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    with opened_journal(tree, arguments.store) as journal:
        check = checked_journal(journal)
        path = journal.path
    if arguments.as_json:
        print(write_json(check))
    else:
        for line in journal_lines(check, language):
            Console().print(line, soft_wrap=True, highlight=False)
        print(f"hoshimori: {path}", file=sys.stderr)
    return int(check.problem is not None)
