"""What could have caused something on an asset: `explain`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    HistoryCatalogueOption,
    IntegrityOption,
    JsonOption,
    LanguageOption,
    PictureMomentOption,
    SeedOption,
    SettingsOption,
    SourceOption,
    SpaceWeatherOption,
    StoreOption,
    SyntheticOption,
)


def explain(
    asset: Annotated[
        str, typer.Option("--asset", help="Catalogue number of the asset.", show_default=False)
    ],
    at: Annotated[
        str,
        typer.Option("--at", help="When it happened (ISO 8601, UTC).", show_default=False),
    ],
    catalogue: HistoryCatalogueOption = None,
    integrity: IntegrityOption = None,
    space_weather: SpaceWeatherOption = None,
    station: Annotated[
        str,
        typer.Option(
            "--station",
            help="Ground station as latitude,longitude in degrees. "
            "Default: the point straight below.",
            show_default=False,
        ),
    ] = "",
    beam_deg: Annotated[
        float,
        typer.Option(
            "--beam-deg", help="Half-angle of the beam, which points to the Earth's centre."
        ),
    ] = 10.0,
    span_days: Annotated[
        float | None,
        typer.Option(
            "--span-days",
            help="Days in which moments are drawn to compare. Default: 3 in low orbits, else 7.",
            show_default=False,
        ),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="How many moments are drawn.")] = 199,
    draw_seed: Annotated[int, typer.Option("--draw-seed", help="Seed of the draws.")] = 1,
    source: SourceOption = None,
    synthetic: SyntheticOption = False,
    seed: SeedOption = 1,
    as_of: PictureMomentOption = "",
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Lay out what could explain an anomaly: every cause, and how often chance brings as much.

    What is unusual stands first, what could not be judged last. Nobody is named as a culprit.
    """
    from hoshimori.cli.explaining import ExplainArguments, run_explain
    from hoshimori.cli.watched import sky_arguments

    sky = sky_arguments(
        catalogue=catalogue,
        assets="",
        reports=None,
        source=source,
        synthetic=synthetic,
        seed=seed,
        as_of=as_of,
        days=None,
        language=language,
        store=store,
        settings=settings,
    )
    arguments = ExplainArguments(
        asset=asset,
        at=at,
        integrity=tuple(integrity or ()),
        space_weather=space_weather,
        station=station,
        beam_deg=beam_deg,
        span_days=span_days,
        draws=draws,
        draw_seed=draw_seed,
    )
    sys.exit(run_explain(sky, arguments, as_json=as_json, report=report))
