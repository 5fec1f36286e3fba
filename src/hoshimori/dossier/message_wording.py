"""Words for what is wrong with a conjunction message, each with its numbers."""

from __future__ import annotations

from typing import assert_never

from hoshimori.dossier.quantities import length_text, probability_text
from hoshimori.model.conjunction_event import (
    AnyCheck,
    EventStep,
    FewObservations,
    FramesDiffer,
    HugeCovariance,
    IllConditionedCovariance,
    ImpossibleCovariance,
    MissMismatch,
    OldOrbit,
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
from hoshimori.numerics.collision_choice import (
    CollisionEstimate,
    CollisionMethod,
)
from hoshimori.numerics.collision_conclusion import ProbabilityType

_THOUSAND = (950.0, 1050.0)
"""A ratio that tells of metres written as kilometres, or the other way round."""

_Contradiction = (
    TcaBeforeCreation | MissMismatch | SpeedMismatch | TcaMismatch | RelativePositionMismatch
    | RelativePositionReversed | FramesDiffer
)  # fmt: skip
_Determination = OldOrbit | ShortArc | FewObservations | RejectedResiduals | PoorFit
_Covariance = (
    ImpossibleCovariance | IllConditionedCovariance | PlaceholderCovariance | HugeCovariance
    | TinyCovariance
)  # fmt: skip


_STEPS = {
    EventStep.PASSED: "passed",
    EventStep.DECIDE: "bring the operators together now and decide",
    EventStep.ASK_ORIGINATOR: "the message contradicts itself: ask its originator before using it",
    EventStep.COMPARE_EPHEMERIDES: "no conclusion, no method holds for so long an encounter: "
    "compare ephemerides over the whole stay",
    EventStep.ASK_FOR_TRACKING: "no conclusion from this knowledge: ask for tracking",
    EventStep.GIVE_RADIUS: "nothing can be computed: give the radius of both objects (--radius-m)",
    EventStep.WAIT: "wait for the next message",
    EventStep.NOTHING: "nothing to do now",
}


def step_words(step: EventStep) -> str:
    """Return what to do next, for a human."""
    return _STEPS[step]


def estimate_words(estimate: CollisionEstimate, plane_probability: float | None) -> tuple[str, ...]:
    """Return remarks on how a probability was found and how far it carries."""
    said = []
    if estimate.method in (CollisionMethod.SINGLE_PASS, CollisionMethod.WHOLE_PASS):
        in_plane = probability_text(plane_probability)
        said.append(f"computed on curved motion: the encounter plane ({in_plane}) does not hold")
    if estimate.interval is not None:
        low, high = map(probability_text, estimate.interval)
        said.append(f"drawn orbits: {low} to {high} at 95 %")
    if estimate.pc_type is ProbabilityType.MAXIMUM:
        said.append("covariance is a guess: the most that any covariance gives is shown")
    if estimate.pc_type is ProbabilityType.REPORTED:
        said.append("probability as reported: not checked here")
    if estimate.pc_type is ProbabilityType.COMPUTED and estimate.diluted and not estimate.interval:
        said.append("probability is diluted: better tracking could raise it")
    if estimate.repaired:
        said.append("a covariance was not positive definite and was mended")
    return tuple(said)


def check_words(check: AnyCheck) -> str:
    """Return a remark for a human, as in "object 2: weighted RMS 5.2, expected up to 5"."""
    if isinstance(check, _Contradiction):
        return _contradiction(check)
    if isinstance(check, _Determination):
        return f"object {check.object_number}: {_determination(check)}"
    return f"object {check.object_number}: {_covariance(check)}"


def _contradiction(check: _Contradiction) -> str:
    match check:
        case TcaBeforeCreation():
            return f"made {check.hours:.1f} h after the encounter"
        case MissMismatch():
            stated, found = length_text(check.stated_km), length_text(check.from_states_km)
            unit = _unit(check.from_states_km, check.stated_km)
            return f"states {found} apart, but a miss of {stated} is stated{unit}"
        case SpeedMismatch():
            return (
                f"states pass at {check.from_states_km_s:.3f} km/s, but {check.stated_km_s:.3f} "
                f"is stated{_unit(check.from_states_km_s, check.stated_km_s)}"
            )
        case TcaMismatch():
            return (
                f"states are {abs(check.offset_s):.1f} s from the closest approach "
                f"({length_text(check.range_km)} apart, then {length_text(check.miss_km)})"
            )
        case RelativePositionMismatch():
            return f"the relative position is {length_text(check.off_km)} from that of the states"
        case RelativePositionReversed():
            return "the relative position has the other sign than the states"
        case FramesDiffer():
            return f"states in {check.frame_1} and {check.frame_2} cannot be compared"
        case _:
            assert_never(check)


def _unit(found: float, stated: float) -> str:
    if not stated or not found:
        return ""
    ratio = max(found / stated, stated / found)
    return " (a thousand times: wrong unit?)" if _THOUSAND[0] < ratio < _THOUSAND[1] else ""


def _determination(check: _Determination) -> str:
    match check:
        case OldOrbit():
            return (
                f"last observed {check.age_at_creation_days:.1f} days before the message, "
                f"{check.age_at_tca_days:.1f} before the encounter"
            )
        case ShortArc():
            return (
                f"orbit from {check.actual_days:.2f} days, recommended {check.recommended_days:.2f}"
            )
        case FewObservations():
            of = f" of {check.available}" if check.available is not None else ""
            return f"{check.used}{of} observations used"
        case RejectedResiduals():
            return (
                f"{check.accepted_percent:.0f} % of residuals accepted, "
                f"expected {check.limit_percent:.0f} %"
            )
        case PoorFit():
            return f"weighted RMS {check.weighted_rms:.1f}, expected up to {check.limit:.1f}"
        case _:
            assert_never(check)


def _covariance(check: _Covariance) -> str:
    match check:
        case ImpossibleCovariance():
            return "covariance not positive definite"
        case IllConditionedCovariance():
            return f"covariance ill-conditioned ({check.condition:.0e})"
        case PlaceholderCovariance():
            return f"covariance is a placeholder: {check.reason.value}"
        case HugeCovariance():
            return f"sigma {length_text(check.sigma_km)}: could be anywhere along its orbit"
        case TinyCovariance():
            return f"sigma {length_text(check.sigma_km)}: claimed better than any catalogue"
        case _:
            assert_never(check)
