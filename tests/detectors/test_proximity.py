"""Episodes near an asset: made by hand, and known stories from real catalogues."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.proximity import ProximityDetector
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Proximity, ProximityMotion, Relation
from hoshimori.model.picture import Picture

T0 = datetime(2025, 3, 3, 12, tzinfo=UTC)
EPOCH = np.datetime64("2025-03-03T06:00:00", "us")
ASSET, STAYING, PASSING, COMING, DOCKED, SISTER, INCLINED = range(100001, 100008)
DEGREE_KM = 735.9
"""One degree along the geostationary belt."""


def orbit(norad_id: int, **changed: Any) -> dict[str, Any]:
    return {
        "norad_id": norad_id,
        "object_id": f"20{norad_id - 99990}-001A",
        "epoch_utc": EPOCH,
        "mean_motion_rev_day": 1.00273,
        "eccentricity": 1e-4,
        "inclination_deg": 0.03,
        "raan_deg": 40.0,
        "mean_anomaly_deg": 10.0,
    } | changed


def picture_of(sets: ElementSets, *assets: int) -> Picture:
    watched = tuple(Asset(norad_id) for norad_id in assets or (ASSET,))
    return Picture(T0, sets.newest(), sets.sorted_by_object(), watched, 3.0)


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    # Drift of one degree a day is 1/360 revolutions a day.
    return [
        orbit(ASSET),
        orbit(STAYING, mean_anomaly_deg=10.1),
        orbit(PASSING, mean_anomaly_deg=9.4, mean_motion_rev_day=1.00273 + 0.4 / 360.0),
        orbit(COMING, mean_anomaly_deg=9.6, mean_motion_rev_day=1.00273 + 0.1 / 360.0),
        orbit(DOCKED),
        orbit(SISTER, mean_anomaly_deg=9.93, object_id="2011-001B"),
        orbit(INCLINED, mean_anomaly_deg=10.05, inclination_deg=5.0),
    ]


@pytest.fixture
def found(rows: list[dict[str, Any]], make_sets: Any) -> dict[int, Proximity]:
    findings = ProximityDetector().detect(picture_of(make_sets(rows)))
    assert len({f.finding_id for f in findings}) == len(findings)
    return {f.objects[1]: f for f in findings}


def test_every_kind_of_motion_is_told_and_crossing_planes_are_none(
    found: dict[int, Proximity],
) -> None:
    assert {neighbour: f.motion for neighbour, f in found.items()} == {
        STAYING: ProximityMotion.STAY,
        PASSING: ProximityMotion.FLY_BY,
        COMING: ProximityMotion.APPROACH,
        DOCKED: ProximityMotion.DOCKED,
        SISTER: ProximityMotion.STAY,
    }


def test_known_kinds_are_named(found: dict[int, Proximity]) -> None:
    assert found[STAYING].relation is Relation.UNRELATED
    assert found[SISTER].relation is Relation.SAME_LAUNCH
    assert found[DOCKED].relation is Relation.DOCKED


def test_a_range_is_an_interval_and_zero_is_never_certain(found: dict[int, Proximity]) -> None:
    assert found[STAYING].range_km.best == pytest.approx(0.1 * DEGREE_KM, abs=10.0)
    assert found[DOCKED].range_km.best == 0.0
    for finding in found.values():
        assert finding.range_km.low < finding.range_km.high
        assert finding.range_km.high >= finding.range_km.best + 5.0


def test_an_interval_is_as_wide_as_earlier_sets_of_the_objects_ask(
    rows: list[dict[str, Any]], make_sets: Any, found: dict[int, Proximity], with_bad_history: Any
) -> None:
    picture = with_bad_history(picture_of(make_sets(rows), ASSET))
    told = {f.objects[1]: f for f in ProximityDetector().detect(picture)}
    assert told.keys() == found.keys()
    for other, finding in found.items():
        assert told[other].range_km.best == finding.range_km.best
        assert told[other].range_km.high > finding.range_km.high


def test_drift_is_negative_towards_the_asset(found: dict[int, Proximity]) -> None:
    assert found[PASSING].drift_km_day == pytest.approx(-0.4 * DEGREE_KM, rel=0.1)
    assert found[COMING].drift_km_day == pytest.approx(-0.1 * DEGREE_KM, rel=0.1)
    assert abs(found[STAYING].drift_km_day) < 5.0


def test_the_track_shows_the_neighbour_behind_then_ahead(found: dict[int, Proximity]) -> None:
    track = found[PASSING].track
    assert track.in_track_km[0] < 0.0 < track.in_track_km[-1]
    assert len(track.times_utc) == len(track.radial_km) <= 240
    assert found[PASSING].start_utc <= track.times_utc[0] < track.times_utc[-1]
    assert track.times_utc[-1] <= found[PASSING].end_utc
    assert found[PASSING].dwell_h == pytest.approx(24.0 * 300.0 / (0.4 * DEGREE_KM), rel=0.15)


def test_the_base_rate_counts_other_launches_of_the_same_regime(
    found: dict[int, Proximity],
) -> None:
    rate = found[STAYING].base_rate
    assert rate.regime == "GEO"
    assert rate.window_days is not None
    assert rate.compared == 7
    assert 0.0 < rate.share.low < rate.share.best <= 1.0


def test_order_of_rows_and_a_second_run_change_nothing(
    rows: list[dict[str, Any]], make_sets: Any
) -> None:
    first = ProximityDetector().detect(picture_of(make_sets(rows)))
    assert ProximityDetector().detect(picture_of(make_sets(rows))) == first
    picture = picture_of(make_sets(rows[::-1]))
    order = np.random.default_rng(2).permutation(len(rows))
    shuffled = replace(picture, newest=picture.newest.take(order))
    assert ProximityDetector().detect(shuffled) == first


def test_a_pair_of_assets_is_reported_once(rows: list[dict[str, Any]], make_sets: Any) -> None:
    findings = ProximityDetector().detect(picture_of(make_sets(rows[:2]), ASSET, STAYING))
    assert [f.objects for f in findings] == [(ASSET, STAYING)]


def test_an_asset_that_cannot_be_propagated_is_no_crash(make_sets: Any) -> None:
    broken = make_sets([orbit(ASSET, eccentricity=0.999999), orbit(STAYING)])
    assert ProximityDetector().detect(picture_of(broken)) == ()


def test_luch_drifts_by_intelsat_39_at_78_km_in_march_2025(snapshot: Any) -> None:
    """The Luch (Olymp) 2 story: [F 71]; 78 km is computed from these very elements."""
    picture = snapshot("spacetrack_2025-03-03.3le.gz", assets=(44476,), days_ahead=5.0)
    (luch,) = (f for f in ProximityDetector().detect(picture) if f.objects[1] == 55841)
    assert luch.motion is ProximityMotion.FLY_BY
    assert luch.range_km.best == pytest.approx(78.4, abs=0.5)
    assert luch.range_km.low < 70.0
    assert luch.range_km.high > 85.0
    assert luch.drift_km_day < -100.0
    assert luch.plane_angle_deg < 0.2
    assert (luch.range_utc - picture.as_of_utc).total_seconds() < 2.0 * 86400.0


def test_four_weeks_later_it_stays(snapshot: Any) -> None:
    picture = snapshot("spacetrack_2025-03-31.3le.gz", assets=(44476,), days_ahead=5.0)
    (luch,) = (f for f in ProximityDetector().detect(picture) if f.objects[1] == 55841)
    assert luch.motion is ProximityMotion.STAY
    assert 35.0 < luch.median_range_km < 50.0
    assert luch.range_km.best < 20.0
    assert luch.base_rate.share.high < 0.02


def test_docked_spacecraft_are_known_as_such(snapshot: Any) -> None:
    picture = snapshot("spacetrack_2025-03-03.3le.gz", assets=(25544, 28358), days_ahead=1.5)
    docked = {f.objects for f in ProximityDetector().detect(picture) if f.motion.value == "docked"}
    assert (28358, 46113) in docked
    assert {(25544, 49044), (25544, 61447), (25544, 62030)} <= docked
