"""One object at one moment: SGP4 and SDP4 as published, in scalar kernels.

The order of operations is that of Vallado et al. 2006 (AIAA 2006-6753, revision of 2020), so that
states agree with the reference to rounding. The one difference is told at `Sgp4Status.DECAYED`.
Angles in radians, times in minutes, lengths in earth radii unless the name says otherwise.
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from hoshimori.numerics import sgp4_deep as deep
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import (
    TWO_PI,
    WGS72_J2,
    WGS72_RADIUS_KM,
    WGS72_VELOCITY_KM_S,
    XKE,
)
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel


class Sgp4Status(IntEnum):
    """Why a state is missing; the numbers are Vallado's error codes."""

    OK = 0
    MEAN_ECCENTRICITY_OUT_OF_RANGE = 1
    MEAN_MOTION_NOT_POSITIVE = 2
    PERTURBED_ECCENTRICITY_OUT_OF_RANGE = 3
    SEMI_LATUS_RECTUM_NEGATIVE = 4
    EPOCH_BELOW_GROUND = 5
    """Kept for the sake of the numbering; the theory of 2006 no longer gives it."""
    DECAYED = 6
    """Below the ground, or drag has used up the whole orbit: the published code goes on there with
    a growing orbit, to billions of kilometres, and reports no error."""
    OUTSIDE_EPHEMERIS = 100
    """Not of SGP4: the moment lies outside the tabulated states (`trajectories`)."""


State = tuple[int, float, float, float, float, float, float]
"""Status, position [km] and velocity [km/s] in TEME."""

_BAD_MEAN_ECCENTRICITY = int(Sgp4Status.MEAN_ECCENTRICITY_OUT_OF_RANGE)
_BAD_MEAN_MOTION = int(Sgp4Status.MEAN_MOTION_NOT_POSITIVE)
_BAD_ECCENTRICITY = int(Sgp4Status.PERTURBED_ECCENTRICITY_OUT_OF_RANGE)
_BAD_SEMI_LATUS_RECTUM = int(Sgp4Status.SEMI_LATUS_RECTUM_NEGATIVE)
_DECAYED = int(Sgp4Status.DECAYED)
_OK = int(Sgp4Status.OK)

RESONANCE_STEP_MIN = 720.0
_NODE_WIDTH = 5  # longitude, mean motion and their rates at one node of the integrator


@kernel
def failed(status: int) -> State:
    """Return the state of a cell that has none."""
    return status, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan


@kernel
def keep(
    state: State,
    i: int,
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
) -> None:
    """Write a state into row `i` (number by number, which compiles in a third of the time)."""
    status[i] = state[0]
    position_km[i, 0], position_km[i, 1], position_km[i, 2] = state[1], state[2], state[3]
    velocity_km_s[i, 0], velocity_km_s[i, 1], velocity_km_s[i, 2] = state[4], state[5], state[6]


@kernel
def near_state(c: Floats, t: float) -> State:
    """Return the state of a near-Earth object `t` minutes after its epoch."""
    anomaly, perigee, node, tempa, tempe, templ = secular(c, t)
    semi_major_axis = c[near.AO] * tempa * tempa
    eccentricity = c[near.ECCO] - tempe
    if c[near.NO] <= 0.0:
        return failed(_BAD_MEAN_MOTION)
    if not (eccentricity < 1.0 and eccentricity >= -0.001):
        return failed(_BAD_MEAN_ECCENTRICITY)
    eccentricity = max(eccentricity, 1.0e-6)
    anomaly, perigee, node = _wrapped(anomaly + c[near.NO] * templ, perigee, node)
    periodic = (c[near.AYCOF], c[near.XLCOF], c[near.CON41], c[near.X1MTH2], c[near.X7THM1])
    tilt = (c[near.INCLO], c[near.SINI], c[near.COSI])
    state = _osculating(semi_major_axis, eccentricity, tilt, node, perigee, anomaly, periodic)
    return _unless_used_up(state, tempa)


