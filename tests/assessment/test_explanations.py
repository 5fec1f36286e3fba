"""Explanations are weighed as spans; order, repetition and flags change nothing."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hoshimori.workflows
from hoshimori.assessment.explanations import (
    BENIGN,
    explanations_of,
    matrix_of,
    methods_agree,
    middle_of,
    rating_of,
    together,
)
from hoshimori.assessment.likelihood_words import words_for
from hoshimori.formats.assessment_model import read_assessment_model
from hoshimori.model.assessments import (
    Chain,
    Diagnosticity,
    EvidenceItem,
    Explanation,
    Hypothesis,
    Span,
    Words,
)
from hoshimori.model.reports import Credibility, Grade, Reliability, Statement

MODEL = read_assessment_model(
    (Path(hoshimori.workflows.__file__).parent / "assessment_model.toml").read_bytes(), "model"
)
SITUATIONS = sorted(MODEL.priors)
KINDS = sorted(MODEL.kinds)


def item(kind: str, source: str = "elements", grade: Grade | None = None) -> EvidenceItem:
    return EvidenceItem(kind, kind, MODEL.kinds[kind].chain, source, (1, 2), {}, (kind,), grade)


def weigh(situation: str, *items: EvidenceItem) -> dict[Hypothesis, Explanation]:
    found = explanations_of(matrix_of(items, MODEL), situation, MODEL)
    return {e.hypothesis: e for e in found}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_all_ten_explanations_are_always_there(situation: str) -> None:
    assert set(weigh(situation)) == set(Hypothesis)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_without_evidence_the_prior_lies_inside_and_nothing_on_purpose_leads(
    situation: str,
) -> None:
    found = explanations_of((), situation, MODEL)
    total = sum(middle_of(e.likelihood) for e in found)
    assert total == pytest.approx(1.0, abs=0.1)
    assert found[0].hypothesis in BENIGN or situation == "interference"


@given(
    st.sampled_from(SITUATIONS),
    st.lists(st.sampled_from(KINDS), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_evidence_changes_nothing(
    situation: str, kinds: list[str], random: object
) -> None:
    items = [item(kind, f"source {n}") for n, kind in enumerate(kinds)]
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = weigh(situation, *items), weigh(situation, *shuffled)
    for hypothesis in Hypothesis:
        assert one[hypothesis].likelihood.low == pytest.approx(other[hypothesis].likelihood.low)
        assert one[hypothesis].words == other[hypothesis].words


@given(st.sampled_from(SITUATIONS), st.lists(st.sampled_from(KINDS), max_size=12))
def test_likelihoods_are_probabilities_and_middles_nearly_add_up(
    situation: str, kinds: list[str]
) -> None:
    found = weigh(situation, *(item(k, f"source {n}") for n, k in enumerate(kinds)))
    for e in found.values():
        assert 0.0 <= e.likelihood.low <= e.likelihood.high <= 1.0
    # Middles are those of one consistent weighing: they add up to one.
    assert sum(middle_of(e.likelihood) for e in found.values()) == pytest.approx(1.0, abs=1e-6)


@given(st.sampled_from(SITUATIONS), st.sampled_from(KINDS))
def test_the_same_from_the_same_source_counts_once(situation: str, kind: str) -> None:
    once, twice = weigh(situation, item(kind)), weigh(situation, item(kind), item(kind))
    assert {h: e.likelihood for h, e in once.items()} == {h: e.likelihood for h, e in twice.items()}


@given(st.sampled_from(SITUATIONS), st.lists(st.sampled_from(KINDS), max_size=30))
def test_one_chain_moves_a_hypothesis_by_its_cap_at_most(situation: str, kinds: list[str]) -> None:
    orbits = [k for k in kinds if MODEL.kinds[k].chain is Chain.ORBITS]
    found = weigh(situation, *(item(k, f"file {n}") for n, k in enumerate(orbits)))
    for e in found.values():
        assert -MODEL.chain_cap_nats <= e.evidence_nats.low
        assert e.evidence_nats.high <= MODEL.chain_cap_nats


def test_public_orbits_alone_never_make_anything_on_purpose_likely() -> None:
    """The strongest evidence of a visit in elements leaves purpose at most an even chance."""
    kinds = ["company_visit", "arrived_controlled", "visits_repeated", "other_burned"]
    rare = EvidenceItem(
        "rare", "rare", Chain.ORBITS, "elements", (1, 2), {"share_low": 1e-4, "share_high": 1e-3}
    )
    found = weigh("beside", *(item(k) for k in kinds), rare)
    for hypothesis in (Hypothesis.HOSTILE_REVERSIBLE, Hypothesis.HOSTILE_IRREVERSIBLE):
        assert Words.UNLIKELY not in found[hypothesis].words
    assert found[Hypothesis.INSPECTION].likelihood.low < 0.55


def test_a_poor_source_weighs_less_than_a_good_one() -> None:
    good = Grade(Reliability.USUALLY, Credibility.PROBABLY_TRUE)
    poor = Grade(Reliability.UNRELIABLE, Credibility.DOUBTFUL)
    strong = weigh("breakup", item("stated_test_announced", "a", good))[Hypothesis.TEST]
    weak = weigh("breakup", item("stated_test_announced", "a", poor))[Hypothesis.TEST]
    none = weigh("breakup")[Hypothesis.TEST]
    assert strong.likelihood.low > weak.likelihood.low
    assert weak.likelihood.low == pytest.approx(none.likelihood.low, abs=0.03)


def test_improbable_information_weighs_nothing() -> None:
    grade = Grade(Reliability.COMPLETELY, Credibility.IMPROBABLE)
    told = weigh("report", item("stated_ground_intrusion", "a", grade))
    assert {h: e.likelihood for h, e in told.items()} == {
        h: e.likelihood for h, e in weigh("report").items()
    }


def test_every_statement_of_a_report_has_a_weight() -> None:
    stated = {f"stated_{s.name.lower()}" for s in Statement}
    assert stated == {k for k in KINDS if k.startswith("stated_")}


def test_disagreement_of_the_two_methods_is_flagged() -> None:
    agreeing = explanations_of(matrix_of((item("docked"),), MODEL), "beside", MODEL)
    assert methods_agree(agreeing)
    # A pass has overwhelming routine behind it, so a fault found does not make it lead, although
    # routine then has as little against it as before.
    odd = [item(k, k) for k in ("stated_service_lost", "stated_uncommanded_state")]
    disputed = explanations_of(matrix_of(odd, MODEL), "pass", MODEL)
    assert disputed[0].hypothesis is Hypothesis.PLANNED
    assert not methods_agree(disputed)


def test_a_group_of_explanations_is_at_least_as_likely_as_each_member() -> None:
    found = tuple(weigh("breakup", item("cloud_even")).values())
    group = (Hypothesis.NATURAL, Hypothesis.FAULT)
    span = together(found, group)
    for e in found:
        if e.hypothesis in group:
            assert span.high >= e.likelihood.low
    assert together(found, Hypothesis) == Span(1.0, 1.0)


@pytest.mark.parametrize(
    ("nats", "rating"),
    [
        (Span(-3.0, -1.0), Diagnosticity.VERY_INCONSISTENT),
        (Span(-3.0, -0.3), Diagnosticity.INCONSISTENT),
        (Span(-3.0, 3.0), Diagnosticity.NEUTRAL),
        (Span(0.3, 3.0), Diagnosticity.CONSISTENT),
        (Span(1.0, 1.2), Diagnosticity.VERY_CONSISTENT),
    ],
)
def test_only_a_span_on_one_side_says_anything(nats: Span, rating: Diagnosticity) -> None:
    assert rating_of(nats) is rating


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        # Edges: ICD 203 (2015), the lower edge inclusive.
        (0.0, 0.0, ["almost no chance"]),
        (0.05, 0.05, ["very unlikely"]),
        (0.1999, 0.2, ["very unlikely", "unlikely"]),
        (0.45, 0.54, ["roughly even chance"]),
        (0.55, 0.79, ["likely"]),
        (0.95, 1.0, ["almost certain"]),
    ],
)
def test_words_are_those_of_icd_203(low: float, high: float, words: list[str]) -> None:
    assert [w.value for w in words_for(Span(low, high))] == words


def test_rarity_is_a_likelihood_ratio_of_measured_share() -> None:
    rare = EvidenceItem(
        "rare", "rare", Chain.ORBITS, "e", (1, 2), {"share_low": 0.1, "share_high": 0.2}
    )
    (row,) = matrix_of((rare,), MODEL)
    nats = row.weights[Hypothesis.INSPECTION].nats
    assert nats.low == pytest.approx(math.log(0.3 / 0.2))
    assert nats.high == pytest.approx(math.log(1.0 / 0.1))
    assert row.weights[Hypothesis.PLANNED].nats == Span(0.0, 0.0)
