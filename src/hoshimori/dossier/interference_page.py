"""The page of lost satellite navigation: one file, on screen or on paper."""

from __future__ import annotations

from dataclasses import astuple, fields

from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.interference_plots import area_plot, trend_plot
from hoshimori.dossier.interference_rows import AreaRow, area_row, shown_areas
from hoshimori.dossier.interference_wording import (
    coverage_sentence,
    limit_sentence,
    next_sentence,
    summary_sentence,
)
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.markup import Html, joined, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, next_step, section, term, with_times
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.report_page import report_heading, report_page
from hoshimori.dossier.wording import confidence_text, headline
from hoshimori.model.findings import Interference
from hoshimori.model.interference_report import InterferenceReport


def interference_page(report: InterferenceReport, language: Language, command: str) -> str:
    """Return the report as an HTML page that needs nothing else.

    `command` is the command line that makes the same page again. The same report gives the same
    bytes; there is no script. The largest new areas are told in full, all others in the table.
    """
    title = say(language, "interference.page.title")
    told = (_area(n, one, report, language) for n, one in enumerate(shown_areas(report.areas), 1))
    main = tag("main", _summary(report, language), *told, _unseen(report, language))
    heading = _heading(report, title, command, language)
    return report_page(title, report.as_of_utc, report.reality, language, heading, main)


def _heading(report: InterferenceReport, title: str, command: str, language: Language) -> Html:
    facts = (
        term(say(language, "page.as_of"), with_times(utc_text(report.as_of_utc))),
        term(say(language, "sources.heading"), ", ".join(report.files), wide=True),
    )
    return report_heading(title, facts, command)


def _summary(report: InterferenceReport, language: Language) -> Html:
    words = joined(
        tag("p", tag("b", summary_sentence(report, language))),
        next_step(next_sentence(report, language), language),
    )
    if not report.areas:
        return words
    head = tuple(say(language, f"interference.column.{f.name}") for f in fields(AreaRow))
    told = len(shown_areas(report.areas))
    rows = (
        _linked(number, tuple(map(with_times, astuple(area_row(one, language)))), told)
        for number, one in enumerate(report.areas, 1)
    )
    return joined(words, in_scroll(table(head, rows)))


def _linked(number: int, row: tuple[str, ...], told: int) -> tuple[str, ...]:
    """Return a row whose place leads to where it is told in full, where it is."""
    return (tag("a", row[0], href=f"#area-{number}-heading"), *row[1:]) if number <= told else row


def _area(
    number: int, finding: Interference, report: InterferenceReport, language: Language
) -> Html:
    drawn = figure(
        area_plot(finding, language, name=f"area-{number}"),
        say(language, "interference.page.map"),
        say(language, "interference.page.map.key"),
    )
    trend = Html()
    if len(finding.days) > 1:
        drawn_days = trend_plot(finding, language, name=f"trend-{number}")
        trend = figure(drawn_days, say(language, "interference.page.trend"), "")
    return section(
        f"area-{number}-heading",
        headline(finding, {}, language),
        tag("p", with_times(explanation(finding, {}, language))),
        drawn,
        trend,
        _numbers(finding, report, language),
    )


def _numbers(finding: Interference, report: InterferenceReport, language: Language) -> Html:
    told = [
        term(one.label, with_times(one.value))
        for one in measures(finding, report.as_of_utc, language)
    ]
    because = tag("span", finding.confidence_because, lang="en")
    confidence = confidence_text(finding.confidence, language)
    told += [
        term(say(language, "measure.confidence"), confidence),
        term(say(language, "measure.because"), because),
        term(say(language, "measure.detector"), finding.detector),
        term(say(language, "measure.finding"), tag("code", finding.finding_id), wide=True),
    ]
    numbers = tag("dl", *told, class_="numbers")
    summary = tag("summary", say(language, "incidents.numbers"))
    return tag("details", summary, numbers, class_="fold")


def _unseen(report: InterferenceReport, language: Language) -> Html:
    told = [coverage_sentence(report, language), limit_sentence(report, language)]
    if report.rejected:
        told.append(say_count(language, "interference.rejected", report.rejected))
    return tag("p", say(language, "sentence.gap").join(told), class_="note")
