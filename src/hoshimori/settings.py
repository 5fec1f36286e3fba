"""One frozen tree of settings from one TOML file; every value knows where it came from.

The file is the one named by ``--settings``, else ``hoshimori.toml`` in the user's configuration
folder, else none: the defaults below are meant to serve. Unknown keys are refused. Secrets never
stand here; they come from the environment or the keyring (see `hoshimori.sources.spacetrack`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.markings import parse_marking
from hoshimori.model.markings import Marking
from hoshimori.model.provenance import Provenance, Reality

_MADE_SKY = "synthetic sky"
"""How the sources of made skies begin."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where facts are kept."""

    folder: str = ""
    """Folder of the store; the user's data folder where empty."""
    server: str = ""
    """Address of the organisation's server that keeps the facts (https), in place of a folder."""
    server_certificate: str = ""
    """File of the certificate that is trusted there; the system's authorities where empty."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """What is asked of sources."""

    celestrak_group: str = "active"
    """CelesTrak group that `watch` and `ingest --source celestrak` fetch."""
    celestrak_url: str = "https://celestrak.org"
    """CelesTrak itself, or a mirror of it inside an organisation (https)."""
    timeout_s: float = 30.0
    """The longest silence that is waited for."""
    cache_folder: str = ""
    """Folder of the request cache; the user's cache folder where empty."""
    space_weather: str = ""
    """File of geomagnetic and solar indices (``SW-All.csv``); storms are not judged where empty."""


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """What `watch` does without further words."""

    assets: str = ""
    """File of the assets; the list of public Japanese and US satellites where empty."""
    days: float = 7.0
    """How far ahead to look."""
    history_days: float = 45.0
    """How far back element sets of the store are looked at."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What `screen` does without further words."""

    memory_mib: int = 600
    """Memory that a screening may take; it decides how long the spans of time are."""
    history_days: float = 15.0
    """How far back an object's element sets are looked at to judge its errors."""


@dataclass(frozen=True, slots=True)
class MarkingSettings:
    """Who may see what a source delivers, where it does not say so itself."""

    celestrak: str = "TLP:CLEAR"
    """Published for everybody."""
    space_track: str = "TLP:GREEN//SOURCE TERMS"
    """Its user agreement limits passing the data on."""
    made_sky: str = "TLP:CLEAR"
    """Our own making, marked SIMULATED, or EXERCISE where an exercise plays on it."""
    file: str = "TLP:AMBER"
    """A file, or a report in one, of which nobody says more: own organisation and its clients."""


