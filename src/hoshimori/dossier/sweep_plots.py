"""The plots of a sweep: share found against size, and what it costs in false alarms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

from hoshimori.dossier.drawing import Ink, Sheet, sheet
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, tag
from hoshimori.dossier.sweep_rows import number_text
from hoshimori.model.finding import Interval
from hoshimori.model.sweeps import Curve, Fit, OperatingCurve

_INKS = (Ink.ASSET, Ink.LOOK, Ink.OTHER)
_SHAPES = ("o", "s", "^")
_SIGNS = ("●", "■", "▲")
"""The same marks in the key."""
_APART = (0.94, 1.0, 1.06)
"""Marks of one bin stand beside one another."""
_RATES = (0.0, 0.01, 0.1, 1.0, 10.0)
_LEAST_RATE = 0.01
_STEPS = 81


def detection_plot(
    curves: Sequence[Curve], operating: Sequence[OperatingCurve], language: Language, *, name: str
) -> Html:
    """Return share found against size, by regime, and beside it against false alarms."""
    with sheet(9.6, 3.1) as page:
        left = page.panel(0.075, 0.175, 0.4, 0.785)
        for number, curve in enumerate(curves):
            _curve(left, curve, number)
        _size_axis(page, left, curves, language)
        if operating:
            right = page.panel(0.575, 0.175, 0.4, 0.785)
            for number, one in enumerate(operating):
                _operating(right, one, number)
            _rate_axis(page, right, language)
        return page.svg(
            name,
            say(language, "sweep.page.plot"),
            say(language, "sweep.page.plot.desc", curves=str(len(curves))),
        )


def traits_plot(panels: Sequence[Sequence[Curve]], language: Language, *, name: str) -> Html:
    """Return share found against size by trait, such as direction, with a panel a regime."""
    width = 0.925 / len(panels)
    with sheet(9.6, 2.9) as page:
        for place, curves in enumerate(panels):
            axes = page.panel(0.075 + place * width, 0.19, width - 0.05, 0.77)
            for number, curve in enumerate(curves):
                _curve(axes, curve, number)
            _size_axis(page, axes, curves, language, is_first=place == 0)
        return page.svg(
            name,
            say(language, "sweep.page.traits"),
            say(language, "sweep.page.plot.desc", curves=str(sum(map(len, panels)))),
        )


def key_of(names: Sequence[str]) -> Html:
    """Return which mark is which, for a caption."""
    marks = (
        joined(
            tag(
                "span", _SIGNS[k], style=f"color:var(--{_INKS[k].name.lower()})", aria_hidden="true"
            ),
            " ",
            name,
        )
        for k, name in enumerate(names)
    )
    return Html(" · ".join(marks))


def _curve(axes: Axes, curve: Curve, number: int) -> None:
    ink = _INKS[number].value
    size = [one.middle * _APART[number] for one in curve.bins]
    axes.errorbar(
        size, [one.share.best for one in curve.bins], yerr=_ends([b.share for b in curve.bins]),
        fmt=_SHAPES[number], color=ink, markersize=5, elinewidth=0.9, capsize=0,
    )  # fmt: skip
    if curve.fit is None or not curve.bins:
        return
    sizes = np.geomspace(curve.bins[0].low, curve.bins[-1].high, _STEPS)
    axes.plot(sizes, _fitted(curve.fit, sizes), color=ink)
    for share, known in ((0.5, curve.fit.half), (0.9, curve.fit.ninety)):
        if known is not None:
            shown = share + 0.012 * (number - 1)
            axes.plot([known.low, known.high], [shown, shown], color=ink, linewidth=3.2, alpha=0.45)


def _fitted(fit: Fit, sizes: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    told: list[float] = (
        1.0 / (1.0 + np.exp(-(fit.intercept + fit.slope * np.log10(sizes))))
    ).tolist()
    return told


def _operating(axes: Axes, curve: OperatingCurve, number: int) -> None:
    ink, points = _INKS[number].value, curve.points
    rate = [_placed(one.per_asset_month.best) for one in points]
    axes.errorbar(
        rate, [one.found.best for one in points], yerr=_ends([one.found for one in points]),
        fmt=_SHAPES[number], color=ink, markersize=5, elinewidth=0.7, capsize=0,
        linestyle="-",
    )  # fmt: skip


def _placed(rate: float) -> float:
    """Return where a rate stands: evenly by decades, with none a decade before the least."""
    return -1.0 if rate <= 0.0 else max(-0.7, float(np.log10(rate / _LEAST_RATE)))


def _ends(shares: Sequence[Interval]) -> list[list[float]]:
    return [
        [max(0.0, one.best - one.low) for one in shares],
        [max(0.0, one.high - one.best) for one in shares],
    ]


def _share_axis(page: Sheet, axes: Axes, language: Language, *, is_first: bool = True) -> None:
    axes.set_ylim(-0.03, 1.03)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100.0 * share:.0f} %"))
    if is_first:
        axes.set_ylabel(page.text(say(language, "sweep.page.axis.found")))


def _size_axis(
    page: Sheet, axes: Axes, curves: Sequence[Curve], language: Language, *, is_first: bool = True
) -> None:
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda size, _: number_text(size)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    if curves:
        axes.set_xlabel(page.text(say(language, f"sweep.measure.{curves[0].measure}")))
    _share_axis(page, axes, language, is_first=is_first)


def _rate_axis(page: Sheet, axes: Axes, language: Language) -> None:
    axes.set_xlim(-1.25, 3.6)
    axes.xaxis.set_major_locator(FixedLocator([_placed(rate) for rate in _RATES]))
    axes.set_xticklabels([number_text(rate) if rate else "0" for rate in _RATES])
    axes.set_xlabel(page.text(say(language, "sweep.page.axis.raised")))
    _share_axis(page, axes, language)
