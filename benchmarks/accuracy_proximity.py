"""Check the history of the belt against what is publicly known of it, and count its background.

Usage: python benchmarks/accuracy_proximity.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``events/geo_history.parquet`` (monthly catalogues of the belt, 1997 to March 2025) and
``catalogue/`` (catalogues of 2025, and a week of May 2026 with sets every few hours). Each
statement below was published by others; the history agrees, disagrees, or its data are too sparse
to tell. One setting serves all. The result is printed and kept in
benchmarks/results/accuracy_proximity.json; docs/make_belt.py writes it into the page on the belt.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import chi2

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.detectors.orbit_company import OrbitCompanyDetector
from hoshimori.detectors.separation import SeparationDetector
from hoshimori.exercise.low_company import Coming, MadePair, low_company
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.assets import Asset
from hoshimori.model.belt import BeltHistory
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.findings import Arrival, Company, CompanyKind, Separation
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.belt_track import belt_track

AGREES, DISAGREES, SPARSE = "agrees", "disagrees", "too sparse"
SLACK = timedelta(days=3)
"""Published dates are good to a day or so, and a drift takes days to leave a slot."""
SLOT_DEG = 0.5
SERVICING = (CompanyKind.MOVED_TOGETHER, CompanyKind.DOCKED)
ALARMS = (CompanyKind.TOWED, CompanyKind.VISIT)
"""Kinds that the table of visits shows; docked, launched together or at home are none of them."""


@dataclass(frozen=True)
class StayedAt:
    """An object stood at a longitude from one date to another; None where not published."""

    what: str
    norad_id: int
    deg_east: float
    since: str | None
    until: str | None


@dataclass(frozen=True)
class WasBeside:
    """An object was beside another at some time between two dates, once as near as so many km."""

    what: str
    norad_id: int
    other: int
    since: str
    until: str
    closest_km: float | None = None
    kinds: tuple[CompanyKind, ...] = ()
    """What it should be told as, where that is published."""
    throughout: bool = False
    """It was beside it from the one date to the other."""


@dataclass(frozen=True)
class DriftedAt:
    """At some time between two dates an object's drift was within bounds, in degrees a day."""

    what: str
    norad_id: int
    since: str
    until: str
    deg_east: float | None
    drift: tuple[float, float]


@dataclass(frozen=True)
class TurnedBack:
    """An object's drift turned back so often between two dates, by its own doing."""

    what: str
    norad_id: int
    since: str
    until: str
    times: int


@dataclass(frozen=True)
class CameFrom:
    """An object of an old launch came free from one of some others."""

    what: str
    norad_id: int
    parents: tuple[int, ...]


Statement = StayedAt | WasBeside | DriftedAt | TurnedBack | CameFrom

LUCH, LUCH_2, SJ17, TJS3, TJS3_AKM, SJ21, G2 = 40258, 55841, 41838, 43874, 43917, 49330, 34779
MEV1, IS901, MEV2, IS1002 = 44625, 26824, 46113, 28358

