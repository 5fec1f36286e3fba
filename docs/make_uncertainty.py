"""Renew the tables of the page on uncertainty from what its benchmark keeps; a test checks it.

Run: ``python docs/make_uncertainty.py``
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from page_blocks import renewed

DOCS = Path(__file__).parent
RESULT = DOCS.parent / "benchmarks" / "results" / "accuracy_covariance.json"
PAGE = DOCS / "explain" / "uncertainty.md"
AXES = ("radial", "in_track", "cross_track")
SHOWN_AGES = ("0.35-0.75", "0.75-1.5", "2.5-4", "4-6", "6-8.5", "12-20")


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    document = json.loads(RESULT.read_text(encoding="utf-8"))
    figures = document["figures"]
    tables = figures["tables"]
    blocks = {
        "classes": _classes(figures["classes"]),
        "in_track": _in_track(tables["differences"]),
        "floors": _floors(figures["floors_of_fits"], figures["floors"]),
        "held_back": _coverage(tables["held_back"]),
        "precise": _coverage(tables["precise_orbits"]),
        "correlation": _correlation(figures["correlation"]),
        "rate": _rate(figures["rate"]),
        "lookback": _lookback(figures["lookback"]),
    }
    return renewed(PAGE, blocks)


def _classes(classes: dict[str, Any]) -> str:
    return _table(
        ("class", "objects", "pairs", "ages [d]", "s0 [km]", "s1 [km/d]", "s2 [km/d²]", "of drag"),
        (
            (
                _words(name),
                one["objects"],
                one["pairs"],
                "{:.2g} to {:.3g}".format(*one["ages_days"]),
                *(_slashed(one[key]) for key in ("s0_km", "s1_km_day", "s2_km_day2")),
                _slashed(one["drag_share"]),
            )
            for name, one in classes.items()
        ),
    )


def _in_track(differences: dict[str, Any]) -> str:
    def cell(table: dict[str, Any], age: str) -> str:
        row = table.get(f"in_track {age} days")
        return f"{row['q68_km']:.3g} / {row['half_q95_km']:.3g}" if row else ""

    return _table(
        ("class", *SHOWN_AGES),
        (
            (_words(name), *(cell(table, age) for age in SHOWN_AGES))
            for name, table in differences.items()
        ),
    )


def _floors(fits: dict[str, Any], floors: dict[str, Any]) -> str:
    return _table(
        (
            "regime", "fits", "of the fits, each axis [km]", "measured by", "measured [km]",
            "tested by", "χ²/3 of the test", "raised by", "floor [km]", "times that of the fits",
        ),
        (
            (
                name,
                fits[name]["fits"],
                fits[name]["floor_each_axis_km"],
                _objects(one["objects"]),
                _slashed(one["measured_rtn_km"]),
                _objects(one["test_objects"]),
                one["chi2_over_3_of_the_test"],
                one["raised_by"],
                _slashed(one["floor_rtn_km"]),
                _slashed(one["times_the_floor_of_the_fits"]),
            )
            for name, one in floors.items()
        ),
    )  # fmt: skip


def _coverage(tables: dict[str, Any]) -> str:
    parts = []
    for name, table in tables.items():
        rows = (
            (
                _words(key.removesuffix(" days")),
                one.get("element_sets", one["objects"]),
                one["states"],
                *(_slashed(one[axis]) for axis in AXES),
                one["chi2_over_3"],
                one["chi2_over_3_within_99"],
            )
            for key, one in table.items()
        )
        counted = "sets" if "element_sets" in next(iter(table.values())) else "objects"
        head = ("age [d]", counted, "states", *AXES, "χ²/3", "without the largest 1 %")
        parts.append(f"**{name[0].upper()}{name[1:]}**\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def _correlation(correlation: dict[str, Any]) -> str:
    pairs = list(next(iter(correlation.values())))
    rows = ((_words(name), *(one[pair] for pair in pairs)) for name, one in correlation.items())
    return _table(("class", *pairs), rows)


def _lookback(lookback: dict[str, Any]) -> str:
    columns = ("young_in_track_within", "old_in_track_within")
    sigmas = ("young_in_track_sigma_km", "old_in_track_sigma_km")
    head = ("days", "pairs", "below 4 days", "sigma [km]", "4 to 14 days", "sigma [km]")
    rows = (
        (
            days,
            f"{one['pairs']:,}",
            *(x for k in (0, 1) for x in (_slashed(one[columns[k]]), one[sigmas[k]])),
        )
        for days, one in lookback.items()
    )
    return _table(head, rows)


def _rate(rate: dict[str, Any]) -> str:
    return (
        f"{rate['objects']:,} objects with {rate['element_sets']:,} element sets in "
        f"{rate['cpu_s']:.3g} CPU seconds, manoeuvres, pairs and fits included: "
        f"{rate['objects_per_cpu_s']:,.0f} objects or {rate['element_sets_per_cpu_s']:,.0f} sets a "
        "second."
    )


def _objects(count: int) -> str:
    return f"{count} object" if count == 1 else f"{count} objects"


def _words(name: str) -> str:
    words = name.replace("_", " ")
    for word in ("BELOW", "ABOVE", "BEYOND", "TO", "KM", "SHELL"):
        words = words.replace(f" {word} ", f" {word.lower()} ").replace(
            f" {word}", f" {word.lower()}"
        )
    return words.replace("SHELL", "shell")


def _slashed(numbers: Sequence[float]) -> str:
    return " / ".join(f"{number:.3g}" for number in numbers)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(word.replace("_", "-") for word in head) + " |"]
    lines.append("|" + " --- |" * len(head))
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
