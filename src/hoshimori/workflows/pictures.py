"""Pictures: from element sets to everything known as of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.assets import Asset
from hoshimori.model.constellations import family_of
from hoshimori.model.elements import ElementSets, concatenate
from hoshimori.model.moments import as_datetime
from hoshimori.model.objects import SpaceObject, launch_of
from hoshimori.model.picture import Picture
from hoshimori.model.reports import OperatorReport
from hoshimori.numerics.elements import Floats

_USUAL, _MOST, _NEARLY_ALL = 0.5, 0.9, 0.99
_AHEAD_SHARE = 0.5
"""How far epochs may reach past those of most groups, of the time from the usual ones to these."""

OLDEST_DAYS = 30.0
"""Older elements do not tell where an object is; catalogues drop them after as long."""


def catalogue_moment(element_sets: ElementSets) -> np.datetime64:
    """Return the moment that a catalogue speaks of: by then 99 % of its groups have their epoch.

    A constellation is one group, else a launch, else an object; each has one vote, spread over its
    members. Some sets are fitted to predicted ephemerides and carry epochs days ahead of their
    file: no group of them moves the moment, nor do single ones in small files, as it lies no
    farther past the epoch of the ninth group in ten than half the time from the fifth to the ninth.

    Raises:
        CoverageError: there are no element sets.
    """
    if not len(element_sets):
        raise CoverageError("no element sets: a catalogue without rows speaks of no moment")
    newest = element_sets.newest()
    order = np.argsort(newest.epoch_utc, kind="stable")
    share = np.cumsum(_votes(newest)[order])
    places = np.searchsorted(share, np.array([_USUAL, _MOST, _NEARLY_ALL]) * share[-1] - 1e-9)
    usual, most, nearly_all = newest.epoch_utc[order][places]
    settled = min(nearly_all, most + _AHEAD_SHARE * (most - usual)).astype("datetime64[m]")
    moment: np.datetime64 = (settled + np.timedelta64(1, "m")).astype("datetime64[us]")
    return moment


def groups_of(sets: ElementSets) -> list[str]:
    """Return the group of each row: its constellation by name, else its launch, else its number."""
    columns = zip(sets.object_name, sets.object_id, sets.norad_id, strict=True)
    return [family_of(str(n)) or launch_of(str(d)) or str(i) for n, d, i in columns]


def _votes(newest: ElementSets) -> Floats:
    """Return the weight of each row's epoch: those of one group add up to one."""
    _, group, members = np.unique(groups_of(newest), return_inverse=True, return_counts=True)
    return np.asarray(1.0 / members[group])


def latest_moment(parts: Sequence[ElementSets]) -> np.datetime64:
    """Return the moment at which the last row of some dated parts was known.

    Raises:
        CoverageError: there are no element sets.
    """
    known = [part.known_utc.max() for part in parts if len(part)]
    if not known:
        raise CoverageError("no element sets: a catalogue without rows speaks of no moment")
    return np.datetime64(max(known), "us")


def dated_by_catalogue(element_sets: ElementSets, received_utc: np.datetime64) -> ElementSets:
    """Return a file's rows as known at the file's own moment where it states no creation date.

    A catalogue of last year that is opened today was known last year: without this no past moment
    could be replayed from files alone. A file is no older than the newest creation date in it.
    """
    if not len(element_sets):
        return element_sets
    known_utc = element_sets.known_utc
    undated = known_utc >= received_utc
    stated = known_utc[~undated]
    moment = catalogue_moment(element_sets)
    if len(stated):
        moment = max(moment, stated.max())
    return replace(element_sets, known_utc=np.where(undated, min(moment, received_utc), known_utc))


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
    moment = as_of_utc if as_of_utc is not None else latest_moment(parts)
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
