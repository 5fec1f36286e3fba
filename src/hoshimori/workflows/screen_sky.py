"""From a catalogue to what can be screened, and what of it cannot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.model.assets import Asset
from hoshimori.model.element_errors import JudgedErrors, judged_errors
from hoshimori.model.elements import COLUMNS, Column, ElementSets, concatenate
from hoshimori.model.objects import ObjectType, SpaceObject, kind_by_name
from hoshimori.model.screening import ScreenCoverage
from hoshimori.numerics.covariance import LOOKBACK_DAYS, ErrorHistory
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.movers import Movers, as_movers
from hoshimori.numerics.sgp4 import Sgp4Status, initialise, propagate
from hoshimori.workflows.ephemerides import TabulatedObjects
from hoshimori.workflows.pictures import OLDEST_DAYS, latest_moment
from hoshimori.workflows.screen_tables import with_tables
from hoshimori.workflows.skies import Sky

DEFAULT_RADIUS_M: Mapping[ObjectType, float] = {
    ObjectType.PAYLOAD: 16.0,
    ObjectType.ROCKET_BODY: 6.2,
    ObjectType.DEBRIS: 1.1,
    ObjectType.UNKNOWN: 3.7,
}
"""Hard-body radius where none is known: nine in ten objects of the kind are smaller in NASA CARA's
list of 2026-06-01 (275 payloads, 36 rocket bodies, 15,864 pieces of debris, 52 unknown)."""

_OLD_DAYS = 5.0
_MICROSECONDS_PER_DAY = 86_400e6
_NOT_DIGESTED = {"known_utc", "provenance_index", "classification"}


@dataclass(frozen=True, slots=True, eq=False)
class ScreenedSky:
    """The objects that can be screened, one row each by catalogue number, and what limits them."""

    element_sets: ElementSets
    movers: Movers
    errors: JudgedErrors
    """How position errors grow: by an object's own history, else by its class."""
    radius_km: Floats
    primaries: Column | None
    """Rows of the objects screened against all; None where all are."""
    coverage: ScreenCoverage
    sha256: str
    """Digest of elements, names, errors, radii and ephemerides."""


def screened_sky(
    sky: Sky,
    primaries: tuple[Asset, ...] | None,
    start_utc: np.datetime64,
    days: float,
    tables: TabulatedObjects | None = None,
    history_days: float = LOOKBACK_DAYS,
) -> ScreenedSky:
    """Return what of a sky, and of objects with ephemerides, can be screened in a window.

    Errors are judged by the element sets of the last `history_days` of each object.

    Raises:
        CoverageError: nothing can, or none of the primaries.
        SettingsError: two ephemerides are of one object.
    """
    newest = _settled(concatenate([part.take(_latest(part)) for part in sky.parts])).newest()
    age_days = (start_utc - newest.epoch_utc).astype(np.float64) / _MICROSECONDS_PER_DAY
    fresh = age_days <= OLDEST_DAYS
    satellites = initialise(newest.mean_elements())
    ends_s = np.array([0.0, days * 86_400.0])
    is_good = propagate(satellites, start_utc, ends_s).status == Sgp4Status.OK
    kept = np.flatnonzero(fresh & is_good[:, 0])
    if not len(kept):
        raise CoverageError(f"nothing to screen at {start_utc}Z: {_why(newest, start_utc)}")
    sets, movers = newest.take(kept), as_movers(satellites.take(kept))
    if tables is not None:
        sets, movers = with_tables(sets, movers, tables)
    rows, missing = _rows_of(sets, primaries, movers.is_tabulated)
    errors = judged_errors(
        sets,
        sky.parts,
        history_days=history_days,
        without=sets.norad_id[movers.is_tabulated],  # it says nothing about an ephemeris
    )
    radius_km, known = _radii_km(sets, sky.objects, primaries or ())
    coverage = ScreenCoverage(
        catalogued=len(newest) + len(sets) - len(kept),
        screened=len(sets),
        too_old=int(np.count_nonzero(~fresh)),
        refused=int(np.count_nonzero(fresh & ~is_good[:, 0])),
        decaying=int(np.count_nonzero(~is_good[kept, 1])) + _ending(movers, start_utc, ends_s[1]),
        rejected=sky.rejected,
        primaries_missing=missing,
        element_age_days_median=float(np.median(age_days[kept])),
        element_age_days_p90=float(np.quantile(age_days[kept], 0.9)),
        older_than_five_days=int(np.count_nonzero(age_days[kept] > _OLD_DAYS)),
        radius_known=known,
    )
    digest = _digest(sets, errors.history, radius_km, movers)
    return ScreenedSky(sets, movers, errors, radius_km, rows, coverage, digest)


