"""How an object is steered: what remains of an orbit element when nature's part is taken away.

The remainder is level while nobody steers, a staircase where impulses steer, and a ramp against
nature where thrust is nearly continuous; it works alike for the longitude and for the plane of an
orbit in the geostationary belt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats
from hoshimori.numerics.segments import (
    Pieces,
    Rows,
    linear_pieces,
    noise_of,
    without_outliers,
)

Flags = npt.NDArray[np.bool_]

_PENALTY = 40.0
"""A break must explain this much, in squares of the noise; neighbouring element sets share data."""
_JUMP_SPREADS = 8.0
_SMEAR_DAYS = 4.5
_COUNTED_SHARE = 0.2
"""Jumps below this share of the large ones (nine in ten are smaller) belong to no cycle."""
_ONE_BURN_DAYS = 3.0
"""Jumps nearer than this are one act: element fits smear a burn, and pairs of burns are one."""
_RAMP = 0.5
"""From half of nature's rate taken back between the jumps on, thrust is continuous."""
_TOLD_APART = 0.25
"""Largest uncertainty of that share for a piece to have a say."""
_HELD_SHARE = 0.3
"""Who takes back less than this share of what nature did over a cycle and more, lets go."""
_SHORTEST_STAY_DAYS = 3.0
_RESOLVING_SETS_DAYS = 3.0
"""Element sets must be this near one another to show single burns."""
_CYCLES_MISSED = 2.5


class Control(IntEnum):
    """Who moves an element: nature alone, or engines, and in what way."""

    UNKNOWN = 0
    """Too short or too noisy a history."""
    FREE = 1
    """No control: the object drifts."""
    IMPULSES = 2
    """A staircase: burns days to weeks apart, as chemical engines make."""
    CONTINUOUS = 3
    """A ramp: corrections nearly every day, as electric engines make."""
    BOTH = 4
    """One direction by impulses, the other continuously: a hybrid."""
    HELD = 5
    """Held, but the element sets are too far apart to show how."""


@dataclass(frozen=True, slots=True, eq=False)
class Burns:
    """Jumps of the remainder, in order of time, shape (k,)."""

    days: Floats
    row: Rows
    """First row that shows each."""
    size: Floats
    """In the unit of the element."""


@dataclass(frozen=True, slots=True, eq=False)
class Steering:
    """One element over time without nature's part, and what it consists of."""

    days: Floats
    remainder: Floats
    nature_per_day: Floats
    sigma: float
    pieces: Pieces
    burns: Burns
    largest_of_cycle: float
    """A burn of more than this belongs to no cycle."""
    least_nature_per_day: float
    """Below this rate nature is not known well enough to tell who steers."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows `start` to `stop` (one past) during which an element is controlled in one way."""

    start: int
    stop: int
    control: Control


def steering_of(
    days: Floats,
    observed: Floats,
    nature_per_day: Floats,
    *,
    floor: float,
    least_jump: float,
    longest_cycle_days: float,
    least_nature_per_day: float = 0.0,
) -> Steering:
    """Return the remainder of an element series (n,) and its pieces and burns.

    `nature_per_day` is the rate that nature alone gives at each row; `floor` is the least noise
    of a row and `least_jump` the smallest jump that counts as a burn, in the element's unit. Where
    nature's rate is below `least_nature_per_day` it is not known well enough to judge by. A
    jump of more than twice what nature does in the longest cycle belongs to no cycle.
    """
    remainder = observed - accumulated(nature_per_day, days)
    noise = noise_of(remainder)
    sigma = max(noise if np.isfinite(noise) else floor, floor)
    pieces = linear_pieces(days, without_outliers(remainder, sigma), sigma, _PENALTY)
    largest = 2.0 * longest_cycle_days * float(np.median(np.abs(nature_per_day)))
    burns = _counted(_burns(days, remainder, pieces, sigma, least_jump), largest)
    return Steering(
        days, remainder, nature_per_day, sigma, pieces, burns, largest, least_nature_per_day
    )


