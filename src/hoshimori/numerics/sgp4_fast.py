"""Near-Earth SGP4 for one object at many moments, in loops that compilers turn into vectors.

The theory and its numbers are those of `sgp4_state`; what differs is how they are reached:

* sine and cosine are polynomials without branches (error below 2e-16 after exact reduction);
* Kepler's equation takes a fixed number of Halley steps, chosen by eccentricity;
* the small periodic rotations (below 3e-3 rad) are series, not sines.

Every moment carries a check. Where one fails (no convergence, an extreme orbit, a decay), the
scalar kernel computes that moment again, so the worst case is the reference's own answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba.np.unsafe.ndarray import to_fixed_tuple

from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import WGS72_J2, WGS72_RADIUS_KM, WGS72_VELOCITY_KM_S
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import compiled, kernel
from hoshimori.numerics.sgp4_state import keep, near_state

Coefficients = tuple[float, ...]
SinCos = tuple[float, float]
Vector = tuple[float, float, float]
# The compiler wants the width as a plain name.
NEAR_WIDTH = near.WIDTH
as_coefficients = cast(Callable[[Floats, int], Coefficients], to_fixed_tuple)

_F = TypeVar("_F", bound=Callable[..., object])

# No reassociation: it would undo the exact reduction of angles. All values stay finite by design.
_FINITE_MATH = {"contract", "nnan", "ninf", "nsz"}


def inlined(function: _F) -> _F:
    """Compile a function so that it melts into its callers; its arguments must be finite."""
    return compiled(function, fastmath=_FINITE_MATH, forceinline=True)


# Rows of the work array.
SEMI_MAJOR, AXN, AYN, LONGITUDE, SIN_NODE, COS_NODE = range(6)
ECCENTRIC, _SIN_E, _COS_E, DOUBT, _STEP, SIN_TILT, COS_TILT = range(6, 13)
WORK_ROWS = 18
BLOCK = 64
LONGEST_AGE_MIN = 5.0e5
"""Beyond about a year rounding of the angles would use up the millimetre."""
_KEPLER_ERROR_RAD = 2.0e-11


@inlined
def sincos(x: float) -> tuple[float, float]:
    """Return sine and cosine of an angle up to 1e5 rad in size.

    Reduction by pi/2 in three parts and minimax polynomials of Moshier's Cephes library.
    """
    k = math.floor(x * 0.6366197723675814 + 0.5)
    y = (x - k * 1.570796310901641845703125) - k * 1.589325471229585673428e-08
    y = y - k * 6.12323399573676588614e-17
    y2 = y * y
    s = 1.58962301576546568060e-10 * y2 - 2.50507477628578072866e-8
    s = ((s * y2 + 2.75573136213857245213e-6) * y2 - 1.98412698295895385996e-4) * y2
    s = ((s + 8.33333333332211858878e-3) * y2 - 1.66666666666666307295e-1) * y2 * y + y
    c = -1.13585365213876817300e-11 * y2 + 2.08757008419747316778e-9
    c = ((c * y2 - 2.75573141792967388112e-7) * y2 + 2.48015872888517045348e-5) * y2
    c = ((c - 1.38888888888730564116e-3) * y2 + 4.16666666666665929218e-2) * y2 * y2
    c = c - 0.5 * y2 + 1.0
    quadrant = k - 4.0 * math.floor(0.25 * k)
    odd = (quadrant == 1.0) | (quadrant == 3.0)
    sine, cosine = (c, s) if odd else (s, c)
    sine = -sine if quadrant >= 2.0 else sine
    cosine = -cosine if (quadrant == 1.0) | (quadrant == 2.0) else cosine
    return sine, cosine


@inlined
def small_sincos(x: float) -> tuple[float, float]:
    """Return sine and cosine of an angle below 5e-3 rad, to 1e-14."""
    x2 = x * x
    return x - x * x2 * (1.0 / 6.0), 1.0 - x2 * (0.5 - x2 * (1.0 / 24.0))


@inlined
def turned(sine: float, cosine: float, angle: float) -> tuple[float, float]:
    """Return sine and cosine of an angle after a small turn (below 5e-3 rad)."""
    ds, dc = small_sincos(angle)
    return sine * dc + cosine * ds, cosine * dc - sine * ds


@inlined
def mean_orbit(c: Coefficients, offset_min: float, t_min: Floats, work: Floats) -> None:
    """Write mean elements with secular and long-period terms, and the first check."""
    for i in range(len(t_min)):
        t = offset_min + t_min[i]
        anomaly = c[near.MO] + c[near.MDOT] * t
        sine, cosine = sincos(anomaly)
        swing = 1.0 + c[near.ETA] * cosine
        shift = c[near.OMGCOF] * t + c[near.XMCOF] * (swing * swing * swing - c[near.DELMO])
        sine_shifted, _ = turned(sine, cosine, shift)
        perigee = c[near.ARGPO] + c[near.ARGPDOT] * t - shift
        tempa = 1.0 - t * (c[near.CC1] + t * (c[near.D2] + t * (c[near.D3] + t * c[near.D4])))
        tempe = c[near.BCC4] * t + c[near.BCC5] * (sine_shifted - c[near.SINMAO])
        drift = c[near.T3COF] + t * (c[near.T4COF] + t * c[near.T5COF])
        drift = c[near.NO] * t * t * (c[near.T2COF] + t * drift)
        anomaly = anomaly + shift + drift
        eccentricity = min(max(c[near.ECCO] - tempe, 1.0e-6), 0.95)
        lowered = max(tempa, 0.3)
        semi_major_axis = c[near.AO] * lowered * lowered
        sine, cosine = sincos(perigee)
        axn = eccentricity * cosine
        inverse = 1.0 / (semi_major_axis * (1.0 - eccentricity * eccentricity))
        work[SEMI_MAJOR, i] = semi_major_axis
        work[AXN, i] = axn
        work[AYN, i] = eccentricity * sine + inverse * c[near.AYCOF]
        longitude = anomaly + perigee + inverse * c[near.XLCOF] * axn
        longitude -= 6.283185307179586 * math.floor(longitude * 0.15915494309189535)
        work[LONGITUDE, i] = longitude
        work[ECCENTRIC, i] = longitude
        node = c[near.NODEO] + t * (c[near.NODEDOT] + t * c[near.NODECF])
        work[SIN_NODE, i], work[COS_NODE, i] = sincos(node)
        work[SIN_TILT, i], work[COS_TILT, i] = c[near.SINI], c[near.COSI]
        plain = (abs(shift) < 0.1) & (c[near.ECCO] - tempe > -0.0009) & (tempa > 0.3)
        plain = plain & (abs(drift) < 30.0) & (eccentricity < 0.9) & (abs(t) < LONGEST_AGE_MIN)
        work[DOUBT, i] = 0.0 if plain else 1.0


@inlined
def kepler_step(work: Floats, n: int) -> None:
    """Take one Halley step of Kepler's equation at every moment, and note its size."""
    for i in range(n):
        axn, ayn, longitude = work[AXN, i], work[AYN, i], work[ECCENTRIC, i]
        sine, cosine = sincos(longitude)
        value = work[LONGITUDE, i] - longitude - ayn * cosine + axn * sine
        slope = 1.0 - axn * cosine - ayn * sine
        curvature = axn * sine - ayn * cosine
        step = value * slope / (slope * slope + 0.5 * value * curvature)
        step = min(max(step, -0.95), 0.95)
        work[ECCENTRIC, i] = longitude + step
        work[_STEP, i] = step
        work[_SIN_E, i], work[_COS_E, i] = turned(sine, cosine, step)


