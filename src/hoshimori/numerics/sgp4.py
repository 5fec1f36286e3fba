"""SGP4 over many objects and many moments: the face of the propagator.

Theory: SGP4/SDP4 as revised by Vallado, Crawford, Hujsak and Kelso (AIAA 2006-6753), WGS-72
constants, improved mode, which is what published element sets are made for.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.sgp4_block import fill_each, fill_grid
from hoshimori.numerics.sgp4_deep import deep_coefficients
from hoshimori.numerics.sgp4_near import NO, is_deep_space, near_coefficients
from hoshimori.numerics.sgp4_state import Sgp4Status

__all__ = [
    "Satellites",
    "Sgp4Status",
    "States",
    "initialise",
    "minutes_since_epoch",
    "propagate",
    "propagate_each",
]

_YEAR_1950 = np.datetime64("1949-12-31T00:00:00", "us")
_JULIAN_DATE_1950 = 2433281.5
_ROWS_PER_TASK = 256
_STATES_PER_TASK = 4_096
"""Where each row has one state only: fewer would cost more to hand over than to compute."""


@dataclass(frozen=True, slots=True, eq=False)
class Satellites:
    """Objects ready to propagate, one row each; only `epoch_utc` and `status` are for reading."""

    epoch_utc: Times
    status: npt.NDArray[np.uint8]
    """Whether there is a state at the epoch: codes of `Sgp4Status`, shape (n,)."""
    near: Floats
    deep: Floats
    deep_row: npt.NDArray[np.int32]
    """Row of `deep` for each object, -1 for near-Earth objects."""

    def __len__(self) -> int:
        return len(self.epoch_utc)

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> Satellites:
        """Return the objects of these rows (indices or a mask), in that order."""
        deep_row = self.deep_row[rows]
        is_deep = deep_row >= 0
        renumbered = np.full(len(deep_row), -1, np.int32)
        renumbered[is_deep] = np.arange(np.count_nonzero(is_deep), dtype=np.int32)
        return Satellites(
            epoch_utc=self.epoch_utc[rows],
            status=self.status[rows],
            near=self.near[rows],
            deep=self.deep[deep_row[is_deep]],
            deep_row=renumbered,
        )


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """Positions and velocities in TEME; cells without a state are NaN and say why.

    Shapes (objects, times, 3) and (objects, times) from `propagate`, (objects, 3) and (objects,)
    from `propagate_each`; C order, so that a block of objects is one piece of memory.
    """

    position_teme_km: Floats
    velocity_teme_km_s: Floats
    status: npt.NDArray[np.uint8]
    """Codes of `Sgp4Status`."""


def initialise(elements: MeanElements) -> Satellites:
    """Return objects ready to propagate; impossible elements get a `status`, not an exception.

    Raises ValueError for an epoch that is not a time.
    Source: Vallado et al. 2006, AIAA 2006-6753, routine ``sgp4init``.
    """
    if np.isnat(elements.epoch_utc).any():
        raise ValueError("every element set needs an epoch: epoch_utc holds a NaT")
    near = near_coefficients(elements)
    with np.errstate(invalid="ignore", divide="ignore"):
        is_deep = is_deep_space(near[:, NO])
    epoch_utc = elements.epoch_utc.astype("datetime64[us]")
    # The reference holds the epoch as one Julian date; its rounding is part of the theory's states.
    julian_date = (epoch_utc[is_deep] - _YEAR_1950) / np.timedelta64(1, "D") + _JULIAN_DATE_1950
    deep_row = np.full(len(near), -1, np.int32)
    deep_row[is_deep] = np.arange(len(julian_date), dtype=np.int32)
    deep = deep_coefficients(near[is_deep], julian_date - _JULIAN_DATE_1950)
    unchecked = Satellites(epoch_utc, np.zeros(len(near), np.uint8), near, deep, deep_row)
    at_epoch = _each(unchecked, np.zeros(len(near)))
    return Satellites(epoch_utc, at_epoch.status, near, deep, deep_row)


def propagate(
    satellites: Satellites, t0_utc: np.datetime64, t_s: Floats, *, into: States | None = None
) -> States:
    """Return the states of all *n* objects at all *m* moments `t0_utc + t_s`.

    Shapes (n, m, 3) and (n, m), TEME, km and km/s. Within 1 mm of the reference implementation
    (``sgp4`` 2.27) for ages up to a year; after a decay NaN, also where the reference goes on.
    Uses as many threads as Numba is set to; the result does not depend on it. `into` is
    overwritten and returned: chunk after chunk in the same memory is up to four times faster than
    fresh memory. Raises ValueError where `t_s` is not finite or `into` has another shape.
    Source: Vallado et al. 2006, AIAA 2006-6753.
    """
    t_min = _finite(t_s) / 60.0
    shape = (len(satellites), len(t_min))
    states = _empty(shape) if into is None else into
    if states.status.shape != shape:
        raise ValueError(f"into has room for {states.status.shape} states, needed is {shape}")
    offset_min = minutes_since_epoch(satellites, t0_utc)

    def fill(start: int, stop: int) -> None:
        fill_grid(
            satellites.near[start:stop],
            satellites.deep,
            satellites.deep_row[start:stop],
            offset_min[start:stop],
            t_min,
            states.position_teme_km[start:stop],
            states.velocity_teme_km_s[start:stop],
            states.status[start:stop],
        )

    _in_parallel(fill, len(satellites))
    return states


def propagate_each(satellites: Satellites, t0_utc: np.datetime64, t_s: Floats) -> States:
    """Return the state of each of *n* objects at its own moment `t0_utc + t_s`.

    `t_s` has shape (n,), the states (n, 3) and (n,); otherwise as `propagate`.
    """
    return _each(satellites, minutes_since_epoch(satellites, t0_utc) + _finite(t_s) / 60.0)


def _each(satellites: Satellites, t_min: Floats) -> States:
    states = _empty((len(satellites),))

    def fill(start: int, stop: int) -> None:
        fill_each(
            satellites.near[start:stop],
            satellites.deep,
            satellites.deep_row[start:stop],
            t_min[start:stop],
            states.position_teme_km[start:stop],
            states.velocity_teme_km_s[start:stop],
            states.status[start:stop],
        )

    _in_parallel(fill, len(satellites), _STATES_PER_TASK)
    return states


def minutes_since_epoch(satellites: Satellites, t0_utc: np.datetime64) -> Floats:
    """Return minutes from each epoch to `t0_utc`.

    By SGP4's convention these are plain differences of UTC labels: a leap second between the two
    moments is not counted, as element sets are fitted that way. Integer microseconds keep the
    difference exact; one double holds it to 1e-9 min for ages up to eight years.
    """
    age_us = (t0_utc.astype("datetime64[us]") - satellites.epoch_utc).astype(np.int64)
    return np.asarray(age_us / 6.0e7)


def _finite(t_s: Floats) -> Floats:
    t_s = np.ascontiguousarray(t_s, dtype=np.float64)
    if not np.isfinite(t_s).all():
        raise ValueError("every moment must be a number: t_s holds NaN or infinity")
    return t_s


def _empty(shape: tuple[int, ...]) -> States:
    return States(np.empty((*shape, 3)), np.empty((*shape, 3)), np.empty(shape, np.uint8))


def _in_parallel(
    fill: Callable[[int, int], None], rows: int, rows_per_task: int = _ROWS_PER_TASK
) -> None:
    """Call `fill` over slices of the rows, on as many threads as Numba is set to."""
    starts = range(0, rows, rows_per_task)
    stops = [min(start + rows_per_task, rows) for start in starts]
    threads = min(numba.get_num_threads(), len(starts))
    if threads <= 1:
        for start, stop in zip(starts, stops, strict=True):
            fill(start, stop)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, starts, stops))
