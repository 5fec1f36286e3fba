"""What speaks for and against each way in which something may have come apart; no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class CauseKind(Enum):
    """Ways of coming apart, always shown side by side."""

    CONJUNCTION = "collision with a catalogued object"
    EXPLOSION = "rupture from within"
    TEST = "struck by something launched for it"


class Sign(Enum):
    """An observation that bears on a cause."""

    OTHER_CLOUD = "a second cloud from another plane parted at the same point and time"
    NO_OTHER_CLOUD = "no second cloud parted at that point and time"
    PASSES = "catalogued objects passed the point near that moment"
    NO_PASS = "no catalogued object passed the point near that moment"
    EVEN = "pieces were thrown forward and backward alike"
    ONE_SIDED = "pieces were thrown to one side"
    SPEEDS_OF_EXPLOSIONS = "speeds as in explosions"
    SPEEDS_OF_COLLISIONS = "speeds as in collisions"
    LOW_ENERGY = "little energy"
    HIGH_ENERGY = "much energy"
    NEW_LAUNCH = "the launch was days old: propellant may have been left"
    NOT_RESOLVED = "the moment is not known well enough to look for passes"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign with its numbers."""

    sign: Sign
    values: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Cause:
    """A way of coming apart, with what speaks for it and what against."""

    kind: CauseKind
    speaks_for: tuple[Evidence, ...]
    speaks_against: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PassesAtPoint:
    """Catalogued objects that passed the common point near the moment."""

    norad_ids: tuple[int, ...]
    """Within the distance and time looked at, the nearest in time first."""
    expected_by_chance: float
    """How many would, with phases left to chance: the base rate."""
    within_km: float
    within_min: float
