"""Who was beside whom in the belt: pairs that share a longitude and do not drift apart.

Pairs are looked at on moments a few days apart, and only where both have an element set within
some days of the moment: what lies between two looks is not known and is not filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from hoshimori.numerics.belt_track import BeltTrack, Flags, Rows
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.geo import moments, wrapped_deg
from hoshimori.numerics.looks import Looks, PairEpisodes, looks_at, pair_episodes
from hoshimori.numerics.relative import relative_track_rtn_km
from hoshimori.numerics.relative_day import day_of_pairs
from hoshimori.numerics.sgp4 import Satellites, propagate_each
from hoshimori.numerics.uncertainty import element_sigma_rtn_km

INNER_DEG, OUTER_DEG = 0.2, 0.3
"""An episode comes within the inner separation and lasts while within the outer one."""
INNER_DRIFT_DEG_DAY, OUTER_DRIFT_DEG_DAY = 0.05, 0.25
"""It is slow within; who is near and faster is neither beside nor apart."""
STEP_DAYS = 3.0
REACH_DAYS = 4.0
_ORIGIN_UTC = np.datetime64("1970-01-01", "us")


@dataclass(frozen=True, slots=True, eq=False)
class NearLooks:
    """Looks at pairs that are near, one row each, by pair and moment."""

    first: Rows
    """Place in `Looks.objects`; the lower of both."""
    second: Rows
    moment: Rows
    separation_deg: Floats
    """Mean longitude of the second from the first, east positive."""
    drift_deg_day: Floats
    """Relative drift."""

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Rows | Flags) -> NearLooks:
        """Return the chosen rows."""
        return NearLooks(*(getattr(self, f.name)[rows] for f in fields(self)))

    @property
    def is_inner(self) -> Flags:
        """Which of them count as beside one another."""
        return np.asarray(
            (np.abs(self.separation_deg) <= INNER_DEG)
            & (np.abs(self.drift_deg_day) <= INNER_DRIFT_DEG_DAY)
        )


@dataclass(frozen=True, slots=True, eq=False)
class DailyRanges:
    """The relative motion of pairs over the day around a look, one row each."""

    closest_km: Floats
    farthest_km: Floats
    plane_angle_deg: Floats
    sigma_km: Floats
    """Expected one-sigma error of the range, from the ages of both element sets."""
    track_rtn_km: Floats
    """The second object in the first's RTN frame at the look itself, shape (n, 3)."""


def belt_looks(track: BeltTrack) -> Looks:
    """Return who is seen where at moments `STEP_DAYS` apart that have any element set."""
    return looks_at(track.object_id, track.days, step_days=STEP_DAYS, reach_days=REACH_DAYS)


def near_looks(track: BeltTrack, looks: Looks) -> NearLooks:
    """Return all looks at pairs within the outer separation and drift, by pair and moment."""
    moment, place = np.nonzero(looks.row >= 0)
    row = looks.row[moment, place].astype(np.int64)
    days = looks.moment_days[moment] - track.days[row]
    drift = track.drift_deg_day[row]
    longitude = (track.mean_deg_east[row] + drift * days) % 360.0
    wrapping = np.flatnonzero(longitude < OUTER_DEG)
    index = np.concatenate([np.arange(len(row)), wrapping])
    along = np.concatenate([longitude, longitude[wrapping] + 360.0]) + 1000.0 * moment[index]
    order = np.argsort(along, kind="stable")
    index, along = index[order], along[order]
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for shift in range(1, len(along)):
        close = np.flatnonzero(along[shift:] - along[:-shift] <= OUTER_DEG)
        if not len(close):
            break
        firsts.append(index[close])
        seconds.append(index[close + shift])
    one, other = np.concatenate(firsts), np.concatenate(seconds)
    slow = np.abs(drift[other] - drift[one]) <= OUTER_DRIFT_DEG_DAY
    one, other = one[slow & (one != other)], other[slow & (one != other)]
    swap = place[one] > place[other]
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    found = NearLooks(
        place[one],
        place[other],
        moment[one],
        wrapped_deg(longitude[other] - longitude[one]),
        drift[other] - drift[one],
    )
    return found.take(np.lexsort((found.moment, found.second, found.first)))


def belt_episodes(looks: Looks, near: NearLooks) -> PairEpisodes:
    """Return the episodes of all pairs of the belt that come within the inner bounds."""
    return pair_episodes(looks, near.first, near.second, near.moment, near.is_inner)


def daily_ranges(
    track: BeltTrack,
    satellites: Satellites,
    elements: MeanElements,
    looks: Looks,
    near: NearLooks,
) -> DailyRanges:
    """Return the ranges of pairs over one revolution around each look.

    `satellites` and `elements` are the rows of the track. Both objects are brought to the moment
    by SGP4; from there the motion is that of nearby near-circular orbits. Good to 1 km for pairs
    within 200 km in planes within 2 degrees, which is below what element sets carry.
    Source: D'Amico 2010, Autonomous Formation Flying in Low Earth Orbit, eq. 2.16.
    """
    if not len(near):
        none = np.empty(0)
        return DailyRanges(none, none, none, none, np.empty((0, 3)))
    days = looks.moment_days[near.moment]
    rows = [looks.row[near.moment, side].astype(np.int64) for side in (near.first, near.second)]
    states = [_states(satellites, row, days) for row in rows]
    closest, farthest, plane = day_of_pairs(*states)
    variance = np.zeros(len(near))
    for row in rows:
        sigma = element_sigma_rtn_km(elements.take(row), np.abs(days - track.days[row]))
        variance += sigma.max(axis=1) ** 2
    return DailyRanges(
        closest,
        farthest,
        plane,
        np.sqrt(variance),
        relative_track_rtn_km(*states[0], states[1][0]),
    )


def _states(satellites: Satellites, row: Rows, days: Floats) -> tuple[Floats, Floats]:
    start_utc = moments(_ORIGIN_UTC, np.array([days.min() * 86400.0]))[0]
    at_s = (days - days.min()) * 86400.0
    states = propagate_each(satellites.take(row), start_utc, at_s)
    return states.position_teme_km, states.velocity_teme_km_s
