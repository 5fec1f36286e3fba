"""English words of running a dossier again; the keys are those of every language."""

from __future__ import annotations

RERUN_WORDS: dict[str, str] = {
    "rerun.same": (
        "Computed again from {facts} enclosed facts: {reproduced} of {findings} findings came out "
        "the same, and so did the assessment."
    ),
    "rerun.same.findings": (
        "Computed again from {facts} enclosed facts: {reproduced} of {findings} findings came out "
        "the same; it holds no assessment to compare."
    ),
    "rerun.differs": (
        "Computed again from {facts} enclosed facts, it DIFFERS: {reproduced} of {findings} "
        "findings came out the same."
    ),
    "rerun.difference": "{item}, {path}: enclosed {one}, computed {other}",
    "rerun.more": "… and {number} more places",
    "rerun.missing": "{item} did not come out again",
    "rerun.added": "{item} came out and is not enclosed",
    "rerun.failed": "a detector failed: {problem}",
    "rerun.version": "made with {detector}, which is here of another version",
    "rerun.software": "made with {software}",
    "rerun.not": "Not computed again: {because}",
}
