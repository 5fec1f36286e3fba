"""From the frames and time systems that messages name to TEME and UTC.

Frames: EME2000 and J2000; GCRF and ICRF in any realisation (the same within 1 mm); TEME and TOD, of
date or of a stated epoch; ITRF, IGS, SLRF and WGS-84 in any realisation (alike within 0.2 m, those
since 2000 within 3 cm), and ECEF or ECF, which some centres write in SP3 for the newest of these
without saying which. Time systems: UTC, TAI, TT, GPS and UT1. Others are refused: a wrong guess
is kilometres off.
"""

from __future__ import annotations

import re
from functools import partial

import numpy as np

from hoshimori.errors import FormatError
from hoshimori.numerics.constants import TT_MINUS_TAI_S
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.frames import (
    EarthOrientation,
    eme2000_to_gcrf,
    gcrf_to_teme,
    itrf_to_teme,
    teme_to_gcrf,
    tod_to_teme,
)
from hoshimori.numerics.time import LeapSeconds, gps_to_utc, tai_to_utc, utc_to_ut1

_EME2000 = re.compile(r"EME2000|J2000")
_CELESTIAL = re.compile(r"GCRFN?\d*|ICRFN?\d*")
_TEME = re.compile(r"TEME(?:OFDATE|OFEPOCH)?")
_TRUE_OF_DATE = re.compile(r"TOD(?:_EARTH)?")
_EARTH_FIXED = re.compile(r"ITRF?-?\d*|IG[SB]\w?\d{0,2}|SLRF?\d*|WGS-?84|ECE?F")
_BESIDE = np.timedelta64(3_600_000_000, "us")
_EXPECTED = "expected EME2000, GCRF, ICRF, TEME, TOD or ITRF, in any realisation"


def to_teme(
    frame: str,
    position_km: Floats,
    velocity_km_s: Floats,
    utc: Times,
    orientation: EarthOrientation,
    frame_epoch_utc: np.datetime64 | None = None,
) -> tuple[Floats, Floats]:
    """Return states (k, 3) at moments (k,) in TEME of date, given in a frame by name.

    `frame_epoch_utc` freezes TEME and TOD at that moment, and only those need it. The Earth's
    orientation is used for Earth-fixed frames alone. Within 0.01 arc seconds of the frame named
    (2 m in GEO), ITRF within 1 cm. Velocities are the rates of the positions returned, so that both
    can be interpolated together. Raises FormatError for a frame that is not known, CoverageError
    outside `orientation`.
    """
    name = frame.upper().replace(" ", "")
    if _EARTH_FIXED.fullmatch(name):
        return itrf_to_teme(position_km, velocity_km_s, utc, orientation)
    turned = partial(_inertial_to_teme, name, frame_epoch_utc=frame_epoch_utc)
    # TEME turns by 50 arc seconds a year: unless velocities know of it, they contradict positions.
    drag_km_s = (turned(position_km, utc + _BESIDE) - turned(position_km, utc - _BESIDE)) / (
        2.0 * (_BESIDE / np.timedelta64(1, "s"))
    )
    return turned(position_km, utc), turned(velocity_km_s, utc) + drag_km_s


def _inertial_to_teme(
    name: str, vector: Floats, utc: Times, frame_epoch_utc: np.datetime64 | None
) -> Floats:
    if _EME2000.fullmatch(name):
        return gcrf_to_teme(eme2000_to_gcrf(vector), utc)
    if _CELESTIAL.fullmatch(name):
        return gcrf_to_teme(vector, utc)
    if not (_TEME.fullmatch(name) or _TRUE_OF_DATE.fullmatch(name)):
        raise FormatError(f"{name[:40]!r}: {_EXPECTED}", field="REF_FRAME")
    of = utc if frame_epoch_utc is None else np.asarray(frame_epoch_utc)
    teme = vector if _TEME.fullmatch(name) else tod_to_teme(vector, of)
    return teme if frame_epoch_utc is None else gcrf_to_teme(teme_to_gcrf(teme, of), utc)


def to_utc(
    time_system: str, times: Times, leap_seconds: LeapSeconds, orientation: EarthOrientation
) -> Times:
    """Return moments (k,) in UTC, given in a time system by name.

    Exact to the microsecond; UT1 to 0.1 ms. Raises FormatError for a time system that is not known,
    CoverageError outside the tables.
    """
    match time_system.upper():
        case "UTC":
            return times
        case "TAI":
            return tai_to_utc(times, leap_seconds)
        case "TT":
            shift = np.timedelta64(round(TT_MINUS_TAI_S * 1e6), "us")
            return tai_to_utc(times - shift, leap_seconds)
        case "GPS":
            return gps_to_utc(times, leap_seconds)
        case "UT1":
            # UT1-UTC changes by milliseconds a day: at the label UT1 it is as good as at UTC.
            return utc_to_ut1(times, -orientation.at(times).ut1_minus_utc_s)
        case _:
            raise FormatError(
                f"{time_system[:40]!r}: expected UTC, TAI, TT, GPS or UT1", field="TIME_SYSTEM"
            )


def crosses_leap_second(utc: Times, leap_seconds: LeapSeconds) -> Times:
    """Return the leap seconds that lie within ascending moments, as the moments after them."""
    since = leap_seconds.since_utc
    return np.asarray(since[(since > utc[0]) & (since <= utc[-1])])
