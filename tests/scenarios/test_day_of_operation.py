"""Part of a day of the watch floor: a restart in the middle loses nothing and repeats nothing."""

from __future__ import annotations

import runpy
import sys
from datetime import timedelta
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def test_a_restart_in_the_middle_loses_nothing_and_repeats_no_alert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    day = runpy.run_path(str(BENCHMARKS / "day_of_operation.py"))
    day["made_day"](tmp_path, 200, 4)
    day["keep_watch"](tmp_path, day["BEGAN"], 1.5)
    stopped = day["place_in"](tmp_path)
    assert stopped == day["BEGAN"] + timedelta(hours=1.5)
    day["keep_watch"](tmp_path, stopped, 4.0)
    told = day["verdict"](tmp_path, 4.0)
    schedule, facts, alerts = told["schedule"], told["facts"], told["alerts"]
    assert schedule["watches_on_the_hour"] == 5
    assert schedule["watches_doubled"] == schedule["watches_missed"] == 0
    assert schedule["fetches"] == facts["deliveries"] == 2
    assert schedule["failed"] == []
    assert facts["lost"] == 0
    assert facts["element_sets_held"] == facts["element_sets_sent"] > 1_000
    assert not told["incidents"]["broken"]
    assert alerts["messages_sent"] == alerts["messages_kept"] > 0
    assert alerts["raised_twice"] == alerts["incidents_with_two_alerts"] == 0
    assert alerts["messages_sent_twice"] == 0
