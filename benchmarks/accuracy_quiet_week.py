"""How many alarms a quiet week raises: every detector over real element sets of eight days.

The CelesTrak groups of 23 to 30 May 2026 (``celestrak_groups_2026-05``): nothing is known to have
happened that a watch should shout about. All objects of the groups below are watched as assets at
the end of the week, with everything known by then as history; Starlink and OneWeb are drawn from by
a seed, and all others stand by as neighbours. An alarm is an incident that asks for a look now;
those that ask for watching are counted beside. Both per 1,000 objects and week, by kind of finding,
with the interval that the count allows. Docked, same-launch and constellation pairs raise none.

Run: ``python benchmarks/accuracy_quiet_week.py`` (some minutes), or ``... --assets 60`` for a look.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.assets import Asset
from hoshimori.model.board import WatchBoard
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import AnyFinding, Relation
from hoshimori.model.incidents import Attention
from hoshimori.numerics.rates import rate_interval
from hoshimori.workflows.pictures import picture_of
from hoshimori.workflows.watch import DETECTORS, watch

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
GROUPS = Path(os.environ.get("HOSHIMORI_DATA", BESIDE)) / "catalogue" / "celestrak_groups_2026-05"
AS_OF = np.datetime64("2026-05-30T12:00:00", "us")
WHOLE = ("geo", "military", "stations", "weather", "resource", "science")
DRAWN = {"starlink": 150, "oneweb": 100}
KNOWN_KINDS = frozenset(Relation) - {Relation.UNRELATED}
DAYS_AHEAD = 7.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assets", type=int, default=0, help="of each group; 0: all")
    most = parser.parse_args().assets
    if not GROUPS.is_dir():
        print(f"no data in {GROUPS}: nothing measured")
        return
    rng = np.random.default_rng(1)
    groups = {name: _group(name) for name in (*WHOLE, *DRAWN)}
    assets: dict[int, str] = {}
    for name, sets in groups.items():
        ids = np.unique(sets.norad_id)
        number = min(most or len(ids), DRAWN.get(name, len(ids)), len(ids))
        for norad_id in rng.choice(ids, number, replace=False).tolist():
            assets.setdefault(norad_id, name)
    picture = picture_of(
        list(groups.values()),
        assets=tuple(Asset(norad_id) for norad_id in sorted(assets)),
        days_ahead=DAYS_AHEAD,
        as_of_utc=AS_OF,
    )
    start = time.perf_counter()
    board = watch(picture)
    keep(
        "accuracy_quiet_week",
        summary(board, assets) | {"wall_s": round(time.perf_counter() - start)},
    )


def _group(name: str) -> ElementSets:
    path = GROUPS / f"{name}.parquet"
    received_utc = AS_OF.astype("datetime64[us]")
    sets = read_catalogue(path.read_bytes(), source=name, received_utc=received_utc).element_sets
    return sets.take(sets.epoch_utc <= AS_OF)


def summary(board: WatchBoard, assets: dict[int, str]) -> dict[str, Any]:
    """Return the counts, each with its rate per 1,000 objects and week."""
    findings = {finding.finding_id: finding for finding in board.findings}
    alarms = {
        attention.value.replace(" ", "_"): [
            findings[incident.finding_ids[0]]
            for incident in board.incidents
            if incident.attention is attention
        ]
        for attention in (Attention.LOOK, Attention.WATCH)
    }
    return {
        "assets": len(assets),
        "objects": board.coverage.objects,
        "element_sets": board.coverage.element_sets,
        "detectors": {run.detector: run.problem or run.findings for run in board.runs},
        "incidents_logged": sum(i.attention is Attention.LOG for i in board.incidents),
        "alarms": {
            name: rate(len(decisive), len(assets))
            | {
                "by_kind": dict(Counter(type(f).__name__ for f in decisive).most_common()),
                "by_group": dict(
                    Counter(assets.get(f.objects[0], "company") for f in decisive).most_common()
                ),
                "of_known_kinds": sum(_relation(f) in KNOWN_KINDS for f in decisive),
            }
            for name, decisive in alarms.items()
        },
    }


def _relation(finding: AnyFinding) -> Relation:
    return getattr(finding, "relation", Relation.UNRELATED)


def rate(count: int, assets: int) -> dict[str, float]:
    """Return a count with its rate per 1,000 objects and week, and the interval of that."""
    low, best, high = rate_interval(count, assets / 1000.0)
    return {
        "count": count,
        "per_1000_objects_and_week": round(best, 2),
        "low": round(low, 2),
        "high": round(high, 2),
    }


if __name__ == "__main__":
    assert DETECTORS
    main()
