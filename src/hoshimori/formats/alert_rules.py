"""Rules of alerts: TOML with a budget, ``[[channel]]`` and ``[[rule]]``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import time, tzinfo
from itertools import pairwise
from typing import Any

from hoshimori.errors import FormatError
from hoshimori.formats.markings import parse_marking
from hoshimori.model.alert_rules import (
    AlertBudget,
    AlertRule,
    AlertRules,
    Channel,
    EscalationStep,
    QuietHours,
)
from hoshimori.model.incidents import Attention, Direction

Zones = Callable[[str], tzinfo]
"""Gives the time zone of a name, as in ``Asia/Tokyo``; raises KeyError or ValueError for none."""

_DOCUMENT = {"version", "budget", "urgent", "news", "channel", "rule"}
_CHANNEL = {"name", "language", "takes_exercises", "marking"}
_RULE = {
    "name", "attention", "kinds", "assets", "directions", "channels", "quiet", "escalate",
}  # fmt: skip
_ATTENTION = {"look": Attention.LOOK, "watch": Attention.WATCH, "log": Attention.LOG}
_LANGUAGES = ("en", "ja")
KINDS = (
    "conjunction", "manoeuvre", "pattern_change", "proximity", "shadowing", "geo_neighbour",
    "separation", "breakup", "decay", "interference", "operator_report", "anomaly",
)  # fmt: skip
"""Kinds of finding, as rules name them."""


def read_alert_rules(data: bytes, *, source: str, zones: Zones) -> AlertRules:
    """Read rules of alerts.

    Raises:
        FormatError: it is no such file, a key is unknown or missing, a value is not what its key
            holds, or a rule names a channel that there is none of; the message names the place.
    """
    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormatError(f"not rules of alerts in TOML: {error}", source=source) from None
    page = _Page(source)
    page.only_known(document, _DOCUMENT, "")
    channels = tuple(_channel(row, page) for row in page.tables(document, "channel"))
    rules = tuple(_rule(row, page, zones) for row in page.tables(document, "rule"))
    page.all_different([channel.name for channel in channels], "channel")
    page.all_different([rule.name for rule in rules], "rule")
    _refuse_missing_channels(rules, channels, page)
    budget = page.table(document, "budget", {"per_asset_month", "most_per_asset"})
    urgent = page.table(document, "urgent", {"within_h"})
    news = page.table(document, "news", {"steps_h", "back_after_days"})
    return AlertRules(
        version=page.text(document, "version", ""),
        rules=rules,
        channels=channels,
        budget=AlertBudget(
            per_asset_month=page.number(budget, "per_asset_month", "budget"),
            most_per_asset=int(page.number(budget, "most_per_asset", "budget")),
        ),
        urgent_h=page.number(urgent, "within_h", "urgent"),
        steps_h=_steps(news, page),
        back_after_days=page.number(news, "back_after_days", "news"),
    )


class _Page:
    """A document, and how to say where in it something is wrong."""

    def __init__(self, source: str) -> None:
        self._source = source

    def wrong(self, problem: str, place: str, key: str = "") -> FormatError:
        said = f"{place}: {problem}" if place else problem
        return FormatError(said, source=self._source, field=key)

    def only_known(self, row: Mapping[str, Any], known: set[str], place: str) -> None:
        for key in row:
            if key not in known:
                expected = ", ".join(sorted(known))
                raise self.wrong(f"unknown key; expected one of {expected}", place, key)

    def all_different(self, names: Sequence[str], noun: str) -> None:
        for name in sorted({name for name in names if names.count(name) > 1}):
            raise self.wrong(f"{name} is there twice", noun, "name")

    def tables(self, row: Mapping[str, Any], key: str, place: str = "") -> list[Mapping[str, Any]]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong("expected a list of tables", place, key)
        return value

    def table(self, row: Mapping[str, Any], key: str, known: set[str]) -> Mapping[str, Any]:
        value = row.get(key)
        if not isinstance(value, dict):
            raise self.wrong(f"expected a table, [{key}]", "", key)
        self.only_known(value, known, key)
        return value

    def text(self, row: Mapping[str, Any], key: str, place: str, default: str = "") -> str:
        value = row.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong("expected a text", place, key)
        return value

    def texts(self, row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong("expected a list of texts", place, key)
        return tuple(value)

    def number(self, row: Mapping[str, Any], key: str, place: str) -> float:
        value = row.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
            raise self.wrong("expected a number, 0 or more", place, key)
        return float(value)


def _channel(row: Mapping[str, Any], page: _Page) -> Channel:
    name = page.text(row, "name", "channel")
    page.only_known(row, _CHANNEL, f"channel {name}")
    if not all(c.isascii() and (c.isalnum() or c in "-_") for c in name):
        raise page.wrong("expected letters, digits, - and _ alone", f"channel {name}", "name")
    language = page.text(row, "language", f"channel {name}", "en")
    if language not in _LANGUAGES:
        raise page.wrong("expected en or ja", f"channel {name}", "language")
    takes_exercises = row.get("takes_exercises", False)
    if not isinstance(takes_exercises, bool):
        raise page.wrong("expected true or false", f"channel {name}", "takes_exercises")
    try:
        marking = parse_marking(page.text(row, "marking", f"channel {name}", "TLP:AMBER+STRICT"))
    except FormatError as error:
        raise page.wrong(error.problem, f"channel {name}", "marking") from None
    return Channel(
        name=name,
        language=language,
        takes_exercises=takes_exercises,
        level=marking.level,
        partners=marking.releasable_to or frozenset(),
    )


def _rule(row: Mapping[str, Any], page: _Page, zones: Zones) -> AlertRule:
    name = page.text(row, "name", "rule")
    place = f"rule {name}"
    page.only_known(row, _RULE, place)
    attention = page.text(row, "attention", place)
    if attention not in _ATTENTION:
        raise page.wrong(f"expected {', '.join(_ATTENTION)}", place, "attention")
    kinds = page.texts(row, "kinds", place)
    for kind in kinds:
        if kind not in KINDS:
            raise page.wrong(f"{kind}: expected one of {', '.join(KINDS)}", place, "kinds")
    return AlertRule(
        name=name,
        attention=_ATTENTION[attention],
        kinds=frozenset(kinds),
        assets=_assets(row, page, place),
        directions=_directions(row, page, place),
        channels=page.texts(row, "channels", place),
        quiet=_quiet(row, page, place, zones),
        escalation=_escalation(row, page, place),
    )


def _assets(row: Mapping[str, Any], page: _Page, place: str) -> frozenset[int]:
    value = row.get("assets", [])
    numbers = isinstance(value, list) and all(type(one) is int and one > 0 for one in value)
    if not numbers:
        raise page.wrong("expected a list of catalogue numbers", place, "assets")
    return frozenset(value)


def _directions(row: Mapping[str, Any], page: _Page, place: str) -> frozenset[Direction]:
    named = page.texts(row, "directions", place)
    known = {direction.value: direction for direction in Direction}
    for name in named:
        if name not in known:
            raise page.wrong(f"{name}: expected one of {', '.join(known)}", place, "directions")
    return frozenset(known[name] for name in named)


def _quiet(row: Mapping[str, Any], page: _Page, place: str, zones: Zones) -> QuietHours | None:
    if "quiet" not in row:
        return None
    value = row["quiet"]
    if not isinstance(value, dict):
        raise page.wrong("expected a table", place, "quiet")
    page.only_known(value, {"from", "to", "zone"}, f"{place}: quiet")
    name = page.text(value, "zone", place)
    try:
        zone = zones(name)
    except (KeyError, ValueError, OSError):
        raise page.wrong(f"{name}: no time zone, as in Asia/Tokyo", place, "zone") from None
    start, end = (_clock(value, key, page, place) for key in ("from", "to"))
    return QuietHours(start, end, zone)


def _clock(row: Mapping[str, Any], key: str, page: _Page, place: str) -> time:
    value = row.get(key)
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise page.wrong('expected a time of day, as in "22:00"', place, key) from None


def _escalation(row: Mapping[str, Any], page: _Page, place: str) -> tuple[EscalationStep, ...]:
    steps = []
    for one in page.tables(row, "escalate", place):
        page.only_known(one, {"after_min", "channels"}, f"{place}: escalate")
        after_min = page.number(one, "after_min", f"{place}: escalate")
        steps.append(EscalationStep(after_min, page.texts(one, "channels", place)))
    if any(a.after_min >= b.after_min for a, b in pairwise(steps)):
        raise page.wrong("expected each step later than the one before", place, "after_min")
    return tuple(steps)


def _steps(news: Mapping[str, Any], page: _Page) -> tuple[float, ...]:
    value = news.get("steps_h", [])
    if not isinstance(value, list):
        raise page.wrong("expected a list of hours", "news", "steps_h")
    steps = tuple(page.number({"steps_h": one}, "steps_h", "news") for one in value)
    if any(a <= b for a, b in pairwise(steps)):
        raise page.wrong("expected falling hours", "news", "steps_h")
    return steps


def _refuse_missing_channels(
    rules: Sequence[AlertRule], channels: Sequence[Channel], page: _Page
) -> None:
    known = {channel.name for channel in channels}
    for rule in rules:
        named = [*rule.channels, *(name for step in rule.escalation for name in step.channels)]
        for name in named:
            if name not in known:
                raise page.wrong(f"there is no channel {name}", f"rule {rule.name}", "channels")
