"""Who shares whose slot of the geostationary belt, how near, from when to when."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.constants import TWO_PI
from hoshimori.numerics.elements import Floats, MeanElements, Times
from hoshimori.numerics.geo import (
    STEP_S,
    STEPS_PER_DAY,
    BeltMotion,
    Rows,
    mean_longitude_each,
    moments,
    wrapped_deg,
)
from hoshimori.numerics.geometry import mean_longitude_rad
from hoshimori.numerics.sgp4 import initialise


@dataclass(frozen=True, slots=True, eq=False)
class PastLongitudes:
    """Where one object stood at each of its element sets, oldest first, all of shape (k,)."""

    epoch_utc: Times
    mean_deg_east: Floats
    mean_motion_rev_day: Floats

    def take(self, rows: npt.NDArray[np.bool_] | Rows) -> PastLongitudes:
        """Return the chosen element sets."""
        return PastLongitudes(*(getattr(self, f.name)[rows] for f in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class PastBeside:
    """A visitor beside the holder of a slot at the visitor's own element sets, oldest first."""

    epoch_utc: Times
    holder_deg_east: Floats
    separation_deg: Floats
    drift_deg_day: Floats
    """Relative drift, from the difference of the mean motions."""


@dataclass(frozen=True, slots=True, eq=False)
class SlotVisits:
    """Holders of slots with their visitors, one row each, over the moments of a `BeltMotion`."""

    holder: Rows
    """Row of the object whose mean longitude is the slot."""
    visitor: Rows
    separation_deg: Floats
    """Mean longitude of the visitor from the holder, east positive, shape (k, m)."""
    range_km: Floats
    """Shape (k, m)."""
    drift_deg_day: Floats
    """Relative drift."""
    plane_angle_deg: Floats
    """Angle between the orbit planes at the first moment."""

    def take(self, rows: npt.NDArray[np.bool_] | Rows) -> SlotVisits:
        """Return the chosen rows."""
        return SlotVisits(*(getattr(self, f.name)[rows] for f in fields(self)))

    def nearest_km(self) -> Floats:
        """Return the smallest range of each row."""
        return np.asarray(self.range_km.min(axis=1, initial=np.inf))


def slot_visits(motion: BeltMotion, holder: Rows, visitor: Rows) -> SlotVisits:
    """Return how visitors move relative to the holders of slots, for given rows of both."""
    drift = motion.drift_deg_day()
    return SlotVisits(
        holder=holder,
        visitor=visitor,
        separation_deg=separation_deg(motion, holder, visitor),
        range_km=ranges_km(motion, holder, visitor),
        drift_deg_day=drift[visitor] - drift[holder],
        plane_angle_deg=_plane_angles_deg(motion, holder, visitor),
    )


