"""How well aircraft knew where they were: counts by cell and day, as columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.model.rejections import Rejection

_DTYPES = {
    "cell": np.dtype(np.uint64),
    "day_utc": np.dtype("datetime64[D]"),
    "good": np.dtype(np.int64),
    "bad": np.dtype(np.int64),
    "provenance_index": np.dtype(np.int32),
}


@dataclass(frozen=True, slots=True, eq=False)
class IntegrityCells:
    """Aircraft that reported good and low navigation integrity, by cell and UTC day; read-only.

    An aircraft is counted once in every cell that it crossed that day.
    """

    cell: npt.NDArray[np.uint64]
    """Index of the H3 cell."""
    day_utc: npt.NDArray[np.datetime64]
    """The UTC day (datetime64[D])."""
    good: npt.NDArray[np.int64]
    bad: npt.NDArray[np.int64]
    """Aircraft whose reported integrity or accuracy was low at some time of the day."""
    provenance_index: npt.NDArray[np.int32]
    provenances: tuple[Provenance, ...]

    def __post_init__(self) -> None:
        for name, dtype in _DTYPES.items():
            column = np.ascontiguousarray(getattr(self, name), dtype=dtype)
            if column.shape != (len(self.cell),):
                raise ValueError(f"{name}: {column.shape} is not the length {len(self.cell)}")
            column = column.view()
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.cell)

    @property
    def aircraft(self) -> npt.NDArray[np.int64]:
        """Good and bad together."""
        return self.good + self.bad

    @property
    def reality(self) -> Reality:
        """The reality of all rows together."""
        return combined_reality(
            self.provenances[k].reality for k in np.unique(self.provenance_index)
        )

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Return the rows of an index or mask."""
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in _DTYPES},
        )

    def known_by(self, as_of_utc: np.datetime64) -> Self:
        """Return the days that were over at a moment: before, a day's counts are not whole."""
        over = self.day_utc + np.timedelta64(1, "D") <= as_of_utc
        return self if over.all() else self.take(over)

    def in_order(self) -> Self:
        """Return the rows ordered by cell, then day, each day of a cell once.

        Where a day of a cell is stated more than once, the row with most aircraft counts: maps
        that were made before the day was over, or from fewer receivers, hold fewer.
        """
        key = self.cell.astype(np.uint64), self.day_utc.astype(np.int64)
        new = (key[0][1:] > key[0][:-1]) | (
            (key[0][1:] == key[0][:-1]) & (key[1][1:] > key[1][:-1])
        )
        if new.all():
            return self
        order = np.lexsort((-self.bad, -self.aircraft, key[1], key[0]))
        cell, day = key[0][order], key[1][order]
        first = np.ones(len(order), dtype=np.bool_)
        first[1:] = (cell[1:] != cell[:-1]) | (day[1:] != day[:-1])
        return self.take(order[first])


def joined_integrity(parts: Sequence[IntegrityCells]) -> IntegrityCells:
    """Return the rows of all parts, each still with its own provenance."""
    if len(parts) == 1:
        return parts[0]
    shift = np.cumsum([0, *(len(part.provenances) for part in parts)])
    columns = {
        name: np.concatenate([np.empty(0, dtype), *(getattr(part, name) for part in parts)])
        for name, dtype in _DTYPES.items()
    }
    index = [p.provenance_index + s for p, s in zip(parts, shift[:-1], strict=True)]
    columns["provenance_index"] = np.concatenate([np.empty(0, np.int32), *index])
    return IntegrityCells(
        **columns, provenances=tuple(p for part in parts for p in part.provenances)
    )


def integrity_digest(cells: IntegrityCells) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of rows, column by column.

    Their order and provenance stay out: the same counts delivered twice are the same facts.
    """
    columns = (cells.bad, cells.good, cells.day_utc.astype(np.int64), cells.cell)
    order = np.lexsort(columns)
    digest = hashlib.sha256()
    for column, kind in zip(reversed(columns), ("<u8", "<i8", "<i8", "<i8"), strict=True):
        digest.update(column[order].astype(kind).tobytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class IntegrityReading:
    """What a file of aircraft integrity held: the rows that were read and those refused."""

    cells: IntegrityCells
    rejections: tuple[Rejection, ...] = ()
