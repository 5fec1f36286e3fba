"""What every finding carries: intervals, base rates, confidence, basis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Self

from hoshimori.model.provenance import Reality
from hoshimori.numerics.rates import share_interval


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured value with the interval that holds it (about 95 %); never shown as a point."""

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.best <= self.high:
            raise ValueError(f"not an interval: {self.low} <= {self.best} <= {self.high}")


class Confidence(Enum):
    """How far the data carry a statement; apart from how likely it is (ICD 203)."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often comparable objects show at least as much, counted in the same catalogue."""

    regime: str
    """The orbit regime of the objects compared, for example ``GEO`` or ``LEO``."""
    compared: int
    """How many objects (or object-windows) were compared."""
    share: Interval
    """Share of them that show at least as much, with its 95 % interval."""
    window_days: float | None = None
    """Within how long a time they show it; at a given moment where None."""

    @classmethod
    def counted(
        cls, regime: str, count: int, compared: int, window_days: float | None = None
    ) -> Self:
        """Return the rate that `count` of `compared` objects give."""
        return cls(regime, compared, Interval(*share_interval(count, compared)), window_days)


class Relation(Enum):
    """What makes two objects belong together, as far as catalogues show; not a cause for alarm."""

    UNRELATED = "unrelated"
    SAME_LAUNCH = "same launch"
    SAME_CONSTELLATION = "same constellation"
    FORMATION = "formation"
    """They stay near one another for a revolution and more, and nothing above says why."""
    DOCKED = "docked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What every finding carries."""

    finding_id: str
    """Digest of detector, settings, objects and basis: the same picture gives the same id."""
    detector: str
    """Name and version of the detector, for example ``proximity/1``."""
    objects: tuple[int, ...]
    """Catalogue numbers, the asset first."""
    start_utc: datetime
    end_utc: datetime
    base_rate: BaseRate
    confidence: Confidence
    confidence_because: str
    """What limits the confidence, in a few words."""
    basis: tuple[str, ...]
    """Digests of the facts that the finding rests on."""
    reality: Reality


def kind_of(finding: Finding) -> str:
    """Return the name of a finding's kind, as in ``geo_neighbour``."""
    return kind_name(type(finding))


def kind_name(kind: type[Finding]) -> str:
    """Return the name of a kind of finding, as in ``geo_neighbour``; what has two forms says it."""
    stated = getattr(kind, "kind", None)
    if isinstance(stated, str):
        return stated
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
