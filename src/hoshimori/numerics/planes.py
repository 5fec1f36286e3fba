"""Orbit planes against one another: how far apart, how they turn under J2, when they align."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import MINUTES_PER_DAY, TWO_PI
from hoshimori.numerics.elements import (
    Floats,
    MeanElements,
    perigee_rate_rad_day,
    plane_angle_rad,
    raan_rate_rad_day,
)

_DAY = np.timedelta64(86_400_000_000, "us")
_RATE_SHARE = 0.01
"""Error of a relative node rate by J2 alone, as a share of it (higher harmonics)."""
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


def carried_to(elements: MeanElements, moment_utc: np.datetime64) -> MeanElements:
    """Return elements carried to one moment by their secular rates under J2, without drag.

    Good to about 0.1 deg in LEO along the orbit for elements a day old, and far better across it.
    """
    days = (moment_utc - elements.epoch_utc) / _DAY
    rate = elements.mean_motion_kozai_rad_min * MINUTES_PER_DAY
    return replace(
        elements,
        epoch_utc=np.full(len(elements), moment_utc),
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
    their difference is good to 1 %.
    """
    return PlaneMotion(
        inclination_rad=elements.inclination_rad,
        other_inclination_rad=others.inclination_rad,
        node_gap_rad=wrapped_rad(elements.raan_rad - others.raan_rad),
        node_rate_rad_day=raan_rate_rad_day(elements) - raan_rate_rad_day(others),
    )


def alignment(motion: PlaneMotion, horizon_days: float) -> Alignment:
    """Return when planes come nearest under free drift, from now to the horizon.

    The angle is least where the nodes meet; free drift leaves inclinations as they are.
    """
    gap, rate = motion.node_gap_rad, motion.node_rate_rad_day
    with np.errstate(divide="ignore", invalid="ignore"):
        meet = np.where(gap * rate < 0.0, -gap / rate, 0.0)
        # The other way round, for planes that part first and meet after a turn.
        turn = (TWO_PI - np.abs(gap)) / np.abs(rate)
        sigma = np.hypot(_RATE_SHARE * meet, _NODE_SIGMA_RAD / np.abs(rate))
    parting = (gap * rate >= 0.0) & (rate != 0.0)
    meet = np.where(parting & (turn <= horizon_days), turn, np.minimum(meet, horizon_days))
    return Alignment(meet, motion.angle_rad(meet), np.where(rate == 0.0, np.inf, sigma))
