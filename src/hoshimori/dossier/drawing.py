"""Figures as SVG that lives in a page: its colours and fonts, its language, the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hoshimori.dossier.markup import Html, joined, tag


class Ink(Enum):
    """A colour of the page; the value is the stand-in under which matplotlib draws it."""

    TEXT = "#01f001"
    FAINT = "#01f002"
    RULE = "#01f003"
    ASSET = "#01f004"
    OTHER = "#01f005"
    LOOK = "#01f006"
    WATCH = "#01f007"
    LOG = "#01f008"
    PANEL = "#01f009"


_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "hoshimori",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": Ink.RULE.value,
    "axes.labelcolor": Ink.FAINT.value,
    "axes.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "grid.color": Ink.RULE.value,
    "grid.linewidth": 0.5,
    "grid.alpha": 0.6,
    "xtick.color": Ink.RULE.value,
    "ytick.color": Ink.RULE.value,
    "xtick.labelcolor": Ink.FAINT.value,
    "ytick.labelcolor": Ink.FAINT.value,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "lines.linewidth": 1.4,
    "path.simplify_threshold": 0.2,
}


class Sheet:
    """A figure to draw on, and the texts that the browser sets in its own fonts."""

    def __init__(self, width_in: float, height_in: float) -> None:
        self.figure = Figure(figsize=(width_in, height_in))
        self._texts: list[str] = []

    def panel(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return axes at a place given as fractions of the sheet."""
        return self.figure.add_axes((left, bottom, width, height))

    def text(self, words: str) -> str:
        """Return a stand-in for a text: matplotlib's fonts hold no Japanese."""
        self._texts.append(words)
        return f"@{len(self._texts) - 1}@"

    def svg(self, name: str, title: str, description: str) -> Html:
        """Return the drawing as one accessible SVG element; `name` keeps its ids apart."""
        stream = io.StringIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        self.figure.savefig(stream, format="svg", metadata=nothing)
        drawn = _embedded(stream.getvalue(), name)
        head = joined(
            tag("title", title, id=f"{name}-title"), tag("desc", description, id=f"{name}-desc")
        )
        labelled = f' role="img" aria-labelledby="{name}-title {name}-desc">'
        drawn = drawn.replace(">", labelled + head, 1)
        return Html(re.sub(r"@(\d+)@", lambda m: joined(self._texts[int(m[1])]), drawn))


@contextmanager
def sheet(width_in: float, height_in: float) -> Iterator[Sheet]:
    """Yield a sheet under the style of the house, whatever the user's own matplotlib style is.

    Matplotlib keeps its style in a global; it is put back on leaving. Not for several threads.
    """
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield Sheet(width_in, height_in)


def _embedded(document: str, name: str) -> str:
    """Return the svg element alone: no addresses, no fonts, no colours, no ids of its own."""
    drawn = document[document.index("<svg") :].strip()
    size = re.search(r'viewBox="[^"]*"', drawn)
    drawn = re.sub(r"<svg[^>]*>", f"<svg {size[0] if size else ''}>", drawn, count=1)
    drawn = re.sub(r"<style.*?</style>", "", drawn, flags=re.S)
    drawn = re.sub(r"font-family:[^;\"]*;? ?", "", drawn).replace("xlink:href", "href")
    for ink in Ink:
        drawn = drawn.replace(ink.value, f"var(--{ink.name.lower()})")
    drawn = re.sub(r' transform="rotate\(-0 [^"]*"', "", drawn)
    drawn = re.sub(r"<[^>]+>", lambda element: _rounded(element[0]), drawn)
    return re.sub(r"\s*\n\s*", " ", _own_ids(drawn, name)).replace("> <", "><")


def _rounded(element: str) -> str:
    """Return a tag with its coordinates to a tenth of a point; what it encloses stays exact."""
    return re.sub(r"-?\d+\.\d\d+", lambda number: f"{float(number[0]):.1f}", element)


def _own_ids(drawn: str, name: str) -> str:
    """Return the drawing with ids only where something refers to them, under its own name."""
    wanted = set(re.findall(r'(?:href="|url\()#([^")]+)', drawn))
    drawn = re.sub(
        r' id="([^"]*)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in wanted else "", drawn
    )
    return re.sub(r'((?:href="|url\()#)', rf"\g<1>{name}-", drawn)
