"""The watch board: what a watch found, what is coming, and what it could not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.alerts import AlertTally
from hoshimori.model.assets import Asset
from hoshimori.model.findings import AnyFinding, Interval
from hoshimori.model.incidents import Attention, Incident
from hoshimori.model.markings import Marking
from hoshimori.model.planted import Planted
from hoshimori.model.provenance import Provenance, Reality


@dataclass(frozen=True, slots=True)
class DetectorRun:
    """How one detector fared; one that failed is a line on the board, not a crash."""

    detector: str
    findings: int
    problem: str = ""
    is_asked: bool = True
    """Whether it was asked; one that keeps running past its limit is left out of some watches."""
    stands_from_utc: datetime | None = None
    """Of what moment are its findings that stand on the board, where it gave none this time."""


@dataclass(frozen=True, slots=True)
class AssetCoverage:
    """What could be seen of one asset."""

    norad_id: int
    element_age_days: float | None
    """None where the picture holds no element set of it."""
    along_track_sigma_km: float | None
    """One-sigma error expected of its elements at the moment of the picture."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What could have been seen, so that silence means something."""

    objects: int
    left_out: int
    """Objects whose newest element set is too old to tell where they are."""
    not_propagated: int
    """Objects whose elements SGP4 refuses or that decayed before the moment of the picture."""
    element_age_days_median: float | None
    """None where no orbit is known."""
    element_age_days_p90: float | None
    older_than_five_days: int
    element_age_histogram: tuple[tuple[float, float, int], ...]
    """Bins of element age in days: from, to, number of objects."""
    assets: tuple[AssetCoverage, ...]
    element_sets: int
    """Rows of history at hand; with one set per object no manoeuvre can be seen."""
    objects_on_board: int = 0
    """Assets and objects of findings: only their errors are judged."""
    errors_of_own_history: int = 0
    """How many of these by their own history; the others have their class's."""


@dataclass(frozen=True, slots=True)
class AttentionRate:
    """How many incidents of one degree of attention a watch raised, per asset and month."""

    attention: Attention
    incidents: int
    per_asset_month: Interval


@dataclass(frozen=True, slots=True)
class WatchBoard:
    """The result of one watch."""

    as_of_utc: datetime
    days_ahead: float
    assets: tuple[Asset, ...]
    incidents: tuple[Incident, ...]
    """Those that want attention soonest first."""
    findings: tuple[AnyFinding, ...]
    coverage: Coverage
    runs: tuple[DetectorRun, ...]
    provenances: tuple[Provenance, ...]
    reality: Reality
    names: Mapping[int, str]
    """Names of the objects on the board."""
    rates: tuple[AttentionRate, ...] = ()
    story: tuple[Planted, ...] = ()
    """What was planted, where the sky is a made one."""
    marking: Marking | None = None
    """Of all sources together; None where nobody states one."""
    alerts: AlertTally | None = None
    """How alerts fare against their budget; None where nobody is alerted."""
