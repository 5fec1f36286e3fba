"""Where the sky of a watch comes from: files, the store, a source, or our own making."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np

from hoshimori.exercise.synthetic_sky import synthetic_sky
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.planted import Planted
from hoshimori.model.reports import OperatorReport
from hoshimori.workflows.deliveries import now_utc, open_catalogues
from hoshimori.workflows.pictures import dated_by_catalogue, picture_of


@dataclass(frozen=True, slots=True)
class Sky:
    """Element sets with what belongs to them, before a moment and assets are chosen."""

    parts: tuple[ElementSets, ...]
    origin: str
    """Where it comes from, for people."""
    notes: tuple[str, ...] = ()
    """What people should know of how it was had, for example why a source was not asked."""
    rejected: int = 0
    """Records that could not be read."""
    assets: tuple[Asset, ...] = ()
    """The assets of a made sky; empty where the sky is real."""
    objects: Mapping[int, SpaceObject] = field(default_factory=lambda: MappingProxyType({}))
    story: tuple[Planted, ...] = ()
    """What was planted in a made sky."""
    as_of_utc: np.datetime64 | None = None
    """The moment it speaks of, where that is not the moment of its newest part."""

    def picture(
        self,
        *,
        assets: tuple[Asset, ...],
        days_ahead: float,
        as_of_utc: np.datetime64 | None = None,
        reports: Iterable[OperatorReport] = (),
    ) -> Picture:
        """Return what was known of this sky, and stated, at a moment, by default its own."""
        return picture_of(
            self.parts,
            assets=assets,
            days_ahead=days_ahead,
            as_of_utc=as_of_utc if as_of_utc is not None else self.as_of_utc,
            objects=self.objects,
            reports=reports,
        )


def sky_of_files(paths: Sequence[Path]) -> Sky:
    """Return the sky of catalogue files and folders."""
    opened = list(open_catalogues(paths))
    return Sky(
        parts=tuple(dated_by_catalogue(f.reading.element_sets, f.received_utc) for f in opened),
        origin=", ".join(f.path.name for f in opened),
        rejected=sum(len(f.reading.rejections) for f in opened),
    )


def made_sky(*, seed: int, objects: int = 30_000, as_of_utc: np.datetime64 | None = None) -> Sky:
    """Return the made sky of a seed; every fact in it is marked SIMULATED."""
    moment = as_of_utc if as_of_utc is not None else now_utc()
    made = synthetic_sky(moment, np.random.Generator(np.random.PCG64(seed)), objects=objects)
    return Sky(
        parts=(made.element_sets,),
        origin=f"made sky of {len(made.element_sets.newest()):,} objects, seed {seed}",
        assets=made.assets,
        objects=made.objects,
        story=tuple(story.planted for story in made.stories),
        as_of_utc=moment,
    )
