"""From finished spans to one table: formations are named, rows counted, parts joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from hoshimori.formats.conjunction_table import (
    CONJUNCTION_SCHEMA,
    RELATION_WORDS,
    relations,
    word_of,
)
from hoshimori.model.elements import Column, ElementSets
from hoshimori.model.relations import with_formations
from hoshimori.model.screening import ClassCount, ScreenCounts
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.elements import period_min
from hoshimori.numerics.encounters_stays import Stays

_ROWS_PER_GROUP = 65_536
"""Rows of the joined table stand in groups of this size, however the spans were cut."""
_Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Tally:
    """What has been counted so far."""

    conjunctions: int = 0
    at_window_edge: int = 0
    by_pc_type: dict[str, int] = field(default_factory=lambda: _none_of(ProbabilityType))
    by_conclusion: dict[str, int] = field(default_factory=lambda: _none_of(Conclusion))
    pairs: list[Column] = field(default_factory=list)
    objects: Column = field(default_factory=lambda: np.empty(0, np.int64))
    """Catalogue numbers of all that have a row."""
    relations: list[Column] = field(default_factory=list)

    def add(self, table: pa.Table) -> None:
        """Count the rows of a table."""
        self.conjunctions += len(table)
        self.at_window_edge += _count(table["at_window_edge"], True)
        for name, counts in (("pc_type", self.by_pc_type), ("conclusion", self.by_conclusion)):
            for word in counts:
                counts[word] += _count(table[name], word)
        pairs, relations = pair_keys(table), relation_places(table)
        for name in ("object_1", "object_2"):
            self.objects = np.union1d(self.objects, table[name].to_numpy())
        once, first, number = np.unique(pairs, return_index=True, return_counts=True)
        self.pairs.append(np.stack([once, number], axis=1))
        self.relations.append(relations[first])

    def counts(self, stays: pa.Table, docked: int) -> ScreenCounts:
        """Return the counts; of a pair all conjunctions and stays have one relation."""
        every = np.concatenate([np.empty((0, 2), np.int64), *self.pairs])
        relation = np.concatenate([np.empty(0, np.int64), *self.relations])
        _, first = np.unique(every[:, 0], return_index=True)
        size = len(RELATION_WORDS)
        rows = np.bincount(relation, every[:, 1], minlength=size)
        pairs = np.bincount(relation[first], minlength=size)
        stayed = np.bincount(relation_places(stays), minlength=size)
        return ScreenCounts(
            conjunctions=self.conjunctions,
            pairs=len(first),
            stays=len(stays),
            docked=docked,
            at_window_edge=self.at_window_edge,
            by_relation={
                str(word): ClassCount(int(rows[k]), int(pairs[k]), int(stayed[k]))
                for k, word in enumerate(RELATION_WORDS)
            },
            by_pc_type=dict(self.by_pc_type),
            by_conclusion=dict(self.by_conclusion),
        )


def flies_along(found: Stays, element_sets: ElementSets) -> _Flags:
    """Return whether the pair of each stay is together for a revolution of either, shape (n,)."""
    period_s = 60.0 * period_min(element_sets.mean_elements())
    longer_s = np.maximum(period_s[found.primary], period_s[found.secondary])
    whole = found.end_s - found.start_s >= longer_s
    pair = found.primary * len(element_sets) + found.secondary
    return np.isin(pair, pair[whole])


def joined_parts(
    parts: Sequence[Path],
    path: Path,
    formations: Column,
    metadata: Callable[[Tally], dict[str, str]],
) -> None:
    """Join parts, in order, into one table at `path`; `formations` are keys of pairs.

    `metadata` is asked at the end, when all rows are counted.
    """
    tally = Tally()
    with pq.ParquetWriter(path, CONJUNCTION_SCHEMA, compression="zstd") as writer:
        for group in _regrouped(_named(parts, formations, tally)):
            writer.write_table(group, row_group_size=_ROWS_PER_GROUP)
        writer.add_key_value_metadata(metadata(tally))


def _named(parts: Iterable[Path], formations: Column, tally: Tally) -> Iterator[pa.Table]:
    for part in parts:
        table = read_table(part)
        places = with_formations(relation_places(table), np.isin(pair_keys(table), formations))
        place = table.schema.get_field_index("relation")
        named = table.set_column(place, CONJUNCTION_SCHEMA.field("relation"), relations(places))
        tally.add(named)
        yield named


def _regrouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the same rows in tables of `_ROWS_PER_GROUP` rows, the last one shorter."""
    kept = CONJUNCTION_SCHEMA.empty_table()
    for table in tables:
        kept = pa.concat_tables([kept, table])
        while len(kept) >= _ROWS_PER_GROUP:
            yield kept.slice(0, _ROWS_PER_GROUP).combine_chunks()
            kept = kept.slice(_ROWS_PER_GROUP)
    if len(kept):
        yield kept.combine_chunks()


def read_table(path: Path) -> pa.Table:
    """Return a table of conjunctions or stays."""
    return pq.read_table(path)


def pair_keys(table: pa.Table) -> Column:
    """Return one number for the pair of each row; catalogue numbers have at most nine digits."""
    first, second = (table[name].to_numpy() for name in ("object_1", "object_2"))
    return np.asarray((first << 32) + second)


def relation_places(table: pa.Table) -> Column:
    """Return the place in `RELATIONS` of the relation of each row."""
    order = np.argsort(RELATION_WORDS)
    words = table["relation"].to_numpy().astype(RELATION_WORDS.dtype)
    return np.asarray(order[np.searchsorted(RELATION_WORDS, words, sorter=order)], np.int64)


def _none_of(kinds: Iterable[Enum]) -> dict[str, int]:
    return {word_of(kind): 0 for kind in kinds}


def _count(column: pa.ChunkedArray[Any], value: bool | str) -> int:
    return int(np.count_nonzero(column.to_numpy() == value))
