"""When the next burn is due, and how surprising an interval is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.numerics.cycles import discoveries_share, interval_forecast


def test_nine_in_ten_drawn_intervals_fall_into_the_interval() -> None:
    rng = np.random.default_rng(4)
    held = 0
    for _ in range(1000):
        drawn = np.exp(rng.normal(3.0, 0.4, 9))
        forecast = interval_forecast(drawn[:-1])
        assert forecast is not None
        low, high = forecast.quantile_days(0.05), forecast.quantile_days(0.95)
        held += bool(low <= drawn[-1] <= high)
    assert held == pytest.approx(900, abs=29)  # three sigma of 1,000 draws


def test_who_has_waited_waits_longer() -> None:
    forecast = interval_forecast(np.array([14.0, 12.0, 15.0, 13.0, 14.0, 16.0]))
    assert forecast is not None
    ends = [forecast.quantile_days(0.95, waited) for waited in (0.0, 14.0, 20.0, 60.0)]
    assert ends == sorted(ends)
    assert forecast.quantile_days(0.05, 20.0) >= 20.0
    assert forecast.share_below(forecast.quantile_days(0.3)) == pytest.approx(0.3)


def test_fewer_than_five_intervals_forecast_nothing() -> None:
    assert interval_forecast(np.full(4, 14.0)) is None
    equal = interval_forecast(np.full(8, 14.0))
    assert equal is not None
    assert equal.quantile_days(0.05) < 14.0 < equal.quantile_days(0.95)


@given(st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=30))
def test_shares_of_false_discoveries_keep_the_order_and_never_fall_below(p: list[float]) -> None:
    p_values = np.array(p)
    shares = discoveries_share(p_values)
    assert (shares >= p_values - 1e-12).all()
    assert (shares <= 1.0).all()
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(shares[order]) >= -1e-12).all()
