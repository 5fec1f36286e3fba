"""Every form from a whole made sky: what was found leaves with its marks, and reads back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hoshimori.dossier.language import Language
from hoshimori.errors import FormatError, SettingsError
from hoshimori.formats.messages import read_messages
from hoshimori.model.board import WatchBoard
from hoshimori.model.conjunction_message import ConjunctionMessage
from hoshimori.model.exports import ExportForm
from hoshimori.model.findings import Conjunction
from hoshimori.model.incidents import Incident
from hoshimori.model.markings import Level, Marking
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.numerics.covariance_classes import CovarianceOrigin
from hoshimori.workflows.export import CdmNotation, ExportChoices, export, incident_export
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import watch

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
DRAWN = (ExportForm.CZML, ExportForm.GEOJSON, ExportForm.STIX, ExportForm.UDL, ExportForm.NOTSO)

pytestmark = pytest.mark.xdist_group("made-sky")


@pytest.fixture(scope="module")
def picture() -> Picture:
    sky = made_sky(seed=1, objects=1_500, as_of_utc=AS_OF)
    return sky.picture(assets=sky.assets, days_ahead=7.0)


@pytest.fixture(scope="module")
def board(picture: Picture) -> WatchBoard:
    return watch(picture)


@pytest.fixture(scope="module")
def passing(board: WatchBoard) -> tuple[Incident, Conjunction]:
    """Return an incident with a conjunction, and that conjunction."""
    by_id = {f.finding_id: f for f in board.findings}
    return next(
        (incident, found)
        for incident in board.incidents
        for found in map(by_id.__getitem__, incident.finding_ids)
        if isinstance(found, Conjunction)
    )


@pytest.mark.parametrize("form", DRAWN)
def test_every_incident_of_a_made_sky_leaves_marked_simulated(
    board: WatchBoard, picture: Picture, form: ExportForm
) -> None:
    for incident in board.incidents[:8]:
        written = export(board, picture, incident.incident_id, form).decode("utf-8")
        assert "SIMULATED" in written
        assert "TLP:CLEAR" in written
        assert incident.incident_id in written
        if form is not ExportForm.NOTSO:
            json.loads(written)


def test_the_same_board_gives_the_same_bytes(board: WatchBoard, picture: Picture) -> None:
    incident_id = board.incidents[0].incident_id
    for form in DRAWN:
        assert export(board, picture, incident_id, form) == export(
            board, picture, incident_id, form
        )


@pytest.mark.parametrize("notation", CdmNotation)
def test_a_conjunction_leaves_as_a_message_that_reads_back(
    board: WatchBoard,
    picture: Picture,
    passing: tuple[Incident, Conjunction],
    notation: CdmNotation,
) -> None:
    incident, found = passing
    choices = ExportChoices(cdm_notation=notation)
    written = export(board, picture, incident.incident_id, ExportForm.CDM, choices)
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
    board: WatchBoard, picture: Picture, passing: tuple[Incident, Conjunction]
) -> None:
    incident, _ = passing
    what = incident_export(board, picture, incident.incident_id, ExportForm.CDM)
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


def test_what_a_form_cannot_carry_is_refused(board: WatchBoard, picture: Picture) -> None:
    incident = next(i for i in board.incidents if len(i.assets) + len(i.others) == 1)
    with pytest.raises(FormatError, match="no conjunction"):
        export(board, picture, incident.incident_id, ExportForm.CDM)
    with pytest.raises(FormatError, match="no interference"):
        export(board, picture, incident.incident_id, ExportForm.APPENDIX10)


def test_an_unknown_incident_is_refused_with_those_that_are_there(
    board: WatchBoard, picture: Picture
) -> None:
    with pytest.raises(SettingsError, match=board.incidents[0].incident_id):
        export(board, picture, "INC-nothing", ExportForm.NOTSO)


def test_the_marking_is_never_laxer_than_that_of_the_facts(
    board: WatchBoard, picture: Picture, make_assessment: Callable[..., Any]
) -> None:
    green = replace(board, marking=Marking(Level.GREEN, frozenset({"JPN", "USA"})))
    incident = board.incidents[0]
    asked = ExportChoices(marking=Marking(Level.CLEAR, frozenset({"JPN"})))
    assessment = make_assessment(incident, marking=Marking(Level.AMBER))
    what = incident_export(
        green, picture, incident.incident_id, ExportForm.STIX, asked, assessment=assessment
    )
    assert what.marking == Marking(Level.AMBER, frozenset({"JPN"}))


def test_udl_asks_for_a_portion_marking_where_none_follows(
    board: WatchBoard, picture: Picture
) -> None:
    incident_id = board.incidents[0].incident_id
    amber = ExportChoices(marking=Marking(Level.AMBER))
    with pytest.raises(FormatError, match="classificationMarking"):
        export(board, picture, incident_id, ExportForm.UDL, amber)
    stated = replace(amber, udl_classification="U//FOUO")
    records = json.loads(export(board, picture, incident_id, ExportForm.UDL, stated))
    assert {r["classificationMarking"] for rs in records.values() for r in rs} == {"U//FOUO"}


def test_a_notice_is_in_the_language_asked_for(board: WatchBoard, picture: Picture) -> None:
    incident_id = board.incidents[0].incident_id
    choices = ExportChoices(language=Language.JA)
    written = export(board, picture, incident_id, ExportForm.NOTSO, choices).decode("utf-8")
    assert "宇宙運用者への通報" in written
    assert "評価未実施" in written


def test_one_exercise_fact_marks_the_orbits(board: WatchBoard, picture: Picture) -> None:
    """The findings are SIMULATED; an EXERCISE element set of an object drawn wins over them."""
    sets = picture.newest
    exercise = tuple(replace(p, reality=Reality.EXERCISE) for p in sets.provenances)
    injected = replace(picture, newest=replace(sets, provenances=exercise))
    incident_id = board.incidents[0].incident_id
    written = export(board, injected, incident_id, ExportForm.CZML).decode("utf-8")
    assert "EXERCISE · " in written
