"""A disk that really fills up in the midst of a write; needs to mount a small one (root, Linux)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import DiskFullError
from hoshimori.store import open_store
from hoshimori.workflows.floor_store import Delivered, FloorStore

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ROWS = 4_000
HEAD = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    "ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,"
    "ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    if shutil.which("mount") is None or not _mounted(place, "remount,size=8m", first=True):
        pytest.skip("needs to mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _mounted(place: Path, options: str, *, first: bool = False) -> bool:
    chosen = options.removeprefix("remount,") if first else options
    command = ["mount", "-t", "tmpfs", "-o", chosen, "tmpfs", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def catalogue(rng: np.random.Generator, hour: int) -> Delivered:
    """Give rows that hardly compress."""
    angles = rng.random((ROWS, 4)) * 180.0
    rows = (
        f"MADE {n},1958-002B,2026-10-31T{hour:02d}:00:00.000000,10.82419157,.1859667,{i:.4f},"
        f"{raan:.4f},{argument:.4f},{anomaly:.4f},0,U,{n},475,41366,.28098E-4,.23E-6,0"
        for n, (i, raan, argument, anomaly) in enumerate(angles.tolist(), start=1)
    )
    return Delivered(f"made {hour}", "\n".join((HEAD, *rows)).encode(), NOW)


def test_nothing_is_lost_where_a_write_finds_no_room(small_disk: Path) -> None:
    store = FloorStore(lambda: open_store(small_disk), small_disk, least_free_mib=0.0)
    rng = np.random.Generator(np.random.PCG64(1))
    hour = 0
    while not store.waits:
        try:
            store.keep(catalogue(rng, hour), NOW)
        except DiskFullError:
            assert hour > 2
        hour += 1
        assert hour < 24, "the disk did not fill"
    with pytest.raises(DiskFullError):
        store.keep(catalogue(rng, hour), NOW)
    with store.reading() as beside:
        assert len(beside.receipts()) == hour - 1
    assert store.keep_waiting(NOW) == ()
    assert store.disk().is_full
    assert _mounted(small_disk, "remount,size=200m")
    assert len(store.keep_waiting(NOW)) == 2
    with store.reading() as beside:
        assert [receipt.counts.new for receipt in beside.receipts()] == [ROWS] * (hour + 1)
        held = beside.history_of(None, as_known_at_utc=NOW)
    store.close()
    assert len(held) == ROWS * (hour + 1)
