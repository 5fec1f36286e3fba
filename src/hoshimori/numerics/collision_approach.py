"""Closest approach found again: messages state its moment to the millisecond only."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hoshimori.numerics.collision_covariance import UncertainStates
from hoshimori.numerics.constants import WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.equinoctial import (
    equinoctial_elements,
    equinoctial_jacobian,
    equinoctial_states,
)

_MOST_STEPS = 30
_CONVERGED_KM = 1e-9
"""Along the relative velocity; below, positions are rounded."""
_LONGEST_STEP = 0.01
"""Of an orbit, roughly: the nearest minimum is wanted, not another one."""


class Approach(NamedTuple):
    """Encounters moved to their closest approach."""

    shift_s: Floats
    """Of closest approach after the moment given, shape (n,); NaN where there is none."""
    primary: UncertainStates
    secondary: UncertainStates


def straight_approach(primary: UncertainStates, secondary: UncertainStates) -> Approach:
    """Return states moved along straight lines to their closest approach, covariances as they are.

    Right to a micrometre over the millisecond by which messages round. Without relative velocity
    the states stay where they are and the shift is NaN.
    Source: Hall, Baars & Casali 2023, AAS 23-398 (adjustment to closest approach).
    """
    position = secondary.position_km - primary.position_km
    velocity = secondary.velocity_km_s - primary.velocity_km_s
    squared = np.sum(velocity**2, axis=-1)
    moving = squared > 0.0
    shift = np.divide(
        -np.sum(position * velocity, axis=-1), squared, out=np.zeros(len(squared)), where=moving
    )
    moved = (
        states._replace(position_km=states.position_km + shift[:, None] * states.velocity_km_s)
        for states in (primary, secondary)
    )
    return Approach(np.where(moving, shift, np.nan), *moved)


def two_body_approach(primary: UncertainStates, secondary: UncertainStates) -> Approach:
    """Return states and covariances moved on their orbits to the nearest closest approach.

    Covariances of position and velocity, (n, 6, 6). Newton's iteration on the range rate; where it
    does not converge, or leads to a largest distance, the shift and the states are NaN.
    """
    shift = np.zeros(len(primary.position_km))
    moved_km = np.full(len(shift), np.nan)
    speed = np.linalg.norm(primary.velocity_km_s, axis=-1)
    longest = _LONGEST_STEP * np.linalg.norm(primary.position_km, axis=-1) / speed
    for _ in range(_MOST_STEPS):
        (r1, v1), (r2, v2) = (_moved_states(x, shift) for x in (primary, secondary))
        pull = _acceleration(r2) - _acceleration(r1)
        position, velocity = r2 - r1, v2 - v1
        slope = np.sum(velocity**2 + position * pull, axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = np.clip(-np.sum(position * velocity, axis=-1) / slope, -longest, longest)
        step = np.where(slope > 0.0, step, np.nan)
        shift = shift + step
        moved_km = np.abs(step) * np.linalg.norm(velocity, axis=-1)
        if not np.any(moved_km > _CONVERGED_KM):
            break
    shift = np.where(moved_km <= _CONVERGED_KM, shift, np.nan)
    return Approach(shift, two_body_states(primary, shift), two_body_states(secondary, shift))


def two_body_states(states: UncertainStates, t_s: Floats) -> UncertainStates:
    """Return states and covariances of position and velocity a time later, shape (n, ...).

    Two-body motion, to first order in the errors. Raises ValueError for other covariances.
    """
    if states.covariance.shape[-1] != 6:
        raise ValueError("only a covariance of position and velocity, (n, 6, 6), can be moved")
    turn = _prograde(states)
    elements = equinoctial_elements(turn * states.position_km, turn * states.velocity_km_s)
    position, velocity = equinoctial_states(elements, t_s)
    before, after = equinoctial_jacobian(elements, 0.0), equinoctial_jacobian(elements, t_s)
    known = np.asarray(np.isfinite(before + after).all(axis=(-2, -1)))[:, None, None]
    transition = after @ np.linalg.inv(np.where(known, before, np.eye(6)))
    both = np.concatenate([turn, turn], axis=-1)
    transition = both[:, :, None] * transition * both[:, None, :]
    covariance = transition @ states.covariance @ np.swapaxes(transition, -1, -2)
    covariance = 0.5 * (covariance + np.swapaxes(covariance, -1, -2))
    return UncertainStates(turn * position, turn * velocity, np.where(known, covariance, np.nan))


def _moved_states(states: UncertainStates, t_s: Floats) -> tuple[Floats, Floats]:
    turn = _prograde(states)
    elements = equinoctial_elements(turn * states.position_km, turn * states.velocity_km_s)
    position, velocity = equinoctial_states(elements, t_s)
    return turn * position, turn * velocity


def _prograde(states: UncertainStates) -> Floats:
    """Return signs (n, 3) that turn retrograde orbits half around x, where elements are smooth."""
    upward = np.cross(states.position_km, states.velocity_km_s)[:, 2] >= 0.0
    sign = np.where(upward, 1.0, -1.0)
    return np.stack([np.ones(len(sign)), sign, sign], axis=-1)


def _acceleration(position_km: Floats) -> Floats:
    radius = np.linalg.norm(position_km, axis=-1, keepdims=True)
    return np.asarray(-WGS84_MU_KM3_S2 * position_km / radius**3)
