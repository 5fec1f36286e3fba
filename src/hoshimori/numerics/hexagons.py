"""Hexagonal cells of the H3 grid: validity, centres, neighbours, distances on the ground.

A cell is its 64-bit index; twelve cells of each resolution are pentagons.
Source: H3, bit layout of an index and grid functions (h3geo.org, version 4).
"""

from __future__ import annotations

from collections.abc import Sequence

import h3.api.basic_int as h3
import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats

Cells = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius (IUGG), for distances between cells."""


def resolution_of(cells: Cells) -> npt.NDArray[np.int64]:
    """Return the resolution that each index states, 0 (coarsest) to 15.

    >>> resolution_of(np.array([0x842681FFFFFFFFF], np.uint64))
    array([4])
    """
    return (_bits(cells, 52) & np.uint64(15)).astype(np.int64)


def base_cell_of(cells: Cells) -> npt.NDArray[np.int64]:
    """Return the base cell, one of 122 about 4.3 million km² large, that each cell lies in."""
    return (_bits(cells, 45) & np.uint64(127)).astype(np.int64)


def is_cell(cells: Cells) -> Bools:
    """Return which integers are indices of cells."""
    if len(cells) > 1 and (cells[1:] >= cells[:-1]).all():
        new = np.concatenate([[True], cells[1:] != cells[:-1]])
        return np.asarray(_is_cell(cells[new])[np.cumsum(new) - 1])
    different, inverse = np.unique(cells, return_inverse=True)
    return np.asarray(_is_cell(different)[inverse])


def _is_cell(cells: Cells) -> Bools:
    return np.array([h3.is_valid_cell(int(cell)) for cell in cells], dtype=np.bool_)


def _bits(cells: Cells, shift: int) -> Cells:
    return cells >> np.uint64(shift)


def cell_text(cell: int) -> str:
    """Return a cell as H3 writes it.

    >>> cell_text(594475228122316799)
    '8400011ffffffff'
    """
    return str(h3.int_to_str(int(cell)))


def cell_of_text(text: str) -> int:
    """Return the cell that H3 writes as a text: the inverse of `cell_text`.

    >>> cell_of_text("8400011ffffffff")
    594475228122316799
    """
    return int(h3.str_to_int(text))


def centres_deg(cells: Cells) -> Floats:
    """Return latitude and longitude (degrees, WGS-84) of the centre of each cell, shape (n, 2)."""
    return np.array([h3.cell_to_latlng(int(cell)) for cell in cells]).reshape(-1, 2)


def areas_km2(cells: Cells) -> Floats:
    """Return the area of each cell."""
    return np.array([h3.cell_area(int(cell), unit="km^2") for cell in cells], dtype=np.float64)


def within_rings(cell: int, rings: int) -> Sequence[int]:
    """Return the cells at most so many steps from a cell, itself included."""
    found: Sequence[int] = h3.grid_disk(int(cell), rings)
    return found


def cell_at(latitude_deg: float, longitude_deg: float, resolution: int) -> int:
    """Return the cell of a resolution that holds a place."""
    return int(h3.latlng_to_cell(latitude_deg, longitude_deg, resolution))


def cells_at(places_deg: Floats, resolution: int) -> Cells:
    """Return the cell of a resolution that holds each place (latitude, longitude in degrees)."""
    found = [h3.latlng_to_cell(lat, lon, resolution) for lat, lon in places_deg.tolist()]
    return np.array(found, dtype=np.uint64)


def parents(cells: Cells, resolution: int) -> Cells:
    """Return the cell of a coarser resolution that holds each cell.

    Source: H3, bit layout of an index: digits below the resolution are all ones.

    >>> hex(int(parents(np.array([0x85283473FFFFFFF], np.uint64), 4)[0]))
    '0x8428347ffffffff'
    """
    kept = ~(np.uint64(15) << np.uint64(52))
    below = np.uint64((1 << (3 * (15 - resolution))) - 1)
    return np.asarray((cells & kept) | (np.uint64(resolution) << np.uint64(52)) | below)


def coarser(cell: int, resolution: int) -> int:
    """Return the cell of a coarser resolution that holds a cell."""
    return int(h3.cell_to_parent(int(cell), min(resolution, h3.get_resolution(int(cell)))))


def distances_km(first_deg: Floats, others_deg: Floats) -> Floats:
    """Return distances on the ground from points to others (latitude, longitude in degrees).

    Shapes (..., 2) that broadcast. Source: haversine, Sinnott 1984, Sky and Telescope 68, 159.

    >>> round(float(distances_km(np.array([0.0, 0.0]), np.array([0.0, 1.0]))), 1)
    111.2
    """
    first, others = np.radians(first_deg), np.radians(others_deg)
    half = (others - first) / 2.0
    along = np.cos(first[..., 0]) * np.cos(others[..., 0]) * np.sin(half[..., 1]) ** 2
    root = np.sqrt(np.minimum(np.sin(half[..., 0]) ** 2 + along, 1.0))
    return np.asarray(2.0 * EARTH_RADIUS_KM * np.arcsin(root))


def middle_deg(points_deg: Floats, weights: Floats) -> tuple[float, float]:
    """Return the weighted middle of points on the sphere (latitude, longitude in degrees)."""
    lat, lon = np.radians(points_deg).T
    axes = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    x, y, z = axes @ weights
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))


def outline_deg(cell: int) -> Floats:
    """Return the corners of a cell in order, latitude and longitude in degrees."""
    return np.array(h3.cell_to_boundary(int(cell)), dtype=np.float64)


def outlines_deg(cells: Cells) -> list[Floats]:
    """Return the outlines of cells of one resolution joined: rings of latitude and longitude.

    Outer rings and holes alike, none with its first point again; longitudes go on without a jump
    where a ring crosses the antimeridian.
    """
    shape = h3.cells_to_h3shape([int(cell) for cell in cells], tight=False)
    rings = [ring for part in shape for ring in (part.outer, *part.holes)]
    found = [np.array(ring, dtype=np.float64) for ring in rings]
    for ring in found:
        ring[:, 1] = np.unwrap(ring[:, 1], period=360.0)
    return found
