"""How fast the store takes element sets in and answers its two queries.

A made year of element sets, 1.5 a day for each object, arrives day by day; every twentieth object
falls silent at some day of the year. Then a million element sets arrive at once, and again.
Nothing is asserted here; the figures are kept in `benchmarks/results/speed_store.json`.

    python benchmarks/speed_store.py [OBJECTS ...]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
from measuring import keep

from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.store import OwnStore, open_store

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 365
SETS_PER_DAY = 1.5
MILLION = 1_000_000


def made_rows(
    rng: np.random.Generator, objects: int, rows: int, first_day: float, days: float
) -> ElementSets:
    """Return rows with the digits of published element sets, in order of arrival."""
    norad_id = rng.integers(1, objects + 1, rows)
    day = first_day + np.sort(rng.random(rows)) * days
    silent_from = np.where(norad_id % 20 == 0, norad_id % DAYS, DAYS + days + 30)
    norad_id, day = norad_id[day < silent_from], day[day < silent_from]
    rows = len(day)
    epoch_utc = np.datetime64(NEW_YEAR.replace(tzinfo=None), "us") + (day * 86400e6).astype(
        "timedelta64[us]"
    )
    names = np.strings.add(np.full(rows, "OBJECT ", TEXT), norad_id.astype(TEXT))
    return ElementSets(
        norad_id=norad_id,
        object_name=names,
        object_id=np.full(rows, "2020-001A", TEXT),
        epoch_utc=epoch_utc,
        mean_motion_rev_day=np.round(1.0 + rng.random(rows) * 15.0, 8),
        eccentricity=np.round(rng.random(rows) * 0.1, 7),
        inclination_deg=np.round(rng.random(rows) * 180.0, 4),
        raan_deg=np.round(rng.random(rows) * 360.0, 4),
        arg_of_pericenter_deg=np.round(rng.random(rows) * 360.0, 4),
        mean_anomaly_deg=np.round(rng.random(rows) * 360.0, 4),
        bstar_per_er=np.round(rng.random(rows) * 1e-3, 8),
        mean_motion_dot_rev_day2=np.round(rng.random(rows) * 1e-4, 8),
        mean_motion_ddot_rev_day3=np.zeros(rows),
        ephemeris_type=np.zeros(rows),
        classification=np.full(rows, "U", TEXT),
        element_set_no=np.full(rows, 999),
        rev_at_epoch=rng.integers(0, 99_999, rows),
        known_utc=epoch_utc + np.timedelta64(6, "h"),
        provenance_index=np.zeros(rows),
        provenances=(Provenance("made", f"{int(first_day * 1000):064x}", Reality.SIMULATED),),
    )


def taken(store: OwnStore, rows: ElementSets) -> float:
    """Append the rows and return the wall seconds of it."""
    start = time.perf_counter()
    store.append(
        Reading(rows),
        payload=rows.provenances[0].payload_sha256.encode(),
        source="made",
        received_utc=NEW_YEAR,
        reality=Reality.SIMULATED,
    )
    return time.perf_counter() - start


def timed(name: str, question: Callable[[], object], repeats: int = 5) -> dict[str, float]:
    """Return the median wall and CPU seconds of a question, after a first time."""
    question()
    wall, cpu = [], []
    for _ in range(repeats):
        start, start_cpu = time.perf_counter(), time.process_time()
        question()
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    return {
        f"{name}_s": round(statistics.median(wall), 3),
        f"{name}_cpu_s": round(statistics.median(cpu), 3),
    }


def measure(objects: int, folder: Path) -> dict[str, float]:
    """Fill a store of so many objects and return its figures."""
    rng = np.random.default_rng(objects)
    daily = int(objects * SETS_PER_DAY)
    with open_store(folder) as store:
        seconds = [taken(store, made_rows(rng, objects, daily, day, 1.0)) for day in range(DAYS)]
        held = sum(receipt.counts.new for receipt in store.receipts())
        figures = {
            "objects": objects,
            "element_sets": held,
            "append_a_day_s_median": round(statistics.median(seconds), 3),
            "append_the_year_s": round(sum(seconds), 1),
        }
        figures |= asked(store)
        million = made_rows(rng, objects, MILLION, DAYS, 22.0)
        figures["append_a_million_s"] = round(taken(store, million), 2)
        figures["append_it_again_s"] = round(taken(store, million), 2)
    figures["file_mb"] = round(sum(f.stat().st_size for f in folder.iterdir()) / 1e6, 1)
    return figures


def asked(store: OwnStore, began: datetime = NEW_YEAR, days: int = DAYS) -> dict[str, float]:
    """Return the seconds of each question, at the end of some days, their middle and long after."""
    end, middle = began + timedelta(days=days + 1), began + timedelta(days=days // 2)
    some = list(range(1, 1000, 20))

    def history(ids: list[int], at: datetime) -> Callable[[], object]:
        return lambda: store.history_of(ids, as_known_at_utc=at)

    questions = {
        "newest_at_end": lambda: store.newest_as_known_at(end),
        "newest_at_middle": lambda: store.newest_as_known_at(middle),
        "newest_long_after": lambda: store.newest_as_known_at(end + timedelta(days=400)),
        "history_of_1": history([7], end),
        "history_of_50": history(some, end),
        "history_of_all_7_days": lambda: store.history_of(
            None, as_known_at_utc=end, since_utc=end - timedelta(days=8)
        ),
    }
    figures: dict[str, float] = {}
    for name, question in questions.items():
        figures |= timed(name, question)
    return figures


def main() -> None:
    """Measure each size, print the figures and keep them."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 30_000]
    measured = []
    for objects in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measured.append(measure(objects, Path(folder)))
    keep("speed_store", {"duckdb": duckdb.__version__, "sizes": measured})


if __name__ == "__main__":
    main()
