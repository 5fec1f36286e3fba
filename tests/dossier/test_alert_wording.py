"""What people read of alerts: one line at night, and marks that cannot be missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hoshimori.dossier.alert_rows import (
    alert_row,
    change_line,
    message_line,
    rules_lines,
    tally_lines,
)
from hoshimori.dossier.alert_wording import (
    body_lines,
    channel_test_text,
    escalated_line,
    first_line,
    key_lines,
    made_line,
    marked,
    pointer_text,
)
from hoshimori.dossier.language import Language
from hoshimori.model.alert_rules import (
    AlertBudget,
    AlertRule,
    AlertRules,
    Channel,
    EscalationStep,
    QuietHours,
)
from hoshimori.model.alerts import (
    Alert,
    AlertCause,
    AlertChange,
    AlertState,
    AlertStep,
    AlertTally,
    HeldBecause,
    Sending,
    SendingState,
    SendingStep,
    Tracked,
)
from hoshimori.model.finding import BaseRate, Confidence, Interval
from hoshimori.model.findings import Conjunction
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.provenance import Reality

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SOON = NOON + timedelta(hours=7)
NAMES = {25544: "ISS", 9: "COSMO 9"}
PASS = Conjunction(
    finding_id="f", detector="made/1", objects=(25544, 9), start_utc=SOON, end_utc=SOON,
    base_rate=BaseRate("LEO", 1000, Interval(0.0, 0.001, 0.01)), confidence=Confidence.MODERATE,
    confidence_because="made", basis=(), reality=Reality.REAL, tca_utc=SOON,
    miss_km=Interval(0.0, 1.0, 3.0), speed_km_s=10.0, miss_rtn_km=(1.0, 0.0, 0.0),
    at_window_edge=False,
)  # fmt: skip
ALERT = Alert(
    alert_id="ALR-1", incident_id="INC-1", rule="look", state=AlertState.OPEN,
    reality=Reality.REAL, assets=(25544,), attention=Attention.LOOK, direction=Direction.WITHIN,
    lead="conjunction", moment_utc=SOON, seen_utc=NOON, made_utc=NOON,
)  # fmt: skip
INCIDENT = Incident(
    incident_id="INC-1", direction=Direction.WITHIN, assets=(25544,), others=(9,),
    finding_ids=("f",), start_utc=SOON, end_utc=SOON, rarity=PASS.base_rate.share,
    confidence=Confidence.MODERATE, attention=Attention.LOOK,
    next_step=NextStep.USE_OWN_EPHEMERIS, reality=Reality.REAL,
)  # fmt: skip


@pytest.mark.parametrize(
    ("causes", "language", "line"),
    [
        (
            (AlertCause.NEW,),
            Language.EN,
            "Look now: COSMO 9 (9) passes ISS (25544) at 10 km/s; in 7.0 h; 1 in 1,000 LEO",
        ),
        (
            (AlertCause.TIME_SHRANK,),
            Language.EN,
            "Update: Look now: COSMO 9 (9) passes ISS (25544) at 10 km/s; in 7.0 h; 1 in 1,000 LEO",
        ),
    ],
)
def test_the_first_line_says_what_whom_how_soon_and_how_unusual(
    causes: Any, language: Language, line: str
) -> None:
    assert first_line(ALERT, PASS, NAMES, causes, language) == line


def test_the_first_line_in_japanese_has_all_of_it() -> None:
    line = first_line(ALERT, PASS, NAMES, (AlertCause.CAME_BACK,), Language.JA)
    assert line.startswith("再発：要確認：")
    assert "ISS (25544)" in line
    assert "7.0 時間後" in line


@pytest.mark.parametrize("reality", [Reality.EXERCISE, Reality.SIMULATED, Reality.TEST])
@pytest.mark.parametrize("language", Language)
def test_what_is_not_real_says_so_first(reality: Reality, language: Language) -> None:
    line = marked("line", reality, language)
    assert line.index(reality.value) < 10
    assert line.endswith("line")
    assert reality.value in made_line(reality, language)
    assert marked("line", Reality.REAL, language) == "line"
    assert made_line(Reality.REAL, language) == ""
    pointer = pointer_text(replace(ALERT, reality=reality), language)
    assert pointer.index(reality.value) < 10


def test_the_body_says_what_to_do_and_where_to_look() -> None:
    lines = body_lines(
        replace(ALERT, over_budget=True), INCIDENT, PASS, NAMES, (AlertCause.NEW,),
        console="https://watch.example/", language=Language.EN,
    )  # fmt: skip
    assert lines[0] == "Asset: ISS (25544)"
    assert lines[1] == "When: 2026-11-01T19:00Z (in 7.0 h)"
    assert "Next step: Compare with the operator's own ephemeris" in lines
    assert "Why now: it is new" in lines
    assert "Look: https://watch.example/#/incident/INC-1" in lines
    assert lines[-1].startswith("This goes beyond the budget")
    without = body_lines(
        replace(ALERT, assets=()), INCIDENT, PASS, NAMES, (), console="", language=Language.EN
    )
    assert without[0] == "Asset: none; it is about users on the ground"
    assert "Look: #/incident/INC-1 in the console" in without


def test_many_assets_are_not_all_listed() -> None:
    lines = body_lines(
        replace(ALERT, assets=tuple(range(1, 30))), INCIDENT, PASS, {}, (),
        console="", language=Language.EN,
    )  # fmt: skip
    assert lines[0].count("Object") == 6
    assert lines[0].endswith("…")


def test_a_repeat_a_reminder_and_a_test_say_what_they_are() -> None:
    assert key_lines("k", again=False, language=Language.EN) == ("Message key: k",)
    assert "same message" in key_lines("k", again=True, language=Language.EN)[1]
    assert escalated_line("line", 15.0, Language.EN) == "Not acknowledged for 15 min: line"
    subject, body = channel_test_text("duty", Language.EN)
    assert subject == "[TEST, NOT REAL] Test of the channel duty"
    assert "Nothing happened" in body


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        (
            {"state": AlertState.HELD, "held_because": HeldBecause.BUDGET},
            "held back: the budget of alerts is used up",
        ),
        (
            {
                "state": AlertState.ACKNOWLEDGED,
                "acknowledged_by": "Sato",
                "acknowledged_utc": NOON,
            },
            "acknowledged by Sato, 2026-11-01T12:00Z",
        ),
        ({"state": AlertState.MERGED, "merged_into": "ALR-2"}, "goes on as ALR-2"),
        ({"escalated": 2}, "open, escalated 2 times"),
        ({"state": AlertState.OVER}, "over"),
    ],
)
def test_a_row_says_where_an_alert_is(changes: dict[str, Any], state: str) -> None:
    row = alert_row(replace(ALERT, **changes), Language.EN)
    assert row.state == state
    assert row.what == "Look now: Conjunction, 25544; in 7.0 h"


def test_the_history_and_the_messages_are_lines() -> None:
    raised = AlertChange(AlertStep.RAISED, NOON, ALERT, (AlertCause.NEW,))
    assert change_line(raised, Language.EN) == "2026-11-01T12:00Z: told first (it is new)"
    noted = replace(ALERT, acknowledged_by="Sato", note="own burn")
    line = change_line(AlertChange(AlertStep.ACKNOWLEDGED, NOON, noted), Language.EN)
    assert line == "2026-11-01T12:00Z: acknowledged by Sato: own burn"
    held = replace(ALERT, held_because=HeldBecause.EXERCISE)
    assert "no channel for exercises" in change_line(
        AlertChange(AlertStep.HELD, NOON, held), Language.EN
    )
    over = AlertChange(AlertStep.WENT_OVER, NOON, ALERT)
    assert change_line(over, Language.EN) == "2026-11-01T12:00Z: no longer on the board"
    sending = Sending("k", "ALR-1", "duty", (), "s", "b", Reality.REAL, NOON, SOON)
    waiting = Tracked(sending, SendingStep("k", SendingState.WAITING, NOON))
    assert "waiting until 2026-11-01T19:00Z" in message_line(waiting, Language.EN)
    failed = Tracked(sending, SendingStep("k", SendingState.FAILED, NOON, problem="refused"))
    assert message_line(failed, Language.EN).endswith("(refused)")


def test_the_tally_says_rate_budget_and_what_is_held_back() -> None:
    tally = AlertTally(
        since_utc=NOON - timedelta(days=30), until_utc=NOON, asset_months=20.0, told=4,
        per_asset_month=Interval(0.05, 0.2, 0.5), budget_per_asset_month=0.5,
        held=("INC-7",), held_because={"INC-7": HeldBecause.BUDGET}, over_budget=1,
        unacknowledged=2, problems=("duty: it was refused",),
    )  # fmt: skip
    assert tally_lines(tally, Language.EN) == (
        "Alerts: 4 told in 30 d, 0.05–0.50 per asset and month (95 %); the budget is 0.5.",
        "1 alert is held back: INC-7.",
        "1 went beyond the budget, since it asked for a look soon.",
        "2 wait for somebody to take note of them.",
        "Channel duty: it was refused.",
    )


@pytest.mark.parametrize("language", Language)
def test_the_rules_are_told_with_channels_and_whether_they_lead_anywhere(
    language: Language,
) -> None:
    rule = AlertRule(
        "look", Attention.LOOK, kinds=frozenset({"anomaly", "breakup"}), assets=frozenset({25544}),
        directions=frozenset({Direction.GROUND}), channels=("duty",),
        quiet=QuietHours(NOON.time(), SOON.time(), ZoneInfo("Asia/Tokyo")),
        escalation=(EscalationStep(15.0, ("chief",)),),
    )  # fmt: skip
    rules = AlertRules(
        "1", (rule, AlertRule("rest", Attention.WATCH)), (Channel("duty"), Channel("chief")),
        AlertBudget(0.5, 3),
    )  # fmt: skip
    text = "\n".join(rules_lines(rules, "rules.toml", {"duty"}, language))
    for part in ("rules.toml", "0.5", "12:00", "19:00", "Asia/Tokyo", "25544", "15", "chief"):
        assert part in text
    if language is Language.EN:
        assert text.count("HAS NO ADDRESS") == 1
