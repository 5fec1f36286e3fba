"""Boards are put into words as soon as they are there, so that nobody who asks waits for that."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI

from hoshimori.dossier.language import Language
from hoshimori.errors import HoshimoriError
from hoshimori.model.access import HOME
from hoshimori.web.board_routes import board_answer
from hoshimori.web.desk import Desk


@contextlib.asynccontextmanager
async def boards_are_readied(app: FastAPI) -> AsyncIterator[None]:
    """Ready the boards of the house for as long as the application runs."""
    task = asyncio.create_task(_ready_each(app.state.desk))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _ready_each(desk: Desk) -> None:
    arrived, loop = asyncio.Event(), asyncio.get_running_loop()

    def notify() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(arrived.set)

    subscription = desk.floor.subscribe(HOME, None, notify=notify)
    try:
        while not subscription.is_closed:
            arrived.clear()
            subscription.take()
            # Without a board there is nothing to ready; whoever asks is told why.
            with contextlib.suppress(HoshimoriError):
                view = desk.floor.view(HOME, wait_s=0.0)
                for language in Language:
                    await board_answer(desk, view, language)
            await arrived.wait()
    finally:
        subscription.close()
