"""Indicators are answered yes, no or unknown; they are counted and never scored."""

from __future__ import annotations

import pytest

from hoshimori.assessment.indicators import indicators_of
from hoshimori.model.assessments import Answer, Chain, EvidenceItem, Indicator, Span
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()


def item(kind: str, finding: str = "f", **values: float) -> EvidenceItem:
    chain = MODEL.kinds[kind].chain if kind in MODEL.kinds else Chain.ORBITS
    return EvidenceItem(kind, kind, chain, "source", (1, 2), values, (finding,))


def answers(*items: EvidenceItem) -> dict[str, Indicator]:
    return {i.indicator: i for i in indicators_of(items, MODEL)}


def test_without_evidence_everything_is_unknown_and_still_listed() -> None:
    found = answers()
    assert list(found) == [*(f"I{n}" for n in range(1, 13)), *(f"J{n}" for n in range(1, 8))]
    assert {i.answer for i in found.values()} == {Answer.UNKNOWN}


@pytest.mark.parametrize("name", sorted(MODEL.indicators))
def test_every_kind_that_answers_does_so(name: str) -> None:
    rule = MODEL.indicators[name]
    for kind in rule.yes:
        assert answers(item(kind))[name].answer is Answer.YES
    for kind in rule.no:
        assert answers(item(kind))[name].answer is Answer.NO
    assert not set(rule.yes) & set(rule.no)


def test_what_was_seen_outweighs_what_would_deny_it_and_both_stay_in_the_evidence() -> None:
    both = (item("stays_beside"), item("passes_by"))
    assert answers(*both)["I3"].answer is Answer.YES
    assert answers(*both)["I3"].evidence_ids == ("stays_beside",)


def test_a_yes_has_the_base_rate_that_its_own_finding_counted() -> None:
    rare = item("rare", "f", share_low=0.01, share_high=0.03)
    assert answers(item("plane_kept", "f"), rare)["I4"].base_rate == Span(0.01, 0.03)
    assert answers(item("plane_kept", "g"), rare)["I4"].base_rate is None
