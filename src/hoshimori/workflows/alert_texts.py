"""Alerts in words: a first line, what to do, and the notice below, in every language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hoshimori import __version__
from hoshimori.dossier.alert_wording import (
    body_lines,
    escalated_line,
    first_line,
    marked,
    pointer_text,
)
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.language import Language
from hoshimori.dossier.notice_wording import notice_of
from hoshimori.dossier.wording import headline
from hoshimori.formats.notso import write_notso
from hoshimori.model.alert_rules import AlertRules
from hoshimori.model.alerts import Alert, AlertChange, AlertText
from hoshimori.model.board import WatchBoard
from hoshimori.model.exports import FindingText, IncidentExport
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN
from hoshimori.model.provenance import Reality

_SOFTWARE = f"Hoshimori {__version__}"


def in_words(change: AlertChange, board: WatchBoard, *, console: str) -> AlertChange:
    """Return a step of an alert with its texts, where somebody is told of it."""
    incident = next((i for i in board.incidents if i.incident_id == change.alert.incident_id), None)
    if not change.causes or incident is None:
        return change
    texts = tuple(_text(change, incident, board, console, one) for one in Language)
    return replace(change, alert=replace(change.alert, texts=texts, marking=board.marking))


def escalated_in_words(change: AlertChange, rules: AlertRules) -> AlertChange:
    """Return an escalation in the words of the last message, under the time without an answer."""
    alert = change.alert
    rule = next(r for r in rules.rules if r.name == alert.rule)
    minutes = rule.escalation[alert.escalated - 1].after_min
    texts = tuple(_escalated(text, minutes, alert.reality) for text in alert.texts)
    return replace(change, alert=replace(alert, texts=texts))


def _escalated(text: AlertText, minutes: float, reality: Reality) -> AlertText:
    language = Language(text.language)
    line = marked(escalated_line(text.plain_line, minutes, language), reality, language)
    _, _, rest = text.body.partition("\n")
    return replace(text, first_line=line, body=f"{line}\n{rest}")


def _text(
    change: AlertChange,
    incident: Incident,
    board: WatchBoard,
    console: str,
    language: Language,
) -> AlertText:
    alert, known = change.alert, {f.finding_id: f for f in board.findings}
    findings = tuple(known[i] for i in incident.finding_ids)
    line = first_line(alert, findings[0], board.names, change.causes, language)
    subject = marked(line, alert.reality, language)
    above = body_lines(
        alert, incident, findings[0], board.names, change.causes, console=console, language=language
    )
    notice = write_notso(notice_of(_export(alert, incident, findings, board, language), language))
    return AlertText(
        language=language.value,
        first_line=subject,
        plain_line=line,
        body="\n".join((subject, "", *above, "", notice.decode())),
        pointer=pointer_text(alert, language),
    )


def _export(
    alert: Alert,
    incident: Incident,
    findings: Sequence[AnyFinding],
    board: WatchBoard,
    language: Language,
) -> IncidentExport:
    return IncidentExport(
        incident=incident,
        findings=tuple(findings),
        texts={
            f.finding_id: FindingText(
                headline=headline(f, board.names, language),
                sentences=explanation(f, board.names, language, rarity=False),
            )
            for f in findings
        },
        names=board.names,
        as_of_utc=board.as_of_utc,
        marking=board.marking or OPEN,
        software=_SOFTWARE,
        facts_reality=alert.reality,
    )
