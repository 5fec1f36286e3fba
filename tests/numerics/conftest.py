"""SGP4's verification set, a bridge from the reference, made histories, published encounters."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sgp4.api import Satrec

from hoshimori.formats.cdm import read_cdm
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.collision_covariance import UncertainStates, inertial_covariance
from hoshimori.numerics.collision_overlap import UncertainOrbits, uncertain_orbits
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.sgp4_near import ARGPDOT, MDOT, NODEDOT


@dataclass(frozen=True)
class VerificationCase:
    """One element set of Vallado's verification set with its published states."""

    satrec: Satrec
    minutes: np.ndarray
    position_teme_km: np.ndarray
    velocity_teme_km_s: np.ndarray
    asked_minutes: np.ndarray
    """All the times that the set asks for, also those where the reference gives up."""


def _asked_minutes(line_2: str) -> np.ndarray:
    start, stop, step = (float(word) for word in line_2[69:].split())
    return np.append(np.arange(start, stop, step), stop)


@pytest.fixture(scope="session")
def verification_set() -> list[VerificationCase]:
    """Vallado's 33 element sets and expected states, as the ``sgp4`` package (MIT) ships them."""
    package = files("sgp4")
    lines = [
        line for line in (package / "SGP4-VER.TLE").read_text().splitlines() if line[:1] in "12"
    ]
    blocks: list[list[list[float]]] = []
    for line in (package / "tcppver.out").read_text().splitlines():
        if line.split()[1:] == ["xx"]:
            blocks.append([])
        else:
            blocks[-1].append([float(word) for word in line.split()[:7]])
    cases = []
    for line_1, line_2, block in zip(lines[::2], lines[1::2], blocks, strict=True):
        rows = np.array(block)
        satrec = Satrec.twoline2rv(line_1[:69], line_2[:69])
        cases.append(
            VerificationCase(satrec, rows[:, 0], rows[:, 1:4], rows[:, 4:], _asked_minutes(line_2))
        )
    return cases


def _as_elements(satrecs: Sequence[Satrec]) -> MeanElements:
    days = [(s.jdsatepoch - 2440587.5, s.jdsatepochF) for s in satrecs]
    epoch_us = [round(whole * 86400e6) + round(part * 86400e6) for whole, part in days]
    names = ("no_kozai", "ecco", "inclo", "nodeo", "argpo", "mo", "bstar")
    columns = [np.array([getattr(s, name) for s in satrecs]) for name in names]
    return MeanElements(np.array(epoch_us, dtype="datetime64[us]"), *columns)


@pytest.fixture(scope="session")
def as_elements() -> Callable[[Sequence[Satrec]], MeanElements]:
    """A function from objects of the reference implementation to our columns."""
    return _as_elements


T0 = np.datetime64("2025-03-03T00:00:00", "us")
REV_DAY = 2.0 * np.pi / 1440.0


def _made_history(
    days: np.ndarray,
    *,
    rev_day: float = 14.2,
    mean_anomaly_off_rad: np.ndarray | float = 0.0,
    node_off_rad: np.ndarray | float = 0.0,
) -> MeanElements:
    """Return sets of one orbit of LEO without drag at the epochs asked for, off as told.

    Without drag SGP4's mean elements move at constant rates, so that sets moved by those rates say
    exactly the same: what two of them differ by is what was put in.
    """
    n = len(days)
    columns = (rev_day * REV_DAY, 1e-3, 1.2, 0.3, 0.7, 0.1)
    one = MeanElements(np.array([T0]), *(np.array([x]) for x in columns), np.zeros(1))
    rates = near.near_coefficients(one)[0]
    minutes = np.rint(np.asarray(days) * 86400e6) / 6e7
    return MeanElements(
        T0 + np.rint(minutes * 6e7).astype("timedelta64[us]"),
        np.full(n, columns[0]),
        np.full(n, columns[1]),
        np.full(n, columns[2]),
        (columns[3] + rates[near.NODEDOT] * minutes + node_off_rad) % (2.0 * np.pi),
        (columns[4] + rates[near.ARGPDOT] * minutes) % (2.0 * np.pi),
        (columns[5] + rates[near.MDOT] * minutes + mean_anomaly_off_rad) % (2.0 * np.pi),
        np.zeros(n),
    )


