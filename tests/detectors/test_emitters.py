"""Emitters as findings: areas with what limits them, from the signals of a picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from tests.made_signals import LEO, START, TWO_LEO, Made

from hoshimori.detectors.emitters import EmitterDetector
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.findings import Confidence, EmitterInterference
from hoshimori.model.geolocation import (
    ArrivalDifference,
    ArrivalKind,
    DisturbedLink,
    GeolocationCase,
    GeometryWarning,
    SoughtEmitter,
    StateSource,
)
from hoshimori.model.picture import Picture
from hoshimori.model.signals import HeardSignal, ObserverStates
from hoshimori.numerics.emitter_fit import SatelliteErrors
from hoshimori.numerics.outlines import holds

DETECTOR = EmitterDetector(starts=40)
ERRORS = SatelliteErrors(
    np.full((2, 3), 0.05), np.full((2, 3), 1e-5), np.full(2, 5e-8), np.full(2, 0.2)
)
FEW = Made((34.0, 20.0), LEO[:2])
"""One moment: two places fit."""


def heard(made: Made = TWO_LEO) -> HeardSignal:
    """Return a made signal as a picture holds it."""
    arrivals = made.situation().arrivals
    rows = zip(
        arrivals.time_s.tolist(), arrivals.is_frequency.tolist(), arrivals.value.tolist(),
        strict=True,
    )  # fmt: skip
    measured = tuple(
        ArrivalDifference(
            time_utc=START + timedelta(seconds=t_s),
            kind=ArrivalKind.FDOA if is_frequency else ArrivalKind.TDOA,
            first="A",
            second="B",
            value=value,
        )
        for t_s, is_frequency, value in rows
    )
    case = GeolocationCase(
        title="made",
        emitter=SoughtEmitter(carrier_hz=made.carrier_hz),
        disturbed=DisturbedLink(norad_id=101, band="L"),
        tdoa_sigma_s=1e-7,
        fdoa_sigma_hz=1.0,
        measurements=measured,
    )
    sources = tuple(StateSource(name, "ephemeris", None, 0.05) for name in "AB")
    states = ObserverStates(
        arrivals.satellite, arrivals.position_km, arrivals.velocity_km_s, ERRORS, sources
    )
    return HeardSignal(case, states, ())


def seen(*signals: HeardSignal, days: float = 0.1) -> tuple[EmitterInterference, ...]:
    none = NO_ELEMENT_SETS
    picture = Picture(START + timedelta(days=days), none, none, (), 1.0, signals=signals)
    return DETECTOR.detect(picture)


def test_an_area_holds_the_emitter_and_says_what_it_rests_on() -> None:
    (found,) = seen(heard())
    (area,) = found.areas
    assert holds(area.ring_deg, TWO_LEO.place_deg)
    assert area.ellipse is not None
    assert 1.9 * area.ellipse.semi_major_km < area.length_km < 2.1 * area.ellipse.semi_major_km
    assert (found.objects, found.tdoa, found.fdoa, found.of_references) == ((101,), 3, 3, 0)
    assert (found.signal, found.band, found.carrier_hz) == ("made", "L", TWO_LEO.carrier_hz)
    assert found.confidence is Confidence.MODERATE  # no reference emitter
    assert found.base_rate.compared == 0
    assert seen(heard()) == (found,)


def test_every_place_that_fits_is_in_one_finding() -> None:
    (found,) = seen(heard(FEW))
    assert len(found.areas) == 2
    assert sum(holds(area.ring_deg, FEW.place_deg) for area in found.areas) == 1
    assert all(GeometryWarning.AMBIGUOUS in area.warnings for area in found.areas)
    assert found.confidence is Confidence.LOW  # nothing to spare


def test_a_bent_area_has_no_ellipse() -> None:
    wide = SatelliteErrors(
        np.full((2, 3), 30.0), np.full((2, 3), 0.05), np.full(2, 3e-4), np.full(2, 300.0)
    )
    signal = heard(FEW)
    (found,) = seen(replace(signal, states=replace(signal.states, errors=wide)))
    bent = [area for area in found.areas if GeometryWarning.BENT in area.warnings]
    assert bent
    for area in bent:
        assert area.ellipse is None
        assert area.length_km > 0.0
        assert len(area.ring_deg) > 3


def test_measurements_that_contradict_one_another_carry_little() -> None:
    signal = heard()
    first, *rest = signal.case.measurements
    wrong = (replace(first, value=first.value + 2e-5), *rest)
    (found,) = seen(replace(signal, case=replace(signal.case, measurements=wrong)))
    assert found.confidence is Confidence.LOW
    assert found.confidence_because == GeometryWarning.INCONSISTENT.value


def test_what_cannot_be_right_is_refused_and_counted() -> None:
    signal = heard()
    first, *rest = signal.case.measurements
    wrong = (replace(first, value=1.0), *rest)
    (found,) = seen(replace(signal, case=replace(signal.case, measurements=wrong)))
    assert (found.refused, found.tdoa) == (1, 2)


def test_what_cannot_be_located_and_what_is_long_past_gives_none() -> None:
    signal = heard()
    one = replace(signal.case, measurements=signal.case.measurements[:1])
    lonely = replace(signal, case=one, states=signal.states.take(np.array([0])))
    assert seen(lonely) == ()
    assert seen(heard(), days=40.0) == ()
    assert seen(heard(), days=-1.0) == ()
    assert seen() == ()


def test_a_later_measurement_is_not_seen_before() -> None:
    signal = heard()
    late = datetime(2026, 3, 9, tzinfo=UTC)
    kept = tuple(
        replace(one, received_utc=late if row == 5 else None)
        for row, one in enumerate(signal.case.measurements)
    )
    told = replace(signal, case=replace(signal.case, measurements=kept))
    (before,), (after,) = seen(told), seen(told, days=9.0)
    assert (before.fdoa, after.fdoa) == (2, 3)
    assert before.basis != after.basis
