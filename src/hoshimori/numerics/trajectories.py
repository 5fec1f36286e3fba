"""Tabulated states of many objects, interpolated: what an ephemeris says between its lines.

An object has one or more *spans*; within a span the motion is smooth, between two spans nothing is
interpolated. At a moment, the Hermite polynomial through the position and velocity of the `points`
nearest samples (half before, half after; all on one side at the end of a span) gives both position
and velocity: degree `2 points - 1`, or less in spans of fewer samples. Outside every span a state
is NaN with the status `OUTSIDE_EPHEMERIS`, never an extrapolation.

Source: Hildebrand 1974, Introduction to Numerical Analysis, section 8.2; CCSDS 502.0-B-3, 5.2.4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4 import Sgp4Status, States

_OK = int(Sgp4Status.OK)
_OUTSIDE = int(Sgp4Status.OUTSIDE_EPHEMERIS)
_MOST_POINTS = 8
_DERIVATIVE_POINTS = 13
_FEWEST_POINTS = 9
_ROUNDED_KM_S = 1e-7
DEFAULT_POINTS = 6
"""Degree 11: below 1 mm for samples of up to 300 s in low and 1800 s in geostationary orbits."""

Integers = npt.NDArray[np.int64]


class Span(NamedTuple):
    """Samples of one smooth stretch of motion, and between which moments it may be used."""

    utc: Times
    """Shape (k,), increasing."""
    position_teme_km: Floats
    """Shape (k, 3)."""
    velocity_teme_km_s: Floats
    """Shape (k, 3)."""
    usable_start_utc: np.datetime64
    usable_stop_utc: np.datetime64


@dataclass(frozen=True, slots=True, eq=False)
class Ephemerides:
    """Tabulated states of n objects, one row each; `states` and `states_each` look them up."""

    object_spans: Integers
    """Where the spans of each object begin among all spans, shape (n + 1,)."""
    span_rows: Integers
    """Where the samples of each span begin among all samples, shape (s + 1,)."""
    span_us: Integers
    """Between which moments each span may be used [microseconds of 1970, UTC], shape (s, 2)."""
    sample_us: Integers
    position_teme_km: Floats
    velocity_teme_km_s: Floats
    points: int = DEFAULT_POINTS

    def __len__(self) -> int:
        """Return the number of objects."""
        return len(self.object_spans) - 1

    def states(self, t0_utc: np.datetime64, t_s: Floats) -> States:
        """Return the states of all n objects at all m moments `t0_utc + t_s`, shape (n, m, 3).

        As `sgp4.propagate`; the module says how well. Raises ValueError where `t_s` is not finite.
        """
        t_s = _finite(t_s)
        rows = np.repeat(np.arange(len(self)), len(t_s))
        flat = self._looked_up(rows, t0_utc, np.tile(t_s, len(self)))
        shape = (len(self), len(t_s))
        return States(
            flat.position_teme_km.reshape(*shape, 3),
            flat.velocity_teme_km_s.reshape(*shape, 3),
            flat.status.reshape(shape),
        )

    def states_each(self, t0_utc: np.datetime64, t_s: Floats) -> States:
        """Return the state of each object at its own moment `t0_utc + t_s`, shape (n, 3)."""
        return self.states_of(np.arange(len(self)), t0_utc, t_s)

    def states_of(self, rows: Integers, t0_utc: np.datetime64, t_s: Floats) -> States:
        """Return the states of chosen objects, each at its own moment `t0_utc + t_s`."""
        return self._looked_up(rows, t0_utc, _finite(t_s))

    def samples_of(self, row: int) -> slice:
        """Return which samples are those of an object."""
        spans = self.object_spans[row : row + 2]
        return slice(*self.span_rows[spans].tolist())

    def content_of(self, row: int) -> tuple[bytes, ...]:
        """Return all that is known of an object as bytes, by which objects can be told apart."""
        spans, samples = slice(*self.object_spans[row : row + 2].tolist()), self.samples_of(row)
        columns = (self.sample_us, self.position_teme_km, self.velocity_teme_km_s)
        return (self.span_us[spans].tobytes(), *(c[samples].tobytes() for c in columns))

    @property
    def ends_us(self) -> Integers:
        """First and last moment with a state of each span [microseconds of 1970], shape (s, 2)."""
        first, last = self.sample_us[self.span_rows[:-1]], self.sample_us[self.span_rows[1:] - 1]
        return np.stack(
            [np.maximum(self.span_us[:, 0], first), np.minimum(self.span_us[:, 1], last)], axis=1
        )

    def stretches_s(self, row: int, t0_utc: np.datetime64) -> list[tuple[float, float]]:
        """Return start and stop, in seconds after `t0_utc`, of what the spans cover without gap."""
        t0_us = t0_utc.astype("datetime64[us]").astype(np.int64)
        own = self.ends_us[self.object_spans[row] : self.object_spans[row + 1]] - t0_us
        found: list[tuple[float, float]] = []
        for start_s, stop_s in sorted(map(tuple, (own * 1e-6).tolist())):
            if found and start_s <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], stop_s))
            elif start_s <= stop_s:
                found.append((start_s, stop_s))
        return found

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> Ephemerides:
        """Return the objects of these rows (indices or a mask), in that order."""
        chosen = np.arange(len(self))[rows]
        return ephemerides([self._spans(int(row)) for row in chosen], self.points)

    def _spans(self, row: int) -> list[Span]:
        spans = range(self.object_spans[row], self.object_spans[row + 1])
        return [self._span(span) for span in spans]

    def _span(self, span: int) -> Span:
        samples = slice(self.span_rows[span], self.span_rows[span + 1])
        start, stop = self.span_us[span].astype("datetime64[us]")
        return Span(
            self.sample_us[samples].astype("datetime64[us]"),
            self.position_teme_km[samples],
            self.velocity_teme_km_s[samples],
            start,
            stop,
        )

    def _looked_up(self, rows: Integers, t0_utc: np.datetime64, t_s: Floats) -> States:
        found = States(
            np.empty((len(rows), 3)), np.empty((len(rows), 3)), np.empty(len(rows), np.uint8)
        )
        t0_us = int(t0_utc.astype("datetime64[us]").astype(np.int64))
        _look_up(
            rows, t_s, t0_us, self.object_spans, self.span_rows, self.span_us, self.sample_us,
            self.position_teme_km, self.velocity_teme_km_s, self.points,
            found.position_teme_km, found.velocity_teme_km_s, found.status,
        )  # fmt: skip
        return found


def ephemerides(objects: Sequence[Sequence[Span]], points: int = DEFAULT_POINTS) -> Ephemerides:
    """Return the spans of each object as columns.

    Raises ValueError for a number of points outside 2 to 8 and for samples that do not increase.
    """
    if not 2 <= points <= _MOST_POINTS:
        raise ValueError(f"{points} points: expected 2 to {_MOST_POINTS}")
    spans = [span for own in objects for span in own]
    for span in spans:
        if not len(span.utc) or np.any(np.diff(_us(span.utc)) <= 0):
            raise ValueError("a span needs samples at increasing moments")
    moments = np.array(
        [[span.usable_start_utc, span.usable_stop_utc] for span in spans], "datetime64[us]"
    )
    return Ephemerides(
        object_spans=_offsets([len(own) for own in objects]),
        span_rows=_offsets([len(span.utc) for span in spans]),
        span_us=moments.reshape(-1, 2).astype(np.int64),
        sample_us=np.concatenate([np.empty(0, np.int64), *(_us(span.utc) for span in spans)]),
        position_teme_km=np.concatenate([np.empty((0, 3)), *(s.position_teme_km for s in spans)]),
        velocity_teme_km_s=np.concatenate(
            [np.empty((0, 3)), *(s.velocity_teme_km_s for s in spans)]
        ),
        points=points,
    )


def velocities_km_s(t_s: Floats, position_km: Floats, points: int = _DERIVATIVE_POINTS) -> Floats:
    """Return the velocities at tabulated positions (k, 3), for ephemerides that state none.

    The derivative of the polynomial through the `points` nearest positions; samples at
    increasing times [s]. In an inertial frame, for GNSS sampled every 900 s and for low orbits
    every 60 s, good to 1e-5 mm/s inside a span and to 0.01 mm/s at its ends. Raises ValueError
    where there are fewer than two samples.
    Source: Berrut & Trefethen 2004, SIAM Review 46, section 9.
    """
    if len(t_s) < 2:
        raise ValueError("one position has no velocity: expected two samples or more")
    velocity = np.empty_like(position_km)
    count = min(points, len(t_s))
    for row in range(len(t_s)):
        first = min(max(row - count // 2, 0), len(t_s) - count)
        window = slice(first, first + count)
        weights = _derivative_weights(t_s[window], row - first)
        # Of differences, so that what is common to all positions costs no digits.
        velocity[row] = weights @ (position_km[window] - position_km[row])
    return velocity


def velocities_contradict(t_s: Floats, position_km: Floats, velocity_km_s: Floats) -> bool:
    """Tell whether stated velocities (k, 3) are not the rates of the positions (k, 3).

    They are compared with `velocities_km_s`, whose own error shows in what two points less change:
    ten times that, and 0.1 mm/s for rounding, are allowed; the median over the inner samples
    counts. Interpolation through velocities that contradict is metres off at the ends of a span:
    those of ephemerides made by SGP4 differ by millimetres to decimetres a second. Fewer than 11
    samples are believed.
    """
    points = min(_DERIVATIVE_POINTS, len(t_s) - 2)
    if points < _FEWEST_POINTS:
        return False
    inner = slice(points // 2, len(t_s) - points // 2)
    best, other = (velocities_km_s(t_s, position_km, n)[inner] for n in (points, points - 2))
    with np.errstate(over="ignore"):  # where a digit was damaged
        off, own = (
            np.median(np.linalg.norm(v - best, axis=1)) for v in (velocity_km_s[inner], other)
        )
    return bool(off > 10.0 * own + _ROUNDED_KM_S)


def interpolation_error_km(
    radius_km: float, motion_rad_s: float, step_s: float, points: int = DEFAULT_POINTS
) -> float:
    """Return how far off circular motion is midway between samples, inside a span [km].

    The remainder of the Hermite polynomial; `points` is even. In the first and last intervals of a
    span it is 3 times larger for four points, 18 times for six, 150 times for eight.
    Source: Hildebrand 1974, eq. 8.2.10.

    >>> round(interpolation_error_km(6800.0, 0.00113, 300.0, points=4) * 1e6, 3)  # mm
    9.307
    """
    nodes = np.prod((np.arange(points // 2) + 0.5) ** 2)
    return float(
        radius_km * (motion_rad_s * step_s) ** (2 * points) * nodes**2 / math.factorial(2 * points)
    )


def _derivative_weights(nodes_s: Floats, at: int) -> Floats:
    """Return the weights of the derivative at one node, that of the node itself left zero."""
    apart = nodes_s[:, None] - nodes_s
    np.fill_diagonal(apart, 1.0)
    scale = np.max(np.abs(apart))
    products = np.prod(apart / scale, axis=1)
    weights = products[at] / products / (nodes_s[at] - nodes_s + (nodes_s == nodes_s[at]))
    weights[at] = 0.0
    return np.asarray(weights)


def _us(utc: Times) -> Integers:
    return np.asarray(utc.astype("datetime64[us]").astype(np.int64))


def _offsets(lengths: Sequence[int]) -> Integers:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def _finite(t_s: Floats) -> Floats:
    t_s = np.ascontiguousarray(t_s, dtype=np.float64)
    if not np.isfinite(t_s).all():
        raise ValueError("every moment must be a number: t_s holds NaN or infinity")
    return t_s


@kernel
def _look_up(
    rows: Integers,
    t_s: Floats,
    t0_us: int,
    object_spans: Integers,
    span_rows: Integers,
    span_us: Integers,
    sample_us: Integers,
    table_km: Floats,
    table_km_s: Floats,
    points: int,
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
) -> None:
    """Fill in the state of each row at its moment."""
    for k in range(len(rows)):
        status[k] = _OUTSIDE
        position_km[k] = np.nan
        velocity_km_s[k] = np.nan
        for span in range(object_spans[rows[k]], object_spans[rows[k] + 1]):
            after_start = t_s[k] - (span_us[span, 0] - t0_us) * 1e-6
            before_stop = (span_us[span, 1] - t0_us) * 1e-6 - t_s[k]
            first, last = span_rows[span], span_rows[span + 1] - 1
            before_last = (sample_us[last] - t0_us) * 1e-6 - t_s[k]
            after_first = t_s[k] - (sample_us[first] - t0_us) * 1e-6
            if min(after_start, before_stop, before_last, after_first) >= -1e-9:
                begin, count = _window(sample_us, first, last, t0_us, t_s[k], points)
                _hermite(
                    sample_us, table_km, table_km_s, begin, count, t0_us, t_s[k],
                    position_km[k], velocity_km_s[k],
                )  # fmt: skip
                status[k] = _OK
                break


@kernel
def _window(
    sample_us: Integers, first: int, last: int, t0_us: int, t_s: float, points: int
) -> tuple[int, int]:
    """Return the first of the samples around a moment, and how many to take."""
    low, high = first, last
    while high - low > 1:
        middle = (low + high) // 2
        if (sample_us[middle] - t0_us) * 1e-6 <= t_s:
            low = middle
        else:
            high = middle
    count = min(points, last - first + 1)
    begin = low - (count - 1) // 2
    return max(first, min(begin, last + 1 - count)), count


@kernel
def _hermite(
    sample_us: Integers,
    table_km: Floats,
    table_km_s: Floats,
    begin: int,
    count: int,
    t0_us: int,
    t_s: float,
    position_km: Floats,
    velocity_km_s: Floats,
) -> None:
    """Evaluate the polynomial through positions and velocities, by divided differences.

    Times are counted from the moment asked about, in units of the window's length.
    """
    scale_s = max((sample_us[begin + count - 1] - sample_us[begin]) * 1e-6, 1.0)
    nodes = np.empty(2 * _MOST_POINTS)
    table = np.empty((2 * _MOST_POINTS, 3))
    for i in range(count):
        since = ((sample_us[begin + i] - t0_us) * 1e-6 - t_s) / scale_s
        nodes[2 * i] = nodes[2 * i + 1] = since
        table[2 * i] = table[2 * i + 1] = table_km[begin + i]
    size = 2 * count
    for i in range(size - 1, 0, -1):
        if i % 2:
            table[i] = table_km_s[begin + i // 2] * scale_s
        else:
            inverse = 1.0 / (nodes[i] - nodes[i - 1])
            for axis in range(3):
                table[i, axis] = (table[i, axis] - table[i - 1, axis]) * inverse
    for order in range(2, size):
        for i in range(size - 1, order - 1, -1):
            inverse = 1.0 / (nodes[i] - nodes[i - order])
            for axis in range(3):
                table[i, axis] = (table[i, axis] - table[i - 1, axis]) * inverse
    for axis in range(3):
        value, slope = table[size - 1, axis], 0.0
        for i in range(size - 2, -1, -1):
            slope = slope * -nodes[i] + value
            value = value * -nodes[i] + table[i, axis]
        position_km[axis] = value
        velocity_km_s[axis] = slope / scale_s
