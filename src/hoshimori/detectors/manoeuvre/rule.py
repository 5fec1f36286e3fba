"""Histories judged: which steps between element sets are changes of orbit.

The manoeuvre detector asks it about assets, the command about whole catalogues; the rule is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from hoshimori.model.findings import Confidence
from hoshimori.model.manoeuvres import CONFIDENCES, Doubt, Manoeuvres, Watched
from hoshimori.numerics.burns import Burns, find_burns
from hoshimori.numerics.change import (
    COMPONENT_WEIGHTS,
    SCALES,
    Flags,
    Steps,
    find_steps,
    first_rows,
)
from hoshimori.numerics.element_changes import Rows
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    OrbitRegime,
    Times,
    orbit_regime,
)
from hoshimori.numerics.rates import discovery_limit
from hoshimori.numerics.sgp4 import Satellites, initialise
from hoshimori.numerics.tails import Tails, shares_reaching, tails_of
from hoshimori.numerics.thrust_arcs import ThrustArcs, find_arcs, within_arcs

_HOURS_PER_DAY = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Histories of some objects, judged; what pooled shares are told from is still apart."""

    changes: Manoeuvres
    """All changes found; `p_value` is not known yet."""
    regime: npt.NDArray[np.uint8]
    """Of each change."""
    first_row: Rows
    last_row: Rows
    """The element sets that each change rests on, rows of those given."""
    tails: Tails
    """Of the quiet steps of each object of `watched`."""
    watched: Watched
    watched_regime: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ManoeuvreRule:
    """What counts as a change of orbit; one setting for all objects."""

    threshold: float = 9.0
    """How many robust spreads a persistent change must reach; twice as many across the plane."""
    near_earth_floor_m_s: tuple[float, float] = (0.0001, 0.02)
    """Least spread, in-track and across the plane, of orbits with periods below 225 minutes."""
    deep_space_floor_m_s: tuple[float, float] = (0.005, 0.06)
    """The same for longer periods."""
    window_sets: int = 60
    """Element sets of the object around each that give its usual rate and spread."""
    fewest_sets: int = 15
    """Objects with fewer element sets are not judged."""
    longest_gap_days: float = 10.0
    """Element sets farther apart are not compared."""
    sure_strength: float = 30.0
    """A confirmed change of this many spreads is stated with high confidence."""
    size_error: float = 0.15
    """Least half-width of the interval of a velocity change, as a share of it: on the labelled
    histories most logged burns above 2 cm/s lie within, where one burn falls between two sets."""
    false_discovery_rate: float = 0.1
    """Largest share of chance among what is reported of many objects."""
    catalogue_wide_objects: int = 50
    """From so many judged objects on that share is held to; of fewer, all changes are reported,
    each with its p-value."""

    def judge(self, elements: MeanElements, object_id: Rows) -> Judged:
        """Return what the histories of some objects show.

        Rows are ordered by object and epoch, no epoch twice for one object. Objects are judged each
        by itself: they may come in any parts. `conclude` adds what is told from all.
        """
        satellites, regime = initialise(elements), orbit_regime(elements)
        steps = self._steps(satellites, object_id, regime)
        arcs = find_arcs(
            satellites, object_id, steps.spread_m_s[:, 0], longest_gap_days=self.longest_gap_days
        )
        if len(arcs):
            steps = self._steps_beside(steps, arcs, satellites, object_id, regime)
        burns = find_burns(steps, satellites, object_id, self.threshold)
        burns = burns.take(~within_arcs(arcs, burns.first))
        return _judged(self, satellites, object_id, regime, steps, burns, arcs)

    def _steps(
        self,
        satellites: Satellites,
        object_id: Rows,
        regime: npt.NDArray[np.uint8],
        left_out: Flags | None = None,
    ) -> Steps:
        return find_steps(
            satellites,
            object_id,
            self._floors_m_s(regime),
            window=self.window_sets,
            fewest=self.fewest_sets,
            longest_gap_days=self.longest_gap_days,
            left_out=left_out,
        )

    def _steps_beside(
        self,
        steps: Steps,
        arcs: ThrustArcs,
        satellites: Satellites,
        object_id: Rows,
        regime: npt.NDArray[np.uint8],
    ) -> Steps:
        """Return the steps, those of objects with low thrust told from what lies beside it."""
        rows = np.flatnonzero(np.isin(object_id, object_id[arcs.start]))
        again = self._steps(
            satellites.take(rows), object_id[rows], regime[rows], within_arcs(arcs, rows)
        )
        columns = {column.name: getattr(steps, column.name).copy() for column in fields(Steps)}
        for name, values in columns.items():
            values[rows] = getattr(again, name)
        return Steps(**columns)

    def conclude(
        self, parts: Sequence[Judged], *, asked: int | None = None
    ) -> tuple[list[Judged], float]:
        """Return the parts with p-values and doubts, and the largest p-value that may be reported.

        The p-value of a change is the share of quiet steps of the object, and of objects of its
        regime where it has few, that would be as strong. Where many objects are asked about at
        once (by default all), changes that chance may well have brought are doubted (Benjamini
        and Hochberg 1995).
        """
        regimes = np.concatenate([part.watched_regime for part in parts])
        every = Tails(
            *(
                np.concatenate([getattr(part.tails, column.name) for part in parts])
                for column in fields(Tails)
            )
        )
        pools = {int(k): every.take(np.flatnonzero(regimes == k)).pooled() for k in OrbitRegime}
        p_values = [_p_values(part, pools, self.threshold) for part in parts]
        limit = 1.0
        if (asked or np.count_nonzero(every.steps)) >= self.catalogue_wide_objects:
            stepwise = [
                p[~part.changes.low_thrust] for p, part in zip(p_values, parts, strict=True)
            ]
            found = np.concatenate(stepwise)
            examined = int(every.steps.sum()) + len(found)
            limit = discovery_limit(found, examined, self.false_discovery_rate)
        concluded = []
        for part, p_value in zip(parts, p_values, strict=True):
            by_chance = (p_value > limit) & (part.changes.doubt == Doubt.NONE)
            doubt = np.where(by_chance, Doubt.BEYOND_CHANCE_LIMIT, part.changes.doubt)
            changes = replace(part.changes, p_value=p_value, doubt=doubt)
            concluded.append(replace(part, changes=changes))
        return concluded, limit

    def _floors_m_s(self, regime: npt.NDArray[np.uint8]) -> Floats:
        near, deep = (
            np.array([in_track, across, across])
            for in_track, across in (self.near_earth_floor_m_s, self.deep_space_floor_m_s)
        )
        return np.where((regime == OrbitRegime.LEO)[:, None], near, deep)


