"""Check the moment that each catalogue file speaks of against the day that its name states.

Run: ``python benchmarks/accuracy_moments.py [DATA_FOLDER]``

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds full catalogues
with their nominal days (``catalogue/snapshots``, ``events/snapshots``) and the CelesTrak groups
that were fetched until 30 May 2026. How far a moment lies outside the stated day is the error;
inside it is none. Every catalogue is then made worse: the newest epochs of its largest
constellation, else of its largest launch, are set three days ahead, as predicted sets would be; the
shift of the moment is counted. A file of one or of few groups has nothing to hold it.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep

from hoshimori.model.elements import ElementSets
from hoshimori.workflows.deliveries import open_catalogues
from hoshimori.workflows.pictures import catalogue_moment, dated_by_catalogue, groups_of, picture_of

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
GROUPS_UNTIL = np.datetime64("2026-05-30")
AHEAD = np.timedelta64(72, "h")
FEW = 10
HOUR = np.timedelta64(1, "h")


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", BESIDE))
    if not folder.is_dir():
        print(f"no data in {folder}: nothing measured")
        return
    keep("accuracy_moments", measured(folder))


def measured(folder: Path) -> dict[str, Any]:
    """Return the errors of all catalogues, and how far predicted sets move their moments."""
    files = {name: one(day, sets, received) for name, day, sets, received in catalogues(folder)}
    many = [f for f in files.values() if f["groups"] >= FEW]
    return {
        "catalogues": len(files),
        "moments in the stated day": sum(f["hours_outside_the_day"] == 0.0 for f in files.values()),
        "hours outside the day, worst": worst(files.values(), "hours_outside_the_day"),
        "hours moved by 72 h of prediction, ten groups and more, worst": worst(many, "hours_moved"),
        "hours moved in files of fewer groups": [
            f["hours_moved"] for f in files.values() if f["groups"] < FEW
        ],
        "element sets lost": sum(f["lost"] for f in files.values()),
        "tables": files,
    }


def worst(files: Any, figure: str) -> float:
    """Return the figure that lies farthest from zero."""
    return float(max((f[figure] for f in files), key=abs))


def catalogues(folder: Path) -> Iterator[tuple[str, np.datetime64, ElementSets, np.datetime64]]:
    """Yield each catalogue's name, stated day, rows and moment of receipt."""
    paths = [
        *sorted((folder / "events" / "snapshots").glob("*.gz")),
        *sorted((folder / "catalogue" / "snapshots").iterdir()),
        *sorted((folder / "catalogue" / "celestrak_groups_2026-05").glob("*.parquet")),
    ]
    for opened in open_catalogues([p for p in paths if "vimpel" not in p.name]):
        stated = re.search(r"\d{4}-\d\d-\d\d", opened.path.name)
        day = np.datetime64(stated[0]) if stated else GROUPS_UNTIL
        yield opened.path.name, day, opened.reading.element_sets, opened.received_utc


def one(day: np.datetime64, sets: ElementSets, received_utc: np.datetime64) -> dict[str, Any]:
    """Return the figures of one catalogue."""
    newest = sets.newest()
    moment = catalogue_moment(sets)
    groups = Counter(groups_of(newest))
    largest, members = groups.most_common(1)[0]
    chosen = np.array([group == largest for group in groups_of(newest)])
    predicted = replace(newest, epoch_utc=newest.epoch_utc + np.where(chosen, AHEAD, 0 * HOUR))
    dated = dated_by_catalogue(sets, received_utc)
    picture = picture_of([dated], assets=(), days_ahead=1.0)
    return {
        "stated": str(day),
        "moment": f"{moment.astype('datetime64[m]')}Z",
        "hours_outside_the_day": round(_outside(moment, day), 1),
        "objects": len(newest),
        "groups": len(groups),
        "epochs_a_day_ahead": int(np.sum(newest.epoch_utc > moment + 24 * HOUR)),
        "largest": [largest, members],
        "hours_moved": round(float((catalogue_moment(predicted) - moment) / HOUR), 1),
        "lost": len(sets) - len(picture.history),
    }


def _outside(moment: np.datetime64, day: np.datetime64) -> float:
    start = day.astype("datetime64[us]")
    early, late = (start - moment) / HOUR, (moment - start) / HOUR - 24.0
    return float(-early if early > 0.0 else max(late, 0.0))


if __name__ == "__main__":
    main(sys.argv[1:])
