"""Probabilities of collision against everything published that could be had.

Vectors of NASA CARA's unit tests, Alfano's twelve cases of 2009, 53 real messages with CARA's
probabilities, Monte Carlo bounds and usage flags, and 2,170 encounters of the ESA challenge. Where
a published value carries the error of its own quadrature, that rule is applied too: the agreement
with it shows that states, covariances and geometry are read alike, and what is left over is the
reference's error. The 2,170 are also computed by a contour integral, and the worst of them by
adaptive integration over the disc, which share nothing with the quadrature.

Run: ``python benchmarks/accuracy_collision.py`` (about a minute). Real data beside the repository
or in HOSHIMORI_DATA.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from measuring import keep
from scipy.integrate import dblquad
from scipy.special import erfc, erfcinv

from hoshimori.formats.cdm import read_cdm
from hoshimori.numerics.collision import (
    EncounterPlane,
    collision_probability,
    encounter_plane,
    square_probability,
)
from hoshimori.numerics.collision_choice import choose_probability
from hoshimori.numerics.collision_covariance import UncertainStates, inertial_covariance
from hoshimori.numerics.collision_expected import expected_collisions, single_pass_collisions
from hoshimori.numerics.collision_monte_carlo import clopper_pearson, monte_carlo_probability
from hoshimori.numerics.collision_overlap import Overlap, UncertainOrbits, overlap, uncertain_orbits
from hoshimori.numerics.collision_patera import patera_probability
from hoshimori.numerics.collision_peak import peak
from hoshimori.numerics.collision_sphere import collision_rate
from hoshimori.numerics.collision_usage import UsageViolation, usage_violations

WORST = 10
DRAWS = 200_000
States = tuple[UncertainStates, UncertainStates]


def main() -> None:
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HOSHIMORI_DATA", beside)) / "cdm"
    if not folder.is_dir():
        print(f"no {folder}: nothing measured")
        return
    keep(
        "accuracy_collision",
        {
            "unit_test_vectors": vectors(folder),
            "unit_test_messages": messages(folder),
            "alfano_2009": alfano(folder),
            "cara_53": cara(folder),
            "challenge_2170": challenge(folder),
        },
    )


def spread(ratio: np.ndarray) -> dict[str, float]:
    """Return how far ratios are from one."""
    off = np.abs(ratio - 1.0)
    return {
        "median": float(np.median(off)),
        "p95": float(np.percentile(off, 95)),
        "worst": float(np.max(off)),
    }


def plane_of(states: States, radius_km: np.ndarray, *, whole_range: bool = False) -> EncounterPlane:
    """Return the plane; CARA without adjustment takes the whole range as the miss."""
    primary, secondary = states
    position = secondary.position_km - primary.position_km
    velocity = secondary.velocity_km_s - primary.velocity_km_s
    if whole_range:
        along = velocity / np.linalg.norm(velocity, axis=-1, keepdims=True)
        across = position - np.sum(position * along, axis=-1, keepdims=True) * along
        lengths = (np.linalg.norm(x, axis=-1, keepdims=True) for x in (position, across))
        position = across * np.divide(*lengths)
    covariance = (primary.covariance + secondary.covariance)[:, :3, :3]
    return encounter_plane(position, velocity, covariance, radius_km)


def gauss_chebyshev(plane: EncounterPlane, nodes: int = 64) -> np.ndarray:
    """Hall et al. 2023, eq. 4, with a fixed number of nodes: the rule of CARA's values."""
    angle = np.arange(1, nodes + 1)[:, None] * np.pi / (nodes + 1)
    radius = plane.hard_body_radius_km
    total = slices(plane, radius * np.cos(angle), radius * np.sin(angle), radius * np.sin(angle))
    return total * np.pi / (nodes + 1)


