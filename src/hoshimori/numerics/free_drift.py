"""Where an uncontrolled object of the geostationary belt goes: it swings, or goes round."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from hoshimori.numerics.belt_forces import longitude_acceleration_deg_day2
from hoshimori.numerics.elements import Floats

_STEP_DEG = 0.25
_LONGITUDES_DEG = np.arange(0.0, 360.0, _STEP_DEG)


class FreeMotion(IntEnum):
    """What free drift along the belt leads to."""

    SWINGS_ABOUT_75_E = 0
    SWINGS_ABOUT_105_W = 1
    SWINGS_ABOUT_BOTH = 2
    GOES_ROUND = 3


def potential_deg2_day2() -> tuple[Floats, Floats]:
    """Return longitudes [deg east] and the potential there, lowest value zero.

    Half the square of the drift, and this, keep their sum in free drift (Soop 1994, section 2.4).
    """
    force = longitude_acceleration_deg_day2(_LONGITUDES_DEG)
    work = np.concatenate(([0.0], np.cumsum(0.5 * (force[1:] + force[:-1]) * _STEP_DEG)))
    return _LONGITUDES_DEG, -work - np.min(-work)


def free_motion(longitude_deg_east: float, drift_deg_day: float) -> FreeMotion:
    """Return what the free drift of an object leads to, from its mean longitude and drift.

    Of nearly circular orbits of small inclination. Below about 0.4 degrees a day objects swing.
    Source: Allan 1963, Nature 197, 1083; Soop 1994, section 2.4.

    >>> free_motion(70.0, 0.0).name, free_motion(70.0, 1.0).name
    ('SWINGS_ABOUT_75_E', 'GOES_ROUND')
    """
    longitudes, potential = potential_deg2_day2()
    at = longitude_deg_east % 360.0
    here = float(np.interp(at, longitudes, potential, period=360.0))
    energy = 0.5 * drift_deg_day**2 + here
    if energy >= potential.max():
        return FreeMotion.GOES_ROUND
    free = potential <= energy + 1e-12
    # The barriers lie near 162 E and 348 E: what the energy does not pass parts the two wells.
    west, east = _barrier_open(free, longitudes, 162.0), _barrier_open(free, longitudes, 348.0)
    if west or east:
        return FreeMotion.SWINGS_ABOUT_BOTH
    return FreeMotion.SWINGS_ABOUT_75_E if _in_first_well(at) else FreeMotion.SWINGS_ABOUT_105_W


def _barrier_open(free: np.ndarray[tuple[int], np.dtype[np.bool_]], at: Floats, deg: float) -> bool:
    near = np.abs((at - deg + 180.0) % 360.0 - 180.0) < 15.0
    return bool(free[near].all())


def _in_first_well(deg_east: float) -> bool:
    """Return whether a longitude lies between the unstable points about 75 degrees east."""
    return not 162.0 < deg_east < 348.0
