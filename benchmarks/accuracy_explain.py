"""Whether what `explain` says of chance is so: shares of random assets and moments are even.

For assets and moments drawn at random nothing is special, so that of all shares told (p-values) one
in ten must lie below 0.1, and so on. Each kind of cause is tested on moments drawn evenly from what
its data cover: orbits on whole catalogues of the world, three days around each; space weather and
showers in 24 years; burns and ages of elements on histories of satellites; the company's burns and
new objects on the quiet week of May 2026; disturbed areas on maps of North America of autumn 2022,
for satellites whose last elements are dated anew.

Told for each: how many were judged, Kolmogorov and Smirnov's p-value of the shares against evenness
with ties cut at random (*even*: exact for every kind of score), and the share of cases below 0.05
and 0.1 of what is told itself, which may be lower than 0.05 and 0.1 where scores tie, and never
higher but by chance (*too_often_p*). `at_the_epoch` takes moments within six hours of the
catalogue's middle, as people ask: there elements are younger than at the moments compared.

Run: ``python benchmarks/accuracy_explain.py [--cases 500] [DATA_FOLDER]`` (half an hour)
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep
from scipy.stats import binomtest, kstest

from hoshimori.assessment.cause_scene import MoreData
from hoshimori.assessment.causes_of_particles import showers_in
from hoshimori.assessment.causes_of_space_weather import solar_flux, storm, storm_day
from hoshimori.model.assets import Asset
from hoshimori.model.candidate_causes import CandidateCause, CandidateKind
from hoshimori.model.elements import ElementSets
from hoshimori.model.picture import Picture
from hoshimori.numerics.chance import DrawnSpan, Rank, drawn_span
from hoshimori.numerics.encounters import Encounters, closest_approaches
from hoshimori.numerics.sgp4 import Satellites, initialise
from hoshimori.workflows.explain import (
    DEFAULT,
    NOTHING_BESIDE,
    PASS_REACH_KM,
    Beside,
    areas_in,
    explain,
)
from hoshimori.workflows.interference import maps_of_files, with_integrity
from hoshimori.workflows.pictures import picture_of
from hoshimori.workflows.skies import sky_of_files
from hoshimori.workflows.space_weather import space_weather_of_file

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
CATALOGUES = (
    "celestrak_2024-11-01_omm.csv.gz",
    "spacetrack_2025-03-03.3le.gz",
    "spacetrack_2025-05-23.3le.gz",
)
HISTORIES = ("CryoSat-2", "Jason-1", "Jason-3", "Haiyang-2A", "Sentinel-3A", "TOPEX", "Fengyun-2E")
IN_2022 = ("CryoSat-2", "Jason-3", "Sentinel-3A")
WEEK = ("resource", "weather", "science", "oneweb", "starlink")
SPAN_DAYS = 3.0
TAKEN = replace(DEFAULT, drawn=39, span_days=SPAN_DAYS)
"""Fewer moments than by default, and in few days, for the time it takes: the law is the same."""
WIDE = np.timedelta64(2 * 86400 + 3600, "s")

OF_ORBITS = (
    CandidateKind.FAST_PASS,
    CandidateKind.COMPANY,
    CandidateKind.CONJUNCTION,
    CandidateKind.IN_BEAM,
    CandidateKind.IN_LINE,
    CandidateKind.ECLIPSE,
    CandidateKind.SUN_IN_VIEW,
    CandidateKind.SUN_BEHIND,
    CandidateKind.SOUTH_ATLANTIC,
    CandidateKind.RADIATION_BELT,
    CandidateKind.DEBRIS_FLUX,
)
Shares = dict[CandidateKind, list[Rank]]


def of_orbits(folder: Path, cases: int, half_days: float, random: np.random.Generator) -> Shares:
    """Return ranks of causes that go by the revolution, on whole catalogues."""
    found: Shares = defaultdict(list)
    each = -(-cases // len(CATALOGUES))
    for name in CATALOGUES:
        sky = sky_of_files([folder / "catalogue" / "snapshots" / name])
        picture = sky.picture(assets=(), days_ahead=1.0)
        sets = picture.newest.sorted_by_object()
        middle = np.sort(sets.epoch_utc)[len(sets) // 2]
        near = np.abs((sets.epoch_utc - middle).astype(np.float64)) <= 2.0 * 86400e6
        ids = random.choice(sets.norad_id[near], each, replace=False)
        every = AllPasses(sets, np.sort(ids), middle)
        for norad_id in ids.tolist():
            away_s = (2.0 * random.random() - 1.0) * half_days * 86400.0
            at_utc = middle + np.timedelta64(round(away_s * 1e6), "us")
            add(found, asked(picture, norad_id, at_utc, every), OF_ORBITS)
    return found


class AllPasses:
    """The passes of many assets of one catalogue, searched together."""

    def __init__(self, sets: ElementSets, ids: Any, middle: np.datetime64) -> None:
        self.ids = sets.norad_id
        self.from_utc = middle - WIDE
        rows = np.searchsorted(sets.norad_id, ids)
        self.found = closest_approaches(
            initialise(sets.mean_elements()),
            rows,
            self.from_utc,
            2.0 * float(WIDE / np.timedelta64(1, "s")),
            PASS_REACH_KM,
        )

    def __call__(
        self, sets: ElementSets, satellites: Satellites, row: int, span: DrawnSpan
    ) -> Encounters:
        """Return those of one asset, by rows of other sets and timed from its moment."""
        own = int(sets.norad_id[row])
        first, second = self.ids[self.found.primary], self.ids[self.found.secondary]
        is_own = (first == own) | (second == own)
        other = np.where(first == own, second, first)[is_own]
        place = np.minimum(np.searchsorted(sets.norad_id, other), len(sets) - 1)
        known = sets.norad_id[place] == other
        earlier_s = float((span.at_utc - self.from_utc) / np.timedelta64(1, "us")) * 1e-6
        part = self.found.take(np.flatnonzero(is_own)[known])
        return replace(
            part,
            primary=np.full(len(part), row),
            secondary=place[known],
            tca_s=part.tca_s - earlier_s,
        )


def asked(
    picture: Picture,
    norad_id: int,
    at_utc: np.datetime64,
    passes: AllPasses | None = None,
    beside: Beside = NOTHING_BESIDE,
) -> Sequence[CandidateCause]:
    """Return the causes of one asset and moment; none where it has no place."""
    own = replace(picture, assets=(Asset(norad_id),))
    try:
        report = explain(
            own, norad_id, at_utc, beside=beside, assumptions=TAKEN, find_passes=passes
        )
    except LookupError:
        return ()
    return report.candidates


def add(found: Shares, causes: Iterable[CandidateCause], kinds: Sequence[CandidateKind]) -> None:
    """Keep the ranks of some kinds of cause."""
    for cause in causes:
        if cause.kind in kinds and cause.chance is not None:
            chance = cause.chance
            rank = Rank(chance.as_much, chance.as_much - chance.ties, chance.drawn)
            found[cause.kind].append(rank)


def of_surroundings(folder: Path, cases: int, random: np.random.Generator) -> Shares:
    """Return ranks of space weather and showers, which need no orbit."""
    weather = space_weather_of_file(folder / "spaceweather" / "SW-All.csv.gz").weather.observed()
    first, last = weather.day_utc[0] + np.timedelta64(2, "D"), weather.observed_until_utc
    found: Shares = defaultdict(list)
    for _ in range(cases):
        years = 2000.0 + 24.0 * random.random()
        at_utc = np.datetime64("2000-01-01", "us") + np.timedelta64(
            round((years - 2000.0) * 365.25 * 86400e6), "us"
        )
        span = drawn_span(at_utc, 365.25, TAKEN.drawn, random, not_before=first, not_after=last)
        data = MoreData(weather=weather, weather_span=span)
        told = [look(data, 0.05) for look in (storm, storm_day, solar_flux)]
        told.append(showers_in(drawn_span(at_utc, 365.25, TAKEN.drawn, random), 0.05))
        add(found, told, [cause.kind for cause in told])
    return found


def of_histories(folder: Path, cases: int, random: np.random.Generator) -> Shares:
    """Return ranks of burns and of the age of elements, on long histories."""
    found: Shares = defaultdict(list)
    kinds = (CandidateKind.OWN_MANOEUVRE, CandidateKind.ELEMENT_AGE)
    for name in HISTORIES:
        parts = sky_of_files([folder / "manoeuvres" / "tle" / f"{name}.tle.gz"]).parts
        picture = whole(parts)
        epochs = picture.history.epoch_utc
        norad_id = int(picture.history.norad_id[0])
        for _ in range(-(-cases // len(HISTORIES))):
            # A year of it at a time: the span drawn in is at most half a year.
            at_utc = between(epochs.min(), epochs.max(), random)
            year = np.abs((epochs - at_utc).astype(np.float64)) <= 370.0 * 86400e6
            part = replace(picture, history=picture.history.take(year))
            add(found, asked(part, norad_id, at_utc), kinds)
    return found


def of_the_week(folder: Path, cases: int, random: np.random.Generator) -> Shares:
    """Return ranks of the company's burns and of new objects, on a week of many histories."""
    groups = folder / "catalogue" / "celestrak_groups_2026-05"
    parts = sky_of_files([groups / f"{name}.parquet" for name in WEEK]).parts
    picture = whole([replace(part, known_utc=part.epoch_utc) for part in parts])
    found: Shares = defaultdict(list)
    kinds = (CandidateKind.COMPANION_MANOEUVRE, CandidateKind.NEW_OBJECT)
    ids, counts = np.unique(picture.history.norad_id, return_counts=True)
    chosen = random.choice(ids[counts >= 15], cases, replace=True)
    nobody = AllPasses(picture.newest.take(np.arange(2)), np.empty(0, np.int64), WEEK_UTC)
    for norad_id in chosen.tolist():
        epochs = picture.history.of_object(norad_id).epoch_utc
        at_utc = between(epochs.min(), epochs.max(), random)
        add(found, asked(picture, norad_id, at_utc, nobody), kinds)
    return found


