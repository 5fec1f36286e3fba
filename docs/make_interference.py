"""Renew the tables of the page on lost satellite navigation from what its benchmark keeps.

Run: ``python docs/make_interference.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from page_blocks import renewed, table

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_interference.json"
PAGE = DOCS / "explain" / "interference.md"


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    blocks = {
        "events": _events(figures["events"]),
        "usual": _usual(figures["eastern Mediterranean"]),
        "rises": _rises(figures["rises"]),
        "quiet": _quiet(figures),
        "three": _three(figures["three cells"]["tables"]),
        "made": _made(figures["made maps"]),
        "speed": _speed(figures["speed"]),
    }
    return renewed(PAGE, blocks)


def _events(events: dict[str, dict[str, Any]]) -> str:
    head = (
        "event", "found", "first day right", "disturbed days as known", "against its past",
        "cells", "peak, %",
    )  # fmt: skip
    rows = []
    for name, one in events.items():
        for area in one["tables"]["last day over"]:
            days = area["disturbed_days"]
            span = " to ".join(dict.fromkeys((days[0], days[-1])))
            low, _, high = (100.0 * x for x in area["peak_share"])
            found = "yes" if one["found"] else "no"
            share = f"{low:.1f} to {high:.1f}"
            right = {None: "not known", True: "yes", False: "no"}[one.get("first day right")]
            past = area["persistence"]
            if area.get("worse_since"):
                past += f", more since {area['worse_since']}"
            rows.append((name, found, right, span, past, area["cells"], share))
    return table(head, rows)


def _usual(one: dict[str, Any]) -> str:
    return (
        f"In {one['weeks_with_areas']} of {one['weeks_looked_at']} weeks looked at, four weeks "
        "apart, the watch tells of areas there; it asks for a look in "
        f"{one['weeks_that_ask_for_a_look']} of them, and tells that it is worse than it was in "
        f"{one['weeks_that_tell_a_rise']}."
    )


def _rises(one: dict[str, Any]) -> str:
    low, lasted, high = (100.0 * x for x in one["lasted_95"])
    waves = ", ".join(
        f"{100.0 * best:.1f} % ({100.0 * least:.1f} to {100.0 * most:.1f}) of waves of {name}"
        for name, (least, best, most) in one["waves_alone"].items()
    )
    return (
        f"Of {one['usual_areas']} looks at areas of Europe and the Middle East that are disturbed "
        f"usually, four weeks apart, {one['tell_a_rise']} tell a rise; of the {one['followed']} "
        f"that can be followed {lasted:.0f} % ({low:.0f} to {high:.0f}, 95 %) lasted over the four "
        f"weeks after.\n"
        f"Made shares that only come in waves are told as a rise: {waves}."
    )


def _quiet(figures: dict[str, Any]) -> str:
    quiet = figures["quiet regions"]
    places = figures["controls"] | quiet["regions"]
    rows = [(n, p["areas"], f"{p['told_cell_days']:,}") for n, p in places.items()]
    low, best, high = quiet["per_million_cell_days_95"]
    month_low, month, month_high = quiet["per_1000_cell_months_95"]
    return (
        table(("place", "areas", "days of cells that can tell"), rows)
        + f"\n\nTogether (without the two controls): {best:.1f} areas a million days of cells "
        f"({low:.1f} to {high:.1f}, 95 %), or {month:.2g} per 1,000 cell-months ({month_low:.2g} "
        f"to {month_high:.2g})."
    )


def _three(areas: list[dict[str, Any]]) -> str:
    rows = []
    for one in areas:
        days = one["disturbed_days"]
        north, east = one["middle"]
        bad = f"{one['bad']} of {one['good'] + one['bad']}"
        rows.append((" to ".join(dict.fromkeys((days[0], days[-1]))), f"{north}, {east}", bad))
    return table(("days", "latitude, longitude", "low integrity on the peak day"), rows)


def _made(one: dict[str, Any]) -> str:
    low, best, high = (100.0 * x for x in one["found_95"])
    return (
        f"On {one['maps']} made maps with one planted disturbance each (8 to 50 % of the aircraft, "
        f"90 to 220 km, one to four days) {best:.0f} % are found ({low:.0f} to {high:.0f} %), the "
        f"first day is right in {one['first_day_right']} and the last in {one['last_day_right']}; "
        f"{one['false_areas']} false areas in {one['told_cell_days']:,} days of cells."
    )


def _speed(one: dict[str, Any]) -> str:
    rows = [
        (name, f"{s['rows']:,}", s["cpu_s"], s["wall_s"], s["waited_s"])
        for name, s in one.items()
        if isinstance(s, dict)
    ]
    told = table(("map", "rows", "CPU, s", "wall, s", "of it waiting for a core, s"), rows)
    return f"{told}\n\nLargest memory: {one['peak_memory_mib']:,} MiB."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
