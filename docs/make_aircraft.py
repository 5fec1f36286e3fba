"""Renew the tables of the page on flights that lost navigation from what its benchmark keeps.

Run: ``python docs/make_aircraft.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from page_blocks import renewed, table

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_aircraft.json"
PAGE = DOCS / "explain" / "aircraft.md"


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    blocks = {
        "planted": _planted(figures["planted"]),
        "sizes": _sizes(figures),
        "apart": _apart(figures["told apart"]),
        "quiet": _quiet(figures),
        "speed": _speed(figures["speed"]),
    }
    return renewed(PAGE, blocks)


def _planted(groups: dict[str, dict[str, Any]]) -> str:
    head = (
        "traffic", "emitters", "found, %", "onset within 15 min, %", "end within 15 min, %",
        "emitter on the ground told, %", "ground, km²", "other areas",
    )  # fmt: skip
    rows = []
    for name, one in groups.items():
        ground = one["ground_km2_median"]
        rows.append((
            name, one["trials"], _percent(one["found_95"]),
            _percent(one["onset_within_a_step_95"]), _percent(one["end_within_a_step_95"]),
            _percent(one["ground_holds_emitter_95"]), f"{ground:,}" if ground else "–",
            one["other_areas"],
        ))  # fmt: skip
    onset = groups["all"]["onset_off_minutes"]
    return (
        "Sparse, middling and dense are 40, 150 and 400 flights an hour over 600 by 600 km.\n\n"
        + table(head, rows)
        + f"\n\nOnset is off by {onset['median']} minutes at the median ({onset['5 %']} to "
        f"{onset['95 %']}, nine of ten); the median of the ground is told."
    )


def _sizes(figures: dict[str, Any]) -> str:
    rows = [
        (f"{label} {unit}", one["trials"], _percent(one["found_95"]))
        for key, unit in (("by minutes", "minutes"), ("by reach", "km"))
        for label, one in figures[key].items()
    ]
    return table(("lasts or reaches", "emitters", "found, %"), rows)


def _apart(told: dict[str, dict[str, int]]) -> str:
    checks = ("plausible", "displaced", "mixed", "not told apart")
    rows = [(effect, *(counts.get(c, 0) for c in checks)) for effect, counts in told.items()]
    return table(("the emitter", *checks), rows)


def _quiet(figures: dict[str, Any]) -> str:
    rows = []
    for name in ("quiet", "quiet with wrong clocks and shared addresses"):
        one = figures[name]
        low, best, high = one["per_1000_cell_months_95"]
        rows.append((
            name, f"{one['hours']:g}", f"{one['told_cell_steps']:,}", one["false_areas"],
            f"{best:g} ({low:g} to {high:g})",
        ))  # fmt: skip
    head = ("traffic", "hours", "steps of cells that can tell", "false areas",
            "per 1,000 cell-months (95 %)")  # fmt: skip
    return table(head, rows)


def _speed(one: dict[str, Any]) -> str:
    return (
        f"From bytes of {one['reports']:,} reports to areas: {one['cpu_s']} s of CPU, "
        f"{one['wall_s']} s on a shared machine of two cores, at most "
        f"{one['peak_memory_mib']:,} MiB."
    )


def _percent(interval: list[float]) -> str:
    low, best, high = (100.0 * x for x in interval)
    return f"{best:.0f} ({low:.0f} to {high:.0f})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
