"""Intervals between element sets."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.cadence import cadence

START = np.datetime64("2025-01-01", "us")


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 10**7)), min_size=1, max_size=60))
def test_medians_are_those_of_each_object(rows: list[tuple[int, int]]) -> None:
    ids = np.array([i for i, _ in rows])
    seconds = np.array([s for _, s in rows])
    seen = cadence(ids, START + seconds.astype("timedelta64[s]"))
    assert seen.object_id.tolist() == sorted(set(ids.tolist()))
    for k, norad_id in enumerate(seen.object_id):
        days = np.diff(np.sort(seconds[ids == norad_id])) / 86400.0
        days = days[days > 0.01]
        assert seen.intervals[k] == len(days)
        if len(days):
            median = np.median(days)
            np.testing.assert_allclose(seen.median_days[k], median)
            np.testing.assert_allclose(
                seen.spread_days[k], 1.4826 * np.median(np.abs(days - median)), atol=1e-12
            )
            np.testing.assert_allclose(seen.longest_days[k], days.max())
        else:
            assert np.isnan(seen.median_days[k])


def test_nothing_has_no_cadence() -> None:
    assert len(cadence(np.empty(0, np.int64), np.empty(0, "datetime64[us]")).object_id) == 0
