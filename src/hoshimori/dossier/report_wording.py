"""Reports as people read them: what somebody states, with source and grade, never as measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.marking_wording import marking_text
from hoshimori.dossier.quantities import moment_text, utc_text
from hoshimori.dossier.radio_wording import radio_measures
from hoshimori.model.findings import OperatorReport
from hoshimori.model.reports import Grade, Statement

_MOST_NAMES = 3


def statement_text(statement: Statement, language: Language) -> str:
    """Return what a report says, in a few words."""
    return say(language, f"statement.{statement.name.lower()}")


def grade_text(grade: Grade, language: Language) -> str:
    """Return an Admiralty grade with its words for source and content."""
    return say(
        language,
        "report.grade",
        grade=str(grade),
        reliability=say(language, f"reliability.{grade.reliability.name.lower()}"),
        credibility=say(language, f"credibility.{grade.credibility.name.lower()}"),
    )


def report_headline(finding: OperatorReport, about: Sequence[str], language: Language) -> str:
    """Return who states what; `about` are the names of the objects."""
    source, statement = _printable(finding.source), statement_text(finding.statement, language)
    grade = str(finding.grade)
    if not about:
        return say(language, "headline.report", source=source, statement=statement, grade=grade)
    named = say(language, "list.gap").join(about[:_MOST_NAMES])
    if len(about) > _MOST_NAMES:
        more = f"{len(about) - _MOST_NAMES:,}"
        named = say(language, "report.more", named=named, number=more)
    return say(
        language,
        "headline.report.about",
        source=source,
        statement=statement,
        grade=grade,
        object=named,
    )


def report_when(finding: OperatorReport, as_of_utc: datetime, language: Language) -> str:
    """Return the moment or the time span that a report is about."""
    if finding.end_utc <= finding.start_utc:
        return moment_text(finding.start_utc, as_of_utc, language)
    start, end = utc_text(finding.start_utc), utc_text(finding.end_utc)
    return say(language, "when.between", start=start, end=end)


def report_sentences(finding: OperatorReport, headline: str, language: Language) -> tuple[str, ...]:
    """Return who states what, how it is graded, and what limits it."""
    grade = grade_text(finding.grade, language)
    return (
        say(language, "explain.report", headline=headline),
        say(language, "explain.report.grade", grade=grade),
        say(language, "explain.report.limit"),
    )


def report_measures(finding: OperatorReport, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what a report holds, one pair of key and value for each row."""
    told = (
        ("statement", statement_text(finding.statement, language)),
        ("source", _printable(finding.source)),
        ("source_chain", _printable(finding.source_chain)),
        ("grade", grade_text(finding.grade, language)),
        ("known", utc_text(finding.known_utc)),
        ("quote", _printable(finding.text)),
        ("reference", _printable(finding.reference)),
        ("marking", marking_text(finding.marking, language)),
        *radio_measures(finding, language),
    )
    return tuple((key, value) for key, value in told if value)


def _printable(text: str) -> str:
    """Return text without what prints nothing or turns what stands around it."""
    return "".join(" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())