def visits(
    motion: BeltMotion, slots: Rows, half_width_deg: float, max_drift_deg_day: float
) -> SlotVisits:
    """Return the visitors of slots, each given by the row of its holder.

    A visitor is any other object whose mean longitude comes within `half_width_deg` of the
    holder's, or passes it between two samples six hours apart, no faster than the drift given.
    """
    thinned, drift = motion.mean_deg_east[:, :: STEPS_PER_DAY // 4], motion.drift_deg_day()
    # Nobody comes nearer than where both began, less what each goes.
    began, goes = thinned[:, 0], np.abs(thinned - thinned[:, :1]).max(axis=1)
    holders, visitors = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for slot in slots:
        slow = np.abs(drift - drift[slot]) <= max_drift_deg_day
        reach = half_width_deg + 1e-6 + goes + goes[slot]
        slow = np.flatnonzero(slow & (np.abs(wrapped_deg(began - began[slot])) <= reach))
        apart = wrapped_deg(thinned[slow] - thinned[slot])
        inside = (np.abs(apart) <= half_width_deg).any(axis=1)
        passing = (apart[:, 1:] * apart[:, :-1] < 0.0) & (np.abs(apart[:, 1:]) < 90.0)
        found = slow[inside | passing.any(axis=1)]
        found = found[found != slot]
        holders.append(np.full(len(found), slot))
        visitors.append(found)
    return slot_visits(motion, np.concatenate(holders), np.concatenate(visitors))


def separation_deg(motion: BeltMotion, holders: Rows, visitors: Rows) -> Floats:
    """Return mean longitudes of visitors from their holders, east positive, shape (pairs, m)."""
    apart = motion.mean_deg_east[visitors] - motion.mean_deg_east[holders]
    turns = np.round(apart[:, :1] / 360.0)
    return np.asarray(apart - 360.0 * turns)


def ranges_km(motion: BeltMotion, holders: Rows, visitors: Rows) -> Floats:
    """Return the smallest range within a quarter hour of each moment, shape (pairs, m).

    Between samples the pair moves on a straight line; for pairs 1,000 km apart that errs by up
    to 2 km, for pairs 100 km apart by up to 0.2 km.
    """
    r = motion.position_teme_km[visitors] - motion.position_teme_km[holders]
    v = motion.velocity_teme_km_s[visitors] - motion.velocity_teme_km_s[holders]
    speed_2 = np.maximum(np.einsum("...i,...i", v, v), 1e-18)
    closest_s = np.clip(-np.einsum("...i,...i", r, v) / speed_2, -STEP_S / 2, STEP_S / 2)
    closest_s[:, 0] = np.maximum(closest_s[:, 0], 0.0)
    closest_s[:, -1] = np.minimum(closest_s[:, -1], 0.0)
    return np.asarray(np.linalg.norm(r + v * closest_s[..., None], axis=-1))


def crossing_s(t_s: Floats, separation_deg: Floats, half_width_deg: float) -> tuple[float, float]:
    """Return when one visitor enters and leaves a slot, straight lines between the samples.

    NaN for an entry before the first sample, infinity for a leave after the last or an entry
    that never comes.

    >>> crossing_s(np.array([0.0, 10.0, 20.0, 30.0]), np.array([3.0, 1.0, -1.0, -3.0]), 2.0)
    (5.0, 25.0)
    """
    inside = np.abs(separation_deg) <= half_width_deg
    edges = np.concatenate((-np.ones(1), np.ones(1))) * half_width_deg
    times = [_passings(t_s, separation_deg - edge) for edge in edges]
    crossed = np.sort(np.concatenate(times))
    if inside[0]:
        return np.nan, float(crossed[0]) if len(crossed) else np.inf
    if not len(crossed):
        return np.inf, np.inf
    return float(crossed[0]), float(crossed[1]) if len(crossed) > 1 else np.inf


def stood_near(
    elements: MeanElements, slots_deg_east: Floats, within_deg: float
) -> npt.NDArray[np.bool_]:
    """Return which element sets stood within some degrees of any slot, without propagation.

    Exact to 0.1 degrees, as Sun and Moon are left out: ask for that much more.
    """
    found = np.zeros(len(elements), dtype=np.bool_)
    longitude_deg = np.degrees(mean_longitude_rad(elements))
    for slot in slots_deg_east:
        found |= np.abs(wrapped_deg(longitude_deg - slot)) <= within_deg
    return found


def past_longitudes(elements: MeanElements) -> PastLongitudes:
    """Return where each element set stood at its own epoch, in the order given."""
    return PastLongitudes(
        epoch_utc=elements.epoch_utc,
        mean_deg_east=mean_longitude_each(initialise(elements), elements.epoch_utc),
        mean_motion_rev_day=elements.mean_motion_kozai_rad_min * (1440.0 / TWO_PI),
    )


def past_beside(holder: PastLongitudes, visitor: PastLongitudes) -> PastBeside:
    """Return a visitor beside a holder, whose values follow straight lines between its own sets.

    The holder needs at least one element set.
    """
    start_utc = holder.epoch_utc[0]
    own_s, asked_s = (
        (times - start_utc) / np.timedelta64(1, "s")
        for times in (holder.epoch_utc, visitor.epoch_utc)
    )
    holder_deg = np.interp(asked_s, own_s, np.unwrap(holder.mean_deg_east, period=360.0))
    holder_rev_day = np.interp(asked_s, own_s, holder.mean_motion_rev_day)
    return PastBeside(
        epoch_utc=visitor.epoch_utc,
        holder_deg_east=holder_deg,
        separation_deg=wrapped_deg(visitor.mean_deg_east - holder_deg),
        drift_deg_day=360.0 * (visitor.mean_motion_rev_day - holder_rev_day),
    )


def superseded(object_id: Rows, epoch_utc: Times) -> npt.NDArray[np.bool_]:
    """Return which rows, ordered by object and epoch, have a later one of the same object."""
    later = np.zeros(len(object_id), dtype=np.bool_)
    later[:-1] = (object_id[1:] == object_id[:-1]) & (epoch_utc[1:] > epoch_utc[:-1])
    return later


def stayed_for(
    object_id: Rows, epoch_utc: Times, inside: npt.NDArray[np.bool_], least_days: float
) -> Rows:
    """Return the ids whose first and last row inside lie at least some days apart.

    Rows are ordered by object and epoch.
    """
    ids, first = np.unique(object_id[inside], return_index=True)
    last = np.append(first, np.count_nonzero(inside))[1:] - 1
    epochs = epoch_utc[inside]
    days = (epochs[last] - epochs[first]).astype(np.float64) / 86400e6
    return np.asarray(ids[days >= least_days])


def entry(
    past: PastBeside, until_utc: np.datetime64, half_width_deg: float
) -> tuple[np.datetime64, float] | None:
    """Return when an object that is inside at `until_utc` came in, and the one-sigma error in days.

    It came after its last element set outside (by twice the half-width); the drift of that set
    gives the moment, the sigma is that of any moment before the next set. None where no set is
    outside.
    """
    outside = np.flatnonzero(np.abs(past.separation_deg) > 2.0 * half_width_deg)
    if not len(outside):
        return None
    last = int(outside[-1])
    epochs = np.append(past.epoch_utc, until_utc)
    gap_days = float((epochs[last + 1] - epochs[last]) / np.timedelta64(1, "D"))
    apart, drift = past.separation_deg[last], past.drift_deg_day[last]
    days = (np.sign(apart) * half_width_deg - apart) / drift if drift else np.inf
    days = days if 0.0 <= days <= gap_days else gap_days / 2.0
    return moments(epochs[last], np.array([days * 86400.0]))[0], gap_days / np.sqrt(12.0)


def _plane_angles_deg(motion: BeltMotion, holders: Rows, visitors: Rows) -> Floats:
    normal = np.cross(motion.position_teme_km[:, 0], motion.velocity_teme_km_s[:, 0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    sine = np.linalg.norm(np.cross(normal[holders], normal[visitors]), axis=1)
    return np.asarray(np.degrees(np.arcsin(np.minimum(sine, 1.0))))


def _passings(t_s: Floats, height: Floats) -> Floats:
    before = np.flatnonzero((height[:-1] < 0.0) != (height[1:] < 0.0))
    share = height[before] / (height[before] - height[before + 1])
    return np.asarray(t_s[before] + share * (t_s[before + 1] - t_s[before]))
