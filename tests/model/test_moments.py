"""Moments survive the way into columns and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.model.moments import as_column_time, as_datetime

zones = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))])


years = st.integers(1957, 2200).map(lambda year: datetime(year, 10, 4, 23, 59, 30, 7, tzinfo=UTC))


@given(years, zones)
def test_a_moment_stays_the_same_moment(utc: datetime, zone: timezone) -> None:
    moment = utc.astimezone(zone)
    assert as_datetime(as_column_time(moment)) == moment
    assert as_datetime(as_column_time(moment)).tzinfo is UTC
