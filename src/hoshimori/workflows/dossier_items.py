"""What a dossier encloses, one item each: the question, the facts, the findings, the assessment."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import hoshimori
from hoshimori.assessment.assess import Decided
from hoshimori.formats.fact_items import (
    asset_value,
    element_set_values,
    moment_value,
    object_value,
)
from hoshimori.formats.integrity import write_integrity
from hoshimori.formats.json_document import as_json_value
from hoshimori.formats.passages import write_passages
from hoshimori.formats.receivers import write_receivers
from hoshimori.formats.report_fields import report_value
from hoshimori.formats.signals import write_signals
from hoshimori.model.assessments import Assessment, Decision
from hoshimori.model.detector import Detector
from hoshimori.model.dossiers import Blob, Item
from hoshimori.model.elements import ElementSets
from hoshimori.model.finding import Finding
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN, Marking, joined
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality, combined_reality
from hoshimori.settings import Settings, marking_of
from hoshimori.workflows.inquiry import Inquiry

QUESTION, DECISIONS, INCIDENT, ASSESSMENT = "question", "decisions", "incident", "assessment"
ELEMENT_SET, ASSET, OBJECT, REPORT, FINDING = "element set", "asset", "object", "report", "finding"
CHANGES = "changes"
INTEGRITY, RECEIVERS = "integrity map", "receiver series"
PASSAGES, SIGNALS = "passages of aircraft", "heard signals"
MODEL, WEATHER, FAILURES = "assessment model", "space weather", "known failures"
_LIBRARIES = ("numpy", "numba", "scipy")


def question_item(
    picture: Picture, incident: Incident, detectors: Sequence[Detector], reality: Reality
) -> Item:
    """Return what was asked: of which moment and incident, by which detectors, with what."""
    content: dict[str, Any] = {
        "as_of_utc": moment_value(picture.as_of_utc),
        "days_ahead": picture.days_ahead,
        "incident_id": incident.incident_id,
        "detectors": [
            {
                "name": d.card.name,
                "version": d.card.version,
                "settings": as_json_value(asdict(d)),  # type: ignore[call-overload]
            }
            for d in detectors
        ],
        "software": software(),
    }
    return Item(QUESTION, QUESTION, OPEN, reality, content)


def software() -> dict[str, str]:
    """Return the versions of what computes."""
    return {
        "hoshimori": hoshimori.__version__,
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
    }


def fact_items(picture: Picture, settings: Settings) -> Iterator[Item]:
    """Yield every fact of a picture as an item, marked as its source is."""
    yield from _element_set_items(picture.history, settings)
    reality = picture_reality(picture)
    for asset in picture.assets:
        yield Item(f"asset/{asset.norad_id}", ASSET, OPEN, reality, asset_value(asset))
    for number, described in sorted(picture.objects.items()):
        yield Item(f"object/{number}", OBJECT, OPEN, reality, object_value(described))
    if picture.integrity is not None:
        yield blob_item(
            INTEGRITY,
            "integrity.parquet",
            "application/vnd.apache.parquet",
            write_integrity(picture.integrity),
            joined(marking_of(p, settings) for p in picture.integrity.provenances),
            reality,
        )
    if picture.passages is not None:
        yield blob_item(
            PASSAGES,
            "passages.parquet",
            "application/vnd.apache.parquet",
            write_passages(picture.passages),
            joined(marking_of(p, settings) for p in picture.passages.provenances),
            reality,
        )
    if picture.receivers:
        yield blob_item(
            RECEIVERS,
            "receivers.parquet",
            "application/vnd.apache.parquet",
            write_receivers(picture.receivers),
            joined(marking_of(p, settings) for one in picture.receivers for p in one.provenances),
            reality,
        )
    if picture.signals:
        yield blob_item(
            SIGNALS,
            "signals.json",
            "application/json",
            write_signals(picture.signals),
            joined(marking_of(p, settings) for one in picture.signals for p in one.provenances),
            reality,
        )
    for report in picture.reports:
        yield Item(
            f"report/{report.finding_id}", REPORT, report.marking, reality, report_value(report)
        )


def picture_reality(picture: Picture) -> Reality:
    """Return the reality of all that rests on a picture."""
    stated = (report.reality for report in picture.reports)
    return combined_reality((picture.history.reality, *picture.reality_beside, *stated))


def _element_set_items(history: ElementSets, settings: Settings) -> Iterator[Item]:
    markings = [marking_of(p, settings) for p in history.provenances]
    seen: dict[str, int] = {}
    reality = history.reality
    places = history.provenance_index.tolist()
    for value, place in zip(element_set_values(history), places, strict=True):
        name = f"element-set/{value['norad_id']}/{value['epoch_utc']}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}/{seen[name]}"
        yield Item(name, ELEMENT_SET, markings[place], reality, value)


def finding_items(
    inquiry: Inquiry, incident: Incident, facts: Marking, reality: Reality
) -> Iterator[Item]:
    """Yield the incident and its findings; a report's finding is the report itself."""
    marking = facts
    for finding in inquiry.findings_of(incident):
        own = getattr(finding, "marking", facts)
        marking = marking.join(own)
        yield Item(f"finding/{finding.finding_id}", FINDING, own, reality, finding_value(finding))
    yield Item(INCIDENT, INCIDENT, marking, reality, as_json_value(incident))


def finding_value(finding: Finding) -> Any:
    """Return a finding as a JSON value."""
    return as_json_value(finding)


def assessment_item(assessment: Assessment, reality: Reality) -> Item:
    """Return the assessment as an item."""
    return Item(ASSESSMENT, ASSESSMENT, assessment.marking, reality, as_json_value(assessment))


def decision_items(decided: Decided, marking: Marking, reality: Reality) -> Iterator[Item]:
    """Yield what people decided, so that an assessment made again holds it too."""
    content: dict[str, Any] = {
        "values": {name: decision_value(d) for name, d in decided.values.items()},
        "dissent": [decision_value(d) for d in decided.dissent],
    }
    if decided.values or decided.dissent:
        yield Item(DECISIONS, DECISIONS, marking, reality, content)


def decision_value(decision: Decision) -> dict[str, Any]:
    """Return a decision as a JSON value."""
    return {
        "value": decision.value,
        "decided_by": decision.decided_by,
        "decided_utc": moment_value(decision.decided_utc),
        "because": decision.because,
    }


def blob_item(
    kind: str, name: str, media_type: str, data: bytes, marking: Marking, reality: Reality
) -> Item:
    """Return a file as an item."""
    return Item(f"file/{name}", kind, marking, reality, Blob(name, media_type, data))


def joined_marking(items: Iterable[Item]) -> Marking:
    """Return the marking of all items together."""
    return joined(item.marking for item in items)
