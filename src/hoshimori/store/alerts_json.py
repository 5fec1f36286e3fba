"""Alerts and their messages as canonical JSON and back, without loss.

Every entry says in which layout it is written. Entries without one are of the first (November
2026), in which what counted for the budget had no assets, and alerts no marking of their words.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from hoshimori.errors import StoreError
from hoshimori.model.alerts import (
    Alert,
    AlertCause,
    AlertChange,
    AlertState,
    AlertStep,
    AlertText,
    Counted,
    HeldBecause,
    Sending,
    SendingState,
    SendingStep,
    Told,
)
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.store.chain import canonical, utc_text

LAYOUT = 2
"""Raised whenever what an entry holds is laid out in another way; older ones go on being read."""


def alert_change_json(change: AlertChange) -> str:
    """Return a step with the whole alert after it."""
    return canonical(
        {
            "layout": LAYOUT,
            "step": change.step.name,
            "at_utc": utc_text(change.at_utc),
            "causes": [cause.name for cause in change.causes],
            "alert": _alert(change.alert),
        }
    )


def alert_change_from(text: str) -> AlertChange:
    """Return the step that `alert_change_json` wrote.

    Raises:
        StoreError: a newer Hoshimori wrote it, in a layout that is not known.
    """
    stated = _stated(text)
    return AlertChange(
        step=AlertStep[stated["step"]],
        at_utc=_moment(stated["at_utc"]),
        alert=_alert_from(stated["alert"]),
        causes=_causes(stated["causes"]),
    )


def sending_json(sending: Sending) -> str:
    """Return a message before it goes."""
    return canonical(
        {
            **asdict(sending),
            "layout": LAYOUT,
            "causes": [cause.name for cause in sending.causes],
            "reality": sending.reality.name,
            "made_utc": utc_text(sending.made_utc),
            "not_before_utc": utc_text(sending.not_before_utc),
        }
    )


def sending_from(text: str) -> Sending:
    """Return the message that `sending_json` wrote; raises as `alert_change_from`."""
    stated = _stated(text)
    return Sending(
        **{
            **stated,
            "causes": _causes(stated["causes"]),
            "reality": Reality[stated["reality"]],
            "made_utc": _moment(stated["made_utc"]),
            "not_before_utc": _moment(stated["not_before_utc"]),
        }
    )


def sending_step_json(step: SendingStep) -> str:
    """Return what became of a message."""
    return canonical(
        {
            "layout": LAYOUT,
            "key": step.key,
            "state": step.state.name,
            "at_utc": utc_text(step.at_utc),
            "attempts": step.attempts,
            "again_utc": _optional_text(step.again_utc),
            "problem": step.problem,
        }
    )


def sending_step_from(text: str) -> SendingStep:
    """Return the step that `sending_step_json` wrote; raises as `alert_change_from`."""
    stated = _stated(text)
    return SendingStep(
        key=stated["key"],
        state=SendingState[stated["state"]],
        at_utc=_moment(stated["at_utc"]),
        attempts=stated["attempts"],
        again_utc=_optional_moment(stated["again_utc"]),
        problem=stated["problem"],
    )


def _stated(text: str) -> dict[str, Any]:
    """Return what an entry holds, without the layout that it is written in."""
    stated: dict[str, Any] = json.loads(text)
    layout = stated.pop("layout", 1)
    if layout > LAYOUT:
        raise StoreError(
            f"a newer Hoshimori wrote an entry (layout {layout}, this one knows up to {LAYOUT}); "
            "upgrade Hoshimori to read it"
        )
    return stated


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "incident_id": alert.incident_id,
        "rule": alert.rule,
        "state": alert.state.name,
        "reality": alert.reality.name,
        "assets": list(alert.assets),
        "attention": alert.attention.name,
        "direction": alert.direction.name,
        "lead": alert.lead,
        "moment_utc": utc_text(alert.moment_utc),
        "seen_utc": utc_text(alert.seen_utc),
        "made_utc": utc_text(alert.made_utc),
        "told": _told(alert.told),
        "first_told_utc": _optional_text(alert.first_told_utc),
        "counted": [[utc_text(one.at_utc), list(one.assets)] for one in alert.counted],
        "held_because": alert.held_because.name if alert.held_because is not None else None,
        "is_urgent": alert.is_urgent,
        "over_budget": alert.over_budget,
        "waits_since_utc": _optional_text(alert.waits_since_utc),
        "escalated": alert.escalated,
        "acknowledged_by": alert.acknowledged_by,
        "acknowledged_utc": _optional_text(alert.acknowledged_utc),
        "note": alert.note,
        "over_utc": _optional_text(alert.over_utc),
        "merged_into": alert.merged_into,
        "took_over": list(alert.took_over),
        "texts": [asdict(text) for text in alert.texts],
        "marking": _marking(alert.marking),
    }


def _alert_from(stated: dict[str, Any]) -> Alert:
    held = stated["held_because"]
    return Alert(
        alert_id=stated["alert_id"],
        incident_id=stated["incident_id"],
        rule=stated["rule"],
        state=AlertState[stated["state"]],
        reality=Reality[stated["reality"]],
        assets=tuple(stated["assets"]),
        attention=Attention[stated["attention"]],
        direction=Direction[stated["direction"]],
        lead=stated["lead"],
        moment_utc=_moment(stated["moment_utc"]),
        seen_utc=_moment(stated["seen_utc"]),
        made_utc=_moment(stated["made_utc"]),
        told=_told_from(stated["told"]),
        first_told_utc=_optional_moment(stated["first_told_utc"]),
        counted=_counted_from(stated),
        held_because=HeldBecause[held] if held is not None else None,
        is_urgent=stated["is_urgent"],
        over_budget=stated["over_budget"],
        waits_since_utc=_optional_moment(stated["waits_since_utc"]),
        escalated=stated["escalated"],
        acknowledged_by=stated["acknowledged_by"],
        acknowledged_utc=_optional_moment(stated["acknowledged_utc"]),
        note=stated["note"],
        over_utc=_optional_moment(stated["over_utc"]),
        merged_into=stated["merged_into"],
        took_over=tuple(stated["took_over"]),
        texts=tuple(AlertText(**text) for text in stated["texts"]),
        marking=_marking_from(stated.get("marking")),
    )


def _counted_from(stated: dict[str, Any]) -> tuple[Counted, ...]:
    if "counted" in stated:
        return tuple(Counted(_moment(at), tuple(assets)) for at, assets in stated["counted"])
    # The first layout knew when, and the assets were those of the alert.
    return tuple(Counted(_moment(at), tuple(stated["assets"])) for at in stated["counted_utc"])


def _marking(marking: Marking | None) -> list[Any] | None:
    if marking is None:
        return None
    partners = marking.releasable_to
    listed = None if partners is None else sorted(partners)
    return [marking.level.name, listed, sorted(marking.caveats)]


def _marking_from(stated: list[Any] | None) -> Marking | None:
    if stated is None:
        return None
    level, partners, caveats = stated
    to = None if partners is None else frozenset(partners)
    return Marking(Level[level], to, frozenset(caveats))


def _told(told: Told | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "attention": told.attention.name,
        "direction": told.direction.name,
        "leads": sorted(told.leads),
        "step": told.step,
        "at_utc": utc_text(told.at_utc),
    }


def _told_from(stated: dict[str, Any] | None) -> Told | None:
    if stated is None:
        return None
    return Told(
        attention=Attention[stated["attention"]],
        direction=Direction[stated["direction"]],
        leads=frozenset(stated["leads"]),
        step=stated["step"],
        at_utc=_moment(stated["at_utc"]),
    )


def _causes(names: list[str]) -> tuple[AlertCause, ...]:
    return tuple(AlertCause[name] for name in names)


def _optional_text(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment is not None else None


def _optional_moment(text: str | None) -> datetime | None:
    return _moment(text) if text is not None else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
