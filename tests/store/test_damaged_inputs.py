"""Damaged catalogues never harm what is stored."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.errors import FormatError
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.formats.omm_writing import (
    write_omm_csv,
    write_omm_json,
    write_omm_kvn,
    write_omm_xml,
)
from hoshimori.formats.parquet import write_parquet
from hoshimori.formats.tle_writing import write_tle
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance
from hoshimori.model.rejections import Reading
from hoshimori.store import Store
from hoshimori.store.claims import IDENTITY

# The full run: HOSHIMORI_DAMAGED=1000 pytest tests/store/test_damaged_inputs.py
DAMAGED = int(os.environ.get("HOSHIMORI_DAMAGED", "20"))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
GOOD = b"good"
GOOD_SHA256 = hashlib.sha256(GOOD).hexdigest()


def some_sets() -> ElementSets:
    rows = 6
    columns = {name: np.zeros(rows, dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.arange(25544, 25544 + rows)
    columns["object_name"] = np.array([f"OBJECT {n}" for n in range(rows)], COLUMNS["object_name"])
    columns["object_id"] = np.array(["1998-067A"] * rows, COLUMNS["object_id"])
    columns["classification"] = np.array(["U"] * rows, COLUMNS["classification"])
    columns["epoch_utc"] = np.full(rows, np.datetime64("2026-11-01T12:00:00", "us"))
    columns["known_utc"] = columns["epoch_utc"]
    columns["mean_motion_rev_day"] = np.linspace(1.0, 15.5, rows)
    columns["eccentricity"] = np.full(rows, 0.001)
    return ElementSets(**columns, provenances=(Provenance("made", GOOD_SHA256),))


def damaged(payload: bytes, chance: random.Random) -> bytes:
    """Cut, overwrite, insert or repeat a few bytes somewhere."""
    content = bytearray(payload)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(content))
        length = chance.choice([1, 1, 2, 8, 80])
        match chance.randrange(4):
            case 0:
                del content[place : place + length]
            case 1:
                content[place : place + length] = chance.randbytes(length)
            case 2:
                content[place:place] = content[place : place + length]
            case _:
                content[place:place] = chance.choice([b",", b"\n", b"\x00", b"-", b"9", b'"'])
    return bytes(content)


@pytest.mark.parametrize(
    "write",
    [write_omm_csv, write_omm_json, write_omm_kvn, write_omm_xml, write_tle, write_parquet],
)
def test_nothing_stored_is_lost(store: Store, write: Callable[[ElementSets], bytes]) -> None:
    good = some_sets()
    store.append(Reading(good), payload=GOOD, source="made", received_utc=NOW)
    payload, chance = write(good), random.Random(20261123)
    received_utc = np.datetime64(NOW.replace(tzinfo=None), "us")
    new = 0
    for _ in range(DAMAGED):
        bad = damaged(payload, chance)
        try:
            reading = read_catalogue(bad, source="bad", received_utc=received_utc)
        except FormatError:
            continue
        counts = store.append(reading, payload=bad, source="bad", received_utc=NOW)
        assert counts.new + counts.duplicate == len(reading.element_sets)
        assert counts.rejected == len(reading.rejections)
        new += counts.new
    held = store.history_of(None, as_known_at_utc=datetime(2200, 1, 1, tzinfo=UTC))
    assert len(held) == len(good) + new
    assert facts_of(good) <= facts_of(held)


def facts_of(rows: ElementSets) -> set[tuple[object, ...]]:
    return set(zip(*(getattr(rows, name).tolist() for name in IDENTITY), strict=True))
