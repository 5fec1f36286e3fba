"""The verification set of SGP4, and a bridge from the reference implementation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import pytest
from sgp4.api import Satrec

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
