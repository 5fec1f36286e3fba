"""What a dossier says: benign first, likelihood apart from confidence, nothing forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest

from hoshimori.dossier.document import Bullets, Document, Exhibit, Grid, Pairs, Paragraph, Ratings
from hoshimori.dossier.dossier_document import MOST_UNKNOWN, dossier_document
from hoshimori.dossier.dossier_parts import MOST_FINDINGS_IN_FULL, part_number
from hoshimori.dossier.language import Language, say, words
from hoshimori.dossier.markup import safe
from hoshimori.model.assessments import BENIGN, Hypothesis
from hoshimori.model.changes import Change, Conclusion

EN = Language.EN


def texts(document: Document) -> Iterator[str]:
    """Yield every text of a document, in the order in which it is read."""
    first = document.first
    yield from (first.title, *(v for _, v in first.facts), *first.released, *first.seen)
    yield from (*first.likelihood, first.confidence, *first.unknown, *first.change)
    yield from (f"{g.gate} {g.name} {g.state}" for g in first.gates)
    yield from first.limits
    for part in document.parts:
        yield part.heading
        for block in part.blocks:
            yield from block_texts(block)


def block_texts(block: Any) -> Iterator[str]:
    match block:
        case Bullets():
            yield from block.lines
        case Grid():
            yield from (cell for row in (block.head, *block.rows) for cell in row)
        case Ratings():
            yield from (text for row, _ in block.rows for text in row)
        case Pairs():
            yield from (text for row in block.rows for text in row)
        case Exhibit():
            yield from (block.caption, block.key, block.spoken)
        case _:
            yield block.text


@pytest.mark.parametrize("language", Language)
def test_the_best_benign_explanation_is_told_before_the_leading_one(
    briefings: Any, language: Language
) -> None:
    made = briefings.briefing()
    benign = made.assessment.best_benign
    order = [e.hypothesis for e in made.assessment.explanations]
    other = Hypothesis.INSPECTION
    led = replace(
        made.assessment,
        explanations=tuple(
            sorted(made.assessment.explanations, key=lambda e: e.hypothesis is not other)
        ),
    )
    assert order[0] is not other
    first = dossier_document(replace(made, assessment=led), language).first
    assert say(language, f"assess.h.{benign.value}") in first.likelihood[0]
    assert say(language, f"assess.h.{other.value}") in first.likelihood[1]


@pytest.mark.parametrize("language", Language)
def test_the_chart_has_the_benign_explanations_above_all_others(
    briefings: Any, language: Language
) -> None:
    drawn = dossier_document(briefings.briefing(), language).first.chart
    names = {h: safe(say(language, f"assess.h.{h.value}")) for h in Hypothesis}
    places = {h: drawn.svg.index(f">{name}<") for h, name in names.items()}
    assert max(places[h] for h in BENIGN) < min(places[h] for h in set(Hypothesis) - set(BENIGN))
    assert "var(--failed)" not in drawn.svg
    assert "var(--look)" not in drawn.svg


@pytest.mark.parametrize("language", Language)
def test_a_likelihood_is_an_interval_and_shares_no_sentence_with_confidence(
    briefings: Any, language: Language
) -> None:
    likelihood = [v for k, v in words(language).items() if k.startswith("assess.wep.")]
    confidence = re.compile("confidence|確信度", re.I)
    told = list(texts(dossier_document(briefings.briefing(), language)))
    sentences = [s for text in told for s in re.split(r"(?<=[.。?])\s*", text) if s]
    both = [s for s in sentences if confidence.search(s) and any(word in s for word in likelihood)]
    assert both == []
    front = dossier_document(briefings.briefing(), language).first
    assert all(re.search(r"\d.*(?:to|〜).*\d|leads|最上位", s) for s in front.likelihood)


@pytest.mark.parametrize("language", Language)
def test_the_first_page_counts_what_it_leaves_out(briefings: Any, language: Language) -> None:
    made = briefings.briefing()
    first = dossier_document(made, language).first
    missing = len(made.assessment.missing)
    assert missing > MOST_UNKNOWN
    assert len(first.unknown) == MOST_UNKNOWN + 1
    assert str(missing - MOST_UNKNOWN) in first.unknown[-1]
    assert part_number("rests") in first.unknown[-1]


def test_nature_is_the_first_part_and_every_part_has_its_place(briefings: Any) -> None:
    parts = [p.anchor for p in dossier_document(briefings.briefing(), EN).parts]
    assert parts[0] == "nature"
    assert parts.index("evidence") < parts.index("factors")
    assert [part_number(p) for p in parts] == [str(n) for n in range(1, len(parts) + 1)]


def test_every_finding_is_told_in_full_or_in_a_line(briefings: Any) -> None:
    findings = [briefings.made["manoeuvre"](f"m{n}") for n in range(MOST_FINDINGS_IN_FULL + 3)]
    document = dossier_document(briefings.briefing(findings=findings), EN)
    told = " ".join(texts(document))
    assert "3 further findings" in told
    assert all(f.finding_id in told for f in findings[:MOST_FINDINGS_IN_FULL])


def test_every_kind_of_finding_has_documents(briefings: Any) -> None:
    for finding, language in zip(briefings.made["every_kind"](), cycle(Language), strict=False):
        document = dossier_document(briefings.briefing(findings=[finding]), language)
        assert finding.finding_id in " ".join(texts(document))


def test_people_stand_beside_what_the_machine_proposed(briefings: Any) -> None:
    people = briefings.decided("G1", "open", who="A. Analyst", why="it came again")
    document = dossier_document(briefings.briefing(people=people), EN)
    opened = [g for g in document.first.gates if g.opened]
    assert [g.gate for g in opened] == ["G1"]
    assert "A. Analyst" in opened[0].state
    told = " ".join(texts(document))
    assert "it came again" in told
    assert "second analyst" in told


@pytest.mark.parametrize("language", Language)
def test_a_release_says_what_is_concluded_otherwise_and_never_what_it_was(
    briefings: Any, language: Language
) -> None:
    told = (
        (Conclusion.LIKELIHOOD, "H4", "unlikely to likely"),
        (Conclusion.LABEL, "", "GEO_LOITER"),
        (Conclusion.CONFIDENCE, "", "low"),
        (Conclusion.FINDING, "0123456789abcdef", ""),
        (Conclusion.FACTOR, "F15", "unknown"),
        (Conclusion.GATE, "G3", "red_team_note"),
    )
    changes = tuple(Change(c, about, "WITHHELD", after) for c, about, after in told)
    made = briefings.briefing(released_to=frozenset({"JPN", "USA"}), changes=changes)
    document = dossier_document(made, language)
    text = " ".join(texts(document))
    assert "WITHHELD" not in text
    assert "JPN, USA" in document.first.released[0]
    assert say(language, "assess.h.H4") in text
    assert say(language, "assess.label.geo_loiter") in text
    assert str(len(changes) - 3) in document.first.released[-1]


def test_a_release_without_other_conclusions_says_so(briefings: Any) -> None:
    document = dossier_document(briefings.briefing(released_to=frozenset({"JPN"})), EN)
    assert document.first.released[-1] == say(EN, "document.changed.none")


def test_one_interval_that_is_wide_stays_wide(briefings: Any) -> None:
    grid = dossier_document(briefings.briefing(), EN).parts[1].blocks[1]
    assert isinstance(grid, Grid)
    assert len(grid.rows) == len(Hypothesis)
    assert isinstance(dossier_document(briefings.briefing(), EN).parts[1].blocks[0], Paragraph)
