"""Which pairs come near, found on a CUDA device: what `encounters_search` does on the CPU.

The window is cut into the same steps, and a pair is asked the same questions in them. A piece of
some steps goes through four stages: SGP4 and the arcs of all objects, all pairs in single precision
(`encounters_cuda_sieve`), exact closest approaches of fast pairs (`encounters_cuda_exact`), and
the way back to the host, which solves the slow pairs.

Needs an NVIDIA device and the optional package ``numba-cuda`` (extra ``cuda``); nothing imports
this module unless such a device is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numba import cuda

from hoshimori.numerics import encounters
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters import Encounters
from hoshimori.numerics.encounters_arcs import WIDTH
from hoshimori.numerics.encounters_cells import FIELDS
from hoshimori.numerics.encounters_cuda_exact import solve_candidates
from hoshimori.numerics.encounters_cuda_sieve import (
    BOUNDS,
    GROUP,
    TILE,
    bound_groups,
    find_pairs,
    place_arcs,
    write_arcs,
)
from hoshimori.numerics.encounters_exact import APPROACH, POSITION, slowest_fast_km_s
from hoshimori.numerics.encounters_refine import Rows
from hoshimori.numerics.encounters_search import Crossings, Search, SlowSteps
from hoshimori.numerics.sgp4_cuda import Sky, propagate_on_device, upload

STEPS_PER_PIECE = 64
"""States of 30,000 objects in so many steps are 0.2 GB of device memory."""
_ROOM = 1 << 21
"""Candidates in one piece at first; where there are more, memory is added."""
_CIRCULAR, _ECCENTRIC = 0.003, 0.02
"""Eccentricities: below the first, orbits of one perigee have nearly one shell; from the second on
their radius changes so much from step to step that no order lasts."""


def why_no_device() -> str:
    """Return why no CUDA device can be used, in words for people; empty if one can be."""
    if cuda.is_available():
        return ""
    return "no CUDA device can be used: it needs an NVIDIA driver and the package numba-cuda"


def device_name() -> str:
    """Return the name of the device and what it can compute, for people."""
    device = cuda.get_current_device()
    name = device.name.decode() if isinstance(device.name, bytes) else str(device.name)
    return f"{name}, compute capability {'.'.join(map(str, device.compute_capability))}"


def wait_for_device() -> None:
    """Return when the device has done all that it was told."""
    cuda.synchronize()


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Room on the device for pairs that may meet and for what becomes of them."""

    pairs: Any
    places: Any
    crossings: Any
    approaches: Any
    slow: Any
    counts: Any
    """Candidates, crossings, slow pairs."""

    @property
    def room(self) -> int:
        """How many candidates fit."""
        return int(self.pairs.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class DeviceSearch:
    """A search in the memory of the device."""

    search: Search
    order: Rows
    """Rows of the search in the order in which the device holds them."""
    sky: Sky
    is_primary: Any
    states: tuple[Any, Any, Any]
    arcs: Any
    first_eccentric: int
    names: Any
    placed: Any
    tiles: Any
    groups: Any
    candidates: Candidates


def prepare(
    search: Search, *, steps_per_piece: int = STEPS_PER_PIECE, room: int = _ROOM
) -> DeviceSearch:
    """Copy a search to the device and set memory aside for pieces of so many steps."""
    satellites = search.movers.satellites
    order, first_eccentric = _by_shell(satellites.near)
    objects, steps = len(order), min(steps_per_piece, search.steps)
    return DeviceSearch(
        search=search,
        order=order,
        sky=upload(satellites.take(order), search.t0_utc, search.duration_s),
        is_primary=cuda.to_device(search.is_primary[order]),
        states=(
            cuda.device_array((steps + 2, objects, 3), np.float64),
            cuda.device_array((steps + 2, objects, 3), np.float64),
            cuda.device_array((steps + 2, objects), np.uint8),
        ),
        arcs=cuda.device_array((steps, objects, WIDTH), np.float32),
        first_eccentric=first_eccentric,
        names=cuda.device_array((steps, objects), np.int32),
        placed=cuda.device_array((steps, FIELDS, objects), np.float32),
        tiles=cuda.device_array((steps, BOUNDS, -(-objects // TILE)), np.float32),
        groups=cuda.device_array((steps, BOUNDS, -(-objects // GROUP)), np.float32),
        candidates=_candidates(room),
    )


def _by_shell(coefficients: Floats) -> tuple[Rows, int]:
    """Return an order of similar shells, and where in it eccentric orbits begin."""
    eccentricity = coefficients[:, near.ECCO]
    perigee = coefficients[:, near.AO] * (1.0 - eccentricity)
    kind = np.digitize(eccentricity, (_CIRCULAR, _ECCENTRIC))
    return np.lexsort((perigee, kind)), int(np.count_nonzero(kind < 2))


def _candidates(room: int) -> Candidates:
    return Candidates(
        pairs=cuda.device_array((room, 3), np.int32),
        places=cuda.device_array(room, np.float32),
        crossings=cuda.device_array((room, 3), np.int32),
        approaches=cuda.device_array((room, APPROACH), np.float64),
        slow=cuda.device_array((room, 3), np.int32),
        counts=cuda.to_device(np.zeros(3, np.int64)),
    )


def propagate_piece(device: DeviceSearch, first: int, last: int) -> None:
    """Write the states in the middle of steps `first` to `last` - 1 and of their neighbours."""
    step_s = device.search.step_s
    states = tuple(part[: last - first + 2] for part in device.states)
    propagate_on_device(device.sky, (first - 0.5) * step_s, step_s, *states)


def trace_piece(device: DeviceSearch, first: int, last: int) -> None:
    """Write the arcs of a piece and the bounds of groups of them."""
    steps, search = last - first, device.search
    states = (device.states[0][: steps + 2], device.states[1][: steps + 2])
    arcs, half_step_s = device.arcs[:steps], 0.5 * search.step_s
    write_arcs((*states, device.states[2][: steps + 2]), half_step_s, arcs)
    placed = device.placed[:steps]
    place_arcs(arcs, device.first_eccentric, device.names[:steps], placed)
    for bounds, size in ((device.tiles, TILE), (device.groups, GROUP)):
        bound_groups(placed, size, half_step_s, search.threshold_km, bounds[:steps])


def sieve_piece(device: DeviceSearch, first: int, last: int) -> None:
    """Find the pairs of a piece that may meet, as far as there is room for them."""
    steps, into = last - first, device.candidates
    bounds = (device.tiles[:steps], device.groups[:steps])
    into.counts.copy_to_device(np.zeros(3, np.int64))
    found = (into.pairs, into.places, into.counts)
    arcs = (device.placed[:steps], device.names[:steps])
    find_pairs(arcs, bounds, device.is_primary, device.search.threshold_km, found)


def with_room(device: DeviceSearch, first: int, last: int) -> DeviceSearch:
    """Return the search with all pairs of the piece that was sieved, in more room if needed."""
    count = candidates_in(device)
    if count > device.candidates.room:
        device = replace(device, candidates=_candidates(count + count // 4))
        sieve_piece(device, first, last)
    return device


def candidates_in(device: DeviceSearch) -> int:
    """Return how many pairs of the last piece may meet."""
    return _count(device, 0)


def solve_piece(device: DeviceSearch, first: int) -> None:
    """Solve the candidates of the piece that begins at step `first`."""
    search, on = device.search, device.candidates
    slowest_km_s = slowest_fast_km_s(search.threshold_km)
    window = (first, search.steps, search.step_s, search.threshold_km, slowest_km_s)
    found = (on.pairs, on.places, candidates_in(device))
    results = (on.crossings, on.approaches, on.slow, on.counts)
    solve_candidates(device.sky, device.arcs, found, window, results)


def download_piece(device: DeviceSearch) -> tuple[Crossings, SlowSteps]:
    """Return what was found in a piece, objects as rows of the search, the lower one first."""
    on = device.candidates
    crossing, slow = _to_host(on.crossings, _count(device, 1)), _to_host(on.slow, _count(device, 2))
    approach = _to_host(on.approaches, len(crossing))
    a, b = device.order[crossing[:, 0]], device.order[crossing[:, 1]]
    approach[b < a, POSITION:] *= -1.0
    c, d = device.order[slow[:, 0]], device.order[slow[:, 1]]
    return (
        Crossings(np.minimum(a, b), np.maximum(a, b), crossing[:, 2].astype(np.int64), approach),
        SlowSteps(np.minimum(c, d), np.maximum(c, d), slow[:, 2].astype(np.int64)),
    )


def _count(device: DeviceSearch, which: int) -> int:
    return int(device.candidates.counts.copy_to_host()[which])


def _to_host(array: Any, count: int) -> Any:
    return array[:count].copy_to_host() if count else np.empty((0, array.shape[1]), array.dtype)


def near_pairs(
    search: Search, first_step: int, last_step: int, *, room: int = _ROOM
) -> Iterator[tuple[Crossings, SlowSteps]]:
    """Yield, piece by piece, what comes near in steps `first_step` until before `last_step`.

    The rows are those of `encounters_search.near_pairs`, in no order. `room` is for how many
    candidates of a piece memory is set aside; where there are more, more is taken.
    """
    if len(search.movers) > len(search.movers.satellites):
        raise ValueError(
            "objects with tables of states cannot be searched on a CUDA device: search on the CPU"
        )
    if len(search.movers) < 2:
        return
    device = prepare(search, room=room)
    ready = None
    for first in range(first_step, last_step, STEPS_PER_PIECE):
        last = min(first + STEPS_PER_PIECE, last_step)
        propagate_piece(device, first, last)
        trace_piece(device, first, last)
        sieve_piece(device, first, last)
        if ready:  # while the device works, the host is given something to do
            yield ready
        device = with_room(device, first, last)
        solve_piece(device, first)
        ready = download_piece(device)
    if ready:
        yield ready


def encounters_in(search: Search, first_step: int, last_step: int) -> Encounters:
    """Return the encounters from the start of one step until before the start of another.

    As `encounters.encounters_in`, with times that agree to a microsecond for fast pairs.
    """
    return encounters.encounters_in(search, first_step, last_step, finder=near_pairs)
