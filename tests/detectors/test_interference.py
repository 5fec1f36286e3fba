"""Areas of lost navigation in made maps with known truth, and in real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.formats.integrity import read_integrity
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Confidence, Disturbance, Interference, Persistence
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.interference_report import Place
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality

AS_OF = datetime(2026, 3, 31, tzinfo=UTC)
PLANTED = PlantedDisturbance(35.5, 137.5, 150.0, first_day=20, last_day=22, share=0.3)
LONG = replace(PLANTED, first_day=0, last_day=29)
ALL = InterferenceDetector(look_back_days=100.0)


def air(*planted: PlantedDisturbance, seed: int = 1, **changes: int) -> IntegrityCells:
    made = MadeAir(planted=planted, **changes)  # type: ignore[arg-type]
    return disturbed_air(made, np.random.Generator(np.random.PCG64(seed)))


def found(cells: IntegrityCells, as_of: datetime = AS_OF) -> tuple[Interference, ...]:
    return ALL.survey(cells, as_of).findings


def picture(integrity: IntegrityCells | None) -> Picture:
    return Picture(AS_OF, NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 7.0, integrity=integrity)


def test_a_planted_disturbance_is_found_with_its_days_place_and_past() -> None:
    (one,) = found(air(PLANTED))
    assert (one.start_utc, one.end_utc) == (
        datetime(2026, 3, 21, tzinfo=UTC),
        datetime(2026, 3, 24, tzinfo=UTC),
    )
    assert one.disturbance is Disturbance.LOW_INTEGRITY
    assert one.persistence is Persistence.NEW
    assert one.objects == ()
    half_a_cell_deg = 0.3
    assert abs(one.latitude_deg - 35.5) < half_a_cell_deg
    assert abs(one.longitude_deg - 137.5) < half_a_cell_deg
    two_rings_km = 90.0
    assert 100.0 < one.radius_km < 150.0 + two_rings_km
    assert one.share.low > 0.1 > one.share.best / 3.0
    assert one.usual_share is not None
    assert one.usual_share.high < 0.01
    assert one.base_rate.share.best == 0.0
    assert one.base_rate.compared > 300
    assert one.reality is Reality.SIMULATED
    assert one.emitter_within_km is not None
    assert one.emitter_within_km > one.radius_km
    told = [day.day_utc for day in one.days if day.cells_disturbed]
    assert told == [date(2026, 3, 21), date(2026, 3, 22), date(2026, 3, 23)]
    assert one.days[0].day_utc == date(2026, 3, 18)
    assert one.days[-1].day_utc == date(2026, 3, 26)


@pytest.mark.parametrize("seed", range(8))
def test_quiet_air_has_no_areas(seed: int) -> None:
    assert found(air(seed=seed)) == ()


def test_what_is_disturbed_all_the_time_is_known_and_not_new() -> None:
    survey = InterferenceDetector().survey(air(LONG), AS_OF)
    assert {one.persistence for one in survey.findings} == {Persistence.PERMANENT}
    assert survey.findings[0].base_rate.share.best > 0.5


def test_since_when_a_usual_area_is_worse_is_told() -> None:
    before = replace(LONG, last_day=59)
    since = replace(LONG, first_day=60, last_day=69, share=0.7)
    as_of = datetime(2026, 5, 10, tzinfo=UTC)
    findings = InterferenceDetector().survey(air(before, since, days=70), as_of).findings
    worse = next(one for one in findings if one.persistence is Persistence.PERMANENT)
    assert worse.rise is not None
    assert worse.rise.since_utc == date(2026, 4, 30)
    assert worse.rise.since > 1.5 * worse.rise.before
    same = replace(LONG, last_day=69)
    findings = InterferenceDetector().survey(air(same, days=70), as_of).findings
    assert [one.rise for one in findings] == [None] * len(findings)
    assert findings


def test_with_a_short_past_nothing_is_called_new() -> None:
    early = replace(PLANTED, first_day=3, last_day=4)
    (one,) = found(air(early))
    assert one.persistence is Persistence.UNKNOWN
    assert one.confidence is Confidence.LOW


def test_the_name_of_an_episode_stays_while_it_goes_on() -> None:
    cells = air(PLANTED)
    names = {
        one.area_key
        for day in (22, 23, 24, 31)
        for one in found(cells, datetime(2026, 3, day, tzinfo=UTC))
    }
    assert len(names) == 1
    assert next(iter(names)).endswith("/2026-03-21")


def test_nothing_is_seen_of_a_day_before_it_is_over() -> None:
    cells = air(PLANTED)
    assert found(cells, datetime(2026, 3, 21, 23, 59, tzinfo=UTC)) == ()
    assert found(cells, datetime(2026, 3, 22, 0, 0, tzinfo=UTC)) != ()


def test_the_order_of_rows_and_later_days_change_nothing_of_what_was_known() -> None:
    cells = air(PLANTED)
    shuffled = cells.take(np.random.Generator(np.random.PCG64(5)).permutation(len(cells)))
    until = datetime(2026, 3, 25, tzinfo=UTC)
    cut = cells.known_by(np.datetime64("2026-03-25", "us"))
    assert found(shuffled, until) == found(cells, until) == found(cut, until)


def test_single_aircraft_with_faults_on_a_whole_route_make_no_area() -> None:
    cells = air(seed=3)
    route = np.unique(cells.cell)[::3]
    faulty = np.isin(cells.cell, route) & (cells.day_utc == np.datetime64("2026-03-20"))
    bad = np.where(faulty, 1, 0)
    aircraft = np.maximum(cells.aircraft, 1)
    assert found(replace(cells, bad=bad, good=aircraft - bad)) == ()


def test_too_few_cells_are_counted_and_not_reported() -> None:
    small = replace(PLANTED, radius_km=20.0, share=0.6)
    survey = ALL.survey(air(small), AS_OF)
    assert survey.findings == ()
    assert survey.coverage.disturbed_cell_days > 0
    assert survey.coverage.in_no_area == survey.coverage.disturbed_cell_days


def test_a_place_limits_what_is_reported_and_counted() -> None:
    cells = air(PLANTED)
    near = ALL.survey(cells, AS_OF, Place(35.5, 137.5, 100.0))
    far = ALL.survey(cells, AS_OF, Place(32.0, 134.0, 100.0))
    assert [one.area_key for one in near.findings] == [one.area_key for one in found(cells)]
    assert far.findings == ()
    assert 0 < far.coverage.cell_days < near.coverage.cell_days * 10


def test_old_episodes_are_not_reported_by_the_watch() -> None:
    cells = air(replace(PLANTED, first_day=15, last_day=16))
    assert InterferenceDetector().detect(picture(cells)) == ()
    assert ALL.detect(picture(cells)) != ()


def test_a_picture_without_counts_has_no_findings() -> None:
    assert InterferenceDetector().detect(picture(None)) == ()


def test_an_empty_map_is_no_error() -> None:
    survey = ALL.survey(air().take(np.zeros(0, np.int64)), AS_OF)
    assert survey.findings == ()
    assert survey.coverage.first_day_utc is None


def test_dallas_october_2022(shared_data: Path) -> None:
    # README of the data: 2022-10-17 and 18, over within two days.
    name = "gpsjam_north_america_2022-10-01_2022-11-15.parquet"
    cells = read_integrity((shared_data / "gnss" / name).read_bytes(), source=name).cells
    dallas = Place(32.9, -97.0, 150.0)
    (one,) = ALL.survey(cells, datetime(2022, 11, 1, tzinfo=UTC), dallas).findings
    assert (one.start_utc, one.end_utc) == (
        datetime(2022, 10, 17, tzinfo=UTC),
        datetime(2022, 10, 19, tzinfo=UTC),
    )
    assert one.persistence is Persistence.NEW
    assert one.confidence is Confidence.HIGH
    denver = Place(39.86, -104.67, 200.0)
    assert ALL.survey(cells, datetime(2022, 11, 16, tzinfo=UTC), denver).findings == ()
