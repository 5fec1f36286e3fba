"""Mean elements carried forward: SGP4 without its periodic terms.

Two element sets of one object are best compared here. Between osculating states the periodic terms
of J2 differ as soon as the places along the orbit do: an object one kilometre off its prediction
shows a semi-major axis several metres off that never changed.
"""

from __future__ import annotations

import math

from hoshimori.numerics import sgp4_deep as deep
from hoshimori.numerics import sgp4_near as near
from hoshimori.numerics.constants import XKE
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.sgp4_state import resonance_nodes, resonant, secular

MeanState = tuple[float, float, float, float, float, float]
"""Semi-major axis [earth radii], eccentricity, inclination, node, argument of perigee and mean
anomaly [rad], the angles not wrapped."""


@kernel
def near_mean(c: Floats, t: float) -> MeanState:
    """Return the mean elements of a near-Earth object `t` minutes after its epoch.

    Rates of J2, J4 and drag; no periodic terms. Source: Vallado et al. 2006, AIAA 2006-6753.
    """
    anomaly, perigee, node, tempa, tempe, templ = secular(c, t)
    axis = (XKE / c[near.NO]) ** (2.0 / 3.0) * tempa * tempa
    return axis, c[near.ECCO] - tempe, c[near.INCLO], node, perigee, anomaly + c[near.NO] * templ


@kernel
def deep_mean(c: Floats, d: Floats, t: float) -> MeanState:
    """Return the mean elements of a deep-space object `t` minutes after its epoch.

    As `near_mean`, with the secular pull of Sun and Moon and the resonances with the Earth's
    rotation; without the periodic pull, which both sets of a comparison share.
    """
    anomaly, perigee, node, tempa, tempe, templ = secular(c, t)
    inclination = c[near.INCLO] + d[deep.DIDT] * t
    perigee = perigee + d[deep.DOMDT] * t
    node = node + d[deep.DNODT] * t
    anomaly = anomaly + d[deep.DMDT] * t
    mean_motion = c[near.NO]
    if d[deep.IREZ] != deep.NO_RESONANCE:
        nodes = resonance_nodes(c, d, t)
        mean_motion, anomaly = resonant(d, nodes, t, perigee, node)
    axis = (XKE / mean_motion) ** (2.0 / 3.0) * tempa * tempa
    eccentricity = c[near.ECCO] + d[deep.DEDT] * t - tempe
    return axis, eccentricity, inclination, node, perigee, anomaly + c[near.NO] * templ


@kernel
def nearest_turn(angle: float) -> float:
    """Return an angle within half a turn of zero."""
    return angle - 2.0 * math.pi * math.floor(angle / (2.0 * math.pi) + 0.5)
