"""What a floor is put together from: clock, sky, policy, sources, alerts, detectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from hoshimori.model.access import Audience
from hoshimori.model.board import WatchBoard
from hoshimori.model.detector import Detector
from hoshimori.model.floor import Clock
from hoshimori.model.incident_life import Change, Life
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings
from hoshimori.sources.delivery import Delivery
from hoshimori.store import Store, free_mib
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.inquiry import EVERY_DETECTOR
from hoshimori.workflows.skies import Sky, made_sky
from hoshimori.workflows.watch import DETECTORS

SkyAt = Callable[[Store, datetime], Sky | None]
"""What was known at a moment; None where nothing was."""
Permit = Callable[[Picture, Audience, Settings], Picture]
"""A picture without what an audience may not see."""
Ask = Callable[[], Delivery]
"""Ask a source for its newest catalogue; raises SourceError where it refuses."""

_NO_TIME, _SKY_LASTS = np.timedelta64(0, "us"), np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True)
class Alerted:
    """What a board meant for alerts."""

    board: WatchBoard
    """The board as it is shown: with the tally of alerts where there is one."""
    told: tuple[tuple[str, str], ...] = ()
    """Ids of alerts that changed, and what happened to each."""


class FloorAlerts(Protocol):
    """What raises alerts; told of the same twice, it must raise nothing twice."""

    def raised(
        self,
        changes: Sequence[Change],
        board: WatchBoard,
        *,
        lives: Mapping[str, Life],
        now_utc: datetime,
    ) -> Alerted:
        """Keep what a board and the changes of its incidents mean for alerts.

        `lives` are all incidents of the journal, by id.
        """
        ...

    def sent(self, now_utc: datetime) -> tuple[tuple[str, str], ...]:
        """Escalate and send what waits; return the ids of alerts that changed, and how."""
        ...

    def close(self) -> None:
        """Close what was opened."""
        ...


class NoAlerts:
    """Raises none."""

    def raised(
        self,
        changes: Sequence[Change],
        board: WatchBoard,
        *,
        lives: Mapping[str, Life],
        now_utc: datetime,
    ) -> Alerted:
        """Return the board as it is."""
        return Alerted(board)

    def sent(self, now_utc: datetime) -> tuple[tuple[str, str], ...]:
        """Send nothing."""
        return ()

    def close(self) -> None:
        """Close nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class FloorParts:
    """What a floor is put together from; the defaults are those of `hoshimori serve`."""

    clock: Clock = field(default_factory=SystemClock)
    sky_at: SkyAt | None = None
    """None: what the store holds."""
    permitted: Permit = permitted
    sources: Mapping[str, Ask] | None = None
    """None: those that the settings name."""
    alerts: Callable[[Settings, Path], FloorAlerts] = lambda settings, folder: NoAlerts()
    """Opens what raises alerts, in the folder of the store."""
    detectors: tuple[Detector, ...] = DETECTORS
    every_detector: tuple[Detector, ...] = EVERY_DETECTOR
    free_mib: Callable[[Path], float] = free_mib


def made_floor_parts(*, seed: int, objects: int = 30_000) -> FloorParts:
    """Return the parts of a floor that watches the made sky of a seed, marked SIMULATED.

    It asks no source, and makes its sky anew once a day.
    """
    return FloorParts(sky_at=_made_sky_at(seed, objects), sources={})


def _made_sky_at(seed: int, objects: int) -> SkyAt:
    made: list[Sky] = []

    def sky_at(store: Store, moment: datetime) -> Sky:
        at = as_column_time(moment)
        held = made[0] if made else None
        if held is not None and held.as_of_utc is not None:
            age = at - held.as_of_utc
            if _NO_TIME <= age < _SKY_LASTS:
                return replace(held, as_of_utc=at)
            if age < _NO_TIME:  # a replay: the same objects, moved back
                return made_sky(seed=seed, objects=objects, as_of_utc=at)
        made[:] = [made_sky(seed=seed, objects=objects, as_of_utc=at)]
        return made[0]

    return sky_at
