"""What a screening finds and what it could not see: conjunctions and stays as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from hoshimori.model.elements import Column
from hoshimori.model.findings import Relation
from hoshimori.model.provenance import Reality
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: Any) -> Self:
        """Return the chosen rows (indices, mask or slice), in the order given."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Conjunctions(_Columns):
    """Closest approaches, one row each, by time."""

    object_1: Column
    """Catalogue number (int64): the primary, else the lower of both."""
    object_2: Column
    name_1: Column
    name_2: Column
    tca_utc: Column
    """Time of closest approach (datetime64[us])."""
    miss_km: Column
    miss_rtn_km: Column
    """Second object as seen from the first, in the first's RTN frame, shape (n, 3)."""
    speed_km_s: Column
    """Relative speed."""
    relation: Column
    """Place in `relations.RELATIONS`."""
    at_window_edge: Column
    """The pair is near at the edge of the window; the true closest approach lies outside."""
    age_1_days: Column
    """Age of the elements at the closest approach; negative before their epoch."""
    age_2_days: Column
    errors_1: Column
    """What the errors assumed of the first object rest on: codes of `CovarianceOrigin`."""
    errors_2: Column
    sigma_km: Column
    """One sigma of the miss, from the errors assumed."""
    hard_body_radius_km: Column
    """Of both objects together."""
    pc: Column
    """Probability of collision, NaN for none."""
    pc_type: Column
    """Codes of `ProbabilityType`."""
    is_diluted: Column
    conclusion: Column
    """Codes of `Conclusion`."""


@dataclass(frozen=True, slots=True, eq=False)
class PairStays(_Columns):
    """Continuous stays of pairs below the threshold, one row each, by start."""

    object_1: Column
    object_2: Column
    name_1: Column
    name_2: Column
    start_utc: Column
    end_utc: Column
    closest_utc: Column
    closest_km: Column
    minima: Column
    """How many minima of range the stay has."""
    open_start: Column
    """It began before the window."""
    open_end: Column
    relation: Column


@dataclass(frozen=True, slots=True)
class DockedPair:
    """Two objects that a catalogue gives one and the same element set; no distance is measured."""

    object_1: int
    object_2: int
    name_1: str
    name_2: str


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Conjunctions, pairs and stays of one relation."""

    conjunctions: int
    pairs: int
    stays: int


@dataclass(frozen=True, slots=True)
class ScreenCounts:
    """How many rows of which kind."""

    conjunctions: int
    pairs: int
    stays: int
    docked: int
    at_window_edge: int
    by_relation: Mapping[str, ClassCount]
    by_pc_type: Mapping[str, int]
    by_conclusion: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScreenCoverage:
    """What could have been seen, so that silence means something."""

    catalogued: int
    """Objects that the catalogue holds, or ephemerides beside it."""
    screened: int
    too_old: int
    """Left out: the newest element set is too old to tell where they are."""
    refused: int
    """Left out: SGP4 has no state at the start of the window."""
    decaying: int
    """Screened up to the moment at which they cannot be propagated, or their ephemeris ends."""
    rejected: int
    """Records of the catalogue that could not be read."""
    primaries_missing: tuple[int, ...]
    """Primaries that were asked for and not screened."""
    element_age_days_median: float
    """At the start of the window, of what was screened."""
    element_age_days_p90: float
    older_than_five_days: int
    radius_known: int
    """Objects whose hard-body radius is known; the others have a default of their kind."""
    objects_with_rows: int = 0
    """Objects that have a conjunction: only their errors are judged."""
    errors_of_own_history: int = 0
    """How many of these by their own history; the others have their class's."""


@dataclass(frozen=True, slots=True)
class ScreenSummary:
    """What was asked, what was found and what could not be seen."""

    start_utc: datetime
    end_utc: datetime
    days: float
    threshold_km: float
    primaries: int | None
    """How many objects were screened against all; None where all were."""
    reality: Reality
    catalogue: str
    """Where the elements come from, for people."""
    catalogue_sha256: str
    """Of the elements that were screened, whatever file they came in."""
    device: str
    """What searched: ``cpu`` or ``cuda``."""
    counts: ScreenCounts
    coverage: ScreenCoverage
    docked: tuple[DockedPair, ...]


@dataclass(frozen=True, slots=True)
class ClosePass:
    """The closest of all conjunctions of one pair, and how many there are."""

    object_1: int
    object_2: int
    name_1: str
    name_2: str
    tca_utc: datetime
    miss_km: float
    sigma_km: float
    speed_km_s: float
    relation: Relation
    at_window_edge: bool
    pc: float | None
    pc_type: ProbabilityType
    conclusion: Conclusion
    passes: int
