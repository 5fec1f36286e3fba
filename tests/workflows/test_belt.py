"""The history of the belt as users ask for it: whole, of objects, of a span, as known then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.errors import CoverageError
from hoshimori.exercise.belt_years import CLIENT, HOLDERS, VISITOR
from hoshimori.model.belt import BeltHistory
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets
from hoshimori.workflows.belt import belt_history, between, of_objects
from hoshimori.workflows.skies import Sky


@pytest.fixture(scope="module")
def sky(years_of_belt: Callable[[float], ElementSets]) -> Sky:
    return Sky((years_of_belt(30.0),), "made years")


@pytest.fixture(scope="module")
def history(sky: Sky) -> BeltHistory:
    return belt_history(sky)


def test_of_objects_keeps_the_background_whole(history: BeltHistory) -> None:
    mine = of_objects(history, (CLIENT,))
    assert {s.norad_id for s in mine.stays} == {CLIENT}
    assert all(CLIENT in c.objects for c in mine.company)
    assert mine.years == history.years


def test_an_object_that_was_never_in_the_belt_is_an_error(history: BeltHistory) -> None:
    with pytest.raises(CoverageError, match="25544"):
        of_objects(history, (25544,))


def test_between_keeps_what_perhaps_falls_into_the_span(history: BeltHistory) -> None:
    part = between(history, datetime(2021, 4, 1, tzinfo=UTC), datetime(2021, 5, 1, tzinfo=UTC))
    assert {tuple(c.objects) for c in part.company} == {(HOLDERS[0], VISITOR)}
    assert between(history, None, None) == history


def test_what_was_not_known_then_is_not_seen(sky: Sky) -> None:
    then = belt_history(sky, as_of_utc=np.datetime64("2021-01-01", "us"))
    assert then.until_utc < datetime(2021, 1, 1, tzinfo=UTC)
    assert then.company == ()


def test_a_sky_without_the_belt_is_an_error() -> None:
    with pytest.raises(CoverageError, match="--catalogue"):
        belt_history(Sky((NO_ELEMENT_SETS,), "nothing"))
