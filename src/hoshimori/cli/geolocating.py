"""`geolocate`: where a signal can have come from, on the screen, in JSON, on a page or in forms."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.text import Text

from hoshimori import __version__
from hoshimori.cli.banner import banner, next_line
from hoshimori.cli.rows import Rows
from hoshimori.cli.written import write_file
from hoshimori.dossier.geolocation_wording import (
    LocatedRow,
    located_notes,
    located_row,
    located_summary,
    refused_lines,
)
from hoshimori.dossier.language import Language, say
from hoshimori.errors import SettingsError
from hoshimori.formats.json_document import write_json
from hoshimori.formats.located_forms import write_located_appendix10, write_located_geojson
from hoshimori.formats.markings import parse_marking
from hoshimori.model.exercise_stores import require_asked
from hoshimori.model.geolocation import GeolocationCase, GeolocationReport
from hoshimori.model.markings import OPEN
from hoshimori.settings import load_settings
from hoshimori.workflows.arrival_files import signal_files
from hoshimori.workflows.arrival_states import ObserverSky
from hoshimori.workflows.ephemerides import earth_now, numbered_ephemerides_in, tabulated
from hoshimori.workflows.geolocation import geolocate
from hoshimori.workflows.geolocation_sky import element_sets_of

_SOFTWARE = f"Hoshimori {__version__}"


@dataclass(frozen=True, slots=True)
class GeolocateArguments:
    """What the user asked about."""

    files: tuple[Path, ...]
    catalogues: tuple[Path, ...]
    ephemerides: tuple[Path, ...]
    height_m: float | None
    height_sigma_m: float | None
    carrier_mhz: float | None
    tdoa_sigma_s: float | None
    fdoa_sigma_hz: float | None
    longest_km: float
    language: str | None
    settings: Path | None


@dataclass(frozen=True, slots=True)
class GeolocateOutputs:
    """What to write beside what is printed."""

    report: Path | None
    geojson: Path | None
    form: Path | None
    marking: str
    exercise: bool


def run_geolocate(
    arguments: GeolocateArguments, outputs: GeolocateOutputs, *, as_json: bool
) -> int:
    """Print the areas; return the exit status."""
    if not arguments.files:
        raise SettingsError("nothing to read: name a case (TOML), TDM or CSV of differences")
    tree = load_settings(arguments.settings)
    language = Language(arguments.language or tree.watch.language)
    with Console(stderr=True).status("differences of arrival"):
        found = _found(arguments)
    _write_outputs(found, outputs, language)
    if as_json:
        print(write_json(found))
    else:
        Console().print(_view(found, language))
    return 0


def _found(arguments: GeolocateArguments) -> GeolocationReport:
    _check(arguments)
    earth = earth_now()
    signal = signal_files(arguments.files, earth)
    signal = replace(signal, case=_with_options(signal.case, arguments))
    orbits = [*signal.ephemerides, *numbered_ephemerides_in(arguments.ephemerides)]
    sky = ObserverSky(
        earth,
        element_sets_of(signal.case, arguments.catalogues) if arguments.catalogues else None,
        tabulated(orbits, earth) if orbits else None,
    )
    return geolocate(signal, sky, longest_km=arguments.longest_km)


def _check(arguments: GeolocateArguments) -> None:
    limits = (
        ("--height-m", arguments.height_m, -500.0, 20_000.0),
        ("--height-sigma-m", arguments.height_sigma_m, 0.0, 20_000.0),
        ("--carrier-mhz", arguments.carrier_mhz, 0.1, 1e6),
        ("--tdoa-sigma-s", arguments.tdoa_sigma_s, 1e-12, 1e-2),
        ("--fdoa-sigma-hz", arguments.fdoa_sigma_hz, 1e-6, 1e6),
        ("--longest-km", arguments.longest_km, 0.001, 20_000.0),
    )
    for name, value, low, high in limits:
        if value is not None and not low <= value <= high:
            raise SettingsError(f"{name} {value:g}: expected {low:g} to {high:g}")


def _with_options(case: GeolocationCase, arguments: GeolocateArguments) -> GeolocationCase:
    """Return a case in which options stand in place of what the file says."""
    emitter, carrier = case.emitter, arguments.carrier_mhz
    emitter = replace(
        emitter,
        height_m=_or(arguments.height_m, emitter.height_m),
        height_sigma_m=_or(arguments.height_sigma_m, emitter.height_sigma_m),
        carrier_hz=emitter.carrier_hz if carrier is None else carrier * 1e6,
    )
    return replace(
        case,
        emitter=emitter,
        tdoa_sigma_s=arguments.tdoa_sigma_s or case.tdoa_sigma_s,
        fdoa_sigma_hz=arguments.fdoa_sigma_hz or case.fdoa_sigma_hz,
    )


def _or(asked: float | None, stated: float) -> float:
    return stated if asked is None else asked


def _write_outputs(found: GeolocationReport, outputs: GeolocateOutputs, language: Language) -> None:
    marking = parse_marking(outputs.marking) if outputs.marking else OPEN
    forms: tuple[tuple[str, Path | None, Callable[[], bytes]], ...] = (
        ("--report", outputs.report, lambda: _page(found, language)),
        (
            "--geojson",
            outputs.geojson,
            lambda: write_located_geojson(found, marking=marking, software=_SOFTWARE),
        ),
        (
            "--form",
            outputs.form,
            lambda: write_located_appendix10(found, marking=marking, software=_SOFTWARE),
        ),
    )
    for option, path, write in forms:
        if path is None:
            continue
        if option != "--report":
            require_asked(found.reality, exercise=outputs.exercise, what="this signal")
        write_file(option, path, write())
        print(f"hoshimori: {option[2:]} written to {path}", file=sys.stderr)


def _page(found: GeolocationReport, language: Language) -> bytes:
    from hoshimori.dossier.geolocation_page import geolocation_page

    command = shlex.join(["hoshimori", *sys.argv[1:]])
    return geolocation_page(found, language, command).encode("utf-8")


def _view(found: GeolocationReport, language: Language) -> RenderableType:
    parts = banner(None, found.reality, language)
    parts.append(Text(located_summary(found, language), style="bold"))
    parts.append(next_line(say(language, "geolocation.next"), language))
    rows = [located_row(area, found.longest_km, language) for area in found.areas]
    parts.append(Rows(LocatedRow, rows, "geolocation", language))
    gap = say(language, "sentence.gap")
    parts.append(Text(gap.join(located_notes(found, language)), style="dim"))
    refused = refused_lines(found, language)
    if refused:
        parts.append(Text("\n".join(map(escape, refused)), style="dim"))
    return Group(*parts)
