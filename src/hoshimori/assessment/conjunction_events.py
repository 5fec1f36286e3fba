"""Conjunction messages grouped into events: the same two objects, the same encounter.

An object is known by its catalogue number, whatever catalogue or originator states it; else by its
international designator, through which numbers are also found; else by catalogue and designator.
Messages of one pair, in either order, belong to one event as long as each closest approach follows
the one before within a tolerance. Messages that say the same are one message with copies, whoever
sent them and in whatever notation.

The trend is that of the originator of the latest message, because originators differ by more than
their successive messages do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hoshimori.assessment.message_checks import DEFAULT_LIMITS, CheckLimits, checks_of
from hoshimori.assessment.message_measures import measures_of
from hoshimori.assessment.message_probability import Progress, estimates_of
from hoshimori.model.conjunction_event import (
    ConjunctionEvent,
    EventMessage,
    EventStep,
    Trend,
)
from hoshimori.model.conjunction_message import ConjunctionMessage, ConjunctionObject
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import combined_reality
from hoshimori.numerics.collision_choice import (
    CollisionMethod,
    Drawing,
)
from hoshimori.numerics.collision_conclusion import (
    ACT_PROBABILITY,
    Conclusion,
    ProbabilityType,
)
from hoshimori.numerics.collision_usage import UsageViolation

_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
_DESIGNATOR = re.compile(r"\d{4}-\d{3}[A-Z]{1,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EventRule:
    """What belongs together, what is a change, and what asks for attention.

    Source of the probabilities: NASA Spacecraft Conjunction Assessment and Collision Avoidance
    Best Practices Handbook, 2020, NASA/SP-20205011318 (1e-4 to act, 1e-7 to stop watching).
    """

    tca_tolerance_s: float = 300.0
    act_probability: float = ACT_PROBABILITY
    watch_probability: float = 1e-7
    change_factor: float = 2.0
    negligible_probability: float = 1e-10
    assumed_radius_km: float | None = None


DEFAULT_RULE = EventRule()


def events_of(
    messages: Iterable[ConjunctionMessage],
    *,
    as_of_utc: np.datetime64,
    rule: EventRule = DEFAULT_RULE,
    limits: CheckLimits = DEFAULT_LIMITS,
    drawing: Drawing | None = None,
    progress: Progress | None = None,
) -> tuple[ConjunctionEvent, ...]:
    """Return the events that messages made by `as_of_utc` speak of; the most urgent first.

    With `drawing`, orbits are drawn for messages for which no other method holds. `progress` is
    told of how many messages the probability is done.
    """
    known = [message for message in messages if message.created_utc <= as_of_utc]
    groups = _grouped(known, rule)
    distinct = [_without_copies(group) for group in groups]
    every = [message for group in distinct for message, _ in group]
    measures = measures_of(every, rule.assumed_radius_km)
    checks = [checks_of(*one, limits) for one in zip(every, measures, strict=True)]
    estimates = estimates_of(
        every,
        measures,
        checks,
        threshold=rule.act_probability,
        drawing=drawing,
        progress=progress,
    )
    judged = map(EventMessage, every, measures, checks, estimates)
    events = []
    for group in distinct:
        told = [replace(next(judged), copies=copies) for _, copies in group]
        events.append(_event(told, as_of_utc, rule))
    return tuple(sorted(events, key=_order))


def _grouped(
    messages: Sequence[ConjunctionMessage], rule: EventRule
) -> list[list[ConjunctionMessage]]:
    numbers = _numbers_by_designator(messages)
    pairs: dict[tuple[Hashable, ...], list[ConjunctionMessage]] = defaultdict(list)
    for message in messages:
        both = [_key(item, numbers) for item in (message.object1, message.object2)]
        pairs[tuple(sorted(both))].append(message)
    tolerance = np.timedelta64(round(rule.tca_tolerance_s * 1e6), "us")
    groups: list[list[ConjunctionMessage]] = []
    for found in pairs.values():
        found.sort(key=lambda m: m.tca_utc)
        for k, message in enumerate(found):
            if not k or message.tca_utc - found[k - 1].tca_utc > tolerance:
                groups.append([])
            groups[-1].append(message)
    return groups


def _numbers_by_designator(messages: Sequence[ConjunctionMessage]) -> Mapping[str, str]:
    """Return the catalogue number of each international designator that some message gives."""
    items = [item for m in messages for item in (m.object1, m.object2)]
    return {
        item.international_designator: item.designator.strip().lstrip("0")
        for item in items
        if _is_number(item) and _DESIGNATOR.fullmatch(item.international_designator)
    }


def _is_number(item: ConjunctionObject) -> bool:
    return _NUMBER.fullmatch(item.designator.strip()) is not None


def _key(item: ConjunctionObject, numbers: Mapping[str, str]) -> tuple[str, str]:
    if _is_number(item):
        return "", item.designator.strip().lstrip("0")
    international = item.international_designator
    if _DESIGNATOR.fullmatch(international):
        return (
            ("", numbers[international]) if international in numbers else ("COSPAR", international)
        )
    return item.catalogue.upper(), item.designator.strip().upper()


def _without_copies(
    group: Sequence[ConjunctionMessage],
) -> list[tuple[ConjunctionMessage, tuple[str, ...]]]:
    """Return each message once, by creation, with originator and id of those that repeat it."""
    same: dict[Hashable, list[ConjunctionMessage]] = defaultdict(list)
    for message in sorted(group, key=lambda m: (m.created_utc, m.message_id)):
        same[_content(message)].append(message)
    return [
        (found[0], tuple(f"{m.originator} {m.message_id}".strip() for m in found[1:]))
        for found in same.values()
    ]


def _content(message: ConjunctionMessage) -> Hashable:
    """Return what a message says of the encounter, whoever sent it, objects in either order."""
    states = frozenset(
        (item.state.position_km, item.state.velocity_km_s, item.state.covariance_rtn_km2)
        for item in (message.object1, message.object2)
        if item.state is not None
    )
    if states:
        return message.tca_utc, round(message.miss_km, 6), states
    return message.tca_utc, message.miss_km, message.collision_probability, message.created_utc


def _event(
    messages: Sequence[EventMessage], as_of_utc: np.datetime64, rule: EventRule
) -> ConjunctionEvent:
    latest = messages[-1]
    own = [one for one in messages if one.message.originator == latest.message.originator]
    drift_s = None
    if len(own) > 1:
        moved = own[-1].message.tca_utc - own[-2].message.tca_utc
        drift_s = float(moved / np.timedelta64(1, "s"))
    step = _step(latest, as_of_utc, rule)
    return ConjunctionEvent(
        messages=tuple(messages),
        trend=_trend(own, rule),
        tca_drift_s=drift_s,
        attention=_attention(step),
        step=step,
        reality=combined_reality(one.message.reality for one in messages),
    )


def _trend(own: Sequence[EventMessage], rule: EventRule) -> Trend:
    """Compare the last two messages by probability, else by miss in sigmas, else by miss.

    Probabilities that are both negligible are not compared: they say nothing of what changed.
    """
    if len(own) < 2:
        return Trend.FIRST
    least = rule.negligible_probability
    scales = ((_computed, least), (_reported, least), (_nearness, 0.0), (_inverse_miss, 0.0))
    for risk, floor in scales:
        was, is_now = risk(own[-2]), risk(own[-1])
        if was is None or is_now is None or max(was, is_now) <= floor:
            continue
        if max(is_now, floor) >= rule.change_factor * max(was, floor):
            return Trend.RISING
        if max(was, floor) >= rule.change_factor * max(is_now, floor):
            return Trend.FALLING
        return Trend.STEADY
    return Trend.STEADY


def _usable(one: EventMessage) -> bool:
    """Tell whether what the states imply may be used."""
    return one.measures is not None and not one.contradicts_itself


def _computed(one: EventMessage) -> float | None:
    is_computed = one.estimate.pc_type is ProbabilityType.COMPUTED
    return one.estimate.pc if is_computed else None


def _reported(one: EventMessage) -> float | None:
    return one.message.collision_probability


def _nearness(one: EventMessage) -> float | None:
    distance = one.measures.mahalanobis if one.measures is not None and _usable(one) else None
    return 1.0 / distance if distance else None


def _inverse_miss(one: EventMessage) -> float | None:
    return 1.0 / one.message.miss_km if one.message.miss_km > 0.0 else None


def _worst(one: EventMessage) -> float | None:
    stated = [p for p in (_computed(one), _reported(one)) if p is not None]
    return max(stated, default=None)


def _step(latest: EventMessage, as_of_utc: np.datetime64, rule: EventRule) -> EventStep:
    probability = _worst(latest)
    if latest.message.tca_utc < as_of_utc:
        return EventStep.PASSED
    if probability is not None and probability >= rule.act_probability:
        return EventStep.DECIDE
    if latest.contradicts_itself:
        return EventStep.ASK_ORIGINATOR
    if latest.estimate.conclusion is Conclusion.NO_CONCLUSION:
        return _towards_a_conclusion(latest, rule)
    watched = max(probability or 0.0, latest.estimate.pc or 0.0) >= rule.watch_probability
    return EventStep.WAIT if watched else EventStep.NOTHING


def _towards_a_conclusion(one: EventMessage, rule: EventRule) -> EventStep:
    """Return what would lead to a conclusion where there is none."""
    found, estimate = one.measures, one.estimate
    if found is None:
        return EventStep.WAIT
    if found.radius is None:
        return EventStep.GIVE_RADIUS
    if estimate.pc_type in (ProbabilityType.REPORTED, ProbabilityType.NONE):
        at_fault = estimate.violations & UsageViolation.NOT_POSITIVE_DEFINITE
        too_long = estimate.violations and not at_fault
        return EventStep.COMPARE_EPHEMERIDES if too_long else EventStep.ASK_FOR_TRACKING
    if estimate.method is CollisionMethod.PLANE:
        could_act = (found.maximum_probability or 0.0) >= rule.act_probability
        return EventStep.ASK_FOR_TRACKING if could_act else EventStep.WAIT
    return EventStep.ASK_FOR_TRACKING


def _attention(step: EventStep) -> Attention:
    match step:
        case EventStep.DECIDE:
            return Attention.LOOK
        case EventStep.PASSED | EventStep.NOTHING:
            return Attention.LOG
        case _:
            return Attention.WATCH


def _order(event: ConjunctionEvent) -> tuple[int, float, np.datetime64]:
    urgency = (Attention.LOOK, Attention.WATCH, Attention.LOG).index(event.attention)
    return urgency, -(_worst(event.latest) or 0.0), event.tca_utc
