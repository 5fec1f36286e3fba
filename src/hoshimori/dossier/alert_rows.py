"""Alerts as rows and lines of plain text: the list, the history, the tally, the rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hoshimori.dossier.alert_wording import soon_text
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.marking_wording import marking_text
from hoshimori.dossier.quantities import duration_text, interval_text, utc_text
from hoshimori.dossier.wording import attention_text, direction_text
from hoshimori.model.alert_rules import AlertRule, AlertRules, Channel
from hoshimori.model.alerts import (
    Alert,
    AlertChange,
    AlertState,
    AlertTally,
    HeldBecause,
    SendingState,
    Tracked,
)
from hoshimori.model.markings import Marking


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert as one row of texts."""

    alert: str
    state: str
    what: str
    changed: str
    incident: str


def alert_row(alert: Alert, language: Language) -> AlertRow:
    """Return an alert as a row."""
    return AlertRow(
        alert=alert.alert_id,
        state=state_text(alert, language),
        what=what_text(alert, language),
        changed=utc_text(alert.seen_utc),
        incident=alert.incident_id,
    )


def what_text(alert: Alert, language: Language) -> str:
    """Return what people were told in one line; of what they were not, the kind and the assets."""
    for text in alert.texts:
        if text.language == language.value:
            return text.first_line
    assets = say(language, "list.gap").join(map(str, alert.assets))
    return say(
        language,
        "alert.list.untold",
        attention=attention_text(alert.attention, language),
        kind=say(language, f"kind.{alert.lead}"),
        assets=assets or direction_text(alert.direction, language),
        soon=soon_text(alert.moment_utc, alert.seen_utc, language),
    )


def state_text(alert: Alert, language: Language) -> str:
    """Return where an alert is, and why or by whom."""
    if alert.state is AlertState.HELD and alert.held_because is not None:
        because = held_text(alert.held_because, language)
        return say(language, "alert.state.held_because", because=because)
    if alert.state is AlertState.ACKNOWLEDGED and alert.acknowledged_utc is not None:
        moment = utc_text(alert.acknowledged_utc)
        by = alert.acknowledged_by
        return say(language, "alert.state.acknowledged_by", by=by, moment=moment)
    if alert.state is AlertState.MERGED:
        return say(language, "alert.state.merged_into", alert=alert.merged_into)
    if alert.state is AlertState.OPEN and alert.escalated:
        return say(language, "alert.state.escalated", number=str(alert.escalated))
    return say(language, f"alert.state.{alert.state.name.lower()}")


def held_text(because: HeldBecause, language: Language) -> str:
    """Return why nobody was told."""
    return say(language, f"alert.held.{because.name.lower()}")


def change_line(change: AlertChange, language: Language) -> str:
    """Return what happened to an alert at one moment, in one line."""
    alert, moment = change.alert, utc_text(change.at_utc)
    step = say(language, f"alert.step.{change.step.name.lower()}")
    if change.causes:
        told = [say(language, f"alert.cause.{cause.name.lower()}") for cause in change.causes]
        because = say(language, "list.gap").join(told)
        return say(language, "alert.history.because", moment=moment, step=step, because=because)
    if change.step.name == "HELD" and alert.held_because is not None:
        because = held_text(alert.held_because, language)
        return say(language, "alert.history.because", moment=moment, step=step, because=because)
    if change.step.name != "ACKNOWLEDGED":
        return say(language, "alert.history.line", moment=moment, step=step)
    by = alert.acknowledged_by
    line = say(language, "alert.history.by", moment=moment, step=step, by=by)
    return say(language, "alert.history.note", line=line, note=alert.note) if alert.note else line


def message_line(tracked: Tracked, language: Language) -> str:
    """Return where a message is, in one line."""
    last = tracked.last
    state = say(language, f"alert.sending.{last.state.name.lower()}")
    if last.state is SendingState.WAITING:
        until = utc_text(tracked.sending.not_before_utc)
        state = say(language, "alert.sending.until", moment=until)
    line = say(
        language,
        "alert.message.line",
        channel=tracked.sending.channel,
        state=state,
        moment=utc_text(last.at_utc),
    )
    if not last.problem:
        return line
    return say(language, "alert.message.problem", line=line, problem=last.problem)


