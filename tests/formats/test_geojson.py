"""GeoJSON: examples of RFC 7946, its rules as properties, and marks on every feature."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.geojson import cut_line, cut_ring, write_geojson
from hoshimori.model.exports import GroundArea, GroundPlace
from hoshimori.model.provenance import Reality

Make = Callable[..., Any]
Point = tuple[float, float]
MOMENT = datetime(2026, 11, 27, tzinfo=UTC)
LATITUDES = st.floats(-85.0, 85.0)


def area_of(ring: Sequence[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2.0


def made_area(*ring: Point) -> GroundArea:
    """Return an area with its outline as (latitude, longitude)."""
    return GroundArea("a made area", "interference", "i1", MOMENT, MOMENT, (ring,), 0.25)


def test_line_of_rfc_7946_section_3_1_9() -> None:
    assert cut_line([(170.0, 45.0), (-170.0, 45.0)]) == [
        [(170.0, 45.0), (180.0, 45.0)],
        [(-180.0, 45.0), (-170.0, 45.0)],
    ]


def test_area_of_rfc_7946_section_3_1_9() -> None:
    rings = cut_ring([(170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0), (170.0, 50.0)])
    assert [set(ring) for ring in rings] == [
        {(180.0, 40.0), (180.0, 50.0), (170.0, 50.0), (170.0, 40.0)},
        {(-170.0, 40.0), (-170.0, 50.0), (-180.0, 50.0), (-180.0, 40.0)},
    ]


@given(
    st.floats(-180.0, 180.0),
    st.lists(st.tuples(st.floats(-170.0, 170.0), LATITUDES), min_size=1, max_size=40),
)
def test_cut_lines_stay_in_bounds_and_go_the_same_way(
    start: float, steps: list[tuple[float, float]]
) -> None:
    unrolled = [(start, 0.0)]
    for step, latitude in steps:
        unrolled.append((unrolled[-1][0] + step, latitude))
    points = [((lon + 180.0) % 360.0 - 180.0, lat) for lon, lat in unrolled]
    parts = cut_line(points)
    assert all(abs(lon) <= 180.0 + 1e-9 for part in parts for lon, _ in part)
    went = sum(b[0] - a[0] for part in parts for a, b in pairwise(part))
    assert went == pytest.approx(unrolled[-1][0] - start, abs=1e-6)
    for before, after in pairwise(parts):
        assert before[-1][1] == pytest.approx(after[0][1])
        assert before[-1][0] == -after[0][0]


def test_a_line_that_stands_on_the_antimeridian_does_not_jump() -> None:
    parts = cut_line([(179.0, 0.0), (-180.0, 1.0), (-179.0, 2.0)])
    assert parts == [[(179.0, 0.0), (180.0, 1.0)], [(-180.0, 1.0), (-179.0, 2.0)]]


@given(
    st.floats(-180.0, 179.9),
    st.floats(-60.0, 60.0),
    st.floats(0.1, 20.0),
    st.integers(3, 12),
    st.booleans(),
)
def test_cut_areas_are_closed_counter_clockwise_and_whole(
    lon: float, lat: float, size: float, corners: int, clockwise: bool
) -> None:
    import math  # noqa: PLC0415

    turn = [2.0 * math.pi * k / corners for k in range(corners)]
    ring = [(lon + size * math.cos(t), lat + size * math.sin(t)) for t in turn]
    expected = area_of([*ring, ring[0]])
    wrapped = [((x + 180.0) % 360.0 - 180.0, y) for x, y in ring]
    pieces = cut_ring(wrapped[::-1] if clockwise else wrapped)
    assert all(piece[0] == piece[-1] and len(piece) >= 4 for piece in pieces)
    assert all(area_of(piece) > 0.0 for piece in pieces)
    assert all(abs(x) <= 180.0 + 1e-9 for piece in pieces for x, _ in piece)
    assert sum(map(area_of, pieces)) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("latitude", [80.0, -80.0])
def test_an_area_around_a_pole_has_an_edge_along_it(latitude: float) -> None:
    ring = [(lon, latitude) for lon in (-150.0, -30.0, 90.0)]
    pieces = cut_ring(ring)
    pole = 90.0 if latitude > 0.0 else -90.0
    assert sum(map(area_of, pieces)) == pytest.approx(360.0 * 10.0)
    assert all(any(lat == pole for _, lat in piece) for piece in pieces)


def check_geojson(collection: dict[str, Any]) -> None:
    """Raise where a rule is broken. Source: RFC 7946, sections 3 and 7.1."""
    assert collection["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(collection)
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert "features" not in feature
        geometry = feature["geometry"]
        assert geometry["type"] in {"Point", "MultiLineString", "MultiPolygon"}
        for lon, lat, *_ in positions(geometry["coordinates"]):
            assert -180.0 <= lon <= 180.0
            assert -90.0 <= lat <= 90.0


def positions(nested: Any) -> list[list[float]]:
    if isinstance(nested[0], int | float):
        return [nested]
    return [position for part in nested for position in positions(part)]


def made(make_export: Make, reality: Reality = Reality.REAL) -> Any:
    place = GroundPlace("a made place", "breakup", "b1", MOMENT, -20.0, 200.0, 480.0, "made")
    area = made_area((30.0, 175.0), (30.0, -175.0), (40.0, -175.0), (40.0, 175.0))
    return make_export(reality, places=(place,), areas=(area,))


def test_tracks_places_and_areas_keep_the_rules(make_export: Make) -> None:
    collection = json.loads(write_geojson(made(make_export)))
    check_geojson(collection)
    kinds = [(f["id"], f["geometry"]["type"]) for f in collection["features"]]
    assert kinds == [
        ("track-25544", "MultiLineString"), ("track-270291", "MultiLineString"),
        ("place-1", "Point"), ("area-1", "MultiPolygon"),
    ]  # fmt: skip
    track, _, place, area = collection["features"]
    assert len(track["geometry"]["coordinates"]) == 3  # two turns from longitude zero
    assert place["geometry"]["coordinates"] == [-160.0, -20.0, 480000]
    assert len(area["geometry"]["coordinates"]) == 2
    assert area["properties"]["share"] == 0.25


@pytest.mark.parametrize("reality", Reality)
def test_every_feature_carries_reality_and_marking(make_export: Make, reality: Reality) -> None:
    collection = json.loads(write_geojson(made(make_export, reality)))
    told = [collection["hoshimori"], *(f["properties"] for f in collection["features"])]
    assert {t["reality"] for t in told} == {reality.value}
    assert all(t["marking"].startswith("TLP:CLEAR//") for t in told)
    prefixed = [f["properties"]["name"].startswith(reality.value) for f in collection["features"]]
    assert all(prefixed) == (reality is not Reality.REAL)


def test_nothing_to_draw_is_refused(make_export: Make) -> None:
    with pytest.raises(FormatError, match="nothing to draw"):
        write_geojson(make_export(orbits=()))
