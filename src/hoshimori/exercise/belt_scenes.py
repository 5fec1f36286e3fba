"""Stories of the geostationary belt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hoshimori.exercise.actors import BELT_NOISE, HIGH_NOISE, Actor, Arc, burn
from hoshimori.exercise.high_orbits import belt_orbits
from hoshimori.exercise.mean_orbits import EARTH_RATE_RAD_DAY
from hoshimori.exercise.refit import moved_to, rows_of, shifted, states_at
from hoshimori.exercise.story import Scene, Story, as_datetime, asset, moment
from hoshimori.model.assets import Asset, Importance
from hoshimori.model.findings import GeoNeighbour, Manoeuvre, Proximity
from hoshimori.model.objects import ObjectType
from hoshimori.model.planted import Planted, PlantedKind
from hoshimori.numerics.elements import MeanElements
from hoshimori.numerics.frames import gmst82_rad
from hoshimori.numerics.geo import wrapped_deg

DRIFT_SLOT_DEG_EAST = 132.0
NEIGHBOUR_SLOT_DEG_EAST = 110.5
DOCKED_SLOT_DEG_EAST = -33.0
CLUSTER_SLOT_DEG_EAST = 143.0
QUIET_SLOT_DEG_EAST = 140.7
CLEAR_OF_DEG_EAST = (
    DRIFT_SLOT_DEG_EAST,
    NEIGHBOUR_SLOT_DEG_EAST,
    DOCKED_SLOT_DEG_EAST,
    CLUSTER_SLOT_DEG_EAST,
    QUIET_SLOT_DEG_EAST,
)
"""Longitudes around which only the planted objects are kept."""

SLOT_HALF_WIDTH_DEG = 0.15
"""Within it an object counts as arrived."""
_RADIUS_KM = 42164.0
_DRIFT_DEG_DAY_PER_KM = -0.01284
_DRIFT_DEG_DAY_PER_M_S = -1.0 / 2.84
_SIDEREAL_DAY_S = 2.0 * np.pi / EARTH_RATE_RAD_DAY * 86400.0
_CYCLE_DAYS = 12.0
_HISTORY_CYCLES = 4
_FIRST_START = np.timedelta64(1000, "D")


def longitude_deg_east(elements: MeanElements, at_utc: np.datetime64) -> float:
    """Return the longitude below the first object, averaged over half a turn, -180 to 180."""
    half = np.timedelta64(round(_SIDEREAL_DAY_S / 4 * 1e6), "us")
    moments = np.array([at_utc - half, at_utc + half])
    position, _ = states_at(rows_of(elements, np.zeros(2, np.int64)), moments)
    angle = np.arctan2(position[:, 1], position[:, 0]) - gmst82_rad(moments)
    first, second = np.degrees(angle)
    return float(wrapped_deg(first + 0.5 * wrapped_deg(second - first)))


def drift_deg_day(elements: MeanElements, at_utc: np.datetime64) -> float:
    """Return the drift of the first object over the sidereal day around a moment."""
    half = np.timedelta64(round(_SIDEREAL_DAY_S / 2 * 1e6), "us")
    before, after = (longitude_deg_east(elements, at_utc + sign * half) for sign in (-1, 1))
    return float(wrapped_deg(after - before)) * 86400.0 / _SIDEREAL_DAY_S


def resting(at_utc: np.datetime64, slot_deg_east: float, tilt_deg: float = 0.3) -> MeanElements:
    """Return elements of an object that rests over its slot at `at_utc` under SGP4."""
    orbits = belt_orbits(
        mean_longitude_deg=np.array([slot_deg_east]),
        drift_deg_day=np.zeros(1),
        eccentricity=np.array([2.5e-4]),
        inclination_rad=np.radians([tilt_deg]),
        raan_rad=np.radians([80.0]),
        arg_of_perigee_rad=np.radians([200.0]),
        at_utc=at_utc,
    )
    elements = orbits.elements(np.array([at_utc]), np.zeros(1))
    for _ in range(3):
        rate_rad_min = np.radians(drift_deg_day(elements, at_utc)) / 1440.0
        short_deg = float(wrapped_deg(slot_deg_east - longitude_deg_east(elements, at_utc)))
        elements = replace(
            elements,
            mean_motion_kozai_rad_min=elements.mean_motion_kozai_rad_min - rate_rad_min,
            mean_anomaly_rad=elements.mean_anomaly_rad + np.radians(short_deg),
        )
    return elements


def station_kept(
    as_of_utc: np.datetime64, slot_deg_east: float, *, since_burn_days: float
) -> tuple[tuple[Arc, ...], float]:
    """Return the arcs of a satellite kept east-west by a burn every 12 days, and the burn in m/s.

    Between burns the longitude runs on the parabola that the Earth's shape makes under SGP4.
    Source: Soop 1994, Handbook of Geostationary Orbits.
    """
    middle = moment(as_of_utc, _CYCLE_DAYS / 2 - since_burn_days)
    arcs: tuple[Arc, ...] = (Arc(as_of_utc - _FIRST_START, resting(middle, slot_deg_east)),)
    burns_m_s = []
    for k in range(_HISTORY_CYCLES):
        at_utc = moment(as_of_utc, -since_burn_days - k * _CYCLE_DAYS)
        arcs, delta_v_m_s = _after_a_cycle(arcs, at_utc)
        burns_m_s.append(delta_v_m_s)
    return arcs, burns_m_s[0]


def _after_a_cycle(arcs: tuple[Arc, ...], at_utc: np.datetime64) -> tuple[tuple[Arc, ...], float]:
    """Put a burn before the arcs so that one cycle earlier the longitude was the same."""
    start_utc = moment(at_utc, -_CYCLE_DAYS)
    delta_v_m_s = 0.0
    for _ in range(3):
        before = burn(arcs, at_utc, (0.0, delta_v_m_s, 0.0))[0].elements
        gained_deg = longitude_deg_east(before, at_utc) - longitude_deg_east(before, start_utc)
        delta_v_m_s += float(wrapped_deg(gained_deg)) / _CYCLE_DAYS / _DRIFT_DEG_DAY_PER_M_S
    return burn(arcs, at_utc, (0.0, delta_v_m_s, 0.0)), delta_v_m_s


def beside(
    arcs: tuple[Arc, ...],
    *,
    east_deg: float,
    axis_km: float = 0.0,
    eccentricity: tuple[float, float] = (0.0, 0.0),
    tilt_rad: tuple[float, float] = (0.0, 0.0),
) -> tuple[Arc, ...]:
    """Return the arcs of an object that does the same, somewhat beside."""
    errors = np.array([[axis_km, *eccentricity, *tilt_rad, np.radians(east_deg)]]).T
    return tuple(replace(arc, elements=shifted(arc.elements, errors)) for arc in arcs)


def _satellite(
    norad_id: int,
    name: str,
    object_id: str,
    owner: str,
    arcs: tuple[Arc, ...],
    age_days: float = 0.5,
    asset: Asset | None = None,
) -> Actor:
    return Actor(
        norad_id=norad_id,
        name=name,
        object_id=object_id,
        object_type=ObjectType.PAYLOAD,
        owner=owner,
        arcs=arcs,
        cadence_days=1.0,
        age_days=age_days,
        noise=BELT_NOISE,
        asset=asset,
    )


def drift_in(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant an object that left its place 24 days ago, braked, and will arrive in two days."""
    me, other = next(ids), next(ids)
    arcs, _ = station_kept(as_of_utc, DRIFT_SLOT_DEG_EAST, since_burn_days=5.5)
    drift, arrival_days, brake_days, start_days = 0.04, 2.0, -5.0, -24.0
    gap_deg = SLOT_HALF_WIDTH_DEG + drift * arrival_days
    here = replace(arcs[-1], elements=moved_to(arcs[-1].elements, np.array([as_of_utc])))
    visitor = beside(
        (here,),
        east_deg=-gap_deg,
        axis_km=drift / _DRIFT_DEG_DAY_PER_KM,
        eccentricity=(4e-5, -3e-5),
        tilt_rad=(4e-4, -3e-4),
    )
    approach_deg_day = 0.25
    slowed = (drift - approach_deg_day) / _DRIFT_DEG_DAY_PER_M_S
    visitor = burn(visitor, moment(as_of_utc, brake_days), (0.0, slowed, 0.0))
    started = approach_deg_day / _DRIFT_DEG_DAY_PER_M_S
    visitor = burn(visitor, moment(as_of_utc, start_days), (0.0, started, 0.0))
    name = "SIM COMSAT 1"
    mine = asset(me, name, "SIM-J", "communications", Importance.VITAL, DRIFT_SLOT_DEG_EAST)
    story = Story(
        name="drift-in",
        planted=Planted(
            kind=PlantedKind.DRIFT_IN,
            asset=name,
            other="SIM DRIFTER",
            measure=f"{-brake_days:.0f}",
            days=f"{arrival_days:.0f}",
        ),
        objects=(me, other),
        expected=(GeoNeighbour, Manoeuvre),
        moment_utc=as_datetime(moment(as_of_utc, arrival_days)),
        drift_deg_day=drift,
        delta_v_m_s=slowed,
    )
    actors = (
        _satellite(me, name, "2017-401A", "SIM-J", arcs, asset=mine),
        _satellite(other, "SIM DRIFTER", "2023-402A", "SIM-X", visitor, age_days=0.35),
    )
    return Scene(actors, (story,))


