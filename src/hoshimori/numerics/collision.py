"""Probability of collision of fast encounters, in the plane across the relative velocity.

While two objects pass, their motion is taken as a straight line and their velocities as known, so
that only the *encounter plane* matters: there the miss is a normal distribution, and what of it
lies in the disc of the combined *hard-body radius* is the probability (Foster & Estes 1992, NASA
JSC-25898). Slow encounters break these assumptions and the number can be wrong by many orders of
magnitude: ask `collision_usage` before trusting it. Whether a small number means anything is for
`collision_maximum` to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.special import erfc, gammainc, gammaln

from hoshimori.numerics.collision_covariance import clipped_eigenvalues
from hoshimori.numerics.elements import Floats

_FEWEST_INTERVALS = 64
_MOST_INTERVALS = 2**14
_CONVERGED = 1e-9
"""Relative change on doubling the nodes; the error left is smaller still."""
_TAIL = 40.0
"""What is e^-40 times less dense than the densest point of the disc is left out."""
_BISECTIONS = 48
_CERTAIN_SIGMAS = 40.0
"""Further than this from the edge of a round disc nothing is left that doubles can hold."""
_MOST_TERMS = 4096
_ROWS_TIMES_NODES = 2**19
"""Bounds the memory of a quadrature to a few tens of megabytes."""

_Rule = Callable[["EncounterPlane", int], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class EncounterPlane:
    """Encounters seen along the relative velocity, axes along those of the error ellipse.

    All of shape (n,). Without relative velocity there is no such plane: the row is NaN.
    """

    miss_major_km: Floats
    """Miss along the longer axis, taken positive; the other axis likewise."""
    miss_minor_km: Floats
    sigma_major_km: Floats
    sigma_minor_km: Floats
    hard_body_radius_km: Floats
    """Of both objects together."""
    repaired: npt.NDArray[np.bool_]
    """Whether the covariance in the plane was not positive definite and was clipped."""

    def __len__(self) -> int:
        return len(self.miss_major_km)

    @property
    def miss_km(self) -> Floats:
        """Distance at closest approach of the straight lines."""
        return np.hypot(self.miss_major_km, self.miss_minor_km)

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Self:
        """Return the chosen rows in the order given."""
        return type(self)(*(getattr(self, field.name)[rows] for field in fields(self)))


def encounter_plane(
    relative_position_km: Floats,
    relative_velocity_km_s: Floats,
    covariance_km2: Floats,
    hard_body_radius_km: Floats | float,
) -> EncounterPlane:
    """Return encounters projected along their relative velocity.

    Relative states of shape (n, 3) at or near closest approach and the sum of both covariances of
    position (n, 3, 3), in one inertial frame; radii of shape (n,) or one for all. A projected
    covariance that is not positive definite is repaired as in `repaired_covariance` and marked.
    Raises ValueError for a radius that is negative or not a number.
    Source: Foster & Estes 1992, NASA JSC-25898; Alfano 2009, AAS 09-369.
    """
    radius_km = np.broadcast_to(
        np.asarray(hard_body_radius_km, dtype=np.float64), relative_position_km.shape[:-1]
    )
    if not np.all(radius_km >= 0.0):
        raise ValueError("a hard-body radius is a length in km, zero or more")
    across = _across(relative_velocity_km_s)
    projected = across @ covariance_km2 @ np.swapaxes(across, -1, -2)
    known = np.asarray(np.all(np.isfinite(projected), axis=(-2, -1)))
    variance, axes = np.linalg.eigh(np.where(known[:, None, None], projected, np.eye(2)))
    # Without a radius, or with an unlimited one, there is nothing to clip against.
    variance, repaired = clipped_eigenvalues(
        variance, np.where(np.isfinite(radius_km), radius_km, 0)
    )
    miss = np.einsum("nij,njk,nk->ni", np.swapaxes(axes, -1, -2), across, relative_position_km)
    sigma = np.sqrt(np.where(known[:, None], variance, np.nan))
    return EncounterPlane(
        miss_major_km=np.abs(miss[:, 1]),
        miss_minor_km=np.abs(miss[:, 0]),
        sigma_major_km=sigma[:, 1],
        sigma_minor_km=sigma[:, 0],
        hard_body_radius_km=radius_km,
        repaired=repaired & known,
    )


def _across(velocity: Floats) -> Floats:
    """Return two unit vectors across each velocity, as rows, shape (n, 2, 3); NaN without one."""
    least = np.eye(3)[np.argmin(np.abs(velocity), axis=-1)]
    with np.errstate(invalid="ignore"):
        along = velocity / np.linalg.norm(velocity, axis=-1, keepdims=True)
    first = np.cross(along, least)
    first /= np.linalg.norm(first, axis=-1, keepdims=True)
    return np.stack([first, np.cross(along, first)], axis=-2)


def collision_probability(plane: EncounterPlane) -> Floats:
    """Return the probability that the miss is within the hard-body radius, shape (n,).

    Good to 1e-6 relative or better for every shape of the error ellipse and every size of the
    radius, down to about 1e-290; zero below. NaN where there is no plane.
    Source: Foster & Estes 1992 in the form of Hall et al. 2023, J. Astronaut. Sci. 70, eq. 4, by
    Gauss-Chebyshev quadrature (Elrod 2019). Here the quadrature runs along the shorter axis of the
    ellipse, so that no edge of the disc is sharper than its nodes are close.

    >>> head_on = encounter_plane(
    ...     np.array([[0.0, 0.0, 0.0]]), np.array([[0.0, 0.0, 10.0]]), np.eye(3)[None], 0.1
    ... )
    >>> bool(np.isclose(collision_probability(head_on)[0], 1.0 - np.exp(-0.005)))
    True
    """
    return _by_doubling(plane, _disc)


def square_probability(plane: EncounterPlane) -> Floats:
    """Return the probability that the miss is in a square around the disc, shape (n,).

    Its sides are twice the hard-body radius and lie along and across the miss. Never below
    `collision_probability`; for a square of the disc's area give sqrt(pi)/2 times the radius.
    Good to 1e-6 relative for probabilities above 1e-30. NaN where there is no plane.
    Source: Foster & Estes 1992, NASA JSC-25898 (square cross-section).
    """
    return _by_doubling(plane, _square)


def chan_probability(plane: EncounterPlane) -> Floats:
    """Return the probability by Chan's series, shape (n,): exact for round error ellipses.

    Others are replaced by round ones of the same area at the same Mahalanobis distance. That is
    close while the radius is small against both axes, not otherwise. NaN where there is no plane
    and where the series is too long: radius and miss both beyond some 70 sigma.
    Source: Chan 1997, AAS 97-173; Chan 2008, Spacecraft Collision Probability, eq. 4.8.
    """
    pc = np.full(len(plane), np.nan)
    decided = _decided(plane, pc)
    some = plane.take(~decided)
    u = some.hard_body_radius_km**2 / (some.sigma_major_km * some.sigma_minor_km)
    v = mahalanobis_squared(some)
    far = np.sqrt(u) - np.sqrt(v)
    pc[~decided] = np.select([far > _CERTAIN_SIGMAS, far < -_CERTAIN_SIGMAS], [1.0, 0.0], np.nan)
    terms = np.minimum(0.5 * np.sqrt(u * v) + 12.0 * (u * v) ** 0.25, v / 2.0 + 12.0 * np.sqrt(v))
    summed = (np.abs(far) <= _CERTAIN_SIGMAS) & (terms < _MOST_TERMS)
    rows = np.flatnonzero(~decided)[summed]
    pc[rows] = _chan_series(u[summed], v[summed], int(np.max(terms[summed], initial=0.0)) + 40)
    return pc


def _chan_series(u: Floats, v: Floats, terms: int) -> Floats:
    total = np.zeros_like(u)
    log_half_v = np.log(np.maximum(v, np.finfo(np.float64).tiny) / 2.0)
    for m in range(terms):
        weight = np.exp(m * log_half_v - v / 2.0 - gammaln(m + 1.0))
        total += weight * gammainc(m + 1.0, u / 2.0)
    return np.asarray(np.minimum(total, 1.0))


def mahalanobis_squared(plane: EncounterPlane) -> Floats:
    """Return the squared distance of the miss from zero in units of its error, shape (n,)."""
    major = plane.miss_major_km / plane.sigma_major_km
    return np.asarray(major**2 + (plane.miss_minor_km / plane.sigma_minor_km) ** 2)


def _decided(plane: EncounterPlane, pc: Floats) -> npt.NDArray[np.bool_]:
    """Fill in what needs no quadrature and return which rows that were."""
    unknown = ~np.isfinite(plane.sigma_minor_km + plane.miss_km)
    nothing = (plane.hard_body_radius_km == 0.0) & ~unknown
    everything = np.isinf(plane.hard_body_radius_km) & ~unknown
    pc[nothing], pc[everything] = 0.0, 1.0
    return np.asarray(unknown | nothing | everything)


def _by_doubling(plane: EncounterPlane, rule: _Rule) -> Floats:
    """Apply a quadrature with ever more nodes to the rows whose value still moves."""
    pc = np.full(len(plane), np.nan)
    rows = np.flatnonzero(~_decided(plane, pc))
    pc[rows] = _in_blocks(plane.take(rows), rule, _FEWEST_INTERVALS // 2)
    intervals = _FEWEST_INTERVALS
    while len(rows) and intervals <= _MOST_INTERVALS:
        before, pc[rows] = pc[rows], _in_blocks(plane.take(rows), rule, intervals)
        rows = rows[np.abs(pc[rows] - before) > _CONVERGED * pc[rows]]
        intervals *= 2
    return np.asarray(np.clip(pc, 0.0, 1.0))


def _in_blocks(plane: EncounterPlane, rule: _Rule, intervals: int) -> Floats:
    block = max(1, _ROWS_TIMES_NODES // intervals)
    starts = range(0, len(plane), block)
    every = np.arange(len(plane))
    parts = [rule(plane.take(every[start : start + block]), intervals) for start in starts]
    return np.concatenate([np.empty(0), *parts])


def _disc(plane: EncounterPlane, intervals: int) -> Floats:
    """Gauss-Chebyshev rule of the second kind over the part of the disc that matters."""
    radius = plane.hard_body_radius_km[:, None]
    low, high = (end[:, None] for end in _strip(plane))
    half_angle = np.arange(1, intervals) * (np.pi / (2 * intervals))
    above, below = (high - low) * np.sin(half_angle) ** 2, (high - low) * np.cos(half_angle) ** 2
    chord = np.sqrt((radius - high + above) * (radius + low + below))
    scale = np.sqrt(2.0) * plane.sigma_major_km[:, None]
    miss = plane.miss_major_km[:, None]
    inside = 0.5 * (erfc((miss - chord) / scale) - erfc((miss + chord) / scale))
    sigma = plane.sigma_minor_km[:, None]
    density = np.exp(-0.5 * ((low + below - plane.miss_minor_km[:, None]) / sigma) ** 2)
    sums = np.sum(inside * density * np.sin(2.0 * half_angle), axis=1)
    step = (high - low)[:, 0] * np.pi / (2 * intervals)
    return np.asarray(sums * step / (np.sqrt(2.0 * np.pi) * plane.sigma_minor_km))


def _strip(plane: EncounterPlane) -> tuple[Floats, Floats]:
    """Return between which ordinates (along the shorter axis) the disc holds all that matters.

    The least Mahalanobis distance of the chord at an ordinate is a convex function of it; so its
    minimum is where its slope changes sign and what lies below a level is one interval.
    """
    radius = plane.hard_body_radius_km
    peak = _bisected(lambda y: _slope(plane, y) < 0.0, np.zeros_like(radius), radius)
    level = _chord_distance_squared(plane, peak) + 2.0 * _TAIL
    low = _bisected(lambda y: _chord_distance_squared(plane, y) > level, -radius, peak)
    high = _bisected(lambda y: _chord_distance_squared(plane, y) <= level, peak, radius)
    return (
        np.where(_chord_distance_squared(plane, -radius) <= level, -radius, low),
        np.where(_chord_distance_squared(plane, radius) <= level, radius, high),
    )


def _chord_distance_squared(plane: EncounterPlane, y: Floats) -> Floats:
    beyond = np.maximum(plane.miss_major_km - _half_chord(plane, y), 0.0)
    minor = (y - plane.miss_minor_km) / plane.sigma_minor_km
    return np.asarray(minor**2 + (beyond / plane.sigma_major_km) ** 2)


def _slope(plane: EncounterPlane, y: Floats) -> Floats:
    chord = _half_chord(plane, y)
    beyond = np.maximum(plane.miss_major_km - chord, 0.0)
    minor = (y - plane.miss_minor_km) / plane.sigma_minor_km**2
    return np.asarray(minor * chord + beyond / plane.sigma_major_km**2 * y)


def _half_chord(plane: EncounterPlane, y: Floats) -> Floats:
    radius = plane.hard_body_radius_km
    return np.sqrt(np.maximum((radius - y) * (radius + y), 0.0))


def _bisected(
    is_before: Callable[[Floats], npt.NDArray[np.bool_]], low: Floats, high: Floats
) -> Floats:
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        before = is_before(middle)
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return np.asarray(0.5 * (low + high))


def _square(plane: EncounterPlane, intervals: int) -> Floats:
    """Gauss-Legendre panels along the miss; across it the conditional distribution."""
    radius = plane.hard_body_radius_km
    sigma_along, regression, sigma_across = (column[:, None] for column in _turned(plane))
    reach = np.sqrt(2.0 * _TAIL) * sigma_along[:, 0]
    low = np.maximum(-radius, np.minimum(plane.miss_km, radius) - reach)
    high = np.minimum(radius, plane.miss_km + reach)
    nodes, weights = np.polynomial.legendre.leggauss(16)
    panels = intervals // 16
    share = (np.arange(panels)[:, None] + 0.5 * (nodes + 1.0)).ravel() / panels
    along = low[:, None] + (high - low)[:, None] * share - plane.miss_km[:, None]
    # The distribution is even: with its mean taken positive, erfc keeps its figures in the tail.
    mean, scale = np.abs(regression * along), np.sqrt(2.0) * sigma_across
    inside = erfc((mean - radius[:, None]) / scale) - erfc((mean + radius[:, None]) / scale)
    density = np.exp(-0.5 * (along / sigma_along) ** 2) / (np.sqrt(2.0 * np.pi) * sigma_along)
    sums = np.sum(0.5 * inside * density * np.tile(weights, panels), axis=1)
    return np.asarray(sums * (high - low) / (2 * panels))


def _turned(plane: EncounterPlane) -> tuple[Floats, Floats, Floats]:
    """Return sigma along the miss, regression of across on along, and sigma across given along."""
    angle = np.arctan2(plane.miss_minor_km, plane.miss_major_km)
    major, minor = plane.sigma_major_km**2, plane.sigma_minor_km**2
    along = major * np.cos(angle) ** 2 + minor * np.sin(angle) ** 2
    regression = (minor - major) * np.sin(angle) * np.cos(angle) / along
    across = plane.sigma_major_km * plane.sigma_minor_km / np.sqrt(along)
    return np.sqrt(along), regression, across
