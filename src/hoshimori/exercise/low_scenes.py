"""Stories of low orbits, and the quiet assets of other regimes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hoshimori.exercise.actors import (
    HIGH_NOISE,
    LOW_NOISE,
    STATION_NOISE,
    Actor,
    Arc,
    Noise,
    burn,
)
from hoshimori.exercise.mean_orbits import (
    MeanOrbits,
    mean_motion_rad_day,
    mean_sun_rad,
    sun_synchronous_inclination_rad,
)
from hoshimori.exercise.refit import elements_of_states, shifted, states_at
from hoshimori.exercise.story import Scene, Story, as_datetime, asset, moment
from hoshimori.model.assets import Asset, Importance
from hoshimori.model.findings import Anomaly, Conjunction, Manoeuvre, Proximity, Shadowing
from hoshimori.model.objects import ObjectType
from hoshimori.model.planted import Planted, PlantedKind
from hoshimori.numerics.constants import WGS72_RADIUS_KM
from hoshimori.numerics.elements import Floats, MeanElements

_ALWAYS = np.timedelta64(1000, "D")
_INSPECTED_KM = 658.0


def circling(
    as_of_utc: np.datetime64,
    *,
    altitude_km: float,
    inclination_deg: float | None = None,
    node_deg: float = 0.0,
    local_time_h: float = 10.5,
    phase_deg: float = 0.0,
    eccentricity: float = 1.2e-3,
    bstar_per_er: float = 5e-5,
) -> MeanElements:
    """Return a frozen low orbit; without an inclination it follows the Sun at a local time."""
    axis_km = np.array([WGS72_RADIUS_KM + altitude_km])
    tilt_rad, node_rad = np.radians([inclination_deg or 0.0]), np.radians([node_deg])
    if inclination_deg is None:
        tilt_rad = sun_synchronous_inclination_rad(axis_km)
        sun_rad = mean_sun_rad(as_of_utc)
        node_rad = np.array([sun_rad + np.radians(15.0 * (local_time_h - 12.0))])
    orbits = MeanOrbits(
        semi_major_axis_km=axis_km,
        eccentricity=np.array([eccentricity]),
        inclination_rad=tilt_rad,
        raan_rad=node_rad,
        arg_of_perigee_rad=np.array([0.5 * np.pi]),
        mean_anomaly_rad=np.radians([phase_deg]),
    )
    return orbits.elements(np.array([as_of_utc]), np.array([bstar_per_er]))


def _actor(
    norad_id: int,
    name: str,
    object_id: str,
    owner: str,
    elements: MeanElements,
    *,
    cadence_days: float = 0.4,
    age_days: float = 0.3,
    noise: Noise = LOW_NOISE,
    asset: Asset | None = None,
) -> Actor:
    return Actor(
        norad_id=norad_id,
        name=name,
        object_id=object_id,
        object_type=ObjectType.PAYLOAD,
        owner=owner,
        arcs=(Arc(elements.epoch_utc[0] - _ALWAYS, elements),),
        cadence_days=cadence_days,
        age_days=age_days,
        noise=noise,
        asset=asset,
    )


def inspector(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant an object of another launch in the asset's plane that closes in from behind."""
    me, other = next(ids), next(ids)
    name = "SIM IMAGER 1"
    mine = asset(me, name, "SIM-J", "Earth observation", Importance.VITAL)
    elements = circling(as_of_utc, altitude_km=_INSPECTED_KM, local_time_h=10.6, phase_deg=40.0)
    axis_km = WGS72_RADIUS_KM + _INSPECTED_KM
    rate_rad_day = float(mean_motion_rad_day(np.array([axis_km]))[0])
    behind_km, closing_km_day, burn_days = 110.0, 18.0, -12.0
    lower_km = closing_km_day / (1.5 * rate_rad_day)
    errors = np.array([[-lower_km, 2e-5, -1e-5, 1e-4, -1e-4, -behind_km / axis_km]]).T
    delta_v_m_s = -0.5 * rate_rad_day / 86400.0 * lower_km * 1e3
    visitor = _actor(other, "SIM SHADOW", "2022-412A", "SIM-X", shifted(elements, errors))
    burn_utc = moment(as_of_utc, burn_days)
    visitor = replace(visitor, arcs=burn(visitor.arcs, burn_utc, (0.0, delta_v_m_s, 0.0)))
    story = Story(
        name="inspector",
        planted=Planted(
            kind=PlantedKind.CLOSING_IN,
            asset=name,
            other="SIM SHADOW",
            measure=f"{closing_km_day:.0f}",
            days=f"{-burn_days:.0f}",
        ),
        objects=(me, other),
        expected=(Proximity, Shadowing, Manoeuvre),
        moment_utc=as_datetime(moment(as_of_utc, behind_km / closing_km_day)),
        closing_km_day=closing_km_day,
        range_km=behind_km,
        delta_v_m_s=delta_v_m_s,
    )
    actors = (_actor(me, name, "2014-411A", "SIM-J", elements, asset=mine), visitor)
    return Scene(actors, (story,))


