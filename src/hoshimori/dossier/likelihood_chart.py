"""The intervals of ten explanations side by side, the benign ones first: never a bare number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hoshimori.dossier.assessment_rows import ExplanationRow
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.markup import Html, joined, safe, tag
from hoshimori.model.assessments import Span

_WORD_BANDS: Final = ((0.05, 0.20), (0.45, 0.55), (0.80, 0.95))
"""Every second band of words (Intelligence Community Directive 203, 2015)."""
_WIDTH, _LEFT, _RIGHT = 1000.0, 388.0, 700.0
_ROW, _HEAD, _GROUP = 25.0, 44.0, 20.0
_LEAST_BAR = 5.0


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One explanation with whether it belongs to the benign ones."""

    row: ExplanationRow
    benign: bool


def likelihood_chart(rows: Sequence[ChartRow], language: Language, *, name: str) -> Html:
    """Return the chart as one accessible SVG element."""
    benign = [r.row for r in rows if r.benign]
    others = [r.row for r in rows if not r.benign]
    height = _HEAD + 2.0 * _GROUP + _ROW * len(rows) + 6.0
    second = _HEAD + _GROUP + _ROW * len(benign)
    drawn = (
        *_bands(height),
        *_scale(),
        *_group(say(language, "document.chart.benign"), benign, _HEAD, "other"),
        *_group(say(language, "document.chart.other"), others, second, "log"),
    )
    told = " ".join(spoken_rows(rows, language))
    title, described = say(language, "document.chart"), f"{name}-desc"
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", told, id=described),
        *drawn,
        viewBox=f"0 0 {_WIDTH:g} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {described}",
    )


def spoken_rows(rows: Sequence[ChartRow], language: Language) -> tuple[str, ...]:
    """Return the same in words, one sentence for each explanation."""
    ordered = sorted(rows, key=lambda one: not one.benign)
    return tuple(
        say(
            language,
            "document.chart.row",
            name=one.row.name,
            words=one.row.words,
            interval=one.row.interval,
        )
        for one in ordered
    )


def _across(probability: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(probability, 0.0), 1.0)


def _bands(height: float) -> Iterator[Html]:
    """Yield every second band of words, so that a bar can be read against them."""
    for low, high in _WORD_BANDS:
        yield _rectangle(_across(low), _HEAD - 8.0, _across(high), height, "rule", opacity=0.33)


def _scale() -> Iterator[Html]:
    for percent in (0, 5, 20, 45, 55, 80, 95, 100):
        words = f"{percent} %" if percent == 100 else f"{percent}"
        across = _across(percent / 100.0)
        yield _text(words, across, _HEAD - 14.0, "faint", size=11.0, anchor="middle")


def _group(heading: str, rows: Sequence[ExplanationRow], top: float, colour: str) -> Iterator[Html]:
    yield _text(heading, 0.0, top + 14.0, "faint", size=11.5)
    for place, row in enumerate(rows):
        middle = top + _GROUP + _ROW * (place + 0.5)
        yield _line(0.0, middle - _ROW / 2.0, _WIDTH, "rule")
        yield _text(row.name, 0.0, middle + 4.5, "text", size=13.0)
        yield _bar(row.likelihood, middle, colour)
        yield _text(row.words, _RIGHT + 18.0, middle + 4.5, "text", size=12.5)
        yield _text(row.interval, _WIDTH, middle + 4.5, "faint", size=12.0, anchor="end")


def _bar(span: Span, middle: float, colour: str) -> Html:
    left, right = _across(span.low), _across(span.high)
    if right - left < _LEAST_BAR:
        right = left + _LEAST_BAR
    return _rectangle(left, middle - 5.5, right, middle + 5.5, colour, rounded=2.5)


def _rectangle(
    left: float,
    top: float,
    right: float,
    bottom: float,
    colour: str,
    *,
    opacity: float = 1.0,
    rounded: float = 0.0,
) -> Html:
    return Html(
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{bottom - top:.1f}" rx="{rounded:g}" fill="var(--{colour})" '
        f'fill-opacity="{opacity:g}"></rect>'
    )


def _line(left: float, up: float, right: float, colour: str) -> Html:
    return Html(
        f'<path d="M{left:.1f} {up:.1f}H{right:.1f}" stroke="var(--{colour})" '
        'stroke-width="0.7" fill="none"></path>'
    )


def _text(
    words: str, across: float, up: float, colour: str, *, size: float, anchor: str = "start"
) -> Html:
    return joined(
        Html(
            f'<text x="{across:.1f}" y="{up:.1f}" font-size="{size:g}" '
            f'text-anchor="{anchor}" fill="var(--{colour})">'
        ),
        safe(words),
        Html("</text>"),
    )
