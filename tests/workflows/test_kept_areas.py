"""Areas of lost navigation are judged once for the same maps, and never told of others."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.picture import Picture
from hoshimori.workflows.explain import areas_in
from hoshimori.workflows.kept_areas import kept_areas

AS_OF = datetime(2026, 3, 24, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def picture() -> Picture:
    """Maps of some weeks with one disturbed area; no sky is needed for them."""
    planted = PlantedDisturbance(35.5, 137.5, 190.0, first_day=20, last_day=22, share=0.4)
    made = MadeAir(planted=(planted,), rings=9, days=24)
    air = disturbed_air(made, np.random.Generator(np.random.PCG64(1)))
    return Picture(AS_OF, NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 1.0, integrity=air)


def kept_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("areas-*"))


def test_what_is_kept_is_what_was_found(picture: Picture, tmp_path: Path) -> None:
    found = kept_areas(picture, tmp_path / "cache")
    assert found
    assert found == areas_in(picture)
    (path,) = kept_in(tmp_path / "cache")
    # Read, not found again: what stands in the file is told.
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))[:0]))
    assert kept_areas(picture, tmp_path / "cache") == ()
    path.write_text("{broken", encoding="utf-8")
    assert kept_areas(picture, tmp_path / "cache") == found


def test_other_counts_and_earlier_moments_have_areas_of_their_own(
    picture: Picture, tmp_path: Path
) -> None:
    kept_areas(picture, tmp_path)
    cells = picture.integrity
    assert cells is not None
    quiet = replace(picture, integrity=replace(cells, bad=np.zeros_like(cells.bad)))
    assert kept_areas(quiet, tmp_path) == ()
    early = replace(picture, as_of_utc=picture.as_of_utc - timedelta(days=8))
    assert kept_areas(early, tmp_path) == areas_in(early)
    assert len(kept_in(tmp_path)) == 3
    assert kept_areas(replace(picture, integrity=None), tmp_path) is None


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(
    picture: Picture, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    assert kept_areas(picture, file) == areas_in(picture)
