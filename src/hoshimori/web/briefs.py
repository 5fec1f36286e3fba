"""Assessed incidents, made once for each view and for what people decided."""

from __future__ import annotations

import asyncio
from functools import partial

from hoshimori.assessment.assess import Decided
from hoshimori.web.made_once import MadeOnce
from hoshimori.web.pace import Pace
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.floor import Floor
from hoshimori.workflows.incident_questions import assessed, decided_for
from hoshimori.workflows.views import View

_HELD = 24
_PATIENCE_S = 600.0
"""How long the inquiry that a brief needs may take."""
WAIT_S = 8.0
"""How long an assessment is waited for before the answer is to ask again."""

Key = tuple[str, str, tuple[str, ...]]


class Briefs:
    """Briefs by view, incident and decisions; for one event loop."""

    def __init__(self, floor: Floor, pace: Pace) -> None:
        self._floor = floor
        self._made: MadeOnce[Key, Brief] = MadeOnce(pace, held=_HELD)

    async def brief(self, view: View, incident_id: str, *, wait_s: float | None = WAIT_S) -> Brief:
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
        make = partial(self._brief, view, incident_id, decided)
        what = f"the assessment of {incident_id}"
        return await self._made.result(key, make, what=what, wait_s=wait_s)

    def held(self, incident_id: str) -> Brief | None:
        """Return the newest brief of an incident that is made already; None where none is."""
        of_incident = (told for (_, known, _), told in self._made.held() if known == incident_id)
        return next(of_incident, None)

    def _brief(self, view: View, incident_id: str, decided: Decided) -> Brief:
        inquiry = self._floor.inquiry(view, wait_s=_PATIENCE_S)
        return assessed(inquiry, incident_id, self._floor.settings, decided)


def marks_of(decided: Decided) -> tuple[str, ...]:
    """Return what tells two sets of decisions apart."""
    values = (f"{key} {d.value} {d.decided_utc}" for key, d in sorted(decided.values.items()))
    return (*values, *(f"{d.decided_by} {d.decided_utc}" for d in decided.dissent))
