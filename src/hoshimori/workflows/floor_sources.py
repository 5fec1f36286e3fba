"""What a floor watches where it is not the store: a made sky."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hoshimori.model.moments import as_column_time
from hoshimori.store import Store
from hoshimori.workflows.floor import FloorParts
from hoshimori.workflows.skies import Sky, made_sky


def made_floor_parts(*, seed: int, objects: int) -> FloorParts:
    """Return the parts of a floor that watches the made sky of a seed."""
    return FloorParts(sky_at=_made_sky_at(seed, objects))


def _made_sky_at(seed: int, objects: int) -> Callable[[Store, datetime], Sky | None]:
    def sky_at(store: Store, moment: datetime) -> Sky | None:
        return made_sky(seed=seed, objects=objects, as_of_utc=as_column_time(moment))

    return sky_at
