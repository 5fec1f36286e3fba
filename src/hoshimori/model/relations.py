"""What makes two objects belong together, as far as a catalogue shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from hoshimori.model.constellations import NO_FAMILY, families, family_of
from hoshimori.model.elements import Column, ElementSets
from hoshimori.model.findings import Relation
from hoshimori.model.objects import launch_of
from hoshimori.numerics.elements import Floats, semi_major_axis_km

_Rows = npt.NDArray[np.int64]

RELATIONS = tuple(Relation)
"""Every relation; its place stands for it in columns."""

_LATELY, _STILL = np.timedelta64(7, "D"), np.timedelta64(3, "D")
_SHARED_SETS = 2
_SHELL_KM = 50.0
"""Satellites of one family whose mean altitudes differ by less are of one shell."""
ORBIT_COLUMNS = (
    "epoch_utc",
    "mean_motion_rev_day",
    "eccentricity",
    "inclination_deg",
    "raan_deg",
    "arg_of_pericenter_deg",
    "mean_anomaly_deg",
)
"""Columns that are alike in every digit where a catalogue has one element set for two objects."""


def place_of(relation: Relation) -> int:
    """Return the number that stands for a relation in columns."""
    return RELATIONS.index(relation)


IdPair = tuple[int, int]
"""Catalogue numbers of two objects, the lower first."""


def relation_between(
    element_sets: ElementSets,
    first: int,
    second: int,
    lately_one: frozenset[IdPair] = frozenset(),
) -> Relation:
    """Return the relation of the objects in two rows.

    Catalogues give docked objects one and the same element set, now or `lately_one`
    (`pairs_lately_one`); a constellation shows in name and height, a launch in the designator.
    """
    columns = (getattr(element_sets, name) for name in ORBIT_COLUMNS)
    if all(column[first] == column[second] for column in columns):
        return Relation.DOCKED
    ids = sorted(int(element_sets.norad_id[row]) for row in (first, second))
    if (ids[0], ids[1]) in lately_one:
        return Relation.DOCKED
    family = family_of(str(element_sets.object_name[first]))
    if family and family == family_of(str(element_sets.object_name[second])):
        pair = element_sets.take(np.array([first, second]))
        if abs(float(np.diff(semi_major_axis_km(pair.mean_elements()))[0])) < _SHELL_KM:
            return Relation.SAME_CONSTELLATION
    launch = launch_of(str(element_sets.object_id[first]))
    if launch and launch == launch_of(str(element_sets.object_id[second])):
        return Relation.SAME_LAUNCH
    return Relation.UNRELATED


def pairs_lately_one(history: ElementSets, moment_utc: np.datetime64) -> frozenset[IdPair]:
    """Return the pairs that shared element sets lately, as docked objects do.

    At least two sets of the week before a moment, the newest of them not three days old: the newest
    sets of docked objects are often of different epochs.
    """
    recent = history.take(history.epoch_utc >= moment_utc - _LATELY)
    orbit = _orbits(recent)
    shared = np.bincount(orbit)[orbit] > 1 if len(orbit) else np.zeros(0, bool)
    rows = np.flatnonzero(shared)
    rows = rows[np.lexsort((recent.norad_id[rows], orbit[rows]))]
    epochs: dict[IdPair, list[np.datetime64]] = {}
    for group in np.split(rows, np.flatnonzero(np.diff(orbit[rows])) + 1):
        ids = np.unique(recent.norad_id[group]).tolist()
        for pair in combinations(ids, 2):
            epochs.setdefault(pair, []).append(recent.epoch_utc[group[0]])
    return frozenset(
        pair
        for pair, times in epochs.items()
        if len(times) >= _SHARED_SETS and max(times) >= moment_utc - _STILL
    )


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """What objects may have in common, as numbers, one row for each object."""

    orbit: _Rows
    """Rows that share one element set have the same."""
    launch: _Rows
    """-1 where the designator tells none."""
    family: _Rows
    """Family of names, `NO_FAMILY` for none."""
    semi_major_axis_km: Floats


def kinship(element_sets: ElementSets) -> Kinship:
    """Return what the objects in the rows may have in common."""
    return Kinship(
        orbit=_orbits(element_sets),
        launch=_numbered([launch_of(str(i)) for i in element_sets.object_id]),
        family=families(element_sets.object_name),
        semi_major_axis_km=semi_major_axis_km(element_sets.mean_elements()),
    )


def relations_of_pairs(kin: Kinship, first: _Rows, second: _Rows) -> _Rows:
    """Return the place in `RELATIONS` of the relation of each pair of rows, shape (n,).

    Docked before same constellation (one family of names, one shell) before same launch. Whether
    a pair is a formation only its motion shows: see `with_formations`.
    """
    with np.errstate(invalid="ignore"):
        apart_km = np.abs(kin.semi_major_axis_km[first] - kin.semi_major_axis_km[second])
    one_family = (kin.family[first] == kin.family[second]) & (kin.family[first] != NO_FAMILY)
    one_launch = (kin.launch[first] == kin.launch[second]) & (kin.launch[first] >= 0)
    found = np.select(
        [kin.orbit[first] == kin.orbit[second], one_family & (apart_km < _SHELL_KM), one_launch],
        [place_of(r) for r in (Relation.DOCKED, Relation.SAME_CONSTELLATION, Relation.SAME_LAUNCH)],
        place_of(Relation.UNRELATED),
    )
    return np.asarray(found, np.int64)


def with_formations(relation: _Rows, flies_along: npt.NDArray[np.bool_]) -> _Rows:
    """Return relations in which unrelated pairs that fly along with one another are formations."""
    unrelated = relation == place_of(Relation.UNRELATED)
    return np.where(unrelated & flies_along, place_of(Relation.FORMATION), relation)


def docked_pairs(kin: Kinship) -> _Rows:
    """Return all pairs of rows that share one element set, shape (n, 2), lower row first."""
    orbit = kin.orbit
    order = np.argsort(orbit, kind="stable")
    starts = np.flatnonzero(np.diff(orbit[order], prepend=-1))
    pairs = [np.empty((0, 2), np.int64)]
    for group in np.split(order, starts[1:]):
        if len(group) > 1:
            first, second = np.triu_indices(len(group), 1)
            pairs.append(np.stack([group[first], group[second]], axis=1))
    every = np.concatenate(pairs)
    return np.asarray(every[np.lexsort((every[:, 1], every[:, 0]))], np.int64)


def _orbits(element_sets: ElementSets) -> _Rows:
    """Return a number for each row; rows that share one element set have the same."""
    columns = [getattr(element_sets, name) for name in ORBIT_COLUMNS]
    order = np.lexsort(columns)
    differs = np.zeros(len(order), bool)
    for column in columns:
        ordered = column[order]
        differs[1:] |= ordered[1:] != ordered[:-1]
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(differs)
    return number


def _numbered(texts: list[str]) -> Column:
    """Return a number for each text, -1 for empty ones."""
    place = {text: k for k, text in enumerate(sorted(set(texts) - {""}))}
    return np.array([place.get(text, -1) for text in texts], np.int64)