def _joined(*parts: MeanElements) -> tuple[MeanElements, np.ndarray]:
    """Return the sets of all parts and the number of the part as the object, from 1."""
    ids = np.repeat(np.arange(1, len(parts) + 1), [len(part) for part in parts])
    columns = (np.concatenate([getattr(part, c) for part in parts]) for c in MeanElements.__slots__)
    return MeanElements(*columns), ids


@pytest.fixture(scope="session")
def made_history() -> Callable[..., MeanElements]:
    """A function that makes the history of one object, with errors as told."""
    return _made_history


@pytest.fixture(scope="session")
def joined_histories() -> Callable[..., tuple[MeanElements, np.ndarray]]:
    """A function that joins histories and numbers their objects."""
    return _joined


@dataclass(frozen=True)
class ReferenceEncounters:
    """Encounters with what others published about them."""

    primary: UncertainStates
    secondary: UncertainStates
    radius_km: np.ndarray
    published: dict[str, np.ndarray]

    @property
    def orbits(self) -> UncertainOrbits:
        """The encounters as uncertain orbits."""
        return uncertain_orbits(self.primary, self.secondary, self.radius_km)

    def take(self, rows: Sequence[int]) -> ReferenceEncounters:
        """The chosen rows."""
        chosen = [
            UncertainStates(*(column[list(rows)] for column in states))
            for states in (self.primary, self.secondary)
        ]
        columns = {name: column[list(rows)] for name, column in self.published.items()}
        return ReferenceEncounters(*chosen, self.radius_km[list(rows)], columns)


def _message_states(messages: Sequence[ConjunctionMessage]) -> list[UncertainStates]:
    objects = [(m.object1.state, m.object2.state) for m in messages]
    made = []
    for states in zip(*objects, strict=True):
        position, velocity = (
            np.array([getattr(state, name) for state in states])
            for name in ("position_km", "velocity_km_s")
        )
        covariance = np.array([state.covariance_rtn_km2 for state in states])
        inertial = inertial_covariance(position, velocity, covariance)
        made.append(UncertainStates(position, velocity, inertial))
    return made


@pytest.fixture(scope="session")
def cara_messages(shared_data: Path) -> ReferenceEncounters:
    """53 real messages with CARA's probabilities, Monte Carlo bounds and usage flags."""
    folder = shared_data / "cdm"
    with zipfile.ZipFile(folder / "cara_pc_method_cdms.zip") as archive:
        texts = {Path(name).stem: archive.read(name) for name in archive.namelist()}
    with (folder / "cara_pc_reference.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    messages = [
        read_cdm(texts[row["Conjunction_ID"]], source=row["Conjunction_ID"])[0] for row in rows
    ]
    numbers = [name for name in rows[0] if name.startswith(("Pc", "Nc", "HBR", "Violations"))]
    columns = {name: np.array([float(row[name]) for row in rows]) for name in numbers}
    return ReferenceEncounters(*_message_states(messages), 1e-3 * columns["HBR_m"], columns)


@pytest.fixture(scope="session")
def sample_message(shared_data: Path) -> Callable[[str, float], ReferenceEncounters]:
    """A function from the name of a CARA sample message and a radius [m] to its encounter."""

    def read(name: str, radius_m: float) -> ReferenceEncounters:
        with zipfile.ZipFile(shared_data / "cdm" / "cara_sample_cdms.zip") as archive:
            states = _message_states(read_cdm(archive.read(name), source=name))
        return ReferenceEncounters(*states, np.array([1e-3 * radius_m]), {})

    return read


