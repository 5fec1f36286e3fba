"""Quiet hours: nothing goes in them, and everything goes at their end, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.assessment.quiet_hours import is_quiet, not_before
from hoshimori.model.alert_rules import QuietHours

TOKYO = QuietHours(time(22), time(7), ZoneInfo("Asia/Tokyo"))
ZONES = st.sampled_from(
    ["Asia/Tokyo", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"]
)
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
QUIETS = st.builds(QuietHours, TIMES, TIMES, ZONES.map(ZoneInfo))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-11-27T12:59+00:00", "2026-11-27T12:59+00:00"),
        ("2026-11-27T13:00+00:00", "2026-11-27T22:00+00:00"),
        ("2026-11-27T18:00+00:00", "2026-11-27T22:00+00:00"),
        ("2026-11-27T22:00+00:00", "2026-11-27T22:00+00:00"),
    ],
)
def test_the_night_in_tokyo_ends_at_seven(now: str, goes: str) -> None:
    moment = datetime.fromisoformat(now)
    assert not_before(TOKYO, moment) == datetime.fromisoformat(goes)


def test_hours_within_one_day_end_on_the_same_day() -> None:
    lunch = QuietHours(time(12), time(13), ZoneInfo("UTC"))
    noon = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
    assert not_before(lunch, noon) == noon.replace(hour=13, minute=0)
    assert not_before(lunch, noon.replace(hour=13)) == noon.replace(hour=13)


def test_none_and_hours_without_length_are_never_quiet() -> None:
    now = datetime(2026, 11, 27, 3, tzinfo=UTC)
    assert not_before(None, now) == now
    assert not_before(QuietHours(time(3), time(3), ZoneInfo("UTC")), now) == now


def test_clocks_that_are_set_back_let_the_end_come_after_now() -> None:
    """On 2026-11-01 New York lives 01:30 twice; quiet until 01:50, and now is the second 01:45."""
    quiet = QuietHours(time(22), time(1, 50), ZoneInfo("America/New_York"))
    second = datetime(2026, 11, 1, 6, 45, tzinfo=UTC)
    assert is_quiet(quiet, second)
    assert not_before(quiet, second) == datetime(2026, 11, 1, 6, 50, tzinfo=UTC)


@given(QUIETS, MOMENTS)
def test_a_message_goes_within_a_day_and_never_in_quiet_hours(
    quiet: QuietHours, now: datetime
) -> None:
    goes = not_before(quiet, now)
    assert now <= goes <= now + timedelta(hours=26)
    assert not is_quiet(quiet, goes)
