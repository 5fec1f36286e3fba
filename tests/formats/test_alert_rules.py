"""Rules of alerts in TOML: what is read, and what is refused with its place."""

from __future__ import annotations

import contextlib
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hoshimori.workflows
from hoshimori.errors import FormatError
from hoshimori.formats.alert_rules import KINDS, read_alert_rules
from hoshimori.model.alert_rules import AlertBudget, Channel, EscalationStep, QuietHours
from hoshimori.model.finding import kind_of
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.markings import Level

PAGE = """
version = "2"
[budget]
per_asset_month = 0.5
most_per_asset = 3
[urgent]
within_h = 12
[news]
steps_h = [72, 6.5]
back_after_days = 7
[[channel]]
name = "duty-night"
language = "ja"
marking = "TLP:AMBER//REL TO JPN, USA"
takes_exercises = true
[[channel]]
name = "chief"
[[rule]]
name = "first"
attention = "watch"
kinds = ["conjunction", "breakup"]
assets = [25544]
directions = ["ground"]
channels = ["duty-night"]
quiet = { from = "22:00", to = 07:00:00, zone = "Asia/Tokyo" }
escalate = [{ after_min = 15, channels = ["chief"] }, { after_min = 30, channels = [] }]
[[rule]]
name = "rest"
attention = "look"
"""


def read(text: str) -> object:
    return read_alert_rules(text.encode(), source="rules.toml", zones=ZoneInfo)


def test_everything_that_rules_say_is_read() -> None:
    rules = read_alert_rules(PAGE.encode(), source="rules.toml", zones=ZoneInfo)
    assert rules.version == "2"
    assert rules.budget == AlertBudget(0.5, 3)
    assert (rules.urgent_h, rules.steps_h, rules.back_after_days) == (12.0, (72.0, 6.5), 7.0)
    assert rules.channels == (
        Channel("duty-night", "ja", True, Level.AMBER, frozenset({"JPN", "USA"})),
        Channel("chief", "en", False, Level.AMBER_STRICT),
    )
    first, rest = rules.rules
    assert first.attention is Attention.WATCH
    assert (first.kinds, first.assets) == ({"conjunction", "breakup"}, {25544})
    assert first.directions == {Direction.GROUND}
    assert first.quiet == QuietHours(time(22), time(7), ZoneInfo("Asia/Tokyo"))
    assert first.escalation == (EscalationStep(15.0, ("chief",)), EscalationStep(30.0, ()))
    assert (rest.channels, rest.quiet, rest.escalation) == ((), None, ())


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('version = "2"', "version = 2", "rules.toml:version: expected a text"),
        ("[urgent]", "[urgency]", "unknown key"),
        ("per_asset_month = 0.5", "per_asset_month = -1", "budget: expected a number"),
        ("per_asset_month = 0.5", "per_asset_month = true", "budget: expected a number"),
        ("most_per_asset = 3", "", "budget: expected a number"),
        ("steps_h = [72, 6.5]", "steps_h = [6, 72]", "expected falling hours"),
        ("steps_h = [72, 6.5]", "steps_h = 6", "expected a list of hours"),
        ('name = "chief"', 'name = "duty-night"', "channel: duty-night is there twice"),
        ('name = "chief"', 'name = "the chief"', "expected letters, digits"),
        ('name = "chief"', 'name = "chief"\naddress = "mailto://x"', "unknown key"),
        ('language = "ja"', 'language = "fr"', "channel duty-night: expected en or ja"),
        ('marking = "TLP:AMBER//REL TO JPN, USA"', 'marking = "SECRET"', "channel duty-night: "),
        ("takes_exercises = true", 'takes_exercises = "yes"', "expected true or false"),
        ('attention = "watch"', 'attention = "all"', "rule first: expected look, watch, log"),
        ('kinds = ["conjunction", "breakup"]', 'kinds = ["crash"]', "crash: expected one of"),
        ("assets = [25544]", 'assets = ["ISS"]', "expected a list of catalogue numbers"),
        ('directions = ["ground"]', 'directions = ["up"]', "up: expected one of"),
        (
            'channels = ["duty-night"]',
            'channels = ["boss"]',
            "rule first: there is no channel boss",
        ),
        ('zone = "Asia/Tokyo"', 'zone = "Asia/Nowhere"', "Asia/Nowhere: no time zone"),
        ('zone = "Asia/Tokyo"', 'zone = "../../etc/passwd"', "no time zone"),
        ('from = "22:00"', 'from = "ten"', "expected a time of day"),
        ("after_min = 30", "after_min = 15", "expected each step later"),
        ('name = "rest"', 'name = "first"', "rule: first is there twice"),
        ("[[rule]]", "[[rule]", "not rules of alerts in TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(before: str, after: str, said: str) -> None:
    assert before in PAGE
    with pytest.raises(FormatError, match=r"^rules\.toml") as caught:
        read(PAGE.replace(before, after, 1))
    assert said in str(caught.value)


def test_the_rules_that_come_along_are_read() -> None:
    path = Path(str(hoshimori.workflows.__file__)).with_name("alert_rules.toml")
    rules = read_alert_rules(path.read_bytes(), source=path.name, zones=ZoneInfo)
    assert [rule.attention for rule in rules.rules] == [Attention.LOOK]


def test_what_the_file_that_comes_along_says_in_comments_is_read_too() -> None:
    path = Path(str(hoshimori.workflows.__file__)).with_name("alert_rules.toml")
    lines = path.read_text(encoding="utf-8").splitlines()
    sets = [line[2:] if line.startswith("# ") and _is_toml(line[2:]) else line for line in lines]
    text = "\n".join(sets).replace('["supervisor"]', '["duty"]')
    rules = read_alert_rules(text.encode(), source=path.name, zones=ZoneInfo)
    assert [channel.name for channel in rules.channels] == ["duty"]
    assert rules.rules[0].quiet is not None
    assert rules.rules[0].escalation


def _is_toml(line: str) -> bool:
    return line.startswith("[[") or " = " in line


def test_every_kind_of_finding_can_be_named() -> None:
    kinds = {kind_of(kind.__new__(kind)) for kind in AnyFinding.__args__}
    assert kinds == set(KINDS)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_read_only_a_format_error_comes_out(data: bytes) -> None:
    with contextlib.suppress(FormatError):
        read_alert_rules(data, source="rules.toml", zones=ZoneInfo)
