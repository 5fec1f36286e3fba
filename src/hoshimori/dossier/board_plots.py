"""The plots of a whole board: miss distances of all close passes, ages of the elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isfinite

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from hoshimori.dossier.drawing import Ink, Sheet, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html
from hoshimori.dossier.time_axis import days_from, dress_time_axis
from hoshimori.dossier.wording import name_of
from hoshimori.model.board import Coverage
from hoshimori.model.findings import Conjunction
from hoshimori.model.incidents import Attention

MOST_CONJUNCTIONS = 150
"""Of more close passes than this only the nearest are drawn."""
_MOST_NAMED = 6
_FLOOR_KM = 0.1
_BAR_WIDTH = 0.86
_MARKS = {
    Attention.LOOK: ("D", Ink.LOOK),
    Attention.WATCH: ("^", Ink.WATCH),
    Attention.LOG: ("o", Ink.LOG),
}

Pass = tuple[Conjunction, Attention]
Bins = Sequence[tuple[float, float, int]]


def miss_distance_plot(
    passes: Sequence[Pass],
    as_of_utc: datetime,
    days_ahead: float,
    language: Language,
    *,
    names: Mapping[int, str],
    name: str,
) -> Html:
    """Return the miss distances of close passes over time, each with its interval."""
    nearest = sorted(passes, key=lambda one: one[0].miss_km.best)[:MOST_CONJUNCTIONS]
    with sheet(9.6, 3.2) as page:
        axes = page.panel(0.075, 0.16, 0.905, 0.78)
        axes.set_yscale("log")
        for finding, attention in reversed(nearest):
            _draw_pass(axes, finding, attention, as_of_utc)
        for finding in _to_name(nearest):
            words = page.text(name_of(finding.objects[-1], names, language))
            _name_pass(axes, finding, words, as_of_utc)
        axes.set_ylim(bottom=_FLOOR_KM)
        axes.set_xlim(min(0.0, axes.get_xlim()[0]), max(days_ahead, axes.get_xlim()[1]))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        dress_time_axis(page, axes, as_of_utc, say(language, "plot.as_of"))
        axes.set_xlabel(page.text(say(language, "plot.time")))
        axes.set_ylabel(page.text(say(language, "plot.conjunctions.miss")))
        description = say(language, "plot.conjunctions.desc", number=f"{len(nearest):,}")
        return page.svg(name, say(language, "plot.conjunctions.title"), description)


def _draw_pass(axes: Axes, finding: Conjunction, attention: Attention, as_of_utc: datetime) -> None:
    marker, ink = _MARKS[attention]
    (day,) = days_from(as_of_utc, [finding.tca_utc])
    best = max(finding.miss_km.best, _FLOOR_KM)
    low = max(finding.miss_km.low, _FLOOR_KM / 10.0)
    high = finding.miss_km.high if isfinite(finding.miss_km.high) else best * 10.0
    axes.plot([day, day], [low, max(high, best)], color=ink.value, linewidth=1.1, alpha=0.75)
    fill = Ink.PANEL if attention is Attention.LOG else ink
    axes.plot(day, best, marker, color=ink.value, markerfacecolor=fill.value, markersize=5.5)


def _to_name(passes: Sequence[Pass]) -> list[Conjunction]:
    """Return the nearest pass of each pair that wants attention, a few of them."""
    by_pair: dict[tuple[int, ...], Conjunction] = {}
    for finding, attention in passes:
        if attention is not Attention.LOG:
            by_pair.setdefault(finding.objects, finding)
    return list(by_pair.values())[:_MOST_NAMED]


def _name_pass(axes: Axes, finding: Conjunction, words: str, as_of_utc: datetime) -> None:
    (day,) = days_from(as_of_utc, [finding.tca_utc])
    best = max(finding.miss_km.best, _FLOOR_KM)
    axes.annotate(
        words,
        (day, best),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        fontsize=8.5,
        color=Ink.TEXT.value,
    )


def element_age_plot(
    coverage: Coverage, names: Mapping[int, str], language: Language, *, name: str
) -> Html:
    """Return how old the elements of all objects are, with the assets marked."""
    bins = coverage.element_age_histogram
    counts = [count for _, _, count in bins]
    top = max(counts, default=0) or 1
    with sheet(9.6, 3.0) as page:
        axes = page.panel(0.075, 0.17, 0.905, 0.76)
        axes.bar(range(len(bins)), counts, width=_BAR_WIDTH, color=Ink.LOG.value, alpha=0.55)
        for place, count in enumerate(counts):
            _write(axes, f"{count:,}", place, count, Ink.FAINT)
        _mark_assets(page, axes, coverage, names, 1.17 * top, language)
        axes.set_ylim(0.0, 1.3 * top)
        axes.set_xticks(range(len(bins)), [_bin_words(low, high) for low, high, _ in bins])
        axes.grid(visible=False, axis="x")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.set_xlabel(page.text(say(language, "plot.ages.age")))
        axes.set_ylabel(page.text(say(language, "plot.ages.objects")))
        return page.svg(name, say(language, "plot.ages.title"), say(language, "plot.ages.desc"))


def _write(axes: Axes, words: str, across: float, up: float, ink: Ink) -> None:
    axes.annotate(
        words,
        (across, up),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        fontsize=8.5,
        color=ink.value,
    )


def _bin_words(low: float, high: float) -> str:
    return f"{low:g}–{high:g}" if isfinite(high) else f"≥ {low:g}"


def _mark_assets(
    page: Sheet,
    axes: Axes,
    coverage: Coverage,
    names: Mapping[int, str],
    height: float,
    language: Language,
) -> None:
    """Mark each asset where its age lies in the bins, and name the oldest."""
    bins = coverage.element_age_histogram
    aged = [
        (a.element_age_days, a.norad_id) for a in coverage.assets if a.element_age_days is not None
    ]
    if not aged or not bins:
        return
    for age, _ in aged:
        place = _place_in_bins(age, bins)
        axes.plot(place, height, "v", color=Ink.ASSET.value, markersize=6, alpha=0.8)
    age, oldest = max(aged)
    words = page.text(name_of(oldest, names, language))
    _write(axes, words, _place_in_bins(age, bins), height, Ink.ASSET)


def _place_in_bins(age_days: float, bins: Bins) -> float:
    """Return where an age lies along bars of equal width, whatever the widths of the bins.

    >>> _place_in_bins(0.5, [(0.0, 1.0, 7), (1.0, 5.0, 3)])
    0.0
    """
    for place, (low, high, _) in enumerate(bins):
        if age_days < high:
            width = high - low if isfinite(high) else max(low, 1.0)
            inside = min(max((age_days - low) / width, 0.0), 1.0)
            return place + _BAR_WIDTH * (inside - 0.5)
    return len(bins) - 1 + _BAR_WIDTH / 2.0