def passing_by(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant fragments that cross the orbits of two assets at small, known distances."""
    first = circling(as_of_utc, altitude_km=702.0, local_time_h=13.4, phase_deg=200.0)
    second = circling(as_of_utc, altitude_km=824.0, local_time_h=9.5, phase_deg=310.0)
    near = _encounter(
        as_of_utc, ids, "SIM IMAGER 2", "2018-413A", first, days=1.8, miss_km=0.6, turn_deg=74.0
    )
    far = _encounter(
        as_of_utc, ids, "SIM WEATHER 2", "2021-414A", second, days=4.3, miss_km=3.4, turn_deg=131.0
    )
    return Scene((*near.actors, *far.actors), (*near.stories, *far.stories))


def _encounter(
    as_of_utc: np.datetime64,
    ids: Iterator[int],
    name: str,
    object_id: str,
    elements: MeanElements,
    *,
    days: float,
    miss_km: float,
    turn_deg: float,
) -> Scene:
    me, other = next(ids), next(ids)
    tca_utc = moment(as_of_utc, days)
    mission = "weather" if "WEATHER" in name else "Earth observation"
    mine = asset(me, name, "SIM-U", mission)
    fragment = _actor(
        other,
        f"SIM FRAGMENT {other % 100}",
        f"1999-{400 + other % 100}C",
        "",
        crossing(elements, tca_utc, miss_km, np.radians(turn_deg)),
        cadence_days=0.9,
        age_days=0.6,
    )
    story = Story(
        name=f"passing {name}",
        planted=Planted(
            kind=PlantedKind.PASSING,
            asset=name,
            other=fragment.name,
            measure=f"{miss_km:.1f}",
            days=f"{days:.1f}",
        ),
        objects=(me, other),
        expected=(Conjunction,),
        moment_utc=as_datetime(tca_utc),
        miss_km=miss_km,
    )
    actor = _actor(me, name, object_id, "SIM-U", elements, asset=mine)
    return Scene((actor, replace(fragment, object_type=ObjectType.DEBRIS)), (story,))


def crossing(
    elements: MeanElements, tca_utc: np.datetime64, miss_km: float, turn_rad: float
) -> MeanElements:
    """Return elements of an object whose closest approach is at `tca_utc` at distance `miss_km`.

    Its velocity is the first object's, turned about the vertical; its place is shifted across the
    relative velocity, so that the distance is smallest there, half upward and half sideways.
    """
    moments = np.array([tca_utc])
    position, velocity = states_at(elements, moments)
    up = position[0] / np.linalg.norm(position[0])
    turned = _turned(velocity[0], up, turn_rad)
    passing = turned - velocity[0]
    passing /= np.linalg.norm(passing)
    upward = up - passing * (up @ passing)
    upward /= np.linalg.norm(upward)
    aside = (upward + np.cross(passing, upward)) / np.sqrt(2.0)
    place = position[0] + miss_km * aside
    return elements_of_states(place[None], turned[None], moments, elements.bstar_per_er)


def _turned(vector: Floats, axis: Floats, angle_rad: float) -> Floats:
    """Return a vector turned about a unit axis (Rodrigues)."""
    along = axis * (axis @ vector)
    across = np.cross(axis, vector)
    return np.asarray(along + np.cos(angle_rad) * (vector - along) + np.sin(angle_rad) * across)


def orbit_change(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant an asset that raised its orbit two days ago."""
    me = next(ids)
    name, delta_v_m_s, days = "SIM RADAR 1", 0.35, -2.0
    mine = asset(me, name, "SIM-J", "Earth observation")
    elements = circling(
        as_of_utc, altitude_km=606.0, local_time_h=18.0, phase_deg=75.0, bstar_per_er=1.5e-4
    )
    actor = _actor(me, name, "2020-415A", "SIM-J", elements, asset=mine)
    at_utc = moment(as_of_utc, days)
    actor = replace(actor, arcs=burn(actor.arcs, at_utc, (0.0, delta_v_m_s, 0.0)))
    story = Story(
        name="orbit change",
        planted=Planted(
            kind=PlantedKind.ORBIT_CHANGE,
            asset=name,
            measure=f"{delta_v_m_s}",
            days=f"{-days:.0f}",
        ),
        objects=(me,),
        expected=(Manoeuvre,),
        moment_utc=as_datetime(at_utc),
        delta_v_m_s=delta_v_m_s,
    )
    return Scene((actor,), (story,))


def overdue(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant an asset that was updated twice a day and has not been for nine days."""
    me = next(ids)
    name, age_days, usual_days = "SIM OCEAN 1", 9.0, 0.5
    mine = asset(me, name, "SIM-U", "science")
    elements = circling(
        as_of_utc, altitude_km=1336.0, inclination_deg=66.0, node_deg=120.0, bstar_per_er=0.0
    )
    actor = _actor(
        me,
        name,
        "2016-416A",
        "SIM-U",
        elements,
        cadence_days=usual_days,
        age_days=age_days,
        asset=mine,
    )
    story = Story(
        name="overdue",
        planted=Planted(kind=PlantedKind.OVERDUE, asset=name, days=f"{age_days:.0f}"),
        objects=(me,),
        expected=(Anomaly,),
        moment_utc=as_datetime(moment(as_of_utc, -age_days)),
        age_days=age_days,
        usual_days=usual_days,
    )
    return Scene((actor,), (story,))


def station(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant a crewed station of three modules, and a vehicle that docked six days ago."""
    me, *others = (next(ids) for _ in range(4))
    name = "SIM STATION"
    mine = asset(me, name, "SIM-J+U", "crewed station", Importance.VITAL)
    elements = circling(
        as_of_utc,
        altitude_km=418.0,
        inclination_deg=51.64,
        node_deg=210.0,
        phase_deg=130.0,
        eccentricity=6e-4,
        bstar_per_er=1.6e-4,
    )
    host = _actor(me, name, "1999-417A", "SIM-J+U", elements, noise=STATION_NOISE, asset=mine)
    docked = _docked_parts(as_of_utc, host, others)
    story = Story(
        name="docked at the station",
        planted=Planted(
            kind=PlantedKind.DOCKED_AT_STATION, asset=name, other="SIM FREIGHTER 7", days="6"
        ),
        objects=(me, *others),
        expected=(Proximity,),
        moment_utc=as_datetime(moment(as_of_utc, -6.0)),
        range_km=0.0,
    )
    return Scene((host, *docked), (story,))


def _docked_parts(as_of_utc: np.datetime64, host: Actor, numbers: list[int]) -> list[Actor]:
    """Return two modules that came long ago and a vehicle that came six days ago."""
    launch_utc = moment(as_of_utc, -8.0)
    parts = (
        ("SIM STATION MODULE 2", "2001-418B", 30.0, None),
        ("SIM STATION MODULE 3", "2008-419A", 30.0, None),
        ("SIM FREIGHTER 7", f"{str(launch_utc)[:4]}-420A", 6.0, launch_utc),
    )
    return [
        replace(
            host,
            norad_id=number,
            name=part,
            object_id=object_id,
            docked_to=host.norad_id,
            since_days=days,
            asset=None,
            launch_utc=launched,
        )
        for number, (part, object_id, days, launched) in zip(numbers, parts, strict=True)
    ]


def formation(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant two satellites of one launch that fly 30 km apart in one orbit."""
    me, other = next(ids), next(ids)
    name, range_km = "SIM GRAVITY 1", 30.0
    mine = asset(me, name, "SIM-U", "science")
    elements = circling(
        as_of_utc, altitude_km=490.0, inclination_deg=89.0, node_deg=310.0, phase_deg=20.0
    )
    errors = np.array([[0.0, 0.0, 0.0, 0.0, 0.0, -range_km / (WGS72_RADIUS_KM + 490.0)]]).T
    follower = shifted(elements, errors)
    story = Story(
        name="formation",
        planted=Planted(
            kind=PlantedKind.FORMATION,
            asset=name,
            other="SIM GRAVITY 2",
            measure=f"{range_km:.0f}",
        ),
        objects=(me, other),
        expected=(Proximity,),
        moment_utc=as_datetime(as_of_utc),
        range_km=range_km,
    )
    actors = (
        _actor(me, name, "2018-421A", "SIM-U", elements, asset=mine),
        _actor(other, "SIM GRAVITY 2", "2018-421B", "SIM-U", follower),
    )
    return Scene(actors, (story,))


def quiet_navigator(as_of_utc: np.datetime64, ids: Iterator[int]) -> Scene:
    """Plant a navigation satellite of the middle orbits to which nothing happens."""
    me = next(ids)
    mine = asset(me, "SIM NAVIGATOR 2", "SIM-U", "navigation", Importance.VITAL)
    elements = circling(
        as_of_utc,
        altitude_km=20181.6,
        inclination_deg=55.0,
        node_deg=95.0,
        phase_deg=250.0,
        eccentricity=6e-3,
        bstar_per_er=0.0,
    )
    actor = _actor(
        me,
        mine.name,
        "2018-422A",
        "SIM-U",
        elements,
        cadence_days=0.9,
        age_days=0.7,
        noise=HIGH_NOISE,
        asset=mine,
    )
    return Scene((actor,))
