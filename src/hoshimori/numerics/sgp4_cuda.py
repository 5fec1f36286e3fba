"""SGP4 on a CUDA device: the scalar kernels of `sgp4_state`, compiled for the device as they are.

One source serves both processors: a function compiled for the CPU is a plain function to the
compiler of the device, which compiles it again. What the device lacks is memory to grow: the nodes
of the resonance integrator are therefore prepared on the host, for the whole window at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import cuda

from hoshimori.numerics import sgp4_deep as deep
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.kernels_cuda import THREADS, DeviceArray, blocks_for, device_kernel
from hoshimori.numerics.sgp4 import Satellites, minutes_since_epoch
from hoshimori.numerics.sgp4_state import State, deep_state, keep, near_state, resonance_nodes

_BEYOND_MIN = 60.0
"""How far nodes reach past the window, for derivatives at its edges."""


class Sky(NamedTuple):
    """Objects in the memory of the device, ready to propagate."""

    near: DeviceArray
    deep: DeviceArray
    deep_row: DeviceArray
    offset_min: DeviceArray
    """Minutes from each epoch to the start of the window."""
    nodes: DeviceArray
    """Nodes of all resonance integrators, one after the other."""
    after_epoch: DeviceArray
    """Where the nodes of each deep-space object begin, for moments after its epoch."""
    before_epoch: DeviceArray
    """The same for moments before."""


def upload(satellites: Satellites, t0_utc: np.datetime64, last_s: float) -> Sky:
    """Copy objects to the device, to be propagated from `t0_utc` until `last_s` seconds later."""
    return Sky(*(cuda.to_device(array) for array in sky_of(satellites, t0_utc, last_s)))


def sky_of(satellites: Satellites, t0_utc: np.datetime64, last_s: float) -> Sky:
    """Return what the device needs of objects, still in the memory of the host."""
    offset_min = minutes_since_epoch(satellites, t0_utc)
    nodes, after, before = _resonances(satellites, offset_min, last_s / 60.0)
    # No array may be empty on the device: there is one row of deep coefficients at least.
    rows = satellites.deep if len(satellites.deep) else np.zeros((1, deep.WIDTH))
    return Sky(satellites.near, rows, satellites.deep_row, offset_min, nodes, after, before)


def _resonances(
    satellites: Satellites, offset_min: Floats, length_min: float
) -> tuple[Floats, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the nodes of all objects in one array and where each object's begin."""
    pieces, count = [np.zeros((1, 5))], 1
    starts = np.zeros((2, max(len(satellites.deep), 1)), np.int64)
    for i in np.flatnonzero(satellites.deep_row >= 0):
        row = satellites.deep_row[i]
        first_min = offset_min[i] - _BEYOND_MIN
        last_min = offset_min[i] + length_min + _BEYOND_MIN
        for side, end_min in enumerate((max(last_min, 0.0), min(first_min, -0.0))):
            piece = resonance_nodes(satellites.near[i], satellites.deep[row], end_min)
            starts[side, row] = count if len(piece) else 0
            pieces.append(piece)
            count += len(piece)
    return np.concatenate(pieces), starts[0], starts[1]


@kernel
def state_of(sky: Sky, i: int, t_s: float) -> State:
    """Return the state of object `i` at `t_s` seconds after the start of the window."""
    t_min = sky.offset_min[i] + t_s / 60.0
    row = sky.deep_row[i]
    if row < 0:
        return near_state(sky.near[i], t_min)
    start = sky.after_epoch[row] if t_min >= 0.0 else sky.before_epoch[row]
    return deep_state(sky.near[i], sky.deep[row], sky.nodes[start:], t_min)


@device_kernel
def _write_states(
    sky: Sky,
    first_s: float,
    step_s: float,
    position_km: DeviceArray,
    velocity_km_s: DeviceArray,
    status: DeviceArray,
) -> None:
    cell = cuda.grid(1)
    objects = status.shape[1]
    if cell < objects * status.shape[0]:
        k, i = cell // objects, cell % objects
        state = state_of(sky, i, first_s + k * step_s)
        keep(state, i, position_km[k], velocity_km_s[k], status[k])


def propagate_on_device(
    sky: Sky,
    first_s: float,
    step_s: float,
    position_km: DeviceArray,
    velocity_km_s: DeviceArray,
    status: DeviceArray,
) -> None:
    """Write the states of all objects at moments `step_s` apart, from `first_s` on.

    Shapes (moments, objects, 3) and (moments, objects); frame, units and codes as in
    `sgp4.States`, and the same numbers within the rounding of the device's sines and cosines.
    """
    blocks = blocks_for(status.shape[0] * status.shape[1])
    _write_states[blocks, THREADS](sky, first_s, step_s, position_km, velocity_km_s, status)