def accumulated(rate_per_day: Floats, days: Floats) -> Floats:
    """Return what a rate adds up to since the first row, by the trapezoidal rule."""
    steps = 0.5 * (rate_per_day[1:] + rate_per_day[:-1]) * np.diff(days)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _burns(
    days: Floats, remainder: Floats, pieces: Pieces, sigma: float, least_jump: float
) -> Burns:
    """Return the jumps from each lasting piece to the next, over the brief ones between them.

    A fit smears a burn over some days, which then are a brief steep piece of their own; the burn
    is dated by their largest step.
    """
    rows, sizes = [], []
    for before, after in pairwise(_lasting(days, pieces)):
        first, past = int(pieces.start[before + 1]), int(pieces.start[after]) + 1
        middle = 0.5 * (days[pieces.stop[before] - 1] + days[pieces.start[after]])
        size = pieces.at(after, middle) - pieces.at(before, middle)
        spread = float(
            np.hypot(_sigma_at(pieces, before, middle), _sigma_at(pieces, after, middle))
        )
        if abs(size) >= max(least_jump, _JUMP_SPREADS * min(spread, sigma)):
            steps = np.diff(remainder[first - 1 : past]) * np.sign(size)
            rows.append(first + int(np.argmax(steps)))
            sizes.append(size)
    return _joined(days, np.array(rows, dtype=np.int64), np.array(sizes))


def _lasting(days: Floats, pieces: Pieces) -> list[int]:
    """Return the first and the last piece, and those between that are no smear.

    A gap longer than usual counts as a usual one: nobody saw the piece last through it.
    """
    gaps = np.diff(days)
    seen = np.concatenate([[0.0], np.cumsum(np.minimum(gaps, np.median(gaps)))])
    lasted = seen[pieces.stop - 1] - seen[pieces.start]
    ends = {0, len(pieces) - 1}
    return [k for k in range(len(pieces)) if k in ends or lasted[k] > _SMEAR_DAYS]


def _sigma_at(pieces: Pieces, piece: int, days: float) -> float:
    away = days - pieces.middle_days[piece]
    return float(np.hypot(pieces.level_sigma[piece], away * pieces.slope_sigma[piece]))


def _joined(days: Floats, rows: Rows, sizes: Floats) -> Burns:
    """Join jumps of one act."""
    kept_rows: list[int] = []
    kept_sizes: list[float] = []
    last_days = -np.inf
    for row, size in zip(rows.tolist(), sizes.tolist(), strict=True):
        if days[row] - last_days <= _ONE_BURN_DAYS:
            kept_sizes[-1] += size
        else:
            kept_rows.append(row)
            kept_sizes.append(size)
        last_days = float(days[row])
    row_of = np.array(kept_rows, dtype=np.int64)
    return Burns(days[row_of], row_of, np.array(kept_sizes))


def _counted(burns: Burns, largest: float) -> Burns:
    """Leave out what is small beside the other burns of a cycle: trims, and traces of a fit."""
    size = np.abs(burns.size)
    of_cycle = size <= largest
    if not of_cycle.any():
        return burns
    counted = size >= _COUNTED_SHARE * float(np.quantile(size[of_cycle], 0.9))
    return Burns(burns.days[counted], burns.row[counted], burns.size[counted])


def stretches(steering: Steering, moving: Flags, longest_cycle_days: float) -> list[Stretch]:
    """Return how the element is controlled over time, as stretches that follow one another.

    `moving` says for each piece whether the object drifts away meanwhile (never, for a plane). A
    level piece longer than `longest_cycle_days`, or than two and a half of the object's own
    cycles, is free drift even where the object stays.
    """
    free = moving | _left_alone(steering, longest_cycle_days)
    runs = list(_runs(free))
    shown: list[Stretch] = []
    for first, last in runs:
        start, stop = int(steering.pieces.start[first]), int(steering.pieces.stop[last])
        if free[first]:
            control = Control.FREE
        elif len(runs) > 1 and _span(steering.days, start, stop) < _SHORTEST_STAY_DAYS:
            control = Control.FREE if moving.any() else Control.UNKNOWN
        else:
            control = _kept(steering, first, last, longest_cycle_days)
        shown.append(Stretch(start, stop, control))
    return _merged(_turning(shown, steering))


def _turning(shown: list[Stretch], steering: Steering) -> list[Stretch]:
    """Take a rest that no burn parts from a drift for that drift: it turns there."""

    def control(k: int) -> Control:
        before = k > 0 and shown[k - 1].control is Control.FREE
        after = k + 1 < len(shown) and shown[k + 1].control is Control.FREE
        parted_before = before and _burned_at(steering, shown[k].start)
        parted_after = after and _burned_at(steering, shown[k + 1].start)
        if shown[k].control is Control.UNKNOWN and (
            (before and not parted_before) or (after and not parted_after)
        ):
            return Control.FREE
        return shown[k].control

    return [Stretch(s.start, s.stop, control(k)) for k, s in enumerate(shown)]


