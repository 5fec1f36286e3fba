"""Element sets made by hand, so that every number of a test is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.assets import Asset
from hoshimori.model.elements import COLUMNS, ElementSets, concatenate
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
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


@pytest.fixture
def with_bad_history() -> Callable[[Picture], Picture]:
    """A function that adds to a picture its newest sets under the epochs of twenty days before.

    Nothing changes but how badly every object was known.
    """

    def told(picture: Picture) -> Picture:
        newest = picture.newest
        days = np.arange(1, 20).astype("timedelta64[D]")
        earlier = [replace(newest, epoch_utc=newest.epoch_utc - day) for day in days]
        history = concatenate([picture.history, *earlier]).sorted_by_object()
        return replace(picture, history=history)

    return told


@pytest.fixture(scope="session")
def snapshot(shared_data: Path) -> Callable[..., Picture]:
    """A function from a real catalogue's name to its picture as of its 99th percentile epoch."""
    sets: dict[str, ElementSets] = {}

    def picture(name: str, *, assets: tuple[int, ...], days_ahead: float) -> Picture:
        if name not in sets:
            data = (shared_data / "catalogue" / "snapshots" / name).read_bytes()
            received_utc = np.datetime64("2025-06-01", "us")
            sets[name] = read_catalogue(
                data, source=name, received_utc=received_utc
            ).element_sets.sorted_by_object()
        newest = sets[name].newest()
        as_of_utc = as_datetime(np.sort(newest.epoch_utc)[int(0.99 * len(newest))])
        watched = tuple(Asset(norad_id) for norad_id in assets)
        return Picture(as_of_utc, newest, sets[name], watched, days_ahead)

    return picture
