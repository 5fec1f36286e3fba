"""The course of every object of the geosynchronous belt through its element sets.

Everything is told from rows ordered by object and epoch. What SGP4 foresees from one set to the
next holds the pull of the Earth's shape, the Sun and the Moon: where the next set says otherwise,
something else moved the object in between.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.change import first_rows
from hoshimori.numerics.constants import SECONDS_PER_DAY, TWO_PI
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.geo import SIDEREAL_DAY_S, wrapped_deg
from hoshimori.numerics.geometry import sub_satellite_longitude_rad
from hoshimori.numerics.relative import relative_orbital_elements
from hoshimori.numerics.sgp4 import Satellites, initialise, propagate_each

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SYNCHRONOUS_REV_DAY = 1.0027379
_BELT_SHARE = 0.1
_MOST_ECCENTRICITY = 0.25
_SAMPLES = 8
"""In a sidereal day; harmonics of the revolution up to the seventh cancel in their mean."""
_DEG_DAY = 360.0 * SECONDS_PER_DAY / SIDEREAL_DAY_S
NO_DRIFT_CHANGE_DEG_DAY = 0.02
"""Objects without engines deviate by 0.0015 at nine sets in ten, at any gap up to two months."""
NO_SHIFT_DEG = 0.1
"""So they do by 0.03; both measured on stages and debris of 27 years of catalogues."""
JUDGED_DAYS = 20.0
"""In this time station keeping shows: nature pulls by up to 0.0017 degrees a day every day."""


@dataclass(frozen=True, slots=True, eq=False)
class BeltTrack:
    """Where *n* element sets put their objects, ordered by object and epoch, all of shape (n,)."""

    object_id: Rows
    epoch_utc: Times
    mean_deg_east: Floats
    """Daily mean of the sub-satellite longitude, -180 to 180."""
    drift_deg_day: Floats
    """Its rate, east positive."""
    shift_deg: Floats
    """How far east of what the set before foresaw; NaN at an object's first set."""
    drift_change_deg_day: Floats
    """How much faster eastward than what the set before foresaw; NaN at an object's first set."""
    is_judged: Flags
    """Whether the object has a set `JUDGED_DAYS` or more before, the last of which foresees it."""
    is_driven: Flags
    """Whether nature alone, as that set foresaw it, does not account for this one."""

    def __len__(self) -> int:
        return len(self.object_id)

    def take(self, rows: Rows | Flags) -> BeltTrack:
        """Return the chosen rows."""
        return BeltTrack(*(getattr(self, f.name)[rows] for f in fields(self)))

    @property
    def days(self) -> Floats:
        """Days since 1970."""
        return np.asarray(self.epoch_utc.astype("datetime64[us]").astype(np.int64) / 86400e6)

    def moved_itself(self) -> Flags:
        """Return where something other than nature moved the object since the set before.

        A burn shows at the set after it, whatever the cadence; one too small for that shows in
        `is_driven`.
        """
        gap_days = np.append(np.nan, np.diff(self.days))
        return _beyond_nature(self.shift_deg, self.drift_change_deg_day, gap_days)


def in_belt(elements: MeanElements) -> Flags:
    """Return which orbits belong to the geosynchronous belt, drifters and graveyard included.

    Within a tenth of one revolution a sidereal day, and an eccentricity below 0.25.
    """
    rev_day = elements.mean_motion_kozai_rad_min * (1440.0 / TWO_PI)
    near = np.abs(rev_day - SYNCHRONOUS_REV_DAY) <= _BELT_SHARE
    return np.asarray(near & (elements.eccentricity < _MOST_ECCENTRICITY))


def belt_track(object_id: Rows, elements: MeanElements) -> tuple[BeltTrack, Rows, Satellites]:
    """Return the track of element sets, the rows that it was made from, and these to propagate.

    Left out are rows outside the belt, second rows of one epoch, and rows that SGP4 refuses. The
    rows must be ordered by object and epoch.
    """
    rows = np.flatnonzero(in_belt(elements))
    ids, epochs = object_id[rows], elements.epoch_utc[rows]
    again = np.zeros(len(rows), dtype=np.bool_)
    again[1:] = (ids[1:] == ids[:-1]) & (epochs[1:] == epochs[:-1])
    rows = rows[~again]
    satellites = initialise(elements.take(rows))
    good = np.flatnonzero(satellites.status == 0)
    rows, satellites = rows[good], satellites.take(good)
    epochs = elements.epoch_utc[rows]
    mean_deg, drift = _mean_and_drift(satellites, epochs)
    ids, place = object_id[rows], np.arange(len(rows))
    before = np.where(first_rows(ids) < place, place - 1, -1)
    shift, change = _against_foresight(before, satellites, epochs)
    long_before = _rows_long_before(ids, epochs)
    long_days = (epochs - epochs[long_before]) / np.timedelta64(1, "D")
    driven = _beyond_nature(*_against_foresight(long_before, satellites, epochs), long_days)
    columns = (ids, epochs, mean_deg, drift, shift, change, long_before >= 0, driven)
    return BeltTrack(*columns), rows, satellites


