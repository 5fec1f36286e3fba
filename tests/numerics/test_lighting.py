"""Light on an object as another sees it, and how often chance gives as good a one."""

from __future__ import annotations

import numpy as np
import pytest

from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.lighting import lighting_at
from hoshimori.numerics.sgp4 import Satellites, initialise

EPOCH = np.datetime64("2024-06-21", "us")


def belt(longitude_deg: float) -> Satellites:
    one = np.ones(1)
    return initialise(
        MeanElements(
            epoch_utc=np.array([EPOCH]),
            mean_motion_kozai_rad_min=one * 2.0 * np.pi * 1.00273791 / 1440.0,
            eccentricity=one * 1e-5,
            inclination_rad=one * 1e-4,
            raan_rad=one * 0.0,
            arg_of_perigee_rad=one * 0.0,
            mean_anomaly_rad=one * np.radians(longitude_deg),
            bstar_per_er=one * 0.0,
        )
    )


def test_the_sun_behind_comes_once_a_day_and_chance_knows_it() -> None:
    """In the belt the phase angle of a neighbour runs through the day: the share follows it."""
    observer, target = belt(0.0), belt(0.1)
    found = []
    for hour in range(0, 24, 2):
        at_utc = EPOCH + np.timedelta64(hour, "h")
        found.append(lighting_at(observer, target, at_utc, revolution_s=86164.0))
    phases = np.array([one.phase_deg for one in found])
    shares = np.array([one.share_as_good[1] for one in found])
    # At the solstice the Sun stands 23.4 degrees off the plane: never better, never worse.
    assert phases.min() == pytest.approx(23.4, abs=8.0)
    assert phases.max() == pytest.approx(180.0 - 23.4, abs=8.0)
    assert (np.argsort(phases) == np.argsort(shares)).all()
    best, worst = found[int(np.argmin(phases))], found[int(np.argmax(phases))]
    assert best.share_as_good[1] < 0.15
    assert worst.share_as_good[1] > 0.85
    assert best.share_as_good[0] <= best.share_as_good[1] <= best.share_as_good[2]


def test_behind_the_earth_nothing_is_lit() -> None:
    dark = lighting_at(belt(0.0), belt(180.0), EPOCH, revolution_s=86164.0)
    assert not dark.is_lit
    assert dark.share_as_good[1] == 1.0
