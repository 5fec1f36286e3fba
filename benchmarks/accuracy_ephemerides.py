"""How far tabulated ephemerides are off between their samples, and how fast they are looked up.

Published ephemerides of three orbits are thinned and the samples left out are found again; then
motion around an oblate Earth, integrated to 1e-13, is tabulated at several steps.

    python benchmarks/accuracy_ephemerides.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA) holds
``formats/oem_samples.zip``.
"""

from __future__ import annotations

import io
import os
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from measuring import keep
from scipy.integrate import solve_ivp

from hoshimori.formats.oem import read_oem
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.trajectories import Ephemerides, Span, ephemerides
from hoshimori.workflows.ephemerides import earth_now, tabulated

MILLIMETRES_PER_KM = 1e6
SAMPLES = {"LEO_10s": 6, "LEO_60s": 3, "MEO_20s": 15, "GEO_20s": 15}
"""Published ephemerides, and of how many samples one is kept."""
ORBITS = {  # perigee radius [km], eccentricity, inclination [rad], steps [s]
    "low": (6770.0, 0.0007, 0.9, (60.0, 180.0, 300.0)),
    "semi_synchronous": (26300.0, 0.01, 0.96, (300.0, 900.0)),
    "geostationary": (42155.0, 0.0002, 0.001, (900.0, 1800.0)),
    "molniya": (7000.0, 0.72, 1.1, (60.0, 180.0)),
}
MU_KM3_S2 = 398600.4418
OBLATENESS_KM5_S2 = 1.5 * 0.00108263 * MU_KM3_S2 * 6378.137**2
ROWS = 60
LOOKED_UP = 1_000_000
T0 = np.datetime64("2026-11-23T00:00:00", "us")


def main() -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HOSHIMORI_DATA", beside))
    archive = data / "formats" / "oem_samples.zip"
    if not archive.exists():
        print(f"no {archive}: nothing measured")
        return
    keep(
        "accuracy_ephemerides",
        {
            "published_ephemerides_thinned": _thinned(archive),
            "oblate_earth": {name: _integrated(*orbit) for name, orbit in ORBITS.items()},
            "states_looked_up_per_cpu_second": _rate(),
        },
    )


def _thinned(archive: Path) -> dict[str, dict[str, float]]:
    found = {}
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as packed:
        for name, every in SAMPLES.items():
            (whole,) = read_oem(packed.read(f"samples/real/{name}.oem"), source=name)
            found[name.lower()] = _found_again(whole, every)
    return found


def _found_again(whole: Ephemeris, every: int) -> dict[str, float]:
    bare = replace(
        whole, acceleration_km_s2=None, covariance_times=None, covariance_km2=None,
        covariance_frames=(),
    )  # fmt: skip
    times = bare.times[::every].copy()
    thin = replace(
        bare, times=times, position_km=bare.position_km[::every].copy(),
        velocity_km_s=bare.velocity_km_s[::every].copy(), usable_stop=times[-1],
    )  # fmt: skip
    earth = earth_now()
    t_s = (bare.times[bare.times <= times[-1]] - times[0]) / np.timedelta64(1, "s")
    found, meant = (
        tabulated([m], earth).states.states(times[0], t_s).position_teme_km[0] for m in (thin, bare)
    )
    off_mm = np.linalg.norm(found - meant, axis=1) * MILLIMETRES_PER_KM
    inside = slice(len(off_mm) // 4, -len(off_mm) // 4)
    return {
        "step_s": float((times[1] - times[0]) / np.timedelta64(1, "s")),
        "samples": len(times),
        "worst_inside_mm": float(off_mm[inside].max()),
        "worst_mm": float(off_mm.max()),
    }


def _integrated(
    radius_km: float, eccentricity: float, inclination_rad: float, steps_s: tuple[float, ...]
) -> dict[str, dict[str, float]]:
    return {
        f"every_{step_s:g}_s": _between(
            _motion(radius_km, eccentricity, inclination_rad, (ROWS - 1) * step_s), step_s
        )
        for step_s in steps_s
    }


def _motion(
    radius_km: float, eccentricity: float, inclination_rad: float, last_s: float
) -> Callable[[np.ndarray], np.ndarray]:
    speed = np.sqrt(MU_KM3_S2 * (1.0 + eccentricity) / radius_km)

    def rates(_: float, state: np.ndarray) -> np.ndarray:
        r, z = np.linalg.norm(state[:3]), state[2]
        lean = 5.0 * z**2 / r**2 - np.array([1.0, 1.0, 3.0])
        pull = OBLATENESS_KM5_S2 / r**5 * lean - MU_KM3_S2 / r**3
        return np.concatenate([state[3:], pull * state[:3]])

    up = np.array([0.0, np.cos(inclination_rad), np.sin(inclination_rad)])
    start = np.concatenate([[radius_km, 0.0, 0.0], speed * up])
    found = solve_ivp(
        rates, (0.0, last_s), start, method="DOP853", rtol=1e-13, atol=1e-10, dense_output=True,
        max_step=last_s / 400,
    )  # fmt: skip
    return lambda t_s: np.asarray(found.sol(t_s).T)


def _between(motion: Callable[[np.ndarray], np.ndarray], step_s: float) -> dict[str, float]:
    states = motion(np.arange(ROWS) * step_s)
    t_s = np.linspace(0.0, (ROWS - 1) * step_s, 50 * ROWS)
    found = _table(states, step_s).states(T0, t_s).position_teme_km[0]
    off_mm = np.linalg.norm(found - motion(t_s)[:, :3], axis=1) * MILLIMETRES_PER_KM
    inside = slice(len(off_mm) // 4, -len(off_mm) // 4)
    return {"worst_inside_mm": float(off_mm[inside].max()), "worst_mm": float(off_mm.max())}


def _table(states: np.ndarray, step_s: float) -> Ephemerides:
    utc = T0 + np.rint(np.arange(len(states)) * step_s * 1e6).astype("timedelta64[us]")
    return ephemerides([[Span(utc, states[:, :3], states[:, 3:], utc[0], utc[-1])]])


def _rate() -> float:
    states = _motion(*ORBITS["low"][:3], (ROWS - 1) * 60.0)(np.arange(ROWS) * 60.0)
    table = _table(states, 60.0)
    t_s = np.linspace(0.0, (ROWS - 1) * 60.0, LOOKED_UP)
    table.states(T0, t_s[:10])
    begun = time.process_time()
    table.states(T0, t_s)
    return LOOKED_UP / (time.process_time() - begun)


if __name__ == "__main__":
    main()
