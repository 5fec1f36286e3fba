"""The timeline: every finding of the board on its lane, and its bounds."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.model.board import WatchBoard
from hoshimori.model.findings import Conjunction, Manoeuvre
from hoshimori.model.incidents import Attention
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.timeline import (
    MOST_MARKS,
    Lane,
    Mark,
    lane_of,
    moment_on_lane,
    timeline,
)
from hoshimori.workflows.watch import watch


@pytest.fixture(scope="module")
def board() -> WatchBoard:
    sky = made_sky(seed=1, objects=800, as_of_utc=np.datetime64("2026-11-01", "us"))
    detectors = (
        ConjunctionDetector(),
        ManoeuvreDetector(),
        OverdueDetector(),
        ProximityDetector(),
    )
    return watch(sky.picture(assets=sky.assets, days_ahead=5.0), detectors=detectors)


def test_every_finding_of_an_incident_has_its_mark(board: WatchBoard) -> None:
    told = timeline(board, since_utc=board.as_of_utc - timedelta(days=400))
    by_id = {f.finding_id: f for f in board.findings}
    wanted = sorted(i for incident in board.incidents for i in incident.finding_ids)
    assert sorted(m.finding_id for m in told.marks) == wanted
    assert {Lane.CONJUNCTION, Lane.PROXIMITY, Lane.MANOEUVRE, Lane.BREAKUP} <= {
        m.lane for m in told.marks
    }
    for mark in told.marks:
        finding = by_id[mark.finding_id]
        assert mark.lane is lane_of(finding)
        assert mark.start_utc <= mark.moment_utc <= mark.end_utc
        assert mark.moment_utc == moment_on_lane(finding)
        if isinstance(finding, Conjunction):
            assert mark.moment_utc == finding.tca_utc
        if isinstance(finding, Manoeuvre):
            assert mark.moment_utc == finding.burn_utc


def test_what_ended_before_is_left_out(board: WatchBoard) -> None:
    told = timeline(board, since_utc=board.as_of_utc)
    assert all(m.end_utc >= board.as_of_utc for m in told.marks)
    assert told.until_utc == board.as_of_utc + timedelta(days=board.days_ahead)


def test_boards_kept_are_thinned_and_the_newest_stays(board: WatchBoard) -> None:
    kept = [board.as_of_utc - timedelta(hours=h) for h in range(2_000)]
    told = timeline(board, since_utc=board.as_of_utc - timedelta(days=60), boards=kept)
    marks = [m for m in told.marks if m.lane is Lane.BOARD]
    assert 100 < len(marks) <= 400
    assert max(m.moment_utc for m in marks) == board.as_of_utc
    assert min(m.moment_utc for m in marks) >= board.as_of_utc - timedelta(days=60)


def test_of_too_many_the_least_urgent_are_counted_and_left_out(board: WatchBoard) -> None:
    now = board.as_of_utc
    alerts = [
        Mark(Lane.ALERT, now, now, now, Attention.LOG, None, "alert", alert_id=str(k))
        for k in range(MOST_MARKS)
    ]
    told = timeline(board, since_utc=now, alerts=alerts)
    assert len(told.marks) == MOST_MARKS
    assert sum(told.left_out.values()) > 0
    urgent = [i for i in board.incidents if i.attention is not Attention.LOG for _ in i.finding_ids]
    shown = [m for m in told.marks if m.attention is not Attention.LOG]
    assert len(shown) <= len(urgent)
    assert told.left_out[Lane.ALERT] + told.left_out[Lane.CONJUNCTION] > 0
