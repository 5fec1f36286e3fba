"""An assessment in words: benign first, likelihood and confidence apart, nothing a bare number."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hoshimori.assessment.assess import Decided, assess
from hoshimori.dossier.assessment_text import (
    assessment_text,
    percent_text,
    span_text,
    subject_text,
    summary_sentences,
    words_text,
)
from hoshimori.dossier.language import Language, say, words
from hoshimori.model.assessments import Assessment, Decision, Label, Span, Words
from hoshimori.model.finding import Confidence
from hoshimori.model.markings import OPEN
from hoshimori.model.reports import Statement
from hoshimori.workflows.assessment_model import assessment_model

EN, JA = Language.EN, Language.JA
SAMPLES = Path(__file__).parents[1] / "assessment" / "evidence_samples.py"


@pytest.fixture(scope="module")
def made() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(SAMPLES)))


def assessed(made: SimpleNamespace, *findings: Any, **more: Any) -> Assessment:
    checks = made.checks(sentence="does_not_fit")
    return assess(
        made.incident_of(findings), findings, as_of_utc=made.at(1), assets=(), causes={},
        checks=checks, marking=OPEN, model=assessment_model(), **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def visit(made: SimpleNamespace) -> Assessment:
    reports = (made.report(Statement.NO_ANSWER), made.report(Statement.SERVICE_KEPT))
    return assessed(made, made.shadowing(), *reports)


@pytest.mark.parametrize("language", Language)
def test_the_best_benign_explanation_stands_before_the_leading_one(
    visit: Assessment, language: Language
) -> None:
    what, benign, leading, confidence = summary_sentences(visit, {}, language)
    assert say(language, f"assess.h.{visit.best_benign.value}") in benign
    assert what
    assert leading
    assert say(language, f"assess.confidence.{visit.confidence.value}") in confidence


@pytest.mark.parametrize("language", Language)
def test_likelihood_and_confidence_never_share_a_sentence(
    visit: Assessment, language: Language
) -> None:
    likelihoods = {say(language, f"assess.wep.{w.name.lower()}") for w in Words}
    *others, last = summary_sentences(visit, {}, language)
    assert not any(re.search(r"confidence|確信度", s, re.I) for s in others)
    assert not any(word in last for word in likelihoods)


@pytest.mark.parametrize("language", Language)
def test_everything_of_an_assessment_is_told(visit: Assessment, language: Language) -> None:
    text = assessment_text(visit, {}, language)
    assert len(text.explanations) == len(text.short_names) == 10
    assert [row.factor for row in text.factors] == [f"F{n}" for n in range(1, 18)]
    assert [row.gate for row in text.gates] == [f"G{n}" for n in range(5)]
    assert len(text.indicators) == 19
    assert len(text.evidence) == len(visit.matrix)
    assert all(len(row.ratings) == 10 for row in text.evidence)
    assert len(text.drivers) == 3
    assert len(text.milestones) == len(visit.milestones)
    assert len(text.missing) == len(visit.missing)


@pytest.mark.parametrize("language", Language)
def test_nothing_stands_as_the_program_writes_it(
    made: SimpleNamespace, visit: Assessment, language: Language
) -> None:
    """No key with an underscore and no placeholder is left in what people read."""
    for assessment in (visit, assessed(made, *made.everything()), assessed(made)):
        text = assessment_text(assessment, {}, language)
        rows = [*text.checks, *text.explanations, *text.factors, *text.gates]
        shown = [*text.summary, *text.drivers, *text.milestones, *text.missing, text.agreement]
        for row in rows:
            named = {"supporting", "contradicting", "likelihood"}
            shown += [
                str(getattr(row, name)) for name in row.__dataclass_fields__ if name not in named
            ]
        assert not [line for line in shown if re.search(r"[a-z]_[a-z]|[{}]", line)]


def test_japanese_holds_no_english_words_of_likelihood(visit: Assessment) -> None:
    text = assessment_text(visit, {}, JA)
    said = repr((text.summary, text.explanations, text.factors, text.milestones))
    assert not re.search(r"\b(likely|unlikely|chance|unknown)\b", said)


def test_both_languages_tell_the_same_rows(visit: Assessment) -> None:
    one, other = (assessment_text(visit, {}, language) for language in Language)
    assert [e.interval for e in one.explanations] != []
    assert [e.likelihood for e in one.explanations] == [e.likelihood for e in other.explanations]
    assert [e.evidence_id for e in one.evidence] == [e.evidence_id for e in other.evidence]
    assert [e.ratings for e in one.evidence] == [e.ratings for e in other.evidence]


def test_what_people_decided_is_said_with_who_and_why(made: SimpleNamespace) -> None:
    decision = Decision("open", "duty officer", made.at(2), "as agreed")
    decided = Decided(
        values={"G1": decision, "F1": replace(decision, value="2")}, dissent=(decision,)
    )
    text = assessment_text(assessed(made, made.beside(), decided=decided), {}, EN)
    assert text.gates[0].decision == "closed"
    for said in (text.gates[1].decision, text.factors[0].decision, text.dissent[0]):
        assert "duty officer" in said
        assert "as agreed" in said


def test_decisions_are_said_in_the_words_of_the_language(made: SimpleNamespace) -> None:
    decision = Decision("open", "当直", made.at(2), "合意")
    values = {
        "G1": decision,
        "F1": replace(decision, value="2"),
        "F2": replace(decision, value="unknown"),
    }
    told = assessed(made, made.beside(), decided=Decided(values=values))
    text = assessment_text(told, {}, Language.JA)
    assert "open" not in text.gates[1].decision
    assert words(Language.JA)["factor.F1.2"] in text.factors[0].decision
    assert "unknown" not in text.factors[1].decision


@pytest.mark.parametrize("language", Language)
def test_every_label_word_and_confidence_is_worded(visit: Assessment, language: Language) -> None:
    for label in Label:
        assert summary_sentences(replace(visit, label=label), {}, language)
    for confidence in Confidence:
        assert say(language, f"assess.confidence.{confidence.value}")
    assert len({words_text((word,), language) for word in Words}) == len(Words)


def test_percentages_are_whole_and_claim_nothing_finer() -> None:
    assert [percent_text(p, EN) for p in (0.0, 0.0099, 0.01, 0.995)] == [
        "under 1 %", "under 1 %", "1 %", "over 99 %",
    ]  # fmt: skip
    assert span_text(Span(0.201, 0.204), EN) == "20 %"
    assert span_text(Span(0.2, 0.4), EN) == "20 % to 40 %"


def test_an_area_is_told_by_its_place(made: SimpleNamespace) -> None:
    assert "32" in subject_text((made.area(),), EN)
    assert subject_text((made.beside(),), EN) == ""
    text = assessment_text(assessed(made, made.area()), {}, EN, subject="an area")
    assert text.summary[0].startswith("an area:")


def test_a_likelihood_that_a_person_set_is_said_in_the_language(made: SimpleNamespace) -> None:
    decision = Decision("very unlikely", "duty officer", made.at(2), "as agreed")
    told = assessed(made, made.beside(), decided=Decided(values={"H7": decision}))
    for language, said in ((EN, "very unlikely"), (JA, say(JA, "assess.wep.very_unlikely"))):
        rows = [e.decision for e in assessment_text(told, {}, language).explanations if e.decision]
        assert len(rows) == 1
        assert said in rows[0]
        assert "duty officer" in rows[0]
