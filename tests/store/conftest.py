"""Small made element sets for the tests of the store."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.model.elements import COLUMNS, TEXT, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.store import IngestCounts, StoreContract, open_store

MADE_SHA256 = hashlib.sha256(b"made").hexdigest()
NOON = np.datetime64("2026-11-01T12:00:00", "us")

MakeSets = Callable[..., ElementSets]
Take = Callable[..., IngestCounts]
FreshStore = Callable[[], contextlib.AbstractContextManager[StoreContract]]


DATABASE = pytest.param("database", marks=pytest.mark.xdist_group("postgres"))


@pytest.fixture(params=["file", DATABASE])
def fresh_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """Give the folder of a new empty store: of a file, or one that stands for a database."""
    if request.param == "file":
        return lambda: tmp_path_factory.mktemp("store")
    server = request.getfixturevalue("postgres")
    return lambda: server.fresh_place(tmp_path_factory.mktemp("doorsteps"))


@pytest.fixture(params=["file", "server", DATABASE])
def fresh_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> FreshStore:
    """Open a new empty store: a file of this process, a database, or one that a server keeps."""
    if request.param == "file":
        return lambda: open_store(tmp_path_factory.mktemp("store"))
    if request.param == "database":
        database = request.getfixturevalue("postgres")
        return lambda: open_store(database.fresh_place(tmp_path_factory.mktemp("doorsteps")))
    server = request.getfixturevalue("fact_server")
    return lambda: server.fresh_store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def store(
    fresh_store: FreshStore,
) -> Iterator[StoreContract]:
    with fresh_store() as opened:
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
        return ElementSets(**given, **rest, provenances=(Provenance(source, MADE_SHA256, reality),))

    return make


@pytest.fixture(scope="session")
def take() -> Take:
    """Append rows to a store as a delivery of their own source, read from its bytes."""

    def append(store: StoreContract, rows: ElementSets, payload: bytes = b"made") -> IngestCounts:
        digest = hashlib.sha256(payload).hexdigest()
        origins = tuple(replace(p, payload_sha256=digest) for p in rows.provenances)
        return store.append(
            Reading(replace(rows, provenances=origins)),
            payload=payload,
            source=rows.provenances[0].source,
            received_utc=datetime(2026, 12, 1, tzinfo=UTC),
            reality=rows.provenances[0].reality,
        )

    return append
