"""Who does not want to wait is told how far it is; too many are turned away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hoshimori.errors import BusyError, CoverageError
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.access import HOME
from hoshimori.settings import Settings, WatchSettings
from hoshimori.store import Store, open_store
from hoshimori.workflows.audience_incidents import AudienceIncidents
from hoshimori.workflows.clocks import MadeClock
from hoshimori.workflows.floor_parts import FloorParts
from hoshimori.workflows.floor_questions import MOST_IN_LINE, Questions
from hoshimori.workflows.floor_store import FloorStore
from hoshimori.workflows.skies import Sky

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
VANGUARD = b"""\
OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,\
ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,\
REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT
VANGUARD 1,1958-002B,2026-10-31T12:00:00.000000,10.82419157,.1859667,34.2682,348.7242,331.7664,\
19.3264,0,U,5,475,41366,.28098E-4,.23E-6,0
"""
AMPLE_S = 60.0


class SlowSky:
    """Gives a sky once it may, and counts how often it was asked."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.asked = 0

    def __call__(self, store: Store, moment: datetime) -> Sky | None:
        self.asked += 1
        self.may.wait()
        if moment < NOON:
            return None
        received = np.datetime64("2026-11-01", "us")
        rows = read_catalogue(VANGUARD, source="made", received_utc=received).element_sets
        return Sky(parts=(rows,), origin="made")


@pytest.fixture
def sky() -> Iterator[SlowSky]:
    slow = SlowSky()
    yield slow
    slow.may.set()


@pytest.fixture
def questions(tmp_path: Path, sky: SlowSky) -> Iterator[Questions]:
    store = FloorStore(lambda: open_store(tmp_path), tmp_path, least_free_mib=0.0)
    parts = FloorParts(clock=MadeClock(NOON), sky_at=sky, detectors=(), every_detector=())
    asked = Questions(
        Settings(watch=WatchSettings(assets="5")), parts, store, AudienceIncidents(tmp_path)
    )
    yield asked
    sky.may.set()
    asked.stop()
    store.close()


def test_an_answer_is_made_once_for_all_who_wait(questions: Questions, sky: SlowSky) -> None:
    with pytest.raises(BusyError, match="still being made: "):
        questions.replay(HOME, NOON, 0.0)
    sky.may.set()
    view = questions.replay(HOME, NOON, AMPLE_S)
    assert questions.replay(HOME, NOON, 0.0) is view
    assert sky.asked == 1
    assert view.is_replay
    inquiry = questions.inquiry(view, AMPLE_S)
    assert inquiry.picture is view.picture


def test_too_many_are_turned_away(questions: Questions, sky: SlowSky) -> None:
    for minute in range(MOST_IN_LINE):
        with pytest.raises(BusyError, match="still being made"):
            questions.replay(HOME, NOON + timedelta(minutes=minute), 0.0)
    with pytest.raises(BusyError, match="8 questions are in line") as told:
        questions.replay(HOME, NOON + timedelta(days=1), 0.0)
    assert told.value.retry_after_s > 0.0
    sky.may.set()
    assert questions.replay(HOME, NOON + timedelta(minutes=7), AMPLE_S).is_replay


def test_what_was_not_known_is_asked_anew(questions: Questions, sky: SlowSky) -> None:
    sky.may.set()
    for _ in range(2):
        with pytest.raises(CoverageError, match="nothing was known at 2026-11-01T11:00:00Z"):
            questions.replay(HOME, NOON - timedelta(hours=1), AMPLE_S)
    assert sky.asked == 2
