"""Approaches are what was asked, and SGP4 itself gets there."""

import numpy as np
import pytest

from hoshimori.exercise.approaching import Asked, approach_plan, relative_rtn_km
from hoshimori.exercise.low_scenes import circling
from hoshimori.exercise.mean_orbits import MeanOrbits, geosynchronous_axis_km
from hoshimori.exercise.refit import shifted, states_at
from hoshimori.exercise.smoothing import along
from hoshimori.model.injects import ApproachKind
from hoshimori.numerics.elements import MeanElements

START = np.datetime64("2026-11-23T00:00:00", "us")
HOUR = np.timedelta64(1, "h")


def in_the_belt() -> MeanElements:
    zero = np.zeros(1)
    tilt = np.radians([0.05])
    axis_km = geosynchronous_axis_km(zero, zero + 2e-4, tilt)
    orbit = MeanOrbits(axis_km, zero + 2e-4, tilt, zero + 1.0, zero + 0.5, zero + 2.0)
    return orbit.elements(np.array([START]), zero)


SKIES = {
    "low": (circling(START, altitude_km=600.0, phase_deg=30.0), 36.0, -0.3),
    "belt": (in_the_belt(), 96.0, -0.02),
}


def near(target: MeanElements, ahead_rad: float) -> MeanElements:
    return shifted(target, np.array([[-5.0, 1e-4, -2e-4, 3e-4, 5e-4, ahead_rad]]).T)


@pytest.mark.parametrize("how", ApproachKind)
@pytest.mark.parametrize("sky", SKIES)
def test_two_burns_lead_to_what_was_asked(sky: str, how: ApproachKind) -> None:
    target, takes_h, ahead_rad = SKIES[sky]
    own = near(target, ahead_rad)
    asked = Asked(how, 20.0, None, -1.0, 0.7)
    plan = approach_plan(own, target, leaves_utc=START + HOUR, takes_h=takes_h, asked=asked)
    assert START + HOUR <= plan.leaves_utc < plan.arrives_utc
    assert plan.arrives_utc <= START + HOUR + np.timedelta64(round(takes_h * 3600), "s")
    leaves, arrives = np.array([plan.leaves_utc]), np.array([plan.arrives_utc])
    before, _ = states_at(along(own, leaves), leaves)
    after, _ = states_at(plan.transfer, leaves)
    came, _ = states_at(plan.transfer, arrives)
    there, _ = states_at(plan.final, arrives)
    # In the belt SGP4 has no smooth inverse: kilometres, as far off as its element sets are.
    assert np.linalg.norm(before - after) < (2.0 if sky == "belt" else 1e-3)
    assert np.linalg.norm(came - there) < 0.05
    assert plan.range_km == pytest.approx(20.0, rel=0.02)


def test_who_goes_round_never_comes_nearer_than_asked_for_days() -> None:
    target, takes_h, ahead_rad = SKIES["low"]
    plan = approach_plan(
        near(target, ahead_rad), target, leaves_utc=START, takes_h=takes_h,
        asked=Asked(ApproachKind.INSPECT, 5.0, None, 1.0, 2.0),
    )  # fmt: skip
    at_utc = plan.arrives_utc + np.arange(0, 5 * 24 * 60, 7).astype("timedelta64[m]")
    apart = relative_rtn_km(plan.target, plan.final, at_utc)
    ranges = np.linalg.norm(apart, axis=1)
    assert 4.5 < ranges.min() < 5.3
    assert ranges.max() < 15.0
    assert abs(apart[:, 1].mean()) < 1.0


@pytest.mark.parametrize("sunlit", [True, False])
def test_the_sun_lights_the_target_as_asked(sunlit: bool) -> None:
    target, takes_h, ahead_rad = SKIES["low"]
    plan = approach_plan(
        near(target, ahead_rad), target, leaves_utc=START, takes_h=takes_h,
        asked=Asked(ApproachKind.SHADOW, 30.0, sunlit, 1.0, 0.0),
    )  # fmt: skip
    assert plan.is_lit is sunlit


def test_an_approach_without_time_is_refused() -> None:
    target, _, ahead_rad = SKIES["low"]
    with pytest.raises(ValueError, match="a revolution and a half"):
        approach_plan(
            near(target, ahead_rad), target, leaves_utc=START, takes_h=1.0,
            asked=Asked(ApproachKind.SHADOW, 30.0, None, 1.0, 0.0),
        )  # fmt: skip
