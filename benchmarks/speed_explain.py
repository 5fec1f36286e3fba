"""How long `explain` takes for one asset and moment against a whole catalogue of the world.

Of assets in low, sun-synchronous, medium, geostationary and highly eccentric orbits, and in a
constellation; and the command from its start to its answer, reading the catalogue included.

With ``--month`` the same over a month of history of every object, of our own making: its newest
elements carried back by SGP4 to 1.75 epochs a day, each with a little noise. The same assets; what
the parts of one answer cost; and the command over a store that holds the month. With ``--maps``
what the areas of five million rows of integrity maps cost, found and kept.

Run: ``python benchmarks/speed_explain.py [--month] [--maps] [DATA_FOLDER]``
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep, peak_memory_mib, timed

from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.assets import Asset
from hoshimori.model.elements import NO_ELEMENT_SETS, ElementSets, concatenate
from hoshimori.model.moments import as_datetime
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading
from hoshimori.numerics.carried_elements import carried_elements
from hoshimori.store import open_store
from hoshimori.workflows.cause_questions import AtHand, CauseQuestion
from hoshimori.workflows.explain import DEFAULT, Beside, explain
from hoshimori.workflows.floor_worker import Worker
from hoshimori.workflows.kept_areas import kept_areas
from hoshimori.workflows.known_failures import known_failures
from hoshimori.workflows.skies import sky_of_files
from hoshimori.workflows.space_weather import space_weather_of_file

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
CATALOGUE = "catalogue/snapshots/spacetrack_2025-03-03.3le.gz"
WEATHER = "spaceweather/SW-All.csv.gz"
AT = "2025-03-03T00:00:00"
ASSETS = {
    "low (ISS)": 25544,
    "sun-synchronous (ALOS 2)": 39766,
    "medium (GPS BIIF-6)": 39741,
    "geostationary (INTELSAT 39)": 44476,
    "highly eccentric (MOLNIYA 3-50)": 25847,
    "constellation (ONEWEB-0012)": 44057,
}


DAYS, SETS_A_DAY = 30.0, 1.75
"""What is published in a month: the median object of Space-Track's catalogue, a little more."""
_NOISE_DEG = 1e-3
"""Of mean anomalies: 0.1 km along the track of a low orbit."""


