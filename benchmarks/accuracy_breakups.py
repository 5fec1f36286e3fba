"""Score the break-up detector on known break-ups, and on every pair of catalogues for what is none.

Usage: python benchmarks/accuracy_breakups.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``events/breakup_events.json``, ``events/new_objects_by_launch.csv`` and the catalogues of
``events/snapshots`` and ``catalogue/snapshots``. One setting serves all.

Known break-ups: each from the catalogues that the list names for it, with the last one before where
it names one alone (for two events it names none: there the last catalogue before and those of the
120 days after). An event is detected where a
break-up is reported whose pieces are mostly of the event's launches. A time that the list gives to
the day is held by an interval that touches the day.

What is none: each pair of successive catalogues alone, with no other history. A burst of the table
lies in a pair if both its dates do; it is tested if at least five of the newcomers of its launch
are still in the later catalogue, and reported if a break-up's pieces are of its launch.
The result is printed and kept in benchmarks/results/accuracy_breakups.json.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.assessment.breakup_causes import same_event
from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Breakup
from hoshimori.model.objects import launch_of
from hoshimori.model.picture import Picture
from hoshimori.numerics.rates import share_interval
from hoshimori.workflows.deliveries import open_catalogues
from hoshimori.workflows.pictures import dated_by_catalogue, picture_of

_NOBODY = Asset(999_999_998)
"""An asset that is no object: separations, which are not scored here, are not sought."""
_FEWEST_LEFT = 5
_DAYS_AFTER = 120


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A catalogue and its nominal day."""

    day: str
    sets: ElementSets


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    # Late, as tests run this file for `measured` from a place where `measuring` is not found.
    from measuring import keep  # noqa: PLC0415

    keep("accuracy_breakups", measured(folder))


def measured(folder: Path) -> dict[str, Any]:
    """Return the scores of the known break-ups and of the pairs."""
    snapshots = read(folder)
    known = json.loads((folder / "events" / "breakup_events.json").read_text(encoding="utf-8"))
    events = known if isinstance(known, list) else known["events"]
    scored = {event["id"]: score(event, snapshots) for event in events}
    return {
        "known break-ups": {**summary(scored), "tables": scored},
        "pairs of catalogues": pairs(folder, snapshots, events),
    }


def read(folder: Path) -> list[Snapshot]:
    """Return all US catalogues of the data, oldest first."""
    paths = [
        *sorted((folder / "events" / "snapshots").glob("*.gz")),
        *(
            p
            for p in sorted((folder / "catalogue" / "snapshots").iterdir())
            if "vimpel" not in p.name
        ),
    ]
    found = []
    for opened in open_catalogues(paths):
        day = re.search(r"\d{4}-\d\d-\d\d", opened.path.name)
        assert day is not None
        rows = dated_by_catalogue(opened.reading.element_sets.newest(), opened.received_utc)
        found.append(Snapshot(day[0], rows))
    return sorted(found, key=lambda s: s.day)


def detected(snapshots: Sequence[Snapshot]) -> tuple[list[Breakup], Picture]:
    """Return the break-ups that a number of catalogues show."""
    picture = picture_of([s.sets for s in snapshots], assets=(_NOBODY,), days_ahead=0.0)
    findings = BreakupDetector().detect(picture)
    return [f for f in findings if isinstance(f, Breakup)], picture


def score(event: dict[str, Any], snapshots: Sequence[Snapshot]) -> dict[str, Any]:
    """Return how one known break-up was found."""
    chosen = catalogues_of(event, snapshots)
    kind = _kind(event)
    figures: dict[str, Any] = {"catalogues": kind, "used": len(chosen)}
    if len(chosen) < 2:
        return {**figures, "detected": False, "because": "fewer than two catalogues"}
    found, picture = detected(chosen)
    clouds = [own for prefix in event["launch_prefix"] if (own := cloud_of(prefix, found, picture))]
    if len(clouds) < len(event["launch_prefix"]):
        return {**figures, "detected": False}
    return {
        **figures,
        "detected": True,
        "clouds": len(clouds),
        **_times(event, clouds),
        **_parents(event, clouds, picture),
        "pieces": sum(c.pieces for c in clouds),
        "posigrade_percent": [round(100.0 * c.posigrade_share.best) for c in clouds],
        "energy": [c.energy.value for c in clouds],
        "one_event": same_event(clouds[0], clouds[-1]) if len(clouds) > 1 else None,
    }


def _kind(event: dict[str, Any]) -> str:
    if event["before_snapshot"]:
        return "before and after"
    return "after only" if event["after_snapshots"] else "none named"


