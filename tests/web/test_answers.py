"""Answers are made once, packed where it pays, held within their bounds, and sent once."""

from __future__ import annotations

import asyncio
import gzip
import threading
from datetime import UTC, datetime

import pytest

from hoshimori.web.answers import AnswerCache, answer_of, json_bytes
from hoshimori.web.pace import Pace
from hoshimori.web.problems import RefusedError


def cache(most_bytes: int = 10_000) -> AnswerCache:
    return AnswerCache(Pace("answers", at_once=2, waiting=200), most_bytes=most_bytes)


def test_what_many_ask_for_at_once_is_made_once() -> None:
    made: list[int] = []
    go = threading.Event()

    def make() -> object:
        made.append(1)
        go.wait(10)
        return {"at": datetime(2026, 11, 1, tzinfo=UTC)}

    async def ask() -> list[bytes]:
        held = cache()
        tasks = [asyncio.create_task(held.answer("key", make)) for _ in range(50)]
        await asyncio.sleep(0.05)
        go.set()
        return [answer.body for answer in await asyncio.gather(*tasks)]

    bodies = asyncio.run(ask())
    assert made == [1]
    assert set(bodies) == {b'{"at":"2026-11-01T00:00:00.000Z"}'}


def test_one_that_fails_is_made_again_when_asked_again() -> None:
    tries: list[int] = []

    def make() -> object:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return b"made"

    async def ask() -> bytes:
        held = cache()
        with pytest.raises(ValueError, match="not yet"):
            await held.answer("key", make)
        return (await held.answer("key", make)).body

    assert asyncio.run(ask()) == b"made"


def test_the_least_used_are_forgotten_first_and_the_bound_holds() -> None:
    async def ask() -> tuple[int, list[int]]:
        held, made = cache(5_000), []

        def make(number: int) -> object:
            made.append(number)
            return bytes(999)

        for number in (1, 2, 3, 4, 5, 1, 6, 1, 2):
            await held.answer(number, lambda number=number: make(number))
        return held.size, made

    size, made = asyncio.run(ask())
    assert size <= 5_000
    assert made == [1, 2, 3, 4, 5, 6, 2]


def test_long_answers_are_packed_and_random_ones_are_not() -> None:
    long = answer_of(b"the same again and again " * 100)
    assert long.packed is not None
    assert gzip.decompress(long.packed) == long.body
    assert answer_of(b"short").packed is None
    assert answer_of(gzip.compress(bytes(range(256)) * 64)).packed is None
    assert answer_of(b"a").etag != answer_of(b"b").etag


def test_numbers_that_are_none_become_null() -> None:
    assert json_bytes({"a": float("nan")}) == b'{"a":null}'


def test_too_many_at_once_are_sent_away() -> None:
    async def ask() -> tuple[int, int]:
        pace = Pace("things", at_once=1, waiting=2)
        go = threading.Event()
        tasks = [asyncio.create_task(pace.run(lambda: go.wait(10))) for _ in range(5)]
        await asyncio.sleep(0.05)
        go.set()
        told = await asyncio.gather(*tasks, return_exceptions=True)
        refused = [one for one in told if isinstance(one, RefusedError)]
        assert all(one.status == 429 and one.retry_after_s > 0 for one in refused)
        return len(refused), pace.inside

    assert asyncio.run(ask()) == (2, 0)
