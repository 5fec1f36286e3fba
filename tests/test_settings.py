"""The settings tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoshimori.errors import SettingsError
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.settings import Settings, load_settings, marking_of, settings_from


def test_what_a_file_leaves_out_is_default(tmp_path: Path) -> None:
    path = tmp_path / "hoshimori.toml"
    path.write_text("[watch]\ndays = 3\n")
    settings = load_settings(path)
    assert settings.watch.days == 3.0
    assert settings.store == Settings().store
    assert settings.origin == str(path)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"wach": {}}, "here: wach: unknown key; expected one of store, sources, watch"),
        ({"watch": {"day": 3}}, "here: watch.day: unknown key; expected one of assets, days"),
        ({"watch": {"days": "3"}}, "here: watch.days: '3' is not a float"),
        ({"watch": {"days": True}}, "here: watch.days: True is not a float"),
        ({"markings": {"file": "SECRET"}}, "here: markings.file: 'SECRET': expected a marking"),
        ({"markings": {"celestrac": "TLP:RED"}}, "here: markings.celestrac: unknown key"),
        ({"watch": 3}, "here: watch: expected a table"),
        ({"origin": {}}, "here: origin: unknown key"),
    ],
)
def test_a_mistake_is_named(document: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_from(document, origin="here")
    assert said in str(caught.value)


def test_a_named_file_must_exist_and_be_toml(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        load_settings(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("= =")
    with pytest.raises(SettingsError, match="not a TOML file"):
        load_settings(tmp_path / "bad.toml")


@pytest.mark.parametrize(
    ("source", "reality", "expected"),
    [
        ("celestrak", Reality.REAL, "TLP:CLEAR"),
        ("space-track", Reality.REAL, "TLP:GREEN//SOURCE TERMS"),
        ("synthetic sky, seed 1", Reality.SIMULATED, "TLP:CLEAR"),
        ("synthetic sky, seed 1", Reality.REAL, "TLP:AMBER"),  # a file of that name
        ("catalogue.3le.gz", Reality.REAL, "TLP:AMBER"),
    ],
)
def test_each_source_has_a_default_marking(source: str, reality: Reality, expected: str) -> None:
    assert str(marking_of(Provenance(source, "0" * 64, reality), Settings())) == expected


def test_a_marking_of_the_settings_takes_the_place_of_the_default() -> None:
    settings = settings_from({"markings": {"file": "tlp:clear//rel to jpn"}}, origin="here")
    assert str(marking_of(Provenance("a.csv", "0" * 64), settings)) == "TLP:CLEAR//REL TO JPN"


@pytest.mark.parametrize(
    ("source", "reality", "level"),
    [
        ("synthetic sky, seed 1", Reality.SIMULATED, "TLP:CLEAR"),
        ("synthetic sky, seed 1", Reality.EXERCISE, "TLP:CLEAR"),
        ("synthetic sky, seed 1", Reality.REAL, "TLP:AMBER"),
        ("exercise: aircraft integrity", Reality.EXERCISE, "TLP:AMBER"),
        ("celestrak", Reality.EXERCISE, "TLP:CLEAR"),
        ("an operator.csv", Reality.EXERCISE, "TLP:AMBER"),
    ],
)
def test_an_exercise_shows_nobody_more_than_what_it_plays_on(
    source: str, reality: Reality, level: str
) -> None:
    assert str(marking_of(Provenance(source, "0" * 64, reality), Settings())) == level
