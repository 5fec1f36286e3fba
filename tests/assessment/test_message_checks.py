"""Checks of conjunction messages: each is found, with its numbers, and a sound message has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.assessment.message_checks import checks_of
from hoshimori.assessment.message_measures import measures_of
from hoshimori.formats.cdm import read_cdm
from hoshimori.formats.packing import unpacked
from hoshimori.model.conjunction_event import (
    AnyCheck,
    FewObservations,
    HugeCovariance,
    IllConditionedCovariance,
    ImpossibleCovariance,
    MissMismatch,
    OldOrbit,
    Placeholder,
    PlaceholderCovariance,
    PoorFit,
    RejectedResiduals,
    RelativePositionMismatch,
    RelativePositionReversed,
    ShortArc,
    SpeedMismatch,
    TcaBeforeCreation,
    TcaMismatch,
    TinyCovariance,
)
from hoshimori.model.conjunction_message import ConjunctionMessage, OrbitDetermination

Make = Callable[..., ConjunctionMessage]


def checks(message: ConjunctionMessage) -> tuple[AnyCheck, ...]:
    (measures,) = measures_of([message])
    return checks_of(message, measures)


def with_covariance(message: ConjunctionMessage, covariance: np.ndarray) -> ConjunctionMessage:
    one = message.object1
    assert one.state is not None
    matrix = tuple(map(tuple, covariance.tolist()))
    state = replace(one.state, covariance_rtn_km2=matrix)
    return replace(message, object1=replace(one, state=state))


def test_a_sound_message_has_no_remarks(make_cdm: Make) -> None:
    assert checks(make_cdm()) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"created_utc": np.datetime64("2026-11-27T15:00:00", "us")}, TcaBeforeCreation(3.0)),
        ({"relative_position_rtn_km": (-0.5, 0.0, 0.0)}, RelativePositionReversed()),
        ({"relative_position_rtn_km": (0.0, 0.0, 0.5)}, RelativePositionMismatch),
        ({"miss_km": 0.6}, MissMismatch),
        ({"miss_km": 0.5014}, None),  # rounded to metres
        ({"relative_speed_km_s": 0.0106}, SpeedMismatch),
    ],
)
def test_contradictions(make_cdm: Make, change: dict[str, Any], expected: object) -> None:
    found = checks(replace(make_cdm(miss_km=0.5), **change))
    if expected is None:
        assert found == ()
    elif isinstance(expected, type):
        assert [type(check) for check in found] == [expected]
    else:
        assert found == (expected,)


def test_states_that_are_not_at_the_closest_approach(make_cdm: Make) -> None:
    message = make_cdm(miss_km=0.5)
    two = message.object2
    assert two.state is not None
    moved = replace(two, state=replace(two.state, position_km=(7000.5, -7.5, 7.5)))
    kinds = [type(check) for check in checks(replace(message, object2=moved))]
    assert kinds == [MissMismatch, TcaMismatch]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"last_observations_end_utc": np.datetime64("2026-11-24T00:00:00", "us")}, None),
        (
            {"last_observations_end_utc": np.datetime64("2026-11-19T00:00:00", "us")},
            OldOrbit(1, 6.0, 8.5, 5.0),
        ),
        ({"actual_span_days": 0.5, "recommended_span_days": 2.0}, ShortArc(1, 0.5, 2.0)),
        ({"observations_used": 36, "observations_available": 197}, FewObservations(1, 36, 197)),
        ({"observations_used": 5}, FewObservations(1, 5, None)),
        ({"observations_used": 120, "observations_available": 125}, None),
        ({"residuals_accepted_percent": 76.6}, RejectedResiduals(1, 76.6, 80.0)),
        ({"weighted_rms": 1.8}, PoorFit(1, 1.8, 1.5)),
    ],
)
def test_orbit_determination(make_cdm: Make, known: dict[str, Any], expected: object) -> None:
    message = make_cdm()
    one = replace(message.object1, orbit_determination=OrbitDetermination(**known))
    found = checks(replace(message, object1=one))
    assert found == (() if expected is None else (expected,))


def test_debris_may_fit_worse_than_payloads(make_cdm: Make) -> None:
    message = make_cdm()
    known = OrbitDetermination(weighted_rms=1.8)
    for kind, remarks in (("PAYLOAD", 1), ("ROCKET BODY", 0), ("DEBRIS", 0), (None, 0)):
        one = replace(message.object1, orbit_determination=known, object_type=kind)
        assert len(checks(replace(message, object1=one))) == remarks


def test_covariances(make_cdm: Make) -> None:
    message = make_cdm()
    declared = replace(message, object1=replace(message.object1, covariance_method="DEFAULT"))
    assert checks(declared) == (PlaceholderCovariance(1, Placeholder.DECLARED),)
    cases: list[tuple[list[float], list[object]]] = [
        ([0.0] * 6, [PlaceholderCovariance(1, Placeholder.ZERO)]),
        ([0.01] * 3 + [1e-8] * 3, [PlaceholderCovariance(1, Placeholder.DIAGONAL)]),
        ([0.01, -0.01, 0.01] + [1e-8] * 3, [ImpossibleCovariance]),
        ([1e-13, 1.0, 0.01] + [1e-8] * 3, [IllConditionedCovariance]),
        ([0.01, 1e8, 0.01] + [1e-8] * 3, [HugeCovariance]),
        ([1e-8] * 6, [TinyCovariance]),
    ]
    for diagonal, expected in cases:
        covariance = np.diag(diagonal)
        if not isinstance(expected[0], PlaceholderCovariance):
            covariance[0, 4] = covariance[4, 0] = 1e-12
        found = checks(with_covariance(message, covariance))
        assert [c if c in expected else type(c) for c in found] == expected


def test_made_messages_of_kessler_are_found_out(shared_data: Path) -> None:
    """They state kilometres where the standard has metres, and invented covariances."""
    archive = (shared_data / "cdm" / "kessler_synthetic_cdms.zip").read_bytes()
    for name, data in unpacked(archive, source="zip"):
        (message,) = read_cdm(data, source=name)
        found = checks(message)
        kinds = Counter(type(check) for check in found)
        assert kinds[MissMismatch] == kinds[SpeedMismatch] == kinds[TcaMismatch] == 1
        miss = next(check for check in found if isinstance(check, MissMismatch))
        assert miss.from_states_km / miss.stated_km == pytest.approx(1000.0)


def test_real_messages_do_not_contradict_themselves(shared_data: Path) -> None:
    archive = (shared_data / "cdm" / "cara_pc_method_cdms.zip").read_bytes()
    messages = [
        m for name, data in unpacked(archive, source="z") for m in read_cdm(data, source=name)
    ]
    kinds: Counter[type] = Counter()
    for message, measures in zip(messages, measures_of(messages), strict=True):
        kinds.update(type(check) for check in checks_of(message, measures))
    assert set(kinds) <= {ShortArc, FewObservations, PoorFit}
