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

TEXTS = tuple(name for name in STORED if COLUMNS[name] == TEXT)
"""Columns that the store keeps once for each different label of an object."""

PLAIN = tuple(name for name in STORED if COLUMNS[name] != TEXT)
"""All other columns."""


def arrow_table(element_sets: ElementSets, provenance_ids: Sequence[int]) -> pa.Table:
    """Return the rows with `arrival` (row number) and the store's provenance numbers."""
    columns = {name: pa.array(getattr(element_sets, name)) for name in STORED}
    numbers = np.array([*provenance_ids] or [0], dtype=np.int32)
    columns["provenance_id"] = pa.array(numbers[element_sets.provenance_index])
    columns["arrival"] = pa.array(np.arange(len(element_sets)))
    return pa.table(columns)


def element_sets(
    rows: pa.Table, labels: pa.Table, provenances: Mapping[int, Provenance]
) -> ElementSets:
    """Return rows of the store ordered by object, epoch, moment of knowing and arrival.

    `labels` are those that occur in the rows, ordered by `label_id`.
    """
    keys = ("arrival", "known_utc", "epoch_utc", "norad_id")
    order = np.lexsort([rows[name].to_numpy() for name in keys])

    def ordered(name: str) -> npt.NDArray[Any]:
        values: npt.NDArray[Any] = rows[name].to_numpy()[order]
        return values

    columns = {name: ordered(name).astype(COLUMNS[name], copy=False) for name in PLAIN}
    label = np.searchsorted(labels["label_id"].to_numpy(), ordered("label_id"))
    columns |= {name: np.asarray(labels[name].to_numpy(), dtype=TEXT)[label] for name in TEXTS}
    ids, index = np.unique(ordered("provenance_id"), return_inverse=True)
    return ElementSets(
        **columns,
        provenance_index=index.astype(np.int32),
        provenances=tuple(provenances[int(number)] for number in ids),
    )
