"""The watch itself and what feeds it: `watch`, `ingest`, and what is in force."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import (
    AssetsOption,
    DaysAheadOption,
    FailOn,
    HistoryCatalogueOption,
    IntegrityOption,
    JsonOption,
    LanguageOption,
    PictureMomentOption,
    ReceiversOption,
    ReportsOption,
    SeedOption,
    SettingsOption,
    SignalsOption,
    SourceName,
    SourceOption,
    StoreOption,
    SyntheticOption,
)


def watch(
    catalogue: HistoryCatalogueOption = None,
    assets: AssetsOption = "",
    reports: ReportsOption = None,
    source: SourceOption = None,
    synthetic: SyntheticOption = False,
    seed: SeedOption = 1,
    as_of: PictureMomentOption = "",
    days: DaysAheadOption = None,
    integrity: IntegrityOption = None,
    receivers: ReceiversOption = None,
    signals: SignalsOption = None,
    as_json: JsonOption = False,
    report: Annotated[
        Path | None, typer.Option(help="Write a self-contained HTML page here.", show_default=False)
    ] = None,
    language: LanguageOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also list incidents that are only logged.")
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help="Exit 1 if an incident asks for this.", show_default=False),
    ] = None,
    record: Annotated[
        bool | None,
        typer.Option(
            "--record/--no-record",
            help="Keep in the journal what became of the incidents. Default: what the store shows.",
            show_default=False,
        ),
    ] = None,
    alerts: Annotated[
        bool,
        typer.Option(
            "--alerts",
            help="Raise alerts by the rules, and send what is due; see `hoshimori alerts`.",
        ),
    ] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Show the watch board: what happened around the assets, what is coming, how unusual it is.

    Without --catalogue, --source or --synthetic it watches what the store holds; if the store is
    empty, the newest catalogue from CelesTrak; without network, the made sky.
    """
    from hoshimori.cli.watched import sky_arguments
    from hoshimori.cli.watching import run_watch

    arguments = sky_arguments(
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
        record=record,
        alerts=alerts,
        store=store,
        settings=settings,
    )
    sys.exit(
        run_watch(
            arguments,
            as_json=as_json,
            report=report,
            everything=everything,
            fail_on=fail_on.value if fail_on else None,
        )
    )


def ingest(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Catalogue files or folders.", show_default=False),
    ] = None,
    source: Annotated[
        SourceName | None,
        typer.Option(help="Fetch the newest catalogue from this source.", show_default=False),
    ] = None,
    known_at: Annotated[
        str,
        typer.Option(
            help="When the files could be known, where they do not say: a moment (ISO 8601, UTC), "
            "or 'catalogue' for each file's own moment. Default: now.",
            show_default=False,
        ),
    ] = "",
    follow: Annotated[
        bool, typer.Option("--follow", help="Keep watching one folder for new files.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Read catalogues into the store; what is already there is not stored twice."""
    from hoshimori.cli.ingesting import run_ingest

    run_ingest(
        files=tuple(files or ()),
        source=source.value if source else None,
        known_at=known_at,
        follow=follow,
        as_json=as_json,
        store=store,
        settings=settings,
    )


def show_settings(as_json: JsonOption = False, settings: SettingsOption = None) -> None:
    """Print the settings in force and the file they come from."""
    from hoshimori.cli.showing import run_settings

    run_settings(settings, as_json=as_json)


def show_detectors(as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Print the card of every detector: what it asks, how it answers, what it finds, where it errs.

    The text of cards is English in every language.
    """
    from hoshimori.cli.showing import run_detectors

    run_detectors(language.value if language else None, as_json=as_json)
