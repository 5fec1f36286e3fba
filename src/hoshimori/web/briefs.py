"""Assessed incidents, made once for each view and what people decided; the newest few are held."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import partial

from hoshimori.assessment.assess import Decided
from hoshimori.errors import BusyError
from hoshimori.web.pace import Pace
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.incident_questions import assessed, decided_for
from hoshimori.workflows.views import View

_HELD = 24
WAIT_S = 8.0
"""How long an assessment is waited for before the answer is to ask again."""

Key = tuple[str, str, tuple[str, ...]]


class Briefs:
    """Briefs by view, incident and decisions; for one event loop."""

    def __init__(self, floor: Floor, pace: Pace) -> None:
        self._floor = floor
        self._pace = pace
        self._held: OrderedDict[Key, asyncio.Task[Brief]] = OrderedDict()

    async def brief(self, view: View, incident_id: str, *, wait_s: float = WAIT_S) -> Brief:
        """Return an incident of a view, assessed.

        Raises:
            BusyError: it is still being made after `wait_s`; it goes on being made.
            SettingsError: there is no such incident.
            RefusedError: too many wait for their turn already.
        """
        floor = self._floor
        look = partial(decided_for, view.audience, floor.settings, floor.folder, incident_id)
        decided = await asyncio.to_thread(look)
        key = (view.view_id, incident_id, marks_of(decided))
        task = self._held.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.create_task(
                self._pace.run(partial(self._made, view, incident_id, decided))
            )
            task.add_done_callback(_seen)
            self._held[key] = task
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        done, _ = await asyncio.wait((task,), timeout=wait_s)
        if not done:
            raise BusyError(f"the assessment of {incident_id} is being made", retry_after_s=3.0)
        return task.result()

    def held(self, incident_id: str) -> Brief | None:
        """Return the newest brief of an incident that is made already; None where none is."""
        for (_, known, _), task in reversed(self._held.items()):
            if known == incident_id and task.done() and not task.cancelled():
                return None if task.exception() else task.result()
        return None

    def _made(self, view: View, incident_id: str, decided: Decided) -> Brief:
        inquiry = self._floor.inquiry(view, wait_s=300.0)
        return assessed(inquiry, incident_id, self._floor.settings, decided)


def marks_of(decided: Decided) -> tuple[str, ...]:
    """Return what tells two sets of decisions apart."""
    values = (f"{key} {d.value} {d.decided_utc}" for key, d in sorted(decided.values.items()))
    return (*values, *(f"{d.decided_by} {d.decided_utc}" for d in decided.dissent))


def _seen(done: asyncio.Task[Brief]) -> None:
    """Take note of a failure, which whoever waited has been told."""
    if not done.cancelled():
        done.exception()
