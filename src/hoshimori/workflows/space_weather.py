"""Space weather at hand: from the file that the settings name, or none."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hoshimori.errors import SettingsError
from hoshimori.formats.space_weather import read_space_weather
from hoshimori.model.provenance import Provenance
from hoshimori.model.space_weather import SpaceWeatherReading
from hoshimori.settings import Settings


def space_weather(settings: Settings) -> SpaceWeatherReading | None:
    """Return the space weather of the file ``sources.space_weather``; None where none is named.

    None means that storms are not judged at all, which is no clean bill. Raises as
    `space_weather_of_file`.
    """
    named = settings.sources.space_weather
    return space_weather_of_file(Path(named).expanduser()) if named else None


def space_weather_of_file(path: Path) -> SpaceWeatherReading:
    """Read a file of space weather (``SW-All.csv`` of CelesTrak, also gzip).

    Raises:
        SettingsError: there is no such file.
        FormatError: it is no such file.
    """
    if not path.is_file():
        raise SettingsError(f"{path}: there is no such file of space weather")
    payload = path.read_bytes()
    digest = hashlib.sha256(payload).hexdigest()
    return read_space_weather(payload, Provenance(path.name, digest))
