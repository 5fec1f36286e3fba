"""Classes of radius and cells of the sky."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.encounters_arcs import END, LOW, START, WIDTH
from hoshimori.numerics.encounters_cells import (
    FIELDS,
    HEIGHTS,
    LANES,
    class_floor_km,
    draw,
    height_class,
    sort_by_height,
    sort_into_cells,
)

radii = st.floats(3100.0, 1e6)


@settings(deadline=None)
@given(radii, radii)
def test_classes_never_fall_with_the_radius(one_km: float, other_km: float) -> None:
    low, high = sorted((one_km, other_km))
    assert 0 <= height_class(low) <= height_class(high) < HEIGHTS


@settings(deadline=None)
@given(radii)
def test_no_radius_lies_below_the_floor_of_its_class(radius_km: float) -> None:
    # Radii are held in single precision.
    assert class_floor_km(height_class(radius_km)) <= np.float32(radius_km) * (1.0 + 1e-7)


def random_arcs(rng: np.random.Generator, objects: int) -> np.ndarray:
    """Great circles of up to 60 degrees, anywhere."""
    arcs = np.full((objects, WIDTH), 0.1, np.float32)
    start = rng.normal(size=(objects, 3))
    start /= np.linalg.norm(start, axis=1, keepdims=True)
    across = np.cross(start, rng.normal(size=(objects, 3)))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    angle = rng.uniform(0.0, np.pi / 3.0, (objects, 1))
    arcs[:, START : START + 3] = start
    arcs[:, END : END + 3] = np.cos(angle) * start + np.sin(angle) * across
    arcs[:, LOW] = rng.uniform(6600.0, 43000.0, objects)
    return arcs


def cells_of(arcs: np.ndarray, edge: int, reach_km: float) -> tuple[np.ndarray, np.ndarray]:
    room = 60 * len(arcs)
    entries, ends = np.empty(room, np.int32), np.empty(len(arcs), np.int32)
    cells = np.empty(6 * edge**2 + 1, np.int32)
    count = draw(arcs, reach_km, 180.0, edge, entries, ends, cells)
    assert count <= room
    return entries[:count], ends


def test_arcs_that_meet_share_the_cell_in_which_they_meet() -> None:
    rng = np.random.default_rng(4)
    reach_km = 20.0
    for edge in (1, 2, 3, 5):
        arcs = random_arcs(rng, 400)
        # A second arc that passes the first at some point, within the reach, in any direction.
        other = random_arcs(rng, 400)
        share = rng.uniform(0.0, 1.0, (400, 1))
        point = (1.0 - share) * arcs[:, START : START + 3] + share * arcs[:, END : END + 3]
        off = rng.normal(size=(400, 3))
        off *= rng.uniform(0, reach_km, (400, 1)) / np.linalg.norm(off, axis=1, keepdims=True)
        point /= np.linalg.norm(point, axis=1, keepdims=True)
        there = point + off / arcs[:, LOW, None]
        there /= np.linalg.norm(there, axis=1, keepdims=True)
        ahead = np.cross(there, rng.normal(size=(400, 3)))
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        for column, turn in ((START, -rng.uniform(0, 0.5)), (END, rng.uniform(0, 0.5))):
            other[:, column : column + 3] = np.cos(turn) * there + np.sin(turn) * ahead
        other[:, LOW] = arcs[:, LOW]
        entries, ends = cells_of(np.concatenate([arcs, other]), edge, reach_km)
        each = np.split(entries, ends[:-1])
        assert all(np.intersect1d(each[i], each[400 + i]).size for i in range(400))


def test_sorting_keeps_every_entry_in_its_cell_and_in_order_of_height() -> None:
    rng = np.random.default_rng(5)
    arcs = random_arcs(rng, 300)
    arcs[7] = np.nan
    edge, room = 3, 3000
    entries, ends = np.empty(room, np.int32), np.empty(300, np.int32)
    cells = np.empty(6 * edge**2 + 1, np.int32)
    count = draw(arcs, 5.0, 180.0, edge, entries, ends, cells)
    expected = {
        (int(entries[e]), i) for i in range(300) for e in range(ends[i - 1] if i else 0, ends[i])
    }
    heights, order = np.empty(300, np.int32), np.empty(300, np.int32)
    objects = sort_by_height(arcs, heights, np.empty(HEIGHTS + 1, np.int32), order)
    assert objects == 299
    fields = np.empty((FIELDS, room + LANES), np.float32)
    sorted_heights, sorted_objects = (np.empty(room + LANES, np.int32) for _ in range(2))
    sort_into_cells(
        arcs, heights, order, objects, entries, ends, cells, fields, sorted_heights, sorted_objects
    )
    begin, found = 0, set()
    for cell, end in enumerate(cells[:-1]):
        assert (np.diff(sorted_heights[begin:end]) >= 0).all()
        found |= {(cell, int(i)) for i in sorted_objects[begin:end]}
        begin = end
    assert begin == count
    assert found == expected
    np.testing.assert_array_equal(fields[:, :count].T, arcs[sorted_objects[:count], :FIELDS])
    assert (sorted_heights[count : count + LANES] == HEIGHTS).all()
