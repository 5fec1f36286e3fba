"""The part of a page that tells each incident: sentences, plots, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hoshimori.dossier.board_rows import findings_by_id
from hoshimori.dossier.breakup_plots import gabbard_plot
from hoshimori.dossier.explanations import explanation
from hoshimori.dossier.finding_measures import measures
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, tag
from hoshimori.dossier.page_pieces import figure, mark, reality_chip, section, term, with_times
from hoshimori.dossier.plots import longitude_plot, relative_motion_plot
from hoshimori.dossier.wording import (
    attention_text,
    confidence_text,
    direction_text,
    headline,
    is_docked,
    kind_text,
    next_step_text,
    pair_of,
    when,
)
from hoshimori.model.board import WatchBoard
from hoshimori.model.findings import AnyFinding, Breakup, GeoNeighbour, Proximity
from hoshimori.model.incidents import Attention, Incident

MOST_PLOTS = 24
"""Findings that get a plot of their own; the board's order decides which."""
MOST_ROUTINE_DETAILS = 40
"""Routine incidents that are told one by one below the board."""
MOST_FINDINGS_IN_FULL = 6
"""Findings of one incident that are told in full, the rarest first."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """What every piece of this part needs to know."""

    board: WatchBoard
    language: Language
    known: Mapping[str, AnyFinding]
    plot_numbers: Mapping[str, int]
    """Which findings get a plot, and its number on the page."""

    def say(self, key: str, **values: str) -> str:
        return say(self.language, key, **values)

    def headline(self, finding: AnyFinding) -> str:
        return headline(finding, self.board.names, self.language)


def incident_sections(board: WatchBoard, language: Language) -> Html:
    """Return the incidents that want attention in full, and the routine ones folded away."""
    if not board.incidents:
        return Html()
    known = findings_by_id(board)
    drawable = list(_drawable(board, known))
    numbers = {finding_id: n for n, finding_id in enumerate(drawable[:MOST_PLOTS], start=1)}
    telling = _Telling(board, language, known, numbers)
    numbered = list(enumerate(board.incidents, start=1))
    wanting = [one for one in numbered if one[1].attention is not Attention.LOG]
    routine = [one for one in numbered if one[1].attention is Attention.LOG]
    return section(
        "incidents",
        telling.say("incidents.heading"),
        _note_on_plots(telling, len(drawable)),
        *(_incident(telling, *one) for one in wanting),
        _routine(telling, routine),
    )


def anchor(number: int) -> str:
    """Return the id under which the page tells the incident of that place on the board."""
    return f"incident-{number}"


def _drawable(board: WatchBoard, known: Mapping[str, AnyFinding]) -> Iterator[str]:
    for incident in board.incidents:
        yield from (i for i in incident.finding_ids if _can_be_drawn(known[i]))


def _can_be_drawn(finding: AnyFinding) -> bool:
    if isinstance(finding, Breakup):
        return True
    if not isinstance(finding, Proximity | GeoNeighbour) or is_docked(finding):
        return False
    return len(finding.track.times_utc) > 1


def _note_on_plots(telling: _Telling, total: int) -> Html:
    drawn = len(telling.plot_numbers)
    if total <= drawn:
        return Html()
    words = telling.say("incidents.plots_capped", drawn=str(drawn), total=f"{total:,}")
    return tag("p", words, class_="note")


def _routine(telling: _Telling, routine: Sequence[tuple[int, Incident]]) -> Html:
    if not routine:
        return Html()
    left_out = len(routine) - MOST_ROUTINE_DETAILS
    note = Html()
    if left_out > 0:
        words = telling.say("incidents.cut", number=f"{left_out:,}")
        note = tag("p", words, class_="note")
    heading = telling.say("incidents.routine", number=f"{len(routine):,}")
    told = (_incident(telling, *one) for one in routine[:MOST_ROUTINE_DETAILS])
    return tag("details", tag("summary", heading), *told, note)


def _incident(telling: _Telling, number: int, incident: Incident) -> Html:
    findings = [telling.known[i] for i in incident.finding_ids]
    alone = len(findings) == 1
    return tag(
        "article",
        _head(telling, incident, findings[0]),
        _next_line(telling, incident),
        *(_finding(telling, f, alone=alone) for f in findings[:MOST_FINDINGS_IN_FULL]),
        _further(telling, findings[MOST_FINDINGS_IN_FULL:]),
        class_=f"incident {incident.attention.name.lower()}",
        id=anchor(number),
    )


def _head(telling: _Telling, incident: Incident, lead: AnyFinding) -> Html:
    return tag(
        "header",
        tag(
            "h3",
            mark(incident.attention),
            telling.headline(lead),
            reality_chip(incident.reality, telling.language),
        ),
        tag("span", attention_text(incident.attention, telling.language), class_="word"),
    )


def _next_line(telling: _Telling, incident: Incident) -> Html:
    language = telling.language
    pairs = (
        ("column.next", next_step_text(incident.next_step, language)),
        ("column.confidence", confidence_text(incident.confidence, language)),
        ("column.direction", direction_text(incident.direction, language)),
    )
    told = [joined(telling.say(key), ": ", tag("b", value), " · ") for key, value in pairs]
    name = joined(telling.say("column.incident"), " ", tag("code", incident.incident_id))
    return tag("p", *told, name, class_="next")


def _further(telling: _Telling, findings: Sequence[AnyFinding]) -> Html:
    """Return one line for each finding that is not told in full."""
    if not findings:
        return Html()
    lines = (tag("li", telling.headline(finding)) for finding in findings)
    words = telling.say("incidents.further", number=f"{len(findings):,}")
    return tag("details", tag("summary", words), tag("ul", *lines), class_="fold")


def _finding(telling: _Telling, finding: AnyFinding, *, alone: bool) -> Html:
    title = Html()
    if not alone:
        moment = when(finding, telling.board.as_of_utc, telling.language)
        title = tag("h4", f"{kind_text(finding, telling.language)} · ", with_times(moment))
    told = explanation(finding, telling.board.names, telling.language)
    return joined(
        title,
        tag("p", with_times(told)),
        _plot(telling, finding),
        tag(
            "details",
            tag("summary", telling.say("incidents.numbers")),
            _numbers(telling, finding),
            class_="fold",
        ),
    )


def _numbers(telling: _Telling, finding: AnyFinding) -> Html:
    told = measures(finding, telling.board.as_of_utc, telling.language)
    confidence = confidence_text(finding.confidence, telling.language)
    because = tag("span", finding.confidence_because, lang="en")
    digests = tag("span", ", ".join(finding.basis), class_="digest")
    wide = (
        ("measure.confidence", confidence),
        ("measure.because", because),
        ("measure.detector", finding.detector),
        ("measure.finding", tag("code", finding.finding_id)),
        ("measure.basis", digests),
    )
    return tag(
        "dl",
        *(term(one.label, with_times(one.value)) for one in told),
        *(term(telling.say(key), value, wide=True) for key, value in wide),
        class_="numbers",
    )


def _plot(telling: _Telling, finding: AnyFinding) -> Html:
    number = telling.plot_numbers.get(finding.finding_id)
    if number is not None and isinstance(finding, Breakup):
        drawn = gabbard_plot(finding, telling.language, name=f"plot-{number}")
        key = telling.say("breakup.page.gabbard.key")
        return figure(drawn, telling.say("breakup.page.gabbard"), key)
    if number is None or not isinstance(finding, Proximity | GeoNeighbour):
        return Html()
    board, language, name = telling.board, telling.language, f"plot-{number}"
    asset, other = pair_of(finding, board.names, language)
    if isinstance(finding, Proximity):
        drawn = relative_motion_plot(finding, board.names, board.as_of_utc, language, name=name)
        title = telling.say("plot.rtn.title", asset=asset, other=other)
        return figure(drawn, title, telling.say("plot.rtn.key"))
    drawn = longitude_plot(finding, board.names, board.as_of_utc, language, name=name)
    title = telling.say("plot.geo.title", asset=asset, other=other)
    half = f"{finding.slot_half_width_deg:g}"
    return figure(drawn, title, telling.say("plot.geo.key", asset=asset, other=other, half=half))
