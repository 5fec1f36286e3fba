"""What the cards of detectors quote of a sweep: what size is found how often, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from hoshimori.model.finding import Interval
from hoshimori.model.sweeps import DrawKind
from hoshimori.numerics.rates import share_interval

SIZE_OF: Mapping[DrawKind, str] = MappingProxyType(
    {
        DrawKind.BURN: "delta_v_m_s",
        DrawKind.SLOW_THRUST: "delta_v_m_s",
        DrawKind.SHADOW: "range_km",
        DrawKind.INSPECT: "range_km",
        DrawKind.FLY_BY: "range_km",
        DrawKind.RELEASE: "delta_v_m_s",
        DrawKind.BREAK_UP: "pieces",
        DrawKind.LOSS: "cadence_h",
        DrawKind.LAUNCH: "plane_deg",
        DrawKind.RE_ENTRY: "falls_days",
    }
)
"""Measure, with unit, by which an event of a kind is small or great."""


@dataclass(frozen=True, slots=True)
class QuotedCurve:
    """How often draws of a kind are found by the detectors that it tests, against its size."""

    kind: DrawKind
    group: str
    """Regime, or regime and trait, as in `Curve`; empty for all."""
    low: float
    """The least that was drawn."""
    high: float
    """The most that was drawn."""
    count: int
    found: int
    half: Interval | None
    """Size found in half of the cases; None where the draws do not bracket it."""
    ninety: Interval | None
    """Size found in nine of ten."""

    @property
    def share(self) -> Interval:
        """Return the share found, with its interval."""
        return Interval(*share_interval(self.found, self.count))


@dataclass(frozen=True, slots=True)
class QuotedShare:
    """How often findings of one detector were the first to show draws of a kind, at what cost."""

    kind: DrawKind
    count: int
    shown: int
    raised_a_month: Interval
    """What the untouched sky raises by itself, a month of one asset."""

    @property
    def share(self) -> Interval:
        """Return the share shown, with its interval."""
        return Interval(*share_interval(self.shown, self.count))


@dataclass(frozen=True, slots=True)
class QuotedSweep:
    """A sweep as one card quotes it."""

    sky: str
    objects: int
    measured_on: date
    curves: tuple[QuotedCurve, ...]
    shares: tuple[QuotedShare, ...]
