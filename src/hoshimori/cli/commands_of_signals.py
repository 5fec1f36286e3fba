"""Where signals come from: `geolocate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import JsonOption, LanguageOption, SettingsOption


def geolocate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="A case (TOML), differences of arrival at pairs of satellites in it or in TDM or "
            "CSV beside it, ephemerides; or a folder of these.",
            show_default=False,
        ),
    ] = None,
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            help="Catalogue file or folder with the satellites' element sets; repeatable.",
            show_default=False,
        ),
    ] = None,
    ephemerides: Annotated[
        list[Path] | None,
        typer.Option(
            help="OEM, OCM or SP3 of the satellites, before element sets; NUMBER=FILE where the "
            "file states no catalogue number; repeatable.",
            show_default=False,
        ),
    ] = None,
    height_m: Annotated[
        float | None,
        typer.Option(
            help="Height of the emitter above the ellipsoid. Default: that of the case, else 0.",
            show_default=False,
        ),
    ] = None,
    height_sigma_m: Annotated[
        float | None,
        typer.Option(
            help="One sigma of that height. Default: that of the case, else 200.",
            show_default=False,
        ),
    ] = None,
    carrier_mhz: Annotated[
        float | None,
        typer.Option(
            help="Frequency of the emission, where nothing else states it.", show_default=False
        ),
    ] = None,
    tdoa_sigma_s: Annotated[
        float | None,
        typer.Option(help="One sigma of time differences that state none.", show_default=False),
    ] = None,
    fdoa_sigma_hz: Annotated[
        float | None,
        typer.Option(
            help="One sigma of frequency differences that state none.", show_default=False
        ),
    ] = None,
    longest_km: Annotated[
        float, typer.Option(help="Half axis beyond which an area is called long.")
    ] = 100.0,
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    geojson: Annotated[
        Path | None,
        typer.Option(help="Write outlines and lines of position here.", show_default=False),
    ] = None,
    form: Annotated[
        Path | None,
        typer.Option(
            help="Write the ITU's form of a report of harmful interference (Appendix 10) here.",
            show_default=False,
        ),
    ] = None,
    marking: Annotated[
        str,
        typer.Option(
            help="Marking of what is written, as in 'TLP:GREEN//REL TO USA, JPN'.",
            show_default=False,
        ),
    ] = "",
    exercise: Annotated[
        bool,
        typer.Option("--exercise", help="Write forms also of an exercise; all of it then says so."),
    ] = False,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Tell from which areas a signal can have come, by its arrival at two or more satellites.

    Times (TDOA) and frequencies (FDOA) are first minus second. Told are 95 % areas, all that fit,
    with what limits them; never a point.
    """
    from hoshimori.cli.geolocating import GeolocateArguments, GeolocateOutputs, run_geolocate

    arguments = GeolocateArguments(
        files=tuple(files or ()),
        catalogues=tuple(catalogue or ()),
        ephemerides=tuple(ephemerides or ()),
        height_m=height_m,
        height_sigma_m=height_sigma_m,
        carrier_mhz=carrier_mhz,
        tdoa_sigma_s=tdoa_sigma_s,
        fdoa_sigma_hz=fdoa_sigma_hz,
        longest_km=longest_km,
        language=language.value if language else None,
        settings=settings,
    )
    outputs = GeolocateOutputs(report, geojson, form, marking, exercise)
    sys.exit(run_geolocate(arguments, outputs, as_json=as_json))