def _judged(
    rule: ManoeuvreRule,
    satellites: Satellites,
    object_id: Rows,
    regime: npt.NDArray[np.uint8],
    steps: Steps,
    burns: Burns,
    arcs: ThrustArcs,
) -> Judged:
    epoch_utc = satellites.epoch_utc
    changes = Manoeuvres.joined(
        [_of_burns(rule, burns, object_id, epoch_utc), _of_arcs(rule, arcs, object_id, epoch_utc)]
    )
    first_row, last_row = (
        np.concatenate(rows)
        for rows in (
            (np.minimum(burns.before, burns.first - 1), arcs.start),
            (np.maximum(burns.after, burns.first), arcs.stop),
        )
    )
    order = np.lexsort((changes.time_utc, changes.norad_id))
    first_row, last_row = first_row[order], last_row[order]
    watched, watched_regime = _watched(rule, steps, object_id, epoch_utc, regime)
    return Judged(
        changes=changes.take(order),
        regime=regime[last_row],
        first_row=first_row,
        last_row=last_row,
        tails=_tails(steps, object_id, first_row, last_row, rule.threshold),
        watched=watched,
        watched_regime=watched_regime,
    )


def _of_burns(rule: ManoeuvreRule, burns: Burns, object_id: Rows, epoch_utc: Times) -> Manoeuvres:
    in_track, sigma = burns.delta_v_m_s[:, 0], burns.sigma_m_s
    across = np.hypot(burns.delta_v_m_s[:, 1], burns.delta_v_m_s[:, 2])
    across_sigma = np.hypot(sigma[:, 1], sigma[:, 2])
    # A component that stays within three of its spreads is noise and given as 0.
    in_track = np.where(np.abs(in_track) > 3.0 * sigma[:, 0], in_track, 0.0)
    across = np.where(across > 3.0 * across_sigma, across, 0.0)
    total = np.hypot(in_track, across)
    share = np.abs(np.array([in_track, across])) / np.maximum(total, 1e-12)
    spread = np.hypot(share[0] * sigma[:, 0], share[1] * across_sigma)
    half = np.hypot(3.0 * spread, rule.size_error * total)
    return Manoeuvres(
        norad_id=object_id[burns.peak],
        low_thrust=np.zeros(len(burns), dtype=bool),
        start_utc=epoch_utc[np.maximum(burns.first - 1, first_rows(object_id)[burns.peak])],
        time_utc=epoch_utc[burns.first],
        end_utc=epoch_utc[np.maximum(burns.after, burns.first)],
        burn_utc=burns.burn_utc,
        burn_sigma_h=burns.burn_sigma_days * _HOURS_PER_DAY,
        dated=burns.dated,
        single=burns.explained,
        confirmed=burns.confirmed,
        delta_v_m_s=total,
        delta_v_low_m_s=np.maximum(total - half, 0.0),
        delta_v_high_m_s=total + half,
        in_track_m_s=in_track,
        cross_track_m_s=across,
        strength=burns.strength,
        p_value=np.full(len(burns), np.nan),
        confidence=_confidence(rule, burns),
        doubt=np.where(burns.returned, Doubt.SWAPPED, Doubt.NONE),
    )


