"""Where objects of the geostationary belt stand over time: mean longitudes, slots and visits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.geometry import sub_satellite_longitude_rad
from hoshimori.numerics.sgp4 import Satellites, propagate, propagate_each

Rows = npt.NDArray[np.int64]

SIDEREAL_DAY_S = 86164.0905
"""One turn of the Earth against the mean equinox. Source: Aoki et al. 1982, A&A 105, 359."""
STEPS_PER_DAY = 48
STEP_S = SIDEREAL_DAY_S / STEPS_PER_DAY
KM_PER_DEG = 42164.17 * np.pi / 180.0
"""Arc of the geostationary circle that spans one degree of longitude."""


@dataclass(frozen=True, slots=True, eq=False)
class BeltMotion:
    """How *n* objects move along the belt over *m* moments `t0_utc + t_s`.

    Rows of objects that SGP4 could not carry through the whole span are NaN.
    """

    t0_utc: np.datetime64
    t_s: Floats
    """Moments, shape (m,), every half hour of sidereal time."""
    mean_deg_east: Floats
    """Daily mean of the sub-satellite longitude, continuous, shape (n, m)."""
    position_teme_km: Floats
    """Shape (n, m, 3)."""
    velocity_teme_km_s: Floats
    """Shape (n, m, 3)."""

    def take(self, rows: npt.NDArray[np.bool_] | Rows) -> BeltMotion:
        """Return the chosen objects."""
        return replace(
            self,
            mean_deg_east=self.mean_deg_east[rows],
            position_teme_km=self.position_teme_km[rows],
            velocity_teme_km_s=self.velocity_teme_km_s[rows],
        )

    def drift_deg_day(self) -> Floats:
        """Return the mean drift of every object over the span, east positive, shape (n,)."""
        span_days = (self.t_s[-1] - self.t_s[0]) / 86400.0
        return np.asarray((self.mean_deg_east[:, -1] - self.mean_deg_east[:, 0]) / span_days)


def wrapped_deg(angle_deg: Floats | float) -> Floats:
    """Return angles in [-180, 180).

    >>> wrapped_deg(np.array([190.0, -181.0, 360.0])).tolist()
    [-170.0, 179.0, 0.0]
    """
    return np.asarray((angle_deg + 180.0) % 360.0 - 180.0)


def belt_motion(satellites: Satellites, t0_utc: np.datetime64, days: float) -> BeltMotion:
    """Return how objects of the belt move from `t0_utc` over some days.

    The mean over one sidereal day around each moment removes the daily swing that eccentricity
    and inclination give to the longitude of every object.
    """
    half = STEPS_PER_DAY // 2
    count = max(int(np.ceil(days * 86400.0 / STEP_S)), 1) + 1
    t_s = np.arange(-half, count + half, dtype=np.float64) * STEP_S
    states = propagate(satellites, t0_utc, t_s)
    longitude = np.degrees(
        sub_satellite_longitude_rad(states.position_teme_km, moments(t0_utc, t_s))
    )
    inner = slice(half, half + count)
    return BeltMotion(
        t0_utc=t0_utc,
        t_s=t_s[inner],
        mean_deg_east=_daily_mean(np.unwrap(longitude, axis=1, period=360.0)),
        position_teme_km=states.position_teme_km[:, inner],
        velocity_teme_km_s=states.velocity_teme_km_s[:, inner],
    )


def mean_longitude_each(satellites: Satellites, times_utc: Times) -> Floats:
    """Return the daily mean longitude of each object around its own moment, shape (n,)."""
    half = STEPS_PER_DAY // 2
    start_utc = times_utc.min() if len(times_utc) else np.datetime64(0, "us")
    offset_s = np.asarray((times_utc - start_utc) / np.timedelta64(1, "s"))
    longitude = np.empty((len(satellites), STEPS_PER_DAY + 1))
    for column, step in enumerate(range(-half, half + 1)):
        states = propagate_each(satellites, start_utc, offset_s + step * STEP_S)
        moment = times_utc + np.timedelta64(round(step * STEP_S * 1e6), "us")
        longitude[:, column] = sub_satellite_longitude_rad(states.position_teme_km, moment)
    continuous = np.degrees(np.unwrap(longitude, axis=1))
    return wrapped_deg(_daily_mean(continuous)[:, 0])


def range_each_km(here: Satellites, there: Satellites, times_utc: Times) -> Floats:
    """Return the ranges between two objects of each row at that row's moment, shape (n,)."""
    start_utc = times_utc.min() if len(times_utc) else np.datetime64(0, "us")
    offset_s = np.asarray((times_utc - start_utc) / np.timedelta64(1, "s"))
    first, second = (propagate_each(side, start_utc, offset_s) for side in (here, there))
    return np.asarray(np.linalg.norm(second.position_teme_km - first.position_teme_km, axis=1))


def moments(t0_utc: np.datetime64, t_s: Floats) -> Times:
    """Return `t0_utc + t_s` to the microsecond."""
    return np.asarray(
        t0_utc.astype("datetime64[us]") + np.round(t_s * 1e6).astype("timedelta64[us]")
    )


def _daily_mean(longitude_deg: Floats) -> Floats:
    """Return the trapezoidal mean over STEPS_PER_DAY + 1 successive columns."""
    summed = np.cumsum(np.pad(longitude_deg, ((0, 0), (1, 0))), axis=1)
    window = STEPS_PER_DAY + 1
    total = summed[:, window:] - summed[:, :-window]
    ends = longitude_deg[:, : 1 - window] + longitude_deg[:, window - 1 :]
    return np.asarray((total - ends / 2.0) / STEPS_PER_DAY)
