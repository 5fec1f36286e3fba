"""Live events reach everybody who listens, in order, also those who were cut off."""

from __future__ import annotations

import asyncio

import httpx2
import pytest
import uvicorn

from hoshimori.model.floor import EventKind
from hoshimori.workflows.floor import Floor

pytestmark = pytest.mark.xdist_group("web")

LISTENERS = 20


async def heard(url: str, number: int, begun: asyncio.Event, after: str = "") -> list[str]:
    """Return the ids of so many events."""
    headers = {"Last-Event-ID": after} if after else {}
    ids: list[str] = []
    async with (
        httpx2.AsyncClient(timeout=30.0) as client,
        client.stream("GET", f"{url}/api/v1/live", headers=headers) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        async for line in answer.aiter_lines():
            begun.set()
            if line.startswith("id: "):
                ids.append(line[4:])
            if len(ids) == number:
                return ids
    return ids


def test_everybody_hears_everything_in_order(
    served: tuple[str, uvicorn.Server], floor: Floor
) -> None:
    url, _ = served

    async def all_heard() -> list[list[str]]:
        begun = [asyncio.Event() for _ in range(LISTENERS)]
        tasks = [asyncio.create_task(heard(url, 5, one)) for one in begun]
        await asyncio.gather(*(one.wait() for one in begun))
        for number in range(5):
            floor.tell(EventKind.INCIDENT, f"INC-{number}")
        return await asyncio.gather(*tasks)

    ids = asyncio.run(all_heard())
    assert len(ids) == LISTENERS
    assert all(one == ids[0] for one in ids)
    assert ids[0] == sorted(ids[0], key=int)


def test_who_was_cut_off_hears_what_was_missed(
    served: tuple[str, uvicorn.Server], floor: Floor
) -> None:
    url, _ = served

    async def again() -> tuple[list[str], list[str]]:
        begun = asyncio.Event()
        first = asyncio.create_task(heard(url, 1, begun))
        await begun.wait()
        for number in range(4):
            floor.tell(EventKind.INCIDENT, f"INC-{number}")
        (last,) = await first
        return [last], await heard(url, 3, asyncio.Event(), after=last)

    (last,), missed = asyncio.run(again())
    assert len(missed) == 3
    assert all(int(one) > int(last) for one in missed)


def test_too_many_listeners_are_sent_away(served: tuple[str, uvicorn.Server]) -> None:
    url, server = served
    listeners = server.config.app.state.desk.listeners  # type: ignore[union-attr]
    most, listeners._most = listeners._most, 0
    try:
        answer = httpx2.get(f"{url}/api/v1/live")
    finally:
        listeners._most = most
    assert answer.status_code == 429
    assert answer.json()["problem"]
