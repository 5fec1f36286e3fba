"""The gates G0 to G4: the minimum evidence each asks for, met or not; only humans open them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hoshimori.assessment.decision_rules import UNKNOWN
from hoshimori.assessment.drivers import independent_chains
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Decision, Factor, Gate, MatrixRow, NaturalCheck
from hoshimori.model.incidents import Attention, Incident

_FILLED: Final = {"nexus_filled": "F13", "notice_filled": "F14", "releasability_filled": "F17"}


def gates_of(
    incident: Incident,
    matrix: Sequence[MatrixRow],
    checks: Sequence[NaturalCheck],
    factors: Sequence[Factor],
    dissent: Sequence[Decision],
    decisions: Mapping[str, Decision],
    model: AssessmentModel,
) -> tuple[Gate, ...]:
    """Return every gate with what it asks for, sorted into met and unmet."""
    met = {
        "unexplained_finding": incident.attention is not Attention.LOG,
        "asset_named": bool(incident.assets),
        "two_independent_chains": independent_chains(matrix) >= 2,
        "nature_evaluated": bool(checks) and all(check.evaluated for check in checks),
        "object_attribution_stated": _has_value(factors, "F10"),
        "red_team_note": bool(dissent),
    }
    met |= {need: _is_decided(factors, factor) for need, factor in _FILLED.items()}
    return tuple(
        Gate(
            name,
            tuple(need for need in gate.needs if met[need]),
            tuple(need for need in gate.needs if not met[need]),
            decisions.get(name),
        )
        for name, gate in model.gates.items()
    )


def _has_value(factors: Sequence[Factor], name: str) -> bool:
    found = [factor for factor in factors if factor.factor == name]
    return any(_says_something(f.decision) if f.decision else f.proposed for f in found)


def _is_decided(factors: Sequence[Factor], name: str) -> bool:
    """Return whether a human filled a factor: nexus and notice are not a machine's to state."""
    return any(f.factor == name and _says_something(f.decision) for f in factors)


def _says_something(decision: Decision | None) -> bool:
    """Return whether a human set a value; "unknown" is a value that fills nothing."""
    return decision is not None and decision.value != UNKNOWN
