"""The page of lost satellite navigation: one file, on screen or on paper."""

from __future__ import annotations

from dataclasses import astuple, fields

from hoshimori import __version__
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.interference_plots import area_plot, trend_plot
from hoshimori.dossier.interference_rows import AreaRow, area_row, shown_areas
from hoshimori.dossier.interference_wording import coverage_sentence, summary_sentence
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.markup import Html, joined, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, section, term, with_times
from hoshimori.dossier.page_style import STYLE
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.wording import confidence_text, headline, reality_text
from hoshimori.model.findings import Interference
from hoshimori.model.interference_report import InterferenceReport
from hoshimori.model.provenance import Reality

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def interference_page(report: InterferenceReport, language: Language, command: str) -> str:
    """Return the report as an HTML page that needs nothing else.

    `command` is the command line that makes the same page again. The same report gives the same
    bytes; there is no script. The largest new areas are told in full, all others in the table.
    """
    title = say(language, "interference.page.title")
    real = report.reality is Reality.REAL
    shown = title if real else f"[{reality_text(report.reality, language)}] {title}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{shown} {utc_text(report.as_of_utc)} · Hoshimori"),
        tag("style", Html(STYLE)),
    )
    told = (_area(n, one, report, language) for n, one in enumerate(shown_areas(report.areas), 1))
    main = tag("main", _summary(report, language), *told, _unseen(report, language))
    foot = tag("footer", tag("p", say(language, "page.footer", version=__version__)))
    content = tag("div", _heading(report, title, command, language), main, foot, class_="content")
    body = tag("body", tag("div", _banner(report, language), content, class_="sheet"))
    page = tag("html", head, body, lang=language.value)
    return f"<!DOCTYPE html>\n{page}\n"


def _banner(report: InterferenceReport, language: Language) -> Html:
    kind = report.reality.name.lower()
    meaning = Html()
    if report.reality is not Reality.REAL:
        meaning = tag("span", say(language, f"reality.{kind}.meaning"))
    line = tag("div", tag("b", reality_text(report.reality, language)), meaning)
    return tag("aside", line, class_=f"running {kind}")


def _heading(report: InterferenceReport, title: str, command: str, language: Language) -> Html:
    facts = (
        term(say(language, "page.as_of"), with_times(utc_text(report.as_of_utc))),
        term(say(language, "sources.heading"), ", ".join(report.files), wide=True),
    )
    brand = tag("p", tag("b", "星守 Hoshimori"), class_="brand")
    rerun = tag("p", tag("code", command))
    return tag("header", brand, tag("h1", title), tag("dl", *facts, class_="facts"), rerun)


def _summary(report: InterferenceReport, language: Language) -> Html:
    words = tag("p", tag("b", summary_sentence(report, language)))
    if not report.areas:
        return words
    head = tuple(say(language, f"interference.column.{f.name}") for f in fields(AreaRow))
    rows = (astuple(area_row(one, language)) for one in report.areas)
    return joined(words, in_scroll(table(head, rows)))


def _area(
    number: int, finding: Interference, report: InterferenceReport, language: Language
) -> Html:
    drawn = figure(
        area_plot(finding, language, name=f"area-{number}"),
        say(language, "interference.page.map"),
        say(language, "interference.page.map.key"),
    )
    trend = figure(
        trend_plot(finding, language, name=f"trend-{number}"),
        say(language, "interference.page.trend"),
        "",
    )
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
    told = [coverage_sentence(report, language), say(language, "explain.interference.limit")]
    if report.rejected:
        told.append(say_count(language, "interference.rejected", report.rejected))
    return tag("p", say(language, "sentence.gap").join(told), class_="note")
