"""One side of ``speed_screen.py`` in a process of its own, which imports nothing else.

It screens once for every line that comes in, and answers with a line of figures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from measuring import peak_memory_mib

ASTROZ_BEST_STEP_MIN = 0.5


@dataclass(frozen=True)
class Case:
    """What one process screens."""

    side: str
    objects: int
    t0_utc: str
    days: float = 1.0
    threshold_km: float = 5.0
    threads: int = 0
    """Of ours; 0 means as many as there are cores. astroz takes all cores."""


def main() -> None:
    case, sky = Case(**json.loads(sys.argv[1])), Path(sys.argv[2])
    screen = screen_by_astroz(case, sky) if case.side == "astroz" else screen_by_us(case, sky)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        rows = screen()
        figures = {
            "wall_s": time.perf_counter() - wall,
            "cpu_s": time.process_time() - cpu,
            "rows": rows,
            "peak_memory_mib": peak_memory_mib(),
        }
        print(json.dumps(figures), flush=True)


def screen_by_us(case: Case, sky: Path) -> Callable[[], int]:
    """`sky` holds the columns of mean elements."""
    from hoshimori.numerics.elements import MeanElements  # noqa: PLC0415  # not in the peer's
    from hoshimori.numerics.encounters import closest_approaches  # noqa: PLC0415
    from hoshimori.numerics.sgp4 import initialise  # noqa: PLC0415

    with np.load(sky) as columns:
        elements = MeanElements(**columns)
    every, t0_utc = np.arange(len(elements)), np.datetime64(case.t0_utc, "us")

    def screen() -> int:
        satellites, window_s = initialise(elements), case.days * 86400.0
        return len(closest_approaches(satellites, every, t0_utc, window_s, case.threshold_km))

    return screen


def screen_by_astroz(case: Case, sky: Path) -> Callable[[], int]:
    """`sky` holds two-line element sets."""
    import astroz  # noqa: PLC0415  # a peer that not everyone has

    constellation = astroz.Constellation(str(sky))
    start_time = datetime.fromisoformat(case.t0_utc).replace(tzinfo=UTC)

    def screen() -> int:
        found = astroz.screen(
            constellation,
            case.days * 1440.0,
            threshold=case.threshold_km,
            step=ASTROZ_BEST_STEP_MIN,
            start_time=start_time,
        )
        return len(found.time)

    return screen


if __name__ == "__main__":
    main()
