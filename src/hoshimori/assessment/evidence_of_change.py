"""What findings about one object say as evidence: burns, partings, break-ups, silence, decay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from hoshimori.assessment.evidence_of_nearness import Told
from hoshimori.model.breakup_causes import Cause, Sign
from hoshimori.model.findings import (
    Anomaly,
    Breakup,
    ChangeFinding,
    Decay,
    Manoeuvre,
    PatternChange,
    Phenomenon,
    Separation,
)

SPRING_M_S = 5.0
"""Springs and slow releases stay below this; mission reports give 0.1 to 2 m/s."""

_SIGNS: Mapping[Sign, str | None] = {
    Sign.OTHER_CLOUD: "second_cloud",
    Sign.NO_OTHER_CLOUD: "no_second_cloud",
    Sign.PASSES: "passes_above_chance",
    Sign.NO_PASS: "no_pass",
    Sign.EVEN: "cloud_even",
    Sign.ONE_SIDED: "cloud_one_sided",
    Sign.SPEEDS_OF_EXPLOSIONS: "speeds_of_explosions",
    Sign.SPEEDS_OF_COLLISIONS: "speeds_of_collisions",
    Sign.LOW_ENERGY: "energy_low",
    Sign.HIGH_ENERGY: "energy_high",
    Sign.NEW_LAUNCH: "launch_fresh",
    Sign.NOT_RESOLVED: None,
}
_SILENCES: Mapping[Phenomenon, str] = {
    Phenomenon.ELEMENTS_OVERDUE: "elements_overdue",
    Phenomenon.OBJECT_LOST: "object_lost",
    Phenomenon.PRESUMED_DECAYED: "presumed_decayed",
}


def told_by_change(
    finding: ChangeFinding, *, of_asset: bool, near_other: bool, causes: Sequence[Cause]
) -> tuple[Told, ...]:
    """Return what a finding about one object says.

    `of_asset` tells whether the object is an asset, `near_other` whether the incident is also
    about two objects near one another; `causes` are those of a break-up.
    """
    match finding:
        case Manoeuvre():
            return _burn(finding, of_asset=of_asset, near_other=near_other)
        case PatternChange():
            return (("pattern_left", {"surprise": finding.surprise}),)
        case Separation():
            speed = finding.relative_speed_m_s
            kind = "parted_fast" if speed.low > SPRING_M_S else "parted_gently"
            return ((kind, {"m_s_low": speed.low, "m_s_high": speed.high}),)
        case Breakup():
            return _signs(causes)
        case Decay():
            return (("sinks_to_end", {"perigee_km": finding.perigee_km}),)
        case Anomaly():
            values = {"age_days": finding.age_days, "usual_days": finding.usual_days}
            return ((_SILENCES[finding.phenomenon], values),)
        case _ as never:
            assert_never(never)


def _burn(finding: Manoeuvre, *, of_asset: bool, near_other: bool) -> tuple[Told, ...]:
    values = {"m_s_low": finding.delta_v_m_s.low, "m_s_high": finding.delta_v_m_s.high}
    if of_asset:
        return (("asset_burned", values),)
    return (("other_burned", values),) if near_other else ()


def _signs(causes: Sequence[Cause]) -> tuple[Told, ...]:
    """Return the signs of a break-up, each once; which cause they speak for the model knows."""
    told: dict[str, Told] = {}
    for cause in causes:
        for evidence in (*cause.speaks_for, *cause.speaks_against):
            kind = _SIGNS[evidence.sign]
            if kind is not None:
                told.setdefault(kind, (kind, dict(evidence.values)))
    return tuple(told.values())
