"""Score the patterns of life that are read from element sets, made and real.

Usage: python benchmarks/accuracy_pattern.py [DATA_FOLDER]

Made belts with known nodes: SPLID's F2 by cadence (SS, ID, AD and IK nodes; ES is known to
everybody and left out). Real histories (folder: ../shared/data beside the repository, or
HOSHIMORI_DATA): shares of modes in the groups of May 2026 and in the monthly belt history, whether
both halves of a history show the same mode, how often the interval for the next burn holds it, and
how often satellites are said to depart from their pattern. The result is printed and kept in
benchmarks/results/accuracy_pattern.json.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from hoshimori.detectors.pattern import PatternDetector, readings
from hoshimori.exercise.belt_histories import belt_histories
from hoshimori.exercise.pattern_score import node_score
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.company import distinct
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.findings import PatternChange, PatternShift
from hoshimori.model.moments import as_datetime
from hoshimori.model.pattern import KEPT_MODES, Aspect, Mode, NodeKind
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance
from hoshimori.numerics.cycles import interval_forecast
from hoshimori.numerics.rates import share_interval
from hoshimori.workflows.pattern import patterns_of

RECEIVED = np.datetime64("2026-06-01", "us")
BELTS = {"2 h": (1.0 / 12.0, 12.0), "12 h": (0.5, 24.0), "24 h": (1.0, 36.0)}
"""Cadence: days between element sets, and tolerance of a node in hours."""
SATELLITES = 300
LABELLED = (
    "Fengyun-2D", "Fengyun-2E", "Fengyun-2H", "Sentinel-3A", "Sentinel-6A", "Jason-3", "CryoSat-2",
    "Jason-1", "TOPEX", "Haiyang-2A",
)  # fmt: skip
ONE_ACT_DAYS = 2.0
LATE_DAYS, EARLY_DAYS = 2.5, 0.5
"""How long after a burn, or before, a set may be the first to show it (accuracy_manoeuvres)."""


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    from measuring import keep  # noqa: PLC0415 - tests run this file from elsewhere

    figures: dict[str, Any] = {"made_belt": made_belts()}
    if folder.is_dir():
        figures |= measured(folder)
    keep("accuracy_pattern", figures)


def made_belts(satellites: int = SATELLITES, seed: int = 2026) -> dict[str, Any]:
    """Return SPLID's scores on made belts, by cadence."""
    return {
        f"every_{name.replace(' ', '_')}": made_belt(satellites, seed, *belt)
        for name, belt in BELTS.items()
    }


def made_belt(satellites: int, seed: int, every_days: float, tolerance_h: float) -> dict[str, Any]:
    """Return the scores on one made belt."""
    rng = np.random.Generator(np.random.PCG64(seed))
    belt = belt_histories(rng, satellites, every_days=every_days)
    found = {p.norad_id: p.nodes for p in patterns_of(belt.element_sets, PatternDetector())}
    truth = [[n for n in nodes if n.kind is not NodeKind.END] for nodes in belt.nodes]
    read = [[n for n in found[i] if n.kind is not NodeKind.END] for i in belt.norad_ids]
    tolerance = timedelta(hours=tolerance_h)
    whole = node_score(truth, read, tolerance)
    by_kind = {
        kind.value: round(node_score(_of(truth, kind), _of(read, kind), tolerance).f2, 3)
        for kind in NodeKind
        if kind is not NodeKind.END
    }
    return {
        "satellites": satellites,
        "tolerance_h": tolerance_h,
        "nodes": whole.hits + whole.missed,
        "precision": round(whole.precision, 3),
        "recall": round(whole.recall, 3),
        "f2": round(whole.f2, 3),
        "f2_by_node": by_kind,
    }


def _of(nodes: Iterable[Sequence[Any]], kind: NodeKind) -> list[list[Any]]:
    return [[n for n in own if n.kind is kind] for own in nodes]


def measured(folder: Path) -> dict[str, Any]:
    """Return what real histories show."""
    groups = folder / "catalogue" / "celestrak_groups_2026-05"
    detector = PatternDetector()
    shares, quiet = {}, {}
    for name in ("geo", "oneweb", "starlink"):
        sets = _read(groups / f"{name}.parquet")
        shares[f"{name}, May 2026"] = modes_of(sets, detector)
        quiet[name] = alarms_of(sets, detector)
    history = belt_history(folder / "events" / "geo_history.parquet")
    shares["belt history, monthly 2016 to 2024"] = modes_of(history, detector)
    return {
        "modes": shares,
        "next_burn_90_percent": next_burns(folder),
        "departures_in_a_quiet_week": quiet,
        "departures_of_labelled_satellites": departures(folder),
    }


def _read(path: Path) -> ElementSets:
    reading = read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED)
    return reading.element_sets.sorted_by_object()


