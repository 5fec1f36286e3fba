"""Measure how element sets err: coefficients by class, then their realism, twice.

Classes come from the catalogue alone: CelesTrak groups of May 2026, full snapshots of 2021, 2023
and 2025, and the RMS of CelesTrak's fits to operators' ephemerides of January 2025 (for the floor).
Tests: element sets held back after a split (of the same week for some, where the classes are not
independent of them; of histories that no class has seen for the others), and precise orbits (SP3).

    python benchmarks/accuracy_covariance.py [DATA_FOLDER]

The folder (default: ../shared/data beside the repository, or HOSHIMORI_DATA). About two minutes.
The result is printed and kept in benchmarks/results/accuracy_covariance.json; the coefficients of
``hoshimori.numerics.covariance_classes`` are those under "classes" there.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import covariance_data as data_of
import numpy as np
from covariance_data import History
from covariance_realism import (
    AXES,
    CONSTELLATION,
    FEWEST_PAIRS,
    against_precise_orbits,
    by_lookback,
    held_back,
    measured_floors,
    precise_states,
    quiet_pairs,
    shell_of,
    short,
)
from measuring import keep
from scipy.optimize import least_squares

from hoshimori.numerics.covariance import error_growth, robust_scale
from hoshimori.numerics.covariance_classes import (
    ErrorClass,
    drag_displacement_km_day2,
    error_class,
    in_crowded_shell,
)
from hoshimori.numerics.covariance_pairs import Differences, pairwise_differences
from hoshimori.numerics.elements import OrbitRegime, orbit_regime

AGE_EDGES_DAYS = (0.0, 0.35, 0.75, 1.5, 2.5, 4.0, 6.0, 8.5, 12.0, 20.0)
PAIRS_OF_ONE_OBJECT = 6
COEFFICIENTS = ("s0_km", "s1_km_day", "s2_km_day2", "drag_share")
NEAR_GROUPS = ("resource", "weather", "science", "stations", "military", "geo", "oneweb")
LARGEST_DRAG_SHARE = 2.0
SMALLEST_PART = 0.01
"""A term that is nowhere more than this part of a variance is left out."""
IN_THE_AIR = (*(c for c in ErrorClass if c < ErrorClass.MEO), ErrorClass.HEO_BELOW_1000_KM)


def main(arguments: Sequence[str]) -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(arguments[0] if arguments else os.environ.get("HOSHIMORI_DATA", beside))
    if not data.is_dir():
        print(f"no data in {data}: nothing measured")
        return
    keep("accuracy_covariance", measured(data))


def measured(data: Path) -> dict[str, Any]:
    """Return everything, for the data in a folder."""
    groups = data_of.group(data, CONSTELLATION, *NEAR_GROUPS)
    pairs, states, fits = class_pairs(data, groups), precise_states(data), fit_floors(data)
    classes = {code.name: measured_class(pairs, code) for code in ErrorClass}
    return {
        "classes": classes,
        "floors_of_fits": fits,
        "floors": measured_floors(states, fits),
        "correlation": correlations(pairs),
        "rate": rate(groups),
        "lookback": by_lookback(data),
        "tables": {
            "differences": {name: one.pop("table") for name, one in classes.items()},
            "held_back": held_back(data, groups),
            "precise_orbits": against_precise_orbits(data, states, fits),
        },
    }


class Pairs:
    """Quiet pairs of all objects with the class of the older set."""

    def __init__(self, parts: Sequence[tuple[Differences, History, np.ndarray]]) -> None:
        """Join parts: differences, the history they were taken from, and who flies in a shell."""
        older = [(part.elements.take(d.older), shell[d.older]) for d, part, shell in parts]
        self.code = np.concatenate([error_class(e, in_shell=s) for e, s in older])
        self.drag = np.concatenate([np.abs(drag_displacement_km_day2(e)) for e, _ in older])
        self.age = np.concatenate([d.age_days for d, _, _ in parts])
        self.residual = np.concatenate([d.residual_rtn_km for d, _, _ in parts])
        self.object_id = np.concatenate([p.object_id[d.older] for d, p, _ in parts])


def class_pairs(data: Path, groups: History) -> Pairs:
    """Return the pairs that classes are measured from.

    Groups of a week: everything without a found manoeuvre, large constellations only where they
    keep a shell. Snapshots, 12 to 20 days apart: debris and rocket bodies in LEO, all in MEO and
    HEO; none in GEO, where such spans hold burns.
    """
    shell = shell_of(groups)
    constellation = np.unique(data_of.group(data, CONSTELLATION).object_id)
    kept = shell | ~np.isin(groups.object_id, constellation)
    week, in_shell = groups.take(kept), shell[kept]
    quiet = quiet_pairs(week)
    parts = [(quiet, week, in_shell)]
    for part in snapshots(data):
        found = pairwise_differences(part.elements, part.object_id, target_ages_days=(3, 7, 14))
        code = error_class(part.elements)[found.older]
        is_passive = data_of.passive(data, part.object_id)[found.older]
        used = np.where(code <= ErrorClass.LEO_ABOVE_800_KM, is_passive, code != ErrorClass.GEO)
        parts.append((found.take(used), part, np.zeros(len(part.object_id), dtype=bool)))
    return Pairs(parts)


def snapshots(data: Path) -> list[History]:
    """Return full catalogues some weeks apart, at three times of the solar cycle."""
    now, before = data / "catalogue" / "snapshots", data / "events" / "snapshots"
    return [
        data_of.files(
            *(now / f"spacetrack_2025-{day}.3le.gz" for day in ("03-03", "03-31", "05-23")),
            now / "spacetrack_2025-04-15_noname.tle.gz",
        ),
        data_of.files(*(before / f"catalogue_2023-{day}.3le.gz" for day in ("01-25", "02-11"))),
        data_of.files(*(before / f"catalogue_2021-11-{day}.3le.gz" for day in ("09", "26"))),
    ]


def measured_class(pairs: Pairs, code: ErrorClass) -> dict[str, Any]:
    """Return the coefficients of a class, and the table of what was measured."""
    rows = _few_of_each(pairs, np.flatnonzero(pairs.code == code))
    age, drag = pairs.age[rows], pairs.drag[rows]
    size = np.abs(pairs.residual[rows])
    cells = _cells(age, drag * age**2)
    drag = drag if code in IN_THE_AIR else np.zeros_like(drag)
    fits = np.array([_fitted(age, drag, size[:, axis], cells) for axis in range(3)])
    table = [
        _table_row(name, low, high, size[of_age, axis])
        for axis, name in enumerate(AXES)
        for low, high in pairwise(AGE_EDGES_DAYS)
        if (of_age := (age >= low) & (age < high)).sum() >= FEWEST_PAIRS
    ]
    return {
        "objects": len(np.unique(pairs.object_id[rows])),
        "pairs": len(rows),
        "ages_days": [short(float(x)) for x in np.quantile(age, [0.01, 0.99])],
        **{name: [short(x) for x in fits[:, k]] for k, name in enumerate(COEFFICIENTS)},
        "table": {f"{row.pop('axis')} {row.pop('age_days')} days": row for row in table},
    }


def _few_of_each(pairs: Pairs, rows: np.ndarray) -> np.ndarray:
    """Return at most a few pairs of one object and age, so that no object decides for its class."""
    cell = np.digitize(pairs.age[rows], AGE_EDGES_DAYS)
    shuffled = np.random.default_rng(3).permutation(len(rows))
    key = pairs.object_id[rows] * 100 + cell
    order = shuffled[np.argsort(key[shuffled], kind="stable")]
    ordered = key[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    young = pairs.age[rows[order]] < AGE_EDGES_DAYS[-1]
    return np.sort(rows[order[(rank < PAIRS_OF_ONE_OBJECT) & young]])


def _cells(age: np.ndarray, drag_km: np.ndarray) -> list[np.ndarray]:
    """Return the rows of each bin of age, each in three by displacement through drag."""
    found = []
    for low, high in pairwise(AGE_EDGES_DAYS):
        rows = np.flatnonzero((age >= low) & (age < high))
        parts = np.array_split(rows[np.argsort(drag_km[rows], kind="stable")], 3)
        found += [part for part in parts if len(part) >= FEWEST_PAIRS]
    return found


def _fitted(
    age: np.ndarray, drag: np.ndarray, size: np.ndarray, cells: list[np.ndarray]
) -> np.ndarray:
    """Return s0, s1, s2 and the share of drag that fit the scale of each cell.

    Least squares of the logarithms, then all terms times what makes them cover the pooled ratios.
    Where no cell is younger than six days, growth is taken as linear and by drag: that claims less
    for young sets than a square would.
    """
    terms = np.stack([np.ones_like(age), age**2, age**4, (drag * age**2) ** 2], axis=1)
    if min(np.median(age[cell]) for cell in cells) > 6.0:
        terms[:, [0, 2]] = 0.0
    scale = np.array([robust_scale(size[cell][:, None])[0] for cell in cells])
    middle = np.array([np.median(terms[cell], axis=0) for cell in cells])

    def off(logs: np.ndarray) -> np.ndarray:
        return np.asarray(0.5 * np.log(middle @ np.exp(2.0 * logs)) - np.log(scale))

    highest = (6.0, 6.0, 6.0, np.log(LARGEST_DRAG_SHARE))
    logs = least_squares(off, np.full(4, -2.0), loss="soft_l1", bounds=((-12.0,) * 4, highest)).x
    sigma = np.sqrt(terms @ np.exp(2.0 * logs))
    each = min(len(cell) for cell in cells)
    pooled = np.concatenate([(size[cell] / sigma[cell])[:each] for cell in cells])
    found = np.exp(logs) * max(1.0, float(robust_scale(pooled[:, None])[0]))
    part = middle * np.exp(2.0 * logs) / (middle @ np.exp(2.0 * logs))[:, None]
    return np.where(part.max(axis=0) > SMALLEST_PART, found, 0.0)


def _table_row(axis: str, low: float, high: float, size: np.ndarray) -> dict[str, Any]:
    one, two, three = np.quantile(size, [0.6827, 0.9545, 0.9973])
    return {
        "axis": axis,
        "age_days": f"{low:g}-{high:g}",
        "pairs": len(size),
        "q68_km": short(one),
        "half_q95_km": short(two / 2.0),
        "third_q997_km": short(three / 3.0),
    }


def fit_floors(data: Path) -> dict[str, Any]:
    """Return how well SGP4 can follow an orbit at all: RMS of fits to operators' ephemerides."""
    elements, rms_km = data_of.fit_errors_km(data)
    regime = orbit_regime(elements)
    found = {}
    for one in OrbitRegime:
        rms = rms_km[regime == one]
        if len(rms) >= FEWEST_PAIRS:
            q68 = float(np.quantile(rms, 0.6827))
            found[one.name] = {
                "fits": len(rms),
                "rms_3d_median_km": short(float(np.median(rms))),
                "rms_3d_q68_km": short(q68),
                "floor_each_axis_km": short(q68 / np.sqrt(3.0)),
            }
    return found


