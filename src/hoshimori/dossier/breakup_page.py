"""The page of break-ups and separations: one file, on screen or on paper."""

from __future__ import annotations

from hoshimori.dossier.breakup_plots import cloud_plot, gabbard_plot
from hoshimori.dossier.breakup_wording import (
    breakup_measures,
    breakup_sentences,
    candidates_text,
    cause_text,
    evidence_text,
    rate_text,
    rates_text,
)
from hoshimori.dossier.explanations import rarity_sentence
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, section, term, with_times
from hoshimori.dossier.quantities import interval_text, utc_text
from hoshimori.dossier.report_page import report_heading, report_page
from hoshimori.dossier.wording import confidence_text, headline, name_of
from hoshimori.model.breakup_report import BreakupEvent, BreakupReport

_MOST_CROSSINGS = 12


def breakup_page(report: BreakupReport, language: Language, command: str) -> str:
    """Return the report as an HTML page that needs nothing else.

    `command` is the command line that makes the same page again. The same report gives the same
    bytes; names are escaped; there is no script.
    """
    title = say(language, "breakup.page.title")
    events = (_event(n, e, report, language) for n, e in enumerate(report.breakups, start=1))
    main = tag("main", *events, _separations(report, language), _unseen(report, language))
    heading = _heading(report, title, command, language)
    return report_page(title, report.as_of_utc, report.reality, language, heading, main)


def _heading(report: BreakupReport, title: str, command: str, language: Language) -> Html:
    facts = (
        term(say(language, "page.as_of"), with_times(utc_text(report.as_of_utc))),
        term(say(language, "sources.heading"), ", ".join(report.catalogues), wide=True),
    )
    return report_heading(title, facts, command)


def _event(number: int, event: BreakupEvent, report: BreakupReport, language: Language) -> Html:
    finding = event.finding
    told = say(language, "sentence.gap").join(
        (
            *breakup_sentences(finding, report.names, language),
            rarity_sentence(finding.base_rate, language),
            say(language, "explain.breakup.limit"),
        )
    )
    gabbard = figure(
        gabbard_plot(finding, language, name=f"gabbard-{number}"),
        say(language, "breakup.page.gabbard"),
        say(language, "breakup.page.gabbard.key"),
    )
    cloud = figure(
        cloud_plot(finding, language, name=f"cloud-{number}"),
        say(language, "breakup.page.cloud"),
        say(language, "breakup.page.cloud.key"),
    )
    return section(
        f"breakup-{number}",
        headline(finding, report.names, language),
        tag("p", with_times(told)),
        tag("p", say(language, "breakup.next.breakup")),
        gabbard,
        cloud,
        _causes(event, report, language),
        _crossings(event, report, language),
        _numbers(event, language),
    )


def _causes(event: BreakupEvent, report: BreakupReport, language: Language) -> Html:
    keys = ("breakup.causes", "breakup.for", "breakup.against")
    rows = (
        (
            cause_text(cause, language),
            evidence_text(cause.speaks_for, report.names, language),
            evidence_text(cause.speaks_against, report.names, language),
        )
        for cause in event.causes
    )
    drawn = table(tuple(say(language, key) for key in keys), rows)
    return joined(in_scroll(drawn), tag("p", say(language, "breakup.missing"), class_="note"))


def _crossings(event: BreakupEvent, report: BreakupReport, language: Language) -> Html:
    crossed = [c for c in event.crossings if c.modelled_per_day.high > 0.0][:_MOST_CROSSINGS]
    if not crossed:
        return tag("p", say(language, "breakup.crossings.none"))
    head = tuple(
        say(language, f"breakup.column.{key}") for key in ("asset", "catalogued", "modelled")
    )
    rows = (
        (
            name_of(one.norad_id, report.names, language),
            rate_text(one.catalogued_per_day),
            rates_text(one.modelled_per_day),
        )
        for one in crossed
    )
    title = say(language, "breakup.crossings", within=f"{crossed[0].within_km:g}")
    note = tag("p", say(language, "breakup.crossings.note"), class_="note")
    return joined(tag("h4", title), in_scroll(table(head, rows)), note)


def _numbers(event: BreakupEvent, language: Language) -> Html:
    finding = event.finding
    told = [
        term(say(language, f"measure.{key}"), with_times(value))
        for key, value in breakup_measures(finding, language)
    ]
    confidence = confidence_text(finding.confidence, language)
    because = tag("span", finding.confidence_because, lang="en")
    told += [
        term(say(language, "measure.confidence"), confidence),
        term(say(language, "measure.because"), because),
        term(say(language, "measure.detector"), finding.detector),
        term(say(language, "measure.finding"), tag("code", finding.finding_id), wide=True),
    ]
    numbers = tag("dl", *told, class_="numbers")
    summary = tag("summary", say(language, "incidents.numbers"))
    return tag("details", summary, numbers, class_="fold")


def _separations(report: BreakupReport, language: Language) -> Html:
    if not report.separations:
        return Html()
    head = tuple(
        say(language, f"breakup.column.{key}") for key in ("what", "when", "speed", "candidates")
    )
    rows = (
        (
            headline(one, report.names, language),
            with_times(f"{utc_text(one.start_utc)} – {utc_text(one.end_utc)}"),
            interval_text(one.relative_speed_m_s, "m/s", language),
            candidates_text(one.candidates, report.names, language),
        )
        for one in report.separations
    )
    return section(
        "separations",
        say(language, "kind.separation"),
        in_scroll(table(head, rows)),
        tag("p", say(language, "explain.separation.limit"), class_="note"),
    )


def _unseen(report: BreakupReport, language: Language) -> Html:
    told = say(
        language,
        "breakup.unreported",
        deployed=f"{report.unreported.deployed:,}",
        launches=f"{report.unreported.launches:,}",
        late=f"{report.unreported.late:,}",
    )
    return tag("p", told, " ", say(language, "breakup.waits"), class_="note")
