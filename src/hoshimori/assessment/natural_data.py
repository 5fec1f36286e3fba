"""The data themselves as an explanation: one set for two, old sets, swapped or unstable numbers."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from hoshimori.assessment.natural_scene import NaturalScene, check, ids_value
from hoshimori.model.assessments import NaturalCheck
from hoshimori.model.company import distinct
from hoshimori.model.elements import ElementSets
from hoshimori.model.finding import Relation
from hoshimori.model.findings import (
    Anomaly,
    Breakup,
    GeoNeighbour,
    Phenomenon,
    Proximity,
    Separation,
)
from hoshimori.model.moments import as_column_time
from hoshimori.model.relations import pairs_lately_one
from hoshimori.model.reports import OperatorReport, Statement
from hoshimori.numerics.elements import OrbitRegime, orbit_regime, plane_angle_rad
from hoshimori.numerics.sgp4 import initialise, propagate

KEY = "data_artefact"
# Numbers that are not lasting names. Source: USSPACECOM, ranges of catalogue numbers: 80,000 to
# 89,999 and 270,000 to 339,999 analyst; 90,000 to 99,999 and 900,000,000 on uncorrelated tracks;
# 70,000 to 79,999 expected after a launch; 700,000,000 to 899,999,999 internal.
_UNSTABLE = (
    (70_000, 99_999),
    (270_000, 339_999),
    (700_000_000, 999_999_999),
)
_STALE_DAYS = {
    OrbitRegime.LEO: 5.0,
    OrbitRegime.MEO: 10.0,
    OrbitRegime.GEO: 10.0,
    OrbitRegime.HEO: 10.0,
}
"""Older elements err by tens of kilometres; of our grades they are C3 instead of B2."""
_AS_ONE_KM = 5.0
"""As the looks of company that show both as one."""
_LEAST_SWAP = 3.0
"""Identities are called swapped where the new sets fit the other's old orbit so much better."""
_REV_DAY_PER_DEG = 0.01
"""One hundredth of a revolution a day weighs as much as a degree between planes."""


def data_artefact(scene: NaturalScene) -> NaturalCheck:
    """Return the first reason to think that the data, and not an object, made what was seen."""
    for told in (
        _stated(scene),
        _one_for_two(scene),
        _swapped(scene),
        _unstable_numbers(scene),
        _stale(scene),
    ):
        if told is not None:
            return told
    ids = _ids(scene)
    missing = [i for i in ids if scene.set_near(i, scene.span(scene.symptoms).middle_utc) is None]
    if ids and len(missing) == len(ids):
        return check(KEY, "no_elements", evaluated=False, objects=ids_value(missing))
    return check(KEY, "none", objects=ids_value(ids))


def _ids(scene: NaturalScene) -> tuple[int, ...]:
    return (*scene.incident.assets, *scene.incident.others)


def _stated(scene: NaturalScene) -> NaturalCheck | None:
    for finding in scene.findings:
        if isinstance(finding, OperatorReport) and finding.statement is Statement.DATA_ERROR:
            return check(KEY, "stated", speaks_for=True, source=finding.source)
    return None


def _one_for_two(scene: NaturalScene) -> NaturalCheck | None:
    """Return that two objects share element sets: docked, or one set for both."""
    related = [f for f in scene.findings if isinstance(f, Proximity | GeoNeighbour)]
    for finding in related:
        if finding.relation is Relation.DOCKED:
            pair = ids_value(finding.objects)
            return check(KEY, "one_set_for_two", speaks_for=True, objects=pair)
    ids = _ids(scene)
    history = scene.picture.history
    own = history.take(np.isin(history.norad_id, ids))
    if not len(own):
        return None
    pairs = pairs_lately_one(own, as_column_time(scene.picture.as_of_utc))
    if pairs:
        return check(KEY, "one_set_for_two", speaks_for=True, objects=ids_value(min(pairs)))
    as_one = _as_one(own.newest(), as_column_time(scene.picture.as_of_utc))
    if as_one:
        return check(KEY, "as_one", speaks_for=True, objects=ids_value(as_one[0]))
    return None


