"""Under which ids audiences know incidents: each goes by what it was itself shown, and by no more.

The journal of the house gives an incident its id from all that the house knew when it began. Who
sees less has a journal of its own, so that what it follows keeps its id, and so that no id comes
of facts that it may not see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hoshimori.errors import StoreError
from hoshimori.model.access import Audience
from hoshimori.model.board import WatchBoard
from hoshimori.model.incident_life import LifeState
from hoshimori.store import open_journal
from hoshimori.workflows.incident_record import Recording, record_board

FOLDER = "audiences"
"""In the folder of the store: one folder for each audience that asked."""


class AudienceIncidents:
    """The journals of those who do not see the whole house; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._store = folder
        self._folder = folder / FOLDER

    def recorded(
        self,
        audience: Audience,
        board: WatchBoard,
        *,
        now_utc: datetime,
        has_room: bool,
    ) -> Recording:
        """Return a board under the ids by which its audience knows the incidents.

        What changed is kept where there is room for it, also where what failed detectors found
        before stands on the board. Where the file cannot be used the board keeps its own ids.
        """
        try:
            with open_journal(self.folder_of(audience), store=self._store) as journal:
                newest_utc = max(
                    (life.changed_utc for life in journal.lives().values()),
                    default=board.as_of_utc,
                )
                # Also where the clock was set back, and where a later board was recorded meanwhile.
                going_on = replace(
                    board,
                    as_of_utc=max(board.as_of_utc, newest_utc),
                    runs=tuple(r for r in board.runs if r.stands_from_utc is None),
                )
                done = record_board(going_on, journal, recorded_utc=now_utc, is_kept=has_room)
        except StoreError as error:
            return Recording(board, not_because=str(error))
        shown = replace(done.board, as_of_utc=board.as_of_utc, runs=board.runs)
        return replace(done, board=shown)

    def folder_of(self, audience: Audience) -> Path:
        """Return the folder of an audience's journal; its name tells of nobody."""
        return self._folder / hashlib.sha256(str(audience).encode()).hexdigest()[:16]


def states_of(recording: Recording) -> Mapping[str, LifeState]:
    """Return where in its life each incident of a board is, as far as it is recorded."""
    lives = recording.lives
    shown = (incident.incident_id for incident in recording.board.incidents)
    return {known: lives[known].state for known in shown if known in lives}
