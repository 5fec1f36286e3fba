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

        Beyond `NO_DRIFT_CHANGE_DEG_DAY` or `NO_SHIFT_DEG`, the latter growing with the gap as the
        errors of stages and debris do: 0.3 degrees more for every 30 days beyond 30.
        """
        gap = np.append(np.nan, np.diff(self.days))
        late = np.maximum(gap - 30.0, 0.0) / 30.0
        return np.asarray(
            (np.abs(self.drift_change_deg_day) > NO_DRIFT_CHANGE_DEG_DAY * (1.0 + late))
            | (np.abs(self.shift_deg) > NO_SHIFT_DEG + 0.3 * late)
        )


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
    shift, change = _against_foresight(object_id[rows], satellites, epochs)
    track = BeltTrack(object_id[rows], epochs, mean_deg, drift, shift, change)
    return track, rows, satellites


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
    object_id: Rows, satellites: Satellites, epoch_utc: Times
) -> tuple[Floats, Floats]:
    """Return longitude and drift beyond what the set before foresaw, both in osculating elements.

    Short-period terms are the same in both and cancel.
    """
    shift, change = np.full(len(object_id), np.nan), np.full(len(object_id), np.nan)
    later = np.flatnonzero(first_rows(object_id) != np.arange(len(object_id)))
    if not len(later):
        return shift, change
    start_utc = epoch_utc.min()
    at_s = np.asarray((epoch_utc[later] - start_utc) / np.timedelta64(1, "s"))
    foreseen = propagate_each(satellites.take(later - 1), start_utc, at_s)
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
