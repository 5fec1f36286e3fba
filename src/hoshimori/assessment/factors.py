"""The seventeen factors: what a machine proposes from the evidence; a human sets the value.

Anchors are ordinal and never added up; unknown is a value like any other. No factor is computed
from nationality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hoshimori.assessment.factor_ground import Ground
from hoshimori.assessment.factors_of_effects import (
    directness,
    effects_on_earth,
    invasiveness,
    reversibility,
    severity,
)
from hoshimori.assessment.factors_of_knowledge import (
    accident,
    attribution,
    duration,
    immediacy,
    indicators_counted,
    measurability,
    military_character,
    nexus,
    notice,
    quality,
    releasability,
    status,
)
from hoshimori.model.assessments import Decision, Factor

PROPOSE = (
    severity,
    reversibility,
    immediacy,
    directness,
    invasiveness,
    measurability,
    duration,
    effects_on_earth,
    indicators_counted,
    attribution,
    military_character,
    status,
    nexus,
    notice,
    accident,
    quality,
    releasability,
)
"""F1 to F17, in their order."""


def factors_of(ground: Ground, decisions: Mapping[str, Decision]) -> tuple[Factor, ...]:
    """Return all seventeen factors in their order, each with the decision on it where there is one.

    `decisions` are by factor, the latest of each.
    """
    proposed = (propose(ground) for propose in PROPOSE)
    return tuple(replace(f, decision=decisions.get(f.factor)) for f in proposed)
