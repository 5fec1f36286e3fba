"""What people are shown of a screening: the closest conjunction of each pair, and long lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from hoshimori.formats.conjunction_table import RELATION_WORDS, plain_rows, word_of
from hoshimori.formats.json_document import as_json_value, json_with_lists
from hoshimori.model.elements import Column
from hoshimori.model.findings import Relation
from hoshimori.model.relations import RELATIONS
from hoshimori.model.screening import ClosePass
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.workflows.screen import Screening
from hoshimori.workflows.screen_join import pair_keys, relation_places

_ASKED = ["object_1", "object_2", "miss_km", "relation"]
_ROWS_AT_ONCE = 4_096
_CONCLUSIONS = {word_of(c): c for c in Conclusion}
_PC_TYPES = {word_of(kind): kind for kind in ProbabilityType}
_RELATIONS = dict(zip(RELATION_WORDS.tolist(), RELATIONS, strict=True))


def closest_passes(
    screening: Screening, *, relations: frozenset[Relation], most: int | None
) -> tuple[ClosePass, ...]:
    """Return the closest conjunction of each pair of these relations, nearest first."""
    table = pq.read_table(screening.table, columns=_ASKED)
    wanted = [k for k, relation in enumerate(RELATIONS) if relation in relations]
    rows = np.flatnonzero(np.isin(relation_places(table), wanted))
    pair, miss_km = pair_keys(table)[rows], table["miss_km"].to_numpy()[rows]
    order = np.lexsort((rows, miss_km, pair))
    _, first, passes = np.unique(pair[order], return_index=True, return_counts=True)
    best = rows[order[first]]
    nearest = np.lexsort((best, miss_km[order[first]]))[:most]
    found = _rows(screening.table, best[nearest])
    return tuple(_pass(row, int(n)) for row, n in zip(found, passes[nearest], strict=True))


def _rows(path: Path, wanted: Column) -> list[dict[str, Any]]:
    """Return rows of a table by number, reading one group of rows after the other."""
    found: dict[int, dict[str, Any]] = {}
    with pq.ParquetFile(path) as file:
        first = 0
        for group in range(file.num_row_groups):
            after = first + file.metadata.row_group(group).num_rows
            inside = np.sort(wanted[(wanted >= first) & (wanted < after)])
            if len(inside):
                rows = file.read_row_group(group).take(inside - first).to_pylist()
                found |= dict(zip(inside.tolist(), rows, strict=True))
            first = after
    return [found[row] for row in wanted.tolist()]


def _pass(row: dict[str, Any], passes: int) -> ClosePass:
    return ClosePass(
        object_1=row["object_1"],
        object_2=row["object_2"],
        name_1=row["name_1"],
        name_2=row["name_2"],
        tca_utc=row["tca_utc"],
        miss_km=row["miss_km"],
        sigma_km=row["sigma_km"],
        speed_km_s=row["speed_km_s"],
        relation=_RELATIONS[row["relation"]],
        at_window_edge=row["at_window_edge"],
        pc=row["pc"],
        pc_type=_PC_TYPES[row["pc_type"]],
        conclusion=_CONCLUSIONS[row["conclusion"]],
        passes=passes,
    )


def as_json(screening: Screening, output: Path | None) -> Iterator[str]:
    """Yield the pieces of the JSON document of a screening; rows are read as they are written."""
    head = as_json_value(screening.summary) | {"output": str(output) if output else None}
    lists = {"stays": rows_of(screening.stays), "conjunctions": rows_of(screening.table)}
    return json_with_lists(head, lists)


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table of conjunctions or stays as JSON writes them."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield from plain_rows(batch)
