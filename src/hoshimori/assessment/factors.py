"""The seventeen factors: what a machine proposes from the evidence; a human sets the value.

Anchors are ordinal and never added up; unknown is a value like any other. No factor is computed
from nationality: attribution is stated of the object only, of operator and State as not assessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hoshimori.assessment.drivers import independent_chains
from hoshimori.assessment.explanations import together
from hoshimori.assessment.likelihood_words import words_for
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import (
    Answer,
    Chain,
    Decision,
    Explanation,
    Factor,
    Hypothesis,
    Indicator,
    MatrixRow,
    NaturalCheck,
)
from hoshimori.model.assets import Asset
from hoshimori.model.findings import AnyFinding, Conjunction, GeoNeighbour, Proximity
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Marking
from hoshimori.model.reports import OperatorReport

Values = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that factors are proposed from."""

    incident: Incident
    as_of_utc: datetime
    findings: Sequence[AnyFinding | OperatorReport]
    assets: Sequence[Asset]
    matrix: Sequence[MatrixRow]
    explanations: Sequence[Explanation]
    checks: Sequence[NaturalCheck]
    indicators: Sequence[Indicator]
    marking: Marking

    def having(self, *kinds: str) -> tuple[str, ...]:
        """Return the ids of the evidence of these kinds."""
        return tuple(r.evidence.evidence_id for r in self.matrix if r.evidence.kind in kinds)


_CONTACT = ("company_towed", "docked", "company_moved_together")
_CONSENT = (
    "stated_same_operator",
    "stated_own_object",
    "stated_servicing_licence",
    "stated_own_slot",
    "same_launch",
    "same_constellation",
)
_LINK = ("stated_link_interference", "stated_radio_or_cyber_effect")
_TAKEOVER = ("stated_uncommanded_state",)
_LOSS = ("stated_service_lost", "stated_tumbling_seen", "stated_pieces_seen")
_CAME_APART = (
    "second_cloud",
    "no_second_cloud",
    "cloud_even",
    "cloud_one_sided",
    "speeds_of_explosions",
    "speeds_of_collisions",
)
_DISTURBED = (
    "integrity_low_new",
    "integrity_low_usual",
    "positions_displaced",
    "stated_navigation_disturbed",
)
_PLANE = ("plane_matched", "plane_kept", "plane_came_together", "plane_launched_into")
_BESIDE = ("stays_beside", "arrived_and_stopped", "company_visit", "visits_repeated")
_NOTICE = ("stated_notice_given", "stated_closure_notice", "stated_servicing_licence")


def factors_of(
    ground: Ground, decisions: Mapping[str, Decision], model: AssessmentModel
) -> tuple[Factor, ...]:
    """Return all seventeen factors in their order, each with the decision on it where there is one.

    `decisions` are by factor, the latest of each.
    """
    proposed = (
        _severity(ground),
        _reversibility(ground),
        _immediacy(ground),
        _directness(ground),
        _invasiveness(ground),
        _measurability(ground),
        _duration(ground),
        _effects_on_earth(ground),
        _indicators(ground),
        _attribution(ground),
        _military_character(ground),
        _unknown("F12", "status_not_stated", ("stated_status",)),
        _unknown("F13", "nexus_is_for_people", ("registry", "operator", "effects_on_ground")),
        _notice(ground),
        _nature(ground),
        _quality(ground),
        _releasability(ground),
    )
    assert tuple(f.factor for f in proposed) == tuple(model.factors)
    return tuple(replace(f, decision=decisions.get(f.factor)) for f in proposed)


