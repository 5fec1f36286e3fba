"""Notices to space operators: benign first, no likelihood beside a confidence, no intent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hoshimori.dossier.language import Language
from hoshimori.dossier.notice_wording import notice_of
from hoshimori.model.assessments import Hypothesis
from hoshimori.model.markings import Level, Marking
from hoshimori.model.notices import Notice
from hoshimori.model.provenance import Reality

Make = Callable[..., Any]
BENIGN = (Hypothesis.NATURAL, Hypothesis.FAULT, Hypothesis.PLANNED, Hypothesis.ARTEFACT)


def texts(notice: Notice) -> list[str]:
    sections = [line for s in notice.sections for line in (s.heading, *s.paragraphs)]
    return [*notice.marks, notice.title, *(v for _, v in notice.particulars), *sections]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reality", Reality)
def test_the_first_line_says_what_may_be_done_with_it_and_whether_it_is_real(
    make_export: Make, language: Language, reality: Reality
) -> None:
    made = make_export(reality, marking=Marking(Level.AMBER, frozenset({"JPN"})))
    (mark,) = notice_of(made, language).marks
    assert "TLP:AMBER" in mark
    assert "JPN" in mark
    assert reality.value in mark or reality is Reality.REAL


@pytest.mark.parametrize("language", Language)
def test_it_says_what_when_where_and_how_usual(make_export: Make, language: Language) -> None:
    notice = notice_of(make_export(), language)
    assert "MADE STATION (25544)" in notice.title
    assert "NE" in notice.title
    assert ("INC-0123456789" in notice.particulars[0]) is True
    overview, usual, _, information = notice.sections
    assert "Object 270291 passes MADE STATION (25544)" in overview.paragraphs
    assert any("2026-11-27T01:00Z" in line for line in overview.paragraphs)
    assert "100" in usual.paragraphs[0]
    assert "2026-11-26T17:00Z" in information.paragraphs[0]


def test_deep_space_begins_at_225_minutes(make_export: Make) -> None:
    made = make_export()
    slow = tuple(replace(orbit, period_s=225.0 * 60.0) for orbit in made.orbits)
    assert "deep space (DS)" in notice_of(replace(made, orbits=slow), Language.EN).title
    # Without orbits the regime in which the finding was counted tells, where it can.
    assert "near Earth (NE)" in notice_of(replace(made, orbits=()), Language.EN).title
    (finding,) = made.findings[:1]
    crossing = replace(finding, base_rate=replace(finding.base_rate, regime="HEO"))
    unknown = replace(made, orbits=(), findings=(crossing,))
    assert "orbit not known" in notice_of(unknown, Language.EN).title


@pytest.mark.parametrize("language", Language)
def test_without_an_assessment_it_tells_physics_alone(
    make_export: Make, language: Language
) -> None:
    said = "\n".join(texts(notice_of(make_export(), language)))
    assert not re.search(r"likely|chance|ICD", said)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("benign", BENIGN)
def test_the_best_benign_explanation_stands_first(
    make_export: Make, make_assessment: Make, language: Language, benign: Hypothesis
) -> None:
    made = make_export()
    assessment = make_assessment(made.incident, best_benign=benign)
    notice = notice_of(replace(made, assessment=assessment), language)
    first, confidence, others, _ = notice.sections[2].paragraphs
    expected = "likely" if benign is Hypothesis.PLANNED else "almost no chance"
    assert expected in first
    assert "likely" not in confidence
    assert "9" in others
    said = "\n".join(texts(notice)).casefold()
    assert not re.search(r"hostil|attack|threat|敵|攻撃|脅威", said)


def test_a_span_of_words_is_told_from_the_least_likely(
    make_export: Make, make_assessment: Make
) -> None:
    made = make_export()
    assessment = make_assessment(made.incident)
    spanning = replace(assessment.explanations[0], hypothesis=Hypothesis.PLANNED)
    spanning = replace(spanning, words=assessment.explanations[3].words)
    shown = replace(assessment, explanations=(spanning,))
    notice = notice_of(replace(made, assessment=shown), Language.EN)
    assert "unlikely to roughly even chance" in notice.sections[2].paragraphs[0]
