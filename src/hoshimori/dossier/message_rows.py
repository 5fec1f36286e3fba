"""Conjunction events as rows: what the table of the command line and its JSON show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum

from hoshimori.dossier.language import Language
from hoshimori.dossier.message_wording import check_words, estimate_words, step_words
from hoshimori.dossier.quantities import length_text, probability_text
from hoshimori.dossier.wording import conclusion_text, pc_type_text
from hoshimori.model.conjunction_event import (
    AnyCheck,
    ConjunctionEvent,
    EventMessage,
    EventStep,
    RadiusSource,
    Trend,
)
from hoshimori.model.conjunction_message import ConjunctionObject
from hoshimori.model.incidents import Attention
from hoshimori.model.moments import as_datetime
from hoshimori.model.provenance import Reality
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.collision_usage import UsageViolation

ARROWS = {Trend.FIRST: "·", Trend.RISING: "▲", Trend.STEADY: "=", Trend.FALLING: "▼"}


@dataclass(frozen=True, slots=True)
class ObjectCell:
    """Who one of the two objects is."""

    designator: str
    name: str
    international_designator: str
    object_type: str | None
    manoeuvrable: bool | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing that is wrong with a message: its kind, its numbers, and how to say it."""

    kind: str
    numbers: Mapping[str, float | str | None]
    text: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What one message says, and what follows from its states."""

    message_id: str
    originator: str
    created_utc: datetime
    tca_utc: datetime
    miss_km: float
    miss_sigma_km: float | None
    mahalanobis: float | None
    speed_km_s: float | None
    pc: float | None
    """The probability to go by."""
    pc_type: ProbabilityType
    method: str
    """2-D, 2-D-Nc, 3-D-Nc, Monte Carlo, Alfano maximum or none."""
    conclusion: Conclusion
    pc_interval: tuple[float, float] | None
    """95 % interval of drawn orbits."""
    diluted: bool
    """Whether smaller errors could raise it; true where that is not known."""
    repaired: bool
    """Whether a covariance was mended."""
    plane_violations: tuple[str, ...]
    """Limits of the encounter plane that it breaks."""
    pc_reported: float | None
    pc_plane: float | None
    """In the encounter plane, whether or not its limits hold."""
    pc_maximum: float | None
    """What no covariance can exceed in that plane."""
    radius_km: float | None
    radius_source: str | None
    copies: tuple[str, ...]
    contradicts_itself: bool
    """Then what is computed from the states is not that of the encounter that is stated."""
    checks: tuple[CheckRow, ...]
    remarks: tuple[str, ...]

    @property
    def has_conclusion(self) -> bool:
        """Tell whether its probability supports anything."""
        return self.conclusion is not Conclusion.NO_CONCLUSION


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: who, when, how near, how probable, where it is going, what to do."""

    object_1: ObjectCell
    object_2: ObjectCell
    tca_utc: datetime
    attention: Attention
    step: EventStep
    next: str
    trend: Trend
    tca_drift_s: float | None
    messages: int
    copies: int
    originators: tuple[str, ...]
    latest: MessageRow
    reality: Reality
    history: tuple[MessageRow, ...]
    """Every message, in the order in which they were made."""


def event_row(event: ConjunctionEvent) -> EventRow:
    """Return an event as a row; its objects in the order of the latest message."""
    message = event.latest.message
    history = tuple(map(message_row, event.messages))
    return EventRow(
        object_1=_object(message.object1),
        object_2=_object(message.object2),
        tca_utc=as_datetime(event.tca_utc),
        attention=event.attention,
        step=event.step,
        next=_next(event),
        trend=event.trend,
        tca_drift_s=event.tca_drift_s,
        messages=len(event.messages),
        copies=event.copies,
        originators=tuple(dict.fromkeys(one.message.originator for one in event.messages)),
        latest=history[-1],
        reality=event.reality,
        history=history,
    )


