"""What `receivers` reports: disturbances of reception, and what could have been seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.findings_of_receivers import ReceiverInterference
from hoshimori.model.provenance import Reality
from hoshimori.model.receiver_readings import SampleRestart
from hoshimori.model.receivers import Quantity


@dataclass(frozen=True, slots=True)
class ReceiverCoverage:
    """What the samples of one receiver could show."""

    receiver: str
    first_utc: datetime | None
    last_utc: datetime | None
    samples: int
    judged: int
    """Those with enough quiet samples before to be judged."""
    stuck: int
    """Values that only repeat: they tell nothing."""
    silences: int
    """Times without a sample that are longer than the rule allows."""
    short: int
    """Episodes too short to report."""
    quantities: tuple[Quantity, ...]
    """Those measured at all."""


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """Disturbances of one look at receivers, what asks for attention first."""

    as_of_utc: datetime
    files: tuple[str, ...]
    reality: Reality
    days: float | None
    """How far back disturbances are reported; all the way where None."""
    findings: tuple[ReceiverInterference, ...]
    coverage: tuple[ReceiverCoverage, ...]
    rejected: int
    """Rows that could not be read."""
    repeated: int
    """Rows that another one repeats or corrects."""
    restarts: tuple[SampleRestart, ...] = ()
    """Where the numbers of samples begin anew; the times from there on are counted, not stated."""
