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
    """Shape (3, k)."""
    weight: Floats
    """Shape (k,)."""


class Flow(NamedTuple):
    """Flow of probability at the nodes of a sphere, shape (m, k) each."""

    level: Floats
    """Squared Mahalanobis distance there plus the logarithm of the determinant [ln km^6]."""
    inward_km_s: Floats
    """Mean speed inward, given that place; zero for what goes outward."""


class FlowTerms(NamedTuple):
    """What the flow needs at m moments, in axes of its own."""

    position: Floats
    """Relative, shape (m, 3) [km]."""
    velocity: Floats
    """Relative, given that the objects are in one place, shape (m, 3) [km/s]."""
    regression: Floats
    """How the velocity depends on the place, shape (m, 3, 3) [1/s]."""
    spread: Floats
    """Covariance of the velocity given the place, shape (m, 3, 3) [km^2/s^2]."""
    inverse: Floats
    """Of the covariance of position, shape (m, 3, 3) [1/km^2]."""
    log_determinant: Floats
    """Of the same covariance, shape (m,) [ln km^6]."""


def sphere_rule(rings: int) -> SphereRule:
    """Return a product rule of `rings` rings in each half of the sphere.

    Gauss and Legendre's rule in z, for each half by itself, so that a kink at the equator does no
    harm; 2 `rings` + 1 equal steps around. Exact for spherical harmonics of a degree up to
    2 `rings` - 1 and, between z = 0 and either pole, for their products with z.
    Source: Atkinson 1982, J. Austral. Math. Soc. B 23, 332-347 (product Gaussian quadrature).

    >>> rule = sphere_rule(4)
    >>> float(np.sum(rule.weight * np.abs(rule.direction[2])) / np.pi).__round__(12)
    2.0
    """
    nodes, weights = np.polynomial.legendre.leggauss(rings)
    z = 0.5 * np.concatenate([nodes - 1.0, nodes + 1.0])
    around = np.arange(2 * rings + 1) * (2.0 * np.pi / (2 * rings + 1))
    flat = np.sqrt(1.0 - z**2)[:, None]
    direction = np.stack(
        np.broadcast_arrays(flat * np.cos(around), flat * np.sin(around), z[:, None]), axis=0
    )
    weight = np.tile(0.5 * weights, 2)[:, None] * np.full(len(around), around[1])
    return SphereRule(direction.reshape(3, -1), weight.ravel())


def collision_rate(meeting: Overlap, hard_body_radius_km: float, rings: int) -> Floats:
    """Return the expected collisions per second at the moments of one encounter, shape (m,).

    `meeting` holds its m moments, shape (m, ...). Zero where it has no relative state. Memory does
    not grow with the rings.
    """
    rule = sphere_rule(rings)
    terms = _flow_terms(meeting, _axes_along(velocity_together_km_s(meeting)))
    return _rates(terms, rule.direction, rule.weight, hard_body_radius_km)


def surface_flow(
    meeting: Overlap, hard_body_radius_km: float, rule: SphereRule, moment: int
) -> Flow:
    """Return the flow in the same directions at all moments, the pole along the velocity of one."""
    shape = (len(meeting.log_determinant), len(rule.weight))
    flow = Flow(np.empty(shape), np.empty(shape))
    axes = _axes_along(velocity_together_km_s(meeting))[moment]
    terms = _flow_terms(meeting, np.broadcast_to(axes, (shape[0], 3, 3)))
    _fill_flow(terms, rule.direction, hard_body_radius_km, flow.level, flow.inward_km_s)
    return flow


def velocity_together_km_s(meeting: Overlap) -> Floats:
    """Return the mean relative velocity given that both objects are in one place, (m, 3)."""
    regression = meeting.covariance[:, 3:, :3] @ meeting.inverse_km2
    drawn = np.einsum("mij,mj->mi", regression, meeting.position_km)
    return np.asarray(meeting.velocity_km_s - drawn)


