"""Feeds that fall silent: late or lost, and nothing else changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.exercise.injected_reports import stated_report
from hoshimori.exercise.injected_storms import stormy_weather
from hoshimori.exercise.injecting import played
from hoshimori.exercise.silent_feeds import (
    air_known_by,
    reports_with,
    silence_of,
    weather_known_by,
)
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.injects import FeedKind, Outage, StatedReport, Storm
from hoshimori.model.picture import Picture
from hoshimori.model.reports import Credibility, Grade, OperatorReport, Reliability, Statement
from hoshimori.model.tapes import Silence, Tape

START_UTC = datetime(2026, 11, 23, tzinfo=UTC)


def silent(feed: FeedKind, at_h: float, lasts_h: float, late_h: float | None) -> Silence:
    outage = Outage(inject_id="o", at_h=at_h, feed=feed, lasts_h=lasts_h, late_h=late_h)
    return silence_of(outage, START_UTC)


def moment(day: int, hour: int = 0) -> np.datetime64:
    return np.datetime64(f"2026-11-{day:02d}T{hour:02d}:00", "us")


def report(at_h: float) -> OperatorReport:
    inject = StatedReport(
        inject_id="said", at_h=at_h, statement=Statement.SERVICE_LOST, parts=(), source="Somebody",
        grade=Grade(Reliability.USUALLY, Credibility.CONFIRMED), text="Gone.", begins_h=at_h,
        is_true=True,
    )  # fmt: skip
    return stated_report(inject, numbers={}, cells=(), starts_utc=START_UTC)


def test_a_map_comes_later_or_never() -> None:
    air = disturbed_air(
        MadeAir(first_day_utc=np.datetime64("2026-11-20"), days=8, rings=1),
        np.random.default_rng(1),
    )
    # Silent over the midnights that end the 23rd and the 24th.
    late = silent(FeedKind.NAVIGATION, 12.0, 48.0, 30.0)
    lost = silent(FeedKind.NAVIGATION, 12.0, 48.0, None)
    elsewhere = silent(FeedKind.REPORTS, 0.0, 500.0, None)

    def days(silence: Silence, at: np.datetime64) -> set[str]:
        return set(air_known_by(air, [silence], at).day_utc.astype(str))

    before = {"2026-11-20", "2026-11-21", "2026-11-22"}
    assert days(late, moment(24)) == before
    assert days(late, moment(25, 6)) == before | {"2026-11-23"}
    assert days(lost, moment(26)) == before | {"2026-11-25"}
    assert days(lost, moment(30)) == before | {"2026-11-25", "2026-11-26", "2026-11-27"}
    assert days(elsewhere, moment(25)) == before | {"2026-11-23", "2026-11-24"}


def test_indices_come_later_or_never() -> None:
    weather = stormy_weather(
        [Storm(inject_id="s", at_h=6.0, kp=7.0, f107=150.0, lasts_h=24.0)],
        None,
        starts_utc=START_UTC,
        ends_utc=START_UTC + timedelta(days=3),
        stream_of=lambda name: np.random.default_rng(1),
    )
    assert weather is not None
    late = silent(FeedKind.SPACE_WEATHER, 6.0, 12.0, 24.0)
    at = moment(23, 21)
    day = weather_known_by(weather, [late], at).take(weather.known_by(at).day_utc == moment(23))
    assert np.isfinite(day.kp[0]).tolist() == [True, False, False, False, False, True, True, False]
    assert np.array_equal(np.isfinite(day.kp), np.isfinite(day.ap))
    later = weather_known_by(weather, [late], moment(25))
    plain = weather.known_by(moment(25))
    assert np.array_equal(later.kp, plain.kp, equal_nan=True)
    lost = silent(FeedKind.SPACE_WEATHER, 18.0, 8.0, None)
    never = weather_known_by(weather, [lost], moment(30))
    assert np.isnan(never.f107_observed[never.day_utc == moment(23)]).all()
    assert np.isnan(never.kp[never.day_utc == moment(23)][0, 5:]).all()


@pytest.mark.parametrize(("late_h", "came"), [(10.0, [2.0, 15.0, 30.0]), (None, [2.0, 30.0])])
def test_reports_come_later_or_never(late_h: float | None, came: list[float]) -> None:
    stated = [report(h) for h in (2.0, 5.0, 30.0)]
    given = reports_with(stated, [silent(FeedKind.REPORTS, 4.0, 8.0, late_h)])
    hours = [(one.known_utc - START_UTC) / timedelta(hours=1) for one in given]
    assert hours == came
    assert given[0] is stated[0]
    assert len({one.finding_id for one in (*stated, *given)}) == (4 if late_h else 3)
    assert reports_with(stated, []) == tuple(stated)


def test_the_longest_silence_counts() -> None:
    stated = [report(5.0)]
    both = [silent(FeedKind.REPORTS, 4.0, 8.0, h) for h in (10.0, 20.0)]
    (given,) = reports_with(stated, both)
    assert given.known_utc == START_UTC + timedelta(hours=25)
    assert reports_with(stated, [*both, silent(FeedKind.REPORTS, 4.0, 8.0, None)]) == ()


def test_a_played_picture_keeps_to_it() -> None:
    air = disturbed_air(
        MadeAir(first_day_utc=np.datetime64("2026-11-20"), days=8, rings=1),
        np.random.default_rng(1),
    )
    picture = Picture(
        as_of_utc=START_UTC, newest=NO_ELEMENT_SETS, history=NO_ELEMENT_SETS, assets=(),
        days_ahead=1.0, integrity=air, reports=(report(-3.0),),
    )  # fmt: skip
    tape = Tape(
        reports=(report(5.0), report(6.0)),
        silences=(
            silent(FeedKind.NAVIGATION, 0.0, 48.0, None),
            silent(FeedKind.REPORTS, 5.5, 1.0, 12.0),
        ),
    )
    for hour, reports in ((4, 1), (12, 2), (18, 3)):
        seen = played(picture, tape, moment(23, hour))
        assert len(seen.reports) == reports
        assert {r.reality.value for r in seen.reports} == {"EXERCISE"}
    assert seen.integrity is not None
    assert seen.integrity.day_utc.max() == np.datetime64("2026-11-21")
