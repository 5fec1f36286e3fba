"""Count how many known separations are reported as such, and how many false ones catalogues raise.

Run: ``python benchmarks/accuracy_separations.py [DATA_FOLDER]`` (some minutes)

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds the catalogues
of ``events/snapshots`` and ``catalogue/snapshots``, ``events/new_objects_by_launch.csv`` and the
histories of ``events/rpo_actors_history.tle.gz``.

Truth from catalogues: an object of an old launch that only the later of two catalogues (at most 75
days apart) holds. If its name says satellite, it parted from a satellite or stage of that launch;
if it is called debris of something that the earlier catalogue holds, from that. It is found where a
separation is reported whose first candidate is one of these. False is a separation whose first
candidate is of another launch, or debris itself. Designators and names are the catalogue's own
opinion; many of these objects parted years before and were catalogued late: nothing may touch any
more. For those that are not reported the reason is counted.
Deployments: objects of bursts that the table marks so (new launches) must not be reported.
Made skies: gentle separations at known moments beside as many newcomers that parted from nothing.
Published: what others say came from what, read by `separation` from histories of few objects, or by
`breakup` from catalogues.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from accuracy_breakups import Snapshot, launch_code, newcomers_left, read
from measuring import keep

from hoshimori.detectors.breakup import BreakupDetector
from hoshimori.detectors.separation import SeparationDetector
from hoshimori.exercise.breakup_scenes import BreakupScene, catalogue_after, catalogue_before
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.findings import Breakup, Separation
from hoshimori.model.fragments import Burst, Catalogued, bursts_of
from hoshimori.model.newcomers import newcomers
from hoshimori.model.objects import ObjectType, kind_by_name, launch_of
from hoshimori.model.parents import KnownOrbits, known_before
from hoshimori.model.picture import Picture
from hoshimori.numerics.breakup_orbits import secular_orbits
from hoshimori.numerics.rates import rate_interval, share_interval
from hoshimori.numerics.separations import partings
from hoshimori.workflows.deliveries import open_catalogues
from hoshimori.workflows.pictures import picture_of

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
MOST_DAYS_APART = 75
FEWEST_LEFT = 5
BEFORE_PIECES = np.timedelta64(60 * 24, "h")
MOST_APART_KM = 25.0
HISTORIES = {42919: (42798,), 42986: (42798, 42919), 44835: (44797,), 45915: (44835,)}
"""Cosmos 2521, 2523, 2543 and object E, with those that they are said to have come from."""
BY_CATALOGUES = {45915: (44835,), 63330: (62902, 62903, 62904), 45008: (44421,)}
"""Object E of 2019-079, object F of 2025-026, and one of seventeen pieces of Cosmos 2535."""
MADE_SPEEDS_M_S = (0.5, 2.0, 5.0, 15.0, 40.0)
MADE_EACH = 12


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", BESIDE))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    keep("accuracy_separations", measured(folder))


def measured(folder: Path) -> dict[str, Any]:
    """Return the figures of catalogues, of made skies and of what is published."""
    counts = Counts()
    with (folder / "events" / "new_objects_by_launch.csv").open(encoding="utf-8") as lines:
        bursts = [b for b in csv.DictReader(lines) if b["kind"] == "deployment"]
    days = 0
    for one, two in pairwise(read(folder)):
        apart = int((np.datetime64(two.day) - np.datetime64(one.day)).astype(int))
        if apart <= MOST_DAYS_APART:
            days += apart
            counts.pairs.append(f"{one.day} {two.day}")
            count_pair(one, two, bursts, counts)
    return {
        "pairs of catalogues": catalogue_figures(counts, days),
        "made skies": made(),
        "published, from catalogues": {
            str(i): counts.published.get(i, "not a newcomer") for i in BY_CATALOGUES
        },
        "published, from histories of few": histories(folder),
    }


@dataclass(slots=True)
class Counts:
    """What all pairs of catalogues add up to."""

    objects: Counter[tuple[str, str]] = field(default_factory=Counter)
    """New objects by what they are and what became of them."""
    false: Counter[str] = field(default_factory=Counter)
    published: dict[int, str] = field(default_factory=dict)
    pairs: list[str] = field(default_factory=list)
    findings: int = 0
    deployed: int = 0
    deployed_reported: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two catalogues with what is reported between them."""

    catalogued: Catalogued
    names: Mapping[int, str]
    launches: Mapping[int, str]
    known: frozenset[int]
    parted: Mapping[int, Separation]
    pieces: frozenset[int]


