"""The pinch of made fragments, wherever on whatever orbit, and what must not move it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hoshimori.numerics.breakup_model import Fragmentation, draw_kick_km_s
from hoshimori.numerics.breakup_orbits import advanced_elements, passes_min, secular_orbits
from hoshimori.numerics.breakup_passes import common_pass
from hoshimori.numerics.breakup_pinch import find_pinch
from hoshimori.numerics.breakup_time import parting_time
from hoshimori.numerics.elements import MeanElements

EVENT = np.datetime64("2026-03-01T10:00", "us")
START, END = np.datetime64("2026-02-01", "us"), np.datetime64("2026-03-25", "us")


def fragments(
    *,
    count: int = 40,
    inclination_deg: float = 74.0,
    argument_deg: float = 50.0,
    km: float = 7178.0,
) -> MeanElements:
    """Orbits that share a point at the event, as element sets of a month later."""
    random = np.random.default_rng(5)
    tilt, u = np.radians(inclination_deg), np.radians(argument_deg)
    ahead = np.array([0.0, np.cos(tilt), np.sin(tilt)])
    across = np.array([1.0, 0.0, 0.0])
    position = km * (np.cos(u) * across + np.sin(u) * ahead)
    velocity = np.sqrt(398600.8 / km) * (np.cos(u) * ahead - np.sin(u) * across)
    light = np.full(count, -1.0)
    moved = velocity + draw_kick_km_s(random, light, Fragmentation.EXPLOSION)
    return advanced_elements(
        kepler(position, moved), np.full(count, np.datetime64("2026-04-01", "us"))
    )


def kepler(position: np.ndarray, velocity: np.ndarray) -> MeanElements:
    """Osculating elements of states, taken for mean ones. Source: Vallado 2013, algorithm 9."""
    mu, r = 398600.8, np.linalg.norm(position)
    h = np.cross(position, velocity)
    node = np.stack([-h[:, 1], h[:, 0], 0.0 * h[:, 0]], axis=1)
    e_vector = np.cross(velocity, h) / mu - position / r
    e = np.linalg.norm(e_vector, axis=1)
    axis = -mu / (np.sum(velocity**2, axis=1) - 2.0 * mu / r)

    def angle(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        side = np.sum(np.cross(a, b) * h, axis=1) / np.linalg.norm(h, axis=1)
        return np.arctan2(side, np.sum(a * b, axis=1))

    true = angle(e_vector, np.broadcast_to(position, h.shape))
    eccentric = 2.0 * np.arctan(np.sqrt((1.0 - e) / (1.0 + e)) * np.tan(0.5 * true))
    return MeanElements(
        epoch_utc=np.full(len(e), EVENT),
        mean_motion_kozai_rad_min=60.0 * np.sqrt(mu / axis**3),
        eccentricity=e,
        inclination_rad=np.arccos(h[:, 2] / np.linalg.norm(h, axis=1)),
        raan_rad=np.arctan2(node[:, 1], node[:, 0]),
        arg_of_perigee_rad=angle(node, e_vector),
        mean_anomaly_rad=eccentric - e * np.sin(eccentric),
        bstar_per_er=np.zeros(len(e)),
    )


@pytest.mark.parametrize(
    ("inclination_deg", "argument_deg", "km"),
    [(74.0, 50.0, 7178.0), (98.7, 250.0, 7228.0), (28.5, 100.0, 6900.0)],
)
def test_the_pinch_is_where_and_when_they_parted(
    inclination_deg: float, argument_deg: float, km: float
) -> None:
    made = fragments(inclination_deg=inclination_deg, argument_deg=argument_deg, km=km)
    scan = find_pinch(secular_orbits(made), START, END)
    assert scan is not None
    pinch = scan.pinch
    assert abs(pinch.utc - EVENT) < np.timedelta64(24, "h")
    assert pinch.spread_km < 0.05 * pinch.usual_km
    assert pinch.radius_km == pytest.approx(km, abs=20.0)
    latitude = np.degrees(np.arcsin(pinch.direction[2]))
    wanted = np.degrees(
        np.arcsin(np.sin(np.radians(inclination_deg)) * np.sin(np.radians(argument_deg)))
    )
    assert latitude == pytest.approx(wanted, abs=2.0)


def test_half_of_the_group_may_not_belong() -> None:
    made, strangers = fragments(count=40), fragments(count=18, argument_deg=200.0)
    mixed = MeanElements(
        *(
            np.concatenate([getattr(made, name), getattr(strangers, name)])
            for name in MeanElements.__dataclass_fields__
        )
    )
    scan = find_pinch(secular_orbits(mixed), START, END)
    assert scan is not None
    assert abs(scan.pinch.utc - EVENT) < np.timedelta64(36, "h")


def test_turning_all_nodes_alike_moves_no_time() -> None:
    made = fragments()
    turned = replace(made, raan_rad=(made.raan_rad + 1.7) % (2.0 * np.pi))
    scans = [find_pinch(secular_orbits(one), START, END) for one in (made, turned)]
    assert scans[0] is not None
    assert scans[1] is not None
    assert abs(scans[0].pinch.utc - scans[1].pinch.utc) <= np.timedelta64(3, "h")
    assert scans[0].pinch.radius_km == pytest.approx(scans[1].pinch.radius_km, abs=2.0)


def test_too_few_orbits_have_no_pinch() -> None:
    assert find_pinch(secular_orbits(fragments(count=2)), START, END) is None


def test_the_interval_holds_the_moment_and_a_revolution_to_either_side() -> None:
    orbits = secular_orbits(fragments())
    scan = find_pinch(orbits, START, END)
    assert scan is not None
    time = parting_time(orbits, scan, np.random.default_rng(1))
    assert time.is_resolved
    assert abs(time.utc - EVENT) < np.timedelta64(5, "m")
    assert time.low_utc <= EVENT <= time.high_utc
    assert time.high_utc - time.low_utc >= np.timedelta64(190, "m")
    assert time.sigma_s == pytest.approx((time.high_utc - time.low_utc).astype(float) / 4e6)


def test_passes_without_a_common_moment_are_not_resolved() -> None:
    """Phases left to chance crowd nowhere."""
    made = fragments()
    scattered = replace(
        made, mean_anomaly_rad=np.random.default_rng(2).uniform(0.0, 2.0 * np.pi, len(made))
    )
    orbits = secular_orbits(scattered)
    scan = find_pinch(orbits, START, END)
    assert scan is not None
    passes = passes_min(orbits, scan.pinch.direction, scan.pinch.utc, 2000.0)
    found = common_pass(passes, np.random.default_rng(1), samples=20)
    assert found is not None
    assert not found.is_resolved
