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
from hoshimori.formats.toml_lines import lines_of
from hoshimori.model.markings import Marking, joined
from hoshimori.model.provenance import (
    CELESTRAK,
    EXERCISE_SCRIPT,
    MADE_SKY,
    SPACE_TRACK,
    Provenance,
    Reality,
    is_matched,
    sources_within,
)


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
class NamedMarking:
    """The marking of files by their name."""

    name: str
    """A file's name, or a pattern with ``*``, ``?`` and ``[…]`` that matches it."""
    marking: str


@dataclass(frozen=True, slots=True)
class MarkingSettings:
    """Who may see what a source delivers, where it does not say so itself."""

    celestrak: str = "TLP:CLEAR"
    """Published for everybody."""
    space_track: str = "TLP:GREEN//SOURCE TERMS"
    """Its user agreement limits passing the data on."""
    made_sky: str = "TLP:CLEAR"
    """Our own making, marked SIMULATED, or EXERCISE where an exercise plays on it."""
    exercise: str = "TLP:CLEAR"
    """The least that every fact of an exercise has; what follows from its script alone has it."""
    file: str = "TLP:AMBER"
    """A file, or a report in one, of which nobody says more: own organisation and its clients."""
    sources: tuple[NamedMarking, ...] = ()
    """Files, by name or pattern; what several patterns match has the stricter of all they say."""


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
    """Maps of aircraft integrity and reports of aircraft, files and folders; read anew at every
    watch."""
    receivers: tuple[str, ...] = ()
    """Series of receivers, files and folders; read anew at every watch."""
    signals: tuple[str, ...] = ()
    """Signals whose emitters are sought: a folder or a file each; read anew at every watch."""
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
    thin_boards: bool = False
    """Whether kept boards are thinned once a day; else every one is kept for ever."""
    boards_whole_days: float = 7.0
    """How long every board is kept where they are thinned."""
    boards_hourly_days: float = 90.0
    """How long one an hour is kept; after that one a day is, for ever."""


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
        text = chosen.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{chosen}: not a TOML file: {error}") from None
    lines = {".".join(map(str, place)): line for place, line in lines_of(text).items()}
    return settings_from(document, origin=str(chosen), lines=lines)


def settings_from(
    document: Mapping[str, Any], *, origin: str, lines: Mapping[str, int] | None = None
) -> Settings:
    """Return the settings that a parsed TOML document states; what it leaves out is default.

    `lines` says in which line of the file a key stands, for messages.
    """
    file = _File(origin, lines or {})
    settings = Settings(origin=origin)
    rooms = {f.name: getattr(settings, f.name) for f in fields(Settings) if f.name != "origin"}
    _refuse_unknown(document, rooms, file, "")
    for name, stated in document.items():
        if not isinstance(stated, Mapping):
            raise file.error(name, f"expected a table, [{name}]")
        read = _markings if name == "markings" else _room
        rooms[name] = read(rooms[name], stated, file, name)
    return replace(settings, **rooms)


@dataclass(frozen=True, slots=True)
class _File:
    """Where settings stand, for messages."""

    origin: str
    lines: Mapping[str, int]

    def error(self, key: str, problem: str) -> SettingsError:
        """Return the error that names file, line (where it is known) and key."""
        line = self.lines.get(key)
        place = f"{self.origin}: {key}" if line is None else f"{self.origin}:{line}:{key}"
        return SettingsError(f"{place}: {problem}")


def is_made(provenance: Provenance) -> bool:
    """Tell whether facts are of a made sky, or follow from such a one alone in an exercise."""
    made = provenance.reality in (Reality.SIMULATED, Reality.EXERCISE)
    return made and provenance.source.startswith(MADE_SKY)


def marking_of(provenance: Provenance, settings: Settings) -> Marking:
    """Return the marking that the settings give to what was read from these bytes.

    What somebody brought through a server is a file, whatever it is called. What follows from
    several sources has the markings of all of them; a fact of an exercise also that of exercises.
    """
    named = sources_within(provenance.source)
    stated = joined(_marking_of(replace(provenance, source=one), settings) for one in named)
    if provenance.reality is Reality.EXERCISE:
        return stated.join(marking_of_exercises(settings))
    return stated


def marking_of_exercises(settings: Settings) -> Marking:
    """Return the least marking of every fact of an exercise."""
    return _marking(settings, "exercise")


