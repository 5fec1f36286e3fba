"""A detector that raises, hangs or dies costs its own line and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType

import numpy as np
import pytest

from hoshimori.dossier.blind_spots import failures
from hoshimori.dossier.language import Language
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.board import DetectorRun
from hoshimori.model.markings import OPEN
from hoshimori.model.picture import Picture
from hoshimori.workflows.floor_watch import detected, inquired, laid_out
from hoshimori.workflows.floor_worker import Worker, WorkerLostError
from hoshimori.workflows.late_detectors import LateDetectors
from hoshimori.workflows.schedule import Reading
from hoshimori.workflows.watch import board_of

VANGUARD = b"""\
OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,\
ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,\
REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT
VANGUARD 1,1958-002B,2026-10-31T12:00:00.000000,10.82419157,.1859667,34.2682,348.7242,331.7664,\
19.3264,0,U,5,475,41366,.28098E-4,.23E-6,0
"""
ROWS = read_catalogue(
    VANGUARD, source="made", received_utc=np.datetime64("2026-11-01", "us")
).element_sets
PICTURE = Picture(
    as_of_utc=datetime(2026, 11, 1, tzinfo=UTC),
    newest=ROWS,
    history=ROWS,
    assets=(),
    days_ahead=1.0,
)
AMPLE_S = 120.0


def test_the_others_are_asked_all_the_same(bad: ModuleType) -> None:
    detectors = (bad.Raising(), bad.Dying(), bad.Hanging(), bad.Quiet())
    with Worker(detectors) as worker:
        worker.give("one", PICTURE, limit_s=AMPLE_S)
        found, runs = detected(worker, "one", PICTURE, detectors[:2], limit_s=AMPLE_S)
        assert worker.starts == 1
        worker.give("one", PICTURE, limit_s=AMPLE_S)
        with pytest.raises(WorkerLostError, match=r"hanging did not answer within 0.3 s and was"):
            worker.detect("one", detectors[2], limit_s=0.3)
        _, last = detected(worker, "one", PICTURE, detectors[3:], limit_s=AMPLE_S)
        assert worker.starts == 3
    assert found == ()
    assert [(run.detector, run.problem) for run in (*runs, *last)] == [
        ("raising/1", "RuntimeError: it broke"),
        ("dying/1", "dying ended its process (SIGKILL)"),
        ("quiet/1", ""),
    ]


def test_a_floor_that_stops_ends_a_detector_that_hangs(bad: ModuleType) -> None:
    worker = Worker((bad.Hanging(),))
    worker.give("one", PICTURE, limit_s=AMPLE_S)
    ending = _soon(worker.stop)
    with pytest.raises(WorkerLostError, match="the floor was stopped"):
        detected(worker, "one", PICTURE, (bad.Hanging(),), limit_s=AMPLE_S)
    ending.join()
    with pytest.raises(WorkerLostError, match="the floor was stopped"):
        worker.give("one", PICTURE, limit_s=AMPLE_S)


def test_an_inquiry_asks_only_what_the_board_did_not(bad: ModuleType) -> None:
    quiet, hanging = bad.Quiet(), bad.Hanging()
    with Worker((quiet, hanging)) as worker:
        findings, runs = detected(worker, "one", PICTURE, (quiet,), limit_s=AMPLE_S)
        board = board_of(PICTURE, findings, runs)
        inquiry = inquired(worker, "one", PICTURE, board, (quiet,), limit_s=AMPLE_S)
    assert inquiry.picture is PICTURE
    assert [run.detector for run in inquiry.runs] == ["quiet/1"]


def _soon(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Timer(0.5, work)
    thread.start()
    return thread


def test_one_that_hangs_each_time_is_left_out_and_says_so(bad: ModuleType) -> None:
    detectors = (bad.Hanging(), bad.Quiet())
    late = LateDetectors(3600.0)
    told = []
    answered = (DetectorRun("hanging/1", 0), DetectorRun("quiet/1", 0))
    before = board_of(PICTURE, (), answered)
    with Worker(detectors) as worker:
        worker.give("one", PICTURE, limit_s=AMPLE_S)
        worker.detect("one", detectors[1], limit_s=AMPLE_S)
        for hour in range(1, 5):
            at_utc = PICTURE.as_of_utc + timedelta(hours=hour)
            late.begin(Reading(at_utc, hour * 3600.0))
            if hour < 4:
                late.is_late("hanging/1")
            picture = replace(PICTURE, as_of_utc=at_utc)
            found, runs = detected(worker, "one", picture, detectors, limit_s=AMPLE_S, late=late)
            before = laid_out(picture, found, runs, story=(), marking=OPEN, before=before)
            told.append([(run.is_asked, run.problem) for run in before.runs])
        assert worker.starts == 1
    assert told[0] == [
        (
            False,
            "it ran past its limit in this watch already; "
            "what it found by 2026-11-01T00:00Z stands (0)",
        ),
        (True, ""),
    ]
    assert told[3][0] == (
        False,
        "it ran past its limit 3 times in a row; next try at 2026-11-01T06:00Z; "
        "what it found by 2026-11-01T00:00Z stands (0)",
    )
    assert failures(before, Language.EN)[0].startswith(
        "The detector hanging/1 was not asked: it ran past its limit 3 times in a row; next try"
    )


def test_running_past_the_limit_is_noted_and_an_answer_too(bad: ModuleType) -> None:
    hanging, quiet = bad.Hanging(), bad.Quiet()
    late = LateDetectors(3600.0)
    late.begin(Reading(PICTURE.as_of_utc, 0.0))
    late.is_late("quiet/1")
    late.begin(Reading(PICTURE.as_of_utc, 0.0))
    with Worker((hanging, quiet)) as worker:
        detected(worker, "one", PICTURE, (quiet,), limit_s=AMPLE_S, late=late)
        worker.give("one", PICTURE, limit_s=AMPLE_S)
        detected(worker, "one", PICTURE, (hanging,), limit_s=0.3, late=late)
    assert late.why_not_asked("quiet/1") == ""
    assert late.why_not_asked("hanging/1") == "it ran past its limit in this watch already"
