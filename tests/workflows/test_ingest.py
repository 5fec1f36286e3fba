"""Catalogues into the store, and pictures out of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import SettingsError
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.settings import Settings
from hoshimori.store import open_store
from hoshimori.workflows.deliveries import moment_from
from hoshimori.workflows.ingest import BY_CATALOGUE, follow_folder, ingest_files, report_of
from hoshimori.workflows.skies import made_sky, sky_of_files
from hoshimori.workflows.stores import opened_store, sky_of_store

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")


@pytest.fixture(scope="module")
def catalogue() -> bytes:
    return write_omm_csv(made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0])


def test_counts_add_up_and_a_second_time_changes_nothing(tmp_path: Path, catalogue: bytes) -> None:
    damaged = catalogue + b"SICK,2020-001A,not a time" + b",1" * 14 + b"\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_bytes(damaged)
    (tmp_path / "in" / "b.csv").write_bytes(catalogue)
    rows = catalogue.count(b"\n") - 1
    with open_store(tmp_path / "store") as store:
        first = report_of(ingest_files(store, [tmp_path / "in"]))
        again = report_of(ingest_files(store, [tmp_path / "in"]))
        kept = store.rejections()
    assert (first.new, first.duplicate, first.rejected) == (rows, rows, 1)
    assert (again.new, again.duplicate, again.rejected) == (0, 2 * rows, 1)
    assert f"a.csv:{rows + 2}:" in first.files[0].reasons[0]
    assert kept[0].raw.startswith(b"SICK")


def test_a_list_of_objects_is_kept_too(tmp_path: Path) -> None:
    satcat = (
        b"OBJECT_NAME,OBJECT_ID,NORAD_CAT_ID,OBJECT_TYPE,OPS_STATUS_CODE,OWNER,LAUNCH_DATE,"
        b"LAUNCH_SITE,DECAY_DATE,PERIOD,INCLINATION,APOGEE,PERIGEE,RCS\n"
        b"ISS (ZARYA),1998-067A,25544,PAY,+,ISS,1998-11-20,TYMSC,,92.9,51.64,420,410,399.05\n"
    )
    (tmp_path / "satcat.csv").write_bytes(satcat)
    with open_store(tmp_path / "store") as store:
        first = report_of(ingest_files(store, [tmp_path / "satcat.csv"]))
        again = report_of(ingest_files(store, [tmp_path / "satcat.csv"]))
        known = store.objects_as_known_at(datetime(2999, 1, 1, tzinfo=UTC))
    assert (first.new, first.duplicate, first.rejected) == (1, 0, 0)
    assert (again.new, again.duplicate, again.rejected) == (0, 1, 0)
    assert known[25544].name == "ISS (ZARYA)"


def test_a_watched_folder_is_read_as_files_become_complete(
    tmp_path: Path, catalogue: bytes
) -> None:
    incoming, looks = tmp_path / "in", iter(range(6))
    incoming.mkdir()

    def wait() -> bool:
        look = next(looks, None)
        if look == 0:
            (incoming / "a.csv").write_bytes(catalogue[:3000])  # still being written
        elif look == 1:
            (incoming / "a.csv").write_bytes(catalogue)
        elif look == 3:
            (incoming / "b.txt").write_bytes(b"not a catalogue")
        return look is not None

    done = list(follow_folder(incoming, lambda: open_store(tmp_path / "store"), wait=wait))
    assert [(d.source, d.counts.new, bool(d.problem)) for d in done] == [
        ("a.csv", catalogue.count(b"\n") - 1, False),
        ("b.txt", 0, True),
    ]


def test_a_file_that_is_no_catalogue_is_named_and_the_others_are_read(
    tmp_path: Path, catalogue: bytes
) -> None:
    (tmp_path / "a.txt").write_bytes(b"<!DOCTYPE html><html><body>Sorry</body></html>")
    (tmp_path / "b.csv").write_bytes(catalogue)
    with open_store(tmp_path / "store") as store:
        report = report_of(ingest_files(store, [tmp_path / "a.txt", tmp_path / "b.csv"]))
    assert report.unreadable == 1
    assert report.files[0].problem
    assert report.files[1].counts.new > 0


def test_the_past_is_seen_as_it_was_known(tmp_path: Path, catalogue: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(catalogue)
    with open_store(tmp_path / "store") as store:
        list(ingest_files(store, [tmp_path / "a.csv"], known_at=BY_CATALOGUE))
        before = sky_of_store(store, as_of_utc=AS_OF - np.timedelta64(90, "D"), history_days=30.0)
        after = sky_of_store(store, as_of_utc=AS_OF + np.timedelta64(1, "D"), history_days=30.0)
    assert before is None
    assert after is not None
    files = sky_of_files([tmp_path / "a.csv"])
    assert len(after.picture(assets=(), days_ahead=1.0).newest) == len(files.parts[0].newest())


def test_paths_that_do_not_exist_are_named(tmp_path: Path) -> None:
    with opened_store(Settings(), tmp_path) as store:
        with pytest.raises(SettingsError, match=r"nothing\.csv"):
            list(ingest_files(store, [tmp_path / "nothing.csv"]))
        (tmp_path / "empty").mkdir()
        with pytest.raises(SettingsError, match="holds no file"):
            list(ingest_files(store, [tmp_path / "empty"]))


def test_moments_are_read_with_and_without_zone() -> None:
    assert moment_from("2025-03-03T09:00:00+09:00") == moment_from("2025-03-03")
