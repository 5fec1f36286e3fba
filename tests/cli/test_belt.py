"""`belt` at the door: tables, JSON, the picture, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hoshimori.cli.belt import BeltArguments, run_belt
from hoshimori.errors import HoshimoriError
from hoshimori.exercise.belt_years import HOLDERS, VISITOR
from hoshimori.formats.parquet import write_parquet
from hoshimori.model.elements import ElementSets


@pytest.fixture(scope="module")
def catalogue(
    years_of_belt: Callable[[float], ElementSets], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("belt") / "years.parquet"
    path.write_bytes(write_parquet(years_of_belt(30.0)))
    return path


def run(
    catalogue: Path,
    *,
    as_json: bool = False,
    everything: bool = False,
    picture: Path | None = None,
    **changes: str | None,
) -> int:
    asked: dict[str, str | None] = dict.fromkeys(("objects", "since", "until", "as_of"), "")
    asked |= {"language": "en"} | changes
    arguments = BeltArguments(catalogues=(catalogue,), store=None, settings=None, **asked)  # type: ignore[arg-type]
    return run_belt(arguments, as_json=as_json, everything=everything, picture=picture)


def test_json_is_one_document_with_its_reality(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(catalogue, as_json=True, objects=str(VISITOR), since="2021-03-20T00:00:00Z") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reality"] == "SIMULATED"
    assert round(told["stays"][0]["slot_deg_east"]) == 30
    first = told["company"][0]
    assert first["objects"] == [HOLDERS[0], VISITOR]
    assert first["closest_km"]["low"] <= first["closest_km"]["best"] <= first["closest_km"]["high"]
    assert first["base_rate"]["compared"] > 0


@pytest.mark.parametrize("columns", ["80", "180"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_tables_of_one_object_and_of_the_belt(
    catalogue: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run(catalogue, objects=str(VISITOR), language=language) == 0
    assert "SIM HOLDER 2" in capsys.readouterr().out.replace("\n", " ")
    assert run(catalogue, everything=True, language=language) == 0
    assert "SIM TUG" in capsys.readouterr().out.replace("\n", " ")


def test_a_picture_is_written_for_one_object(catalogue: Path, tmp_path: Path) -> None:
    path = tmp_path / "visitor.svg"
    assert run(catalogue, objects=str(VISITOR), picture=path) == 0
    assert path.read_text(encoding="utf-8").startswith("<svg")
    with pytest.raises(HoshimoriError, match="--objects"):
        run(catalogue, picture=path)
    with pytest.raises(HoshimoriError, match="No such file"):
        run(catalogue, objects=str(VISITOR), picture=tmp_path / "none" / "a.svg")
