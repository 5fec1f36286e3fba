"""Tables of facts as rows in the order of arrival, to be carried from one store to another.

Numbers by which a store finds labels and provenances are its own; here they are places in the order
of those tables, so that two stores that hold the same give the same rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.store.columns import PLAIN, TEXTS
from hoshimori.store.contract import OwnStore
from hoshimori.store.object_facts import STATED

Row = tuple[Any, ...]
Columns = Mapping[str, npt.NDArray[Any]]

TABLES: Mapping[str, tuple[str, ...]] = {
    "provenances": ("source", "payload_sha256", "reality"),
    "labels": TEXTS,
    "object_ids": ("norad_id",),
    "space_objects": ("norad_id", *STATED, "source", "known_utc"),
    "receipts": (
        "source",
        "payload_sha256",
        "reality",
        "received_utc",
        "byte_count",
        "new_count",
        "duplicate_count",
        "rejected_count",
    ),
    "rejections": ("payload_sha256", "source", "line", "field", "problem", "raw"),
}
"""The columns of each table of few rows, without the numbers of a store."""

ELEMENT_SETS = "element_sets"
CARRIED = (*PLAIN, "label", "provenance")
"""The columns of element sets on their way; labels and provenances by their place."""

ORDER = {
    "provenances": "provenance_id",
    "labels": "label_id",
    "object_ids": "norad_id",
}
"""What a table is ordered by, where it is not the order of arrival."""


class FactTables(Protocol):
    """The tables of facts of a store, opened to be carried; use it in a `with` statement."""

    @property
    def exercise(self) -> ExerciseMark | None:
        """The exercise that they are of; None where they are of the real sky."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def count(self, table: str) -> int:
        """Return how many rows a table has."""

    def rows(self, table: str, after: int) -> Iterator[Sequence[Row]]:
        """Return the rows of a table of few rows after so many, in portions."""

    def element_sets(self, after: int, most: int) -> Iterator[Columns]:
        """Return element sets after so many, in portions of at most so many."""

    def store(self) -> OwnStore:
        """Return the store of these tables to ask; it is closed by itself."""


class ComingTables(FactTables, Protocol):
    """The tables of a store that is being made of another; nobody sees it before it is whole."""

    def keep(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows to a table of few rows, all or none."""

    def keep_element_sets(self, columns: Columns) -> None:
        """Append element sets, all or none."""

    def finish(self) -> None:
        """Show the store to everybody."""


def digest_of(tables: FactTables, table: str, most: int) -> str:
    """Return SHA-256 over all rows of a table: the same rows in the same order, the same digest."""
    digest = hashlib.sha256()
    if table == ELEMENT_SETS:
        for columns in tables.element_sets(0, most):
            # Adding 0.0 makes one zero of the two that floating point has: stores may keep either.
            rows = [np.ascontiguousarray(columns[name] + _zero(columns[name])) for name in CARRIED]
            digest.update(np.stack([_bits(row) for row in rows], axis=1).tobytes())
        return digest.hexdigest()
    for portion in tables.rows(table, 0):
        for row in portion:
            # PostgreSQL keeps no zero byte in texts; there its sign stands for it.
            told = repr(row).replace("\\x00", "\N{SYMBOL FOR NULL}")
            digest.update(told.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _zero(column: npt.NDArray[Any]) -> Any:
    return np.timedelta64(0, "us") if column.dtype.kind == "M" else column.dtype.type(0)


def _bits(column: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    if column.dtype.kind in "Mf":
        return column.view(np.int64)
    return column.astype(np.int64)
