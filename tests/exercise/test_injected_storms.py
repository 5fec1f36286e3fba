"""Storms by a script: indices that agree with one another, and air that gets thicker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hoshimori.exercise.injected_air import StreamOf
from hoshimori.exercise.injected_storms import amplitude, stormy_weather, thicker_air
from hoshimori.formats.space_weather import read_space_weather
from hoshimori.model.injects import Storm
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.space_weather import DayKind, SpaceWeather

START_UTC = datetime(2026, 11, 23, tzinfo=UTC)
STORM = Storm(inject_id="storm", at_h=30.0, kp=8.0, f107=190.0, lasts_h=36.0)


def streams(seed: int = 1) -> StreamOf:
    def of(name: str) -> np.random.Generator:
        return np.random.default_rng([seed, *name.encode()])

    return of


def laid(
    real: SpaceWeather | None, *storms: Storm, start: datetime = START_UTC, days: int = 6
) -> SpaceWeather:
    weather = stormy_weather(
        storms, real, starts_utc=start, ends_utc=start + timedelta(days=days), stream_of=streams()
    )
    assert weather is not None
    return weather


@pytest.fixture(scope="module")
def real(shared_data: Path) -> SpaceWeather:
    path = shared_data / "spaceweather" / "SW-All.csv.gz"
    return read_space_weather(path.read_bytes(), Provenance(path.name, "0" * 64)).weather


def test_the_storm_is_as_strong_and_as_long_as_asked() -> None:
    starts, kp = laid(None, STORM).periods()
    begins = np.datetime64("2026-11-24T06:00", "us")
    inside = (starts >= begins) & (starts < begins + np.timedelta64(36, "h"))
    assert kp[inside].max() == 8.0
    assert (kp[inside] >= 6.0).mean() > 0.4
    assert kp[~inside].max() <= 4.0


def test_every_amplitude_is_that_of_its_index() -> None:
    weather = laid(None, STORM)
    assert np.allclose(weather.kp * 3.0, np.rint(weather.kp * 3.0))
    assert np.array_equal(weather.ap, amplitude(weather.kp))
    assert ((weather.kp >= 0.0) & (weather.kp <= 9.0)).all()


def test_the_relation_of_index_and_amplitude_is_that_of_the_observatories(
    real: SpaceWeather,
) -> None:
    known = np.isfinite(real.kp) & np.isfinite(real.ap)
    agree = amplitude(real.kp)[known] == real.ap[known]
    assert agree.mean() > 0.999


def test_all_of_it_is_exercise() -> None:
    assert laid(None, STORM).provenance.reality is Reality.EXERCISE


def test_real_days_stay_as_they_were_but_for_the_storm(real: SpaceWeather) -> None:
    start = datetime(2023, 6, 1, tzinfo=UTC)
    weather = laid(real, STORM, start=start)
    held = np.isin(weather.day_utc, real.day_utc)
    before = real.take(np.isin(real.day_utc, weather.day_utc))
    after = weather.take(held)
    other = (after.kp != before.kp) & np.isfinite(before.kp)
    days = after.day_utc[other.any(axis=1)].astype("datetime64[D]").astype(str)
    assert set(days) == {"2023-06-02", "2023-06-03"}
    flux = after.f107_observed[after.day_utc == np.datetime64("2023-06-02")]
    assert flux.tolist() == [190.0]
    mean_moved = after.f107_observed_81_day != before.f107_observed_81_day
    moved = after.day_utc[mean_moved & np.isfinite(before.f107_observed_81_day)]
    assert moved.min() >= np.datetime64("2023-06-02")
    assert moved.max() < np.datetime64("2023-06-02") + np.timedelta64(82, "D")


def test_days_that_were_not_observed_go_on_from_a_turn_of_the_sun_before(
    real: SpaceWeather,
) -> None:
    weather = laid(real, STORM, start=datetime(2027, 1, 10, tzinfo=UTC))
    assert weather.day_utc[-1] == np.datetime64("2027-01-16")
    assert (np.diff(weather.day_utc) == np.timedelta64(1, "D")).all()
    assert (weather.kind <= DayKind.INTERPOLATED).all()
    assert np.isfinite(weather.kp[-30:]).all()


def test_a_period_counts_from_its_end_on() -> None:
    weather = laid(None, STORM)
    at = np.datetime64("2026-11-24T11:00", "us")
    known = weather.known_by(at)
    assert known.observed_until_utc == np.datetime64("2026-11-24T09:00", "us")


def test_the_air_thickens_with_a_delay_and_goes_back() -> None:
    times = np.datetime64("2026-11-24T06:00", "us") + np.arange(0, 240, 3) * np.timedelta64(1, "h")
    factor = thicker_air([STORM], times, 450.0, starts_utc=START_UTC)
    assert factor[0] == 1.0
    assert factor[-1] == 1.0
    assert 1.4 < factor.max() < 2.5
    peak = int(np.argmax(factor))
    assert 6.0 <= 3.0 * peak <= 36.0
    assert factor[peak + 20] < 1.0 + 0.35 * (factor.max() - 1.0)


def test_thin_air_rises_more_than_thick_air() -> None:
    times = np.datetime64("2026-11-25T00:00", "us") + np.zeros(1, "timedelta64[us]")
    low, high = (float(thicker_air([STORM], times, h, starts_utc=START_UTC)[0]) for h in (250, 600))
    assert 1.0 < low < high


def test_without_storms_nothing_changes() -> None:
    times = np.array(["2026-11-25"], "datetime64[us]")
    assert thicker_air([], times, 400.0, starts_utc=START_UTC).tolist() == [1.0]
    assert (
        stormy_weather([], None, starts_utc=START_UTC, ends_utc=START_UTC, stream_of=streams())
        is None
    )
