"""Frames: TEME (of SGP4), GCRF, ITRF, RTN and geodetic places.

Vectors have shape (..., 3); moments broadcast against the axes before the last, so that states of
shape (objects, times, 3) go with moments of shape (times,).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.numerics.constants import (
    EARTH_ROTATION_RAD_S,
    SECONDS_PER_DAY,
    TWO_PI,
    WGS84_FLATTENING,
    WGS84_RADIUS_KM,
)
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.nutation import axis_rotation, true_equator
from hoshimori.numerics.time import J2000, centuries_since_j2000, utc_to_ut1

_MAS_RAD = np.pi / (180.0 * 3600.0 * 1000.0)
_FRAME_BIAS = (
    axis_rotation(np.array(6.8192 * _MAS_RAD), 1, 2)
    @ axis_rotation(np.array(-16.6170 * _MAS_RAD), 2, 0)
    @ axis_rotation(np.array(-14.6 * _MAS_RAD), 0, 1)
)
"""From GCRF to EME2000."""


@dataclass(frozen=True, slots=True, eq=False)
class EarthOrientation:
    """How the Earth stands, day by day, as IERS publishes it; ascending moments, shape (k,).

    Between the rows it is interpolated linearly (error below 0.1 ms and 1 mas for daily rows);
    a leap second shows as a step of UT1-UTC and is not interpolated over.
    """

    utc: Times
    ut1_minus_utc_s: Floats
    pole_x_rad: Floats
    pole_y_rad: Floats

    def at(self, utc: Times) -> EarthOrientation:
        """Return the orientation at each moment; CoverageError outside the rows."""
        if np.any(utc < self.utc[0]) or np.any(utc > self.utc[-1]):
            raise CoverageError(
                f"Earth orientation is known from {self.utc[0]} to {self.utc[-1]} UTC, but "
                f"{np.min(utc)} to {np.max(utc)} was asked: renew the table or ask within it"
            )
        known, asked = self.utc.astype(np.int64), np.asarray(utc, self.utc.dtype).astype(np.int64)
        leaps = np.append(0.0, np.cumsum(np.rint(np.diff(self.ut1_minus_utc_s))))
        row = np.searchsorted(known, asked, side="right") - 1
        smooth = np.interp(asked, known, self.ut1_minus_utc_s - leaps)
        return EarthOrientation(
            utc=np.asarray(utc),
            ut1_minus_utc_s=np.asarray(smooth + leaps[row]),
            pole_x_rad=np.asarray(np.interp(asked, known, self.pole_x_rad)),
            pole_y_rad=np.asarray(np.interp(asked, known, self.pole_y_rad)),
        )


def gmst82_rad(utc: Times, ut1_minus_utc_s: Floats | float = 0.0) -> Floats:
    """Return Greenwich mean sidereal time of 1982 [rad, 0 to 2 pi], the angle that TEME needs.

    Without UT1-UTC it is up to 0.9 s off: 0.004 degrees. Exact to 1e-10 rad otherwise.
    Source: Vallado et al. 2006, AIAA 2006-6753, eq. C-2; Aoki et al. 1982.
    """
    ut1 = utc_to_ut1(utc, ut1_minus_utc_s)
    t = centuries_since_j2000(ut1)
    turns = ((ut1 - J2000) % np.timedelta64(1, "D")) / np.timedelta64(1, "D")
    slow_s = 67310.54841 + t * (8640184.812866 + t * (0.093104 - t * 6.2e-6))
    return np.asarray(TWO_PI * (turns + slow_s / SECONDS_PER_DAY) % TWO_PI)


def teme_to_itrf(
    position_teme_km: Floats, velocity_teme_km_s: Floats, utc: Times, orientation: EarthOrientation
) -> tuple[Floats, Floats]:
    """Return positions [km] and velocities [km/s] in ITRF, relative to the turning Earth.

    Agrees with the published example within 1 cm and 0.1 mm/s. CoverageError outside `orientation`.
    Source: Vallado et al. 2006, AIAA 2006-6753, appendix C.
    """
    now = orientation.at(utc)
    turn = axis_rotation(gmst82_rad(utc, now.ut1_minus_utc_s), 0, 1)
    position = _rotated(turn, position_teme_km)
    velocity = _rotated(turn, velocity_teme_km_s) - _swept(position)
    pole = np.swapaxes(_polar_motion(now), -1, -2)
    return _rotated(pole, position), _rotated(pole, velocity)


def itrf_to_teme(
    position_itrf_km: Floats, velocity_itrf_km_s: Floats, utc: Times, orientation: EarthOrientation
) -> tuple[Floats, Floats]:
    """Return positions [km] and velocities [km/s] in TEME; the inverse of `teme_to_itrf`."""
    now = orientation.at(utc)
    pole = _polar_motion(now)
    position, velocity = _rotated(pole, position_itrf_km), _rotated(pole, velocity_itrf_km_s)
    turn_back = axis_rotation(-gmst82_rad(utc, now.ut1_minus_utc_s), 0, 1)
    return _rotated(turn_back, position), _rotated(turn_back, velocity + _swept(position))


def itrf_velocity_from_inertial(position_itrf_km: Floats, velocity_itrf_km_s: Floats) -> Floats:
    """Return velocities [km/s] as seen from the inertial frame that has ITRF's axes now.

    Polar motion aside (1e-6 of the Earth's rotation).
    """
    return velocity_itrf_km_s + _swept(position_itrf_km)


def teme_to_gcrf(vector_teme: Floats, utc: Times) -> Floats:
    """Return positions or velocities in GCRF (J2000 within 0.03 arc seconds).

    Accurate to 0.01 arc seconds (2 m in GEO) from 1990 to 2030: IAU 2006 precession, the 31
    largest terms of IAU 2000B nutation, no celestial pole offsets.
    Source: Vallado et al. 2006, AIAA 2006-6753, appendix C; IERS Conventions 2010, chapter 5.
    """
    apparent_rad, to_true_equator = true_equator(utc)
    turn = axis_rotation(gmst82_rad(utc) - apparent_rad, 0, 1)
    return _rotated(np.swapaxes(to_true_equator, -1, -2), _rotated(turn, vector_teme))


def gcrf_to_teme(vector_gcrf: Floats, utc: Times) -> Floats:
    """Return positions or velocities in TEME; the inverse of `teme_to_gcrf`."""
    apparent_rad, to_true_equator = true_equator(utc)
    turn = axis_rotation(apparent_rad - gmst82_rad(utc), 0, 1)
    return _rotated(turn, _rotated(to_true_equator, vector_gcrf))


def eme2000_to_gcrf(vector_eme2000: Floats) -> Floats:
    """Return positions or velocities in GCRF of those in EME2000 (mean equator of J2000).

    The two differ by 23 milliarcseconds: 0.8 m in low orbits, 5 m in GEO.
    Source: IERS Conventions 2010, section 5.4.4, eq. 5.33 (Chapront et al. 2002).
    """
    return _rotated(_FRAME_BIAS.T, vector_eme2000)


def tod_to_teme(vector_tod: Floats, utc: Times) -> Floats:
    """Return positions or velocities in TEME of those on true equator and equinox of date."""
    apparent_rad, _ = true_equator(utc)
    return _rotated(axis_rotation(apparent_rad - gmst82_rad(utc), 0, 1), vector_tod)


def rtn_basis(position_km: Floats, velocity_km_s: Floats) -> Floats:
    """Return the unit vectors radial, in-track, cross-track as rows, shape (..., 3, 3).

    In-track completes the triad: it is perpendicular to radial, not along the velocity. The frame
    is that of the vectors given. Undefined (NaN) for a velocity along the radius.
    Source: CCSDS 502.0-B-3, annex B ("RTN").
    """
    radial = position_km / np.linalg.norm(position_km, axis=-1, keepdims=True)
    momentum = np.cross(position_km, velocity_km_s)
    with np.errstate(invalid="ignore", divide="ignore"):
        cross = momentum / np.linalg.norm(momentum, axis=-1, keepdims=True)
    return np.stack([radial, np.cross(cross, radial), cross], axis=-2)


def to_rtn(basis: Floats, vector: Floats) -> Floats:
    """Return vectors by their radial, in-track and cross-track components.

    `basis` from `rtn_basis`; for the position of a second object give the difference of positions.
    """
    return _rotated(basis, vector)


def geodetic(position_itrf_km: Floats) -> tuple[Floats, Floats, Floats]:
    """Return geodetic latitude [rad], longitude [rad, east, -pi to pi] and height [km], WGS-84.

    Exact to 1e-9 rad and 1 cm from the ground to beyond GEO.
    Source: Bowring 1985, Survey Review 28, 202-206.
    """
    x, y, z = np.moveaxis(position_itrf_km, -1, 0)
    e2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)
    minor_km = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
    rho, radius = np.hypot(x, y), np.linalg.norm(position_itrf_km, axis=-1)
    bulge = 1.0 + e2 / (1.0 - e2) * minor_km / radius
    reduced = np.arctan2(minor_km * z * bulge, WGS84_RADIUS_KM * rho)
    latitude = np.arctan2(
        z + e2 / (1.0 - e2) * minor_km * np.sin(reduced) ** 3,
        rho - e2 * WGS84_RADIUS_KM * np.cos(reduced) ** 3,
    )
    sine = np.sin(latitude)
    height = rho * np.cos(latitude) + z * sine - WGS84_RADIUS_KM * np.sqrt(1.0 - e2 * sine**2)
    return latitude, np.arctan2(y, x), height


def _rotated(matrix: Floats, vector: Floats) -> Floats:
    return np.asarray(np.einsum("...ij,...j->...i", matrix, vector))


def _swept(position_km: Floats) -> Floats:
    """Return the velocity of the turning Earth at each position [km/s]."""
    x, y, z = np.moveaxis(position_km, -1, 0)
    return np.stack([-EARTH_ROTATION_RAD_S * y, EARTH_ROTATION_RAD_S * x, 0.0 * z], axis=-1)


def _polar_motion(now: EarthOrientation) -> Floats:
    """Return the matrices from ITRF to the axis of rotation. Source: AIAA 2006-6753, eq. C-4."""
    cx, sx = np.cos(now.pole_x_rad), np.sin(now.pole_x_rad)
    cy, sy = np.cos(now.pole_y_rad), np.sin(now.pole_y_rad)
    o = np.zeros_like(cx)
    rows = ((cx, o, -sx), (sx * sy, cy, cx * sy), (sx * cy, -sy, cx * cy))
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)
