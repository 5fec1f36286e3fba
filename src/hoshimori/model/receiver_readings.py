"""What files of receivers held."""

from __future__ import annotations

from dataclasses import dataclass

from hoshimori.model.receivers import ReceiverSeries
from hoshimori.model.rejections import Rejection


@dataclass(frozen=True, slots=True, eq=False)
class ReceiverReading:
    """What files of receivers held: series, and the rows refused."""

    series: tuple[ReceiverSeries, ...]
    rejections: tuple[Rejection, ...] = ()
    repeated: int = 0
    """Rows that say what another row of the same moment says, or that another corrects."""