def _as_one(newest: ElementSets, at_utc: np.datetime64) -> list[tuple[int, int]]:
    """Return the pairs that move as one through a day: docked, or one tracked for the other."""
    t_s = np.linspace(-86400.0, 0.0, 25)
    position = propagate(initialise(newest.mean_elements()), at_utc, t_s).position_teme_km
    ids = newest.norad_id.tolist()
    found = []
    for a, b in combinations(range(len(newest)), 2):
        range_km = np.linalg.norm(position[a] - position[b], axis=1)
        # NaN is no range: a comparison with it is false.
        if bool(np.all(range_km <= _AS_ONE_KM)):
            found.append((min(ids[a], ids[b]), max(ids[a], ids[b])))
    return found


def _swapped(scene: NaturalScene) -> NaturalCheck | None:
    """Return that the newest sets of two objects fit each other's orbits before."""
    steps = {}
    for norad_id in _ids(scene):
        sets = distinct(scene.picture.history.of_object(norad_id))
        if len(sets) > 1:
            steps[norad_id] = (sets.take(slice(-2, -1)), sets.take(slice(-1, None)))
    for one, other in combinations(sorted(steps), 2):
        stayed = _unlike(*steps[one]) + _unlike(*steps[other])
        crossed = _unlike(steps[one][0], steps[other][1])
        crossed += _unlike(steps[other][0], steps[one][1])
        if stayed > _LEAST_SWAP * crossed and stayed > 0.05:
            return check(KEY, "swapped", speaks_for=True, objects=ids_value((one, other)))
    return None


def _unlike(one: ElementSets, other: ElementSets) -> float:
    """Return how unlike two orbits are: degrees between planes, and mean motion as degrees."""
    a, b = one.mean_elements(), other.mean_elements()
    plane = plane_angle_rad(a.inclination_rad, a.raan_rad, b.inclination_rad, b.raan_rad)
    motion = abs(float(one.mean_motion_rev_day[0] - other.mean_motion_rev_day[0]))
    return float(np.degrees(plane[0])) + motion / _REV_DAY_PER_DEG


def _unstable_numbers(scene: NaturalScene) -> NaturalCheck | None:
    # Pieces of a break-up carry such numbers at first as a matter of course.
    parted = [f for f in scene.findings if isinstance(f, Breakup | Separation)]
    pieces = {i for f in parted for i in f.objects[1:]}
    unstable = [i for i in _ids(scene) if i not in pieces and _is_unstable(i)]
    if not unstable:
        return None
    return check(KEY, "unstable_number", speaks_for=True, objects=ids_value(unstable))


def _is_unstable(norad_id: int) -> bool:
    return any(first <= norad_id <= last for first, last in _UNSTABLE)


def _stale(scene: NaturalScene) -> NaturalCheck | None:
    """Return that elements are overdue, or were old when it happened."""
    for finding in scene.findings:
        if isinstance(finding, Anomaly) and finding.phenomenon is Phenomenon.ELEMENTS_OVERDUE:
            return check(
                KEY,
                "overdue",
                speaks_for=True,
                norad_id=finding.objects[0],
                age_days=finding.age_days,
                usual_days=finding.usual_days,
            )
    at_utc = as_column_time(scene.picture.as_of_utc)
    newest = scene.picture.newest
    own = newest.take(np.isin(newest.norad_id, _ids(scene)))
    if not len(own):
        return None
    age = (at_utc - own.epoch_utc).astype(np.float64) / 86400e6
    limits = [_STALE_DAYS[OrbitRegime(int(code))] for code in orbit_regime(own.mean_elements())]
    late = np.flatnonzero(age > np.array(limits))
    if not len(late):
        return None
    worst = int(late[np.argmax(age[late])])
    return check(
        KEY,
        "stale",
        speaks_for=True,
        norad_id=int(own.norad_id[worst]),
        age_days=float(age[worst]),
        usual_days=limits[worst],
    )
