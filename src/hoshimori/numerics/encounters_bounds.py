"""How far an object can stray from what is known of it at sampled moments.

The search for close approaches samples states every *h* seconds. Between samples it relies on
four bounds per object, taken from the object's own states, never on constants that were tried
and found good. Notation: mu the gravitational parameter, r radius, v speed, u = mu / r^3,
e the osculating eccentricity, maxima over the sampled span.

*Lowest radius and shell.* On a Kepler orbit r'' = (p / r - 1) mu / r^2, between -e and +e times
mu / r^2. A function lies within h^2 / 8 max|f''| of the chord between two samples, so the radius
stays within ``e mu h^2 / (8 r^2)`` of the sampled range of radii. The lowest radius stands on both
sides: it is estimated from the sampled one, then the bound is taken with that estimate.

*Acceleration* |r''| = mu / r^2 at the lowest radius.

*Hermite error.* The cubic Hermite interpolant of positions and velocities errs by at most
h^4 / 384 max|r''''| (Davis 1975, Interpolation and Approximation, theorem 3.5.1; in any direction,
hence in norm). Differentiating r'' = -u r twice gives, with w = (v / r)^2 and s the squared sine
of the flight-path angle, r'''' = u (3 w - 15 w s - 2 u) r + 6 u (r . v) / r^2 v. As
(1 - e) u <= w <= (1 + e) u and s <= e^2 on an ellipse,
``|r''''| <= (max(1 + 3e, 15 e^2 (1 + e) + 3e - 1) + 6e (1 + e)) u^2 r``, which is 1 for a circle.
The short-period terms of SGP4 have amplitudes below J2 a / 2, about 4 km, and turn at most three
times per revolution: they add less than 3^4 / 1800 to the factor, covered by 1.25.

*Defect.* SGP4 velocities are not quite the derivatives of SGP4 positions (measured on a whole
catalogue: 16 mm/s median, up to 5 m/s in deep space), and deep-space resonances are integrated in
steps that leave small jumps. Simpson's rule over two steps measures both at once:
``|r(k+1) - r(k-1) - h/3 (v(k-1) + 4 v(k) + v(k+1))|`` is twice h times an inconsistency of
velocity, of which the interpolant feels a quarter of h, and all of a jump. It is added to the
Hermite error as it is. An inconsistency above 0.1 km/s means that the states are no trajectory
at all (elements far past their decay): from there on they count as missing.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel

LOWEST_KM, HIGHEST_KM, ACCELERATION_KM_S2, PAD_KM = range(4)
"""Columns of the bounds; an object without two good neighbouring states has an empty shell."""
BOUNDS = 4

_MU = WGS72_MU_KM3_S2
_IMPLAUSIBLE_KM_S = 0.1
_SHORT_PERIOD_FACTOR = 1.25  # see the Hermite error above
_OSCULATING_ECCENTRICITY_MARGIN = 0.01  # J2 changes it by 0.002 within a revolution
_ACCELERATION_FACTOR = 1.05  # J2 and drag against mu / r^2, generously
_BUMP_FACTOR = 1.1  # the same, and that the lowest radius is estimated once, not for ever


@kernel
def bound_objects(
    position_km: Floats,
    velocity_km_s: Floats,
    step_s: float,
    is_good: npt.NDArray[np.bool_],
    bounds: Floats,
) -> None:
    """Write the bounds of every object over its samples; clear `is_good` where states jump.

    Shapes (n, m, 3), (n, m, 3), (n, m) and (n, BOUNDS); samples `step_s` apart.
    """
    for i in range(len(bounds)):
        defect = _largest_defect_km(position_km[i], velocity_km_s[i], step_s, is_good[i])
        _bound_one(position_km[i], velocity_km_s[i], step_s, is_good[i], defect, bounds[i])


@kernel
def _largest_defect_km(
    r: Floats, v: Floats, step_s: float, is_good: npt.NDArray[np.bool_]
) -> float:
    largest = 0.0
    implausible_to = -1
    for k in range(1, len(r) - 1):
        if not (is_good[k - 1] and is_good[k] and is_good[k + 1]):
            continue
        square = 0.0
        for c in range(3):
            simpson = step_s / 3.0 * (v[k - 1, c] + 4.0 * v[k, c] + v[k + 1, c])
            square += (r[k + 1, c] - r[k - 1, c] - simpson) ** 2
        if square <= (2.0 * step_s * _IMPLAUSIBLE_KM_S) ** 2:
            largest = max(largest, square)
        elif implausible_to < 0:
            implausible_to = k - 1
    if implausible_to >= 0:
        is_good[implausible_to:] = False
    return math.sqrt(largest)


@kernel
def _bound_one(
    r: Floats,
    v: Floats,
    step_s: float,
    is_good: npt.NDArray[np.bool_],
    defect_km: float,
    bounds: Floats,
) -> None:
    lowest, highest, eccentricity = math.inf, 0.0, 0.0
    for k in range(len(r)):
        if not is_good[k]:
            continue
        radius_2 = r[k, 0] ** 2 + r[k, 1] ** 2 + r[k, 2] ** 2
        speed_2 = v[k, 0] ** 2 + v[k, 1] ** 2 + v[k, 2] ** 2
        outward = r[k, 0] * v[k, 0] + r[k, 1] * v[k, 1] + r[k, 2] * v[k, 2]
        radius = math.sqrt(radius_2)
        # |e vector|^2 from the energy and the angular momentum.
        momentum_2 = radius_2 * speed_2 - outward**2
        squared = 1.0 + (speed_2 - 2.0 * _MU / radius) * momentum_2 / _MU**2
        eccentricity = max(eccentricity, squared)
        lowest, highest = min(lowest, radius), max(highest, radius)
    e = math.sqrt(eccentricity) + _OSCULATING_ECCENTRICITY_MARGIN
    bump = _bump_km(e, lowest - _bump_km(e, lowest, step_s), step_s)
    lowest -= bump
    acceleration = _ACCELERATION_FACTOR * _MU / lowest**2
    bounds[LOWEST_KM], bounds[HIGHEST_KM] = lowest - defect_km, highest + bump + defect_km
    bounds[ACCELERATION_KM_S2] = acceleration
    fourth = max(1.0 + 3.0 * e, 15.0 * e**2 * (1.0 + e) + 3.0 * e - 1.0) + 6.0 * e * (1.0 + e)
    curl = _SHORT_PERIOD_FACTOR * fourth * _MU**2 / lowest**5
    bounds[PAD_KM] = curl * step_s**4 / 384.0 + defect_km


@kernel
def _bump_km(e: float, lowest_km: float, step_s: float) -> float:
    """Return how far the radius can leave the sampled range, from the lowest radius."""
    return _BUMP_FACTOR * e * _MU / lowest_km**2 * step_s**2 / 8.0
