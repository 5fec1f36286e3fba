"""The settings tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import SettingsError
from hoshimori.model.provenance import Provenance, Reality, brought_source
from hoshimori.settings import (
    Settings,
    load_settings,
    marking_of,
    marking_of_files,
    settings_from,
)


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


NAMED = {
    "markings": {
        "file": "TLP:AMBER",
        "sources": {
            "open-*.csv": "TLP:CLEAR",
            "*-of-jpn.csv": "TLP:GREEN//REL TO JPN",
            "open-own.csv": "TLP:RED",
        },
    }
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("open-1.csv", "TLP:CLEAR"),
        ("open-2-of-jpn.csv", "TLP:GREEN//REL TO JPN"),  # both patterns
        ("open-own.csv", "TLP:RED"),  # the name itself before patterns
        ("Open-1.csv", "TLP:AMBER"),
        ("brought/open-1.csv", "TLP:AMBER"),  # by somebody through a server
        ("celestrak", "TLP:CLEAR"),
        ("./celestrak", "TLP:AMBER"),  # a file of that name
    ],
)
def test_files_have_markings_by_their_names(source: str, expected: str) -> None:
    settings = settings_from(NAMED, origin="here")
    assert str(marking_of(Provenance(source, "0" * 64), settings)) == expected


def test_what_people_brought_can_be_opened_by_its_whole_name_alone() -> None:
    wide = settings_from({"markings": {"sources": {"*": "TLP:CLEAR"}}}, origin="here")
    named = settings_from({"markings": {"sources": {"brought/a.csv": "TLP:CLEAR"}}}, origin="here")
    brought = Provenance(brought_source("a.csv"), "0" * 64)
    assert str(marking_of(brought, wide)) == "TLP:AMBER"
    assert str(marking_of(brought, named)) == "TLP:CLEAR"


@given(st.text(max_size=30), st.sampled_from(Reality))
def test_no_name_that_is_brought_gets_another_marking_than_files(
    name: str, reality: Reality
) -> None:
    sources = {"*": "TLP:CLEAR", "celestrak*": "TLP:CLEAR", "a/*": "TLP:CLEAR"}
    settings = settings_from({"markings": {"sources": sources}}, origin="here")
    brought = Provenance(brought_source(name), "0" * 64, reality)
    assert marking_of(brought, settings) == marking_of_files(settings)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"a.csv" = "SECRET"', ":4:markings.sources.a.csv: 'SECRET': expected a marking"),
        ('a.csv = "TLP:RED"', "quote names that hold a point"),
        ('"a.csv" = 3', ":4:markings.sources.a.csv: 3 is not a marking"),
        ('"exercise/script" = "TLP:RED"', ":4:markings.sources.exercise/script: this source has a"),
        ('celestrak = "TLP:RED"', ":4:markings.sources.celestrak: this source has a key of its"),
        ('"" = "TLP:RED"', "expected a file's name or a pattern"),
    ],
)
def test_a_mistake_in_markings_by_name_is_named_with_its_line(
    tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "hoshimori.toml"
    path.write_text(f"# made\n[markings]\n[markings.sources]\n{line}\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert str(caught.value).startswith(f"{path}:")
    assert said in str(caught.value)


def test_the_line_of_any_mistake_is_named(tmp_path: Path) -> None:
    path = tmp_path / "hoshimori.toml"
    path.write_text("[watch]\n\ndays = 'three'\n")
    with pytest.raises(SettingsError, match=r"hoshimori\.toml:3:watch\.days: 'three'"):
        load_settings(path)
    path.write_text("[watch]\n[markings]\nsources = 3\n")
    with pytest.raises(SettingsError, match=r"hoshimori\.toml:3:markings\.sources: expected a t"):
        load_settings(path)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("partner/USA/TLP:GREEN//REL TO JPN, USA", "TLP:GREEN//REL TO USA, JPN"),
        ("partner/USA/nonsense", "TLP:RED//REL TO NOBODY"),
        ("partner/USA", "TLP:RED//REL TO NOBODY"),
        ("brought/partner/USA/TLP:CLEAR", "TLP:AMBER"),
        ('several/["celestrak","partner/USA/TLP:GREEN"]', "TLP:GREEN"),
    ],
)
def test_what_a_partners_letter_brought_has_the_marking_in_its_name(
    source: str, expected: str
) -> None:
    opened = settings_from({"markings": {"sources": {"partner/USA/*": "TLP:CLEAR"}}}, origin="here")
    for settings in (Settings(), opened):
        assert str(marking_of(Provenance(source, "0" * 64), settings)) == expected
