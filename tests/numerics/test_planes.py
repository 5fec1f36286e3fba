"""Planes against one another: angles, alignments, pairs and histories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.elements import MeanElements, semi_major_axis_km
from hoshimori.numerics.frames import rtn_basis
from hoshimori.numerics.plane_history import plane_history, turned_rad
from hoshimori.numerics.planes import (
    PlaneMotion,
    alignment,
    carried_to,
    close_planes,
    plane_motion,
)
from hoshimori.numerics.sgp4 import initialise, propagate

T0 = np.datetime64("2026-03-01T00:00:00", "us")
DAY = np.timedelta64(86_400_000_000, "us")


def mean(n: int = 1, **columns: Any) -> MeanElements:
    """Elements of circular orbits at 500 km and 97.4 degrees, angles given in degrees."""
    given = {
        "rev_day": 15.2, "ecc": 1e-3, "inc": 97.4, "node": 10.0, "peri": 90.0, "anomaly": 0.0,
    } | columns  # fmt: skip
    values = {k: np.broadcast_to(np.asarray(v, float), n).copy() for k, v in given.items()}
    return MeanElements(
        epoch_utc=np.broadcast_to(np.asarray(columns.get("epoch", T0)), n).copy(),
        mean_motion_kozai_rad_min=values["rev_day"] * 2 * np.pi / 1440,
        eccentricity=values["ecc"],
        inclination_rad=np.radians(values["inc"]),
        raan_rad=np.radians(values["node"]) % (2 * np.pi),
        arg_of_perigee_rad=np.radians(values["peri"]),
        mean_anomaly_rad=np.radians(values["anomaly"]) % (2 * np.pi),
        bstar_per_er=np.zeros(n),
    )


def motion(inc: float, other: float, gap: float, rate: float) -> PlaneMotion:
    return PlaneMotion(*(np.radians([value]) for value in (inc, other, gap, rate)))


def test_ten_km_higher_turn_the_plane_by_half_a_hundredth_of_a_degree_a_day() -> None:
    """Methods 4.4 of the project's brief: at 500 km and 97.4 degrees +10 km give -0.0050 deg/d."""
    low = mean()
    higher = mean(rev_day=15.2 * (1 - 1.5 * 10.0 / semi_major_axis_km(low)[0]))
    rate = np.degrees(plane_motion(higher, low).node_rate_rad_day)
    assert rate[0] == pytest.approx(-0.0050, abs=1e-4)


@pytest.mark.parametrize(
    ("gap", "rate", "days", "least"),
    [
        (10.0, -1.0, 10.0, 0.0),  # they close and meet
        (10.0, -0.1, 30.0, 7.0),  # they still close at the horizon
        (10.0, 0.1, 0.0, 10.0),  # they part
        (175.0, 9.25, 20.0, 0.0),  # they part, and meet after a turn
        (-3.0, 1.5, 2.0, 0.0),
    ],
)
def test_planes_align_when_their_nodes_meet(
    gap: float, rate: float, days: float, least: float
) -> None:
    found = alignment(motion(90.0, 90.0, gap, rate), 30.0)
    assert found.after_days[0] == pytest.approx(days, abs=1e-9)
    assert np.degrees(found.angle_rad[0]) == pytest.approx(least, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    inc=st.floats(1.0, 179.0), other=st.floats(1.0, 179.0),
    gap=st.floats(-180.0, 179.9), rate=st.floats(-12.0, 12.0),
)  # fmt: skip
def test_no_moment_before_the_horizon_has_a_smaller_angle(
    inc: float, other: float, gap: float, rate: float
) -> None:
    planes = motion(inc, other, gap, rate)
    found = alignment(planes, 25.0)
    days = np.linspace(0.0, 25.0, 400)
    assert found.angle_rad[0] <= planes.angle_rad(days).min() + 1e-9
    assert 0.0 <= found.after_days[0] <= 25.0
    assert planes.angle_rad(found.after_days)[0] == found.angle_rad[0]


def test_carried_elements_are_where_sgp4_has_them() -> None:
    orbits = mean(3, inc=[97.4, 63.4, 28.5], rev_day=[15.2, 13.5, 14.8], node=[10.0, 200.0, 355.0])
    later = carried_to(orbits, T0 + 5 * DAY)
    state = propagate(initialise(orbits), T0, np.array([5 * 86400.0]))
    across = rtn_basis(state.position_teme_km[:, 0], state.velocity_teme_km_s[:, 0])[:, 2]
    i, node = later.inclination_rad, later.raan_rad
    foreseen = np.stack([np.sin(i) * np.sin(node), -np.sin(i) * np.cos(node), np.cos(i)], axis=1)
    apart = np.degrees(np.arccos(np.clip(np.sum(across * foreseen, axis=1), -1, 1)))
    assert apart.max() < 0.1  # the osculating plane itself swings by hundredths of a degree


def test_close_planes_are_those_that_all_pairs_show() -> None:
    draw = np.random.Generator(np.random.PCG64(3))
    orbits = mean(
        120, inc=97.4 + 0.3 * draw.normal(size=120), node=3 * draw.normal(size=120),
        rev_day=15.2 + 0.1 * draw.normal(size=120),
    )  # fmt: skip
    pairs = close_planes(orbits, axis_km=20.0, widest_rad=np.radians(0.6), days=30.0)
    axis, wanted = semi_major_axis_km(orbits), set()
    for first in range(120):
        for second in range(first + 1, 120):
            both = plane_motion(orbits.take(np.array([second])), orbits.take(np.array([first])))
            angle = both.angle_rad()[0]
            if abs(axis[first] - axis[second]) <= 20.0 and angle <= np.radians(0.6):
                wanted.add((first, second))
    assert len(wanted) > 20
    assert (pairs.widest_rad >= pairs.angle_rad).all()
    assert set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == wanted


def history(node_rate: float, days: int = 60) -> MeanElements:
    """An object whose node is steered to turn at a rate in degrees a day."""
    t = np.arange(0, days + 1, 5)
    return mean(len(t), epoch=T0 + t * DAY, node=10.0 + node_rate * t, inc=97.6)


def test_a_history_tells_held_planes_from_what_free_drift_would_do() -> None:
    asset = mean(13, epoch=T0 + np.arange(0, 61, 5) * DAY, node=10.0 + 0.98 * np.arange(0, 61, 5))
    held = plane_history(asset, history(0.98))
    free_rate = np.degrees(plane_motion(mean(inc=97.6), mean()).node_rate_rad_day)[0]
    assert held.span_days == 60.0
    assert np.degrees(held.angle_rad).max() < 0.25
    # The asset's own node also drifts by J2 in what free drift foretells.
    assert np.degrees(held.free_rad[-1]) == pytest.approx(np.hypot(0.2, 60 * free_rate), abs=0.05)
    assert plane_history(asset.take(np.array([], int)), asset).span_days == 0.0


def test_who_turned_a_plane_shows() -> None:
    free_rate = np.degrees(plane_motion(mean(inc=97.6), mean(inc=90.0)).node_rate_rad_day)[0]
    assert np.degrees(turned_rad(history(free_rate))) < 0.01
    assert np.degrees(turned_rad(history(free_rate + 0.02))) == pytest.approx(1.2, abs=0.05)
    assert turned_rad(mean()) == 0.0
