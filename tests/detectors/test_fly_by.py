"""Slow passes, told from made histories with the truth at hand, in low orbits and in the belt."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.detectors.fly_by import FlyByDetector
from hoshimori.exercise.belt_years import START_UTC, Life, belt_lives
from hoshimori.exercise.mean_orbits import MeanOrbits
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import moved_to, pushed, rows_of, stacked
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS, TEXT, ElementSets
from hoshimori.model.findings import (
    Arrival,
    CompanyKind,
    Confidence,
    Proximity,
    ProximityMotion,
)
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise, propagate

START = np.datetime64("2020-01-01T00:00:00", "us")
DAY = np.timedelta64(1, "D")
ASSET, PASSER, FAST, STRANGER, TWIN, FAR = range(40_001, 40_007)
DAYS = 60.0


def orbit(axis_km: float, ahead_km: float, node_deg: float = 10.0) -> MeanElements:
    made = MeanOrbits(
        semi_major_axis_km=np.array([axis_km]),
        eccentricity=np.array([1e-3]),
        inclination_rad=np.radians([97.9]),
        raan_rad=np.radians([node_deg]),
        arg_of_perigee_rad=np.array([1.0]),
        mean_anomaly_rad=np.array([0.5 + ahead_km / 7000.0]),
    )
    return made.elements(np.array([START]), np.zeros(1))


ORBITS = {
    ASSET: orbit(7000.0, 0.0),
    PASSER: orbit(7003.0, 9000.0),  # falls back by some 400 km a day: level after three weeks
    FAST: orbit(7030.0, 9000.0),
    STRANGER: orbit(7003.0, 9000.0, node_deg=12.0),
    TWIN: orbit(7000.3, 1500.0),  # drifts by 42 km a day: company, no pass
    FAR: orbit(7003.0, -9000.0),  # level only after months
}


def low_sky(every_days: float = 1.0, *, gap: tuple[float, float] = (0.0, 0.0)) -> ElementSets:
    epochs = np.arange(0.3, DAYS, every_days)
    epochs = epochs[(epochs < gap[0]) | (epochs >= gap[1])]
    at = START + np.round(epochs * 86400e6).astype("timedelta64[us]")
    many = np.zeros(len(at), np.int64)
    return recorded({i: moved_to(rows_of(one, many), at) for i, one in ORBITS.items()})


def recorded(tracks: dict[int, MeanElements], launch: str = "") -> ElementSets:
    ids = np.repeat(list(tracks), [len(t) for t in tracks.values()])
    register = Register(
        norad_id=ids,
        name=np.array([f"SIM {i}" for i in ids], TEXT),
        object_id=np.array([launch or f"20{i % 100:02d}-001A" for i in ids], TEXT),
        launch_utc=np.full(len(ids), START - 5000 * DAY),
    )
    end = START + np.timedelta64(round(DAYS), "D")
    return element_sets(stacked(list(tracks.values())), register, end, "made passes")


def found(sets: ElementSets, *assets: int) -> list[Proximity]:
    ordered = sets.sorted_by_object()
    watched = tuple(map(Asset, assets))
    picture = Picture(datetime(2021, 1, 1, tzinfo=UTC), ordered.newest(), ordered, watched, 1.0)
    return list(FlyByDetector().detect(picture))


def truth(other: int) -> tuple[float, float]:
    """Return when two made orbits are nearest, in days, and how near, by SGP4 minute by minute."""
    minutes = np.arange(0.0, DAYS * 1440.0)
    both = initialise(stacked([ORBITS[ASSET], ORBITS[other]]))
    one, two = propagate(both, START, 60.0 * minutes).position_teme_km
    ranges = np.linalg.norm(two - one, axis=1)
    return float(minutes[ranges.argmin()] / 1440.0), float(ranges.min())


def day_of(finding: Proximity) -> float:
    since = finding.range_utc.replace(tzinfo=None) - START.item()
    return float(since.total_seconds() / 86400.0)


def test_a_slow_pass_in_low_orbit_is_found_once_where_and_when_it_was() -> None:
    (passed,) = found(low_sky(), ASSET)
    at_days, nearest_km = truth(PASSER)
    assert passed.objects == (ASSET, PASSER)
    assert passed.motion is ProximityMotion.FLY_BY
    assert day_of(passed) == pytest.approx(at_days, abs=0.15)  # two revolutions
    assert passed.range_km.best == pytest.approx(nearest_km, abs=1.0)
    assert passed.range_km.low <= nearest_km <= passed.range_km.high
    assert -500.0 < passed.drift_km_day < -350.0
    assert passed.dwell_h == pytest.approx(24.0 * 200.0 / abs(passed.drift_km_day), rel=0.2)
    assert passed.company is not None
    assert passed.company.kind is CompanyKind.FREE_PASSING
    assert passed.company.arrival is Arrival.NATURAL
    assert passed.confidence is Confidence.MODERATE
    assert 0.0 < passed.base_rate.share.best <= 1.0


def test_a_pass_that_no_set_is_near_is_not_invented() -> None:
    at_days, _ = truth(PASSER)
    assert found(low_sky(gap=(at_days - 3.0, at_days + 3.0)), ASSET) == []


def test_where_sets_are_missing_besides_it_is_not_told_who_changed_course() -> None:
    at_days, _ = truth(PASSER)
    (passed,) = found(low_sky(gap=(at_days + 0.5, at_days + 8.0)), ASSET)
    assert passed.company is not None
    assert passed.company.kind is CompanyKind.NOT_TOLD
    assert passed.confidence is Confidence.LOW


def test_who_brakes_after_its_pass_is_told_from_who_drifts_on() -> None:
    at_days, _ = truth(PASSER)
    epochs = np.arange(0.3, DAYS, 1.0)
    at = START + np.round(epochs * 86400e6).astype("timedelta64[us]")
    many = np.zeros(len(at), np.int64)
    tracks = {i: moved_to(rows_of(ORBITS[i], many), at) for i in (ASSET, PASSER)}
    burn_utc = START + np.timedelta64(round((at_days + 1.5) * 86400e6), "us")
    before = moved_to(ORBITS[PASSER], np.array([burn_utc]))
    after = pushed(before, before.epoch_utc, np.array([[0.0, -1.0, 0.0]]))
    later = at > burn_utc
    braked = [tracks[PASSER].take(np.flatnonzero(~later))]
    braked += [moved_to(rows_of(after, many[later]), at[later])]
    (passed, *_) = found(recorded({ASSET: tracks[ASSET], PASSER: stacked(braked)}), ASSET)
    assert passed.company is not None
    assert passed.company.kind is CompanyKind.VISIT
    assert passed.company.arrival is Arrival.CONTROLLED


def test_one_launch_is_a_known_kind() -> None:
    epochs = START + np.arange(0, 60) * DAY
    many = np.zeros(len(epochs), np.int64)
    tracks = {i: moved_to(rows_of(ORBITS[i], many), epochs) for i in (ASSET, PASSER)}
    (passed,) = found(recorded(tracks, launch="2015-001A"), ASSET)
    assert passed.company is not None
    assert passed.company.kind is CompanyKind.SAME_LAUNCH


@pytest.mark.parametrize("every_days", [1.0, 3.0])
def test_in_the_belt_a_drifter_passes_on_its_day(every_days: float) -> None:
    home = Life(50_001, "SIM HOME", "2010-001A", ((0.0, 60.0), (DAYS, 60.0)))
    drifter = Life(50_002, "SIM DRIFTER", "1990-001A", ((0.0, 55.0), (DAYS, 67.0)))
    resting = Life(50_003, "SIM RESTING", "2012-001A", ((0.0, 60.1), (DAYS, 60.1)))
    sets = belt_lives([home, drifter, resting], START_UTC, DAYS, every_days=every_days)
    (passed,) = found(sets, 50_001)
    since = passed.range_utc.replace(tzinfo=None) - START_UTC.item()
    assert passed.objects == (50_001, 50_002)
    # The kept one wanders by 0.02 degrees and both swing by eccentricity: a day of drift.
    assert since.total_seconds() / 86400.0 == pytest.approx(25.0, abs=1.0)
    assert passed.drift_km_day == pytest.approx(0.2 * 735.8, rel=0.1)
    assert passed.range_km.best < 60.0
    assert passed.base_rate.regime == "GEO"


def test_the_order_of_rows_and_absent_assets_do_not_matter() -> None:
    sets = low_sky()
    shuffled = sets.take(np.random.Generator(np.random.PCG64(2)).permutation(len(sets)))
    assert found(shuffled, ASSET) == found(sets, ASSET)
    assert found(sets, 77) == []
    assert found(sets) == []
    assert found(NO_ELEMENT_SETS, ASSET) == []
