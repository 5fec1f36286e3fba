"""What leaves the house: `export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    AboutOption,
    AssetsOption,
    DaysAheadOption,
    ExerciseOption,
    HistoryCatalogueOption,
    IncidentArgument,
    IntegrityOption,
    LanguageOption,
    PictureMomentOption,
    ReceiversOption,
    ReportsOption,
    SeedOption,
    SettingsOption,
    SignalsOption,
    SourceOption,
    SpaceWeatherOption,
    StoreOption,
    SyntheticOption,
)


class FormName(StrEnum):
    """Forms in which an incident can be written."""

    CZML = "czml"
    GEOJSON = "geojson"
    STIX = "stix"
    UDL = "udl"
    NOTSO = "notso"
    CDM = "cdm"
    APPENDIX10 = "appendix10"


class NotationName(StrEnum):
    """Notations of conjunction messages."""

    KVN = "kvn"
    XML = "xml"
    JSON = "json"


def export(
    form: Annotated[FormName, typer.Option("--as", help="The form to write it in.")],
    incident: IncidentArgument = "",
    about: AboutOption = "",
    dossier: Annotated[
        Path | None,
        typer.Option(
            help="Write the incident of this dossier file, from what it encloses.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="File to write. Default: stdout.", show_default=False)
    ] = None,
    marking: Annotated[
        str,
        typer.Option(
            help="Marking, as in 'TLP:AMBER//REL TO JPN, USA'; never laxer than that of the facts.",
            show_default=False,
        ),
    ] = "",
    notation: Annotated[NotationName, typer.Option(help="Notation of CDM.")] = NotationName.KVN,
    udl_classification: Annotated[
        str,
        typer.Option(
            help="Portion marking of UDL records. Default: U where everybody may have it.",
            show_default=False,
        ),
    ] = "",
    udl_source: Annotated[str, typer.Option(help="Source that UDL records state.")] = "Hoshimori",
    is_assessed: Annotated[
        bool,
        typer.Option("--assess", help="Also what it may mean, the best benign explanation first."),
    ] = False,
    space_weather: SpaceWeatherOption = None,
    catalogue: HistoryCatalogueOption = None,
    assets: AssetsOption = "",
    reports: ReportsOption = None,
    integrity: IntegrityOption = None,
    receivers: ReceiversOption = None,
    signals: SignalsOption = None,
    source: SourceOption = None,
    synthetic: SyntheticOption = False,
    seed: SeedOption = 1,
    as_of: PictureMomentOption = "",
    days: DaysAheadOption = None,
    language: LanguageOption = None,
    exercise: ExerciseOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Write an incident in a form that others read: CZML, GeoJSON, STIX, UDL, NOTSO, CDM, ITU.

    The watch is run again over the same sky, so give the options that `watch` was given; or name
    a dossier, also a released copy, whose seal is intact.
    Every form carries the marking, and whether the facts are real.
    """
    from hoshimori.cli.assessing import IncidentArguments
    from hoshimori.cli.exporting import ExportArguments, run_export
    from hoshimori.cli.watched import sky_arguments

    run_export(
        sky_arguments(
            catalogue=catalogue,
            assets=assets,
            reports=reports,
            source=source,
            synthetic=synthetic,
            seed=seed,
            as_of=as_of,
            days=days,
            language=language,
            store=store,
            settings=settings,
            integrity=integrity,
            receivers=receivers,
            signals=signals,
        ),
        IncidentArguments(incident=incident, about=about, space_weather=space_weather),
        ExportArguments(
            form=form.value,
            output=output,
            marking=marking,
            notation=notation.value,
            udl_classification=udl_classification,
            udl_source=udl_source,
            is_assessed=is_assessed,
            dossier=dossier,
            exercise=exercise,
        ),
    )
