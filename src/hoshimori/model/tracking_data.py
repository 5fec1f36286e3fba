"""Observations of objects by stations, as columns: what a Tracking Data Message holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.model.elements import Column
from hoshimori.model.messages import Entry, MessageHeader


@dataclass(frozen=True, slots=True, eq=False)
class TrackingData:
    """Observations under one set of circumstances; columns of one length.

    Angles are in radians, lengths in kilometres, times in seconds, frequencies in hertz; what has
    another unit keeps it, and `units` names them all.
    """

    header: MessageHeader
    participants: tuple[str, ...]
    """By their index in the paths, the first with index 1; empty where an index is not used."""
    time_system: str
    times: Column
    """In `time_system`, which need not be UTC."""
    keywords: Column
    """What was observed, as in RANGE."""
    values: npt.NDArray[np.float64]
    units: Column
    mode: str | None = None
    paths: tuple[tuple[int, ...], ...] = ()
    """Participants in the order in which the signal passed them; two for differenced data."""
    start: np.datetime64 | None = None
    stop: np.datetime64 | None = None
    further: tuple[Entry, ...] = ()
    """The other circumstances, as written and in the units of the message."""
    comments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Make the columns read-only; raise `ValueError` where their lengths differ."""
        columns = (self.times, self.keywords, self.values, self.units)
        if len({len(column) for column in columns}) != 1:
            raise ValueError("times, keywords, values and units: expected one length")
        for column in columns:
            column.flags.writeable = False

    def __len__(self) -> int:
        """Return the number of observations."""
        return len(self.times)
