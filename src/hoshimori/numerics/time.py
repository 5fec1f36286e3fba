"""Time scales over arrays of moments; leap seconds are an argument.

A moment is a ``datetime64[us]`` whose name tells its scale: ``epoch_utc``, ``start_gps``. The type
cannot name a leap second itself (23:59:60); everything else is exact to the microsecond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hoshimori.errors import CoverageError
from hoshimori.numerics.constants import SECONDS_PER_DAY, TAI_MINUS_GPS_S, TT_MINUS_TAI_S
from hoshimori.numerics.elements import Floats, Times

J2000 = np.datetime64("2000-01-01T12:00:00", "us")
_JULIAN_DATE_1970 = 2440587.5
_US_PER_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, eq=False)
class LeapSeconds:
    """When TAI-UTC changed, in ascending order, and what it has been since [s], shape (k,).

    Source of such a table: IERS Bulletin C. Valid from the first moment on; the last value is
    taken to hold for the future.
    """

    since_utc: Times
    tai_minus_utc_s: Floats

    def at_utc(self, utc: Times) -> Floats:
        """Return TAI-UTC [s] at each moment; CoverageError before the table begins."""
        return self._at(self.since_utc, utc, "UTC")

    def at_tai(self, tai: Times) -> Floats:
        """Return TAI-UTC [s] at each moment given in TAI; inside a leap second the old value."""
        return self._at(_plus(self.since_utc, self.tai_minus_utc_s), tai, "TAI")

    def _at(self, since: Times, moments: Times, scale: str) -> Floats:
        row = np.searchsorted(since, moments, side="right") - 1
        if np.any(row < 0):
            raise CoverageError(
                f"leap seconds are known from {since[0]} {scale} on, "
                f"but {np.min(moments)} was asked: give a longer table or later moments"
            )
        return np.asarray(self.tai_minus_utc_s[row])


def _plus(moments: Times, seconds: Floats | float) -> Times:
    whole_us = np.rint(np.asarray(seconds) * 1e6).astype(np.int64)
    return np.asarray(moments.astype("datetime64[us]") + whole_us.astype("timedelta64[us]"))


def utc_to_tai(utc: Times, leap_seconds: LeapSeconds) -> Times:
    """Return the same moments in International Atomic Time; CoverageError as `LeapSeconds`."""
    return _plus(utc, leap_seconds.at_utc(utc))


def tai_to_utc(tai: Times, leap_seconds: LeapSeconds) -> Times:
    """Return the same moments in UTC.

    Inside a leap second the label of the second after it is returned, which so occurs twice.
    """
    return _plus(tai, -leap_seconds.at_tai(tai))


def utc_to_tt(utc: Times, leap_seconds: LeapSeconds) -> Times:
    """Return the same moments in Terrestrial Time."""
    return _plus(utc, leap_seconds.at_utc(utc) + TT_MINUS_TAI_S)


def utc_to_ut1(utc: Times, ut1_minus_utc_s: Floats | float) -> Times:
    """Return the same moments in UT1, rounded to the microsecond (0.5 mm of Earth rotation)."""
    return _plus(utc, ut1_minus_utc_s)


def utc_to_gps(utc: Times, leap_seconds: LeapSeconds) -> Times:
    """Return the same moments in GPS time, which reports of radio interference often use."""
    return _plus(utc, leap_seconds.at_utc(utc) - TAI_MINUS_GPS_S)


def gps_to_utc(gps: Times, leap_seconds: LeapSeconds) -> Times:
    """Return moments given in GPS time in UTC."""
    return tai_to_utc(_plus(gps, TAI_MINUS_GPS_S), leap_seconds)


def seconds_between(from_utc: Times, to_utc: Times, leap_seconds: LeapSeconds) -> Floats:
    """Return the seconds that really pass between moments, leap seconds counted.

    >>> import numpy as np
    >>> table = LeapSeconds(
    ...     np.array(["2015-07-01", "2017-01-01"], "datetime64[us]"), np.array([36.0, 37.0])
    ... )
    >>> eve, day = np.array(["2016-12-31T23:59:59", "2017-01-01T00:00:00"], "datetime64[us]")
    >>> float(seconds_between(eve, day, table))
    2.0
    """
    elapsed = utc_to_tai(to_utc, leap_seconds) - utc_to_tai(from_utc, leap_seconds)
    return np.asarray(elapsed / np.timedelta64(1, "s"))


def julian_date(moments: Times) -> tuple[Floats, Floats]:
    """Return Julian dates in two parts, the last midnight (or noon) and the fraction of a day.

    Scale in, scale out. The sum is exact to the microsecond as long as it stays in two parts.
    """
    us = moments.astype("datetime64[us]").astype(np.int64)
    day, within_us = np.divmod(us, _US_PER_DAY)
    return day + _JULIAN_DATE_1970, within_us / (SECONDS_PER_DAY * 1e6)


def centuries_since_j2000(moments: Times) -> Floats:
    """Return Julian centuries since 2000-01-01 12:00 in the scale of the moments."""
    return np.asarray((moments - J2000) / np.timedelta64(36525, "D"))
