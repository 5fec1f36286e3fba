"""Moments as clocks write them and as columns hold them."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np


def as_column_time(moment: datetime) -> np.datetime64:
    """Return a moment as columns hold it (datetime64[us], UTC); without a zone it is UTC.

    >>> as_column_time(datetime.fromisoformat("2025-03-03T09:00:00+09:00"))
    np.datetime64('2025-03-03T00:00:00.000000')
    """
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return np.datetime64(aware.astimezone(UTC).replace(tzinfo=None), "us")


def as_datetime(time_utc: np.datetime64) -> datetime:
    """Return a moment of a column as an aware datetime in UTC.

    >>> as_datetime(np.datetime64("2025-03-03T00:00:00"))
    datetime.datetime(2025, 3, 3, 0, 0, tzinfo=datetime.timezone.utc)
    """
    naive: datetime = time_utc.astype("datetime64[us]").item()
    return naive.replace(tzinfo=UTC)
