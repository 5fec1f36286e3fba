"""Score the manoeuvre detector against logged burns, and measure its velocity changes.

Usage: python benchmarks/accuracy_manoeuvres.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``manoeuvres/tle/NAME.tle.gz`` and ``manoeuvres/truth/NAME.csv``. A detection is timed at the first
element set that shows the change and matches a logged burn of the same object, one to one, within
-0.5 to +2.5 days of its start. One setting serves all satellites. The result is printed and kept
in benchmarks/results/accuracy_manoeuvres.json.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.detectors.manoeuvre import ManoeuvreDetector
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.elements import concatenate
from hoshimori.model.findings import Manoeuvre
from hoshimori.model.picture import Picture

GROUPS = {
    "LEO, complete logs": ("Sentinel-3A", "Sentinel-6A", "Jason-3", "CryoSat-2"),
    "LEO, burns near the noise or logs incomplete": ("Jason-1", "TOPEX", "Haiyang-2A"),
    "GEO": ("Fengyun-2D", "Fengyun-2E", "Fengyun-2H"),
}
BEFORE_DAYS, AFTER_DAYS = 0.5, 2.5
Logged = tuple[float, float | None]
"""Start of a burn in days since 1970, and its logged in-track velocity change in m/s."""


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    # Late, as tests run this file for `measured` from a place where `measuring` is not found.
    from measuring import keep  # noqa: PLC0415

    keep("accuracy_manoeuvres", measured(folder))


def measured(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the scores of every group of satellites, for the data in a folder."""
    found = detections(folder / "manoeuvres" / "tle")
    return {
        group: report(found, {name: logged(folder, name) for name in names})
        for group, names in GROUPS.items()
    }


def detections(folder: Path) -> dict[int, list[Manoeuvre]]:
    """Return what the detector finds in all histories of a folder, by object."""
    received = np.datetime64("2023-01-01", "us")
    readings = [
        read_catalogue(path.read_bytes(), source=path.name, received_utc=received)
        for path in sorted(folder.glob("*.tle.gz"))
    ]
    history = concatenate([r.element_sets for r in readings]).sorted_by_object()
    picture = Picture(datetime(2026, 1, 1, tzinfo=UTC), history.newest(), history, (), 0.0)
    found: dict[int, list[Manoeuvre]] = {}
    for finding in ManoeuvreDetector(lookback_days=float("inf")).detect(picture):
        found.setdefault(finding.objects[0], []).append(finding)
    return found


def logged(folder: Path, name: str) -> tuple[int, list[Logged]]:
    """Return a satellite's id and its burns inside the span of its element sets."""
    with (folder / "manoeuvres" / "truth" / f"{name}.csv").open() as lines:
        rows = [r for r in csv.DictReader(lines) if r["in_tle_span"].lower() in ("1", "true")]
    return int(rows[0]["norad"]), [
        (_day(row["start_utc"]), float(row["dv_along"]) if row.get("dv_along") else None)
        for row in rows
    ]


def report(
    found: dict[int, list[Manoeuvre]], logs: dict[str, tuple[int, list[Logged]]]
) -> dict[str, Any]:
    """Return the scores of each satellite and of all pooled."""
    each = {
        name: score({norad: found.get(norad, [])}, {norad: log})
        for name, (norad, log) in logs.items()
    }
    ids = dict(logs.values())
    return {"satellites": each, "pooled": score({i: found.get(i, []) for i in ids}, ids)}


def score(found: dict[int, list[Manoeuvre]], logs: dict[int, list[Logged]]) -> dict[str, float]:
    """Return precision, recall, F1, false alarms a year, recall at one a year and error of dv."""
    years = sum(max(t for t, _ in log) - min(t for t, _ in log) for log in logs.values()) / 365.25
    pairs = [pair for i in logs for pair in matched(found[i], logs[i])]
    burns, alarms = sum(map(len, logs.values())), sum(map(len, found.values()))
    precision, recall = len(pairs) / max(alarms, 1), len(pairs) / burns
    errors = [
        abs(finding.components_rtn_m_s[1] / dv - 1.0)
        for finding, (_, dv) in pairs
        if dv is not None and abs(dv) > 0.02
    ]
    return {
        "burns": burns,
        "found": alarms,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2.0 * precision * recall / max(precision + recall, 1e-9), 3),
        "false_alarms_per_satellite_year": round((alarms - len(pairs)) / years, 2),
        "recall_at_one_false_alarm_per_year": round(_recall_at(found, logs, years), 3),
        "dv_above_2_cm_s": len(errors),
        "dv_median_relative_error": round(float(np.median(errors)), 3) if errors else -1.0,
    }


def matched(found: Sequence[Manoeuvre], log: Sequence[Logged]) -> list[tuple[Manoeuvre, Logged]]:
    """Match one to one in time order: each burn takes the earliest free finding in its window."""
    free = sorted(found, key=lambda f: f.end_utc)
    pairs = []
    for burn in sorted(log, key=lambda entry: entry[0]):
        for finding in free:
            if -BEFORE_DAYS <= finding.end_utc.timestamp() / 86400.0 - burn[0] <= AFTER_DAYS:
                free.remove(finding)
                pairs.append((finding, burn))
                break
    return pairs


def _recall_at(
    found: dict[int, list[Manoeuvre]], logs: dict[int, list[Logged]], allowed: float
) -> float:
    """Return the best recall whose false alarms, ranked by p-value, stay within a number."""
    best = 0.0
    for limit in sorted({f.p_value for fs in found.values() for f in fs}):
        kept = {i: [f for f in fs if f.p_value <= limit] for i, fs in found.items()}
        hits = sum(len(matched(kept[i], logs[i])) for i in logs)
        if sum(map(len, kept.values())) - hits <= allowed:
            best = max(best, hits / sum(map(len, logs.values())))
    return best


def _day(text: str) -> float:
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.timestamp() / 86400.0


if __name__ == "__main__":
    main(sys.argv[1:])