def start_of(sky: Sky) -> np.datetime64:
    """Return the moment that a sky speaks of, where the user names no start of the window."""
    return sky.as_of_utc if sky.as_of_utc is not None else latest_moment(sky.parts)


def _latest(rows: ElementSets) -> Column:
    """Return which rows have the latest epoch of their object, all of them where several tie."""
    order = np.lexsort((rows.epoch_utc, rows.norad_id))
    norad_id, epoch_utc = rows.norad_id[order], rows.epoch_utc[order]
    last = np.flatnonzero(np.append(norad_id[1:] != norad_id[:-1], [True] * min(len(order), 1)))
    of_object = np.searchsorted(norad_id[last], norad_id)
    return np.sort(order[epoch_utc == epoch_utc[last[of_object]]])


def _settled(rows: ElementSets) -> ElementSets:
    """Return rows in an order that does not depend on theirs, even where two sets tie."""
    keys = [getattr(rows, name) for name in COLUMNS if COLUMNS[name].kind in "fi"]
    return rows.take(np.lexsort(keys))


def _why(newest: ElementSets, start_utc: np.datetime64) -> str:
    if not len(newest):
        return "the catalogue has no rows"
    return (
        f"the newest element set is of {newest.epoch_utc.max()}Z; elements serve for "
        f"{OLDEST_DAYS:g} days, choose a window there with --start"
    )


def _ending(movers: Movers, start_utc: np.datetime64, end_s: float) -> int:
    """Return how many ephemerides have no state at the end of the window."""
    tabulated = movers.take(movers.is_tabulated)
    states = tabulated.states_each(start_utc, np.full(len(tabulated), end_s))
    return int(np.count_nonzero(states.status != Sgp4Status.OK))


def _rows_of(
    sets: ElementSets, primaries: tuple[Asset, ...] | None, is_tabulated: Column
) -> tuple[Column | None, tuple[int, ...]]:
    if primaries is None:
        return (np.flatnonzero(is_tabulated) if is_tabulated.any() else None), ()
    wanted = np.array(sorted(asset.norad_id for asset in primaries), np.int64)
    rows = np.flatnonzero(np.isin(sets.norad_id, wanted) | is_tabulated)
    missing = np.setdiff1d(wanted, sets.norad_id)
    if not len(rows):
        raise CoverageError("none of the primaries has elements that serve in this window")
    return rows, tuple(int(norad_id) for norad_id in missing)


def _radii_km(
    sets: ElementSets, objects: Mapping[int, SpaceObject], primaries: tuple[Asset, ...]
) -> tuple[Floats, int]:
    """Return hard-body radii, and how many are known: the owner's word, a list's, a default."""
    stated = {a.norad_id: a.hard_body_radius_m for a in primaries if a.hard_body_radius_m}
    listed = {i: o.hard_body_radius_m for i, o in objects.items() if o.hard_body_radius_m}
    known = listed | stated
    radii = [
        known.get(int(norad_id)) or DEFAULT_RADIUS_M[_kind(objects.get(int(norad_id)), str(name))]
        for norad_id, name in zip(sets.norad_id, sets.object_name, strict=True)
    ]
    return np.array(radii) / 1000.0, sum(int(i) in known for i in sets.norad_id)


def _kind(listed: SpaceObject | None, name: str) -> ObjectType:
    if listed and listed.object_type is not ObjectType.UNKNOWN:
        return listed.object_type
    return kind_by_name(name)


def _digest(sets: ElementSets, errors: ErrorHistory, radius_km: Floats, movers: Movers) -> str:
    digest = hashlib.sha256(np.ascontiguousarray(radius_km).tobytes())
    digest.update(errors.owner.tobytes())
    for columns in (errors.assumed, errors.elements):
        for field in fields(columns):
            digest.update(np.ascontiguousarray(getattr(columns, field.name)).tobytes())
    for name in (n for n in COLUMNS if n not in _NOT_DIGESTED):
        column = getattr(sets, name)
        is_text = COLUMNS[name].kind == "T"
        data = "\0".join(column.tolist()).encode() if is_text else column.tobytes()
        digest.update(name.encode() + b"\0" + data)
    for row in movers.table[movers.is_tabulated]:
        for data in movers.ephemerides.content_of(row):
            digest.update(data)
    return digest.hexdigest()
