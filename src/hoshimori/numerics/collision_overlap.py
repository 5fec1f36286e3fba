"""Where two uncertain orbits can meet: their relative state, given that they do, at any moment.

Errors that are normal in equinoctial elements are not normal in space: the cloud of an orbit bends
along it. Near the place where two objects are most likely to be together, both clouds are made
straight again, about the two orbits most likely to pass there: the *peak overlap*. What follows is
a normal relative position and velocity for every moment, good also where the plain covariance at
closest approach is not.
Source: Hall 2021, Expected Collision Rates for Tracked Satellites, J. Spacecraft Rockets 58(3),
715-728.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.collision_covariance import (
    UncertainStates,
    clipped_eigenvalues,
    repaired_state_covariance,
)
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.equinoctial import (
    equinoctial_elements,
    equinoctial_jacobian,
    equinoctial_states,
)

_MOST_ITERATIONS = 25
_TOGETHER = 1e-9
"""Squared Mahalanobis distance between the two orbits at which they count as in one place."""
_MOST_ECCENTRIC = 0.999
LEAST_RADIUS_KM = 1e-6
"""Covariances are clipped against at least this, so that all can be inverted."""
_RETROGRADE = -0.95
"""Cosine of the inclination, 162 degrees, beyond which the elements are too near their pole."""
_OPPOSED = 0.5
"""Sum of the unit normals of two orbits below which they run nearly against each other."""


@dataclass(frozen=True, slots=True, eq=False)
class UncertainOrbits:
    """Encounters as pairs of uncertain two-body orbits, elements at the moment of the states.

    The axes are those of the states, or turned where an orbit is nearly retrograde in them.
    """

    elements_1: Floats
    """Equinoctial, shape (n, 6)."""
    elements_2: Floats
    covariance_1: Floats
    """Of the elements, shape (n, 6, 6)."""
    covariance_2: Floats
    hard_body_radius_km: Floats
    """Of both objects together, shape (n,)."""
    repaired: npt.NDArray[np.bool_]
    """Whether a covariance was not positive definite and was clipped."""

    def __len__(self) -> int:
        return len(self.elements_1)

    @property
    def period_s(self) -> Floats:
        """The shorter of both periods, shape (n,)."""
        return np.asarray(TWO_PI / np.maximum(self.elements_1[:, 0], self.elements_2[:, 0]))

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Self:
        """Return the chosen rows in the order given."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


class Overlap(NamedTuple):
    """Relative states of encounters at moments, given that the objects meet; NaN without any."""

    position_km: Floats
    """Of the second object from the first, shape (n, m, 3)."""
    velocity_km_s: Floats
    covariance: Floats
    """Of both together, shape (n, m, 6, 6)."""
    inverse_km2: Floats
    """Inverse of the covariance of position, clipped, shape (n, m, 3, 3) [1/km^2]."""
    log_determinant: Floats
    """Of the covariance of position [ln km^6], shape (n, m)."""

    @property
    def distance_squared(self) -> Floats:
        """Squared Mahalanobis distance of the relative position from zero, shape (n, m)."""
        position = self.position_km
        return np.asarray(np.einsum("...i,...ij,...j->...", position, self.inverse_km2, position))


def uncertain_orbits(
    primary: UncertainStates, secondary: UncertainStates, hard_body_radius_km: Floats | float
) -> UncertainOrbits:
    """Return encounters as uncertain orbits.

    States of shape (n, 3) in one inertial frame, covariances (n, 6, 6) of position and velocity;
    radii (n,) or one for all. NaN where an orbit is not closed or a covariance is not known.
    Raises ValueError for covariances of another shape.
    """
    if primary.covariance.shape[-1] != 6 or secondary.covariance.shape[-1] != 6:
        raise ValueError("curved motion needs covariances of position and velocity, (n, 6, 6)")
    radius = np.broadcast_to(
        np.asarray(hard_body_radius_km, dtype=np.float64), len(primary.position_km)
    )
    axes = _common_axes(primary, secondary)
    one, two = (_elements_and_covariance(states, axes, radius) for states in (primary, secondary))
    return UncertainOrbits(one[0], two[0], one[1], two[1], radius, one[2] | two[2])


def _common_axes(primary: UncertainStates, secondary: UncertainStates) -> Floats:
    """Return the axes of the states, or where an orbit is nearly retrograde in them, other ones.

    Rows, shape (n, 3, 3). The elements' errors are taken as normal in these axes. For long bent
    clouds a turn of the axes changes the probability by up to 0.2 %, so that without need there is
    none.
    """
    normals = [
        np.cross(states.position_km, states.velocity_km_s) for states in (primary, secondary)
    ]
    with np.errstate(invalid="ignore"):
        first, second = (x / np.linalg.norm(x, axis=-1, keepdims=True) for x in normals)
    retrograde = np.minimum(first[:, 2], second[:, 2]) < _RETROGRADE
    pole = first + second
    length = np.linalg.norm(pole, axis=-1, keepdims=True)
    outward = primary.position_km / np.linalg.norm(primary.position_km, axis=-1, keepdims=True)
    # For orbits against each other any direction along the orbits has both at 90 degrees.
    pole = np.where(length > _OPPOSED, pole / np.maximum(length, _OPPOSED), outward)
    least = np.eye(3)[np.argmin(np.abs(pole), axis=-1)]
    across = np.cross(pole, least)
    across /= np.linalg.norm(across, axis=-1, keepdims=True)
    turned = np.stack([across, np.cross(pole, across), pole], axis=-2)
    return np.where(retrograde[:, None, None], turned, np.eye(3))


