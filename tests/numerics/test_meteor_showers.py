"""Showers come when calendars say, and rates fall away from their peaks."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.meteor_showers import (
    SHOWERS,
    shower_rates_hourly,
    solar_longitude_deg,
)

NAMES = [shower.name for shower in SHOWERS]


# Source: IMO Meteor Shower Calendars 2020, 2021 and 2025, predicted maxima.
@pytest.mark.parametrize(
    ("name", "peak_utc"),
    [
        ("Geminids", "2020-12-14T01:00"),
        ("Perseids", "2021-08-12T20:00"),
        ("Quadrantids", "2025-01-03T15:00"),
        ("Lyrids", "2025-04-22T13:30"),
    ],
)
def test_peaks_come_when_calendars_say(name: str, peak_utc: str) -> None:
    two_hours_deg = 2.0 / 24.0
    shower = SHOWERS[NAMES.index(name)]
    found = solar_longitude_deg(np.array([peak_utc], "datetime64[us]"))
    assert found[0] == pytest.approx(shower.peak_deg, abs=two_hours_deg)


def test_the_strongest_days_of_a_year_are_those_of_the_geminids() -> None:
    days = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[D]").astype("datetime64[us]")
    rates = shower_rates_hourly(days)
    assert rates.shape == (len(SHOWERS), 365)
    strongest = days[np.argmax(rates.sum(axis=0))]
    assert str(strongest)[:10] in {"2025-12-13", "2025-12-14"}
    assert rates.min() == 0.0


def test_there_are_none_in_early_march() -> None:
    assert shower_rates_hourly(np.array(["2025-03-05"], "datetime64[us]")).sum() == 0.0
