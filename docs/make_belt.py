"""Draw the pictures of the page on the belt from made years, and renew its measured tables.

Run: ``python docs/make_belt.py``; a test checks that tables, pictures and results agree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from page_blocks import renewed, table

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.dossier.belt_plot import belt_picture
from hoshimori.dossier.language import Language
from hoshimori.exercise.belt_years import START_UTC, VISITOR, belt_lives, story_of_years
from hoshimori.model.findings import CompanyKind

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_proximity.json"
PAGE = DOCS / "explain" / "belt.md"
PICTURES = {"belt-monthly.svg": 30.0, "belt-daily.svg": 2.0}
"""Days between element sets of each picture."""


def pictures() -> dict[str, str]:
    """Return the drawings of the page, by file name."""
    lives, days = story_of_years()
    drawn = {}
    for name, every in PICTURES.items():
        sets = belt_lives(lives, START_UTC, days, every_days=every)
        drawn[name] = belt_picture(BeltHistoryDetector().history(sets), VISITOR, Language.EN)
    return drawn


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    figures = json.loads(RESULT.read_text(encoding="utf-8"))["figures"]
    blocks = {
        "verdicts": _verdicts(figures["statements"]),
        "statements": _statements(figures["tables"]["statements"]),
        "years": _years(figures["tables"]["years"]),
        "alarms": _alarms(figures["alarms"], figures["quiet_week"]),
        "arrivals": _arrivals(
            figures["tables"]["made_arrivals"], figures["arrivals_along_orbits"]["real_actors"]
        ),
        "cost": _cost(figures["whole_belt"]),
    }
    return renewed(PAGE, blocks)


def _verdicts(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    agree, disagree, sparse = (counts.get(v, 0) for v in ("agrees", "disagrees", "too sparse"))
    return (
        f"Of {total} published statements the history agrees with {agree} and disagrees with "
        f"{disagree}; for {sparse} the data are too sparse."
    )


def _statements(rows: Sequence[dict[str, str]]) -> str:
    cells = [(r["statement"], r["verdict"], r["seen"]) for r in rows]
    return table(("published", "the history", "what it shows"), cells)


def _years(rows: Sequence[dict[str, Any]]) -> str:
    head = ("kind", *(str(row["year"]) for row in rows))
    cells: list[tuple[str, ...]] = [("objects of the belt", *(f"{r['objects']:,}" for r in rows))]
    for kind in CompanyKind:
        counts = [(r["surely"][kind.value], r["perhaps"][kind.value]) for r in rows]
        if any(map(any, counts)):
            cells.append((kind.value, *(f"{s} ({p})" if p else str(s) for s, p in counts)))
    return table(head, cells)


def _alarms(alarms: dict[str, Any], week: dict[str, Any]) -> str:
    low, high = alarms["interval_95"]
    return (
        f"Since 2016 {alarms['visits_begun_since_2016']} visits and tows are shown "
        f"in {alarms['object_years_since_2016']:,} object-years: "
        f"{alarms['visits_per_1000_objects_and_year']:g} for every 1,000 objects and year "
        f"({low:g} to {high:g}, 95 %). "
        f"Servicing pairs among them: {alarms['servicing_pairs_shown_as_visits']}. "
        f"A week of the belt with sets every few hours ({week['objects']} objects, May 2026) holds "
        f"{week['visits_of_any_length']} visits of any length: "
        f"{week['visits_per_1000_objects']:g} for every 1,000 objects "
        f"({week['interval_95'][0]:g} to {week['interval_95'][1]:g}, 95 %), servicing pairs among "
        f"them: {week['servicing_pairs_among_them']}. "
        f"Of {week['pairs_by_kind']['not told']} pairs a week is too short to tell who came, so "
        "this says little about visits and much about docked pairs, launches and constellations: "
        "none of those is listed as one."
    )


def _arrivals(made: Sequence[dict[str, Any]], real: dict[str, int]) -> str:
    rows = [
        [
            f"{one['every_days']:g} days",
            str(one["pairs"]),
            str(one["beside"]),
            str(one["right"]),
            str(one["wrong"]),
            str(one["wrong_comer"]),
            str(one["beside"] - one["right"] - one["wrong"] - one["wrong_comer"]),
        ]
        for one in made
    ]
    head = ("a set every", "pairs", "seen beside", "right", "wrong", "wrong comer", "not told")
    shown = ", ".join(f"{word} {count}" for word, count in sorted(real.items()))
    return f"{table(head, rows)}\n\nReal actors, by sets that are mostly weeks apart: {shown}."


def _cost(cost: dict[str, Any]) -> str:
    return (
        f"{cost['element_sets']:,} element sets of {cost['objects']:,} objects take "
        f"{cost['cpu_s']:g} CPU seconds."
    )


def main() -> None:
    for name, drawing in pictures().items():
        (DOCS / "images" / name).write_text(drawing, encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
