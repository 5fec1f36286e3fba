"""Default grades; expected values from the reference table of thresholds and factors, 2.6."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.assessment.grades import (
    DEFAULT_GRADES,
    STALE_DAYS,
    SourceKind,
    commercial_grade,
    element_set_grade,
    worst_grade,
)
from hoshimori.model.reports import Credibility, Grade, Reliability

GRADES = st.builds(Grade, st.sampled_from(Reliability), st.sampled_from(Credibility))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SourceKind.ELEMENT_SETS, "B2"),
        (SourceKind.OBJECT_CATALOGUE, "B2"),
        (SourceKind.AMATEUR_OBSERVATION, "B2"),
        (SourceKind.COMMERCIAL_OBSERVATION, "C2"),
        (SourceKind.OPERATOR_OF_ITS_OWN, "A2"),
        (SourceKind.PRESS, "D3"),
        (SourceKind.SOCIAL_POST, "E4"),
        (SourceKind.STATE_ABOUT_ANOTHER, "C3"),
        (SourceKind.UNKNOWN, "F6"),
    ],
)
def test_each_kind_of_source_has_its_default(kind: SourceKind, expected: str) -> None:
    assert str(DEFAULT_GRADES[kind]) == expected


def test_every_kind_has_a_default() -> None:
    assert set(DEFAULT_GRADES) == set(SourceKind)


def test_old_element_sets_and_those_from_before_a_manoeuvre_are_worth_less() -> None:
    assert str(element_set_grade(STALE_DAYS)) == "B2"
    assert str(element_set_grade(STALE_DAYS + 0.01)) == "C3"
    assert str(element_set_grade(0.1, before_manoeuvre=True)) == "C3"


def test_two_commercial_observers_that_agree_confirm_each_other() -> None:
    assert [str(commercial_grade(n)) for n in (1, 2, 3)] == ["C2", "B1", "B1"]


@given(st.lists(GRADES, min_size=1))
def test_what_is_derived_is_never_better_than_any_input(grades: list[Grade]) -> None:
    worst = worst_grade(grades)
    assert all(worst.reliability.value >= g.reliability.value for g in grades)
    assert all(worst.credibility.value >= g.credibility.value for g in grades)
    assert worst.reliability in {g.reliability for g in grades}
    assert worst.credibility in {g.credibility for g in grades}


@given(st.lists(GRADES, min_size=1), st.lists(GRADES, min_size=1))
def test_the_way_in_which_inputs_are_joined_does_not_matter(
    some: list[Grade], more: list[Grade]
) -> None:
    assert worst_grade([worst_grade(some), worst_grade(more)]) == worst_grade(some + more)


def test_of_nothing_nothing_is_judged() -> None:
    assert str(worst_grade([])) == "F6"