def _burned_at(steering: Steering, row: int) -> bool:
    away = np.abs(steering.burns.days - steering.days[row])
    return bool(np.any(away <= _ONE_BURN_DAYS))


def _span(days: Floats, start: int, stop: int) -> float:
    return float(days[min(stop, len(days) - 1)] - days[start])


def _left_alone(steering: Steering, longest_cycle_days: float) -> Flags:
    """Tell which pieces are level for longer than any cycle."""
    pieces = steering.pieces
    duration = steering.days[pieces.stop - 1] - steering.days[pieces.start]
    cycles = np.diff(steering.burns.days)
    usual = float(np.median(cycles)) if len(cycles) else 0.0
    limit = max(longest_cycle_days, _CYCLES_MISSED * usual)
    share, told = _taken_back(steering)
    return np.asarray((duration > limit) & told & (share < _RAMP))


def _taken_back(steering: Steering) -> tuple[Floats, Flags]:
    """Return the share of nature's rate that each piece takes back, and where it can be told."""
    pieces = steering.pieces
    total = np.concatenate([[0.0], np.cumsum(steering.nature_per_day)])
    nature = (total[pieces.stop] - total[pieces.start]) / (pieces.stop - pieces.start)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = -pieces.slope_per_day / nature
        told = pieces.slope_sigma / np.abs(nature) < _TOLD_APART
        told &= np.abs(nature) >= steering.least_nature_per_day
    return share, np.asarray(told & np.isfinite(share))


def _kept(steering: Steering, first: int, last: int, longest_cycle_days: float) -> Control:
    pieces, days = steering.pieces, steering.days
    start, stop = int(pieces.start[first]), int(pieces.stop[last])
    share, told = _taken_back(steering)
    duration = days[pieces.stop - 1] - days[pieces.start]
    run = slice(first, last + 1)
    ramp = float(np.sum(duration[run][told[run] & (share[run] >= _RAMP)]))
    level = float(np.sum(duration[run][told[run] & (share[run] < _RAMP)]))
    inside = (steering.burns.row > start) & (steering.burns.row < stop)
    if _let_go(steering, start, stop, longest_cycle_days):
        return Control.FREE
    if ramp + level == 0.0 and not inside.any():
        return Control.UNKNOWN
    if float(np.median(np.diff(days[start:stop]))) > _RESOLVING_SETS_DAYS:
        return Control.HELD if ramp >= level else Control.UNKNOWN
    if ramp > level:
        return Control.CONTINUOUS
    if inside.any():
        return Control.IMPULSES
    return Control.FREE if _span(days, start, stop) > longest_cycle_days else Control.UNKNOWN


def _let_go(steering: Steering, start: int, stop: int, longest_cycle_days: float) -> bool:
    """Tell whether nature had its way over these rows, whatever jumps there are."""
    if _span(steering.days, start, stop) < longest_cycle_days:
        return False
    third = (stop - start) // 3
    # Medians of the ends, as the burn that ends a stretch shows in its last rows.
    early, late = slice(start, start + third), slice(stop - third, stop)
    natural = accumulated(steering.nature_per_day, steering.days)
    nature = float(np.median(natural[late]) - np.median(natural[early]))
    # A single burn far beyond any cycle moves the object elsewhere and keeps it nowhere.
    burns = steering.burns
    outsized = np.abs(burns.size) > steering.largest_of_cycle
    outsized &= (burns.row > start + third // 2) & (burns.row < stop - third // 2)
    moved = float(np.sum(burns.size[outsized]))
    before, after = (float(np.median(steering.remainder[rows])) for rows in (early, late))
    taken_back = moved + before - after
    lasted = float(np.median(steering.days[late]) - np.median(steering.days[early]))
    least = max(_JUMP_SPREADS * steering.sigma, steering.least_nature_per_day * lasted)
    return abs(nature) > least and taken_back / nature < _HELD_SHARE


def _runs(flags: Flags) -> Iterator[tuple[int, int]]:
    """Yield first and last index of each run of equal flags."""
    edges = np.flatnonzero(np.diff(flags)) + 1
    bounds = [0, *edges.tolist(), len(flags)]
    for start, stop in pairwise(bounds):
        if stop > start:
            yield start, stop - 1


def _merged(shown: list[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for one in shown:
        if merged and merged[-1].control is one.control:
            merged[-1] = Stretch(merged[-1].start, one.stop, one.control)
        else:
            merged.append(one)
    return merged
