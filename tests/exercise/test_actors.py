import numpy as np
import pytest

from hoshimori.exercise.actors import HISTORY_DAYS, LOW_NOISE, Actor, Arc, Noise, burn, published
from hoshimori.exercise.low_scenes import circling
from hoshimori.exercise.refit import states_at
from hoshimori.model.objects import ObjectType

SILENT = Noise(0.0, 0.0, 0.0, 0.0)


def actor(
    as_of_utc: np.datetime64, noise: Noise, *, norad_id: int = 5, docked_to: int = 0
) -> Actor:
    elements = circling(as_of_utc, altitude_km=700.0, bstar_per_er=0.0)
    return Actor(
        norad_id=norad_id,
        name="",
        object_id="",
        object_type=ObjectType.PAYLOAD,
        owner="",
        arcs=(Arc(as_of_utc, elements),),
        cadence_days=0.1,
        age_days=0.3,
        noise=noise,
        docked_to=docked_to,
    )


def test_a_silent_history_is_one_trajectory(as_of_utc: np.datetime64) -> None:
    elements, numbers = published((actor(as_of_utc, SILENT),), as_of_utc, np.random.default_rng(1))
    place, _ = states_at(elements, np.full(len(elements), as_of_utc))
    assert set(numbers.tolist()) == {5}
    assert np.ptp(place, axis=0).max() < 0.05


def test_epochs_ascend_from_a_month_ago_to_the_age_asked_for(as_of_utc: np.datetime64) -> None:
    elements, _ = published((actor(as_of_utc, LOW_NOISE),), as_of_utc, np.random.default_rng(1))
    ages = (as_of_utc - elements.epoch_utc) / np.timedelta64(1, "D")
    assert (np.diff(ages) < 0).all()
    assert ages[-1] == pytest.approx(0.3)
    assert ages[0] == pytest.approx(HISTORY_DAYS, rel=0.1)


def test_noise_has_the_measured_median_and_heavy_tails(as_of_utc: np.datetime64) -> None:
    """Quiet satellites: median change of the semi-major axis 0.13 to 0.6 m, kurtosis above 10."""
    crew = tuple(actor(as_of_utc, LOW_NOISE, norad_id=n) for n in range(1, 9))
    elements, numbers = published(crew, as_of_utc, np.random.default_rng(1))
    axis_m = (398600.8 * 3600 / elements.mean_motion_kozai_rad_min**2) ** (1 / 3) * 1e3
    steps = np.concatenate([np.diff(axis_m[numbers == n]) for n in range(1, 9)])
    assert 0.13 < np.median(np.abs(steps - np.median(steps))) < 0.6
    kurtosis = np.mean((steps - steps.mean()) ** 4) / np.var(steps) ** 2
    assert kurtosis > 5.0


def test_a_docked_object_publishes_the_sets_of_its_host(as_of_utc: np.datetime64) -> None:
    pair = (
        actor(as_of_utc, LOW_NOISE),
        actor(as_of_utc, LOW_NOISE, norad_id=6, docked_to=5),
    )
    elements, numbers = published(pair, as_of_utc, np.random.default_rng(1))
    host, guest = (elements.mean_motion_kozai_rad_min[numbers == n] for n in (5, 6))
    assert np.array_equal(host[-len(guest) :], guest)


def test_a_burn_joins_two_arcs_at_one_place(as_of_utc: np.datetime64) -> None:
    at_utc = as_of_utc - np.timedelta64(3, "D")
    before, after = burn(actor(as_of_utc, SILENT).arcs, at_utc, (0.0, 1.0, 0.0))
    assert after.start_utc == at_utc
    moments = np.array([at_utc])
    (place, speed), (new_place, new_speed) = (
        states_at(arc.elements, moments) for arc in (before, after)
    )
    assert np.abs(new_place - place).max() < 1e-6
    assert np.linalg.norm(new_speed - speed) == pytest.approx(1e-3, rel=1e-6)
    assert np.linalg.norm(new_speed) > np.linalg.norm(speed)