def neighbour(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant a neighbour that stays about 40 km away, and the asset's own station-keeping burn."""
    me, other = next(ids), next(ids)
    since_days, range_km = 4.0, 40.0
    arcs, delta_v = station_kept(as_of_utc, NEIGHBOUR_SLOT_DEG_EAST, since_burn_days=since_days)
    east_deg = float(np.degrees(range_km / _RADIUS_KM))
    beside_arcs = beside(arcs, east_deg=east_deg, eccentricity=(3e-5, 2e-5), tilt_rad=(5e-5, 5e-5))
    name = "SIM COMSAT 2"
    mine = asset(me, name, "SIM-J", "communications", slot_deg_east=NEIGHBOUR_SLOT_DEG_EAST)
    stay = Story(
        name="neighbour",
        planted=Planted(
            kind=PlantedKind.NEIGHBOUR,
            asset=name,
            other="SIM LOITERER",
            measure=f"{range_km:.0f}",
        ),
        objects=(me, other),
        expected=(GeoNeighbour,),
        moment_utc=as_datetime(as_of_utc),
        range_km=range_km,
        drift_deg_day=0.0,
    )
    kept = Story(
        name="station-keeping",
        planted=Planted(kind=PlantedKind.STATION_KEEPING, asset=name, days=f"{since_days:.0f}"),
        objects=(me,),
        expected=(Manoeuvre,),
        moment_utc=as_datetime(moment(as_of_utc, -since_days)),
        delta_v_m_s=delta_v,
    )
    actors = (
        _satellite(me, name, "2019-403A", "SIM-J", arcs, asset=mine),
        _satellite(other, "SIM LOITERER", "2021-404A", "SIM-Y", beside_arcs, age_days=0.4),
    )
    return Scene(actors, (stay, kept))


def docked_pair(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant a servicing vehicle docked to the asset: identical element sets."""
    me, other = next(ids), next(ids)
    arcs, _ = station_kept(as_of_utc, DOCKED_SLOT_DEG_EAST, since_burn_days=9.0)
    name = "SIM COMSAT 3"
    mine = asset(me, name, "SIM-U", "communications", slot_deg_east=DOCKED_SLOT_DEG_EAST)
    host = _satellite(me, name, "2004-405A", "SIM-U", arcs, asset=mine)
    servicer = replace(_satellite(other, "SIM SERVICER", "2020-406B", "SIM-U", ()), docked_to=me)
    story = Story(
        name="docked in the belt",
        planted=Planted(kind=PlantedKind.DOCKED_IN_BELT, asset=name, other="SIM SERVICER"),
        objects=(me, other),
        expected=(Proximity,),
        moment_utc=as_datetime(as_of_utc),
        range_km=0.0,
    )
    return Scene((host, servicer), (story,))


def cluster(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant four satellites of one operator and launch that share a slot."""
    numbers = tuple(next(ids) for _ in range(4))
    arcs, _ = station_kept(as_of_utc, CLUSTER_SLOT_DEG_EAST, since_burn_days=7.0)
    name = "SIM BROADCAST 1"
    mine = asset(numbers[0], name, "SIM-J", "broadcasting", slot_deg_east=CLUSTER_SLOT_DEG_EAST)
    actors = [_satellite(numbers[0], name, "2015-407A", "SIM-J", arcs, asset=mine)]
    # Vectors of eccentricity and tilt point apart in parallel, which keeps the satellites apart.
    for k, (number, turn_rad) in enumerate(zip(numbers[1:], (0.5, 2.6, 4.7), strict=True), 2):
        apart = (float(np.sin(turn_rad)), float(np.cos(turn_rad)))
        member = beside(
            arcs,
            east_deg=0.03 * (k - 3),
            eccentricity=(1.5e-4 * apart[0], 1.5e-4 * apart[1]),
            tilt_rad=(8e-4 * apart[0], 8e-4 * apart[1]),
        )
        object_id = f"2015-407{'ABCD'[k - 1]}"
        actors.append(_satellite(number, f"SIM BROADCAST {k}", object_id, "SIM-J", member))
    story = Story(
        name="cluster",
        planted=Planted(
            kind=PlantedKind.CLUSTER, asset=name, other=actors[-1].name, measure=str(len(numbers))
        ),
        objects=numbers,
        expected=(GeoNeighbour,),
        moment_utc=as_datetime(as_of_utc),
        drift_deg_day=0.0,
    )
    return Scene(tuple(actors), (story,))


def quiet(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant assets of the belt and of inclined geosynchronous orbits to which nothing happens."""
    weather, navigator = next(ids), next(ids)
    arcs, _ = station_kept(as_of_utc, QUIET_SLOT_DEG_EAST, since_burn_days=10.0)
    mine = asset(
        weather, "SIM WEATHER 1", "SIM-J", "weather", Importance.VITAL, QUIET_SLOT_DEG_EAST
    )
    eight = belt_orbits(
        mean_longitude_deg=np.array([136.0]),
        drift_deg_day=np.zeros(1),
        eccentricity=np.array([0.075]),
        inclination_rad=np.radians([41.0]),
        raan_rad=np.radians([40.0]),
        arg_of_perigee_rad=np.radians([270.0]),
        at_utc=as_of_utc,
    )
    eight_arcs = (Arc(as_of_utc, eight.elements(np.array([as_of_utc]), np.zeros(1))),)
    navigation = asset(navigator, "SIM NAVIGATOR 1", "SIM-J", "navigation", Importance.VITAL)
    over_asia = _satellite(
        navigator, navigation.name, "2018-409A", "SIM-J", eight_arcs, asset=navigation
    )
    return Scene(
        (
            _satellite(weather, mine.name, "2016-408A", "SIM-J", arcs, asset=mine),
            replace(over_asia, noise=HIGH_NOISE),
        )
    )
