"""Findings about two objects as evidence: relations first, then what they did, then how rare."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.evidence_of_nearness import MANY_SLOTS, told_by_nearness
from hoshimori.model.findings import (
    Arrival,
    CompanyKind,
    GeoMotion,
    PlaneHold,
    ProximityMotion,
    Relation,
)

KNOWN = [r for r in Relation if r is not Relation.UNRELATED]


def kinds(finding: Any) -> list[str]:
    return [kind for kind, _ in told_by_nearness(finding)]


@pytest.mark.parametrize("relation", KNOWN)
def test_a_known_relation_says_all_there_is(samples: SimpleNamespace, relation: Relation) -> None:
    for make in (samples.passing, samples.beside, samples.neighbour, samples.shadowing):
        (kind,) = kinds(make(relation=relation))
        assert kind == relation.name.lower()


@pytest.mark.parametrize(
    ("speed_km_s", "kind"), [(0.099, "pass_slow"), (0.1, "pass_at_speed"), (14.0, "pass_at_speed")]
)
def test_a_pass_is_slow_below_a_hundred_metres_a_second(
    samples: SimpleNamespace, speed_km_s: float, kind: str
) -> None:
    assert kinds(samples.passing(speed_km_s)) == [kind]


@pytest.mark.parametrize("motion", ProximityMotion)
def test_every_motion_beside_an_asset_says_something_and_how_rare(
    samples: SimpleNamespace, motion: ProximityMotion
) -> None:
    first, last = kinds(samples.beside(motion))
    assert first != last == "rare"


@pytest.mark.parametrize("motion", GeoMotion)
def test_every_motion_in_the_belt_says_something_and_how_rare(
    samples: SimpleNamespace, motion: GeoMotion
) -> None:
    first, last = kinds(samples.neighbour(motion))
    assert first != last == "rare"


@pytest.mark.parametrize("hold", PlaneHold)
def test_every_hold_of_planes_says_something_and_how_rare(
    samples: SimpleNamespace, hold: PlaneHold
) -> None:
    assert kinds(samples.shadowing(hold)) == [f"plane_{hold.name.lower()}", "rare"]


def test_who_came_may_be_the_asset(samples: SimpleNamespace) -> None:
    """The neighbour's drift is relative: one that stands still drifts against a moving asset."""
    came = samples.neighbour(drift_deg_day=-0.5, asset_drift_deg_day=0.5)
    assert "asset_moved_itself" in kinds(came)
    both_move = samples.neighbour(drift_deg_day=0.3, asset_drift_deg_day=0.5)
    assert "asset_moved_itself" not in kinds(both_move)
    noise = samples.neighbour(drift_deg_day=-0.04, asset_drift_deg_day=0.04)
    assert "asset_moved_itself" not in kinds(noise)


@pytest.mark.parametrize("kind", CompanyKind)
def test_company_is_told_before_anything_that_one_look_shows(
    samples: SimpleNamespace, kind: CompanyKind
) -> None:
    told = kinds(samples.beside(ProximityMotion.STAY, together=samples.company(kind)))
    assert "stays_beside" not in told
    assert (told == []) is (kind is CompanyKind.NOT_TOLD)
    assert ("rare" in told) is (kind is CompanyKind.VISIT)


def test_how_they_came_together_is_told_where_it_was_seen(samples: SimpleNamespace) -> None:
    told = {
        arrival: kinds(samples.beside(together=samples.company(CompanyKind.COLOCATED, arrival)))[1:]
        for arrival in Arrival
    }
    assert told == {
        Arrival.CONTROLLED: ["arrived_controlled"],
        Arrival.NATURAL: ["arrived_natural"],
        Arrival.NOT_SEEN: [],
        Arrival.NOT_TOLD: [],
    }


@pytest.mark.parametrize(
    ("slots", "wanders"), [(None, False), (0, False), (MANY_SLOTS - 1, False), (MANY_SLOTS, True)]
)
def test_only_many_other_slots_make_a_visitor_a_wanderer(
    samples: SimpleNamespace, slots: int | None, wanders: bool
) -> None:
    visit = samples.company(CompanyKind.VISIT, slots_before=slots)
    assert ("visits_repeated" in kinds(samples.beside(together=visit))) is wanders
    at_home = samples.company(CompanyKind.COLOCATED, slots_before=slots)
    assert "visits_repeated" not in kinds(samples.beside(together=at_home))


def test_distances_are_intervals(samples: SimpleNamespace) -> None:
    ((_, values),) = told_by_nearness(samples.passing())
    assert (values["km_low"], values["km_high"]) == (samples.SPAN.low, samples.SPAN.high)
