"""The record of an exercise only grows, and its clock is never kept before an act."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hoshimori.errors import StoreError
from hoshimori.model.live_exercises import ExerciseMoment
from hoshimori.model.rehearsals import ActKind, CellAct
from hoshimori.store.exercise_record import open_exercise_record

START = datetime(2026, 1, 1, tzinfo=UTC)


def moment(hours: float) -> ExerciseMoment:
    return ExerciseMoment(START + timedelta(hours=hours), 60.0, is_paused=False)


def act(hours: float, value: str) -> CellAct:
    return CellAct(
        cell="blue", kind=ActKind.ANSWER, at_utc=moment(hours).now_utc, subject="q", value=value
    )


def test_what_is_kept_is_there_after_it_was_closed(tmp_path: Path) -> None:
    with open_exercise_record(tmp_path) as record:
        assert record.begun() is None
        assert record.moment() is None
        record.begin("script", "{}", moment(0.0))
        record.add_act(act(1.5, "一"), "sato", moment(1.5), objects=(5, 7))
        record.add_addition("[[inject]]", "umpire", moment(2.0))
        assert record.owe_look(START)
        assert not record.owe_look(START)
        record.keep_look(START, "first")
        record.keep_look(START, "second")
    with open_exercise_record(tmp_path, create=False) as again:
        assert again.begun() == ("script", "{}")
        assert again.moment() == moment(2.0)
        (kept,) = again.acts()
        assert (kept.number, kept.act, kept.by, kept.objects) == (1, act(1.5, "一"), "sato", (5, 7))
        (added,) = again.additions()
        assert (added.toml, added.at_utc) == ("[[inject]]", moment(2.0).now_utc)
        assert again.looks() == {START: "first"}
    assert stat.S_IMODE((tmp_path / "exercise.sqlite").stat().st_mode) == 0o600


def test_an_exercise_is_begun_once(tmp_path: Path) -> None:
    with open_exercise_record(tmp_path) as record:
        record.begin("script", "{}", moment(0.0))
        with pytest.raises(StoreError):
            record.begin("another", "{}", moment(5.0))
        assert record.begun() == ("script", "{}")
        assert record.moment() == moment(0.0)


def test_none_is_made_where_one_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="`hoshimori rehearse serve` begins one"):
        open_exercise_record(tmp_path, create=False)
