"""Report of harmful interference in the form of Appendix 10 of the ITU Radio Regulations.

The form is one of administrations: who reports must check it, fill what is missing, and send it.
What is not known stays blank and is listed; nothing is guessed.

Source: ITU Radio Regulations, Appendix 10 (items a to x) and Article 15, section VI.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from hoshimori.errors import FormatError
from hoshimori.formats.appendix10_radio import (
    harmful,
    items_of_emitters,
    items_of_receivers,
    items_of_reports,
)
from hoshimori.formats.export_marks import marking_banner
from hoshimori.model.exports import GroundArea, IncidentExport, edges_of
from hoshimori.model.reports import OperatorReport, Statement

CAUSING = "Particulars concerning the station causing the interference"
INTERFERED = "Particulars concerning the transmitting station interfered with"
RECEIVING = "Particulars furnished by the receiving station experiencing the interference"

ITEMS: Mapping[str, tuple[str, str]] = {
    "a": (CAUSING, "Name, call sign or other means of identification"),
    "b": (CAUSING, "Frequency measured, date and time (UTC)"),
    "c": (CAUSING, "Class of emission"),
    "d": (CAUSING, "Bandwidth (measured or estimated)"),
    "e": (CAUSING, "Measured field strength or power flux-density, date and time (UTC)"),
    "f": (CAUSING, "Observed polarization"),
    "g": (CAUSING, "Class of station and nature of service"),
    "h": (CAUSING, "Location, position, area or bearing (QTE)"),
    "i": (CAUSING, "Location of the facility which made the above measurements"),
    "j": (INTERFERED, "Name, call sign or other means of identification"),
    "k": (INTERFERED, "Frequency assigned"),
    "l": (INTERFERED, "Frequency measured, date and time (UTC)"),
    "m": (INTERFERED, "Class of emission"),
    "n": (INTERFERED, "Bandwidth (measured, estimated or notified)"),
    "o": (INTERFERED, "Location, position or area"),
    "p": (INTERFERED, "Location of the facility which made the above measurements"),
    "q": (RECEIVING, "Name of station"),
    "r": (RECEIVING, "Location, position or area"),
    "s": (RECEIVING, "Dates and times (UTC) of occurrence of harmful interference"),
    "t": (RECEIVING, "Bearings (QTE) or other particulars"),
    "u": (RECEIVING, "Nature of interference"),
    "v": (RECEIVING, "Field strength or power flux-density of the wanted emission"),
    "w": (RECEIVING, "Polarization of the receiving antenna or observed polarization"),
    "x": (RECEIVING, "Action requested"),
}
"""Letter, part and name of each item."""

_OF_INTERFERENCE = {
    Statement.LINK_INTERFERENCE,
    Statement.NAVIGATION_DISTURBED,
    Statement.RADIO_OR_CYBER_EFFECT,
}


def write_appendix10(what: IncidentExport) -> bytes:
    """Return the form with what is known, as text.

    Raises:
        FormatError: the incident tells of no interference.
    """
    reports = [report for report in what.reports if report.statement in _OF_INTERFERENCE]
    if not (what.areas or reports or harmful(what.findings)):
        raise FormatError("no interference in this incident: there is nothing to report in it")
    known = known_items(what, reports)
    marks = (what.reality.value, marking_banner(what.marking))
    about = f"Incident {what.incident.incident_id}, as of {_time(what.as_of_utc)}"
    return form_of(known, marks=marks, about=about)


def form_of(known: Mapping[str, str], *, marks: tuple[str, ...], about: str) -> bytes:
    """Return the form with the items that are known, by letter; what they lack is listed."""
    lines = [*marks, "", "REPORT OF HARMFUL INTERFERENCE", "ITU Radio Regulations, Appendix 10"]
    lines += [_line(about)]
    lines += ["Draft by software from public data; to be checked by the administration."]
    part = ""
    for letter, (of, name) in ITEMS.items():
        if of != part:
            lines += ["", f"{of}:"]
            part = of
        lines.append(f"{letter}  {name}: {_line(known.get(letter, ''))}".rstrip())
    blank = [letter for letter in ITEMS if letter not in known]
    lines += ["", f"Not known, left blank: {', '.join(blank)}", "", *marks]
    return ("\n".join(lines) + "\n").encode("utf-8")


def known_items(what: IncidentExport, reports: list[OperatorReport]) -> dict[str, str]:
    """Return the items that the incident tells, by letter."""
    areas = tuple(area for area in what.areas if not area.is_emitter)
    spans = [(a.start_utc, a.end_utc) for a in areas]
    spans += [(r.start_utc, r.end_utc) for r in reports]
    known = {"s": "; ".join(f"{_time(a)} to {_time(b)}" for a, b in sorted(set(spans)))}
    if areas:
        known["r"] = "; ".join(map(_place, areas))
    nature = [*_of_areas(areas), *(_stated(report) for report in reports)]
    known["u"] = "; ".join(nature)
    if what.objects:
        known["j"] = ", ".join(_line(what.name_of(norad_id)) for norad_id in what.incident.assets)
    radio = (
        *items_of_receivers(harmful(what.findings)),
        *items_of_emitters(what.findings),
        *items_of_reports(reports),
    )
    for letter, text in radio:
        told = known.get(letter, "")
        if text not in told.split("; "):
            known[letter] = f"{told}; {text}" if told else text
    return {letter: text for letter, text in known.items() if text}


def _of_areas(areas: tuple[GroundArea, ...]) -> Iterator[str]:
    for area in areas:
        share = "" if area.share is None else f", {area.share * 100.0:.0f} % of the receivers"
        yield f"reception of satellite navigation disturbed in {_line(area.name)}{share}"


def _stated(report: OperatorReport) -> str:
    return f"{report.statement.value}, stated by {_line(report.source)} (graded {report.grade})"


def _place(area: GroundArea) -> str:
    edges = edges_of(area)
    return (
        f"{_line(area.name)}: latitude {edges.south_deg:.2f} to {edges.north_deg:.2f}, "
        f"longitude {edges.west_deg:.2f} to {edges.east_deg:.2f} (WGS-84, degrees)"
    )


def _line(text: str) -> str:
    """Return a text without what would end its line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