STATEMENTS: tuple[Statement, ...] = (
    StayedAt("Luch at 52.9 E in January 2015", LUCH, 52.9, "2015-01-01", "2015-01-31"),
    DriftedAt("Luch drifts freely at 96.4 E from 12 March 2015, below 0.05 deg/day", LUCH,
              "2015-03-12", "2015-04-01", 96.4, (-0.05, 0.05)),
    StayedAt("Luch at 18 W, April to September 2015", LUCH, -18.1, "2015-04-15", "2015-09-20"),
    WasBeside("Luch beside Intelsat 7, about 10 km", LUCH, 25473, "2015-04-15", "2015-09-20", 10.0),
    WasBeside("Luch beside Intelsat 901, about 10 km", LUCH, IS901, "2015-04-15", "2015-09-20",
              10.0),
    WasBeside("Luch beside Intelsat 905 at 24.4 W from late September 2015", LUCH, 27438,
              "2015-09-28", "2015-12-31"),
    StayedAt("Luch at 1 W in 2016", LUCH, -1.0, None, None),
    StayedAt("Luch at 9.9 E in 2016 and 2017", LUCH, 9.9, None, None),
    StayedAt("Luch at 32.7 E, 17 August to 16 October 2017", LUCH, 32.7, "2017-08-17",
             "2017-10-16"),
    StayedAt("Luch at 38.2 E, 24 October 2017 to 17 January 2018", LUCH, 38.2, "2017-10-24",
             "2018-01-17"),
    WasBeside("Luch beside Paksat-1R then", LUCH, 37779, "2017-10-24", "2018-01-17", None, (),
              True),
    WasBeside("Luch passes Athena-Fidus on 20 October 2017 at 85 km", LUCH, 39509, "2017-10-18",
              "2017-10-22", 85.0),
    StayedAt("Luch at 70.6 E", LUCH, 70.6, None, None),
    StayedAt("Luch at 1 W again in 2020", LUCH, -1.0, "2020-06-01", "2020-08-01"),
    StayedAt("Luch at 18.1 W, 2022 to 2025", LUCH, -18.1, "2022-10-01", "2025-03-01"),
    WasBeside("SJ-17 beside Chinasat 5A from 12 November to 28 December 2016, 10 km on 20 November",
              SJ17, 25354, "2016-11-12", "2016-12-28", 10.0, (), True),
    WasBeside("SJ-17 beside Chinasat 6A, 1.67 km on 1 July 2017", SJ17, 37150, "2017-06-29",
              "2017-07-06", 1.67),
    StayedAt("SJ-17 at 118 E", SJ17, 118.0, None, None),
    StayedAt("SJ-17 at 94 E", SJ17, 94.2, None, None),
    StayedAt("SJ-17 at 115 E", SJ17, 115.3, None, None),
    StayedAt("SJ-17 at 117.5 E", SJ17, 117.5, None, None),
    StayedAt("SJ-17 at 160 E", SJ17, 160.2, None, None),
    StayedAt("SJ-17 at 167 E", SJ17, 167.2, None, None),
    StayedAt("SJ-17 at 178 W", SJ17, -178.0, None, None),
    StayedAt("TJS-3 AKM keeps 59 E until October 2021", TJS3_AKM, 59.0, "2019-02-01",
             "2021-10-10"),
    WasBeside("TJS-3 AKM beside TJS-3 in 2019", TJS3_AKM, TJS3, "2019-01-10", "2019-05-08", None,
              (CompanyKind.SAME_LAUNCH,)),
    StayedAt("TJS-3 leaves 59 E between 8 May and 3 June 2019", TJS3, 59.0, "2019-01-15",
             "2019-05-20"),
    StayedAt("TJS-3 leaves 59 E on 5 July 2022", TJS3, 59.0, "2022-01-01", "2022-07-05"),
    WasBeside("TJS-3 near USA 233 from 13 September 2022, 6.2 km on 31 October", TJS3, 38070,
              "2022-09-13", "2022-10-31", 6.2),
    WasBeside("TJS-3 near USA 298 on 8 February 2023", TJS3, 45465, "2023-02-06", "2023-02-10"),
    WasBeside("TJS-10 beside TJS-3, 66 to 105 km on 5 July 2024", TJS3, 58204, "2024-07-01",
              "2024-07-10", 66.0),
    DriftedAt("TJS-10 drifts west past TJS-3 at 0.13 deg/day in May 2024", 58204, "2024-05-14",
              "2024-06-01", 172.7, (-0.2, -0.05)),
    WasBeside("SJ-21 meets Compass G2 around the turn of 2021/22 and tows it", SJ21, G2,
              "2021-12-20", "2022-01-26", 0.0, (CompanyKind.TOWED,)),
    DriftedAt("Compass G2 is 290 x 3,100 km above the belt after 26 January 2022", G2,
              "2022-01-27", "2022-03-31", None, (-21.5, -20.0)),
    DriftedAt("SJ-21 is back near the belt in February 2022", SJ21, "2022-02-01", "2022-03-31",
              None, (-1.0, 1.0)),
    StayedAt("Intelsat 901 keeps 29.5 W until December 2019", IS901, -29.5, "2019-01-01",
             "2019-12-05"),
    WasBeside("MEV-1 docks to Intelsat 901 on 25 February 2020: servicing", MEV1, IS901,
              "2020-02-25", "2020-04-02", 0.0, (CompanyKind.MOVED_TOGETHER,)),
    StayedAt("MEV-1 and Intelsat 901 at 27.5 W from 2 April 2020", MEV1, -27.5, "2020-04-02",
             "2025-03-01"),
    WasBeside("MEV-2 docked to Intelsat 10-02", MEV2, IS1002, "2022-01-01", "2026-05-30", 0.0,
              SERVICING),
    TurnedBack("Shiyan-12-01 patrols in legs of about 245 days", 50321, "2022-06-01", "2024-12-31",
               4),
    TurnedBack("Shiyan-12-02 patrols in legs of about 245 days", 50322, "2022-02-01", "2025-01-31",
               5),
    WasBeside("Shiyan-12-02 about 73 km from USA 270 early in 2022", 50322, 41744, "2022-01-01",
              "2022-02-15", 73.0),
    WasBeside("Luch-5X about 50 km from Intelsat 39 on 6 March 2025", LUCH_2, 44476, "2025-03-05",
              "2025-03-10", 50.0),
    WasBeside("Luch-5X still beside Intelsat 39 in 2026", LUCH_2, 44476, "2026-05-23",
              "2026-05-30"),
    WasBeside("Cosmos 2521 beside Cosmos 2519, from which it came in August 2017", 42919, 42798,
              "2017-08-23", "2017-11-30", None, (CompanyKind.SAME_LAUNCH,)),
    WasBeside("Cosmos 2521 comes to Cosmos 2519 again in March 2018", 42919, 42798, "2018-03-01",
              "2018-04-30", None, (CompanyKind.SAME_LAUNCH,)),
    WasBeside("Shiyan-7 and Chuangxin-3 beside one another in 2013 and 2014", 39209, 39210,
              "2013-07-20", "2014-12-31"),
    WasBeside("Cosmos 2581 and 2582 in formation in 2025", 62902, 62903, "2025-02-02",
              "2025-05-31", None, (CompanyKind.SAME_LAUNCH,)),
    CameFrom("An object came from Cosmos 2543 on 15 July 2020", 45915, (44835,)),
    CameFrom("Cosmos 2523 came from Cosmos 2521 or 2519 on 30 October 2017", 42986,
             (42919, 42798)),
)  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    # Late, as tests run this file from a place where `measuring` is not found.
    from measuring import keep  # noqa: PLC0415

    keep("accuracy_proximity", measured(folder))


