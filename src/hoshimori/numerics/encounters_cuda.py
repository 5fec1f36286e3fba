"""Closest approaches of whole populations on a CUDA device.

The window is cut into the same steps as on the CPU, and a pair is asked the same questions in them
(`encounters_arcs`, `encounters_pairs`). A piece of some steps goes through three stages: SGP4 and
the arcs of all objects, all pairs in single precision (`encounters_cuda_sieve`), exact closest
approaches of those that may meet (`encounters_cuda_refine`). Only results leave the device, and
the few pairs that its solver leaves to the host.

Needs the optional package ``numba-cuda`` (extra ``cuda``) and an NVIDIA device; nothing imports
this module unless such a device is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numba import cuda

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters import Encounters
from hoshimori.numerics.encounters_cuda_refine import (
    MISS_KM,
    POSITION,
    SLACK_S,
    TCA_S,
    VALUES,
    VELOCITY,
    refine,
)
from hoshimori.numerics.encounters_cuda_sieve import (
    BOUNDS,
    FIELDS,
    GROUP,
    TILE,
    bound_groups,
    find_pairs,
    place_arcs,
    write_arcs,
)
from hoshimori.numerics.encounters_search import Search
from hoshimori.numerics.encounters_sieve import Rows
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


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Room on the device for pairs that may meet and for what becomes of them."""

    pairs: Any
    places: Any
    rows: Any
    values: Any
    doubtful: Any
    counts: Any
    """Candidates, encounters, doubtful ones."""

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
    at_gap: Any
    first_eccentric: int
    names: Any
    placed: Any
    tiles: Any
    groups: Any
    candidates: Candidates


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What the device found in some steps, rows as the search numbers them."""

    pairs: Rows
    """Shape (n, 2), in no order."""
    values: Floats
    doubtful: Rows
    """Object, object and step of what is left to the host, shape (m, 3)."""


def prepare(
    search: Search, *, steps_per_piece: int = STEPS_PER_PIECE, room: int = _ROOM
) -> DeviceSearch:
    """Copy a search to the device and set memory aside for pieces of so many steps."""
    satellites = search.satellites
    order, first_eccentric = _by_shell(satellites.near)
    objects, steps = len(order), min(steps_per_piece, search.steps)
    is_primary = np.zeros(objects, np.bool_)
    is_primary[search.primaries] = True
    last_s = search.steps * search.step_s
    return DeviceSearch(
        search=search,
        order=order,
        sky=upload(satellites.take(order), search.t0_utc, last_s),
        is_primary=cuda.to_device(is_primary[order]),
        states=(
            cuda.device_array((steps + 2, objects, 3), np.float64),
            cuda.device_array((steps + 2, objects, 3), np.float64),
            cuda.device_array((steps + 2, objects), np.uint8),
        ),
        arcs=cuda.device_array((steps, FIELDS, objects), np.float32),
        at_gap=cuda.device_array((steps, objects), np.uint8),
        first_eccentric=first_eccentric,
        names=cuda.device_array((steps, objects), np.int32),
        placed=cuda.device_array((steps, FIELDS, objects), np.float32),
        tiles=cuda.device_array((steps, BOUNDS, -(-objects // TILE)), np.float32),
        groups=cuda.device_array((steps, BOUNDS, -(-objects // GROUP)), np.float32),
        candidates=_candidates(room),
    )


def _by_shell(coefficients: Floats) -> tuple[Rows, int]:
    """Return an order in which neighbours sweep similar shells, and where eccentric orbits begin."""
    eccentricity = coefficients[:, near.ECCO]
    perigee = coefficients[:, near.AO] * (1.0 - eccentricity)
    kind = np.digitize(eccentricity, (_CIRCULAR, _ECCENTRIC))
    return np.lexsort((perigee, kind)), int(np.count_nonzero(kind < 2))


def _candidates(room: int) -> Candidates:
    return Candidates(
        pairs=cuda.device_array((room, 3), np.int32),
        places=cuda.device_array(room, np.float32),
        rows=cuda.device_array((room, 2), np.int32),
        values=cuda.device_array((room, VALUES), np.float64),
        doubtful=cuda.device_array((room, 3), np.int32),
        counts=cuda.to_device(np.zeros(3, np.int64)),
    )


def propagate_piece(device: DeviceSearch, first: int, last: int) -> None:
    """Write the states in the middle of steps `first` to `last` - 1 and of one more on each side."""
    step_s = device.search.step_s
    states = tuple(part[: last - first + 2] for part in device.states)
    propagate_on_device(device.sky, (first - 0.5) * step_s, step_s, *states)


def trace_piece(device: DeviceSearch, first: int, last: int) -> None:
    """Write the arcs of a piece and the bounds of groups of them."""
    steps, search = last - first, device.search
    states = (device.states[0][: steps + 2], device.states[1][: steps + 2])
    arcs, half_step_s = device.arcs[:steps], 0.5 * search.step_s
    write_arcs((*states, device.states[2][: steps + 2]), half_step_s, arcs, device.at_gap[:steps])
    placed = device.placed[:steps]
    place_arcs(arcs, device.first_eccentric, device.names[:steps], placed)
    for bounds, size in ((device.tiles, TILE), (device.groups, GROUP)):
        bound_groups(placed, size, half_step_s, search.threshold_km, bounds[:steps])


def sieve_piece(device: DeviceSearch, first: int, last: int) -> DeviceSearch:
    """Find the pairs of a piece that may meet; returns a search with more room if that was short."""
    steps, into = last - first, device.candidates
    bounds = (device.tiles[:steps], device.groups[:steps])
    into.counts.copy_to_device(np.zeros(3, np.int64))
    found = (into.pairs, into.places, into.counts)
    arcs = (device.placed[:steps], device.names[:steps])
    find_pairs(arcs, bounds, device.is_primary, device.search.threshold_km, found)
    count = _count(device, 0)
    if count <= into.room:
        return device
    return sieve_piece(replace(device, candidates=_candidates(count + count // 4)), first, last)


def solve_piece(device: DeviceSearch, first: int) -> None:
    """Solve the candidates of a piece that begins at step `first`."""
    search, on = device.search, device.candidates
    window = (first, search.steps, search.step_s, search.threshold_km)
    results = (on.rows, on.values, on.doubtful, on.counts)
    count = _count(device, 0)
    refine(device.sky, (on.pairs, on.places, count), window, device.at_gap, results)


def download_piece(device: DeviceSearch) -> Solved:
    """Return what was found in a piece."""
    on = device.candidates
    encounters, doubtful = _count(device, 1), _count(device, 2)
    left = _to_host(on.doubtful, doubtful).astype(np.int64)
    left[:, :2] = device.order[left[:, :2]]
    return Solved(
        device.order[_to_host(on.rows, encounters)], _to_host(on.values, encounters), left
    )


def _count(device: DeviceSearch, which: int) -> int:
    return int(device.candidates.counts.copy_to_host()[which])


def _to_host(array: Any, count: int) -> Any:
    return array[:count].copy_to_host() if count else np.empty((0, array.shape[1]), array.dtype)


def solved_on_device(search: Search, first_step: int, last_step: int) -> Solved:
    """Return what the device finds in steps `first_step` to `last_step` - 1 of a search."""
    device = prepare(search)
    parts = []
    for first in range(first_step, last_step, STEPS_PER_PIECE):
        last = min(first + STEPS_PER_PIECE, last_step)
        propagate_piece(device, first, last)
        trace_piece(device, first, last)
        device = sieve_piece(device, first, last)
        solve_piece(device, first)
        parts.append(download_piece(device))
    return Solved(
        np.concatenate([part.pairs for part in parts]),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.doubtful for part in parts]),
    )
