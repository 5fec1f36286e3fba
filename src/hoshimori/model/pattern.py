"""Patterns of life: in which mode an object is controlled, since when, in what cycles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.provenance import Reality


class Aspect(Enum):
    """What of an orbit is controlled; in the belt these are SPLID's directions."""

    EAST_WEST = "EW"
    NORTH_SOUTH = "NS"
    HEIGHT = "height"


class Mode(Enum):
    """In which way an aspect is controlled; the first four are SPLID's types.

    Source: Siew et al. 2023, AMOS (Satellite Pattern-of-Life Identification Dataset).
    """

    NOT_KEPT = "NK"
    CHEMICAL_KEEPING = "CK"
    """Kept by burns days to weeks apart."""
    ELECTRIC_KEEPING = "EK"
    """Kept by corrections nearly every day."""
    HYBRID_KEEPING = "HK"
    """One direction by burns days apart, the other nearly every day."""
    KEPT = "kept"
    """Kept, but the element sets are too far apart to show by what."""
    ALTITUDE_KEEPING = "altitude keeping"
    """Burns give back what the air takes."""
    PHASE_KEEPING = "phase keeping"
    """Kept so exactly that the place along the orbit stays with a steady clock (ground track)."""
    RAISING = "raising"
    LOWERING = "lowering"
    """Sinking faster than air explains, or by burns."""
    DECAY = "decay"
    """Sinking by air alone."""
    INERT = "inert"
    """No burn, and hardly any change of height."""
    UNKNOWN = "unknown"
    """The history is too short, too coarse or too noisy to tell."""


KEPT_MODES = frozenset(
    {
        Mode.CHEMICAL_KEEPING,
        Mode.ELECTRIC_KEEPING,
        Mode.HYBRID_KEEPING,
        Mode.KEPT,
        Mode.ALTITUDE_KEEPING,
        Mode.PHASE_KEEPING,
    }
)
"""Modes in which somebody holds an aspect of the orbit where it is."""


CYCLIC_MODES = frozenset({Mode.CHEMICAL_KEEPING, Mode.ALTITUDE_KEEPING, Mode.PHASE_KEEPING})
"""Modes that keep by burns days to weeks apart, so that a next burn can be expected."""


class NodeKind(Enum):
    """What happens at a node of a pattern of life, in SPLID's labels."""

    START = "SS"
    END = "ES"
    INITIATE_DRIFT = "ID"
    ADJUST_DRIFT = "AD"
    INITIATE_KEEPING = "IK"


@dataclass(frozen=True, slots=True)
class Node:
    """A moment at which the mode of an aspect changes, or at which the data begin or end."""

    at_utc: datetime
    aspect: Aspect
    kind: NodeKind
    mode: Mode
    """The mode from then on."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A time during which an aspect is controlled in one mode."""

    aspect: Aspect
    mode: Mode
    start_utc: datetime
    end_utc: datetime


@dataclass(frozen=True, slots=True)
class ExpectedBurn:
    """When the next burn is due, from the object's own past intervals, if it goes on as usual."""

    low_utc: datetime
    best_utc: datetime
    high_utc: datetime
    share: float
    """Of next burns that should fall between the ends."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """The cycle of burns with which an aspect is kept, in the newest segment."""

    aspect: Aspect
    burns: int
    """How many were seen in all."""
    period_days: tuple[float, float, float]
    """Lower quartile, median and upper quartile of the recent intervals between burns."""
    amplitude: float
    """Median size of a burn: deg/day of drift (EW), deg of inclination (NS), km of height."""
    delta_v_m_s: float
    """Median velocity change of a burn."""
    last_burn_utc: datetime
    next_burn: ExpectedBurn | None
    """None with fewer than five past intervals."""


@dataclass(frozen=True, slots=True)
class ObjectPattern:
    """The pattern of life of one object."""

    norad_id: int
    name: str
    regime: str
    start_utc: datetime
    end_utc: datetime
    element_sets: int
    """How many were used, after those nearer than some hours were thinned."""
    segments: tuple[Segment, ...]
    nodes: tuple[Node, ...]
    cycles: tuple[Cycle, ...]
    reality: Reality

    def mode(self, aspect: Aspect) -> Mode | None:
        """Return the newest mode of an aspect; None where it has none."""
        own = [s for s in self.segments if s.aspect is aspect]
        return own[-1].mode if own else None
