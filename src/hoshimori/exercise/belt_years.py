"""Years of the geostationary belt in a few objects: who stays, visits, docks, tows and drifts.

Objects follow paths of longitudes that are told day by day; element sets of the asked density are
made from them. Every fact is marked SIMULATED.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hoshimori.exercise.high_orbits import belt_orbits
from hoshimori.exercise.records import Register, element_sets
from hoshimori.exercise.refit import moved_to, rows_of, stacked
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.numerics.elements import Floats, MeanElements, Times

_KEEPING_DEG = 0.02
_KEEPING_DAYS = 14.0
_FIRST_LAUNCH = np.datetime64("2001-01-01", "us")
_US_PER_DAY = 86400e6


@dataclass(frozen=True, slots=True)
class Life:
    """One object: when it is where, in days since the start and degrees east.

    Between two points it drifts evenly; where both have one longitude it is kept there by burns
    every two weeks, within 0.02 degrees. Without points it is on orbits left to nature.
    """

    norad_id: int
    name: str
    object_id: str
    points: tuple[tuple[float, float], ...] = ()
    orbits: tuple[tuple[float, MeanElements], ...] = ()
    """Orbits of one row each, and the day from which each holds."""
    tilt_deg: float = 0.03
    docked: tuple[int, float, float] | None = None
    """From one day to another it has the element sets of another object."""


def belt_lives(
    lives: Sequence[Life], start_utc: np.datetime64, days: float, *, every_days: float
) -> ElementSets:
    """Return element sets of all lives, `every_days` apart, each object at an hour of its own."""
    made: dict[int, MeanElements] = {}
    for k, life in enumerate(lives):
        own = (0.11 + 0.037 * k) % 0.5
        at_days = np.arange(own, days, every_days)
        if life.points:
            at_days = at_days[(at_days >= life.points[0][0]) & (at_days <= life.points[-1][0])]
        made[life.norad_id] = _with_docking(life, _sets(life, start_utc, at_days), made, start_utc)
    counts = [len(sets) for sets in made.values()]
    register = Register(
        norad_id=np.repeat([life.norad_id for life in lives], counts),
        name=np.repeat(np.array([life.name for life in lives], TEXT), counts),
        object_id=np.repeat(np.array([life.object_id for life in lives], TEXT), counts),
        launch_utc=np.full(sum(counts), _FIRST_LAUNCH),
    )
    end_utc = start_utc + _span(np.array([days]))[0]
    every = stacked(list(made.values()))
    return element_sets(every, register, end_utc, "years of the belt").sorted_by_object()


def free_orbit(
    at_utc: np.datetime64, deg_east: float, drift_deg_day: float, tilt_deg: float
) -> MeanElements:
    """Return an orbit that drifts from a longitude, to be left to nature."""
    return _orbits(np.array([at_utc]), np.array([deg_east]), np.array([drift_deg_day]), tilt_deg)


def _sets(life: Life, start_utc: np.datetime64, at_days: Floats) -> MeanElements:
    epochs = start_utc + _span(at_days)
    if life.orbits:
        since = np.array([day for day, _ in life.orbits])
        arc = np.searchsorted(since, at_days, side="right") - 1
        return moved_to(rows_of(stacked([orbit for _, orbit in life.orbits]), arc), epochs)
    days, slots = np.array(life.points).T
    longitude = np.interp(at_days, days, slots)
    leg = np.clip(np.searchsorted(days, at_days, side="right") - 1, 0, len(days) - 2)
    rate = np.diff(slots) / np.diff(days)
    drift = rate[leg]
    phase = 2.0 * np.pi * at_days / _KEEPING_DAYS
    kept = drift == 0.0
    longitude = longitude + np.where(kept, _KEEPING_DEG * np.sin(phase), 0.0)
    swing = _KEEPING_DEG * 2.0 * np.pi / _KEEPING_DAYS
    drift = drift + np.where(kept, swing * np.cos(phase), 0.0)
    return _orbits(epochs, longitude, drift, life.tilt_deg)


def _orbits(
    epochs: Times, longitude_deg: Floats, drift_deg_day: Floats, tilt_deg: float
) -> MeanElements:
    """Return element sets that stand at longitudes with drifts at their own epochs."""
    one_by_one = [
        belt_orbits(
            mean_longitude_deg=longitude_deg[k : k + 1],
            drift_deg_day=drift_deg_day[k : k + 1],
            eccentricity=np.array([2e-4]),
            inclination_rad=np.radians([tilt_deg]),
            raan_rad=np.radians([80.0]),
            arg_of_perigee_rad=np.radians([200.0]),
            at_utc=epoch,
        ).elements(epochs[k : k + 1], np.zeros(1))
        for k, epoch in enumerate(epochs)
    ]
    return stacked(one_by_one)


def _with_docking(
    life: Life, own: MeanElements, made: Mapping[int, MeanElements], start_utc: np.datetime64
) -> MeanElements:
    if life.docked is None:
        return own
    other, since, until = life.docked
    span = start_utc + _span(np.array([since, until]))
    sets = made[other]
    apart = np.flatnonzero((own.epoch_utc < span[0]) | (own.epoch_utc > span[1]))
    shared = np.flatnonzero((sets.epoch_utc >= span[0]) & (sets.epoch_utc <= span[1]))
    both = stacked([rows_of(own, apart), rows_of(sets, shared)])
    return rows_of(both, np.argsort(both.epoch_utc, kind="stable"))


def _span(days: Floats) -> npt.NDArray[np.timedelta64]:
    return np.round(days * _US_PER_DAY).astype("timedelta64[us]")


START_UTC = np.datetime64("2020-01-01T00:00:00", "us")
VISITOR, HOLDERS, SERVICER, CLIENT, TUG, DERELICT, MOVER = (
    90001,
    (90002, 90003, 90004),
    90005,
    90006,
    90007,
    90008,
    90009,
)


def story_of_years() -> tuple[tuple[Life, ...], float]:
    """Return lives of five years, and how many days they last.

    A visitor stands beside three holders in turn; a servicer docks to a client and moves it to a
    new slot; a tug meets a derelict, and the derelict leaves its orbit; a satellite relocates once.
    """
    days = 1826.0
    holders = tuple(
        Life(number, f"SIM HOLDER {k}", f"200{k}-50{k}A", ((0.0, slot), (days, slot)))
        for k, (number, slot) in enumerate(zip(HOLDERS, (30.0, 41.0, 55.0), strict=True), 1)
    )
    visits = (
        (0.0, 12.0), (400.0, 12.0), (430.0, 30.08), (560.0, 30.08), (590.0, 40.93),
        (700.0, 40.93), (730.0, 55.06), (900.0, 55.06), (930.0, 20.0), (990.0, 20.0),
        (1020.0, 25.0), (1080.0, 25.0), (1130.0, 55.07), (1300.0, 55.07), (1400.0, 5.0),
        (days, 5.0),
    )  # fmt: skip
    visitor = Life(VISITOR, "SIM VISITOR", "2014-504A", visits)
    moved = ((0.0, -18.0), (700.0, -18.0), (760.0, -27.5), (days, -27.5))
    client = Life(CLIENT, "SIM CLIENT", "2002-505A", moved)
    servicer = Life(
        SERVICER,
        "SIM SERVICER",
        "2019-506A",
        ((0.0, -60.0), (500.0, -60.0), (600.0, -18.0), (days, -18.0)),
        docked=(CLIENT, 620.0, days),
    )
    mover = Life(
        MOVER, "SIM MOVER", "2009-507A", ((0.0, 80.0), (800.0, 80.0), (830.0, 90.0), (days, 90.0))
    )
    return (visitor, *holders, client, servicer, mover, *_tow()), days


def _tow() -> tuple[Life, Life]:
    """Return a derelict, moved on day 1030, and the tug that met it on day 990 and leaves it then.

    The tug drifts in the same plane 20 degrees away before; afterwards the derelict's revolution is
    one hundredth longer, which is 300 km higher.
    """
    met, let_go = 990.0, 1030.0
    orbit = free_orbit(START_UTC, 150.0, -0.2, 6.0)
    before = free_orbit(START_UTC, 130.0, -0.2, 6.0)
    after = moved_to(orbit, START_UTC + _span(np.array([let_go])))
    slower = replace(after, mean_motion_kozai_rad_min=after.mean_motion_kozai_rad_min * 0.99)
    faster = replace(after, mean_motion_kozai_rad_min=after.mean_motion_kozai_rad_min * 1.001)
    derelict = Life(DERELICT, "SIM DERELICT", "2005-508A", orbits=((0.0, orbit), (let_go, slower)))
    tug = Life(
        TUG, "SIM TUG", "2018-509A", orbits=((0.0, before), (met, orbit), (let_go, faster))
    )  # fmt: skip
    return derelict, tug