def _flow_terms(meeting: Overlap, axes: Floats) -> FlowTerms:
    """Return the terms in the axes given as rows, shape (m, 3, 3)."""
    cross, inverse = meeting.covariance[:, 3:, :3], meeting.inverse_km2
    regression = cross @ inverse
    spread = meeting.covariance[:, 3:, 3:] - regression @ np.swapaxes(cross, -1, -2)
    back = np.swapaxes(axes, -1, -2)
    return FlowTerms(
        position=np.einsum("mij,mj->mi", axes, meeting.position_km),
        velocity=np.einsum("mij,mj->mi", axes, velocity_together_km_s(meeting)),
        regression=np.ascontiguousarray(axes @ regression @ back),
        spread=np.ascontiguousarray(axes @ spread @ back),
        inverse=np.ascontiguousarray(axes @ inverse @ back),
        log_determinant=np.ascontiguousarray(meeting.log_determinant),
    )


def _axes_along(vector: Floats) -> Floats:
    """Return axes as rows, the last along each vector, shape (m, 3, 3)."""
    length = np.linalg.norm(vector, axis=-1, keepdims=True)
    pole = np.where(length > 0.0, vector / np.where(length > 0.0, length, 1.0), np.eye(3)[2])
    least = np.eye(3)[np.argmin(np.abs(pole), axis=-1)]
    across = np.cross(pole, least)
    across /= np.linalg.norm(across, axis=-1, keepdims=True)
    return np.stack([across, np.cross(pole, across), pole], axis=-2)


@kernel
def _rates(terms: FlowTerms, direction: Floats, weight: Floats, radius: float) -> Floats:
    rates = np.zeros(len(terms.position))
    levels = np.empty(len(weight))
    for m in range(len(terms.position)):
        if not np.isfinite(terms.log_determinant[m]):
            continue
        _fill_levels(terms, m, direction, radius, levels)
        negligible = np.min(levels) + _NEGLIGIBLE
        for k in range(len(weight)):
            if levels[k] < negligible:
                inward = _inward(terms, m, direction, k, radius)
                rates[m] += weight[k] * inward * math.exp(-0.5 * levels[k])
        rates[m] *= radius**2 / (2.0 * math.pi) ** 1.5
    return rates


@kernel
def _fill_flow(
    terms: FlowTerms, direction: Floats, radius: float, levels: Floats, speeds: Floats
) -> None:
    for m in range(len(levels)):
        _fill_levels(terms, m, direction, radius, levels[m])
        for k in range(levels.shape[1]):
            speeds[m, k] = _inward(terms, m, direction, k, radius)


@kernel
def _fill_levels(
    terms: FlowTerms, m: int, direction: Floats, radius: float, levels: Floats
) -> None:
    """Write the squared Mahalanobis distance plus the logarithm of the determinant at all nodes."""
    px, py, pz = terms.position[m]
    inverse = terms.inverse[m]
    xx, yy, zz = inverse[0, 0], inverse[1, 1], inverse[2, 2]
    xy, xz, yz = 2.0 * inverse[0, 1], 2.0 * inverse[0, 2], 2.0 * inverse[1, 2]
    least = terms.log_determinant[m]
    # Without branches and calls, so that the compiler uses vector instructions.
    for k in range(len(levels)):
        x, y, z = (
            radius * direction[0, k] - px,
            radius * direction[1, k] - py,
            radius * direction[2, k] - pz,
        )
        levels[k] = least + x * (xx * x + xy * y + xz * z) + y * (yy * y + yz * z) + zz * z * z


@kernel
def _inward(terms: FlowTerms, m: int, direction: Floats, k: int, radius: float) -> float:
    """Return the mean speed inward at a point of the sphere.

    With the speed outward normal of mean u and deviation s, the mean of what goes inward is
    s (exp(-x^2) - sqrt(pi) x erfc(x)) / sqrt(2 pi), x = u / (s sqrt(2)).
    Source: Coppola 2012, AAS 12-247, eq. 36 to 39.
    """
    outward, variance = 0.0, 0.0
    for i in range(3):
        outward += direction[i, k] * terms.velocity[m, i]
        for j in range(3):
            both = direction[i, k] * direction[j, k]
            outward += radius * both * terms.regression[m, i, j]
            variance += both * terms.spread[m, i, j]
    if variance <= 0.0:
        return float(max(-outward, 0.0))
    deviation = math.sqrt(variance)
    x = outward / (deviation * math.sqrt(2.0))
    mean = math.exp(-x * x) - math.sqrt(math.pi) * x * math.erfc(x)
    return float(max(deviation * mean / math.sqrt(2.0 * math.pi), 0.0))
