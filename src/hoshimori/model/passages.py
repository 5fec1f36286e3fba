"""Aircraft in cells and steps of time, with what their flights show there; as columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.provenance import Provenance, Reality, combined_reality
from hoshimori.numerics.hexagons import parents

DEFAULT_STEP_S = 900.0
DEFAULT_RESOLUTION = 5
_MAP_RESOLUTION = 4

PASSAGE_DTYPES: dict[str, np.dtype[Any]] = {
    "cell": np.dtype(np.uint64),
    "step": np.dtype(np.int64),
    "address": np.dtype(np.uint32),
    "state": np.dtype(np.int8),
    "bracketed": np.dtype(np.bool_),
    "checked": np.dtype(np.bool_),
    "height_m": np.dtype(np.float32),
    "first_utc": np.dtype("datetime64[ms]"),
    "last_utc": np.dtype("datetime64[ms]"),
    "shown_latitude_deg": np.dtype(np.float32),
    "shown_longitude_deg": np.dtype(np.float32),
    "provenance_index": np.dtype(np.int32),
}


@dataclass(frozen=True, slots=True)
class ReportTally:
    """What became of the reports that passages were made from."""

    reports: int = 0
    aircraft: int = 0
    on_ground: int = 0
    """Reports from the ground, vehicles included."""
    anonymous: int = 0
    measured: int = 0
    without_position: int = 0
    absurd: int = 0
    """Values out of range, taken as not stated."""
    duplicate: int = 0
    late: int = 0
    """Stamped after the moment of knowledge: a clock is wrong."""
    without_integrity: int = 0
    """Version 0, or nothing stated: only their motion is judged."""
    not_bracketed: int = 0
    """Low where the same aircraft was good neither before nor after: faulty, never counted."""
    errors: int = 0
    """Single positions that no flight reaches."""
    erratic_aircraft: int = 0
    """Aircraft whose track jumps again and again, left out whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Each aircraft once in each cell and step of time that it crossed; read-only.

    Ordered by cell, step, aircraft.
    """

    step_s: float
    cell: npt.NDArray[np.uint64]
    """Index of the H3 cell, all of one resolution."""
    step: npt.NDArray[np.int64]
    """Steps since 1970-01-01 (UTC)."""
    address: npt.NDArray[np.uint32]
    """Names the aircraft; enters no number."""
    state: npt.NDArray[np.int8]
    """0 good, 1 low integrity, 2 displaced."""
    bracketed: npt.NDArray[np.bool_]
    """Disturbed with good reports of the same aircraft before and after."""
    checked: npt.NDArray[np.bool_]
    """Whether motion could be judged."""
    height_m: npt.NDArray[np.float32]
    first_utc: npt.NDArray[np.datetime64]
    """First and last report of that state (datetime64[ms])."""
    last_utc: npt.NDArray[np.datetime64]
    shown_latitude_deg: npt.NDArray[np.float32]
    """Where a displaced one said it was; else not a number."""
    shown_longitude_deg: npt.NDArray[np.float32]
    provenance_index: npt.NDArray[np.int32]
    provenances: tuple[Provenance, ...]
    tally: ReportTally = ReportTally()

    def __post_init__(self) -> None:
        for name, dtype in PASSAGE_DTYPES.items():
            column = np.ascontiguousarray(getattr(self, name), dtype=dtype)
            if column.shape != (len(self.cell),):
                raise ValueError(f"{name}: {column.shape} is not the length {len(self.cell)}")
            column = column.view()
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    def __len__(self) -> int:
        return len(self.cell)

    @property
    def reality(self) -> Reality:
        """The reality of all rows together."""
        used = np.unique(self.provenance_index)
        return combined_reality(self.provenances[k].reality for k in used)

    @property
    def starts_utc(self) -> npt.NDArray[np.datetime64]:
        """When each row's step begins (datetime64[ms])."""
        return as_moment(self.step, self.step_s)

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Return the rows of an index or mask."""
        return replace(self, **{name: getattr(self, name)[rows] for name in PASSAGE_DTYPES})

    def known_by(self, as_of_utc: np.datetime64) -> Self:
        """Return the passages whose reports had all been received at a moment."""
        return self.take(self.last_utc <= as_of_utc)


def joined_passages(parts: Sequence[Passages]) -> Passages:
    """Return the rows of one or more parts of the same step and resolution, in their order.

    Raises ValueError where steps differ. Tallies add up.
    """
    if len({part.step_s for part in parts}) != 1:
        raise ValueError(f"steps of {sorted({part.step_s for part in parts})} s: expected one")
    shift = np.cumsum([0, *(len(part.provenances) for part in parts)])
    columns = {n: np.concatenate([getattr(part, n) for part in parts]) for n in PASSAGE_DTYPES}
    index = [p.provenance_index + s for p, s in zip(parts, shift[:-1], strict=True)]
    columns["provenance_index"] = np.concatenate(index)
    tally = {
        f.name: sum(getattr(part.tally, f.name) for part in parts) for f in fields(ReportTally)
    }
    whole = Passages(
        step_s=parts[0].step_s,
        provenances=tuple(p for part in parts for p in part.provenances),
        tally=ReportTally(**tally),
        **columns,
    )
    return whole.take(np.lexsort((whole.address, whole.step, whole.cell)))


def as_moment(step: npt.NDArray[np.int64], step_s: float) -> npt.NDArray[np.datetime64]:
    """Return when steps begin (datetime64[ms])."""
    moments = (step * round(1000.0 * step_s)).astype("datetime64[ms]")
    return np.asarray(moments)


def daily_counts(passages: Passages) -> IntegrityCells:
    """Return how many aircraft had good and low integrity by day and cell of resolution 4.

    As daily maps count: each once in every cell and day, as low where it ever was disturbed there.
    """
    cell = parents(passages.cell, _MAP_RESOLUTION)
    day = passages.starts_utc.astype("datetime64[D]")
    order = np.lexsort((-passages.state, passages.address, day.astype(np.int64), cell))
    cell, day, address = cell[order], day[order], passages.address[order]
    changed = (cell[1:] != cell[:-1]) | (day[1:] != day[:-1])
    place, single = np.ones(len(order), dtype=np.bool_), np.ones(len(order), dtype=np.bool_)
    place[1:] = changed
    single[1:] = changed | (address[1:] != address[:-1])
    index = np.cumsum(place) - 1
    bad = single & (passages.state[order] > 0)
    total = np.bincount(index[single], minlength=int(place.sum()))
    low = np.bincount(index[bad], minlength=int(place.sum()))
    return IntegrityCells(
        cell=cell[place],
        day_utc=day[place],
        good=(total - low).astype(np.int64),
        bad=low.astype(np.int64),
        provenance_index=np.zeros(int(place.sum()), dtype=np.int32),
        provenances=passages.provenances[:1],
    )


def passage_digest(passages: Passages) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of rows, column by column; without provenance."""
    digest = hashlib.sha256(f"{passages.step_s:g}".encode())
    order = np.lexsort((passages.address, passages.step, passages.cell))
    for name, dtype in PASSAGE_DTYPES.items():
        if name != "provenance_index":
            column = getattr(passages, name)[order]
            plain = column.astype(np.int64) if dtype.kind == "M" else column
            digest.update(plain.astype(plain.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()


def used_provenances(
    provenances: Sequence[Provenance], index: npt.NDArray[np.int32]
) -> tuple[tuple[Provenance, ...], npt.NDArray[np.int32]]:
    """Return the provenances that rows name, and their new index."""
    used, new = np.unique(index, return_inverse=True)
    return tuple(provenances[k] for k in used.tolist()), new.astype(np.int32)
