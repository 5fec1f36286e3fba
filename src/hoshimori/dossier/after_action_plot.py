"""Truth against what was known, in one drawing: when it happened, was published, was seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from matplotlib.axes import Axes

from hoshimori.dossier.document import Exhibit
from hoshimori.dossier.drawing import Ink, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import utc_text
from hoshimori.dossier.time_axis import days_from, dress_time_axis
from hoshimori.model.rehearsals import TimelineRow

MOST_ROWS = 24
"""Events that are drawn; the table holds all."""
_ROW_IN = 0.3
_LEAST_SHARE = 0.006
_SEEN_ABOVE = 0.24
"""Rows: what is first seen and found whole at one look stays visible."""


def after_action_exhibit(
    rows: Sequence[TimelineRow], starts_utc: datetime, language: Language, *, name: str
) -> Exhibit:
    """Return the drawing, the earliest event on top; days count from the start."""
    shown = rows[:MOST_ROWS]
    title = say(language, "rehearsal.chart")
    spoken = " ".join(_spoken(row, language) for row in shown)
    every = [starts_utc, *(m for row in shown for m in _moments(row))]
    days = days_from(starts_utc, every)
    first, last = float(days.min()), float(days.max())
    margin = 0.03 * (last - first) or 0.5
    height = 0.8 + _ROW_IN * max(len(shown), 1)
    with sheet(9.6, height) as page:
        axes = page.panel(0.26, 0.44 / height, 0.72, 1.0 - 0.62 / height)
        axes.set_xlim(first - margin, last + margin)
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.75)
        for place, row in enumerate(shown):
            _draw(axes, place, row, starts_utc, _LEAST_SHARE * (last - first + 2.0 * margin))
        axes.set_yticks(range(len(shown)), [page.text(_label(row, language)) for row in shown])
        axes.tick_params(axis="y", length=0, labelcolor=Ink.TEXT.value)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=False, axis="y")
        dress_time_axis(page, axes, starts_utc, say(language, "rehearsal.chart.start"))
        drawn = page.svg(name, title, spoken or title)
    return Exhibit(name, drawn, title, say(language, "rehearsal.chart.key"), spoken or title)


def _moments(row: TimelineRow) -> Iterator[datetime]:
    yield from (row.happened_utc, row.ended_utc, row.observable_utc)
    yield from (m for m in (row.public_utc, row.seen_utc, row.found_utc) if m is not None)
    yield from row.acted.values()


def _draw(axes: Axes, place: int, row: TimelineRow, starts_utc: datetime, least: float) -> None:
    start, end = days_from(starts_utc, [row.happened_utc, row.ended_utc])
    width = max(float(end - start), least)
    axes.barh(place, width, left=float(start), height=0.3, color=Ink.RULE.value)
    marks = (
        (row.observable_utc, "o", Ink.TEXT, "none"),
        (row.public_utc, "D", Ink.OTHER, Ink.OTHER.value),
        (row.seen_utc, "^", Ink.WATCH, Ink.WATCH.value),
        (row.found_utc, "s", Ink.ASSET, Ink.ASSET.value),
        *((moment, "x", Ink.LOOK, Ink.LOOK.value) for moment in row.acted.values()),
    )
    for moment, shape, ink, face in marks:
        if moment is not None:
            (at,) = days_from(starts_utc, [moment])
            up = _SEEN_ABOVE if shape == "^" else 0.0
            axes.plot(
                [float(at)], [place - up], marker=shape, markersize=6, linestyle="none",
                markeredgecolor=ink.value, markerfacecolor=face,
            )  # fmt: skip


def _label(row: TimelineRow, language: Language) -> str:
    kind = say(language, f"script.inject.kind.{row.kind.replace('-', '_')}")
    return say(language, "rehearsal.note", name=row.inject_id, verdict=kind)


def _spoken(row: TimelineRow, language: Language) -> str:
    never = say(language, "rehearsal.unknown")
    return say(
        language,
        "rehearsal.chart.row",
        name=row.inject_id,
        start=utc_text(row.happened_utc),
        end=utc_text(row.ended_utc),
        public=utc_text(row.public_utc) if row.public_utc else never,
        seen=utc_text(row.seen_utc) if row.seen_utc else never,
        found=utc_text(row.found_utc) if row.found_utc else never,
    )
