"""Which arcs of one step lie in the same part of the sky: cells on a cube around the Earth.

Seen from the centre of the Earth, an arc is nearly a piece of a great circle, and on the face of
a cube a great circle is a straight line (gnomonic projection). Each arc is drawn as such a line
into the cells of all faces that it touches, wide enough that two objects which come within the
threshold of one another share a cell. Inside each cell arcs are sorted by their lowest radius.

*Width.* The line stands for the great circle between both ends. The true path leaves it by the
pull of J2 across it, below 1.7e-3 mu / r^2 tau^2 / 2, by the error of the ends and by the
departure of the arc. The sum, half the threshold and 2 km are the reach to either side; on a face
lengths are stretched by no more than a factor of 3 at the corners, and 3.5 beyond its edges.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.encounters_arcs import DEPARTURE, END, LOW, START
from hoshimori.numerics.kernels import kernel

Column = npt.NDArray[np.int32]
Single = npt.NDArray[np.float32]

HEIGHTS = 1 << 14
"""How many classes of radius there are."""
LANES = 16
"""How many entries are compared at once: one register of single precision numbers."""
FIELDS = 9
"""Rows of the sorted entries: position, velocity, `LOW`, `HIGH` and `DEPARTURE` of an arc."""

_FINE_TO_KM, _FINE_PER_KM, _FLOOR_KM = 8900.0, 5.0, 6300.0
_FINE = (_FINE_TO_KM - _FLOOR_KM) * _FINE_PER_KM
_COARSE = HEIGHTS - 2.0 - _FINE
_CENTRE_KM = 3000.0
"""No arc that has a state above the ground reaches so low within a step."""
_SLACK_KM = 2.0
_ACROSS_SHARE = 1.7e-3
_STRETCH = 3.5
_NARROWEST = 0.4
"""Cosine from the middle of a face; its corners lie at 0.577."""
_FAR = np.float32(1e9)


@kernel
def height_class(radius_km: float) -> int:
    """Return the class of a radius: never falling with the radius, 200 m wide in low orbits."""
    if radius_km < _FINE_TO_KM:
        return int(max(radius_km - _FLOOR_KM, 0.0) * _FINE_PER_KM)
    return int(_FINE + (1.0 - _FINE_TO_KM / radius_km) * _COARSE)


@kernel
def class_floor_km(height: int) -> float:
    """Return the lowest radius of a class, or a little less."""
    if height == 0:
        return _CENTRE_KM
    if height <= _FINE:
        return _FLOOR_KM + (height - 0.01) / _FINE_PER_KM
    return _FINE_TO_KM / (1.0 - (height - 0.01 - _FINE) / _COARSE)


@kernel
def sort_by_height(arcs: Single, heights: Column, counts: Column, order: Column) -> int:
    """Write the objects that have an arc in the order of their lowest radius; return how many.

    `arcs` is one step, shape (objects, WIDTH); `counts` has room for HEIGHTS + 1.
    """
    counts[:] = 0
    for i in range(len(arcs)):
        low = arcs[i, LOW]
        heights[i] = height_class(low) if low == low else -1
        counts[heights[i] + 1] += 1
    missing = counts[0]
    counts[0] = 0
    for height in range(HEIGHTS):
        counts[height + 1] += counts[height]
    for i in range(len(arcs)):
        if heights[i] >= 0:
            order[counts[heights[i]]] = i
            counts[heights[i]] += 1
    return len(arcs) - missing


@kernel
def draw(
    arcs: Single,
    order: Column,
    objects: int,
    reach_km: float,
    half_step_s: float,
    edge: int,
    entries: Column,
    cells: Column,
) -> int:
    """Draw arcs into cells in the order given; return the number of entries.

    Writes (cell, object) into `entries`, shape (2, room), and into `cells`, from place 1 on, how
    many entries each of the 6 `edge`^2 cells has. Where there is no room, counts on.
    """
    cells[:] = 0
    count = 0
    sag = _ACROSS_SHARE * WGS72_MU_KM3_S2 * half_step_s**2 / 2.0
    for place in range(objects):
        i = order[place]
        low = float(arcs[i, LOW])
        width_km = 0.5 * reach_km + _SLACK_KM + sag / (low * low) + float(arcs[i, DEPARTURE])
        wide = _STRETCH * width_km / low * 0.5 * edge
        face = _only_face(arcs, i, 2.0 * wide / edge)
        if face >= 0:
            count = _draw_on_face(arcs, i, face, wide, edge, entries, cells, count)
        else:
            for each in range(6):
                count = _draw_on_face(arcs, i, each, wide, edge, entries, cells, count)
    return count


@kernel
def _only_face(arcs: Single, i: int, margin: float) -> int:
    """Return the one face that an arc touches with its margin, else -1."""
    x, y, z = abs(arcs[i, START]), abs(arcs[i, START + 1]), abs(arcs[i, START + 2])
    axis = 0 if x >= y and x >= z else 1 if y >= z else 2
    mine, other = arcs[i, START + axis], arcs[i, END + axis]
    start_side = max(abs(arcs[i, START + (axis + 1) % 3]), abs(arcs[i, START + (axis + 2) % 3]))
    end_side = max(abs(arcs[i, END + (axis + 1) % 3]), abs(arcs[i, END + (axis + 2) % 3]))
    keep = 1.0 - margin
    if mine * other > 0.0 and start_side < abs(mine) * keep and end_side < abs(other) * keep:
        return 2 * axis + (0 if mine > 0.0 else 1)
    return -1


@kernel
def _draw_on_face(
    arcs: Single,
    i: int,
    face: int,
    wide: float,
    edge: int,
    entries: Column,
    cells: Column,
    count: int,
) -> int:
    axis, sign = face // 2, 1.0 - 2.0 * (face % 2)
    w0, w1 = sign * float(arcs[i, START + axis]), sign * float(arcs[i, END + axis])
    if max(w0, w1) < _NARROWEST:
        return count
    right, up = (axis + 1) % 3, (axis + 2) % 3
    p0, q0 = float(arcs[i, START + right]), float(arcs[i, START + up])
    p1, q1 = float(arcs[i, END + right]), float(arcs[i, END + up])
    if min(w0, w1) < _NARROWEST:
        # The chord between both ends lies in their plane: cut it where the face is left behind.
        cut = (_NARROWEST - w0) / (w1 - w0)
        p, q = p0 + cut * (p1 - p0), q0 + cut * (q1 - q0)
        if w0 < w1:
            w0, p0, q0 = _NARROWEST, p, q
        else:
            w1, p1, q1 = _NARROWEST, p, q
    half = 0.5 * edge
    a0, b0 = half + half * p0 / w0, half + half * q0 / w0
    a1, b1 = half + half * p1 / w1, half + half * q1 / w1
    first = int(max(math.floor(min(a0, a1) - wide), 0.0))
    last = int(min(math.floor(max(a0, a1) + wide), edge - 1.0))
    slope = (b1 - b0) / (a1 - a0) if abs(a1 - a0) > 1e-6 else 0.0
    for column in range(first, last + 1):
        b2, b3 = b0, b1
        if slope != 0.0:
            # The part of the line above this column and its margins.
            s = min(max((column - wide - a0) / (a1 - a0), 0.0), 1.0)
            t = min(max((column + 1 + wide - a0) / (a1 - a0), 0.0), 1.0)
            b2, b3 = b0 + s * (b1 - b0), b0 + t * (b1 - b0)
        bottom = int(max(math.floor(min(b2, b3) - wide), 0.0))
        top = int(min(math.floor(max(b2, b3) + wide), edge - 1.0))
        for row in range(bottom, top + 1):
            if count < entries.shape[1]:
                cell = (face * edge + column) * edge + row
                entries[0, count], entries[1, count] = cell, i
                cells[cell + 1] += 1
            count += 1
    return count


@kernel
def sort_into_cells(
    arcs: Single,
    heights: Column,
    entries: Column,
    count: int,
    cells: Column,
    sorted_fields: Single,
    sorted_heights: Column,
    sorted_objects: Column,
) -> None:
    """Sort entries by cell, keeping their order within; afterwards `cells[c]` is the end of c.

    `sorted_fields` has shape (FIELDS, room); LANES places past the end are filled with entries
    that are far from everything.
    """
    for cell in range(1, len(cells)):
        cells[cell] += cells[cell - 1]
    for e in range(count):
        cell, i = entries[0, e], entries[1, e]
        place = cells[cell]
        cells[cell] += 1
        sorted_objects[place], sorted_heights[place] = i, heights[i]
        for field in range(FIELDS):
            sorted_fields[field, place] = arcs[i, field]
    for place in range(count, count + LANES):
        sorted_heights[place] = HEIGHTS
        for field in range(FIELDS):
            sorted_fields[field, place] = _FAR


