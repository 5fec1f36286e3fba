"""Are the covariances of element sets real? Held-back element sets and precise orbits answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import covariance_data as data_of
import numpy as np
from covariance_data import History, PreciseOrbit

from hoshimori.numerics.covariance import LOOKBACK_DAYS, error_growth, robust_scale
from hoshimori.numerics.covariance_classes import (
    CovarianceOrigin,
    ErrorClass,
    ErrorGrowth,
    class_growth,
    error_class,
    in_crowded_shell,
)
from hoshimori.numerics.covariance_pairs import (
    Differences,
    along_the_orbit,
    pairwise_differences,
    without_manoeuvres,
)
from hoshimori.numerics.elements import MeanElements, OrbitRegime, orbit_regime
from hoshimori.numerics.frames import rtn_basis, to_rtn
from hoshimori.numerics.sgp4 import initialise, propagate

TEST_EDGES_DAYS = (0.0, 0.75, 1.5, 2.5, 4.0, 8.5, 14.0)
LOOKBACKS_DAYS = (7.0, 15.0, 30.0, 60.0, 120.0)
OLD_DAYS = 4.0
FEWEST_PAIRS = 30
SPLITS_OF_A_HISTORY = 24
AXES = ("radial", "in_track", "cross_track")
MEASURES, TESTS = "measures the floor", "test"
YOUNG_DAYS = 1.5
FEW_OBJECTS = 5
"""Fewer than these tell little of how objects differ: then the worst of them counts."""
CONSTELLATION = "starlink"
MEDIAN_CHI2_3 = 2.365974


def held_back(data: Path, groups: History) -> dict[str, Any]:
    """Return how well the growth fitted before a split covers what comes after it.

    The last set before the split is propagated to the sets after it. Both hold the same biases, so
    the floor is left out: this tests the growth. Pairs with a found manoeuvre between are left out.
    """
    members = np.unique(data_of.group(data, CONSTELLATION).object_id)
    outside = np.isin(groups.object_id, members) & ~shell_of(groups)
    week = _asked(groups.take(~outside), [_SPLIT_OF_GROUPS])
    moving = _asked(groups.take(outside), [_SPLIT_OF_GROUPS])
    months = _histories_of_years(data)
    tests = {
        "groups of a week": [week],
        "a constellation outside its shells": [moving],
        "histories of years": months,
    }
    found: dict[str, Any] = {}
    for name, asked in tests.items():
        parts = [part for one in asked for part in one]
        for origin in ("own history", "class"):
            found[f"{name}, {origin}"] = _held_back_tables(parts, own=origin == "own history")
    return found


def by_lookback(data: Path) -> dict[str, Any]:
    """Return how own history covers, and how sharply, by how many days of it are looked at."""
    parts = [part for one in _histories_of_years(data) for part in one]
    found = {}
    for days in LOOKBACKS_DAYS:
        _, age, ratio, _, sigma = _held_back_ratios(parts, own=True, lookback_days=days)
        row: dict[str, Any] = {"pairs": len(age)}
        for name, rows in (("young", age < OLD_DAYS), ("old", age >= OLD_DAYS)):
            within = [float((np.abs(ratio[rows, 1]) <= k).mean()) for k in (1, 2, 3)]
            row[f"{name}_in_track_within"] = [short(x) for x in within]
            row[f"{name}_in_track_sigma_km"] = short(float(np.median(sigma[rows, 1])))
        found[f"{days:g}"] = row
    return found


def _histories_of_years(data: Path) -> list[list[_Part]]:
    return [
        _asked(history, _splits(history))
        for history in (
            *(data_of.files(path) for path in sorted((data / "manoeuvres" / "tle").glob("*.gz"))),
            data_of.files(data / "catalogue" / "histories" / "iss_25544_2020_2024.tle.gz"),
        )
    ]


_SPLIT_OF_GROUPS = np.datetime64("2026-05-27T00:00:00", "us")
_Part = tuple[History, History, np.ndarray, np.ndarray]
"""The sets asked about, all sets of their objects, rows of the sets before, shell membership."""


def _splits(history: History) -> list[np.datetime64]:
    epoch = history.elements.epoch_utc
    days = (epoch.max() - epoch.min()) / np.timedelta64(1, "D")
    at = np.linspace(0.1 * days, 0.97 * days, SPLITS_OF_A_HISTORY)
    return [epoch.min() + np.timedelta64(int(day * 86400), "s") for day in at]


def _asked(history: History, splits: Sequence[np.datetime64]) -> list[_Part]:
    """Return for each split the last set before it of every object, within reach of the tests."""
    shell, found = shell_of(history), []
    for split in splits:
        near_days = (history.elements.epoch_utc - split) / np.timedelta64(1, "D")
        rows = np.flatnonzero((near_days > -130.0) & (near_days < 15.0))
        part, before = history.take(rows), near_days[rows] <= 0.0
        if before.any():
            last = part.take(before).newest()
            member = np.isin(last.object_id, np.unique(history.object_id[shell]))
            found.append((last, part, before, member))
    return found


def _held_back_tables(parts: Sequence[_Part], *, own: bool) -> dict[str, Any]:
    """Return coverage by class and age of the older set's predictions."""
    return _tables(*_held_back_ratios(parts, own=own)[:4])