def _marking_of(provenance: Provenance, settings: Settings) -> Marking:
    """Return the marking of facts of one source."""
    if is_made(provenance):
        return _marking(settings, "made_sky")
    if provenance.source in _OWN_KEY and provenance.source != MADE_SKY:
        return _marking(settings, _OWN_KEY[provenance.source])
    return marking_of_file(provenance.source, settings)


def marking_of_file(name: str, settings: Settings) -> Marking:
    """Return the marking of a file of this name, of which nobody says more.

    A name in ``markings.sources`` counts before patterns; of several patterns that match, all.
    """
    stated = [one for one in settings.markings.sources if is_matched(name, one.name)]
    exact = [one for one in stated if one.name == name]
    if not stated:
        return marking_of_files(settings)
    return joined(
        _parsed(one.marking, f"{settings.origin}: markings.sources.{one.name}")
        for one in exact or stated
    )


def marking_of_files(settings: Settings) -> Marking:
    """Return the marking of a file of which nobody says more."""
    return _marking(settings, "file")


def _marking(settings: Settings, name: str) -> Marking:
    return _parsed(getattr(settings.markings, name), f"{settings.origin}: markings.{name}")


def _parsed(text: str, place: str) -> Marking:
    try:
        return parse_marking(text)
    except FormatError as error:
        raise SettingsError(f"{place}: {error.problem}") from None


def _markings(
    defaults: MarkingSettings, stated: Mapping[str, Any], file: _File, name: str
) -> MarkingSettings:
    """Return the room of markings; every one can be read."""
    plain = {key: value for key, value in stated.items() if key != "sources"}
    known = {f.name: getattr(defaults, f.name) for f in fields(defaults)}
    _refuse_unknown(stated, known, file, "markings.")
    room: MarkingSettings = _room(defaults, plain, file, name)
    for key in plain:
        _readable(getattr(room, key), file, f"markings.{key}")
    return replace(room, sources=_named_markings(stated.get("sources", {}), file))


def _named_markings(stated: Any, file: _File) -> tuple[NamedMarking, ...]:
    key = "markings.sources"
    if not isinstance(stated, Mapping):
        raise file.error(key, "expected a table of markings by the names of files")
    for name, marking in stated.items():
        place = f"{key}.{name}"
        if name in _OWN_KEY:
            raise file.error(place, f"this source has a key of its own, markings.{_OWN_KEY[name]}")
        if not name:
            raise file.error(place, "expected a file's name or a pattern")
        if not isinstance(marking, str):
            raise file.error(place, f"{marking!r} is not a marking; quote names that hold a point")
        _readable(marking, file, place)
    return tuple(NamedMarking(name, marking) for name, marking in stated.items())


_OWN_KEY = {
    CELESTRAK: "celestrak", SPACE_TRACK: "space_track", MADE_SKY: "made_sky",
    EXERCISE_SCRIPT: "exercise",
}  # fmt: skip


def _readable(text: str, file: _File, key: str) -> None:
    try:
        parse_marking(text)
    except FormatError as error:
        raise file.error(key, error.problem) from None


def _room(defaults: Any, stated: Mapping[str, Any], file: _File, name: str) -> Any:
    known = {f.name: getattr(defaults, f.name) for f in fields(defaults)}
    _refuse_unknown(stated, known, file, f"{name}.")
    told = {k: _same_type(known[k], value, file, f"{name}.{k}") for k, value in stated.items()}
    return replace(defaults, **told)


def _refuse_unknown(
    stated: Mapping[str, Any], known: Mapping[str, Any], file: _File, prefix: str
) -> None:
    for key in stated:
        if key not in known:
            raise file.error(f"{prefix}{key}", f"unknown key; expected one of {', '.join(known)}")


def _same_type(default: Any, value: Any, file: _File, key: str) -> Any:
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise file.error(key, f"{value!r} is not a list of texts")
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not type(default):
        wanted = type(default).__name__
        raise file.error(key, f"{value!r} is not a {wanted}, as the default {default!r} is")
    return value


def store_folder(settings: Settings) -> Path:
    """Return the folder of the store."""
    return Path(settings.store.folder or platformdirs.user_data_path("hoshimori") / "store")


def cache_folder(settings: Settings) -> Path:
    """Return the folder where answers of sources are cached."""
    return Path(settings.sources.cache_folder or platformdirs.user_cache_path("hoshimori"))
