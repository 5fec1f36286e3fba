"""Many states at once: loops over objects and moments around the scalar kernels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_fast import BLOCK, WORK_ROWS, fill_near
from hoshimori.numerics.sgp4_fast_deep import fill_deep
from hoshimori.numerics.sgp4_state import deep_state, keep, near_state, resonance_nodes


@kernel
def fill_each(
    near: Floats,
    deep: Floats,
    deep_row: npt.NDArray[np.int32],
    t_min: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
) -> None:
    """Write the state of each object at its own time since epoch [min]."""
    for i in range(len(near)):
        t = t_min[i]
        if deep_row[i] < 0:
            state = near_state(near[i], t)
        else:
            d = deep[deep_row[i]]
            state = deep_state(near[i], d, resonance_nodes(near[i], d, t), t)
        keep(state, i, position_km, velocity_km_s, status)


@kernel
def fill_grid(
    near: Floats,
    deep: Floats,
    deep_row: npt.NDArray[np.int32],
    offset_min: Floats,
    t_min: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
) -> None:
    """Write the states of each object at `offset_min` of the object plus every `t_min`."""
    if len(t_min) == 0:
        return
    work = np.empty((WORK_ROWS, BLOCK))
    for i in range(len(near)):
        if deep_row[i] < 0:
            fill_near(
                near[i], offset_min[i], t_min, work, position_km[i], velocity_km_s[i], status[i]
            )
        else:
            fill_deep(
                near[i],
                deep[deep_row[i]],
                offset_min[i],
                t_min,
                work,
                position_km[i],
                velocity_km_s[i],
                status[i],
            )
