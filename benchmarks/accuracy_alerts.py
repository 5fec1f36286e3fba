"""What people would have been told: a month of boards over a made sky, one after the other.

A made sky with the histories of all its objects is watched once a day with what was known by then,
around its assets; nothing happens but what is planted, and that comes to a head at the end. Each
board is recorded, its alerts are raised by the rules that come along (with a channel), escalated
and sent to a messenger that keeps them; then the process starts anew with the files alone, and the
same board comes once more. The same boards also go by rules that tell what is to be watched as
well. Counted are alerts per asset and month, planted events that
were told, what was held back, and repeats: messages that came twice, or first messages of one alert
that came twice. There must be none.

Run: ``python benchmarks/accuracy_alerts.py`` (some minutes), or ``... --objects 600 --days 6``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.exercise.story import Story
from hoshimori.exercise.synthetic_sky import SyntheticSky, synthetic_sky
from hoshimori.model.alert_rules import AlertRules, Channel, EscalationStep
from hoshimori.model.alerts import Alert, AlertCause, AlertState, AlertStep
from hoshimori.model.assets import Asset
from hoshimori.model.board import WatchBoard
from hoshimori.model.incidents import Attention
from hoshimori.model.objects import ObjectType
from hoshimori.numerics.rates import rate_interval
from hoshimori.outlets.messengers import Delivered, Outcome
from hoshimori.settings import Settings
from hoshimori.store import open_journal
from hoshimori.workflows.alert_sending import Parcel, send_waiting
from hoshimori.workflows.alerts import (
    AlertDesk,
    alert_rules,
    alerts_in,
    escalate,
    opened_desk,
    raise_alerts,
)
from hoshimori.workflows.incident_record import record_board
from hoshimori.workflows.pictures import picture_of
from hoshimori.workflows.watch import watch

END = np.datetime64("2026-11-01T00:00:00", "us")
DAYS_AHEAD = 7.0
MONTH_DAYS = 30.4375
ASSETS = 20
WARM_UP_DAYS = 15
"""Histories before the first board, so that objects are known as they are in a catalogue."""
CALM = {
    "docked at the station", "docked in the belt", "cluster", "formation", "station-keeping",
}  # fmt: skip
"""What is planted and no cause for an alert: docked, of one launch, flying together, usual."""
_RANK = (Attention.LOG, Attention.WATCH, Attention.LOOK)


@dataclass(slots=True)
class Box:
    """A messenger that keeps what it is handed."""

    parcels: list[Parcel] = field(default_factory=list)

    def __call__(self, parcel: Parcel) -> Delivered:
        self.parcels.append(parcel)
        return Delivered(Outcome.TAKEN)


@dataclass(slots=True)
class Month:
    """What came of the boards of a month by some rules."""

    folder: Path
    rules: AlertRules
    box: Box = field(default_factory=Box)
    first_told: dict[str, datetime] = field(default_factory=dict)
    again: int = 0
    """Steps that the same board, seen again after a restart, brought."""
    incidents: Counter[str] = field(default_factory=Counter)
    objects: dict[str, frozenset[int]] = field(default_factory=dict)
    highest: dict[str, Attention] = field(default_factory=dict)
    """Of each incident, over all boards."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--objects", type=int, default=1500)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    start = time.perf_counter()
    made = synthetic_sky(
        END,
        np.random.default_rng(chosen.seed),
        objects=chosen.objects,
        bystanders=chosen.objects,
        history_days=float(chosen.days + WARM_UP_DAYS),
    )
    sky = replace(made, assets=(*made.assets, *_more_assets(made)))
    with tempfile.TemporaryDirectory() as folder:
        months = {
            attention.name.lower(): Month(Path(folder, attention.name), rules(attention))
            for attention in (Attention.LOOK, Attention.WATCH)
        }
        for day in range(chosen.days, -1, -1):
            board = board_of(sky, day)
            for month in months.values():
                a_day(board, month)
            told = ", ".join(f"{len(m.box.parcels)} by {name}" for name, m in months.items())
            print(f"{day} days before the end: messages {told}", flush=True)
        figures: dict[str, Any] = {
            "assets": len(sky.assets),
            "objects": len(sky.objects),
            "boards": chosen.days + 1,
            "seed": chosen.seed,
            **{f"by_{name}": summary(sky, month, chosen.days) for name, month in months.items()},
        }
    figures["wall_s"] = round(time.perf_counter() - start)
    keep("accuracy_alerts", figures)


def _more_assets(sky: SyntheticSky) -> Sequence[Asset]:
    """Return objects of the crowd as assets, so that there are as many as a small operator has."""
    cast = max(max(story.objects) for story in sky.stories) + 30
    known, count = np.unique(sky.element_sets.norad_id, return_counts=True)
    of_crowd = [
        int(i)
        for i in known[count > 1]
        if i > cast and sky.objects[int(i)].object_type is ObjectType.PAYLOAD
    ]
    return [Asset(norad_id=i) for i in of_crowd[: max(ASSETS - len(sky.assets), 0)]]


def rules(attention: Attention) -> AlertRules:
    """Return the rules that come along for an attention, with a channel and an escalation."""
    in_force = alert_rules(Settings())
    told = tuple(
        replace(
            rule,
            attention=attention,
            channels=("duty",),
            escalation=(EscalationStep(15.0, ("chief",)),),
        )
        for rule in in_force.rules
    )
    channels = Channel("duty", takes_exercises=True), Channel("chief", takes_exercises=True)
    return replace(in_force, rules=told, channels=channels)


def desk_of(month: Month) -> AlertDesk:
    """Open the book of alerts anew, as a process does that starts."""
    return replace(opened_desk(Settings(), month.folder), rules=month.rules)