def modes_of(sets: ElementSets, detector: PatternDetector) -> dict[str, Any]:
    """Return the share of objects in each mode, and of those whose halves show the same."""
    whole = patterns_of(sets, detector)
    told: dict[str, Any] = {"objects": len(np.unique(sets.norad_id)), "judged": len(whole)}
    halves = [{p.norad_id: p for p in patterns_of(part, detector)} for part in _halves(sets)]
    for aspect in Aspect:
        now = Counter(mode.value for p in whole if (mode := p.mode(aspect)))
        if not now:
            continue
        told[aspect.value] = {
            mode: round(count / now.total(), 3) for mode, count in now.most_common()
        }
        stability = _stability(halves, aspect)
        if stability["objects_known_in_both"]:
            told[f"{aspect.value} same in both halves"] = stability
    return told


def _halves(sets: ElementSets) -> Iterator[ElementSets]:
    """Yield the older and the newer half of each object's element sets."""
    _, starts, counts = np.unique(sets.norad_id, return_index=True, return_counts=True)
    place = np.arange(len(sets)) - np.repeat(starts, counts)
    older = place < np.repeat(counts // 2, counts)
    yield sets.take(older)
    yield sets.take(~older)


def _stability(halves: Sequence[dict[int, Any]], aspect: Aspect) -> dict[str, Any]:
    first, second = halves
    pairs = [
        (first[i].mode(aspect), second[i].mode(aspect))
        for i in first.keys() & second.keys()
        if first[i].mode(aspect) and second[i].mode(aspect)
    ]
    known = [p for p in pairs if Mode.UNKNOWN not in p]
    kept = sum((a in KEPT_MODES) == (b in KEPT_MODES) for a, b in known)
    return {
        "objects_known_in_both": len(known),
        "same_mode": _share(sum(a is b for a, b in known), len(known)),
        "both_kept_or_both_not": _share(kept, len(known)),
    }


def belt_history(path: Path) -> ElementSets:
    """Return the monthly part of the belt history, newest set of each object and snapshot."""
    table = pq.read_table(path)
    snap = np.array(table["snap"].to_pylist(), dtype=str)
    epoch = table["epoch"].to_numpy().astype("datetime64[us]")
    monthly = (epoch >= np.datetime64("2016-01-01")) & (epoch < np.datetime64("2024-09-01"))
    columns = {
        "norad_id": "norad", "eccentricity": "ecc", "inclination_deg": "inc", "raan_deg": "raan",
        "arg_of_pericenter_deg": "argp", "mean_anomaly_deg": "ma", "mean_motion_rev_day": "n",
    }  # fmt: skip
    given: dict[str, Any] = {k: table[v].to_numpy()[monthly] for k, v in columns.items()}
    given["epoch_utc"] = given["known_utc"] = epoch[monthly]
    count = len(given["epoch_utc"])
    blank = {
        name: np.full(count, "" if name in {"object_name", "object_id", "classification"} else 0)
        for name in COLUMNS
        if name not in given
    }
    assert len(snap) == len(epoch)
    made = {name: np.asarray({**blank, **given}[name], dtype=t) for name, t in COLUMNS.items()}
    return ElementSets(**made, provenances=(Provenance(path.name, "0" * 64),)).sorted_by_object()


def next_burns(folder: Path) -> dict[str, Any]:
    """Return how often the interval that past burns give holds the next one.

    From logged burns to the next logged one, and from burns seen in element sets to the next seen.
    """
    paths = sorted((folder / "manoeuvres" / "truth").glob("*.csv"))
    logs = {p.stem: logged_days(p) for p in paths if not p.stem.endswith(("_burns", "_unloading"))}
    told: dict[str, Any] = {"logged": _held(logs)}
    seen = {
        f"{name}, {aspect.value}": days
        for name in LABELLED
        for aspect, days in seen_days(folder / "manoeuvres" / "tle" / f"{name}.tle.gz").items()
    }
    told["seen_in_element_sets"] = _held(seen)
    return told


def _held(burns: dict[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    held: dict[str, list[bool]] = {}
    width = []
    for name, days in burns.items():
        intervals = np.diff(days)
        for k in range(5, len(intervals)):
            forecast = interval_forecast(intervals[:k])
            if forecast is None:
                continue
            low, high = forecast.quantile_days(0.05), forecast.quantile_days(0.95)
            held.setdefault(name, []).append(bool(low <= intervals[k] <= high))
            width.append(high / low)
    every = [x for own in held.values() for x in own]
    return {
        "all": _share(sum(every), len(every)),
        "median_high_over_low": round(float(np.median(width)), 1),
        **{name: _share(sum(own), len(own)) for name, own in held.items()},
    }


def logged_days(path: Path, one_act_days: float = ONE_ACT_DAYS) -> np.ndarray[Any, Any]:
    """Return the starts of logged burns, those within some days as one, in days since 1970."""
    with path.open() as lines:
        starts = sorted(
            datetime.fromisoformat(row["start_utc"]).replace(tzinfo=UTC).timestamp() / 86400.0
            for row in csv.DictReader(lines)
        )
    kept: list[float] = []
    for start in starts:
        if not kept or start - kept[-1] > one_act_days:
            kept.append(start)
    return np.array(kept)


def seen_days(path: Path) -> dict[Aspect, np.ndarray[Any, Any]]:
    """Return the burns that element sets show of each aspect that is kept, in days."""
    detector = PatternDetector(longest_gap_days=30.0)
    (life,) = detector.lives_of(distinct(_read(path)))
    return {
        aspect: reading.burns.days
        for aspect, reading in readings(life)
        if aspect is not Aspect.NORTH_SOUTH
    }


def alarms_of(sets: ElementSets, detector: PatternDetector) -> dict[str, Any]:
    """Return the departures reported of all objects of a group, at its end."""
    as_of = as_datetime(sets.epoch_utc.max())
    found = detector.detect(Picture(as_of, sets.newest(), sets, (), 7.0))
    judged = len(patterns_of(sets, detector))
    low, best, high = share_interval(len(found), judged)
    days = float((sets.epoch_utc.max() - np.quantile(sets.epoch_utc.astype(np.int64), 0.05).astype(
        "datetime64[us]")) / np.timedelta64(1, "D"))  # fmt: skip
    weeks = max(days / 7.0, 1.0)
    return {
        "objects_compared": judged,
        "findings": len(found),
        "kinds": dict(Counter(f.shift.value for f in found)),
        "per_1000_objects_and_week": [round(1000.0 * x / weeks, 2) for x in (low, best, high)],
    }


def departures(folder: Path) -> dict[str, Any]:
    """Return how often the labelled satellites are said to depart, looking every 30 days.

    A burn said to be overdue or early is judged by the log; a changed mode is not.
    """
    detector = PatternDetector()
    counts: Counter[str] = Counter()
    judged: Counter[bool] = Counter()
    looks, years = 0, 0.0
    for name in LABELLED:
        sets = _read(folder / "manoeuvres" / "tle" / f"{name}.tle.gz")
        log = logged_days(folder / "manoeuvres" / "truth" / f"{name}.csv", one_act_days=0.0)
        first, last = sets.epoch_utc.min(), sets.epoch_utc.max()
        years += float((last - first) / np.timedelta64(1, "D")) / 365.25
        at = first + np.timedelta64(360, "D")
        while at <= last:
            known = sets.take(sets.epoch_utc <= at)
            looks += 1
            for finding in detector.detect(
                Picture(as_datetime(at), known.newest(), known, (), 7.0)
            ):
                counts[f"{finding.shift.value}, {finding.aspect.value}"] += 1
                verdict = log_agrees(finding, log)
                judged += Counter() if verdict is None else Counter([verdict])
            at += np.timedelta64(30, "D")
    return {
        "satellites": len(LABELLED),
        "satellite_years": round(years, 1),
        "looks": looks,
        "findings": counts.total(),
        "per_satellite_year": round(counts.total() / years, 3),
        "overdue_or_early": judged.total(),
        "of_them_as_logged": judged[True],
        **dict(counts),
    }


def log_agrees(finding: PatternChange, log: np.ndarray[Any, Any]) -> bool | None:
    """Return whether logged burns show what a finding says of burns; None if it says nothing.

    `log` holds starts of burns in days since 1970. Overdue: none is logged since the last seen,
    but for the last days, whose burns the sets cannot show yet.
    Early: one is logged at the newest and another at the one before.
    """
    if finding.observed_days is None:
        return None
    until = finding.end_utc.timestamp() / 86400.0
    before = until - finding.observed_days
    at_before = _logged_near(log, before)
    if finding.shift is PatternShift.BURN_OVERDUE:
        return not np.any((log > before + LATE_DAYS) & (log <= until - LATE_DAYS))
    at_newest = _logged_near(log, until)
    return bool(len(at_newest) and len(at_before) and at_newest[-1] > at_before[0])


def _logged_near(log: np.ndarray[Any, Any], day: float) -> np.ndarray[Any, Any]:
    """Return the logged burns that a set of this day can be the first to show."""
    return log[(log >= day - LATE_DAYS) & (log <= day + EARLY_DAYS)]


def _share(count: int, total: int) -> list[float]:
    """Return a share as low end, best value and high end (95 %), and of how many."""
    return [*(round(x, 3) for x in share_interval(count, total)), total]


if __name__ == "__main__":
    main(sys.argv[1:])
