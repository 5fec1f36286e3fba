"""What an audience may see: hidden facts are left out before anything is computed.

So a partner's board cannot tell of what the partner may not see: it was never in the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from hoshimori.errors import CoverageError
from hoshimori.model.access import Audience
from hoshimori.model.elements import ElementSets
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.markings import OPEN, Marking, joined
from hoshimori.model.moments import as_column_time
from hoshimori.model.objects import SpaceObject
from hoshimori.model.passages import Passages
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality, combined_reality, is_brought
from hoshimori.model.receivers import ReceiverSeries
from hoshimori.settings import (
    Settings,
    is_made,
    marking_of,
    marking_of_exercises,
    marking_of_files,
)
from hoshimori.workflows.deliveries import assets_from
from hoshimori.workflows.pictures import OLDEST_DAYS

_NO_BYTES = "0" * 64


def permitted(
    picture: Picture,
    audience: Audience,
    settings: Settings,
    *,
    assets_marking: Marking | None = None,
) -> Picture:
    """Return what of a picture an audience may see; the same picture where that is all.

    Element sets, maps, receivers, signals and reports go by their own markings. What catalogues say
    of an object is left out where any of the sources it was put together from is hidden. Assets of
    the public list are open; others bear `assets_marking`, else that of a made sky within one, else
    that of files. An object whose newest element set is hidden is shown by its newest one that is
    not, unless that is too old.

    Raises:
        CoverageError: none of the element sets may be seen: an empty board would say that nothing
            happened.
    """
    if audience.sees_the_whole_house:
        return picture
    history = permitted_sets(picture.history, audience, settings)
    newest = history.newest()
    newest = newest.take(newest.epoch_utc >= _oldest_utc(picture))
    if len(picture.newest) and not len(newest):
        raise CoverageError("nothing is known that may be shown here")
    maps, public = picture.integrity, frozenset(assets_from(""))
    unstated = assets_marking or _unstated(picture.history.provenances, settings)
    return replace(
        picture,
        history=history,
        newest=_without_idle_sources(newest),
        assets=tuple(
            asset
            for asset in picture.assets
            if audience.may_see(OPEN if asset in public else unstated)
        ),
        objects=permitted_objects(picture.objects, audience, settings, picture.history.provenances),
        integrity=None if maps is None else _permitted_cells(maps, audience, settings),
        reports=tuple(report for report in picture.reports if audience.may_see(report.marking)),
        passages=_permitted_passages(picture.passages, audience, settings),
        receivers=_permitted_receivers(picture.receivers, audience, settings),
        # What a signal's areas rest on is seen whole or not at all: less of it moves them.
        signals=tuple(
            signal
            for signal in picture.signals
            if _seen(signal.provenances, audience, settings).all()
        ),
    )


def permitted_sets(sets: ElementSets, audience: Audience, settings: Settings) -> ElementSets:
    """Return the element sets whose source an audience may see; no other source is named."""
    seen = _seen(sets.provenances, audience, settings)
    return _without_idle_sources(sets.take(seen[sets.provenance_index]))


def permitted_objects(
    objects: Mapping[int, SpaceObject],
    audience: Audience,
    settings: Settings,
    provenances: Sequence[Provenance],
) -> Mapping[int, SpaceObject]:
    """Return what catalogues say of objects, where an audience may see every source of it.

    `provenances` are those of the facts beside them: sources of the same name share a marking.
    """
    if audience.sees_the_whole_house:
        return objects
    names = {source for item in objects.values() for source in item.sources}
    unstated = _unstated(provenances, settings)
    shown = {
        name
        for name in names
        if audience.may_see(_marking_of_source(name, provenances, settings, unstated))
    }
    return MappingProxyType(
        {n: item for n, item in objects.items() if item.sources and shown >= {*item.sources}}
    )


def _permitted_cells(
    cells: IntegrityCells, audience: Audience, settings: Settings
) -> IntegrityCells | None:
    """Return the rows of maps that may be seen; None, as where nobody asked, for none."""
    kept = cells.take(_seen(cells.provenances, audience, settings)[cells.provenance_index])
    if not len(kept):
        return None
    used, index = np.unique(kept.provenance_index, return_inverse=True)
    return replace(
        kept,
        provenance_index=index.astype(np.int32),
        provenances=tuple(kept.provenances[k] for k in used),
    )


def _permitted_passages(
    passages: Passages | None, audience: Audience, settings: Settings
) -> Passages | None:
    """Return flights where all that they rest on may be seen: what is left out changes them."""
    if passages is None or not _seen(passages.provenances, audience, settings).all():
        return None
    return passages


def _permitted_receivers(
    receivers: Sequence[ReceiverSeries], audience: Audience, settings: Settings
) -> tuple[ReceiverSeries, ...]:
    """Return the series of which some samples may be seen, with those alone."""
    found = []
    for series in receivers:
        seen = _seen(series.provenances, audience, settings)[series.provenance_index]
        if seen.any():
            kept = series.take(seen)
            used, index = np.unique(kept.provenance_index, return_inverse=True)
            found.append(
                replace(
                    kept,
                    provenance_index=index.astype(np.int32),
                    provenances=tuple(kept.provenances[k] for k in used),
                )
            )
    return tuple(found)


def _without_idle_sources(sets: ElementSets) -> ElementSets:
    """Return the same rows with the provenances of them alone: a file's name tells of itself."""
    used, index = np.unique(sets.provenance_index, return_inverse=True)
    return replace(
        sets,
        provenance_index=index.astype(np.int32),
        provenances=tuple(sets.provenances[k] for k in used),
    )


def _seen(
    provenances: Sequence[Provenance], audience: Audience, settings: Settings
) -> npt.NDArray[np.bool_]:
    seen = [audience.may_see(marking_of(provenance, settings)) for provenance in provenances]
    return np.array(seen or [False])


def _oldest_utc(picture: Picture) -> np.datetime64:
    return as_column_time(picture.as_of_utc) - np.timedelta64(round(OLDEST_DAYS * 24), "h")


def _marking_of_source(
    name: str, provenances: Sequence[Provenance], settings: Settings, unstated: Marking
) -> Marking:
    """Return the marking of what is only known to come from a source of this name."""
    named = [marking_of(p, settings) for p in provenances if p.source == name]
    if named:
        return joined(named)
    alone = marking_of(Provenance(name, _NO_BYTES), settings)
    if is_brought(name):  # by people, also into a made sky
        return alone
    if combined_reality(p.reality for p in provenances) is Reality.EXERCISE:
        alone = alone.join(marking_of_exercises(settings))
    return unstated if alone == marking_of_files(settings) else alone


def _unstated(provenances: Sequence[Provenance], settings: Settings) -> Marking:
    """Return the marking of what bears none: that of a made sky within one, else that of files.

    In an exercise it is no less than that of exercises.
    """
    if provenances and all(p.reality is Reality.SIMULATED or is_made(p) for p in provenances):
        return joined(marking_of(p, settings) for p in provenances)
    files = marking_of_files(settings)
    if combined_reality(p.reality for p in provenances) is Reality.EXERCISE:
        return files.join(marking_of_exercises(settings))
    return files
