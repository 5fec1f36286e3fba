"""Indexes of objects for searching, made once for each view; the newest few are held."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import partial

from hoshimori.web.pace import Pace
from hoshimori.workflows.object_search import ObjectIndex, object_index
from hoshimori.workflows.views import View

_HELD = 4


class Indexes:
    """Indexes by view; for one event loop."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._held: OrderedDict[str, asyncio.Task[ObjectIndex]] = OrderedDict()

    async def index(self, view: View) -> ObjectIndex:
        """Return the index of a view.

        Raises:
            RefusedError: too many wait for their turn already.
        """
        task = self._held.get(view.view_id)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            work = partial(object_index, view.picture, view_id=view.view_id)
            task = asyncio.create_task(self._pace.run(work))
            self._held[view.view_id] = task
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return await asyncio.shield(task)
