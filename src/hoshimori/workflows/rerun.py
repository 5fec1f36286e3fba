"""Run the inquiry of a dossier again from its enclosed facts, and say exactly what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hoshimori.formats.json_differences import differences
from hoshimori.formats.json_document import as_json_value
from hoshimori.model.dossiers import Item
from hoshimori.model.picture import Picture
from hoshimori.model.reruns import Difference, Rerun
from hoshimori.workflows.brief import Brief
from hoshimori.workflows.dossier_inputs import Enclosed, enclosed_in
from hoshimori.workflows.dossier_items import ASSESSMENT, FINDING, finding_value
from hoshimori.workflows.inquiry import assessment_of, chosen_incident, inquire

TOLERANCE = 1e-6
"""Relative: processors round the last digits of long sums in their own ways; no finding hangs on
the sixth."""


def rerun(items: Sequence[Item]) -> Rerun:
    """Run the inquiry and the assessment of a dossier again and compare with what it encloses.

    Raises:
        FormatError: what is needed to run it is not enclosed.
        CoverageError: the enclosed facts tell of no moment.
        SettingsError: the incident does not come out at all.
    """
    enclosed = enclosed_in(items)
    return compared(items, enclosed, told_again(enclosed))


def told_again(enclosed: Enclosed) -> Brief:
    """Return the incident of a dossier as its enclosed facts tell it, assessed.

    Raises:
        SettingsError: the facts do not give it.
    """
    inquiry = inquire(enclosed.picture, enclosed.detectors)
    incident = chosen_incident(inquiry, enclosed.incident_id, ())
    assessment = assessment_of(
        inquiry,
        incident,
        model=enclosed.model,
        surroundings=enclosed.surroundings,
        marking=enclosed.facts,
        decided=enclosed.decided,
    )
    return Brief(inquiry, incident, assessment, enclosed.decided)


def compared(items: Sequence[Item], enclosed: Enclosed, again: Brief) -> Rerun:
    """Return where what a dossier encloses and what its facts give differ."""
    inquiry = again.inquiry
    computed = {f.finding_id: finding_value(f) for f in inquiry.findings_of(again.incident)}
    told = {i.item_id.removeprefix("finding/"): i.content for i in items if i.kind == FINDING}
    differing = list(_differing(told, computed))
    assessments = [item.content for item in items if item.kind == ASSESSMENT]
    found: tuple[Difference, ...] = ()
    if assessments:
        value = as_json_value(again.assessment)
        found = tuple(differences(assessments[0], value, relative=TOLERANCE))
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
        failed=tuple(f"{r.detector}: {r.problem}" for r in inquiry.runs if r.problem),
    )


def _facts_in(picture: Picture) -> int:
    """Return how many facts were computed from: element sets, counts of cells, reports."""
    cells = 0 if picture.integrity is None else len(picture.integrity)
    return len(picture.history) + cells + len(picture.reports)


def _differing(
    told: Mapping[str, Any], computed: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    for name in sorted(set(told) & set(computed)):
        found = tuple(differences(told[name], computed[name], relative=TOLERANCE))
        if found:
            yield f"finding/{name}", found
