"""One step of the search: from the arcs of all objects to the closest approaches of fast pairs."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.encounters_arcs import VX, Arcs
from hoshimori.numerics.encounters_cells import (
    FIELDS,
    HEIGHTS,
    LANES,
    Column,
    Single,
    draw,
    enter_all,
    sort_by_height,
    sort_into_cells,
)
from hoshimori.numerics.encounters_exact import APPROACH, Coefficients, closest_approach
from hoshimori.numerics.encounters_pairs import Flags, Rows, sweep_cells
from hoshimori.numerics.kernels import kernel


class Room(NamedTuple):
    """Memory that one thread uses for one step after the other."""

    heights: Column
    counts: Column
    order: Column
    entries: Column
    ends: Column
    cells: Column
    fields: Single
    field_heights: Column
    field_objects: Column
    pairs: Rows
    places: Floats
    crossing_pairs: Rows
    crossings: Floats
    slow_pairs: Rows


class Question(NamedTuple):
    """What is asked of every step."""

    half_step_s: float
    threshold_km: float
    slowest_fast_km_s: float
    """Pairs below this relative speed are left to others."""
    edge: int
    """Cells along an edge of the cube; 0 for one cell that holds the whole sky."""
    first_tabulated: int
    """Objects from this row on have tables: SGP4 cannot solve their pairs."""


def new_room(objects: int, entries: int, pairs: int, edge: int) -> Room:
    """Return memory for so many objects, entries in cells and pairs."""
    return Room(
        heights=np.empty(objects, np.int32),
        counts=np.empty(HEIGHTS + 1, np.int32),
        order=np.empty(objects, np.int32),
        entries=np.empty(entries, np.int32),
        ends=np.empty(objects, np.int32),
        cells=np.empty(max(6 * edge**2, 1) + 1, np.int32),
        fields=np.empty((FIELDS, entries + LANES), np.float32),
        field_heights=np.empty(entries + LANES, np.int32),
        field_objects=np.empty(entries + LANES, np.int32),
        pairs=np.empty((pairs, 2), np.int64),
        places=np.empty(pairs),
        crossing_pairs=np.empty((pairs, 2), np.int64),
        crossings=np.empty((pairs, APPROACH)),
        slow_pairs=np.empty((pairs, 2), np.int64),
    )


@kernel
def search_step(
    arcs: Arcs,
    is_primary: Flags,
    coefficients: Coefficients,
    lenses: Single,
    question: Question,
    start_s: float,
    room: Room,
) -> tuple[int, int, int, int]:
    """Search one step, which begins `start_s` after t0; `arcs` has shape (objects, WIDTH).

    Returns how many rows of `room.crossings` and `room.slow_pairs` are filled, and how much room
    for entries and pairs was needed: where there was less, nothing is filled.
    """
    half_step_s, threshold_km, slowest_km_s, edge, first_tabulated = question
    if edge > 0:
        entries = draw(arcs, threshold_km, half_step_s, edge, room.entries, room.ends, room.cells)
    else:
        entries = enter_all(arcs, room.entries, room.ends, room.cells)
    if entries > len(room.entries):
        return 0, 0, entries, 0
    objects = sort_by_height(arcs, room.heights, room.counts, room.order)
    sort_into_cells(
        arcs,
        room.heights,
        room.order,
        objects,
        room.entries,
        room.ends,
        room.cells,
        room.fields,
        room.field_heights,
        room.field_objects,
    )
    pairs = sweep_cells(
        room.cells,
        room.fields,
        room.field_heights,
        room.field_objects,
        is_primary,
        lenses,
        threshold_km,
        room.pairs,
        room.places,
    )
    if pairs > len(room.pairs):
        return 0, 0, entries, pairs
    crossings = slow = 0
    key = np.empty(pairs, np.int64)
    for row in range(pairs):
        i, j = room.pairs[row, 0], room.pairs[row, 1]
        key[row] = min(i, j) * len(arcs) + max(i, j)
    order = np.argsort(key)
    for place in range(pairs):
        row = order[place]
        if place > 0 and key[row] == key[order[place - 1]]:
            continue
        i, j = key[row] // len(arcs), key[row] % len(arcs)
        if j >= first_tabulated or _speed_km_s(arcs, i, j) <= slowest_km_s:
            room.slow_pairs[slow, 0], room.slow_pairs[slow, 1] = i, j
            slow += 1
            continue
        guess_s = start_s + half_step_s + room.places[row]
        if closest_approach(coefficients, i, j, guess_s, threshold_km, room.crossings[crossings]):
            room.crossing_pairs[crossings, 0], room.crossing_pairs[crossings, 1] = i, j
            crossings += 1
    return crossings, slow, entries, pairs


@kernel
def _speed_km_s(arcs: Arcs, i: int, j: int) -> float:
    u, v = arcs[j, VX] - arcs[i, VX], arcs[j, VX + 1] - arcs[i, VX + 1]
    w = arcs[j, VX + 2] - arcs[i, VX + 2]
    return math.sqrt(u * u + v * v + w * w)
