"""Back-test re-entry windows, and count what is called late, lost or decayed, on past catalogues.

Usage: python benchmarks/accuracy_decay.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds successive full
catalogues (``events/snapshots``, ``catalogue/snapshots``). From each the windows of all objects are
predicted, with what that catalogue alone tells. Truth: where the last element set of an object in
any catalogue leaves it less than four days, its end is known to about a day, and the predictions
of all catalogues before are judged against it. A window before an element set is a false one,
whatever the truth. The result is printed and kept in benchmarks/results/accuracy_decay.json.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.detectors.decay import DecayDetector
from hoshimori.detectors.overdue import OverdueDetector
from hoshimori.formats.catalogue import read_catalogue
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import Anomaly, Decay
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.numerics.elements import perigee_altitude_km, semi_major_axis_km
from hoshimori.numerics.rates import share_interval
from hoshimori.numerics.reentry import days_to_reentry, published_axis_rate_km_day
from hoshimori.workflows.pictures import dated_by_catalogue, picture_of

RECEIVED = np.datetime64("2026-06-01", "us")
HORIZON_DAYS = 120.0
SURE_DAYS = 4.0
"""An end this soon after the last element set is known to about a day."""
SETTLED_DAYS = 60.0
"""What is not seen again must have had so long to be seen."""
HIGHEST_LAST_PERIGEE_KM = 400.0
NAMED_CONSTELLATION = "STARLINK"
"""Satellites that end by engine; judged apart."""
BINS_DAYS = ((5.0, 15.0), (15.0, 30.0), (30.0, 60.0), (60.0, 120.0))


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    from measuring import keep  # noqa: PLC0415 - tests run this file from elsewhere

    keep("accuracy_decay", measured(folder))


def measured(folder: Path) -> dict[str, Any]:
    """Return the scores on all catalogues of a folder."""
    pictures = catalogues(folder)
    predicted = [predictions(picture) for picture in pictures]
    last = last_seen(pictures)
    cases = known_ends(pictures, predicted, last)
    by_air = [c for c in cases if NAMED_CONSTELLATION not in last[c[0]].name]
    by_engine = [c for c in cases if NAMED_CONSTELLATION in last[c[0]].name]
    return {
        "catalogues": len(pictures),
        "ends_known_to_a_day": {
            "all but Starlink": windows(by_air),
            "Starlink, which lower by engine": windows(by_engine),
        },
        "seen_after_the_window": survivors(pictures, predicted, last),
        "overdue_on_catalogues": overdue(pictures, last),
        "overdue_in_the_groups_of_may_2026": overdue_in_groups(folder),
    }


def catalogues(folder: Path) -> list[Picture]:
    """Return the picture of every full catalogue, oldest first."""
    paths = [
        *(folder / "events" / "snapshots").glob("*.gz"),
        *(p for p in (folder / "catalogue" / "snapshots").glob("*") if "vimpel" not in p.name),
    ]
    dated = sorted(
        (m[0], path) for path in paths if (m := re.search(r"\d{4}-\d\d-\d\d", path.name))
    )
    made = []
    for _, path in dated:
        reading = read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED)
        sets = dated_by_catalogue(reading.element_sets, RECEIVED)
        made.append(picture_of([sets], assets=(), days_ahead=7.0))
    return made


def predictions(picture: Picture) -> dict[int, Decay]:
    """Return the ends predicted from one catalogue, by object."""
    found = DecayDetector(horizon_days=HORIZON_DAYS).detect(picture)
    return {finding.objects[0]: finding for finding in found}


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The last element set of an object in any catalogue."""

    name: str
    epoch_utc: datetime
    remaining_days: float
    """What that set leaves it."""


def last_seen(pictures: Sequence[Picture]) -> dict[int, LastSeen]:
    """Return the last element set of every object; catalogues list old ones for a month."""
    seen: dict[int, LastSeen] = {}
    for picture in pictures:
        newest = picture.newest
        days = _remaining_days(newest)
        rows = zip(newest.norad_id.tolist(), newest.epoch_utc, newest.object_name, strict=True)
        for row, (norad_id, epoch_utc, name) in enumerate(rows):
            before, moment = seen.get(norad_id), as_datetime(epoch_utc)
            if before is None or moment > before.epoch_utc:
                known_as = str(name).upper() or (before.name if before else "")
                seen[norad_id] = LastSeen(known_as, moment, float(days[row]))
    return seen


def _remaining_days(newest: ElementSets) -> np.ndarray[Any, Any]:
    elements = newest.mean_elements()
    days = np.full(len(newest), np.inf)
    low = perigee_altitude_km(elements) < HIGHEST_LAST_PERIGEE_KM
    axis_km = semi_major_axis_km(elements)[low]
    rates = published_axis_rate_km_day(
        axis_km, newest.mean_motion_rev_day[low], newest.mean_motion_dot_rev_day2[low]
    )
    days[low] = days_to_reentry(axis_km, elements.eccentricity[low], rates)
    return days


Case = tuple[int, float, float, bool]
"""Object, predicted and true days that remained, and whether the window held the end."""


