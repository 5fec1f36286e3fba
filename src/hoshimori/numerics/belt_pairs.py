"""Who was beside whom in the belt: pairs that share a longitude and do not drift apart.

Pairs are looked at on moments a few days apart, and only where both have an element set within
some days of the moment: what lies between two looks is not known and is not filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.belt_track import BeltTrack, Flags, Rows
from hoshimori.numerics.constants import WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.geo import moments, wrapped_deg
from hoshimori.numerics.kernels import kernel
from hoshimori.numerics.relative import relative_track_rtn_km
from hoshimori.numerics.sgp4 import Satellites, propagate_each
from hoshimori.numerics.uncertainty import element_sigma_rtn_km

INNER_DEG, OUTER_DEG = 0.2, 0.3
"""An episode comes within the inner separation and lasts while within the outer one."""
INNER_DRIFT_DEG_DAY, OUTER_DRIFT_DEG_DAY = 0.05, 0.25
"""It is slow within; who is near and faster is neither beside nor apart."""
STEP_DAYS = 3.0
REACH_DAYS = 4.0
_PHASES = 48
_ORIGIN_UTC = np.datetime64("1970-01-01", "us")


@dataclass(frozen=True, slots=True, eq=False)
class BeltLooks:
    """Objects at moments, one row each, by moment and object."""

    moment_days: Floats
    """The moments themselves, days since 1970, shape (m,)."""
    objects: Rows
    """Catalogue numbers, ascending, shape (o,)."""
    row: npt.NDArray[np.int32]
    """Row of the track nearest in time to each moment and object, -1 for none, shape (m, o)."""


@dataclass(frozen=True, slots=True, eq=False)
class NearLooks:
    """Looks at pairs that are near, one row each, by pair and moment."""

    first: Rows
    """Place in `BeltLooks.objects`; the lower of both."""
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


@dataclass(frozen=True, slots=True, eq=False)
class PairEpisodes:
    """Spans of looks at which pairs remain near, one row each; ends are rows of `NearLooks`."""

    first: Rows
    """First look inside."""
    last: Rows
    """Last look inside."""
    after_days: Floats
    """The last look before at which both were seen apart; -infinity where there was none."""
    until_days: Floats
    """The first look after at which both were seen apart; infinity where there was none."""

    def __len__(self) -> int:
        return len(self.first)


def belt_looks(track: BeltTrack) -> BeltLooks:
    """Return who is seen where at moments `STEP_DAYS` apart that have any element set."""
    objects, place = np.unique(track.object_id, return_inverse=True)
    steps = np.unique(np.floor(track.days / STEP_DAYS).astype(np.int64))
    moment_days = np.asarray((steps + 0.5) * STEP_DAYS, np.float64)
    row = np.full((len(steps), len(objects)), -1, np.int32)
    _fill_rows(track.days, place.astype(np.int64), moment_days, row)
    return BeltLooks(moment_days, objects, row)


@kernel
def _fill_rows(days: Floats, place: Rows, moment_days: Floats, row: npt.NDArray[np.int32]) -> None:
    for k in range(len(days)):
        start = np.searchsorted(moment_days, days[k] - REACH_DAYS)
        for m in range(start, len(moment_days)):
            gap = abs(moment_days[m] - days[k])
            if gap > REACH_DAYS:
                break
            other = row[m, place[k]]
            if other < 0 or gap < abs(moment_days[m] - days[other]):
                row[m, place[k]] = k


def near_looks(track: BeltTrack, looks: BeltLooks) -> NearLooks:
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


def pair_episodes(looks: BeltLooks, near: NearLooks) -> PairEpisodes:
    """Return the episodes of all pairs: runs of near looks with no look apart between them."""
    pair = (near.first, near.second, near.moment)
    return PairEpisodes(*_episodes(*pair, near.is_inner, looks.row, looks.moment_days))


@kernel
def _episodes(
    first: Rows,
    second: Rows,
    moment: Rows,
    inner: Flags,
    row: npt.NDArray[np.int32],
    moment_days: Floats,
) -> tuple[Rows, Rows, Floats, Floats]:
    n, found, k = len(first), 0, 0
    starts, ends = np.empty(n, np.int64), np.empty(n, np.int64)
    after, until = np.empty(n), np.empty(n)
    while k < n:
        one, other, stop = first[k], second[k], k + 1
        while stop < n and first[stop] == one and second[stop] == other:
            if _look_at_both(row, one, other, moment[stop - 1], 1) != moment[stop]:
                break
            stop += 1
        inside = np.flatnonzero(inner[k:stop])
        if len(inside):
            start, end = k + inside[0], k + inside[-1]
            before = _look_at_both(row, one, other, moment[k], -1)
            later = _look_at_both(row, one, other, moment[stop - 1], 1)
            starts[found], ends[found] = start, end
            after[found] = moment_days[before] if before >= 0 else -np.inf
            until[found] = moment_days[later] if later >= 0 else np.inf
            found += 1
        k = stop
    return starts[:found], ends[:found], after[:found], until[:found]


@kernel
def _look_at_both(row: npt.NDArray[np.int32], one: int, other: int, moment: int, step: int) -> int:
    """Return the next moment, in steps of 1 or -1, at which both are seen; -1 for none."""
    m = moment + step
    while 0 <= m < len(row):
        if row[m, one] >= 0 and row[m, other] >= 0:
            return m
        m += step
    return -1


def daily_ranges(
    track: BeltTrack,
    satellites: Satellites,
    elements: MeanElements,
    looks: BeltLooks,
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
    closest, farthest, plane = _day_of_pairs(*states)
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


def _day_of_pairs(
    one: tuple[Floats, Floats], other: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Return closest and farthest range over a revolution, and the angle of the planes in degrees.

    Differences of the eccentricity vectors and orbit normals in the first object's radial and
    in-track axes give the motion at every phase that follows.
    """
    radius = np.linalg.norm(one[0], axis=1)
    normal_1, normal_2 = _normal(*one), _normal(*other)
    radial = one[0] / radius[:, None]
    in_track = np.cross(normal_1, radial)
    axis_1, axis_2 = _axis_km(*one), _axis_km(*other)
    e_vector = _eccentricity(*other) - _eccentricity(*one)
    e_p, e_q = _dot(e_vector, radial), _dot(e_vector, in_track)
    w_p, w_q = _dot(normal_2 - normal_1, radial), _dot(normal_2 - normal_1, in_track)
    apart = other[0] - one[0]
    ahead = np.arctan2(_dot(apart, in_track), radius + _dot(apart, radial)) + 2.0 * e_q
    above = (axis_2 - axis_1) / axis_1
    closest, farthest = np.full(len(radius), np.inf), np.zeros(len(radius))
    for phase in np.linspace(-np.pi, np.pi, _PHASES + 1):
        cosine, sine = np.cos(phase), np.sin(phase)
        x = above - e_p * cosine - e_q * sine
        y = ahead - 1.5 * above * phase + 2.0 * (e_p * sine - e_q * cosine)
        z = w_p * cosine + w_q * sine
        range_km = axis_1 * np.sqrt(x**2 + y**2 + z**2)
        closest, farthest = np.fmin(closest, range_km), np.fmax(farthest, range_km)
    sine = np.linalg.norm(np.cross(normal_1, normal_2), axis=1)
    return closest, farthest, np.degrees(np.arcsin(np.minimum(sine, 1.0)))


def _dot(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", one, other))


def _normal(position_km: Floats, velocity_km_s: Floats) -> Floats:
    momentum = np.cross(position_km, velocity_km_s)
    return np.asarray(momentum / np.linalg.norm(momentum, axis=1, keepdims=True))


def _axis_km(position_km: Floats, velocity_km_s: Floats) -> Floats:
    speed_2, radius = _dot(velocity_km_s, velocity_km_s), np.linalg.norm(position_km, axis=1)
    return np.asarray(1.0 / (2.0 / radius - speed_2 / WGS72_MU_KM3_S2))


def _eccentricity(position_km: Floats, velocity_km_s: Floats) -> Floats:
    momentum = np.cross(position_km, velocity_km_s)
    radius = np.linalg.norm(position_km, axis=1, keepdims=True)
    return np.asarray(np.cross(velocity_km_s, momentum) / WGS72_MU_KM3_S2 - position_km / radius)
