"""STIX 2.1 bundles: read by the implementation of OASIS, and by rules that it does not check."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import stix2
from stix2.confidence import scales

from hoshimori.formats.markings import STIX_MARKINGS
from hoshimori.formats.stix import CONFIDENCE, LIKELIHOOD, _stated, write_stix
from hoshimori.model.assessments import Words
from hoshimori.model.exports import GroundArea
from hoshimori.model.finding import Confidence
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Statement

Make = Callable[..., Any]
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def objects_of(what: Any) -> list[dict[str, Any]]:
    bundle = json.loads(write_stix(what))
    check_stix(bundle)
    objects: list[dict[str, Any]] = bundle["objects"]
    return objects


def check_stix(bundle: dict[str, Any]) -> None:
    """Raise where OASIS's own reader, or a rule that it leaves out, refuses a bundle."""
    objects = bundle["objects"]
    for each in objects:
        stix2.parse(each, allow_custom=False)
    ids = {each["id"] for each in objects}
    assert len(ids) == len(objects)
    for each in objects:
        for reference in references(each):
            assert reference in ids | {TLP_EXTENSION}
        assert not list(empties(each))
        if "modified" in each:
            assert each["modified"] >= each["created"]


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [v for k, v in value.items() if k.endswith("_ref") and isinstance(v, str)]
        own += [r for k, v in value.items() if k.endswith("_refs") for r in v]
        own += [k for k in value if k.startswith("extension-definition--")]
        return own + [r for v in value.values() for r in references(v)]
    return [r for v in value for r in references(v)] if isinstance(value, list) else []


def empties(value: Any) -> list[Any]:
    """Return what STIX forbids (section 2.4 and 3.1): null, empty lists and dictionaries."""
    if value is None or value in ([], {}):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [e for part in parts for e in empties(part)]


