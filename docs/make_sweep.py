"""Write the page about sweeps, and draw its curves, from what the benchmark keeps.

Run: ``python docs/make_sweep.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hoshimori.dossier.language import Language
from hoshimori.dossier.sweep_rows import (
    finding_text,
    group_text,
    kind_text,
    number_text,
    regime_text,
)
from hoshimori.model.sweeps import DrawKind, DrawRegime

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_sweep.json"
PAGE = DOCS / "explain" / "exercise-sweeps.md"
PICTURE = DOCS / "images" / "detection-curves.svg"
MISSING = "Not measured yet: run `python benchmarks/accuracy_sweep.py`.\n"
REGIMES = ("low", "high-low", "belt")
PANELS = (
    ("burn", "delta_v_m_s", ("low in-track", "low cross-track", "belt in-track"), "burn [m/s]"),
    ("slow-thrust", "delta_v_m_s", REGIMES, "velocity change by slow thrust [m/s]"),
    ("inspect", "range_km", REGIMES, "closest range of an inspection [km]"),
    ("shadow", "range_km", REGIMES, "range of one that shadows [km]"),
    ("release", "delta_v_m_s", REGIMES, "velocity of a release [m/s]"),
    ("break-up", "pieces", REGIMES, "pieces of a break-up"),
)
COLOURS = ("#1b6ca8", "#c0632b", "#4f7a3a")
UNITS = {
    "delta_v_m_s": "m/s",
    "acceleration_m_s2": "m/s²",
    "lasts_h": "h of thrust",
    "range_km": "km",
    "stays_h": "h of stay",
    "takes_h": "h to come",
    "catalogued_after_h": "h until catalogued",
    "pieces": "pieces",
    "plane_deg": "deg between planes",
    "falls_days": "days to the end",
    "cadence_h": "h between sets",
    "late_h": "h late",
}
EN = Language.EN


def page() -> str:
    """Return the page with its part of measured figures renewed."""
    text = PAGE.read_text(encoding="utf-8")
    made = MISSING
    if RESULT.is_file():
        made = measured(json.loads(RESULT.read_text(encoding="utf-8"))["figures"])
    return re.sub(r"(## Measured\n\n).*?(?=\n## |\Z)", lambda m: m[1] + made, text, flags=re.S)


def measured(figures: dict[str, Any]) -> str:
    """Return the curves in tables, with delays, parents, false alarms and the comparison."""
    told = figures["sweep"]
    lines = [
        f"{told['rows']:,} draws on {told['sky']} ({told['objects']:,} objects), "
        f"{told['fitting']:,} of them told; {_problems(told)} do not fit the sky, of others the "
        "last look comes too soon. 95 % intervals. No detector was tuned on it. "
        f"{figures['workers']} workers took {figures['wall_s'] / 60:.0f} minutes for "
        f"{figures['computed_now']:,} rows, with preparing the sky; those of the untouched sky "
        "cost as much as sixty draws each.",
        "",
        "![Share found against size](../images/detection-curves.svg)",
        "",
        *_compared(figures["compared"]),
        "| what happens | where | against | draws | found | half found at | nine in ten at |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_curve(one) for one in told["curves"]),
        "",
        "### By bins",
        "",
        "Draws of all regimes and traits together; found of drawn in each bin.",
        "",
        "| what happens | against | bins |",
        "| --- | --- | --- |",
        *(_bins(one) for one in told["curves"] if not one["group"]),
        "",
        "### Delays",
        "",
        "From the first published fact to the first look that shows it; a look a day adds up to a "
        "day.",
        "",
        "| what happens | where | found | median | nine in ten |",
        "| --- | --- | --- | --- | --- |",
        *(_delay(one) for one in told["delays"]),
        "",
        *_parents(told["parents"]),
        *_alarms(told["alarms"]),
        *_operating(told["operating"]),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _problems(told: dict[str, Any]) -> int:
    return sum(told["problems"].values())


def _compared(compared: dict[str, Any]) -> list[str]:
    if not compared["draws"]:
        return []
    return [
        f"Of {compared['draws']} draws looked at again with nothing left out, "
        f"{compared['same_score']} have the same score; {compared['same_findings']} of "
        f"{compared['findings']} findings about their objects are the same.",
        "",
    ]


def _curve(one: dict[str, Any]) -> str:
    fit = one["fit"] or {"half": None, "ninety": None}
    what, where = kind_text(DrawKind(one["kind"]), EN), group_text(one["group"], EN)
    sizes = f"{_size(fit['half'])} | {_size(fit['ninety'])}"
    found = f"{_share(one['share'])}"
    return f"| {what} | {where} | {UNITS[one['measure']]} | {one['count']} | {found} | {sizes} |"


def _bins(one: dict[str, Any]) -> str:
    what = kind_text(DrawKind(one["kind"]), EN)
    told = "; ".join(
        f"{number_text(b['low'])}–{number_text(b['high'])}: {b['found']} of {b['count']}"
        for b in one["bins"]
    )
    return f"| {what} | {UNITS[one['measure']]} | {told} |"


def _delay(one: dict[str, Any]) -> str:
    what = kind_text(DrawKind(one["kind"]), EN)
    where = regime_text(DrawRegime(one["regime"]), EN)
    return (
        f"| {what} | {where} | {one['count']} | {one['median_h']:.0f} h | {one['ninety_h']:.0f} h |"
    )


def _parents(parents: dict[str, list[int]]) -> Iterator[str]:
    for kind, (right, of) in parents.items():
        what = kind_text(DrawKind(kind), EN)
        yield f"{what}: first candidate for the parent right in {right} of {of}."
        yield ""


def _alarms(alarms: list[dict[str, Any]]) -> Iterator[str]:
    if not alarms:
        return
    yield "### False alarms"
    yield ""
    yield ("What comes up about assets of the untouched sky, each once; true company is among it.")
    yield ""
    yield "| finding | where | came up | asset-months | a month of one asset |"
    yield "| --- | --- | --- | --- | --- |"
    for one in alarms:
        rate = one["per_asset_month"]
        told = _size(rate)
        where = regime_text(DrawRegime(one["regime"]), EN)
        finding = finding_text(one["finding"], EN)
        yield f"| {finding} | {where} | {one['count']} | {one['asset_months']:.1f} | {told} |"
    yield ""


def _operating(operating: list[dict[str, Any]]) -> Iterator[str]:
    if not operating:
        return
    yield "### Operating characteristics"
    yield ""
    yield (
        "Of findings whose rarity is at most a limit: share of draws found, and what the untouched "
        "sky raises."
    )
    yield ""
    yield "| what happens | finding | limit: found, raised a month of one asset |"
    yield "| --- | --- | --- |"
    for one in operating:
        told = "; ".join(
            f"{p['rarity']:g}: {100.0 * p['found']['best']:.0f} %, "
            f"{number_text(p['per_asset_month']['best'])}"
            for p in one["points"]
        )
        what, finding = kind_text(DrawKind(one["kind"]), EN), finding_text(one["finding"], EN)
        yield f"| {what} | {finding} | {told} |"


def _size(size: dict[str, float] | None) -> str:
    if size is None:
        return "–"
    return (
        f"{number_text(size['best'])} ({number_text(size['low'])} to {number_text(size['high'])})"
    )


def _share(share: dict[str, float]) -> str:
    low, best, high = (f"{100.0 * share[end]:.0f}" for end in ("low", "best", "high"))
    return f"{best} % ({low} to {high} %)"


def picture(figures: dict[str, Any]) -> None:
    """Draw the curves: bins with intervals, and the fitted curves."""
    curves = {(c["kind"], c["measure"], c["group"]): c for c in figures["sweep"]["curves"]}
    style = {"font.size": 8, "svg.hashsalt": "hoshimori", "svg.fonttype": "none"}
    with mpl.rc_context(style):
        figure = Figure(figsize=(9.6, 5.6), layout="constrained")
        panels = figure.subplots(2, 3, sharey=True)
        for axes, (kind, measure, groups, label) in zip(panels.flat, PANELS, strict=True):
            for colour, group in zip(COLOURS, groups, strict=True):
                if (kind, measure, group) in curves:
                    _draw(axes, curves[kind, measure, group], colour)
            axes.set_xscale("log")
            axes.set_ylim(-0.03, 1.03)
            axes.set_xlabel(label)
            axes.spines[["top", "right"]].set_visible(False)
            if axes.get_legend_handles_labels()[0]:
                axes.legend(frameon=False, fontsize=7)
        for axes in panels[:, 0]:
            axes.set_ylabel("share found")
        figure.savefig(PICTURE, metadata={"Date": None, "Creator": None})


def _draw(axes: Axes, curve: dict[str, Any], colour: str) -> None:
    bins = curve["bins"]
    best = [one["share"]["best"] for one in bins]
    below = [max(0.0, one["share"]["best"] - one["share"]["low"]) for one in bins]
    above = [max(0.0, one["share"]["high"] - one["share"]["best"]) for one in bins]
    label = group_text(curve["group"], EN)
    axes.errorbar(
        [one["middle"] for one in bins], best, yerr=[below, above], fmt="o", ms=3, lw=0.8,
        color=colour, label=label,
    )  # fmt: skip
    if curve["fit"] is not None:
        low, high = bins[0]["low"], bins[-1]["high"]
        sizes = [low * (high / low) ** (k / 80.0) for k in range(81)]
        axes.plot(sizes, [_fitted(curve["fit"], size) for size in sizes], lw=1.0, color=colour)


def _fitted(fit: dict[str, float], size: float) -> float:
    return 1.0 / (1.0 + math.exp(-(fit["intercept"] + fit["slope"] * math.log10(size))))


if __name__ == "__main__":
    if RESULT.is_file():
        picture(json.loads(RESULT.read_text(encoding="utf-8"))["figures"])
    PAGE.write_text(page(), encoding="utf-8")
