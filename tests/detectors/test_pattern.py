"""Departures from own patterns: satellites that stop, move or burn out of step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from hoshimori.detectors.pattern import PatternDetector
from hoshimori.exercise.belt_histories import belt_histories
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import PatternChange, PatternShift
from hoshimori.model.moments import as_datetime
from hoshimori.model.pattern import Aspect, Mode, NodeKind
from hoshimori.model.picture import Picture
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM

MakeSets = Callable[..., ElementSets]
FIRST = np.datetime64("2025-01-01", "us")
DAYS = 240


def tracked(norad_id: int, burn_days: Sequence[int], seed: int = 1) -> list[dict[str, Any]]:
    """Return daily sets of a round orbit at 700 km that sinks 2 m a day and is raised by burns."""
    rng = np.random.default_rng(seed)
    height, last, rows = 700.0, 0, []
    for day in range(DAYS):
        height -= 0.002
        if day in burn_days:
            height += 0.002 * (day - last)
            last = day
        axis = WGS72_RADIUS_KM + height + 0.0003 * rng.standard_normal()
        rows.append(
            {
                "norad_id": norad_id,
                "epoch_utc": FIRST + day * np.timedelta64(1, "D"),
                "mean_motion_rev_day": np.sqrt(WGS72_MU_KM3_S2 / axis**3) * 86400 / (2 * np.pi),
                "eccentricity": 1e-4,
                "inclination_deg": 90.0,
                "raan_deg": 30.0,
            }
        )
    return rows


def shifts(sets: ElementSets, *assets: int) -> tuple[PatternChange, ...]:
    as_of = as_datetime(sets.epoch_utc.max())
    watched = tuple(Asset(norad_id) for norad_id in assets)
    picture = Picture(as_of, sets.newest(), sets.sorted_by_object(), watched, 5.0)
    return PatternDetector().detect(picture)


REGULAR = tuple(range(20, DAYS, 15))


def test_who_burns_on_time_departs_from_nothing(make_sets: MakeSets) -> None:
    assert shifts(make_sets(tracked(5, REGULAR))) == ()


def test_a_burn_that_does_not_come_is_overdue(make_sets: MakeSets) -> None:
    stopped = tuple(day for day in REGULAR if day < 200)
    (found,) = shifts(make_sets(tracked(5, stopped)))
    assert found.shift is PatternShift.BURN_OVERDUE
    assert found.aspect is Aspect.HEIGHT
    assert found.objects == (5,)
    assert found.usual_days is not None
    assert found.observed_days is not None
    assert found.usual_days.low < 15.0 < found.usual_days.high < found.observed_days
    assert found.observed_days == pytest.approx(DAYS - 1 - 185, abs=2.5)
    assert found.surprise < 0.01
    assert found.compared == 1


def test_no_burn_is_overdue_of_an_orbit_that_something_took_back(make_sets: MakeSets) -> None:
    stopped = tuple(day for day in REGULAR if day < 200)
    rows = tracked(5, stopped)
    for day in range(188, DAYS):  # as after burns too small to show, one a day
        rows[day]["mean_motion_rev_day"] = rows[188]["mean_motion_rev_day"]
    assert PatternShift.BURN_OVERDUE not in {found.shift for found in shifts(make_sets(rows))}


def test_the_more_are_compared_the_more_surprising_it_must_be(make_sets: MakeSets) -> None:
    late = tuple(day for day in REGULAR if day < 215)
    alone = make_sets(tracked(5, late))
    (found,) = shifts(alone)
    crowd = [row for k in range(12) for row in tracked(10 + k, REGULAR, seed=k)]
    among = shifts(make_sets(tracked(5, late) + crowd))
    assert found.false_discovery_share == pytest.approx(found.surprise)
    for other in among:
        assert other.compared == 13
        assert other.false_discovery_share == pytest.approx(13 * other.surprise, rel=1e-6)


def test_a_satellite_that_leaves_its_slot_changes_its_mode() -> None:
    belt = belt_histories(np.random.Generator(np.random.PCG64(8)), 70, every_days=1.0)
    movers = [
        (norad_id, node)
        for norad_id, nodes in zip(belt.norad_ids, belt.nodes, strict=True)
        for node in nodes
        if node.kind is NodeKind.INITIATE_DRIFT and node.aspect is Aspect.EAST_WEST
    ]
    assert len(movers) >= 5
    told = 0
    for norad_id, node in movers:
        sets = belt.element_sets.of_object(norad_id)
        known = sets.epoch_utc <= np.datetime64(node.at_utc.replace(tzinfo=None), "us") + (
            np.timedelta64(12, "D")
        )
        found = [f for f in shifts(sets.take(known)) if f.shift is PatternShift.MODE_CHANGED]
        told += any(f.aspect is Aspect.EAST_WEST and f.after is Mode.NOT_KEPT for f in found)
    assert told >= 0.7 * len(movers)


def test_assets_and_their_company_are_examined(make_sets: MakeSets) -> None:
    stopped = tuple(day for day in REGULAR if day < 200)
    far = [{**row, "raan_deg": 200.0} for row in tracked(6, stopped)]
    sets = make_sets(tracked(5, stopped) + far)
    assert [f.objects for f in shifts(sets, 6)] == [(6,)]
    assert {f.objects for f in shifts(sets)} == {(5,), (6,)}


def test_too_short_or_too_coarse_a_history_has_no_pattern(make_sets: MakeSets) -> None:
    rows = tracked(5, REGULAR)
    assert shifts(make_sets(rows[:7])) == ()
    assert shifts(make_sets(rows[::30])) == ()
    assert (
        PatternDetector().detect(
            Picture(datetime(2025, 1, 1, tzinfo=UTC), *2 * (make_sets([]),), (), 5.0)
        )
        == ()
    )


def test_one_bad_element_set_neither_kills_nor_cuts_a_history(make_sets: MakeSets) -> None:
    rows = tracked(5, tuple(day for day in REGULAR if day < 200))
    rows[120] = {**rows[120], "mean_motion_rev_day": 0.0, "eccentricity": 1.5}
    rows[160] = {**rows[160], "mean_motion_rev_day": 1.0}
    (found,) = shifts(make_sets(rows))
    assert found.shift is PatternShift.BURN_OVERDUE


def test_order_repetition_and_names_change_nothing(make_sets: MakeSets) -> None:
    rows = tracked(5, tuple(day for day in REGULAR if day < 200))
    sets, mixed = make_sets(rows), make_sets(rows[::-1] + rows[3:9])
    named = replace(sets, object_name=np.full(len(sets), "OTHER", dtype=sets.object_name.dtype))
    assert shifts(mixed) == shifts(sets)
    assert [f.surprise for f in shifts(named)] == [f.surprise for f in shifts(sets)]