def known_ends(
    pictures: Sequence[Picture],
    predicted: Sequence[Mapping[int, Decay]],
    last: Mapping[int, LastSeen],
) -> list[Case]:
    """Return the predictions for objects whose end is known to about a day."""
    final_utc = pictures[-1].as_of_utc
    cases = []
    for picture, findings in zip(pictures, predicted, strict=True):
        for norad_id, finding in findings.items():
            end = last[norad_id]
            if end.remaining_days > SURE_DAYS or _days(final_utc - end.epoch_utc) < SETTLED_DAYS:
                continue
            ended_utc = end.epoch_utc + timedelta(days=end.remaining_days)
            since = as_datetime(picture.newest.of_object(norad_id).epoch_utc[0])
            remained = _days(ended_utc - since)
            if remained >= BINS_DAYS[0][0]:
                held = finding.start_utc <= ended_utc <= finding.end_utc
                cases.append((norad_id, _days(finding.reentry_utc - since), remained, held))
    return cases


def windows(cases: Sequence[Case]) -> dict[str, Any]:
    """Return errors of the remaining time and how often the window held, by predicted time."""
    told: dict[str, Any] = {"all": _window(cases)}
    for low, high in BINS_DAYS:
        inside = [c for c in cases if low <= c[1] < high]
        if inside:
            told[f"predicted {low:g} to {high:g} days ahead"] = _window(inside)
    return told


def _window(cases: Sequence[Case]) -> dict[str, Any]:
    if not cases:
        return {"cases": 0}
    errors = np.array([predicted / true - 1.0 for _, predicted, true, _ in cases])
    return {
        "cases": len(cases),
        "median_error_percent_of_remaining_time": round(100.0 * float(np.median(errors)), 1),
        "median_absolute_error_percent": round(100.0 * float(np.median(np.abs(errors))), 1),
        "nine_in_ten_within_percent": round(100.0 * float(np.quantile(np.abs(errors), 0.9)), 1),
        "inside_the_90_percent_window": _share(sum(c[3] for c in cases), len(cases)),
    }


def survivors(
    pictures: Sequence[Picture],
    predicted: Sequence[Mapping[int, Decay]],
    last: Mapping[int, LastSeen],
) -> dict[str, Any]:
    """Return how many were seen after their windows: each of them is a window that failed."""
    final_utc = pictures[-1].as_of_utc
    told: dict[str, Any] = {}
    for name, is_engine in (("all but Starlink", False), ("Starlink", True)):
        after = [
            last[norad_id].epoch_utc > finding.end_utc
            for findings in predicted
            for norad_id, finding in findings.items()
            if _days(final_utc - finding.end_utc) > SETTLED_DAYS
            and (NAMED_CONSTELLATION in last[norad_id].name) is is_engine
        ]
        told[name] = _share(sum(after), len(after))
    return told


def overdue(pictures: Sequence[Picture], last: Mapping[int, LastSeen]) -> dict[str, Any]:
    """Return what is called late, lost or decayed of single catalogues, and what became of it."""
    final_utc = pictures[-1].as_of_utc
    used = [p for p in pictures if _days(final_utc - p.as_of_utc) > SETTLED_DAYS]
    return _became(
        [
            (finding, last[finding.objects[0]].epoch_utc > picture.as_of_utc)
            for picture in used
            for finding in OverdueDetector().detect(picture)
        ],
        sum(len(picture.newest) for picture in used),
    )


def overdue_in_groups(folder: Path) -> dict[str, Any]:
    """Return the same for a week of frequent histories, where own cadences are known."""
    told = {}
    for path in sorted((folder / "catalogue" / "celestrak_groups_2026-05").glob("*.parquet")):
        reading = read_catalogue(path.read_bytes(), source=path.name, received_utc=RECEIVED)
        sets = reading.element_sets.sorted_by_object()
        last = sets.epoch_utc.max()
        as_of = last - np.timedelta64(36, "h")
        known = sets.take(sets.epoch_utc <= as_of)
        renewed = set(sets.norad_id[sets.epoch_utc > as_of].tolist())
        if len(known):
            picture = Picture(as_datetime(as_of), known.newest(), known, (), 7.0)
            found = OverdueDetector().detect(picture)
            judged = [(finding, finding.objects[0] in renewed) for finding in found]
            told[path.stem] = _became(judged, len(picture.newest))
    return told


def _became(judged: Sequence[tuple[Anomaly, bool]], compared: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "objects_compared": compared,
        "findings_per_1000": round(1000.0 * len(judged) / compared, 2),
    }
    for phenomenon in sorted({f.phenomenon for f, _ in judged}, key=lambda p: p.value):
        seen = [again for finding, again in judged if finding.phenomenon is phenomenon]
        told[phenomenon.value] = {
            "findings": len(seen),
            "per_1000": round(1000.0 * len(seen) / compared, 2),
            "seen_again_later": _share(sum(seen), len(seen)),
        }
    return told


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86400.0


def _share(count: int, total: int) -> list[float]:
    """Return a share as low end, best value and high end (95 %), and of how many."""
    return [*(round(x, 3) for x in share_interval(count, total)), total]


if __name__ == "__main__":
    main(sys.argv[1:])
