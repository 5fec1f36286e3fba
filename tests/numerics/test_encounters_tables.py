"""The search among element sets and tables: the same rows, whichever way an object is given."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters import (
    Encounters,
    closest_approaches,
    encounters_in,
    new_search,
)
from hoshimori.numerics.encounters_stays import Stays, stays, stays_of_pairs
from hoshimori.numerics.movers import movers
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate
from hoshimori.numerics.trajectories import Ephemerides, Span, ephemerides, velocities_km_s

T0 = np.datetime64("2025-03-03T00:00:00", "us")
DURATION_S, THRESHOLD_KM = 6.0 * 3600.0, 25.0
OBJECTS, TABULATED = 240, np.arange(0, 240, 12)
REV_DAY = 2.0 * np.pi / 1440.0
ONE_MICROSECOND_S, ONE_MILLIMETRE_KM = 1e-6, 1e-6


def crowd() -> Satellites:
    """Low orbits in one shell, in planes of every tilt; eccentric ones; and companions of some.

    Every twelfth object has three companions, from hundreds of metres to tens of kilometres away.
    """
    rng = np.random.default_rng(20250303)
    n = OBJECTS
    motion, e = 15.0 + 0.02 * rng.normal(size=n), 0.002 * rng.random(n)
    motion[1::4], e[1::4] = 2.0 + 0.05 * rng.random(len(e[1::4])), 0.7
    angles = rng.uniform(0.2, 6.0, (4, n))
    angles[0] *= 0.5
    for k in TABULATED:
        motion[k + 1 : k + 4], e[k + 1 : k + 4] = motion[k], e[k]
        near = rng.normal(size=(4, 3)) * [3e-5, 3e-4, 3e-3]
        angles[:, k + 1 : k + 4] = angles[:, [k]] + near
    return initialise(MeanElements(np.full(n, T0), motion * REV_DAY, e, *angles, np.zeros(n)))


def table_of(satellites: Satellites, *spans_s: tuple[float, float], step_s: float) -> Ephemerides:
    """Return tables of what SGP4 says, usable exactly in the spans given."""
    objects: list[list[Span]] = [[] for _ in range(len(satellites))]
    for first_s, last_s in spans_s:
        t_s = np.arange(first_s - 10.0 * step_s, last_s + 10.0 * step_s, step_s)
        utc = T0 + np.rint(t_s * 1e6).astype("timedelta64[us]")
        usable = T0 + np.rint(np.array([first_s, last_s]) * 1e6).astype("timedelta64[us]")
        for own, r in zip(objects, propagate(satellites, T0, t_s).position_teme_km, strict=True):
            own.append(Span(utc, r, velocities_km_s(t_s, r), *usable))
    return ephemerides(objects)


@pytest.fixture(scope="module")
def sky() -> Satellites:
    return crowd()


@pytest.fixture(scope="module")
def by_elements(sky: Satellites) -> Encounters:
    return sorted_by_pair(closest_approaches(sky, TABULATED, T0, DURATION_S, THRESHOLD_KM))


def sorted_by_pair(found: Encounters) -> Encounters:
    return found.take(np.lexsort((found.tca_s, found.secondary, found.primary)))


def with_tables(
    sky: Satellites, *spans_s: tuple[float, float], step_s: float = 60.0
) -> tuple[Encounters, np.ndarray]:
    """Return encounters of the tabulated objects, given as tables alone, by their rows in `sky`."""
    others = np.setdiff1d(np.arange(len(sky)), TABULATED)
    tables = table_of(sky.take(TABULATED), *spans_s, step_s=step_s)
    given = movers(sky.take(others), tables)
    primaries = len(others) + np.arange(len(TABULATED))
    found = closest_approaches(given, primaries, T0, DURATION_S, THRESHOLD_KM)
    rows = np.concatenate([others, TABULATED])
    return replace(
        found, primary=rows[found.primary], secondary=rows[found.secondary]
    ), primaries  # fmt: skip


def assert_same(found: Encounters, meant: Encounters) -> None:
    np.testing.assert_array_equal(found.primary, meant.primary)
    np.testing.assert_array_equal(found.secondary, meant.secondary)
    np.testing.assert_array_equal(found.at_window_edge, meant.at_window_edge)
    # Rounding of positions moves the minimum of slow pairs, as it does in `refined_minima`.
    blur_s = 1e-8 * meant.miss_km / meant.speed_km_s**2
    np.testing.assert_array_less(np.abs(found.tca_s - meant.tca_s), ONE_MICROSECOND_S + blur_s)
    np.testing.assert_allclose(found.miss_km, meant.miss_km, rtol=0.0, atol=ONE_MILLIMETRE_KM)
    np.testing.assert_allclose(
        found.relative_velocity_teme_km_s, meant.relative_velocity_teme_km_s, rtol=0.0, atol=1e-6
    )


@pytest.mark.parametrize("step_s", [30.0, 60.0])
def test_a_table_of_an_object_has_the_encounters_of_its_elements(
    sky: Satellites, by_elements: Encounters, step_s: float
) -> None:
    found, _ = with_tables(sky, (-60.0, DURATION_S + 60.0), step_s=step_s)
    assert np.count_nonzero(by_elements.speed_km_s > 10.0) > 20
    assert np.count_nonzero(by_elements.speed_km_s < 0.1) > 20
    assert_same(sorted_by_pair(found), by_elements)


SPANS_S = ((3000.3, 9100.7), (9150.0, 15000.0), (17000.0, 17100.0))
"""Ends in the middle of steps and pieces; gaps shorter and longer than a step; a short span."""
ALIGNED_S = ((1200.0, 9000.0), (9600.0, 15000.0))
"""Ends where steps of 600 s meet."""


def edges(sky: Satellites, spans_s: tuple[tuple[float, float], ...]) -> set[tuple[int, int, float]]:
    """Return which pairs recede within the threshold where a span begins, or approach at an end."""
    found = set()
    for side, ahead_s in ((0, 0.5), (1, -0.5)):
        for span in spans_s:
            now, next_ = (
                propagate(sky, T0, np.array([span[side] + s])).position_teme_km[:, 0]
                for s in (0.0, ahead_s)
            )
            for row in TABULATED:
                range_km, later_km = (np.linalg.norm(r - r[row], axis=1) for r in (now, next_))
                hit = (range_km <= THRESHOLD_KM) & (later_km > range_km)
                found |= {(int(row), int(other), span[side]) for other in np.flatnonzero(hit)}
    return found


@pytest.mark.parametrize("spans_s", [SPANS_S, ALIGNED_S])
def test_a_table_is_searched_up_to_its_ends_and_what_is_near_there_is_marked(
    sky: Satellites, by_elements: Encounters, spans_s: tuple[tuple[float, float], ...]
) -> None:
    found, _ = with_tables(sky, *spans_s)
    found = sorted_by_pair(found)
    inner = by_elements.take(~by_elements.at_window_edge)
    inside = np.zeros(len(inner), bool)
    for first_s, last_s in spans_s:
        inside |= (inner.tca_s >= first_s) & (inner.tca_s <= last_s)
    assert 50 < np.count_nonzero(inside) < len(inner) - 50
    assert_same(found.take(~found.at_window_edge), inner.take(inside))
    marked = found.take(found.at_window_edge)
    ours = {
        (int(i), int(j), round(float(t), 6))
        for i, j, t in zip(marked.primary, marked.secondary, marked.tca_s, strict=True)
    }
    assert len(ours) == len(marked) > 30
    assert ours == edges(sky, spans_s)


def test_two_tables_meet_as_two_element_sets_do(sky: Satellites) -> None:
    """All are tables; the window is searched all against all."""
    rows = np.concatenate([TABULATED, TABULATED + 1, TABULATED + 3])
    some = sky.take(rows)
    given = movers(some.take([]), table_of(some, (-60.0, DURATION_S + 60.0), step_s=60.0))
    searches = [new_search(objects, T0, DURATION_S, THRESHOLD_KM) for objects in (given, some)]
    found, meant = (encounters_in(each, 0, each.steps) for each in searches)
    assert len(meant) > 30
    assert_same(sorted_by_pair(found), sorted_by_pair(meant))


def test_the_order_of_tables_and_element_sets_changes_nothing(sky: Satellites) -> None:
    others = np.setdiff1d(np.arange(len(sky)), TABULATED)
    tables = table_of(sky.take(TABULATED), *SPANS_S, step_s=60.0)
    given = movers(sky.take(others), tables)
    search = new_search(given, T0, DURATION_S, THRESHOLD_KM)
    found = encounters_in(search, 0, search.steps)
    order = np.random.default_rng(7).permutation(len(given))
    search = new_search(given.take(order), T0, DURATION_S, THRESHOLD_KM)
    shuffled = encounters_in(search, 0, search.steps)
    first, second = order[shuffled.primary], order[shuffled.secondary]
    swapped = first > second
    sign = np.where(swapped, -1.0, 1.0)[:, None]
    back = replace(
        shuffled,
        primary=np.where(swapped, second, first),
        secondary=np.where(swapped, first, second),
        relative_position_teme_km=sign * shuffled.relative_position_teme_km,
        relative_velocity_teme_km_s=sign * shuffled.relative_velocity_teme_km_s,
    )
    back = back.take(np.lexsort((back.secondary, back.primary, back.tca_s)))
    assert len(found) > 100
    for field in fields(Encounters):
        np.testing.assert_array_equal(getattr(found, field.name), getattr(back, field.name))


def stays_with_tables(sky: Satellites, *spans_s: tuple[float, float]) -> tuple[Stays, Stays]:
    """Return stays of the tabulated objects by element sets and by tables, in rows of `sky`."""
    others = np.setdiff1d(np.arange(len(sky)), TABULATED)
    given = movers(sky.take(others), table_of(sky.take(TABULATED), *spans_s, step_s=60.0))
    primaries = len(others) + np.arange(len(TABULATED))
    rows = np.concatenate([others, TABULATED])
    asked = {"inner_km": 25.0, "outer_km": 50.0, "shortest_s": 900.0}
    meant = stays(sky, TABULATED, T0, DURATION_S, **asked)
    found = stays(given, primaries, T0, DURATION_S, **asked)
    pairs = stays_of_pairs(given, found.secondary, found.primary, T0, DURATION_S, **asked)
    assert set(zip(pairs.primary, pairs.secondary, strict=True)) == set(
        zip(found.secondary, found.primary, strict=True)
    )
    named = replace(found, primary=rows[found.primary], secondary=rows[found.secondary])
    one, other = (s.take(np.lexsort((s.start_s, s.secondary, s.primary))) for s in (meant, named))
    return one, other


def test_stays_near_a_table_are_those_near_its_elements(sky: Satellites) -> None:
    meant, found = stays_with_tables(sky, (-600.0, DURATION_S + 600.0))
    assert len(meant) > 20
    for name in ("primary", "secondary", "minima", "open_start", "open_end"):
        np.testing.assert_array_equal(getattr(found, name), getattr(meant, name))
    one_millisecond_s = 1e-3
    np.testing.assert_allclose(found.start_s, meant.start_s, rtol=0.0, atol=one_millisecond_s)
    np.testing.assert_allclose(found.end_s, meant.end_s, rtol=0.0, atol=one_millisecond_s)
    np.testing.assert_allclose(found.closest_km, meant.closest_km, rtol=0.0, atol=ONE_MILLIMETRE_KM)


def test_a_stay_ends_where_the_table_does(sky: Satellites) -> None:
    first_s, last_s = 3000.3, 15000.9
    meant, found = stays_with_tables(sky, (first_s, last_s))
    always = meant.take((meant.start_s < first_s) & (meant.end_s > last_s))
    cut = found.take(found.open_start & found.open_end)
    pairs = [set(zip(s.primary, s.secondary, strict=True)) for s in (always, cut)]
    assert len(pairs[0]) > 10
    assert pairs[1] <= pairs[0]
    assert len(pairs[1]) >= 0.8 * len(pairs[0])  # others fall to the inner threshold outside
    np.testing.assert_allclose(cut.start_s, first_s, rtol=0.0, atol=ONE_MICROSECOND_S)
    np.testing.assert_allclose(cut.end_s, last_s, rtol=0.0, atol=ONE_MICROSECOND_S)


def test_a_table_that_ended_before_the_window_meets_nobody(sky: Satellites) -> None:
    found, _ = with_tables(sky, (-20_000.0, -1000.0))
    assert len(found) == 0
