"""What was known when."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.errors import CoverageError
from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, ElementSets
from hoshimori.model.provenance import Provenance
from hoshimori.workflows.pictures import catalogue_moment, dated_by_catalogue, picture_of

DAY = np.timedelta64(1, "D")
START = np.datetime64("2025-03-03T00:00:00", "us")
RECEIVED = np.datetime64("2026-11-23T00:00:00", "us")


def rows(norad_id: list[int], epoch_utc: list[np.datetime64], **texts: list[str]) -> ElementSets:
    columns = {name: np.zeros(len(norad_id), dtype) for name, dtype in COLUMNS.items()}
    columns |= {
        "norad_id": np.array(norad_id),
        "epoch_utc": np.array(epoch_utc, "datetime64[us]"),
        "known_utc": np.full(len(norad_id), RECEIVED),
    }
    columns |= {name: np.array(column, object) for name, column in texts.items()}
    return ElementSets(**columns, provenances=(Provenance("made", "0" * 64),))


def test_the_moment_of_a_catalogue_ignores_the_few_epochs_far_ahead() -> None:
    epochs = [START - i * np.timedelta64(1, "m") for i in range(999)] + [START + 9 * DAY]
    moment = catalogue_moment(rows(list(range(1, 1001)), epochs))
    assert START - np.timedelta64(1, "h") < moment <= START + np.timedelta64(1, "m")


def made_catalogue(ahead: list[bool], **texts: list[str]) -> ElementSets:
    """Return objects with epochs of the last days, thicker towards the end, some three ahead."""
    ages_h = np.random.Generator(np.random.PCG64(5)).exponential(9.0, len(ahead))
    epochs = [
        START + 3 * DAY if late else START - np.timedelta64(round(60 * age), "m")
        for late, age in zip(ahead, ages_h, strict=True)
    ]
    return rows(list(range(1, len(ahead) + 1)), epochs, **texts)


def hours_off(sets: ElementSets) -> float:
    return float((catalogue_moment(sets) - START) / np.timedelta64(1, "h"))


def test_no_constellation_of_predicted_sets_pulls_the_moment_ahead() -> None:
    ahead = [k < 400 for k in range(1000)]
    names = [f"STARLINK-{k}" if late else f"SAT {k}" for k, late in enumerate(ahead)]
    assert abs(hours_off(made_catalogue(ahead, object_name=names))) < 6.0


def test_no_launch_of_predicted_sets_pulls_the_moment_ahead() -> None:
    ahead = [k < 30 for k in range(90)]
    launches = [f"2025-{100 if late else k:03d}A" for k, late in enumerate(ahead)]
    assert abs(hours_off(made_catalogue(ahead, object_id=launches))) < 6.0


def test_in_a_small_file_one_predicted_set_in_twenty_pulls_nothing() -> None:
    assert abs(hours_off(made_catalogue([k % 20 == 0 for k in range(40)]))) < 6.0


def test_rows_with_predicted_epochs_are_known_with_their_file_and_kept() -> None:
    dated = dated_by_catalogue(made_catalogue([k % 20 == 0 for k in range(40)]), RECEIVED)
    picture = picture_of([dated], assets=(), days_ahead=1.0)
    assert len(picture.newest) == 40
    assert picture.newest.epoch_utc.max() == START + 3 * DAY


def test_the_moment_of_one_objects_history_is_its_newest_epoch() -> None:
    assert catalogue_moment(rows([5] * 3, [START, START + DAY, START - DAY])) == (
        START + DAY + np.timedelta64(1, "m")
    )


def test_a_catalogue_without_rows_speaks_of_no_moment() -> None:
    with pytest.raises(CoverageError):
        catalogue_moment(NO_ELEMENT_SETS)


def test_a_row_with_a_creation_date_keeps_it_and_others_get_the_files_moment() -> None:
    read = rows([1, 2], [START, START])
    stated = START - np.timedelta64(3, "h")
    read = replace(read, known_utc=np.array([stated, RECEIVED]))
    assert dated_by_catalogue(read, RECEIVED).known_utc.tolist() == [
        stated.item(),
        (START + np.timedelta64(1, "m")).item(),
    ]


def test_a_file_is_no_older_than_its_newest_creation_date_and_loses_no_row() -> None:
    read = rows([1, 2], [START, START])
    stated = START + np.timedelta64(3, "h")
    dated = dated_by_catalogue(replace(read, known_utc=np.array([stated, RECEIVED])), RECEIVED)
    assert dated.known_utc.tolist() == [stated.item()] * 2
    assert len(picture_of([dated], assets=(), days_ahead=1.0).newest) == 2


def test_a_picture_holds_what_was_known_and_the_newest_of_each_object() -> None:
    first = dated_by_catalogue(rows([1, 2], [START, START]), RECEIVED)
    second = dated_by_catalogue(rows([2, 3], [START + 5 * DAY, START + 5 * DAY]), RECEIVED)
    late = picture_of([first, second], assets=(), days_ahead=7.0)
    assert late.newest.norad_id.tolist() == [1, 2, 3]
    assert len(late.history) == 4
    early = picture_of([first, second], assets=(), days_ahead=7.0, as_of_utc=START + DAY)
    assert early.newest.norad_id.tolist() == [1, 2]
    assert early.as_of_utc.isoformat() == "2025-03-04T00:00:00+00:00"


def test_before_anything_was_known_there_is_no_picture() -> None:
    part = dated_by_catalogue(rows([1], [START]), RECEIVED)
    with pytest.raises(CoverageError, match="the earliest was known at 2025-03-03"):
        picture_of([part], assets=(), days_ahead=7.0, as_of_utc=START - DAY)


def test_objects_whose_elements_are_too_old_are_in_the_history_alone() -> None:
    old = dated_by_catalogue(rows([1, 2], [START - 40 * DAY, START]), RECEIVED)
    picture = picture_of([old], assets=(), days_ahead=7.0)
    assert picture.newest.norad_id.tolist() == [2]
    assert picture.history.norad_id.tolist() == [1, 2]


def test_a_sky_that_is_too_old_altogether_is_refused_with_advice() -> None:
    part = dated_by_catalogue(rows([1], [START]), RECEIVED)
    with pytest.raises(CoverageError, match=r"more than 30 days.*--as-of"):
        picture_of([part], assets=(), days_ahead=7.0, as_of_utc=START + 40 * DAY)
