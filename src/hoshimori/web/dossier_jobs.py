"""Dossiers that are composed in the background, one after the other."""

from __future__ import annotations

import asyncio
from functools import partial

from hoshimori.errors import HoshimoriError
from hoshimori.model.access import HOME
from hoshimori.model.composed import ComposedDossier, ComposingState, DossierOrder
from hoshimori.model.floor import EventKind
from hoshimori.web.briefs import Briefs
from hoshimori.web.pace import Pace
from hoshimori.web.problems import Problem, RefusedError
from hoshimori.workflows.composing import broken_off, compose, opened_shelf
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.views import View

_MOST_IN_LINE = 8


class DossierJobs:
    """What is being composed; for one event loop."""

    def __init__(self, floor: Floor, briefs: Briefs) -> None:
        self._floor = floor
        self._briefs = briefs
        self._pace = Pace("dossiers", at_once=1, waiting=_MOST_IN_LINE)
        self._running: set[asyncio.Task[None]] = set()
        self.shelf = opened_shelf(floor.folder)
        broken_off(self.shelf)

    async def begin(self, order: DossierOrder, view: View) -> ComposedDossier:
        """Keep an order and begin with it in the background; return at once.

        Raises:
            StoreError: it cannot be kept.
            RefusedError: too many are in line already.
        """
        if len(self._running) >= _MOST_IN_LINE:
            do = "wait until one of them is ready"
            raise RefusedError(
                429, Problem("too many dossiers are in line", do=do), retry_after_s=30
            )
        begun = ComposedDossier(order, ComposingState.COMPOSING)
        await asyncio.to_thread(self.shelf.keep, begun)
        task = asyncio.create_task(self._composed(order, view))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return begun

    async def _composed(self, order: DossierOrder, view: View) -> None:
        floor = self._floor
        try:
            told = await self._briefs.brief(view, order.incident_id, wait_s=None)
            moment = floor.state().now_utc.replace(microsecond=0)
            make = partial(compose, told, order, floor.settings, self.shelf, moment)
            made = await self._pace.run(make)
        except Exception as error:
            # Whoever ordered it must be told; nobody waits for this task.
            problem = str(error) if isinstance(error, HoshimoriError) else type(error).__name__
            made = ComposedDossier(order, ComposingState.FAILED, problem)
            await asyncio.to_thread(self.shelf.keep, made)
        detail = f"dossier {order.dossier_id} {made.state.value}"
        floor.tell(EventKind.STATE, order.dossier_id, detail, HOME)