def count_pair(
    one: Snapshot, two: Snapshot, bursts: Sequence[dict[str, str]], counts: Counts
) -> None:
    """Add what a pair of catalogues shows to the counts."""
    picture = picture_of([one.sets, two.sets], assets=(), days_ahead=0.0)
    pair = pair_of(picture, one)
    counts.findings += len({f.finding_id for f in pair.parted.values()})
    left = newcomers_left(one, two)
    deployed = {
        launch_code(b["launch"])
        for b in bursts
        if one.day <= _dashed(b["from_snapshot"])
        and _dashed(b["to_snapshot"]) <= two.day
        and left[launch_code(b["launch"])] >= FEWEST_LEFT
    }
    known: KnownOrbits | None = None
    for burst in bursts_of(pair.catalogued, gap_days=BreakupDetector().burst_gap_days):
        if known is None and not burst.is_new_launch:
            known = known_before(pair.catalogued, burst)
        for row in burst.rows:
            norad_id = int(pair.catalogued.history.norad_id[row])
            counts.deployed += burst.launch in deployed
            counts.deployed_reported += burst.launch in deployed and norad_id in pair.parted
            outcome = outcome_of(pair, norad_id)
            if norad_id in BY_CATALOGUES:
                counts.published[norad_id] = _told(pair, norad_id)
            if outcome in ("another launch", "debris"):
                counts.false[outcome] += 1
            what, parents = truth_of(pair, norad_id)
            if what and outcome == "not reported":
                outcome = reason(pair, burst, known, int(row), parents)
            if what:
                counts.objects[what, outcome] += 1


def pair_of(picture: Picture, one: Snapshot) -> Pair:
    """Return what is reported between two catalogues, by new object."""
    history = picture.history
    findings = BreakupDetector().detect(picture)
    ids = history.norad_id.tolist()
    return Pair(
        catalogued=Catalogued.of(history, newcomers(history)),
        names=dict(zip(ids, map(str, history.object_name), strict=True)),
        launches={i: launch_of(str(d)) for i, d in zip(ids, history.object_id, strict=True)},
        known=frozenset(one.sets.norad_id.tolist()),
        parted={i: f for f in findings if isinstance(f, Separation) for i in f.objects[1:]},
        pieces=frozenset(i for f in findings if isinstance(f, Breakup) for i in f.cloud.norad_id),
    )


def truth_of(pair: Pair, norad_id: int) -> tuple[str, frozenset[int]]:
    """Return what a new object of an old launch is, and what it may have parted from."""
    launch, name = pair.launches[norad_id], pair.names[norad_id]
    mates = {i for i in pair.known if launch and pair.launches[i] == launch}
    whole = frozenset(i for i in mates if not _is_debris(pair, i))
    if not whole:
        return "", whole
    if kind_by_name(name) is ObjectType.PAYLOAD:
        return "satellites of an old launch", whole
    stem = name.removesuffix("DEB").strip()
    origin = frozenset(i for i in whole if stem and stem != name and pair.names[i].startswith(stem))
    return ("debris of a known object" if origin else ""), origin


def outcome_of(pair: Pair, norad_id: int) -> str:
    """Return what is reported of a new object."""
    finding = pair.parted.get(norad_id)
    if finding is None:
        return "not reported"
    first = finding.objects[0]
    if pair.launches[first] != pair.launches[norad_id]:
        return "another launch"
    if _is_debris(pair, first):
        return "debris"
    return "right" if first in truth_of(pair, norad_id)[1] else "another of its launch"


