"""Conjunction events as rows: numbers for programs, words for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from hoshimori.assessment.conjunction_events import events_of
from hoshimori.dossier.message_rows import EventRow, event_row
from hoshimori.dossier.message_wording import check_words, estimate_words, step_words
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.conjunction_event import (
    AnyCheck,
    EventStep,
    FewObservations,
    FramesDiffer,
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
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.numerics.collision_choice import (
    CollisionEstimate,
    CollisionMethod,
)
from hoshimori.numerics.collision_conclusion import Conclusion, ProbabilityType
from hoshimori.numerics.collision_usage import UsageViolation

Make = Callable[..., ConjunctionMessage]
WORDS = [
    (TcaBeforeCreation(3.0), "made 3.0 h after the encounter"),
    (
        MissMismatch(0.355, 355.0),
        "states 355 km apart, but a miss of 355 m is stated (a thousand times: wrong unit?)",
    ),
    (MissMismatch(0.5, 0.6), "states 600 m apart, but a miss of 500 m is stated"),
    (SpeedMismatch(7.0, 14.0), "states pass at 14.000 km/s, but 7.000 is stated"),
    (
        TcaMismatch(-2.0, 15.0, 0.5),
        "states are 2.0 s from the closest approach (15.0 km apart, then 500 m)",
    ),
    (RelativePositionMismatch(0.1), "the relative position is 100 m from that of the states"),
    (RelativePositionReversed(), "the relative position has the other sign than the states"),
    (FramesDiffer("ITRF", "GCRF"), "states in ITRF and GCRF cannot be compared"),
    (
        OldOrbit(1, 6.0, 8.5, 5.0),
        "object 1: last observed 6.0 days before the message, 8.5 before the encounter",
    ),
    (ShortArc(2, 0.27, 1.45), "object 2: orbit from 0.27 days, recommended 1.45"),
    (FewObservations(1, 36, 197), "object 1: 36 of 197 observations used"),
    (FewObservations(1, 3, None), "object 1: 3 observations used"),
    (RejectedResiduals(1, 76.6, 80.0), "object 1: 77 % of residuals accepted, expected 80 %"),
    (PoorFit(1, 5.2, 5.0), "object 1: weighted RMS 5.2, expected up to 5.0"),
    (ImpossibleCovariance(2, -1.0), "object 2: covariance not positive definite"),
    (IllConditionedCovariance(1, 1e18), "object 1: covariance ill-conditioned (1e+18)"),
    (
        PlaceholderCovariance(1, Placeholder.ZERO),
        "object 1: covariance is a placeholder: it is zero",
    ),
    (HugeCovariance(1, 9e3, 5e3), "object 1: sigma 9,000 km: could be anywhere along its orbit"),
    (TinyCovariance(1, 1e-4, 1e-3), "object 1: sigma 0.100 m: claimed better than any catalogue"),
]


@pytest.mark.parametrize(("check", "words"), WORDS)
def test_every_check_has_words_with_its_numbers(check: AnyCheck, words: str) -> None:
    assert check_words(check) == words


def test_no_check_and_no_step_is_without_words() -> None:
    assert {type(check) for check, _ in WORDS} == set(get_args(AnyCheck))
    assert all(step_words(step) for step in EventStep)


def row(*messages: ConjunctionMessage) -> EventRow:
    (event,) = events_of(messages, as_of_utc=np.datetime64("2026-11-26T00:00:00", "us"))
    return event_row(event)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "computed"),
        ({"sigma_km": 50.0}, "computed"),
        ({"sigma_km": 0.0}, "none"),
        ({"hard_body_radius_km": None}, "none"),
        ({"hard_body_radius_km": None, "collision_probability": 1e-5}, "reported"),
        ({"relative_speed_km_s": 1.0, "collision_probability": 1e-5}, "reported"),
        ({"relative_speed_km_s": 1.0}, "none"),
    ],
)
def test_which_probability_to_go_by(make_cdm: Make, changes: dict[str, object], kind: str) -> None:
    latest = row(make_cdm(**changes)).latest
    assert as_json_value(latest.pc_type) == kind
    assert (latest.pc is None) == (kind == "none")


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"sigma_km": 50.0}, "probability is diluted: better tracking could raise it"),
        (
            {"hard_body_radius_km": None, "collision_probability": 1e-5},
            "probability as reported: not checked here",
        ),
    ],
)
def test_how_a_probability_was_found_is_remarked_upon(
    make_cdm: Make, changes: dict[str, object], remark: str
) -> None:
    latest = row(make_cdm(**changes)).latest
    assert remark in latest.remarks
    assert latest.conclusion is Conclusion.NO_CONCLUSION


def estimate(
    pc_type: ProbabilityType, method: CollisionMethod, *, diluted: bool = False,
    interval: tuple[float, float] | None = None,
) -> CollisionEstimate:  # fmt: skip
    return CollisionEstimate(
        1e-5, pc_type, method, UsageViolation(0), diluted, True, Conclusion.NO_CONCLUSION, interval
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            estimate(ProbabilityType.COMPUTED, CollisionMethod.SINGLE_PASS),
            "computed on curved motion: the encounter plane (4.5e-08) does not hold",
        ),
        (
            estimate(
                ProbabilityType.COMPUTED, CollisionMethod.MONTE_CARLO, diluted=True,
                interval=(1e-6, 1e-4),
            ),
            "drawn orbits: 1.0e-06 to 1.0e-04 at 95 %",
        ),
        (
            estimate(ProbabilityType.MAXIMUM, CollisionMethod.MAXIMUM, diluted=True),
            "covariance is a guess: the most that any covariance gives is shown",
        ),
    ],
)  # fmt: skip
def test_words_for_an_estimate(found: CollisionEstimate, words: str) -> None:
    mended = "a covariance was not positive definite and was mended"
    assert estimate_words(found, 4.5e-8) == (words, mended)


def test_who_can_move_is_told_where_there_is_something_to_decide(make_cdm: Make) -> None:
    message = make_cdm(miss_km=0.1)
    able = replace(message.object1, manoeuvrable=True)
    told = row(replace(message, object1=able)).next
    assert told == (
        "bring the operators together now and decide; can manoeuvre: object 1 yes, object 2 unknown"
    )
    assert row(make_cdm(miss_km=20.0)).next == "nothing to do now"


def test_a_row_is_json_with_checks_and_their_numbers(make_cdm: Make) -> None:
    found = as_json_value(row(make_cdm(created="2026-11-24T00:00:00"), make_cdm(miss_km=0.1)))
    assert found["messages"] == len(found["history"]) == 2
    assert found["object_1"]["designator"] == "25544"
    assert found["tca_utc"].endswith("Z")
    assert found["latest"]["conclusion"] == "above_threshold"
    told = as_json_value(row(make_cdm(relative_speed_km_s=1.0)))
    (check,) = told["latest"]["checks"]
    assert check["kind"] == "speed_mismatch"
    assert check["numbers"]["stated_km_s"] == 1.0
    assert check["text"] in told["latest"]["remarks"]
