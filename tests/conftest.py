"""What every test may ask for."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; tests that need it skip without it."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HOSHIMORI_DATA", beside))
    if not folder.is_dir():
        pytest.skip("needs the folder of real data beside the repository")
    return folder


@pytest.fixture(scope="session")
def make_cdm() -> Callable[..., Any]:
    """Make a conjunction message: two made-up objects that cross at right angles.

    Object 2 passes `miss_km` above object 1, both known to `sigma_km` in every direction.
    """
    from hoshimori.model.conjunction_message import (  # noqa: PLC0415
        ConjunctionMessage,
        ConjunctionObject,
        StateAtClosestApproach,
    )

    def make(
        *, miss_km: float = 0.5, sigma_km: float = 0.1, created: str = "2026-11-25T00:00:00",
        tca: str = "2026-11-27T12:00:00", numbers: tuple[str, str] = ("00025544", "00043210"),
        **changes: Any,
    ) -> ConjunctionMessage:  # fmt: skip
        covariance = np.diag([sigma_km**2] * 3 + [1e-8] * 3)
        covariance[0, 4] = covariance[4, 0] = -1e-9 * sigma_km
        matrix = tuple(map(tuple, covariance.tolist()))
        states = (
            StateAtClosestApproach("EME2000", (7000.0, 0.0, 0.0), (0.0, 7.5, 0.0), matrix),
            StateAtClosestApproach(
                "EME2000", (7000.0 + miss_km, 0.0, 0.0), (0.0, 0.0, 7.5), matrix
            ),
        )
        first, second = (
            ConjunctionObject(
                number, "SATCAT", f"OBJECT {number}", f"2020-{int(number) % 1000:03d}A", "NONE",
                "CALCULATED", None, state, object_type="PAYLOAD",
            )
            for number, state in zip(numbers, states, strict=True)
        )  # fmt: skip
        message = ConjunctionMessage(
            f"{created}/{miss_km}", np.datetime64(created, "us"), "TESTER",
            np.datetime64(tca, "us"), miss_km, first, second,
            relative_speed_km_s=7.5 * 2**0.5, relative_position_rtn_km=(miss_km, 0.0, 0.0),
            hard_body_radius_km=0.01,
        )  # fmt: skip
        return replace(message, **changes)

    return make


@pytest.fixture(scope="session")
def years_of_belt() -> Callable[[float], Any]:
    """A function from the days between element sets to those of five made years of the belt."""
    from functools import cache  # noqa: PLC0415

    from hoshimori.exercise.belt_years import START_UTC, belt_lives, story_of_years  # noqa: PLC0415

    @cache
    def sets(every_days: float) -> Any:
        lives, days = story_of_years()
        return belt_lives(lives, START_UTC, days, every_days=every_days)

    return sets


@pytest.fixture(scope="session")
def sealing() -> Any:
    """Dossiers, keys and lists of keys: what stands in `tests/dossier/sealing_samples.py`."""
    made = runpy.run_path(str(Path(__file__).parent / "dossier" / "sealing_samples.py"))
    return SimpleNamespace(**made)
