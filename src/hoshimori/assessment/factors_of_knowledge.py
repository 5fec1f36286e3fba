"""What is known and by whom: time, attribution, context, notice, accident, evidence, release.

No factor is computed from nationality: attribution is stated of the object only, of operator and
State as not assessed.
"""

from __future__ import annotations

from hoshimori.assessment.drivers import independent_chains
from hoshimori.assessment.explanations import together
from hoshimori.assessment.factor_ground import Ground, Values, proposal, unknown
from hoshimori.assessment.grades import DEFAULT_GRADES, SourceKind
from hoshimori.assessment.likelihood_words import words_for
from hoshimori.model.assessments import Answer, Chain, Factor, Hypothesis
from hoshimori.model.findings import Conjunction, GeoNeighbour, Proximity
from hoshimori.model.markings import Level

_ACCIDENT = (Hypothesis.NATURAL, Hypothesis.FAULT, Hypothesis.ARTEFACT)
_PUBLIC = (Chain.ORBITS, Chain.NAVIGATION)
"""What everybody can get and compute again."""
_NOTICE = ("stated_notice_given", "stated_closure_notice", "stated_servicing_licence")
_MOST_NAMED = 3


def immediacy(ground: Ground) -> Factor:
    """Return F3: the hours left until two objects are nearest, by the soonest of the findings."""
    near = [
        f.tca_utc if isinstance(f, Conjunction) else f.range_utc
        for f in ground.findings
        if isinstance(f, Conjunction | Proximity | GeoNeighbour)
    ]
    ahead = [utc for utc in near if utc >= ground.as_of_utc]
    if not ahead:
        return unknown("F3", "no_approach_ahead")
    hours = (min(ahead) - ground.as_of_utc).total_seconds() / 3600.0
    return proposal("F3", f"{hours:.0f} h", "nearest_in", values={"hours": hours})


def measurability(ground: Ground) -> Factor:
    """Return F6: whether others can measure it too, from what may be shared."""
    chains = independent_chains(ground.matrix)
    values: Values = {"chains": float(chains)}
    seen = [r.evidence for r in ground.matrix if r.evidence.finding_ids]
    if any(item.chain in _PUBLIC for item in seen):
        return proposal("F6", "4", "from_public_data", values=values)
    if chains > 1:
        return proposal("F6", "3", "from_statements_alone", values=values)
    if not seen:
        return proposal("F6", "0", "from_statements_alone", values=values)
    is_shareable = ground.marking.level < Level.RED
    return proposal("F6", "2" if is_shareable else "1", "from_statements_alone", values=values)


def duration(ground: Ground) -> Factor:
    """Return F7: how long it lasts, and how many times it came."""
    days = (ground.incident.end_utc - ground.incident.start_utc).total_seconds() / 86400.0
    company = [f.company for f in ground.findings if isinstance(f, Proximity) and f.company]
    episodes = max((c.visits for c in company), default=1)
    values: Values = {"days": days, "episodes": float(episodes)}
    return proposal("F7", f"{days:.1f} d, {episodes}", "length_and_episodes", values=values)


def indicators_counted(ground: Ground) -> Factor:
    """Return F9: indicators of intent, and those against it; counted, never scored."""
    intent = [i for i in ground.indicators if i.indicator.startswith("I")]
    counter = [i for i in ground.indicators if i.indicator.startswith("J")]
    yes = tuple(i.indicator for i in intent if i.answer is Answer.YES)
    unknown_ones = tuple(i.indicator for i in intent if i.answer is Answer.UNKNOWN)
    against = tuple(i.indicator for i in counter if i.answer is Answer.YES)
    values: Values = {
        "yes": float(len(yes)),
        "of": float(len(intent)),
        "unknown": float(len(unknown_ones)),
        "against": float(len(against)),
        "against_of": float(len(counter)),
    }
    return proposal(
        "F9",
        f"{len(yes)}/{len(intent)}; {len(against)}/{len(counter)}",
        "indicators_counted",
        values=values,
        supporting=yes,
        contradicting=against,
        missing=unknown_ones,
    )


def attribution(ground: Ground) -> Factor:
    """Return F10: which object it was, as catalogued; who operates it is not assessed."""
    if not ground.incident.others:
        return unknown("F10", "no_other_object", ("stated_interceptor_seen",))
    objects = ", ".join(map(str, ground.incident.others[:_MOST_NAMED]))
    values: Values = {"objects": objects}
    missing = ("operator", "state")
    return proposal("F10", objects, "object_as_catalogued", values=values, missing=missing)


def military_character(ground: Ground) -> Factor:
    """Return F11: what the assets are for, as their owner states it."""
    missions = sorted({asset.mission for asset in ground.assets if asset.mission})
    if not missions:
        return unknown("F11", "mission_not_stated", ("mission",))
    stated = "; ".join(missions)
    return proposal("F11", stated, "mission_as_stated", values={"mission": stated})


def status(_ground: Ground) -> Factor:
    """Return F12: protected or special status; nothing at hand tells of it."""
    return unknown("F12", "status_not_stated", ("stated_status",))


def nexus(_ground: Ground) -> Factor:
    """Return F13: the nexus to the alliance, which people state and no machine."""
    return unknown("F13", "nexus_is_for_people", ("registry", "operator", "effects_on_ground"))


def notice(ground: Ground) -> Factor:
    """Return F14: whether it was announced or licensed."""
    if found := ground.having(*_NOTICE):
        return proposal("F14", "present", "notice_found", supporting=found)
    return unknown("F14", "notice_not_looked_up", ("stated_notice_given",))


def accident(ground: Ground) -> Factor:
    """Return F15: how likely nature, a fault or an error in the data explains it."""
    span = together(ground.explanations, _ACCIDENT)
    words = words_for(span)
    first, last = words[0].value, words[-1].value
    return proposal(
        "F15",
        first if first == last else f"{first} to {last}",
        "accident_as_weighed",
        values={"low": span.low, "high": span.high},
        supporting=ground.having(*(f"nature_{c.check}" for c in ground.checks)),
        missing=tuple(c.check for c in ground.checks if not c.evaluated),
    )


def quality(ground: Ground) -> Factor:
    """Return F16: the best grade of what was stated, and how many sources there are.

    Where nobody stated anything, it is the grade of the element sets.
    """
    graded = [r.evidence.grade for r in ground.matrix if r.evidence.grade is not None]
    best = min(map(str, graded), default=str(DEFAULT_GRADES[SourceKind.ELEMENT_SETS]))
    chains = independent_chains(ground.matrix)
    values: Values = {"best": best, "chains": float(chains)}
    return proposal("F16", f"{best}, {chains}", "grade_and_chains", values=values)


def releasability(ground: Ground) -> Factor:
    """Return F17: the strictest level of any item."""
    level = ground.marking.level.name.replace("_", "+")
    values: Values = {"level": level}
    return proposal("F17", f"TLP:{level}", "highest_marking", values=values)
