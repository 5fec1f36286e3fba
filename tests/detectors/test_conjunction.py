"""Passes of an asset: by hand where every number is known, and on a real catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.conjunction import ConjunctionDetector
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Conjunction, Relation
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality

T0 = datetime(2025, 3, 3, 12, tzinfo=UTC)
EPOCH = np.datetime64("2025-03-03T06:00:00", "us")
ASSET, CROSSING, DOCKED, COMPANION = 100001, 100002, 100003, 100004


def orbit(norad_id: int, **changed: Any) -> dict[str, Any]:
    return {
        "norad_id": norad_id,
        "object_id": "2020-001A",
        "epoch_utc": EPOCH,
        "mean_motion_rev_day": 14.8,
        "eccentricity": 0.001,
        "inclination_deg": 60.0,
        "raan_deg": 40.0,
        "mean_anomaly_deg": 10.0,
    } | changed


def picture_of(sets: ElementSets, days_ahead: float = 1.0) -> Picture:
    return Picture(T0, sets.newest(), sets.sorted_by_object(), (Asset(ASSET),), days_ahead)


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """An asset, a crossing object on the same node line, a docked one and a companion."""
    return [
        orbit(ASSET),
        orbit(CROSSING, inclination_deg=120.0, mean_anomaly_deg=9.97, object_id="2010-005C"),
        orbit(DOCKED, object_id="2022-010A"),
        orbit(COMPANION, mean_anomaly_deg=10.02),
    ]


@pytest.fixture
def found(rows: list[dict[str, Any]], make_sets: Any) -> tuple[Conjunction, ...]:
    return ConjunctionDetector(counting_km=400.0, listing_km=400.0).detect(
        picture_of(make_sets(rows))
    )


def test_only_the_crossing_object_passes(found: tuple[Conjunction, ...]) -> None:
    assert len(found) > 10
    assert {f.objects for f in found} == {(ASSET, CROSSING)}
    assert all(f.relation is Relation.UNRELATED for f in found)
    assert [f.tca_utc for f in found] == sorted(f.tca_utc for f in found)
    assert all(T0 <= f.tca_utc <= T0 + timedelta(days=1) for f in found)


def test_two_circular_orbits_sixty_degrees_apart_meet_at_their_speed(
    found: tuple[Conjunction, ...],
) -> None:
    # Planes at 60 degrees to one another: relative speed is 2 v sin(30 deg) = v = 7.5 km/s.
    assert found[0].speed_km_s == pytest.approx(7.5, abs=0.1)


def test_a_miss_is_an_interval_around_its_components(found: tuple[Conjunction, ...]) -> None:
    for finding in found:
        assert 0.0 <= finding.miss_km.low < finding.miss_km.best < finding.miss_km.high
        assert np.linalg.norm(finding.miss_rtn_km) == pytest.approx(finding.miss_km.best)


def test_nearer_passes_are_rarer(found: tuple[Conjunction, ...]) -> None:
    by_miss = sorted(found, key=lambda f: f.miss_km.best)
    shares = [f.base_rate.share.best for f in by_miss]
    assert shares == sorted(shares)
    assert all(0.0 < f.base_rate.share.low <= f.base_rate.share.high <= 1.0 for f in found)
    assert {f.base_rate.compared for f in found} == {len(found)}


def test_each_pass_has_its_own_name_and_the_same_picture_gives_the_same_findings(
    rows: list[dict[str, Any]], make_sets: Any, found: tuple[Conjunction, ...]
) -> None:
    assert len({f.finding_id for f in found}) == len(found)
    detector = ConjunctionDetector(counting_km=400.0, listing_km=400.0)
    assert detector.detect(picture_of(make_sets(rows))) == found
    assert detector.detect(picture_of(make_sets(rows[::-1]))) == found
    shuffled = picture_of(make_sets(rows))
    shuffled = replace(shuffled, newest=shuffled.newest.take(np.array([2, 0, 3, 1])))
    assert detector.detect(shuffled) == found


def test_an_interval_is_as_wide_as_earlier_sets_of_the_objects_ask(
    rows: list[dict[str, Any]],
    make_sets: Any,
    found: tuple[Conjunction, ...],
    with_bad_history: Any,
) -> None:
    detector = ConjunctionDetector(counting_km=400.0, listing_km=400.0)
    told = detector.detect(with_bad_history(picture_of(make_sets(rows))))
    assert [f.finding_id for f in told] == [f.finding_id for f in found]
    for worse, before in zip(told, found, strict=True):
        assert worse.miss_km.best == before.miss_km.best
        assert worse.miss_km.high > before.miss_km.high


def test_reality_is_contagious(rows: list[dict[str, Any]], make_sets: Any) -> None:
    sets = make_sets(rows, reality=Reality.EXERCISE)
    detector = ConjunctionDetector(counting_km=400.0, listing_km=400.0)
    assert {f.reality for f in detector.detect(picture_of(sets))} == {Reality.EXERCISE}


def test_without_elements_of_an_asset_nothing_is_found(make_sets: Any) -> None:
    sets = make_sets([orbit(CROSSING)])
    assert ConjunctionDetector().detect(picture_of(sets)) == ()


def test_docked_spacecraft_of_2025_never_conjoin(snapshot: Any) -> None:
    for asset in (28358, 46113, 25544):
        picture = snapshot("spacetrack_2025-03-03.3le.gz", assets=(asset,), days_ahead=1.0)
        found = ConjunctionDetector().detect(picture)
        complex_of_iss = {49044, 60378, 61043, 61447, 62030, 63129}
        assert not {28358, 46113} <= {o for f in found for o in f.objects}
        assert not complex_of_iss & {o for f in found for o in f.objects}
        assert all(f.speed_km_s >= 0.1 for f in found)
