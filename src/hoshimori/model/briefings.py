"""Everything that the documents of a dossier tell, in one noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.assessments import Assessment
from hoshimori.model.assets import Asset
from hoshimori.model.changes import Change
from hoshimori.model.detector import Card
from hoshimori.model.findings import AnyFinding
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Provenance, Reality


@dataclass(frozen=True, slots=True)
class DetectorUsed:
    """A detector that was asked, with its card and the settings in force."""

    card: Card
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that stands in the dossier beside the facts."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Briefing:
    """One incident with all that its documents tell, as of one moment."""

    incident: Incident
    findings: tuple[AnyFinding, ...]
    """In the order of the incident."""
    assessment: Assessment
    names: Mapping[int, str]
    assets: tuple[Asset, ...]
    as_of_utc: datetime
    composed_utc: datetime
    marking: Marking
    reality: Reality
    software: Mapping[str, str]
    """Versions of what computed."""
    enclosed: Mapping[str, int]
    """How many facts of each kind are in the dossier."""
    sources: tuple[Provenance, ...]
    detectors: tuple[DetectorUsed, ...]
    files: tuple[EnclosedFile, ...]
    title: str = ""
    """As a person gave it; empty: what the first finding says."""
    released_to: frozenset[str] | None = None
    """Of a release: partners that it was made for."""
    changes: tuple[Change, ...] = ()
