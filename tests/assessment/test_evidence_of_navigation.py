"""Lost navigation as evidence: under the kinds that the assessment model weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.assessment.evidence_of_navigation import told_by_navigation
from hoshimori.assessment.situations import situation_of
from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.findings import Disturbance, Interference, Persistence


@pytest.fixture(scope="module")
def area() -> Interference:
    planted = PlantedDisturbance(35.5, 137.5, 150.0, first_day=20, last_day=21)
    cells = disturbed_air(MadeAir(planted=(planted,)), np.random.Generator(np.random.PCG64(1)))
    return InterferenceDetector().survey(cells, datetime(2026, 3, 24, tzinfo=UTC)).findings[0]


@pytest.mark.parametrize(
    ("persistence", "kinds"),
    [
        (Persistence.NEW, ["integrity_low_new"]),
        (Persistence.RECURRENT, ["integrity_low_usual"]),
        (Persistence.PERMANENT, ["integrity_low_usual"]),
        (Persistence.UNKNOWN, []),
    ],
)
def test_what_is_usual_is_told_from_what_is_new(
    area: Interference, persistence: Persistence, kinds: list[str]
) -> None:
    told = told_by_navigation(replace(area, persistence=persistence))
    assert [kind for kind, _ in told] == kinds


def test_displaced_positions_are_their_own_kind(area: Interference) -> None:
    displaced = replace(area, disturbance=Disturbance.POSITION_DISPLACED)
    assert [kind for kind, _ in told_by_navigation(displaced)] == ["positions_displaced"]


def test_the_situation_is_interference(area: Interference) -> None:
    assert situation_of([area]) == "interference"
