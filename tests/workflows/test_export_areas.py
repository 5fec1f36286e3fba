"""Areas of lost navigation leave in every form that has a place for them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from stix2 import parse

from hoshimori.assessment.incidents import incidents_of
from hoshimori.detectors.interference import InterferenceDetector
from hoshimori.dossier.language import Language
from hoshimori.errors import FormatError
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.model.exports import ExportForm, edges_of, middle_of
from hoshimori.model.findings import Interference
from hoshimori.model.markings import Level, Marking
from hoshimori.numerics.hexagons import cell_at, cell_of_text
from hoshimori.settings import Settings
from hoshimori.workflows.brief import brief, yardsticks
from hoshimori.workflows.export import ExportChoices, export, incident_export
from hoshimori.workflows.export_areas import areas_of
from hoshimori.workflows.export_subjects import (
    ExportSubject,
    subject_of_brief,
    subject_of_picture,
)
from hoshimori.workflows.interference import IntegrityMaps, picture_of_maps

PLANTED = PlantedDisturbance(34.3, 135.9, 110.0, first_day=22, last_day=24, share=0.4)
AT_THE_EDGE = PlantedDisturbance(-17.0, 179.9, 110.0, first_day=22, last_day=24, share=0.4)
SETTINGS = Settings()


def maps(*planted: PlantedDisturbance) -> IntegrityMaps:
    air = MadeAir(rings=14, planted=planted)
    cells = disturbed_air(air, np.random.Generator(np.random.PCG64(4)))
    return IntegrityMaps(cells, ("made",), ())


@pytest.fixture(scope="module")
def measured() -> ExportSubject:
    return subject_of_picture(picture_of_maps(maps(PLANTED)), SETTINGS)


@pytest.fixture(scope="module")
def assessed(measured: ExportSubject) -> ExportSubject:
    told = brief(measured.inquiry, measured.incident, SETTINGS, yardsticks(SETTINGS))
    return subject_of_brief(told)


def finding(subject: ExportSubject) -> Interference:
    (found,) = subject.inquiry.findings_of(subject.incident)
    assert isinstance(found, Interference)
    return found


def test_an_area_has_one_outline_for_each_cell(measured: ExportSubject) -> None:
    found = finding(measured)
    (area,) = areas_of([found], Language.EN)
    assert len(area.rings) == len(found.cells) > 3
    assert area.share == found.share.best
    assert (area.start_utc, area.end_utc) == (found.start_utc, found.end_utc)
    for cell, ring in zip(found.cells, area.rings, strict=True):
        middle = np.mean(ring, axis=0)
        assert cell_at(middle[0], middle[1], 4) == cell_of_text(cell)


def test_geojson_and_czml_draw_it(measured: ExportSubject) -> None:
    found = finding(measured)
    (feature,) = json.loads(export(measured, ExportForm.GEOJSON))["features"]
    assert len(feature["geometry"]["coordinates"]) == len(found.cells)
    told = feature["properties"]
    assert told["share"] == pytest.approx(found.share.best)
    assert told["reality"] == "SIMULATED"
    document, *polygons = json.loads(export(measured, ExportForm.CZML))
    assert len(polygons) == len(found.cells)
    assert (
        document["clock"]["interval"] == "2026-03-23T00:00:00.000000Z/2026-03-26T00:00:00.000000Z"
    )
    assert "SGP4" not in document["description"]
    longitudes = polygons[0]["polygon"]["positions"]["cartographicDegrees"][0::3]
    assert all(134.0 < longitude < 138.0 for longitude in longitudes)


def test_records_and_bundles_name_its_middle(measured: ExportSubject) -> None:
    found = finding(measured)
    choices = ExportChoices(udl_classification="U")
    records = json.loads(export(measured, ExportForm.UDL, choices))
    assert set(records) == {"emireport"}
    (record,) = records["emireport"]
    assert (record["lat"], record["lon"]) == pytest.approx(
        (found.latitude_deg, found.longitude_deg), abs=1e-5
    )
    assert "aircraft passages of cells had low integrity" in record["description"]
    bundle = export(measured, ExportForm.STIX).decode("utf-8")
    parse(bundle, allow_custom=True)
    kinds = [one["type"] for one in json.loads(bundle)["objects"]]
    assert kinds.count("location") == kinds.count("infrastructure") == 1


def test_the_form_of_the_itu_is_filled_where_something_is_known(measured: ExportSubject) -> None:
    text = export(measured, ExportForm.APPENDIX10).decode("utf-8")
    assert "s  Dates and times (UTC) of occurrence of harmful interference: 2026-03-23T00" in text
    assert "u  Nature of interference: reception of satellite navigation disturbed in" in text
    # Who interferes is not in these data, and is never guessed.
    assert "a  Name, call sign or other means of identification:\n" in text
    with pytest.raises(FormatError, match="no conjunction"):
        export(measured, ExportForm.CDM)


@pytest.mark.parametrize("language", Language)
def test_a_notice_of_an_area_speaks_of_the_ground(
    assessed: ExportSubject, language: Language
) -> None:
    text = export(assessed, ExportForm.NOTSO, ExportChoices(language=language)).decode("utf-8")
    name = areas_of([finding(assessed)], language)[0].name
    assert name in text.replace("\n", "")[:200]
    orbit = {Language.EN: "element sets", Language.JA: "軌道要素"}[language]
    assert orbit not in text
    benign = {Language.EN: "Best benign explanation", Language.JA: "最も有力な平和的説明"}[language]
    assert benign in text


def test_with_an_assessment_a_bundle_tells_every_explanation(
    measured: ExportSubject, assessed: ExportSubject
) -> None:
    def notes(subject: ExportSubject) -> list[str]:
        objects = json.loads(export(subject, ExportForm.STIX))["objects"]
        return [o["content"] for o in objects if o["type"] == "note"]

    explained = [note for note in notes(assessed) if "Explanation H" in note]
    assert len(explained) == 10
    assert assessed.assessment is not None
    assert f"Explanation {assessed.assessment.best_benign.value}" in explained[0]
    assert not any("Explanation H" in note for note in notes(measured))


def test_maps_bring_their_marking(measured: ExportSubject) -> None:
    amber = Marking(Level.AMBER)
    assert measured.markings == (amber,)
    assert incident_export(measured, ExportForm.STIX).marking == amber


def test_an_area_across_the_antimeridian_has_one_middle() -> None:
    air = MadeAir(latitude_deg=-17.0, longitude_deg=179.9, rings=10, planted=(AT_THE_EDGE,))
    cells = disturbed_air(air, np.random.Generator(np.random.PCG64(4)))
    as_of = datetime(2026, 3, 27, tzinfo=UTC)
    found = InterferenceDetector().survey(cells, as_of).findings
    (area,) = areas_of(found, Language.EN)
    edges = edges_of(area)
    assert edges.west_deg > 178.0
    assert edges.east_deg < -178.0
    # Without a weighted middle of its own, it lies halfway between its edges.
    assert abs(middle_of(replace(area, middle_deg=None))[1]) > 179.0
    incidents = incidents_of(found, asset_ids=frozenset(), as_of_utc=as_of)
    assert len(incidents) == 1
