"""What is disturbed on the ground by one event is one incident; what is far apart stays apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.assessment.assess import assess
from hoshimori.assessment.evidence import evidence_of
from hoshimori.assessment.evidence_of_navigation import SAME_AIRCRAFT
from hoshimori.assessment.ground_joining import NEAR_KM, joined_places
from hoshimori.assessment.incident_lives import Lived, lived
from hoshimori.assessment.incidents import incidents_of
from hoshimori.dossier.evidence_wording import numbers_text
from hoshimori.dossier.language import Language, say
from hoshimori.model.assessments import Chain
from hoshimori.model.findings import Disturbance, Persistence, Reception
from hoshimori.model.incident_life import ChangeKind
from hoshimori.model.incidents import Direction, Incident
from hoshimori.model.markings import OPEN
from hoshimori.model.receivers import Link
from hoshimori.numerics.hexagons import cell_at, cell_text
from hoshimori.workflows.assessment_model import assessment_model

MODEL = assessment_model()
DALLAS = (32.6, -96.8)


def told(*findings: Any) -> tuple[Incident, ...]:
    as_of = max(f.end_utc for f in findings)
    return incidents_of(findings, asset_ids=frozenset(), as_of_utc=as_of)


def together(*findings: Any) -> set[frozenset[str]]:
    return {frozenset(one.finding_ids) for one in told(*findings)}


@pytest.fixture
def mast(samples: SimpleNamespace) -> Any:
    """A receiver in the middle of the area, in its time."""
    return receiver(samples)


def receiver(samples: SimpleNamespace, kind: Reception = Reception.ALL_FELL, **more: Any) -> Any:
    given = {
        "objects": (), "link": Link.NAVIGATION, "receiver": "mast", "name": "mast",
        "start_utc": samples.at(0.4), "end_utc": samples.at(0.5),
    }  # fmt: skip
    place = {"latitude_deg": more.pop("latitude", DALLAS[0]), "longitude_deg": DALLAS[1]}
    return replace(samples.reception(kind, **(given | more)), **place)


def hours(finding: Any, first: float, last: float) -> Any:
    day = finding.start_utc
    return replace(
        finding, start_utc=day + timedelta(hours=first), end_utc=day + timedelta(hours=last)
    )


def test_maps_flights_and_a_receiver_of_one_event_are_one_incident(
    samples: SimpleNamespace, mast: Any
) -> None:
    maps = samples.disturbed_area()
    flights = hours(samples.disturbed_area("flights", samples.DALLAS[1:], flights=True), 8.0, 11.0)
    again = hours(
        samples.disturbed_area("later flights", samples.DALLAS[:1], flights=True), 14.0, 15.0
    )
    (one,) = told(maps, flights, again, mast)
    assert sorted(one.finding_ids) == ["flights", "later flights", "maps", "mast"]
    assert one.direction is Direction.GROUND
    assert (one.start_utc, one.end_utc) == (maps.start_utc, maps.end_utc)
    assert one.series_id == told(maps)[0].series_id
    parts = {told(f)[0].series_id for f in (flights, again, mast)}
    assert set(one.joined_series) == parts
    # Without maps the receiver goes with the flights.
    assert together(flights, mast) == {frozenset({"flights", "mast"})}


def test_the_order_of_findings_changes_nothing(samples: SimpleNamespace, mast: Any) -> None:
    findings = (samples.disturbed_area(), samples.disturbed_area("flights", flights=True), mast)
    assert len({told(*order) for order in permutations(findings)}) == 1


@pytest.mark.parametrize(
    ("what", "shift"),
    [
        ("another place", {"latitude": DALLAS[0] + 2.0}),
        ("another month", {"start_utc": timedelta(days=31), "end_utc": timedelta(days=31)}),
        ("two days later", {"start_utc": timedelta(days=2.1), "end_utc": timedelta(days=2.1)}),
        ("another band", {"link": Link.DOWNLINK}),
        ("something between", {"kind": Reception.BLANK_SPOT}),
        ("one satellite", {"kind": Reception.ONE_SATELLITE}),
        ("no reason told", {"kind": Reception.UNCLEAR}),
        ("on board", {"objects": (101,)}),
    ],
)
def test_a_receiver_far_in_space_or_time_or_of_other_physics_stays_apart(
    samples: SimpleNamespace, what: str, shift: dict[str, Any]
) -> None:
    del what
    times = {k: samples.at(0.4) + v for k, v in shift.items() if isinstance(v, timedelta)}
    one = receiver(samples, **(shift | times))
    assert together(samples.disturbed_area(), one) == {frozenset({"maps"}), frozenset({"mast"})}


def test_a_receiver_without_a_place_stays_apart(samples: SimpleNamespace, mast: Any) -> None:
    lost = replace(mast, latitude_deg=None, longitude_deg=None)
    assert len(told(samples.disturbed_area(), lost)) == 2


def shifted(samples: SimpleNamespace, east: int) -> tuple[str, ...]:
    """Return cells as those of Dallas, so many widths of a cell farther east."""
    step = 45.0 / 111.2 / 0.84
    return tuple(cell_text(cell_at(DALLAS[0], DALLAS[1] + (east + k) * step, 4)) for k in range(3))


@pytest.mark.parametrize(
    ("east", "day", "number"), [(1, 0.0, 1), (8, 0.0, 2), (0, 1.5, 1), (0, 3.0, 2), (0, 33.0, 2)]
)
def test_flights_far_in_space_or_time_from_a_map_are_another_event(
    samples: SimpleNamespace, east: int, day: float, number: int
) -> None:
    when = {"start_utc": samples.at(day), "end_utc": samples.at(day + 0.2)}
    flights = samples.disturbed_area("flights", shifted(samples, east), flights=True, **when)
    assert len(told(samples.disturbed_area(), flights)) == number


def test_what_maps_tell_apart_stays_apart(samples: SimpleNamespace, mast: Any) -> None:
    new = samples.disturbed_area()
    usual = samples.disturbed_area("usual", shifted(samples, 2), persistence=Persistence.PERMANENT)
    assert len(told(new, usual)) == 2
    flights = samples.disturbed_area("flights", samples.DALLAS, flights=True)
    assert together(new, usual, flights, mast) == {
        frozenset({"maps", "flights", "mast"}), frozenset({"usual"}),
    }  # fmt: skip
    # Of two as near, the one that is as usual.
    beside = samples.disturbed_area("beside", persistence=Persistence.PERMANENT)
    known = replace(flights, persistence=Persistence.PERMANENT)
    assert joined_places([new, beside, known]) == {"flights": beside.area_key}


@settings(max_examples=30, deadline=None)
@given(st.floats(-4.0, 4.0), st.floats(-5.0, 5.0))
def test_near_is_near_whatever_the_place_and_the_day(
    samples: SimpleNamespace, north: float, days: float
) -> None:
    maps = samples.disturbed_area(cells=(cell_text(cell_at(*DALLAS, 4)),))
    when = {"start_utc": samples.at(0.5 + days), "end_utc": samples.at(0.6 + days)}
    one = receiver(samples, latitude=maps.latitude_deg + north, **when)
    one = replace(one, longitude_deg=maps.longitude_deg)
    near = abs(north) * 111.195 <= NEAR_KM and -1.6 <= days <= 1.5
    assert len(told(maps, one)) == (1 if near else 2)


def items_of(findings: Sequence[Any]) -> Any:
    (incident,) = told(*findings)
    return evidence_of(incident, findings, {}, (), MODEL)


def test_maps_and_flights_count_once_and_it_is_said(samples: SimpleNamespace, mast: Any) -> None:
    findings = (samples.disturbed_area(), samples.disturbed_area("flights", flights=True), mast)
    integrity, heard = items_of(findings)
    assert (integrity.kind, integrity.chain) == ("integrity_low_new", Chain.NAVIGATION)
    assert integrity.finding_ids == ("maps", "flights")
    assert heard.chain is Chain.RECEPTION
    for language in Language:
        sentence = say(language, "evidence.value.same_aircraft")
        assert sentence in numbers_text(integrity.values, language)
    assert SAME_AIRCRAFT not in items_of(findings[:1])[0].values
    # Flights beside maps of the same event move no explanation.
    alone, both = (likelihoods(of) for of in (findings[:1], findings[:2]))
    assert alone == both
    assert likelihoods(findings) != both


def likelihoods(findings: Sequence[Any]) -> list[Any]:
    (incident,) = told(*findings)
    found = assess(
        incident, findings, as_of_utc=findings[0].end_utc, assets=(), causes={}, checks=(),
        marking=OPEN, model=MODEL,
    )  # fmt: skip
    return [(e.hypothesis, e.likelihood) for e in found.explanations]


def test_maps_tell_whether_it_is_new_and_displaced_positions_are_told_beside(
    samples: SimpleNamespace,
) -> None:
    usual = samples.disturbed_area("flights", flights=True, persistence=Persistence.RECURRENT)
    assert [i.kind for i in items_of([usual, samples.disturbed_area()])] == ["integrity_low_new"]
    short = samples.disturbed_area(persistence=Persistence.UNKNOWN)
    assert [i.kind for i in items_of([usual, short])] == ["integrity_low_usual"]
    displaced = replace(usual, disturbance=Disturbance.POSITION_DISPLACED)
    kinds = [i.kind for i in items_of([displaced, samples.disturbed_area()])]
    assert kinds == ["integrity_low_new", "positions_displaced"]


def board(previous: Any, day: float, *findings: Any) -> Lived:
    as_of = findings[0].start_utc + timedelta(days=day)
    of = incidents_of(findings, asset_ids=frozenset(), as_of_utc=as_of)
    return lived(previous, of, findings, as_of_utc=as_of, watched=frozenset())


def test_an_incident_keeps_its_id_when_maps_of_the_same_event_come_later(
    samples: SimpleNamespace, mast: Any
) -> None:
    flights = samples.disturbed_area("flights", flights=True)
    first = board({}, 0.6, flights)
    (opened,) = first.incidents
    both = board(first.lives, 1.2, flights, mast)
    assert [one.incident_id for one in both.incidents] == [opened.incident_id]
    newer = replace(flights, finding_id="flights with more data")
    late = board(both.lives, 2.0, newer, samples.disturbed_area(), mast)
    assert [one.incident_id for one in late.incidents] == [opened.incident_id]
    assert [change.kind for change in late.changes] == [ChangeKind.UPDATED]


def test_two_known_incidents_that_turn_out_to_be_one_event_are_merged(
    samples: SimpleNamespace, mast: Any
) -> None:
    far = replace(mast, latitude_deg=DALLAS[0] + 2.0)
    apart = board({}, 0.6, samples.disturbed_area(), far)
    assert len(apart.incidents) == 2
    one = board(apart.lives, 0.7, samples.disturbed_area(), mast)
    assert len(one.incidents) == 1
    assert {change.kind for change in one.changes} >= {ChangeKind.MERGED, ChangeKind.TOOK_IN}
