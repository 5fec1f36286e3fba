"""Who is around an object: company, the beam, the line from the ground, against plain geometry."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.neighbourhood import Neighbourhood, nearest_of, neighbourhood
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate

T0 = np.datetime64("2025-03-03T00:00:00", "us")
T_S = np.array([0.0, 3600.0, 7200.0])
ASSET, BESIDE, TWIN, BELOW, BEHIND, BROKEN = range(6)


def satellites() -> Satellites:
    """In the belt: an asset, one 0.1 degrees beside it and its twin; low: below and behind."""
    motion = np.array([1.0027, 1.0027, 1.0027, 15.0, 15.0, 15.0])
    anomaly = np.radians([100.0, 100.1, 100.0, 101.0, 280.0, 0.0])
    elements = MeanElements(
        epoch_utc=np.full(6, T0),
        mean_motion_kozai_rad_min=motion * 2.0 * np.pi / 1440.0,
        eccentricity=np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.9]) + 1e-5,
        inclination_rad=np.radians(np.full(6, 0.01)),
        raan_rad=np.zeros(6),
        arg_of_perigee_rad=np.zeros(6),
        mean_anomaly_rad=anomaly,
        bstar_per_er=np.zeros(6),
    )
    return initialise(elements)


def around(t_s: np.ndarray = T_S, beam_deg: float = 8.0) -> tuple[Neighbourhood, np.ndarray]:
    made = satellites()
    own = propagate(made, T0, t_s).position_teme_km[ASSET]
    ground = own / np.linalg.norm(own, axis=1, keepdims=True) * 6378.137
    found = neighbourhood(
        made, ASSET, T0, t_s, beam_half_rad=np.radians(beam_deg), ground_teme_km=ground
    )
    return found, propagate(made, T0, t_s).position_teme_km


def test_a_twin_moves_as_one_and_counts_for_nothing_else() -> None:
    found, _ = around()
    assert found.as_one.tolist() == [TWIN]
    assert TWIN not in found.companions
    assert found.company_km.min() > 50.0


def test_company_is_who_goes_along_near_by() -> None:
    found, position = around()
    expected = np.linalg.norm(position[BESIDE] - position[ASSET], axis=1)
    assert found.company_km == pytest.approx(expected)
    assert found.companions.tolist() == [BESIDE]
    assert found.company.rows.tolist() == [BESIDE]
    slow_km_s = 0.001
    assert found.company.speed_km_s[0] < slow_km_s


def test_who_is_below_is_in_the_beam_and_who_is_behind_the_earth_is_not() -> None:
    found, position = around()
    assert found.beam.rows.tolist() == [BELOW]
    assert found.beam_km[0] == pytest.approx(
        np.linalg.norm(position[BELOW, 0] - position[ASSET, 0])
    )
    assert found.in_beam[0] == 1
    narrow, _ = around(beam_deg=0.01)
    assert not np.isfinite(narrow.beam_km[0])


def test_the_line_from_the_ground_holds_the_nearest_in_the_sky() -> None:
    found, position = around()
    ground = position[ASSET, 0] / np.linalg.norm(position[ASSET, 0]) * 6378.137
    lines = position[:, 0] - ground
    unit = lines / np.linalg.norm(lines, axis=1, keepdims=True)
    angle = np.degrees(np.arccos(unit[BESIDE] @ unit[ASSET]))
    assert found.line_deg[0] == pytest.approx(angle, abs=1e-6)
    assert found.line.rows[0] == BESIDE


def test_a_place_that_does_not_see_it_has_no_line() -> None:
    made = satellites()
    own = propagate(made, T0, T_S).position_teme_km[ASSET]
    opposite = -own / np.linalg.norm(own, axis=1, keepdims=True) * 6378.137
    found = neighbourhood(made, ASSET, T0, T_S, beam_half_rad=0.1, ground_teme_km=opposite)
    assert np.isnan(found.line_deg).all()


def test_the_order_of_objects_changes_nothing() -> None:
    made = satellites()
    order = np.array([3, 5, 0, 4, 1, 2])
    own = propagate(made, T0, T_S).position_teme_km[ASSET]
    ground = own / np.linalg.norm(own, axis=1, keepdims=True) * 6378.137
    one, other = (
        neighbourhood(sats, row, T0, T_S, beam_half_rad=0.15, ground_teme_km=ground)
        for sats, row in ((made, 0), (made.take(order), 2))
    )
    for name in ("company_km", "beam_km", "in_beam", "line_deg"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
    assert order[other.companions].tolist() == one.companions.tolist()


def test_the_least_of_the_events_within_a_time() -> None:
    least, which = nearest_of(
        np.array([0.0, 100.0]), 10.0, np.array([-5.0, 5.0]), np.array([2.0, 1])
    )
    assert (least.tolist(), which.tolist()) == ([1.0, np.inf], [1, -1])
    least, which = nearest_of(np.zeros(2), 10.0, np.empty(0), np.empty(0))
    assert (least.tolist(), which.tolist()) == ([np.inf, np.inf], [-1, -1])
