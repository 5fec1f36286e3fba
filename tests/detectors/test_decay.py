"""Orbits that end: made falls of known date, and what they must not report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.decay import DecayDetector
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Confidence, Decay
from hoshimori.model.picture import Picture
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM

MakeSets = Callable[..., ElementSets]
AS_OF = datetime(2025, 3, 3, tzinfo=UTC)


def orbit(norad_id: int, height_km: float, rate_km_day: float, age_days: float = 0.0) -> Any:
    axis = WGS72_RADIUS_KM + height_km
    motion = np.sqrt(WGS72_MU_KM3_S2 / axis**3) * 86400.0 / (2.0 * np.pi)
    return {
        "norad_id": norad_id,
        "epoch_utc": np.datetime64("2025-03-03", "us")
        - np.timedelta64(round(age_days * 86400e6), "us"),
        "mean_motion_rev_day": motion,
        "mean_motion_dot_rev_day2": -0.75 * motion * rate_km_day / axis,
        "eccentricity": 1e-3,
        "inclination_deg": 51.6,
    }


def falls(sets: ElementSets, *assets: int) -> tuple[Decay, ...]:
    watched = tuple(Asset(norad_id) for norad_id in assets)
    return DecayDetector().detect(
        Picture(AS_OF, sets.newest(), sets.sorted_by_object(), watched, 5.0)
    )


def test_the_soonest_end_comes_first_with_its_window(make_sets: MakeSets) -> None:
    rows = [orbit(5, 280.0, -2.0), orbit(6, 200.0, -4.0), orbit(7, 480.0, -0.05)]
    first, second = falls(make_sets(rows))
    assert (first.objects, second.objects) == ((6,), (5,))
    for found in (first, second):
        assert found.start_utc < found.reentry_utc < found.end_utc
        assert AS_OF < found.reentry_utc < AS_OF + timedelta(days=60)
    assert second.sinking_km_day == pytest.approx(2.0, rel=0.01)
    # 7 lasts for years: three objects compared, one and two of them as soon.
    assert first.base_rate.share.best == pytest.approx(1 / 3)
    assert second.base_rate.share.best == pytest.approx(2 / 3)


def test_own_history_beats_a_wrong_published_rate(make_sets: MakeSets) -> None:
    # It sinks by 2 km a day and more while the newest set publishes that it rises.
    rows = [orbit(5, 260.0 + 2.0 * age, -2.0, age) for age in range(10)]
    rows[0]["mean_motion_dot_rev_day2"] = -1e-3
    (found,) = falls(make_sets(rows))
    assert 2.0 < found.sinking_km_day < 2.4
    assert found.confidence is Confidence.HIGH


def test_who_climbs_or_holds_does_not_end(make_sets: MakeSets) -> None:
    held = [orbit(5, 260.0, -3.0, age) for age in range(10)]
    assert falls(make_sets(held)) == ()
    assert falls(make_sets([orbit(5, 260.0, 1.0)])) == ()
    assert falls(make_sets([])) == ()


def test_the_end_comes_as_soon_as_the_air_of_now_says(make_sets: MakeSets) -> None:
    # Two weeks in air of 37 km scale height (Vallado, 200 to 250 km), six days before the end:
    # the plain median slope of all of them is half of that of now.
    ages = [0.5 * k for k in range(28)]
    rows = [orbit(5, 205.0 + 37.0 * np.log((6.0 + age) / 6.0), -3.0, age) for age in ages]
    (found,) = falls(make_sets(rows))
    assert found.sinking_km_day == pytest.approx(37.0 / 6.0, rel=0.05)
    assert found.reentry_utc < AS_OF + timedelta(days=6.0)


def test_a_new_rate_is_told_with_less_confidence(make_sets: MakeSets) -> None:
    # It held its height and sinks since three days ago.
    ages = [0.4 * k for k in range(35)]
    rows = [orbit(5, 280.0 + 4.0 * min(age, 3.0), -0.1, age) for age in ages]
    (found,) = falls(make_sets(rows))
    assert found.sinking_km_day == pytest.approx(4.0, rel=0.2)
    assert found.confidence is Confidence.MODERATE
    assert found.confidence_because.endswith("another rate before")


def test_who_is_raised_again_and_again_does_not_come_down(make_sets: MakeSets) -> None:
    ages = [0.4 * k for k in range(35)]
    rows = [orbit(5, 320.0 - 1.5 * ((14.0 - age) % 3.0), -1.5, age) for age in ages]
    assert falls(make_sets(rows)) == ()


def test_only_assets_are_told_where_there_are_any(make_sets: MakeSets) -> None:
    sets = make_sets([orbit(5, 200.0, -4.0), orbit(6, 200.0, -4.0)])
    assert [f.objects for f in falls(sets, 6)] == [(6,)]


def test_a_far_forecast_is_stated_with_little_confidence(make_sets: MakeSets) -> None:
    (found,) = falls(make_sets([orbit(5, 330.0, -0.9)]))
    assert found.confidence is Confidence.LOW
    assert (found.end_utc - AS_OF) > 1.5 * (found.reentry_utc - AS_OF)
