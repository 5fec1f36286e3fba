"""Where satellites stand over the Earth, in sunlight, and as seen from one another.

Vectors have shape (..., 3) in one frame [km]; moments broadcast against the axes before the last.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import (
    ASTRONOMICAL_UNIT_KM,
    MINUTES_PER_DAY,
    SUN_RADIUS_KM,
    TWO_PI,
    WGS84_RADIUS_KM,
)
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.frames import gmst82_rad
from hoshimori.numerics.sgp4 import Satellites
from hoshimori.numerics.sgp4_deep import DMDT, DNODT, DOMDT, EARTH_RATE_RAD_MIN
from hoshimori.numerics.sgp4_near import ARGPDOT, MDOT, NODEDOT
from hoshimori.numerics.time import centuries_since_j2000


def signed_angle_rad(angle_rad: Floats) -> Floats:
    """Return angles wrapped to -pi (exclusive) to pi.

    >>> import numpy as np
    >>> np.degrees(signed_angle_rad(np.radians([190.0, -540.0, 30.0]))).round(6).tolist()
    [-170.0, 180.0, 30.0]
    """
    return np.asarray(np.pi - (np.pi - angle_rad) % TWO_PI)


def sub_satellite_longitude_rad(
    position_teme_km: Floats, utc: Times, ut1_minus_utc_s: Floats | float = 0.0
) -> Floats:
    """Return longitudes of the sub-satellite points [rad, east positive, -pi to pi].

    Without UT1-UTC accurate to 0.004 degrees; polar motion is left out (below 1e-4 degrees).
    Source: Vallado et al. 2006, AIAA 2006-6753, appendix C.
    """
    x, y, _ = np.moveaxis(position_teme_km, -1, 0)
    return signed_angle_rad(np.arctan2(y, x) - gmst82_rad(utc, ut1_minus_utc_s))


def mean_longitude_rad(elements: MeanElements) -> Floats:
    """Return mean longitudes over the Earth at the epochs [rad, east positive], shape (n,).

    For near-geosynchronous orbits: node + perigee + mean anomaly - GMST. The daily swing by
    eccentricity (2 e) and inclination is left out, as a slot is meant.
    Source: Soop 1994, Handbook of Geostationary Orbits, section 2.3.
    """
    angle = elements.raan_rad + elements.arg_of_perigee_rad + elements.mean_anomaly_rad
    return signed_angle_rad(angle - gmst82_rad(elements.epoch_utc))


def longitude_drift_rad_day(satellites: Satellites) -> Floats:
    """Return the drift of the mean longitude at the epochs [rad/day, east positive], shape (n,).

    As SGP4 has it: zonal harmonics, and for deep space Sun and Moon; the slow acceleration by
    resonance (below 0.002 deg/day^2) is left out. Within 0.003 deg/day of the drift measured
    between daily means of propagated states.
    Source: Soop 1994, section 2.3; rates of Vallado et al. 2006.
    """
    rate = satellites.near[:, [MDOT, ARGPDOT, NODEDOT]].sum(axis=1)
    is_deep = satellites.deep_row >= 0
    rows = satellites.deep_row[is_deep]
    rate[is_deep] += satellites.deep[rows][:, [DMDT, DOMDT, DNODT]].sum(axis=1)
    return np.asarray((rate - EARTH_RATE_RAD_MIN) * MINUTES_PER_DAY)


def sun_position_teme_km(utc: Times) -> Floats:
    """Return the geocentric position of the Sun [km], shape (..., 3).

    Accurate to 0.01 degrees and 0.0002 au from 1950 to 2050 (TEME is taken as mean of date).
    Source: Vallado 2013, Fundamentals of Astrodynamics and Applications, algorithm 29.
    """
    t = centuries_since_j2000(utc)
    anomaly = np.radians(357.5291092 + 35999.05034 * t)
    longitude = np.radians(280.460 + 36000.771 * t)
    longitude = longitude + np.radians(
        1.914666471 * np.sin(anomaly) + 0.019994643 * np.sin(2.0 * anomaly)
    )
    distance_au = 1.000140612 - 0.016708617 * np.cos(anomaly) - 0.000139589 * np.cos(2.0 * anomaly)
    tilt = np.radians(23.439291 - 0.0130042 * t)
    direction = (
        np.cos(longitude),
        np.cos(tilt) * np.sin(longitude),
        np.sin(tilt) * np.sin(longitude),
    )
    return np.stack(direction, axis=-1) * (distance_au * ASTRONOMICAL_UNIT_KM)[..., None]


def sunlit_fraction(position_km: Floats, sun_position_km: Floats) -> Floats:
    """Return the share of the Sun's disc that is seen: 1 sunlit, 0 umbra, between: penumbra.

    Conical shadow of a spherical Earth without air: its edge is 20 km off at most near the poles.
    Source: Montenbruck & Gill 2000, Satellite Orbits, section 3.4.2.
    """
    to_sun = sun_position_km - position_km
    sun = np.arcsin(SUN_RADIUS_KM / np.linalg.norm(to_sun, axis=-1))
    distance_km = np.maximum(np.linalg.norm(position_km, axis=-1), WGS84_RADIUS_KM)
    earth = np.arcsin(WGS84_RADIUS_KM / distance_km)
    apart = angle_rad(-position_km, to_sun)
    near_edge = np.clip(apart, np.maximum(earth - sun, 1e-12), earth + sun)
    x = (near_edge**2 + sun**2 - earth**2) / (2.0 * near_edge)
    y = np.sqrt(np.maximum(sun**2 - x**2, 0.0))
    hidden = sun**2 * np.arccos(np.clip(x / sun, -1.0, 1.0))
    hidden = hidden + earth**2 * np.arccos(np.clip((near_edge - x) / earth, -1.0, 1.0))
    partly = 1.0 - (hidden - near_edge * y) / (np.pi * sun**2)
    partly = np.where(apart <= earth - sun, 0.0, partly)
    return np.clip(np.where(apart >= earth + sun, 1.0, partly), 0.0, 1.0)


def angle_rad(first: Floats, second: Floats) -> Floats:
    """Return the angle between vectors [rad, 0 to pi], exact also near 0 and pi.

    Source: Kahan 2006, How Futile are Mindless Assessments of Roundoff, section 12.
    """
    a = first / np.linalg.norm(first, axis=-1, keepdims=True)
    b = second / np.linalg.norm(second, axis=-1, keepdims=True)
    opposite, along = np.linalg.norm(a - b, axis=-1), np.linalg.norm(a + b, axis=-1)
    return np.asarray(2.0 * np.arctan2(opposite, along))


def sun_angle_rad(observer_km: Floats, target_km: Floats, sun_position_km: Floats) -> Floats:
    """Return the angle at the observer between target and Sun [rad].

    Near zero the target stands before the Sun and cannot be seen; near pi it is fully lit.
    """
    return angle_rad(target_km - observer_km, sun_position_km - observer_km)


def phase_angle_rad(observer_km: Floats, target_km: Floats, sun_position_km: Floats) -> Floats:
    """Return the angle at the target between observer and Sun [rad]; zero: fully lit."""
    return angle_rad(observer_km - target_km, sun_position_km - target_km)


def has_line_of_sight(
    first_km: Floats, second_km: Floats, clearance_km: float = 0.0
) -> npt.NDArray[np.bool_]:
    """Tell whether the Earth (a sphere, raised by `clearance_km`) leaves the view free.

    Source: Vallado 2013, algorithm 35 (``sight``).
    """
    along = second_km - first_km
    length2 = np.sum(along**2, axis=-1)
    safe = np.where(length2 > 0.0, length2, 1.0)
    closest = np.clip(-np.sum(first_km * along, axis=-1) / safe, 0.0, 1.0)
    nearest_km = np.linalg.norm(first_km + closest[..., None] * along, axis=-1)
    return np.asarray(nearest_km >= WGS84_RADIUS_KM + clearance_km)
