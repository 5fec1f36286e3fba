"""Recall of the all-against-all screen against brute force on a real catalogue.

The truth is that of ``screen_truth.py``; see there how it is made. Rows are matched one to one, by
pair and within a second, nearest first. *Fast* means above 10 m/s at closest approach.

Run: ``python benchmarks/accuracy_screen.py`` (one hour, all objects; about half a minute), or
``... --hours 24 --cache FOLDER`` for a day (the truth takes about ten CPU-minutes, once). Real data
beside the repository or in HOSHIMORI_DATA. ``--peers`` scores the screen of astroz as well
(MIT; ``pip install astroz``).
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from measuring import keep
from screen_once import ASTROZ_BEST_STEP_MIN
from screen_sky import SNAPSHOTS, Question, asked, chosen, command_line, newest_lines
from screen_truth import SLOW_EVENT_KM_S, Minimum, Stay, Truth, counted, truth

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics.encounters import closest_approaches
from hoshimori.numerics.sgp4 import initialise

MATCHED_WITHIN_S = 1.0
SLOW_WITHIN_S = 60.0
"""Counted besides: the time of a slow minimum is soft where velocities are not exact."""
MOST_LISTED = 20


class Row(NamedTuple):
    """One row of ours, by catalogue numbers, the lower first."""

    first_norad_id: int
    second_norad_id: int
    tca_s: float
    miss_km: float
    speed_km_s: float
    at_window_edge: bool


def main() -> None:
    parser = command_line(hours=1.0, objects=0)
    parser.add_argument("--peers", action="store_true", help="score astroz against the same truth")
    arguments = parser.parse_args()
    question = asked(arguments)
    if not (SNAPSHOTS / question.snapshot).is_file():
        print(f"no {SNAPSHOTS / question.snapshot}: nothing measured")
        return
    with tempfile.TemporaryDirectory() as passing:
        cache = arguments.cache or Path(passing)
        true = truth(question, cache, workers=arguments.workers)
    figures = {"question": asdict(question), "truth": counted(question, true)}
    figures["hoshimori"] = compared(question, true, screened(question))
    if arguments.peers:
        # Which rows others miss is the catalogue's business, and theirs: only how many is kept.
        figures["astroz"] = compared(question, true, screened_by_astroz(question)) | {"missed": []}
    keep("accuracy_screen", figures)


def screened(question: Question) -> list[Row]:
    """Return what our screen finds."""
    t0_utc = np.datetime64(question.t0_utc, "us")
    packed = (SNAPSHOTS / question.snapshot).read_bytes()
    reading = read_catalogue(packed, source=question.snapshot, received_utc=t0_utc)
    sets = reading.element_sets.newest()
    sets = sets.take(chosen(len(sets), question.objects, question.seed))
    satellites = initialise(sets.mean_elements())
    found = closest_approaches(
        satellites, np.arange(len(sets)), t0_utc, question.hours * 3600.0, question.threshold_km
    )
    ids = sets.norad_id[np.stack([found.primary, found.secondary])]
    return rows(ids, found.tca_s, found.miss_km, found.speed_km_s, found.at_window_edge)


def screened_by_astroz(question: Question) -> list[Row]:
    """Return what the screen of astroz finds at its best step; it has no rows at the edges."""
    import astroz  # noqa: PLC0415  # a peer that not everyone has

    newest = newest_lines(question)
    constellation = astroz.Constellation("\n".join(newest[n] for n in sorted(newest)))
    found = astroz.screen(
        constellation,
        question.hours * 60.0,
        threshold=question.threshold_km,
        step=ASTROZ_BEST_STEP_MIN,
        start_time=datetime.fromisoformat(question.t0_utc).replace(tzinfo=UTC),
    )
    ids = np.array(constellation.satnums)[np.stack([found.i, found.j])]
    inside = np.zeros(len(found.time), dtype=bool)
    return rows(ids, found.time * 60.0, found.distance, found.speed, inside)


def rows(ids: np.ndarray, *columns: np.ndarray) -> list[Row]:
    """Return a table, `ids` of shape (2, n), as rows."""
    every = (*np.sort(ids, axis=0), *columns)
    return [Row(*row) for row in zip(*(column.tolist() for column in every), strict=True)]


def compared(question: Question, true: Truth, found: list[Row]) -> dict[str, object]:
    """Return recall by class, differences, what was missed and what matches nothing."""
    below = [row for row in true.minima if row.miss_km <= question.threshold_km]
    events = [row for row in below if row.kind == "event"]
    edges = [row for row in below if row.kind.startswith("edge")]
    inside = [row for row in found if not row.at_window_edge]
    of_events = matched(events, inside)
    generously = matched(events, inside, SLOW_WITHIN_S)
    of_edges = matched(edges, [row for row in found if row.at_window_edge])
    fast = [row for row in events if row.speed_km_s > SLOW_EVENT_KM_S]
    slow = [row for row in events if row.speed_km_s <= SLOW_EVENT_KM_S]
    left = Counter(found) - Counter([*of_events.values(), *of_edges.values()])
    reasons = explained(list(left.elements()), question, true)
    missed = [row for row in [*events, *edges] if row not in of_events | of_edges]
    return {
        "rows": len(found),
        "fast": recall(fast, of_events),
        "slow": recall(slow, of_events),
        "slow_within_a_minute": sum(row in generously for row in slow),
        "edges": recall(edges, of_edges),
        "missed": [written(row) for row in missed[:MOST_LISTED]],
        "unmatched": {name: len(of) for name, of in reasons.items()},
        "unmatched_other": [written(row) for row in reasons["other"][:MOST_LISTED]],
    }


def written(row: Minimum | Row) -> str:
    """Return a row in words."""
    return (
        f"{row.first_norad_id} and {row.second_norad_id}: {row.miss_km:.6f} km at {row.tca_s:.3f} s"
        f", {row.speed_km_s * 1e3:.3f} m/s"
    )


def matched(
    true: list[Minimum], found: list[Row], within_s: float = MATCHED_WITHIN_S
) -> dict[Minimum, Row]:
    """Match one to one by pair and time, nearest first."""
    of_pair: dict[tuple[int, int], list[int]] = defaultdict(list)
    for k, row in enumerate(found):
        of_pair[row[:2]].append(k)
    near = [
        (abs(found[k].tca_s - row.tca_s), j, k)
        for j, row in enumerate(true)
        for k in of_pair[row[1:3]]
        if abs(found[k].tca_s - row.tca_s) <= within_s
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, j, k in sorted(near):
        if j not in pairs and k not in taken:
            pairs[j] = k
            taken.add(k)
    return {true[j]: found[k] for j, k in pairs.items()}


def recall(true: list[Minimum], matches: dict[Minimum, Row]) -> dict[str, object]:
    """Return how many were found, and how far off."""
    found = [(row, matches[row]) for row in true if row in matches]
    shifts = np.array([abs(row.tca_s - own.tca_s) for row, own in found])
    misses = np.array([abs(row.miss_km - own.miss_km) for row, own in found]) * 1e3
    return {
        "true": len(true),
        "found": len(found),
        "recall": len(found) / len(true) if true else None,
        "tca_difference_s": spread(shifts),
        "miss_difference_m": spread(misses),
    }


def spread(values: np.ndarray) -> dict[str, float]:
    """Return quantiles."""
    if not len(values):
        return {}
    p50, p95, p99 = np.percentile(values, [50, 95, 99]).tolist()
    return {"p50": p50, "p95": p95, "p99": p99, "max": float(values.max())}


def explained(left: list[Row], question: Question, true: Truth) -> dict[str, list[Row]]:
    """Sort rows that match nothing by what may explain them; "other" is what nothing does."""
    known: dict[tuple[int, int], list[Minimum]] = defaultdict(list)
    stays: dict[tuple[int, int], list[Stay]] = defaultdict(list)
    for minimum in true.minima:
        known[minimum[1:3]].append(minimum)
    for stay in true.stays:
        stays[stay[:2]].append(stay)
    nonsense = {row.first_norad_id for row in true.minima if row.kind == "nonsense"}
    reasons: dict[str, list[Row]] = {name: [] for name in REASONS}
    for row in left:
        unreal = not nonsense.isdisjoint(row[:2])
        reason = "nonsense" if unreal else why(row, question, known[row[:2]], stays[row[:2]])
        reasons[reason].append(row)
    return reasons


REASONS = ("docked", "nonsense", "noise", "at_threshold", "decay", "in_stay", "other")


def why(row: Row, question: Question, known: list[Minimum], stays: list[Stay]) -> str:
    """Return what may explain a row, given what is known of its pair."""
    if any(minimum.kind == "docked" for minimum in known):
        return "docked"
    near = [m for m in known if abs(m.tca_s - row.tca_s) <= MATCHED_WITHIN_S]
    if any(minimum.kind == "noise" for minimum in near):
        return "noise"
    if any(m.kind == "event" and m.miss_km > question.threshold_km for m in near):
        return "at_threshold"
    if row.at_window_edge and any(minimum.kind == "decay" for minimum in known):
        return "decay"
    inside = any(stay.start_s <= row.tca_s <= stay.end_s for stay in stays)
    return "in_stay" if inside else "other"


if __name__ == "__main__":
    main()
