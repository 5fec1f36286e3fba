"""The page of candidate causes: one file that needs nothing else."""

from __future__ import annotations

from dataclasses import astuple, fields

from hoshimori.dossier.cause_rows import CauseObjectRow, CauseRow, cause_object_rows, cause_row
from hoshimori.dossier.cause_wording import (
    assumptions_sentence,
    rarest_sentence,
    summary_sentence,
    where_sentence,
)
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, table, tag
from hoshimori.dossier.page_pieces import in_scroll, next_step, section, term, with_times
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.report_page import report_heading, report_page
from hoshimori.dossier.wording import name_of
from hoshimori.model.candidate_causes import CauseReport


def cause_page(report: CauseReport, language: Language, command: str) -> str:
    """Return the report as an HTML page that needs nothing else.

    `command` is the command line that makes the same page again. The same report gives the same
    bytes; there is no script.
    """
    asset = name_of(report.norad_id, report.names, language)
    title = f"{say(language, 'cause.page.title')} · {asset}"
    main = tag("main", _summary(report, language), _objects(report, language))
    heading = _heading(report, title, command, language)
    return report_page(title, report.at_utc, report.reality, language, heading, main)


def _heading(report: CauseReport, title: str, command: str, language: Language) -> Html:
    facts = (
        term(say(language, "cause.column.at"), with_times(utc_text(report.at_utc))),
        term(say(language, "page.as_of"), with_times(utc_text(report.as_of_utc))),
    )
    return report_heading(title, facts, command)


def _summary(report: CauseReport, language: Language) -> Html:
    head = tuple(say(language, f"cause.column.{f.name}") for f in fields(CauseRow))
    rows = (
        tuple(with_times(cell) for cell in astuple(cause_row(one, report, language)))
        for one in report.candidates
    )
    gap = say(language, "sentence.gap")
    counted = gap.join((summary_sentence(report, language), rarest_sentence(report, language)))
    told = (say(language, f"cause.{name}") for name in ("note", "not_looked_at"))
    notes = gap.join((*told, assumptions_sentence(report, language)))
    return tag(
        "div",
        tag("p", with_times(where_sentence(report, language))),
        tag("p", tag("b", counted)),
        next_step(say(language, "cause.next"), language),
        in_scroll(table(head, rows)),
        tag("p", notes, class_="note"),
    )


def _objects(report: CauseReport, language: Language) -> Html:
    rows = [astuple(row) for row in cause_object_rows(report, language)]
    if not rows:
        return Html()
    head = tuple(say(language, f"cause.column.{f.name}") for f in fields(CauseObjectRow))
    shown = in_scroll(table(head, (tuple(map(with_times, row)) for row in rows)))
    return section("objects-heading", say(language, "cause.page.objects"), shown)
