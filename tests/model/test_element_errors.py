"""Errors by an object's own past: judged when asked for, the same in any order of asking."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from hoshimori.model.element_errors import JudgedErrors, judged_errors
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.covariance_classes import CovarianceOrigin, ErrorGrowth

NEWEST_UTC = np.datetime64("2026-11-01", "us")
OBJECTS = 6


def low_orbits() -> ElementSets:
    columns = {name: np.zeros(OBJECTS, dtype) for name, dtype in COLUMNS.items()}
    columns |= {
        "norad_id": np.arange(1, OBJECTS + 1),
        "epoch_utc": np.full(OBJECTS, NEWEST_UTC),
        "known_utc": np.full(OBJECTS, NEWEST_UTC),
        "mean_motion_rev_day": np.linspace(14.0, 15.0, OBJECTS),
        "eccentricity": np.full(OBJECTS, 0.001),
        "inclination_deg": np.linspace(40.0, 98.0, OBJECTS),
    }
    return ElementSets(**columns, provenances=(Provenance("by hand", "0" * 64, Reality.TEST),))


def earlier(sets: ElementSets, days: int) -> list[ElementSets]:
    """The same sets under earlier epochs: of objects as badly known as can be."""
    return [
        replace(sets, epoch_utc=sets.epoch_utc - np.timedelta64(day, "D")) for day in range(1, days)
    ]


def same(one: ErrorGrowth, other: ErrorGrowth) -> bool:
    names = [column.name for column in fields(one)]
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


@pytest.fixture
def errors() -> JudgedErrors:
    sets = low_orbits()
    watched = sets.take(np.array([0, 2, 3]))
    return judged_errors(sets, (sets, *earlier(watched, 20)))


def test_only_what_is_asked_for_is_judged(errors: JudgedErrors) -> None:
    every = errors.judged(np.array([2]))
    assert np.flatnonzero(every.pairs).tolist() == [2]
    assert every.origin[2] == CovarianceOrigin.OWN_HISTORY
    assert errors.own(np.arange(OBJECTS)) == 3
    assert errors.own(np.array([1, 4, 5])) == 0


def test_any_order_of_asking_gives_the_same_bits(errors: JudgedErrors) -> None:
    rows = np.array([3, 0, 5, 2])
    at_once = errors.of(rows)
    again = JudgedErrors(errors.history)
    for row in (2, 5, 3, 3, 0):
        again.of(np.array([row]))
    assert same(again.of(rows), at_once)
    assert same(again.of(rows[::-1]), at_once.take(np.array([3, 2, 1, 0])))


def test_history_is_left_out_where_it_says_nothing_or_is_too_old() -> None:
    sets = low_orbits()
    parts = (sets, *earlier(sets, 20))
    without = judged_errors(sets, parts, without=[3, 4])
    assert without.own(np.arange(OBJECTS)) == OBJECTS - 2
    assert judged_errors(sets, parts, history_days=0.0).own(np.arange(OBJECTS)) == 0
    assert same(
        judged_errors(sets, parts[::-1]).of(np.arange(OBJECTS)),
        judged_errors(sets, parts).of(np.arange(OBJECTS)),
    )
