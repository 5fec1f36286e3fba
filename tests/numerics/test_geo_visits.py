"""Visits to slots, on motions written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import STEP_S, BeltMotion
from hoshimori.numerics.geo_visits import (
    PastBeside,
    PastLongitudes,
    crossing_s,
    entry,
    past_beside,
    slot_visits,
    stayed_for,
    visits,
)

START = np.datetime64("2025-03-03T00:00:00", "us")
RADIUS_KM = 42164.17


def motion_of(*mean_deg_east: Floats) -> BeltMotion:
    """Return equatorial circular motion through these longitudes (in a frame at rest)."""
    longitudes = np.array(mean_deg_east)
    t_s = np.arange(longitudes.shape[1]) * STEP_S
    angle = np.radians(longitudes)
    position = RADIUS_KM * np.stack((np.cos(angle), np.sin(angle), 0.0 * angle), axis=-1)
    velocity = np.gradient(position, t_s, axis=1)
    # A slight common turn, so that the planes are defined for objects at rest.
    velocity += 1e-6 * np.stack((-np.sin(angle), np.cos(angle), 0.0 * angle), axis=-1)
    return BeltMotion(START, t_s, longitudes, position, velocity)


def days(count: float) -> Floats:
    return np.arange(int(count * 48) + 1) / 48.0


def test_visitors_are_who_comes_inside_or_passes() -> None:
    t = days(4.0)
    motion = motion_of(
        60.0 + 0.0 * t,  # the holder
        60.1 + 0.0 * t,  # inside
        59.0 + 0.5 * t,  # comes
        30.0 + 30.0 * t,  # passes between samples
        62.0 + 0.5 * t,  # goes away
        -120.0 + 0.0 * t,  # opposite
    )
    found = visits(motion, np.array([0]), 0.15, 100.0)
    assert found.visitor.tolist() == [1, 2, 3]
    assert found.holder.tolist() == [0, 0, 0]
    assert visits(motion, np.array([0]), 0.15, 1.0).visitor.tolist() == [1, 2]


def test_the_date_line_is_no_border() -> None:
    t = days(2.0)
    motion = motion_of(179.95 + 0.0 * t, -179.95 + 0.0 * t, 539.0 + 0.5 * t)
    pairs = visits(motion, np.array([0]), 0.15, 1.0)
    assert pairs.visitor.tolist() == [1, 2]
    np.testing.assert_allclose(pairs.separation_deg[:, 0], [0.1, -0.95])
    np.testing.assert_allclose(pairs.drift_deg_day, [0.0, 0.5 * 86400.0 / (STEP_S * 48)])


def test_ranges_are_found_between_samples() -> None:
    # 20 degrees a day: 307 km between samples; the crossing lies half-way between two of them.
    t = days(1.0)
    motion = motion_of(60.0 + 0.0 * t, 50.0 + 20.0 * (t + 0.5 / 48.0))
    pairs = slot_visits(motion, np.array([0]), np.array([1]))
    one_km = 1.0
    assert pairs.nearest_km()[0] == pytest.approx(0.0, abs=one_km)
    at_samples = np.linalg.norm(motion.position_teme_km[1] - motion.position_teme_km[0], axis=1)
    assert at_samples.min() > 100.0


def test_entry_and_exit_of_a_slot() -> None:
    t_s = np.array([0.0, 10.0, 20.0])
    assert crossing_s(t_s, np.array([2.0, 1.0, 0.0]), 1.5) == (5.0, np.inf)
    entered, left = crossing_s(t_s, np.array([0.0, 1.0, 2.0]), 1.5)
    assert np.isnan(entered)
    assert left == 15.0
    assert crossing_s(t_s, np.array([2.0, 3.0, 4.0]), 1.5) == (np.inf, np.inf)


def past(epoch_days: list[float], apart: list[float], drift: list[float]) -> PastBeside:
    epochs = START + (np.array(epoch_days) * 86400e6).astype("timedelta64[us]")
    return PastBeside(epochs, np.zeros(len(apart)), np.array(apart), np.array(drift))


def test_the_drift_of_the_last_set_outside_gives_the_entry() -> None:
    came = past([-20.0, -10.0, -2.0], [-3.0, -2.15, 0.0], [0.5, 0.5, 0.0])
    found = entry(came, START, 0.15)
    assert found is not None
    assert found[0] == START - np.timedelta64(6, "D")
    assert found[1] == pytest.approx(8.0 / np.sqrt(12.0))


def test_an_entry_that_the_drift_does_not_explain_lies_half_way() -> None:
    away = past([-10.0, -2.0], [-2.15, 0.0], [-0.5, 0.0])
    found = entry(away, START, 0.15)
    assert found is not None
    assert found[0] == START - np.timedelta64(6, "D")
    newest_outside = entry(past([-10.0], [1.0], [0.0]), START, 0.15)
    assert newest_outside is not None
    assert newest_outside[0] == START - np.timedelta64(5, "D")


def test_who_was_never_outside_did_not_enter() -> None:
    assert entry(past([-10.0, -2.0], [0.1, 0.2], [0.0, 0.0]), START, 0.15) is None
    assert entry(past([], [], []), START, 0.15) is None


def test_a_holder_stands_between_its_own_sets() -> None:
    at = START + np.array([0, 10], "timedelta64[D]")
    holder = PastLongitudes(at, np.array([179.0, -179.0]), np.array([1.0027, 1.0029]))
    visitor = PastLongitudes(at[:1] + np.timedelta64(5, "D"), np.array([-179.0]), np.array([1.003]))
    beside = past_beside(holder, visitor)
    assert beside.holder_deg_east[0] == pytest.approx(180.0)
    assert beside.separation_deg[0] == pytest.approx(1.0)
    assert beside.drift_deg_day[0] == pytest.approx(360.0 * (1.003 - 1.0028))


def test_a_stay_has_a_first_and_a_last_day() -> None:
    epochs = START + np.array([0, 3, 8, 0, 3], "timedelta64[D]")
    ids, inside = np.array([5, 5, 5, 6, 6]), np.array([True, True, True, True, True])
    assert stayed_for(ids, epochs, inside, 7.0).tolist() == [5]
    assert stayed_for(ids, epochs, inside, 3.0).tolist() == [5, 6]
    assert stayed_for(ids, epochs, ~inside, 0.0).tolist() == []
