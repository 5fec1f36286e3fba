"""What was measured of each detector; written by ``docs/make_rates.py``."""

from __future__ import annotations

MEASURED_RATES: dict[str, str] = {
    "manoeuvre": (
        "Logged burns of ten satellites (Shorten et al., times corrected), one setting for "
        "all, 95 % intervals. Sentinel-3A, Sentinel-6A, Jason-3, CryoSat-2: precision 0.99 "
        "(0.96 to 0.99), recall 0.78 (0.72 to 0.82), 0.11 false alarms a satellite-year, "
        "dates off by 0.77 h at the median; Jason-1, TOPEX, Haiyang-2A: precision 0.56 (0.46 "
        "to 0.66), recall 0.26 (0.20 to 0.32), 1.33 false alarms a satellite-year, dates off "
        "by 6.69 h at the median; Fengyun-2D, Fengyun-2E, Fengyun-2H: precision 0.83 (0.73 to"
        " 0.89), recall 0.87 (0.78 to 0.92), 1.02 false alarms a satellite-year, dates off by"
        " 2.22 h at the median. Burns above 2 cm/s are off by 3 % at the median."
    ),
}
