"""The command `reach`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.app import JsonOption, SettingsOption, StoreOption, app


@app.command()
def reach(
    catalogue: Annotated[
        list[Path] | None,
        typer.Option(
            help="Catalogue file or folder (OMM, TLE, Parquet). Default: the store.",
            show_default=False,
        ),
    ] = None,
    assets: Annotated[
        str,
        typer.Option(
            help="Asset file (TOML, CSV) or catalogue numbers, as in 25544,44476. "
            "Default: public Japanese and US satellites.",
            show_default=False,
        ),
    ] = "",
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