@dataclass(frozen=True, slots=True)
class FloorSettings:
    """What the watch floor (`serve`) does on its own."""

    sources: tuple[str, ...] = ("celestrak",)
    """Sources that are asked for their newest catalogue: celestrak, spacetrack."""
    folders: tuple[str, ...] = ()
    """Folders whose new files are read into the store."""
    reports: tuple[str, ...] = ()
    """Files and folders of reports; read anew at every watch."""
    integrity: tuple[str, ...] = ()
    """Maps of aircraft integrity, files and folders; read anew at every watch."""
    fetch_minutes: float = 121.0
    """How long after a request a source is asked again; never sooner than is polite."""
    folder_seconds: float = 30.0
    """How often folders are looked into."""
    watch_minutes: float = 60.0
    """How often all detectors are asked."""
    watch_after_facts: bool = True
    """Whether to watch also as soon as new facts came."""
    send_seconds: float = 60.0
    """How often waiting alerts are sent and escalations looked at."""
    detector_limit_s: float = 600.0
    """How long one detector may take; then it is ended and the board says so."""
    free_mib: float = 500.0
    """Room that is left on the disk: with less nothing is written."""


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """Who comes in, and how often; accounts themselves are kept in the store's folder."""

    hosts: str = ""
    """Names by which browsers reach the server, parted by commas; those of loopback are known."""
    session_hours: float = 12.0
    """After how long one signs in again."""
    idle_minutes: float = 120.0
    """After how long without a request one signs in again."""
    sign_in_attempts: int = 5
    """Wrong passwords that one account may have from one address within `sign_in_minutes`."""
    sign_in_minutes: int = 15
    requests_per_minute: int = 3000
    """Of one account or key."""
    costly_requests_per_minute: int = 240
    """Questions that cost time, downloads and changes among them."""
    oidc_issuer: str = ""
    """Address of the organisation's own accounts (https); none where empty."""
    oidc_client_id: str = ""
    """By what name they know this server; its secret is in ``HOSHIMORI_OIDC_SECRET``."""
    oidc_name: str = "email"
    """Which of their claims is the name of the account here."""


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """How alerts reach people; addresses of channels are secrets and never stand here."""

    rules: str = ""
    """File of the rules; the ones that come along where empty."""
    console: str = ""
    """Address of the console, for links in messages; none is known where empty."""
    timeout_s: float = 10.0
    """The longest that a channel is waited for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    store: StoreSettings = StoreSettings()
    sources: SourceSettings = SourceSettings()
    watch: WatchSettings = WatchSettings()
    screen: ScreenSettings = ScreenSettings()
    markings: MarkingSettings = MarkingSettings()
    floor: FloorSettings = FloorSettings()
    access: AccessSettings = AccessSettings()
    alerts: AlertSettings = AlertSettings()
    origin: str = field(default="defaults")
    """The file that the values were read from, or ``defaults``."""


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings file, or return the defaults where there is none.

    Raises:
        SettingsError: the named file does not exist, is no TOML, or holds an unknown key or a
            value of the wrong type.
    """
    chosen = path or platformdirs.user_config_path("hoshimori") / "hoshimori.toml"
    if not chosen.is_file():
        if path is not None:
            raise SettingsError(f"{path}: there is no such settings file")
        return Settings()
    try:
        document = tomllib.loads(chosen.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{chosen}: not a TOML file: {error}") from None
    return settings_from(document, origin=str(chosen))


def settings_from(document: Mapping[str, Any], *, origin: str) -> Settings:
    """Return the settings that a parsed TOML document states; what it leaves out is default."""
    settings = Settings(origin=origin)
    rooms = {f.name: getattr(settings, f.name) for f in fields(Settings) if f.name != "origin"}
    _refuse_unknown(document, rooms, origin, "")
    for name, stated in document.items():
        if not isinstance(stated, Mapping):
            raise SettingsError(f"{origin}: {name}: expected a table, [{name}]")
        rooms[name] = _room(rooms[name], stated, origin, name)
    settings = replace(settings, **rooms)
    for name in (f.name for f in fields(MarkingSettings)):
        _marking(settings, name)
    return settings


def is_made(provenance: Provenance) -> bool:
    """Tell whether facts are of a made sky, also of one that an exercise plays on.

    What an exercise adds may follow from facts that not everybody may see: it is not among them.
    """
    made = provenance.reality in (Reality.SIMULATED, Reality.EXERCISE)
    return made and provenance.source.startswith(_MADE_SKY)


def marking_of(provenance: Provenance, settings: Settings) -> Marking:
    """Return the marking that the settings give to what was read from these bytes."""
    known = {"celestrak": "celestrak", "space-track": "space_track"}
    return _marking(
        settings, "made_sky" if is_made(provenance) else known.get(provenance.source, "file")
    )


def marking_of_files(settings: Settings) -> Marking:
    """Return the marking of a file of which nobody says more."""
    return _marking(settings, "file")


def _marking(settings: Settings, name: str) -> Marking:
    try:
        return parse_marking(getattr(settings.markings, name))
    except FormatError as error:
        raise SettingsError(f"{settings.origin}: markings.{name}: {error.problem}") from None


def _room(defaults: Any, stated: Mapping[str, Any], origin: str, name: str) -> Any:
    known = {f.name: getattr(defaults, f.name) for f in fields(defaults)}
    _refuse_unknown(stated, known, origin, f"{name}.")
    return replace(
        defaults,
        **{
            key: _same_type(known[key], value, f"{origin}: {name}.{key}")
            for key, value in stated.items()
        },
    )


def _refuse_unknown(
    stated: Mapping[str, Any], known: Mapping[str, Any], origin: str, prefix: str
) -> None:
    for key in stated:
        if key not in known:
            raise SettingsError(
                f"{origin}: {prefix}{key}: unknown key; expected one of {', '.join(known)}"
            )


def _same_type(default: Any, value: Any, place: str) -> Any:
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise SettingsError(f"{place}: {value!r} is not a list of texts")
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not type(default):
        raise SettingsError(
            f"{place}: {value!r} is not a {type(default).__name__}, as the default {default!r} is"
        )
    return value


def store_folder(settings: Settings) -> Path:
    """Return the folder of the store."""
    return Path(settings.store.folder or platformdirs.user_data_path("hoshimori") / "store")


def cache_folder(settings: Settings) -> Path:
    """Return the folder where answers of sources are cached."""
    return Path(settings.sources.cache_folder or platformdirs.user_cache_path("hoshimori"))
