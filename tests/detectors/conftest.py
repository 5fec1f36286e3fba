"""Element sets made by hand, so that every number of a test is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance, Reality

MakeSets = Callable[..., ElementSets]


def made_sets(
    rows: Sequence[dict[str, Any]], source: str = "by hand", reality: Reality = Reality.REAL
) -> ElementSets:
    """Return element sets whose unstated values are zero, empty or, for `known_utc`, the epoch."""
    columns: dict[str, Any] = {}
    for name, dtype in COLUMNS.items():
        blank: Any = "" if name in {"object_name", "object_id", "classification"} else 0
        values = [r.get(name, r["epoch_utc"] if name == "known_utc" else blank) for r in rows]
        columns[name] = np.array(values, dtype=dtype)
    provenance = Provenance(source, "0" * 64, reality)
    return ElementSets(**columns, provenances=(provenance,))


@pytest.fixture
def make_sets() -> MakeSets:
    return made_sets
