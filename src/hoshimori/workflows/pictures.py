"""Pictures: from element sets to everything known as of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.assets import Asset
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_datetime
from hoshimori.model.objects import SpaceObject
from hoshimori.model.picture import Picture
from hoshimori.model.reports import OperatorReport

_SETTLED_SHARE = 0.99
"""A few element sets carry epochs days ahead of their file (pitfall 4): they set no moment."""


OLDEST_DAYS = 30.0
"""Older elements do not tell where an object is; catalogues drop them after as long."""


def catalogue_moment(element_sets: ElementSets) -> np.datetime64:
    """Return the moment that a catalogue speaks of: by then 99 % of its objects have their epoch.

    Raises:
        CoverageError: there are no element sets.
    """
    if not len(element_sets):
        raise CoverageError("no element sets: a catalogue without rows speaks of no moment")
    epochs = np.sort(element_sets.newest().epoch_utc)
    settled = epochs[int(np.ceil(_SETTLED_SHARE * (len(epochs) - 1)))].astype("datetime64[m]")
    moment: np.datetime64 = (settled + np.timedelta64(1, "m")).astype("datetime64[us]")
    return moment


def dated_by_catalogue(element_sets: ElementSets, received_utc: np.datetime64) -> ElementSets:
    """Return a file's rows as known at the file's own moment where it states no creation date.

    A catalogue of last year that is opened today was known last year: without this no past moment
    could be replayed from files alone.
    """
    if not len(element_sets):
        return element_sets
    moment = min(catalogue_moment(element_sets), received_utc)
    undated = element_sets.known_utc >= received_utc
    return replace(element_sets, known_utc=np.where(undated, moment, element_sets.known_utc))


def picture_of(
    parts: Sequence[ElementSets],
    *,
    assets: tuple[Asset, ...],
    days_ahead: float,
    as_of_utc: np.datetime64 | None = None,
    objects: Mapping[int, SpaceObject] = MappingProxyType({}),
    reports: Iterable[OperatorReport] = (),
) -> Picture:
    """Return the picture of all rows known at a moment, by default that of the latest part.

    Reports that could not be known by then stay out.

    Objects whose newest element set is older than `OLDEST_DAYS` stay in the history alone.

    Raises:
        CoverageError: nothing was known at that moment, or nothing that is not too old.
    """
    rows = concatenate(parts)
    moment = as_of_utc if as_of_utc is not None else max(map(catalogue_moment, parts))
    known = rows.known_by(moment).sorted_by_object()
    if not len(known):
        earliest = f"; the earliest was known at {rows.known_utc.min()}Z" if len(rows) else ""
        raise CoverageError(f"no element set was known at {moment}Z{earliest}")
    newest = known.newest()
    oldest_utc = moment - np.timedelta64(round(OLDEST_DAYS * 24), "h")
    fresh = newest.take(newest.epoch_utc >= oldest_utc)
    if not len(fresh):
        raise CoverageError(
            f"the newest element set is of {newest.epoch_utc.max()}Z, more than {OLDEST_DAYS:g} "
            f"days before {moment}Z; ingest newer ones, or look at that time with --as-of"
        )
    known_by_utc = as_datetime(moment)
    return Picture(
        as_of_utc=known_by_utc,
        newest=fresh,
        history=known,
        assets=assets,
        days_ahead=days_ahead,
        objects=objects,
        reports=tuple(report for report in reports if report.known_utc <= known_by_utc),
    )
