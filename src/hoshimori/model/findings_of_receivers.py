"""Findings about how receivers and satellite links were disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import ClassVar

from hoshimori.model.finding import Finding, Interval
from hoshimori.model.receivers import Bearing, Link, Polarisation, Quantity


class Reception(Enum):
    """How reception changed, as far as its physics tells."""

    ALL_FELL = "all signals fell together"
    """Something outside adds power in the band: noise or gain control rose, or every signal was
    lost at once while other reception went on."""
    BLANK_SPOT = "signals were shut out"
    """Some signals went and some stayed, or other radios lost reception too, or signals fell and
    the noise did not rise: something stood between, or the receiver was where nothing reaches."""
    STRONGER_ALIKE = "signals became stronger and alike"
    """C/N0 rose and became equal between satellites, and position or clock jumped."""
    ONE_SATELLITE = "one satellite fell"
    """That satellite itself, or a reflection on its path."""
    FADED = "signals faded slowly above 10 GHz"
    """As rain does: minutes, no more noise than wet air radiates."""
    SLOW_CHANGE = "reception changed over days"
    """Ageing, growth of plants, seasons; something that stays."""
    UNCLEAR = "not told apart"


@dataclass(frozen=True, slots=True)
class QuantityChange:
    """One quantity during a disturbance against what was usual just before."""

    quantity: Quantity
    usual: float
    """Median of the receiver's own quiet samples before."""
    spread: float
    """One sigma of them, robust."""
    during: Interval
    """Median, with its 95 % interval."""
    samples: int


@dataclass(frozen=True, slots=True)
class ReceptionPoint:
    """One point of the course of the leading quantity, for drawing."""

    time_utc: datetime
    value: float
    disturbed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverInterference(Finding):
    """Reception of one receiver or satellite link was disturbed for some time.

    One of the three forms of the kind *interference*. `objects` names the satellite of the link;
    empty where signals of many are received.
    """

    kind: ClassVar[str] = "interference"

    receiver: str
    link: Link
    band: str
    polarisation: Polarisation
    bearing: Bearing
    reception: Reception
    leading: Quantity
    """What changed most for its own noise; depth and course are of it."""
    depth: Interval
    """Change of the leading quantity in its unit (of bit errors in decades), down or up."""
    changes: tuple[QuantityChange, ...]
    """Of everything measured, the leading quantity first."""
    fallen: tuple[str, ...]
    """Satellites that fell or were lost, where they are told apart."""
    tracked_before: int
    """Satellites that were tracked before, where they are told apart."""
    lost_share: float | None
    """Share of the samples in which nothing was tracked; None where that is not measured."""
    rise_s: float
    """How long it took from usual to half the depth."""
    goes_on: bool
    """Whether it had not ended with the last sample."""
    course: tuple[ReceptionPoint, ...]
    quiet_h: float
    """Hours of the receiver's own quiet samples before."""
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    """Where the receiver said that it was in the last quiet sample before: while it is disturbed
    it may not know. None where no place is stated."""