def tally_lines(tally: AlertTally, language: Language) -> tuple[str, ...]:
    """Return how alerts fare against their budget, what is held back, and what needs somebody."""
    hours = (tally.until_utc - tally.since_utc).total_seconds() / 3600.0
    lines = [
        say(
            language,
            "alert.tally",
            told=say_count(language, "alert.tally.told", tally.told),
            days=duration_text(hours, language),
            rate=interval_text(tally.per_asset_month, "", language),
            budget=f"{tally.budget_per_asset_month:g}",
        )
    ]
    if tally.held:
        incidents = say(language, "list.gap").join(tally.held)
        lines.append(say_count(language, "alert.tally.held", len(tally.held), incidents=incidents))
    for key, number in (("over", tally.over_budget), ("open", tally.unacknowledged)):
        if number:
            lines.append(say_count(language, f"alert.tally.{key}", number))
    lines += [say(language, "alert.tally.problem", problem=p) for p in tally.problems]
    return tuple(lines)


def rules_lines(
    rules: AlertRules, origin: str, with_address: Collection[str], language: Language
) -> tuple[str, ...]:
    """Return the rules in force as lines, those of one rule or channel under its name."""
    budget = rules.budget
    steps = say(language, "list.gap").join(f"{step:g} h" for step in rules.steps_h)
    lines = [
        say(language, "alert.rules.origin", origin=origin, version=rules.version),
        say(
            language,
            "alert.rules.budget",
            rate=f"{budget.per_asset_month:g}",
            most=str(budget.most_per_asset),
        ),
        say(language, "alert.rules.urgent", hours=f"{rules.urgent_h:g}"),
        say(language, "alert.rules.steps", steps=steps),
    ]
    for rule in rules.rules:
        lines += _rule_lines(rule, language)
    lines += [_channel_line(c, c.name in with_address, language) for c in rules.channels]
    return tuple(lines)


def _rule_lines(rule: AlertRule, language: Language) -> Sequence[str]:
    gap = say(language, "list.gap")
    attention = attention_text(rule.attention, language)
    lines = [say(language, "alert.rules.rule", name=rule.name, attention=attention)]
    only = [
        *(say(language, f"kind.{kind}") for kind in sorted(rule.kinds)),
        *map(str, sorted(rule.assets)),
        *(direction_text(d, language) for d in sorted(rule.directions, key=lambda d: d.value)),
    ]
    if only:
        lines.append("  " + say(language, "alert.rules.only", what=gap.join(only)))
    key = "alert.rules.channels" if rule.channels else "alert.rules.channels.none"
    lines.append("  " + say(language, key, channels=gap.join(rule.channels)))
    if rule.quiet is not None:
        lines.append(
            "  "
            + say(
                language,
                "alert.rules.quiet",
                start=f"{rule.quiet.start:%H:%M}",
                end=f"{rule.quiet.end:%H:%M}",
                zone=str(rule.quiet.zone),
            )
        )
    for step in rule.escalation:
        told = say(
            language,
            "alert.rules.escalation",
            minutes=f"{step.after_min:g}",
            channels=gap.join(step.channels),
        )
        lines.append("  " + told)
    return lines


def _channel_line(channel: Channel, has_address: bool, language: Language) -> str:
    marking = Marking(channel.level, channel.partners or None)
    takes = "yes" if channel.takes_exercises else "no"
    return say(
        language,
        "alert.rules.channel",
        name=channel.name,
        tongue=channel.language,
        marking=marking_text(marking, language),
        exercises=say(language, f"alert.rules.exercises.{takes}"),
        address=say(language, f"alert.rules.address.{'yes' if has_address else 'no'}"),
    )
