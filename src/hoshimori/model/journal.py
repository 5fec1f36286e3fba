"""What people decide about incidents, and whether the record of it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hoshimori.model.assessments import Decision


class DecisionKind(Enum):
    """What a human decides about."""

    FACTOR = "factor"
    GATE = "gate"
    EXPLANATION = "explanation"
    DISSENT = "dissent"
    """A view that differs; it stands beside the others and replaces none."""


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """One decision about one incident, with what the machine had proposed."""

    incident_id: str
    kind: DecisionKind
    key: str
    """``F1`` to ``F17``, ``G0`` to ``G4``, ``H0`` to ``H9``; empty for a dissent."""
    proposed: str | None
    """What the machine proposed at that time; None where it proposed nothing or was not asked."""
    decision: Decision


class ChainBreak(Enum):
    """In what way an entry of the journal does not go on from the one before."""

    MISSING = "missing"
    """Its number does not follow: entries before it are gone or were put in."""
    RELINKED = "relinked"
    """It does not name the digest of the entry before."""
    ALTERED = "altered"
    """Its content is not what its digest was made from."""


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What checking a journal from its first entry to its last showed."""

    entries: int
    """How many are held."""
    head_sha256: str
    """Digest of the last; kept elsewhere it also tells whether the end was cut off."""
    broken_at: int | None = None
    """Number of the first entry that is not as it was written."""
    problem: ChainBreak | None = None