def measured(folder: Path) -> dict[str, Any]:
    """Return verdicts, background and costs for the data in a folder."""
    whole = _read(folder / "events" / "geo_history.parquet")
    begun, cpu = time.perf_counter(), time.process_time()
    history = BeltHistoryDetector().history(whole)
    costs = {
        "wall_s": round(time.perf_counter() - begun, 1),
        "cpu_s": round(time.process_time() - cpu, 1),
        "element_sets": len(whole),
        "objects": history.objects,
    }
    recent = [
        _read(path)
        for path in (
            *sorted((folder / "catalogue" / "snapshots").glob("spacetrack_2025-*.3le.gz")),
            folder / "catalogue" / "celestrak_groups_2026-05" / "geo.parquet",
        )
    ]
    later, actors = concatenate(recent), _read(folder / "events" / "rpo_actors_history.tle.gz")
    histories = [
        (history, whole),
        (BeltHistoryDetector().history(later), later),
        (_low_history(actors, history), actors),
    ]
    verdicts = [{"statement": s.what, **_verdict(s, histories)} for s in STATEMENTS]
    return {
        "statements": dict(Counter(v["verdict"] for v in verdicts)),
        "whole_belt": costs,
        "arrivals_along_orbits": {
            "real_actors": dict(Counter(one.arrival.value for one in histories[2][0].company))
        },
        "alarms": _alarms(history),
        "quiet_week": _quiet_week(BeltHistoryDetector().history(recent[-1])),
        "tables": {
            "statements": verdicts,
            "made_arrivals": made_arrivals(),
            "years": [
                {"year": y.year, "objects": y.objects, "surely": y.surely, "perhaps": y.perhaps}
                for y in history.years
                if y.year >= 2016
            ],
        },
    }


def _read(path: Path) -> ElementSets:
    received = np.datetime64("2026-11-01", "us")
    return read_catalogue(path.read_bytes(), source=path.name, received_utc=received).element_sets


