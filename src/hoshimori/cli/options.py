"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hoshimori.errors import HoshimoriError


class SourceName(StrEnum):
    """Where data can be fetched from."""

    CELESTRAK = "celestrak"
    SPACETRACK = "spacetrack"


class LanguageName(StrEnum):
    """Languages of boards and reports."""

    EN = "en"
    JA = "ja"


class FailOn(StrEnum):
    """Degrees of attention that can set exit status 1."""

    LOOK = "look"
    WATCH = "watch"


class LogForm(StrEnum):
    """How a server tells what happens."""

    TEXT = "text"
    JSON = "json"


class DeviceName(StrEnum):
    """What computes."""

    CPU = "cpu"
    CUDA = "cuda"


SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="Settings file in TOML.", show_default=False)
]


def place(text: str) -> Path:
    """Return the folder of a store that is named on the command line.

    Raises:
        BadParameter: it is an address that cannot be understood; what is said holds no password.
    """
    from hoshimori.settings import Settings, store_folder

    try:
        return store_folder(Settings(), text)
    except HoshimoriError as error:
        raise typer.BadParameter(str(error)) from None


StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        parser=place,
        metavar="FOLDER",
        help="Folder of the store, or address of its database (postgresql://…).",
        show_default=False,
    ),
]
ExerciseOption = Annotated[
    bool,
    typer.Option(
        "--exercise", help="Write it also where it is of an exercise; all of it then says so."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
LanguageOption = Annotated[
    LanguageName | None,
    typer.Option("--language", help="Language of what is printed and written.", show_default=False),
]
CatalogueOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        help="Catalogue file or folder (OMM, TLE, Parquet). Default: the store.",
        show_default=False,
    ),
]
AssetsOption = Annotated[
    str,
    typer.Option(
        "--assets",
        help="Asset file (TOML, CSV) or catalogue numbers, as in 25544,44476. "
        "Default: public Japanese and US satellites.",
        show_default=False,
    ),
]
HistoryCatalogueOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--catalogue",
        help="Catalogue file or folder (OMM, TLE, Parquet). Repeat it for history.",
        show_default=False,
    ),
]
ReportsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--reports",
        help="File of reports (TOML, JSON): what operators and others state. Repeatable.",
        show_default=False,
    ),
]
IntegrityOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--integrity",
        help="Map of aircraft integrity or reports of aircraft, a file or folder; repeatable. "
        "See `hoshimori interference`.",
        show_default=False,
    ),
]
ReceiversOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--receivers",
        help="Series of receivers, a file or folder; repeatable. See `hoshimori receivers`.",
        show_default=False,
    ),
]
SignalsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--signals",
        help="A signal whose emitter is sought: a folder with its case, differences of arrival and "
        "ephemerides, or one file; repeatable. See `hoshimori geolocate`.",
        show_default=False,
    ),
]
SourceOption = Annotated[
    SourceName | None,
    typer.Option(
        "--source", help="Fetch the newest catalogue from this source.", show_default=False
    ),
]
SyntheticOption = Annotated[
    bool,
    typer.Option("--synthetic", help="Watch a made sky of 30,000 objects, marked SIMULATED."),
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of the made sky.")]
PictureMomentOption = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="Moment of the picture (ISO 8601, UTC). Default: now, or the moment of the files.",
        show_default=False,
    ),
]
DaysAheadOption = Annotated[
    float | None,
    typer.Option("--days", help="Days to look ahead. Default: 7.", show_default=False),
]
IncidentArgument = Annotated[
    str,
    typer.Argument(
        help="Id of an incident, as `watch` lists it. Default: the most urgent.",
        show_default=False,
    ),
]
AboutOption = Annotated[
    str,
    typer.Option(
        "--about",
        help="Or the most urgent incident about these objects, as in 55841,44476.",
        show_default=False,
    ),
]
SpaceWeatherOption = Annotated[
    Path | None,
    typer.Option(
        "--space-weather",
        help="File of space weather (SW-All.csv). Default: that of the settings, if any.",
        show_default=False,
    ),
]
HostOption = Annotated[str, typer.Option("--host", help="Address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", help="Port to listen on; 0 takes a free one.")]
TlsCertificateOption = Annotated[
    Path | None,
    typer.Option(
        "--tls-certificate", help="Certificate chain in PEM; then HTTPS.", show_default=False
    ),
]
TlsKeyOption = Annotated[
    Path | None, typer.Option("--tls-key", help="Its private key in PEM.", show_default=False)
]
BehindProxyOption = Annotated[
    bool,
    typer.Option("--behind-proxy", help="A proxy in front of it holds the certificate."),
]
OpenBrowserOption = Annotated[bool, typer.Option("--open", help="Open the console in a browser.")]
LogOption = Annotated[
    LogForm,
    typer.Option("--log", help="How it tells on stderr what happens.", envvar="HOSHIMORI_LOG"),
]
TelemetryOption = Annotated[
    str,
    typer.Option(
        "--telemetry",
        help="Address of an OpenTelemetry collector (OTLP over HTTP) to send traces to.",
        envvar="HOSHIMORI_TELEMETRY",
        show_default=False,
    ),
]