def correlations(pairs: Pairs) -> dict[str, Any]:
    """Return quadrant correlations of the axes by class, pairs older than a day."""
    found = {}
    for code in ErrorClass:
        rows = np.flatnonzero((pairs.code == code) & (pairs.age > 1.0))
        if len(rows) >= FEWEST_PAIRS:
            sign = np.sign(pairs.residual[_few_of_each(pairs, rows)])
            found[code.name] = {
                f"{AXES[i]}/{AXES[k]}": short(
                    float(np.sin(0.5 * np.pi * np.mean(sign[:, i] * sign[:, k])))
                )
                for i, k in ((0, 1), (0, 2), (1, 2))
            }
    return found


def rate(groups: History) -> dict[str, Any]:
    """Return how many objects a CPU second judges, pairs and manoeuvres included."""
    newest = groups.newest()
    in_shell = in_crowded_shell(newest.elements)
    spent = []
    for _ in range(3):
        start = time.process_time()
        error_growth(
            newest.elements, newest.object_id, groups.elements, groups.object_id, in_shell=in_shell
        )
        spent.append(time.process_time() - start)
    return {
        "objects": len(newest.object_id),
        "element_sets": len(groups.object_id),
        "cpu_s": short(min(spent)),
        "objects_per_cpu_s": short(len(newest.object_id) / min(spent)),
        "element_sets_per_cpu_s": short(len(groups.object_id) / min(spent)),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