@inlined
def directions(along: SinCos, node: SinCos, tilt: SinCos) -> tuple[Vector, Vector]:
    """Return the unit vectors outwards and forwards of a place in its orbit."""
    (sinu, cosu), (sinn, cosn), (sini, cosi) = along, node, tilt
    outwards = cosn * cosu - sinn * cosi * sinu, sinn * cosu + cosn * cosi * sinu, sini * sinu
    forwards = -cosn * sinu - sinn * cosi * cosu, cosn * cosi * cosu - sinn * sinu, sini * cosu
    return outwards, forwards


@inlined
def orient(
    largest_step_cubed: float,
    work: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    doubtful: npt.NDArray[np.uint8],
) -> int:
    """Write positions and velocities; mark the moments that a check refuses, return how many."""
    refused = 0
    for i in range(len(doubtful)):
        axn, ayn, am = work[AXN, i], work[AYN, i], work[SEMI_MAJOR, i]
        sine, cosine, step = work[_SIN_E, i], work[_COS_E, i], work[_STEP, i]
        sini, cosi = work[SIN_TILT, i], work[COS_TILT, i]
        theta2 = cosi * cosi
        con41, x1mth2 = 3.0 * theta2 - 1.0, 1.0 - theta2
        ecose, esine = axn * cosine + ayn * sine, axn * sine - ayn * cosine
        beta2 = max(1.0 - axn * axn - ayn * ayn, 0.1)
        beta = math.sqrt(beta2)
        inverse_rl = 1.0 / (am * (1.0 - ecose))
        temp = esine / (1.0 + beta)
        scale = am * inverse_rl
        sinu, cosu = scale * (sine - ayn - axn * temp), scale * (cosine - axn + ayn * temp)
        sin2u, cos2u = 2.0 * cosu * sinu, 1.0 - 2.0 * sinu * sinu
        inverse_pl = 1.0 / (am * beta2)
        temp1 = 0.5 * WGS72_J2 * inverse_pl
        temp2 = temp1 * inverse_pl
        radius = am * (1.0 - ecose) * (1.0 - 1.5 * temp2 * beta * con41)
        radius = radius + 0.5 * temp1 * x1mth2 * cos2u
        root = math.sqrt(am)
        motion = temp1 / (am * root)
        radial = root * esine * inverse_rl - motion * x1mth2 * sin2u
        transverse = root * beta * inverse_rl
        transverse += motion * (x1mth2 * cos2u + 1.5 * con41)
        along = turned(sinu, cosu, -0.25 * temp2 * (7.0 * theta2 - 1.0) * sin2u)
        lift = 1.5 * temp2 * cosi
        node = turned(work[SIN_NODE, i], work[COS_NODE, i], lift * sin2u)
        tilt = turned(sini, cosi, lift * sini * cos2u)
        km, km_s = radius * WGS72_RADIUS_KM, WGS72_VELOCITY_KM_S
        (ux, uy, uz), (vx, vy, vz) = directions(along, node, tilt)
        position_km[i, 0], position_km[i, 1], position_km[i, 2] = km * ux, km * uy, km * uz
        velocity_km_s[i, 0] = (radial * ux + transverse * vx) * km_s
        velocity_km_s[i, 1] = (radial * uy + transverse * vy) * km_s
        velocity_km_s[i, 2] = (radial * uz + transverse * vz) * km_s
        plain = (radius > 1.001) & (abs(step * step * step) < largest_step_cubed)
        plain = plain & (work[DOUBT, i] == 0.0) & (beta2 > 0.15) & (inverse_pl < 2.0)
        doubtful[i] = 0 if plain else 1
        refused += 0 if plain else 1
    return refused


