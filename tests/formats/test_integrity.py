"""Integrity maps: what is read, what is refused, and that writing and reading agree."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.integrity import read_integrity, write_integrity
from hoshimori.model.integrity import IntegrityCells, integrity_digest, joined_integrity
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.numerics.hexagons import cell_at, cell_text, within_rings

# Lines of gpsjam.org's file of 2022-10-18 (commit named in the shared data's README).
REAL = b"hex,count_good_aircraft,count_bad_aircraft\n8401059ffffffff,1,0\n840105bffffffff,12,3\n"
NAME = "2022-10-18-h3_4.csv"
CELLS = sorted(within_rings(cell_at(35.0, 137.0, 4), 2))


def parquet(**columns: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def test_a_published_map_is_read_with_the_day_of_its_name() -> None:
    reading = read_integrity(REAL, source=NAME)
    assert not reading.rejections
    assert [cell_text(int(c)) for c in reading.cells.cell] == ["8401059ffffffff", "840105bffffffff"]
    assert set(reading.cells.day_utc) == {np.datetime64("2022-10-18")}
    assert reading.cells.good.tolist() == [1, 12]
    assert reading.cells.bad.tolist() == [0, 3]
    assert reading.cells.aircraft.tolist() == [1, 15]


def test_packed_maps_are_read_each_with_its_own_day() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2022-10-17-h3_4.csv", REAL)
        archive.writestr("2022-10-18-h3_4.csv", REAL)
    days = read_integrity(packed.getvalue(), source="two.zip").cells.day_utc
    assert days.astype(str).tolist() == ["2022-10-17"] * 2 + ["2022-10-18"] * 2
    assert len(read_integrity(gzip.compress(REAL), source=f"{NAME}.gz").cells) == 2


def test_a_map_without_a_day_asks_for_one() -> None:
    with pytest.raises(FormatError, match="--day"):
        read_integrity(REAL, source="map.csv")
    given_day = read_integrity(REAL, source="map.csv", day_utc=np.datetime64("2024-02-29"))
    assert given_day.cells.day_utc[0] == np.datetime64("2024-02-29")


def test_a_day_that_does_not_exist_is_none() -> None:
    with pytest.raises(FormatError, match="states no day"):
        read_integrity(REAL, source="2022-02-31-h3_4.csv")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("xyz,1,1", "hex"),
        ("ffffffffffffffff,1,1", "hex"),
        ("8501059bfffffff,1,1", "hex"),  # resolution 5 among 4
        ("8401059ffffffff,-3,1", "good"),
        ("8401059ffffffff,1,2.5", "bad"),
        ("8401059ffffffff,1,", "bad"),
        ("8401059ffffffff,2000000,1", "good"),
        ("8401059ffffffff,0,0", "good"),
        ("8401059ffffffff,1", "hex"),
    ],
)
def test_a_bad_row_is_refused_alone_and_named(row: str, field: str) -> None:
    reading = read_integrity(REAL + row.encode() + b"\n", source=NAME)
    assert len(reading.cells) == 2
    (refused,) = reading.rejections
    assert (refused.line, refused.field) == (4, field)
    assert refused.raw == row.encode()


def test_parquet_nulls_and_fractions_are_refused_by_row() -> None:
    data = parquet(
        hex=pa.array([CELLS[0], CELLS[1], None, CELLS[2]], pa.uint64()),
        date=pa.array(["2026-03-01", "2026-03-01", "2026-03-01", None], pa.string()),
        good=pa.array([1.0, 2.5, 3.0, 4.0]),
        bad=pa.array([0, 1, 2, 3], pa.int32()),
    )
    reading = read_integrity(data, source="made.parquet")
    assert reading.cells.good.tolist() == [1]
    assert [(r.line, r.field) for r in reading.rejections] == [(2, "good"), (3, "hex"), (4, "date")]


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"a,b\n1,2\n", b"PAR1 cut short", parquet(x=[1]), b"\x1f\x8b broken"],
)
def test_what_is_no_map_is_refused_whole(data: bytes) -> None:
    with pytest.raises(FormatError):
        read_integrity(data, source=NAME)


counts = st.integers(0, 500)
rows = st.lists(
    st.tuples(st.sampled_from(CELLS), st.integers(0, 40), counts, counts).filter(
        lambda r: r[2] + r[3] > 0
    ),
    max_size=30,
    unique_by=lambda r: r[:2],
)


def made(listed: list[tuple[int, int, int, int]]) -> IntegrityCells:
    table = np.array(listed, dtype=np.uint64).reshape(-1, 4)
    return IntegrityCells(
        cell=table[:, 0],
        day_utc=np.datetime64("2026-03-01") + table[:, 1].astype(np.int64),
        good=table[:, 2].astype(np.int64),
        bad=table[:, 3].astype(np.int64),
        provenance_index=np.zeros(len(table), np.int32),
        provenances=(Provenance("made", "0" * 64, Reality.EXERCISE),),
    )


@settings(deadline=None)
@given(rows)
def test_writing_and_reading_give_the_same_counts(listed: list[tuple[int, int, int, int]]) -> None:
    cells = made(listed)
    again = read_integrity(write_integrity(cells), source="again.parquet")
    assert not again.rejections
    assert integrity_digest(again.cells) == integrity_digest(cells)


@settings(deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_order_and_repetition_of_rows_do_not_matter(
    listed: list[tuple[int, int, int, int]], random: object
) -> None:
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    twice = joined_integrity([made(shuffled), made(listed)])
    ordered = made(listed).in_order()
    assert integrity_digest(twice.in_order()) == integrity_digest(ordered)
    assert (np.diff(ordered.cell.astype(np.float64)) >= 0).all()


def test_of_two_maps_of_one_day_the_fuller_counts() -> None:
    part, whole = made([(CELLS[0], 3, 10, 1)]), made([(CELLS[0], 3, 40, 2)])
    for parts in ([part, whole], [whole, part]):
        (row,) = joined_integrity(parts).in_order().aircraft
        assert row == 42


def test_a_day_is_known_when_it_is_over() -> None:
    cells = made([(CELLS[0], 3, 10, 1)])
    assert not len(cells.known_by(np.datetime64("2026-03-04T23:59", "us")))
    assert len(cells.known_by(np.datetime64("2026-03-05T00:00", "us"))) == 1


def test_reality_is_contagious_and_columns_are_read_only() -> None:
    cells = made([(CELLS[0], 3, 10, 1)])
    real = read_integrity(REAL, source=NAME).cells
    assert joined_integrity([real, cells]).reality is Reality.EXERCISE
    assert real.reality is Reality.REAL
    with pytest.raises(ValueError, match="read-only"):
        cells.good[0] = 1


def test_the_shared_map_of_a_day_agrees_with_the_table_of_all_days(shared_data: Path) -> None:
    gnss = shared_data / "gnss"
    day = read_integrity((gnss / "raw_2022-10-18-h3_4.csv.gz").read_bytes(), source="2022-10-18")
    name = "gpsjam_north_america_2022-10-01_2022-11-15.parquet"
    table = read_integrity((gnss / name).read_bytes(), source=name)
    assert not day.rejections
    assert not table.rejections
    chosen = table.cells.take(table.cells.day_utc == np.datetime64("2022-10-18"))
    inside = day.cells.take(np.isin(day.cells.cell, chosen.cell))
    assert integrity_digest(inside) == integrity_digest(chosen)
