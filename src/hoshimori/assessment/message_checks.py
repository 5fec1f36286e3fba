"""Whether a conjunction message holds together, and how good the knowledge behind it is.

Limits on residuals, weighted RMS and sigma along the track are those of NASA CARA's assessment of
orbit determinations (CARA Analysis Tools, July 2019), and so is the age at creation, the middle one
of its three. The others are chosen here: rounding of stated numbers, a condition beyond what a
ratio of a million between axes can explain, and shares of observations that one would ask about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hoshimori.assessment.message_measures import is_orbit, same_frame
from hoshimori.model.conjunction_event import (
    AnyCheck,
    FewObservations,
    FramesDiffer,
    HugeCovariance,
    IllConditionedCovariance,
    ImpossibleCovariance,
    MessageMeasures,
    MissMismatch,
    OldOrbit,
    Placeholder,
    PlaceholderCovariance,
    PoorFit,
    RejectedResiduals,
    RelativePositionMismatch,
    RelativePositionReversed,
    ShortArc,
    SpeedMismatch,
    TcaBeforeCreation,
    TcaMismatch,
    TinyCovariance,
)
from hoshimori.model.conjunction_message import ConjunctionMessage, ConjunctionObject, Vector

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """From where on something is remarked upon."""

    oldest_at_creation_days: float = 5.0
    oldest_at_tca_days: float = 10.0
    shortest_arc_share: float = 0.75
    fewest_observations: int = 10
    least_used_share: float = 0.5
    least_accepted_percent: float = 80.0
    largest_rms_payload: float = 1.5
    largest_rms_rocket_body: float = 2.0
    largest_rms_debris: float = 5.0
    """Also of what is not known to be anything else."""
    largest_condition: float = 1e12
    largest_sigma_revolutions: float = 0.125
    smallest_sigma_km: float = 1e-3
    rounding_km: float = 1.5e-3
    """Of distances, and per second of speeds: messages often give whole metres."""
    rounding_share: float = 0.01


DEFAULT_LIMITS = CheckLimits()


def checks_of(
    message: ConjunctionMessage,
    measures: MessageMeasures | None,
    limits: CheckLimits = DEFAULT_LIMITS,
) -> tuple[AnyCheck, ...]:
    """Return what is wrong with a message: contradictions first, then each object's knowledge."""
    found = [*_contradictions(message, measures, limits)]
    for number, item in enumerate((message.object1, message.object2), 1):
        found += _determination(message, item, number, limits)
        found += _covariance(item, number, limits)
    return tuple(found)


def _contradictions(
    message: ConjunctionMessage, measures: MessageMeasures | None, limits: CheckLimits
) -> Iterator[AnyCheck]:
    late = (message.created_utc - message.tca_utc) / np.timedelta64(1, "h")
    if late > 0:
        yield TcaBeforeCreation(float(late))
    one, two = message.object1.state, message.object2.state
    if one is not None and two is not None and not same_frame(one, two):
        yield FramesDiffer(one.frame, two.frame)
    if measures is None:
        return
    if _differ(message.miss_km, measures.range_km, limits):
        yield MissMismatch(message.miss_km, measures.range_km)
    elif message.relative_position_rtn_km is not None:
        yield from _relative_position(message.relative_position_rtn_km, measures, limits)
    stated = message.relative_speed_km_s
    if stated is not None and _differ(stated, measures.speed_km_s, limits):
        yield SpeedMismatch(stated, measures.speed_km_s)
    if _differ(measures.miss_km, measures.range_km, limits):
        yield TcaMismatch(measures.tca_offset_s, measures.range_km, measures.miss_km)


def _relative_position(
    stated_rtn_km: Vector, measures: MessageMeasures, limits: CheckLimits
) -> Iterator[AnyCheck]:
    range_km = measures.range_km
    off_km, reversed_km = (
        float(
            np.linalg.norm(np.subtract(stated_rtn_km, np.multiply(sign, measures.position_rtn_km)))
        )
        for sign in (1.0, -1.0)
    )
    if _differ(range_km, range_km + off_km, limits):
        same = not _differ(range_km, range_km + reversed_km, limits)
        yield RelativePositionReversed() if same else RelativePositionMismatch(off_km)


def _differ(stated: float, found: float, limits: CheckLimits) -> bool:
    return abs(stated - found) > max(limits.rounding_km, limits.rounding_share * abs(stated))


def _determination(
    message: ConjunctionMessage, item: ConjunctionObject, number: int, limits: CheckLimits
) -> Iterator[AnyCheck]:
    known = item.orbit_determination
    last = known.last_observations_end_utc
    if last is not None:
        created, tca = (float((t - last) / _DAY) for t in (message.created_utc, message.tca_utc))
        if created > limits.oldest_at_creation_days or tca > limits.oldest_at_tca_days:
            yield OldOrbit(number, created, tca, limits.oldest_at_creation_days)
    actual, recommended = known.actual_span_days, known.recommended_span_days
    if actual is not None and recommended and actual < limits.shortest_arc_share * recommended:
        yield ShortArc(number, actual, recommended)
    used, available = known.observations_used, known.observations_available
    if used is not None and (
        used < limits.fewest_observations or used < limits.least_used_share * (available or 0)
    ):
        yield FewObservations(number, used, available)
    accepted = known.residuals_accepted_percent
    if accepted is not None and accepted < limits.least_accepted_percent:
        yield RejectedResiduals(number, accepted, limits.least_accepted_percent)
    largest = _largest_rms(item, limits)
    if known.weighted_rms is not None and known.weighted_rms > largest:
        yield PoorFit(number, known.weighted_rms, largest)


def _largest_rms(item: ConjunctionObject, limits: CheckLimits) -> float:
    match item.object_type:
        case "PAYLOAD":
            return limits.largest_rms_payload
        case "ROCKET BODY":
            return limits.largest_rms_rocket_body
        case _:
            return limits.largest_rms_debris


def _covariance(item: ConjunctionObject, number: int, limits: CheckLimits) -> Iterator[AnyCheck]:
    if item.state is None or not is_orbit(item.state):
        return
    covariance = np.array(item.state.covariance_rtn_km2)
    reason = _placeholder(item, covariance)
    if reason is not None:
        yield PlaceholderCovariance(number, reason)
    if reason is Placeholder.ZERO:
        return
    eigenvalues = np.linalg.eigvalsh(covariance[:3, :3])
    smallest, largest = float(eigenvalues[0]), float(eigenvalues[-1])
    if smallest <= 0.0:
        yield ImpossibleCovariance(number, smallest)
    elif largest / smallest > limits.largest_condition:
        yield IllConditionedCovariance(number, largest / smallest)
    sigma_km = float(np.sqrt(max(largest, 0.0)))
    orbit_km = 2.0 * np.pi * float(np.linalg.norm(item.state.position_km))
    huge_km = limits.largest_sigma_revolutions * orbit_km
    if sigma_km > huge_km:
        yield HugeCovariance(number, sigma_km, huge_km)
    if sigma_km < limits.smallest_sigma_km:
        yield TinyCovariance(number, sigma_km, limits.smallest_sigma_km)


def _placeholder(
    item: ConjunctionObject, covariance: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> Placeholder | None:
    if item.covariance_method == "DEFAULT":
        return Placeholder.DECLARED
    if not covariance[:3, :3].any():
        return Placeholder.ZERO
    if not (covariance - np.diag(np.diag(covariance))).any():
        return Placeholder.DIAGONAL
    return None
