"""Objects that keep company: near one another in nearly the same orbit plane."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.sgp4 import States

Rows = npt.NDArray[np.int64]


def companions(
    states: States, rows: Rows, *, distance_km: float, plane_deg: float
) -> npt.NDArray[np.bool_]:
    """Return which of *n* objects are within a distance and plane angle of any of some rows.

    The rows themselves count; objects without a state never do.
    """
    position, velocity = states.position_teme_km, states.velocity_teme_km_s
    with np.errstate(invalid="ignore"):
        normal = np.cross(position, velocity)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        found = np.zeros(len(position), dtype=np.bool_)
        for row in rows:
            near = np.linalg.norm(position - position[row], axis=1) <= distance_km
            found |= near & (normal @ normal[row] >= np.cos(np.radians(plane_deg)))
    return found
