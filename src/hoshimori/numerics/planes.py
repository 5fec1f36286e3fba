"""Orbit planes against one another: how far apart, how they turn under J2, when they align."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import MINUTES_PER_DAY, TWO_PI
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    Times,
    perigee_rate_rad_day,
    plane_angle_rad,
    raan_rate_rad_day,
    semi_major_axis_km,
)

_DAY = np.timedelta64(86_400_000_000, "us")
Rows = npt.NDArray[np.int64]

_RATE_SHARE = 0.003
"""Error of a relative node rate by J2 alone, as a share of it (harmonics and drag over weeks)."""
_NODE_SIGMA_RAD = np.radians(0.01)
"""Error of a node between two element sets of ordinary age."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaneMotion:
    """How the planes of *n* objects stand to one other plane and turn against it, shape (n,)."""

    inclination_rad: Floats
    """Of the objects."""
    other_inclination_rad: Floats
    """Of the plane compared with."""
    node_gap_rad: Floats
    """Node of the objects minus that of the other plane, in [-pi, pi)."""
    node_rate_rad_day: Floats
    """How fast the gap grows."""

    def take(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> PlaneMotion:
        """Return the objects of these rows."""
        return PlaneMotion(*(getattr(self, column.name)[rows] for column in fields(self)))

    def angle_rad(self, after_days: Floats | float = 0.0) -> Floats:
        """Return the angles between the planes after a time; arguments broadcast over objects."""
        gap = self.node_gap_rad + self.node_rate_rad_day * after_days
        zero = np.zeros_like(gap)
        return plane_angle_rad(self.inclination_rad, gap, self.other_inclination_rad, zero)


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """When *n* planes come nearest to another within a horizon, and how sure that is."""

    after_days: Floats
    """Time to the least angle: 0 where the planes part, the horizon where they still close."""
    angle_rad: Floats
    """Least angle."""
    sigma_days: Floats
    """One sigma of the time; infinite where the planes do not turn against one another."""


def carried_to(elements: MeanElements, moment_utc: np.datetime64 | Times) -> MeanElements:
    """Return elements carried to a moment, one or each its own, by J2's rates, without drag.

    Good to about 0.1 deg in LEO along the orbit for elements a day old, and far better across it.
    """
    days = (moment_utc - elements.epoch_utc) / _DAY
    rate = elements.mean_motion_kozai_rad_min * MINUTES_PER_DAY
    return replace(
        elements,
        epoch_utc=np.broadcast_to(moment_utc, len(elements)),
        raan_rad=(elements.raan_rad + raan_rate_rad_day(elements) * days) % TWO_PI,
        arg_of_perigee_rad=(elements.arg_of_perigee_rad + perigee_rate_rad_day(elements) * days)
        % TWO_PI,
        mean_anomaly_rad=(elements.mean_anomaly_rad + rate * days) % TWO_PI,
    )


def wrapped_rad(angle_rad: Floats) -> Floats:
    """Return angles in [-pi, pi)."""
    return np.asarray((angle_rad + np.pi) % TWO_PI - np.pi)


def plane_motion(elements: MeanElements, others: MeanElements) -> PlaneMotion:
    """Return how the planes of `elements` move against those of `others`, row by row.

    Both must be of one moment (see `carried_to`). Source of the rates: Vallado 2013, eq. 9-37;
    over four weeks their difference foretells angles to some tenths of a per cent of the turn.
    """
    return PlaneMotion(
        inclination_rad=elements.inclination_rad,
        other_inclination_rad=others.inclination_rad,
        node_gap_rad=wrapped_rad(elements.raan_rad - others.raan_rad),
        node_rate_rad_day=raan_rate_rad_day(elements) - raan_rate_rad_day(others),
    )


def plane_motion_of_pairs(elements: MeanElements, first: Rows, second: Rows) -> PlaneMotion:
    """Return how the planes of second rows move against those of first rows, for many pairs."""
    rate, node = raan_rate_rad_day(elements), elements.raan_rad
    return PlaneMotion(
        inclination_rad=elements.inclination_rad[second],
        other_inclination_rad=elements.inclination_rad[first],
        node_gap_rad=wrapped_rad(node[second] - node[first]),
        node_rate_rad_day=rate[second] - rate[first],
    )


def alignment(motion: PlaneMotion, horizon_days: float) -> Alignment:
    """Return when planes come nearest under free drift, from now to the horizon.

    The angle is least where the nodes meet; free drift leaves inclinations as they are.
    """
    gap, rate = motion.node_gap_rad, motion.node_rate_rad_day
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # Nodes that close meet at once, those that part after a turn.
        way = np.where(gap * rate < 0.0, np.abs(gap), TWO_PI - np.abs(gap))
        meet = np.where(gap == 0.0, 0.0, np.where(rate == 0.0, np.inf, way / np.abs(rate)))
        sigma = np.hypot(_RATE_SHARE * meet, _NODE_SIGMA_RAD / np.abs(rate))
    days = np.stack([np.zeros_like(meet), np.minimum(meet, horizon_days)])
    days = np.concatenate([days, np.full((1, len(meet)), horizon_days)])
    angle = motion.angle_rad(days)
    best = np.argmin(angle, axis=0), np.arange(len(meet))
    return Alignment(days[best], angle[best], np.where(np.isfinite(meet), sigma, np.inf))


@dataclass(frozen=True, slots=True, eq=False)
class ClosePlanes:
    """Pairs of objects in nearly one plane at nearly one height, shape (n,)."""

    first: Rows
    second: Rows
    angle_rad: Floats
    """Between the planes now."""
    widest_rad: Floats
    """The wider of the angles now and after the time looked at."""
    axis_km: Floats
    """Difference of the semi-major axes, without sign."""

    def take(self, rows: Rows | npt.NDArray[np.bool_]) -> ClosePlanes:
        """Return the chosen pairs."""
        return ClosePlanes(*(getattr(self, column.name)[rows] for column in fields(self)))


def close_planes(
    elements: MeanElements, *, axis_km: float, widest_rad: float, days: float
) -> ClosePlanes:
    """Return all pairs whose axes differ by no more than a length and planes by no more than an
    angle; the elements must be of one moment. `days` is how far ahead free drift is looked at."""
    axis = semi_major_axis_km(elements)
    order = np.argsort(axis, kind="stable")
    order = order[np.isfinite(axis[order])]
    last = np.searchsorted(axis[order], axis[order] + axis_km, side="right")
    count = last - np.arange(len(order)) - 1
    here = np.repeat(np.arange(len(order)), count)
    there = here + 1 + np.arange(len(here)) - np.repeat(np.cumsum(count) - count, count)
    first, second = np.sort(np.stack([order[here], order[there]]), axis=0)
    motion = plane_motion_of_pairs(elements, first, second)
    now, then = motion.angle_rad(), motion.angle_rad(days)
    apart_km = np.abs(axis[first] - axis[second])
    return ClosePlanes(first, second, now, np.maximum(now, then), apart_km).take(now <= widest_rad)
