"""A watched folder hands over complete files, each once, and again when it has changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hoshimori.errors import SourceError
from hoshimori.sources.folder import WatchedFolder

Clock = Any


def names(folder: WatchedFolder) -> list[str]:
    return [delivery.source for delivery in folder.look()]


def test_a_file_is_handed_over_once_it_stands_still(tmp_path: Path, clock: Clock) -> None:
    watched = WatchedFolder(tmp_path, clock)
    assert names(watched) == []
    (tmp_path / "a.csv").write_bytes(b"half")
    assert names(watched) == []
    (tmp_path / "a.csv").write_bytes(b"half and half")
    assert names(watched) == []
    (delivery,) = watched.look()
    assert (delivery.source, delivery.payload) == ("a.csv", b"half and half")
    assert delivery.received_utc == clock.moment
    assert names(watched) == []


def test_a_file_called_as_a_source_of_ours_is_none(tmp_path: Path, clock: Clock) -> None:
    watched = WatchedFolder(tmp_path, clock)
    for name in ("celestrak", "space-track", "synthetic sky, seed 1"):
        (tmp_path / name).write_bytes(b"of the house")
    assert [names(watched), names(watched)] == [
        [], ["./celestrak", "./space-track", "./synthetic sky, seed 1"]
    ]  # fmt: skip


def test_a_changed_file_is_handed_over_again(tmp_path: Path, clock: Clock) -> None:
    watched = WatchedFolder(tmp_path, clock)
    (tmp_path / "a.csv").write_bytes(b"one")
    assert [names(watched), names(watched)] == [[], ["a.csv"]]
    (tmp_path / "a.csv").write_bytes(b"one and two")
    assert [names(watched), names(watched), names(watched)] == [[], ["a.csv"], []]


def test_what_is_not_finished_or_not_a_file_is_passed_over(tmp_path: Path, clock: Clock) -> None:
    for name in ("b.csv", "a.csv", ".hidden", "c.csv.part", "d.tmp", "e~"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    watched = WatchedFolder(tmp_path, clock)
    assert [names(watched), names(watched)] == [[], ["a.csv", "b.csv"]]


def test_a_file_that_goes_away_is_forgotten(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    watched = WatchedFolder(tmp_path, clock)
    names(watched)
    (tmp_path / "a.csv").unlink()
    assert names(watched) == []


def test_one_unreadable_file_does_not_hide_the_others(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"x")
    watched = WatchedFolder(tmp_path, clock)
    names(watched)
    read_bytes = Path.read_bytes

    def refuse_a(path: Path) -> bytes:
        if path.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_a)
    looking = watched.look()
    assert next(looking).source == "b.csv"
    with pytest.raises(SourceError, match=r"a\.csv: cannot be read: Permission denied"):
        next(looking)
    assert names(watched) == []


def test_a_missing_folder_is_an_error(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(SourceError, match="nowhere: cannot be watched: No such file"):
        list(WatchedFolder(tmp_path / "nowhere", clock).look())
