"""Numbers of samples that begin anew are later samples; few rows under old numbers correct them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoshimori.formats.receiver_restarts import FEWEST_ANEW, SILENCE
from hoshimori.formats.receiver_rows import SampleClock
from hoshimori.formats.receivers import read_receivers
from hoshimori.model.receiver_readings import ReceiverReading
from hoshimori.model.receivers import Quantity

CLOCK = SampleClock(np.datetime64("2024-01-01T00:00:00", "us"), 10.0)
Numbered = Sequence[tuple[int, float]]


def read(samples: Numbered) -> ReceiverReading:
    lines = [f"{number},{value:.3f}" for number, value in samples]
    text = "\n".join(("sample,cn0_dbhz", *lines))
    return read_receivers(text.encode(), source="tracker.csv", clock=CLOCK)


def counting(count: int, seed: int, first: int = 0) -> list[tuple[int, float]]:
    values = np.random.Generator(np.random.PCG64(seed)).uniform(20.0, 45.0, count)
    return [(first + k, round(float(v), 3)) for k, v in enumerate(values)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(FEWEST_ANEW, 120), min_size=2, max_size=4), st.integers(0, 5))
def test_each_restart_is_told_with_its_line_and_no_sample_is_lost(
    lengths: list[int], first: int
) -> None:
    parts = [counting(length, k, first) for k, length in enumerate(lengths)]
    rows = [row for part in parts for row in part]
    told = read(rows)
    (one,) = told.series
    assert one.of(Quantity.CN0).tolist() == [value for _, value in rows]
    begins = np.cumsum(lengths)[:-1]
    assert [restart.line for restart in told.restarts] == (begins + 2).tolist()
    assert told.repeated == 0
    steps = np.diff(one.time_utc)
    assert (steps[begins - 1] == SILENCE).all()
    assert (np.delete(steps, begins - 1) == np.timedelta64(10, "s")).all()
    assert one.time_utc[0] == CLOCK.start_utc + np.timedelta64(10 * first, "s")


@settings(max_examples=25, deadline=None)
@given(
    st.integers(40, 150),
    st.lists(st.integers(0, 39), min_size=1, max_size=FEWEST_ANEW - 1),
    st.data(),
)
def test_few_rows_under_old_numbers_are_corrections_wherever_they_stand(
    count: int, numbers: list[int], data: st.DataObject
) -> None:
    rows = counting(count, 1)
    corrections = [(number, 10.0 + k / 100.0) for k, number in enumerate(numbers)]
    place = data.draw(st.integers(40, count))
    told = read([*rows[:place], *corrections, *rows[place:]])
    assert told.restarts == ()
    (one,) = told.series
    expected = dict(rows) | dict(corrections)
    assert one.of(Quantity.CN0).tolist() == [expected[k] for k in range(count)]
    assert told.repeated == len(corrections)


@settings(max_examples=10, deadline=None)
@given(st.integers(50, 120), st.integers(0, 24), st.randoms(use_true_random=False))
def test_a_file_sent_again_with_few_changes_corrects_it(
    count: int, changed: int, random: object
) -> None:
    rows = counting(count, 2)
    places = np.linspace(0, count - 1, changed, dtype=int).tolist()
    again = [(n, 10.0 if n in places else value) for n, value in rows]
    told = read([*rows, *again])
    assert told.restarts == ()
    assert told.series[0].of(Quantity.CN0).tolist() == [value for _, value in again]


@pytest.mark.parametrize(
    "order", ["shuffled", "newest first", "second half first", "a later part again"]
)
def test_rows_out_of_order_are_only_out_of_order(order: str) -> None:
    rows = counting(200, 3)
    shuffled = np.random.Generator(np.random.PCG64(4)).permutation(200).tolist()
    written = {
        "shuffled": [rows[k] for k in shuffled],
        "newest first": rows[::-1],
        "second half first": [*rows[100:], *rows[:100]],
        "a later part again": [*rows, *((n, 10.0) for n, _ in rows[60:160])],
    }[order]
    told = read(written)
    assert told.restarts == ()
    assert len(told.series[0]) == 200


def test_a_list_of_corrections_with_holes_does_not_begin_anew() -> None:
    rows = counting(300, 5)
    told = read([*rows, *((n, 10.0) for n in range(0, 300, 4))])
    assert (told.restarts, told.repeated) == ((), 75)


def table(head: str, *lines: str) -> ReceiverReading:
    text = "\n".join((head, *lines))
    return read_receivers(text.encode(), source="t.csv", clock=CLOCK)


def test_blocks_of_signals_and_of_quantities_belong_to_the_same_samples() -> None:
    numbers = range(60)
    by_signal = [f"{n},{name},{40 + k}" for k, name in enumerate(("G05", "G12")) for n in numbers]
    told = table("sample,satellite,cn0_dbhz", *by_signal)
    assert (told.restarts, len(told.series[0]), told.repeated) == ((), 60, 0)
    by_quantity = [*(f"{n},40," for n in numbers), *(f"{n},,-98" for n in numbers)]
    told = table("sample,cn0_dbhz,noise_floor_dbm", *by_quantity)
    assert (told.restarts, len(told.series[0])) == ((), 60)


def test_satellites_of_samples_that_begin_anew_are_later_too() -> None:
    rng = np.random.Generator(np.random.PCG64(6))

    def rows(names: Sequence[str]) -> list[str]:
        return [f"{n},{name},{rng.uniform(30, 45):.2f}" for n in range(60) for name in names]

    told = table("sample,satellite,cn0_dbhz", *rows(["G05", "G12"]), *rows(["G12", "G20"]))
    assert [one.line for one in told.restarts] == [122]
    assert len(told.series[0]) == 120


def test_each_receiver_counts_by_itself_and_the_message_is_plain() -> None:
    one = [f"{n},mast,{v}" for part in (1, 2) for n, v in counting(30, part)]
    other = [f"{n},port,{v}" for n, v in counting(60, 3)]
    mixed = [line for pair in zip(one, other, strict=True) for line in pair]
    told = table("sample,receiver,cn0_dbhz", *mixed)
    (restart,) = told.restarts
    assert str(restart) == (
        "t.csv:62:sample: the numbers of samples begin anew (0 after 29): read as later samples of "
        "mast. The file does not tell when they began; their times are counted on from "
        "2024-01-01T01:04:50Z"
    )
    assert [len(series) for series in told.series] == [60, 60]


def test_stated_times_never_begin_anew() -> None:
    times = [f"2026-03-01T00:{n:02}:00Z" for n in range(40)]
    told = table("time_utc,cn0_dbhz", *(f"{t},45" for t in times), *(f"{t},30" for t in times))
    assert (told.restarts, told.repeated) == ((), 40)
    received = [f"{n},45,2026-03-02T00:00:00Z" for _ in range(2) for n in range(40)]
    assert table("sample,cn0_dbhz,received_utc", *received).restarts == ()
