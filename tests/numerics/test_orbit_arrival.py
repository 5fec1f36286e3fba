"""Who brought two objects together, from what each did to its own orbit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.numerics.belt_company import Came
from hoshimori.numerics.orbit_arrival import OwnMotion, arrival_of

MOTION = 2.0 * np.pi * 14.5
DAYS = np.arange(0.0, 51.0)
LOOKS, SEPARATION = np.array([40.0, 42.0, 44.0]), np.array([60.0, 60.0, 60.0])


def moving(*changes: tuple[float, float]) -> OwnMotion:
    """Return an object with a set every day that changed its orbit at some days by some m/s."""
    axis = np.full(len(DAYS), 7000.0)
    for day, size in changes:
        axis[day < DAYS] += 2e-3 * size / (MOTION / 86400.0)
    at, sizes = np.array(changes).reshape(-1, 2).T
    floor, still = np.full(len(DAYS), 1e-3), np.zeros(len(DAYS))
    return OwnMotion(DAYS, axis, MOTION, floor, still, at, sizes)


STILL = moving()
COMER = moving((30.5, -0.1), (40.5, 0.1))


def test_a_burn_moves_an_object_by_three_times_its_size_each_second() -> None:
    brought = moving((30.5, -0.1)).brought_km(10.0, 40.5)
    assert brought == pytest.approx(3e-4 * 10.0 * 86400.0, rel=0.06)


def test_who_would_be_far_without_its_burns_came_by_its_own_doing() -> None:
    assert arrival_of((STILL, COMER), LOOKS, SEPARATION) == (Came.CONTROLLED, 1)
    assert arrival_of((COMER, STILL), LOOKS, -SEPARATION) == (Came.CONTROLLED, 0)


def test_where_neither_did_anything_nature_brought_them_together() -> None:
    assert arrival_of((STILL, STILL), LOOKS, SEPARATION) == (Came.NATURAL, -1)


def test_an_object_that_keeps_its_height_did_not_come() -> None:
    """Its burns add up to hundreds of kilometres, and it is where it would be."""
    kept = moving(*((day + 0.5, 0.02) for day in range(5, 40, 5)))
    kept = replace(kept, axis_km=np.full(len(DAYS), 7000.0))
    assert arrival_of((kept, STILL), LOOKS, SEPARATION) == (Came.NATURAL, -1)


def test_two_that_moved_alike_came_together_and_neither_to_the_other() -> None:
    assert arrival_of((COMER, COMER), LOOKS, SEPARATION) == (Came.CONTROLLED, -1)


@pytest.mark.parametrize(
    "blind",
    [
        replace(STILL, floor_m_s=np.full(len(DAYS), np.nan)),
        replace(STILL, floor_m_s=np.full(len(DAYS), 0.05)),
        replace(STILL, unexplained_km=np.where(DAYS == 35.0, 300.0, 0.0)),
        replace(STILL, days=DAYS + 35.0),
    ],
    ids=["not judged", "too noisy", "elsewhere", "too short"],
)
def test_what_the_sets_would_not_show_is_not_told(blind: OwnMotion) -> None:
    assert arrival_of((blind, STILL), LOOKS, SEPARATION) == (Came.NOT_TOLD, -1)
    assert arrival_of((STILL, blind), LOOKS, SEPARATION) == (Came.NOT_TOLD, -1)