def _low_history(actors: ElementSets, belt: BeltHistory) -> BeltHistory:
    """Return the company of all actors outside the belt, in the form of a history."""
    ids = np.unique(actors.norad_id).tolist()
    picture = Picture(_NOW, actors.newest(), actors, tuple(map(Asset, ids)), 1.0)
    found = OrbitCompanyDetector().detect(picture)
    company = tuple(f.company for f in found if f.company is not None)
    return replace(belt, company=company, stays=(), reversals=(), names={})


def made_arrivals(pairs: int = 160, seed: int = 2026) -> list[dict[str, Any]]:
    """Return what is told of made pairs in low orbits whose coming is known, by cadence."""
    return [_made_arrivals(pairs, seed, every_days) for every_days in (0.5, 1.0, 3.0, 5.0, 10.0)]


def _made_arrivals(pairs: int, seed: int, every_days: float) -> dict[str, Any]:
    rng = np.random.Generator(np.random.PCG64(seed))
    sets, truth = low_company(rng, pairs, every_days=every_days)
    assets = tuple(Asset(pair.asset) for pair in truth)
    picture = Picture(as_datetime(sets.epoch_utc.max()), sets.newest(), sets, assets, 1.0)
    first: dict[tuple[int, ...], Company] = {}
    for finding in OrbitCompanyDetector().detect(picture):
        if finding.company is not None:
            first.setdefault(finding.objects, finding.company)
    told: Counter[str] = Counter()
    for pair in truth:
        company = first.get((pair.asset, pair.other))
        told["beside"] += company is not None
        if company is not None and company.arrival in (Arrival.CONTROLLED, Arrival.NATURAL):
            told[_arrival_verdict(pair, company)] += 1
    return {
        "every_days": every_days,
        "pairs": pairs,
        **{key: told[key] for key in ("beside", "right", "wrong", "wrong_comer")},
    }


def _arrival_verdict(pair: MadePair, company: Company) -> str:
    burned = {Coming.BY_ASSET: pair.asset, Coming.BY_OTHER: pair.other}.get(pair.coming)
    if (company.arrival is Arrival.CONTROLLED) != (burned is not None):
        return "wrong"
    return "right" if burned in (None, company.objects[1]) else "wrong_comer"


def _shown(history: BeltHistory) -> list[Company]:
    """Return what the table of visits shows."""
    return [
        c
        for c in history.company
        if c.kind in ALARMS and c.dwell_days.high >= 7.0 and c.closest_km.best <= 100.0
    ]


def _quiet_week(week: BeltHistory) -> dict[str, Any]:
    """Return what a week of the belt with sets every few hours shows: visits of any length."""
    pairs = Counter(c.kind.value for c in week.company)
    visits = [c for c in week.company if c.kind in ALARMS and c.closest_km.best <= 100.0]
    known = ({MEV2, IS1002}, {MEV1, IS901})
    return {
        "objects": week.objects,
        "visits_of_any_length": len(visits),
        "visits_per_1000_objects": round(1000.0 * len(visits) / week.objects, 1),
        "interval_95": _interval(len(visits), week.objects),
        "servicing_pairs_among_them": sum(set(c.objects) in known for c in visits),
        "pairs_by_kind": dict(pairs),
    }


def _alarms(history: BeltHistory) -> dict[str, Any]:
    """Return how many pairs a year are shown as visits, and whether known kinds are among them."""
    shown = _shown(history)
    dense = [y for y in history.years if y.year >= 2016]
    begun = Counter(c.seen_from_utc.year for c in shown)
    exposure = sum(y.objects for y in dense)
    count = sum(begun[y.year] for y in dense)
    servicing = [c for c in shown if set(c.objects) in ({MEV1, IS901}, {MEV2, IS1002})]
    return {
        "visits_begun_since_2016": count,
        "object_years_since_2016": exposure,
        "visits_per_1000_objects_and_year": round(1000.0 * count / exposure, 1),
        "interval_95": _interval(count, exposure),
        "servicing_pairs_shown_as_visits": len(servicing),
    }


def _interval(count: int, exposure: int) -> list[float]:
    """Return the exact 95 % interval of a Poisson rate, for every 1,000 of the exposure.

    Source: Garwood 1936, Biometrika 28, 437.
    """
    low = float(chi2.ppf(0.025, 2 * count)) / 2.0 if count else 0.0
    high = float(chi2.ppf(0.975, 2 * (count + 1))) / 2.0
    return [round(1000.0 * value / exposure, 1) for value in (low, high)]


