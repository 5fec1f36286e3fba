"""Indexes of objects for searching, made once for each view."""

from __future__ import annotations

from functools import partial

from hoshimori.web.made_once import MadeOnce
from hoshimori.web.pace import Pace
from hoshimori.workflows.object_search import ObjectIndex, object_index
from hoshimori.workflows.views import View

_HELD = 4


class Indexes:
    """Indexes by view; for one event loop."""

    def __init__(self, pace: Pace) -> None:
        self._made: MadeOnce[str, ObjectIndex] = MadeOnce(pace, held=_HELD)

    async def index(self, view: View) -> ObjectIndex:
        """Return the index of a view.

        Raises:
            RefusedError: too many wait for their turn already.
        """
        make = partial(object_index, view.picture, view_id=view.view_id)
        return await self._made.result(view.view_id, make, what="the index")