def _held_back_ratios(
    parts: Sequence[_Part], *, own: bool, lookback_days: float = LOOKBACK_DAYS
) -> tuple[np.ndarray, ...]:
    """Return class, age, error over sigma, object and sigma of the older set's predictions."""
    code, age, ratio, measured, scale = [], [], [], [], []
    for last, part, before, member in parts:
        past = part.take(before)
        if own:
            growth = error_growth(
                last.elements, last.object_id, past.elements, past.object_id, in_shell=member,
                lookback_days=lookback_days,
            )  # fmt: skip
        else:
            growth = class_growth(last.elements, in_shell=member)
        quiet = quiet_pairs(part)
        newest_before = np.flatnonzero(before)[
            np.append(past.object_id[1:] != past.object_id[:-1], True)
        ]
        owner = np.searchsorted(newest_before, quiet.older)
        owner = np.minimum(owner, len(newest_before) - 1)
        asked = newest_before[owner] == quiet.older
        if own:
            asked &= growth.origin[owner] == CovarianceOrigin.OWN_HISTORY
        pairs, owner = quiet.take(asked), owner[asked]
        sigma = growth.take(owner).scatter_rtn_km(np.maximum(pairs.age_days, 0.1))
        ratio.append(pairs.residual_rtn_km / sigma)
        age.append(pairs.age_days)
        code.append(error_class(last.elements, in_shell=member)[owner])
        measured.append(last.object_id[owner])
        scale.append(sigma)
    return tuple(np.concatenate(column) for column in (code, age, ratio, measured, scale))


def _tables(
    code: np.ndarray, age: np.ndarray, ratio: np.ndarray, object_id: np.ndarray
) -> dict[str, Any]:
    found = {}
    for one in ErrorClass:
        for low, high in pairwise(TEST_EDGES_DAYS):
            rows = (code == one) & (age >= low) & (age < high)
            if rows.sum() >= FEWEST_PAIRS:
                objects = len(np.unique(object_id[rows]))
                found[f"{one.name} {low:g}-{high:g} days"] = covered(ratio[rows], objects)
    return found


def covered(ratio: np.ndarray, objects: int) -> dict[str, Any]:
    """Return shares within 1, 2 and 3 sigma of each axis, and what the distances say."""
    square = (ratio**2).sum(axis=1)
    found: dict[str, Any] = {"states": len(ratio), "objects": objects}
    for axis, name in enumerate(AXES):
        size = np.abs(ratio[:, axis])
        found[name] = [round(float(np.mean(size <= k)), 3) for k in (1, 2, 3)]
    found["chi2_over_3"] = short(float(square.mean() / 3.0))
    found["chi2_over_3_within_99"] = short(
        float(square[square <= np.quantile(square, 0.99)].mean() / 3.0)
    )
    found["chi2_median_over_expected"] = short(float(np.median(square) / MEDIAN_CHI2_3))
    return found


