"""The space weather of a live exercise, as far as it is known, where its floor looks for it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np

from hoshimori.formats.space_weather import write_space_weather
from hoshimori.model.moments import as_column_time
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.space_weather import PERIODS_PER_DAY, DayKind, SpaceWeather
from hoshimori.workflows.live_stage import LiveStage
from hoshimori.workflows.sealing import write_whole

FILE = "space-weather.csv"
"""In the folder of the exercise; what is not known at its moment is not in it."""


def keep_weather(folder: Path, stage: LiveStage, moment_utc: datetime) -> None:
    """Write what is known of space weather at a moment, unless the file says the same already.

    Raises:
        SettingsError: it cannot be written.
    """
    known = stage.stage.weather_at(moment_utc)
    data = write_space_weather(known if known is not None else _unknown(stage.starts_utc))
    path = folder / FILE
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)


def _unknown(day_utc: datetime) -> SpaceWeather:
    """Return a day of which nothing is known: storms cannot be judged, and that is said."""
    nothing = np.full(1, np.nan)
    periods = np.full((1, PERIODS_PER_DAY), np.nan)
    return SpaceWeather(
        day_utc=np.array([as_column_time(day_utc)]).astype("datetime64[D]").astype("M8[us]"),
        kp=periods,
        ap=periods,
        f107_observed=nothing,
        f107_adjusted=nothing,
        f107_observed_81_day=nothing,
        kind=np.array([DayKind.PREDICTED], np.uint8),
        provenance=Provenance("exercise: space weather", "0" * 64, Reality.EXERCISE),
    )