def _of_arcs(
    rule: ManoeuvreRule, arcs: ThrustArcs, object_id: Rows, epoch_utc: Times
) -> Manoeuvres:
    start_utc, end_utc = epoch_utc[arcs.start], epoch_utc[arcs.stop]
    middle_utc = start_utc + (end_utc - start_utc) // 2
    size = np.abs(arcs.delta_v_m_s)
    half_h = (end_utc - start_utc) / np.timedelta64(1, "h") / np.sqrt(12.0)
    return Manoeuvres(
        norad_id=object_id[arcs.start],
        low_thrust=np.ones(len(arcs), dtype=bool),
        start_utc=start_utc,
        time_utc=epoch_utc[np.minimum(arcs.start + 1, arcs.stop)],
        end_utc=end_utc,
        burn_utc=middle_utc,
        burn_sigma_h=half_h,
        dated=np.zeros(len(arcs), dtype=bool),
        single=np.ones(len(arcs), dtype=bool),
        confirmed=np.ones(len(arcs), dtype=bool),
        delta_v_m_s=size,
        delta_v_low_m_s=(1.0 - rule.size_error) * size,
        delta_v_high_m_s=(1.0 + rule.size_error) * size,
        in_track_m_s=arcs.delta_v_m_s,
        cross_track_m_s=np.zeros(len(arcs)),
        strength=np.full(len(arcs), np.inf),
        p_value=np.full(len(arcs), np.nan),
        confidence=np.full(len(arcs), CONFIDENCES.index(Confidence.HIGH)),
        doubt=np.full(len(arcs), Doubt.NONE),
    )


def _confidence(rule: ManoeuvreRule, burns: Burns) -> npt.NDArray[np.int64]:
    """Return how far the elements carry each statement, as places in `CONFIDENCES`."""
    low, moderate, high = map(
        CONFIDENCES.index, (Confidence.LOW, Confidence.MODERATE, Confidence.HIGH)
    )
    sure = np.where(burns.strength >= rule.sure_strength, high, moderate)
    return np.where(burns.confirmed & burns.explained, sure, low)


def _tails(
    steps: Steps, object_id: Rows, first_row: Rows, last_row: Rows, threshold: float
) -> Tails:
    """Return the tails of each object's judged steps that no change touches.

    A change shows in steps of the longest scale for as many sets before and after it.
    """
    quiet = np.asarray(np.isfinite(steps.change_m_s).all(axis=1) & _has_spread(steps))
    reach = max(SCALES) + 1
    inside = np.zeros(len(quiet) + 1, np.int64)
    np.add.at(inside, np.maximum(first_row + 1 - reach, 0), 1)
    np.add.at(inside, np.minimum(last_row + 1 + reach, len(quiet)), -1)
    quiet &= (np.cumsum(inside)[:-1] <= 0) & (steps.strength < threshold)
    starts = first_rows(object_id) == np.arange(len(object_id))
    place = np.cumsum(starts) - 1
    return tails_of(steps.strength[quiet], place[quiet], int(np.count_nonzero(starts)))


def _has_spread(steps: Steps) -> npt.NDArray[np.bool_]:
    return np.asarray(np.isfinite(steps.rate_m_s_day).all(axis=1))


def _watched(
    rule: ManoeuvreRule,
    steps: Steps,
    object_id: Rows,
    epoch_utc: Times,
    regime: npt.NDArray[np.uint8],
) -> tuple[Watched, npt.NDArray[np.uint8]]:
    """Return the objects and what each history could have shown."""
    start = np.flatnonzero(first_rows(object_id) == np.arange(len(object_id)))
    stop = np.append(start[1:], len(object_id))
    judged = np.isfinite(steps.change_m_s).all(axis=1) & _has_spread(steps)
    floors = rule.threshold * steps.spread_m_s / np.asarray(COMPONENT_WEIGHTS)
    in_track, across = np.full(len(start), np.nan), np.full(len(start), np.nan)
    counts = np.add.reduceat(judged, start) if len(start) else np.zeros(0, np.int64)
    for k in np.flatnonzero(counts):
        rows = slice(start[k], stop[k])
        of_object = np.median(floors[rows][judged[rows]], axis=0)
        in_track[k], across[k] = of_object[0], of_object[1:].max()
    watched = Watched(
        norad_id=object_id[start],
        sets=stop - start,
        first_utc=epoch_utc[start],
        last_utc=epoch_utc[stop - 1],
        in_track_floor_m_s=in_track,
        cross_track_floor_m_s=across,
        steps=counts,
    )
    return watched, regime[stop - 1]


def _p_values(part: Judged, pools: dict[int, Tails], threshold: float) -> Floats:
    """Return the share of quiet steps as strong as each change; low thrust is no matter of one."""
    place = np.searchsorted(part.watched.norad_id, part.changes.norad_id)
    p_value = np.zeros(len(place))
    for kind, pool in pools.items():
        rows = np.flatnonzero((part.watched_regime[place] == kind) & ~part.changes.low_thrust)
        tails = part.tails.take(place[rows]).with_others(pool)
        p_value[rows] = shares_reaching(part.changes.strength[rows], tails, threshold)
    return p_value
