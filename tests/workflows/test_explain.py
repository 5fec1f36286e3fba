"""Causes of a moment on a made sky: all of them, always the same, and what is missing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import numpy as np
import pytest
from scipy.stats import kstest

from hoshimori.errors import CoverageError, SettingsError
from hoshimori.model.assets import Asset
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind, CauseReport, Standing
from hoshimori.model.elements import concatenate
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.space_weather import DayKind, SpaceWeather
from hoshimori.numerics.chance import Rank
from hoshimori.workflows.explain import DEFAULT, Beside, explain, station_from
from hoshimori.workflows.skies import made_sky

pytestmark = pytest.mark.xdist_group("explain")

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
TAKEN = replace(DEFAULT, drawn=59, span_days=2.0)


@pytest.fixture(scope="module")
def picture() -> Picture:
    """1,300 objects with their histories."""
    sky = made_sky(seed=1, objects=1300, as_of_utc=AS_OF)
    return sky.picture(assets=sky.assets, days_ahead=1.0)


@pytest.fixture(scope="module")
def asset(picture: Picture) -> int:
    """A satellite in low orbit with a history."""
    low = picture.newest.take(picture.newest.mean_motion_rev_day > 13.0)
    ids, counts = np.unique(picture.history.norad_id, return_counts=True)
    many = set(ids[counts >= 15].tolist())
    return next(int(i) for i in low.norad_id if int(i) in many)


@pytest.fixture(scope="module")
def at_utc(picture: Picture, asset: int) -> np.datetime64:
    """A moment between the last two element sets of the asset."""
    epochs = picture.history.of_object(asset).epoch_utc
    return epochs[-2] + (epochs[-1] - epochs[-2]) // 2


@pytest.fixture(scope="module")
def report(picture: Picture, asset: int, at_utc: np.datetime64) -> CauseReport:
    return explain(picture, asset, at_utc, beside=Beside(weather(at_utc)), assumptions=TAKEN)


def weather(at_utc: np.datetime64, *, peak_kp: float = 8.0) -> SpaceWeather:
    """A quiet year with one storm on the day of a moment."""
    days = at_utc.astype("datetime64[D]") + np.arange(-400, 3)
    kp = np.full((len(days), 8), 1.0) + np.arange(len(days))[:, None] % 7 / 10.0
    kp[400] = peak_kp
    flux = np.full(len(days), 120.0) + np.arange(len(days)) % 30
    return SpaceWeather(
        day_utc=days.astype("datetime64[us]"),
        kp=kp,
        ap=kp * 10.0,
        f107_observed=flux,
        f107_adjusted=flux,
        f107_observed_81_day=flux,
        kind=np.full(len(days), DayKind.OBSERVED, np.uint8),
        provenance=Provenance("made", "0" * 64, Reality.SIMULATED),
    )


def of_kind(report: CauseReport, kind: CandidateKind) -> CandidateCause:
    return next(one for one in report.candidates if one.kind is kind)


def test_every_cause_is_told_once_and_what_is_not_judged_stands_last(report: CauseReport) -> None:
    assert {one.kind for one in report.candidates} == set(CandidateKind)
    assert report.looked_at == len(CandidateKind) == len(report.candidates)
    places = [list(Standing).index(one.standing) for one in report.candidates]
    assert places == sorted(places)
    for standing in Standing:
        told = [c.chance.p_value for c in report.candidates if c.standing is standing and c.chance]
        assert told == sorted(told)
    assert report.reality is Reality.SIMULATED


def test_chance_is_the_share_of_moments_that_show_as_much(report: CauseReport) -> None:
    ranked = [one for one in report.candidates if one.chance is not None]
    assert report.ranked == len(ranked) >= 12
    for cause in ranked:
        assert cause.chance is not None
        chance = cause.chance
        assert chance.p_value == pytest.approx((1 + chance.as_much) / (1 + chance.drawn))
        assert chance.from_utc <= report.at_utc <= chance.until_utc
        assert 0 <= chance.ties <= chance.as_much <= chance.drawn
    rare = [one for one in ranked if one.standing is Standing.UNUSUAL]
    assert all(c.chance is not None and c.chance.p_value <= TAKEN.unusual_p for c in rare)


def test_a_great_storm_is_unusual(report: CauseReport) -> None:
    storm = of_kind(report, CandidateKind.STORM)
    assert storm.standing is Standing.UNUSUAL
    assert storm.values["level"] == 4
    assert storm.chance is not None
    assert storm.chance.as_much <= 2
    assert report.candidates[0].standing is Standing.UNUSUAL


def test_the_same_question_has_the_same_answer_and_another_seed_other_draws(
    picture: Picture, asset: int, at_utc: np.datetime64, report: CauseReport
) -> None:
    again = explain(picture, asset, at_utc, beside=Beside(weather(at_utc)), assumptions=TAKEN)
    assert again == report
    other = explain(
        picture, asset, at_utc, beside=Beside(weather(at_utc)), assumptions=replace(TAKEN, seed=2)
    )
    assert {c.kind: c.sentence for c in other.candidates} == {
        c.kind: c.sentence for c in report.candidates
    }
    assert other != report


def test_the_order_of_rows_and_the_owners_change_nothing(
    picture: Picture, asset: int, at_utc: np.datetime64, report: CauseReport
) -> None:
    history = picture.history
    shuffled = np.random.Generator(np.random.PCG64(3)).permutation(len(history))
    owned = MappingProxyType(
        {i: replace(o, owner=f"OWNER {i % 3}") for i, o in picture.objects.items()}
    )
    other = replace(picture, history=history.take(shuffled).sorted_by_object(), objects=owned)
    again = explain(other, asset, at_utc, beside=Beside(weather(at_utc)), assumptions=TAKEN)
    assert again == report


def test_what_is_not_at_hand_is_said_and_never_counted_as_absent(
    picture: Picture, asset: int, at_utc: np.datetime64
) -> None:
    one_set = picture.history.take(picture.history.epoch_utc <= at_utc).newest()
    bare = replace(picture, history=one_set, newest=one_set)
    told = explain(bare, asset, at_utc, assumptions=TAKEN)
    missing = {
        CandidateKind.STORM: "no_data",
        CandidateKind.STORM_DAY: "no_data",
        CandidateKind.SOLAR_FLUX: "no_data",
        CandidateKind.OWN_MANOEUVRE: "no_history",
        CandidateKind.COMPANION_MANOEUVRE: "no_history",
        CandidateKind.ELEMENT_AGE: "few_sets",
        CandidateKind.DISTURBED_GROUND: "no_maps",
    }
    for kind, why in missing.items():
        cause = of_kind(told, kind)
        assert (cause.standing, cause.sentence, cause.chance) == (Standing.NOT_JUDGED, why, None)
    assert of_kind(told, CandidateKind.KNOWN_FAILURE).standing is Standing.NOT_JUDGED


def test_the_span_goes_by_the_orbit_where_nobody_says(
    picture: Picture, asset: int, at_utc: np.datetime64
) -> None:
    taken = replace(TAKEN, span_days=None, drawn=19)
    low = explain(picture, asset, at_utc, assumptions=taken)
    assert low.assumptions.span_days == 3.0
    belt = picture.newest.take(picture.newest.mean_motion_rev_day < 1.1)
    high = explain(picture, int(belt.norad_id[0]), at_utc, assumptions=taken)
    assert high.assumptions.span_days == 7.0


def test_a_part_of_a_catalogue_does_not_tell_who_was_near(
    picture: Picture, asset: int, at_utc: np.datetime64
) -> None:
    few = concatenate([picture.history.take(picture.history.norad_id == asset)])
    told = explain(replace(picture, history=few), asset, at_utc, assumptions=TAKEN)
    for kind in (
        CandidateKind.FAST_PASS,
        CandidateKind.COMPANY,
        CandidateKind.IN_BEAM,
        CandidateKind.DEBRIS_FLUX,
    ):
        assert of_kind(told, kind).standing is Standing.NOT_JUDGED


def test_indices_that_were_not_known_yet_are_not_used(
    picture: Picture, asset: int, at_utc: np.datetime64
) -> None:
    early = replace(picture, as_of_utc=as_datetime(at_utc) - timedelta(days=2))
    told = explain(early, asset, at_utc, beside=Beside(weather(at_utc)), assumptions=TAKEN)
    assert of_kind(told, CandidateKind.STORM).sentence == "not_observed"


def test_a_station_decides_what_stands_in_line(
    picture: Picture, asset: int, at_utc: np.datetime64, report: CauseReport
) -> None:
    far = (-report.latitude_deg, report.longitude_deg + 180.0)
    told = explain(picture, asset, at_utc, assumptions=replace(TAKEN, station=far))
    line = of_kind(told, CandidateKind.IN_LINE)
    assert (line.standing, line.sentence) == (Standing.ABSENT, "below_horizon")
    assert line.chance is not None
    assert line.chance.p_value == 1.0


def test_without_a_place_of_the_asset_nothing_is_said(picture: Picture, asset: int) -> None:
    with pytest.raises(CoverageError, match="within 7 days"):
        explain(picture, asset, AS_OF + np.timedelta64(60, "D"), assumptions=TAKEN)
    with pytest.raises(CoverageError, match="no element set"):
        explain(picture, 999_999_999, AS_OF, assumptions=TAKEN)


def test_assumptions_out_of_range_are_refused(
    picture: Picture, asset: int, at_utc: np.datetime64
) -> None:
    for wrong in (
        replace(TAKEN, beam_half_deg=120.0),
        replace(TAKEN, span_days=60.0),
        replace(TAKEN, span_days=0.0),
        replace(TAKEN, drawn=3),
    ):
        with pytest.raises(SettingsError, match="expected"):
            explain(picture, asset, at_utc, assumptions=wrong)


@pytest.mark.parametrize("text", ["35.7", "north,east", "95,0", "0,400"])
def test_a_station_is_latitude_and_longitude(text: str) -> None:
    with pytest.raises(SettingsError, match="--station"):
        station_from(text)


def test_shares_of_random_assets_and_moments_are_even(picture: Picture) -> None:
    """A short slice of benchmarks/accuracy_explain.py: 16 moments, three causes."""
    random = np.random.Generator(np.random.PCG64(11))
    taken = replace(TAKEN, drawn=39)
    high = picture.newest.take(picture.newest.mean_motion_rev_day < 4.0)
    middle = np.sort(picture.newest.epoch_utc)[len(picture.newest) // 2]
    even: list[float] = []
    for norad_id in random.choice(high.norad_id, 16).tolist():
        away_us = round((random.random() - 0.5) * 2.0 * 86400e6)
        own = replace(picture, assets=(Asset(int(norad_id)),), history=picture.newest)
        told = explain(
            own, int(norad_id), middle + np.timedelta64(away_us, "us"), assumptions=taken
        )
        for kind in (CandidateKind.IN_BEAM, CandidateKind.IN_LINE, CandidateKind.RADIATION_BELT):
            chance = of_kind(told, kind).chance
            assert chance is not None
            rank = Rank(chance.as_much, chance.as_much - chance.ties, chance.drawn)
            even.append(rank.spread_p_value(float(random.random())))
    assert len(even) == 48
    # The kinds of one moment hang together: as many independent ones as moments are tested.
    assert kstest(even[::3], "uniform").pvalue > 0.01
    assert kstest(even[1::3], "uniform").pvalue > 0.01
    assert kstest(even[2::3], "uniform").pvalue > 0.01
