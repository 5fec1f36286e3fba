"""The course of a disturbed receiver: what is drawn before, during and after, and against what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.dossier.language import Language
from hoshimori.errors import CoverageError
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.model.findings import ReceiverInterference
from hoshimori.model.picture import Picture
from hoshimori.model.receivers import Quantity
from hoshimori.workflows.receivers import ReceiverFiles, picture_without_sky, receivers
from hoshimori.workflows.reception_course import reception_course
from hoshimori.workflows.reception_pages import reception_page
from hoshimori.workflows.watch import watch


def disturbed(cause: MadeCause, samples: int = 40) -> tuple[Picture, ReceiverInterference]:
    planted = (MadeDisturbance(cause, 900, samples, 15.0),)
    series = disturbed_reception(MadeReceiver(planted=planted), np.random.default_rng(3))
    files = ReceiverFiles((series,), ("made",), (), 0)
    return picture_without_sky(None, files, days_ahead=7.0), receivers(files).findings[0]


def test_every_quantity_is_drawn_with_what_changed_most_first() -> None:
    picture, finding = disturbed(MadeCause.POWER_FROM_OUTSIDE)
    course = reception_course(picture, finding)
    assert course.curves[0].quantity is finding.leading
    told = {curve.quantity for curve in course.curves}
    assert told >= {Quantity.CN0, Quantity.NOISE_FLOOR, Quantity.GAIN_CONTROL}
    assert {len(curve.values) for curve in course.curves} == {len(course.times_utc)}
    assert 30 <= np.count_nonzero(course.disturbed) <= 50
    assert not course.disturbed[0]
    assert not course.disturbed[-1]
    for curve in course.curves:
        if curve.quantity in (Quantity.NOISE_FLOOR, Quantity.GAIN_CONTROL):
            assert curve.change is not None
            during = float(np.nanmedian(curve.values[course.disturbed]))
            before = float(np.nanmedian(curve.values[~course.disturbed]))
            assert during - before == pytest.approx(15.0, abs=1.0)  # as planted
            assert before == pytest.approx(curve.change.usual, abs=0.5)


def test_a_long_disturbance_is_thinned_and_its_edges_stay() -> None:
    picture, finding = disturbed(MadeCause.POWER_FROM_OUTSIDE, 500)
    course = reception_course(picture, finding)
    assert len(course.times_utc) < 600
    assert course.curves[0].values[course.disturbed].max() < np.nanmin(
        course.curves[0].values[~course.disturbed]
    )


def test_one_satellite_is_drawn_before_the_whole() -> None:
    picture, finding = disturbed(MadeCause.ONE_SATELLITE)
    course = reception_course(picture, finding)
    assert [curve.satellite for curve in course.curves[:2]] == ["G01", ""]
    assert course.curves[0].change is None


def test_a_page_tells_in_the_language_what_it_draws() -> None:
    picture, _ = disturbed(MadeCause.POWER_FROM_OUTSIDE)
    board = watch(picture)
    finding = next(f for f in board.findings if isinstance(f, ReceiverInterference))
    course = reception_course(picture, finding)
    english, japanese = (
        reception_page(course, board, language, view_id="v") for language in Language
    )
    assert english.incident_id == japanese.incident_id != ""
    assert english.curves[0].values == japanese.curves[0].values
    assert english.curves[0].text != japanese.curves[0].text
    assert english.what != japanese.what
    assert len(english.t_s) == len(english.disturbed)
    first = english.disturbed.index(True)
    assert english.t_s[first - 1] < 0.0 <= english.t_s[first]  # type: ignore[operator]


def test_without_the_samples_nothing_is_drawn() -> None:
    picture, finding = disturbed(MadeCause.POWER_FROM_OUTSIDE)
    with pytest.raises(CoverageError, match="no samples of made"):
        reception_course(replace(picture, receivers=()), finding)
