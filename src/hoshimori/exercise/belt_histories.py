"""Half-year histories of made satellites in the geostationary belt whose pattern of life is known.

Motion, burns and labels are drawn; the natural forces are the simple ones of the textbooks, so
that who reads the histories with a finer model meets a world that is not its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hoshimori.exercise.mean_orbits import MeanOrbits, geosynchronous_axis_km
from hoshimori.exercise.records import Register, element_sets
from hoshimori.model.elements import TEXT, ElementSets
from hoshimori.model.moments import as_datetime
from hoshimori.model.pattern import Aspect, Mode, Node, NodeKind
from hoshimori.numerics.elements import Floats
from hoshimori.numerics.frames import gmst82_rad
from hoshimori.numerics.segments import Rows

START_UTC = np.datetime64("2025-01-01T00:00:00", "us")
HISTORY_DAYS = 180.0
_STEP_DAYS = 1.0 / 12.0
_STABLE_DEG_EAST = 75.1
_PULL_DEG_DAY2 = 0.00168
"""Source: Soop 1994, Handbook of Geostationary Orbits, section 2.4 (J22 alone)."""
_POLE_DEG = 7.4
"""The pole of an orbit circles that of the Laplace plane. Source: Allan and Cook 1964."""
_FIRST_ID = 800_500_001

# Errors of element sets: Student's t with three degrees of freedom, clipped at twelve scales.
_LONGITUDE_DEG = 0.0011
_AXIS_KM = 0.008
_PLANE_DEG = 0.00027
_ECCENTRICITY = 2.4e-6
_DRIFT_DEG_DAY_PER_KM = -0.01284


@dataclass(frozen=True, slots=True)
class BeltHistory:
    """Element sets of made satellites, and the nodes of their patterns."""

    element_sets: ElementSets
    nodes: tuple[tuple[Node, ...], ...]
    """Of each object, in the order of catalogue numbers."""
    norad_ids: tuple[int, ...]


@dataclass(slots=True)
class _Satellite:
    """The state of one satellite, and what was decided for it."""

    rng: np.random.Generator
    longitude: float
    drift: float
    plane_x: float
    plane_y: float
    plane_rate: float
    east_west: Mode
    north_south: Mode
    slot: float
    half_box: float
    east_west_cycle: float
    north_south_cycle: float
    next_east_west: float = 0.0
    next_north_south: float = 0.0
    kept_east_west: bool = True
    kept_north_south: bool = True
    towards: float = 0.0
    """Drift that an electric engine is working towards while it moves the satellite."""
    plan: list[tuple[float, str, float]] = field(default_factory=list)


def belt_histories(
    rng: np.random.Generator, objects: int, *, every_days: float, days: float = HISTORY_DAYS
) -> BeltHistory:
    """Return histories of `objects` satellites with an element set about every `every_days`.

    A fifth was abandoned long ago, the others are kept by chemical, electric or hybrid engines;
    of these two in three keep to one place, the others move, arrive or are retired.
    """
    moments = [_epochs(rng, every_days, days) for _ in range(objects)]
    tracks, nodes = [], []
    for epochs in moments:
        track, own = _flown(_drawn(rng, days), days)
        tracks.append(np.array([np.interp(epochs, track[0], column) for column in track[1:]]))
        nodes.append(tuple(own))
    ids = np.arange(_FIRST_ID, _FIRST_ID + objects)
    state = np.concatenate(tracks, axis=1)
    at_days = np.concatenate(moments)
    owner = np.repeat(ids, [len(m) for m in moments])
    sets = _published(rng, state, at_days, owner)
    return BeltHistory(sets, tuple(nodes), tuple(ids.tolist()))


def _epochs(rng: np.random.Generator, every_days: float, days: float) -> Floats:
    count = int(days / every_days)
    return np.sort((np.arange(count) + rng.uniform(-0.25, 0.25, count)) * every_days + every_days)


def _drawn(rng: np.random.Generator, days: float) -> _Satellite:
    kinds = list(Mode)[:4]
    kind = kinds[rng.choice(4, p=[0.2, 0.4, 0.25, 0.15])]
    dead = kind is Mode.NOT_KEPT
    slot = rng.uniform(-180.0, 180.0)
    tilt = rng.uniform(0.5, 12.0) if dead else rng.uniform(0.005, 0.06)
    inclined = not dead and rng.random() < 0.2
    node = rng.uniform(0.8, 1.4) if dead or inclined else rng.uniform(0.0, 6.28)
    if inclined:
        tilt = rng.uniform(0.5, 4.0)
    one = _Satellite(
        rng, slot, 0.0, tilt * np.cos(node), tilt * np.sin(node), rng.uniform(0.75, 0.95) / 365.25,
        kind, Mode.NOT_KEPT if dead or inclined else kind, slot, rng.uniform(0.04, 0.1),
        rng.uniform(7.0, 21.0), rng.uniform(13.0, 35.0),
    )  # fmt: skip
    if inclined and kind is Mode.HYBRID_KEEPING:
        one.east_west = Mode.CHEMICAL_KEEPING  # all that shows of its engines
    one.kept_east_west = not dead
    one.kept_north_south = one.north_south is not Mode.NOT_KEPT
    one.next_east_west = rng.uniform(0.0, _cycle_days(one.east_west, one.east_west_cycle))
    one.next_north_south = rng.uniform(0.0, _plane_cycle_days(one))
    if dead:
        one.drift = rng.choice([rng.uniform(-0.3, 0.3), rng.uniform(-5.0, -2.0)])
    elif rng.random() < 1.0 / 3.0:
        _plan(one, rng, days)
    return one


def _plan(one: _Satellite, rng: np.random.Generator, days: float) -> None:
    """Decide that a satellite moves (perhaps adjusting its drift), arrives, or is retired."""
    sign, rate = rng.choice([-1.0, 1.0]), 10.0 ** rng.uniform(-0.8, 0.3)
    story = rng.choice(["move", "adjust", "arrive", "retire"], p=[0.4, 0.25, 0.2, 0.15])
    begin, last = rng.uniform(0.2, 0.45) * days, rng.uniform(0.6, 0.8) * days
    if story == "retire":
        one.plan = [(begin, "drift", -abs(rate) - 1.0), (begin, "abandon", 0.0)]
        return
    if story == "arrive":
        one.drift, one.kept_east_west = sign * rate, False
        one.plan = [(begin, "keep", 0.0)]
        return
    one.plan = [(begin, "drift", sign * rate), (last, "keep", 0.0)]
    if story == "adjust":
        one.plan.insert(1, (0.5 * (begin + last), "drift", sign * rate * rng.uniform(0.3, 0.6)))


def _flown(one: _Satellite, days: float) -> tuple[Floats, list[Node]]:
    """Return time, longitude, drift and plane of a satellite, and its nodes."""
    at = np.arange(0.0, days + 2.0, _STEP_DAYS)
    track = np.empty((5, len(at)))
    first = _shown(one.east_west, one.kept_east_west)
    nodes = [
        _node(0.0, Aspect.EAST_WEST, NodeKind.START, first),
        _node(0.0, Aspect.NORTH_SOUTH, NodeKind.START, one.north_south),
    ]
    for k, t in enumerate(at):
        _nature(one, t)
        while one.plan and t >= one.plan[0][0]:
            nodes += _planned(one, t, *one.plan.pop(0)[1:])
        _steered(one, t)
        track[:, k] = t, one.longitude, one.drift, one.plane_x, one.plane_y
    now = (
        (Aspect.EAST_WEST, _shown(one.east_west, one.kept_east_west)),
        (Aspect.NORTH_SOUTH, _shown(one.north_south, one.kept_north_south)),
    )
    ends = [_node(days, aspect, NodeKind.END, mode) for aspect, mode in now]
    return track, sorted([*nodes, *ends], key=lambda n: (n.aspect.value, n.at_utc))


def _nature(one: _Satellite, t: float) -> None:
    pull = -_PULL_DEG_DAY2 * np.sin(2.0 * np.radians(one.longitude - _STABLE_DEG_EAST))
    one.longitude += one.drift * _STEP_DAYS + 0.5 * pull * _STEP_DAYS**2
    one.drift += pull * _STEP_DAYS
    season = 1.0 + 0.3 * np.cos(4.0 * np.pi * (t - 80.0) / 365.25)
    turn = one.plane_rate * season * _STEP_DAYS / _POLE_DEG
    one.plane_x, one.plane_y = (
        one.plane_x + turn * one.plane_y,
        one.plane_y + turn * (_POLE_DEG - one.plane_x),
    )


def _planned(one: _Satellite, t: float, act: str, value: float) -> list[Node]:
    was_kept = one.kept_east_west
    if act == "drift":
        one.kept_east_west, one.towards = False, value
        kind = NodeKind.INITIATE_DRIFT if was_kept else NodeKind.ADJUST_DRIFT
        if one.east_west is not Mode.ELECTRIC_KEEPING:
            one.drift = value
        return [_node(t, Aspect.EAST_WEST, kind, Mode.NOT_KEPT)]
    if act == "abandon":
        had_plane, one.kept_north_south = one.kept_north_south, False
        node = _node(t, Aspect.NORTH_SOUTH, NodeKind.INITIATE_DRIFT, Mode.NOT_KEPT)
        return [node] if had_plane else []
    one.kept_east_west, one.slot, one.drift, one.towards = True, one.longitude, 0.0, 0.0
    one.next_east_west = t
    return [_node(t, Aspect.EAST_WEST, NodeKind.INITIATE_KEEPING, one.east_west)]


def _steered(one: _Satellite, t: float) -> None:
    pull = -_PULL_DEG_DAY2 * np.sin(2.0 * np.radians(one.longitude - _STABLE_DEG_EAST))
    off = one.longitude - one.slot
    error = one.rng.normal(0.0, 0.03)
    if not one.kept_east_west and one.towards and one.east_west is Mode.ELECTRIC_KEEPING:
        step = 0.04 * _STEP_DAYS * 10.0
        one.drift += float(np.clip(one.towards - one.drift, -step, step))
    if one.kept_east_west and t >= one.next_east_west:
        electric = one.east_west is Mode.ELECTRIC_KEEPING
        cycle = _cycle_days(one.east_west, one.east_west_cycle)
        cycle = min(cycle, 2.0 * (2.0 * one.half_box / max(abs(pull), 1e-4)) ** 0.5)
        wanted = -0.5 * pull * cycle - off / max(cycle, 7.0)
        one.drift += (wanted - one.drift) * (1.0 + error)
        one.next_east_west = t + cycle * (1.0 + one.rng.normal(0.0, 0.0 if electric else 0.08))
    if one.kept_north_south and t >= one.next_north_south:
        cycle = _plane_cycle_days(one)
        one.plane_y -= (one.plane_y + 0.5 * one.plane_rate * cycle) * (1.0 + error)
        one.next_north_south = t + cycle * (1.0 + one.rng.normal(0.0, 0.06))


def _cycle_days(mode: Mode, chemical_days: float) -> float:
    """Return how often an engine burns: an electric one every day."""
    return 1.0 if mode is Mode.ELECTRIC_KEEPING else chemical_days


def _plane_cycle_days(one: _Satellite) -> float:
    """Return how often the plane is corrected; a hybrid does that by its electric engine."""
    electric = one.north_south in (Mode.ELECTRIC_KEEPING, Mode.HYBRID_KEEPING)
    return 1.0 if electric else one.north_south_cycle


def _shown(kind: Mode, kept: bool) -> Mode:
    return kind if kept else Mode.NOT_KEPT


def _node(days: float, aspect: Aspect, kind: NodeKind, mode: Mode) -> Node:
    at_utc = START_UTC + np.timedelta64(round(days * 86400e6), "us")
    return Node(as_datetime(at_utc), aspect, kind, mode)


def _published(
    rng: np.random.Generator, state: Floats, at_days: Floats, owner: Rows
) -> ElementSets:
    longitude, drift, plane_x, plane_y = state
    count = len(at_days)

    def errors(scale: float) -> Floats:
        return np.asarray(scale * np.clip(rng.standard_t(3.0, count), -12.0, 12.0))

    longitude = longitude + errors(_LONGITUDE_DEG)
    drift = drift + errors(_AXIS_KM) * _DRIFT_DEG_DAY_PER_KM
    plane_x, plane_y = plane_x + errors(_PLANE_DEG), plane_y + errors(_PLANE_DEG)
    own = np.unique(owner, return_inverse=True)[1]
    eccentric = 2.5e-4 + errors(_ECCENTRICITY)
    perigee = own * 0.7 % (2.0 * np.pi)
    tilt, node = np.radians(np.hypot(plane_x, plane_y)), np.arctan2(plane_y, plane_x)
    epoch_utc = START_UTC + np.round(at_days * 86400e6).astype("timedelta64[us]")
    sky = np.radians(longitude) + gmst82_rad(epoch_utc)
    orbits = MeanOrbits(
        geosynchronous_axis_km(drift, eccentric, tilt), eccentric, tilt, node, perigee - node,
        sky - perigee,
    )  # fmt: skip
    register = Register(
        owner, np.array([f"SIM BELT {k + 1}" for k in own], dtype=TEXT),
        np.array([f"2020-4{k % 90 + 10}A" for k in own], dtype=TEXT),
        np.full(count, np.datetime64("2020-04-01", "us")),
    )  # fmt: skip
    as_of_utc = epoch_utc.max() + np.timedelta64(1, "h")
    elements = orbits.elements(epoch_utc, np.zeros(count))
    return element_sets(elements, register, as_of_utc, "belt histories, made").sorted_by_object()
