"""Earth orientation and leap seconds as IERS publishes them, from the package on this machine."""

from __future__ import annotations

from pathlib import Path

import astropy_iers_data
import numpy as np

from hoshimori.errors import FormatError
from hoshimori.numerics.elements import Times
from hoshimori.numerics.frames import EarthOrientation
from hoshimori.numerics.time import LeapSeconds

_MJD_0 = np.datetime64("1858-11-17", "us")
_US_PER_DAY = 86_400_000_000
_ARC_SECOND_RAD = np.pi / (180.0 * 3600.0)


def read_earth_orientation(
    path: Path = Path(astropy_iers_data.IERS_A_FILE),
) -> EarthOrientation:
    """Return daily UT1-UTC and polar motion since 1973, predicted for about a year ahead.

    Bulletin A values; rows without a prediction are left out. Raises FormatError where the file
    is not ``finals2000A``.
    Source: IERS, readme.finals2000A, columns 8-15, 19-27, 38-46 and 59-68.
    """
    rows = [line for line in _lines(path) if line[58:68].strip()]
    try:
        mjd, x, y, ut1 = np.array(
            [[line[7:15], line[18:27], line[37:46], line[58:68]] for line in rows], dtype="U10"
        ).T.astype(float)
    except ValueError as error:
        raise _not(path, "finals2000A", error) from error
    return EarthOrientation(
        utc=_moments(mjd),
        ut1_minus_utc_s=ut1,
        pole_x_rad=x * _ARC_SECOND_RAD,
        pole_y_rad=y * _ARC_SECOND_RAD,
    )


def read_leap_seconds(
    path: Path = Path(astropy_iers_data.IERS_LEAP_SECOND_FILE),
) -> LeapSeconds:
    """Return TAI-UTC since 1972; raises FormatError where the file is not ``Leap_Second.dat``.

    Source: IERS, Bulletin C.
    """
    rows = [line.split() for line in _lines(path) if line.strip() and not line.startswith("#")]
    try:
        mjd, *_, seconds = np.array(rows, dtype=float).T
    except ValueError as error:
        raise _not(path, "Leap_Second.dat", error) from error
    return LeapSeconds(since_utc=_moments(mjd), tai_minus_utc_s=seconds)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii", errors="replace").splitlines()


def _moments(mjd: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Times:
    return _MJD_0 + np.rint(mjd * _US_PER_DAY).astype("timedelta64[us]")


def _not(path: Path, expected: str, error: ValueError) -> FormatError:
    return FormatError(
        f"not the table {expected} of IERS ({error}); install astropy-iers-data again",
        source=str(path),
    )
