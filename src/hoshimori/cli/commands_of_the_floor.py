"""The watch floor: `serve`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.cli.options import SeedOption, SettingsOption, StoreOption


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8720,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Watch a made sky, marked SIMULATED.")
    ] = False,
    seed: SeedOption = 1,
    objects: Annotated[
        int, typer.Option("--objects", help="How many objects the made sky has.")
    ] = 30_000,
    tls_certificate: Annotated[
        Path | None,
        typer.Option(help="Certificate chain in PEM; then HTTPS.", show_default=False),
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(help="Its private key in PEM.", show_default=False)
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option("--behind-proxy", help="A proxy in front of it holds the certificate."),
    ] = False,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the console in a browser.")
    ] = False,
    store: StoreOption = None,
    settings: SettingsOption = None,
) -> None:
    """Keep watch: fetch and watch on a schedule, serve the console and the API under /api/v1."""
    from hoshimori.cli.serving import ServeArguments, run_serve

    arguments = ServeArguments(
        host=host,
        port=port,
        synthetic_seed=seed if synthetic else None,
        objects=objects,
        tls_certificate=tls_certificate,
        tls_key=tls_key,
        behind_proxy=behind_proxy,
        open_browser=open_browser,
        store=store,
        settings=settings,
    )
    sys.exit(run_serve(arguments))
