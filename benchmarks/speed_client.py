"""What it costs to speak to a server's store in place of one's own file: ingest and watch.

A made sky is ingested as a file and then watched, once directly and once through a server in a
process of its own, in turn. The store also holds a made month and a half of element sets, 1.5 a day
for each object, so that the history that a watch reads is as large as in earnest. Seconds are wall
time, and CPU of the client and the server apart; what a watch computes is the same in both ways and
timed once. Nothing is asserted here; figures are kept in `benchmarks/results/speed_client.json`.

    python benchmarks/speed_client.py [OBJECTS]
"""

from __future__ import annotations

import multiprocessing.pool
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from measuring import keep, peak_memory_mib
from speed_store import NEW_YEAR, made_rows, taken

from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.moments import as_column_time
from hoshimori.settings import Settings
from hoshimori.web.app import make_app
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.ingest import BY_CATALOGUE, ingest_files
from hoshimori.workflows.running import NAME, RunFile, kept_run_file
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.stores import opened_store, own_store, sky_of_store
from hoshimori.workflows.watch import watch

DAYS = 45
RUNS = 3
"""Times that each is done; the median counts."""


def serve(folder: Path, ended: Event) -> None:
    """Serve the facts of a folder until told to end; no watch runs in this process."""
    with Floor(Settings(), folder) as floor:
        server = uvicorn.Server(uvicorn.Config(make_app(floor), port=0, log_level="warning"))
        with multiprocessing.pool.ThreadPool(1) as threads:
            running = threads.apply_async(server.run)
            while not server.started:
                time.sleep(0.05)
            port = server.servers[0].sockets[0].getsockname()[1]
            with kept_run_file(folder, RunFile.here(f"http://127.0.0.1:{port}")):
                ended.wait()
            server.should_exit = True
            running.wait()


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Run a server in a process of its own and give its number."""
    context = multiprocessing.get_context("spawn")
    ended = context.Event()
    process = context.Process(target=serve, args=(folder, ended))
    process.start()
    while not (folder / NAME).exists():
        time.sleep(0.1)
    try:
        yield process.pid or 0
    finally:
        ended.set()
        process.join()


def cpu_s(process: int) -> float:
    """Return the CPU seconds of a process so far (Linux)."""
    stated = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(stated[11]) + int(stated[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(process: int) -> int:
    """Return the largest resident memory of a process so far (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return round(int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024)


def timed(work: Callable[[], object], server: int | None, *, runs: int = RUNS) -> dict[str, float]:
    """Return the median seconds of a piece of work, after one run that does not count."""
    work()
    return once(work, server, runs=runs)


def once(work: Callable[[], object], server: int | None, *, runs: int = 1) -> dict[str, float]:
    """Return the median seconds of a piece of work that was done before."""
    rows = []
    for _ in range(runs):
        there = cpu_s(server) if server else 0.0
        wall, here = time.perf_counter(), time.process_time()
        work()
        row = [time.perf_counter() - wall, time.process_time() - here]
        rows.append([*row, cpu_s(server) - there if server else 0.0])
    wall_s, client_s, server_s = (statistics.median(column) for column in zip(*rows, strict=True))
    figures = {"wall_s": wall_s, "client_cpu_s": client_s, "server_cpu_s": server_s}
    return {name: round(value, 3) for name, value in figures.items()}


def measured(folder: Path, catalogue: Path, moment: Any, server: int | None) -> Any:
    """Return the figures of bringing a catalogue again and of reading the sky of a watch."""

    def bring() -> None:
        with opened_store(Settings(), folder) as store:
            list(ingest_files(store, [catalogue], known_at=BY_CATALOGUE))

    def look() -> None:
        with opened_store(Settings(), folder) as store:
            sky_of_store(store, as_of_utc=moment, history_days=DAYS)

    return {"ingest_again": timed(bring, server), "sky_of_a_watch": timed(look, server)}


def first_ingest(folder: Path, catalogue: Path) -> float:
    """Return the wall seconds of bringing a catalogue for the first time."""
    start = time.perf_counter()
    with opened_store(Settings(), folder) as store:
        list(ingest_files(store, [catalogue], known_at=BY_CATALOGUE))
    return round(time.perf_counter() - start, 2)


def main() -> None:
    """Measure both ways, print the figures and keep them."""
    objects = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    end = as_column_time(NEW_YEAR + timedelta(days=DAYS))
    sky = made_sky(seed=1, objects=objects, as_of_utc=end)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        catalogue = root / "made.csv"
        catalogue.write_bytes(write_omm_csv(sky.parts[0]))
        folder = root / "store"
        with own_store(Settings(), folder) as store:
            rng = np.random.default_rng(1)
            taken(store, made_rows(rng, objects, int(objects * 1.5 * DAYS), 0.0, float(DAYS)))
        figures: dict[str, Any] = {
            "objects": objects,
            "element_sets_of_the_history": int(objects * 1.5 * DAYS),
            "catalogue_mb": round(catalogue.stat().st_size / 1e6, 1),
            "first_ingest_directly_wall_s": first_ingest(root / "other", catalogue),
        }
        with served(folder) as server:
            figures["first_ingest_through_server_wall_s"] = first_ingest(folder, catalogue)
            figures["through_server"] = measured(folder, catalogue, end, server)
            figures["server_memory_mib"] = memory_mib(server)
        figures["directly"] = measured(folder, catalogue, end, None)
        picture = sky.picture(assets=sky.assets, days_ahead=7.0)
        small = made_sky(seed=1, objects=1_000, as_of_utc=end)
        watch(small.picture(assets=small.assets, days_ahead=7.0))  # compiles what is not cached
        figures["watch_itself"] = once(lambda: watch(picture), None)
        figures["client_memory_mib"] = round(peak_memory_mib())
    keep("speed_client", figures | {"ratios": ratios(figures)})


def ratios(figures: dict[str, Any]) -> dict[str, float]:
    """Return how much longer things take through a server: all CPU of both, and wall time."""
    found = {}
    for kind in ("cpu", "wall"):
        itself = spent(figures["watch_itself"], kind)
        for name, more in (("ingest_again", 0.0), ("sky_of_a_watch", 0.0), ("watch", itself)):
            key = "sky_of_a_watch" if name == "watch" else name
            through = spent(figures["through_server"][key], kind) + more
            found[f"{name}_{kind}"] = round(
                through / (spent(figures["directly"][key], kind) + more), 2
            )
    return found


def spent(row: dict[str, float], kind: str) -> float:
    """Return the seconds of one kind in a row of figures."""
    return sum(value for name, value in row.items() if name.endswith(f"{kind}_s"))


if __name__ == "__main__":
    main()
