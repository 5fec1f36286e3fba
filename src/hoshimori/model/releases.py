"""New objects of old launches, and what their orbits say about where they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from hoshimori.model.elements import ElementSets
from hoshimori.model.moments import as_datetime
from hoshimori.model.relations import kinship
from hoshimori.numerics.releases import newcomers


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCandidate:
    """An object of the same launch that was there before."""

    norad_id: int
    name: str
    speed_m_s: float
    """Least change of velocity, about, from its orbit to that of the new object."""
    range_km: float
    """Distance between both at the first element set of the new object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An object that appeared a month or more after its launch, under a new number."""

    norad_id: int
    name: str
    first_seen_utc: datetime
    """Epoch of its first element set; it came free some time before."""
    launch_seen_utc: datetime
    """Epoch of the first element set of any candidate."""
    candidates: tuple[ReleaseCandidate, ...]
    """By the change of velocity, smallest first: nearest in orbit."""


def releases_of(element_sets: ElementSets) -> tuple[Release, ...]:
    """Return the new objects of old launches among element sets, by their first sets."""
    sets = element_sets.sorted_by_object()
    return tuple(sorted(_releases(sets), key=lambda r: (r.first_seen_utc, r.norad_id)))


def _releases(sets: ElementSets) -> Iterator[Release]:
    found = newcomers(sets.norad_id, kinship(sets).launch, sets.mean_elements())
    for row, group in groupby(range(len(found.new)), key=lambda k: int(found.new[k])):
        mine = list(group)
        ids = [int(sets.norad_id[found.candidate[k]]) for k in mine]
        epochs = [sets.of_object(i).epoch_utc.min() for i in ids]
        yield Release(
            norad_id=int(sets.norad_id[row]),
            name=str(sets.object_name[row]),
            first_seen_utc=as_datetime(sets.epoch_utc[row]),
            launch_seen_utc=as_datetime(min(epochs)),
            candidates=tuple(
                ReleaseCandidate(
                    norad_id=norad_id,
                    name=str(sets.object_name[found.candidate[k]]),
                    speed_m_s=float(found.speed_m_s[k]),
                    range_km=float(found.range_km[k]),
                )
                for k, norad_id in zip(mine, ids, strict=True)
            ),
        )