def of_type(objects: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [each for each in objects if each["type"] == kind]


def test_a_bundle_holds_an_incident_its_satellites_and_findings(make_export: Make) -> None:
    objects = objects_of(make_export())
    (incident,) = of_type(objects, "incident")
    assert incident["name"] == "Object 270291 passes MADE STATION (25544)"
    assert incident["external_references"][0]["external_id"] == "INC-0123456789"
    named = {each["name"] for each in of_type(objects, "identity")}
    assert named == {"Hoshimori 0", "MADE STATION (25544)", "Object 270291"}
    notes = of_type(objects, "note")
    facts = [next(iter(note["extensions"].values())) for note in notes]
    assert [f["kind"] for f in facts] == ["conjunction", "manoeuvre"]
    assert facts[0]["miss_km"] == {"low": 0.0, "best": 0.4, "high": 3.0}
    (report,) = of_type(objects, "report")
    assert incident["id"] in report["object_refs"]


def test_names_of_the_confidence_scales_agree_with_oasis() -> None:
    """Source: STIX 2.1, appendix A, as ``stix2.confidence.scales`` has it."""
    words = {
        Confidence.LOW: "Low",
        Confidence.MODERATE: "Med",
        Confidence.HIGH: "High",
    }
    assert {c: scales.none_low_med_high_to_value(w) for c, w in words.items()} == CONFIDENCE
    assert {scales.value_to_dni(LIKELIHOOD[w]).split(" / ")[0].casefold() for w in Words} == {
        w.value.casefold() for w in Words
    }


@pytest.mark.parametrize("level", Level)
def test_tlp_markings_are_the_published_ones(make_export: Make, level: Level) -> None:
    """Source: OASIS common objects, TLP 2.0 extension, examples of 2022-10-01."""
    made = make_export(marking=Marking(level, frozenset({"JPN"}), frozenset({"ORCON"})))
    objects = objects_of(made)
    tlp = next(each for each in objects if each["id"] == STIX_MARKINGS[level])
    assert tlp["created"] == "2022-10-01T00:00:00.000Z"
    stated = tlp["extensions"][TLP_EXTENSION]
    assert stated["tlp_2_0"] == tlp["name"].removeprefix("TLP:").lower()
    for each in objects:
        if each["type"] != "marking-definition":
            assert STIX_MARKINGS[level] in each["object_marking_refs"]
    statements = [each["definition"]["statement"] for each in objects if "definition" in each]
    assert statements == [f"{tlp['name']}//REL TO JPN//ORCON//NOT FOR CLASSIFIED DATA"]


@pytest.mark.parametrize("reality", Reality)
def test_every_object_says_whether_it_is_real(make_export: Make, reality: Reality) -> None:
    objects = objects_of(make_export(reality))
    for each in objects:
        if each["type"] not in {"marking-definition", "extension-definition"}:
            assert each["labels"] == [f"reality:{reality.value.lower()}"]
    statements = [each["definition"]["statement"] for each in objects if "definition" in each]
    marked = [s for s in statements if s.startswith(f"{reality.value}. ")]
    assert len(marked) == (reality is not Reality.REAL)
    (incident,) = of_type(objects, "incident")
    assert incident["name"].startswith(reality.value) == (reality is not Reality.REAL)


def test_the_same_export_gives_the_same_bytes_and_a_later_one_updates(make_export: Make) -> None:
    first = make_export()
    assert write_stix(first) == write_stix(make_export())
    later = replace(first, as_of_utc=first.as_of_utc + timedelta(days=1))
    (one,), (two,) = (of_type(objects_of(w), "incident") for w in (first, later))
    assert one["id"] == two["id"]
    assert one["created"] == two["created"]
    assert one["modified"] < two["modified"]


def test_a_technique_stands_in_it_only_where_a_report_states_it(
    make_export: Make, make_report: Make
) -> None:
    silent = make_report(Statement.LINK_INTERFERENCE)
    told = make_report(Statement.LINK_INTERFERENCE, reference="SPARTA EX-0016.02, downlink")
    assert of_type(objects_of(make_export()), "attack-pattern") == []
    assert of_type(objects_of(make_export(findings=(silent,))), "attack-pattern") == []
    objects = objects_of(make_export(findings=(told,)))
    (technique,) = of_type(objects, "attack-pattern")
    assert technique["external_references"] == [
        {"source_name": "sparta", "external_id": "EX-0016.02"}
    ]
    assert technique["description"] == "Stated by MADE OPERATOR (graded B2); not a finding."
    assert len(of_type(objects, "relationship")) == 1


def test_explanations_stand_with_the_benign_one_first(
    make_export: Make, make_assessment: Make
) -> None:
    made = make_export()
    assessed = replace(made, assessment=make_assessment(made.incident))
    notes = of_type(objects_of(assessed), "note")[len(made.findings) :]
    assert len(notes) == 10
    assert notes[0]["content"] == "Explanation H3 (planned): likely"
    assert notes[0]["confidence"] == 70
    spanning = next(n for n in notes if "inspection" in n["content"])
    assert spanning["content"].endswith("unlikely to roughly even chance")
    assert "confidence" not in spanning
    assert "Explanation" not in write_stix(made).decode()


def test_an_area_is_a_location_and_what_is_received_there(make_export: Make) -> None:
    made = make_export()
    moment = made.as_of_utc
    ring = ((32.0, -98.0), (32.0, -96.0), (34.0, -96.0), (34.0, -98.0))
    area = GroundArea("a made area", "interference", "i1", moment, moment, (ring,), 0.3)
    objects = objects_of(replace(made, areas=(area,)))
    (location,), (received,) = (of_type(objects, k) for k in ("location", "infrastructure"))
    assert (location["latitude"], location["longitude"]) == (33.0, -97.0)
    assert received["name"] == "Radio reception in a made area"


def test_numbers_of_numpy_are_numbers() -> None:
    stated = _stated({"speed": np.float64(1.5), "none": None, "list": [], "all": [np.float64(2.0)]})
    assert stated == {"speed": 1.5, "all": [2.0]}