def board_of(sky: SyntheticSky, days_before: int) -> WatchBoard:
    """Watch with what was known some days before the end."""
    sets = sky.element_sets
    _, which, count = np.unique(sets.norad_id, return_inverse=True, return_counts=True)
    remembered = sets.take(count[which] > 1)
    picture = picture_of(
        [remembered],
        assets=sky.assets,
        days_ahead=DAYS_AHEAD,
        as_of_utc=END - np.timedelta64(days_before, "D"),
        objects=sky.objects,
    )
    return watch(picture)


def a_day(board: WatchBoard, month: Month) -> None:
    """Record a board, raise its alerts and send them; twice, with a restart between."""
    now = board.as_of_utc
    for attempt in range(2):
        with open_journal(month.folder) as journal:
            recording = record_board(board, journal, recorded_utc=now)
        moment = now + timedelta(hours=attempt)
        desk = desk_of(month)
        with desk.book:
            raised = raise_alerts(
                recording.changes, recording.board, desk, now_utc=moment, lives=recording.lives
            )
            send_waiting(desk, clock=lambda at=moment: at, messenger=month.box)
            escalate(desk, now_utc=moment + timedelta(minutes=20))
            send_waiting(
                desk, clock=lambda at=moment: at + timedelta(minutes=20), messenger=month.box
            )
            assert not [a for a in alerts_in(desk, AlertState) if a.told and a.held_because]
        month.again += len(raised.changes) if attempt else 0
        for change in raised.changes:
            if change.step is AlertStep.RAISED:
                month.first_told.setdefault(change.alert.incident_id, now)
    month.incidents.update(i.attention.value for i in board.incidents)
    for incident in recording.board.incidents:
        name, before = incident.incident_id, month.highest.get(incident.incident_id, Attention.LOG)
        month.objects[name] = frozenset((*incident.assets, *incident.others))
        month.highest[name] = max(before, incident.attention, key=_RANK.index)


def summary(sky: SyntheticSky, month: Month, days: int) -> dict[str, Any]:
    """Return rates, planted events that were told, what was held back, and repeats."""
    with desk_of(month).book as book:
        alerts = tuple(book.alerts().values())
        changes = [change for a in alerts for change in book.changes_of(a.alert_id)]
        assert book.check().broken_at is None
    asset_months = len(sky.assets) * (days + 1) / MONTH_DAYS
    told = [alert for alert in alerts if alert.counted]
    keys = Counter(parcel.key for parcel in month.box.parcels)
    low, best, high = rate_interval(len(told), asset_months)
    planted = [story for story in sky.stories if story.name not in CALM]
    found = {story.name: _told_of(story, told, month) for story in planted}
    asked = {story.name: _asked(story, month) for story in planted}
    other = [a for a in told if not any(_is_about(a, story, month) for story in sky.stories)]
    low_other, best_other, high_other = rate_interval(len(other), asset_months)
    firsts = Counter(c.alert.alert_id for c in changes if AlertCause.NEW in c.causes)
    return {
        "asset_months": round(asset_months, 2),
        "incidents_on_boards": dict(month.incidents),
        "alerts_told": len(told),
        "per_asset_month": [round(x, 3) for x in (low, best, high)],
        "told_beside_what_was_planted": len(other),
        "beside_per_asset_month": [round(x, 3) for x in (low_other, best_other, high_other)],
        "by_lead": dict(Counter(a.lead for a in told).most_common()),
        "planted": len(planted),
        "planted_that_boards_called_look_now": sum(a == "look now" for a in asked.values()),
        "planted_told": sum(days_before is not None for days_before in found.values()),
        "planted_highest_attention": asked,
        "planted_told_days_before": found,
        "held_back_at_the_end": sum(a.state is AlertState.HELD for a in alerts),
        "over_budget": sum(a.over_budget for a in told),
        "held_back_and_over": sum(a.state is AlertState.OVER and not a.counted for a in alerts),
        "budget_per_asset_month": month.rules.budget.per_asset_month,
        "messages": len(month.box.parcels),
        "messages_per_asset_month": round(len(month.box.parcels) / asset_months, 2),
        "steps": dict(Counter(change.step.value for change in changes).most_common()),
        "told_again_because": dict(
            Counter(
                cause.value
                for change in changes
                if change.step is AlertStep.UPDATED
                for cause in change.causes
            ).most_common()
        ),
        "repeats": {
            "messages_that_came_twice": sum(n - 1 for n in keys.values()),
            "steps_of_a_board_seen_again": month.again,
            "first_messages_of_one_alert_again": sum(n - 1 for n in firsts.values()),
        },
    }


def _told_of(story: Story, told: Sequence[Alert], month: Month) -> float | None:
    """Return how many days before its moment a planted event was told (negative: after)."""
    about = [a for a in told if _is_about(a, story, month)]
    if not about:
        return None
    first = min(month.first_told[a.incident_id] for a in about if a.incident_id in month.first_told)
    return round((story.moment_utc - first) / timedelta(days=1), 1)


def _is_about(alert: Alert, story: Story, month: Month) -> bool:
    held = (month.objects.get(i, frozenset()) for i in (alert.incident_id, *alert.took_over))
    return any(set(story.objects) <= objects for objects in held)


def _asked(story: Story, month: Month) -> str:
    """Return the highest attention that any board asked of a planted event; empty for none."""
    asked = [month.highest[i] for i, held in month.objects.items() if set(story.objects) <= held]
    return max(asked, key=_RANK.index).value if asked else ""


if __name__ == "__main__":
    main()