def _verdict(
    statement: Statement, histories: Sequence[tuple[BeltHistory, ElementSets]]
) -> dict[str, str]:
    """Return the verdict of the history that says most, and what it saw."""
    found = [_judged(statement, history, sets) for history, sets in histories]
    rank = {AGREES: 0, DISAGREES: 1, SPARSE: 2}
    verdict, seen = min(found, key=lambda pair: rank[pair[0]])
    return {"verdict": verdict, "seen": seen}


def _judged(statement: Statement, history: BeltHistory, sets: ElementSets) -> tuple[str, str]:
    match statement:
        case StayedAt():
            return _stayed(statement, history, sets)
        case WasBeside():
            return _beside(statement, history, sets)
        case DriftedAt():
            return _drifted(statement, sets)
        case TurnedBack():
            return _turned(statement, history)
        case CameFrom():
            return _came(statement, sets)


def _stayed(told: StayedAt, history: BeltHistory, sets: ElementSets) -> tuple[str, str]:
    since, until = _day(told.since), _day(told.until)
    stays = [
        s
        for s in history.stays
        if s.norad_id == told.norad_id
        and abs(_wrapped(s.slot_deg_east - told.deg_east)) <= SLOT_DEG
        and (until is None or s.seen_from_utc <= until + SLACK)
        and (since is None or s.seen_until_utc >= since - SLACK)
    ]
    within = _longitudes(told.norad_id, sets, since, until)
    if not within:
        return SPARSE, "no element set then"
    if not stays:
        return DISAGREES, f"stood elsewhere: {within[0][1]:.2f}"
    first, last = stays[0], stays[-1] if since or until else stays[0]
    seen = f"{_date(first.seen_from_utc)} to {_date(last.seen_until_utc)}"
    if since and first.began_after_utc and first.began_after_utc > since + SLACK:
        return DISAGREES, f"came after {_date(first.began_after_utc)}; seen {seen}"
    if until and last.ended_before_utc and last.ended_before_utc < until - SLACK:
        return DISAGREES, f"gone by {_date(last.ended_before_utc)}; seen {seen}"
    return AGREES, f"{first.slot_deg_east:.2f}, seen {seen}"


def _beside(told: WasBeside, history: BeltHistory, sets: ElementSets) -> tuple[str, str]:
    since, until = _day(told.since), _day(told.until)
    assert since is not None
    assert until is not None
    pairs = [
        c
        for c in history.company
        if set(c.objects) == {told.norad_id, told.other}
        and (c.began_after_utc or c.seen_from_utc) <= until
        and (c.ended_before_utc or c.seen_until_utc) >= since
    ]
    if not pairs:
        return _not_beside(told, sets, since, until)
    one = min(pairs, key=lambda c: c.closest_km.best)
    seen = f"{_closest(one)}, seen {_date(one.seen_from_utc)} to {_date(one.seen_until_utc)}"
    if one.seen_from_utc > until + SLACK or one.seen_until_utc < since - SLACK:
        return SPARSE, f"not seen then; {seen}"
    if told.kinds and one.kind not in told.kinds:
        return DISAGREES, f"told as {one.kind.value}"
    if told.closest_km is not None and not _fits(told.closest_km, one, since, until):
        return DISAGREES, seen
    if told.throughout and one.began_after_utc and one.began_after_utc > since + SLACK:
        return DISAGREES, f"apart until {_date(one.began_after_utc)}; {seen}"
    if told.throughout and one.ended_before_utc and one.ended_before_utc < until - SLACK:
        return DISAGREES, f"apart by {_date(one.ended_before_utc)}; {seen}"
    return AGREES, f"{one.kind.value}, {seen}"


