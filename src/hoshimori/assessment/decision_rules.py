"""What a human can decide about an incident, and which values are understood."""

from __future__ import annotations

from hoshimori.errors import SettingsError
from hoshimori.model.assessment_model import AssessmentModel
from hoshimori.model.assessments import Hypothesis, Words
from hoshimori.model.journal import DecisionKind

UNKNOWN = "unknown"
"""A value like any other; shown as prominently as a high one."""

_MOST_CHARACTERS = 2000


def understood(kind: DecisionKind, key: str, value: str, model: AssessmentModel) -> str:
    """Return a value as it is kept: without blanks around it.

    Which factors there are and which of them are judged by anchors, the assessment model tells.

    Raises:
        SettingsError: there is no such factor, gate or explanation, or it has no such value.
    """
    kept = value.strip()
    known = _keys(kind, model)
    if key not in known:
        raise SettingsError(
            f"{kind.value} {key!r}: expected one of {known[0]} to {known[-1]}"
            if known[0]
            else f"a {kind.value} is about no key, not {key!r}"
        )
    values = _values(kind, key, model)
    if values and kept not in values:
        raise SettingsError(f"{key}={kept}: expected one of {', '.join(values)}")
    return stated(kept, f"{kind.value} {key}".strip())


def stated(text: str, place: str) -> str:
    """Return a text that says something and can be kept.

    Raises:
        SettingsError: it is empty, too long, or holds what is no character.
    """
    kept = text.strip()
    if not kept:
        raise SettingsError(f"{place}: nothing is said")
    if len(kept) > _MOST_CHARACTERS:
        raise SettingsError(f"{place}: {len(kept):,} characters; at most {_MOST_CHARACTERS:,}")
    if any(not c.isprintable() and c not in "\n\t" for c in kept):
        raise SettingsError(f"{place}: holds characters that do not print")
    return kept


def _keys(kind: DecisionKind, model: AssessmentModel) -> tuple[str, ...]:
    match kind:
        case DecisionKind.FACTOR:
            return tuple(model.factors)
        case DecisionKind.GATE:
            return tuple(model.gates)
        case DecisionKind.EXPLANATION:
            return tuple(sorted(hypothesis.value for hypothesis in Hypothesis))
        case DecisionKind.DISSENT:
            return ("",)


def _values(kind: DecisionKind, key: str, model: AssessmentModel) -> tuple[str, ...]:
    """Return the values that a key has; empty where any words will do."""
    match kind:
        case DecisionKind.FACTOR:
            anchors = model.factors[key].anchors
            return (*map(str, range(len(anchors))), UNKNOWN) if anchors else ()
        case DecisionKind.GATE:
            return ("open", "closed")
        case DecisionKind.EXPLANATION:
            return (*(words.value for words in Words), UNKNOWN)
        case DecisionKind.DISSENT:
            return ()
