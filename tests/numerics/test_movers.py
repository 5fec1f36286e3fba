"""Objects with element sets and with tables, side by side, and motion beyond the end of a table."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.movers import Movers, as_movers, continued, movers
from hoshimori.numerics.sgp4 import Satellites, Sgp4Status, initialise, propagate, propagate_each
from hoshimori.numerics.trajectories import Ephemerides, Span, ephemerides, velocities_km_s

T0 = np.datetime64("2025-03-03T00:00:00", "us")
STEP_S, LAST_S = 60.0, 7200.0


def made(n: int) -> Satellites:
    """Objects in low, eccentric and geostationary orbits in turn."""
    rev_day, e = np.array([15.3, 2.006, 1.0027]), np.array([0.001, 0.7, 0.0002])
    phase = np.linspace(0.0, 6.0, n)
    return initialise(
        MeanElements(
            np.full(n, T0), np.resize(rev_day, n) * 2.0 * np.pi / 1440.0, np.resize(e, n),
            np.full(n, 0.9), phase, 0.3 + phase, 2.0 * phase, np.zeros(n),
        )
    )  # fmt: skip


def tables_of(satellites: Satellites, *spans_s: tuple[float, float]) -> Ephemerides:
    """Return tables of what SGP4 says."""
    objects: list[list[Span]] = [[] for _ in range(len(satellites))]
    for first_s, last_s in spans_s:
        t_s = np.arange(first_s, last_s + 1.0, STEP_S)
        utc = T0 + np.rint(t_s * 1e6).astype("timedelta64[us]")
        for own, r in zip(objects, propagate(satellites, T0, t_s).position_teme_km, strict=True):
            own.append(Span(utc, r, velocities_km_s(t_s, r), utc[0], utc[-1]))
    return ephemerides(objects)


@pytest.fixture(scope="module")
def mixed() -> Movers:
    satellites = made(5)
    return movers(satellites.take(np.arange(3)), tables_of(satellites.take([3, 4]), (0.0, LAST_S)))


def test_each_object_has_the_states_of_its_own_kind_in_any_order(mixed: Movers) -> None:
    rows = np.array([4, 0, 3, 2, 4, 1])
    t_s = np.array([10.0, 20.0, 3000.0, 40.0, 7000.0, 60.0])
    found = mixed.take(rows).states_each(T0, t_s)
    meant = propagate_each(made(5).take(rows), T0, t_s)
    one_millimetre_km = 1e-6
    np.testing.assert_allclose(
        found.position_teme_km, meant.position_teme_km, rtol=0.0, atol=one_millimetre_km
    )
    of_elements = rows < 3
    np.testing.assert_array_equal(
        found.position_teme_km[of_elements], meant.position_teme_km[of_elements]
    )
    assert mixed.take(rows).is_tabulated.tolist() == [True, False, True, False, True, False]
    mask = np.array([False, True, True, True, False])
    np.testing.assert_array_equal(
        mixed.take(mask).states_each(T0, t_s[1:4]).position_teme_km,
        mixed.take([1, 2, 3]).states_each(T0, t_s[1:4]).position_teme_km,
    )


def test_element_sets_alone_are_what_they_were() -> None:
    satellites, t_s = made(4), np.array([0.0, 1.0, 2.0, 3.0])
    for objects in (as_movers(satellites), as_movers(movers(satellites))):
        found, meant = objects.states_each(T0, t_s), propagate_each(satellites, T0, t_s)
        np.testing.assert_array_equal(found.position_teme_km, meant.position_teme_km)
        np.testing.assert_array_equal(found.velocity_teme_km_s, meant.velocity_teme_km_s)


def test_outside_its_table_an_object_has_no_state(mixed: Movers) -> None:
    found = mixed.take([3, 0, 4]).states_each(T0, np.array([-1.0, -1.0, LAST_S + 1.0]))
    outside = Sgp4Status.OUTSIDE_EPHEMERIS
    assert found.status.tolist() == [outside, Sgp4Status.OK, outside]
    assert np.isnan(found.position_teme_km[[0, 2]]).all()


def test_motion_goes_on_a_little_beyond_both_ends() -> None:
    satellites = made(3)
    tables = tables_of(satellites, (0.0, LAST_S))
    t_s = np.array([-301.0, -299.0, 100.0, LAST_S + 150.0, LAST_S + 300.0, LAST_S + 301.0])
    found = continued(tables, np.array([0, 1, 2]), T0, t_s, 300.0)
    meant = propagate(satellites, T0, t_s)
    known = [False, True, True, True, True, False]
    assert ((found.status == Sgp4Status.OK) == known).all()
    off_km = np.linalg.norm(found.position_teme_km - meant.position_teme_km, axis=-1)[:, known]
    off_km_s = np.linalg.norm(found.velocity_teme_km_s - meant.velocity_teme_km_s, axis=-1)
    # SGP4 itself departs from J2's motion, and its velocities from the rates of its positions.
    assert off_km.max() < 0.1
    assert off_km_s[:, known].max() < 1e-3
    np.testing.assert_array_equal(
        found.position_teme_km[:, 2], tables.states(T0, t_s[2:3]).position_teme_km[:, 0]
    )


def test_in_a_gap_motion_goes_on_from_the_nearer_side() -> None:
    satellites = made(1)
    tables = tables_of(satellites, (0.0, 1200.0), (1800.0, 3000.0))
    turned = tables.position_teme_km.copy()
    turned[tables.sample_us >= tables.span_us[1, 0]] *= -1.0
    other = Ephemerides(
        tables.object_spans, tables.span_rows, tables.span_us, tables.sample_us, turned,
        tables.velocity_teme_km_s,
    )  # fmt: skip
    t_s = np.array([1499.0, 1501.0])
    one, two = (continued(k, np.array([0]), T0, t_s, 300.0) for k in (tables, other))
    same = np.isclose(one.position_teme_km[0], two.position_teme_km[0]).all(axis=1)
    assert same.tolist() == [True, False]


def test_an_object_without_a_span_has_no_states_anywhere() -> None:
    tables = ephemerides([[], []])
    assert (continued(tables, np.array([0, 1]), T0, np.array([0.0]), 1e9).status != 0).all()
