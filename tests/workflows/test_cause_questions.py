"""What lies beside a question of causes: the file of space weather is read until it is another."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from tests.workflows.test_explain import weather

from hoshimori.errors import SettingsError
from hoshimori.formats.space_weather import write_space_weather
from hoshimori.settings import Settings, SourceSettings
from hoshimori.workflows.cause_questions import WeatherDesk, at_hand

AT = np.datetime64("2026-11-01", "us")


def test_the_weather_is_read_once_until_its_file_is_another(tmp_path: Path) -> None:
    file, desk = tmp_path / "weather.csv", WeatherDesk()
    file.write_bytes(write_space_weather(weather(AT)))
    first = desk.weather(str(file))
    assert first is not None
    assert desk.weather(str(file)) is first
    file.write_bytes(write_space_weather(weather(AT, peak_kp=5.0)))
    os.utime(file, ns=(1, 1))
    second = desk.weather(str(file))
    assert second is not None
    assert np.nanmax(second.kp) < np.nanmax(first.kp)


def test_no_file_is_named_or_there(tmp_path: Path) -> None:
    desk = WeatherDesk()
    assert desk.weather("") is None
    missing = str(tmp_path / "missing.csv")
    with pytest.raises(SettingsError, match="no such file of space weather"):
        desk.weather(missing)
    tree = Settings(sources=SourceSettings(space_weather=missing, cache_folder=str(tmp_path)))
    assert at_hand(tree).weather == missing
    assert at_hand(tree).cache == tmp_path