def main() -> None:
    """Measure and keep."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", default=os.environ.get("HOSHIMORI_DATA", BESIDE))
    parser.add_argument("--month", action="store_true")
    parser.add_argument("--maps", action="store_true")
    asked = parser.parse_args()
    folder = Path(asked.folder)
    if asked.maps:
        keep("speed_explain_maps", maps())
    if asked.month:
        keep("speed_explain_month", month(folder))
    if not (asked.maps or asked.month):
        keep("speed_explain", newest(folder))


def newest(folder: Path) -> dict[str, Any]:
    """Return what it costs against the newest catalogue."""
    sky = sky_of_files([folder / CATALOGUE])
    figures = of_assets(sky.picture(assets=(), days_ahead=1.0), folder)
    catalogue = ["--catalogue", str(folder / CATALOGUE)]
    figures |= whole_command(folder, catalogue)
    return figures | {"peak_memory_mib": peak_memory_mib()}


def of_assets(picture: Picture, folder: Path, *, runs: int = 3) -> dict[str, Any]:
    """Return what each asset costs, and the most of them."""
    beside = Beside(space_weather_of_file(folder / WEATHER).weather, known_failures())
    at_utc = np.datetime64(AT, "us")
    figures: dict[str, Any] = {"assets": {}, "objects": len(picture.newest)}
    for name, norad_id in ASSETS.items():
        own = replace(picture, assets=(Asset(norad_id),))

        def once(own: Picture = own, norad_id: int = norad_id) -> object:
            return explain(own, norad_id, at_utc, beside=beside)

        figures["assets"][name] = timed(once, runs=runs)
    figures["slowest_wall_s"] = max(one["wall_s"] for one in figures["assets"].values())
    figures["slowest_cpu_s"] = max(one["cpu_s"] for one in figures["assets"].values())
    return figures


def month(folder: Path) -> dict[str, Any]:
    """Return what it costs over a month of history, in memory and in a store."""
    sky = sky_of_files([folder / CATALOGUE])
    history = month_of(sky.picture(assets=(), days_ahead=1.0).newest)
    picture = replace(sky, parts=(history,)).picture(assets=(), days_ahead=1.0)
    load = {"load_average": os.getloadavg()[0], "element_sets": len(picture.history)}
    figures = load | of_assets(picture, folder, runs=1)
    figures["on_the_watch_floor"] = by_the_worker(picture, folder)
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        with open_store(Path(place)) as store:
            store.append(
                Reading(history),
                payload=b"a month",
                source="made",
                received_utc=datetime.fromisoformat(f"{AT}+00:00"),
                reality=Reality.SIMULATED,
            )
        figures["taken_into_the_store_wall_s"] = time.perf_counter() - start
        sought = ["--store", place, "--as-of", f"{AT}Z"]
        figures |= whole_command(folder, sought)
    return figures | {"peak_memory_mib": peak_memory_mib()}


def by_the_worker(picture: Picture, folder: Path) -> dict[str, float]:
    """Return how long the floor's worker takes: for the first question, picture and all; for more.

    It is started before, as on a floor that was asked anything.
    """
    figures = {}
    asked = replace(picture, assets=())
    with tempfile.TemporaryDirectory() as place, Worker(()) as worker:
        where = AtHand(str(folder / WEATHER), Path(place))
        worker.give(
            "none", replace(asked, newest=NO_ELEMENT_SETS, history=NO_ELEMENT_SETS), limit_s=600.0
        )
        for name, norad_id in (("first", 25544), ("second", 39766), ("third", 44476)):
            question = CauseQuestion(norad_id, datetime.fromisoformat(f"{AT}+00:00"), DEFAULT)
            start = time.perf_counter()
            worker.give("month", asked, limit_s=600.0)
            worker.explain("month", question, where, limit_s=600.0)
            figures[f"{name}_wall_s"] = time.perf_counter() - start
    return figures


def month_of(newest: ElementSets) -> ElementSets:
    """Return the newest sets of objects with those of a month before, by object and epoch."""
    random = np.random.Generator(np.random.PCG64(1))
    step_us = round(86_400e6 / SETS_A_DAY)
    elements = newest.mean_elements()
    parts = [newest]
    for k in range(1, round(DAYS * SETS_A_DAY)):
        epoch = newest.epoch_utc - np.timedelta64(k * step_us, "us")
        back = carried_elements(elements, epoch)
        noise_deg = _NOISE_DEG * random.standard_normal(len(epoch))
        told = replace(
            newest,
            epoch_utc=epoch,
            known_utc=epoch + np.timedelta64(6, "h"),
            mean_motion_rev_day=back.mean_motion_kozai_rad_min * 1440.0 / (2.0 * np.pi),
            eccentricity=back.eccentricity,
            inclination_deg=np.degrees(back.inclination_rad),
            raan_deg=np.degrees(back.raan_rad) % 360.0,
            arg_of_pericenter_deg=np.degrees(back.arg_of_perigee_rad) % 360.0,
            mean_anomaly_deg=(np.degrees(back.mean_anomaly_rad) + noise_deg) % 360.0,
        )
        parts.append(told.take(np.isfinite(back.mean_motion_kozai_rad_min)))
    made = Provenance("made", "0" * 64, Reality.SIMULATED)
    return replace(concatenate(parts).sorted_by_object(), provenances=(made,))


def maps() -> dict[str, Any]:
    """Return what the areas of five million rows cost: found, and kept."""
    planted = PlantedDisturbance(35.5, 137.5, 190.0, first_day=20, last_day=22, share=0.4)
    air = MadeAir(planted=(planted,), rings=120, days=130, mean_aircraft=20.0)
    cells = disturbed_air(air, np.random.Generator(np.random.PCG64(1)))
    last = cells.day_utc.max().astype("datetime64[us]") + np.timedelta64(2, "D")
    picture = Picture(as_datetime(last), NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 1.0, integrity=cells)
    with tempfile.TemporaryDirectory() as place:
        walls = []
        for _ in range(3):
            start = time.perf_counter()
            found = kept_areas(picture, Path(place))
            walls.append(time.perf_counter() - start)
        kept_bytes = sum(file.stat().st_size for file in Path(place).iterdir())
    return {
        "rows": len(cells),
        "areas": len(found or ()),
        "found_wall_s": walls[0],
        "kept_wall_s": walls[-1],
        "kept_bytes": kept_bytes,
        "peak_memory_mib": peak_memory_mib(),
    }


def whole_command(folder: Path, sky: list[str]) -> dict[str, float]:
    """Return the seconds of the command for the low asset, the second time."""
    program = Path(sys.executable).with_name("hoshimori")
    asked = ["explain", "--asset", "25544", "--at", f"{AT}Z", "--json", *sky]
    asked += ["--space-weather", str(folder / WEATHER)]
    wall = cpu = 0.0
    for _ in range(2):
        start, spent = time.perf_counter(), children_cpu_s()
        subprocess.run([program, *asked], check=True, capture_output=True)
        wall, cpu = time.perf_counter() - start, children_cpu_s() - spent
    return {"whole_command_wall_s": wall, "whole_command_cpu_s": cpu}


def children_cpu_s() -> float:
    """Return the CPU seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
