"""The page of disturbed receivers and satellite links: one file, on screen or on paper."""

from __future__ import annotations

from dataclasses import astuple, fields

from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, next_step, section, term, with_times
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.receiver_plots import course_plot
from hoshimori.dossier.receiver_rows import ReceiverRow, receiver_row, shown_disturbances
from hoshimori.dossier.receiver_wording import (
    quantity_text,
    receivers_next,
    receivers_notes,
    receivers_summary,
)
from hoshimori.dossier.report_page import report_heading, report_page
from hoshimori.dossier.wording import confidence_text, headline
from hoshimori.model.findings import ReceiverInterference
from hoshimori.model.receiver_report import ReceiverReport


def receiver_page(report: ReceiverReport, language: Language, command: str) -> str:
    """Return the report as an HTML page that needs nothing else.

    `command` is the command line that makes the same page again. The same report gives the same
    bytes; there is no script.
    """
    title = say(language, "receivers.page.title")
    shown = shown_disturbances(report.findings)
    told = (_disturbance(n, one, report, language) for n, one in enumerate(shown, 1))
    notes = say(language, "sentence.gap").join(receivers_notes(report, language))
    main = tag("main", _summary(report, language), *told, tag("p", notes, class_="note"))
    heading = _heading(report, title, command, language)
    return report_page(title, report.as_of_utc, report.reality, language, heading, main)


def _heading(report: ReceiverReport, title: str, command: str, language: Language) -> Html:
    facts = (
        term(say(language, "page.as_of"), with_times(utc_text(report.as_of_utc))),
        term(say(language, "sources.heading"), ", ".join(report.files), wide=True),
    )
    return report_heading(title, facts, command)


def _summary(report: ReceiverReport, language: Language) -> Html:
    words = joined(
        tag("p", tag("b", receivers_summary(report, language))),
        next_step(receivers_next(report, language), language),
    )
    if not report.findings:
        return words
    head = tuple(say(language, f"receivers.column.{f.name}") for f in fields(ReceiverRow))
    told = len(shown_disturbances(report.findings))
    rows = (
        _linked(number, tuple(map(with_times, astuple(receiver_row(one, language)))), told)
        for number, one in enumerate(report.findings, 1)
    )
    return joined(words, in_scroll(table(head, rows)))


def _linked(number: int, row: tuple[str, ...], told: int) -> tuple[str, ...]:
    """Return a row whose receiver leads to where it is told in full, where it is."""
    return (tag("a", row[0], href=f"#course-{number}-heading"), *row[1:]) if number <= told else row


def _disturbance(
    number: int, finding: ReceiverInterference, report: ReceiverReport, language: Language
) -> Html:
    quantity = quantity_text(finding.leading, language)
    drawn = figure(
        course_plot(finding, language, name=f"course-{number}"),
        say(language, "receivers.page.course", quantity=quantity),
        say(language, "receivers.page.course.key"),
    )
    told = [
        term(one.label, with_times(one.value))
        for one in measures(finding, report.as_of_utc, language)
    ]
    told += [
        term(say(language, "measure.confidence"), confidence_text(finding.confidence, language)),
        term(say(language, "measure.because"), tag("span", finding.confidence_because, lang="en")),
        term(say(language, "measure.detector"), finding.detector),
        term(say(language, "measure.finding"), tag("code", finding.finding_id), wide=True),
    ]
    summary = tag("summary", say(language, "incidents.numbers"))
    numbers = tag("details", summary, tag("dl", *told, class_="numbers"), class_="fold")
    return section(
        f"course-{number}-heading",
        headline(finding, {}, language),
        tag("p", with_times(explanation(finding, {}, language))),
        drawn,
        numbers,
    )
