"""Made element sets are told from real ones no more often than real ones are from one another."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parents[2]
NAMES = ("Jason-3", "Haiyang-2A")


@pytest.fixture(scope="module")
def accuracy() -> dict[str, Any]:
    return runpy.run_path(os.fspath(HERE / "benchmarks" / "accuracy_injects.py"))


@pytest.fixture(scope="module")
def histories(shared_data: Path, accuracy: dict[str, Any]) -> dict[str, Any]:
    folder = shared_data / "manoeuvres" / "tle"
    return {name: accuracy["history_of"](folder / f"{name}.tle.gz") for name in NAMES}


def rejected(trials: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return low and high end of the share rejected, for each measure and test."""
    return {name: (ends[0], ends[2]) for name, ends in trials.items() if isinstance(ends, list)}


def test_histories_go_on_as_real_ones_do(
    accuracy: dict[str, Any], histories: dict[str, Any]
) -> None:
    told = accuracy["going_on"](histories, 365)
    made = rejected(told["made against real, rejected at 5 %"])
    real = rejected(told["real against real, rejected at 5 %"])
    assert all(made[name][0] <= real[name][1] for name in made)


def test_sets_after_a_burn_are_as_noisy_as_they_were(
    accuracy: dict[str, Any], histories: dict[str, Any]
) -> None:
    told = accuracy["turned"](histories, 365)
    made = rejected(told)
    assert all(made[name][0] <= 0.05 for name in made)


def test_burns_in_real_histories_are_found_with_their_size(
    accuracy: dict[str, Any], histories: dict[str, Any]
) -> None:
    found = accuracy["burns_found"](histories, 365, sizes_m_s=(1.0,))["1 m/s"]
    assert found["burns"] >= 8
    assert found["found"][1] > 0.7
    assert found["size within its interval"][2] > 0.95