@dataclass(frozen=True, eq=False)
class States:
    """Element sets of one object against its precise orbit, *m* states each."""

    name: str
    norad_id: int
    role: str
    elements: MeanElements
    age_days: np.ndarray
    """Shape (n, m), never negative."""
    error_rtn_km: np.ndarray
    usable: np.ndarray
    """Whether no logged burn lies between the set and the state, shape (n, m)."""


def precise_states(data: Path) -> list[States]:
    """Return element sets of the days of every SP3 orbit with their errors along it."""
    sets = data_of.files(*sorted((data / "ephemerides" / "tle").glob("*.tle")))
    return [_states(sets, orbit, data) for orbit in data_of.precise_orbits(data)]


def _states(sets: History, orbit: PreciseOrbit, data: Path) -> States:
    elements = sets.take(sets.object_id == orbit.norad_id).elements
    t_s = (orbit.utc - orbit.utc[0]) / np.timedelta64(1, "s")
    states = propagate(initialise(elements), orbit.utc[0], t_s)
    truth = np.broadcast_to(orbit.position_teme_km, states.position_teme_km.shape)
    position, velocity = states.position_teme_km, states.velocity_teme_km_s
    straight = to_rtn(rtn_basis(position, velocity), truth - position)
    flat = along_the_orbit(straight.reshape(-1, 3), np.linalg.norm(position, axis=2).ravel())
    epoch, utc = elements.epoch_utc[:, None], orbit.utc[None, :]
    burns = data_of.burns_utc(data, orbit.name)[:, None, None]
    between = (np.minimum(epoch, utc) < burns) & (burns < np.maximum(epoch, utc))
    measures = orbit.name in ("TOPEX", "Jason-1") or (
        orbit.name == "GNSS" and orbit.norad_id % 2 == 0
    )
    return States(
        orbit.name,
        orbit.norad_id,
        MEASURES if measures else TESTS,
        elements,
        np.abs((utc - epoch) / np.timedelta64(1, "D")),
        flat.reshape(straight.shape),
        ~between.any(axis=0),
    )


def against_precise_orbits(
    data: Path, states: Sequence[States], fits: dict[str, Any]
) -> dict[str, Any]:
    """Return how well the growth covers the distance of element sets from SP3 orbits.

    With the floor of the fits alone, with the floor of the code, and from the object's own history
    where there is one.
    """
    found: dict[str, Any] = {}
    for name, regime, role in dict.fromkeys((s.name, _regime(s), s.role) for s in states):
        chosen = [s for s in states if (s.name, _regime(s), s.role) == (name, regime, role)]
        label = f"{name} ({regime.name}), {role}"
        floor = fits[regime.name]["floor_each_axis_km"]
        found[f"{label}, class, floor of the fits"] = _precise_tables(chosen, None, floor)
        found[f"{label}, class"] = _precise_tables(chosen, None, None)
        path = data / "manoeuvres" / "tle" / f"{name}.tle.gz"
        if path.is_file():
            history = data_of.files(path)
            found[f"{label}, own history"] = _precise_tables(chosen, history, None)
    return found


def _regime(states: States) -> OrbitRegime:
    return OrbitRegime(orbit_regime(states.elements)[0])


