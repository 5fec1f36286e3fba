"""Pairs of objects outside the geosynchronous belt that move together, look after look."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.spatial import cKDTree

from hoshimori.numerics.belt_track import in_belt
from hoshimori.numerics.constants import SECONDS_PER_DAY, TWO_PI, WGS72_MU_KM3_S2
from hoshimori.numerics.elements import Floats, MeanElements
from hoshimori.numerics.looks import Flags, Looks, Rows, looks_at
from hoshimori.numerics.relative import orbit_plane_angle_rad, relative_track_rtn_km
from hoshimori.numerics.relative_day import day_of_pairs
from hoshimori.numerics.sgp4 import initialise, propagate
from hoshimori.numerics.uncertainty import element_sigma_rtn_km

STEP_DAYS = 2.0
REACH_DAYS = 1.5
INNER_KM, OUTER_KM = 100.0, 150.0
INNER_KM_DAY, OUTER_KM_DAY = 100.0, 300.0
WIDEST_PLANE_DEG = 0.5
_SEARCH_KM = 500.0
"""A pair whose ellipse brings it within the outer range is never farther apart, but for rare."""
_SHELL_TILT_RAD = np.radians(0.7)
_SHELL_MOTION = 0.015
_MOTION_CELL = 0.001
"""In radians a minute: 1.5 % of the motion in low orbits."""
_MOST_ECCENTRICITY = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class OrbitLooks:
    """Near looks at pairs outside the belt, one row each, by pair and moment."""

    first: Rows
    """Place in `Looks.objects`; the lower of both."""
    second: Rows
    moment: Rows
    closest_km: Floats
    """Over one revolution around the look."""
    farthest_km: Floats
    plane_angle_deg: Floats
    drift_km_day: Floats
    """Rate of the mean separation along the orbit."""
    sigma_km: Floats
    track_rtn_km: Floats
    """The second object in the first's RTN frame at the look, shape (n, 3)."""

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Rows | Flags) -> OrbitLooks:
        """Return the chosen rows."""
        return OrbitLooks(*(getattr(self, f.name)[rows] for f in fields(self)))

    @property
    def is_inner(self) -> Flags:
        """Which of them count as near."""
        slow = np.abs(self.drift_km_day) <= INNER_KM_DAY
        return np.asarray((self.closest_km <= INNER_KM) & slow)


def of_shells(elements: MeanElements, centres: Rows) -> Flags:
    """Return which sets lie in the shells of some rows: near-circular, alike in tilt and height.

    Within 0.7 degrees of inclination and 1.5 % of mean motion, outside the geosynchronous belt.
    """
    tilt, motion = elements.inclination_rad, elements.mean_motion_kozai_rad_min
    round_orbits = (elements.eccentricity <= _MOST_ECCENTRICITY) & ~in_belt(elements)
    found = np.zeros(len(elements), dtype=np.bool_)
    centres = centres[round_orbits[centres]]
    # Sets of one orbit stand for one centre: a tenth of a shell apart they are another.
    cells = np.round(
        [10.0 * tilt[centres] / _SHELL_TILT_RAD, 10.0 * motion[centres] / _MOTION_CELL]
    )
    for centre in centres[np.unique(cells, axis=1, return_index=True)[1]]:
        found |= (np.abs(tilt - tilt[centre]) <= _SHELL_TILT_RAD) & (
            np.abs(motion / motion[centre] - 1.0) <= _SHELL_MOTION
        )
    return np.asarray(found & round_orbits)


def orbit_looks(object_id: Rows, elements: MeanElements) -> tuple[Looks, OrbitLooks]:
    """Return the looks at objects and all pairs that are near at them.

    Rows are ordered by object and epoch. Moments are two days apart, with sets within one and a
    half; pairs in planes within half a degree that come within `OUTER_KM` over a revolution and
    drift by at most `OUTER_KM_DAY`.
    Source of the motion: D'Amico 2010, Autonomous Formation Flying in LEO, eq. 2.16.
    """
    days = elements.epoch_utc.astype("datetime64[us]").astype(np.int64) / 86400e6
    looks = looks_at(object_id, days, step_days=STEP_DAYS, reach_days=REACH_DAYS)
    satellites = initialise(elements)
    parts = []
    for moment, at_days in enumerate(looks.moment_days):
        place = np.flatnonzero(looks.row[moment] >= 0)
        if len(place) < 2:
            continue
        rows = looks.row[moment, place].astype(np.int64)
        at_utc = np.datetime64(round(at_days * 86400e6), "us")
        states = propagate(satellites.take(rows), at_utc, np.zeros(1))
        position, velocity = states.position_teme_km[:, 0], states.velocity_teme_km_s[:, 0]
        good = np.flatnonzero(np.isfinite(position).all(axis=1))
        pairs = good[cKDTree(position[good]).query_pairs(_SEARCH_KM, output_type="ndarray")]
        one, other = np.sort(pairs.reshape(-1, 2), axis=1).T
        angle = orbit_plane_angle_rad(
            position[one], velocity[one], position[other], velocity[other]
        )
        kept = angle <= np.radians(WIDEST_PLANE_DEG)
        one, other = one[kept], other[kept]
        age = at_days - days[rows]
        sigma = element_sigma_rtn_km(elements.take(rows), np.abs(age)).max(axis=1)
        parts.append(
            _near(place, moment, one, other, position, velocity, np.hypot(sigma[one], sigma[other]))
        )
    names = [f.name for f in fields(OrbitLooks)]
    found = (
        OrbitLooks(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))
        if parts
        else _NONE
    )
    return looks, found.take(np.lexsort((found.moment, found.second, found.first)))


def _near(
    place: Rows,
    moment: int,
    one: Rows,
    other: Rows,
    position: Floats,
    velocity: Floats,
    sigma_km: Floats,
) -> OrbitLooks:
    closest, farthest, plane = day_of_pairs(
        (position[one], velocity[one]), (position[other], velocity[other])
    )
    found = OrbitLooks(
        place[one],
        place[other],
        np.full(len(one), moment),
        closest,
        farthest,
        plane,
        _drift_km_day(position, velocity, one, other),
        sigma_km,
        relative_track_rtn_km(position[one], velocity[one], position[other]),
    )
    return found.take((closest <= OUTER_KM) & (np.abs(found.drift_km_day) <= OUTER_KM_DAY))


def _drift_km_day(position: Floats, velocity: Floats, one: Rows, other: Rows) -> Floats:
    """Return the rate of the mean in-track separation from the difference of the axes."""
    speed_2 = np.einsum("ij,ij->i", velocity, velocity)
    axis = 1.0 / (2.0 / np.linalg.norm(position, axis=1) - speed_2 / WGS72_MU_KM3_S2)
    revolutions = np.sqrt(WGS72_MU_KM3_S2 / axis[one] ** 3) * SECONDS_PER_DAY / TWO_PI
    return np.asarray(-3.0 * np.pi * revolutions * (axis[other] - axis[one]))


_NO_ROWS, _NOTHING = np.empty(0, np.int64), np.empty(0)
_NONE = OrbitLooks(
    _NO_ROWS,
    _NO_ROWS,
    _NO_ROWS,
    _NOTHING,
    _NOTHING,
    _NOTHING,
    _NOTHING,
    _NOTHING,
    np.empty((0, 3)),
)
