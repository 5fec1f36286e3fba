"""Deep-space SGP4 for one object at many moments, in loops that compilers turn into vectors.

What `sgp4_fast` says of checks and doubt holds here too. Lyddane's form for low inclinations is
written with the change of the node, delta: the same numbers, without the search for the branch.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics import sgp4_deep as deep
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_fast import (
    AXN,
    AYN,
    BLOCK,
    COS_NODE,
    COS_TILT,
    DOUBT,
    ECCENTRIC,
    LONGEST_AGE_MIN,
    LONGITUDE,
    NEAR_WIDTH,
    SEMI_MAJOR,
    SIN_NODE,
    SIN_TILT,
    Coefficients,
    as_coefficients,
    inlined,
    osculating,
    sincos,
)
from hoshimori.numerics.sgp4_state import RESONANCE_STEP_MIN, deep_state, keep, resonance_nodes

# More rows of the work array: mean elements, and what the change of the node is made of.
_ANOMALY, _PERIGEE, _NODE, _RISE, _REACH = range(13, 18)
_DELTA, _TWIST, _ECCENTRICITY = AXN, AYN, LONGITUDE  # free until the last loop writes them
_DEEP_WIDTH = deep.WIDTH  # the compiler wants a plain name
LYDDANE_BELOW_RAD = 0.2


@inlined
def mean_orbit(
    c: Coefficients, d: Coefficients, offset_min: float, t_min: Floats, work: Floats
) -> None:
    """Write mean elements with the secular terms, apart from resonance."""
    for i in range(len(t_min)):
        t = offset_min + t_min[i]
        tempa = 1.0 - c[near.CC1] * t
        lowered = max(tempa, 0.3)
        work[SEMI_MAJOR, i] = c[near.AO] * lowered * lowered
        drift = c[near.NO] * c[near.T2COF] * t * t
        work[_ANOMALY, i] = c[near.MO] + (c[near.MDOT] + d[deep.DMDT]) * t + drift
        work[_PERIGEE, i] = c[near.ARGPO] + (c[near.ARGPDOT] + d[deep.DOMDT]) * t
        rate = c[near.NODEDOT] + d[deep.DNODT]
        work[_NODE, i] = c[near.NODEO] + rate * t + c[near.NODECF] * t * t
        eccentricity = c[near.ECCO] + d[deep.DEDT] * t - c[near.BCC4] * t
        work[_ECCENTRICITY, i] = min(max(eccentricity, 1.0e-6), 0.95)
        plain = (tempa > 0.3) & (eccentricity > 0.0) & (eccentricity < 0.9)
        plain = plain & (abs(drift) < 30.0) & (abs(t) < LONGEST_AGE_MIN)
        work[DOUBT, i] = 0.0 if plain else 1.0


@inlined
def resonate(
    c: Coefficients,
    d: Coefficients,
    forward: Floats,
    backward: Floats,
    offset_min: float,
    t_min: Floats,
    work: Floats,
) -> None:
    """Replace mean anomaly and semi-major axis by those of the resonance integrator."""
    turns = 1.0 if d[deep.IREZ] == deep.ONE_DAY else 2.0
    with_perigee = 1.0 if d[deep.IREZ] == deep.ONE_DAY else 0.0
    for i in range(len(t_min)):
        t = offset_min + t_min[i]
        nodes = forward if t >= 0.0 else backward
        k = int(abs(t) / RESONANCE_STEP_MIN)
        since = t - math.copysign(k * RESONANCE_STEP_MIN, t)
        longitude = nodes[k, 0] + since * (nodes[k, 2] + 0.5 * nodes[k, 3] * since)
        motion = nodes[k, 1] + since * (nodes[k, 3] + 0.5 * nodes[k, 4] * since)
        theta = d[deep.GSTO] + t * deep.EARTH_RATE_RAD_MIN
        theta -= TWO_PI * math.floor(theta * (1.0 / TWO_PI))
        anomaly = longitude + turns * (theta - work[_NODE, i]) - with_perigee * work[_PERIGEE, i]
        work[_ANOMALY, i] = anomaly + c[near.NO] * c[near.T2COF] * t * t
        e = motion / c[near.NO] - 1.0
        series = 110.0 / 243.0 - e * (308.0 / 729.0)
        series = 1.0 - e * (2.0 / 3.0 - e * (5.0 / 9.0 - e * (40.0 / 81.0 - e * series)))
        work[SEMI_MAJOR, i] *= series
        work[DOUBT, i] = work[DOUBT, i] if abs(e) < 2.0e-3 else 1.0


@inlined
def pull(c: Coefficients, d: Coefficients, offset_min: float, t_min: Floats, work: Floats) -> None:
    """Add the periodic pull of Sun and Moon, as if the inclination were not low."""
    for i in range(len(t_min)):
        t = offset_min + t_min[i]
        s2, s3, s4 = body_phase(d[deep.ZMOS] + deep.SOLAR_RATE_RAD_MIN * t, deep.SOLAR_ECCENTRICITY)
        m2, m3, m4 = body_phase(d[deep.ZMOL] + deep.LUNAR_RATE_RAD_MIN * t, deep.LUNAR_ECCENTRICITY)
        pe = d[deep.SE2] * s2 + d[deep.SE3] * s3 + d[deep.EE2] * m2 + d[deep.E3] * m3
        pinc = d[deep.SI2] * s2 + d[deep.SI3] * s3 + d[deep.XI2] * m2 + d[deep.XI3] * m3
        pl = d[deep.SL2] * s2 + d[deep.SL3] * s3 + d[deep.SL4] * s4
        pl += d[deep.XL2] * m2 + d[deep.XL3] * m3 + d[deep.XL4] * m4
        pgh = d[deep.SGH2] * s2 + d[deep.SGH3] * s3 + d[deep.SGH4] * s4
        pgh += d[deep.XGH2] * m2 + d[deep.XGH3] * m3 + d[deep.XGH4] * m4
        ph = d[deep.SH2] * s2 + d[deep.SH3] * s3 + d[deep.XH2] * m2 + d[deep.XH3] * m3
        inclination = c[near.INCLO] + d[deep.DIDT] * t + pinc
        sini, cosi = sincos(inclination)
        work[SIN_TILT, i], work[COS_TILT, i] = sini, cosi
        work[_ANOMALY, i] += pl
        work[_PERIGEE, i] += pgh
        work[_RISE, i] = ph
        work[_REACH, i] = sini + pinc * cosi
        work[_TWIST, i] = pinc * sini
        work[_DELTA, i] = ph / max(sini, 1.0e-9)
        eccentricity = work[_ECCENTRICITY, i] + pe
        work[_ECCENTRICITY, i] = min(max(eccentricity, 0.0), 0.95)
        plain = (eccentricity > 0.0) & (eccentricity < 0.9)
        plain = plain & (inclination > 0.0) & (inclination < 3.1)
        work[DOUBT, i] = work[DOUBT, i] if plain else 1.0


@inlined
def body_phase(anomaly: float, eccentricity: float) -> tuple[float, float, float]:
    """Return the three harmonics of a third body at a mean anomaly."""
    sine, _ = sincos(anomaly)
    sine, cosine = sincos(anomaly + 2.0 * eccentricity * sine)
    return 0.5 * sine * sine - 0.25, -0.5 * sine * cosine, sine


@inlined
def modify_low(n: int, work: Floats) -> None:
    """Put Lyddane's form in place wherever the inclination is low."""
    low_sine = math.sin(LYDDANE_BELOW_RAD)
    for i in range(n):
        if work[SIN_TILT, i] < low_sine and work[COS_TILT, i] > 0.0:
            work[_DELTA, i] = math.atan2(work[_RISE, i], work[_REACH, i])
            node = work[_NODE, i]
            turned = node - TWO_PI * math.trunc(node / TWO_PI)
            work[_PERIGEE, i] -= work[_TWIST, i] * turned


