"""Collisions per second: how fast probability flows inward through the sphere of both bodies.

The relative position and velocity are normal at every moment; what counts is the flux through the
sphere of the hard-body radius, averaged over its surface with the spread of the velocity.
Source: Coppola 2012, Including Velocity Uncertainty in the Probability of Collision between Space
Objects, AAS 12-247, eq. 31 to 39; Hall 2021, J. Spacecraft Rockets 58(3), 715-728.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from hoshimori.numerics.collision_overlap import Overlap
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

_NEGLIGIBLE = 100.0
"""Places with a level so far above the lowest are e^-50 times as dense: left out."""


class SphereRule(NamedTuple):
    """Nodes on the unit sphere and their weights, which add up to 4 pi."""

    direction: Floats
    """Shape (k, 3)."""
    weight: Floats
    """Shape (k,)."""


class Flow(NamedTuple):
    """Flow of probability at the nodes of a sphere, shape (m, k) each."""

    level: Floats
    """Squared Mahalanobis distance there plus the logarithm of the determinant [ln km^6]."""
    inward_km_s: Floats
    """Mean speed inward, given that place; zero for what goes outward."""


def sphere_rule(rings: int) -> SphereRule:
    """Return a product rule of `rings` rings in each half of the sphere.

    Gauss and Legendre's rule in z, for each half by itself, so that a kink at the equator does no
    harm; 2 `rings` + 1 equal steps around. Exact for spherical harmonics of a degree up to
    2 `rings` - 1 and, between z = 0 and either pole, for their products with z.
    Source: Atkinson 1982, J. Austral. Math. Soc. B 23, 332-347 (product Gaussian quadrature).

    >>> rule = sphere_rule(4)
    >>> float(np.sum(rule.weight * np.abs(rule.direction[:, 2])) / np.pi).__round__(12)
    2.0
    """
    nodes, weights = np.polynomial.legendre.leggauss(rings)
    z = 0.5 * np.concatenate([nodes - 1.0, nodes + 1.0])
    around = np.arange(2 * rings + 1) * (2.0 * np.pi / (2 * rings + 1))
    flat = np.sqrt(1.0 - z**2)[:, None]
    direction = np.stack(
        np.broadcast_arrays(flat * np.cos(around), flat * np.sin(around), z[:, None]), axis=-1
    )
    weight = np.tile(0.5 * weights, 2)[:, None] * np.full(len(around), around[1])
    return SphereRule(direction.reshape(-1, 3), weight.ravel())


def collision_rate(meeting: Overlap, hard_body_radius_km: float, rings: int) -> Floats:
    """Return the expected collisions per second at the moments of one encounter, shape (m,).

    `meeting` holds its m moments, shape (m, ...). Zero where it has no relative state. Memory does
    not grow with the rings.
    """
    rule = sphere_rule(rings)
    terms = _flow_terms(meeting, _axes_along(_together_km_s(meeting)))
    return _rates(*terms, meeting.log_determinant, *rule, hard_body_radius_km)


def surface_flow(
    meeting: Overlap, hard_body_radius_km: float, rule: SphereRule, moment: int
) -> Flow:
    """Return the flow in the same directions at all moments, the pole along the velocity of one."""
    shape = (len(meeting.log_determinant), len(rule.weight))
    flow = Flow(np.empty(shape), np.empty(shape))
    axes = _axes_along(_together_km_s(meeting))[moment]
    terms = _flow_terms(meeting, np.broadcast_to(axes, (shape[0], 3, 3)))
    _fill_flow(*terms, meeting.log_determinant, rule.direction, hard_body_radius_km, *flow)
    return flow


def _together_km_s(meeting: Overlap) -> Floats:
    """Return the mean relative velocity given that both objects are in one place, (m, 3)."""
    regression = meeting.covariance[:, 3:, :3] @ meeting.inverse_km2
    drawn = np.einsum("mij,mj->mi", regression, meeting.position_km)
    return np.asarray(meeting.velocity_km_s - drawn)


def _flow_terms(meeting: Overlap, axes: Floats) -> tuple[Floats, ...]:
    """Return what the flow needs, in the axes given as rows, shape (m, 3, 3).

    The relative position, the velocity given that the objects are in one place, how the velocity
    depends on the place, the covariance of what does not, and the inverse covariance of position.
    """
    cross, inverse = meeting.covariance[:, 3:, :3], meeting.inverse_km2
    regression = cross @ inverse
    spread = meeting.covariance[:, 3:, 3:] - regression @ np.swapaxes(cross, -1, -2)
    back = np.swapaxes(axes, -1, -2)
    position, velocity = (
        np.einsum("mij,mj->mi", axes, x) for x in (meeting.position_km, _together_km_s(meeting))
    )
    matrices = (np.ascontiguousarray(axes @ x @ back) for x in (regression, spread, inverse))
    return position, velocity, *matrices


def _axes_along(vector: Floats) -> Floats:
    """Return axes as rows, the last along each vector, shape (m, 3, 3)."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    pole = np.where(length > 0.0, vector / np.where(length > 0.0, length, 1.0), np.eye(3)[2])
    least = np.eye(3)[np.argmin(np.abs(pole), axis=-1)]
    across = np.cross(pole, least)
    across /= np.linalg.norm(across, axis=-1, keepdims=True)
    return np.stack([across, np.cross(pole, across), pole], axis=-2)


