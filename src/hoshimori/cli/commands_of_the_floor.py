"""The watch floor: `serve`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hoshimori.cli.options import (
    BehindProxyOption,
    HostOption,
    LogForm,
    LogOption,
    OpenBrowserOption,
    PortOption,
    SeedOption,
    SettingsOption,
    StoreOption,
    TelemetryOption,
    TlsCertificateOption,
    TlsKeyOption,
)


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8720,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Watch a made sky, marked SIMULATED.")
    ] = False,
    seed: SeedOption = 1,
    objects: Annotated[
        int, typer.Option("--objects", help="How many objects the made sky has.")
    ] = 30_000,
    tls_certificate: TlsCertificateOption = None,
    tls_key: TlsKeyOption = None,
    behind_proxy: BehindProxyOption = False,
    open_browser: OpenBrowserOption = False,
    log: LogOption = LogForm.TEXT,
    telemetry: TelemetryOption = "",
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
        log_json=log is LogForm.JSON,
        telemetry=telemetry,
    )
    sys.exit(run_serve(arguments))
