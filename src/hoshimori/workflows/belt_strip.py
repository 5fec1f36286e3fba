"""The strip of the geostationary belt: where its objects stand and drift, longitude over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import numpy as np

from hoshimori.detectors.belt_history import BeltHistoryDetector
from hoshimori.model.belt import Stay
from hoshimori.model.elements import ElementSets
from hoshimori.model.findings import AnyFinding, GeoNeighbour
from hoshimori.model.moments import as_column_time
from hoshimori.model.picture import Picture
from hoshimori.numerics.constants import SECONDS_PER_DAY
from hoshimori.numerics.elements import Floats, Times
from hoshimori.numerics.geo import SIDEREAL_DAY_S, Rows, moments, wrapped_deg
from hoshimori.numerics.geometry import mean_longitude_rad, sub_satellite_longitude_rad
from hoshimori.numerics.sgp4 import initialise, propagate

WHOLE_BELT_DEG = 360.0
DEFAULT_PAST_DAYS = 30.0
MOST_PAST_DAYS = 15_000.0
MOST_LINES = 1_600
MOST_POINTS = 9_000
"""Of all lines together: what a browser draws at once, and an answer may hold."""
_SYNCHRONOUS_REV_DAY = 1.0027379
_BELT_REV_DAY = 0.1
_MOST_ECCENTRICITY = 0.1
_SAMPLES = 8
"""In a sidereal day; the swings of a day cancel in their mean."""
_SHARE_OF_WIDTH = 1.0 / 900.0
"""Points closer to a straight line than this share of the strip are left out."""
_STAYS_FOR_OBJECTS = 60
"""Stays are told of so many objects at most: those of the assets and their neighbours."""
_SLOT_HALF_WIDTH_DEG = 0.15


class BeltRole(Enum):
    """What an object is on the strip."""

    ASSET = "asset"
    NEIGHBOUR = "neighbour"
    """A finding of the picture is about it and an asset."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, eq=False)
class BeltLine:
    """One object along the belt; columns of shape (k,), oldest first."""

    norad_id: int
    name: str
    role: BeltRole
    times_utc: Times
    deg_east: Floats
    """Daily mean longitude, continuous: it may leave -180 to 180."""
    past: int
    """How many of the points are element sets; the others are foreseen by SGP4."""
    drift_deg_day: float
    inclination_deg: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an asset stands."""

    norad_id: int
    deg_east: float
    half_width_deg: float


@dataclass(frozen=True, slots=True, eq=False)
class BeltStrip:
    """A part of the belt over a span of time."""

    middle_deg_east: float
    width_deg: float
    since_utc: datetime
    as_of_utc: datetime
    until_utc: datetime
    lines: tuple[BeltLine, ...]
    """Assets first, then their neighbours, then the others by number."""
    slots: tuple[Slot, ...]
    stays: tuple[Stay, ...]
    neighbours: tuple[GeoNeighbour, ...]
    """The findings about objects in the strip."""
    objects: int
    """How many objects of the belt the picture holds."""
    left_out: int
    """Objects in the strip without a line, because there are too many."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of the belt, and how far back."""

    middle_deg_east: float = 0.0
    width_deg: float = WHOLE_BELT_DEG
    past_days: float = DEFAULT_PAST_DAYS

    def holds(self, deg_east: Floats) -> np.ndarray:
        """Return which longitudes lie in it."""
        if self.width_deg >= WHOLE_BELT_DEG:
            return np.ones(np.shape(deg_east), dtype=np.bool_)
        return np.asarray(
            np.abs(wrapped_deg(deg_east - self.middle_deg_east)) <= self.width_deg / 2
        )


def belt_strip(
    picture: Picture,
    findings: Sequence[AnyFinding],
    stretch: Stretch = Stretch(),
) -> BeltStrip:
    """Return the belt as a picture shows it, from some days before to where it looks ahead.

    Past points are the mean longitudes of element sets at their epochs; what comes is the daily
    mean that SGP4 foresees from the newest set of each object.
    """
    newest = in_belt(picture.newest)
    coming_utc, coming_deg = coming_longitudes(newest, picture.as_of_utc, picture.days_ahead)
    moves = np.asarray(np.isfinite(coming_deg).all(axis=1))
    newest, coming_deg = newest.take(moves), coming_deg[moves]
    since = picture.as_of_utc - timedelta(days=stretch.past_days)
    past = _past(picture, newest, since)
    past_deg = np.degrees(mean_longitude_rad(past.mean_elements()))
    shown = stretch.holds(coming_deg).any(axis=1)
    shown |= np.isin(newest.norad_id, past.norad_id[stretch.holds(past_deg)])
    about = tuple(f for f in findings if isinstance(f, GeoNeighbour))
    roles = _roles(picture, about)
    rows = _in_order(newest, np.flatnonzero(shown), roles)
    lines = _lines(newest, rows[:MOST_LINES], (past, past_deg), (coming_utc, coming_deg), roles)
    lines = _simplified(lines, stretch)
    told = frozenset(line.norad_id for line in lines)
    return BeltStrip(
        middle_deg_east=stretch.middle_deg_east,
        width_deg=stretch.width_deg,
        since_utc=since,
        as_of_utc=picture.as_of_utc,
        until_utc=picture.as_of_utc + timedelta(days=picture.days_ahead),
        lines=lines,
        slots=_slots(lines, about),
        stays=_stays(past, lines),
        neighbours=tuple(f for f in about if told.issuperset(f.objects)),
        objects=len(newest),
        left_out=max(0, len(rows) - MOST_LINES),
    )


