"""Warning times of a picture: who counts, what is counted, and that no plan comes out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.model.assets import Asset
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.findings import Confidence, Relation
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.reach import ReachOutlook, WarningLimit
from hoshimori.workflows.reach import reach

T0 = datetime(2026, 3, 1, tzinfo=UTC)
EPOCH = np.datetime64("2026-02-28T12:00:00", "us")
ASSET, NEAR, SISTER, STAGE, TILTED, FAR = range(100001, 100007)


def geo(norad_id: int, degrees: float, **changed: Any) -> dict[str, Any]:
    return {
        "norad_id": norad_id,
        "object_name": f"PAYLOAD {norad_id}",
        "object_id": f"20{norad_id % 100 + 10}-001A",
        "epoch_utc": EPOCH,
        "known_utc": EPOCH,
        "mean_motion_rev_day": 1.00273,
        "eccentricity": 1e-4,
        "inclination_deg": 0.03,
        "mean_anomaly_deg": 100.0 + degrees,
    } | changed


def sets_of(rows: list[dict[str, Any]]) -> ElementSets:
    text = {"object_name", "object_id", "classification"}
    columns = {
        name: np.array([row.get(name, "" if name in text else 0) for row in rows], dtype=dtype)
        for name, dtype in COLUMNS.items()
    }
    return ElementSets(**columns, provenances=(Provenance("by hand", "0" * 64, Reality.TEST),))


def picture_of(rows: list[dict[str, Any]], *assets: int, days: float = 30.0) -> Picture:
    sets = sets_of(rows)
    return Picture(T0, sets, sets, tuple(Asset(i) for i in assets or (ASSET,)), days)


ROWS = [
    geo(ASSET, 0.0),
    geo(NEAR, 4.0),
    geo(SISTER, 0.5, object_id="2011-001B"),
    geo(STAGE, 1.0, object_name="PROTON R/B"),
    geo(TILTED, 2.0, inclination_deg=2.5),
    geo(FAR, 120.0),
]


@pytest.fixture(scope="module")
def outlook() -> ReachOutlook:
    return reach(picture_of(ROWS))


def test_the_soonest_come_first_and_known_kinds_and_stages_are_not_listed(
    outlook: ReachOutlook,
) -> None:
    (asset,) = outlook.assets
    assert [r.norad_id for r in asset.reachers] == [NEAR, FAR, TILTED]
    assert {r.relation for r in asset.reachers} == {Relation.UNRELATED}
    assert (outlook.compared, outlook.left_out) == (5, 1)
    assert [c.known_relation for c in asset.counts] == [1, 1]
    assert outlook.reality is Reality.TEST


def test_times_are_intervals_with_what_limits_them_and_a_base_rate(outlook: ReachOutlook) -> None:
    near, far, tilted = outlook.assets[0].reachers
    slow, fast = near.times
    # 4 deg less 50 km, at 25 m/s of 2.84 m/s per deg/day: 0.45 days.
    assert slow.no_sooner_days == pytest.approx(3.93 / (25 / 2.84), rel=0.02)
    assert fast.no_sooner_days is not None
    assert slow.no_sooner_days is not None
    assert fast.no_sooner_days < slow.no_sooner_days
    assert slow.two_impulse_days is not None
    assert slow.no_sooner_days <= slow.two_impulse_days < 2.0
    assert slow.limit is WarningLimit.PHASE
    assert slow.base_rate.compared == 2
    assert far.times[0].base_rate.share.best == 0.5
    assert [t.limit for t in tilted.times] == [WarningLimit.VELOCITY, WarningLimit.PHASE]
    assert tilted.times[0].no_sooner_days is None
    assert near.confidence is Confidence.MODERATE
    # Of the other payloads, one in nearly one plane with all but the tilted one.
    assert near.plane.base_rate.compared == 4
    assert near.plane.base_rate.share.best >= 0.5
    assert tilted.plane.angle_deg == pytest.approx(2.47, abs=0.01)


def test_counts_grow_with_time_and_are_compared_with_other_payloads(outlook: ReachOutlook) -> None:
    for count in outlook.assets[0].counts:
        numbers = [number for _, number in count.within_days]
        assert numbers == sorted(numbers)
        assert count.base_rate.compared == 5
    assert [days for days, _ in outlook.assets[0].counts[0].within_days] == [1.0, 3.0, 10.0, 30.0]


def test_stages_are_asked_about_on_demand_and_lists_of_objects_count() -> None:
    every = reach(picture_of(ROWS), any_kind=True)
    assert STAGE in [r.norad_id for r in every.assets[0].reachers]
    listed = {NEAR: SpaceObject(NEAR, object_type=ObjectType.DEBRIS)}
    fewer = reach(replace(picture_of(ROWS), objects=listed))
    assert NEAR not in [r.norad_id for r in fewer.assets[0].reachers]


def test_an_asset_without_elements_is_named_and_old_elements_lower_the_confidence() -> None:
    old = [row | {"epoch_utc": EPOCH - np.timedelta64(9, "D")} for row in ROWS]
    outlook = reach(picture_of(old, ASSET, 77777))
    assert outlook.missing == (77777,)
    assert {r.confidence for r in outlook.assets[0].reachers} == {Confidence.LOW}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"within_km": 0.0}, "--within-km"),
        ({"delta_v_m_s": (50.0, -1.0)}, "--delta-v-m-s -1"),
        ({"within_km": float("nan")}, "--within-km"),
    ],
)
def test_bounds_without_meaning_are_refused(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        reach(picture_of(ROWS), **changed)
    with pytest.raises(SettingsError, match="--days"):
        reach(picture_of(ROWS, days=900.0))


def test_no_plan_comes_out(outlook: ReachOutlook) -> None:
    """Times, counts and rates only: nothing that says when, where or in what direction to burn."""
    document = json.loads(write_json(outlook))

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {k for inner in value.values() for k in keys(inner)}
        return {k for inner in value for k in keys(inner)} if isinstance(value, list) else set()

    assert not [
        k for k in keys(document) if re.search(r"burn|impulse_utc|vector|rtn|depart|epoch", k)
    ]
    assert {k for k in keys(document) if k.endswith("_utc")} == {"as_of_utc"}
