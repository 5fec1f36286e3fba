"""How the made sky compares with a real catalogue: shares per band, and nothing else.

The populations come from published statistics, not from this comparison; it shows where they are
coarse. Run from the repository root, with the real data beside it or in ``HOSHIMORI_DATA``:

    python benchmarks/accuracy_synthetic_sky.py
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.synthetic_sky import synthetic_sky

Floats = npt.NDArray[np.float64]
_CATALOGUE = "catalogue/snapshots/spacetrack_2025-05-23.3le.gz"
_AS_OF_UTC = np.datetime64("2025-05-23T00:00:00", "us")
_BANDS = {
    "mean height [km]": [0, 400, 500, 600, 700, 800, 900, 1000, 1300, 2000, 19000, 35000, 36700],
    "inclination [deg]": [0, 1, 16, 30, 42, 50, 52, 55, 63, 67, 75, 81, 84, 88, 96, 100, 105],
    "eccentricity": [0, 2e-4, 5e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.5, 0.7],
    "node [deg]": [0, 60, 120, 180, 240, 300],
    "age of elements [d]": [0, 0.25, 0.5, 1, 2, 5, 10],
    "log10 B*": [-9, -5, -4.5, -4, -3.5, -3, -2.5, -2],
}


def measures(
    motion_rev_day: Floats,
    eccentricity: Floats,
    inclination_deg: Floats,
    node_deg: Floats,
    age_days: Floats,
    bstar: Floats,
) -> dict[str, Floats]:
    """Return what is compared, one array per quantity."""
    axis_km = (398600.8 * (86400.0 / (2.0 * np.pi * motion_rev_day)) ** 2) ** (1.0 / 3.0)
    return {
        "mean height [km]": axis_km - 6378.135,
        "inclination [deg]": inclination_deg,
        "eccentricity": eccentricity,
        "node [deg]": node_deg,
        "age of elements [d]": age_days,
        "log10 B*": np.log10(np.maximum(bstar, 1e-9)),
    }


def real(folder: Path) -> dict[str, Floats]:
    """Return the measures of a real catalogue in three-line form."""
    lines = gzip.decompress((folder / _CATALOGUE).read_bytes()).decode().splitlines()
    first = [line for line in lines if line.startswith("1 ")]
    second = [line for line in lines if line.startswith("2 ")]
    column = {
        "eccentricity": [float("0." + line[26:33]) for line in second],
        "inclination": [float(line[8:16]) for line in second],
        "node": [float(line[17:25]) for line in second],
        "motion": [float(line[52:63]) for line in second],
        "bstar": [float(f"{line[53]}.{line[54:59]}e{line[59:61]}") for line in first],
        "day": [float(line[20:32]) for line in first],
        "year": [float(line[18:20]) for line in first],
    }
    values = {name: np.array(numbers) for name, numbers in column.items()}
    age_days = 143.0 - values["day"] + 365.0 * (25.0 - values["year"])
    return measures(
        values["motion"],
        values["eccentricity"],
        values["inclination"],
        values["node"],
        np.maximum(age_days, 0.0),
        values["bstar"],
    )


def made() -> dict[str, Floats]:
    """Return the measures of the made sky."""
    sets = synthetic_sky(_AS_OF_UTC, np.random.default_rng(1)).element_sets.newest()
    return measures(
        sets.mean_motion_rev_day,
        sets.eccentricity,
        sets.inclination_deg,
        sets.raan_deg,
        (_AS_OF_UTC - sets.epoch_utc) / np.timedelta64(1, "D"),
        sets.bstar_per_er,
    )


def main() -> None:
    """Print the shares of both catalogues per band and their largest cumulative difference."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        print("needs the folder of real data beside the repository")
        return
    catalogue, sky = real(folder), made()
    for name, edges in _BANDS.items():
        edge = np.array([*edges, np.inf])
        shares = [np.histogram(side[name], edge)[0] / len(side[name]) for side in (catalogue, sky)]
        apart = np.abs(np.cumsum(shares[0]) - np.cumsum(shares[1])).max()
        print(f"{name}: largest cumulative difference {apart:.1%}")
        for low, there, here in zip(edge[:-1], *shares, strict=True):
            print(f"  from {low:>8g}: real {there:6.1%}  made {here:6.1%}")


if __name__ == "__main__":
    main()
