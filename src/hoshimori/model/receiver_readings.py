"""What files of receivers held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hoshimori.model.receivers import ReceiverSeries
from hoshimori.model.rejections import Rejection


@dataclass(frozen=True, slots=True)
class SampleRestart:
    """Where the numbers of a receiver's samples begin anew: what follows is later, not the same."""

    source: str
    line: int
    """Line of the file, from 1; for Parquet the row, from 1."""
    field: str
    receiver: str
    last: int
    """Number of the row before."""
    first: int
    """Number that it begins anew with."""
    since_utc: datetime
    """From when on its times are counted: after a silence, because no file tells when it began."""

    def __str__(self) -> str:
        since = self.since_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            f"{self.source}:{self.line}:{self.field}: the numbers of samples begin anew "
            f"({self.first} after {self.last}): read as later samples of {self.receiver}. The file "
            f"does not tell when they began; their times are counted on from {since}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class ReceiverReading:
    """What files of receivers held: series, and the rows refused."""

    series: tuple[ReceiverSeries, ...]
    rejections: tuple[Rejection, ...] = ()
    repeated: int = 0
    """Rows that say what another row of the same moment says, or that another corrects."""
    restarts: tuple[SampleRestart, ...] = ()
    """Where numbers of samples begin anew, in the order of the rows."""
