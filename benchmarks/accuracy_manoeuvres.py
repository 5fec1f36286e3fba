"""Score the manoeuvres that histories show against logged burns, and say what limits them.

Usage: python benchmarks/accuracy_manoeuvres.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``manoeuvres/tle/NAME.tle.gz`` and ``manoeuvres/truth/NAME.csv``. A detection is timed at the first
element set after the change and matches a logged burn of the same object, one to one, within -0.5
to +2.5 days of its start. One setting serves all satellites. Per satellite also: how far off dates
and velocity changes are, the floor below which its history shows nothing, how many logged burns lie
above it, and how many unlogged changes are so clear that the log cannot be complete. The result is
printed and kept in benchmarks/results/accuracy_manoeuvres.json.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.model.manoeuvres import Manoeuvres
from hoshimori.numerics.rates import share_interval
from hoshimori.workflows.histories import histories_of_files
from hoshimori.workflows.manoeuvres import ManoeuvreReport, manoeuvres

GROUPS = {
    "LEO, complete logs": ("Sentinel-3A", "Sentinel-6A", "Jason-3", "CryoSat-2"),
    "LEO, burns near the noise or logs incomplete": ("Jason-1", "TOPEX", "Haiyang-2A"),
    "GEO": ("Fengyun-2D", "Fengyun-2E", "Fengyun-2H"),
}
INCLINED = "QZS-2"
BEFORE_DAYS, AFTER_DAYS = 0.5, 2.5
CLEAR_STRENGTH = 30.0


@dataclass(frozen=True)
class Burn:
    """A logged burn."""

    day: float
    """Start, in days since 1970."""
    in_track_m_s: float | None
    total_m_s: float | None


@dataclass(frozen=True)
class Change:
    """A change that was found: a row of the manoeuvres."""

    day: float
    row: int
    p_value: float


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    # Late, as tests run this file for `measured` from a place where `measuring` is not found.
    from measuring import keep  # noqa: PLC0415

    keep("accuracy_manoeuvres", measured(folder))


def measured(folder: Path) -> dict[str, Any]:
    """Return the scores of every group of satellites, for the data in a folder."""
    report = manoeuvres(histories_of_files([folder / "manoeuvres" / "tle"]))
    scores: dict[str, Any] = {
        group: group_scores(report, {name: logged(folder, name) for name in names})
        for group, names in GROUPS.items()
    }
    scores["GEO, inclined"] = {INCLINED: unloadings(folder, report)}
    return scores


def group_scores(
    report: ManoeuvreReport, logs: dict[str, tuple[int, list[Burn]]]
) -> dict[str, Any]:
    each = {name: score(report, dict([log])) | limits(report, *log) for name, log in logs.items()}
    return {"satellites": each, "pooled": score(report, dict(logs.values()))}


def logged(folder: Path, name: str) -> tuple[int, list[Burn]]:
    """Return a satellite's id and its burns inside the span of its element sets."""
    with (folder / "manoeuvres" / "truth" / f"{name}.csv").open() as lines:
        rows = [r for r in csv.DictReader(lines) if r["in_tle_span"].lower() in ("1", "true")]
    return int(rows[0]["norad"]), [_burn(row) for row in rows]


def _burn(row: dict[str, str]) -> Burn:
    if not row.get("dv_along"):
        return Burn(_day(row["start_utc"]), None, None)
    vector = [float(row[f"dv_{axis}"]) for axis in ("radial", "along", "cross")]
    return Burn(_day(row["start_utc"]), vector[1], float(np.linalg.norm(vector)))


def found_of(report: ManoeuvreReport, norad_id: int) -> list[Change]:
    """Return what was found of an object."""
    rows = report.manoeuvres
    days = _days(rows.time_utc)
    return [
        Change(float(days[k]), int(k), float(rows.p_value[k]))
        for k in np.flatnonzero(rows.norad_id == norad_id)
    ]


def score(report: ManoeuvreReport, logs: dict[int, list[Burn]]) -> dict[str, Any]:
    """Return precision, recall, F1, false alarms a year, recall at one a year, and errors."""
    found = {i: found_of(report, i) for i in logs}
    years = _years(logs)
    pairs = [pair for i in logs for pair in matched(found[i], logs[i])]
    burns, alarms = sum(map(len, logs.values())), sum(map(len, found.values()))
    precision, recall = len(pairs) / max(alarms, 1), len(pairs) / burns
    return {
        "burns": burns,
        "found": alarms,
        "precision": round(precision, 3),
        "precision_95": _interval(len(pairs), alarms),
        "recall": round(recall, 3),
        "recall_95": _interval(len(pairs), burns),
        "f1": round(2.0 * precision * recall / max(precision + recall, 1e-9), 3),
        "false_alarms_per_satellite_year": round((alarms - len(pairs)) / years, 2),
        "recall_at_one_false_alarm_per_year": round(_recall_at(found, logs, years), 3),
        **_errors(report.manoeuvres, pairs),
    }


