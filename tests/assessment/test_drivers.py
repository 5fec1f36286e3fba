"""Confidence is the lowest of three drivers, judged apart from any likelihood."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from hoshimori.assessment.drivers import confidence_of, drivers_of, independent_chains
from hoshimori.assessment.explanations import explanations_of, matrix_of
from hoshimori.model.assessments import Driver, EvidenceItem, NaturalCheck
from hoshimori.model.finding import Confidence
from hoshimori.model.reports import Credibility, Grade, Reliability
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()
GOOD = Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE)
POOR = Grade(Reliability.NOT_USUALLY, Credibility.DOUBTFUL)
CHECK = NaturalCheck("eclipse", True, False)
ORDER = (Confidence.LOW, Confidence.MODERATE, Confidence.HIGH)


def item(kind: str, source: str, grade: Grade | None = None, finding: str = "f") -> EvidenceItem:
    ids = (finding,) if finding else ()
    return EvidenceItem(kind, kind, MODEL.kinds[kind].chain, source, (1,), {}, ids, grade)


def drivers(*items: EvidenceItem, checks: tuple[NaturalCheck, ...] = (CHECK,)) -> dict[str, Driver]:
    matrix = matrix_of(items, MODEL)
    found = drivers_of(matrix, explanations_of(matrix, "beside", MODEL), checks)
    return {d.driver: d for d in found}


@pytest.mark.parametrize("three", list(product(ORDER, repeat=3)))
def test_confidence_is_the_lowest_of_the_drivers(three: tuple[Confidence, ...]) -> None:
    named = [Driver(str(n), confidence, "made") for n, confidence in enumerate(three)]
    assert confidence_of(named) is min(three, key=ORDER.index)


def test_element_sets_alone_are_one_source_however_many_findings() -> None:
    items = [item("stays_beside", "elements", finding=f"f{n}") for n in range(9)]
    assert independent_chains(matrix_of(items, MODEL)) == 1
    assert drivers(*items)["sourcing"].confidence is Confidence.LOW


def test_checks_of_nature_are_context_and_no_source() -> None:
    check = item("no_geomagnetic_storm", "check of geomagnetic_storm", finding="")
    assert independent_chains(matrix_of((check,), MODEL)) == 0


def test_good_independent_statements_raise_the_sourcing_and_poor_ones_do_not() -> None:
    orbit = item("stays_beside", "elements")
    one = item("stated_no_answer", "owner", GOOD)
    two = item("stated_close_range_seen", "observer", GOOD)
    assert drivers(orbit, one)["sourcing"].confidence is Confidence.MODERATE
    assert drivers(orbit, one, two)["sourcing"].confidence is Confidence.HIGH
    rumours = [replace(i, grade=POOR) for i in (one, two)]
    assert drivers(orbit, *rumours)["sourcing"].confidence is Confidence.LOW


def test_one_source_that_repeats_itself_stays_one() -> None:
    told = [item("stated_no_answer", "press", GOOD, finding=f"r{n}") for n in range(5)]
    assert drivers(*told)["sourcing"].confidence is Confidence.LOW


def test_nothing_at_hand_is_low_in_assumptions() -> None:
    assert drivers()["assumptions"].confidence is Confidence.LOW


def test_natural_causes_not_looked_into_lower_the_confidence() -> None:
    measured = item("elements_overdue", "elements")
    unchecked = replace(CHECK, evaluated=False)
    assert drivers(measured)["assumptions"].confidence is Confidence.HIGH
    some = drivers(measured, checks=(CHECK, CHECK, unchecked))["assumptions"]
    assert some.confidence is Confidence.MODERATE
    assert drivers(measured, checks=(unchecked,))["assumptions"].confidence is Confidence.LOW


def test_overlapping_explanations_are_a_weak_argument() -> None:
    matrix = matrix_of((), MODEL)
    found = drivers_of(matrix, explanations_of(matrix, "interference", MODEL), (CHECK,))
    argument = next(d for d in found if d.driver == "argument")
    assert (argument.confidence, argument.because) == (Confidence.LOW, "explanations_overlap")


def test_an_explanation_that_stands_clear_is_a_strong_argument() -> None:
    argument = drivers(item("same_constellation", "elements"))["argument"]
    assert argument.confidence is Confidence.HIGH
