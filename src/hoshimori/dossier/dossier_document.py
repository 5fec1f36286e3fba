"""The dossier of an incident as a document: one page for a minister, then parts for an analyst."""

from __future__ import annotations

from hoshimori.dossier.assessment_rows import AssessmentText
from hoshimori.dossier.assessment_text import assessment_text
from hoshimori.dossier.change_wording import change_sentence
from hoshimori.dossier.document import Document, Exhibit, FirstPage, GateState
from hoshimori.dossier.dossier_parts import INPUTS, RESTS, dossier_parts, part_number
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.likelihood_chart import ChartRow, likelihood_chart, spoken_rows
from hoshimori.dossier.marking_wording import banner_text
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import headline, name_of, reality_text
from hoshimori.model.assessments import BENIGN, Gate
from hoshimori.model.briefings import Briefing
from hoshimori.model.provenance import Reality

MOST_UNKNOWN = 5
MOST_CHANGES = 3
MOST_NAMED = 3
"""The first page holds so many; the parts hold all."""


def dossier_document(briefing: Briefing, language: Language) -> Document:
    """Return the whole document in one language; the same briefing gives the same document."""
    text = assessment_text(briefing.assessment, briefing.names, language)
    real = briefing.reality is Reality.REAL
    kind = briefing.reality.name.lower()
    return Document(
        language=language,
        name=say(language, "document.name"),
        banner=banner_text(briefing.marking, briefing.reality, language),
        reality=briefing.reality,
        reality_word=reality_text(briefing.reality, language),
        meaning="" if real else say(language, f"reality.{kind}.meaning"),
        incident_id=briefing.incident.incident_id,
        issue=say(
            language,
            "document.issue",
            incident=briefing.incident.incident_id,
            moment=utc_text(briefing.as_of_utc),
            composed=utc_text(briefing.composed_utc),
        ),
        first=_first_page(briefing, text, language),
        contents_heading=say(language, "document.contents"),
        parts=dossier_parts(briefing, text, language),
        foot=say(language, "document.foot", software=f"Hoshimori {briefing.software['hoshimori']}"),
    )


def _first_page(briefing: Briefing, text: AssessmentText, language: Language) -> FirstPage:
    summary = text.summary
    return FirstPage(
        kicker=say(language, "document.name"),
        title=briefing.title or _title(briefing, text, language),
        facts=_facts(briefing, text, language),
        released=_released(briefing, language),
        seen_heading=say(language, "document.seen"),
        seen=_seen(briefing, text, language),
        likelihood_heading=say(language, "document.likelihood"),
        likelihood=summary[1:-1],
        chart=_chart(briefing, text, language),
        confidence_heading=say(language, "document.confidence"),
        confidence=summary[-1],
        unknown_heading=say(language, "document.unknown"),
        unknown=_unknown(text, language),
        change_heading=say(language, "document.change"),
        change=text.milestones[:MOST_CHANGES] or (say(language, "document.change.none"),),
        gates_heading=say(language, "document.gates"),
        gates=tuple(_gate(gate, language) for gate in briefing.assessment.gates),
        limits=(
            say(language, "document.limits", part=part_number(INPUTS)),
            text.attribution,
        ),
    )


def _title(briefing: Briefing, text: AssessmentText, language: Language) -> str:
    if not briefing.findings:
        return text.label
    return headline(briefing.findings[0], briefing.names, language)


def _facts(
    briefing: Briefing, text: AssessmentText, language: Language
) -> tuple[tuple[str, str], ...]:
    incident = briefing.incident
    pairs = (
        ("document.asset", _named(briefing, incident.assets, language)),
        ("document.other", _named(briefing, incident.others, language)),
        ("document.filed", text.label),
        (
            "document.span",
            say(
                language,
                "moment.range",
                start=utc_text(incident.start_utc),
                end=utc_text(incident.end_utc),
            ),
        ),
    )
    return tuple((say(language, key), value) for key, value in pairs)


def _named(briefing: Briefing, ids: tuple[int, ...], language: Language) -> str:
    told = [name_of(one, briefing.names, language) for one in ids[:MOST_NAMED]]
    if len(ids) > MOST_NAMED:
        told.append(f"+ {len(ids) - MOST_NAMED:,}")
    return ", ".join(told) or say(language, "document.objects.none")


def _seen(briefing: Briefing, text: AssessmentText, language: Language) -> tuple[str, ...]:
    if not briefing.findings:
        return (text.summary[0],)
    return (explanation(briefing.findings[0], briefing.names, language),)


def _chart(briefing: Briefing, text: AssessmentText, language: Language) -> Exhibit:
    rows = tuple(
        ChartRow(row, weighed.hypothesis in BENIGN)
        for row, weighed in zip(text.explanations, briefing.assessment.explanations, strict=True)
    )
    name = "likelihoods"
    return Exhibit(
        name,
        likelihood_chart(rows, language, name=name),
        say(language, "document.chart"),
        say(language, "document.chart.key"),
        " ".join(spoken_rows(rows, language)),
    )


def _unknown(text: AssessmentText, language: Language) -> tuple[str, ...]:
    if not text.missing:
        return (say(language, "document.unknown.none"),)
    left = len(text.missing) - MOST_UNKNOWN
    more: tuple[str, ...] = ()
    if left > 0:
        line = say(language, "document.unknown.more", number=str(left), part=part_number(RESTS))
        more = (line,)
    return (*text.missing[:MOST_UNKNOWN], *more)


def _gate(gate: Gate, language: Language) -> GateState:
    name = say(language, f"assess.gate.{gate.gate}")
    if gate.decision is None:
        return GateState(gate.gate, name, say(language, "document.gate.closed"), opened=False)
    who = say(
        language,
        "document.gate.by",
        who=gate.decision.decided_by,
        when=utc_text(gate.decision.decided_utc),
    )
    return GateState(gate.gate, name, f"{gate.decision.value} · {who}", opened=True)


def _released(briefing: Briefing, language: Language) -> tuple[str, ...]:
    if briefing.released_to is None and not briefing.changes:
        return ()
    partners = ", ".join(sorted(briefing.released_to or ()))
    first = say(
        language,
        "document.released",
        partners=partners or say(language, "document.released.all"),
    )
    if not briefing.changes:
        return (first, say(language, "document.changed.none"))
    lines = (change_sentence(c, language, former=False) for c in briefing.changes)
    return (first, say(language, "document.changed"), *lines)
