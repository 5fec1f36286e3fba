"""What a detector is, and the card with which it answers for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from hoshimori.model.findings import AnyFinding
from hoshimori.model.picture import Picture
from hoshimori.model.quoted_sweeps import QuotedSweep


@dataclass(frozen=True, slots=True)
class Card:
    """What a detector answers, from what, how, and where it errs."""

    name: str
    version: int
    question: str
    needs: str
    method: str
    references: tuple[str, ...]
    false_alarm_rate: str
    """What is known of the rate, with how it was measured; or that it is not measured yet."""
    known_false_alarms: tuple[str, ...]
    sweep: QuotedSweep | None = None
    """What size of event is found how often; None where no draw tests the detector."""


class Detector(Protocol):
    """Frozen settings and one pure function from a picture to findings."""

    card: ClassVar[Card]

    def detect(self, picture: Picture) -> Sequence[AnyFinding]:
        """Return the findings in a picture; the same picture gives the same findings."""
        ...
