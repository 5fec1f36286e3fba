"""Areas of lost navigation from single flights, in made traffic with known truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from hoshimori.detectors.passages import PassageDetector, PassageSurvey
from hoshimori.exercise.aircraft_traffic import (
    Effect,
    MadeTraffic,
    PlantedEmitter,
    aircraft_traffic,
)
from hoshimori.model.aircraft_evidence import PositionCheck
from hoshimori.model.aircraft_reports import AircraftReports, joined_reports
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Confidence, Disturbance, Persistence
from hoshimori.model.flights import passages_from
from hoshimori.model.interference_report import Place
from hoshimori.model.passages import Passages, daily_counts
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.hexagons import distances_km

START = datetime(2026, 3, 1, tzinfo=UTC)
AS_OF = START + timedelta(hours=4)
HERE = np.array([50.2, 15.2])
DROWNS = PlantedEmitter(50.2, 15.2, 120.0, 5400.0, 9000.0)
DISPLACES = replace(DROWNS, effect=Effect.DISPLACES, shown_deg=(52.0, 21.0))
SHORT = PlantedEmitter(50.0, 15.0, 70.0, 1800.0, 4200.0)
ALL = PassageDetector(look_back_days=100.0)


@cache
def traffic(*planted: PlantedEmitter, seed: int = 1) -> AircraftReports:
    made = MadeTraffic(hours=4.0, flights_an_hour=120.0, planted=planted)
    return aircraft_traffic(made, np.random.Generator(np.random.PCG64(seed)))


def passages(reports: AircraftReports, as_of: datetime = AS_OF) -> Passages:
    return passages_from(reports, as_of_utc=np.datetime64(as_of.replace(tzinfo=None), "us"))


def surveyed(reports: AircraftReports, as_of: datetime = AS_OF) -> PassageSurvey:
    return ALL.survey(passages(reports, as_of), as_of)


def test_drowned_signals_are_found_with_minute_place_heights_and_ground() -> None:
    (one,) = surveyed(traffic(DROWNS)).findings
    told = one.aircraft
    assert told is not None
    one_step = timedelta(minutes=15)
    assert abs(told.onset_utc - (START + timedelta(hours=1.5))) < one_step
    assert abs(told.last_utc - (START + timedelta(hours=2.5))) < one_step
    assert one.start_utc <= told.onset_utc
    assert one.end_utc >= told.last_utc
    assert not told.ends_open
    middle = np.array([one.latitude_deg, one.longitude_deg])
    assert distances_km(middle, HERE) < 40.0
    assert one.disturbance is Disturbance.LOW_INTEGRITY
    assert told.positions is PositionCheck.PLAUSIBLE
    assert told.shown_deg is None
    assert told.aircraft_displaced == 0
    assert told.aircraft_low == one.bad >= 20
    assert told.aircraft_bracketed >= 0.8 * one.bad
    assert one.share.low > 0.4
    assert one.usual_share is not None
    assert one.usual_share.high < 0.05
    assert one.persistence is Persistence.UNKNOWN, "half a day is no past"
    assert one.confidence is Confidence.MODERATE
    assert one.reality is Reality.SIMULATED
    assert one.emitter_within_km is not None
    assert distances_km(middle, HERE) <= one.emitter_within_km
    # Low flights narrow the ground: at 12 km alone it would be more than a circle of 300 km.
    assert told.emitter_area_km2 is not None
    assert told.emitter_area_km2 < np.pi * 300.0**2
    by_height = {band.low_m: band for band in told.heights}
    assert by_height[9000.0].disturbed > 0
    assert by_height[12000.0].disturbed == 0


def test_false_signals_are_told_by_positions_and_where_they_show() -> None:
    (one,) = surveyed(traffic(DISPLACES)).findings
    assert one.aircraft is not None
    assert one.disturbance is Disturbance.POSITION_DISPLACED
    assert one.aircraft.positions in (PositionCheck.DISPLACED, PositionCheck.MIXED)
    assert one.aircraft.shown_deg is not None
    assert distances_km(np.array(one.aircraft.shown_deg), np.array([52.0, 21.0])) < 5.0
    middle = np.array([one.latitude_deg, one.longitude_deg])
    assert distances_km(middle, HERE) < 40.0, "told where they flew, not where they said to be"


@pytest.mark.parametrize("seed", range(2, 5))
def test_quiet_traffic_with_its_own_faults_has_no_areas(seed: int) -> None:
    survey = surveyed(traffic(seed=seed))
    assert survey.findings == ()
    assert survey.coverage.told_cell_steps > 1000


def test_what_is_known_while_it_goes_on_stays_under_its_name() -> None:
    early, later = START + timedelta(hours=2.2), AS_OF
    (during,) = surveyed(traffic(DROWNS), early).findings
    (after,) = surveyed(traffic(DROWNS), later).findings
    assert during.aircraft is not None
    assert during.aircraft.ends_open
    assert during.area_key == after.area_key
    assert during.start_utc == after.start_utc
    assert surveyed(traffic(DROWNS), START + timedelta(hours=1.4)).findings == ()


def test_order_of_rows_changes_nothing() -> None:
    reports = traffic(DROWNS)
    order = np.random.Generator(np.random.PCG64(9)).permutation(len(reports))
    assert surveyed(reports.take(order)).findings == surveyed(reports).findings


def test_one_aircraft_never_makes_an_area() -> None:
    """However low and however often; its own fault is no disturbance of a place."""
    reports = traffic(seed=3)
    names, counts = np.unique(reports.address, return_counts=True)
    worst = names[np.argmax(counts)]
    nic = reports.nic.copy()
    rows = np.flatnonzero(reports.address == worst)
    nic[rows[(np.arange(len(rows)) // 12) % 2 == 1]] = 0
    assert surveyed(replace(reports, nic=nic)).findings == ()


def test_addresses_permuted_change_nothing_but_labels() -> None:
    """Blind to flags: an address names a state of registry."""
    reports = traffic(DROWNS)
    names, index = np.unique(reports.address, return_inverse=True)
    other = np.random.Generator(np.random.PCG64(5)).permutation(names)
    first, second = surveyed(reports), surveyed(replace(reports, address=other[index]))
    (one,), (two,) = first.findings, second.findings
    plain = {"finding_id": "", "basis": ()}
    assert replace(one, **plain) == replace(two, **plain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "persistence"), [((), Persistence.NEW), ((SHORT,), Persistence.PERMANENT)]
)
def test_a_past_of_days_tells_new_from_permanent(
    before: tuple[PlantedEmitter, ...], persistence: Persistence
) -> None:
    def day(k: int, *planted: PlantedEmitter) -> AircraftReports:
        made = MadeTraffic(
            half_width_km=120.0, hours=1.5, flights_an_hour=60.0, planted=planted,
            start_utc=np.datetime64("2026-03-01T00:00", "ms") - np.timedelta64(k, "D"),
        )  # fmt: skip
        return aircraft_traffic(made, np.random.Generator(np.random.PCG64(k)))

    reports = joined_reports([*(day(k, *before) for k in range(12, 0, -1)), day(0, SHORT)])
    found = PassageDetector(look_back_days=0.5).survey(passages(reports), AS_OF).findings
    assert {one.persistence for one in found} == {persistence}
    assert (found[0].base_rate.share.best == 0.0) == (not before)


def test_place_and_look_back_limit_what_is_told() -> None:
    known = passages(traffic(DROWNS))
    assert ALL.survey(known, AS_OF, Place(50.2, 15.2, 50.0)).findings
    assert not ALL.survey(known, AS_OF, Place(-50.0, 15.0, 50.0)).findings
    assert not PassageDetector(look_back_days=0.01).survey(known, AS_OF).findings


def test_a_picture_without_flights_is_silent() -> None:
    empty = Picture(AS_OF, NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 7.0)
    assert PassageDetector().detect(empty) == ()
    held = replace(empty, passages=passages(traffic(DROWNS)))
    assert len(PassageDetector().detect(held)) == 1
    nothing = passages(traffic(DROWNS).take(np.arange(0)))
    assert ALL.survey(nothing, AS_OF).findings == ()


def test_flights_count_by_day_as_daily_maps_do() -> None:
    counts = daily_counts(passages(traffic(DROWNS)))
    assert set(counts.day_utc.astype(str)) == {"2026-03-01"}
    assert len(np.unique(counts.cell)) == len(counts)
    assert counts.bad.sum() > 50
