"""Element sets as Arrow tables and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hoshimori.model.elements import COLUMNS, TEXT, ElementSets
from hoshimori.model.provenance import Provenance

STORED = tuple(name for name in COLUMNS if name != "provenance_index")
"""The columns that the store and the noun share; provenance is numbered differently."""


def arrow_table(element_sets: ElementSets, provenance_ids: Sequence[int]) -> pa.Table:
    """Return the rows with `arrival` (row number) and the store's provenance numbers."""
    columns = {name: pa.array(getattr(element_sets, name)) for name in STORED}
    numbers = np.array([*provenance_ids] or [0], dtype=np.int32)
    columns["provenance_id"] = pa.array(numbers[element_sets.provenance_index])
    columns["arrival"] = pa.array(np.arange(len(element_sets)))
    return pa.table(columns)


def element_sets(table: pa.Table, provenances: Mapping[int, Provenance]) -> ElementSets:
    """Return the rows of a table that has the stored columns and `provenance_id`."""
    ids, index = np.unique(_values(table, "provenance_id"), return_inverse=True)
    columns = {
        name: _values(table, name).astype(COLUMNS[name], copy=False)
        for name in STORED
        if COLUMNS[name] != TEXT
    }
    columns |= {name: _texts(table, name) for name in STORED if COLUMNS[name] == TEXT}
    return ElementSets(
        **columns,
        provenance_index=index.astype(np.int32),
        provenances=tuple(provenances[int(number)] for number in ids),
    )


def _values(table: pa.Table, name: str) -> npt.NDArray[Any]:
    return table[name].to_numpy()


def _texts(table: pa.Table, name: str) -> npt.NDArray[Any]:
    return np.asarray(table[name].to_numpy(), dtype=TEXT)
