"""Which probability is stated of a message: computed where a method holds, else as reported."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hoshimori.assessment.message_checks import checks_of
from hoshimori.assessment.message_measures import measures_of
from hoshimori.assessment.message_probability import estimates_of
from hoshimori.formats.cdm import read_cdm
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.numerics.collision_choice import (
    CollisionEstimate,
    CollisionMethod,
    Drawing,
)
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.collision_usage import UsageViolation

Make = Callable[..., ConjunctionMessage]
THRESHOLD = 1e-4


def estimates(
    messages: list[ConjunctionMessage], drawing: Drawing | None = None
) -> tuple[CollisionEstimate, ...]:
    measures = measures_of(messages)
    checks = [checks_of(*one) for one in zip(messages, measures, strict=True)]
    return estimates_of(messages, measures, checks, threshold=THRESHOLD, drawing=drawing)


def one(message: ConjunctionMessage) -> CollisionEstimate:
    (found,) = estimates([message])
    return found


def beside(message: ConjunctionMessage, speed_km_s: float) -> ConjunctionMessage:
    """Give object 2 the velocity of object 1 but for `speed_km_s` across."""
    two = message.object2
    assert two.state is not None
    state = replace(two.state, velocity_km_s=(0.0, 7.5, speed_km_s))
    return replace(message, object2=replace(two, state=state), relative_speed_km_s=None)


@pytest.mark.parametrize(
    ("changes", "conclusion"),
    [
        ({"miss_km": 0.1}, Conclusion.ABOVE_THRESHOLD),
        ({"miss_km": 1.0}, Conclusion.BELOW_THRESHOLD),
        ({"miss_km": 1.0, "sigma_km": 50.0}, Conclusion.NO_CONCLUSION),
    ],
)
def test_a_fast_crossing_is_computed_in_the_plane(
    make_cdm: Make, changes: dict[str, float], conclusion: Conclusion
) -> None:
    message = make_cdm(**changes, collision_probability=1e-9)
    found, (measured,) = one(message), measures_of([message])
    assert measured is not None
    assert (found.pc_type, found.method) == (ProbabilityType.COMPUTED, CollisionMethod.PLANE)
    assert found.pc == measured.plane_probability
    assert found.conclusion is conclusion


@pytest.mark.parametrize(
    "changes", [{"hard_body_radius_km": None}, {"relative_speed_km_s": 1.0}], ids=str
)
def test_what_is_reported_stands_where_nothing_is_computed(
    make_cdm: Make, changes: dict[str, float | None]
) -> None:
    assert one(make_cdm(**changes)).pc_type is ProbabilityType.NONE
    warned, small = (one(make_cdm(**changes, collision_probability=p)) for p in (2e-4, 1e-9))
    assert warned.pc_type is small.pc_type is ProbabilityType.REPORTED
    assert (warned.conclusion, small.conclusion) == (
        Conclusion.ABOVE_THRESHOLD,
        Conclusion.NO_CONCLUSION,
    )
    assert small.pc == 1e-9


def test_without_states_only_the_report_is_left(make_cdm: Make) -> None:
    message = make_cdm(collision_probability=1e-5)
    summary = replace(message, object1=replace(message.object1, state=None))
    assert one(summary).pc_type is ProbabilityType.REPORTED


@pytest.mark.parametrize(
    ("radius_km", "conclusion"),
    [(0.01, Conclusion.NO_CONCLUSION), (0.001, Conclusion.BELOW_THRESHOLD)],
)
def test_a_guessed_covariance_gives_the_maximum(
    make_cdm: Make, radius_km: float, conclusion: Conclusion
) -> None:
    message = make_cdm(miss_km=10.0, sigma_km=2.0, hard_body_radius_km=radius_km)
    guessed = replace(message, object1=replace(message.object1, covariance_method="DEFAULT"))
    found, (measured,) = one(guessed), measures_of([guessed])
    assert measured is not None
    assert found.pc_type is ProbabilityType.MAXIMUM
    assert found.pc == measured.maximum_probability
    assert found.conclusion is conclusion
    near = make_cdm(miss_km=0.1)
    warned = replace(near, object1=replace(near.object1, covariance_method="DEFAULT"))
    assert one(warned).pc_type is ProbabilityType.COMPUTED
    assert one(warned).conclusion is Conclusion.ABOVE_THRESHOLD


def test_a_guess_on_curved_motion_is_no_conclusion(shared_data: Path) -> None:
    archive = (shared_data / "cdm" / "cara_pc_method_cdms.zip").read_bytes()
    messages = read_cdm(archive, source="zip")
    sure = estimates(messages)
    row = next(
        k for k, found in enumerate(sure)
        if found.method is CollisionMethod.SINGLE_PASS
        and found.conclusion is Conclusion.BELOW_THRESHOLD
    )  # fmt: skip
    message = messages[row]
    guessed = one(replace(message, object2=replace(message.object2, covariance_method="DEFAULT")))
    assert guessed == replace(sure[row], conclusion=Conclusion.NO_CONCLUSION)


def test_a_covariance_of_zero_is_a_violation_and_excludes_nothing(make_cdm: Make) -> None:
    found = one(make_cdm(miss_km=1.0, sigma_km=0.0))
    assert found.violations & UsageViolation.NOT_POSITIVE_DEFINITE
    assert found.repaired
    assert found.conclusion is Conclusion.NO_CONCLUSION


def test_what_is_drawn_depends_on_the_seed_and_not_on_the_order(make_cdm: Make) -> None:
    """Side by side, at a centimetre a second: one approach runs into the next."""
    first = beside(make_cdm(miss_km=0.02, sigma_km=0.01), 1e-5)
    second = replace(first, created_utc=np.datetime64("2026-11-25T06:00:00", "us"))
    assert one(first).pc_type is ProbabilityType.NONE
    drawn = [
        estimates(list(order), Drawing(200, np.random.default_rng(3)))
        for order in ((first, second), (second, first))
    ]
    assert drawn[0] == drawn[1][::-1]
    found = drawn[0][0]
    assert (found.pc_type, found.method) == (ProbabilityType.COMPUTED, CollisionMethod.MONTE_CARLO)
    assert found.interval is not None
    assert found.interval[0] <= (found.pc or 0.0) <= found.interval[1]
    assert found.conclusion is not Conclusion.BELOW_THRESHOLD


def test_progress_is_told_to_the_last_message(make_cdm: Make) -> None:
    messages = [make_cdm(miss_km=1.0 + 0.01 * k) for k in range(70)]
    messages.append(make_cdm(hard_body_radius_km=None))
    measures = measures_of(messages)
    told: list[tuple[int, int]] = []
    found = estimates_of(
        messages, measures, [()] * 71, threshold=THRESHOLD,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(32, 70), (64, 70), (70, 70)]
    assert found == tuple(one(message) for message in messages)
    pcs = [estimate.pc for estimate in found[:70]]
    assert pcs == sorted(pcs, reverse=True)


def test_real_messages_take_the_method_whose_limits_hold(shared_data: Path) -> None:
    """Methods and values of CARA's own software for its 53 messages; see the data's README."""
    with (shared_data / "cdm" / "cara_pc_reference.csv").open() as table:
        reference = {row["Conjunction_ID"]: row for row in csv.DictReader(table)}
    archive = (shared_data / "cdm" / "cara_pc_method_cdms.zip").read_bytes()
    messages = read_cdm(archive, source="zip")
    column = {
        CollisionMethod.PLANE: ("Pc2D", 2e-6),
        CollisionMethod.SINGLE_PASS: ("Nc2D", 1e-4),
        # The published column is summed by uneven trapezoids, which are 8e-4 too high.
        CollisionMethod.WHOLE_PASS: ("Nc3D", 1e-3),
    }
    found = estimates(messages)
    for message, estimate in zip(messages, found, strict=True):
        name, relative = column[estimate.method]
        expected = float(reference[message.message_id][name])
        assert estimate.pc == pytest.approx(expected, rel=relative)
    methods = [estimate.method for estimate in found]
    assert [methods.count(method) for method in column] == [24, 26, 3]
