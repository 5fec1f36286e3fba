"""Renew the tables of the page on located signals from what its benchmark keeps.

Run: ``python docs/make_geolocation.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from page_blocks import renewed, table

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_geolocation.json"
PAGE = DOCS / "explain" / "geolocation.md"


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    blocks = {"coverage": _coverage(figures), "sizes": _sizes(figures["cases"])}
    return renewed(PAGE, blocks)


def _coverage(figures: dict[str, Any]) -> str:
    head = ("case", "draws", "ellipse holds, %", "told as no ellipse, %", "several places, %",
            "outline holds, %", "within chi-square, %")  # fmt: skip
    rows = []
    for name, case in figures["cases"].items():
        told = case["all"]
        rows.append((
            name, f"{told['held']['of']:,}", _share(told["held"]), _plain(told["bent"]),
            _plain(told["several_places"]), _outline(told),
            _share(told["within_rise"]),
        ))  # fmt: skip
    every = (
        f"Over all cases the ellipse holds the emitter in {_share(figures['held'])} % of draws, "
        f"in {_share(figures['held_not_bent'])} % of those where it was not told as no ellipse. "
        f"The outline, which is what is drawn, exported and told in incidents, holds it in "
        f"{_share(figures['in_outline'])} % of the {figures['in_outline']['of']:,} draws in which "
        f"it was looked at, and in "
        f"{_share(figures['in_bent_outline'])} % of the "
        f"{figures['in_bent_outline']['of']:,} where it is bent; "
        f"chi-square is within 5.99 of its least in {_share(figures['within_rise'])} %."
    )
    return f"{table(head, rows)}\n\n{every}"


def _sizes(cases: dict[str, Any]) -> str:
    head = ("case", "half axes, km", "without references, km", "orbits and clocks exact, km")
    rows = []
    for name, case in cases.items():
        first = case["tables"]["places"][0]
        long, short = first["half_axes_km"]
        without = first["half_axis_without_km"]
        has_references = "reference" in name and "no reference" not in name
        rows.append((
            name, f"{_km(long)} × {_km(short)}",
            _km(without["references"]) if has_references else "–",
            _km(without["errors of orbits and clocks"]),
        ))  # fmt: skip
    return table(head, rows)


def _outline(told: dict[str, Any]) -> str:
    """Return how often the drawn outline holds; where no draw was bent it is the ellipse's own."""
    if "in_outline" in told:
        return _share(told["in_outline"])
    return "not measured" if told["bent"]["count"] else "as the ellipse"


def _share(one: dict[str, Any]) -> str:
    low, high = (100.0 * x for x in one["interval"])
    return f"{100.0 * one['share']:.1f} ({low:.1f} to {high:.1f})"


def _plain(one: dict[str, Any]) -> str:
    return f"{100.0 * one['count'] / max(one['of'], 1):.1f}"


def _km(value: float) -> str:
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.1f}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
