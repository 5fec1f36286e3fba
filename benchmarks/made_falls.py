"""Falls made in air that heats and cools as measured, with all that makes them hard to foretell.

The air is not the table that the detector knows: Kennewell's model, driven by the daily flux and
the three-hourly index of a real date: T = 900 + 2.5 (F10.7 - 70) + 1.5 Ap,
m = 27 - 0.012 (h - 200), density = 6e-10 exp(-(h - 175) m / T) kg/m3.
Below 180 km, where that no longer holds, the logarithm follows the US Standard Atmosphere 1976.
Source: Kennewell 1999, Satellite Orbital Decay Calculations, IPS Radio and Space Services; COESA
1976, NASA-TM-X-74335, table 1.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from hoshimori.model.elements import NOT_STATED, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.constants import WGS72_MU_KM3_S2, WGS72_RADIUS_KM

Array = np.ndarray[Any, Any]
STEP_DAYS = 0.02
END_KM = 90.0
SMEARED_DAYS = 0.7
"""For so long after a burn element sets are still fitted to tracks before it."""
_AROUND = (np.arange(24) + 0.5) * np.pi / 24
_LOW_KM = np.array([80.0, 90.0, 100.0, 110.0, 120.0, 130.0, 140.0, 150.0, 160.0, 170.0, 180.0])
_LOW_KG_M3 = (
    1.846e-5, 3.416e-6, 5.604e-7, 9.708e-8, 2.222e-8, 8.152e-9, 3.831e-9, 2.076e-9, 1.233e-9,
    7.815e-10, 5.194e-10,
)  # fmt: skip
_LOW_LOG = np.log(np.array(_LOW_KG_M3))
_DAY = 86400.0
_MADE = Provenance("made falls", "0" * 64, Reality.SIMULATED)


@dataclass(frozen=True)
class Weather:
    """Flux by day and index by three hours, from a first day on."""

    flux: Array
    ap: Array

    @classmethod
    def read(cls, file: Path) -> Weather:
        """Read the table of CSSI and CelesTrak; observed days of 1997 and later."""
        text = gzip.decompress(file.read_bytes()).decode("ascii")
        rows = [r for r in csv.DictReader(io.StringIO(text)) if r["F10.7_DATA_TYPE"] == "OBS"]
        rows = [r for r in rows if r["DATE"] >= "1997"]
        flux = np.array([float(r["F10.7_OBS"]) for r in rows])
        ap = np.array([[float(r[f"AP{k}"]) for k in range(1, 9)] for r in rows]).ravel()
        return cls(flux, ap)

    def at(self, day: Array) -> tuple[Array, Array]:
        """Return flux of the day before and index six hours before."""
        return self.flux[day.astype(int) - 1], self.ap[(day * 8.0).astype(int) - 2]


@dataclass(frozen=True)
class Stories:
    """What happens to many objects, each value an array of one shape (n,); days since the start."""

    start_day: Array
    height_km: Array
    eccentricity: Array
    life_days: Array
    """About how long it would last from the start on."""
    lasts_days: float
    """How long is looked at."""
    area_factor: Array = field(default_factory=lambda: np.ones(1))
    area_from_day: Array = field(default_factory=lambda: np.full(1, np.inf))
    drop_km: Array = field(default_factory=lambda: np.zeros(1))
    drop_day: Array = field(default_factory=lambda: np.full(1, np.inf))
    thrust_km_day: Array = field(default_factory=lambda: np.zeros(1))
    thrust_from_day: Array = field(default_factory=lambda: np.full(1, np.inf))
    thrust_to_km: Array = field(default_factory=lambda: np.zeros(1))
    """Thrust ends when it is so low, or, where it rises, so high."""
    kept_within_km: Array = field(default_factory=lambda: np.full(1, np.inf))
    """Raised back at once when so far below its first height."""


@dataclass(frozen=True)
class Falls:
    """What became of stories: axis on a grid of days, and when they ended, infinite if never."""

    days: Array
    axis_km: Array
    """Shape (steps, n); NaN after the end."""
    eccentricity: Array
    end_day: Array
    jumps: list[list[tuple[float, float]]]
    """Of each object: day and by how many km the axis changed at once."""


def fallen(stories: Stories, weather: Weather) -> Falls:
    """Fly stories through the air."""
    n = len(stories.height_km)
    a = WGS72_RADIUS_KM + stories.height_km
    e = stories.eccentricity.copy()
    first_axis = a.copy()
    unit, _ = _rates(a, e, *weather.at(stories.start_day))
    scale = 45.0 + 0.12 * (stories.height_km - 300.0)
    area = 0.75 * (scale + a * e) / stories.life_days / -unit
    steps = int(stories.lasts_days / STEP_DAYS)
    axis, ecc = np.full((steps, n), np.nan), np.full((steps, n), np.nan)
    end, jumps = np.full(n, np.inf), [[] for _ in range(n)]
    dropped = np.zeros(n, bool)
    for k in range(steps):
        day = k * STEP_DAYS
        flying = np.isinf(end)
        axis[k], ecc[k] = np.where(flying, a, np.nan), np.where(flying, e, np.nan)
        now = weather.at(stories.start_day + day)
        own = area * np.where(day >= stories.area_from_day, stories.area_factor, 1.0)
        low = np.where(flying, a, first_axis)
        a1, e1 = _rates(low, e, *now)
        half = 0.5 * STEP_DAYS
        a2, e2 = _rates(
            np.maximum(low + half * own * a1, WGS72_RADIUS_KM + 60.0),
            np.maximum(e + half * own * e1, 0.0),
            *now,
        )
        thrust = np.where(day >= stories.thrust_from_day, stories.thrust_km_day, 0.0)
        height = low - WGS72_RADIUS_KM
        over = np.where(thrust < 0.0, height < stories.thrust_to_km, height > stories.thrust_to_km)
        a = low + STEP_DAYS * (own * a2 + np.where(over, 0.0, thrust))
        e = np.maximum(e + STEP_DAYS * own * e2, 0.0)
        a, dropped = _burnt(stories, a, first_axis, day, dropped, jumps)
        gone = flying & (a * (1.0 - e) - WGS72_RADIUS_KM < END_KM)
        end[gone] = day
    return Falls(np.arange(steps) * STEP_DAYS, axis, ecc, end, jumps)


def _burnt(
    stories: Stories,
    a: Array,
    first_axis: Array,
    day: float,
    dropped: Array,
    jumps: list[list[tuple[float, float]]],
) -> tuple[Array, Array]:
    drops = ~dropped & (day >= stories.drop_day)
    raised = first_axis - a > stories.kept_within_km
    for k in np.flatnonzero(np.broadcast_to(drops, a.shape)):
        jumps[k].append((day, -float(np.broadcast_to(stories.drop_km, a.shape)[k])))
    for k in np.flatnonzero(raised):
        jumps[k].append((day, float(first_axis[k] - a[k])))
    return np.where(raised, first_axis, a - np.where(drops, stories.drop_km, 0.0)), dropped | drops


def _rates(a: Array, e: Array, flux: Array, ap: Array) -> tuple[Array, Array]:
    """Return rates of axis [km/day] and eccentricity for an area to mass of one (King-Hele)."""
    cosine = np.cos(_AROUND)[None, :]
    near = 1.0 - e[:, None] * cosine
    height = a[:, None] * near - WGS72_RADIUS_KM
    kelvin = (900.0 + 2.5 * (flux - 70.0) + 1.5 * ap)[:, None]
    mass = 27.0 - 0.012 * (np.clip(height, 180.0, 500.0) - 200.0)
    held = np.maximum(height, _LOW_KM[-1])
    density = 6e-10 * np.exp(-(held - 175.0) * mass / kelvin)
    density *= np.exp(np.interp(height, _LOW_KM, _LOW_LOG) - _LOW_LOG[-1])
    root = np.sqrt((1.0 + e[:, None] * cosine) / near)
    turns = _DAY * np.sqrt(WGS72_MU_KM3_S2 / a**3) / (2.0 * np.pi)
    around = 2.0 * np.pi / len(_AROUND) * 1e3 * turns
    a_sum = np.sum(density * (1.0 + e[:, None] * cosine) * root, axis=1)
    e_sum = np.sum(density * root * cosine, axis=1)
    return -a * a * a_sum * around, -a * (1.0 - e * e) * e_sum * around


def published(
    falls: Falls, looks: Mapping[int, float], as_of: np.datetime64, seed: int
) -> ElementSets:
    """Return the element sets of the forty days before a look, moved so that all look at once.

    `looks` says on which day each object is looked at. Every 0.2 to 1.2 days a set, its axis off by
    10 to 50 m with heavy tails, one in a hundred by kilometres; burns are smeared over the fit.
    """
    parts = [_sets(falls, k, day, as_of, seed) for k, day in looks.items()]
    columns = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    return _columns(columns)


def _sets(falls: Falls, k: int, look: float, as_of: np.datetime64, seed: int) -> dict[str, Array]:
    random = np.random.default_rng([seed, k])
    every = np.exp(random.uniform(np.log(0.2), np.log(1.2)))
    sigma = np.exp(random.uniform(np.log(0.010), np.log(0.050)))
    gaps = every * random.uniform(0.5, 1.5, 400)
    days = look - np.cumsum(gaps) + gaps[0] * random.uniform(0.0, 1.0)
    days = days[(days >= 0.1) & (days > look - 40.0)][::-1]
    axis = np.interp(days, falls.days, falls.axis_km[:, k])
    before = np.interp(days - 3.0, falls.days, falls.axis_km[:, k])
    rate = (axis - before) / np.minimum(days, 3.0)
    for at, size in falls.jumps[k]:
        since = days - at
        rate = rate - np.where((since > 0.0) & (since < 3.0), size / 3.0, 0.0)
        axis = axis - size * np.where(since > 0.0, np.maximum(0.0, 1.0 - since / SMEARED_DAYS), 0.0)
    noise = sigma * random.standard_t(3, len(days)) / 1.3
    noise += np.where(
        random.uniform(size=len(days)) < 0.01, random.normal(0.0, 2.0, len(days)), 0.0
    )
    axis = axis + noise
    motion = np.sqrt(WGS72_MU_KM3_S2 / axis**3) * _DAY / (2.0 * np.pi)
    rate = rate * np.exp(random.normal(0.0, 0.15, len(days)))
    return {
        "norad_id": np.full(len(days), k + 1),
        "epoch_utc": as_of + np.round((days - look) * 86400e6).astype("timedelta64[us]"),
        "mean_motion_rev_day": motion,
        "mean_motion_dot_rev_day2": -0.75 * motion * rate / axis,
        "eccentricity": np.interp(days, falls.days, falls.eccentricity[:, k]),
    }


def _columns(known: Mapping[str, Array]) -> ElementSets:
    n = len(known["norad_id"])
    zeros, words = np.zeros(n), np.full(n, "", dtype=np.dtypes.StringDType())
    unstated = np.full(n, NOT_STATED, dtype=np.int32)
    return ElementSets(
        norad_id=known["norad_id"].astype(np.int64), object_name=words, object_id=words,
        epoch_utc=known["epoch_utc"], mean_motion_rev_day=known["mean_motion_rev_day"],
        eccentricity=known["eccentricity"], inclination_deg=np.full(n, 51.6), raan_deg=zeros,
        arg_of_pericenter_deg=zeros, mean_anomaly_deg=zeros, bstar_per_er=zeros,
        mean_motion_dot_rev_day2=known["mean_motion_dot_rev_day2"],
        mean_motion_ddot_rev_day3=zeros, ephemeris_type=np.zeros(n, np.int16),
        classification=np.full(n, "U", dtype=np.dtypes.StringDType()), element_set_no=unstated,
        rev_at_epoch=unstated, known_utc=known["epoch_utc"],
        provenance_index=np.zeros(n, np.int32), provenances=(_MADE,),
    )  # fmt: skip