@kernel
def osculating(
    eccentricity: float,
    work: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    doubtful: npt.NDArray[np.uint8],
) -> int:
    """Turn the mean elements in `work` into states; return how many moments a check refuses."""
    steps, largest_step_cubed = _kepler_plan(eccentricity)
    for _ in range(steps):
        kepler_step(work, len(doubtful))
    return orient(largest_step_cubed, work, position_km, velocity_km_s, doubtful)


@kernel
def fill_near(
    row: Floats,
    offset_min: float,
    t_min: Floats,
    work: Floats,
    position_km: Floats,
    velocity_km_s: Floats,
    status: npt.NDArray[np.uint8],
) -> None:
    """Write the states of one near-Earth object at `offset_min` plus every `t_min`."""
    # As a tuple the coefficients are numbers to the compiler, not memory that a store may change.
    c = as_coefficients(row, NEAR_WIDTH)
    for start in range(0, len(t_min), BLOCK):
        block = slice(start, min(start + BLOCK, len(t_min)))
        mean_orbit(c, offset_min, t_min[block], work)
        refused = osculating(
            c[near.ECCO], work, position_km[block], velocity_km_s[block], status[block]
        )
        if refused > 0:
            for i in range(block.start, block.stop):
                if status[i]:
                    state = near_state(row, offset_min + t_min[i])
                    keep(state, i, position_km, velocity_km_s, status)


@kernel
def _kepler_plan(eccentricity: float) -> tuple[int, float]:
    """Return how many Halley steps to take, and how large the last one may be, cubed.

    The error after a step d is about e d^3 / 6; the eccentricity has J3's share added.
    """
    e = eccentricity + 1.2e-3
    steps = 1 if e < 3.3e-3 else 2 if e < 0.15 else 3 if e < 0.45 else 5
    return steps, 6.0 * _KEPLER_ERROR_RAD / e