def _precise_tables(
    states: Sequence[States], history: History | None, floor_km: float | None
) -> dict[str, Any]:
    columns: list[tuple[np.ndarray, ...]] = []
    for number, one in enumerate(states):
        growth = class_growth(one.elements)
        for k in range(len(one.elements)):
            of_set = growth.take(np.array([k]))
            if history is not None:
                of_set = _own_growth(one, k, history)
            used = one.usable[k]
            age, error = one.age_days[k][used], one.error_rtn_km[k][used]
            repeated = of_set.take(np.zeros(len(age), int))
            sigma = repeated.sigma_rtn_km(age)
            if floor_km is not None:
                sigma = np.hypot(repeated.scatter_rtn_km(age), floor_km)
            which = np.full(len(age), 1000 * number + k)
            columns.append((age, error, error / sigma, which, np.full(len(age), one.norad_id)))
    age, error, ratio, which, norad_id = (np.concatenate(c) for c in zip(*columns, strict=True))
    found = {}
    for low, high in pairwise(TEST_EDGES_DAYS):
        rows = (age >= low) & (age < high)
        if rows.sum() >= FEWEST_PAIRS:
            table = covered(ratio[rows], len(np.unique(norad_id[rows])))
            table["element_sets"] = len(np.unique(which[rows]))
            table["error_scale_km"] = [short(x) for x in robust_scale(error[rows])]
            found[f"{low:g}-{high:g} days"] = table
    return found


def _own_growth(one: States, k: int, history: History) -> ErrorGrowth:
    elements = one.elements.take(np.array([k]))
    return error_growth(elements, np.array([one.norad_id]), history.elements, history.object_id)


def measured_floors(states: Sequence[States], fits: dict[str, Any]) -> dict[str, Any]:
    """Return the floors that precise orbits ask for.

    What the errors within 1.5 days of the epoch have beyond the scatter of their class, of the
    orbits set apart to measure it, of few the worst; at least the floor of the fits. Then the mean
    distance of the test orbits, each object one vote: where it is above one, the floor is raised by
    its root.
    """
    found = {}
    for regime in (OrbitRegime.LEO, OrbitRegime.MEO, OrbitRegime.GEO):
        error, scatter, ids = _young(states, MEASURES, regime)
        least = fits[regime.name]["floor_each_axis_km"]
        total = robust_scale(error)
        if len(np.unique(ids)) < FEW_OBJECTS:
            total = np.max([robust_scale(error[ids == one]) for one in np.unique(ids)], axis=0)
        beyond = total**2 - np.median(scatter, axis=0) ** 2
        floor = np.sqrt(np.maximum(beyond, least**2))
        test, scatter, test_ids = _young(states, TESTS, regime)
        square = (test**2 / (scatter**2 + floor**2)).sum(axis=1)
        each = [float(square[test_ids == one].mean()) for one in np.unique(test_ids)]
        raised = max(1.0, float(np.sqrt(np.mean(each) / 3.0)))
        found[regime.name] = {
            "objects": len(np.unique(ids)),
            "measured_rtn_km": [short(x) for x in floor],
            "test_objects": len(each),
            "chi2_over_3_of_the_test": short(float(np.mean(each) / 3.0)),
            "raised_by": short(raised),
            "floor_rtn_km": [short(x) for x in floor * raised],
            "times_the_floor_of_the_fits": [short(x) for x in floor * raised / least],
        }
    return found


def _young(
    states: Sequence[States], role: str, regime: OrbitRegime
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return errors, scatter of the class and object of every young state."""
    errors, scatters, ids = [], [], []
    for one in states:
        if one.role == role and _regime(one) == regime:
            growth = class_growth(one.elements)
            for k in range(len(one.elements)):
                young = one.usable[k] & (one.age_days[k] < YOUNG_DAYS)
                repeated = growth.take(np.full(int(young.sum()), k))
                errors.append(one.error_rtn_km[k][young])
                scatters.append(repeated.scatter_rtn_km(one.age_days[k][young]))
                ids.append(np.full(int(young.sum()), one.norad_id))
    return np.concatenate(errors), np.concatenate(scatters), np.concatenate(ids)


def shell_of(history: History) -> np.ndarray:
    """Return for each set whether its object flies in a crowded shell at its newest set."""
    newest = history.newest()
    crowded = newest.object_id[in_crowded_shell(newest.elements)]
    return np.isin(history.object_id, crowded)


def quiet_pairs(history: History) -> Differences:
    found = pairwise_differences(history.elements, history.object_id)
    return without_manoeuvres(found, history.elements, history.object_id)


def short(x: float) -> float:
    return float(f"{x:.3g}")
