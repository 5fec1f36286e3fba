"""Changes of incidents and decisions as canonical JSON and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hoshimori.model.assessments import Decision
from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incident_life import Change, ChangeKind, FindingMark, Life, LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.journal import DecisionKind, RecordedDecision
from hoshimori.model.provenance import Reality
from hoshimori.store.chain import canonical, utc_text


def change_json(change: Change) -> str:
    """Return a change with the whole life after it."""
    return canonical(
        {
            "kind": change.kind.name,
            "as_of_utc": utc_text(change.as_of_utc),
            "life": _life(change.life),
            "came": list(change.came),
            "went": [_mark(mark) for mark in change.went],
            "others": list(change.others),
        }
    )


def change_from(text: str) -> Change:
    """Return the change that `change_json` wrote."""
    stated = json.loads(text)
    return Change(
        kind=ChangeKind[stated["kind"]],
        as_of_utc=_moment(stated["as_of_utc"]),
        life=_life_from(stated["life"]),
        came=tuple(stated["came"]),
        went=_marks_from(stated["went"]),
        others=tuple(stated["others"]),
    )


def decision_json(recorded: RecordedDecision) -> str:
    """Return a decision, without the incident that it is about."""
    decision = recorded.decision
    return canonical(
        {
            "kind": recorded.kind.name,
            "key": recorded.key,
            "proposed": recorded.proposed,
            "value": decision.value,
            "decided_by": decision.decided_by,
            "decided_utc": utc_text(decision.decided_utc),
            "because": decision.because,
        }
    )


def decision_from(incident_id: str, text: str) -> RecordedDecision:
    """Return the decision that `decision_json` wrote."""
    stated = json.loads(text)
    return RecordedDecision(
        incident_id=incident_id,
        kind=DecisionKind[stated["kind"]],
        key=stated["key"],
        proposed=stated["proposed"],
        decision=Decision(
            value=stated["value"],
            decided_by=stated["decided_by"],
            decided_utc=_moment(stated["decided_utc"]),
            because=stated["because"],
        ),
    )


def _life(life: Life) -> dict[str, Any]:
    return {
        "incident_id": life.incident_id,
        "series_id": life.series_id,
        "state": life.state.name,
        "direction": life.direction.name,
        "assets": list(life.assets),
        "others": list(life.others),
        "attention": life.attention.name,
        "confidence": life.confidence.name,
        "rarity": [life.rarity.low, life.rarity.best, life.rarity.high],
        "reality": life.reality.name,
        "start_utc": utc_text(life.start_utc),
        "end_utc": utc_text(life.end_utc),
        "findings": [_mark(mark) for mark in life.findings],
        "opened_utc": utc_text(life.opened_utc),
        "changed_utc": utc_text(life.changed_utc),
        "since_utc": utc_text(life.since_utc),
        "merged_into": life.merged_into,
        "took_in": list(life.took_in),
        "parted_from": life.parted_from,
        "gave_off": list(life.gave_off),
    }


def _life_from(stated: dict[str, Any]) -> Life:
    return Life(
        incident_id=stated["incident_id"],
        series_id=stated["series_id"],
        state=LifeState[stated["state"]],
        direction=Direction[stated["direction"]],
        assets=tuple(stated["assets"]),
        others=tuple(stated["others"]),
        attention=Attention[stated["attention"]],
        confidence=Confidence[stated["confidence"]],
        rarity=Interval(*stated["rarity"]),
        reality=Reality[stated["reality"]],
        start_utc=_moment(stated["start_utc"]),
        end_utc=_moment(stated["end_utc"]),
        findings=_marks_from(stated["findings"]),
        opened_utc=_moment(stated["opened_utc"]),
        changed_utc=_moment(stated["changed_utc"]),
        since_utc=_moment(stated["since_utc"]),
        merged_into=stated["merged_into"],
        took_in=tuple(stated["took_in"]),
        parted_from=stated["parted_from"],
        gave_off=tuple(stated["gave_off"]),
    )


def _mark(mark: FindingMark) -> list[Any]:
    times = utc_text(mark.start_utc), utc_text(mark.end_utc)
    return [mark.finding_id, mark.kind, list(mark.objects), *times]


def _marks_from(stated: Sequence[Any]) -> tuple[FindingMark, ...]:
    return tuple(
        FindingMark(finding_id, kind, tuple(objects), _moment(start), _moment(end))
        for finding_id, kind, objects, start, end in stated
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