def reason(
    pair: Pair, burst: Burst, known: KnownOrbits | None, row: int, parents: frozenset[int]
) -> str:
    """Return why a new object is not reported as parted from what its name or launch says."""
    norad_id = int(pair.catalogued.history.norad_id[row])
    if norad_id in pair.pieces:
        return "told as a piece of a break-up"
    if burst.is_new_launch or known is None:
        return "its launch counts as new"
    ids = pair.catalogued.history.norad_id[known.rows]
    own = known.orbits.take(np.flatnonzero(np.isin(ids, list(parents))))
    new = secular_orbits(pair.catalogued.elements(np.array([row])))
    found = partings(own, new, burst.before_utc - BEFORE_PIECES, new.epoch_utc[0])
    if not len(found.rows):
        return "no longer in its orbit: planes half a degree or sizes 80 km apart"
    apart = np.hypot(found.touch_rtn_km[:, 0], found.touch_rtn_km[:, 2])
    slow = found.speed_m_s <= BreakupDetector().fastest_separation_m_s
    if not slow.any():
        return "orbits of like planes that touch at more than 50 m/s"
    if not (slow & (apart < MOST_APART_KM)).any():
        return "orbits of like planes that do not touch"
    return "several orbits explain it, none well"


def _is_debris(pair: Pair, norad_id: int) -> bool:
    return kind_by_name(pair.names[norad_id]) is ObjectType.DEBRIS


def _told(pair: Pair, norad_id: int) -> str:
    finding = pair.parted.get(norad_id)
    if finding is None:
        return "piece of a break-up" if norad_id in pair.pieces else "not reported"
    listed = [c.norad_id for c in finding.candidates]
    right = set(listed) & set(BY_CATALOGUES[norad_id])
    return f"{'agrees' if right else 'disagrees'}: " + ", ".join(
        f"{c.norad_id} {100.0 * c.probability:.0f} %" for c in finding.candidates
    )


def catalogue_figures(counts: Counts, days: int) -> dict[str, Any]:
    """Return the counts with their rates."""
    pairs = len(counts.pairs)
    kinds = sorted({what for what, _ in counts.objects})
    false = sum(counts.false.values())
    low, best, high = rate_interval(false, pairs)
    return {
        "pairs": pairs,
        "most days apart": MOST_DAYS_APART,
        "days": days,
        "separations reported": counts.findings,
        **{kind: _of_kind(counts, kind) for kind in kinds},
        "objects of deployments": counts.deployed,
        "of these reported": _share(counts.deployed_reported, counts.deployed),
        "false: first candidate of another launch": counts.false["another launch"],
        "false: first candidate is debris": counts.false["debris"],
        "false for each pair (95 %)": [round(x, 2) for x in (low, best, high)],
    }


def _of_kind(counts: Counts, kind: str) -> dict[str, Any]:
    outcomes = {o: n for (what, o), n in counts.objects.most_common() if what == kind}
    total = sum(outcomes.values())
    return {
        "objects": total,
        "reported per cent (95 %)": _share(outcomes.get("right", 0), total),
        "outcomes": outcomes,
    }


def _share(count: int, total: int) -> list[float]:
    """Return low end, best value and high end of a share in per cent, then the counts."""
    return [*(round(100.0 * x, 1) for x in share_interval(count, total)), count, total]


