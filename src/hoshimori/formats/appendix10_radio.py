"""Items of the form of Appendix 10 from receivers, located emitters, and what operators state.

Only what was measured or stated: an operator's observation of the interfering emission stands among
the particulars of the station that causes it, and names no station.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from hoshimori.model.exports import edges_of_rings
from hoshimori.model.findings import (
    EmitterInterference,
    LocatedArea,
    ReceiverInterference,
    Reception,
)
from hoshimori.model.geolocation import StateSource
from hoshimori.model.radio_particulars import RadioParticulars
from hoshimori.model.receivers import Polarisation, Quantity
from hoshimori.model.reports import OperatorReport

_HARMFUL = (Reception.ALL_FELL, Reception.STRONGER_ALIKE, Reception.UNCLEAR)
Told = Iterator[tuple[str, str]]


def harmful(findings: Sequence[object]) -> tuple[ReceiverInterference, ...]:
    """Return the disturbances that may be harmful interference: no rain, no blank spot, no age."""
    return tuple(
        one
        for one in findings
        if isinstance(one, ReceiverInterference) and one.reception in _HARMFUL
    )


def items_of_receivers(findings: Sequence[ReceiverInterference]) -> Told:
    """Yield letter and text of what receivers measured."""
    for one in findings:
        band = f" ({line(one.band)})" if one.band else ""
        yield "q", line(one.receiver)
        yield "s", f"{to_the_second(one.start_utc)} to {to_the_second(one.end_utc)}"
        depth = f"{one.leading.value} {one.depth.low:+.1f} to {one.depth.high:+.1f}"
        unit = " decades" if one.leading is Quantity.BIT_ERRORS else " dB"
        yield "u", f"{one.link.value}{band}: {one.reception.value}, {depth}{unit}"
        if one.polarisation is not Polarisation.NOT_STATED:
            yield "w", one.polarisation.value


def items_of_emitters(findings: Sequence[object]) -> Told:
    """Yield letter and text of located emitters: their areas, and how these were measured."""
    for one in findings:
        if isinstance(one, EmitterInterference):
            yield from _of_emitter(one)


def _of_emitter(one: EmitterInterference) -> Told:
    span = f"{to_the_second(one.start_utc)} to {to_the_second(one.end_utc)}"
    if one.carrier_hz is not None:
        yield "b", f"{one.carrier_hz / 1e6:.6f} MHz, {span}"
    alike = f" [one of {len(one.areas)}, not told apart]" if len(one.areas) > 1 else ""
    for area in one.areas:
        yield "h", f"{located_text(area)}{alike}"
    yield "i", measured_text(one.satellites, (one.tdoa, one.fdoa, one.of_references))
    for receiver in one.receivers:
        yield "q", line(receiver)
    yield "s", span


def located_text(area: LocatedArea) -> str:
    """Return an area with its uncertainty: the ellipse, or the edges of a bent outline."""
    limits = ", ".join(one.value for one in area.warnings)
    return f"{_outlined(area)} (WGS-84, degrees){f' [{limits}]' if limits else ''}"


def _outlined(area: LocatedArea) -> str:
    ellipse = area.ellipse
    if ellipse is None:
        edges = edges_of_rings((area.ring_deg,))
        return (
            f"bent area that holds it with 95 %: {area.area_km2:,.0f} km2, {area.length_km:,.0f} "
            f"km long, latitude {edges.south_deg:.2f} to {edges.north_deg:.2f}, longitude "
            f"{edges.west_deg:.2f} to {edges.east_deg:.2f}"
        )
    return (
        f"ellipse that holds it with 95 %: half axes {ellipse.semi_major_km:.1f} and "
        f"{ellipse.semi_minor_km:.1f} km, long axis {ellipse.azimuth_deg:.0f} degrees from north "
        f"over east, around latitude {ellipse.latitude_deg:.3f}, longitude "
        f"{ellipse.longitude_deg:.3f}"
    )


def measured_text(satellites: Sequence[StateSource], counts: tuple[int, int, int]) -> str:
    """Return by way of what a signal was measured, and how often in time, frequency, references."""
    tdoa, fdoa, of_references = counts
    return (
        f"measured by way of {', '.join(line(one.satellite) for one in satellites)} ({tdoa} time "
        f"and {fdoa} frequency differences of arrival, {of_references} of reference emitters)"
    )


def items_of_reports(reports: Sequence[OperatorReport]) -> Told:
    """Yield letter and text of what operators state about radio."""
    for report in reports:
        if report.radio is not None:
            when = f"{to_the_second(report.start_utc)} to {to_the_second(report.end_utc)}"
            yield from _of_radio(report.radio, when)


def _of_radio(radio: RadioParticulars, when: str) -> Told:
    stated = radio.polarisation is not Polarisation.NOT_STATED
    told = (
        ("b", _number(radio.frequency_mhz, f" MHz, {when}")),
        ("c", line(radio.modulation)),
        ("d", _number(radio.bandwidth_khz, " kHz")),
        ("e", _number(radio.level_over_noise_db, f" dB over noise, {when}")),
        ("f", radio.polarisation.value if stated else ""),
        ("t", "" if radio.link is None else f"link: {radio.link.value}"),
        ("t", _named("beam", radio.beam)),
        ("t", _telemetry(radio)),
        ("t", _named("steps taken", radio.steps)),
        ("u", _named("effect on the service", radio.effect)),
    )
    yield from ((letter, text) for letter, text in told if text)


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.12g}{unit}"


def _named(name: str, text: str) -> str:
    return f"{name}: {line(text)}" if text else ""


def _telemetry(radio: RadioParticulars) -> str:
    start = radio.telemetry_start_utc
    if start is None:
        return ""
    end = radio.telemetry_end_utc or start
    return f"telemetry: {to_the_second(start)} to {to_the_second(end)}"


def line(text: str) -> str:
    """Return a text without what would end its line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def to_the_second(moment: datetime) -> str:
    """Return a moment in ISO 8601 UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
