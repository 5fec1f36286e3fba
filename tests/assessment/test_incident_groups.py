"""Who belongs together does not hang on order, on who protects what, or on later findings."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hoshimori.assessment.incident_groups import Group, groups_of

Make = Callable[..., Any]
ASSETS = frozenset({1, 2})


def _ids(groups: tuple[Group, ...]) -> set[str]:
    return {group.incident_id for group in groups}


def test_a_visit_of_2024_and_one_of_2026_are_two_incidents_of_one_series(conjunction: Make) -> None:
    first, second = groups_of([conjunction((1, 9), -400), conjunction((1, 9), 300)], ASSETS)
    assert first.incident_id != second.incident_id
    assert first.series_id == second.series_id


def test_a_break_up_belongs_to_its_parent_however_many_pieces_are_known(breakup: Make) -> None:
    (early,) = groups_of([breakup(13552, (90, 91), 0.0)], ASSETS)
    (late,) = groups_of([breakup(13552, tuple(range(90, 190)), 0.0)], ASSETS)
    assert early.incident_id == late.incident_id
    assert late.objects[0] == 13552
    assert len(late.objects) == 101


def test_two_clouds_of_one_event_are_one_incident(breakup: Make) -> None:
    one, other = breakup(24946, (90, 91), 0.0), breakup(22675, (95, 96), 0.02)
    (group,) = groups_of([one, other], ASSETS)
    assert group.objects == (22675, 24946, 90, 91, 95, 96)
    (alone,) = groups_of([other], ASSETS)
    assert group.incident_id == alone.incident_id
    elsewhere = replace(other, altitude_km=900.0)
    assert len(groups_of([one, elsewhere], ASSETS)) == 2


def test_separations_of_one_object_some_days_apart_are_one_incident(separation: Make) -> None:
    first, second, third = (separation(5, (90 + d,), d) for d in (0, 40, 300))
    assert [len(g.findings) for g in groups_of([first, second, third], ASSETS)] == [2, 1]


def test_a_burn_of_a_neighbour_joins_only_what_it_is_near_in_time(
    conjunction: Make, manoeuvre: Make
) -> None:
    passing = conjunction((1, 9), 0)
    near, far = manoeuvre(9, -30), manoeuvre(9, -200)
    by_objects = {g.objects: g for g in groups_of([passing, near, far], ASSETS)}
    assert by_objects[1, 9].findings == (passing, near)
    assert by_objects[9,].findings == (far,)


def test_what_a_neighbour_gave_off_is_told_with_it_and_on_its_own(
    conjunction: Make, separation: Make
) -> None:
    passing, parted = conjunction((1, 9), 0), separation(9, (90,), -1)
    by_objects = {g.objects: g for g in groups_of([passing, parted], ASSETS)}
    assert parted in by_objects[1, 9].findings
    assert by_objects[9, 90].findings == (parted,)
    # An asset's own children are no part of every pass that it makes.
    own = separation(1, (91,), -1)
    by_objects = {g.objects: g for g in groups_of([passing, own], ASSETS)}
    assert own not in by_objects[1, 9].findings


def test_findings_without_objects_are_told_together_by_time(conjunction: Make) -> None:
    areas = [conjunction((), day) for day in (0, 1, 20)]
    groups = groups_of(areas, ASSETS)
    assert [len(g.findings) for g in groups] == [2, 1]
    assert len(_ids(groups)) == 2


PASSES = st.lists(
    st.tuples(st.integers(1, 4), st.integers(5, 8), st.integers(-400, 400)), max_size=12
)


@given(PASSES, st.randoms())
def test_neither_order_nor_assets_change_an_id(
    conjunction: Make, passes: list[tuple[int, int, int]], shuffle: random.Random
) -> None:
    findings = [conjunction((a, b), day) for a, b, day in sorted(set(passes))]
    groups = groups_of(findings, ASSETS)
    shuffled = findings.copy()
    shuffle.shuffle(shuffled)
    assert groups_of(shuffled, ASSETS) == groups
    assert _ids(groups_of(findings, ASSETS | {3, 7})) == _ids(groups)
    assert len(_ids(groups)) == len(groups)
    assert sum(len(g.findings) for g in groups) == len(findings)


@given(PASSES, st.integers(1, 60))
def test_a_later_finding_changes_no_id(
    conjunction: Make, passes: list[tuple[int, int, int]], later: int
) -> None:
    """Later than the last of them: what is earlier is known again by its life."""
    findings = [conjunction((a, b), day) for a, b, day in sorted(set(passes))]
    before = _ids(groups_of(findings, ASSETS))
    newest = max((day for _, _, day in passes), default=0)
    more = [*findings, *(conjunction((a, b), newest + later) for a, b, _ in passes[:1])]
    assert before <= _ids(groups_of(more, ASSETS))
