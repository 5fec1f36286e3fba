"""When the probability in the encounter plane may not be used.

The plane supposes positive definite covariances and an encounter that is short against an orbit
and happens where the states are given. Of 1.8 million real conjunctions about one in twenty broke
one of these limits and one in two hundred was truly wrong (Hall et al. 2023).
"""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import erfcinv

from hoshimori.numerics.collision_covariance import (
    UncertainStates,
    is_positive_definite,
)
from hoshimori.numerics.collision_overlap import (
    LEAST_RADIUS_KM,
    clipped_inverse,
    uncertain_orbits,
)
from hoshimori.numerics.collision_peak import Peak, peak
from hoshimori.numerics.constants import TWO_PI, WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats

_MOST_OFFSET = 0.01
_MOST_DURATION = 0.02
_MOST_INACCURACY = 0.02
_SHARE_OUTSIDE = 1e-16
"""How much of the probability may accrue outside the duration of the encounter.

As in CARA's software (`UsageViolationPc2D`, ConjDurationGamma). The 1e-6 that others give for the
same check would pass cases 1 and 2 of Alfano 2009, where the plane is low by factors of 1.5 and
2.5. CARA's published flags of 53 messages come out the same with either.
"""


class UsageViolation(IntFlag):
    """Assumptions of the encounter plane that an encounter breaks."""

    NOT_POSITIVE_DEFINITE = 1
    """The covariance of position of either object or of both together is not."""
    OFFSET = 2
    """Part of the encounter is far from the moment of the states."""
    EXTENDED = 4
    """The encounter lasts a good part of an orbit."""
    INACCURATE = 8
    """Curved motion gives another number."""


class Usage(NamedTuple):
    """What an encounter breaks, and the measures that decide it, all of shape (n,)."""

    violations: npt.NDArray[np.int64]
    """`UsageViolation` flags, zero for none."""
    duration: Floats
    """Of the encounter over the shorter period."""
    offset: Floats
    """Of its farther end from the moment of the states, over the shorter period."""
    inaccuracy: Floats
    """1 - exp(-|ln F|), F the curved over the plane number for small bodies; NaN where unknown."""
    curved: npt.NDArray[np.bool_]
    """Whether curved motion was looked at; else duration and offset are for straight motion."""

    def take(self, rows: npt.NDArray[np.intp]) -> Usage:
        """Return the chosen rows in the order given."""
        return Usage(
            self.violations[rows],
            self.duration[rows],
            self.offset[rows],
            self.inaccuracy[rows],
            self.curved[rows],
        )


def usage_violations(
    primary: UncertainStates, secondary: UncertainStates, hard_body_radius_km: Floats | float
) -> Usage:
    """Return whether encounters keep to the limits of the encounter plane.

    States near closest approach. With covariances of position and velocity, (n, 6, 6), on curved
    orbits; what then cannot be decided is a violation. With those of position only for straight
    motion: inaccuracy stays unknown and is never set, which does not mean the number is accurate.
    Unknown states and covariances (NaN) break everything. Limits: duration 2 % of the shorter
    period, offset 1 %, inaccuracy 2 %.
    Source: Hall, Baars & Casali 2023, AAS 23-398; Hall et al. 2023, J. Astronaut. Sci. 70.
    """
    position_1, position_2 = (states.covariance[:, :3, :3] for states in (primary, secondary))
    both = position_1 + position_2
    radius_km = np.broadcast_to(np.asarray(hard_body_radius_km, dtype=np.float64), len(both))
    straight = _straight_peak(primary, secondary, both, np.fmax(radius_km, LEAST_RADIUS_KM))
    period_s = np.minimum(_period_s(primary), _period_s(secondary))
    has_velocities = primary.covariance.shape[-1] == secondary.covariance.shape[-1] == 6
    if has_velocities:
        bent = peak(uncertain_orbits(primary, secondary, radius_km))
    else:
        bent = Peak(*np.full((4, len(both)), np.nan))
    curved = np.isfinite(bent.t_s)
    used = Peak(*(np.where(curved, x, y) for x, y in zip(bent, straight, strict=True)))
    half_s = np.sqrt(2.0) * erfcinv(_SHARE_OUTSIDE) * used.sigma_s
    with np.errstate(invalid="ignore"):
        duration, offset = 2.0 * half_s / period_s, (np.abs(used.t_s) + half_s) / period_s
    inaccuracy = _inaccuracy(bent, straight)
    broken = {
        UsageViolation.NOT_POSITIVE_DEFINITE: ~(
            _is_positive_definite(position_1)
            & _is_positive_definite(position_2)
            & _is_positive_definite(both)
        ),
        UsageViolation.OFFSET: ~(offset <= _MOST_OFFSET),
        UsageViolation.EXTENDED: ~(duration <= _MOST_DURATION),
        UsageViolation.INACCURATE: ~(inaccuracy <= _MOST_INACCURACY) & has_velocities,
    }
    flags = np.sum([np.where(holds, int(flag), 0) for flag, holds in broken.items()], axis=0)
    return Usage(flags, duration, offset, inaccuracy, curved)


def _is_positive_definite(covariance: Floats) -> npt.NDArray[np.bool_]:
    known = np.asarray(np.isfinite(covariance).all(axis=(-2, -1)))
    return known & is_positive_definite(np.where(known[:, None, None], covariance, 0.0))


def _straight_peak(
    primary: UncertainStates, secondary: UncertainStates, covariance_km2: Floats, radius_km: Floats
) -> Peak:
    """Return when the probability peaks for straight relative motion, with `Peak`'s level."""
    position = secondary.position_km - primary.position_km
    velocity = secondary.velocity_km_s - primary.velocity_km_s
    inverse, log_determinant = clipped_inverse(covariance_km2, radius_km)
    slowness = np.einsum("nij,nj->ni", inverse, velocity)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance_s2 = 1.0 / np.sum(velocity * slowness, axis=-1)
        t_s = -np.sum(position * slowness, axis=-1) * variance_s2
        closest = position + t_s[:, None] * velocity
        distance = np.einsum("ni,nij,nj->n", closest, inverse, closest)
        speed = np.linalg.norm(velocity, axis=-1)
        return Peak(t_s, np.sqrt(variance_s2), distance + log_determinant, speed)


def _period_s(states: UncertainStates) -> Floats:
    """Return the orbital period; unlimited for unbound orbits."""
    radius_km = np.linalg.norm(states.position_km, axis=-1)
    alpha = 2.0 / radius_km - np.sum(states.velocity_km_s**2, axis=-1) / WGS84_MU_KM3_S2
    with np.errstate(divide="ignore"):
        axis_km = 1.0 / np.maximum(alpha, 0.0)
    return np.asarray(TWO_PI * np.sqrt(axis_km**3 / WGS84_MU_KM3_S2))


def _inaccuracy(bent: Peak, straight: Peak) -> Floats:
    """Return 1 - exp(-|ln F|), zero where both motions give the same for small bodies.

    There the number is proportional to speed, width in time and exp(-level / 2).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = bent.sigma_s * bent.speed_km_s / (straight.sigma_s * straight.speed_km_s)
        correction = np.log(growth) + 0.5 * (straight.level - bent.level)
    return np.asarray(1.0 - np.exp(-np.abs(correction)))
