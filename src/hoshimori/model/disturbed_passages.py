"""Passages of aircraft judged cell by cell and step by step, and the areas that they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from hoshimori.model.disturbed_areas import PersistenceRule
from hoshimori.model.findings_of_interference import Persistence
from hoshimori.model.interference_report import Place
from hoshimori.model.moments import as_datetime
from hoshimori.model.passages import Passages, as_moment
from hoshimori.numerics.aircraft_tracks import GOOD
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import (
    Bools,
    Cells,
    areas_km2,
    cell_text,
    centres_deg,
    coarser,
    distances_km,
    middle_deg,
    parents,
    resolution_of,
)
from hoshimori.numerics.interference import (
    CellDays,
    DisturbanceRule,
    Judgement,
    Whole,
    fault_rate,
    judge,
)
from hoshimori.numerics.passages import Pooled, faulty_alone, pooled
from hoshimori.numerics.rates import discovery_limit

_DAY_S = 86_400.0
_REGION_SHIFT = np.uint64(39)
"""What is left of an index names the cell of resolution 2, about 87,000 km², that it lies in."""
_KEY_RESOLUTION = 1


@dataclass(frozen=True, slots=True)
class PassageRule:
    """When a cell counts as disturbed in a step of time; one setting for all."""

    counts: DisturbanceRule = field(default_factory=DisturbanceRule)
    """Of different aircraft in the cell and its neighbours; lengths of time are in days."""
    rings: int = 1
    """Neighbours counted with a cell: few aircraft cross one cell in one step."""
    wide_s: float = 3600.0
    """Where traffic is sparse: cells one resolution coarser, in steps so long, tell as well."""
    enough_aircraft: int = 6
    """With as many in a cell and its neighbours, these tell alone."""


@dataclass(frozen=True, slots=True, eq=False)
class StepPicture:
    """Passages in order, each cell and step judged."""

    passages: Passages
    """Without the aircraft that are disturbed again and again where no other is."""
    pool: Pooled
    tested: Bools
    """Cells and steps with enough aircraft about to tell, as the rows of `pool`."""
    disturbed: Bools
    past_days: Whole
    """Of each row: days before on which its cell could tell."""
    past_disturbed: Whole
    """Those of them on which it was disturbed at any step."""
    fault_rate: float
    faulty_aircraft: int

    @property
    def counts(self) -> CellDays:
        """What each cell and step shows."""
        return self.pool.counts

    def usually_disturbed(self, rule: PersistenceRule) -> Bools:
        """Return the rows whose cell was disturbed on so many days that it is known for it."""
        enough = self.past_disturbed >= 1.5 * rule.usual_days
        return enough & (self.past_disturbed >= rule.usual_share * self.past_days)

    def lies_within(self, place: Place) -> Bools:
        """Return the rows whose cell has its middle within a circle."""
        cells, index = np.unique(self.pool.cell, return_inverse=True)
        middle = np.array((place.latitude_deg, place.longitude_deg))
        return np.asarray((distances_km(middle, centres_deg(cells)) <= place.radius_km)[index])


def step_picture(passages: Passages, rule: PassageRule) -> StepPicture:
    """Return passages (ordered by cell, step, aircraft) with what each cell and step shows."""
    bad = passages.state > GOOD
    pool = _pool(passages, rule)
    faulty = faulty_alone(pool, passages.address.astype(np.int64), bad)
    left_out = len(np.unique(passages.address[faulty]))
    if left_out:
        passages = passages.take(~faulty)
        pool = _pool(passages, rule)
    near = _judged_pool(pool, passages.step_s, rule.counts)
    wide, row = _wide_pool(passages, pool, rule)
    far = _judged_pool(wide, max(rule.wide_s, passages.step_s), rule.counts)
    sparse = pool.counts.aircraft < rule.enough_aircraft
    # What only its neighbours show is theirs.
    disturbed = (near.disturbed | (far.disturbed[row] & sparse)) & (pool.own_bad > 0)
    tested = near.tested | far.tested[row]
    day = _day_of(pool.counts.day, passages.step_s)
    past = _past(pool.counts.cell_index, day, tested, disturbed)
    return StepPicture(passages, pool, tested, disturbed, *past, near.fault_rate, left_out)


def _pool(passages: Passages, rule: PassageRule) -> Pooled:
    address = passages.address.astype(np.int64)
    bad = passages.state > GOOD
    return pooled(passages.cell, passages.step, address, bad, rings=rule.rings)


def _wide_pool(passages: Passages, pool: Pooled, rule: PassageRule) -> tuple[Pooled, Whole]:
    """Return the pool of coarser cells and longer steps, and its row of each row of a pool."""
    longer = max(1, round(rule.wide_s / passages.step_s))
    if not len(passages):
        return pool, np.zeros(0, dtype=np.int64)
    resolution = int(resolution_of(passages.cell[:1])[0]) - 1
    cell, step = parents(passages.cell, resolution), passages.step // longer
    order = np.lexsort((step, cell))
    bad = passages.state[order] > GOOD
    address = passages.address[order].astype(np.int64)
    wide = pooled(cell[order], step[order], address, bad, rings=rule.rings)
    row_of_passage = np.empty(len(passages), dtype=np.int64)
    row_of_passage[order] = wide.row
    row = np.empty(len(pool.cell), dtype=np.int64)
    row[pool.row] = row_of_passage
    return wide, row


@dataclass(frozen=True, slots=True, eq=False)
class _JudgedPool:
    tested: Bools
    disturbed: Bools
    fault_rate: float


def _judged_pool(pool: Pooled, step_s: float, rule: DisturbanceRule) -> _JudgedPool:
    region = (pool.cell >> _REGION_SHIFT).astype(np.int64)
    rate = fault_rate(pool.counts.aircraft, pool.counts.bad, region)
    in_steps = _in_steps(rule, step_s)
    judged = judge(pool.counts, rate, in_steps)
    day = _day_of(pool.counts.day, step_s)
    return _JudgedPool(judged.tested, _disturbed(pool, judged, day, in_steps), rate)


def _in_steps(rule: DisturbanceRule, step_s: float) -> DisturbanceRule:
    return DisturbanceRule(
        fewest_aircraft=rule.fewest_aircraft,
        least_share=rule.least_share,
        false_discovery_share=rule.false_discovery_share,
        prior_aircraft=rule.prior_aircraft,
        most_aircraft=rule.most_aircraft,
        half_life_days=rule.half_life_days * _DAY_S / step_s,
        suspect_p=rule.suspect_p,
    )


def _day_of(step: Whole, step_s: float) -> Whole:
    return np.floor_divide(step * round(step_s), round(_DAY_S))


def _disturbed(pool: Pooled, judged: Judgement, day: Whole, rule: DisturbanceRule) -> Bools:
    """Return the rows that stand out, false discoveries controlled over all of a day."""
    counts, p_value = pool.counts, judged.p_value
    suspect = judged.tested & (p_value <= rule.suspect_p)
    suspect &= counts.bad - 1 >= rule.least_share * counts.aircraft
    found = np.zeros(len(p_value), dtype=np.bool_)
    for one in np.unique(day[suspect]).tolist():
        rows = np.flatnonzero(suspect & (day == one))
        tests = int(np.count_nonzero(judged.tested & (day == one)))
        limit = discovery_limit(p_value[rows], tests, rule.false_discovery_share)
        found[rows[p_value[rows] <= limit]] = True
    return found


def _past(cell: Whole, day: Whole, tested: Bools, disturbed: Bools) -> tuple[Whole, Whole]:
    """Return for each row on how many days before its own the cell could tell, and stood out."""
    if not len(cell):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    base = int(day.min())
    span = int(day.max()) - base + 1
    key, index = np.unique(cell * span + day - base, return_inverse=True)
    owner = key // span
    first = np.searchsorted(owner, owner)
    counted = []
    for flag in (tested, disturbed):
        any_of = np.bincount(index[flag], minlength=len(key)) > 0
        before = np.append(0, np.cumsum(any_of))[:-1]
        counted.append((before - before[first])[index].astype(np.int64))
    return counted[0], counted[1]


@dataclass(frozen=True, eq=False)
class PassageArea:
    """Disturbed cells and steps that belong together."""

    steps: StepPicture
    rows: Whole
    """Rows of the pool."""
    is_usual: bool
    """Of cells known to be disturbed; then the area has no onset of its own."""

    @cached_property
    def cells(self) -> Cells:
        """Indices of the area's cells."""
        return np.unique(self.steps.pool.cell[self.rows])

    @cached_property
    def step_range(self) -> tuple[int, int]:
        """First and last step in which any aircraft was disturbed in its cells."""
        step = self.steps.passages.step[self.disturbed_passages]
        return int(step.min()), int(step.max())

    @cached_property
    def in_cells(self) -> Whole:
        """All passages of the area's cells, whatever the step."""
        return _rows_of(self.steps.passages.cell, self.cells)

    @cached_property
    def disturbed_passages(self) -> Whole:
        """Disturbed passages of the area's cells and steps."""
        passages = self.steps.passages
        mask = np.zeros(len(self.steps.pool.cell), dtype=np.bool_)
        mask[self.rows] = True
        return np.flatnonzero((passages.state > GOOD) & mask[self.steps.pool.row])

    def core(self) -> PassageArea:
        """Return the area without steps at its ends that hold a lone fault among many aircraft.

        A step counts where the share of disturbed aircraft is a third and more of that of all.
        """
        if self.is_usual:
            return self
        steps, step = self.steps, self.steps.counts.day[self.rows]
        near = steps.passages.take(self.in_cells)
        present = _aircraft_by_step(near.step, near.address)
        own = steps.passages.take(self.disturbed_passages)
        disturbed = _aircraft_by_step(own.step, own.address)
        shares = {k: d / present[k] for k, d in disturbed.items()}
        whole = sum(disturbed.values()) / sum(present[k] for k in disturbed)
        kept = [k for k, share in shares.items() if 3.0 * share >= whole]
        return PassageArea(steps, self.rows[(step >= min(kept)) & (step <= max(kept))], False)

    @cached_property
    def all_passages(self) -> Whole:
        """Passages, good ones too, of cells and steps in which the area was disturbed."""
        mask = np.zeros(len(self.steps.pool.cell), dtype=np.bool_)
        mask[self.rows] = True
        chosen: Whole = self.in_cells[mask[self.steps.pool.row[self.in_cells]]]
        return chosen

    @property
    def start_utc(self) -> datetime:
        """The beginning of the first step."""
        return self._moment(self.step_range[0])

    @property
    def end_utc(self) -> datetime:
        """The end of the last step."""
        return self._moment(self.step_range[1]) + timedelta(seconds=self.steps.passages.step_s)

    def _moment(self, step: int) -> datetime:
        return as_datetime(as_moment(np.array([step]), self.steps.passages.step_s)[0])

    @cached_property
    def past_rows(self) -> Whole:
        """Rows of the pool of its cells before the episode; before its last step where known."""
        until = self.step_range[1] if self.is_usual else self.step_range[0]
        pool = self.steps.pool
        own = _rows_of(pool.cell, self.cells)
        chosen: Whole = own[pool.counts.day[own] < until]
        return chosen

    @property
    def past_days(self) -> int:
        """On how many days before the episode any of the cells could tell."""
        rows = self.past_rows[self.steps.tested[self.past_rows]]
        days = _day_of(self.steps.counts.day[rows], self.steps.passages.step_s)
        own = _day_of(np.array(self.step_range[0]), self.steps.passages.step_s)
        return len(np.unique(days[days < own]))

    def persistence(self, rule: PersistenceRule) -> Persistence:
        """Return how the area looks against its own past, by days."""
        if self.past_days < rule.fewest_past_days:
            return Persistence.UNKNOWN
        step = self.steps.counts.day[self.rows]
        rows = self.rows[step == (step.max() if self.is_usual else step.min())]
        past = max(int(self.steps.past_days[rows].sum()), 1)
        share = float(self.steps.past_disturbed[rows].sum()) / past
        if share >= rule.permanent_share:
            return Persistence.PERMANENT
        return Persistence.RECURRENT if share >= rule.new_share else Persistence.NEW

    @cached_property
    def centres(self) -> Floats:
        """Middles of the cells, latitude and longitude in degrees."""
        return centres_deg(self.cells)

    @cached_property
    def middle_deg(self) -> tuple[float, float]:
        """The middle of the cells, weighted by disturbed passages."""
        place = np.searchsorted(self.cells, self.steps.passages.cell[self.disturbed_passages])
        weights = np.bincount(place, minlength=len(self.cells)).astype(np.float64)
        return middle_deg(self.centres, weights)

    @property
    def radius_km(self) -> float:
        """From the middle to that of the farthest cell."""
        return float(distances_km(np.array(self.middle_deg), self.centres).max())

    @property
    def area_km2(self) -> float:
        """The area of all cells."""
        return float(areas_km2(self.cells).sum())

    def cell_texts(self) -> tuple[str, ...]:
        """Return the cells as H3 writes them."""
        return tuple(cell_text(int(cell)) for cell in self.cells)

    def key(self) -> str:
        """Return a name that stays while the episode goes on, or as long as the area is known."""
        passages = self.steps.passages
        own = self.disturbed_passages
        if not self.is_usual:
            own = own[passages.step[own] == self.step_range[0]]
        names, counts = np.unique(passages.cell[own], return_counts=True)
        worst = int(names[np.argmax(counts)])
        if self.is_usual:
            return f"{cell_text(coarser(worst, _KEY_RESOLUTION))}/aircraft"
        return f"{cell_text(coarser(worst, 4))}/{self.start_utc:%Y-%m-%dT%H:%MZ}"


def _rows_of(ordered: Cells, cells: Cells) -> Whole:
    """Return the rows of cells (each once, rising) in a column that is in order."""
    first = np.searchsorted(ordered, cells, side="left").tolist()
    last = np.searchsorted(ordered, cells, side="right").tolist()
    return np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])


def _aircraft_by_step(step: Whole, address: npt.NDArray[np.uint32]) -> dict[int, int]:
    """Return how many different aircraft there are in each step."""
    both = np.unique(np.stack([step, address.astype(np.int64)]), axis=1)
    steps, counts = np.unique(both[0], return_counts=True)
    return dict(zip(steps.tolist(), counts.tolist(), strict=True))
