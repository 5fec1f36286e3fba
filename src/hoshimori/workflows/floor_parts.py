"""What a floor is put together from: clock, sky, policy, sources, alerts, detectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from hoshimori.model.access import Audience
from hoshimori.model.detector import Detector
from hoshimori.model.floor import Clock, JobRun
from hoshimori.model.happenings import Witness, unheard
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.settings import Settings
from hoshimori.sources.delivery import Delivery
from hoshimori.store import OwnStore, free_mib
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.clocks import SystemClock
from hoshimori.workflows.floor_alerts import FloorAlerts, opened_alerts
from hoshimori.workflows.inquiry import EVERY_DETECTOR
from hoshimori.workflows.skies import Sky, made_sky
from hoshimori.workflows.watch import DETECTORS

SkyAt = Callable[[OwnStore, datetime], Sky | Picture | None]
"""What was known at a moment, or the whole picture of it; None where nothing was."""
Permit = Callable[[Picture, Audience, Settings], Picture]
"""A picture without what an audience may not see."""
Ask = Callable[[], Delivery]
"""Ask a source for its newest catalogue; raises SourceError where it refuses."""

_NO_TIME, _SKY_LASTS = np.timedelta64(0, "us"), np.timedelta64(1, "D")


@dataclass(frozen=True, slots=True, eq=False)
class FloorParts:
    """What a floor is put together from; the defaults are those of `hoshimori serve`."""

    clock: Clock = field(default_factory=SystemClock)
    sky_at: SkyAt | None = None
    """None: what the store holds."""
    permitted: Permit = permitted
    sources: Mapping[str, Ask] | None = None
    """None: those that the settings name."""
    alerts: Callable[[Settings, Path, Clock], FloorAlerts] = opened_alerts
    """Opens what raises alerts, in the folder of the store."""
    detectors: tuple[Detector, ...] = DETECTORS
    every_detector: tuple[Detector, ...] = EVERY_DETECTOR
    free_mib: Callable[[Path], float] = free_mib
    watch_every_s: float | None = None
    """How often it watches, counted from the last watch; None: as the settings say."""
    on_watch: Callable[[JobRun], None] = lambda run: None
    """Told of every watch that is over."""
    witness: Witness = unheard
    """Told of jobs, detectors and what is wrong, for a log."""


def made_floor_parts(*, seed: int, objects: int = 30_000) -> FloorParts:
    """Return the parts of a floor that watches the made sky of a seed, marked SIMULATED.

    It asks no source, and makes its sky anew once a day.
    """
    return FloorParts(sky_at=_made_sky_at(seed, objects), sources={})


def _made_sky_at(seed: int, objects: int) -> SkyAt:
    made: list[Sky] = []

    def sky_at(store: OwnStore, moment: datetime) -> Sky:
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
