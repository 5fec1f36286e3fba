"""How near moments are to an edge of the Earth's shadow, for one satellite and many moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import SUN_RADIUS_KM, WGS84_RADIUS_KM
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.geo import moments
from hoshimori.numerics.geometry import angle_rad, sun_position_teme_km
from hoshimori.numerics.sgp4 import Satellites, propagate

_SAMPLES = 361
"""Over one revolution: every 16 s in low orbits, every 4 min in the geostationary belt."""


@dataclass(frozen=True, slots=True, eq=False)
class ShadowEdges:
    """The entry or exit nearest to each of *m* moments."""

    edge_s: Floats
    """Seconds from the moment to the edge; NaN where none comes within half a revolution."""
    is_entry: npt.NDArray[np.bool_]
    in_shadow: npt.NDArray[np.bool_]
    """Whether the moment itself lies in the shadow, its penumbra included."""
    is_known: npt.NDArray[np.bool_]
    """Whether there is a state at the moment."""


def shadow_edges(
    satellite: Satellites, t0_utc: np.datetime64, t_s: Floats, revolution_s: float
) -> ShadowEdges:
    """Return the shadow's edge nearest to moments `t0_utc + t_s`, half a revolution to both sides.

    Of the penumbra, as `geometry.sunlit_fraction`; good to 5 s in low orbits and 20 s in the belt.
    Passages of less than a sample may be missed.
    """
    offset_s = np.linspace(-0.5, 0.5, _SAMPLES) * revolution_s
    asked_s = (t_s[:, None] + offset_s[None, :]).reshape(-1)
    position = propagate(satellite, t0_utc, asked_s).position_teme_km[0]
    above = _above_shadow_rad(position, sun_position_teme_km(moments(t0_utc, asked_s)))
    above = above.reshape(len(t_s), _SAMPLES)
    before, after = above[:, :-1], above[:, 1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        crosses = (before < 0.0) != (after < 0.0)
        crosses &= np.isfinite(before) & np.isfinite(after)
        at_s = offset_s[:-1] + (offset_s[1:] - offset_s[:-1]) * before / (before - after)
    distance = np.where(crosses, np.abs(at_s), np.inf)
    best = np.argmin(distance, axis=1)
    rows = np.arange(len(t_s))
    found = np.isfinite(distance[rows, best])
    middle = above[:, _SAMPLES // 2]
    return ShadowEdges(
        edge_s=np.where(found, at_s[rows, best], np.nan),
        is_entry=np.asarray(after[rows, best] < 0.0),
        in_shadow=np.asarray(middle < 0.0),
        is_known=np.isfinite(middle),
    )


def _above_shadow_rad(position_km: Floats, sun_km: Floats) -> Floats:
    """Return by how much the discs of Sun and Earth miss one another [rad]; negative in shadow."""
    to_sun = sun_km - position_km
    sun = np.arcsin(SUN_RADIUS_KM / np.linalg.norm(to_sun, axis=-1))
    distance_km = np.maximum(np.linalg.norm(position_km, axis=-1), WGS84_RADIUS_KM)
    earth = np.arcsin(WGS84_RADIUS_KM / distance_km)
    return np.asarray(angle_rad(-position_km, to_sun) - earth - sun)
