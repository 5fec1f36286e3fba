"""English words of conclusions that a release changes; the keys are those of every language."""

from __future__ import annotations

CHANGE_WORDS: dict[str, str] = {
    "change.incident": "The incident itself",
    "change.label": "Filed as",
    "change.likelihood": "Likelihood",
    "change.confidence": "Confidence",
    "change.factor": "Factor",
    "change.gate": "Asked for at the gate, not met",
    "change.finding": "Finding",
    "change.none": "does not come out of what may be released",
    "change.nothing": "nothing",
    "change.found": "found",
    "change.line": "{subject}: here {after}.",
    "change.former": "{subject}: {before} in the whole, {after} in the copy.",
    "change.withheld.one": "{number} item is withheld.",
    "change.withheld.many": "{number} items are withheld.",
}