def _not_beside(
    told: WasBeside, sets: ElementSets, since: datetime, until: datetime
) -> tuple[str, str]:
    """Return that they were apart, where sets a week apart or less leave no room for a visit."""
    for norad_id in (told.norad_id, told.other):
        first, last = (np.datetime64(day.replace(tzinfo=None)) for day in (since, until))
        epochs = sets.of_object(norad_id).sorted_by_object().epoch_utc
        looks = epochs[(epochs >= first) & (epochs <= last)]
        gaps = np.diff([first, *looks, last])
        if not len(looks) or np.max(gaps) > np.timedelta64(7, "D"):
            return SPARSE, f"{len(looks)} element sets of {norad_id} then"
    return DISAGREES, "never seen together"


def _fits(closest_km: float, one: Company, since: datetime, until: datetime) -> bool:
    """Return whether a published range is not excluded; nearer passes may be of other days."""
    same_days = since - SLACK <= one.closest_utc <= until + SLACK
    return one.closest_km.low <= closest_km and (not same_days or closest_km <= one.closest_km.high)


def _drifted(told: DriftedAt, sets: ElementSets) -> tuple[str, str]:
    within = _longitudes(told.norad_id, sets, _day(told.since), _day(told.until))
    if not within:
        return SPARSE, "no element set then"
    fitting = [
        (deg, drift)
        for _, deg, drift in within
        if told.drift[0] <= drift <= told.drift[1]
        and (told.deg_east is None or abs(_wrapped(deg - told.deg_east)) <= SLOT_DEG)
    ]
    deg, drift = (fitting or [within[0][1:]])[0]
    return (AGREES if fitting else DISAGREES), f"{deg:.2f} at {drift:+.3f} deg/day"


def _turned(told: TurnedBack, history: BeltHistory) -> tuple[str, str]:
    since, until = _day(told.since), _day(told.until)
    assert since is not None
    assert until is not None
    if told.norad_id not in history.names:
        return SPARSE, "not in the catalogue"
    turns = [
        r
        for r in history.reversals
        if r.norad_id == told.norad_id and since <= r.after_utc and r.before_utc <= until
    ]
    own = sum(not r.is_natural for r in turns)
    seen = f"{own} times by its own doing: " + ", ".join(
        f"{_date(r.after_utc)}/{_date(r.before_utc)}" for r in turns
    )
    return (AGREES if own == told.times else DISAGREES), seen


def _came(told: CameFrom, sets: ElementSets) -> tuple[str, str]:
    found = [f for f in separations_of(sets) if f.objects[1] == told.norad_id]
    if not found:
        return SPARSE, "not seen as new"
    ranked = ", ".join(f"{c.norad_id} {100.0 * c.probability:.0f} %" for c in found[0].candidates)
    verdict = AGREES if found[0].objects[0] in told.parents else DISAGREES
    speed = found[0].relative_speed_m_s
    return verdict, (
        f"first seen {_date(found[0].end_utc)}; {ranked}; {speed.low:.0f} to {speed.high:.0f} m/s"
    )


def separations_of(sets: ElementSets) -> tuple[Separation, ...]:
    """Return all separations in a history."""
    return SeparationDetector().detect(Picture(_NOW, sets.newest(), sets, (), 1.0))


def _longitudes(
    norad_id: int, sets: ElementSets, since: datetime | None, until: datetime | None
) -> list[tuple[np.datetime64, float, float]]:
    """Return when, where and how fast an object drifted at each of its sets in a span."""
    own = sets.of_object(norad_id).sorted_by_object()
    track, _, _ = belt_track(own.norad_id, own.mean_elements())
    first = (
        np.datetime64(since.replace(tzinfo=None)) if since else track.epoch_utc.min(initial=_EVER)
    )
    last = np.datetime64(until.replace(tzinfo=None)) if until else _EVER
    kept = track.take((track.epoch_utc >= first) & (track.epoch_utc <= last))
    return list(
        zip(
            kept.epoch_utc,
            kept.mean_deg_east.tolist(),
            kept.drift_deg_day.tolist(),
            strict=True,
        )
    )


_NOW = datetime(2026, 11, 1, tzinfo=UTC)
_EVER = np.datetime64("2100-01-01", "us")


def _closest(one: Company) -> str:
    closest = one.closest_km
    return f"closest seen {closest.best:.0f} km ({closest.low:.0f} to {closest.high:.0f})"


def _wrapped(angle_deg: float) -> float:
    return (angle_deg + 180.0) % 360.0 - 180.0


def _day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def _date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")


if __name__ == "__main__":
    main(sys.argv[1:])
