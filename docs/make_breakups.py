"""Renew the tables of the page on break-ups from what its benchmark keeps, and draw its picture.

Run: ``python docs/make_breakups.py``; a test checks the tables. The picture is of a simulated
break-up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from page_blocks import renewed, table

from hoshimori.dossier.breakup_plots import gabbard_plot
from hoshimori.dossier.language import Language
from hoshimori.dossier.page_style import LIGHT
from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.numerics.breakup_model import Fragmentation
from hoshimori.workflows.breakups import breakups_of_sky
from hoshimori.workflows.skies import Sky

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
RESULT = RESULTS / "accuracy_breakups.json"
SEPARATIONS = RESULTS / "accuracy_separations.json"
PAGE = DOCS / "explain" / "breakups.md"
PICTURE = DOCS / "images" / "gabbard.svg"
EVENT = np.datetime64("2026-03-01T10:00", "us")


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    known = figures["known break-ups"]
    blocks = {
        "summary": _summary(known),
        "events": _events(known["tables"]),
        "pairs": _pairs(figures["pairs of catalogues"]),
        "separations": _separations(json.loads(SEPARATIONS.read_text(encoding="utf-8"))["figures"]),
    }
    return renewed(PAGE, blocks)


def _summary(known: dict[str, Any]) -> str:
    return (
        f"Of {known['with catalogues before and after']} known break-ups with catalogues before "
        f"and after, {known['detected']} are found; the interval holds the stated time in "
        f"{known['interval holds the truth']}; the moment is resolved to a pass in "
        f"{known['moment resolved to a pass']}. The parent is in the public catalogue in "
        f"{known['parent catalogued']} of them, and first among the candidates in "
        f"{known['of these, parent first']}."
    )


def _separations(figures: dict[str, Any]) -> str:
    pairs, made = figures["pairs of catalogues"], figures["made skies"]
    kinds = ("satellites of an old launch", "debris of a known object")
    rows = [
        (kind, outcome, f"{number:,}")
        for kind in kinds
        for outcome, number in pairs[kind]["outcomes"].items()
    ]
    told = "; ".join(f"{k} {_of(v)}" for k, v in made["parent first, per cent (95 %)"].items())
    low, best, high = pairs["false for each pair (95 %)"]
    shares = " and ".join(f"{_of(pairs[k]['reported per cent (95 %)'])} of {k}" for k in kinds)
    return (
        f"Of {pairs['pairs']} pairs of successive catalogues at most {pairs['most days apart']} "
        f"days apart: reported with the right origin are {shares}. Of objects of deployments "
        f"{_of(pairs['of these reported'])} are reported. False for each pair, at most: {best:g} "
        f"({low:g} to {high:g}, 95 %), {pairs['false: first candidate is debris']} with debris as "
        f"the first candidate and {pairs['false: first candidate of another launch']} with another "
        f"launch.\n\n{table(('new object', 'what became of it', 'objects'), rows)}\n\n"
        f"Made skies, the true origin first: {told}. Of newcomers that parted from nothing: "
        f"{_of(made['of no parent'])}.\n\n"
        f"Published, from catalogues: {_listed(figures['published, from catalogues'])}. "
        f"From histories of few: {_listed(figures['published, from histories of few'])}."
    )


def _of(share: list[float]) -> str:
    low, best, high, count, total = share
    return f"{count:,.0f} of {total:,.0f} ({best:g} %, {low:g} to {high:g})"


def _listed(verdicts: dict[str, str]) -> str:
    return "; ".join(f"{name} {verdict}" for name, verdict in verdicts.items())


def _events(events: dict[str, dict[str, Any]]) -> str:
    head = (
        "event",
        "catalogues",
        "found",
        "holds the time",
        "width, h",
        "off, min",
        "parent",
        "pieces",
    )
    return table(head, (_event(name, one) for name, one in events.items()))


def _event(name: str, one: dict[str, Any]) -> Sequence[object]:
    if not one["detected"]:
        return (name, one["catalogues"], "no", "", "", "", "", "")
    off = one["error_by_pieces_min"]
    ranks = [
        "first" if rank == 1 else ("not catalogued" if not held else f"place {rank}")
        for rank, held in zip(one["parent_rank"], one["parent_catalogued"], strict=True)
    ]
    return (
        name,
        one["catalogues"],
        "yes" if one["moment_resolved"] else "by planes",
        "yes" if one["interval_holds_truth"] else "no",
        " / ".join(f"{width:,.0f}" for width in one["interval_width_h"]),
        "day only" if off is None else " / ".join(f"{minutes:+,.0f}" for minutes in off),
        ", ".join(ranks) or "not listed",
        f"{one['pieces']:,}",
    )


def _pairs(pairs: dict[str, Any]) -> str:
    tested, reported = pairs["bursts tested"], pairs["bursts reported"]
    low, high = pairs["deployments reported per cent (95 %)"]
    others = len(pairs["of launches that the list of events does not name"])
    return (
        f"Each of {pairs['pairs']} pairs of successive catalogues alone, with no other history: of "
        f"{pairs['bursts in the table']['deployment']} bursts marked as deployments "
        f"{tested.get('deployment', 0)} lie inside a pair with enough of their objects left, and "
        f"{reported.get('deployment', 0)} are reported as break-ups ({low} to {high} %); of "
        f"{tested.get('debris', 0)} bursts of debris, most of them old events catalogued late, "
        f"{reported.get('debris', 0)}. In all {pairs['break-ups reported']} break-ups are "
        f"reported, {others} of them of launches that the list of events does not name."
    )


def picture() -> str:
    """Return the Gabbard plot of a simulated collision as an SVG file."""
    scene = BreakupScene(EVENT, pieces=220, kind=Fragmentation.COLLISION, drag_share=0.0)
    before, after = (np.datetime64(day, "us") for day in ("2026-02-20", "2026-04-01"))
    sky = Sky(
        parts=(
            catalogue_before(scene, before),
            catalogue_after(scene, after, np.random.Generator(np.random.PCG64(7))),
        ),
        origin="made break-up",
        as_of_utc=after,
    )
    drawn = str(gabbard_plot(breakups_of_sky(sky).breakups[0].finding, Language.EN, name="gabbard"))
    for name, colour in LIGHT.items():
        drawn = drawn.replace(f"var(--{name})", colour)
    style = 'xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" style="background:#ffffff"'
    return drawn.replace("<svg", f"<svg {style}", 1) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    if RESULT.exists():
        PAGE.write_text(page(), encoding="utf-8")
