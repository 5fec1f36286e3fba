"""Run the inquiry of a dossier again from its enclosed facts, and say exactly what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hoshimori.formats.json_differences import differences
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.dossiers import Item
from hoshimori.model.picture import Picture
from hoshimori.model.reruns import Difference, Rerun
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.dossier_inputs import Enclosed, enclosed_in
from hoshimori.workflows.dossier_items import ASSESSMENT, FINDING, finding_value
from hoshimori.workflows.inquiry import TOLERANCE, Inquiry, assessment_of, inquire


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """What the enclosed facts of a dossier tell now."""

    inquiry: Inquiry
    told: Brief | None
    """None where the incident does not come out of them."""


def rerun(items: Sequence[Item]) -> Rerun:
    """Run the inquiry and the assessment of a dossier again and compare with what it encloses.

    Raises:
        FormatError: what is needed to run it is not enclosed.
        CoverageError: the enclosed facts tell of no moment.
    """
    enclosed = enclosed_in(items)
    return compared(items, enclosed, asked_again(enclosed))


def asked_again(enclosed: Enclosed) -> Again:
    """Return what the enclosed facts of a dossier tell, assessed."""
    inquiry = inquire(enclosed.picture, enclosed.detectors)
    same = [i for i in inquiry.incidents if i.incident_id == enclosed.incident_id]
    if not same:
        return Again(inquiry, None)
    assessment = assessment_of(
        inquiry,
        same[0],
        model=enclosed.model,
        surroundings=enclosed.surroundings,
        marking=enclosed.facts,
        decided=enclosed.decided,
    )
    return Again(inquiry, Brief(inquiry, same[0], assessment, enclosed.decided))


def compared(items: Sequence[Item], enclosed: Enclosed, again: Again) -> Rerun:
    """Return where what a dossier encloses and what its facts give differ."""
    findings = again.inquiry.findings_of(again.told.incident) if again.told else ()
    computed = {f.finding_id: finding_value(f) for f in findings}
    told = {i.item_id.removeprefix("finding/"): i.content for i in items if i.kind == FINDING}
    differing = list(_differing(told, computed))
    assessments = [item.content for item in items if item.kind == ASSESSMENT]
    found: tuple[Difference, ...] = ()
    if assessments:
        found = _assessed_otherwise(enclosed, again.told, assessments[0])
        differing += [(ASSESSMENT, found)] if found else []
    changed = {name for name, _ in differing}
    return Rerun(
        facts=_facts_in(enclosed.picture),
        findings=len(told),
        reproduced=sum(i in computed and f"finding/{i}" not in changed for i in told),
        assessment_same=not found if assessments else None,
        differing=tuple(differing),
        missing=tuple(sorted(set(told) - set(computed))),
        added=tuple(sorted(set(computed) - set(told))),
        other_versions=enclosed.other_versions,
        software=enclosed.software,
        failed=tuple(f"{r.detector}: {r.problem}" for r in again.inquiry.runs if r.problem),
    )


def _facts_in(picture: Picture) -> int:
    """Return how many facts were computed from: element sets, counts, measurements, reports."""
    cells = 0 if picture.integrity is None else len(picture.integrity)
    passages = 0 if picture.passages is None else len(picture.passages)
    samples = sum(map(len, picture.receivers))
    differences = sum(map(len, picture.signals))
    beside = cells + passages + samples + differences
    return len(picture.history) + beside + len(picture.reports)


def _differing(
    told: Mapping[str, Any], computed: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    for name in sorted(set(told) & set(computed)):
        found = tuple(differences(told[name], computed[name], relative=TOLERANCE))
        if found:
            yield f"finding/{name}", found


def _assessed_otherwise(
    enclosed: Enclosed, again: Brief | None, told: Any
) -> tuple[Difference, ...]:
    if again is None:
        return (Difference("incident", enclosed.incident_id, "none"),)
    return tuple(differences(told, as_json_value(again.assessment), relative=TOLERANCE))
