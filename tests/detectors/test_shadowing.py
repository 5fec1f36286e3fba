"""Objects in an asset's plane: made by hand, with and without history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.shadowing import ShadowingDetector
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Confidence, PlaneHold, Relation, Shadowing
from hoshimori.model.picture import Picture

T0 = datetime(2026, 3, 1, tzinfo=UTC)
EPOCH = np.datetime64("2026-03-01T00:00:00", "us")
DAY = np.timedelta64(86_400_000_000, "us")
ASSET, OTHER, CROWD = 90001, 90002, 90100
ASSET_RATE = 0.8
"""Degrees a day by which the asset's node is steered; free drift there is 0.92."""


def orbit(norad_id: int, **changed: Any) -> dict[str, Any]:
    return {
        "norad_id": norad_id,
        "object_name": f"SAT-{chr(65 + norad_id % 26) * 3} {norad_id}",
        "object_id": f"20{10 + norad_id % 15}-{norad_id % 900 + 100}A",
        "epoch_utc": EPOCH,
        "mean_motion_rev_day": 15.2,
        "eccentricity": 1e-3,
        "inclination_deg": 97.0,
        "raan_deg": 50.0,
        "mean_anomaly_deg": norad_id * 37.0 % 360.0,
    } | changed


def crowd(number: int = 320) -> list[dict[str, Any]]:
    """Payloads around, each alone in its plane, at heights hundreds of metres apart."""
    return [
        orbit(
            CROWD + k,
            raan_deg=55.0 + k,
            inclination_deg=97.0 + 0.2 * np.sin(k),
            mean_motion_rev_day=15.2 + 0.05 * np.cos(3 * k),
        )
        for k in range(number)
    ]


def through_time(
    norad_id: int, rate: float, *, days: float = 60.0, away: float = 0.0, **changed: Any
) -> list[dict[str, Any]]:
    """Sets every five days; the node turns at a rate and ends `away` degrees from 50."""
    return [
        orbit(
            norad_id, epoch_utc=EPOCH - round(t) * DAY, raan_deg=50.0 + away - rate * t, **changed
        )
        for t in np.arange(0.0, days + 1.0, 5.0)
    ]


def picture_of(sets: ElementSets, *assets: int) -> Picture:
    watched = tuple(Asset(norad_id) for norad_id in assets or (ASSET,))
    return Picture(T0, sets.newest(), sets.sorted_by_object(), watched, 7.0)


def detect(make_sets: Any, *rows: dict[str, Any], assets: tuple[int, ...] = ()) -> list[Shadowing]:
    return list(ShadowingDetector().detect(picture_of(make_sets([*rows, *crowd()]), *assets)))


def test_a_plane_that_nobody_nearby_shares_is_reported_with_its_warning_times(
    make_sets: Any,
) -> None:
    (found,) = detect(make_sets, orbit(ASSET), orbit(OTHER, raan_deg=50.05))
    assert found.objects == (ASSET, OTHER)
    assert found.hold is PlaneHold.MATCHED
    assert found.confidence is Confidence.LOW  # one catalogue shows no persistence
    assert found.plane_angle_deg.low < 0.05 < found.plane_angle_deg.high
    assert found.free_drift_deg is None
    assert found.base_rate.compared == 298
    assert found.base_rate.share.best == 0.0
    assert found.base_rate.share.high > 0.0
    assert found.range_km.low <= found.range_km.best <= found.range_km.high
    slow, fast = found.warning
    assert slow.no_sooner_days is not None
    assert fast.no_sooner_days is not None
    assert fast.no_sooner_days < slow.no_sooner_days < 30.0


def test_held_against_free_drift_is_told_apart_from_free_drift(make_sets: Any) -> None:
    held = through_time(OTHER, ASSET_RATE, inclination_deg=97.4)
    asset = through_time(ASSET, ASSET_RATE)
    # By J2 the node at 97.4 degrees turns 0.05 deg a day faster: 3 deg in sixty days.
    (found,) = detect(make_sets, *asset, *held)
    assert found.hold is PlaneHold.KEPT
    assert found.confidence is Confidence.MODERATE
    assert found.free_drift_deg == pytest.approx(3.2, abs=0.5)
    assert max(found.track.angle_deg) < 0.45
    assert found.start_utc == datetime(2025, 12, 31, tzinfo=UTC)
    assert len(found.basis) == 26


