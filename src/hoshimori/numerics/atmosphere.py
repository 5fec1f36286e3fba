"""The density of the air at orbital heights."""

from __future__ import annotations

import numpy as np

from hoshimori.numerics.elements import Floats

# Height [km] and density [kg/m3] of the exponential atmosphere at mean solar activity.
# Source: Vallado 2013, table 8-4 (after Wertz 1978); logarithms are interpolated.
TABLE_HEIGHT_KM = np.array(
    [100, 120, 150, 200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 900, 1000, 2000.0]
)
_TABLE_DENSITY_KG_M3 = np.array(
    [
        5.297e-7,
        2.438e-8,
        2.070e-9,
        2.789e-10,
        7.248e-11,
        2.418e-11,
        9.518e-12,
        3.725e-12,
        1.585e-12,
        6.967e-13,
        1.454e-13,
        3.614e-14,
        1.170e-14,
        5.245e-15,
        3.019e-15,
        7.2e-17,
    ]
)
TABLE_LOG_DENSITY = np.log(_TABLE_DENSITY_KG_M3)


def density_kg_m3(height_km: Floats) -> Floats:
    """Return the density of the air at a height, zero above 2,000 km."""
    logarithm = np.interp(height_km, TABLE_HEIGHT_KM, TABLE_LOG_DENSITY)
    return np.where(height_km > TABLE_HEIGHT_KM[-1], 0.0, np.exp(logarithm))


def scale_height_km(height_km: Floats) -> Floats:
    """Return over how many kilometres the density falls by a factor e, from the table."""
    step_km = 10.0
    ratio = density_kg_m3(height_km) / np.maximum(density_kg_m3(height_km + step_km), 1e-30)
    return np.asarray(step_km / np.log(np.maximum(ratio, 1.0001)))