WEEK_UTC = np.datetime64("2026-05-27T00:00:00", "us")


def of_maps(folder: Path, cases: int, random: np.random.Generator) -> Shares:
    """Return ranks of disturbed areas in sight; the last elements at hand are dated anew."""
    found: Shares = defaultdict(list)
    america = folder / "gnss" / "gpsjam_north_america_2022-10-01_2022-11-15.parquet"
    maps = maps_of_files([america])
    from_utc, until_utc = np.datetime64("2022-10-01", "us"), np.datetime64("2022-11-16", "us")
    epochs = np.arange(from_utc, until_utc, np.timedelta64(3, "D"))
    beside: Beside | None = None
    for name in IN_2022:
        (part,) = sky_of_files([folder / "manoeuvres" / "tle" / f"{name}.tle.gz"]).parts
        last = part.newest()
        dated = [replace(last, epoch_utc=epoch[None], known_utc=epoch[None]) for epoch in epochs]
        picture = with_integrity(whole(dated), maps)
        beside = beside or Beside(areas=areas_in(picture))
        norad_id = int(last.norad_id[0])
        for _ in range(-(-cases // len(IN_2022))):
            at_utc = between(from_utc, until_utc, random)
            told = asked(picture, norad_id, at_utc, beside=beside)
            add(found, told, (CandidateKind.DISTURBED_GROUND,))
    return found


def whole(parts: Sequence[ElementSets]) -> Picture:
    """Return everything in some element sets as known in 2027."""
    moment = np.datetime64("2027-01-01", "us")
    newest = max(part.epoch_utc.max() for part in parts)
    early = [replace(p, known_utc=np.minimum(p.known_utc, p.epoch_utc)) for p in parts]
    picture = picture_of(early, assets=(), days_ahead=1.0, as_of_utc=newest)
    return replace(picture, as_of_utc=moment.item().replace(tzinfo=picture.as_of_utc.tzinfo))


def between(
    from_utc: np.datetime64, until_utc: np.datetime64, random: np.random.Generator
) -> np.datetime64:
    """Return a moment drawn evenly."""
    length = (until_utc - from_utc).astype("timedelta64[us]").astype(np.int64)
    return np.datetime64(from_utc, "us") + np.timedelta64(
        round(random.random() * int(length)), "us"
    )


def evenness(found: Shares, random: np.random.Generator) -> dict[str, Any]:
    """Return how even the shares of each kind are."""
    figures: dict[str, Any] = {}
    for kind in CandidateKind:
        ranks = found.get(kind, [])
        if len(ranks) < 20:
            continue
        # A place drawn between the neighbouring ranks makes the law exact at every size.
        even = np.array([rank.spread_p_value(float(random.random())) for rank in ranks])
        stated = np.array([rank.p_value for rank in ranks])
        ties = np.mean([rank.as_much > rank.more for rank in ranks])
        figures[kind.name.lower()] = {
            "judged": len(ranks),
            "with ties": round(float(ties), 3),
            "even_ks_p": round(float(kstest(even, "uniform").pvalue), 4),
            "below_0.05": round(float(np.mean(stated <= 0.05)), 4),
            "below_0.1": round(float(np.mean(stated <= 0.1)), 4),
            "too_often_p": round(
                float(binomtest(int(np.sum(stated <= 0.1)), len(ranks), 0.1, "greater").pvalue), 4
            ),
        }
    return figures


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", default=os.environ.get("HOSHIMORI_DATA", BESIDE))
    parser.add_argument("--cases", type=int, default=500)
    asked_for = parser.parse_args()
    folder, cases = Path(asked_for.folder), asked_for.cases
    random = np.random.default_rng(1)
    figures: dict[str, Any] = {
        "cases": cases,
        "drawn": TAKEN.drawn,
        "span_days": SPAN_DAYS,
    }
    found: Shares = defaultdict(list)
    parts = (
        lambda: of_surroundings(folder, cases, random),
        lambda: of_orbits(folder, cases, 0.5 * SPAN_DAYS, random),
        lambda: of_histories(folder, cases, random),
        lambda: of_maps(folder, cases, random),
        lambda: of_the_week(folder, min(cases, 200), random),
    )
    for part in parts:
        found |= part()
        print(f"{time.process_time():.0f} s: {len(found)} kinds", file=sys.stderr, flush=True)
        figures["drawn_evenly"] = evenness(found, np.random.default_rng(2))
        smallest = [one["even_ks_p"] for one in figures["drawn_evenly"].values()]
        figures["kinds"] = len(smallest)
        figures["least_even_ks_p"] = min(smallest)
        keep("accuracy_explain", figures)
    at_epoch = of_orbits(folder, min(cases, 100), 0.25, random)
    figures["at_the_epoch"] = evenness(at_epoch, np.random.default_rng(3))
    keep("accuracy_explain", figures)


if __name__ == "__main__":
    main()