@kernel
def _rates(
    position: Floats,
    velocity: Floats,
    regression: Floats,
    spread: Floats,
    inverse: Floats,
    log_determinant: Floats,
    direction: Floats,
    weight: Floats,
    radius: float,
) -> Floats:
    rates = np.zeros(len(position))
    for m in range(len(position)):
        if not np.isfinite(log_determinant[m]):
            continue
        lowest = np.inf
        for k in range(len(weight)):
            d = direction[k]
            level = _level(position[m], inverse[m], d, radius) + log_determinant[m]
            lowest = min(lowest, level)
            if level < lowest + _NEGLIGIBLE:
                inward = _inward(velocity[m], regression[m], spread[m], d, radius)
                rates[m] += weight[k] * inward * math.exp(-0.5 * level)
        rates[m] *= radius**2 / (2.0 * math.pi) ** 1.5
    return rates


@kernel
def _fill_flow(
    position: Floats,
    velocity: Floats,
    regression: Floats,
    spread: Floats,
    inverse: Floats,
    log_determinant: Floats,
    direction: Floats,
    radius: float,
    levels: Floats,
    speeds: Floats,
) -> None:
    for m in range(len(position)):
        for k in range(len(direction)):
            d = direction[k]
            levels[m, k] = _level(position[m], inverse[m], d, radius) + log_determinant[m]
            speeds[m, k] = _inward(velocity[m], regression[m], spread[m], d, radius)


@kernel
def _level(position: Floats, inverse: Floats, direction: Floats, radius: float) -> float:
    """Return the squared Mahalanobis distance of a point of the sphere."""
    x = radius * direction[0] - position[0]
    y = radius * direction[1] - position[1]
    z = radius * direction[2] - position[2]
    own = inverse[0, 0] * x * x + inverse[1, 1] * y * y + inverse[2, 2] * z * z
    return own + 2.0 * (inverse[0, 1] * x * y + inverse[0, 2] * x * z + inverse[1, 2] * y * z)


@kernel
def _inward(
    velocity: Floats, regression: Floats, spread: Floats, direction: Floats, radius: float
) -> float:
    """Return the mean speed inward at a point of the sphere.

    With the speed outward normal of mean u and deviation s, the mean of what goes inward is
    s (exp(-x^2) - sqrt(pi) x erfc(x)) / sqrt(2 pi), x = u / (s sqrt(2)).
    Source: Coppola 2012, AAS 12-247, eq. 36 to 39.
    """
    outward, variance = 0.0, 0.0
    for i in range(3):
        outward += direction[i] * velocity[i]
        for j in range(3):
            both = direction[i] * direction[j]
            outward += radius * both * regression[i, j]
            variance += both * spread[i, j]
    if variance <= 0.0:
        return max(-outward, 0.0)
    deviation = math.sqrt(variance)
    x = outward / (deviation * math.sqrt(2.0))
    mean = math.exp(-x * x) - math.sqrt(math.pi) * x * math.erfc(x)
    return max(deviation * mean / math.sqrt(2.0 * math.pi), 0.0)
