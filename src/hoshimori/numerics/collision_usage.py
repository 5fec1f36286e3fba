"""When the probability in the encounter plane may not be used.

The plane supposes positive definite covariances and an encounter that is short against an orbit
and happens where the states are given. Of 1.8 million real conjunctions about one in twenty broke
one of these limits and one in two hundred was truly wrong (Hall et al. 2023).
"""

from __future__ import annotations

from enum import IntFlag

import numpy as np
import numpy.typing as npt
from scipy.special import erfcinv

from hoshimori.numerics.collision_covariance import (
    UncertainStates,
    is_positive_definite,
    repaired_covariance,
)
from hoshimori.numerics.constants import TWO_PI, WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats

_MOST_OFFSET = 0.01
_MOST_DURATION = 0.02
_MOST_INACCURACY = 0.02
_SHARE_OUTSIDE = 1e-16
"""How much of the probability may accrue outside the duration of the encounter.

As in CARA's software since 2023. The 1e-6 of the paper would pass cases 1 and 2 of Alfano 2009,
where the plane is low by factors of 1.5 and 2.5.
"""


class UsageViolation(IntFlag):
    """Assumptions of the encounter plane that an encounter breaks."""

    NOT_POSITIVE_DEFINITE = 1
    """The covariance of position of either object or of both together is not."""
    OFFSET = 2
    """The probability peaks far from the moment of the states."""
    EXTENDED = 4
    """The encounter lasts a good part of an orbit."""
    INACCURATE = 8
    """A method that knows curved motion gives another number."""


def usage_violations(
    primary: UncertainStates,
    secondary: UncertainStates,
    hard_body_radius_km: Floats | float,
    curved_to_plane: Floats | None = None,
) -> npt.NDArray[np.int64]:
    """Return which `UsageViolation` flags hold for each encounter, shape (n,), zero for none.

    States near closest approach. `curved_to_plane` is the probability by a method for curved motion
    over that in the plane (the correction factor of the source); without it INACCURATE is never
    set, which does not mean that the number is accurate. What cannot be decided is a violation.
    Source: Hall et al. 2023, J. Astronaut. Sci. 70, section "usage violations", with its limits:
    offset 1 % and duration 2 % of the shorter period, inaccuracy 2 %. The duration is measured more
    strictly, see `_SHARE_OUTSIDE`.
    """
    position_1, position_2 = (states.covariance[:, :3, :3] for states in (primary, secondary))
    both = position_1 + position_2
    radius_km = np.broadcast_to(np.asarray(hard_body_radius_km, dtype=np.float64), len(both))
    offset_s, duration_s = _offset_and_duration_s(
        secondary.position_km - primary.position_km,
        secondary.velocity_km_s - primary.velocity_km_s,
        repaired_covariance(both, radius_km).covariance,
    )
    period_s = np.minimum(_period_s(primary), _period_s(secondary))
    broken = {
        UsageViolation.NOT_POSITIVE_DEFINITE: ~(
            is_positive_definite(position_1)
            & is_positive_definite(position_2)
            & is_positive_definite(both)
        ),
        UsageViolation.OFFSET: ~(np.abs(offset_s) <= _MOST_OFFSET * period_s),
        UsageViolation.EXTENDED: ~(duration_s <= _MOST_DURATION * period_s),
    }
    if curved_to_plane is not None:
        broken[UsageViolation.INACCURATE] = ~(_inaccuracy(curved_to_plane) <= _MOST_INACCURACY)
    flags = [np.where(holds, int(flag), 0) for flag, holds in broken.items()]
    return np.asarray(np.sum(flags, axis=0))


def _offset_and_duration_s(
    position_km: Floats, velocity_km_s: Floats, covariance_km2: Floats
) -> tuple[Floats, Floats]:
    """Return when the probability peaks and how long it accrues, for straight relative motion."""
    slowness = np.linalg.solve(covariance_km2, velocity_km_s[..., None])[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        variance_s2 = 1.0 / np.sum(velocity_km_s * slowness, axis=-1)
        offset_s = -np.sum(position_km * slowness, axis=-1) * variance_s2
    return offset_s, 2.0 * np.sqrt(2.0 * variance_s2) * erfcinv(_SHARE_OUTSIDE)


def _period_s(states: UncertainStates) -> Floats:
    """Return the orbital period; unlimited for unbound orbits."""
    radius_km = np.linalg.norm(states.position_km, axis=-1)
    alpha = 2.0 / radius_km - np.sum(states.velocity_km_s**2, axis=-1) / WGS84_MU_KM3_S2
    with np.errstate(divide="ignore"):
        axis_km = 1.0 / np.maximum(alpha, 0.0)
    return np.asarray(TWO_PI * np.sqrt(axis_km**3 / WGS84_MU_KM3_S2))


def _inaccuracy(curved_to_plane: Floats) -> Floats:
    """Return 1 - exp(-|ln F|), zero where both methods agree."""
    with np.errstate(divide="ignore"):
        return 1.0 - np.exp(-np.abs(np.log(curved_to_plane)))
