"""Old folders of compiled functions go, those in use stay, whoever else tidies at the same time."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hoshimori.numerics.kernels import FOLDER_NAME_START, kernel_folder
from hoshimori.workflows.old_kernels import remove_old_kernels


def made(folder: Path, name: str, days_old: float) -> Path:
    made = folder / name
    (made / "numerics_1").mkdir(parents=True)
    (made / "numerics_1" / "one.nbi").write_bytes(b"compiled")
    moment = time.time() - 86_400.0 * days_old
    os.utime(made, (moment, moment))
    return made


def test_what_was_not_used_for_long_is_removed_and_nothing_else(tmp_path: Path) -> None:
    current = made(tmp_path, "kernels-now", 400.0)
    stays = [made(tmp_path, "kernels-recent", 29.0), made(tmp_path, "answers", 400.0)]
    goes = [made(tmp_path, "kernels-old", 31.0), made(tmp_path, "removed-kernels-cut", 31.0)]
    note = tmp_path / "kernels-note.txt"
    note.write_text("a file")
    os.utime(note, (0.0, 0.0))
    (tmp_path / "kernels-link").symlink_to(stays[1])
    assert remove_old_kernels(current) == 2
    assert not [path for path in goes if path.exists()]
    assert all((path / "numerics_1" / "one.nbi").exists() for path in (current, *stays))
    assert note.exists()
    assert remove_old_kernels(current) == 0


def test_a_start_makes_the_own_folder_young(tmp_path: Path) -> None:
    first, second = made(tmp_path, "kernels-a", 31.0), made(tmp_path, "kernels-b", 1.0)
    remove_old_kernels(first)
    remove_old_kernels(second)
    assert first.exists()
    assert time.time() - first.stat().st_mtime < 3_600.0


def test_many_at_once_remove_them_all(tmp_path: Path) -> None:
    current = made(tmp_path, "kernels-now", 0.0)
    for number in range(60):
        made(tmp_path, f"kernels-{number}", 40.0)
    with ThreadPoolExecutor(8) as pool:
        removed = list(pool.map(lambda _: remove_old_kernels(current), range(8)))
    assert [path.name for path in tmp_path.iterdir()] == ["kernels-now"]
    assert sum(removed) >= 60


def test_without_a_folder_or_without_permission_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remove_old_kernels(tmp_path / "nowhere" / "kernels-now") == 0
    old = made(tmp_path, "kernels-old", 40.0)

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(f"{self} to {target}")

    monkeypatch.setattr(Path, "rename", refused)
    assert remove_old_kernels(tmp_path / "kernels-now") == 0
    assert (old / "numerics_1").exists()


def test_the_folder_of_this_code_is_the_one_that_is_marked() -> None:
    assert Path(kernel_folder()).name.startswith(FOLDER_NAME_START)