def _rows_long_before(object_id: Rows, epoch_utc: Times) -> Rows:
    """Return the last row of the same object at least `JUDGED_DAYS` before each; -1 for none."""
    days = epoch_utc.astype("datetime64[us]").astype(np.int64) / 86400e6
    place = np.cumsum(np.append(False, object_id[1:] != object_id[:-1])[: len(days)])
    # One ascending key for object and time: no two objects overlap in it.
    key = place * 1e6 + days
    found = np.searchsorted(key, key - JUDGED_DAYS, side="right") - 1
    return np.where(found >= first_rows(object_id), found, -1)


def _beyond_nature(shift_deg: Floats, change_deg_day: Floats, gap_days: Floats) -> Flags:
    """Return what no object without engines deviates by within so many days.

    Beyond 30 days the bounds grow as the errors of stages and debris do.
    """
    late = np.maximum(gap_days - 30.0, 0.0) / 30.0
    return np.asarray(
        (np.abs(change_deg_day) > NO_DRIFT_CHANGE_DEG_DAY * (1.0 + late))
        | (np.abs(shift_deg) > NO_SHIFT_DEG + 0.3 * late)
    )


def _mean_and_drift(satellites: Satellites, epoch_utc: Times) -> tuple[Floats, Floats]:
    """Return daily mean longitudes at the epochs, and their rates from the days on either side."""
    if not len(epoch_utc):
        return np.empty(0), np.empty(0)
    start_utc = epoch_utc.min()
    offset_s = np.asarray((epoch_utc - start_utc) / np.timedelta64(1, "s"))
    longitude = np.empty((2 * _SAMPLES + 1, len(epoch_utc)))
    for k in range(-_SAMPLES, _SAMPLES + 1):
        step_s = k * SIDEREAL_DAY_S / _SAMPLES
        position = propagate_each(satellites, start_utc, offset_s + step_s).position_teme_km
        moment = epoch_utc + np.timedelta64(round(step_s * 1e6), "us")
        longitude[k + _SAMPLES] = sub_satellite_longitude_rad(position, moment)
    continuous = np.degrees(np.unwrap(longitude, axis=0))
    weight = np.full(_SAMPLES + 1, 1.0 / _SAMPLES)
    weight[[0, -1]] /= 2.0
    half = _SAMPLES // 2
    before, middle, after = (
        weight @ continuous[first : first + _SAMPLES + 1] for first in (0, half, _SAMPLES)
    )
    return wrapped_deg(middle), (after - before) * SECONDS_PER_DAY / SIDEREAL_DAY_S


def _against_foresight(
    before: Rows, satellites: Satellites, epoch_utc: Times
) -> tuple[Floats, Floats]:
    """Return longitude and drift beyond what a set before foresaw, both in osculating elements.

    `before` is its row, -1 for none. Short-period terms are the same in both and cancel.
    """
    shift, change = np.full((2, len(before)), np.nan)
    later = np.flatnonzero(before >= 0)
    if not len(later):
        return shift, change
    start_utc = epoch_utc.min()
    at_s = np.asarray((epoch_utc[later] - start_utc) / np.timedelta64(1, "s"))
    foreseen = propagate_each(satellites.take(before[later]), start_utc, at_s)
    seen = propagate_each(satellites.take(later), start_utc, at_s)
    with np.errstate(invalid="ignore"):
        apart = relative_orbital_elements(
            foreseen.position_teme_km,
            foreseen.velocity_teme_km_s,
            seen.position_teme_km,
            seen.velocity_teme_km_s,
        )
    shift[later] = wrapped_deg(np.degrees(apart.dlambda_rad))
    change[later] = -1.5 * _DEG_DAY * apart.da
    return shift, change
