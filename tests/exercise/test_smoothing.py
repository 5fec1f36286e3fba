"""Errors of sets are smoothed away, and what really happens to an orbit is not."""

import numpy as np

from hoshimori.exercise.low_scenes import circling
from hoshimori.exercise.refit import difference, shifted
from hoshimori.exercise.smoothing import along, errors_of, smoothed
from hoshimori.numerics.elements import MeanElements, semi_major_axis_km

START = np.datetime64("2026-05-01T00:00:00", "us")
DAYS = np.arange(0.0, 30.0, 0.8)


def history(random: np.random.Generator) -> tuple[MeanElements, MeanElements]:
    """Return true sets, and the same ones with errors of a hundred metres."""
    orbit = circling(START, altitude_km=620.0)
    true = along(orbit, START + np.round(DAYS * 86400e6).astype("timedelta64[us]"))
    errors = random.normal(size=(6, len(DAYS))) * 0.1
    errors[0] *= 0.01
    errors[1:] /= semi_major_axis_km(orbit)
    return true, shifted(true, errors)


def test_smoothing_takes_more_than_half_of_the_errors_away() -> None:
    true, seen = history(np.random.default_rng(4))
    before = np.std(difference(true, seen), axis=1)
    after = np.std(difference(true, smoothed(seen, true.epoch_utc)), axis=1)
    assert (after < 0.65 * before).all()


def test_errors_are_told_as_large_as_they_are() -> None:
    true, seen = history(np.random.default_rng(4))
    told, real = errors_of(seen), difference(true, seen)
    ratio = np.std(told, axis=1) / np.std(real, axis=1)
    assert (ratio > 0.6).all()
    assert (ratio < 1.1).all()


def test_sets_without_errors_are_left_as_they_are() -> None:
    true, _ = history(np.random.default_rng(4))
    apart = difference(true, smoothed(true, true.epoch_utc))
    assert np.abs(apart[0]).max() < 1e-3
    assert np.abs(apart[5]).max() * 7000.0 < 0.05


def test_one_set_is_carried() -> None:
    orbit = circling(START, altitude_km=620.0)
    later = np.array([START + np.timedelta64(30, "h")])
    assert np.abs(difference(along(orbit, later), smoothed(orbit, later))).max() < 1e-10
