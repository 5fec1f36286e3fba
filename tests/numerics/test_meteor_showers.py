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


# Source: IMO Meteor Shower Calendar 2026 (IMO INFO 3-25), table 5: first and last day, day of the
# maximum, rate. As three public programs copied it, which agree; looked up on 28 November 2026.
PRINTED_2026 = (
    ("Quadrantids", "2025-12-28", "2026-01-12", "2026-01-03", 80.0),
    ("Lyrids", "2026-04-14", "2026-04-30", "2026-04-22", 18.0),
    ("eta-Aquariids", "2026-04-19", "2026-05-28", "2026-05-06", 50.0),
    ("Southern delta-Aquariids", "2026-07-12", "2026-08-23", "2026-07-31", 25.0),
    ("Perseids", "2026-07-17", "2026-08-24", "2026-08-13", 100.0),
    ("Orionids", "2026-10-02", "2026-11-07", "2026-10-21", 20.0),
    ("Leonids", "2026-11-06", "2026-11-30", "2026-11-17", 15.0),
    ("Geminids", "2026-12-04", "2026-12-20", "2026-12-14", 150.0),
    ("Ursids", "2026-12-17", "2026-12-26", "2026-12-22", 10.0),
)


@pytest.mark.parametrize(("name", "first", "last", "peak", "hourly"), PRINTED_2026)
def test_days_and_rates_are_those_of_the_calendar(
    name: str, first: str, last: str, peak: str, hourly: float
) -> None:
    a_tenth = 0.1
    shower = SHOWERS[NAMES.index(name)]
    edges = np.array([first, last], "datetime64[us]") + np.array([0, 1], "timedelta64[D]")
    begun, over = solar_longitude_deg(edges)
    assert (shower.from_deg, shower.until_deg) == pytest.approx((begun, over), abs=a_tenth)
    assert shower.hourly == hourly
    # Maxima are printed by the day; those of the Perseids and of others fall near midnight.
    noon = np.array([peak], "datetime64[us]") + np.timedelta64(12, "h")
    assert solar_longitude_deg(noon)[0] == pytest.approx(shower.peak_deg, abs=0.9)


# Source: Jenniskens 1994, A&A 287, 990, table 3b: slope before and after the maximum. As two
# public notes quote it, one from a scan, one from VizieR J/A+A/287/990; looked up 28 November 2026.
@pytest.mark.parametrize(
    ("name", "rise", "fall"),
    [
        ("Quadrantids", 1.8, 1.8),
        ("Lyrids", 0.22, 0.22),
        ("eta-Aquariids", 0.08, 0.08),
        ("Perseids", 0.2, 0.2),
        ("Orionids", 0.12, 0.12),
        ("Leonids", 0.39, 0.39),
        ("Geminids", 0.39, 0.72),
        ("Ursids", 0.61, 0.61),
    ],
)
def test_slopes_are_those_of_jenniskens(name: str, rise: float, fall: float) -> None:
    shower = SHOWERS[NAMES.index(name)]
    assert (shower.rise_per_deg, shower.fall_per_deg) == (rise, fall)


def test_geminids_fall_faster_than_they_rise() -> None:
    peak = np.datetime64("2026-12-14T14:00", "us")  # IMO: 262.2 degrees
    days = peak + np.arange(-1, 2) * np.timedelta64(1, "D")
    before, at, after = shower_rates_hourly(days)[NAMES.index("Geminids")]
    assert at == pytest.approx(150.0, rel=0.05)
    assert (before / at, after / at) == pytest.approx((10**-0.39, 10**-0.72), rel=0.1)


def test_the_strongest_days_of_a_year_are_those_of_the_geminids() -> None:
    days = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[D]").astype("datetime64[us]")
    rates = shower_rates_hourly(days)
    assert rates.shape == (len(SHOWERS), 365)
    strongest = days[np.argmax(rates.sum(axis=0))]
    assert str(strongest)[:10] in {"2025-12-13", "2025-12-14"}
    assert rates.min() == 0.0


def test_there_are_none_in_early_march() -> None:
    assert shower_rates_hourly(np.array(["2025-03-05"], "datetime64[us]")).sum() == 0.0
