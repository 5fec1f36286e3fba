"""What objects did and could do: `manoeuvres`, `pattern`, `breakups`, `reach`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    AssetsOption,
    CatalogueOption,
    ExerciseOption,
    JsonOption,
    LanguageOption,
    SettingsOption,
    StoreOption,
)


def manoeuvres(
    history: Annotated[
        list[Path] | None,
        typer.Option(
            help="File or folder of element-set histories (OMM, TLE, Parquet). Default: the store.",
            show_default=False,
        ),
    ] = None,
    objects: Annotated[
        str,
        typer.Option(
            help="Judge only these: catalogue numbers, as in 25544,44476, or an asset file. "
            "Default: all.",
            show_default=False,
        ),
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            help="Report only what shows from this moment on (ISO 8601, UTC).", show_default=False
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(help="Write all manoeuvres to this Parquet file.", show_default=False),
    ] = None,
    exercise: ExerciseOption = False,
    everything: Annotated[
        bool, typer.Option("--all", help="List every manoeuvre, not only what one screen holds.")
    ] = False,
    language: LanguageOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell what objects did from their element sets: burns, low thrust, when, how large, how sure.

    It also says what could have been seen: the smallest change that each history would have shown.
    """
    from hoshimori.cli.manoeuvring import ManoeuvreArguments, run_manoeuvres

    arguments = ManoeuvreArguments(
        history=tuple(history or ()),
        objects=objects,
        since=since,
        output=output,
        exercise=exercise,
        language=language.value if language else None,
        store=store,
        settings=settings,
    )
    sys.exit(run_manoeuvres(arguments, as_json_document=as_json, everything=everything))


def pattern(
    history: Annotated[
        list[Path],
        typer.Option(help="History of element sets: a file or folder (OMM, TLE, Parquet)."),
    ],
    objects: Annotated[
        str,
        typer.Option(
            help="Only these: catalogue numbers, as in 29640,33463, or an asset file.",
            show_default=False,
        ),
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(
            help="See only element sets known at this moment (ISO 8601, UTC).", show_default=False
        ),
    ] = "",
    language: LanguageOption = None,
    everything: Annotated[bool, typer.Option("--all", help="List every object.")] = False,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Show how objects are controlled: modes and their changes, cycles of burns, the next burn."""
    from hoshimori.cli.patterning import PatternArguments, run_pattern

    arguments = PatternArguments(
        histories=tuple(history),
        objects=objects,
        as_of=as_of,
        language=language.value if language else None,
        settings=settings,
    )
    run_pattern(arguments, everything=everything, as_json=as_json)


def breakups(
    snapshots: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Two or more catalogues of different days, files or folders.", show_default=False
        ),
    ] = None,
    assets: Annotated[
        str,
        typer.Option(
            help="Assets whose crossings by a cloud are counted: file or catalogue numbers. "
            "Default: public Japanese and US satellites.",
            show_default=False,
        ),
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    language: LanguageOption = None,
    everything: Annotated[bool, typer.Option("--all", help="List every separation.")] = False,
    fail_on_breakup: Annotated[
        bool, typer.Option("--fail-on-breakup", help="Exit 1 if something broke up.")
    ] = False,
    as_json: JsonOption = False,
    settings: SettingsOption = None,
) -> None:
    """Find what came apart between catalogues: break-ups and separations, when, and from what.

    Deployments of new launches and old debris catalogued late are counted, not reported.
    """
    from hoshimori.cli.breaking import run_breakups

    sys.exit(
        run_breakups(
            tuple(snapshots or ()),
            assets=assets,
            language=language.value if language else None,
            report=report,
            everything=everything,
            as_json=as_json,
            fail_on_breakup=fail_on_breakup,
            settings=settings,
        )
    )


def reach(
    catalogue: CatalogueOption = None,
    assets: AssetsOption = "",
    within_km: Annotated[
        float, typer.Option("--within-km", help="How near counts as alongside.")
    ] = 50.0,
    days: Annotated[float, typer.Option(help="Longest warning time asked about.")] = 30.0,
    delta_v_m_s: Annotated[
        list[float] | None,
        typer.Option(
            "--delta-v-m-s",
            help="Velocity change allowed in total; repeatable. Default: 50 and 200.",
            show_default=False,
        ),
    ] = None,
    most: Annotated[int, typer.Option("--list", help="Objects listed for each asset.")] = 5,
    everything: Annotated[
        bool, typer.Option("--all", help="Ask also about debris and rocket bodies.")
    ] = False,
    synthetic: Annotated[
        bool, typer.Option(help="Ask about a made sky of 30,000 objects, marked SIMULATED.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Seed of the made sky.")] = 1,
    as_of: Annotated[
        str,
        typer.Option(
            help="Moment of the picture (ISO 8601, UTC). Default: the moment of the catalogue.",
            show_default=False,
        ),
    ] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Tell how soon others could come alongside the assets, at the earliest: warning times."""
    from hoshimori.cli.reaching import ReachArguments, run_reach

    arguments = ReachArguments(
        catalogues=tuple(catalogue or ()),
        assets=assets,
        synthetic_seed=seed if synthetic else None,
        as_of=as_of,
        within_km=within_km,
        days=days,
        delta_v_m_s=tuple(delta_v_m_s or ()),
        most=most,
        any_kind=everything,
        store=store,
        settings=settings,
    )
    run_reach(arguments, as_json=as_json)
