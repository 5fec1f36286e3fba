"""From orbits of new objects to an event: where and when they parted, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hoshimori.numerics.breakup_cloud import Cloud, cloud_at
from hoshimori.numerics.breakup_groups import shape_speed_m_s
from hoshimori.numerics.breakup_orbits import SecularOrbits, shapes_at
from hoshimori.numerics.breakup_pinch import find_pinch
from hoshimori.numerics.breakup_time import PartingTime, parting_time
from hoshimori.numerics.robust import sigma_of_known
from hoshimori.numerics.sgp4_near import DEEP_SPACE_PERIOD_MIN

_MOST_ORBITS = 80
_FEWEST_ORBITS = 20
_STEADY_SHARE = 0.7
_USUAL_LAG_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class PinchRule:
    """When orbits count as fragments of one event rather than neighbours by another cause."""

    fewest_pieces: int = 5
    fewest_unshared: int = 8
    """Where the pieces share no pass."""
    fewest_of_new_launch: int = 10
    """Of a launch that was not catalogued before; those must also share a pass."""
    slowest_m_s: float = 5.0
    """Least spread of velocity changes in radius: carriers release satellites more gently, and
    satellites that climb on their own stay on circles."""
    slowest_along_m_s: float = 3.0
    fastest_m_s: float = 300.0
    """Largest spread in radius or along: no known event threw half of its pieces faster."""
    flattest: float = 4.0
    """Spread across the plane over that in it: more is precession since an older event."""
    widest_share: float = 0.5
    """Spread at the point over the usual one elsewhere on the orbit at that moment."""
    widest_km: float = 30.0
    """Spread at the point, or below `widest_of_axes` of the spread of axes."""
    widest_of_axes: float = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Parting:
    """Where, when and how fast orbits parted."""

    time: PartingTime
    cloud: Cloud
    """Of the steady orbits alone, about their own middle."""
    axis_spread_km: float


def parting_of(
    orbits: SecularOrbits,
    start_utc: np.datetime64,
    rule: PinchRule,
    random: np.random.Generator,
    *,
    is_new_launch: bool,
) -> Parting | None:
    """Return how orbits parted since a moment; None where nothing shows that they did.

    The orbits least changed by drag stand for all. The event lies before the earliest epochs: one
    epoch in twenty may be wrong.
    """
    fewest = rule.fewest_of_new_launch if is_new_launch else rule.fewest_pieces
    if len(orbits) < fewest:
        return None
    steady = orbits.take(_steadiest(orbits))
    epochs = np.sort(orbits.epoch_utc)
    end_utc = epochs[len(epochs) // 20]
    if shape_speed_m_s(shapes_at(steady, end_utc)) < rule.slowest_m_s:
        return None
    scan = find_pinch(steady, start_utc, end_utc)
    if scan is None or scan.pinch.spread_km > rule.widest_share * scan.pinch.usual_km:
        return None
    time = parting_time(steady, scan, random)
    parting = _parting(steady, time)
    vague = is_new_launch or len(orbits) < rule.fewest_unshared or _is_high(steady)
    if not time.is_resolved and vague:
        return None
    return parting if _is_event(parting, rule) else None


def _is_high(orbits: SecularOrbits) -> bool:
    """Return whether most orbits are in deep space, where planes alone tell no time.

    Sun, Moon and resonances move them in ways that secular theory leaves out.
    """
    return float(np.median(orbits.period_min)) >= DEEP_SPACE_PERIOD_MIN


def _steadiest(orbits: SecularOrbits) -> npt.NDArray[np.int64]:
    """Return the rows of the orbits that drag has displaced least along the track, in their order.

    Drag displaces with the square of the time; the event is thought a month before the first epoch.
    """
    wanted = min(max(int(_STEADY_SHARE * len(orbits)), _FEWEST_ORBITS), _MOST_ORBITS)
    since_days = (orbits.epoch_utc - orbits.epoch_utc.min()) / np.timedelta64(1, "us") / 86400e6
    displaced = orbits.drag_per_min * (since_days + _USUAL_LAG_DAYS) ** 2
    order = np.argsort(np.nan_to_num(displaced, nan=np.inf), kind="stable")
    return np.sort(order[:wanted])


def _parting(orbits: SecularOrbits, time: PartingTime) -> Parting:
    shapes = shapes_at(orbits, time.utc)
    axis_km = shapes.parameter_km / (1.0 - np.sum(shapes.eccentricity**2, axis=1))
    spread_km = float(sigma_of_known(axis_km))
    return Parting(time, cloud_at(shapes, time.pinch.direction), spread_km)


def _is_event(parting: Parting, rule: PinchRule) -> bool:
    radial, along, across = parting.cloud.spread_rtn_m_s
    spread_km = parting.time.pinch.spread_km
    fast = radial >= rule.slowest_m_s and along >= rule.slowest_along_m_s
    fast &= max(radial, along) <= rule.fastest_m_s
    round_enough = across <= rule.flattest * np.hypot(radial, along)
    tight = spread_km <= rule.widest_km or spread_km <= rule.widest_of_axes * parting.axis_spread_km
    return bool(fast and round_enough and tight)
