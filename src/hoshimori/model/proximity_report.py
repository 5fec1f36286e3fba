"""Who is, will be and was near some assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.assets import Asset
from hoshimori.model.board import DetectorRun
from hoshimori.model.findings import AnyFinding
from hoshimori.model.provenance import Provenance, Reality


@dataclass(frozen=True, slots=True)
class ProximityReport:
    """Everything that was found near assets, from the newest element sets and from histories."""

    as_of_utc: datetime
    days_ahead: float
    assets: tuple[Asset, ...]
    findings: tuple[AnyFinding, ...]
    """Proximity and GEO neighbours; those found in histories have `company`. Separations of which a
    candidate or the new object is an asset, or was near one."""
    runs: tuple[DetectorRun, ...]
    names: Mapping[int, str]
    provenances: tuple[Provenance, ...]
    reality: Reality
