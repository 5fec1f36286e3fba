"""What an incident may mean, and the evidence of it: `assess`, `brief`, `release`."""

from __future__ import annotations

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
    JsonOption,
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

KeyOption = Annotated[
    list[Path] | None,
    typer.Option("--key", help="File of a signing key. Repeatable.", show_default=False),
]


def assess(
    incident: IncidentArgument = "",
    about: AboutOption = "",
    catalogue: HistoryCatalogueOption = None,
    assets: AssetsOption = "",
    reports: ReportsOption = None,
    integrity: IntegrityOption = None,
    receivers: ReceiversOption = None,
    signals: SignalsOption = None,
    space_weather: SpaceWeatherOption = None,
    source: SourceOption = None,
    synthetic: SyntheticOption = False,
    seed: SeedOption = 1,
    as_of: PictureMomentOption = "",
    days: DaysAheadOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the matrix of ratings and the indicators.")
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Weigh what an incident may mean: ten explanations side by side, nature first.

    Likelihoods are intervals with words, confidence is said apart, nobody is named as a culprit.
    The watch is run again over the same sky, so give the options that `watch` was given.
    """
    from hoshimori.cli.assessing import IncidentArguments, run_assess
    from hoshimori.cli.watched import sky_arguments

    run_assess(
        sky_arguments(
            catalogue=catalogue,
            assets=assets,
            reports=reports,
            integrity=integrity,
            receivers=receivers,
            signals=signals,
            source=source,
            synthetic=synthetic,
            seed=seed,
            as_of=as_of,
            days=days,
            language=language,
            store=store,
            settings=settings,
        ),
        IncidentArguments(incident=incident, about=about, space_weather=space_weather),
        as_json=as_json,
        everything=everything,
    )


def brief(
    incident: IncidentArgument = "",
    output: Annotated[
        Path, typer.Option(help="Dossier file; its papers (PDF) are written beside it.")
    ] = Path("dossier.zip"),
    key: KeyOption = None,
    signatures: Annotated[int, typer.Option(min=1, help="Signatures that make it valid.")] = 1,
    organisations: Annotated[
        int, typer.Option(min=1, help="Organisations that these must come from.")
    ] = 1,
    release_to: Annotated[
        str,
        typer.Option(help="Also write the copy that these partners may have, as in JPN,USA."),
    ] = "",
    about: AboutOption = "",
    catalogue: HistoryCatalogueOption = None,
    assets: AssetsOption = "",
    reports: ReportsOption = None,
    integrity: IntegrityOption = None,
    receivers: ReceiversOption = None,
    signals: SignalsOption = None,
    space_weather: SpaceWeatherOption = None,
    source: SourceOption = None,
    synthetic: SyntheticOption = False,
    seed: SeedOption = 1,
    as_of: PictureMomentOption = "",
    days: DaysAheadOption = None,
    exercise: ExerciseOption = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Compose a dossier: an incident with its facts, assessment and papers, sealed and signed.

    `hoshimori verify` checks it and computes it again from what it encloses, without a network.
    """
    from hoshimori.cli.assessing import IncidentArguments
    from hoshimori.cli.briefing import BriefArguments, run_brief
    from hoshimori.cli.watched import sky_arguments

    run_brief(
        sky_arguments(
            catalogue=catalogue,
            assets=assets,
            reports=reports,
            integrity=integrity,
            receivers=receivers,
            signals=signals,
            source=source,
            synthetic=synthetic,
            seed=seed,
            as_of=as_of,
            days=days,
            language=language,
            store=store,
            settings=settings,
        ),
        IncidentArguments(incident=incident, about=about, space_weather=space_weather),
        BriefArguments(
            output=output,
            keys=tuple(key or ()),
            signatures=signatures,
            organisations=organisations,
            release_to=release_to,
            exercise=exercise,
        ),
        as_json=as_json,
    )


def release(
    dossier: Annotated[Path, typer.Argument(help="Dossier file, whole.")],
    to: Annotated[str, typer.Option("--to", help="Partners that it is for, as in JPN,USA.")],
    output: Annotated[Path, typer.Option(help="File to write.")],
    key: KeyOption = None,
    exercise: ExerciseOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the copy of a dossier that partners may have, computed anew from what they may see.

    What they may not have is withheld; which conclusions change by that is listed. What is kept
    still verifies against the signatures of the whole.
    """
    from hoshimori.cli.briefing import run_release

    run_release(dossier, to, output, tuple(key or ()), as_json=as_json, exercise=exercise)
