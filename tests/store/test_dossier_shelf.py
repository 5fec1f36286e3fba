"""The shelf keeps dossiers whole, for their owner alone, and under no other names."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.model.changes import Change, Conclusion
from hoshimori.model.composed import (
    ComposedDossier,
    ComposedFile,
    ComposingState,
    DossierOrder,
)
from hoshimori.store import DossierShelf
from hoshimori.workflows.composing import broken_off

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
ORDER = DossierOrder(
    "DOS-0123456789", "INC-0123456789", "a" * 24, NOON, ("en", "ja"), ("JPN",), "題", "local", NOON
)
READY = ComposedDossier(
    ORDER, ComposingState.READY, reality="SIMULATED", composed_utc=NOON,
    whole=ComposedFile("DOS-0123456789.zip", 3, "0" * 64, "TLP:AMBER//REL TO USA, JPN"),
    withheld=2, changes=(Change(Conclusion.LABEL, "", "RFI", "NO_EVENT"),),
)  # fmt: skip


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    shelf = DossierShelf(tmp_path)
    assert shelf.records() == ()
    assert shelf.record(ORDER.dossier_id) is None
    shelf.keep(READY)
    shelf.keep_file("DOS-0123456789.zip", b"zip")
    assert shelf.record(ORDER.dossier_id) == READY
    assert shelf.file("DOS-0123456789.zip") == b"zip"
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "dossiers").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "dossiers").stat().st_mode) == 0o700


def test_the_last_ordered_stands_first_and_a_damaged_one_is_left_out(tmp_path: Path) -> None:
    shelf = DossierShelf(tmp_path)
    shelf.keep(READY)
    later = replace(ORDER, dossier_id="DOS-abcdefabcd", ordered_utc=NOON + timedelta(hours=1))
    shelf.keep(replace(READY, order=later))
    assert [one.order.dossier_id for one in shelf.records()] == ["DOS-abcdefabcd", ORDER.dossier_id]
    (tmp_path / "dossiers" / "DOS-abcdefabcd.json").write_text("{")
    assert [one.order.dossier_id for one in shelf.records()] == [ORDER.dossier_id]
    with pytest.raises(StoreError, match="cannot be read"):
        shelf.record("DOS-abcdefabcd")


@pytest.mark.parametrize("name", ["../facts.duckdb", "DOS-0123456789/../x", "", "run.json"])
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    shelf = DossierShelf(tmp_path)
    with pytest.raises(StoreError, match="not the name"):
        shelf.file(name)
    with pytest.raises(StoreError, match="not the name"):
        shelf.keep_file(name, b"x")


def test_what_a_server_left_unfinished_is_told_as_failed(tmp_path: Path) -> None:
    shelf = DossierShelf(tmp_path)
    shelf.keep(ComposedDossier(ORDER, ComposingState.COMPOSING))
    assert [one.order for one in broken_off(shelf)] == [ORDER]
    kept = shelf.record(ORDER.dossier_id)
    assert kept is not None
    assert kept.state is ComposingState.FAILED
    assert "order it again" in kept.problem
    assert broken_off(shelf) == ()