@kernel
def deep_state(c: Floats, d: Floats, nodes: Floats, t: float) -> State:
    """Return the state of a deep-space object; `nodes` from `resonance_nodes` must reach `t`."""
    anomaly, perigee, node, tempa, tempe, templ = secular(c, t)
    inclination = c[near.INCLO] + d[deep.DIDT] * t
    perigee = perigee + d[deep.DOMDT] * t
    node = node + d[deep.DNODT] * t
    anomaly = anomaly + d[deep.DMDT] * t
    mean_motion = c[near.NO]
    if d[deep.IREZ] != deep.NO_RESONANCE:
        mean_motion, anomaly = resonant(d, nodes, t, perigee, node)
    if mean_motion <= 0.0:
        return failed(_BAD_MEAN_MOTION)
    semi_major_axis = (XKE / mean_motion) ** (2.0 / 3.0) * tempa * tempa
    eccentricity = c[near.ECCO] + d[deep.DEDT] * t - tempe
    if not (eccentricity < 1.0 and eccentricity >= -0.001):
        return failed(_BAD_MEAN_ECCENTRICITY)
    eccentricity = max(eccentricity, 1.0e-6)
    anomaly, perigee, node = _wrapped(anomaly + c[near.NO] * templ, perigee, node)
    eccentricity, inclination, node, perigee, anomaly = _pulled(
        d, t, eccentricity, inclination, node, perigee, anomaly
    )
    if inclination < 0.0:
        inclination, node, perigee = -inclination, node + math.pi, perigee - math.pi
    if not (eccentricity >= 0.0 and eccentricity <= 1.0):
        return failed(_BAD_ECCENTRICITY)
    tilt = (inclination, math.sin(inclination), math.cos(inclination))
    return _osculating(semi_major_axis, eccentricity, tilt, node, perigee, anomaly, _periodic(tilt))


@kernel
def _unless_used_up(state: State, tempa: float) -> State:
    """Return the state, if drag has left an orbit to be in; see `Sgp4Status.DECAYED`."""
    return failed(_DECAYED) if tempa <= 0.0 and state[0] == _OK else state


@kernel
def secular(c: Floats, t: float) -> tuple[float, float, float, float, float, float]:
    """Return mean anomaly, perigee, node and the three drag factors, `t` minutes after epoch."""
    anomaly = c[near.MO] + c[near.MDOT] * t
    t2 = t * t
    swing = 1.0 + c[near.ETA] * math.cos(anomaly)
    shift = c[near.OMGCOF] * t + c[near.XMCOF] * (swing * swing * swing - c[near.DELMO])
    perigee = c[near.ARGPO] + c[near.ARGPDOT] * t - shift
    anomaly = anomaly + shift
    node = c[near.NODEO] + c[near.NODEDOT] * t + c[near.NODECF] * t2
    t3, t4 = t2 * t, t2 * t2
    tempa = 1.0 - c[near.CC1] * t - c[near.D2] * t2 - c[near.D3] * t3 - c[near.D4] * t4
    tempe = c[near.BCC4] * t + c[near.BCC5] * (math.sin(anomaly) - c[near.SINMAO])
    templ = c[near.T2COF] * t2 + c[near.T3COF] * t3 + t4 * (c[near.T4COF] + t * c[near.T5COF])
    return anomaly, perigee, node, tempa, tempe, templ


@kernel
def _within_a_turn(angle: float) -> float:
    """Return the remainder of an angle by a whole turn, with its sign.

    It is C's fmod, which the compilers for CPU and CUDA know under different names only.
    """
    return math.copysign(abs(angle) % TWO_PI, angle)


@kernel
def _wrapped(anomaly: float, perigee: float, node: float) -> tuple[float, float, float]:
    longitude = _within_a_turn(anomaly + perigee + node)
    node = _within_a_turn(node)
    perigee = _within_a_turn(perigee)
    return _within_a_turn(longitude - perigee - node), perigee, node


@kernel
def resonance_nodes(c: Floats, d: Floats, t_end: float) -> Floats:
    """Integrate a resonance from the epoch to the last node before `t_end`, one row per node.

    The nodes do not depend on which times are asked for, so that the states do not either.
    Source: Vallado et al. 2006, routine ``dspace``.
    """
    if d[deep.IREZ] == deep.NO_RESONANCE:
        return np.empty((0, _NODE_WIDTH))
    step = math.copysign(RESONANCE_STEP_MIN, t_end)
    half_step2 = 0.5 * step * step
    nodes = np.empty((int(abs(t_end) / RESONANCE_STEP_MIN) + 1, _NODE_WIDTH))
    longitude, motion = d[deep.XLAMO], c[near.NO]
    for k in range(len(nodes)):
        rate, curvature = _resonance_rates(c, d, longitude, k * step)
        drift = motion + d[deep.XFACT]
        curvature *= drift
        nodes[k, 0], nodes[k, 1], nodes[k, 2] = longitude, motion, drift
        nodes[k, 3], nodes[k, 4] = rate, curvature
        longitude += drift * step + rate * half_step2
        motion += rate * step + curvature * half_step2
    return nodes


