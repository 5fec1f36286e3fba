"""What aircraft broadcast of themselves: one decoded state a row, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.model.rejections import Rejection

UNSTATED = -1
"""Of whole numbers that a report does not state."""

_DTYPES = {
    "address": np.dtype(np.uint32),
    "time_utc": np.dtype("datetime64[ms]"),
    "latitude_deg": np.dtype(np.float64),
    "longitude_deg": np.dtype(np.float64),
    "altitude_m": np.dtype(np.float32),
    "speed_m_s": np.dtype(np.float32),
    "track_deg": np.dtype(np.float32),
    "nic": np.dtype(np.int8),
    "nacp": np.dtype(np.int8),
    "version": np.dtype(np.int8),
    "emitter": np.dtype(np.int8),
    "provenance_index": np.dtype(np.int32),
}


class Emitter(IntEnum):
    """What a report is from, as far as it says."""

    AIRCRAFT = 0
    """An aircraft in the air that tells its own position under its own address."""
    ON_GROUND = 1
    """On the ground, or a vehicle or obstacle there."""
    ANONYMOUS = 2
    """Under an address that is none of the 24-bit ones of aircraft, which may change."""
    MEASURED = 3
    """Not told by the aircraft: measured by stations, or told by traffic services about it."""


@dataclass(frozen=True, slots=True, eq=False)
class AircraftReports:
    """Decoded states of aircraft; read-only columns, in any order.

    NIC, NACp and version are those of RTCA DO-260A/B (version 1 and 2); `UNSTATED` where missing.
    """

    address: npt.NDArray[np.uint32]
    """The 24-bit address; it names the aircraft and enters no number."""
    time_utc: npt.NDArray[np.datetime64]
    """When the position was received (datetime64[ms])."""
    latitude_deg: npt.NDArray[np.float64]
    longitude_deg: npt.NDArray[np.float64]
    altitude_m: npt.NDArray[np.float32]
    """Barometric where stated, else geometric; not a number where unknown."""
    speed_m_s: npt.NDArray[np.float32]
    """Over ground, as the aircraft says."""
    track_deg: npt.NDArray[np.float32]
    nic: npt.NDArray[np.int8]
    """Navigation integrity category, 0 to 11."""
    nacp: npt.NDArray[np.int8]
    """Navigation accuracy category for position, 0 to 11."""
    version: npt.NDArray[np.int8]
    """Of ADS-B; version 0 knows neither NIC nor NACp."""
    emitter: npt.NDArray[np.int8]
    """An `Emitter`."""
    provenance_index: npt.NDArray[np.int32]
    provenances: tuple[Provenance, ...]

    def __post_init__(self) -> None:
        for name, dtype in _DTYPES.items():
            column = np.ascontiguousarray(getattr(self, name), dtype=dtype)
            if column.shape != (len(self.address),):
                raise ValueError(f"{name}: {column.shape} is not the length {len(self.address)}")
            column = column.view()
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.address)

    @property
    def reality(self) -> Reality:
        """The reality of all rows together."""
        used = np.unique(self.provenance_index)
        return combined_reality(self.provenances[k].reality for k in used)

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Return the rows of an index or mask."""
        return replace(self, **{name: getattr(self, name)[rows] for name in _DTYPES})

    def known_by(self, as_of_utc: np.datetime64) -> Self:
        """Return the reports that had been received at a moment."""
        return self.take(self.time_utc <= as_of_utc)


def joined_reports(parts: Sequence[AircraftReports]) -> AircraftReports:
    """Return the rows of all parts, each still with its own provenance."""
    shift = np.cumsum([0, *(len(part.provenances) for part in parts)])
    columns = {
        name: np.concatenate([np.empty(0, dtype), *(getattr(part, name) for part in parts)])
        for name, dtype in _DTYPES.items()
    }
    index = [p.provenance_index + s for p, s in zip(parts, shift[:-1], strict=True)]
    columns["provenance_index"] = np.concatenate([np.empty(0, np.int32), *index])
    return AircraftReports(
        **columns, provenances=tuple(p for part in parts for p in part.provenances)
    )


@dataclass(frozen=True, slots=True)
class AircraftReading:
    """What a file of aircraft reports held: the reports, and the rows that were refused."""

    reports: AircraftReports
    rejections: tuple[Rejection, ...] = ()
    """The first of them."""
    rejected: int = 0
    """How many."""
    without_position: int = 0
    """Reports that state no position; they say nothing here."""
    absurd: int = 0
    """Values out of range, or an altitude of exactly 0 in flight, taken as not stated."""
