"""The parts of a dossier for an analyst: nature first, then evidence, exhibits, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hoshimori.dossier.assessment_rows import AssessmentText, FactorRow
from hoshimori.dossier.document import (
    Block,
    Bullets,
    Grid,
    Pairs,
    Paragraph,
    Part,
    Ratings,
    Subheading,
    Tone,
)
from hoshimori.dossier.dossier_provenance import inputs_blocks, verify_blocks
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_exhibits import finding_exhibits
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.timeline_plot import timeline_exhibit
from hoshimori.dossier.wording import confidence_text, headline, kind_text
from hoshimori.model.briefings import Briefing
from hoshimori.model.findings import AnyFinding

MOST_FINDINGS_IN_FULL = 6
"""Findings that are told in full, in the order of the incident; the others get a line each."""
RESTS, INPUTS = "rests", "inputs"


@dataclass(frozen=True, slots=True)
class _Telling:
    """What every part needs to know."""

    briefing: Briefing
    text: AssessmentText
    language: Language

    def say(self, key: str, **values: str) -> str:
        return say(self.language, key, **values)

    def head(self, *keys: str) -> tuple[str, ...]:
        return tuple(say(self.language, key) for key in keys)

    def note(self, key: str) -> Paragraph:
        return Paragraph(say(self.language, key), Tone.NOTE)


def dossier_parts(briefing: Briefing, text: AssessmentText, language: Language) -> tuple[Part, ...]:
    """Return all parts in their order; each is there even where it has nothing to tell."""
    telling = _Telling(briefing, text, language)
    return tuple(
        Part(anchor, say(language, f"document.part.{anchor}"), tuple(blocks(telling)))
        for anchor, blocks in _PARTS
    )


def part_number(anchor: str) -> str:
    """Return the number of a part, as other parts refer to it."""
    return str([name for name, _ in _PARTS].index(anchor) + 1)


def _nature(telling: _Telling) -> Iterator[Block]:
    yield telling.note("document.nature.note")
    yield Grid(
        telling.head("assess.column.check", "assess.column.result", "assess.column.because"),
        tuple((c.check, c.result, c.sentence) for c in telling.text.checks),
        (2.2, 1.2, 5.0),
    )


def _explanations(telling: _Telling) -> Iterator[Block]:
    yield telling.note("document.explanations.note")
    yield Grid(
        telling.head(
            "assess.column.explanation",
            "assess.column.likelihood",
            "assess.range.heading",
            "assess.column.before",
            "assess.column.against",
        ),
        tuple(
            (e.name, e.words, e.interval, e.before, e.against) for e in telling.text.explanations
        ),
        (4.0, 3.0, 1.9, 1.9, 0.9),
    )
    yield Paragraph(telling.text.agreement)


def _evidence(telling: _Telling) -> Iterator[Block]:
    if not telling.text.evidence:
        yield Paragraph(telling.say("document.evidence.none"))
        return
    yield telling.note("document.evidence.note")
    yield Ratings(
        telling.head("assess.column.evidence", "assess.column.source"),
        telling.text.short_names,
        tuple(
            ((_joined(e.sentence, e.numbers, e.evidence_id), e.source), e.ratings)
            for e in telling.text.evidence
        ),
    )


def _joined(sentence: str, numbers: str, evidence_id: str) -> str:
    return " · ".join(part for part in (sentence, numbers, evidence_id) if part)


def _exhibits(telling: _Telling) -> Iterator[Block]:
    briefing, language = telling.briefing, telling.language
    for number, finding in enumerate(briefing.findings[:MOST_FINDINGS_IN_FULL], start=1):
        yield Subheading(headline(finding, briefing.names, language))
        yield Paragraph(explanation(finding, briefing.names, language))
        name = f"finding-{number}"
        yield from finding_exhibits(
            finding, briefing.names, briefing.as_of_utc, language, name=name
        )
        yield Pairs(tuple(_numbers(telling, finding)))
    further = briefing.findings[MOST_FINDINGS_IN_FULL:]
    if further:
        yield Subheading(telling.say("document.exhibit.further", number=f"{len(further):,}"))
        yield Bullets(tuple(headline(f, briefing.names, language) for f in further))


def _numbers(telling: _Telling, finding: AnyFinding) -> Iterator[tuple[str, str]]:
    for one in measures(finding, telling.briefing.as_of_utc, telling.language):
        yield one.label, one.value
    yield (
        telling.say("measure.confidence"),
        confidence_text(finding.confidence, telling.language),
    )
    yield telling.say("measure.because"), finding.confidence_because
    yield telling.say("measure.detector"), finding.detector
    yield telling.say("measure.finding"), finding.finding_id


def _timeline(telling: _Telling) -> Iterator[Block]:
    briefing, language = telling.briefing, telling.language
    if not briefing.findings:
        return
    yield timeline_exhibit(
        briefing.findings, briefing.names, briefing.as_of_utc, language, name="timeline"
    )
    yield Grid(
        telling.head("document.timeline.start", "document.timeline.end", "column.what"),
        tuple(
            (
                utc_text(f.start_utc),
                utc_text(f.end_utc),
                f"{kind_text(f, language)} · {headline(f, briefing.names, language)}",
            )
            for f in sorted(briefing.findings, key=lambda f: (f.start_utc, f.finding_id))
        ),
        (2.0, 2.0, 7.0),
    )


def _factors(telling: _Telling) -> Iterator[Block]:
    yield telling.note("document.factors.note")
    yield Grid(
        telling.head(
            "assess.column.factor",
            "assess.column.value",
            "assess.column.because",
            "document.column.support",
            "document.column.decision",
        ),
        tuple(
            (
                f"{f.factor} {f.name}",
                f.value,
                f.because,
                _support(telling, f),
                f.decision or telling.say("document.factors.open"),
            )
            for f in telling.text.factors
        ),
        (2.3, 2.2, 3.2, 3.4, 2.0),
    )


def _support(telling: _Telling, factor: FactorRow) -> str:
    told = (
        ("document.factors.supports", "evidence", factor.supporting),
        ("document.factors.contradicts", "evidence", factor.contradicting),
        ("document.factors.missing", "missing", factor.missing),
    )
    return telling.say("sentence.gap").join(
        telling.say(key, **{place: value}) for key, place, value in told if value
    )


def _people(telling: _Telling) -> Iterator[Block]:
    yield Grid(
        telling.head(
            "assess.column.gate",
            "assess.column.met",
            "assess.column.unmet",
            "document.column.decision",
        ),
        tuple((f"{g.gate} {g.name}", g.met, g.unmet, g.decision) for g in telling.text.gates),
        (2.6, 3.0, 3.6, 2.6),
    )
    yield Subheading(telling.say("assess.dissent"))
    yield Bullets(telling.text.dissent or (telling.say("assess.dissent.none"),))
    yield Paragraph(telling.text.attribution)


def _behaviour(telling: _Telling) -> Iterator[Block]:
    yield telling.note("assess.indicators")
    yield Grid(
        telling.head("assess.column.indicator", "assess.column.answer", "assess.column.evidence"),
        tuple((f"{i.indicator} {i.name}", i.answer, i.evidence) for i in telling.text.indicators),
        (4.0, 1.2, 4.0),
    )


def _rests(telling: _Telling) -> Iterator[Block]:
    yield Subheading(telling.say("assess.drivers"))
    yield Bullets(telling.text.drivers)
    yield Subheading(telling.say("assess.milestones"))
    yield Bullets(telling.text.milestones or (telling.say("document.change.none"),))
    yield Subheading(telling.say("assess.missing"))
    if telling.text.missing:
        yield Paragraph(telling.say("document.unknown.lead"))
    yield Bullets(telling.text.missing or (telling.say("document.unknown.none"),))


def _inputs(telling: _Telling) -> Iterator[Block]:
    return inputs_blocks(telling.briefing, telling.language)


def _verify(telling: _Telling) -> Iterator[Block]:
    return verify_blocks(telling.briefing, telling.language)


_PARTS: tuple[tuple[str, Callable[[_Telling], Iterator[Block]]], ...] = (
    ("nature", _nature),
    ("explanations", _explanations),
    ("evidence", _evidence),
    ("exhibits", _exhibits),
    ("timeline", _timeline),
    ("factors", _factors),
    ("people", _people),
    ("behaviour", _behaviour),
    (RESTS, _rests),
    (INPUTS, _inputs),
    ("verify", _verify),
)
"""In the order in which they are read; their numbers are counted from it."""
