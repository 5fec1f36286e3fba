"""What nobody can find in an exercise: nothing that is published before its end shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hoshimori.model.scenarios import Scenario
from hoshimori.model.tapes import TrueEvent


def unseen(
    scenario: Scenario, truth: Iterable[TrueEvent], ends_utc: datetime
) -> tuple[TrueEvent, ...]:
    """Return events that are to be found and that no fact shows before the end."""
    wanted = {one.inject_id for one in scenario.expected if one.findings}
    return tuple(
        event
        for event in truth
        if event.inject_id in wanted and (event.public_utc is None or event.public_utc >= ends_utc)
    )
