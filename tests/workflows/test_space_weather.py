"""Space weather comes from the file that the settings name; without one there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hoshimori.errors import FormatError, SettingsError
from hoshimori.settings import Settings, SourceSettings
from hoshimori.workflows.space_weather import space_weather


def settings(path: str) -> Settings:
    return replace(Settings(), sources=SourceSettings(space_weather=path))


def test_none_is_named_by_default() -> None:
    assert space_weather(Settings()) is None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        space_weather(settings(str(tmp_path / "SW-All.csv")))


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    path = tmp_path / "SW-All.csv"
    path.write_text("a,b\n")
    with pytest.raises(FormatError, match=r"SW-All\.csv"):
        space_weather(settings(str(path)))


def test_the_real_file_with_its_digest(shared_data: Path) -> None:
    reading = space_weather(settings(str(shared_data / "spaceweather" / "SW-All.csv.gz")))
    assert reading is not None
    assert reading.weather.provenance.source == "SW-All.csv.gz"
    assert len(reading.weather.provenance.payload_sha256) == 64
    assert len(reading.weather) > 25_000
