"""The parts of a dossier that say from what it was made, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator

from hoshimori.dossier.card_rows import quoted_lines
from hoshimori.dossier.document import Block, Bullets, Grid, Pairs, Paragraph, Subheading
from hoshimori.dossier.language import Language, say, words
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import reality_text
from hoshimori.model.briefings import Briefing

COMMAND = "hoshimori verify FILE"


def inputs_blocks(briefing: Briefing, language: Language) -> Iterator[Block]:
    """Yield what was enclosed, where it came from, what computed it, and by which way."""
    yield Subheading(say(language, "document.inputs.chain"))
    yield Bullets(tuple(_chain(briefing, language)))
    yield Subheading(say(language, "document.inputs.enclosed"))
    yield Pairs(
        tuple((_kind(kind, language), f"{n:,}") for kind, n in sorted(briefing.enclosed.items()))
    )
    yield Subheading(say(language, "document.inputs.sources"))
    yield Grid(
        _head(language, "source", "digest", "reality"),
        tuple(
            (s.source, s.payload_sha256, reality_text(s.reality, language))
            for s in briefing.sources
        ),
        (3.0, 6.0, 1.4),
    )
    yield Subheading(say(language, "document.inputs.files"))
    yield Grid(
        _head(language, "file", "file.digest"),
        tuple((f.name, f.sha256) for f in briefing.files),
        (3.0, 7.0),
    )
    yield Subheading(say(language, "document.inputs.detectors"))
    yield Grid(
        _head(language, "question", "rate", "settings"),
        tuple(
            (
                f"{d.card.name}/{d.card.version}: {d.card.question}",
                " · ".join(
                    (d.card.false_alarm_rate, *quoted_lines(d.card, language, is_whole=False))
                ),
                "; ".join(f"{name} = {value}" for name, value in d.settings.items()),
            )
            for d in briefing.detectors
        ),
        (3.0, 4.0, 3.6),
    )
    yield Subheading(say(language, "document.inputs.versions"))
    yield Pairs(tuple(briefing.software.items()))


def verify_blocks(briefing: Briefing, language: Language) -> Iterator[Block]:
    """Yield how anyone checks the file that this document belongs to."""
    del briefing
    yield Paragraph(say(language, "document.verify.lead"))
    yield Pairs(((say(language, "document.verify.command"), COMMAND),))
    yield Bullets(
        tuple(say(language, f"document.verify.{step}") for step in ("seal", "rerun", "redacted"))
    )


def _head(language: Language, *names: str) -> tuple[str, ...]:
    return tuple(say(language, f"document.inputs.{name}") for name in names)


def _kind(kind: str, language: Language) -> str:
    return words(language).get(f"document.kind.{kind.replace(' ', '_')}", kind)


def _chain(briefing: Briefing, language: Language) -> Iterator[str]:
    assessment = briefing.assessment
    decisions = [f.decision for f in assessment.factors] + [g.decision for g in assessment.gates]
    decided = [d for d in decisions if d is not None]
    yield say(
        language,
        "document.chain.facts",
        facts=f"{sum(briefing.enclosed.values()):,}",
        sources=str(len(briefing.sources)),
    )
    yield say(
        language,
        "document.chain.findings",
        detectors=str(len(briefing.detectors)),
        findings=str(len(briefing.findings)),
    )
    yield say(language, "document.chain.incident", incident=briefing.incident.incident_id)
    yield say(
        language,
        "document.chain.assessment",
        version=assessment.model_version,
        digest=assessment.model_sha256,
    )
    yield say(
        language,
        "document.chain.people",
        number=str(len(decided) + len(assessment.dissent)),
    )
    yield say(language, "document.chain.document", moment=utc_text(briefing.composed_utc))