def _next(event: ConjunctionEvent) -> str:
    """Return what to do next; where there is something to decide, also who can move."""
    if event.step is not EventStep.DECIDE:
        return step_words(event.step)
    said = {True: "yes", False: "no", None: "unknown"}
    message = event.latest.message
    who = [
        f"object {number} {said[item.manoeuvrable]}"
        for number, item in enumerate((message.object1, message.object2), 1)
    ]
    return f"{step_words(event.step)}; can manoeuvre: {', '.join(who)}"


def message_row(one: EventMessage) -> MessageRow:
    """Return one message as a row."""
    message, found, estimate = one.message, one.measures, one.estimate
    radius = found.radius if found else None
    return MessageRow(
        message_id=message.message_id,
        originator=message.originator,
        created_utc=as_datetime(message.created_utc),
        tca_utc=as_datetime(message.tca_utc),
        miss_km=message.miss_km,
        miss_sigma_km=found.miss_sigma_km if found else None,
        mahalanobis=found.mahalanobis if found else None,
        speed_km_s=found.speed_km_s if found else message.relative_speed_km_s,
        pc=estimate.pc,
        pc_type=estimate.pc_type,
        method=estimate.method.value,
        conclusion=estimate.conclusion,
        pc_interval=estimate.interval,
        diluted=estimate.diluted,
        repaired=estimate.repaired,
        plane_violations=_violations(estimate.violations),
        pc_reported=message.collision_probability,
        pc_plane=found.plane_probability if found else None,
        pc_maximum=found.maximum_probability if found else None,
        radius_km=radius.radius_km if radius else None,
        radius_source=radius.source.name.lower() if radius else None,
        copies=one.copies,
        contradicts_itself=one.contradicts_itself,
        checks=tuple(map(_check, one.checks)),
        remarks=remarks_of(one),
    )


def probability_lines(row: MessageRow) -> tuple[str, ...]:
    """Return the probability to go by and how it was found, what it supports, and the other one."""
    is_computed = row.pc_type is ProbabilityType.COMPUTED
    how = row.method if is_computed else pc_type_text(row.pc_type, Language.EN)
    stated = f"{probability_text(row.pc)} {how}" if row.pc is not None else "-"
    lines = (stated, conclusion_text(row.conclusion, Language.EN))
    if row.pc_reported is None or row.pc_type is ProbabilityType.REPORTED:
        return lines
    return (*lines, f"reported {probability_text(row.pc_reported)}")


def remarks_of(one: EventMessage) -> tuple[str, ...]:
    """Return what to know about a message before relying on it, the gravest first."""
    found = one.measures
    said = [check_words(check) for check in one.checks]
    if found is None:
        return (*said, "no states that could be compared: nothing is computed")
    if one.contradicts_itself:
        return tuple(said)
    said += estimate_words(one.estimate, found.plane_probability)
    if found.radius is not None and found.radius.source is not RadiusSource.MESSAGE:
        said.append(f"radius {length_text(found.radius.radius_km)}: {found.radius.source.value}")
    return tuple(said)


def _check(check: AnyCheck) -> CheckRow:
    values = {f.name: getattr(check, f.name) for f in fields(check)}
    return CheckRow(
        kind=re.sub(r"(?<!^)(?=[A-Z])", "_", type(check).__name__).lower(),
        numbers={k: v.name.lower() if isinstance(v, Enum) else v for k, v in values.items()},
        text=check_words(check),
    )


def _violations(flags: UsageViolation) -> tuple[str, ...]:
    return tuple(flag.name.lower() for flag in UsageViolation if flag & flags and flag.name)


def _object(item: ConjunctionObject) -> ObjectCell:
    return ObjectCell(
        designator=item.designator.strip().lstrip("0") or item.designator,
        name=item.name,
        international_designator=item.international_designator,
        object_type=item.object_type,
        manoeuvrable=item.manoeuvrable,
    )
