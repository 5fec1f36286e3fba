"""Docked pairs, launches, constellations and formations."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from hoshimori.model.constellations import family_of
from hoshimori.model.elements import COLUMNS, ElementSets
from hoshimori.model.findings import Relation
from hoshimori.model.objects import ObjectType, kind_by_name
from hoshimori.model.provenance import Provenance
from hoshimori.model.relations import (
    RELATIONS,
    docked_pairs,
    kinship,
    pairs_lately_one,
    place_of,
    relation_between,
    relations_of_pairs,
    with_formations,
)

# name, designator, mean motion [rev/day], mean anomaly
OBJECTS = (
    ("STATION", "1998-067A", 15.5, 10.0),
    ("STATION MODULE", "2000-037A", 15.5, 10.0),
    ("FREIGHTER", "2026-001A", 15.5, 10.0),
    ("STARLINK-1", "2020-001A", 15.06, 20.0),
    ("STARLINK-2", "2020-001B", 15.06, 21.0),
    ("STARLINK-3", "2021-001A", 15.06, 22.0),
    ("STARLINK-4", "2021-001B", 15.60, 23.0),  # some 170 km lower
    ("STARLINK-3 DEB", "2021-001C", 15.06, 24.0),
    ("", "", 14.0, 25.0),
    ("", "", 14.0, 26.0),
)


def made_sets() -> ElementSets:
    columns = {name: np.zeros(len(OBJECTS), dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.arange(1, len(OBJECTS) + 1)
    names, ids, motion, anomaly = zip(*OBJECTS, strict=True)
    columns["object_name"] = np.array(names, COLUMNS["object_name"])
    columns["object_id"] = np.array(ids, COLUMNS["object_id"])
    columns["mean_motion_rev_day"] = np.array(motion)
    columns["mean_anomaly_deg"] = np.array(anomaly)
    columns["inclination_deg"] = np.full(len(OBJECTS), 53.0)
    return ElementSets(**columns, provenances=(Provenance("made", "00"),))


def relation(first: int, second: int) -> Relation:
    found = relations_of_pairs(kinship(made_sets()), np.array([first]), np.array([second]))
    return RELATIONS[found[0]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (0, 1, Relation.DOCKED),
        (3, 4, Relation.SAME_CONSTELLATION),
        (3, 5, Relation.SAME_CONSTELLATION),
        (5, 6, Relation.SAME_LAUNCH),  # not one shell
        (3, 6, Relation.UNRELATED),
        (5, 7, Relation.SAME_LAUNCH),  # debris is of no constellation
        (3, 7, Relation.UNRELATED),
        (8, 9, Relation.UNRELATED),  # two unknown designators are not one launch
    ],
)
def test_a_pair_has_the_first_relation_that_holds(
    first: int, second: int, expected: Relation
) -> None:
    assert relation(first, second) is expected
    assert relation(second, first) is expected


def test_columns_agree_with_single_pairs_but_for_constellations() -> None:
    sets = made_sets()
    first, second = np.array(list(combinations(range(len(sets)), 2))).T
    found = relations_of_pairs(kinship(sets), first, second)
    for a, b, place in zip(first, second, found, strict=True):
        if RELATIONS[place] is not Relation.SAME_CONSTELLATION:
            assert relation_between(sets, int(a), int(b)) is RELATIONS[place]


def test_docked_pairs_are_every_two_of_a_group() -> None:
    assert docked_pairs(kinship(made_sets())).tolist() == [[0, 1], [0, 2], [1, 2]]
    assert docked_pairs(kinship(made_sets().take(np.array([0, 4, 8])))).shape == (0, 2)


def test_only_unrelated_pairs_become_formations() -> None:
    before = np.arange(len(RELATIONS))
    after = with_formations(before, np.full(len(RELATIONS), True))
    assert after[place_of(Relation.UNRELATED)] == place_of(Relation.FORMATION)
    changed = np.flatnonzero(after != before)
    assert changed.tolist() == [place_of(Relation.UNRELATED)]
    assert np.array_equal(with_formations(before, np.full(len(RELATIONS), False)), before)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("STARLINK-1008", "STARLINK"),
        ("ONEWEB-0012", "ONEWEB"),
        ("FLOCK 1C 10", "FLOCK"),
        ("GALILEO-PFM", "GALILEO"),
        ("iridium 106", "IRIDIUM"),
        ("IRIDIUM 33 DEB", ""),
        ("GLOBALSTAR", "GLOBALSTAR"),
        ("HAWKEYE 1", ""),
        ("COSMOS 2251", ""),
        ("", ""),
    ],
)
def test_families_of_names(name: str, family: str) -> None:
    assert family_of(name) == family


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SL-16 R/B", ObjectType.ROCKET_BODY),
        ("R/B(1)", ObjectType.ROCKET_BODY),
        ("TITAN 3C TRANSTAGE DEB", ObjectType.DEBRIS),
        ("WESTFORD NEEDLES", ObjectType.DEBRIS),
        ("OBJECT G", ObjectType.UNKNOWN),
        ("", ObjectType.UNKNOWN),
        ("DEBUT (ORIZURU)", ObjectType.PAYLOAD),
    ],
)
def test_kinds_by_name(name: str, kind: ObjectType) -> None:
    assert kind_by_name(name) is kind


def shared(days: list[float], moment_day: float) -> frozenset[tuple[int, int]]:
    """Return who was lately one: two objects with one element set on these days, others apart."""
    start = np.datetime64("2026-05-01", "us")
    epochs = [start + np.timedelta64(round(d * 86400), "s") for d in days]
    rows = [(norad_id, epoch, 10.0) for epoch in epochs for norad_id in (7, 5)]
    rows += [(9, epoch, 20.0) for epoch in epochs]
    columns = {name: np.zeros(len(rows), dtype) for name, dtype in COLUMNS.items()}
    columns["norad_id"] = np.array([r[0] for r in rows])
    columns["epoch_utc"] = np.array([r[1] for r in rows])
    columns["mean_anomaly_deg"] = np.array([r[2] for r in rows])
    history = ElementSets(**columns, provenances=(Provenance("made", "00"),))
    return pairs_lately_one(history, start + np.timedelta64(round(moment_day * 86400), "s"))


def test_objects_that_shared_element_sets_lately_are_one() -> None:
    assert shared([1.0, 2.0, 3.0], 4.0) == frozenset({(5, 7)})


def test_one_shared_set_or_an_old_one_makes_no_pair() -> None:
    assert shared([3.0], 4.0) == frozenset()
    assert shared([1.0, 2.0], 6.0) == frozenset()
    assert shared([], 4.0) == frozenset()