def catalogues_of(event: dict[str, Any], snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Return the catalogues that are used for an event, oldest first."""
    named = [event["before_snapshot"], *event["after_snapshots"]]
    chosen = [s for s in snapshots if s.day in named]
    if len(chosen) == 1:
        return [*[s for s in snapshots if s.day < chosen[0].day][-1:], *chosen]
    if chosen:
        return chosen
    moment = datetime.fromisoformat(event["utc"])
    first, last = (moment + timedelta(days=d) for d in (0, _DAYS_AFTER))
    before = [s for s in snapshots if s.day < f"{first:%Y-%m-%d}"][-1:]
    return [*before, *(s for s in snapshots if f"{first:%Y-%m-%d}" < s.day <= f"{last:%Y-%m-%d}")]


def cloud_of(prefix: str, found: Sequence[Breakup], picture: Picture) -> Breakup | None:
    """Return the break-up with most pieces of a launch, if most of its pieces are of it."""
    own = [b for b in found if _launch(b, picture) == launch_code(prefix)]
    return max(own, key=lambda b: b.pieces, default=None)


def _launch(breakup: Breakup, picture: Picture) -> str:
    rows = np.isin(picture.history.norad_id, breakup.cloud.norad_id)
    launches = Counter(launch_of(str(i)) for i in picture.history.object_id[rows])
    return launches.most_common(1)[0][0]


def launch_code(prefix: str) -> str:
    """Return the launch of a designator from its short form, 99025 for 1999-025."""
    year = int(prefix[:2])
    return f"{1900 + year if year >= 57 else 2000 + year}-{prefix[2:]}"


def _times(event: dict[str, Any], clouds: Sequence[Breakup]) -> dict[str, Any]:
    truth = datetime.fromisoformat(event["utc"])
    to_the_day = (truth.hour, truth.minute) == (0, 0)
    last = truth + timedelta(days=1) if to_the_day else truth
    held = [c.start_utc <= last and truth <= c.end_utc for c in clouds]
    widths = [(c.end_utc - c.start_utc).total_seconds() / 3600.0 for c in clouds]
    return {
        "moment_resolved": all(c.is_resolved for c in clouds),
        "truth_to_the_day": to_the_day,
        "interval_holds_truth": all(held),
        "interval_width_h": [round(w, 1) for w in widths],
        "event_utc": [f"{c.event_utc:%Y-%m-%dT%H:%M}Z" for c in clouds],
        "error_by_pieces_min": None
        if to_the_day
        else [round((c.event_by_pieces_utc - truth).total_seconds() / 60.0, 1) for c in clouds],
    }


def _parents(event: dict[str, Any], clouds: Sequence[Breakup], picture: Picture) -> dict[str, Any]:
    catalogued = set(picture.history.norad_id.tolist())
    ranks = []
    for norad_id in event["parent_norad"]:
        places = [
            [c.norad_id for c in cloud.candidates].index(norad_id) + 1
            for cloud in clouds
            if norad_id in [c.norad_id for c in cloud.candidates]
        ]
        ranks.append(min(places) if places else None)
    return {
        "parent_catalogued": [i in catalogued for i in event["parent_norad"]],
        "parent_rank": ranks,
        "first_probability": [
            round(c.candidates[0].probability, 2) if c.candidates else None for c in clouds
        ],
    }


def summary(scored: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return counts over the events that have catalogues before and after."""
    full = [s for s in scored.values() if s["catalogues"] == "before and after"]
    found = [s for s in full if s["detected"]]
    with_parent = [s for s in found if all(s["parent_catalogued"])]
    return {
        "with catalogues before and after": len(full),
        "detected": len(found),
        "interval holds the truth": sum(s["interval_holds_truth"] for s in found),
        "moment resolved to a pass": sum(s["moment_resolved"] for s in found),
        "parent catalogued": len(with_parent),
        "of these, parent first": sum(set(s["parent_rank"]) == {1} for s in with_parent),
    }


def pairs(
    folder: Path, snapshots: Sequence[Snapshot], events: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return what is reported of the bursts between successive catalogues."""
    with (folder / "events" / "new_objects_by_launch.csv").open(encoding="utf-8") as lines:
        bursts = list(csv.DictReader(lines))
    known = {launch_code(p) for event in events for p in event["launch_prefix"]}
    tested: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    others: list[str] = []
    total = 0
    for one, two in pairwise(snapshots):
        found, picture = detected([one, two])
        total += len(found)
        launches = [_launch(b, picture) for b in found]
        others += [f"{two.day} {name}" for name in launches if name not in known]
        left = newcomers_left(one, two)
        for burst in bursts:
            inside = (
                one.day <= _dashed(burst["from_snapshot"])
                and _dashed(burst["to_snapshot"]) <= two.day
            )
            launch = launch_code(burst["launch"])
            if inside and left[launch] >= _FEWEST_LEFT:
                tested[burst["kind"]] += 1
                reported[burst["kind"]] += launch in launches
    counts = Counter(b["kind"] for b in bursts)
    low, _, high = share_interval(reported["deployment"], tested["deployment"])
    return {
        "pairs": len(snapshots) - 1,
        "break-ups reported": total,
        "of launches that the list of events does not name": sorted(others),
        "bursts in the table": dict(counts),
        "bursts tested": dict(tested),
        "bursts reported": dict(reported),
        "deployments reported per cent (95 %)": [round(100.0 * low, 2), round(100.0 * high, 2)],
    }


def newcomers_left(one: Snapshot, two: Snapshot) -> Counter[str]:
    """Return how many objects of each launch are in the later catalogue alone."""
    new = ~np.isin(two.sets.norad_id, one.sets.norad_id)
    return Counter(launch_of(str(i)) for i in two.sets.object_id[new])


def _dashed(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


if __name__ == "__main__":
    main(sys.argv[1:])
