"""Questions of what could have caused something, as the floor's worker answers them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hoshimori.errors import SettingsError
from hoshimori.model.candidate_causes import Assumptions, CauseReport
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.model.space_weather import SpaceWeather
from hoshimori.settings import Settings, cache_folder
from hoshimori.workflows.explain import Beside, explain
from hoshimori.workflows.kept_areas import kept_areas
from hoshimori.workflows.known_failures import known_failures
from hoshimori.workflows.space_weather import space_weather_of_file


@dataclass(frozen=True, slots=True)
class CauseQuestion:
    """Of which object and moment, and what is taken for granted."""

    norad_id: int
    at_utc: datetime
    assumptions: Assumptions


@dataclass(frozen=True, slots=True)
class AtHand:
    """Where what lies beside a picture is found."""

    weather: str
    """The file of space weather; empty where the settings name none."""
    cache: Path


def at_hand(settings: Settings) -> AtHand:
    """Return where the settings say that things lie."""
    return AtHand(settings.sources.space_weather, cache_folder(settings))


class WeatherDesk:
    """Holds the space weather of the file read last, until the file is another."""

    def __init__(self) -> None:
        self._read: tuple[tuple[str, int, int], SpaceWeather] | None = None

    def weather(self, named: str) -> SpaceWeather | None:
        """Return the space weather of a file, None where none is named.

        Raises:
            SettingsError: there is no such file.
            FormatError: it is no such file.
        """
        if not named:
            return None
        path = Path(named).expanduser()
        if not path.is_file():
            raise SettingsError(f"{path}: there is no such file of space weather")
        state = path.stat()
        key = (named, state.st_mtime_ns, state.st_size)
        if self._read is None or self._read[0] != key:
            self._read = (key, space_weather_of_file(path).weather)
        return self._read[1]


def causes_of(
    picture: Picture, question: CauseQuestion, where: AtHand, desk: WeatherDesk
) -> CauseReport:
    """Return the causes of a moment in a picture, which is of that moment or later.

    Whoever asks about a moment stands after it. Raises as `explain` and `WeatherDesk.weather`.
    """
    picture = replace(picture, as_of_utc=max(picture.as_of_utc, question.at_utc))
    beside = Beside(desk.weather(where.weather), known_failures(), kept_areas(picture, where.cache))
    found = explain(
        picture,
        question.norad_id,
        as_column_time(question.at_utc),
        beside=beside,
        assumptions=question.assumptions,
    )
    return _portable(found)


def _portable(report: CauseReport) -> CauseReport:
    """Return a report that can be handed to another process: read-only mappings cannot."""
    candidates = []
    for one in report.candidates:
        told = one.check
        if told is not None:
            told = replace(told, values=dict(told.values))
        candidates.append(replace(one, values=dict(one.values), check=told))
    return replace(report, candidates=tuple(candidates), names=dict(report.names))
