"""What came apart between catalogues, with what bears on its cause and what its cloud crosses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.breakup_causes import Cause, PassesAtPoint
from hoshimori.model.findings import Breakup, Interval, ParentCandidate, Separation
from hoshimori.model.provenance import Reality


@dataclass(frozen=True, slots=True)
class Crossings:
    """How often pieces pass near an asset, a day; of catalogued pieces, and of modelled ones."""

    norad_id: int
    within_km: float
    catalogued_per_day: float
    modelled_per_day: Interval
    """All fragments of 10 cm and more by the model, from the mildest kind to the fiercest."""


@dataclass(frozen=True, slots=True)
class BreakupEvent:
    """A break-up with what follows from it."""

    parent_id: int
    time_utc: datetime
    time_sigma_s: float
    pieces: int
    candidates: tuple[ParentCandidate, ...]
    causes: tuple[Cause, ...]
    passes: PassesAtPoint | None
    crossings: tuple[Crossings, ...]
    finding: Breakup


@dataclass(frozen=True, slots=True)
class Unreported:
    """New objects that are no finding, by what they are."""

    launches: int
    deployed: int
    """Objects of launches that were not catalogued before: deployments."""
    late: int
    """Objects of older launches that share no point with others and no orbit with a known one."""


@dataclass(frozen=True, slots=True)
class BreakupReport:
    """What came apart between catalogues."""

    as_of_utc: datetime
    catalogues: tuple[str, ...]
    reality: Reality
    new_objects: int
    breakups: tuple[BreakupEvent, ...]
    separations: tuple[Separation, ...]
    unreported: Unreported
    names: Mapping[int, str]
