"""What was planted in a made sky, so that whoever watches it can be told and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from hoshimori.exercise.actors import Actor
from hoshimori.model.assets import Asset, Importance
from hoshimori.model.findings import AnyFinding
from hoshimori.model.planted import Planted


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One planted phenomenon; numbers that do not apply are None."""

    name: str
    planted: Planted
    """What people are told."""
    objects: tuple[int, ...]
    """Catalogue numbers, the asset first."""
    expected: tuple[type[AnyFinding], ...]
    """Kinds of findings that a watch should report about these objects."""
    moment_utc: datetime
    """When it happens: the closest approach, the arrival, the burn, the last element set."""
    miss_km: float | None = None
    """Smallest distance at `moment_utc`."""
    range_km: float | None = None
    """Distance that is kept, about."""
    drift_deg_day: float | None = None
    """Longitude drift relative to the asset, east positive."""
    closing_km_day: float | None = None
    delta_v_m_s: float | None = None
    """In-track velocity change, forward positive."""
    age_days: float | None = None
    usual_days: float | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """The objects of one story, or of none: quiet assets belong to the sky too."""

    actors: tuple[Actor, ...]
    stories: tuple[Story, ...] = field(default=())


def moment(as_of_utc: np.datetime64, days: float) -> np.datetime64:
    """Return the moment some days after another, to the microsecond."""
    return as_of_utc + np.timedelta64(round(days * 86400e6), "us")


def as_datetime(at_utc: np.datetime64) -> datetime:
    """Return a NumPy moment as the standard library's, in UTC."""
    return datetime.fromisoformat(str(at_utc.astype("datetime64[us]"))).replace(tzinfo=UTC)


def asset(
    norad_id: int,
    name: str,
    owner: str,
    mission: str,
    importance: Importance = Importance.IMPORTANT,
    slot_deg_east: float | None = None,
) -> Asset:
    """Return an asset that can manoeuvre, of ordinary size."""
    return Asset(
        norad_id=norad_id,
        name=name,
        owner=owner,
        mission=mission,
        importance=importance,
        can_manoeuvre=True,
        hard_body_radius_m=20.0 if mission == "crewed station" else 5.0,
        slot_deg_east=slot_deg_east,
    )
