"""Sweeps: many drawn scripts, how each fared, and the curves of detection that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from hoshimori.model.finding import Interval
from hoshimori.model.scenarios import Scenario


class DrawKind(Enum):
    """What happens in a drawn script."""

    BURN = "burn"
    SLOW_THRUST = "slow-thrust"
    SHADOW = "shadow"
    """Comes into the plane of another and stays at a distance along the track."""
    INSPECT = "inspect"
    """Goes round another."""
    FLY_BY = "fly-by"
    RELEASE = "release"
    BREAK_UP = "break-up"
    LOSS = "loss"
    LAUNCH = "launch"
    """Into the plane of another."""
    RE_ENTRY = "re-entry"


class DrawRegime(Enum):
    """Where it happens."""

    LOW = "low"
    HIGH_LOW = "high-low"
    """Low orbits that the air hardly reaches, from 700 km on."""
    BELT = "belt"
    """Of geostationary satellites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One drawn script; the same for ever for a seed and a number."""

    number: int
    kind: DrawKind
    regime: DrawRegime
    trait: str
    """What tells draws of one kind apart: direction of a burn, how something comes apart."""
    values: Mapping[str, float]
    """What was drawn, by name with unit."""
    scenario: Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepRow:
    """How the machine fared with one draw."""

    number: int
    kind: DrawKind
    regime: DrawRegime
    trait: str
    values: Mapping[str, float]
    """What was drawn, and what is true of it, by name with unit."""
    verdict: str
    """As `Verdict` names it; empty where the draw does not fit the sky."""
    delay_h: float | None
    """From the first published fact to the first look that shows it, whole or in part."""
    finding: str
    """Kind of the finding that showed it."""
    rarity: float | None
    """Share of like objects that show as much by themselves, as the finding says; the least of
    all findings that showed it at that look."""
    is_parent_right: bool | None
    problem: str = ""
    """Why the draw does not fit the sky."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """What the untouched sky shows about some assets, at the looks of a draw."""

    batch: int
    regime: DrawRegime
    assets: int
    days: float
    rarities: Mapping[str, tuple[float, ...]]
    """Of every finding of a kind, each once however many looks show it, by kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Draws of about one size."""

    low: float
    high: float
    middle: float
    """Median of what was drawn."""
    count: int
    found: int
    share: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A logistic curve in the logarithm of a size, and the sizes at which it passes two shares."""

    intercept: float
    slope: float
    half: Interval | None
    """Size found in half of the cases; None where the draws do not bracket it."""
    ninety: Interval | None
    """Size found in nine of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """How often draws of a kind are found, against one measure."""

    kind: DrawKind
    group: str
    """Regime or trait that the curve is of; empty for all."""
    measure: str
    """Name of the value on the axis, with unit."""
    count: int
    found: int
    share: Interval
    bins: tuple[Bin, ...]
    fit: Fit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How long findings took after the first published fact."""

    kind: DrawKind
    regime: DrawRegime
    count: int
    median_h: float
    ninety_h: float
    """Nine in ten were seen by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """How often the untouched sky shows findings of a kind."""

    finding: str
    regime: DrawRegime
    count: int
    asset_months: float
    per_asset_month: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingPoint:
    """What a limit of rarity finds, and how often it is reached by the sky alone."""

    rarity: float
    """Findings whose rarity is this or less count."""
    found: Interval
    per_asset_month: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingCurve:
    """The operating characteristic of a kind of finding for a kind of event."""

    kind: DrawKind
    finding: str
    count: int
    points: tuple[OperatingPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """All that a sweep tells."""

    sky: str
    seed: int
    objects: int
    rows: int
    fitting: int
    """Draws that fitted the sky."""
    curves: tuple[Curve, ...]
    delays: tuple[Delay, ...]
    alarms: tuple[Alarms, ...]
    operating: tuple[OperatingCurve, ...]
    parents: Mapping[str, tuple[int, int]]
    """Of what came of something: first candidate right, of how many seen; by kind of draw."""
    problems: Mapping[str, int]
    """Draws that did not fit the sky, by kind."""
