"""Lost navigation becomes one incident of the ground for each area and episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from hoshimori.assessment.incidents import incidents_of
from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.findings import Interference
from hoshimori.model.incidents import Attention, Direction, Incident, NextStep
from hoshimori.model.provenance import Reality

FIRST = PlantedDisturbance(34.3, 135.9, 110.0, first_day=22, last_day=24, share=0.4)
SECOND = PlantedDisturbance(36.6, 139.4, 110.0, first_day=23, last_day=25, share=0.4)
LONG = PlantedDisturbance(35.5, 137.5, 150.0, first_day=0, last_day=29, share=0.3)


def found(as_of: datetime, *planted: PlantedDisturbance) -> tuple[Interference, ...]:
    air = MadeAir(rings=14, planted=planted)
    cells = disturbed_air(air, np.random.Generator(np.random.PCG64(4)))
    return InterferenceDetector().survey(cells, as_of).findings


def incidents(findings: tuple[Interference, ...], as_of: datetime) -> tuple[Incident, ...]:
    return incidents_of(findings, asset_ids=frozenset({44476}), as_of_utc=as_of)


def test_two_areas_are_two_incidents_of_the_ground_that_ask_for_a_look() -> None:
    as_of = datetime(2026, 3, 27, tzinfo=UTC)
    told = incidents(found(as_of, FIRST, SECOND), as_of)
    assert len(told) == 2
    assert len({one.incident_id for one in told}) == 2
    for one in told:
        assert one.direction is Direction.GROUND
        assert one.assets == one.others == ()
        assert one.attention is Attention.LOOK
        assert one.next_step is NextStep.CHECK_NOTICES
        assert one.reality is Reality.SIMULATED


def test_an_episode_that_goes_on_updates_its_incident() -> None:
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (24, 25, 26, 28)]
    ids = {one.incident_id for day in days for one in incidents(found(day, FIRST), day)}
    assert len(ids) == 1


def test_what_is_usual_for_its_area_is_logged() -> None:
    as_of = datetime(2026, 3, 31, tzinfo=UTC)
    told = incidents(found(as_of, LONG), as_of)
    assert told
    assert {one.attention for one in told} == {Attention.LOG}


@pytest.mark.parametrize("name", ["area", "other"])
def test_findings_of_one_area_and_episode_are_one_incident(name: str) -> None:
    as_of = datetime(2026, 3, 27, tzinfo=UTC)
    (one,) = found(as_of, FIRST)
    key = one.area_key if name == "area" else name
    later = replace(one, finding_id="later", area_key=key, end_utc=one.end_utc + timedelta(days=1))
    assert len(incidents((one, later), as_of)) == (1 if name == "area" else 2)
