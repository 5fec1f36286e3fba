"""A part comes to another: the two burns, the trajectories between and after, and its sets."""

from __future__ import annotations

import numpy as np

from hoshimori.exercise.actors import Arc
from hoshimori.exercise.approaching import ApproachPlan, Asked, approach_plan, relative_rtn_km
from hoshimori.exercise.courses import following
from hoshimori.exercise.stage import Happened, Stage, lag_of
from hoshimori.model.injects import Approach
from hoshimori.numerics.elements import Floats

_STEP = np.timedelta64(300_000_000, "us")
_LEAST_STAY = np.timedelta64(90 * 60_000_000, "us")


def approached(
    stage: Stage, inject: Approach, random: np.random.Generator
) -> tuple[Stage, Happened]:
    """Let a part come to another as asked; its sets show both burns and the company.

    On the way they are the catalogue's own, turned by the transfer. From the arrival on the part
    goes where the target goes, and as far away as asked; it keeps its cadence and errors.

    Raises:
        ValueError: no transfer leads there in the time given, or a part is not there.
    """
    leaves_utc = stage.moment(inject.at_h)
    own, target = stage.where(inject.part, leaves_utc), stage.where(inject.target, leaves_utc)
    asked = Asked(
        how=inject.how,
        range_km=inject.range_km,
        sunlit=inject.sunlit,
        side=float(random.choice([-1.0, 1.0])),
        turn_rad=float(random.uniform(0.0, 2.0 * np.pi)),
    )
    try:
        plan = approach_plan(
            own, target, leaves_utc=leaves_utc, takes_h=inject.takes_h, asked=asked
        )
    except ValueError as error:
        raise ValueError(f"{inject.inject_id}: {error}") from error
    origins = stage.course(inject.target).origins
    transfer = Arc(plan.leaves_utc, plan.transfer)
    stage = stage.with_arc(inject.part, transfer, random, origins=origins)
    came = following(
        stage.course(inject.part),
        stage.course(inject.target),
        plan.final,
        plan.target,
        lag_days=lag_of(plan.final, random),
    )
    stay = np.timedelta64(round(inject.stays_h * 3600e6), "us")
    return stage.with_course(came), Happened(
        objects=(came.norad_id, stage.numbers[inject.target]),
        from_utc=plan.leaves_utc,
        to_utc=plan.arrives_utc + stay,
        measures=_measures(plan, max(stay, _LEAST_STAY)),
        shows_by=(came.norad_id,),
        lags=True,
    )


def _measures(plan: ApproachPlan, stay: np.timedelta64) -> dict[str, float]:
    """Return the true numbers of an approach, while it stays."""
    at_utc = plan.arrives_utc + np.arange(0, stay // _STEP + 1) * _STEP
    ranges = np.linalg.norm(relative_rtn_km(plan.target, plan.final, at_utc), axis=1)
    first, second = _size(plan.first_rtn_m_s), _size(plan.second_rtn_m_s)
    return {
        "range_km": float(ranges.min()),
        "longest_range_km": float(ranges.max()),
        "delta_v_m_s": first + second,
        "first_delta_v_m_s": first,
        "second_delta_v_m_s": second,
        "arrival_h": float((plan.arrives_utc - plan.leaves_utc) / np.timedelta64(1, "h")),
        "is_lit": float(plan.is_lit),
    }


def _size(vector: Floats) -> float:
    return float(np.linalg.norm(vector))