@inlined
def lean(n: int, work: Floats) -> None:
    """Add the long-period terms of J3 and write what Kepler's equation needs."""
    for i in range(n):
        sini, cosi, delta = work[SIN_TILT, i], work[COS_TILT, i], work[_DELTA, i]
        perigee, eccentricity = work[_PERIGEE, i] - cosi * delta, work[_ECCENTRICITY, i]
        aycof = -0.5 * near.J3_OVER_J2 * sini
        xlcof = 0.5 * aycof * (3.0 + 5.0 * cosi) / (1.0 + cosi)
        sine, cosine = sincos(perigee)
        axn = eccentricity * cosine
        inverse = 1.0 / (work[SEMI_MAJOR, i] * (1.0 - eccentricity * eccentricity))
        longitude = work[_ANOMALY, i] + perigee + inverse * xlcof * axn
        longitude -= 6.283185307179586 * math.floor(longitude * 0.15915494309189535)
        work[AXN, i] = axn
        work[AYN, i] = eccentricity * sine + inverse * aycof
        work[LONGITUDE, i] = longitude
        work[ECCENTRIC, i] = longitude
        work[SIN_NODE, i], work[COS_NODE, i] = sincos(work[_NODE, i] + delta)


@kernel
def _span(t_min: Floats) -> tuple[float, float]:
    first, last = t_min[0], t_min[0]
    for t in t_min:
        first, last = min(first, t), max(last, t)
    return first, last


@kernel
def fill_deep(
    row: Floats,
    deep_row: Floats,
    offset_min: float,
    t_min: Floats,
    work: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
) -> None:
    """Write the states of one deep-space object at `offset_min` plus every `t_min`."""
    c, d = as_coefficients(row, NEAR_WIDTH), as_coefficients(deep_row, _DEEP_WIDTH)
    first, last = _span(t_min)
    forward = resonance_nodes(row, deep_row, max(offset_min + last, 0.0))
    backward = resonance_nodes(row, deep_row, min(offset_min + first, -0.0))
    for start in range(0, len(t_min), BLOCK):
        block = slice(start, min(start + BLOCK, len(t_min)))
        times = t_min[block]
        mean_orbit(c, d, offset_min, times, work)
        if d[deep.IREZ] != deep.NO_RESONANCE:
            resonate(c, d, forward, backward, offset_min, times, work)
        pull(c, d, offset_min, times, work)
        if c[near.INCLO] < LYDDANE_BELOW_RAD + 0.1:
            modify_low(len(times), work)
        lean(len(times), work)
        refused = osculating(
            c[near.ECCO], work, position_km[block], velocity_km_s[block], status[block]
        )
        if refused > 0:
            for i in range(block.start, block.stop):
                if status[i]:
                    t = offset_min + t_min[i]
                    state = deep_state(row, deep_row, forward if t >= 0.0 else backward, t)
                    keep(state, i, position_km, velocity_km_s, status)
