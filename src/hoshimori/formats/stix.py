"""STIX 2.1: one bundle that tells an incident to systems of cyber defence.

Satellites are identities, as in the mapping of the Space ISAC; findings are notes about the
incident, with their numbers in an extension of our own. Ids follow from the content (UUID version
5), so that a later bundle updates an incident instead of repeating it. Names of techniques (SPARTA)
stand in it only where a report states them.

Sources: OASIS STIX 2.1 (10 June 2021), sections 3, 4, 7 and appendix A; TLP 2.0 marking definitions
of the OASIS repository of common objects; Space ISAC, mapping of radio interference to STIX (2025).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import numpy as np

from hoshimori.formats.export_marks import marking_banner, reality_prefix
from hoshimori.formats.json_document import as_json_value
from hoshimori.formats.markings import STIX_EXTENSION, STIX_MARKINGS, stix_level
from hoshimori.model.assessments import Assessment, Explanation, Words
from hoshimori.model.exports import GroundArea, IncidentExport, middle_of
from hoshimori.model.finding import Confidence, Finding
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import OperatorReport
from hoshimori.numerics.hexagons import distances_km

CONFIDENCE = {Confidence.LOW: 15, Confidence.MODERATE: 50, Confidence.HIGH: 85}
"""The scale of low, medium and high. Source: STIX 2.1, appendix A.1."""

LIKELIHOOD = {
    Words.ALMOST_NO_CHANCE: 5,
    Words.VERY_UNLIKELY: 15,
    Words.UNLIKELY: 30,
    Words.ROUGHLY_EVEN: 50,
    Words.LIKELY: 70,
    Words.VERY_LIKELY: 85,
    Words.ALMOST_CERTAIN: 95,
}
"""The scale of ICD 203. Source: STIX 2.1, appendix A ("DNI Scale")."""

_TLP_CREATED = "2022-10-01T00:00:00.000Z"
_ROOM = UUID("8d6a6d0e-7c0c-5b0a-9d4e-3a6f0f6c2b11")
_ALWAYS = "1957-10-04T00:00:00.000Z"
"""What follows from names alone has no moment of making; STIX asks that it never changes."""
_TRACKS = ("track", "cloud")
_TECHNIQUE = re.compile(r"\b(?:REC|RD|IA|EX|PER|DE|LM|EXF|IMP)-\d{4}(?:\.\d{2})?\b")
_MEANINGS = {
    Reality.TEST: "Test data: nothing in this bundle describes the real sky.",
    Reality.SIMULATED: "Simulated data: nothing in this bundle describes the real sky.",
    Reality.EXERCISE: "Exercise: injected events are not real; do not act on them.",
}


def stix_id(kind: str, name: str) -> str:
    """Return the id of an object: the same kind and name give the same one.

    >>> stix_id("identity", "object 44476") == stix_id("identity", "object 44476")
    True
    """
    return f"{kind}--{uuid5(_ROOM, f'{kind}|{name}')}"


def write_stix(what: IncidentExport) -> bytes:
    """Return an export as one bundle."""
    objects = [*_head(what), *_body(what)]
    names = sorted(f"{o['id']}|{o.get('modified', '')}" for o in objects)
    bundle = {"type": "bundle", "id": stix_id("bundle", "|".join(names)), "objects": objects}
    return json.dumps(bundle, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def _head(what: IncidentExport) -> Iterator[dict[str, Any]]:
    """Give who writes, the markings and the definition of our extension."""
    level = what.marking.level
    yield {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": STIX_MARKINGS[level],
        "created": _TLP_CREATED,
        "name": f"TLP:{stix_level(level).upper()}",
        "extensions": {
            STIX_EXTENSION: {
                "extension_type": "property-extension",
                "tlp_2_0": stix_level(level),
            }
        },
    }
    for statement in _statements(what):
        yield {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": stix_id("marking-definition", statement),
            "created": _ALWAYS,
            "definition_type": "statement",
            "definition": {"statement": statement},
        }
    author = _object(what, "identity", "author", created=_ALWAYS)
    yield author | {"name": what.software, "identity_class": "system"}
    yield _object(what, "extension-definition", "orbital facts", created=_ALWAYS) | {
        "name": "Orbital facts",
        "description": "Catalogue numbers, findings and base rates of an incident in orbit.",
        "schema": "One object: the fields of the noun as the JSON of Hoshimori names them, with "
        "units in the names; `reality` is one of REAL, TEST, SIMULATED, EXERCISE.",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _statements(what: IncidentExport) -> Iterator[str]:
    """Give what is marked besides the TLP level."""
    yield marking_banner(what.marking)
    if what.reality is not Reality.REAL:
        yield f"{what.reality.value}. {_MEANINGS[what.reality]}"


def _body(what: IncidentExport) -> Iterator[dict[str, Any]]:
    satellites = [_satellite(what, norad_id) for norad_id in what.objects]
    places = [made for n, area in enumerate(what.areas, 1) for made in _area(what, area, n)]
    techniques = list(_techniques(what))
    incident = _incident(what)
    about = [incident["id"], *(s["id"] for s in satellites)]
    notes = [_finding_note(what, finding, about) for finding in what.findings]
    if what.assessment is not None:
        notes += _explanation_notes(what, what.assessment, [incident["id"]])
    content = [incident, *satellites, *places, *techniques, *notes]
    yield from content
    for technique in techniques:
        yield _relationship(what, technique["id"], incident["id"])
    yield _report(what, [one["id"] for one in content])


def _incident(what: IncidentExport) -> dict[str, Any]:
    incident = what.incident
    first = what.texts.get(what.findings[0].finding_id) if what.findings else None
    headline = first.headline if first else incident.incident_id
    facts = {"incident": as_json_value(incident), "as_of_utc": as_json_value(what.as_of_utc)}
    made = _object(what, "incident", incident.incident_id, created=_ALWAYS, facts=facts)
    return made | {
        "name": f"{reality_prefix(what.reality)}{headline}",
        "description": _description(what),
        "confidence": CONFIDENCE[incident.confidence],
        "external_references": [
            {"source_name": "hoshimori", "external_id": incident.incident_id},
        ],
    }


def _description(what: IncidentExport) -> str:
    told = [what.texts[f.finding_id] for f in what.findings if f.finding_id in what.texts]
    lines = [f"{text.headline}. {text.sentences}" for text in told]
    head = [f"{what.reality.value}. {marking_banner(what.marking)}"]
    if what.assessment is not None:
        head.append(_assessed(what.assessment))
    return "\n".join([*head, *lines])


def _assessed(assessment: Assessment) -> str:
    """Return the best benign explanation, before anything else is told."""
    best = assessment.best_benign
    words = "; ".join(_words(e) for e in assessment.explanations if e.hypothesis is best)
    name = best.name.lower().replace("_", " ")
    return (
        f"Best benign explanation: {best.value} ({name}), {words}. "
        f"Confidence of the assessment: {assessment.confidence.value}."
    )


def _satellite(what: IncidentExport, norad_id: int) -> dict[str, Any]:
    role = "asset" if norad_id in what.incident.assets else "other object"
    facts = {"norad_id": norad_id, "role": role.replace(" ", "_")}
    made = _object(what, "identity", f"object {norad_id}", created=_ALWAYS, facts=facts)
    return made | {
        "name": reality_prefix(what.reality) + what.name_of(norad_id),
        "description": f"Object in orbit, NORAD catalogue number {norad_id}.",
        "identity_class": "system",
    }


def _area(what: IncidentExport, area: GroundArea, number: int) -> Iterator[dict[str, Any]]:
    """Give an area as a location, and what is received there as infrastructure."""
    latitude, longitude = middle_of(area)
    key = f"{what.incident.incident_id} {number}"
    facts = {"rings": as_json_value(area.rings), "share": area.share}
    yield _object(what, "location", key, created=_ALWAYS, facts=facts) | {
        "name": reality_prefix(what.reality) + area.name,
        "latitude": round(latitude, 6),
        "longitude": round(longitude, 6),
        **_precision(area, latitude, longitude),
    }
    about = "Emitter, located:" if area.is_emitter else "Radio reception in"
    yield _object(what, "infrastructure", key, created=_ALWAYS) | {
        "name": f"{reality_prefix(what.reality)}{about} {area.name}",
        "infrastructure_types": ["unknown"],
        "first_seen": _time(area.start_utc),
        "last_seen": _time(area.end_utc),
    }


def _precision(area: GroundArea, latitude_deg: float, longitude_deg: float) -> dict[str, float]:
    """Return within how many metres of the point an emitter stands: no point is told without."""
    if not area.is_emitter:
        return {}
    edge = np.array([point for ring in area.rings for point in ring])
    away_km = distances_km(np.array([latitude_deg, longitude_deg]), edge)
    return {"precision": float(np.ceil(away_km.max() * 1e3))}


def _techniques(what: IncidentExport) -> Iterator[dict[str, Any]]:
    """Give the techniques that reports name; nothing is concluded from findings."""
    stated: dict[str, OperatorReport] = {}
    for report in what.reports:
        for technique in _TECHNIQUE.findall(f"{report.text} {report.reference}"):
            stated.setdefault(technique, report)
    for technique, report in stated.items():
        yield _object(what, "attack-pattern", technique, created=_ALWAYS) | {
            "name": f"SPARTA {technique}",
            "description": f"Stated by {report.source} (graded {report.grade}); not a finding.",
            "external_references": [{"source_name": "sparta", "external_id": technique}],
        }


def _finding_note(what: IncidentExport, finding: Finding, about: list[str]) -> dict[str, Any]:
    text = what.texts.get(finding.finding_id)
    content = f"{text.headline}. {text.sentences}" if text else finding.finding_id
    facts = {key: value for key, value in as_json_value(finding).items() if key not in _TRACKS}
    return _note(what, finding.finding_id, content, about, facts) | {
        "confidence": CONFIDENCE[finding.confidence],
    }


def _explanation_notes(
    what: IncidentExport, assessment: Assessment, about: list[str]
) -> Iterator[dict[str, Any]]:
    """Give one note for each explanation, the best benign one first."""
    first = [e for e in assessment.explanations if e.hypothesis is assessment.best_benign]
    rest = [e for e in assessment.explanations if e.hypothesis is not assessment.best_benign]
    for explanation in (*first, *rest):
        yield _explanation_note(what, explanation, about)


def _explanation_note(
    what: IncidentExport, explanation: Explanation, about: list[str]
) -> dict[str, Any]:
    """Return an explanation; a span that reaches several words has no single number."""
    words = explanation.words
    name = explanation.hypothesis.name.lower().replace("_", " ")
    content = f"Explanation {explanation.hypothesis.value} ({name}): {_words(explanation)}"
    key = f"{what.incident.incident_id} {explanation.hypothesis.value}"
    note = _note(what, key, content, about, {"explanation": as_json_value(explanation)})
    return note | {"confidence": LIKELIHOOD[words[0]]} if len(words) == 1 else note


def _words(explanation: Explanation) -> str:
    """Return the words of a likelihood: one, or the first and the last."""
    ends = dict.fromkeys((explanation.words[0].value, explanation.words[-1].value))
    return " to ".join(ends)


def _note(
    what: IncidentExport, key: str, content: str, about: list[str], facts: Mapping[str, Any]
) -> dict[str, Any]:
    moment = _time(what.as_of_utc)
    return _object(what, "note", f"{key} {moment}", created=moment, facts=facts) | {
        "abstract": f"{reality_prefix(what.reality)}{what.incident.incident_id}",
        "content": f"{reality_prefix(what.reality)}{content}",
        "object_refs": about,
    }


def _relationship(what: IncidentExport, source: str, target: str) -> dict[str, Any]:
    return _object(what, "relationship", f"{source} {target}", created=_ALWAYS) | {
        "relationship_type": "related-to",
        "source_ref": source,
        "target_ref": target,
    }


def _report(what: IncidentExport, refs: list[str]) -> dict[str, Any]:
    moment = _time(what.as_of_utc)
    key = f"{what.incident.incident_id} {moment}"
    sure = {} if what.assessment is None else {"confidence": CONFIDENCE[what.assessment.confidence]}
    return (
        _object(what, "report", key, created=moment)
        | sure
        | {
            "name": f"{reality_prefix(what.reality)}{what.incident.incident_id}",
            "description": _description(what),
            "report_types": ["observed-data"],
            "published": moment,
            "object_refs": list(dict.fromkeys(refs)),
        }
    )


def _object(
    what: IncidentExport, kind: str, key: str, *, created: str, facts: Mapping[str, Any] = {}
) -> dict[str, Any]:
    """Return what all objects have: id, moments, author, marks."""
    made: dict[str, Any] = {
        "type": kind,
        "spec_version": "2.1",
        "id": stix_id(kind, key),
        "created_by_ref": stix_id("identity", "author"),
        "created": created,
        "modified": max(created, _time(what.as_of_utc)),
        "object_marking_refs": [
            STIX_MARKINGS[what.marking.level],
            *_statement_ids(_statements(what)),
        ],
    }
    if kind != "extension-definition":
        made["labels"] = [f"reality:{what.reality.value.lower()}"]
    if facts:
        extension = stix_id("extension-definition", "orbital facts")
        made["extensions"] = {
            extension: {"extension_type": "property-extension", "reality": what.reality.value}
            | _stated(facts)
        }
    return made


def _stated(value: Any) -> Any:
    """Return a value without what STIX forbids: nothing, and empty lists and objects."""
    match value:
        case Mapping():
            parts = {key: _stated(part) for key, part in value.items()}
            return {key: part for key, part in parts.items() if not _is_nothing(part)}
        case list():
            return [_stated(part) for part in value if part is not None]
        case _:
            return value


def _is_nothing(value: Any) -> bool:
    # By type, not by comparison: NumPy compares its numbers with a list element by element.
    return value is None or (isinstance(value, list | dict) and not value)


def _statement_ids(statements: Iterable[str]) -> list[str]:
    return [stix_id("marking-definition", statement) for statement in statements]


def _time(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"
