"""What changed between two element sets of one object, as the velocity change that would do it.

The older set is carried to the epoch of the newer one by SGP4's own rates and the mean elements are
compared there. Four columns:

* in-track [m/s]: half the circular speed times the relative change of the semi-major axis;
* along the node [m/s]: circular speed times the change of the inclination, what a burn across the
  plane does at the node;
* behind the node [m/s]: circular speed times the turn of the node, what it does a quarter later;
* phase [km]: how far ahead of its prediction the object is along the orbit.

A burn of dv in-track lets the object fall behind by 3 dv for every second since: that dates it.
Source: Gauss's variational equations for near-circular orbits (Vallado 2013, section 9.3.2).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import WGS72_RADIUS_KM, WGS72_VELOCITY_KM_S, XKE
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import Satellites
from hoshimori.numerics.sgp4_mean import MeanState, deep_mean, near_mean, nearest_turn

IN_TRACK, NODE, BEHIND_NODE, PHASE = range(4)
"""Columns of a change."""
_US_PER_MIN = 6.0e7
_NODE_DEFINED_RAD = 0.02
"""Inclination below which the turn of the orbit normal stands in for that of the elements."""

Rows = npt.NDArray[np.int64]


def changes_between(satellites: Satellites, older: Rows, newer: Rows) -> Floats:
    """Return the changes from older to newer element sets, rows of `satellites`; shape (m, 4).

    NaN where the elements are impossible or the drag of the older set has used up its orbit.
    """
    found = np.empty((len(older), 4))
    fill_changes(
        satellites.near,
        deep_rows(satellites),
        satellites.deep_row,
        epochs_min(satellites),
        older,
        newer,
        found,
    )
    return found


def epochs_min(satellites: Satellites) -> Floats:
    """Return epochs in minutes since 2000-01-01, exact to 1e-8 min, shape (n,)."""
    since = satellites.epoch_utc - np.datetime64("2000-01-01", "us")
    return np.asarray(since.astype("timedelta64[us]").astype(np.int64) / _US_PER_MIN)


def deep_rows(satellites: Satellites) -> Floats:
    """Return the coefficients of deep space, one row at least."""
    return satellites.deep if len(satellites.deep) else np.zeros((1, satellites.deep.shape[1]))


@kernel
def fill_changes(
    near_rows: Floats,
    deep_rows: Floats,
    deep_row: npt.NDArray[np.int32],
    epoch_min: Floats,
    older: Rows,
    newer: Rows,
    found: Floats,
) -> None:
    """Write the change of each pair of rows into `found`."""
    for pair in range(len(older)):
        i, k = older[pair], newer[pair]
        span_min = epoch_min[k] - epoch_min[i]
        if deep_row[i] < 0:
            carried = near_mean(near_rows[i], span_min)
        else:
            carried = deep_mean(near_rows[i], deep_rows[deep_row[i]], span_min)
        change = change_of(carried, near_rows[k])
        for column in range(4):
            found[pair, column] = change[column]


@kernel
def change_of(carried: MeanState, c: Floats) -> tuple[float, float, float, float]:
    """Return what turns the elements carried forward into those of a set at its epoch."""
    axis_before, _, tilt_before, node_before, perigee_before, anomaly_before = carried
    if not (c[near.NO] > 0.0 and axis_before > 0.0):
        return math.nan, math.nan, math.nan, math.nan
    axis, tilt, node = (XKE / c[near.NO]) ** (2.0 / 3.0), c[near.INCLO], c[near.NODEO]
    speed_m_s = 1000.0 * WGS72_VELOCITY_KM_S / math.sqrt(axis)
    turn = nearest_turn(node - node_before)
    # The orbit normal, seen along the node and behind it.
    towards_node = math.sin(tilt) - math.sin(tilt_before) * math.cos(turn)
    behind_node = math.sin(tilt_before) * math.sin(turn)
    if tilt > _NODE_DEFINED_RAD:
        towards_node = tilt - tilt_before
    anomaly = c[near.MO] + c[near.ARGPO] - anomaly_before - perigee_before
    ahead = nearest_turn(anomaly + math.cos(tilt) * turn)
    return (
        0.5 * speed_m_s * (axis - axis_before) / axis,
        speed_m_s * towards_node,
        speed_m_s * behind_node,
        axis * WGS72_RADIUS_KM * ahead,
    )
