"""What the documents of a dossier tell, gathered from a brief."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from hoshimori.formats.json_document import as_json_value
from hoshimori.model.briefings import Briefing, DetectorUsed, EnclosedFile
from hoshimori.model.changes import Change
from hoshimori.model.detector import Detector
from hoshimori.model.provenance import Provenance
from hoshimori.workflows.brief import MODEL_FILE, Brief
from hoshimori.workflows.dossier_items import picture_reality, software
from hoshimori.workflows.enclosure import detectors_of


def briefing_of(
    told: Brief,
    *,
    composed_utc: datetime,
    title: str = "",
    released_to: frozenset[str] | None = None,
    changes: Sequence[Change] = (),
) -> Briefing:
    """Return all that documents tell of a brief; of a release also for whom, and what changed."""
    picture, findings = told.inquiry.picture, told.inquiry.findings_of(told.incident)
    return Briefing(
        incident=told.incident,
        findings=findings,
        assessment=told.assessment,
        names=told.inquiry.names,
        assets=picture.assets,
        as_of_utc=picture.as_of_utc,
        composed_utc=composed_utc,
        marking=told.assessment.marking,
        reality=picture_reality(picture),
        software=software(),
        enclosed=_enclosed(told),
        sources=_sources(told),
        detectors=tuple(_used(d) for d in detectors_of(findings)),
        files=(EnclosedFile(MODEL_FILE.name, told.assessment.model_sha256),),
        title=title,
        released_to=released_to,
        changes=tuple(changes),
    )


def _enclosed(told: Brief) -> Counter[str]:
    picture = told.inquiry.picture
    maps = picture.integrity
    counted = {
        "element set": len(picture.history),
        "asset": len(picture.assets),
        "object": len(picture.objects),
        "report": len(picture.reports),
        "area": 0 if maps is None else len(maps.cell),
    }
    return Counter({kind: number for kind, number in counted.items() if number})


def _sources(told: Brief) -> tuple[Provenance, ...]:
    picture = told.inquiry.picture
    maps = () if picture.integrity is None else picture.integrity.provenances
    return (*picture.history.provenances, *maps)


def _used(detector: Detector) -> DetectorUsed:
    settings = as_json_value(asdict(detector))  # type: ignore[call-overload]
    return DetectorUsed(detector.card, dict(_flat(settings)))


def _flat(settings: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", json.dumps(value, ensure_ascii=False)
