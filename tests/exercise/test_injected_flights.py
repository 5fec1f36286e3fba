"""Flights under an emitter by a script: what their reports show, when, and that all is EXERCISE."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
import pytest

from hoshimori.detectors.passages import PassageDetector
from hoshimori.exercise.aircraft_traffic import MadeTraffic, aircraft_traffic
from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.injected_flights import flight_reports, with_flights
from hoshimori.exercise.injecting import played
from hoshimori.exercise.streams import stream
from hoshimori.model.aircraft_evidence import PositionCheck
from hoshimori.model.aircraft_reports import AircraftReports
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Disturbance, Interference
from hoshimori.model.findings_of_interference import Persistence
from hoshimori.model.flights import passages_from
from hoshimori.model.injects import DisturbedFlights, FeedKind, FlightEffect
from hoshimori.model.passages import Passages, joined_passages
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.tapes import Silence, Tape
from hoshimori.numerics.hexagons import distances_km

STARTS = datetime(2026, 11, 1, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=5)
EMITTER = DisturbedFlights(
    inject_id="emitter", at_h=2.0, latitude_deg=50.0, longitude_deg=15.0, how=FlightEffect.JAMMED,
    reach_km=150.0, lasts_h=1.0, share=0.9,
)  # fmt: skip
SHOWN = (44.0, 20.0)


def at(hours: float) -> np.datetime64:
    moment = np.datetime64(STARTS.replace(tzinfo=None), "us")
    return np.datetime64(moment + np.timedelta64(round(3600.0 * hours), "s"))


def reports_of(*injects: DisturbedFlights) -> AircraftReports:
    made = flight_reports(
        injects, starts_utc=STARTS, ends_utc=ENDS, stream_of=partial(stream, 5)
    )  # fmt: skip
    assert made is not None
    return made


@pytest.fixture(scope="module")
def reports() -> AircraftReports:
    return reports_of(EMITTER)


def picture(passages: Passages | None = None) -> Picture:
    return Picture(
        as_of_utc=STARTS, newest=NO_ELEMENT_SETS, history=NO_ELEMENT_SETS, assets=(),
        days_ahead=0.0, passages=passages,
    )  # fmt: skip


def found(reports: AircraftReports, hours: float, *silences: Silence) -> tuple[Interference, ...]:
    shown = played(picture(), Tape(flights=reports, silences=silences), at(hours))
    assert shown.passages is not None
    assert shown.passages.reality is Reality.EXERCISE
    return PassageDetector().detect(shown)


def test_a_watch_finds_the_emitter_by_its_flights_and_nothing_before(
    reports: AircraftReports,
) -> None:
    assert reports.reality is Reality.EXERCISE
    assert found(reports, 1.9) == ()
    area = found(reports, 5.0)[0]
    assert area.reality is Reality.EXERCISE
    assert area.persistence is Persistence.NEW
    assert area.disturbance is Disturbance.LOW_INTEGRITY
    assert abs(area.start_utc - STARTS - timedelta(hours=2)) <= timedelta(minutes=15)
    assert abs(area.end_utc - STARTS - timedelta(hours=3)) <= timedelta(minutes=15)
    middle = np.array([area.latitude_deg, area.longitude_deg])
    assert distances_km(middle, np.array([[50.0, 15.0]]))[0] < 60.0


def test_displaced_flights_show_the_place_of_the_script() -> None:
    there = replace(
        EMITTER, how=FlightEffect.DISPLACED, shown_latitude_deg=SHOWN[0],
        shown_longitude_deg=SHOWN[1],
    )  # fmt: skip
    area = found(reports_of(there), 5.0)[0]
    assert area.disturbance is Disturbance.POSITION_DISPLACED
    assert area.aircraft is not None
    assert area.aircraft.positions in (PositionCheck.DISPLACED, PositionCheck.MIXED)
    assert area.aircraft.shown_deg is not None
    assert distances_km(np.array(area.aircraft.shown_deg), np.array([SHOWN]))[0] < 10.0


def test_flights_come_from_the_start_to_the_end_and_on_days_before(
    reports: AircraftReports,
) -> None:
    hours = (reports.time_utc.astype("datetime64[us]") - at(0.0)) / np.timedelta64(1, "h")
    during = np.histogram(hours, bins=np.arange(0.0, 6.0))[0]
    assert during.min() > 0.3 * during.max()
    days = np.unique(np.floor(hours[hours < 0.0] / 24.0))
    assert len(days) == 12
    assert not ((reports.nic < 7) & (hours < 0.0)).mean() > 0.01


def test_a_silent_feed_shows_the_emitter_later(reports: AircraftReports) -> None:
    silence = Silence(
        FeedKind.NAVIGATION, STARTS + timedelta(hours=1), STARTS + timedelta(hours=4),
        timedelta(hours=1),
    )  # fmt: skip
    assert found(reports, 2.9, silence) == ()
    assert found(reports, 5.0, silence)


def test_an_emitter_that_is_added_changes_nothing_of_the_first(reports: AircraftReports) -> None:
    other = replace(EMITTER, inject_id="another", at_h=3.0, lasts_h=0.5, flights_an_hour=5.0)
    both = reports_of(EMITTER, other)
    assert len(both) > len(reports)
    assert np.array_equal(both.latitude_deg[: len(reports)], reports.latitude_deg)
    assert np.array_equal(both.address[: len(reports)], reports.address)
    assert both.address[len(reports) :].min() > reports.address.max()


def test_flights_come_beside_those_at_hand_and_take_their_steps() -> None:
    traffic = MadeTraffic(hours=1.0, flights_an_hour=10.0)
    real = passages_from(
        aircraft_traffic(traffic, stream(1, "real")),
        as_of_utc=np.datetime64("2026-10-01", "us"), step_s=1800.0, resolution=4,
    )  # fmt: skip
    few = reports_of(replace(EMITTER, flights_an_hour=2.0))
    both = with_flights(real, few, at(5.0))
    assert both is not None
    assert both.step_s == 1800.0
    assert both.tally.aircraft > real.tally.aircraft
    assert set(real.address.tolist()) < set(both.address.tolist())
    keys = [
        (int(c), int(s), int(a)) for c, s, a in zip(both.cell, both.step, both.address, strict=True)
    ]
    assert keys == sorted(keys)
    shown = played(picture(real), Tape(flights=few), at(5.0))
    assert shown.passages is not None
    assert shown.passages.reality is Reality.EXERCISE
    assert as_exercise(picture(real)).passages is not None
    with pytest.raises(ValueError, match="expected one"):
        joined_passages([real, passages_from(few, as_of_utc=at(5.0))])


def test_without_an_emitter_there_are_no_flights() -> None:
    none = flight_reports((), starts_utc=STARTS, ends_utc=ENDS, stream_of=partial(stream, 1))
    assert none is None
    assert played(picture(), Tape(), at(1.0)).passages is None
