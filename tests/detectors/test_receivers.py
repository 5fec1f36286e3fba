"""Disturbed receivers in made series with known truth: what, when, how deep, and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from hoshimori.detectors.receivers import ReceiverDetector, ReceiverSurvey, Signs, reception_of
from hoshimori.detectors.receivers.causes import is_above_10_ghz
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Confidence, ReceiverInterference, Reception
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import (
    PLACE_OF,
    Link,
    Quantity,
    Receiver,
    ReceiverSeries,
    joined_series,
)

KU = Receiver("dish", Link.DOWNLINK, "Ku", norad_id=44476)
FIRST, SAMPLES = 900, 40
ALL = ReceiverDetector(look_back_days=1_000.0)
START = datetime(2026, 3, 1, tzinfo=UTC)


def planted(cause: MadeCause, depth_db: float = 15.0, **more: object) -> MadeReceiver:
    one = MadeDisturbance(cause, FIRST, SAMPLES, depth_db)
    return replace(MadeReceiver(planted=(one,)), **more)  # type: ignore[arg-type]


def series(made: MadeReceiver, seed: int = 1) -> ReceiverSeries:
    return disturbed_reception(made, np.random.Generator(np.random.PCG64(seed)))


def survey(*of: ReceiverSeries, detector: ReceiverDetector = ALL) -> ReceiverSurvey:
    return detector.survey(of, as_datetime(max(one.known_utc.max() for one in of)))


def found(made: MadeReceiver, seed: int = 1) -> tuple[ReceiverInterference, ...]:
    return survey(series(made, seed)).findings


def at(sample: int, step_s: float = 30.0) -> datetime:
    return START + timedelta(seconds=sample * step_s)


def with_values(of: ReceiverSeries, quantity: Quantity, values: np.ndarray) -> ReceiverSeries:
    changed = of.values.copy()
    changed[:, PLACE_OF[quantity]] = values
    return replace(of, values=changed)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (planted(MadeCause.POWER_FROM_OUTSIDE), Reception.ALL_FELL),
        (planted(MadeCause.POWER_FROM_OUTSIDE, 40.0), Reception.ALL_FELL),
        (planted(MadeCause.POWER_FROM_OUTSIDE, has_noise=False), Reception.ALL_FELL),
        (planted(MadeCause.SHUT_OUT), Reception.BLANK_SPOT),
        (planted(MadeCause.SHUT_OUT, has_noise=False), Reception.BLANK_SPOT),
        (planted(MadeCause.FOREIGN_SIGNALS, 8.0), Reception.STRONGER_ALIKE),
        (planted(MadeCause.ONE_SATELLITE), Reception.ONE_SATELLITE),
        (planted(MadeCause.RAIN, receiver=KU, satellites=0, swing_db=0.3), Reception.FADED),
    ],
)
def test_what_is_planted_is_told_with_its_time_and_cause(
    made: MadeReceiver, expected: Reception, seed: int
) -> None:
    (one,) = found(made, seed)
    assert one.reception is expected
    slack = timedelta(seconds=30.0 * (SAMPLES if expected is Reception.FADED else 3))
    assert abs(one.start_utc - at(FIRST)) <= slack
    assert abs(one.end_utc - at(FIRST + SAMPLES - 1)) <= slack
    assert not one.goes_on
    assert one.reality is Reality.SIMULATED


def test_depth_band_satellites_and_base_rate_are_told() -> None:
    (one,) = found(planted(MadeCause.POWER_FROM_OUTSIDE, 15.0))
    assert one.leading is Quantity.CN0
    assert one.depth.low <= -15.0 + 1.0
    assert one.depth.high >= -15.0 - 1.0
    assert one.fallen == tuple(f"G{k:02d}" for k in range(1, 9))
    assert one.tracked_before == 8
    assert one.base_rate.share.best == 0.0
    assert one.base_rate.compared > 10
    assert {change.quantity for change in one.changes} >= {
        Quantity.CN0, Quantity.NOISE_FLOOR, Quantity.GAIN_CONTROL,
    }  # fmt: skip
    assert one.confidence is Confidence.MODERATE
    (faded,) = found(planted(MadeCause.RAIN, receiver=KU, satellites=0, swing_db=0.3))
    assert (faded.band, faded.link, faded.objects) == ("Ku", Link.DOWNLINK, (44476,))


@pytest.mark.parametrize("seed", range(3))
def test_quiet_reception_has_no_disturbance(seed: int) -> None:
    assert found(MadeReceiver(), seed) == ()
    assert found(MadeReceiver(has_noise=False, satellites=0), seed) == ()


def test_slow_change_over_weeks_is_told_as_such() -> None:
    made = MadeReceiver(samples=20 * 144, step_s=600.0)
    aged = series(made)
    whole = replace(aged, cn0_dbhz=aged.cn0_dbhz - np.linspace(0.0, 5.0, len(aged))[:, None])
    (one,) = survey(whole).findings
    assert one.reception is Reception.SLOW_CHANGE
    over_19_days = -5.0 * 19.0 / 20.0
    assert one.depth.low - 0.1 <= over_19_days <= one.depth.high + 0.1
    assert survey(aged).findings == ()


def test_a_deep_fall_inside_a_long_shallow_one_is_told_by_itself() -> None:
    shallow = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 600, 600, 9.0)
    deep = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, FIRST, SAMPLES, 40.0)
    told = found(MadeReceiver(planted=(shallow, deep), has_noise=False, satellites=0))
    total = [one for one in told if one.reception is Reception.ALL_FELL]
    (one,) = total
    assert abs(one.start_utc - at(FIRST)) <= timedelta(seconds=90)
    assert abs(one.end_utc - at(FIRST + SAMPLES - 1)) <= timedelta(seconds=90)


def test_what_is_disturbed_does_not_become_the_norm() -> None:
    long = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 300, 1_100, 15.0)
    (one,) = found(MadeReceiver(planted=(long,)))
    assert one.end_utc - one.start_utc > timedelta(hours=9)


# What is wrong with samples ------------------------------------------------------------------


def test_missing_samples_and_gaps_do_not_hide_or_make_a_disturbance() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE))
    thinned = whole.take(np.sort(rng.permutation(len(whole))[:900]))
    (one,) = survey(thinned).findings
    assert one.reception is Reception.ALL_FELL
    keep = np.ones(len(whole), dtype=bool)
    keep[200:500] = False
    (again,) = survey(whole.take(keep)).findings
    assert again.reception is Reception.ALL_FELL
    told = survey(whole.take(keep)).coverage[0]
    assert told.silences == 1


def test_late_samples_are_seen_from_when_they_were_known() -> None:
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE))
    late = whole.known_utc.copy()
    late[FIRST:] += np.timedelta64(6, "h")
    delayed = replace(whole, known_utc=late)
    before = ALL.survey((delayed,), at(FIRST + SAMPLES))
    assert before.findings == ()
    assert before.coverage[0].samples == FIRST
    after = ALL.survey((delayed,), at(FIRST + SAMPLES) + timedelta(hours=7))
    assert len(after.findings) == 1


def test_samples_of_the_future_are_not_seen() -> None:
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE))
    moment = at(FIRST - 1)
    told = ALL.survey((whole,), moment)
    assert told.findings == ()
    assert told.coverage[0].last_utc == moment


def test_duplicates_and_disorder_change_nothing() -> None:
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE))
    shuffled = whole.take(np.random.Generator(np.random.PCG64(2)).permutation(len(whole)))
    (once,) = joined_series([shuffled, whole, whole.take(np.arange(50))])
    assert survey(once).findings == survey(whole).findings


def test_single_absurd_samples_raise_nothing() -> None:
    whole = series(MadeReceiver(satellites=0))
    values = whole.of(Quantity.CN0).copy()
    values[400::97] = 0.0
    noise = whole.of(Quantity.NOISE_FLOOR).copy()
    noise[350::80] = 50.0
    spoilt = with_values(with_values(whole, Quantity.CN0, values), Quantity.NOISE_FLOOR, noise)
    assert survey(spoilt).findings == ()


def test_values_that_only_repeat_say_nothing() -> None:
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE, has_noise=False, satellites=0))
    values = whole.of(Quantity.CN0).copy()
    values[800:1_000] = 43.0
    told = survey(with_values(whole, Quantity.CN0, values))
    assert told.findings == ()
    assert told.coverage[0].stuck == 200
    assert told.coverage[0].judged == len(whole) - 200


def test_without_a_past_nothing_is_judged_and_the_coverage_says_so() -> None:
    early = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 20, 30, 20.0)
    told = survey(series(MadeReceiver(samples=59, planted=(early,))))
    assert told.findings == ()
    assert (told.coverage[0].samples, told.coverage[0].judged) == (59, 0)


@pytest.mark.parametrize(("samples", "found_at"), [(0, 0), (40, 0), (20, None)])
def test_the_start_is_judged_by_what_came_after(samples: int, found_at: int | None) -> None:
    whole = series(MadeReceiver(has_noise=False, satellites=0))
    values = whole.of(Quantity.CN0).copy()
    # Nothing is tracked from the first sample on: as long as a start takes, or longer.
    if samples:
        values[:samples] = 0.0
    else:
        values[:30] = 8.0
    told = survey(with_values(whole, Quantity.CN0, values)).findings
    if found_at is None:
        assert told == ()
        return
    (one,) = told
    assert one.start_utc == at(found_at)
    assert abs(one.end_utc - at((samples or 30) - 1)) <= timedelta(seconds=30)
    assert one.confidence is Confidence.LOW
    assert "judged by the quiet samples after it" in one.confidence_because
    assert one.base_rate.compared == 0


def test_that_nothing_is_tracked_is_never_usual_for_navigation() -> None:
    whole = series(MadeReceiver(samples=2_000, has_noise=False, satellites=0))
    values = whole.of(Quantity.CN0).copy()
    values[:700] = 0.0
    values[1_500:1_540] = 0.0
    told = survey(with_values(whole, Quantity.CN0, values)).findings
    assert [one.start_utc for one in told] == [at(1_500), at(0)]
    assert {one.reception for one in told} == {Reception.ALL_FELL}


def test_what_goes_on_and_what_is_too_short() -> None:
    until_the_end = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 1_300, 140, 15.0)
    (one,) = found(MadeReceiver(planted=(until_the_end,)))
    assert one.goes_on
    brief = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, FIRST, 2, 30.0)
    assert found(MadeReceiver(planted=(brief,))) == ()


def test_older_episodes_are_not_reported_and_the_picture_gives_the_same() -> None:
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE))
    moment = as_datetime(whole.time_utc[-1])
    later = moment + timedelta(days=8)
    assert ReceiverDetector().survey((whole,), later).findings == ()
    picture = Picture(moment, NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 7.0, receivers=(whole,))
    told = ReceiverDetector().detect(picture)
    assert told == ReceiverDetector().survey((whole,), moment).findings
    assert ReceiverDetector().detect(replace(picture, receivers=())) == ()


def test_the_same_series_gives_the_same_ids_and_names_change_only_names() -> None:
    whole = series(planted(MadeCause.POWER_FROM_OUTSIDE))
    other = replace(whole, receiver=replace(whole.receiver, name="elsewhere"))
    (one,), (same,), (renamed,) = (survey(s).findings for s in (whole, whole, other))
    assert one == same
    assert renamed.finding_id != one.finding_id
    assert (renamed.depth, renamed.reception) == (one.depth, one.reception)


# The table of causes -------------------------------------------------------------------------

QUIET = Signs(
    cn0_db=-15.0, cn0_dbhz=28.0, lost_share=0.0, fallen_share=None, noise_db=None,
    noise_rose=None, other_lost=None, alike=None, jumped=None, rise_s=10.0, band="L1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"noise_db": 12.0, "noise_rose": True}, Reception.ALL_FELL),
        ({"noise_db": 0.2, "noise_rose": False}, Reception.BLANK_SPOT),
        ({"cn0_db": None, "noise_db": 0.2, "noise_rose": False}, Reception.UNCLEAR),
        ({"lost_share": 1.0, "cn0_dbhz": 0.0, "other_lost": False}, Reception.ALL_FELL),
        ({"lost_share": 1.0, "cn0_dbhz": 0.0, "other_lost": True}, Reception.BLANK_SPOT),
        ({"cn0_dbhz": 6.0, "other_lost": False}, Reception.BLANK_SPOT),
        ({"fallen_share": 1.0}, Reception.ALL_FELL),
        ({"fallen_share": 0.5}, Reception.BLANK_SPOT),
        ({}, Reception.UNCLEAR),
        ({"band": "Ka", "rise_s": 300.0}, Reception.FADED),
        ({"band": "Ka", "rise_s": 5.0, "noise_db": 9.0, "noise_rose": True}, Reception.ALL_FELL),
        ({"band": "L1", "rise_s": 300.0}, Reception.UNCLEAR),
        ({"cn0_db": 8.0, "alike": True, "jumped": True}, Reception.STRONGER_ALIKE),
        ({"cn0_db": 8.0, "alike": True}, Reception.UNCLEAR),
    ],
)
def test_causes_follow_from_physics(changes: dict[str, object], expected: Reception) -> None:
    cause = reception_of(replace(QUIET, **changes))  # type: ignore[arg-type]
    assert cause is not None
    assert cause[0] is expected


def test_c_n0_that_only_rises_is_nothing_to_tell() -> None:
    assert reception_of(replace(QUIET, cn0_db=8.0)) is None


def test_rain_needs_more_than_ten_gigahertz() -> None:
    bands: Sequence[str] = ("L1", "S", "X-band", "8.2 GHz", "", "Quasi")
    assert not any(map(is_above_10_ghz, bands))
    assert all(map(is_above_10_ghz, ("Ku", "ka band", "12.5 GHz", "V")))
