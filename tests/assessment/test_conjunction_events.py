"""Messages of one encounter are one event, with its trend and what to do next."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.assessment.conjunction_events import EventRule, events_of
from hoshimori.formats.cdm import read_cdm
from hoshimori.model.conjunction_event import EventStep, Trend
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.incidents import Attention
from hoshimori.model.provenance import Reality
from hoshimori.numerics.collision_conclusion import ProbabilityType

Make = Callable[..., ConjunctionMessage]
AS_OF = np.datetime64("2026-11-26T00:00:00", "us")


def swapped(message: ConjunctionMessage) -> ConjunctionMessage:
    return replace(message, object1=message.object2, object2=message.object1)


def test_one_pair_in_either_order_and_one_encounter_is_one_event(make_cdm: Make) -> None:
    first = make_cdm(created="2026-11-24T00:00:00", tca="2026-11-27T12:00:00")
    second = swapped(make_cdm(created="2026-11-25T00:00:00", tca="2026-11-27T12:00:01.5"))
    later = make_cdm(created="2026-11-25T00:00:00", tca="2026-11-27T12:47:00")
    other = make_cdm(created="2026-11-25T00:00:00", numbers=("25544", "43211"))
    events = events_of([later, second, other, first], as_of_utc=AS_OF)
    assert sorted(len(event.messages) for event in events) == [1, 1, 2]
    (both,) = (event for event in events if len(event.messages) == 2)
    assert both.latest.message is second
    assert both.tca_drift_s == pytest.approx(1.5)


def test_the_order_of_the_files_does_not_matter(make_cdm: Make) -> None:
    messages = [
        make_cdm(created=f"2026-11-2{day}T00:00:00", miss_km=miss, numbers=("25544", number))
        for day, miss, number in [(1, 5, "1"), (2, 4, "1"), (3, 1, "1"), (2, 9, "2"), (4, 8, "2")]
    ]
    meant = events_of(messages, as_of_utc=AS_OF)
    dice = random.Random(1)
    for _ in range(5):
        dice.shuffle(messages)
        assert events_of(messages, as_of_utc=AS_OF) == meant


def test_copies_are_counted_once_whoever_sent_them(make_cdm: Make) -> None:
    message = make_cdm(originator="ONE")
    forwarded = replace(
        swapped(message), originator="TWO", message_id="X-1",
        created_utc=np.datetime64("2026-11-25T01:00:00", "us"),
    )  # fmt: skip
    (event,) = events_of([forwarded, message, message], as_of_utc=AS_OF)
    assert event.messages[0].message is message
    assert len(event.messages) == 1
    assert event.messages[0].copies == (f"ONE {message.message_id}", "TWO X-1")


def test_an_object_is_the_same_in_any_catalogue(make_cdm: Make) -> None:
    message = make_cdm()
    one = message.object1
    elsewhere = replace(one, catalogue="NORAD", designator="25544")
    by_name = replace(one, catalogue="OPERATOR", designator="SAT-7")
    renamed = [
        replace(message, object1=item, miss_km=message.miss_km, message_id=str(n), tca_utc=tca)
        for n, (item, tca) in enumerate(
            [(one, message.tca_utc), (elsewhere, message.tca_utc + np.timedelta64(1, "s")),
             (by_name, message.tca_utc + np.timedelta64(2, "s"))]
        )
    ]  # fmt: skip
    (event,) = events_of(renamed, as_of_utc=AS_OF)
    assert len(event.messages) == 3


@pytest.mark.parametrize(
    ("misses_km", "trend"),
    [((1.0,), Trend.FIRST), ((1.0, 0.3), Trend.RISING), ((0.3, 1.0), Trend.FALLING),
     ((0.300, 0.301), Trend.STEADY), ((9.0, 1.0), Trend.RISING), ((9.0, 8.9), Trend.STEADY)],
)  # fmt: skip
def test_trend(make_cdm: Make, misses_km: tuple[float, ...], trend: Trend) -> None:
    messages = [
        make_cdm(created=f"2026-11-2{day}T00:00:00", miss_km=miss_km, sigma_km=0.15)
        for day, miss_km in enumerate(misses_km, 1)
    ]
    (event,) = events_of(messages, as_of_utc=AS_OF)
    assert event.trend is trend


def test_the_trend_is_that_of_one_originator(make_cdm: Make) -> None:
    messages = [
        make_cdm(created=f"2026-11-2{day}T00:00:00", miss_km=miss_km, originator=originator)
        for day, miss_km, originator in [(1, 0.3, "ONE"), (2, 3.0, "TWO"), (3, 0.3005, "ONE")]
    ]
    (event,) = events_of(messages, as_of_utc=AS_OF)
    assert event.trend is Trend.STEADY


def test_only_what_was_known_is_seen(make_cdm: Make) -> None:
    early, late = make_cdm(created="2026-11-24T00:00:00"), make_cdm(created="2026-11-26T06:00:00")
    (event,) = events_of([early, late], as_of_utc=AS_OF)
    assert [one.message for one in event.messages] == [early]


def test_what_to_do_next(make_cdm: Make) -> None:
    cases = {
        EventStep.DECIDE: make_cdm(miss_km=0.1, sigma_km=0.1),
        EventStep.NOTHING: make_cdm(miss_km=20.0, sigma_km=0.1),
        EventStep.WAIT: make_cdm(miss_km=0.45, hard_body_radius_km=0.005),
        EventStep.ASK_FOR_TRACKING: make_cdm(miss_km=1.0, sigma_km=50.0),
        EventStep.ASK_ORIGINATOR: make_cdm(miss_km=0.5, relative_speed_km_s=0.0106),
        EventStep.GIVE_RADIUS: make_cdm(hard_body_radius_km=None),
        EventStep.PASSED: make_cdm(tca="2026-11-25T12:00:00"),
    }
    attention = {
        EventStep.DECIDE: Attention.LOOK, EventStep.NOTHING: Attention.LOG,
        EventStep.PASSED: Attention.LOG,
    }  # fmt: skip
    for step, message in cases.items():
        (event,) = events_of([message], as_of_utc=AS_OF)
        assert event.step is step
        assert event.attention is attention.get(step, Attention.WATCH)
    reported = replace(cases[EventStep.ASK_ORIGINATOR], collision_probability=2e-4)
    (event,) = events_of([reported], as_of_utc=AS_OF)
    assert event.step is EventStep.DECIDE
    (event,) = events_of(
        [cases[EventStep.GIVE_RADIUS]], as_of_utc=AS_OF, rule=EventRule(assumed_radius_km=0.01)
    )
    assert event.step is not EventStep.GIVE_RADIUS


def test_slow_encounters_are_no_conclusion(make_cdm: Make) -> None:
    message = make_cdm(miss_km=0.5, relative_speed_km_s=None)
    one, two = message.object1, message.object2
    assert one.state is not None
    assert two.state is not None
    beside = replace(two.state, velocity_km_s=(0.0, 7.5, 1e-4))
    slow = replace(message, object2=replace(two, state=beside))
    (event,) = events_of([slow], as_of_utc=AS_OF)
    assert event.step is EventStep.COMPARE_EPHEMERIDES
    reported = replace(slow, collision_probability=1e-9)
    (event,) = events_of([reported], as_of_utc=AS_OF)
    assert event.latest.estimate.pc_type is ProbabilityType.REPORTED
    assert event.step is EventStep.COMPARE_EPHEMERIDES


def test_the_most_urgent_comes_first_and_exercise_is_contagious(make_cdm: Make) -> None:
    messages = [
        make_cdm(miss_km=miss_km, sigma_km=0.1, numbers=("25544", number), reality=reality)
        for miss_km, number, reality in [
            (20.0, "1", Reality.REAL), (0.3, "2", Reality.REAL), (0.1, "3", Reality.EXERCISE),
        ]
    ]  # fmt: skip
    events = events_of(messages, as_of_utc=AS_OF)
    assert [e.latest.message.object2.designator for e in events] == ["3", "2", "1"]
    assert [e.reality for e in events] == [Reality.EXERCISE, Reality.REAL, Reality.REAL]


numbers = st.floats(-1e300, 1e300, allow_subnormal=False) | st.floats(-1e4, 1e4)


@given(
    cells=st.lists(st.floats(-1e299, 1e299) | st.floats(-1e2, 1e2), min_size=36, max_size=36),
    vectors=st.lists(st.tuples(numbers, numbers, numbers), min_size=4, max_size=4),
    radius_km=st.none() | st.floats(0.0, 1e9),
    miss_km=st.floats(0.0, 1e9),
)
@settings(max_examples=40, deadline=None)
def test_no_message_however_absurd_stops_the_others(
    make_cdm: Make,
    cells: list[float],
    vectors: list[tuple[float, float, float]],
    radius_km: float | None,
    miss_km: float,
) -> None:
    square = np.array(cells).reshape(6, 6)
    matrix = tuple(map(tuple, (square + square.T).tolist()))
    absurd = make_cdm(numbers=("1", "2"), hard_body_radius_km=radius_km)
    items = []
    for item, position, velocity in zip(
        (absurd.object1, absurd.object2), vectors[:2], vectors[2:], strict=True
    ):
        assert item.state is not None
        state = replace(
            item.state, position_km=position, velocity_km_s=velocity, covariance_rtn_km2=matrix
        )
        items.append(replace(item, state=state))
    absurd = replace(absurd, object1=items[0], object2=items[1], miss_km=miss_km)
    events = events_of([absurd, make_cdm(miss_km=0.1)], as_of_utc=AS_OF)
    assert len(events) == 2
    sound = next(e for e in events if e.latest.message.object1.designator == "00025544")
    assert sound.step is EventStep.DECIDE


def test_two_made_events_of_seven_messages(shared_data: Path) -> None:
    """Both events are of the same two objects, named in the other order, five hours apart."""
    archive = (shared_data / "cdm" / "kessler_synthetic_cdms.zip").read_bytes()
    messages = read_cdm(archive, source="zip")
    events = events_of(messages, as_of_utc=np.datetime64("2025-02-23T12:00:00", "us"))
    assert [len(event.messages) for event in events] == [7, 7]
    assert [event.step for event in events] == [EventStep.ASK_ORIGINATOR, EventStep.PASSED]
    assert events[0].trend is Trend.RISING
