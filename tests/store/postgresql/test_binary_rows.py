"""Rows travel as bytes and come back as they were."""

from __future__ import annotations

import itertools

import numpy as np
import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import StoreError
from hoshimori.store.postgresql.binary_rows import RowForm

FORM = RowForm(
    {"a": "int16", "b": "int32", "c": "int64", "d": "float64", "e": "moment"},
)
ROWS = st.lists(
    st.tuples(
        st.integers(-(2**15), 2**15 - 1),
        st.integers(-(2**31), 2**31 - 1),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(),
        st.integers(-(10**17), 10**17),
    ),
    max_size=6,
)
KINDS = ("i2", "i4", "i8", "f8", "M8[us]")


def columns(rows: list[tuple[int, int, int, float, int]]) -> dict[str, np.ndarray]:
    listed = list(zip(*rows, strict=True)) or [()] * len(KINDS)
    return {
        name: np.array(values, np.int64 if kind.startswith("M") else kind).astype(kind)
        for name, kind, values in zip("abcde", KINDS, listed, strict=True)
    }


@settings(max_examples=40)
@given(ROWS)
def test_rows_come_back_as_they_were(rows: list[tuple[int, int, int, float, int]]) -> None:
    given_columns = columns(rows)
    found = FORM.read(FORM.write(given_columns))
    for name, values in given_columns.items():
        assert found[name].dtype == values.dtype
        assert found[name].tobytes() == values.tobytes()


@settings(max_examples=40)
@given(ROWS, st.integers(1, 3))
def test_portions_hold_every_row_once(rows: list, most: int) -> None:
    data = FORM.write(columns(rows))
    size = FORM._dtype().itemsize
    cuts = [0, *range(19 + size, 19 + size * len(rows) + 1, size), len(data)]
    parts = [data[a:b] for a, b in itertools.pairwise(cuts)]
    found = [FORM.read(part) for part in FORM.portions(parts, most)]
    for name, values in columns(rows).items():
        together = np.concatenate([part[name] for part in found])
        assert together.tobytes() == values.tobytes()


def test_other_rows_are_refused() -> None:
    with pytest.raises(StoreError, match="another form"):
        FORM.read(b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"\0\0\0" + b"\xff\xff")


@pytest.mark.xdist_group("postgres")
def test_the_server_understands_them(postgres) -> None:
    rows = [(1, -2, 3, 0.1, 0), (-1, 2, 2**60, float("inf"), 820_454_400_000_001)]
    with psycopg.connect(postgres.address("postgres")) as connection:
        kinds = "a smallint, b integer, c bigint, d double precision, e timestamp"
        connection.execute(f"CREATE TEMP TABLE made ({kinds})")
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY made FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.write(FORM.write(columns(rows)))
        found = connection.execute("SELECT a, b, c, d, e::text FROM made").fetchall()
        # `date -u -d @820454400` says 1996-01-01.
        assert found == [
            (1, -2, 3, 0.1, "1970-01-01 00:00:00"),
            (-1, 2, 2**60, float("inf"), "1996-01-01 00:00:00.000001"),
        ]
