"""What takes long goes on being made for whoever asks again."""

from __future__ import annotations

import asyncio
import threading

import pytest

from hoshimori.errors import BusyError
from hoshimori.web.made_once import MadeOnce
from hoshimori.web.pace import Pace


def test_whoever_does_not_wait_is_told_and_gets_the_same_result_later() -> None:
    made: list[int] = []
    go = threading.Event()

    def make() -> int:
        made.append(1)
        go.wait(10)
        return 42

    async def ask() -> int:
        results: MadeOnce[str, int] = MadeOnce(Pace("things", at_once=1, waiting=4), held=2)
        for _ in range(3):
            with pytest.raises(BusyError, match="the thing is being made"):
                await results.result("key", make, what="the thing", wait_s=0.01)
        go.set()
        first = await results.result("key", make, what="the thing", wait_s=10.0)
        assert await results.result("key", make, what="the thing", wait_s=0.0) == first
        assert results.held() == [("key", 42)]
        return first

    assert asyncio.run(ask()) == 42
    assert made == [1]


def test_a_failure_is_told_and_tried_again_and_old_results_go() -> None:
    async def ask() -> list[tuple[int, int]]:
        results: MadeOnce[int, int] = MadeOnce(Pace("things", at_once=1, waiting=4), held=2)
        with pytest.raises(ZeroDivisionError):
            await results.result(0, lambda: 1 // 0, what="nothing")
        for number in range(4):
            await results.result(number, lambda number=number: number, what="a number")
        return results.held()

    assert asyncio.run(ask()) == [(3, 3), (2, 2)]
