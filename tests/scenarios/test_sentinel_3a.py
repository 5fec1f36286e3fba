"""An operator's own ephemeris is screened: Sentinel-3A's precise orbit among element sets.

The orbit is that of CNES for 2018-12-24 to 2019-01-03 (SP3, good to centimetres), the element sets
are the public ones of the same days. Objects that cross its path are made up. Truth: a cubic spline
through positions and velocities of the orbit, the reference SGP4, samples every second and a
minimisation; over 60 s such a spline is off by up to 0.3 m in this orbit (h^4 / 384 times n^4 r).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.interpolate import CubicHermiteSpline
from scipy.optimize import minimize_scalar
from sgp4.api import WGS72, Satrec

from hoshimori.formats.catalogue import read_catalogue
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.encounters import closest_approaches
from hoshimori.numerics.encounters_stays import stays
from hoshimori.numerics.movers import movers
from hoshimori.numerics.sgp4 import initialise
from hoshimori.numerics.trajectories import Ephemerides
from hoshimori.workflows.ephemerides import earth_now, ephemerides_in, tabulated

T0 = np.datetime64("2018-12-27T00:00:00", "us")
T0_DAYS_SINCE_1949 = 2458479.5 - 2433281.5
DAY_S = 86400.0
THRESHOLD_KM = 40.0
FASTEST_KM_S = 15.0
TURNS_DEG = (20.0, 60.0, 90.0, 130.0, 175.0)
"""By which the velocities of crossing objects differ in direction."""
SPLINE_KM = 3e-4


@pytest.fixture(scope="module")
def orbit(shared_data: Path) -> Ephemerides:
    folder = shared_data / "ephemerides" / "sp3"
    found = tabulated(ephemerides_in([folder / "ssas3a20.b18358.e19003.DG_.sp3.gz"]), earth_now())
    assert found.names == ("L74",)
    return found.states


@pytest.fixture(scope="module")
def public(shared_data: Path) -> MeanElements:
    """The last element set before the window."""
    path = shared_data / "ephemerides" / "tle" / "Sentinel-3A_20181224.tle"
    reading = read_catalogue(path.read_bytes(), source=path.name, received_utc=T0)
    elements = reading.element_sets.mean_elements()
    before = np.flatnonzero(elements.epoch_utc <= T0)
    return elements.take(before[[np.argmax(elements.epoch_utc[before])]])


def crossing(orbit: Ephemerides) -> MeanElements:
    """Objects in circular orbits that are near Sentinel-3A at the start of an hour of the day."""
    rows = []
    for hour, turn_deg in enumerate(TURNS_DEG, start=1):
        at = orbit.states(T0, np.array([3600.0 * hour]))
        r, v = at.position_teme_km[0, 0], at.velocity_teme_km_s[0, 0]
        turn, up = np.radians(turn_deg), r / np.linalg.norm(r)
        v = np.cos(turn) * v + np.sin(turn) * np.cross(up, v)
        normal = np.cross(r, v) / np.linalg.norm(np.cross(r, v))
        node = np.array([-normal[1], normal[0], 0.0]) / np.hypot(normal[0], normal[1])
        latitude = np.arctan2(up @ np.cross(normal, node), up @ node)
        motion_rad_min = 60.0 * np.sqrt(398600.8 / np.linalg.norm(r) ** 3)
        raan = np.arctan2(node[1], node[0])
        rows.append((motion_rad_min, 1e-5, np.arccos(normal[2]), raan, 0.0, latitude, 0.0))
    epochs = T0 + (3600e6 * np.arange(1, len(rows) + 1)).astype("timedelta64[us]")
    return MeanElements(epochs, *np.array(rows).T)


def as_satrec(elements: MeanElements, row: int) -> Satrec:
    made = Satrec()
    days = (elements.epoch_utc[row] - T0) / np.timedelta64(1, "D") + T0_DAYS_SINCE_1949
    motion, e, i, node, argument, anomaly, bstar = (
        float(getattr(elements, name)[row]) for name in MeanElements.__slots__[1:]
    )
    made.sgp4init(WGS72, "i", 1, days, bstar, 0.0, 0.0, e, argument, i, anomaly, motion, node)
    return made


def truth(orbit: Ephemerides, satrec: Satrec) -> list[tuple[float, float]]:
    """Return time and range of every minimum of range below the threshold in the day."""
    since_s = (orbit.sample_us - T0.astype(np.int64)) * 1e-6
    spline = CubicHermiteSpline(since_s, orbit.position_teme_km, orbit.velocity_teme_km_s)

    def range_km(t_s: np.ndarray) -> np.ndarray:
        t_s = np.atleast_1d(t_s)
        whole, part = T0_DAYS_SINCE_1949 + 2433281.5, t_s / DAY_S
        errors, r, _ = satrec.sgp4_array(np.full(len(t_s), whole), part)
        assert not errors.any()
        return np.asarray(np.linalg.norm(r - spline(t_s), axis=1))

    t_s = np.arange(0.0, DAY_S + 1.0)
    ranges = range_km(t_s)
    lowest = (ranges[1:-1] <= ranges[:-2]) & (ranges[1:-1] < ranges[2:])
    found = []
    for k in 1 + np.flatnonzero(lowest & (ranges[1:-1] < THRESHOLD_KM + FASTEST_KM_S)):
        best = minimize_scalar(
            lambda t: float(range_km(t)[0] ** 2), bounds=(t_s[k - 1], t_s[k + 1]),
            method="bounded", options={"xatol": 1e-7},
        )  # fmt: skip
        if (miss_km := float(range_km(best.x)[0])) < THRESHOLD_KM:
            found.append((float(best.x), miss_km))
    return found


def test_what_crosses_its_path_is_found_where_dense_samples_have_it(orbit: Ephemerides) -> None:
    elements = crossing(orbit)
    given = movers(initialise(elements), orbit)
    found = closest_approaches(given, [len(elements)], T0, DAY_S, THRESHOLD_KM)
    assert set(found.secondary) == set(range(len(elements)))
    assert found.speed_km_s.max() > 14.0
    assert not found.at_window_edge.any()
    for row in range(len(elements)):
        meant = np.array(truth(orbit, as_satrec(elements, row)))
        mine = found.take(found.secondary == row)
        assert len(mine) == len(meant) >= 2
        one_tenth_millisecond_s = 1e-4
        np.testing.assert_allclose(
            mine.tca_s, meant[:, 0], rtol=0.0,
            atol=one_tenth_millisecond_s + SPLINE_KM / mine.speed_km_s.min(),
        )  # fmt: skip
        np.testing.assert_allclose(mine.miss_km, meant[:, 1], rtol=0.0, atol=SPLINE_KM)


def test_its_own_element_set_stays_with_it(public: MeanElements, orbit: Ephemerides) -> None:
    """Half a kilometre in track at epoch, as measured for this object; one stay, all day long."""
    given = movers(initialise(public), orbit)
    asked = {"inner_km": 2.0, "outer_km": 5.0, "shortest_s": 3600.0}
    found = stays(given, [1], T0, DAY_S, **asked)
    assert (found.primary.tolist(), found.secondary.tolist()) == ([1], [0])
    assert found.open_start[0]
    assert found.open_end[0]
    assert (found.start_s[0], found.end_s[0]) == (0.0, pytest.approx(DAY_S))
    assert found.minima[0] >= 14  # at least one a revolution
    assert found.closest_km[0] < 0.5


def test_its_stay_ends_with_the_orbit(public: MeanElements, orbit: Ephemerides) -> None:
    last_utc = orbit.ends_us[0, 1].astype("datetime64[us]")
    t0_utc = last_utc - np.timedelta64(7_000_300, "ms")
    given = movers(initialise(public), orbit)
    found = stays(given, [1], t0_utc, DAY_S, inner_km=5.0, outer_km=10.0, shortest_s=3600.0)
    assert len(found) == 1
    assert found.open_end[0]
    assert found.end_s[0] == pytest.approx(7000.3, abs=1e-6)
