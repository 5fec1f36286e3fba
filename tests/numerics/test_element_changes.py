"""Changes between element sets: against SGP4's own mean motion, and burns of known size."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from hoshimori.numerics.element_changes import (
    BEHIND_NODE,
    IN_TRACK,
    NODE,
    PHASE,
    changes_between,
)
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.sgp4 import initialise


def geostationary(longitude_rad: float, node_rad: float, inclination_rad: float) -> MeanElements:
    """Return two sets a day apart of one nearly geostationary orbit, the second as given."""
    return MeanElements(
        epoch_utc=np.array(["2025-03-01", "2025-03-02"], "datetime64[us]"),
        mean_motion_kozai_rad_min=np.full(2, 0.00437527),
        eccentricity=np.full(2, 2e-4),
        inclination_rad=np.array([0.001, inclination_rad]),
        raan_rad=np.array([0.5, node_rad]),
        arg_of_perigee_rad=np.array([1.0, 1.0]),
        mean_anomaly_rad=np.array([0.3, longitude_rad]),
        bstar_per_er=np.zeros(2),
    )


def test_sets_that_follow_their_own_rates_do_not_change(made: SimpleNamespace) -> None:
    satellites = initialise(made.history(12))
    older = np.zeros(10, np.int64)
    change = changes_between(satellites, older, older + np.arange(1, 11))
    a_micrometre_per_second, a_metre = 1e-6, 1e-3
    assert np.abs(change[:, :PHASE]).max() < a_micrometre_per_second
    assert np.abs(change[:, PHASE]).max() < a_metre


def test_an_object_falls_behind_by_three_dv_a_second(made: SimpleNamespace) -> None:
    dv_m_s, sets = 0.1, 8
    satellites = initialise(made.history(12, made.Burn(2, in_track_m_s=dv_m_s)))
    (change,) = changes_between(satellites, np.array([1]), np.array([2 + sets]))
    assert change[IN_TRACK] == pytest.approx(dv_m_s, rel=0.01)
    behind_km = 3e-3 * dv_m_s * sets * made.every_days * 86400.0
    assert change[PHASE] == pytest.approx(-behind_km, rel=0.01)


def test_a_turn_of_a_nearly_equatorial_plane_is_no_jump_along_the_orbit() -> None:
    """The node of an orbit of 0.06 degrees turns by a radian; the object hardly moves."""
    turned = initialise(geostationary(0.3, 1.5, 0.001))
    (change,) = changes_between(turned, np.array([0]), np.array([1]))
    speed_m_s = 3074.0
    # Both orbit normals lie 0.001 rad from the pole, a radian apart: 2 sin(0.5) of that between.
    expected = 2.0 * np.sin(0.5) * 0.001 * speed_m_s
    a_day_of_sun_and_moon = 4.5e-5 * speed_m_s
    across_m_s = np.hypot(change[NODE], change[BEHIND_NODE])
    assert across_m_s == pytest.approx(expected, abs=a_day_of_sun_and_moon)
    assert change[IN_TRACK] == pytest.approx(0.0, abs=1e-2)


def test_impossible_elements_have_no_change(made: SimpleNamespace) -> None:
    elements = made.history(3)
    motion = elements.mean_motion_kozai_rad_min.copy()
    motion[1] = -1.0
    broken = MeanElements(
        elements.epoch_utc, motion, *(getattr(elements, n) for n in MeanElements.__slots__[2:])
    )
    assert np.isnan(changes_between(initialise(broken), np.array([0]), np.array([1]))).all()
