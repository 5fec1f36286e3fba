"""Physical constants, each with its source; the names carry the units."""

from __future__ import annotations

import math

TWO_PI = 2.0 * math.pi
SECONDS_PER_DAY = 86400.0
MINUTES_PER_DAY = 1440.0

# What SGP4 and published element sets are made with, and nothing else.
# Source: Vallado et al. 2006, AIAA 2006-6753, routine ``getgravconst``, WGS-72.
WGS72_RADIUS_KM = 6378.135
WGS72_MU_KM3_S2 = 398600.8
WGS72_J2 = 0.001082616
WGS72_J3 = -0.00000253881
WGS72_J4 = -0.00000165597
XKE = 60.0 / math.sqrt(WGS72_RADIUS_KM**3 / WGS72_MU_KM3_S2)
"""Square root of the gravitational parameter in earth radii^1.5 per minute."""
WGS72_VELOCITY_KM_S = WGS72_RADIUS_KM * XKE / 60.0
"""One earth radius per unit of XKE's time."""

# Source: NIMA TR8350.2 (3rd edition, 2000), WGS-84, tables 3.1 and 3.3.
WGS84_RADIUS_KM = 6378.137
WGS84_FLATTENING = 1.0 / 298.257223563
WGS84_MU_KM3_S2 = 398600.4418

EARTH_ROTATION_RAD_S = 7.292115146706980e-5
"""Rate of GMST 1982. Source: Vallado et al. 2006, AIAA 2006-6753, appendix C."""

# Source: IAU 2012 Resolution B2; IAU 2015 Resolution B3 (nominal solar radius).
ASTRONOMICAL_UNIT_KM = 149597870.7
SUN_RADIUS_KM = 695700.0

TT_MINUS_TAI_S = 32.184
"""Source: IAU 1991 Resolution A4."""
TAI_MINUS_GPS_S = 19.0
"""Source: IS-GPS-200, section 3.3.4."""

LIGHT_KM_S = 299792.458
"""Source: SI, definition of the metre (BIPM 2019)."""
