"""Warnings that speak of one encounter: what each says, whether it holds together, and the trend.

Everything here is physics and bookkeeping. Kilometres, kilometres per second, radians and seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import Reality
from hoshimori.numerics.collision_choice import CollisionEstimate


class RadiusSource(Enum):
    """Where a combined hard-body radius comes from."""

    MESSAGE = "stated for both objects together"
    OBJECTS = "the sum of those of the objects"
    AREAS = "from the areas that the message states"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class HardBodyRadius:
    """A combined hard-body radius and where it comes from."""

    radius_km: float
    source: RadiusSource


@dataclass(frozen=True, slots=True)
class MessageMeasures:
    """What the two states of a message imply for straight motion past one another."""

    range_km: float
    """Between the states as given."""
    miss_km: float
    """At the closest approach of the straight lines."""
    tca_offset_s: float
    """From the states to that closest approach."""
    speed_km_s: float
    position_rtn_km: tuple[float, float, float]
    """Of object 2 seen from object 1, in object 1's radial, transverse, normal axes."""
    miss_sigma_km: float | None
    """One sigma of the miss: the longest axis of the error ellipse across the motion."""
    mahalanobis: float | None
    """The miss in units of its error."""
    radius: HardBodyRadius | None
    plane_probability: float | None
    """In the encounter plane, whether or not its limits hold; None without radius or covariance."""
    maximum_probability: float | None
    """What no covariance whatever can exceed for this miss in that plane."""


@dataclass(frozen=True, slots=True)
class OldOrbit:
    """The last observation is long past."""

    object_number: int
    age_at_creation_days: float
    age_at_tca_days: float
    limit_days: float


@dataclass(frozen=True, slots=True)
class ShortArc:
    """Fewer days of observations were used than recommended."""

    object_number: int
    actual_days: float
    recommended_days: float


@dataclass(frozen=True, slots=True)
class FewObservations:
    """Few observations were used, or few of those that there were."""

    object_number: int
    used: int
    available: int | None


@dataclass(frozen=True, slots=True)
class RejectedResiduals:
    """Many residuals were rejected."""

    object_number: int
    accepted_percent: float
    limit_percent: float


@dataclass(frozen=True, slots=True)
class PoorFit:
    """The orbit fits its observations badly."""

    object_number: int
    weighted_rms: float
    limit: float


@dataclass(frozen=True, slots=True)
class ImpossibleCovariance:
    """The covariance of position is not positive definite."""

    object_number: int
    smallest_eigenvalue_km2: float


@dataclass(frozen=True, slots=True)
class IllConditionedCovariance:
    """The longest axis of the error ellipsoid is absurdly longer than the shortest."""

    object_number: int
    condition: float


class Placeholder(Enum):
    """Why a covariance looks as if nobody had computed it."""

    DECLARED = "the message says it is a default"
    ZERO = "it is zero"
    DIAGONAL = "it has no correlations at all"


@dataclass(frozen=True, slots=True)
class PlaceholderCovariance:
    """The covariance is a guess."""

    object_number: int
    reason: Placeholder


@dataclass(frozen=True, slots=True)
class HugeCovariance:
    """An object could be anywhere along a good part of its orbit."""

    object_number: int
    sigma_km: float
    limit_km: float


@dataclass(frozen=True, slots=True)
class TinyCovariance:
    """A position is claimed to be better known than any catalogue knows it."""

    object_number: int
    sigma_km: float
    limit_km: float


@dataclass(frozen=True, slots=True)
class TcaBeforeCreation:
    """The encounter was over when the message was written."""

    hours: float


@dataclass(frozen=True, slots=True)
class MissMismatch:
    """The stated miss distance is not the distance between the states."""

    stated_km: float
    from_states_km: float


@dataclass(frozen=True, slots=True)
class SpeedMismatch:
    """The stated relative speed is not that of the states."""

    stated_km_s: float
    from_states_km_s: float


@dataclass(frozen=True, slots=True)
class TcaMismatch:
    """The states are not at the closest approach."""

    offset_s: float
    range_km: float
    miss_km: float


@dataclass(frozen=True, slots=True)
class RelativePositionMismatch:
    """The stated relative position points elsewhere than the states."""

    off_km: float


@dataclass(frozen=True, slots=True)
class RelativePositionReversed:
    """The stated relative position is that of object 1 seen from object 2."""


@dataclass(frozen=True, slots=True)
class FramesDiffer:
    """The states are in different frames and cannot be compared."""

    frame_1: str
    frame_2: str


AnyCheck = (
    OldOrbit | ShortArc | FewObservations | RejectedResiduals | PoorFit | ImpossibleCovariance
    | IllConditionedCovariance | PlaceholderCovariance | HugeCovariance | TinyCovariance
    | TcaBeforeCreation | MissMismatch | SpeedMismatch | TcaMismatch | RelativePositionMismatch
    | RelativePositionReversed | FramesDiffer
)  # fmt: skip

CONTRADICTIONS = (
    TcaBeforeCreation, MissMismatch, SpeedMismatch, TcaMismatch, RelativePositionMismatch,
    FramesDiffer,
)  # fmt: skip
"""Checks that say that a message contradicts itself."""


def is_contradiction(checks: tuple[AnyCheck, ...]) -> bool:
    """Tell whether checks say that a message contradicts itself."""
    return any(isinstance(check, CONTRADICTIONS) for check in checks)


@dataclass(frozen=True, slots=True)
class EventMessage:
    """One message of an event, with what follows from it."""

    message: ConjunctionMessage
    measures: MessageMeasures | None
    """None where the message has no states, or not in one frame."""
    checks: tuple[AnyCheck, ...]
    """What is wrong with it."""
    estimate: CollisionEstimate
    """Which probability of collision may be stated of it, and what that supports."""
    copies: tuple[str, ...] = ()
    """Originator and id of messages that say the same."""

    @property
    def contradicts_itself(self) -> bool:
        """Tell whether what its states imply may not be used."""
        return is_contradiction(self.checks)


class Trend(Enum):
    """Where the risk of an event is going, from its last two messages."""

    FIRST = "first message"
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


class EventStep(Enum):
    """What to do next about an event."""

    PASSED = "passed"
    DECIDE = "decide"
    """Probable enough to act."""
    ASK_ORIGINATOR = "ask originator"
    """The message contradicts itself."""
    COMPARE_EPHEMERIDES = "compare ephemerides"
    """No method holds: they stay together, or come back before they have parted."""
    ASK_FOR_TRACKING = "ask for tracking"
    """Too little is known for a conclusion."""
    GIVE_RADIUS = "give radius"
    WAIT = "wait"
    """For the next message."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ConjunctionEvent:
    """All messages about one encounter of two objects, in the order in which they were made."""

    messages: tuple[EventMessage, ...]
    trend: Trend
    tca_drift_s: float | None
    """By how much the last message of the latest originator moved the encounter; None for one."""
    attention: Attention
    step: EventStep
    reality: Reality

    @property
    def latest(self) -> EventMessage:
        """Return the message that was made last."""
        return self.messages[-1]

    @property
    def copies(self) -> int:
        """Return how many messages repeated another."""
        return sum(len(one.copies) for one in self.messages)

    @property
    def tca_utc(self) -> np.datetime64:
        """Return the closest approach as the latest message has it."""
        return self.latest.message.tca_utc