def test_what_came_into_the_plane_is_told_and_who_came_matters(make_sets: Any) -> None:
    coming = through_time(OTHER, 0.92)
    coming[1:] = [row | {"raan_deg": row["raan_deg"] + 2.0} for row in coming[1:]]
    asset = through_time(ASSET, 0.92)
    (found,) = detect(make_sets, *asset, *coming)
    assert found.hold is PlaneHold.CAME_TOGETHER
    assert not detect(make_sets, *asset, *coming, assets=(OTHER,))


def test_an_object_launched_into_the_plane_is_told_on_its_side_alone(make_sets: Any) -> None:
    young, old = through_time(OTHER, 0.92, days=30.0, away=0.04), through_time(ASSET, 0.92)
    (found,) = detect(make_sets, *old, *young)
    assert found.hold is PlaneHold.LAUNCHED_INTO
    assert not detect(make_sets, *old, *young, assets=(OTHER,))


@pytest.mark.parametrize(
    "changed",
    [
        {"object_id": "2010-200B"},  # one launch
        {"object_name": "ALOS 4"},  # one series of names, at one height
        {"object_name": "OTHER DEB"},
        {"object_name": "STARLINK-1008"},
        {"raan_deg": 51.0},
        {"mean_motion_rev_day": 14.9},
        {"inclination_deg": 96.0},
    ],
)
def test_known_kinds_and_other_planes_are_none(make_sets: Any, changed: dict[str, Any]) -> None:
    asset = orbit(ASSET, object_id="2010-200A", object_name="ALOS 2")
    assert not detect(make_sets, asset, orbit(OTHER, raan_deg=50.05) | changed)
    assert detect(make_sets, asset, orbit(OTHER, raan_deg=50.05))


def test_docked_and_close_formations_belong_to_proximity(make_sets: Any) -> None:
    asset = orbit(ASSET)
    docked = asset | {"norad_id": OTHER, "object_id": "2020-001A", "object_name": "CARGO"}
    assert not detect(make_sets, asset, docked)
    assert not detect(
        make_sets, asset, docked | {"mean_anomaly_deg": asset["mean_anomaly_deg"] + 0.02}
    )


def test_in_a_crowd_of_one_plane_a_match_says_nothing(make_sets: Any) -> None:
    pairs = [
        orbit(92000 + 2 * k + side, raan_deg=100.0 + 2 * k + 0.02 * side, inclination_deg=97.0)
        for k in range(20) for side in (0, 1)
    ]  # fmt: skip
    assert not detect(make_sets, orbit(ASSET), orbit(OTHER, raan_deg=50.05), *pairs)


def test_geo_is_left_to_the_watch_of_slots(make_sets: Any) -> None:
    belt = {"mean_motion_rev_day": 1.00273, "inclination_deg": 0.05}
    assert not detect(make_sets, orbit(ASSET, **belt), orbit(OTHER, **belt, mean_anomaly_deg=9.0))


def test_order_names_of_owners_and_a_second_run_change_nothing(make_sets: Any) -> None:
    steered = through_time(OTHER, ASSET_RATE, inclination_deg=97.4)
    rows = [*through_time(ASSET, ASSET_RATE), *steered]
    first = detect(make_sets, *rows)
    assert detect(make_sets, *rows[::-1]) == first
    picture = picture_of(make_sets([*rows, *crowd()]))
    order = np.random.Generator(np.random.PCG64(2)).permutation(len(picture.newest))
    shuffled = replace(picture, newest=picture.newest.take(order))
    assert list(ShadowingDetector().detect(shuffled)) == first
    assert first[0].relation is Relation.UNRELATED


def test_an_asset_without_elements_or_beyond_sgp4_is_no_crash(make_sets: Any) -> None:
    broken = orbit(ASSET, eccentricity=0.999999)
    assert not detect(make_sets, broken, orbit(OTHER))
    assert not detect(make_sets, orbit(OTHER), assets=(77777,))
