"""The verification set of SGP4, a bridge from the reference implementation, made histories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import pytest
from sgp4.api import Satrec

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.elements import MeanElements


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