@kernel
def _resonance_rates(c: Floats, d: Floats, longitude: float, t: float) -> tuple[float, float]:
    """Return the rate of the mean motion, and its derivative by longitude."""
    if d[deep.IREZ] == deep.ONE_DAY:
        x2, x4, x6 = longitude - 0.13130908, longitude - 2.8843198, longitude - 0.37448087
        rate = d[deep.DEL1] * math.sin(x2) + d[deep.DEL2] * math.sin(2.0 * x4)
        rate += d[deep.DEL3] * math.sin(3.0 * x6)
        slope = d[deep.DEL1] * math.cos(x2) + 2.0 * d[deep.DEL2] * math.cos(2.0 * x4)
        return rate, slope + 3.0 * d[deep.DEL3] * math.cos(3.0 * x6)
    perigee = c[near.ARGPO] + c[near.ARGPDOT] * t
    rate, slope = 0.0, 0.0
    for column, perigees, longitudes, phase in _HALF_DAY_TERMS:
        angle = perigees * perigee + longitudes * longitude - phase
        rate += d[column] * math.sin(angle)
        slope += longitudes * d[column] * math.cos(angle)
    return rate, slope


# Column, multiples of the perigee and of the longitude, phase.
_HALF_DAY_TERMS = (
    (deep.D2201, 2.0, 1.0, 5.7686396),
    (deep.D2211, 0.0, 1.0, 5.7686396),
    (deep.D3210, 1.0, 1.0, 0.95240898),
    (deep.D3222, -1.0, 1.0, 0.95240898),
    (deep.D4410, 2.0, 2.0, 1.8014998),
    (deep.D4422, 0.0, 2.0, 1.8014998),
    (deep.D5220, 1.0, 1.0, 1.0508330),
    (deep.D5232, -1.0, 1.0, 1.0508330),
    (deep.D5421, 1.0, 2.0, 4.4108898),
    (deep.D5433, -1.0, 2.0, 4.4108898),
)


@kernel
def resonant(
    d: Floats, nodes: Floats, t: float, perigee: float, node: float
) -> tuple[float, float]:
    """Return mean motion and mean anomaly between the nodes of the resonance integrator."""
    k = int(abs(t) / RESONANCE_STEP_MIN)
    since = t - math.copysign(k * RESONANCE_STEP_MIN, t)
    longitude, motion, drift = nodes[k, 0], nodes[k, 1], nodes[k, 2]
    rate, curvature = nodes[k, 3], nodes[k, 4]
    motion += rate * since + 0.5 * curvature * since * since
    longitude += drift * since + 0.5 * rate * since * since
    theta = _within_a_turn(d[deep.GSTO] + t * deep.EARTH_RATE_RAD_MIN)
    if d[deep.IREZ] == deep.ONE_DAY:
        return motion, longitude - node - perigee + theta
    return motion, longitude - 2.0 * node + 2.0 * theta


@kernel
def _body_phase(anomaly: float, eccentricity: float) -> tuple[float, float, float]:
    true_anomaly = anomaly + 2.0 * eccentricity * math.sin(anomaly)
    sine = math.sin(true_anomaly)
    return 0.5 * sine * sine - 0.25, -0.5 * sine * math.cos(true_anomaly), sine


@kernel
def _pulled(
    d: Floats,
    t: float,
    eccentricity: float,
    inclination: float,
    node: float,
    perigee: float,
    anomaly: float,
) -> tuple[float, float, float, float, float]:
    """Add the periodic pull of Sun and Moon; Lyddane's form below 0.2 rad.

    Source: Vallado et al. 2006, routine ``dpper``.
    """
    s2, s3, s4 = _body_phase(d[deep.ZMOS] + deep.SOLAR_RATE_RAD_MIN * t, deep.SOLAR_ECCENTRICITY)
    m2, m3, m4 = _body_phase(d[deep.ZMOL] + deep.LUNAR_RATE_RAD_MIN * t, deep.LUNAR_ECCENTRICITY)
    pe = d[deep.SE2] * s2 + d[deep.SE3] * s3 + d[deep.EE2] * m2 + d[deep.E3] * m3
    pinc = d[deep.SI2] * s2 + d[deep.SI3] * s3 + d[deep.XI2] * m2 + d[deep.XI3] * m3
    pl = d[deep.SL2] * s2 + d[deep.SL3] * s3 + d[deep.SL4] * s4
    pl += d[deep.XL2] * m2 + d[deep.XL3] * m3 + d[deep.XL4] * m4
    pgh = d[deep.SGH2] * s2 + d[deep.SGH3] * s3 + d[deep.SGH4] * s4
    pgh += d[deep.XGH2] * m2 + d[deep.XGH3] * m3 + d[deep.XGH4] * m4
    ph = d[deep.SH2] * s2 + d[deep.SH3] * s3 + d[deep.XH2] * m2 + d[deep.XH3] * m3
    inclination += pinc
    eccentricity += pe
    sini, cosi = math.sin(inclination), math.cos(inclination)
    if inclination >= 0.2:
        ph /= sini
        return eccentricity, inclination, node + ph, perigee + pgh - cosi * ph, anomaly + pl
    alpha = sini * math.sin(node) + ph * math.cos(node) + pinc * cosi * math.sin(node)
    beta = sini * math.cos(node) - ph * math.sin(node) + pinc * cosi * math.cos(node)
    node = _within_a_turn(node)
    longitude = anomaly + perigee + pl + pgh + (cosi - pinc * sini) * node
    new_node = math.atan2(alpha, beta)
    if abs(node - new_node) > math.pi:
        new_node += TWO_PI if new_node < node else -TWO_PI
    anomaly += pl
    perigee = longitude - anomaly - cosi * new_node
    return eccentricity, inclination, new_node, perigee, anomaly


