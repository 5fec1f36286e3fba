"""The page of a located signal: one file, on screen or on paper; areas, never points."""

from __future__ import annotations

from dataclasses import astuple, fields

from hoshimori.dossier.geolocation_plot import located_plot
from hoshimori.dossier.geolocation_wording import (
    LocatedRow,
    located_notes,
    located_row,
    located_summary,
    note_of,
    place_of,
    refused_lines,
    size_of,
)
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, table, tag
from hoshimori.dossier.page_pieces import figure, in_scroll, next_step, section, term, with_times
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.report_page import report_heading, report_page
from hoshimori.model.geolocation import EmitterArea, GeolocationReport

_MOST_DRAWN = 6


def geolocation_page(report: GeolocationReport, language: Language, command: str) -> str:
    """Return the report as an HTML page that needs nothing else.

    `command` is the command line that makes the same page again. The same report gives the same
    bytes; there is no script.
    """
    title = say(language, "geolocation.title")
    drawn = (
        _area(number, area, report, language)
        for number, area in enumerate(report.areas[:_MOST_DRAWN], 1)
    )
    main = tag("main", _summary(report, language), *drawn, _limits(report, language))
    heading = _heading(report, title, command, language)
    return report_page(title, report.end_utc, report.reality, language, heading, main)


def _heading(report: GeolocationReport, title: str, command: str, language: Language) -> Html:
    when = " – ".join(dict.fromkeys((utc_text(report.start_utc), utc_text(report.end_utc))))
    facts = (
        term(say(language, "geolocation.page.when"), with_times(when)),
        term(say(language, "sources.heading"), ", ".join(report.files), wide=True),
    )
    shown = f"{title}: {report.title}" if report.title else title
    return report_heading(shown, facts, command)


def _summary(report: GeolocationReport, language: Language) -> Html:
    words = joined(
        tag("p", tag("b", located_summary(report, language))),
        next_step(say(language, "geolocation.next"), language),
    )
    head = tuple(say(language, f"geolocation.column.{f.name}") for f in fields(LocatedRow))
    rows = (astuple(located_row(one, report.longest_km, language)) for one in report.areas)
    return joined(words, in_scroll(table(head, rows)))


def _area(number: int, area: EmitterArea, report: GeolocationReport, language: Language) -> Html:
    drawn = figure(
        located_plot(area, language, name=f"located-{number}"),
        say(language, "geolocation.page.map"),
        say(language, "geolocation.page.map.key"),
    )
    place = place_of(area, language)
    heading = say(language, "geolocation.page.area", number=str(number), place=place)
    limits = [tag("li", note_of(one, report.longest_km, language)) for one in area.warnings]
    told = tag("ul", *limits) if limits else Html()
    return section(
        f"located-{number}-heading", heading, tag("p", size_of(area, language)), drawn, told
    )


def _limits(report: GeolocationReport, language: Language) -> Html:
    notes = [tag("p", with_times(one)) for one in located_notes(report, language)]
    refused = [tag("p", with_times(one)) for one in refused_lines(report, language)]
    heading = say(language, "geolocation.page.limits")
    return section("located-limits", heading, *notes, *refused)
