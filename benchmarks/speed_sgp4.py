"""How many states a CPU second gives: our batch SGP4 beside ``sgp4.api.SatrecArray`` in one run.

A day in steps of 180 s, positions and velocities, near-Earth and deep-space objects of a made sky
apart; ours in chunks of 48 moments that use the same memory again.

    python benchmarks/speed_sgp4.py [1000 10000 30000]
"""

from __future__ import annotations

import sys
import time

import numpy as np
from measuring import keep, timed
from sgp4.api import WGS72, Satrec, SatrecArray

from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate, propagate_each
from hoshimori.workflows.skies import made_sky

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
STEP_S, CHUNK, MOMENTS = 180.0, 48, 480
REFERENCE_MOMENTS = 48
JULIAN_1950 = 2433281.5


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 30_000]
    before = time.process_time()
    figures_of(_made_elements(200))
    first_use_s = time.process_time() - before
    figures = {str(size): figures_of(_made_elements(size)) for size in sizes}
    keep("speed_sgp4", {"first_use_with_compilation_cpu_s": first_use_s, "objects": figures})


def figures_of(elements: MeanElements) -> dict[str, object]:
    """Return millions of states per CPU and wall second, ours and the reference's."""
    satellites = initialise(elements)
    is_deep = satellites.deep_row >= 0
    figures: dict[str, object] = {"initialise_cpu_s": timed(lambda: initialise(elements))["cpu_s"]}
    for kind, rows in (("near_earth", ~is_deep), ("deep_space", is_deep)):
        ours = _ours(satellites.take(rows))
        theirs = _theirs(SatrecArray(reference(elements.take(rows))))
        ratio = ours["million_states_per_cpu_s"] / theirs["million_states_per_cpu_s"]
        figures[kind] = {
            "objects": int(rows.sum()),
            "hoshimori": ours,
            "sgp4_satrec_array": theirs,
            "times_fewer_cpu_seconds": round(ratio, 2),
        }
    return figures


def _ours(satellites: Satellites) -> dict[str, float]:
    t_s = np.arange(MOMENTS) * STEP_S
    memory = propagate(satellites, AS_OF, t_s[:CHUNK])

    def one_day() -> None:
        for start in range(0, MOMENTS, CHUNK):
            propagate(satellites, AS_OF, t_s[start : start + CHUNK], into=memory)

    each = timed(lambda: propagate_each(satellites, AS_OF, np.full(len(satellites), 60.0)))
    return _rates(timed(one_day), len(satellites) * MOMENTS) | {
        "million_single_states_per_cpu_s": round(len(satellites) / each["cpu_s"] / 1e6, 3)
    }


def _theirs(satrecs: SatrecArray) -> dict[str, float]:
    julian = (AS_OF - np.datetime64("1949-12-31", "us")) / np.timedelta64(1, "D") + JULIAN_1950
    fraction = np.arange(REFERENCE_MOMENTS) * STEP_S / 86400.0
    states = len(satrecs) * REFERENCE_MOMENTS
    return _rates(timed(lambda: satrecs.sgp4(np.full(len(fraction), julian), fraction)), states)


def _rates(cost: dict[str, float], states: int) -> dict[str, float]:
    return {
        "million_states_per_cpu_s": round(states / cost["cpu_s"] / 1e6, 2),
        "million_states_per_wall_s": round(states / cost["wall_s"] / 1e6, 2),
    }


def reference(elements: MeanElements) -> list[Satrec]:
    """Return the same objects in the reference implementation."""
    days = (elements.epoch_utc - np.datetime64("1949-12-31", "us")) / np.timedelta64(1, "D")
    columns: list[Floats] = [
        elements.eccentricity,
        elements.arg_of_perigee_rad,
        elements.inclination_rad,
        elements.mean_anomaly_rad,
        elements.mean_motion_kozai_rad_min,
        elements.raan_rad,
    ]
    satrecs = []
    for i in range(len(elements)):
        satrec = Satrec()
        orbit = (float(column[i]) for column in columns)
        satrec.sgp4init(WGS72, "i", 1, days[i], elements.bstar_per_er[i], 0.0, 0.0, *orbit)
        satrecs.append(satrec)
    return satrecs


def _made_elements(objects: int) -> MeanElements:
    sky = made_sky(seed=1, objects=objects, as_of_utc=AS_OF)
    return sky.parts[0].newest().mean_elements()


if __name__ == "__main__":
    main()
