"""Physical constants, each with its source; the names carry the units."""

from __future__ import annotations

import math

WGS72_RADIUS_KM = 6378.135
"""Equatorial radius that belongs to SGP4. Source: Hoots & Roehrich 1980, Spacetrack Report 3."""
WGS72_MU_KM3_S2 = 398600.8
"""Gravitational parameter that belongs to SGP4. Source: Vallado et al. 2006, AIAA 2006-6753."""
WGS72_J2 = 0.001082616
"""Second zonal harmonic. Source: Vallado et al. 2006, AIAA 2006-6753, table in section II."""
WGS72_J3 = -0.00000253881
"""Third zonal harmonic; same source."""
WGS72_J4 = -0.00000165597
"""Fourth zonal harmonic; same source."""
XKE = 60.0 / math.sqrt(WGS72_RADIUS_KM**3 / WGS72_MU_KM3_S2)
"""Square root of the gravitational parameter in earth radii^1.5 per minute."""
WGS72_VELOCITY_KM_S = WGS72_RADIUS_KM * XKE / 60.0
"""One earth radius per SGP4 time unit."""

TWO_PI = 2.0 * math.pi
MINUTES_PER_DAY = 1440.0
SECONDS_PER_DAY = 86400.0
