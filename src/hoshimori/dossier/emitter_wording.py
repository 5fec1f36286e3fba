"""Located emitters as findings in words: areas with what limits them, never a point alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hoshimori.dossier.geolocation_wording import (
    chance_text,
    note_of,
    place_of,
    size_of,
    state_text,
)
from hoshimori.dossier.language import Language, say, say_count
from hoshimori.dossier.quantities import longitude_text, number_text
from hoshimori.dossier.receiver_wording import second_text
from hoshimori.model.exports import edges_of_rings
from hoshimori.model.findings_of_emitters import EmitterInterference, LocatedArea
from hoshimori.model.receivers import Polarisation

HEARD_SIGNALS = "HEARD_SIGNALS"

Pairs = tuple[tuple[str, str], ...]


def emitter_name(finding: EmitterInterference, language: Language) -> str:
    """Return what a signal is called, or that it has no name."""
    return _printable(finding.signal) or say(language, "emitter.unnamed")


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()


def emitter_headline(
    finding: EmitterInterference, names: Mapping[int, str], language: Language
) -> str:
    """Return what was located, in one line."""
    line = say_count(
        language,
        "headline.emitter",
        len(finding.areas),
        signal=emitter_name(finding, language),
        area=area_text(finding.areas[0], language),
    )
    disturbed = disturbed_text(finding, names, language)
    return (
        say(language, "headline.emitter.of", headline=line, link=disturbed) if disturbed else line
    )


def disturbed_text(
    finding: EmitterInterference, names: Mapping[int, str], language: Language
) -> str:
    """Return which links and receivers it is stated to disturb; empty where none is stated."""
    told = [_printable(name) for name in finding.receivers]
    for number in finding.objects:
        known = _printable(names.get(number, ""))
        key = "object.named" if known else "object.unnamed"
        told.append(say(language, key, name=known, number=str(number)))
    link = ""
    if finding.link is not None:
        link = say(language, f"receiver.link.{finding.link.name.lower()}")
    return say(language, "emitter.comma").join(filter(None, (*told, link)))


def area_text(area: LocatedArea, language: Language) -> str:
    """Return an area as ellipse around its middle, or where it is bent by its edges."""
    if area.ellipse is not None:
        size, place = size_of(area.ellipse, language), place_of(area.ellipse, language)
        return say(language, "emitter.ellipse", size=size, place=place)
    return say(
        language,
        "emitter.bent",
        length=number_text(area.length_km, 2),
        area=number_text(area.area_km2, 2),
        edges=edges_text(area, language),
    )


def emitter_area_name(finding: EmitterInterference, area: LocatedArea, language: Language) -> str:
    """Return what one area of an emitter is called: the signal, and the area."""
    return say(
        language,
        "emitter.area_name",
        signal=emitter_name(finding, language),
        area=area_text(area, language),
    )


def edges_text(area: LocatedArea, language: Language) -> str:
    """Return the latitudes and longitudes between which an outline lies."""
    edges = edges_of_rings((area.ring_deg,))
    return say(
        language,
        "emitter.edges",
        south=_latitude(edges.south_deg, language),
        north=_latitude(edges.north_deg, language),
        west=longitude_text(edges.west_deg, language),
        east=longitude_text(edges.east_deg, language),
    )


def _latitude(degrees_north: float, language: Language) -> str:
    key = "latitude.north" if degrees_north >= 0.0 else "latitude.south"
    return say(language, key, degrees=f"{abs(degrees_north):.2f}")


def emitter_when(finding: EmitterInterference, language: Language) -> str:
    """Return from when to when it was measured, to the second."""
    start, end = second_text(finding.start_utc), second_text(finding.end_utc)
    if start == end:
        return start
    return say(language, "receiver.until", start=start, end=end)


def emitter_sentences(finding: EmitterInterference, language: Language) -> tuple[str, ...]:
    """Return what was measured, which areas fit, and what limits them."""
    return tuple(_sentences(finding, language))


def _sentences(finding: EmitterInterference, language: Language) -> Iterator[str]:
    yield say(
        language,
        "explain.emitter",
        tdoa=f"{finding.tdoa:,}",
        fdoa=f"{finding.fdoa:,}",
        when=emitter_when(finding, language),
        satellites=say(language, "emitter.comma").join(
            state_text(one, language) for one in finding.satellites
        ),
    )
    yield _areas(finding, language)
    limits = limits_text(finding, language)
    if limits:
        yield say(language, "explain.emitter.limits", limits=limits)
    if finding.references:
        names = say(language, "emitter.comma").join(map(_printable, finding.references))
        number = f"{finding.of_references:,}"
        yield say(language, "explain.emitter.references", names=names, number=number)
    else:
        yield say(language, "geolocation.references.none")
    if finding.refused:
        yield say_count(language, "explain.emitter.refused", finding.refused)


def _areas(finding: EmitterInterference, language: Language) -> str:
    told = say(language, "emitter.semicolon").join(area_text(a, language) for a in finding.areas)
    return say_count(language, "explain.emitter.areas", len(finding.areas), areas=told)


def limits_text(finding: EmitterInterference, language: Language) -> str:
    """Return what limits any of the areas, each once; empty where nothing does."""
    warnings = dict.fromkeys(w for area in finding.areas for w in area.warnings)
    told = (note_of(one, finding.longest_km, language) for one in warnings)
    return say(language, "emitter.semicolon").join(told)


def emitter_measures(finding: EmitterInterference, language: Language) -> Pairs:
    """Return the numbers of a located emitter."""
    band = [_printable(finding.band)]
    if finding.polarisation is not Polarisation.NOT_STATED:
        band.append(finding.polarisation.value)
    missing = say(language, "missing")
    carrier = finding.carrier_hz
    told = [
        ("signal", emitter_name(finding, language)),
        ("disturbs", disturbed_text(finding, {}, language) or missing),
        ("carrier", missing if carrier is None else f"{carrier / 1e6:,.6f} MHz"),
        ("band", ", ".join(filter(None, band)) or missing),
    ]
    semicolon = say(language, "emitter.semicolon")
    for number, area in enumerate(finding.areas, 1):
        size = say(language, "emitter.size", area=number_text(area.area_km2, 2),
                   fit=chance_text(area.chance, language))  # fmt: skip
        head = f"{number}/{len(finding.areas)} " if len(finding.areas) > 1 else ""
        told.append(("emitter_area", f"{head}{semicolon.join((area_text(area, language), size))}"))
    counted = say(
        language,
        "emitter.counted",
        tdoa=f"{finding.tdoa:,}",
        fdoa=f"{finding.fdoa:,}",
        references=f"{finding.of_references:,}",
        refused=f"{finding.refused:,}",
    )
    told.append(("differences", counted))
    told.append(
        ("limits", limits_text(finding, language) or say(language, "geolocation.note.none"))
    )
    return tuple(told)
