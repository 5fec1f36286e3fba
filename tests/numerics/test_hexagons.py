"""Cells of the H3 grid, against values that its own documents and simple geometry give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.numerics.hexagons import (
    EARTH_RADIUS_KM,
    areas_km2,
    base_cell_of,
    cell_at,
    cell_text,
    cells_at,
    centres_deg,
    coarser,
    distances_km,
    is_cell,
    middle_deg,
    outline_deg,
    parents,
    resolution_of,
    within_rings,
)


def test_the_cell_of_h3s_own_introduction() -> None:
    # h3geo.org, "Introduction": latLngToCell(37.775938728915946, -122.41795063018799, 9).
    cell = cell_at(37.775938728915946, -122.41795063018799, 9)
    assert cell_text(cell) == "8928308280fffff"
    assert resolution_of(np.array([cell], np.uint64))[0] == 9
    assert cell_text(coarser(cell, 0)) == "8029fffffffffff"
    assert base_cell_of(np.array([cell], np.uint64))[0] == 20


def test_integers_that_are_no_cells_are_told_in_any_order() -> None:
    good = cell_at(35.0, 139.0, 4)
    mixed = np.array([good, 0, 5, 2**64 - 1, good, good ^ (1 << 63)], np.uint64)
    assert is_cell(mixed).tolist() == [True, False, False, False, True, False]
    assert is_cell(np.sort(mixed)).sum() == 2
    assert not len(is_cell(np.zeros(0, np.uint64)))


def test_centres_agree_with_the_shared_table(shared_data: object) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    table = pq.read_table(f"{shared_data}/gnss/h3_res4_cells.parquet").slice(0, 500)
    cells = table["hex"].to_numpy()
    stated = np.stack([table["lat"].to_numpy(), table["lon"].to_numpy()], axis=-1)
    printed_digits_deg = 6e-5
    away = np.abs(centres_deg(cells) - stated)
    assert np.minimum(away, 360.0 - away).max() < printed_digits_deg
    assert [cell_text(int(c)) for c in cells] == table["hex_str"].to_pylist()


def test_areas_and_outlines_of_neighbours_fit_together() -> None:
    cells = np.array(within_rings(cell_at(40.0, 10.0, 4), 1), np.uint64)
    assert len(cells) == 7
    # Average area of resolution 4 (h3geo.org, table of cell statistics): 1,770 km².
    assert areas_km2(cells).mean() == pytest.approx(1770.0, rel=0.35)
    assert outline_deg(int(cells[0])).shape == (6, 2)


def test_distances_are_those_of_the_sphere() -> None:
    quarter = distances_km(np.array([0.0, 0.0]), np.array([[90.0, 0.0], [0.0, 90.0]]))
    assert quarter == pytest.approx(np.pi / 2.0 * EARTH_RADIUS_KM)


def test_the_middle_is_found_over_the_edge_of_longitudes() -> None:
    latitude, longitude = middle_deg(np.array([[0.0, 179.0], [0.0, -179.0]]), np.ones(2))
    assert latitude == pytest.approx(0.0, abs=1e-9)
    assert abs(longitude) == pytest.approx(180.0)


@settings(max_examples=25, deadline=None)
@given(st.floats(-89.0, 89.0), st.floats(-180.0, 180.0), st.integers(0, 5))
def test_parents_are_those_of_the_library(lat: float, lon: float, resolution: int) -> None:
    cell = cell_at(lat, lon, 6)
    found = parents(np.array([cell], np.uint64), resolution)
    assert found.tolist() == [coarser(cell, resolution)]
    assert cells_at(np.array([[lat, lon]]), 6).tolist() == [cell]