def trapezoid(plane: EncounterPlane) -> np.ndarray:
    """The same integral in 100 equal steps: the rule of the challenge's values."""
    radius = plane.hard_body_radius_km
    x = (np.arange(1, 100)[:, None] / 50.0 - 1.0) * radius
    chord = np.sqrt(radius**2 - x**2)
    return slices(plane, x, chord, np.ones_like(x)) * radius / 50.0


def slices(
    plane: EncounterPlane, x: np.ndarray, chord: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    scale = np.sqrt(2.0) * plane.sigma_minor_km
    inside = erfc((plane.miss_minor_km - chord) / scale)
    inside -= erfc((plane.miss_minor_km + chord) / scale)
    density = np.exp(-0.5 * ((x - plane.miss_major_km) / plane.sigma_major_km) ** 2)
    return np.sum(inside * density * weight, axis=0) / (np.sqrt(8.0 * np.pi) * plane.sigma_major_km)


def vectors(folder: Path) -> list[dict[str, Any]]:
    figures = []
    for vector in json.loads((folder / "pc_test_vectors.json").read_text()):
        if "r1" not in vector:
            continue
        scale = {"m": 1e-3, "km": 1.0}[vector["units"].split(",")[0]]
        states = tuple(
            UncertainStates(
                scale * np.array([vector[f"r{k}"]]),
                scale * np.array([vector[f"v{k}"]]),
                scale**2 * np.array([vector[f"cov{k}"]])[:, :3, :3],
            )
            for k in (1, 2)
        )
        equal_area = np.sqrt(np.pi) / 2.0 if "equal area" in vector["hbr_shape"] else 1.0
        plane = plane_of(states, np.array([scale * vector["hbr"] * equal_area]), whole_range=True)
        is_square = "square" in vector["hbr_shape"]
        pc = (square_probability if is_square else collision_probability)(plane)[0]
        expected = vector["expected_pc"]
        figure = {"id": vector["id"], "expected": expected, "ours": float(pc)}
        if expected > 0.0:
            figure["relative"] = float(pc / expected - 1.0)
            if not is_square:
                by_rule = gauss_chebyshev(plane)[0]
                figure["relative_by_64_nodes"] = float(by_rule / expected - 1.0)
                figure["ours_over_contour"] = float(pc / patera_probability(plane)[0] - 1.0)
        figures.append(figure)
    return figures


def read_states(texts: list[bytes]) -> States:
    parsed = [read_cdm(text, source="message")[0] for text in texts]
    made = []
    for name in ("object1", "object2"):
        states = [getattr(message, name).state for message in parsed]
        position, velocity, covariance = (
            np.array([getattr(state, field) for state in states])
            for field in ("position_km", "velocity_km_s", "covariance_rtn_km2")
        )
        inertial = inertial_covariance(position, velocity, covariance)
        made.append(UncertainStates(position, velocity, inertial))
    return made[0], made[1]


def messages(folder: Path) -> list[dict[str, Any]]:
    figures = []
    with zipfile.ZipFile(folder / "cara_sample_cdms.zip") as archive:
        for vector in json.loads((folder / "pc_test_vectors.json").read_text()):
            if "cdm" not in vector:
                continue
            states = read_states([archive.read(vector["cdm"])])
            radius = np.array([1e-3 * vector["hbr"]])
            found = expected_collisions(uncertain_orbits(*states, radius))
            figures.append(
                {key: vector[key] for key in vector if key.startswith(("id", "expected"))}
                | {
                    "plane": float(collision_probability(plane_of(states, radius))[0]),
                    "expected_collisions": float(found.collisions[0]),
                }
            )
    return figures


def or_none(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def alfano(folder: Path) -> list[dict[str, Any]]:
    cases = json.loads((folder / "alfano_2009_cases.json").read_text())
    figures = []
    for case in cases:
        states = tuple(
            UncertainStates(
                1e-3 * np.array([case["at_tca"][name]["r_m"]]),
                1e-3 * np.array([case["at_tca"][name]["v_mps"]]),
                1e-6 * np.array([case["at_tca"][name]["cov"]]),
            )
            for name in ("primary", "secondary")
        )
        limit = np.array([float(case["time_limit_s"])])
        radius = np.array([1e-3 * case["hbr_m"]])
        orbits = uncertain_orbits(*states, radius)
        found = expected_collisions(orbits, -limit, limit).collisions[0]
        drawn, at_start = (
            monte_carlo_probability(orbits, DRAWS, np.random.default_rng(1), -limit, end)
            for end in (limit, -limit)
        )
        low, high = clopper_pearson(drawn.hits - at_start.hits, DRAWS, 0.95)
        (chosen,) = choose_probability(*states, radius)
        figures.append(
            {
                "case": case["case"],
                "plane": or_none(collision_probability(plane_of(states, radius))[0]),
                "expected_collisions": float(found),
                "over_cara_3d_nc": float(found / case["pc_3d_hall"] - 1.0),
                "drawn_low": float(low[0]),
                "drawn_high": float(high[0]),
                "drawn_together_at_start": float(at_start.probability[0]),
                "chosen": chosen.method.value,
                "pc": chosen.pc,
                "violations": [flag.name for flag in UsageViolation if flag in chosen.violations],
            }
        )
    return figures


def cara(folder: Path) -> dict[str, Any]:
    with (folder / "cara_pc_reference.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    with zipfile.ZipFile(folder / "cara_pc_method_cdms.zip") as archive:
        texts = {Path(name).stem: archive.read(name) for name in archive.namelist()}
    states = read_states([texts[row["Conjunction_ID"]] for row in rows])
    names = [n for n in rows[0] if n.startswith(("Pc", "Nc", "HBR", "Violations"))]
    column = {name: np.array([float(row[name]) for row in rows]) for name in names}
    radius = 1e-3 * column["HBR_m"]
    orbits = uncertain_orbits(*states, radius)
    whole, single = expected_collisions(orbits).collisions, single_pass_collisions(orbits)
    isolated = column["ViolationsNc2D"] == 0
    by_rule, summed = cara_time_rule(orbits, column["ViolationsPc2D"] == 0)
    bounds = column["PcSDMCLo"], column["PcSDMCHi"]
    usage = usage_violations(*states, radius).violations
    digits = sum(
        np.where(usage & flag, digit, 0)
        for digit, flag in (
            (100, UsageViolation.INACCURATE),
            (10, UsageViolation.OFFSET),
            (1, UsageViolation.EXTENDED),
        )
    )
    unadjusted = collision_probability(plane_of(states, radius, whole_range=True))
    plane = collision_probability(plane_of(states, radius))
    return {
        "messages": len(rows),
        "plane_over_Pc2D_NoAdj": spread(unadjusted / column["Pc2D_NoAdj"]),
        "plane_over_Pc2D": spread(plane / column["Pc2D"]),
        "single_pass_over_Nc2D": spread((single.collisions / column["Nc2D"])[isolated]),
        "single_pass_messages": int(np.count_nonzero(isolated)),
        "whole_pass_over_Nc3D": spread(whole / column["Nc3D"]),
        "whole_pass_over_Nc3D_median_signed": float(np.median(whole / column["Nc3D"] - 1.0)),
        "whole_pass_by_uneven_trapezoids_over_Nc3D": spread(summed / column["Nc3D"][by_rule]),
        "summed_messages": int(np.count_nonzero(by_rule)),
        "whole_pass_inside_monte_carlo_95": inside(whole, *bounds),
        "column_Nc3D_inside_monte_carlo_95": inside(column["Nc3D"], *bounds),
        "column_Nc2D_inside_monte_carlo_95": inside(column["Nc2D"], *bounds),
        "flags_agree": int(np.count_nonzero(digits == column["ViolationsPc2D"])),
        "methods": method_counts(states, radius),
    }


def inside(value: np.ndarray, low: np.ndarray, high: np.ndarray) -> int:
    return int(np.count_nonzero((low <= value) & (value <= high)))


def method_counts(states: States, radius: np.ndarray) -> dict[str, int]:
    chosen = [estimate.method.value for estimate in choose_probability(*states, radius)]
    return {name: chosen.count(name) for name in sorted(set(chosen))}


def cara_time_rule(orbits: UncertainOrbits, usable: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sum the rate as CARA does where the peak is plain: 101 moments over 8.2 sigma to either side,
    halved wherever a trapezoid holds more than 2 % of the sum."""
    at, reach = peak(orbits), np.sqrt(2.0) * erfcinv(1e-16)
    sums = []
    for row in np.flatnonzero(usable):
        one = orbits.take(np.array([row]))
        half = reach * at.sigma_s[row]
        t = at.t_s[row] + np.linspace(-half, half, 101)
        while True:
            met = Overlap(*(column[0] for column in overlap(one, t[None, :])))
            rate = collision_rate(met, float(one.hard_body_radius_km[0]), 32)
            weight = np.diff(t, prepend=t[0], append=t[-1])
            share = 0.5 * (weight[1:] + weight[:-1]) * rate
            large = share > 2e-2 * np.sum(share)
            if not np.any(large):
                sums.append(np.sum(share))
                break
            split = np.unique(np.concatenate([np.flatnonzero(large) - 1, np.flatnonzero(large)]))
            t = np.sort(np.concatenate([t, 0.5 * (t[split] + t[split + 1])]))
    return usable, np.array(sums)


def challenge(folder: Path) -> dict[str, Any]:
    packed = (folder / "conjunctions_2170_states_pc.csv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()[1:]
    rows = np.array([[float(x) for x in line.split(",")] for line in lines if line.strip()])
    states = []
    for k in (2, 14):
        position, velocity = rows[:, k : k + 3], rows[:, k + 3 : k + 6]
        triangle = rows[:, k + 6 : k + 12][:, [0, 3, 4, 3, 1, 5, 4, 5, 2]].reshape(-1, 3, 3)
        covariance = inertial_covariance(position, velocity, triangle)
        states.append(UncertainStates(position, velocity, covariance))
    plane, published = plane_of((states[0], states[1]), rows[:, 1]), rows[:, 26]
    ours, contour = collision_probability(plane), patera_probability(plane)
    worst = np.argsort(np.abs(ours / published - 1.0))[-WORST:]
    adaptive = np.array([over_the_disc(plane, row) for row in worst])
    return {
        "encounters": len(rows),
        "converged_over_published": spread(ours / published),
        "reference_rule_over_published": spread(trapezoid(plane) / published),
        "reference_rule_over_converged": spread(trapezoid(plane) / ours),
        "contour_over_converged": spread(contour / ours),
        "worst_rows_adaptive_over_converged": spread(adaptive / ours[worst]),
        "worst_rows_adaptive_over_published": spread(adaptive / published[worst]),
    }


def over_the_disc(plane: EncounterPlane, row: int) -> float:
    """Integrate the density over the disc adaptively, in polar coordinates about its centre."""
    one = plane.take(np.array([row]))
    x0, y0, sx, sy, radius = (
        float(getattr(one, name)[0])
        for name in (
            "miss_major_km",
            "miss_minor_km",
            "sigma_major_km",
            "sigma_minor_km",
            "hard_body_radius_km",
        )
    )
    least = (x0 / sx) ** 2 + (y0 / sy) ** 2

    def density(r: float, angle: float) -> float:
        x, y = (x0 + r * np.cos(angle)) / sx, (y0 + r * np.sin(angle)) / sy
        return r * np.exp(-0.5 * (x * x + y * y - least))

    total, _ = dblquad(density, 0.0, 2.0 * np.pi, 0.0, radius, epsabs=0.0, epsrel=1e-10)
    return total * np.exp(-0.5 * least) / (2.0 * np.pi * sx * sy)


if __name__ == "__main__":
    main()
