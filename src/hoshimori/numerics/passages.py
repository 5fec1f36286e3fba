"""Aircraft in cells and steps of time: who passed, who was disturbed, pooled with neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.aircraft_tracks import DISPLACED, GOOD, JudgedTrack, Small, Track
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.hexagons import Bools, Cells, cells_at, within_rings
from hoshimori.numerics.interference import CellDays, Whole

_SLOT_S = {4: 60.0, 5: 30.0, 6: 10.0}
"""Of each aircraft and state one place in so much time is looked up: it crosses no cell unseen."""


@dataclass(frozen=True, slots=True, eq=False)
class PassageColumns:
    """Aircraft in cells and steps, each aircraft once in each; ordered by cell, step, aircraft."""

    cell: Cells
    step: Whole
    """Steps since 1970-01-01 (UTC)."""
    aircraft: Whole
    state: Small
    """The worst of its reports there: `GOOD`, `LOW` or `DISPLACED`."""
    bracketed: Bools
    """Disturbed with good reports before and after."""
    checked: Bools
    """Whether its motion could be judged."""
    height_m: Floats
    """The highest of the reports of that state; not a number where unknown."""
    first_s: Floats
    """First and last of the reports of that state, seconds since 1970-01-01 (UTC)."""
    last_s: Floats
    shown_deg: Floats
    """Where displaced ones said they were (middle), shape (n, 2); else not a number."""


def passages_of(
    track: Track, judged: JudgedTrack, *, step_s: float, resolution: int
) -> PassageColumns:
    """Return who passed which cells in which steps, from judged reports that count."""
    rows = np.flatnonzero((judged.state >= GOOD) & np.isfinite(judged.place_deg[:, 0]))
    slot = np.floor(track.time_s[rows] / min(_SLOT_S.get(resolution, 10.0), step_s))
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (
        (track.aircraft[rows[1:]] != track.aircraft[rows[:-1]])
        | (slot[1:] != slot[:-1])
        | (judged.state[rows[1:]] != judged.state[rows[:-1]])
    )
    # Rows of one slot and state share the cell of its first place; heights and times are of all.
    head = np.cumsum(new) - 1
    cell = cells_at(judged.place_deg[rows[new]], resolution)[head]
    step = np.floor(track.time_s[rows] / step_s).astype(np.int64)
    return _grouped(track, judged, rows, cell, step)


def _grouped(
    track: Track, judged: JudgedTrack, rows: Whole, cell: Cells, step: Whole
) -> PassageColumns:
    state, aircraft = judged.state[rows], track.aircraft[rows]
    order = np.lexsort((-state, aircraft, step, cell))
    rows, cell, step, state = rows[order], cell[order], step[order], state[order]
    aircraft = aircraft[order]
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (cell[1:] != cell[:-1]) | (step[1:] != step[:-1]) | (aircraft[1:] != aircraft[:-1])
    first, index = np.flatnonzero(new), np.cumsum(new) - 1
    worst = state == state[first][index]
    count = len(first)
    height = np.full(count, -np.inf)
    altitude = track.altitude_m[rows]
    own = worst & np.isfinite(altitude)
    np.maximum.at(height, index[own], altitude[own])
    time = track.time_s[rows]
    earliest, latest = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(earliest, index[worst], time[worst])
    np.maximum.at(latest, index[worst], time[worst])
    displaced = worst & (state == DISPLACED)
    hits = np.bincount(index[displaced], minlength=count).astype(np.float64)
    shown: Floats = np.stack(
        [np.bincount(index[displaced], track.place_deg[rows[displaced], k], count) for k in (0, 1)],
        axis=-1,
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        shown = np.where(hits[:, None] > 0, shown / hits[:, None], np.nan)
    return PassageColumns(
        cell=cell[first],
        step=step[first],
        aircraft=aircraft[first],
        state=state[first],
        bracketed=np.bincount(index[worst & judged.bracketed[rows]], minlength=count) > 0,
        checked=np.bincount(index[judged.checked[rows]], minlength=count) > 0,
        height_m=np.where(np.isfinite(height), height, np.nan),
        first_s=earliest,
        last_s=latest,
        shown_deg=shown,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Different aircraft in each cell with its neighbours, step by step."""

    counts: CellDays
    """Ordered by cell, then step; `day` is the step."""
    cell: Cells
    """Of each row."""
    row: Whole
    """The row of each passage's own cell and step."""
    own_bad: Whole
    """Disturbed ones in the cell itself."""


