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
from hoshimori.numerics.kernels import kernel

Column = npt.NDArray[np.int32]
Single = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

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
_BLOCK = 512
"""Arcs that are drawn at once: what they need stays in the fastest memory."""
_LINE, _BOX = 7, 4
"""Numbers that tell of an arc to be drawn (both ends of its chord, and how far to widen its box),
and of a box on a face."""


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
    lines = np.empty((_LINE, _BLOCK))
    boxes = np.empty((6, _BOX, _BLOCK), np.int32)
    for start in range(0, len(arcs), _BLOCK):
        some = arcs[start : start + _BLOCK]
        _line_up(some, reach_km, half_step_s, lines)
        for face in range(6):
            _box(lines, face, float(edge), boxes[face])
        for i in range(len(some)):
            for face in range(6):
                box = boxes[face]
                for column in range(box[0, i], box[1, i]):
                    for row in range(box[2, i], box[3, i]):
                        cell = (face * edge + column) * edge + row
                        cells[cell + 1] += 1
                        if count < len(entries):
                            entries[count] = cell
                        count += 1
            ends[start + i] = count
    return count


@kernel
def _line_up(arcs: Single, reach_km: float, half_step_s: float, lines: Doubles) -> None:
    """Write the ends of some arcs and how far to widen their boxes, shape (_LINE, _BLOCK)."""
    sag = _ACROSS_SHARE * WGS72_MU_KM3_S2 * half_step_s**2 / 2.0
    lines[:] = np.nan
    for i in range(len(arcs)):
        low = float(arcs[i, LOW])
        width_km = 0.5 * reach_km + _SLACK_KM + sag / (low * low) + float(arcs[i, DEPARTURE])
        lines[6, i] = _STRETCH * width_km / low
        for axis in range(3):
            lines[axis, i] = float(arcs[i, START + axis])
            lines[3 + axis, i] = float(arcs[i, END + axis])


@kernel
def _box(lines: Doubles, face: int, edge: float, box: Column) -> None:
    """Write the columns and rows of a face in which arcs lie, each from and until before.

    Without branches, so that the compiler computes many arcs at once; where an arc does not touch
    the face, what it computes is thrown away and the box is empty.
    """
    sign, outwards = 1.0 - 2.0 * (face & 1), face >> 1
    along, across = (outwards + 1) % 3, (outwards + 2) % 3
    half = 0.5 * edge
    for i in range(lines.shape[1]):
        w0, w1 = sign * lines[outwards, i], sign * lines[3 + outwards, i]
        p0, p1 = lines[along, i], lines[3 + along, i]
        q0, q1 = lines[across, i], lines[3 + across, i]
        wide = lines[6, i]
        # The chord between both ends lies in their plane: cut it where the face is left behind.
        cut = (_NARROWEST - w0) / (w1 - w0)
        p, q = p0 + cut * (p1 - p0), q0 + cut * (q1 - q0)
        leaves = min(w0, w1) < _NARROWEST
        first_out, last_out = leaves & (w0 < w1), leaves & (not w0 < w1)
        touches = max(w0, w1) > _NARROWEST
        i0 = 1.0 / (_NARROWEST if first_out else w0)
        i1 = 1.0 / (_NARROWEST if last_out else w1)
        a0, b0 = (p if first_out else p0) * i0, (q if first_out else q0) * i0
        a1, b1 = (p if last_out else p1) * i1, (q if last_out else q1) * i1
        left, right = half + half * (min(a0, a1) - wide), half + half * (max(a0, a1) + wide)
        bottom, top = half + half * (min(b0, b1) - wide), half + half * (max(b0, b1) + wide)
        inside = (right >= 0.0) & (top >= 0.0) & (left < edge) & (bottom < edge) & touches
        box[0, i] = np.int32(max(left, 0.0)) if inside else 0
        box[1, i] = np.int32(min(right, edge - 1.0)) + 1 if inside else 0
        box[2, i] = np.int32(max(bottom, 0.0)) if inside else 0
        box[3, i] = np.int32(min(top, edge - 1.0)) + 1 if inside else 0


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
