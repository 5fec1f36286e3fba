"""Which arcs of one step lie in the same part of the sky: cells on a cube around the Earth.

Seen from the centre of the Earth, an arc is nearly a piece of a great circle, and on the face of
a cube a great circle is a straight line (gnomonic projection). Each arc is entered into the cells
in the box around that line, on all faces that it touches. The box is widened, so that two objects
which come within the threshold of one another share a cell: that in which they meet. Inside each
cell arcs are sorted by their lowest radius.

*Width.* The line stands for the great circle between both ends. The true path leaves it by the
pull of J2 across it, below 1.7e-3 mu / r^2 tau^2 / 2, by the error of the ends and by the
departure of the arc. The sum, half the threshold and 2 km are the reach to either side; on a face
lengths are stretched by no more than a factor of 3 at the corners, and 3.5 beyond its edges.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.encounters_arcs import DEEPEST_KM, DEPARTURE, END, LOW, START
from hoshimori.numerics.kernels import kernel, melting

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
        return DEEPEST_KM
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
    return int(len(arcs) - missing)


@kernel
def draw(
    arcs: Single,
    reach_km: float,
    half_step_s: float,
    edge: int,
    entries: Column,
    ends: Column,
    cells: Column,
) -> int:
    """Enter arcs into the cells that they touch, object by object; return the number of entries.

    Writes the cell of every entry into `entries`, for every object where its entries end into
    `ends`, and into `cells`, from place 1 on, how many entries each of the 6 `edge`^2 cells has.
    Where there is no room in `entries`, counts on.
    """
    cells[:] = 0
    count = 0
    sag = _ACROSS_SHARE * WGS72_MU_KM3_S2 * half_step_s**2 / 2.0
    for i in range(len(arcs)):
        low = float(arcs[i, LOW])
        width_km = 0.5 * reach_km + _SLACK_KM + sag / (low * low) + float(arcs[i, DEPARTURE])
        wide = _STRETCH * width_km / low
        if wide == wide:
            x0, x1 = float(arcs[i, START]), float(arcs[i, END])
            y0, y1 = float(arcs[i, START + 1]), float(arcs[i, END + 1])
            z0, z1 = float(arcs[i, START + 2]), float(arcs[i, END + 2])
            for side in range(2):
                sign = 1.0 - 2.0 * side
                if max(sign * x0, sign * x1) > _NARROWEST:
                    line = (sign * x0, y0, z0, sign * x1, y1, z1)
                    count = _enter(line, side, wide, edge, entries, cells, count)
                if max(sign * y0, sign * y1) > _NARROWEST:
                    line = (sign * y0, z0, x0, sign * y1, z1, x1)
                    count = _enter(line, 2 + side, wide, edge, entries, cells, count)
                if max(sign * z0, sign * z1) > _NARROWEST:
                    line = (sign * z0, x0, y0, sign * z1, x1, y1)
                    count = _enter(line, 4 + side, wide, edge, entries, cells, count)
        ends[i] = count
    return count


Line = tuple[float, float, float, float, float, float]
"""Both ends of a chord: outwards from the middle of a face, and along its two edges."""


@melting
def _enter(
    line: Line, face: int, wide: float, edge: int, entries: Column, cells: Column, count: int
) -> int:
    """Enter the cells of one face that lie in the box around an arc."""
    w0, p0, q0, w1, p1, q1 = line
    if min(w0, w1) < _NARROWEST:
        # The chord between both ends lies in their plane: cut it where the face is left behind.
        cut = (_NARROWEST - w0) / (w1 - w0)
        p, q = p0 + cut * (p1 - p0), q0 + cut * (q1 - q0)
        if w0 < w1:
            w0, p0, q0 = _NARROWEST, p, q
        else:
            w1, p1, q1 = _NARROWEST, p, q
    i0, i1 = 1.0 / w0, 1.0 / w1
    a0, b0, a1, b1 = p0 * i0, q0 * i0, p1 * i1, q1 * i1
    half = 0.5 * edge
    first, last = half + half * (min(a0, a1) - wide), half + half * (max(a0, a1) + wide)
    bottom, top = half + half * (min(b0, b1) - wide), half + half * (max(b0, b1) + wide)
    if last < 0.0 or top < 0.0 or first >= edge or bottom >= edge:
        return count
    lowest, highest = int(max(bottom, 0.0)), int(min(top, edge - 1.0))
    for column in range(int(max(first, 0.0)), int(min(last, edge - 1.0)) + 1):
        for row in range(lowest, highest + 1):
            cell = (face * edge + column) * edge + row
            cells[cell + 1] += 1
            if count < len(entries):
                entries[count] = cell
            count += 1
    return count


@kernel
def enter_all(arcs: Single, entries: Column, ends: Column, cells: Column) -> int:
    """Enter every arc once into one cell that holds the whole sky; else as `draw`."""
    for i in range(len(arcs)):
        if i < len(entries):
            entries[i] = 0
        ends[i] = i + 1
    cells[0], cells[1] = 0, len(arcs)
    return len(arcs)


@kernel
def sort_into_cells(
    arcs: Single,
    heights: Column,
    order: Column,
    objects: int,
    entries: Column,
    ends: Column,
    cells: Column,
    fields: Single,
    field_heights: Column,
    field_objects: Column,
) -> None:
    """Sort entries by cell, inside by the order given; afterwards `cells[c]` is the end of cell c.

    `fields` has shape (FIELDS, room); LANES places past the end are filled with entries that are
    far from everything.
    """
    for cell in range(1, len(cells)):
        cells[cell] += cells[cell - 1]
    for place in range(objects):
        i = order[place]
        for e in range(ends[i - 1] if i > 0 else 0, ends[i]):
            to = cells[entries[e]]
            cells[entries[e]] += 1
            field_objects[to], field_heights[to] = i, heights[i]
            for field in range(FIELDS):
                fields[field, to] = arcs[i, field]
    count = cells[len(cells) - 2]
    for to in range(count, count + LANES):
        field_heights[to] = HEIGHTS
        for field in range(FIELDS):
            fields[field, to] = _FAR