def in_belt(sets: ElementSets) -> ElementSets:
    """Return the element sets of orbits that go with the Earth, ordered by object and epoch."""
    near = np.abs(sets.mean_motion_rev_day - _SYNCHRONOUS_REV_DAY) <= _BELT_REV_DAY
    return sets.take(near & (sets.eccentricity <= _MOST_ECCENTRICITY)).sorted_by_object()


def coming_longitudes(sets: ElementSets, start_utc: datetime, days: float) -> tuple[Times, Floats]:
    """Return daily mean longitudes (n, m), continuous, at m moments one sidereal day apart.

    The mean over the sidereal day around each moment; NaN where SGP4 refuses.
    """
    t0_utc = as_column_time(start_utc)
    count = max(1, int(np.ceil(days * SECONDS_PER_DAY / SIDEREAL_DAY_S))) + 1
    half = _SAMPLES // 2
    steps = np.arange(-half, (count - 1) * _SAMPLES + half + 1, dtype=np.float64)
    t_s = np.asarray(steps * (SIDEREAL_DAY_S / _SAMPLES))
    states = propagate(initialise(sets.mean_elements()), t0_utc, t_s)
    longitude = sub_satellite_longitude_rad(states.position_teme_km, moments(t0_utc, t_s))
    continuous = np.degrees(np.unwrap(longitude, axis=1))
    weight = np.full(_SAMPLES + 1, 1.0 / _SAMPLES)
    weight[[0, -1]] /= 2.0
    windows = np.lib.stride_tricks.sliding_window_view(continuous, _SAMPLES + 1, axis=1)
    return moments(t0_utc, t_s[half:-half:_SAMPLES]), np.asarray(windows[:, ::_SAMPLES] @ weight)


def _past(picture: Picture, newest: ElementSets, since: datetime) -> ElementSets:
    """Return the element sets of the objects in a span, one a day of each at most."""
    past = in_belt(picture.history)
    recent = (past.epoch_utc >= as_column_time(since)) & (
        past.epoch_utc <= as_column_time(picture.as_of_utc)
    )
    past = past.take(recent & np.isin(past.norad_id, newest.norad_id))
    day = past.epoch_utc.astype("datetime64[D]")
    last = np.ones(len(past), dtype=np.bool_)
    last[:-1] = (past.norad_id[1:] != past.norad_id[:-1]) | (day[1:] != day[:-1])
    return past.take(last)


def _roles(picture: Picture, about: Sequence[GeoNeighbour]) -> dict[int, BeltRole]:
    roles = {f.objects[1]: BeltRole.NEIGHBOUR for f in about}
    return roles | {asset.norad_id: BeltRole.ASSET for asset in picture.assets}


def _in_order(sets: ElementSets, rows: Rows, roles: dict[int, BeltRole]) -> Rows:
    rank = {BeltRole.ASSET: 0, BeltRole.NEIGHBOUR: 1, BeltRole.OTHER: 2}
    ids = sets.norad_id[rows].tolist()
    return rows[np.argsort([rank[roles.get(i, BeltRole.OTHER)] for i in ids], kind="stable")]


def _lines(
    newest: ElementSets,
    rows: Rows,
    past: tuple[ElementSets, Floats],
    coming: tuple[Times, Floats],
    roles: dict[int, BeltRole],
) -> tuple[BeltLine, ...]:
    before, before_deg = past
    coming_utc, coming_deg = coming
    ids = newest.norad_id[rows]
    first = np.searchsorted(before.norad_id, ids, side="left")
    end = np.searchsorted(before.norad_id, ids, side="right")
    before_drift = _drift_deg_day(before)
    days = float((coming_utc[-1] - coming_utc[0]) / np.timedelta64(1, "us")) / 86400e6
    lines = []
    for row, start, stop in zip(rows.tolist(), first.tolist(), end.tolist(), strict=True):
        own, ahead = slice(start, stop), coming_deg[row]
        drift = float(ahead[-1] - ahead[0]) / days
        times_utc = np.concatenate([before.epoch_utc[own], coming_utc])
        drifts = np.append(before_drift[own], np.full(len(ahead), drift))
        lines.append(
            BeltLine(
                norad_id=int(newest.norad_id[row]),
                name=str(newest.object_name[row]),
                role=roles.get(int(newest.norad_id[row]), BeltRole.OTHER),
                times_utc=times_utc,
                deg_east=_continuous(
                    times_utc, np.append(before_deg[own], ahead), drifts, stop - start
                ),
                past=stop - start,
                drift_deg_day=drift,
                inclination_deg=float(newest.inclination_deg[row]),
            )
        )
    return tuple(lines)


