"""Renew the tables of the page on manoeuvres from what the benchmarks keep; a test checks it.

Run: ``python docs/make_manoeuvres.py``
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from page_blocks import renewed

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results"
PAGE = DOCS / "explain" / "manoeuvres.md"


def page() -> str:
    """Return the page with every table between its marks renewed; the words stay as written."""
    scores, thrust, speed = (
        json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("accuracy_manoeuvres", "accuracy_low_thrust", "speed_manoeuvres")
    )
    figures = scores["figures"]
    groups = {name: group for name, group in figures.items() if "satellites" in group}
    blocks = {
        "scores": _scores(groups),
        "limits": _limits(groups),
        "inclined": _inclined(figures["GEO, inclined"]),
        "low_thrust": _low_thrust(thrust["figures"]),
        "speed": _speed(speed["figures"], speed["machine"]),
    }
    return renewed(PAGE, blocks)


def _scores(groups: dict[str, Any]) -> str:
    rows = [
        "| satellites | burns | found | precision | recall | F1 | false alarms a year | "
        "recall at 1 a year | dv error, median | dated within (median) |",
        "| --- | ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, group in groups.items():
        for satellite, one in (*group["satellites"].items(), (f"**{name}**", group["pooled"])):
            rows.append(
                f"| {satellite} | {one['burns']} | {one['found']} | "
                f"{_share(one['precision_95'])} | {_share(one['recall_95'])} | {one['f1']:.2f} | "
                f"{one['false_alarms_per_satellite_year']:.2f} | "
                f"{one['recall_at_one_false_alarm_per_year']:.2f} | "
                f"{_percent(one['dv_median_relative_error'])} | "
                f"{_hours(one['date_median_error_h'])} |"
            )
    return "\n".join(rows)


def _limits(groups: dict[str, Any]) -> str:
    rows = [
        "| satellite | floor in-track, mm/s | logged burns, median mm/s | burns alone in their gap "
        "| of them above twice the floor | recall of those | clear changes far from the log |",
        "| --- | ---: | ---: | ---: | ---: | --- | ---: |",
    ]
    for group in groups.values():
        for satellite, one in group["satellites"].items():
            logged = one["logged_in_track_median_mm_s"]
            above = one["burns_alone_above_twice_the_floor"]
            recall = _share(one["recall_of_those"]) if above else "–"
            rows.append(
                f"| {satellite} | {one['in_track_floor_mm_s']} | "
                f"{'not logged' if logged is None else logged} | "
                f"{one['burns_alone'] if logged is not None else '–'} | "
                f"{above if logged is not None else '–'} | {recall} | "
                f"{one['clear_changes_far_from_any_log']} |"
            )
    return "\n".join(rows)


def _inclined(satellites: dict[str, Any]) -> str:
    return "\n".join(
        f"{name}: {one['hits']} of {one['burns']} burns found (they fall into two gaps of ten days "
        f"and more between its sets), {one['reported_at_an_unloading_alone']} wheel unloadings "
        f"reported, {one['false_alarms']} false alarms."
        for name, one in satellites.items()
    )


def _low_thrust(figures: dict[str, Any]) -> str:
    told = figures["tables"]["by_acceleration"]
    orbits = list(dict.fromkeys(one["orbit"] for one in told))
    by_size: dict[float, list[str]] = {}
    for one in told:
        ratio = one["median_size_over_true"]
        of_true = "" if ratio is None else f"; {ratio:.2f}"
        by_size.setdefault(one["acceleration_um_s2"], []).append(
            f"{_share(one['found_95'])}{of_true}"
        )
    rows = [f"| µm/s² | {' | '.join(orbits)} |", f"| ---: |{' --- |' * len(orbits)}"]
    rows += [f"| {size:g} | {' | '.join(shares)} |" for size, shares in by_size.items()]
    low, best, high = figures["false_arcs_per_object_year_95"]
    rows += [
        "",
        f"Without thrust: {figures['false_arcs']} false arcs and {figures['false_burns']} false "
        f"burns in {figures['quiet_object_years']:g} object-years, {best:g} arcs a year "
        f"({low:g}–{high:g}).",
    ]
    return "\n".join(rows)


def _speed(figures: dict[str, Any], machine: dict[str, Any]) -> str:
    return (
        f"A made year of {figures['objects']:,} objects ({figures['element_sets']:,} element sets, "
        f"{figures['file_mib']:,} MiB of Parquet) takes {figures['wall_s']:g} s from file to JSON "
        f"on {machine['cores']} cores ({figures['cpu_s']:g} CPU-seconds, at most "
        f"{figures['peak_mib']:,} MiB); of its {figures['burns_made']:,} burns "
        f"{figures['burns_found']:,} are found, with {figures['false_alarms']:,} false alarms."
    )


def _share(interval: list[float]) -> str:
    low, best, high = interval
    return f"{best:.2f} ({low:.2f}–{high:.2f})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _hours(hours: float | None) -> str:
    return "–" if hours is None else f"{hours:.1f} h"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
