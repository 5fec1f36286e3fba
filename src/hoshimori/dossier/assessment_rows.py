"""The texts of an assessment in rows, as terminal, page and paper lay them out."""

from __future__ import annotations

from dataclasses import dataclass

from hoshimori.model.assessments import Span


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """One explanation as people read it."""

    name: str
    words: str
    interval: str
    before: str
    against: str
    likelihood: Span
    decision: str
    """What a person set, with who and why; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One natural explanation that was looked into."""

    check: str
    result: str
    sentence: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One item of evidence with its ratings, in the order of `AssessmentText.explanations`."""

    evidence_id: str
    sentence: str
    numbers: str
    source: str
    ratings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor: its value in words, why, and what is missing."""

    factor: str
    name: str
    value: str
    because: str
    missing: str
    decision: str
    supporting: str
    contradicting: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate with what it asks for."""

    gate: str
    name: str
    met: str
    unmet: str
    decision: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator with its answer."""

    indicator: str
    name: str
    answer: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AssessmentText:
    """Everything an assessment says, in one language."""

    title: str
    scope: str
    label: str
    summary: tuple[str, ...]
    """What was seen, benign first; then likelihood; then, apart, confidence."""
    checks: tuple[CheckRow, ...]
    explanations: tuple[ExplanationRow, ...]
    short_names: tuple[str, ...]
    """Of the explanations, for the heads of the matrix."""
    agreement: str
    evidence: tuple[EvidenceRow, ...]
    factors: tuple[FactorRow, ...]
    gates: tuple[GateRow, ...]
    indicators: tuple[IndicatorRow, ...]
    drivers: tuple[str, ...]
    milestones: tuple[str, ...]
    missing: tuple[str, ...]
    dissent: tuple[str, ...]
    attribution: str