def _errors(rows: Manoeuvres, pairs: list[tuple[Change, Burn]]) -> dict[str, Any]:
    """Return how far off velocity changes above 2 cm/s and dates are."""
    sized = [(c.row, b.in_track_m_s) for c, b in pairs if abs(b.in_track_m_s or 0.0) > 0.02]
    errors = [abs(rows.in_track_m_s[row] / dv - 1.0) for row, dv in sized if dv]
    inside = [
        rows.delta_v_low_m_s[c.row] <= b.total_m_s <= rows.delta_v_high_m_s[c.row]
        for c, b in pairs
        if b.total_m_s is not None and b.total_m_s > 0.02
    ]
    dated = [(c.row, b.day) for c, b in pairs if rows.dated[c.row]]
    off_h = [24.0 * abs(_days(rows.burn_utc)[row] - day) for row, day in dated]
    return {
        "dv_above_2_cm_s": len(errors),
        "dv_median_relative_error": round(float(np.median(errors)), 3) if errors else None,
        "dv_intervals_that_hold": _interval(sum(map(bool, inside)), len(inside)),
        "dated": len(dated),
        "date_median_error_h": round(float(np.median(off_h)), 2) if len(off_h) else None,
        "date_90_percent_within_h": round(float(np.quantile(off_h, 0.9)), 1)
        if len(off_h)
        else None,
    }


def limits(report: ManoeuvreReport, norad_id: int, burns: list[Burn]) -> dict[str, Any]:
    """Return what a history could show, and whether its log can be complete."""
    watched, rows = report.watched, report.manoeuvres
    floor = float(watched.in_track_floor_m_s[watched.norad_id == norad_id][0])
    found = found_of(report, norad_id)
    pairs = matched(found, burns)
    used = {c.row for c, _ in pairs}
    hit = {b for _, b in pairs}
    clear = [
        c
        for c in found
        if c.row not in used
        and rows.strength[c.row] >= CLEAR_STRENGTH
        and rows.single[c.row]
        and min(abs(c.day - b.day) for b in burns) > 5.0
    ]
    # What shares its gap with another burn, or undoes it, cannot be told apart.
    alone = [b for b in burns if min(abs(b.day - o.day) for o in burns if o is not b) > 3.0]
    sized = [b for b in alone if b.in_track_m_s is not None]
    above = [b for b in sized if abs(b.in_track_m_s or 0.0) > 2.0 * floor]
    return {
        "in_track_floor_mm_s": round(1e3 * floor, 2),
        "logged_in_track_median_mm_s": _median_mm_s(sized),
        "burns_alone": len(sized),
        "burns_alone_above_twice_the_floor": len(above),
        "recall_of_those": _interval(sum(b in hit for b in above), len(above)),
        "clear_changes_far_from_any_log": len(clear),
    }


def unloadings(folder: Path, report: ManoeuvreReport) -> dict[str, Any]:
    """Return what was found of a satellite whose wheel unloadings are no manoeuvres."""
    norad_id, burns = logged(folder, INCLINED)
    with (folder / "manoeuvres" / "truth" / f"{INCLINED}_unloading.csv").open() as lines:
        unloaded = [_day(row["start_utc"]) for row in csv.DictReader(lines)]
    found = found_of(report, norad_id)
    used = {c.row for c, _ in matched(found, burns)}
    others = [c for c in found if c.row not in used]
    return {
        "burns": len(burns),
        "found": len(found),
        "hits": len(used),
        "reported_at_an_unloading_alone": sum(
            any(-BEFORE_DAYS <= c.day - day <= AFTER_DAYS for day in unloaded) for c in others
        ),
        "false_alarms": len(others),
    }


def matched(found: Sequence[Change], log: Sequence[Burn]) -> list[tuple[Change, Burn]]:
    """Match one to one in time order: each burn takes the earliest free change in its window."""
    free = sorted(found, key=lambda change: change.day)
    pairs = []
    for burn in sorted(log, key=lambda entry: entry.day):
        for change in free:
            if -BEFORE_DAYS <= change.day - burn.day <= AFTER_DAYS:
                free.remove(change)
                pairs.append((change, burn))
                break
    return pairs


def _recall_at(
    found: dict[int, list[Change]], logs: dict[int, list[Burn]], allowed: float
) -> float:
    """Return the best recall whose false alarms, ranked by p-value, stay within a number."""
    best = 0.0
    for limit in sorted({c.p_value for changes in found.values() for c in changes}):
        kept = {i: [c for c in changes if c.p_value <= limit] for i, changes in found.items()}
        hits = sum(len(matched(kept[i], logs[i])) for i in logs)
        if sum(map(len, kept.values())) - hits <= allowed:
            best = max(best, hits / sum(map(len, logs.values())))
    return best


def _years(logs: dict[int, list[Burn]]) -> float:
    spans = [max(b.day for b in log) - min(b.day for b in log) for log in logs.values()]
    return sum(spans) / 365.25


def _quantile(values: list[float], share: float) -> float | None:
    return round(float(np.quantile(values, share)), 2) if values else None


def _interval(count: int, total: int) -> list[float]:
    return [round(end, 3) for end in share_interval(count, total)]


def _median_mm_s(burns: list[Burn]) -> float | None:
    sizes = [abs(b.in_track_m_s or 0.0) for b in burns]
    return round(1e3 * float(np.median(sizes)), 2) if sizes else None


def _days(times: Any) -> Any:
    return times.astype("datetime64[us]").astype(np.int64) / 86400e6


def _day(text: str) -> float:
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.timestamp() / 86400.0


if __name__ == "__main__":
    main(sys.argv[1:])