def pooled(cell: Cells, step: Whole, aircraft: Whole, bad: Bools, *, rings: int = 1) -> Pooled:
    """Return how many different aircraft passed each cell and its neighbours, and were disturbed.

    Passages are ordered by cell, then step. Only cells and steps with any passage are told.
    """
    new = np.ones(len(cell), dtype=np.bool_)
    new[1:] = (cell[1:] != cell[:-1]) | (step[1:] != step[:-1])
    first, row = np.flatnonzero(new), np.cumsum(new) - 1
    cells, cell_index = np.unique(cell, return_inverse=True)
    near = _neighbours(cells, rings)
    base = int(step.min()) if len(step) else 0
    span = int(step.max()) - base + 1 if len(step) else 1
    key = cell_index[first] * span + step[first] - base
    # Every passage is told to the rows of its step in the cells around it.
    told_key = np.repeat(step - base, near.counts[cell_index])
    source = np.repeat(np.arange(len(cell)), near.counts[cell_index])
    told_key += near.of(cell_index) * span
    place = np.searchsorted(key, told_key)
    place[place == len(key)] = 0
    found = key[place] == told_key if len(key) else np.zeros(0, dtype=np.bool_)
    target, who, is_bad = place[found], aircraft[source[found]], bad[source[found]]
    total, disturbed = _different(target, who, is_bad, len(first))
    counts = CellDays(
        cell_index=cell_index[first].astype(np.int64),
        day=step[first],
        aircraft=total,
        bad=disturbed,
    )
    own = np.bincount(row[bad], minlength=len(first)).astype(np.int64)
    return Pooled(counts, cell[first], row.astype(np.int64), own)


def _different(target: Whole, who: Whole, bad: Bools, count: int) -> tuple[Whole, Whole]:
    """Return different aircraft told to each target, and the disturbed ones among them."""
    order = np.lexsort((~bad, who, target))
    target, who, bad = target[order], who[order], bad[order]
    new = np.ones(len(target), dtype=np.bool_)
    new[1:] = (target[1:] != target[:-1]) | (who[1:] != who[:-1])
    total = np.bincount(target[new], minlength=count).astype(np.int64)
    return total, np.bincount(target[new & bad], minlength=count).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbours:
    counts: Whole
    starts: Whole
    flat: Whole

    def of(self, index: Whole) -> Whole:
        """Return the neighbours of cells one after another."""
        counts = self.counts[index]
        begin = np.repeat(self.starts[index] - np.append(0, np.cumsum(counts)[:-1]), counts)
        found: Whole = self.flat[begin + np.arange(int(counts.sum()))]
        return found


def _neighbours(cells: Cells, rings: int) -> _Neighbours:
    """Return the cells among those given that lie at most so many steps from each."""
    number = {int(cell): k for k, cell in enumerate(cells.tolist())}
    lists = [
        [number[c] for c in within_rings(cell, rings) if c in number] for cell in cells.tolist()
    ]
    counts = np.array([len(one) for one in lists], dtype=np.int64)
    starts = np.append(0, np.cumsum(counts)[:-1]) if len(counts) else counts
    flat = np.array([k for one in lists for k in one], dtype=np.int64)
    return _Neighbours(counts, starts.astype(np.int64), flat)


def faulty_alone(pool: Pooled, aircraft: Whole, bad: Bools, *, steps_apart: int = 4) -> Bools:
    """Return passages of aircraft that are disturbed again and again where no other is.

    An aircraft is faulty where, at three and more steps of at least two episodes, it was the only
    disturbed one among four and more, and these are half of its disturbed steps or more.
    """
    counts = pool.counts
    rows = np.flatnonzero(bad)
    target = pool.row[rows]
    alone = (counts.bad[target] == 1) & (counts.aircraft[target] >= 4)
    faulty = np.zeros(len(aircraft), dtype=np.bool_)
    for who in np.unique(aircraft[rows[alone]]).tolist():
        own = aircraft[rows] == who
        steps = np.unique(counts.day[target[own & alone]])
        episodes = 1 + np.count_nonzero(np.diff(steps) > steps_apart)
        every = np.unique(counts.day[target[own]])
        if len(steps) >= 3 and episodes >= 2 and 2 * len(steps) >= len(every):
            faulty |= aircraft == who
    return faulty & bad
