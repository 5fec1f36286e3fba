"""Small made element sets for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.model.elements import COLUMNS, TEXT, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.store import IngestCounts, Store, open_store

NOON = np.datetime64("2026-11-01T12:00:00", "us")

MakeSets = Callable[..., ElementSets]
Take = Callable[..., IngestCounts]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        yield opened


@pytest.fixture(scope="session")
def make_sets() -> MakeSets:
    """Give rows from plain lists: object, epoch (days), known (days) and one varied element."""

    def make(
        norad_id: list[int],
        epoch_day: list[float],
        known_day: list[float] | None = None,
        raan_deg: list[float] | None = None,
        *,
        source: str = "made",
        reality: Reality = Reality.REAL,
    ) -> ElementSets:
        rows = len(norad_id)
        known_day = epoch_day if known_day is None else known_day
        given = {
            "norad_id": np.array(norad_id, dtype=np.int64),
            "epoch_utc": NOON + (np.array(epoch_day) * 86_400e6).astype("timedelta64[us]"),
            "known_utc": NOON + (np.array(known_day) * 86_400e6).astype("timedelta64[us]"),
            "raan_deg": np.zeros(rows) if raan_deg is None else np.array(raan_deg, dtype=float),
            "object_name": np.array([f"OBJECT {n}" for n in norad_id], dtype=TEXT),
        }
        rest = {n: np.zeros(rows, t) for n, t in COLUMNS.items() if n not in given}
        return ElementSets(**given, **rest, provenances=(Provenance(source, "ab" * 32, reality),))

    return make


@pytest.fixture(scope="session")
def take() -> Take:
    """Append rows to a store as a delivery of their own source."""

    def append(store: Store, rows: ElementSets, payload: bytes = b"made") -> IngestCounts:
        return store.append(
            Reading(rows),
            payload=payload,
            source=rows.provenances[0].source,
            received_utc=datetime(2026, 12, 1, tzinfo=UTC),
            reality=rows.provenances[0].reality,
        )

    return append
