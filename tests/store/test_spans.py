"""The working folder of a long computation."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.store import opened_spans, replaced

SPANS = [(0, 10), (10, 20), (20, 25)]
IDENTITY = {"catalogue": "ab", "days": 1.0}


def test_finished_spans_are_kept_until_removed(tmp_path: Path) -> None:
    folder = tmp_path / "out.parts"
    with opened_spans(folder, IDENTITY, SPANS) as kept:
        assert kept.missing() == tuple(SPANS)
        kept.keep((10, 20), (b"middle", b"more"))
    with opened_spans(folder, IDENTITY, SPANS) as kept:
        assert kept.missing() == ((0, 10), (20, 25))
        assert kept.part((10, 20), 0).read_bytes() == b"middle"
        kept.remove()
    assert not folder.exists()


def test_a_folder_that_was_begun_keeps_its_own_spans(tmp_path: Path) -> None:
    with opened_spans(tmp_path, IDENTITY, SPANS):
        pass
    with opened_spans(tmp_path, IDENTITY, [(0, 25)]) as kept:
        assert kept.spans == tuple(SPANS)


def test_the_folder_of_another_computation_is_refused_by_what_differs(tmp_path: Path) -> None:
    with opened_spans(tmp_path, IDENTITY, SPANS) as kept:
        kept.keep((0, 10), (b"first", b""))
    with (
        pytest.raises(StoreError, match=r"other days; .*--restart"),
        opened_spans(tmp_path, IDENTITY | {"days": 2.0}, SPANS),
    ):
        pass
    assert kept.part((0, 10), 1).exists()
    with opened_spans(tmp_path, IDENTITY | {"days": 2.0}, SPANS, restart=True) as anew:
        assert anew.missing() == tuple(SPANS)


@pytest.mark.parametrize("text", ["", "[]", '{"identity": {}}', "{"])
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match="--restart"), opened_spans(tmp_path, IDENTITY, SPANS):
        pass


def test_two_processes_cannot_share_a_folder(tmp_path: Path) -> None:
    with (
        opened_spans(tmp_path, IDENTITY, SPANS),
        pytest.raises(StoreError, match="another process"),
        opened_spans(tmp_path, IDENTITY, SPANS),
    ):
        pass


def test_what_was_half_written_is_no_span(tmp_path: Path) -> None:
    with opened_spans(tmp_path, IDENTITY, SPANS) as kept:
        kept.part((0, 10), 0).write_bytes(b"whole")
        (tmp_path / (kept.part((0, 10), 1).name + ".beside")).write_bytes(b"ha")
    with opened_spans(tmp_path, IDENTITY, SPANS) as kept:
        assert kept.missing() == tuple(SPANS)
        assert not list(tmp_path.glob("*.beside"))


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "table"
    target.write_text("before")
    with pytest.raises(ZeroDivisionError), replaced(target) as beside:
        beside.write_text(f"half {1 // 0}")
    assert target.read_text() == "before"
    with replaced(target) as beside:
        beside.write_text("after")
    assert target.read_text() == "after"
    with (
        pytest.raises(StoreError, match="cannot be written"),
        replaced(tmp_path / "gone" / "table") as beside,
    ):
        beside.write_text("nowhere")