def _drift_deg_day(sets: ElementSets) -> Floats:
    """Return the drift along the belt that the mean motion of each set gives."""
    return np.asarray((sets.mean_motion_rev_day - _SYNCHRONOUS_REV_DAY) * 360.0)


def _continuous(times_utc: Times, deg_east: Floats, drift_deg_day: Floats, now: int) -> Floats:
    """Return longitudes as one line, whole turns added as the drift between two points asks for.

    The point `now` is within half a turn of zero.
    """
    gap_days = np.diff(times_utc) / np.timedelta64(1, "s") / SECONDS_PER_DAY
    foreseen = 0.5 * (drift_deg_day[1:] + drift_deg_day[:-1]) * gap_days
    step = foreseen + wrapped_deg(np.diff(deg_east) - foreseen)
    whole = np.append(0.0, np.cumsum(step))
    return np.asarray(whole - whole[now] + wrapped_deg(deg_east[now]))


def _simplified(lines: tuple[BeltLine, ...], stretch: Stretch) -> tuple[BeltLine, ...]:
    """Return lines with the points that a straight line between others stands for left out."""
    tolerance = stretch.width_deg * _SHARE_OF_WIDTH
    while True:
        thinned = tuple(_thinned(line, tolerance) for line in lines)
        if sum(len(line.deg_east) for line in thinned) <= max(MOST_POINTS, 2 * len(lines)):
            return thinned
        tolerance *= 2.0
        if tolerance > stretch.width_deg:
            return thinned


def _thinned(line: BeltLine, tolerance_deg: float) -> BeltLine:
    days = (line.times_utc - line.times_utc[0]) / np.timedelta64(1, "s") / SECONDS_PER_DAY
    kept = kept_points(np.asarray(days), line.deg_east, tolerance_deg)
    if line.past:
        # The last element set and the first moment foreseen part what was seen from what comes.
        kept[[line.past - 1, line.past]] = True
    return BeltLine(
        line.norad_id,
        line.name,
        line.role,
        line.times_utc[kept],
        line.deg_east[kept],
        int(np.count_nonzero(kept[: line.past])),
        line.drift_deg_day,
        line.inclination_deg,
    )


def kept_points(days: Floats, values: Floats, tolerance: float) -> np.ndarray:
    """Return which points of a line remain so that none that is left out is farther from it.

    Distances are taken along the values. Source: Douglas and Peucker 1973, Cartographica 10, 112.

    >>> kept_points(np.arange(4.0), np.array([0.0, 1.0, 2.1, 0.0]), 0.2).tolist()
    [True, False, True, True]
    """
    kept = np.zeros(len(days), dtype=np.bool_)
    kept[[0, -1]] = True
    waiting = [(0, len(days) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        inner = slice(first + 1, last)
        span = days[last] - days[first]
        share = (days[inner] - days[first]) / span if span else np.zeros(last - first - 1)
        straight = values[first] + share * (values[last] - values[first])
        off = np.abs(values[inner] - straight)
        worst = int(np.argmax(off))
        if off[worst] > tolerance:
            middle = first + 1 + worst
            kept[middle] = True
            waiting += [(first, middle), (middle, last)]
    return kept


def _slots(lines: Sequence[BeltLine], about: Sequence[GeoNeighbour]) -> tuple[Slot, ...]:
    half = {f.objects[0]: f.slot_half_width_deg for f in about}
    return tuple(
        Slot(
            line.norad_id,
            float(line.deg_east[min(line.past, len(line.deg_east) - 1)]),
            half.get(line.norad_id, _SLOT_HALF_WIDTH_DEG),
        )
        for line in lines
        if line.role is BeltRole.ASSET
    )


def _stays(past: ElementSets, lines: Sequence[BeltLine]) -> tuple[Stay, ...]:
    """Return the stays of assets and their neighbours, of all where few are shown."""
    chosen = [line.norad_id for line in lines if line.role is not BeltRole.OTHER]
    if len(lines) <= _STAYS_FOR_OBJECTS:
        chosen = [line.norad_id for line in lines]
    sets = past.take(np.isin(past.norad_id, chosen[:_STAYS_FOR_OBJECTS]))
    if not len(sets):
        return ()
    return BeltHistoryDetector().history(sets).stays