def _factor(
    name: str,
    proposed: str | None,
    because: str,
    *,
    values: Values | None = None,
    supporting: tuple[str, ...] = (),
    contradicting: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Factor:
    return Factor(name, proposed, because, values or {}, supporting, contradicting, missing)


def _unknown(name: str, because: str, missing: tuple[str, ...]) -> Factor:
    return _factor(name, None, because, missing=missing)


def _severity(ground: Ground) -> Factor:
    kept = ground.having("stated_service_kept")
    lost = ground.having("stated_service_lost")
    apart = ground.having(*_CAME_APART)
    missing = () if kept or lost else ("stated_service_kept",)
    if apart or lost:
        found = (*lost, *apart)
        because = "object_came_apart" if apart else "service_lost"
        return _factor("F1", "3", because, supporting=found, contradicting=kept, missing=missing)
    disturbed = ground.having(*_DISTURBED, *_LINK, "stated_telemetry_anomaly", *_TAKEOVER)
    if disturbed:
        return _factor(
            "F1",
            "2",
            "service_disturbed",
            supporting=disturbed,
            contradicting=kept,
            missing=missing,
        )
    return _factor("F1", "0", "no_harm_observed", supporting=kept, missing=missing)


def _reversibility(ground: Ground) -> Factor:
    apart = ground.having(*_CAME_APART)
    if apart:
        return _factor("F2", "4", "object_came_apart", supporting=apart)
    towed = ground.having("company_towed")
    if towed:
        return _factor("F2", "3", "moved_by_another", supporting=towed)
    if disturbed := ground.having(*_DISTURBED, *_LINK):
        return _factor("F2", "1", "interference_can_stop", supporting=disturbed)
    lost = ground.having(*_LOSS)
    if lost:
        return _unknown("F2", "loss_may_be_lasting", ("stated_service_kept",))
    return _factor("F2", None, "no_effect_to_reverse", missing=("stated_service_kept",))


def _immediacy(ground: Ground) -> Factor:
    """Return the hours left until two objects are nearest, by the soonest of the findings."""
    now = ground.as_of_utc
    near = [
        f.tca_utc if isinstance(f, Conjunction) else f.range_utc
        for f in ground.findings
        if isinstance(f, Conjunction | Proximity | GeoNeighbour)
    ]
    ahead = [utc for utc in near if utc >= now]
    if not ahead:
        return _factor("F3", None, "no_approach_ahead")
    hours = (min(ahead) - now).total_seconds() / 3600.0
    return _factor("F3", f"{hours:.0f} h", "nearest_in", values={"hours": hours})


def _directness(ground: Ground) -> Factor:
    struck = ground.having("second_cloud", "stated_interceptor_seen")
    if struck:
        return _factor("F4", "4", "seen_to_strike", supporting=struck)
    effects = ground.having(*_CAME_APART, *_DISTURBED, *_LINK, *_LOSS, *_TAKEOVER)
    if effects:
        return _unknown("F4", "cause_not_seen", ("stated_fault_found", "stated_interceptor_seen"))
    return _factor("F4", "0", "no_effect_to_link")


def _invasiveness(ground: Ground) -> Factor:
    consent = ground.having(*_CONSENT)
    ladder = (
        ("4", "contact_or_takeover", (*_CONTACT, *_TAKEOVER)),
        ("3", "link_or_command", _LINK),
        ("2", "very_near_or_same_plane", _PLANE),
        ("1", "loitering", _BESIDE),
    )
    for anchor, because, kinds in ladder:
        if found := ground.having(*kinds):
            return _factor(
                "F5",
                anchor,
                because,
                supporting=found,
                contradicting=consent,
                missing=() if consent else ("stated_same_operator",),
            )
    return _factor("F5", "0", "passive_or_far")


def _measurability(ground: Ground) -> Factor:
    chains = independent_chains(ground.matrix)
    public = any(
        r.evidence.chain in (Chain.ORBITS, Chain.NAVIGATION) and r.evidence.finding_ids
        for r in ground.matrix
    )
    values: Values = {"chains": float(chains)}
    if public:
        return _factor("F6", "4" if chains > 1 else "3", "from_public_data", values=values)
    return _factor("F6", "1" if chains else "0", "from_statements_alone", values=values)


def _duration(ground: Ground) -> Factor:
    days = (ground.incident.end_utc - ground.incident.start_utc).total_seconds() / 86400.0
    company = [f.company for f in ground.findings if isinstance(f, Proximity) and f.company]
    visits = max((c.visits for c in company), default=1)
    values: Values = {"days": days, "episodes": float(visits)}
    return _factor("F7", f"{days:.1f} d, {visits}", "length_and_episodes", values=values)


def _effects_on_earth(ground: Ground) -> Factor:
    if found := ground.having(*_DISTURBED, "stated_ground_intrusion"):
        return _factor("F8", "2", "regional_service", supporting=found)
    return _unknown("F8", "effects_on_earth_not_looked_at", ("stated_service_kept",))


def _indicators(ground: Ground) -> Factor:
    intent = [i for i in ground.indicators if i.indicator.startswith("I")]
    counter = [i for i in ground.indicators if i.indicator.startswith("J")]
    yes = sum(i.answer is Answer.YES for i in intent)
    unknown = sum(i.answer is Answer.UNKNOWN for i in intent)
    against = sum(i.answer is Answer.YES for i in counter)
    values: Values = {
        "yes": float(yes),
        "of": float(len(intent)),
        "unknown": float(unknown),
        "against": float(against),
        "against_of": float(len(counter)),
    }
    return _factor(
        "F9",
        f"{yes}/{len(intent)}; {against}/{len(counter)}",
        "indicators_counted",
        values=values,
        supporting=tuple(i.indicator for i in intent if i.answer is Answer.YES),
        contradicting=tuple(i.indicator for i in counter if i.answer is Answer.YES),
        missing=tuple(i.indicator for i in intent if i.answer is Answer.UNKNOWN),
    )


def _attribution(ground: Ground) -> Factor:
    """Return which object it was, as catalogued; who operates it is not assessed."""
    others = ground.incident.others
    if not others:
        return _unknown("F10", "no_other_object", ("stated_interceptor_seen",))
    return _factor(
        "F10",
        ", ".join(map(str, others[:3])),
        "object_as_catalogued",
        values={"objects": ", ".join(map(str, others[:3]))},
        missing=("operator", "state"),
    )


def _military_character(ground: Ground) -> Factor:
    missions = [asset.mission for asset in ground.assets if asset.mission]
    if not missions:
        return _unknown("F11", "mission_not_stated", ("mission",))
    stated = "; ".join(sorted(set(missions)))
    return _factor("F11", stated, "mission_as_stated", values={"mission": stated})


def _notice(ground: Ground) -> Factor:
    if found := ground.having(*_NOTICE):
        return _factor("F14", "present", "notice_found", supporting=found)
    return _unknown("F14", "notice_not_looked_up", ("stated_notice_given",))


def _nature(ground: Ground) -> Factor:
    accident = (Hypothesis.NATURAL, Hypothesis.FAULT, Hypothesis.ARTEFACT)
    span = together(ground.explanations, accident)
    words = words_for(span)
    unchecked = tuple(c.check for c in ground.checks if not c.evaluated)
    speak = ground.having(*(f"nature_{c.check}" for c in ground.checks))
    text = words[0].value if len(words) == 1 else f"{words[0].value} to {words[-1].value}"
    return _factor(
        "F15",
        text,
        "accident_as_weighed",
        values={"low": span.low, "high": span.high},
        supporting=speak,
        missing=unchecked,
    )


def _quality(ground: Ground) -> Factor:
    grades = sorted(
        str(r.evidence.grade) for r in ground.matrix if r.evidence.grade is not None
    ) or ["B2"]
    chains = independent_chains(ground.matrix)
    values: Values = {"best": grades[0], "chains": float(chains)}
    return _factor("F16", f"{grades[0]}, {chains}", "grade_and_chains", values=values)


def _releasability(ground: Ground) -> Factor:
    level = ground.marking.level.name.replace("_", "+")
    values: Values = {"level": level}
    return _factor("F17", f"TLP:{level}", "highest_marking", values=values)
