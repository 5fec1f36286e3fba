"""Files of reports as a watch takes them in, and the marking of the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.operator_reports import OperatorReportDetector
from hoshimori.errors import FormatError, SettingsError
from hoshimori.model.incidents import Attention
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.settings import Settings, settings_from
from hoshimori.workflows.reports import marking_of_picture, reports_from
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import watch

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
RECORD = """[[report]]
statement = "service_lost"
objects = [800000001]
start_utc = 2026-10-31T00:00:00Z
known_utc = {known}
source = "made"
text = "made"
"""
SETTINGS = Settings()


def write(folder: Path, name: str, known: str = "2026-10-31T12:00:00Z", more: str = "") -> Path:
    path = folder / name
    path.write_text(RECORD.format(known=known) + more, encoding="utf-8")
    return path


def test_reports_of_a_folder_are_read_and_one_that_stands_twice_counts_once(
    tmp_path: Path,
) -> None:
    write(tmp_path, "a.toml", more='marking = "TLP:GREEN//ORCON"\n')
    write(tmp_path, "b.toml")
    write(tmp_path, "c.toml", known="2026-10-31T13:00:00Z", more='grade = "X"\n')
    reading = reports_from([tmp_path], SETTINGS)
    (report,) = reading.reports
    assert report.marking == Marking(Level.AMBER, caveats=frozenset({"ORCON"}))
    (refused,) = reading.rejections
    assert str(refused).startswith(f"{tmp_path / 'c.toml'}:8:grade: 'X'")


def test_reports_without_a_marking_have_that_of_their_file(tmp_path: Path) -> None:
    named = {"markings": {"sources": {"open-*": "TLP:CLEAR"}}}
    tree = settings_from(named, origin="here")
    for name, expected in (("open-1.toml", Level.CLEAR), ("own.toml", Level.AMBER)):
        (report,) = reports_from([write(tmp_path, name)], tree).reports
        assert report.marking.level is expected


def test_a_file_that_does_not_exist_or_holds_no_reports_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml"):
        reports_from([tmp_path / "none.toml"], SETTINGS)
    (tmp_path / "other.toml").write_text("[watch]\n")
    with pytest.raises(FormatError, match=r"other\.toml"):
        reports_from([tmp_path / "other.toml"], SETTINGS)


def test_a_watch_shows_what_was_known_by_then_and_has_the_marking_of_all(tmp_path: Path) -> None:
    files = (write(tmp_path, "a.toml"), write(tmp_path, "b.toml", known="2026-11-01T00:00:01Z"))
    more = 'reality = "EXERCISE"\nmarking = "TLP:CLEAR"\n'
    exercise = write(tmp_path, "e.toml", known="2026-10-31T11:00:00Z", more=more)
    sky = made_sky(seed=1, objects=300, as_of_utc=AS_OF)
    stated = reports_from((*files, exercise), SETTINGS)
    picture = sky.picture(assets=sky.assets[:1], days_ahead=1.0, reports=stated.reports)
    assert [r.known_utc.hour for r in picture.reports] == [12, 11]
    marking = marking_of_picture(picture, SETTINGS)
    assert marking == Marking(Level.AMBER)
    board = watch(picture, marking=marking, detectors=(OperatorReportDetector(),))
    assert board.marking == marking
    assert board.reality is Reality.EXERCISE
    assert set(board.findings) == set(picture.reports)
    assert {i.attention for i in board.incidents} == {Attention.WATCH}


def test_the_settings_say_what_a_source_is_marked() -> None:
    sky = made_sky(seed=1, objects=300, as_of_utc=AS_OF)
    picture = sky.picture(assets=(), days_ahead=1.0)
    assert marking_of_picture(picture, SETTINGS) == Marking(Level.CLEAR)
    red = settings_from({"markings": {"made_sky": "TLP:RED"}}, origin="here")
    assert marking_of_picture(picture, red) == Marking(Level.RED)
