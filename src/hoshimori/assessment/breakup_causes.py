"""Lay out what speaks for and against each cause of a break-up; weighing is left to people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hoshimori.model.breakup_causes import Cause, CauseKind, Evidence, PassesAtPoint, Sign
from hoshimori.model.findings import Breakup, EnergyClass
from hoshimori.numerics.breakup_model import Fragmentation, log_speed

_SAME_POINT_KM = 100.0
_USUAL_LOG_AREA_TO_MASS = -0.9
"""Of catalogued fragments from 10 cm on; Johnson et al. 2001, fig. 6."""
_MUCH_ABOVE_CHANCE = 3.0


def causes_of(
    breakup: Breakup, others: Sequence[Breakup], passes: PassesAtPoint | None, *, new_launch: bool
) -> tuple[Cause, ...]:
    """Return the three causes side by side; `passes` is None where no moment is known for them."""
    cloud = _other_cloud(breakup, others)
    return (
        _conjunction(cloud, passes),
        _explosion(breakup, cloud, new_launch=new_launch),
        _test(breakup, cloud, passes),
    )


def same_event(one: Breakup, other: Breakup) -> bool:
    """Tell whether two clouds parted at one point and time.

    Intervals of time must overlap and the points must lie within 100 km in height and a few
    degrees of latitude: what precession leaves open is the time, not the place on the orbit.
    """
    overlap = one.start_utc <= other.end_utc and other.start_utc <= one.end_utc
    near = abs(one.altitude_km - other.altitude_km) < _SAME_POINT_KM
    return overlap and near and abs(one.latitude_deg - other.latitude_deg) < 3.0


def _other_cloud(breakup: Breakup, others: Sequence[Breakup]) -> Breakup | None:
    found = [b for b in others if b is not breakup and same_event(breakup, b)]
    return min(found, key=lambda b: abs(b.altitude_km - breakup.altitude_km), default=None)


def _conjunction(cloud: Breakup | None, passes: PassesAtPoint | None) -> Cause:
    speaks_for: list[Evidence] = []
    against: list[Evidence] = []
    if cloud is not None:
        speaks_for.append(Evidence(Sign.OTHER_CLOUD, {"norad_id": cloud.objects[0]}))
    else:
        against.append(Evidence(Sign.NO_OTHER_CLOUD))
    if passes is None:
        against.append(Evidence(Sign.NOT_RESOLVED))
    elif len(passes.norad_ids) > _MUCH_ABOVE_CHANCE * passes.expected_by_chance:
        speaks_for.append(Evidence(Sign.PASSES, _counts(passes)))
    else:
        against.append(Evidence(Sign.NO_PASS, _counts(passes)))
    return Cause(CauseKind.CONJUNCTION, tuple(speaks_for), tuple(against))


def _explosion(breakup: Breakup, cloud: Breakup | None, *, new_launch: bool) -> Cause:
    speaks_for = [Evidence(Sign.NEW_LAUNCH)] if new_launch else []
    against: list[Evidence] = []
    sides, even = _sides(breakup)
    (speaks_for if even else against).append(sides)
    speeds, slow = _speeds(breakup)
    (speaks_for if slow else against).append(speeds)
    if breakup.energy is EnergyClass.LOW:
        speaks_for.append(Evidence(Sign.LOW_ENERGY, {"j_per_g": breakup.energy_j_per_g}))
    if cloud is not None:
        against.append(Evidence(Sign.OTHER_CLOUD, {"norad_id": cloud.objects[0]}))
    return Cause(CauseKind.EXPLOSION, tuple(speaks_for), tuple(against))


def _test(breakup: Breakup, cloud: Breakup | None, passes: PassesAtPoint | None) -> Cause:
    speaks_for: list[Evidence] = []
    against: list[Evidence] = []
    sides, even = _sides(breakup)
    (against if even else speaks_for).append(sides)
    speeds, slow = _speeds(breakup)
    (against if slow else speaks_for).append(speeds)
    energy = {"j_per_g": breakup.energy_j_per_g}
    if breakup.energy is EnergyClass.HIGH:
        speaks_for.append(Evidence(Sign.HIGH_ENERGY, energy))
    if breakup.energy is EnergyClass.LOW:
        against.append(Evidence(Sign.LOW_ENERGY, energy))
    if cloud is not None:
        against.append(Evidence(Sign.OTHER_CLOUD, {"norad_id": cloud.objects[0]}))
    elif passes is not None:
        speaks_for.append(Evidence(Sign.NO_OTHER_CLOUD))
    return Cause(CauseKind.TEST, tuple(speaks_for), tuple(against))


def _counts(passes: PassesAtPoint) -> dict[str, float]:
    return {"number": len(passes.norad_ids), "chance": passes.expected_by_chance}


def _sides(breakup: Breakup) -> tuple[Evidence, bool]:
    share = breakup.posigrade_share
    even = share.low <= 0.5 <= share.high
    values = {"low": 100.0 * share.low, "high": 100.0 * share.high}
    return Evidence(Sign.EVEN if even else Sign.ONE_SIDED, values), even


def _speeds(breakup: Breakup) -> tuple[Evidence, bool]:
    """Return which of the model's two distributions the median speed lies nearer to."""
    speeds = np.linalg.norm(np.array(breakup.cloud.delta_v_rtn_m_s), axis=1)
    middle = float(np.log10(max(float(np.nanmedian(speeds)), 1e-3)))
    usual = np.array([_USUAL_LOG_AREA_TO_MASS])
    explosion = float(log_speed(usual, Fragmentation.EXPLOSION)[0][0])
    collision = float(log_speed(usual, Fragmentation.COLLISION)[0][0])
    slow = abs(middle - explosion) <= abs(middle - collision)
    sign = Sign.SPEEDS_OF_EXPLOSIONS if slow else Sign.SPEEDS_OF_COLLISIONS
    return Evidence(sign, {"median_m_s": 10.0**middle}), slow
