import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.exercise.high_orbits import high_orbits
from hoshimori.exercise.low_orbits import LOW_ORBITS
from hoshimori.exercise.population import Population
from hoshimori.exercise.refit import (
    elements_of_states,
    from_rtn,
    moved_to,
    pushed,
    shifted,
    states_at,
)
from hoshimori.numerics.elements import Floats, MeanElements

ONE_MILLIMETRE_KM = 1e-6
MODERATE = [kind for kind in (*LOW_ORBITS, *high_orbits(())) if kind.name != "SIM-GEO"]


def drawn(kind: Population, as_of_utc: np.datetime64, count: int = 20) -> MeanElements:
    orbits = kind.orbits(np.random.default_rng(3), np.arange(count))
    safe = orbits.take((orbits.perigee_km > 240.0) & (orbits.inclination_rad > 0.003))
    return safe.elements(np.full(len(safe), as_of_utc), np.full(len(safe), 2e-5))


def distance_km(ours: tuple[Floats, Floats], theirs: tuple[Floats, Floats]) -> Floats:
    return np.linalg.norm(ours[0] - theirs[0], axis=1)


@pytest.mark.parametrize("kind", MODERATE, ids=lambda kind: kind.name)
def test_refitted_elements_reproduce_the_state(kind: Population, as_of_utc: np.datetime64) -> None:
    elements = drawn(kind, as_of_utc)
    earlier = np.full(len(elements), as_of_utc - np.timedelta64(20, "D"))
    moved = moved_to(elements, earlier)
    apart = distance_km(states_at(moved, earlier), states_at(elements, earlier))
    assert apart.max() < ONE_MILLIMETRE_KM


def test_low_trajectories_are_the_same_after_twenty_days(as_of_utc: np.datetime64) -> None:
    drag_model_km = 1.5
    elements = drawn(LOW_ORBITS[0], as_of_utc)
    now, earlier = elements.epoch_utc, elements.epoch_utc - np.timedelta64(20, "D")
    apart = distance_km(states_at(moved_to(elements, earlier), now), states_at(elements, now))
    assert apart.max() < drag_model_km


@settings(max_examples=25, deadline=None)
@given(push=st.tuples(*(st.floats(-50.0, 50.0) for _ in range(3))))
def test_a_push_changes_the_velocity_by_itself_and_not_the_place(
    push: tuple[float, float, float],
) -> None:
    at_utc = np.datetime64("2026-11-23T00:00:00", "us")
    elements = drawn(LOW_ORBITS[0], at_utc, 1)
    moments = np.array([at_utc + np.timedelta64(5, "h")])
    (place, speed) = states_at(elements, moments)
    (new_place, new_speed) = states_at(pushed(elements, moments, np.array([push])), moments)
    assert np.abs(new_place - place).max() < ONE_MILLIMETRE_KM
    wanted = 1e-3 * from_rtn(place, speed, np.array([push]))
    assert np.abs(new_speed - speed - wanted).max() < 1e-9


def test_rtn_axes_point_up_forward_and_along_the_momentum() -> None:
    place, speed = np.array([[7000.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 7.5]])
    axes = [from_rtn(place, speed, np.eye(3)[[k]])[0].tolist() for k in range(3)]
    assert axes == [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]]


def test_errors_along_the_orbit_move_forward_and_tilts_move_sideways(
    as_of_utc: np.datetime64,
) -> None:
    elements = drawn(LOW_ORBITS[0], as_of_utc, 1)
    place, speed = states_at(elements, elements.epoch_utc)
    for component, axis in ((5, 1), (3, 2)):
        errors = np.zeros((6, 1))
        errors[component] = 1e-4
        moved, _ = states_at(shifted(elements, errors), elements.epoch_utc)
        along = [from_rtn(place, speed, np.eye(3)[[k]])[0] @ (moved - place)[0] for k in range(3)]
        assert int(np.argmax(np.abs(along))) == axis
        assert np.linalg.norm(along) < 1.1e-4 * np.linalg.norm(place)


def test_states_that_come_back_from_states(as_of_utc: np.datetime64) -> None:
    elements = drawn(LOW_ORBITS[2], as_of_utc, 5)
    place, speed = states_at(elements, elements.epoch_utc)
    again = elements_of_states(place, speed, elements.epoch_utc, elements.bstar_per_er)
    assert again.mean_motion_kozai_rad_min == pytest.approx(
        elements.mean_motion_kozai_rad_min, rel=1e-10
    )
    assert again.inclination_rad == pytest.approx(elements.inclination_rad, abs=1e-10)
