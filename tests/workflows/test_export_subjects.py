"""An incident leaves from a dossier as it left from the facts that the dossier encloses."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.formats.report_fields import report_of
from hoshimori.model.dossiers import Policy
from hoshimori.model.exports import ExportForm
from hoshimori.model.findings import Interference
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import OperatorReport
from hoshimori.settings import Settings
from hoshimori.workflows.brief import Brief, brief, dossier_of, yardsticks
from hoshimori.workflows.export import ExportChoices, export, incident_export
from hoshimori.workflows.export_subjects import (
    subject_of_brief,
    subject_of_dossier,
    subject_of_picture,
)
from hoshimori.workflows.inquiry import chosen_incident, inquire
from hoshimori.workflows.interference import IntegrityMaps, picture_of_maps
from hoshimori.workflows.release import released
from hoshimori.workflows.sealing import seal

COMPOSED = datetime(2026, 4, 1, 6, tzinfo=UTC)
PLANTED = PlantedDisturbance(34.3, 135.9, 110.0, first_day=22, last_day=24, share=0.4)
PARTNERS = frozenset({"JPN", "USA"})
SETTINGS = Settings()
SETTINGS = replace(SETTINGS, markings=replace(SETTINGS.markings, file="TLP:GREEN//REL TO JPN, USA"))


def _stated(found: Interference) -> OperatorReport:
    values = {
        "statement": "navigation_disturbed",
        "objects": [],
        "start_utc": found.start_utc.isoformat(),
        "end_utc": found.end_utc.isoformat(),
        "known_utc": found.end_utc.isoformat(),
        "source": "users in the area",
        "grade": "B2",
        "text": "Harbour pilots lost their positions.",
    }
    marking = Marking(Level.AMBER, frozenset({"JPN"}))
    return report_of(values, marking=marking, reality=Reality.SIMULATED)


@pytest.fixture(scope="module")
def told() -> Brief:
    air = MadeAir(rings=14, planted=(PLANTED,))
    cells = disturbed_air(air, np.random.Generator(np.random.PCG64(4)))
    picture = picture_of_maps(IntegrityMaps(cells, ("made",), ()))
    inquiry = inquire(picture)
    return brief(inquiry, chosen_incident(inquiry, "", ()), SETTINGS, yardsticks(SETTINGS))


@pytest.fixture(scope="module")
def data(told: Brief) -> bytes:
    return seal(
        dossier_of(told, SETTINGS, yardsticks(SETTINGS), (), composed_utc=COMPOSED, policy=Policy())
    )


def test_a_dossier_gives_what_its_facts_gave(told: Brief, data: bytes) -> None:
    from_facts, from_file = subject_of_brief(told), subject_of_dossier(data)
    assert from_file.notes == ()
    assert from_file.reality is Reality.SIMULATED
    choices = ExportChoices(udl_classification="U")
    for form in (ExportForm.NOTSO, ExportForm.STIX, ExportForm.UDL, ExportForm.GEOJSON):
        assert export(from_file, form, choices) == export(from_facts, form, choices)


def test_the_marking_is_that_of_the_file(data: bytes) -> None:
    what = incident_export(subject_of_dossier(data), ExportForm.STIX)
    assert what.marking == Marking(Level.GREEN, PARTNERS)
    stricter = ExportChoices(marking=Marking(Level.AMBER, frozenset({"JPN"})))
    asked = incident_export(subject_of_dossier(data), ExportForm.STIX, stricter)
    assert asked.marking == stricter.marking


def test_a_released_copy_leaves_without_what_it_lacks(told: Brief) -> None:
    (found,) = told.inquiry.findings_of(told.incident)
    assert isinstance(found, Interference)
    report = _stated(found)
    inquiry = inquire(replace(told.inquiry.picture, reports=(report,)))
    joined = next(i for i in inquiry.incidents if report.finding_id in i.finding_ids)
    more = brief(inquiry, joined, SETTINGS, yardsticks(SETTINGS))
    whole = seal(
        dossier_of(more, SETTINGS, yardsticks(SETTINGS), (), composed_utc=COMPOSED, policy=Policy())
    )
    assert b"Harbour pilots" in export(subject_of_dossier(whole), ExportForm.STIX)
    copy = released(whole, frozenset({"USA"}), COMPOSED).data
    if len(joined.finding_ids) > 1:  # the report joins the area that it tells of
        bundle = export(subject_of_dossier(copy), ExportForm.STIX)
        assert b"Harbour pilots" not in bundle
        assert "USA" in json.loads(bundle)["objects"][1]["definition"]["statement"]
    else:
        with pytest.raises((FormatError, SettingsError, CoverageError)):
            subject_of_dossier(copy)


def test_a_changed_file_is_refused_and_the_place_named(data: bytes) -> None:
    changed = bytearray(data)
    place = data.index(b'"days_ahead"')
    changed[place + 1] ^= 1
    with pytest.raises(FormatError, match="changed"):
        subject_of_dossier(bytes(changed))
    with pytest.raises(FormatError):
        subject_of_dossier(b"no dossier at all")


def test_a_dossier_that_tells_otherwise_is_said_to(told: Brief) -> None:
    """Sealed with a finding that its own facts do not give: what the facts give leaves."""
    (found,) = told.inquiry.findings_of(told.incident)
    made = replace(found, confidence_because="made up")
    inquiry = replace(told.inquiry, findings=(made,))
    whole = dossier_of(
        replace(told, inquiry=inquiry),
        SETTINGS,
        yardsticks(SETTINGS),
        (),
        composed_utc=COMPOSED,
        policy=Policy(),
    )
    subject = subject_of_dossier(seal(whole))
    assert len(subject.notes) == 1
    assert subject.inquiry.findings_of(subject.incident) == (found,)


def test_a_picture_gives_its_most_urgent_incident(told: Brief) -> None:
    subject = subject_of_picture(told.inquiry.picture, SETTINGS)
    assert subject.incident.incident_id == told.incident.incident_id
    assert subject.assessment is None
    assert subject.markings == (Marking(Level.GREEN, PARTNERS),)