@kernel
def _periodic(
    tilt: tuple[float, float, float],
) -> tuple[float, float, float, float, float]:
    _, sini, cosi = tilt
    divisor = 1.0 + cosi if abs(cosi + 1.0) > 1.5e-12 else 1.5e-12
    aycof = -0.5 * near.J3_OVER_J2 * sini
    xlcof = -0.25 * near.J3_OVER_J2 * sini * (3.0 + 5.0 * cosi) / divisor
    theta2 = cosi * cosi
    return aycof, xlcof, 3.0 * theta2 - 1.0, 1.0 - theta2, 7.0 * theta2 - 1.0


@kernel
def _kepler(u: float, axn: float, ayn: float) -> tuple[float, float]:
    """Solve Kepler's equation; return sine and cosine of the eccentric longitude."""
    longitude, step, sine, cosine = u, 9999.9, 0.0, 1.0
    for _ in range(10):
        if not abs(step) >= 1.0e-12:
            break
        sine, cosine = math.sin(longitude), math.cos(longitude)
        step = (u - ayn * cosine + axn * sine - longitude) / (1.0 - cosine * axn - sine * ayn)
        if abs(step) >= 0.95:
            step = math.copysign(0.95, step)
        longitude += step
    return sine, cosine


@kernel
def _osculating(
    am: float,
    em: float,
    tilt: tuple[float, float, float],
    node: float,
    perigee: float,
    anomaly: float,
    periodic: tuple[float, float, float, float, float],
) -> State:
    """Add the periods of J2 and J3 to mean elements and return the state."""
    aycof, xlcof, con41, x1mth2, x7thm1 = periodic
    inclination, sini, cosi = tilt
    axn = em * math.cos(perigee)
    temp = 1.0 / (am * (1.0 - em * em))
    ayn = em * math.sin(perigee) + temp * aycof
    u = _within_a_turn(anomaly + perigee + temp * xlcof * axn)
    sine, cosine = _kepler(u, axn, ayn)
    ecose, esine = axn * cosine + ayn * sine, axn * sine - ayn * cosine
    el2 = axn * axn + ayn * ayn
    pl = am * (1.0 - el2)
    if not pl >= 0.0:
        return failed(_BAD_SEMI_LATUS_RECTUM)
    rl = am * (1.0 - ecose)
    betal = math.sqrt(1.0 - el2)
    temp = esine / (1.0 + betal)
    sinu = am / rl * (sine - ayn - axn * temp)
    cosu = am / rl * (cosine - axn + ayn * temp)
    sin2u, cos2u = 2.0 * cosu * sinu, 1.0 - 2.0 * sinu * sinu
    temp1 = 0.5 * WGS72_J2 / pl
    temp2 = temp1 / pl
    radius = rl * (1.0 - 1.5 * temp2 * betal * con41) + 0.5 * temp1 * x1mth2 * cos2u
    if not radius >= 1.0:
        return failed(_DECAYED)
    motion = temp1 / (am * math.sqrt(am))
    radial = math.sqrt(am) * esine / rl - motion * x1mth2 * sin2u
    transverse = math.sqrt(pl) / rl + motion * (x1mth2 * cos2u + 1.5 * con41)
    argument = math.atan2(sinu, cosu) - 0.25 * temp2 * x7thm1 * sin2u
    node += 1.5 * temp2 * cosi * sin2u
    inclination += 1.5 * temp2 * cosi * sini * cos2u
    return _oriented(radius, radial, transverse, argument, node, inclination)


@kernel
def _oriented(
    radius: float, radial: float, transverse: float, argument: float, node: float, tilt: float
) -> State:
    sinu, cosu = math.sin(argument), math.cos(argument)
    sinn, cosn = math.sin(node), math.cos(node)
    sini, cosi = math.sin(tilt), math.cos(tilt)
    ux, uy, uz = -sinn * cosi * sinu + cosn * cosu, cosn * cosi * sinu + sinn * cosu, sini * sinu
    vx, vy, vz = -sinn * cosi * cosu - cosn * sinu, cosn * cosi * cosu - sinn * sinu, sini * cosu
    km, km_s = radius * WGS72_RADIUS_KM, WGS72_VELOCITY_KM_S
    return (
        _OK,
        km * ux,
        km * uy,
        km * uz,
        (radial * ux + transverse * vx) * km_s,
        (radial * uy + transverse * vy) * km_s,
        (radial * uz + transverse * vz) * km_s,
    )
