"""What changes when a dossier is made again from what partners may have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Conclusion(Enum):
    """What a dossier concludes, as far as it can change when evidence is withheld."""

    INCIDENT = "incident"
    """Whether the incident comes out at all."""
    LABEL = "label"
    LIKELIHOOD = "likelihood"
    CONFIDENCE = "confidence"
    FACTOR = "factor"
    GATE = "gate"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Change:
    """One conclusion that is another one without what is withheld."""

    conclusion: Conclusion
    about: str
    """Which one: ``H4``, ``F15``, ``G3``, a finding's id; empty where there is only one."""
    before: str
    """For who releases; it stays out of the copy, as it may tell of what is withheld."""
    after: str
