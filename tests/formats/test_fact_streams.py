"""Facts as streams: what is written is read back bit by bit, and damage is told as such."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.errors import FormatError
from hoshimori.formats.fact_streams import (
    read_objects,
    read_page,
    read_reading,
    read_rejections,
    write_objects,
    write_page,
    write_reading,
    write_rejections,
)
from hoshimori.model.elements import COLUMNS, NO_ELEMENT_SETS, TEXT, ElementSets
from hoshimori.model.fact_transfer import FactPage, SentReading
from hoshimori.model.objects import ObjectType, SpaceObject
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.rejections import Reading, Rejection

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
MADE = (
    Provenance("made", "ab" * 32, Reality.EXERCISE),
    Provenance("作られた", "cd" * 32),
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def sets_of(
    rows: int, seed: int = 1, words: tuple[str, ...] = ("ISS", "", "ひまわり８号")
) -> ElementSets:
    """Return rows of arbitrary bits: also infinite numbers and those that are none."""
    rng = np.random.default_rng(seed)

    def column(name: str) -> object:
        dtype = COLUMNS[name]
        if dtype == TEXT:
            return np.array(words, dtype=TEXT)[rng.integers(0, len(words), rows)]
        if name == "provenance_index":
            return rng.integers(0, len(MADE), rows)
        if dtype.kind == "f":
            return rng.integers(0, 2**63, rows).view(np.float64)
        return rng.integers(1, 30_000, rows).astype(dtype)

    return ElementSets(**{name: column(name) for name in COLUMNS}, provenances=MADE)  # type: ignore[arg-type]


def stream(parts: Iterator[bytes]) -> io.BytesIO:
    return io.BytesIO(b"".join(parts))


def same_bits(one: ElementSets, other: ElementSets) -> bool:
    assert one.provenances == other.provenances
    return all(
        getattr(one, n).tolist() == getattr(other, n).tolist()
        if COLUMNS[n] == TEXT
        else getattr(one, n).tobytes() == getattr(other, n).tobytes()
        for n in COLUMNS
    )


@settings(max_examples=30, deadline=None)
@given(
    rows=st.integers(0, 40),
    seed=st.integers(0, 9),
    words=st.lists(WORDS, min_size=1, max_size=4),
    after=st.none() | st.integers(1, 999_999_999),
)
def test_a_page_comes_back_bit_by_bit(
    rows: int, seed: int, words: list[str], after: int | None
) -> None:
    sets = sets_of(rows, seed, tuple(words))
    page = read_page(stream(write_page(FactPage(sets, after))), "test")
    assert page.next_after == after
    assert len(page.element_sets) == rows
    assert not rows or same_bits(page.element_sets, sets)


def test_a_page_of_many_blocks_comes_back_and_is_written_piece_by_piece() -> None:
    sets = sets_of(150_000)
    parts = list(write_page(FactPage(sets, None)))
    assert len(parts) == 4  # three blocks of 65,536 rows at most, and the end
    assert same_bits(read_page(io.BytesIO(b"".join(parts)), "test").element_sets, sets)


def test_a_reading_comes_back_with_its_refusals() -> None:
    refused = (Rejection("a.csv", 3, "EPOCH", "not a moment", b"bad,\xff\x00row"),)
    only = Provenance("a.csv", "ab" * 32)
    sets = ElementSets(
        **{n: getattr(sets_of(5), n) for n in COLUMNS if n != "provenance_index"},
        provenance_index=np.zeros(5),
        provenances=(only,),
    )
    sent = SentReading(Reading(sets, refused), only, 4, NOON)
    back = read_reading(stream(write_reading(sent)), "test")
    assert (back.provenance, back.byte_count, back.received_utc) == (only, 4, NOON)
    assert back.reading.rejections == refused
    assert same_bits(back.reading.element_sets, sets)


def test_a_reading_of_other_bytes_than_those_delivered_is_refused() -> None:
    sent = SentReading(Reading(sets_of(5)), Provenance("a.csv", "ab" * 32), 4, NOON)
    with pytest.raises(FormatError, match="other bytes"):
        read_reading(stream(write_reading(sent)), "test")


def test_objects_and_refusals_come_back() -> None:
    objects = (
        SpaceObject(1),
        SpaceObject(
            55841, "LUCH (OLYMP) 2", "2023-031A", ObjectType.PAYLOAD, "CIS", "+",
            date(2023, 3, 12), None, 3.5, None, 3000.0, ("gcat", "satcat"),
        ),
    )  # fmt: skip
    assert read_objects(stream(write_objects(objects)), "test") == objects
    assert read_objects(stream(write_objects(())), "test") == ()
    assert read_rejections(stream(write_rejections(())), "test") == ()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_stream_is_told_as_such_and_nothing_else(data: st.DataObject) -> None:
    whole = b"".join(write_page(FactPage(sets_of(30), 7)))
    cut = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        damaged = whole[:cut]
    else:
        damaged = whole[:cut] + data.draw(st.binary(min_size=1, max_size=4)) + whole[cut + 1 :]
    with contextlib.suppress(FormatError):
        assert len(read_page(io.BytesIO(damaged), "test").element_sets) <= 30


def test_a_stream_of_something_else_is_refused() -> None:
    for other in (b"", b"<html>", b"\xff\xff\xff\xff", stream(write_objects(())).getvalue()):
        with pytest.raises(FormatError, match=r"damaged|ends early"):
            read_page(io.BytesIO(other), "test")
    table = pa.table({"norad_id": [1]})
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    with pytest.raises(FormatError, match="other columns"):
        read_objects(io.BytesIO(sink.getvalue()), "test")


def test_nothing_is_a_page_too() -> None:
    page = read_page(stream(write_page(FactPage(NO_ELEMENT_SETS, None))), "test")
    assert (len(page.element_sets), page.next_after) == (0, None)