def _elements_and_covariance(
    states: UncertainStates, axes: Floats, radius_km: Floats
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    position = np.einsum("nij,nj->ni", axes, states.position_km)
    velocity = np.einsum("nij,nj->ni", axes, states.velocity_km_s)
    elements = equinoctial_elements(position, velocity)
    mended = repaired_state_covariance(states.covariance, 1.0 / elements[:, 0], radius_km)
    turn = np.zeros((len(axes), 6, 6))
    turn[:, :3, :3] = turn[:, 3:, 3:] = axes
    jacobian = equinoctial_jacobian(elements, 0.0)
    known = np.all(np.isfinite(jacobian), axis=(-2, -1))
    jacobian = np.where(known[:, None, None], jacobian, np.eye(6))
    # From states to elements: the inverse of the Jacobian on both sides.
    inverse = np.linalg.inv(jacobian) @ turn
    covariance = inverse @ mended.covariance @ np.swapaxes(inverse, -1, -2)
    covariance = 0.5 * (covariance + np.swapaxes(covariance, -1, -2))
    return elements, np.where(known[:, None, None], covariance, np.nan), mended.repaired


def overlap(orbits: UncertainOrbits, t_s: Floats) -> Overlap:
    """Return the relative states at the peak overlap at moments of shape (n, m) after the states.

    The two orbits sought lie in one place at that moment and are together the most probable such
    pair. Gauss and Newton's iteration on both sets of elements; NaN where it does not converge
    within 1e-9 of a squared Mahalanobis distance or leaves the closed orbits.
    """
    count, moments = t_s.shape
    rows, flat = np.repeat(np.arange(count), moments), t_s.ravel()
    some = orbits.take(rows)
    floor = np.fmax(some.hard_body_radius_km, LEAST_RADIUS_KM)
    one, two = some.elements_1.copy(), some.elements_2.copy()
    result = [np.full((len(flat), *tail), np.nan) for tail in ((6,), (6, 6), (3, 3), ())]
    open_ = np.flatnonzero(np.isfinite(one + two).all(axis=-1) & np.isfinite(flat))
    for _ in range(_MOST_ITERATIONS):
        if len(open_) == 0:
            break
        here = some.take(open_)
        step = _linearised(here, one[open_], two[open_], flat[open_], floor[open_])
        one[open_], two[open_] = step.following_1, step.following_2
        done = step.apart_squared <= _TOGETHER
        for column, value in zip(result, step[:4], strict=True):
            column[open_[done]] = value[done]
        closed = _is_closed(step.following_1) & _is_closed(step.following_2)
        open_ = open_[~done & closed]
    state, covariance, inverse, log_determinant = (
        column.reshape(count, moments, *column.shape[1:]) for column in result
    )
    return Overlap(state[..., :3], state[..., 3:], covariance, inverse, log_determinant)


class _Step(NamedTuple):
    """What one iteration knows, and the elements it would go on with."""

    state: Floats
    covariance: Floats
    inverse_km2: Floats
    log_determinant: Floats
    apart_squared: Floats
    following_1: Floats
    following_2: Floats


def _linearised(
    orbits: UncertainOrbits, one: Floats, two: Floats, t_s: Floats, radius_km: Floats
) -> _Step:
    parts = []
    for elements, mean, covariance in (
        (one, orbits.elements_1, orbits.covariance_1),
        (two, orbits.elements_2, orbits.covariance_2),
    ):
        jacobian = equinoctial_jacobian(elements, t_s)
        there = np.concatenate(equinoctial_states(elements, t_s), axis=-1)
        spread = covariance @ np.swapaxes(jacobian, -1, -2)
        mean_there = there + np.einsum("nij,nj->ni", jacobian, mean - elements)
        parts.append((there, mean_there, spread, jacobian @ spread))
    (here_1, mean_1, spread_1, cov_1), (here_2, mean_2, spread_2, cov_2) = parts
    state, covariance = mean_2 - mean_1, cov_1 + cov_2
    inverse, log_determinant = clipped_inverse(covariance[:, :3, :3], radius_km)
    pull = np.einsum("nij,nj->ni", inverse, state[:, :3])
    apart = (here_2 - here_1)[:, :3]
    return _Step(
        state,
        covariance,
        inverse,
        log_determinant,
        np.einsum("ni,nij,nj->n", apart, inverse, apart),
        orbits.elements_1 + np.einsum("nij,nj->ni", spread_1[:, :, :3], pull),
        orbits.elements_2 - np.einsum("nij,nj->ni", spread_2[:, :, :3], pull),
    )


def clipped_inverse(covariance_km2: Floats, radius_km: Floats) -> tuple[Floats, Floats]:
    """Return inverses (n, 3, 3) and logarithms of determinants (n,), eigenvalues clipped.

    Raised to (1e-4 R)^2 as in `repaired_covariance`; radii above zero. NaN stays NaN.
    """
    known = np.all(np.isfinite(covariance_km2), axis=(-2, -1))
    values, vectors = np.linalg.eigh(np.where(known[:, None, None], covariance_km2, np.eye(3)))
    values, _ = clipped_eigenvalues(values, radius_km)
    values = np.where(known[:, None], values, np.nan)
    inverse = (vectors / values[:, None, :]) @ np.swapaxes(vectors, -1, -2)
    return inverse, np.sum(np.log(values), axis=-1)


def _is_closed(elements: Floats) -> npt.NDArray[np.bool_]:
    bound = np.hypot(elements[:, 1], elements[:, 2]) < _MOST_ECCENTRIC
    return np.asarray(bound & (elements[:, 0] > 0.0) & np.isfinite(elements).all(axis=-1))
