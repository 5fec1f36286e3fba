"""The words of alerts: a first line that is understood at three in the morning, then the notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hoshimori.dossier.explanations import rarity_sentence
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import duration_text, moment_text, utc_text
from hoshimori.dossier.wording import (
    attention_text,
    headline,
    name_of,
    next_step_text,
    rarity_text,
    reality_text,
)
from hoshimori.model.alerts import Alert, AlertCause
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Incident
from hoshimori.model.provenance import Reality

_ABOUT_NOW_H = 0.5
_MOST_ASSETS = 6


def first_line(
    alert: Alert,
    lead: AnyFinding,
    names: Mapping[int, str],
    causes: Sequence[AlertCause],
    language: Language,
) -> str:
    """Return what, which asset, how soon and how unusual in one line, without marks."""
    line = say(
        language,
        "alert.line",
        attention=attention_text(alert.attention, language),
        headline=headline(lead, names, language),
        soon=soon_text(alert.moment_utc, alert.seen_utc, language),
        rarity=rarity_text(lead.base_rate, language),
    )
    if AlertCause.CAME_BACK in causes:
        return say(language, "alert.line.came_back", line=line)
    return line if AlertCause.NEW in causes else say(language, "alert.line.update", line=line)


def marked(line: str, reality: Reality, language: Language) -> str:
    """Return a line under the mark of what is not real; as it is where it is real."""
    if reality is Reality.REAL:
        return line
    return say(language, "alert.line.made", reality=reality_text(reality, language), line=line)


def soon_text(moment_utc: datetime, as_of_utc: datetime, language: Language) -> str:
    """Return how far away a moment is from that of the picture."""
    hours = (moment_utc - as_of_utc).total_seconds() / 3600.0
    if abs(hours) < _ABOUT_NOW_H:
        return say(language, "alert.soon.now")
    key = "alert.soon.ahead" if hours > 0 else "alert.soon.past"
    return say(language, key, duration=duration_text(abs(hours), language))


def body_lines(
    alert: Alert,
    incident: Incident,
    lead: AnyFinding,
    names: Mapping[int, str],
    causes: Sequence[AlertCause],
    *,
    console: str,
    language: Language,
) -> tuple[str, ...]:
    """Return what stands above the notice: asset, moment, rarity, next step, where to look."""
    made = made_line(alert.reality, language)
    over = (say(language, "alert.over_budget"),) if alert.over_budget else ()
    return (
        *((made,) if made else ()),
        _assets(alert, names, language),
        say(
            language,
            "alert.when",
            moment=moment_text(alert.moment_utc, alert.seen_utc, language),
        ),
        say(language, "alert.rarity", rarity=rarity_sentence(lead.base_rate, language)),
        say(language, "alert.next_step", step=next_step_text(incident.next_step, language)),
        say(language, "alert.why", causes=causes_text(causes, language)),
        link_text(alert, console, language),
        say(language, "alert.acknowledge", alert=alert.alert_id),
        *over,
    )


def made_line(reality: Reality, language: Language) -> str:
    """Return what stands first in the text of what is not real; empty where it is real."""
    if reality is Reality.REAL:
        return ""
    return say(language, f"alert.made.{reality.name.lower()}")


def link_text(alert: Alert, console: str, language: Language) -> str:
    """Return where the console shows the incident; `console` is its address, if it is known."""
    link = f"{console.rstrip('/')}/#/incident/{alert.incident_id}" if console else ""
    if link:
        return say(language, "alert.look", link=link)
    return say(language, "alert.look.console", link=f"#/incident/{alert.incident_id}")


def causes_text(causes: Sequence[AlertCause], language: Language) -> str:
    """Return why a message goes out."""
    told = [say(language, f"alert.cause.{cause.name.lower()}") for cause in causes]
    return say(language, "list.gap").join(told)


def pointer_text(alert: Alert, language: Language) -> str:
    """Return that there is something to read, where the marking allows no content."""
    return marked(say(language, "alert.pointer", alert=alert.alert_id), alert.reality, language)


def escalated_line(line: str, minutes: float, language: Language) -> str:
    """Return the first line of a message that goes to the next people."""
    return say(language, "alert.line.escalated", minutes=f"{minutes:.0f}", line=line)


def key_lines(key: str, *, again: bool, language: Language) -> tuple[str, ...]:
    """Return the end of a message: by which key it is known when it comes twice."""
    told = say(language, "alert.key", token=key)
    return (told, say(language, "alert.key.again")) if again else (told,)


def written_line(made_utc: datetime, language: Language) -> str:
    """Return when a message was written that goes out late."""
    return say(language, "alert.written", moment=utc_text(made_utc))


def channel_test_text(channel: str, language: Language) -> tuple[str, str]:
    """Return subject and body of a message that only tests a channel."""
    line = marked(say(language, "alert.test.line", channel=channel), Reality.TEST, language)
    body = (made_line(Reality.TEST, language), say(language, "alert.test.body"))
    return line, "\n".join(body)


def _assets(alert: Alert, names: Mapping[int, str], language: Language) -> str:
    if not alert.assets:
        return say(language, "alert.asset.ground")
    shown = [name_of(norad_id, names, language) for norad_id in alert.assets[:_MOST_ASSETS]]
    if len(alert.assets) > len(shown):
        shown.append("…")
    return say(language, "alert.asset", assets=say(language, "list.gap").join(shown))
