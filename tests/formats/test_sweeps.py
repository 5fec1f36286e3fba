"""Files of sweeps and tables of curves: what is written is read again, a torn line is left out."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.sweep_table import COLUMNS, curves_csv
from hoshimori.formats.sweeps import SweepHead, head_line, read_sweep, row_line
from hoshimori.model.finding import Interval
from hoshimori.model.sweeps import Bin, ControlRow, Curve, DrawKind, DrawRegime, SweepRow

HEAD = SweepHead(sky="星空", seed=3, objects=10, only=("burn",), version="0")
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.builds(
    SweepRow,
    number=st.integers(0, 10**6),
    kind=st.sampled_from(DrawKind),
    regime=st.sampled_from(DrawRegime),
    trait=st.text(),
    values=st.dictionaries(st.text(), NUMBERS),
    verdict=st.text(),
    delay_h=st.none() | NUMBERS,
    finding=st.text(),
    rarity=st.none() | NUMBERS,
    is_parent_right=st.none() | st.booleans(),
    problem=st.text(),
)
CONTROLS = st.builds(
    ControlRow,
    batch=st.integers(0, 100),
    regime=st.sampled_from(DrawRegime),
    assets=st.integers(0, 100),
    days=NUMBERS,
    rarities=st.dictionaries(st.text(), st.lists(NUMBERS).map(tuple)),
)


def lines(*written: str) -> list[str]:
    return [f"{line}\n" for line in written]


@given(row=ROWS, control=CONTROLS)
def test_what_is_written_is_read_again(row: SweepRow, control: ControlRow) -> None:
    file = read_sweep(lines(head_line(HEAD), row_line(row), row_line(control)), source="f")
    assert (file.head, file.rows, file.controls) == (HEAD, (row,), (control,))


def test_the_first_line_says_that_it_is_an_exercise() -> None:
    assert json.loads(head_line(HEAD))["reality"] == "EXERCISE"


def test_a_torn_last_line_is_left_out() -> None:
    file = read_sweep([f"{head_line(HEAD)}\n", '{"number": 3, "ki'], source="f")
    assert file.rows == ()


@pytest.mark.parametrize(
    ("written", "line"),
    [((), 1), (("{}",), 1), ((head_line(HEAD), "no"), 2), ((head_line(HEAD), '{"number": 1}'), 2)],
)
def test_what_is_no_sweep_is_refused_with_its_line(written: tuple[str, ...], line: int) -> None:
    with pytest.raises(FormatError) as caught:
        read_sweep(lines(*written), source="f")
    assert caught.value.line == line


def test_another_form_is_refused() -> None:
    other = json.dumps({**json.loads(head_line(HEAD)), "form": 99})
    with pytest.raises(FormatError, match="form 99"):
        read_sweep(lines(other), source="f")


def test_a_table_has_a_row_for_each_bin() -> None:
    one = Bin(low=1.0, high=2.0, middle=1.5, count=4, found=1, share=Interval(0.1, 0.25, 0.6))
    curve = Curve(
        kind=DrawKind.BURN,
        group="low radial",
        measure="delta_v_m_s",
        count=8,
        found=2,
        share=Interval(0.1, 0.25, 0.6),
        bins=(one, one),
        fit=None,
    )
    rows = list(csv.DictReader(io.StringIO(curves_csv([curve]).decode())))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["reality"], row["share"]) for row in rows] == [("EXERCISE", "0.2500")] * 2
