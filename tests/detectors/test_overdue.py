"""Objects whose updates are late, against their own cadence and against their regime."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Anomaly, Confidence, Phenomenon
from hoshimori.model.picture import Picture

MakeSets = Callable[..., ElementSets]
AS_OF = datetime(2025, 3, 3, tzinfo=UTC)


def seen(norad_id: int, ages_days: Iterable[float], motion: float = 14.2) -> list[dict[str, Any]]:
    """Return element sets of these ages; each object has a plane of its own."""
    return [
        {
            "norad_id": norad_id,
            "epoch_utc": np.datetime64("2025-03-03", "us")
            - np.timedelta64(round(age * 86400e6), "us"),
            "mean_motion_rev_day": motion,
            "eccentricity": 1e-3,
            "inclination_deg": 60.0,
            "raan_deg": 7.0 * norad_id % 360.0,
        }
        for age in ages_days
    ]


def regular(norad_id: int, age: float, every: float = 1.0, sets: int = 30) -> list[dict[str, Any]]:
    return seen(norad_id, age + every * np.arange(sets))


def others(count: int = 40) -> list[dict[str, Any]]:
    """Return a regime whose newest sets are up to a day old."""
    return [row for k in range(count) for row in seen(100 + k, [(k + 0.5) / count])]


def late(sets: ElementSets, *assets: int) -> tuple[Anomaly, ...]:
    watched = tuple(Asset(norad_id) for norad_id in assets)
    picture = Picture(AS_OF, sets.newest(), sets.sorted_by_object(), watched, 5.0)
    return OverdueDetector().detect(picture)


def test_an_object_is_late_by_its_own_cadence(make_sets: MakeSets) -> None:
    (found,) = late(make_sets(others() + regular(5, age=4.5)), 5)
    assert found.phenomenon is Phenomenon.ELEMENTS_OVERDUE
    assert found.age_days == pytest.approx(4.5)
    assert found.usual_days == pytest.approx(1.0)
    assert found.confidence is Confidence.HIGH
    # Due one usual interval after the newest set.
    assert found.start_utc == datetime(2025, 2, 27, 12, tzinfo=UTC)
    assert found.end_utc == AS_OF
    assert found.base_rate.compared == 41
    assert found.base_rate.share.best == pytest.approx(1 / 41)


def test_who_always_comes_late_is_not_overdue(make_sets: MakeSets) -> None:
    assert late(make_sets(others() + regular(5, age=4.5, every=4.0)), 5) == ()


def test_a_gap_seen_before_is_not_overdue(make_sets: MakeSets) -> None:
    ages = [4.5, *(10.0 + np.arange(20))]
    assert late(make_sets(others() + seen(5, ages)), 5) == ()


def test_without_own_history_the_regime_stands_in(make_sets: MakeSets) -> None:
    (found,) = late(make_sets(others() + seen(5, [6.0])), 5)
    assert found.confidence is Confidence.LOW
    assert found.usual_days == pytest.approx(1.0, abs=0.1)


def test_where_the_whole_catalogue_is_late_no_object_is(make_sets: MakeSets) -> None:
    everybody = [row for k in range(40) for row in regular(100 + k, age=5.0)]
    assert late(make_sets(everybody + regular(5, age=5.0)), 5) == ()


def test_fresh_or_future_sets_are_not_overdue(make_sets: MakeSets) -> None:
    assert late(make_sets(others() + regular(5, age=0.9, every=0.1)), 5) == ()
    assert late(make_sets(others() + regular(5, age=-0.4)), 5) == ()


def test_only_assets_and_their_company_are_examined(make_sets: MakeSets) -> None:
    sets = make_sets(others() + regular(5, age=4.5) + regular(6, age=0.2))
    assert late(sets, 6) == ()


def test_without_assets_every_object_is_examined(make_sets: MakeSets) -> None:
    sets = make_sets(others() + regular(5, age=4.5) + regular(6, age=0.2))
    assert [f.objects for f in late(sets)] == [(5,)]


def test_late_lost_and_decayed_are_told_apart(make_sets: MakeSets) -> None:
    low = {"mean_motion_rev_day": 16.2, "mean_motion_dot_rev_day2": 0.01}
    fallen = [{**row, **low} for row in regular(7, age=12.0)]
    lost, merely_late = regular(5, age=20.0), regular(6, age=12.0)
    found = late(make_sets(others(90) + lost + merely_late + fallen))
    assert {f.objects[0]: f.phenomenon for f in found} == {
        5: Phenomenon.OBJECT_LOST,
        6: Phenomenon.ELEMENTS_OVERDUE,
        7: Phenomenon.PRESUMED_DECAYED,
    }


def test_an_asset_too_old_for_the_picture_is_taken_from_the_history(make_sets: MakeSets) -> None:
    sets = make_sets(others() + regular(5, age=45.0))
    fresh = sets.newest().take(sets.newest().norad_id != 5)
    picture = Picture(AS_OF, fresh, sets.sorted_by_object(), (Asset(5),), 5.0)
    (found,) = OverdueDetector().detect(picture)
    assert found.phenomenon is Phenomenon.OBJECT_LOST
    assert found.age_days == pytest.approx(45.0)


def test_an_asset_without_elements_is_a_matter_of_coverage(make_sets: MakeSets) -> None:
    assert late(make_sets(others()), 5) == ()
    assert late(make_sets([]), 5) == ()


def test_the_order_of_rows_changes_nothing(make_sets: MakeSets) -> None:
    rows = others() + regular(5, age=4.5)
    assert late(make_sets(rows[::-1]), 5) == late(make_sets(rows), 5)
