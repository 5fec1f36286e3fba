"""Least times to come alongside: known numbers, what must never be undercut, and what comes out."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.reach import ReachLimit, ReachTimes, _least, reach_times
from hoshimori.numerics.reach_transfer import two_impulse_days
from hoshimori.numerics.sgp4 import initialise

T0 = np.datetime64("2026-03-01T00:00:00", "us")


def mean(rows: list[dict[str, float]]) -> MeanElements:
    """Elements at T0; angles in degrees."""
    blank = {"rev_day": 1.00273, "ecc": 1e-4, "inc": 0.05, "node": 0.0, "peri": 0.0, "anomaly": 0.0}
    table = {key: np.array([(blank | row)[key] for row in rows]) for key in blank}
    return MeanElements(
        np.full(len(rows), T0),
        table["rev_day"] * 2 * np.pi / 1440,
        table["ecc"],
        np.radians(table["inc"]),
        np.radians(table["node"]) % (2 * np.pi),
        np.radians(table["peri"]) % (2 * np.pi),
        np.radians(table["anomaly"]) % (2 * np.pi),
        np.zeros(len(rows)),
    )


def days_to(there: dict[str, float], here: dict[str, float], **asked: Any) -> tuple[float, int]:
    bounds = {"within_km": 0.001, "horizon_days": 300.0, "delta_v_m_s": 50.0} | asked
    found = reach_times(mean([there, here]), np.array([0]), T0, **bounds)
    return float(found.days[0, 1]), int(found.limit[0, 1])


@pytest.mark.parametrize(("longitude", "delta_v"), [(30.0, 20.0), (-60.0, 50.0), (170.0, 10.0)])
def test_in_geo_a_degree_a_day_costs_2_84_m_s_at_either_end(
    longitude: float, delta_v: float
) -> None:
    """Methods 4.2 of the project's brief: 2.84 m/s change the drift by 1 deg/day."""
    found, limit = days_to({"anomaly": longitude}, {}, delta_v_m_s=delta_v)
    assert found == pytest.approx(abs(longitude) / (0.5 * delta_v / 2.84), rel=0.005)
    assert limit == ReachLimit.PHASE


def test_inclination_in_geo_leaves_less_for_the_way_and_too_much_leaves_none() -> None:
    """A degree of inclination costs 53.7 m/s (3.0747 km/s times a degree)."""
    alone, _ = days_to({"anomaly": 30.0}, {}, delta_v_m_s=60.0)
    tilted, _ = days_to({"anomaly": 30.0}, {"inc": 1.05}, delta_v_m_s=60.0)
    assert tilted == pytest.approx(alone / np.sqrt(1 - (53.66 / 60) ** 2), rel=0.02)
    assert days_to({"anomaly": 30.0}, {"inc": 1.05}) == (np.inf, ReachLimit.VELOCITY)


LEO = {"rev_day": 15.2, "ecc": 1e-3, "inc": 97.4, "node": 10.0, "peri": 90.0}


def test_planes_that_drift_together_are_waited_for() -> None:
    """At 500 km 10 km of height turn the plane by 0.0050 deg/d: 100 km lower close 1 deg in 20 d.

    Both stay below 12 km/s times the angle, so nothing but the wait allows it.
    """
    lower = LEO | {"rev_day": 15.2 + 15.2 * 1.5 * 100 / 6885, "node": 9.0}
    found, limit = days_to(LEO, lower, delta_v_m_s=75.0)
    assert limit == ReachLimit.PLANE
    assert 8.0 < found < 20.0
    assert days_to(LEO, lower | {"node": -170.0}, delta_v_m_s=75.0)[1] == ReachLimit.HORIZON


