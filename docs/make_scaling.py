"""Write the page on how screening scales, from what its benchmark measured.

Run: ``python docs/make_scaling.py``; a test checks that page and results agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "benchmarks" / "results" / "speed_screen_ray.json"
OBJECTS = (27_000, 100_000, 500_000)
CORES = (2, 16, 64)
DAYS = 7.0
_ARC_BYTES = 64
"""Of an object in a step, as in `workflows/screen_engine.py`."""

HEAD = """# How screening scales

The figures of this page were computed by `docs/make_scaling.py`
from what `benchmarks/speed_screen_ray.py` measured; none was typed by hand.
What was not measured is called an estimate.

A window is cut into steps of six minutes, consecutive steps into spans.
A span is computed without any other, so that any worker can have it.
What it gives depends on the catalogue, the window, the threshold and its own steps,
and not on how the window was cut:
a table made by many workers is byte for byte the one made here.
A worker is sent the search once; for each span it sends back the rows of the span,
already in Parquet.
"""


def page() -> str:
    """Return the page as Markdown."""
    document = json.loads(RESULTS.read_text(encoding="utf-8"))
    figures = document["figures"]
    machine = ", ".join(f"{k} {v}" for k, v in document["machine"].items() if v)
    busy = f"{figures['load_at_start']:.1f} processes wanted its cores when it began"
    lines = [HEAD, "## Measured", "", f"Machine: {machine}; {busy}.", ""]
    lines += _measured(figures)
    lines += ["", "## Estimate for more objects", ""]
    lines += _estimate(figures)
    return "\n".join(lines) + "\n"


def _measured(figures: dict[str, Any]) -> Iterator[str]:
    days, threshold = figures["days"], figures["threshold_km"]
    yield f"All against all, {days:g} day, {threshold:g} km; objects drawn from a real catalogue:"
    yield ""
    yield "| objects | CPU seconds | rows |"
    yield "| --- | --- | --- |"
    for size in figures["sizes"]:
        yield f"| {size['objects']:,} | {size['cpu_s']:.2f} | {size['rows']:,} |"
    yield ""
    yield (
        "The largest of these on a local Ray, one thread to a worker; the first run starts the "
        "workers. More workers than the machine has cores share them."
    )
    yield ""
    yield "| workers | first run, wall s | next run, wall s | same bytes as without Ray |"
    yield "| --- | --- | --- | --- |"
    alone = figures["one_thread_without_ray_wall_s"]
    yield f"| one thread, without Ray | – | {alone:.1f} | – |"
    for run in figures["ray"]:
        same = "yes" if run["same_bytes"] else "NO"
        yield f"| {run['workers']} | {run['first_wall_s']:.1f} | {run['wall_s']:.1f} | {same} |"


def _estimate(figures: dict[str, Any]) -> Iterator[str]:
    linear_s, square_s = cost(figures)
    rows, row_bytes = density(figures)
    sent = figures["job"]["bytes_per_object"]
    yield (
        f"CPU time is taken as days · (a N + b N²): states, arcs and cells grow with the objects, "
        f"pairs and encounters with their square. Fitted to the sizes above (relative errors "
        f"weigh alike): a = {linear_s:.3g} s and b = {square_s:.3g} s. "
        f"Rows are c N² with c = {rows:.3g} a day, {row_bytes:.0f} bytes each in the table; "
        f"a worker is sent {sent:.0f} bytes for each object."
    )
    yield ""
    yield (
        f"{DAYS:g} days, {figures['threshold_km']:g} km, if new objects spread over the orbits "
        "as today's do; wall times with perfect sharing, on cores like those above:"
    )
    yield ""
    heads = " | ".join(f"wall, {cores} cores" for cores in CORES)
    yield f"| objects | CPU time | {heads} | rows | table, GB | sent to a worker, MB | a step, MB |"
    yield "| " + " | ".join(["---"] * (6 + len(CORES))) + " |"
    for n in OBJECTS:
        cpu_s = DAYS * (linear_s * n + square_s * n * n)
        walls = " | ".join(_duration(cpu_s / cores) for cores in CORES)
        count = DAYS * rows * n * n
        cells = [
            f"{n:,}",
            _duration(cpu_s),
            walls,
            f"{count / 1e6:.2g} million",
            f"{count * row_bytes / 1e9:.2g}",
            f"{n * sent / 1e6:.0f}",
            f"{n * _ARC_BYTES / 1e6:.0f}",
        ]
        yield "| " + " | ".join(cells) + " |"
    yield ""
    yield (
        "What the estimate leaves out: starting the cluster, joining the parts on one machine, "
        "that shells fill unevenly, and that over a week propagated constellations give more "
        "rows a day than on the first. Memory of a worker is bounded by the length of its spans "
        "(`screen.memory_mib`), down to one step."
    )


def cost(figures: dict[str, Any]) -> tuple[float, float]:
    """Return CPU seconds a day for an object and for a pair, none below zero."""
    sizes = figures["sizes"]
    n = np.array([float(size["objects"]) for size in sizes])
    cpu_s = np.array([size["cpu_s"] for size in sizes]) / figures["days"]
    relative = np.stack([n / cpu_s, n * n / cpu_s], axis=1)
    both, *_ = np.linalg.lstsq(relative, np.ones(len(n)), rcond=None)
    return float(max(both[0], 0.0)), float(max(both[1], 0.0))


def density(figures: dict[str, Any]) -> tuple[float, float]:
    """Return rows a day over the square of the objects, and bytes of a row, of the largest size."""
    most = figures["sizes"][-1]
    rows = most["rows"] / figures["days"] / most["objects"] ** 2
    return rows, most["table_bytes"] / most["rows"]


def _duration(seconds: float) -> str:
    if seconds < 120.0:
        return f"{seconds:.2g} s" if seconds < 10.0 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200.0 else f"{seconds / 3600:.1f} h"


if __name__ == "__main__":
    (DOCS / "scaling.md").write_text(page(), encoding="utf-8")
