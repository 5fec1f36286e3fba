"""Differences of arrival of one signal at two satellites, in time (TDOA) and frequency (FDOA).

The sign is always *first satellite minus second*: a TDOA is positive where the signal reaches the
first one later, an FDOA is positive where the first one receives the higher frequency. The emitter
stands still on the Earth. A time tag is when the signal reaches the first satellite; where the
second one is at its own, other moment of arrival is worked out here.

Where the satellites relay to a station on the ground and the difference is measured there, the way
down counts too, and the time tag is when the station receives it by way of the first satellite.

Accuracy: the turning of the Earth during the flight of the signal is in (up to 40 ns between two
satellites of the belt). Left out are terms of second order in v/c (1e-12 of the carrier between
like orbits, 1e-9 between a low one and the belt) and the atmosphere: it delays by nearly the same
for both, but for low elevations.

Positions and velocities in ITRF, km and km/s; seconds and hertz.
Source: Ho & Chan 1993, IEEE Trans. Aerosp. Electron. Syst. 29(4), 1311; Ho & Chan 1997, 33(3), 770;
for the turning Earth IS-GPS-200, 20.3.3.4.3.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import EARTH_ROTATION_RAD_S, LIGHT_KM_S, WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats

Bools = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]

_TURN = EARTH_ROTATION_RAD_S / LIGHT_KM_S


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """Measured differences, m of them, with where their two satellites were."""

    time_s: Floats
    """When, in seconds of one clock."""
    is_frequency: Bools
    """FDOA where true, TDOA where false."""
    value: Floats
    """Seconds, or hertz."""
    sigma: Floats
    """One sigma of the measurement alone, in the same unit."""
    carrier_hz: Floats
    """Frequency of the emission; used for FDOA only."""
    satellite: Rows
    """First and second satellite of each, shape (m, 2): rows of `SatelliteErrors`."""
    position_km: Floats
    """Of both, shape (m, 2, 3)."""
    velocity_km_s: Floats
    known_emitter_km: Floats
    """Where a reference emitter stands, shape (m, 3); NaN where the emitter is the one sought."""
    station_km: Floats
    """The station that both relay to, shape (m, 3); NaN where measured at the satellites."""
    downlink_hz: Floats
    """Frequency of the relayed signal on its way down; 0 where there is none."""

    def __len__(self) -> int:
        return len(self.value)

    @property
    def is_sought(self) -> Bools:
        """Return which are of the emitter that is sought, not of a reference."""
        return np.isnan(self.known_emitter_km[:, 0])

    def take(self, rows: Rows | Bools) -> Arrivals:
        """Return the measurements of these rows (indices or a mask), in that order."""
        columns = (getattr(self, name)[rows] for name in self.__dataclass_fields__)
        return Arrivals(*columns)


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Predicted differences and what moves them; shapes (..., m) and more axes behind."""

    value: Floats
    """Seconds or hertz, shape (..., m)."""
    by_emitter: Floats
    """Change for each km that the sought emitter moves, shape (..., m, 3); zero for references."""
    by_position: Floats
    """Change for each km that each satellite moves, shape (..., m, 2, 3)."""
    by_velocity: Floats
    """Change for each km/s of each satellite, shape (..., m, 2, 3)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Leg:
    """A way between a place that stands still and a satellite, and how it changes."""

    km: Floats
    rate_km_s: Floats
    along: Floats
    """Unit vector from the satellite to the place: less way for a step of the satellite."""
    across: Floats
    """How the rate changes with the satellite's position [1/s]; the other way with the place's."""


def differences(arrivals: Arrivals, emitter_km: Floats) -> Differences:
    """Return what would be measured of an emitter at positions of shape (..., 3)."""
    place = np.where(
        arrivals.is_sought[:, None], emitter_km[..., None, :], arrivals.known_emitter_km
    )[..., None, :]
    satellite, velocity = _when_passed(arrivals, place)
    side = np.array([1.0, -1.0]) / LIGHT_KM_S
    up = _leg(place, satellite, velocity, 1.0)
    weight = np.where(arrivals.is_frequency, -arrivals.carrier_hz, 1.0)[:, None] * side
    value, by_position, by_velocity = _weighted(up, weight, arrivals.is_frequency)
    by_emitter = np.where(arrivals.is_sought[:, None], -by_position.sum(axis=-2), 0.0)
    relays = ~np.isnan(arrivals.station_km[:, 0])
    if relays.any():
        station = np.where(relays[:, None], arrivals.station_km, 0.0)[:, None, :]
        down = _leg(station, satellite, velocity, -1.0)
        weight = np.where(arrivals.is_frequency, -arrivals.downlink_hz, 1.0)[:, None] * side
        weight = np.where(relays[:, None], weight, 0.0)
        further = _weighted(down, weight, arrivals.is_frequency)
        value, by_position = value + further[0], by_position + further[1]
        by_velocity = by_velocity + further[2]
    return Differences(value, by_emitter, by_position, by_velocity)


def _weighted(leg: _Leg, weight: Floats, is_frequency: Bools) -> tuple[Floats, Floats, Floats]:
    """Return the value, and its change by position and velocity of the satellites."""
    frequency = is_frequency[:, None]
    value = (np.where(frequency, leg.rate_km_s, leg.km) * weight).sum(axis=-1)
    by_position = np.where(frequency[..., None], leg.across, -leg.along) * weight[..., None]
    by_velocity = np.where(frequency[..., None], -leg.along, 0.0) * weight[..., None]
    return value, by_position, by_velocity


def _when_passed(arrivals: Arrivals, place: Floats) -> tuple[Floats, Floats]:
    """Return the states of both satellites when the signal passed each of them."""
    straight_s = np.linalg.norm(place - arrivals.position_km, axis=-1) / LIGHT_KM_S
    down_km = np.linalg.norm(arrivals.station_km - arrivals.position_km[:, 0], axis=-1)
    before_s = np.nan_to_num(down_km / LIGHT_KM_S)[:, None]
    after_s = (straight_s - straight_s[..., :1] - before_s)[..., None]
    velocity = arrivals.velocity_km_s
    acceleration = _fall(arrivals.position_km, velocity)
    moved = velocity * after_s + 0.5 * acceleration * after_s**2
    return arrivals.position_km + moved, velocity + acceleration * after_s


def _leg(place: Floats, satellite: Floats, velocity: Floats, upwards: float) -> _Leg:
    """Return ways from places to satellites (`upwards` 1), or back (-1)."""
    sight = place - satellite
    straight = np.linalg.norm(sight, axis=-1)
    along = sight / straight[..., None]
    closing = (velocity * along).sum(axis=-1)
    turn = _TURN * upwards
    turned = turn * (place[..., 0] * satellite[..., 1] - place[..., 1] * satellite[..., 0])
    turning = turn * (place[..., 0] * velocity[..., 1] - place[..., 1] * velocity[..., 0])
    across = (velocity - closing[..., None] * along) / straight[..., None]
    return _Leg(straight + turned, turning - closing, along, across)


def _fall(position: Floats, velocity: Floats) -> Floats:
    """Return the acceleration [km/s²] over the turning Earth of what falls freely, two bodies."""
    spin = np.array([0.0, 0.0, EARTH_ROTATION_RAD_S])
    radius = np.linalg.norm(position, axis=-1, keepdims=True)
    gravity = -WGS84_MU_KM3_S2 * position / radius**3
    spinning = 2.0 * np.cross(spin, velocity) + np.cross(spin, np.cross(spin, position))
    return np.asarray(gravity - spinning)
