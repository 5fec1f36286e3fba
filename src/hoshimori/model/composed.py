"""Dossiers that a server composed: what was asked for, how far it is, what came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from hoshimori.model.changes import Change


class ComposingState(Enum):
    """How far a dossier is."""

    COMPOSING = "composing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DossierOrder:
    """What somebody asked to be composed."""

    dossier_id: str
    incident_id: str
    view_id: str
    """The view whose picture it encloses."""
    as_of_utc: datetime
    languages: tuple[str, ...]
    release_to: tuple[str, ...]
    """Partners that a copy is made for; empty: no copy."""
    title: str
    ordered_by: str
    ordered_utc: datetime


@dataclass(frozen=True, slots=True)
class ComposedFile:
    """One sealed file."""

    name: str
    byte_count: int
    sha256: str
    marking: str


@dataclass(frozen=True, slots=True)
class ComposedDossier:
    """A dossier as far as it is."""

    order: DossierOrder
    state: ComposingState
    problem: str = ""
    """Why it failed; empty where it did not."""
    reality: str = ""
    composed_utc: datetime | None = None
    whole: ComposedFile | None = None
    """For the house alone."""
    copy: ComposedFile | None = None
    """For the partners of the order."""
    withheld: int = 0
    """Facts and other items that the copy leaves out."""
    changes: tuple[Change, ...] = ()
    """Conclusions that are others in the copy; the former ones are for the house alone."""
