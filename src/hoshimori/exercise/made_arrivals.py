"""Made differences of arrival, worked out another way than the fit does: the signal is followed.

In a frame that does not turn, from a made orbit of two bodies and an emitter carried by the Earth,
with the flight of the signal solved for and the frequency from special relativity. So tests and
benchmarks compare two derivations, not one with itself.

Source: Battin 1999, Introduction to the Mathematics and Methods of Astrodynamics, section 4.3
(Kepler's problem by f and g); Montenbruck & Gill 2000, Satellite Orbits, section 6.1 (light time).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hoshimori.numerics.constants import EARTH_ROTATION_RAD_S, LIGHT_KM_S, WGS84_MU_KM3_S2
from hoshimori.numerics.elements import Floats

_SPIN = np.array([0.0, 0.0, EARTH_ROTATION_RAD_S])
_MU = WGS84_MU_KM3_S2
_NEWTON_STEPS = 5


@dataclass(frozen=True, slots=True, eq=False)
class MadeOrbit:
    """An orbit of two bodies through a state at moment zero, in axes that ITRF has then."""

    position_km: Floats
    velocity_km_s: Floats

    def at(self, t_s: float) -> tuple[Floats, Floats]:
        """Return position and velocity in the frame that does not turn."""
        r0, speed = float(np.linalg.norm(self.position_km)), self.velocity_km_s
        radial = float(self.position_km @ speed) / math.sqrt(_MU)
        axis = 1.0 / (2.0 / r0 - float(speed @ speed) / _MU)
        root, mean = math.sqrt(axis), math.sqrt(_MU / axis**3) * t_s
        turned = mean
        for _ in range(_NEWTON_STEPS):
            sine, cosine = math.sin(turned), math.cos(turned)
            off = turned - (1.0 - r0 / axis) * sine + radial / root * (1.0 - cosine) - mean
            turned -= off / (1.0 - (1.0 - r0 / axis) * cosine + radial / root * sine)
        sine, cosine = math.sin(turned), math.cos(turned)
        f = 1.0 - axis / r0 * (1.0 - cosine)
        g = t_s - math.sqrt(axis**3 / _MU) * (turned - sine)
        position = f * self.position_km + g * speed
        radius = float(np.linalg.norm(position))
        f_rate = -math.sqrt(_MU * axis) / (radius * r0) * sine
        g_rate = 1.0 - axis / radius * (1.0 - cosine)
        return position, f_rate * self.position_km + g_rate * speed

    def fixed_at(self, t_s: float) -> tuple[Floats, Floats]:
        """Return position and velocity relative to the turning Earth, as ITRF has them."""
        position, velocity = self.at(t_s)
        back = _turn(-t_s)
        return back @ position, back @ (velocity - np.cross(_SPIN, position))

    def disturbed(self, position_rtn_km: Floats, velocity_rtn_km_s: Floats) -> MadeOrbit:
        """Return an orbit that is off by so much at moment zero; its velocity turns with it."""
        radial = self.position_km / np.linalg.norm(self.position_km)
        momentum = np.cross(self.position_km, self.velocity_km_s)
        cross = momentum / np.linalg.norm(momentum)
        axes = np.stack([radial, np.cross(cross, radial), cross])
        off = position_rtn_km @ axes
        turning = np.cross(momentum / (self.position_km @ self.position_km), off)
        return MadeOrbit(
            self.position_km + off,
            self.velocity_km_s + turning + velocity_rtn_km_s @ axes,
        )


@dataclass(frozen=True, slots=True)
class MadeSignal:
    """One emission: where from, and on what frequency."""

    place_itrf_km: Floats
    carrier_hz: float
    station_itrf_km: Floats | None = None
    """Where it is measured, where the satellites relay it; else at the satellites."""
    downlink_hz: float = 0.0


def circular(
    height_km: float, inclination_deg: float, node_deg: float, along_deg: float
) -> MadeOrbit:
    """Return a circular orbit by height, inclination, longitude of the node, and argument."""
    radius = 6378.137 + height_km
    speed = float(np.sqrt(WGS84_MU_KM3_S2 / radius))
    along, tilt = np.radians(along_deg), np.radians(inclination_deg)
    flat = np.array([[np.cos(along), np.sin(along), 0.0], [-np.sin(along), np.cos(along), 0.0]])
    tilted = flat @ np.array(
        [[1.0, 0.0, 0.0], [0.0, np.cos(tilt), np.sin(tilt)], [0.0, -np.sin(tilt), np.cos(tilt)]]
    )
    position, velocity = tilted @ _turn(np.radians(node_deg) / EARTH_ROTATION_RAD_S).T
    return MadeOrbit(radius * position, speed * velocity)


def made_differences(
    signal: MadeSignal, first: MadeOrbit, second: MadeOrbit, t_s: float
) -> tuple[float, float]:
    """Return TDOA [s] and FDOA [Hz], first minus second, of a signal with this time tag.

    The tag is the arrival at the first satellite, or at the station by way of it.
    """
    relayed_s = _down_s(signal, first, t_s)
    arrival_1_s = t_s - relayed_s
    emitted_s = arrival_1_s - _flight_back_s(signal.place_itrf_km, first, arrival_1_s)
    arrival_2_s = _arrival_s(signal.place_itrf_km, second, emitted_s)
    received = [
        _received(signal, orbit, emitted_s, at_s)
        for orbit, at_s in ((first, arrival_1_s), (second, arrival_2_s))
    ]
    return received[0][0] - received[1][0], received[0][1] - received[1][1]


def _received(
    signal: MadeSignal, orbit: MadeOrbit, emitted_s: float, arrival_s: float
) -> tuple[float, float]:
    """Return when and with which frequency a signal is measured by way of one satellite."""
    source, source_speed = _carried(signal.place_itrf_km, emitted_s)
    satellite, speed = orbit.at(arrival_s)
    frequency = _shifted(signal.carrier_hz, source, source_speed, satellite, speed)
    if signal.station_itrf_km is None:
        return arrival_s, frequency
    measured_s = arrival_s
    for _ in range(4):
        station, station_speed = _carried(signal.station_itrf_km, measured_s)
        measured_s = arrival_s + float(np.linalg.norm(station - satellite)) / LIGHT_KM_S
    down = frequency - signal.carrier_hz + signal.downlink_hz
    return measured_s, _shifted(down, satellite, speed, station, station_speed)


def _down_s(signal: MadeSignal, orbit: MadeOrbit, measured_s: float) -> float:
    """Return how long the way down took of what is measured at a moment."""
    if signal.station_itrf_km is None:
        return 0.0
    station, _ = _carried(signal.station_itrf_km, measured_s)
    flight = 0.0
    for _ in range(4):
        flight = float(np.linalg.norm(orbit.at(measured_s - flight)[0] - station)) / LIGHT_KM_S
    return flight


def _flight_back_s(place: Floats, orbit: MadeOrbit, arrival_s: float) -> float:
    satellite, _ = orbit.at(arrival_s)
    flight = 0.0
    for _ in range(4):
        source, _ = _carried(place, arrival_s - flight)
        flight = float(np.linalg.norm(satellite - source)) / LIGHT_KM_S
    return flight


def _arrival_s(place: Floats, orbit: MadeOrbit, emitted_s: float) -> float:
    source, _ = _carried(place, emitted_s)
    flight = 0.0
    for _ in range(4):
        flight = float(np.linalg.norm(orbit.at(emitted_s + flight)[0] - source)) / LIGHT_KM_S
    return emitted_s + flight


def _shifted(
    frequency: float, source: Floats, source_speed: Floats, target: Floats, target_speed: Floats
) -> float:
    """Return the frequency received, each measured by the clock of its own place."""
    sight = target - source
    along = sight / np.linalg.norm(sight)
    moving = (1.0 - target_speed @ along / LIGHT_KM_S) / (1.0 - source_speed @ along / LIGHT_KM_S)
    slow = (1.0 - source_speed @ source_speed / LIGHT_KM_S**2) / (
        1.0 - target_speed @ target_speed / LIGHT_KM_S**2
    )
    return float(frequency * moving * np.sqrt(slow))


def _carried(place_itrf_km: Floats, t_s: float) -> tuple[Floats, Floats]:
    position = _turn(t_s) @ place_itrf_km
    return position, np.cross(_SPIN, position)


def _turn(t_s: float) -> Floats:
    angle = EARTH_ROTATION_RAD_S * t_s
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
