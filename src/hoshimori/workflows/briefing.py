"""What the documents of a dossier tell, gathered from a brief."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from hoshimori.formats.json_document import as_json_value
from hoshimori.model.briefings import Briefing, DetectorUsed, EnclosedFile
from hoshimori.model.changes import Change
from hoshimori.model.detector import Detector
from hoshimori.model.dossiers import Blob, Item
from hoshimori.model.provenance import Provenance
from hoshimori.workflows.assessment_model import MODEL_FILE
from hoshimori.workflows.brief import Brief, Yardsticks
from hoshimori.workflows.dossier_items import (
    FAILURES,
    MODEL,
    WEATHER,
    picture_reality,
    software,
)
from hoshimori.workflows.enclosure import detectors_of
from hoshimori.workflows.known_failures import LIST


def briefing_of(
    told: Brief,
    *,
    composed_utc: datetime,
    files: Sequence[EnclosedFile],
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
        files=tuple(files),
        title=title,
        released_to=released_to,
        changes=tuple(changes),
    )


def _enclosed(told: Brief) -> Counter[str]:
    picture = told.inquiry.picture
    counted = {
        "element set": len(picture.history),
        "asset": len(picture.assets),
        "object": len(picture.objects),
        "report": len(picture.reports),
        "area": 0 if picture.integrity is None else len(picture.integrity.cell),
        "passage": 0 if picture.passages is None else len(picture.passages),
        "sample": sum(map(len, picture.receivers)),
        "difference": sum(map(len, picture.signals)),
    }
    return Counter({kind: number for kind, number in counted.items() if number})


def _sources(told: Brief) -> tuple[Provenance, ...]:
    picture = told.inquiry.picture
    return (*picture.history.provenances, *picture.beside)


def _used(detector: Detector) -> DetectorUsed:
    settings = as_json_value(asdict(detector))  # type: ignore[call-overload]
    return DetectorUsed(detector.card, dict(_flat(settings)))


def _flat(settings: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", json.dumps(value, ensure_ascii=False)


def files_of(measures: Yardsticks) -> tuple[EnclosedFile, ...]:
    """Return the files that an assessment is made with, by name and digest."""
    named = [(MODEL_FILE.name, measures.model), (LIST.name, measures.failures)]
    if measures.weather is not None:
        named.append((Path(measures.weather_file).name, measures.weather))
    return tuple(EnclosedFile(name, hashlib.sha256(data).hexdigest()) for name, data in named)


def files_among(items: Sequence[Item]) -> tuple[EnclosedFile, ...]:
    """Return the files that an assessment was made with, from the items of a dossier."""
    blobs = [
        item.content
        for item in items
        if item.kind in (MODEL, FAILURES, WEATHER) and isinstance(item.content, Blob)
    ]
    return tuple(EnclosedFile(b.name, hashlib.sha256(b.data).hexdigest()) for b in blobs)