@pytest.fixture(scope="session")
def alfano_cases(shared_data: Path) -> ReferenceEncounters:
    """Alfano 2009, AAS 09-369: twelve cases at closest approach, with CARA's 3-D-Nc values."""
    cases = json.loads((shared_data / "cdm" / "alfano_2009_cases.json").read_text())
    states = [
        UncertainStates(
            1e-3 * np.array([case["at_tca"][name]["r_m"] for case in cases]),
            1e-3 * np.array([case["at_tca"][name]["v_mps"] for case in cases]),
            1e-6 * np.array([case["at_tca"][name]["cov"] for case in cases]),
        )
        for name in ("primary", "secondary")
    ]
    names = ("hbr_m", "time_limit_s", "pc_3d_hall", "pc_monte_carlo_1e8")
    columns = {name: np.array([float(case[name]) for case in cases]) for name in names}
    return ReferenceEncounters(*states, 1e-3 * columns["hbr_m"], columns)


START = np.datetime64("2025-01-01T00:00:00", "us")
SPEED_M_S = 7450.0
"""Circular speed at the height of the made orbit (800 km)."""
FLOORS_M_S = (1e-4, 0.02, 0.02)
EVERY_DAYS = 0.98


@dataclass(frozen=True)
class Burn:
    """A velocity change at the epoch of one set; across the plane it happens at the node."""

    at_set: int
    in_track_m_s: float = 0.0
    cross_track_m_s: float = 0.0


def history(
    sets: int,
    *burns: Burn,
    noise: float = 0.0,
    seed: int = 1,
    days: Sequence[float] | Floats | None = None,
) -> MeanElements:
    """Return element sets of one object that follow SGP4's own rates between burns.

    `noise` is the relative spread of the mean motion from set to set; `days` are the epochs, by
    default one a day.
    """
    rng = np.random.default_rng(seed)
    at_days = np.arange(sets) * EVERY_DAYS if days is None else np.asarray(days)
    motion = np.full(sets, 14.27 * TWO_PI / 1440.0)
    inclination = np.full(sets, np.radians(98.6))
    for burn in burns:
        # dn/n = -3 dv/v for a small burn along the track of a circular orbit.
        motion[burn.at_set :] *= 1.0 - 3.0 * burn.in_track_m_s / SPEED_M_S
        inclination[burn.at_set :] += burn.cross_track_m_s / SPEED_M_S
    still = MeanElements(
        epoch_utc=START + (at_days * 86400e6).astype("timedelta64[us]"),
        mean_motion_kozai_rad_min=motion,
        eccentricity=np.full(sets, 1e-3),
        inclination_rad=inclination,
        raan_rad=np.full(sets, 1.0),
        arg_of_perigee_rad=np.full(sets, 1.5),
        mean_anomaly_rad=np.full(sets, 4.7),
        bstar_per_er=np.zeros(sets),
    )
    rates = initialise(still).near[:, [NODEDOT, ARGPDOT, MDOT]]
    steps = rates[:-1] * (np.diff(at_days) * 1440.0)[:, None]
    node, perigee, anomaly = np.vstack((np.zeros((1, 3)), np.cumsum(steps, axis=0))).T
    return replace(
        still,
        mean_motion_kozai_rad_min=motion * (1.0 + noise * rng.standard_normal(sets)),
        raan_rad=still.raan_rad + node,
        arg_of_perigee_rad=still.arg_of_perigee_rad + perigee,
        mean_anomaly_rad=(still.mean_anomaly_rad + anomaly) % TWO_PI,
    )


def joined(*parts: MeanElements) -> MeanElements:
    """Return the rows of all parts, one after the other."""
    return MeanElements(
        *(np.concatenate([getattr(p, n) for p in parts]) for n in MeanElements.__slots__)
    )


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Return what makes histories of one object with burns in them."""
    return SimpleNamespace(
        Burn=Burn,
        history=history,
        joined=joined,
        start_utc=START,
        speed_m_s=SPEED_M_S,
        floors_m_s=FLOORS_M_S,
        every_days=EVERY_DAYS,
    )
