"""Every form from a whole made sky: what was found leaves with its marks, and reads back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hoshimori.dossier.language import Language
from hoshimori.errors import FormatError, ReleaseError, SettingsError
from hoshimori.formats.messages import read_messages
from hoshimori.model.board import WatchBoard
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.exports import ExportForm
from hoshimori.model.findings import Conjunction
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import OPEN, Level, Marking
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.covariance_classes import CovarianceOrigin
from hoshimori.workflows.export import CdmNotation, ExportChoices, export, incident_export
from hoshimori.workflows.export_subjects import ExportSubject
from hoshimori.workflows.inquiry import Inquiry, chosen_incident, inquire
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import DETECTORS, watch

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
DRAWN = (ExportForm.CZML, ExportForm.GEOJSON, ExportForm.STIX, ExportForm.UDL, ExportForm.NOTSO)

pytestmark = pytest.mark.xdist_group("made-sky")


@pytest.fixture(scope="module")
def picture() -> Picture:
    sky = made_sky(seed=1, objects=1_500, as_of_utc=AS_OF)
    return sky.picture(assets=sky.assets, days_ahead=7.0)


@pytest.fixture(scope="module")
def inquiry(picture: Picture) -> Inquiry:
    return inquire(picture, DETECTORS)


@pytest.fixture(scope="module")
def board(picture: Picture) -> WatchBoard:
    return watch(picture)


def subject(inquiry: Inquiry, incident_id: str = "", **changes: Any) -> ExportSubject:
    """Return an incident of the inquiry, the most urgent by default, open to everybody."""
    incident = chosen_incident(inquiry, incident_id, ())
    made = ExportSubject(inquiry, incident, (OPEN,), Reality.SIMULATED)
    return replace(made, **changes)


@pytest.fixture(scope="module")
def passing(inquiry: Inquiry) -> tuple[Incident, Conjunction]:
    """Return an incident with a conjunction, and that conjunction."""
    return next(
        (incident, found)
        for incident in inquiry.incidents
        for found in inquiry.findings_of(incident)
        if isinstance(found, Conjunction)
    )


@pytest.mark.parametrize("form", DRAWN)
def test_every_incident_of_a_made_sky_leaves_marked_simulated(
    inquiry: Inquiry, form: ExportForm
) -> None:
    for incident in inquiry.incidents[:8]:
        written = export(subject(inquiry, incident.incident_id), form).decode("utf-8")
        assert "SIMULATED" in written
        assert "TLP:CLEAR" in written
        assert incident.incident_id in written
        if form is not ExportForm.NOTSO:
            json.loads(written)


def test_the_same_subject_gives_the_same_bytes(inquiry: Inquiry) -> None:
    incident_id = inquiry.incidents[0].incident_id
    for form in DRAWN:
        assert export(subject(inquiry, incident_id), form) == export(
            subject(inquiry, incident_id), form
        )


@pytest.mark.parametrize("notation", CdmNotation)
def test_a_conjunction_leaves_as_a_message_that_reads_back(
    inquiry: Inquiry,
    passing: tuple[Incident, Conjunction],
    notation: CdmNotation,
) -> None:
    incident, found = passing
    choices = ExportChoices(cdm_notation=notation)
    written = export(subject(inquiry, incident.incident_id), ExportForm.CDM, choices)
    messages = [m for m in read_messages(written, source="made") if message_of(m, found)]
    (message,) = messages
    assert isinstance(message, ConjunctionMessage)
    assert message.reality is Reality.SIMULATED
    assert message.miss_km == pytest.approx(found.miss_km.best, abs=1e-3)
    assert message.relative_speed_km_s == pytest.approx(found.speed_km_s, rel=1e-4)
    assert message.relative_position_rtn_km == pytest.approx(found.miss_rtn_km, abs=2e-3)
    assert message.collision_probability is None
    assert any("TLP:CLEAR//NOT FOR CLASSIFIED DATA" in c for c in message.comments)
    assert any("public element sets" in c for c in message.comments)


def message_of(message: Any, found: Conjunction) -> bool:
    assert isinstance(message, ConjunctionMessage)
    return message.message_id.endswith(found.finding_id[:16])


def test_a_covariance_says_what_it_rests_on(
    inquiry: Inquiry, passing: tuple[Incident, Conjunction]
) -> None:
    incident, _ = passing
    what = incident_export(subject(inquiry, incident.incident_id), ExportForm.CDM)
    for message in what.messages:
        for item in (message.object1, message.object2):
            assert item.state is not None
            sigma = np.sqrt(np.diag(item.state.covariance_rtn_km2))
            assert (sigma[:3] > 0.0).all()
            assert (sigma[3:] == 0.0).all()
            own = any("own element sets" in c for c in item.comments)
            assert (item.covariance_method == "CALCULATED") == own
            assert any("velocity is not known" in c for c in item.comments)
    assert CovarianceOrigin.OWN_HISTORY.name == "OWN_HISTORY"


def test_what_a_form_cannot_carry_is_refused(inquiry: Inquiry) -> None:
    incident = next(i for i in inquiry.incidents if len(i.assets) + len(i.others) == 1)
    with pytest.raises(FormatError, match="no conjunction"):
        export(subject(inquiry, incident.incident_id), ExportForm.CDM)
    with pytest.raises(FormatError, match="no interference"):
        export(subject(inquiry, incident.incident_id), ExportForm.APPENDIX10)


def test_an_unknown_incident_is_refused_with_those_that_are_there(inquiry: Inquiry) -> None:
    with pytest.raises(SettingsError, match=inquiry.incidents[0].incident_id):
        subject(inquiry, "INC-nothing")


def test_the_marking_is_never_laxer_than_that_of_the_facts(
    inquiry: Inquiry, make_assessment: Callable[..., Any]
) -> None:
    green = Marking(Level.GREEN, frozenset({"JPN", "USA"}))
    incident = inquiry.incidents[0]
    asked = ExportChoices(marking=Marking(Level.CLEAR, frozenset({"JPN"})))
    assessment = make_assessment(incident, marking=Marking(Level.AMBER))
    told = subject(inquiry, incident.incident_id, markings=(green, assessment.marking))
    what = incident_export(replace(told, assessment=assessment), ExportForm.STIX, asked)
    assert what.marking == Marking(Level.AMBER, frozenset({"JPN"}))


def test_udl_asks_for_a_portion_marking_where_none_follows(inquiry: Inquiry) -> None:
    incident_id = inquiry.incidents[0].incident_id
    amber = ExportChoices(marking=Marking(Level.AMBER))
    with pytest.raises(FormatError, match="classificationMarking"):
        export(subject(inquiry, incident_id), ExportForm.UDL, amber)
    stated = replace(amber, udl_classification="U//FOUO")
    records = json.loads(export(subject(inquiry, incident_id), ExportForm.UDL, stated))
    assert {r["classificationMarking"] for rs in records.values() for r in rs} == {"U//FOUO"}


def test_a_notice_is_in_the_language_asked_for(inquiry: Inquiry) -> None:
    incident_id = inquiry.incidents[0].incident_id
    choices = ExportChoices(language=Language.JA)
    written = export(subject(inquiry, incident_id), ExportForm.NOTSO, choices).decode("utf-8")
    assert "宇宙運用者への通報" in written
    assert "評価未実施" in written


def test_one_exercise_fact_marks_the_orbits(inquiry: Inquiry, picture: Picture) -> None:
    """The findings are SIMULATED; an EXERCISE element set of an object drawn wins over them."""
    sets = picture.newest
    exercise = tuple(replace(p, reality=Reality.EXERCISE) for p in sets.provenances)
    injected = replace(picture, newest=replace(sets, provenances=exercise))
    mixed, asked = subject(replace(inquiry, picture=injected)), ExportChoices(exercise=True)
    with pytest.raises(ReleaseError, match="EXERCISE"):
        export(mixed, ExportForm.CZML)
    assert "EXERCISE · " in export(mixed, ExportForm.CZML, asked).decode("utf-8")
    whole = subject(inquiry, reality=Reality.EXERCISE)
    assert "EXERCISE · " in export(whole, ExportForm.STIX, asked).decode("utf-8")


def test_incidents_are_those_of_the_watch(inquiry: Inquiry, board: WatchBoard) -> None:
    assert inquiry.incidents == board.incidents


def test_an_id_of_the_watch_gives_the_incident_that_took_it_in(inquiry: Inquiry) -> None:
    first, second = inquiry.incidents[:2]
    whole = replace(
        first, incident_id="INC-taken", finding_ids=(*first.finding_ids, *second.finding_ids)
    )
    joined = replace(inquiry, incidents=(whole, *inquiry.incidents[2:]))
    assert chosen_incident(joined, second.incident_id, ()) == whole
    with pytest.raises(SettingsError, match="INC-nothing"):
        chosen_incident(joined, "INC-nothing", ())
