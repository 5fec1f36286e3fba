"""Time along the bottom of a plot: days from the moment of the picture, marked in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from hoshimori.dossier.drawing import Ink, Sheet

Values = npt.NDArray[np.float64]

_STEPS_H = (0.25, 0.5, 1.0, 3.0, 6.0, 12.0, 24.0, 48.0, 120.0, 240.0, 720.0, 2160.0, 8760.0)
_MOST_TICKS = 8


def days_from(as_of_utc: datetime, moments: Iterable[datetime]) -> Values:
    """Return moments as days from the moment of the picture, the past negative."""
    return np.array([(moment - as_of_utc) / timedelta(days=1) for moment in moments], dtype=float)


def dress_time_axis(page: Sheet, axes: Axes, as_of_utc: datetime, as_of_words: str) -> None:
    """Mark an axis of days in UTC dates and hours, and draw the moment of the picture."""
    first, last = axes.get_xlim()
    ticks = _ticks(as_of_utc, first, last)
    places = days_from(as_of_utc, ticks)
    axes.set_xticks(places.tolist(), [_tick_words(tick) for tick in ticks])
    axes.set_xlim(first, last)
    if first <= 0.0 <= last:
        axes.axvline(0.0, color=Ink.TEXT.value, linewidth=0.9, alpha=0.7)
        note_at(axes, page.text(as_of_words), 0.0, 1.0, coordinates=("data", "axes fraction"))


def note_at(
    axes: Axes, words: str, across: float, up: float, *, coordinates: tuple[str, str]
) -> None:
    """Write a short note just right of and below a place."""
    axes.annotate(
        words,
        (across, up),
        xycoords=coordinates,
        xytext=(4, -1),
        textcoords="offset points",
        va="top",
        fontsize=8.5,
        color=Ink.TEXT.value,
    )


def _ticks(as_of_utc: datetime, first: float, last: float) -> list[datetime]:
    hours = (last - first) * 24.0
    step_h = next((step for step in _STEPS_H if hours / step < _MOST_TICKS), _STEPS_H[-1])
    start, end = as_of_utc + timedelta(days=first), as_of_utc + timedelta(days=last)
    tick = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    ticks = []
    while tick <= end:
        if tick >= start:
            ticks.append(tick)
        tick += timedelta(hours=step_h)
    return ticks


def _tick_words(tick: datetime) -> str:
    return tick.strftime("%m-%d" if tick.hour == tick.minute == 0 else "%H:%M")
