"""How well nodes of patterns of life were found, by SPLID's metric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hoshimori.model.pattern import Node


@dataclass(frozen=True, slots=True)
class NodeScore:
    """Counts of nodes over all objects, and what follows from them."""

    hits: int
    """True nodes with a found one of the same aspect, kind and mode within the tolerance."""
    missed: int
    false: int

    @property
    def precision(self) -> float:
        """Share of the found nodes that are true."""
        return self.hits / max(self.hits + self.false, 1)

    @property
    def recall(self) -> float:
        """Share of the true nodes that were found."""
        return self.hits / max(self.hits + self.missed, 1)

    @property
    def f2(self) -> float:
        """Precision and recall as one, recall counting more: 5 P R / (4 P + R)."""
        both = 4.0 * self.precision + self.recall
        return 5.0 * self.precision * self.recall / both if both else 0.0


def node_score(
    truth: Iterable[Sequence[Node]], found: Iterable[Sequence[Node]], tolerance: timedelta
) -> NodeScore:
    """Return the score of found nodes against true ones, object by object.

    Each true node takes the nearest free found one. The ends of the data (SS in time, ES whole)
    are known to everybody: put them on both sides or on none.
    Source: Siew et al. 2023, AMOS, section 5.
    """
    hits = missed = false = 0
    for true_nodes, found_nodes in zip(truth, found, strict=True):
        free = list(found_nodes)
        for node in true_nodes:
            near = [f for f in free if _same(f, node) and abs(f.at_utc - node.at_utc) <= tolerance]
            if near:
                free.remove(min(near, key=lambda f: abs(f.at_utc - node.at_utc)))
                hits += 1
            else:
                missed += 1
        false += len(free)
    return NodeScore(hits, missed, false)


def _same(one: Node, other: Node) -> bool:
    return (one.aspect, one.kind, one.mode) == (other.aspect, other.kind, other.mode)
