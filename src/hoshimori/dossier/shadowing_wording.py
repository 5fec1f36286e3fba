"""What is said of an object in an asset's plane: the angle, free drift beside it, warning times."""

from __future__ import annotations

from hoshimori.dossier.language import Language, say
from hoshimori.dossier.quantities import interval_text, number_text, utc_text
from hoshimori.dossier.reach_wording import time_text
from hoshimori.dossier.wording import relation_text
from hoshimori.model.findings import PlaneHold, Shadowing, WarningBound


def plane_hold_text(hold: PlaneHold, language: Language) -> str:
    """Return how the plane of the object goes with the asset's."""
    return say(language, f"plane_hold.{hold.name.lower()}")


def shadowing_sentences(
    finding: Shadowing, asset: str, other: str, language: Language
) -> tuple[str, ...]:
    """Return what was measured, in sentences."""
    planes = say(
        language,
        "explain.shadowing",
        asset=asset,
        other=other,
        angle=_angle(finding, language),
        drift=number_text(abs(finding.node_drift_deg_day)),
        axis=f"{abs(finding.axis_difference_km):.1f}",
    )
    return (planes, *_history(finding, other, language), _warnings(finding, language))


def _angle(finding: Shadowing, language: Language) -> str:
    return f"{interval_text(finding.plane_angle_deg, '', language)}°"


def _history(finding: Shadowing, other: str, language: Language) -> tuple[str, ...]:
    if finding.hold is PlaneHold.MATCHED or finding.free_drift_deg is None:
        return ()
    return (
        say(
            language,
            f"explain.shadowing.{finding.hold.name.lower()}",
            other=other,
            start=utc_text(finding.start_utc),
            free=number_text(finding.free_drift_deg),
        ),
    )


def _warnings(finding: Shadowing, language: Language) -> str:
    times = (
        say(
            language,
            "explain.shadowing.time",
            speed=f"{bound.delta_v_m_s:g}",
            time=_time(bound, language),
        )
        for bound in finding.warning
    )
    return say(language, "explain.shadowing.warning", times=say(language, "list.gap").join(times))


def _time(bound: WarningBound, language: Language) -> str:
    if bound.no_sooner_days is None:
        return say(language, "explain.shadowing.out_of_reach")
    return time_text(bound.no_sooner_days, language)


def shadowing_measures(finding: Shadowing, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the numbers of the finding, as keys of labels and values."""
    day = finding.range_km
    low, high, middle = map(number_text, (day.low, day.high, day.best))
    free = say(language, "missing")
    if finding.free_drift_deg is not None:
        free = f"{number_text(finding.free_drift_deg)}°"
    return (
        ("hold", plane_hold_text(finding.hold, language)),
        ("relation", relation_text(finding.relation, language)),
        ("plane", _angle(finding, language)),
        ("free_drift", free),
        ("node_drift", f"{number_text(finding.node_drift_deg_day)}°"),
        ("axis", f"{finding.axis_difference_km:.1f} km"),
        ("daily", say(language, "measure.daily.value", low=low, high=high, middle=middle)),
        *(
            (
                "warning",
                say(
                    language,
                    "explain.shadowing.time",
                    speed=f"{bound.delta_v_m_s:g}",
                    time=_time(bound, language),
                ),
            )
            for bound in finding.warning
        ),
    )
