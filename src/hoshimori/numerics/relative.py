"""Motion of one object relative to another: tracks in RTN, relative elements, planes and drift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import SECONDS_PER_DAY, WGS72_MU_KM3_S2
from hoshimori.numerics.covariance_classes import ErrorGrowth
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import rtn_basis, to_rtn
from hoshimori.numerics.sgp4 import Satellites, propagate
from hoshimori.numerics.uncertainty import (
    covariance_teme_km2,
    range_sigma_km,
)

_PLANE_INSTANTS = 5
_PLANE_MARGIN_RAD = np.radians(0.5)
"""For what the planes turn against each other between the instants."""


@dataclass(frozen=True, slots=True, eq=False)
class RelativeOrbitalElements:
    """Differences of orbital elements, second minus first, dimensionless or in radians.

    Times the first object's semi-major axis they are lengths: `da` the radial offset, `dlambda` the
    mean in-track offset, `de` the in-plane ellipse, `di` the cross-track amplitude.
    """

    da: Floats
    dlambda_rad: Floats
    dex: Floats
    dey: Floats
    dix_rad: Floats
    diy_rad: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PairMotion:
    """The second object of a pair relative to the first at *m* moments, and how sure that is."""

    track_rtn_km: Floats
    """Shape (m, 3), in the first object's RTN frame."""
    arc_km: Floats
    """In-track separation along the orbit, positive ahead."""
    plane_angle_rad: Floats
    motion_rad_s: float
    """Median mean motion of the first object."""
    sigma_km: Floats
    """Expected one-sigma error of the range, from the age of both element sets."""

    @property
    def range_km(self) -> Floats:
        """Distance between the objects."""
        return np.asarray(np.linalg.norm(self.track_rtn_km, axis=1))


def pair_motion(
    pair: Satellites, errors: ErrorGrowth, t0_utc: np.datetime64, t_s: Floats
) -> PairMotion:
    """Return the relative motion of a pair (two rows) at `t0_utc + t_s`; NaN without states.

    `errors` tell how the errors of both grow.
    """
    states = propagate(pair, t0_utc, t_s)
    (r1, r2), (v1, v2) = states.position_teme_km, states.velocity_teme_km_s
    track = relative_track_rtn_km(r1, v1, r2)
    return PairMotion(
        track_rtn_km=track,
        arc_km=in_track_arc_km(r1, track),
        plane_angle_rad=orbit_plane_angle_rad(r1, v1, r2, v2),
        motion_rad_s=float(np.nanmedian(mean_motion_rad_s(r1, v1))),
        sigma_km=_range_sigma_km(pair, errors, t0_utc, t_s, ((r1, v1), (r2, v2))),
    )


def _range_sigma_km(
    pair: Satellites,
    errors: ErrorGrowth,
    t0_utc: np.datetime64,
    t_s: Floats,
    states: tuple[tuple[Floats, Floats], ...],
) -> Floats:
    covariance = np.zeros((len(t_s), 3, 3))
    for k, (position, velocity) in enumerate(states):
        age_days = (t0_utc - pair.epoch_utc[k]) / np.timedelta64(1, "D") + t_s / SECONDS_PER_DAY
        sigma = errors.take(np.full(len(t_s), k)).sigma_rtn_km(age_days)
        covariance += covariance_teme_km2(position, velocity, sigma)
    known = np.asarray(np.isfinite(covariance).all(axis=(1, 2)))
    return np.where(known, range_sigma_km(np.where(known[:, None, None], covariance, 0.0)), np.nan)


def rows_near_plane(
    satellites: Satellites,
    row: int,
    t0_utc: np.datetime64,
    duration_s: float,
    *,
    outer_km: float,
    shortest_s: float,
    widest_rad: float,
) -> npt.NDArray[np.int64]:
    """Return the rows whose orbits allow a stay of `shortest_s` within `outer_km` of object `row`.

    In planes at an angle g the objects part by r sin(g) sin(n t) across them, so they remain within
    a range only as long as sin(g) <= outer / (r sin(n t / 2)); r and n are taken where this is
    loosest, at perigee and apogee. Planes farther apart than `widest_rad` are left out in any case.
    They are compared at five instants of the window. The row itself is among the result, objects
    that cannot be propagated are not; nothing is where the row itself cannot be at `t0_utc`.
    """
    t_s = np.linspace(0.0, duration_s, _PLANE_INSTANTS)
    states = propagate(satellites, t0_utc, t_s)
    r, v = states.position_teme_km, states.velocity_teme_km_s
    if not np.isfinite(r[row, 0]).all():
        return np.empty(0, np.int64)
    own = np.full(len(satellites), row)
    angle = orbit_plane_angle_rad(r[own], v[own], r, v)
    axis, e, *_ = _kepler(r[row], v[row])
    momentum = np.linalg.norm(np.cross(r[row], v[row]), axis=-1)
    lowest, slowest = np.nanmin(axis * (1.0 - e)), np.nanmin(momentum / (axis * (1.0 + e)) ** 2)
    swing = np.sin(min(0.5 * slowest * shortest_s, 0.5 * np.pi))
    limit = min(np.arcsin(min(outer_km / (lowest * swing), 1.0)) + _PLANE_MARGIN_RAD, widest_rad)
    return np.flatnonzero((angle <= limit).any(axis=1))


def relative_track_rtn_km(
    position_1_km: Floats, velocity_1_km_s: Floats, position_2_km: Floats
) -> Floats:
    """Return where the second object is as seen from the first, in its RTN frame, shape (n, 3)."""
    return to_rtn(rtn_basis(position_1_km, velocity_1_km_s), position_2_km - position_1_km)


