"""Low thrust in made histories: slopes that nature does not make."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.thrust_arcs import ThrustArcs, find_arcs, within_arcs

NOISE_M_S = 1e-4


def arcs_of(elements: MeanElements) -> ThrustArcs:
    ids = np.ones(len(elements), np.int64)
    noise_m_s = np.full(len(elements), NOISE_M_S)
    return find_arcs(initialise(elements), ids, noise_m_s, longest_gap_days=10.0)


def thrusting(made: SimpleNamespace, sets: range, dv_m_s: float) -> list[object]:
    return [made.Burn(k, in_track_m_s=dv_m_s) for k in sets]


def test_daily_raising_is_one_span_with_its_velocity_change(made: SimpleNamespace) -> None:
    arcs = arcs_of(made.history(60, *thrusting(made, range(20, 40), 0.5)))
    assert (arcs.start.tolist(), arcs.stop.tolist()) == ([19], [39])
    assert arcs.delta_v_m_s[0] == pytest.approx(20 * 0.5, rel=0.01)
    inside = within_arcs(arcs, np.array([19, 20, 39, 40]))
    assert inside.tolist() == [False, True, True, False]


def test_falling_through_the_air_is_no_thrust(made: SimpleNamespace) -> None:
    assert len(arcs_of(made.history(60, *thrusting(made, range(20, 40), -0.5)))) == 0


def test_one_burn_is_no_slope(made: SimpleNamespace) -> None:
    assert len(arcs_of(made.history(60, made.Burn(30, in_track_m_s=5.0)))) == 0


def test_noise_is_no_slope(made: SimpleNamespace) -> None:
    assert len(arcs_of(made.history(400, noise=2e-8))) == 0


def test_sets_printed_twice_do_not_hide_a_slope(made: SimpleNamespace) -> None:
    days = np.sort(np.concatenate((np.arange(60.0), np.arange(60.0) + 0.001)))
    raising = thrusting(made, range(40, 80, 2), 0.5)
    assert len(arcs_of(made.history(120, *raising, days=days))) == 1


def high_orbit(eccentricity: np.ndarray) -> MeanElements:
    sets = len(eccentricity)
    return MeanElements(
        epoch_utc=np.datetime64("2025-01-01", "us") + np.arange(sets) * np.timedelta64(1, "D"),
        mean_motion_kozai_rad_min=np.full(sets, 0.0043752),
        eccentricity=eccentricity,
        inclination_rad=np.full(sets, 0.02),
        raan_rad=np.full(sets, 1.0),
        arg_of_perigee_rad=np.full(sets, 1.0),
        mean_anomaly_rad=np.full(sets, 1.0),
        bstar_per_er=np.zeros(sets),
    )


def test_rounding_a_high_orbit_at_constant_axis_is_thrust() -> None:
    arcs = arcs_of(high_orbit(np.linspace(0.4, 0.1, 60)))
    assert len(arcs) == 1
    # 0.65 of the circular speed (3074 m/s) for each unit of eccentricity; see `find_arcs`.
    assert arcs.delta_v_m_s[0] == pytest.approx(0.65 * 3074.0 * 0.3, rel=0.02)


def test_what_sun_and_moon_do_is_no_thrust() -> None:
    assert len(arcs_of(high_orbit(0.3 + 5e-4 * np.arange(60)))) == 0


def test_nothing_gives_nothing(made: SimpleNamespace) -> None:
    for sets in (0, 1, 6):
        assert len(arcs_of(made.history(sets))) == 0