def made() -> dict[str, Any]:
    """Return how gentle separations of known moment and newcomers of no parent are told."""
    random = np.random.default_rng(11)
    start = np.datetime64("2026-02-20", "us")
    figures: dict[str, Any] = {}
    false = strangers = 0
    for speed in MADE_SPEEDS_M_S:
        scenes = [_scene(random, start, k) for k in range(2 * MADE_EACH)]
        before = [catalogue_before(s, start) for s in scenes[:MADE_EACH]]
        sisters = [catalogue_before(_sister(s), start) for s in scenes[:MADE_EACH]]
        after = [catalogue_after(_at_speed(s, speed), start + _days(40), random) for s in scenes]
        rows = concatenate([*before, *sisters, *after]).sorted_by_object()
        sets = replace(rows, object_id=np.full(len(rows), "", rows.object_id.dtype))
        for name, history in (("", rows), (", without designators", sets)):
            told = _parted(history)
            right = sum(told.get(s.first_piece_id) == s.parent_id for s in scenes[:MADE_EACH])
            figures[f"about {speed:g} m/s{name}"] = _share(right, MADE_EACH)
            false += sum(s.first_piece_id in told for s in scenes[MADE_EACH:])
            strangers += MADE_EACH
    return {"parent first, per cent (95 %)": figures, "of no parent": _share(false, strangers)}


def _parted(history: ElementSets) -> dict[int, int]:
    now = history.known_utc.max().item().replace(tzinfo=UTC)
    picture = Picture(now, history.newest(), history, (), 1.0)
    found = BreakupDetector().detect(picture)
    return {i: f.objects[0] for f in found if isinstance(f, Separation) for i in f.objects[1:]}


def _scene(random: np.random.Generator, start: np.datetime64, k: int) -> BreakupScene:
    return BreakupScene(
        event_utc=start + _days(float(random.uniform(3.0, 25.0))),
        altitude_km=float(random.uniform(500.0, 900.0)),
        inclination_deg=float(random.uniform(50.0, 100.0)),
        latitude_argument_deg=float(random.uniform(0.0, 360.0)),
        raan_deg=float(random.uniform(0.0, 360.0)),
        parent_id=40001 + 10 * k,
        parent_name=f"SIM-PARENT {k}",
        launch=f"2014-{k + 1:03d}",
        pieces=1,
        first_piece_id=70001 + k,
        drag_share=0.1,
    )


def _sister(scene: BreakupScene) -> BreakupScene:
    """Return another object of the launch, a quarter of a turn behind in the same orbit."""
    return replace(
        scene,
        parent_id=scene.parent_id + 1,
        parent_name=f"{scene.parent_name} SISTER",
        latitude_argument_deg=scene.latitude_argument_deg + 90.0,
    )


def _at_speed(scene: BreakupScene, speed_m_s: float) -> BreakupScene:
    """Return a scene whose piece gets about a speed: the model's usual one is 60 m/s."""
    return replace(scene, kick_share=speed_m_s / 60.0)


def _days(days: float) -> np.timedelta64:
    return np.timedelta64(round(days * 86400e6), "us")


def histories(folder: Path) -> dict[str, str]:
    """Return from what the histories of the actors say that published objects came."""
    path = folder / "events" / "rpo_actors_history.tle.gz"
    (opened,) = open_catalogues([path])
    sets = opened.reading.element_sets.sorted_by_object()
    now = opened.received_utc.item()
    picture = Picture(now.replace(tzinfo=UTC), sets.newest(), sets, (), 1.0)
    found = {f.objects[1]: f for f in SeparationDetector().detect(picture)}
    told = {}
    for norad_id, parents in HISTORIES.items():
        finding = found.get(norad_id)
        verdict = "not reported"
        if finding is not None:
            ranked = ", ".join(
                f"{c.norad_id} {100.0 * c.probability:.0f} %" for c in finding.candidates
            )
            verdict = f"{'agrees' if finding.objects[0] in parents else 'disagrees'}: {ranked}"
        told[str(norad_id)] = verdict
    others = [f"{f.objects[1]} from {f.objects[0]}" for i, f in found.items() if i not in HISTORIES]
    return {**told, "others reported": ", ".join(others) or "none"}


def _dashed(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


if __name__ == "__main__":
    main(sys.argv[1:])