def in_track_arc_km(position_1_km: Floats, track_rtn_km: Floats) -> Floats:
    """Return in-track separations along the orbit's arc, positive ahead, shape (n,).

    Along the arc they stay true at any distance, where the straight in-track axis does not.
    """
    radius = np.linalg.norm(position_1_km, axis=-1)
    angle = np.arctan2(track_rtn_km[..., 1], radius + track_rtn_km[..., 0])
    return np.asarray(radius * angle)


def orbit_plane_angle_rad(
    position_1_km: Floats, velocity_1_km_s: Floats, position_2_km: Floats, velocity_2_km_s: Floats
) -> Floats:
    """Return angles between osculating orbit planes [rad], exact also for tiny angles."""
    normal_1 = np.cross(position_1_km, velocity_1_km_s)
    normal_2 = np.cross(position_2_km, velocity_2_km_s)
    sine = np.linalg.norm(np.cross(normal_1, normal_2), axis=-1)
    return np.asarray(np.arctan2(sine, np.sum(normal_1 * normal_2, axis=-1)))


def mean_motion_rad_s(position_km: Floats, velocity_km_s: Floats) -> Floats:
    """Return osculating mean motions [rad/s]; NaN where the orbit is not closed."""
    speed_2 = np.sum(velocity_km_s**2, axis=-1)
    inverse_axis = 2.0 / np.linalg.norm(position_km, axis=-1) - speed_2 / WGS72_MU_KM3_S2
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sqrt(WGS72_MU_KM3_S2 * inverse_axis**3))


def in_track_drift_km_day(t_s: Floats, arc_km: Floats, motion_rad_s: float) -> float:
    """Return the rate of the mean in-track separation [km/day], positive forward.

    A straight line and one harmonic of the orbit are fitted to the separation by least squares, so
    that eccentricity does not pass for drift. Needs samples over at least one revolution.
    Source: D'Amico 2010, Autonomous Formation Flying in LEO, eq. 2.16 to 2.18.
    """
    phase = motion_rad_s * (t_s - t_s[0])
    columns = np.stack([np.ones_like(t_s), t_s - t_s[0], np.cos(phase), np.sin(phase)], axis=1)
    fitted, *_ = np.linalg.lstsq(columns, arc_km)
    return float(fitted[1]) * SECONDS_PER_DAY


def relative_orbital_elements(
    position_1_km: Floats, velocity_1_km_s: Floats, position_2_km: Floats, velocity_2_km_s: Floats
) -> RelativeOrbitalElements:
    """Return osculating relative orbital elements, shape (n,) each; for near-circular orbits.

    Short-period terms cancel in the differences as far as the objects are near one another.
    Source: D'Amico 2010, Autonomous Formation Flying in LEO, eq. 2.2.
    """
    a1, e1, i1, node1, arg1, anomaly1 = _kepler(position_1_km, velocity_1_km_s)
    a2, e2, i2, node2, arg2, anomaly2 = _kepler(position_2_km, velocity_2_km_s)
    node = _wrapped(node2 - node1)
    latitude = _wrapped(arg2 + anomaly2 - arg1 - anomaly1)
    return RelativeOrbitalElements(
        da=(a2 - a1) / a1,
        dlambda_rad=latitude + node * np.cos(i1),
        dex=e2 * np.cos(arg2) - e1 * np.cos(arg1),
        dey=e2 * np.sin(arg2) - e1 * np.sin(arg1),
        dix_rad=i2 - i1,
        diy_rad=node * np.sin(i1),
    )


def _wrapped(angle_rad: Floats) -> Floats:
    return np.asarray((angle_rad + np.pi) % (2.0 * np.pi) - np.pi)


def _kepler(position_km: Floats, velocity_km_s: Floats) -> tuple[Floats, ...]:
    """Return a, e, i, node, argument of perigee and mean anomaly.

    Source: Vallado 2013, Fundamentals of Astrodynamics and Applications, algorithm 9.
    """
    mu = WGS72_MU_KM3_S2
    radius = np.linalg.norm(position_km, axis=-1)
    momentum = np.cross(position_km, velocity_km_s)
    axis = 1.0 / (2.0 / radius - np.sum(velocity_km_s**2, axis=-1) / mu)
    outward = np.sum(position_km * velocity_km_s, axis=-1)
    # Eccentric anomaly from e cos E = 1 - r / a and e sin E = r . v / sqrt(mu a).
    e_cos, e_sin = 1.0 - radius / axis, outward / np.sqrt(mu * axis)
    e = np.hypot(e_cos, e_sin)
    eccentric = np.arctan2(e_sin, e_cos)
    inclination = np.arctan2(np.hypot(momentum[..., 0], momentum[..., 1]), momentum[..., 2])
    node = np.arctan2(momentum[..., 0], -momentum[..., 1])
    toward_node = np.stack([np.cos(node), np.sin(node), np.zeros_like(node)], axis=-1)
    ahead = np.cross(momentum, toward_node) / np.linalg.norm(momentum, axis=-1, keepdims=True)
    latitude = np.arctan2(
        np.sum(position_km * ahead, axis=-1), np.sum(position_km * toward_node, axis=-1)
    )
    true = np.arctan2(np.sqrt(1.0 - e**2) * e_sin, e_cos - e**2)
    return axis, e, inclination, node, latitude - true, eccentric - e_sin