def test_what_is_alongside_needs_no_time_and_what_is_far_too_much() -> None:
    assert days_to(LEO, LEO, within_km=10.0) == (0.0, ReachLimit.NEAR)
    assert days_to(LEO, LEO | {"rev_day": 12.0}) == (np.inf, ReachLimit.VELOCITY)
    assert days_to(LEO, LEO | {"ecc": 0.1}) == (np.inf, ReachLimit.VELOCITY)
    assert days_to(LEO, LEO | {"rev_day": 0.0})[0] == np.inf
    molniya = {"rev_day": 2.0, "ecc": 0.7, "inc": 63.4}
    assert np.isfinite(days_to(molniya, molniya | {"anomaly": 60.0})[0])


@settings(max_examples=60, deadline=None)
@given(
    inc=st.floats(20.0, 110.0), tilt=st.floats(-0.3, 0.3), node=st.floats(-180.0, 180.0),
    anomaly=st.floats(0.0, 360.0), rev_day=st.floats(14.0, 15.4), more=st.floats(-0.1, 0.1),
    allowed=st.floats(20.0, 300.0), within=st.floats(1.0, 100.0),
)  # fmt: skip
def test_more_velocity_or_a_wider_range_is_never_later(
    inc: float, tilt: float, node: float, anomaly: float, rev_day: float, more: float,
    allowed: float, within: float,
) -> None:  # fmt: skip
    there = LEO | {"inc": inc, "rev_day": rev_day}
    here = {"inc": inc + tilt, "rev_day": rev_day + more, "node": node, "anomaly": anomaly}
    here = LEO | here
    found, _ = days_to(there, here, delta_v_m_s=allowed, within_km=within)
    richer, _ = days_to(there, here, delta_v_m_s=1.3 * allowed, within_km=within)
    wider, _ = days_to(there, here, delta_v_m_s=allowed, within_km=1.5 * within)
    assert richer <= found + 1e-6
    assert wider <= found + 1e-6


@settings(max_examples=40, deadline=None)
@given(
    gap=st.floats(-3.0, 3.0), along=st.floats(-0.5, 0.5), across=st.floats(-0.5, 0.5),
    k=st.tuples(st.floats(-4.0, 4.0), st.floats(-4.0, 4.0)),
)  # fmt: skip
def test_no_two_impulses_undercut_the_closed_form_and_the_best_ones_meet_it(
    gap: float, along: float, across: float, k: tuple[float, float]
) -> None:
    """Minimise |u| + |w| with u + w + (k . u) e_x = b by a general search."""

    def spent(u: np.ndarray) -> float:
        w = [gap - u[0] - k[0] * u[1] - k[1] * u[2], along - u[1], across - u[2]]
        return float(np.sqrt(u @ u + 1e-18) + np.sqrt(np.dot(w, w) + 1e-18))

    drift, lever = k[0] * along + k[1] * across, float(np.hypot(*k))
    bound = float(np.sqrt(_least(gap, drift, lever, 0.0) ** 2 + along**2 + across**2))
    starts = [np.zeros(3), np.array([gap, along, across]), np.array([0.0, along, across])]
    starts.append(np.array([0.0, *k]) * gap / (1e-3 + lever**2) / 2)
    best = min(minimize(spent, s, method="BFGS", options={"gtol": 1e-9}).fun for s in starts)
    best = min([best, *map(spent, starts)])
    assert best >= bound - 1e-6
    assert best == pytest.approx(bound, abs=2e-3)


def test_two_impulses_are_never_sooner_than_the_bound_and_one_revolution_meets_it() -> None:
    for degrees in (0.2, 1.0, 4.0):
        there = {"anomaly": degrees}
        bound, _ = days_to(there, {}, within_km=0.001)
        pair = initialise(mean([there, {}]))
        transfer = two_impulse_days(pair, T0, 50.0)
        assert bound <= transfer < bound + 1.2
    assert two_impulse_days(initialise(mean([{"anomaly": 170.0}, {}])), T0, 5.0) == np.inf


def test_a_time_and_its_limit_come_out_and_nothing_else() -> None:
    assert [column.name for column in fields(ReachTimes)] == ["days", "limit"]
