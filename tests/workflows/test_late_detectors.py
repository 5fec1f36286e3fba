"""A detector that hangs is asked ever more seldom, and at each watch again once it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.workflows.late_detectors import LateDetectors, late_again
from hoshimori.workflows.schedule import Reading

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR_S = 3600.0


def reading(hours: float) -> Reading:
    return Reading(NOON + timedelta(hours=hours), hours * HOUR_S)


def tries_of(late: LateDetectors, hours: int, *, answers_from: int | None = None) -> list[int]:
    """Return the hours at which a detector was asked that hangs until it answers."""
    asked = []
    for hour in range(hours):
        late.begin(reading(hour))
        if late.why_not_asked("slow/1"):
            continue
        asked.append(hour)
        if answers_from is not None and hour >= answers_from:
            late.answered("slow/1")
        else:
            late.is_late("slow/1")
    return asked


def test_it_is_left_out_of_two_watches_then_four_then_eight_up_to_a_day() -> None:
    asked = tries_of(LateDetectors(HOUR_S), 120)
    gaps = [b - a for a, b in pairwise(asked)]
    assert asked[:3] == [0, 1, 2]
    assert [gap - 1 for gap in gaps] == [0, 0, 2, 4, 8, 16, 24, 24, 24]


def test_the_first_answer_puts_it_back() -> None:
    late = LateDetectors(HOUR_S)
    asked = tries_of(late, 30, answers_from=10)
    assert asked == [0, 1, 2, 5, *range(10, 30)]
    late.begin(reading(31))
    late.is_late("slow/1")
    late.begin(reading(32))
    assert late.why_not_asked("slow/1") == ""


def test_it_says_since_when_and_until_when() -> None:
    late = LateDetectors(HOUR_S)
    tries_of(late, 3)
    late.begin(reading(3.4))
    assert late.why_not_asked("slow/1") == (
        "it ran past its limit 3 times in a row; next try at 2026-11-01T17:00Z"
    )
    assert late.why_not_asked("quick/1") == ""


def test_within_one_watch_it_is_late_once() -> None:
    late = LateDetectors(HOUR_S)
    late.begin(reading(0))
    late.is_late("slow/1")
    assert late.why_not_asked("slow/1") == "it ran past its limit in this watch already"
    late.begin(reading(0))  # another watch, asked for at once
    assert late.why_not_asked("slow/1") == ""


def test_a_clock_that_is_set_back_does_not_keep_it_away() -> None:
    late = LateDetectors(HOUR_S)
    tries_of(late, 3)
    late.begin(Reading(NOON - timedelta(hours=10), 5 * HOUR_S))
    assert late.why_not_asked("slow/1") == ""


@given(
    times=st.integers(1, 60),
    began_s=st.floats(0.0, 86_400.0),
    every_s=st.sampled_from([60.0, 600.0, 3600.0, 7200.0, 86_400.0, 200_000.0]),
)
def test_it_comes_back_within_a_day_and_a_watch_and_at_a_whole_one(
    times: int, began_s: float, every_s: float
) -> None:
    now = reading(began_s / HOUR_S)
    late = None
    for _ in range(times):
        late = late_again(late, now, every_s)
    assert late is not None
    assert late.times == times
    wait_s = late.due.steady_s - now.steady_s
    assert 0.0 <= wait_s <= 86_400.0 + every_s
    if wait_s:
        midnight = datetime(2026, 11, 1, tzinfo=UTC)
        since_1970 = midnight.timestamp() + (late.next_utc - midnight).total_seconds()
        assert since_1970 % every_s == 0.0
