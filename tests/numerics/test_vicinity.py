"""Who keeps company with whom."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.sgp4 import States
from hoshimori.numerics.vicinity import companions


def test_company_is_near_and_in_the_plane() -> None:
    position = np.array(
        [[7000.0, 0, 0], [6999.0, 120.0, 0], [7000.0, 0, 10.0], [0, 7000.0, 0], [np.nan] * 3]
    )
    velocity = np.array([[0, 7.5, 0], [-0.13, 7.5, 0], [0, 5.0, 5.6], [-7.5, 0, 0], [np.nan] * 3])
    states = States(position, velocity, np.zeros(5, np.uint8))
    found = companions(states, np.array([0]), distance_km=500.0, plane_deg=1.0)
    # Ahead in the plane; across it at 45 degrees; a quarter turn away; without a state.
    assert found.tolist() == [True, True, False, False, False]
    assert not companions(states, np.array([], np.int64), distance_km=1e9, plane_deg=180.0).any()
