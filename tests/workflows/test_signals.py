"""A jammed uplink becomes one incident: receivers, a located emitter, an operator's report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.made_signals import TWO_GEO

from hoshimori.cli.watched import Pictured, pictured, sky_arguments
from hoshimori.errors import SettingsError
from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.formats.appendix10 import write_appendix10
from hoshimori.formats.receivers import write_receivers
from hoshimori.formats.signals import read_signals, write_signals
from hoshimori.model.access import Audience
from hoshimori.model.assessments import Chain
from hoshimori.model.dossiers import Policy
from hoshimori.model.exports import ExportForm
from hoshimori.model.findings import EmitterInterference, OperatorReport, ReceiverInterference
from hoshimori.model.incidents import Attention, Direction, NextStep
from hoshimori.model.markings import Level, Marking
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Reality
from hoshimori.model.receivers import Link, Receiver
from hoshimori.model.signals import signal_digest
from hoshimori.numerics.outlines import holds
from hoshimori.settings import FloorSettings, Settings
from hoshimori.workflows.admission import admitted_picture
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.brief import Brief, brief, dossier_of, yardsticks
from hoshimori.workflows.dossier_inputs import enclosed_in
from hoshimori.workflows.export import ExportChoices, export, incident_export
from hoshimori.workflows.export_subjects import subject_of_brief
from hoshimori.workflows.floor_pictures import _with_signals
from hoshimori.workflows.inquiry import Inquiry, inquire
from hoshimori.workflows.rerun import rerun
from hoshimori.workflows.signals import signals_of_paths

ASSET = 44476
UP = Receiver("transponder 3", Link.UPLINK, "Ku", norad_id=ASSET)
JAMMED = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 1_420, 40, 15.0)
"""From 11:50 to 12:10; the signal is measured at 11:55 and 12:05."""
DISTURBED = f"""
[disturbed]
object = {ASSET}
receivers = ["transponder 3"]
link = "uplink"
band = "Ku"
"""
REPORT = f"""
[[report]]
statement = "link_interference"
objects = [{ASSET}]
start_utc = 2026-03-01T11:51:00Z
end_utc = 2026-03-01T12:09:00Z
known_utc = 2026-03-01T12:15:00Z
source = "operator"
grade = "B2"
text = "carriers of transponder 3 lost"
reality = "SIMULATED"
"""
COMPOSED = datetime(2026, 4, 1, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a series, a case with TDM and orbits, and a report."""
    made = tmp_path_factory.mktemp("jammed")
    (made / "signal").mkdir()
    TWO_GEO.write_tdm(made / "signal")
    case = made / "signal" / "case.toml"
    case.write_text(case.read_text() + DISTURBED)
    series = disturbed_reception(
        MadeReceiver(receiver=UP, planted=(JAMMED,), samples=1_500, satellites=0, swing_db=0.3),
        np.random.Generator(np.random.PCG64(1)),
    )
    (made / "station.parquet").write_bytes(write_receivers([series]))
    (made / "reports.toml").write_text(REPORT)
    return made


@pytest.fixture(scope="module")
def shown(folder: Path) -> Pictured:
    asked = sky_arguments(
        catalogue=None, assets=str(ASSET), reports=[folder / "reports.toml"], source=None,
        synthetic=False, seed=1, as_of="", days=1.0, language=None, store=None, settings=None,
        receivers=[folder / "station.parquet"], signals=[folder / "signal"],
    )  # fmt: skip
    return pictured(asked, Settings(), sky_is_needed=False)


@pytest.fixture(scope="module")
def inquiry(shown: Pictured) -> Inquiry:
    return inquire(shown.picture)


@pytest.fixture(scope="module")
def told(inquiry: Inquiry) -> Brief:
    settings = Settings()
    return brief(inquiry, inquiry.incidents[0], settings, yardsticks(settings))


def emitter_of(inquiry: Inquiry) -> EmitterInterference:
    (found,) = (f for f in inquiry.findings if isinstance(f, EmitterInterference))
    return found


def test_all_of_a_jammed_uplink_is_one_incident(inquiry: Inquiry) -> None:
    (incident,) = inquiry.incidents
    assert (incident.direction, incident.assets) == (Direction.TO, (ASSET,))
    kinds = {type(f): 0 for f in inquiry.findings}
    for finding in inquiry.findings_of(incident):
        kinds[type(finding)] += 1
    assert kinds == {ReceiverInterference: 1, EmitterInterference: 1, OperatorReport: 1}
    assert incident.attention is not Attention.LOG
    assert incident.next_step is NextStep.REPORT_INTERFERENCE


def test_the_finding_holds_the_emitter_and_what_it_rests_on(inquiry: Inquiry) -> None:
    found = emitter_of(inquiry)
    (area,) = found.areas
    assert holds(area.ring_deg, TWO_GEO.place_deg)
    assert area.ellipse is not None
    assert found.start_utc == datetime(2026, 3, 1, 11, 55, tzinfo=UTC)
    assert (found.tdoa, found.fdoa, found.of_references) == (2, 2, 8)
    assert (found.carrier_hz, found.band, found.link) == (14.0e9, "Ku", Link.UPLINK)
    assert found.reality is Reality.SIMULATED


def test_receivers_and_emitter_are_one_chain_of_evidence(told: Brief) -> None:
    items = [row.evidence for row in told.assessment.matrix]
    heard = [one for one in items if one.chain is Chain.RECEPTION]
    assert {one.kind for one in heard} == {"reception_fell_together", "emitter_located"}
    assert {one.source_chain for one in heard} == {"receiver transponder 3"}
    others = {one.source_chain for one in items if one.finding_ids}
    assert others == {"receiver transponder 3", "operator"}


def test_a_dossier_runs_again_from_the_enclosed_signal(told: Brief) -> None:
    settings = Settings()
    measures = yardsticks(settings)
    dossier = dossier_of(told, settings, measures, (), composed_utc=COMPOSED, policy=Policy())
    enclosed = enclosed_in(dossier.items).picture
    assert [len(one) for one in enclosed.signals] == [12]
    again = rerun(dossier.items)
    assert (again.missing, again.added, again.differing) == ((), (), ())
    assert again.reproduced == again.findings == 3
    assert again.assessment_same
    assert dossier.reality is Reality.SIMULATED


def test_every_form_carries_the_outline_or_no_place(inquiry: Inquiry, told: Brief) -> None:
    subject, found = subject_of_brief(told), emitter_of(inquiry)
    (area,) = found.areas
    assert area.ellipse is not None
    (feature,) = json.loads(export(subject, ExportForm.GEOJSON))["features"]
    ((ring,),) = feature["geometry"]["coordinates"]
    assert len(ring) == len(area.ring_deg) + 1
    assert feature["properties"]["holds_emitter_with"] == 0.95
    _, polygon = json.loads(export(subject, ExportForm.CZML))
    assert len(polygon["polygon"]["positions"]["cartographicDegrees"]) == 3 * len(area.ring_deg)
    objects = json.loads(export(subject, ExportForm.STIX))["objects"]
    (place,) = (one for one in objects if one["type"] == "location")
    assert place["latitude"] == pytest.approx(area.ellipse.latitude_deg, abs=1e-5)
    assert place["precision"] == pytest.approx(1e3 * area.ellipse.semi_major_km, rel=0.01)
    records = json.loads(export(subject, ExportForm.UDL, ExportChoices(udl_classification="U")))
    assert [one["reportType"] for one in records["emireport"]] == ["SATCOM", "SATCOM"]
    assert not any("lat" in one or "lon" in one for one in records["emireport"])
    assert any("(95 %)" in one["description"] for one in records["emireport"])
    form = export(subject, ExportForm.APPENDIX10).decode()
    by_letter = {line[0]: line for line in form.splitlines() if line[1:3] == "  "}
    assert "ellipse that holds it with 95 %: half axes" in by_letter["h"]
    assert "14000.000000 MHz" in by_letter["b"]
    assert "measured by way of A, B (2 time and 2 frequency" in by_letter["i"]
    assert by_letter["r"].endswith("area:")
    assert "transponder 3" in by_letter["q"]
    assert export(subject, ExportForm.NOTSO)


def test_a_bent_area_is_written_by_its_edges(told: Brief, inquiry: Inquiry) -> None:
    subject = subject_of_brief(told)
    made = incident_export(subject, ExportForm.APPENDIX10)
    (bent,) = (replace(area, ellipse=None) for area in emitter_of(inquiry).areas)
    found = replace(emitter_of(inquiry), areas=(bent, bent))
    form = write_appendix10(replace(made, findings=(found,))).decode()
    assert "bent area that holds it with 95 %" in form
    assert "[one of 2, not told apart]" in form
    assert "half axes" not in form


def test_what_is_enclosed_is_the_same_signal(shown: Pictured) -> None:
    (signal,) = shown.picture.signals
    data = write_signals([signal])
    (read,) = read_signals(data, source="signals.json")
    assert signal_digest(read) == signal_digest(signal)
    assert write_signals([read]) == data
    assert read.reality is Reality.SIMULATED


def test_a_replay_sees_only_what_was_known(shown: Pictured) -> None:
    (signal,) = shown.picture.signals
    before = datetime(2026, 3, 1, 12, 19, tzinfo=UTC)
    assert len(signal.known_by(before)) == 0  # the message was created at 12:20
    assert signal.known_by(datetime(2026, 3, 1, 12, 20, tzinfo=UTC)) is signal


def test_who_may_not_see_a_file_does_not_see_its_signal(shown: Pictured) -> None:
    def seen(level: str) -> Picture:
        settings = Settings()
        marked = replace(settings, markings=replace(settings.markings, file=level))
        return permitted(shown.picture, Audience("JPN", Marking(Level.GREEN)), marked)

    assert seen("TLP:AMBER").signals == ()
    assert seen("TLP:GREEN").signals == shown.picture.signals


def test_exercises_mark_their_signals_and_stay_out_of_the_real_sky(shown: Pictured) -> None:
    drill = as_exercise(replace(shown.picture, reports=(), receivers=()))
    assert {one.reality for one in drill.signals} == {Reality.EXERCISE}
    assert signal_digest(drill.signals[0]) == signal_digest(shown.picture.signals[0])
    left = admitted_picture(drill, None)
    assert left.picture.signals == ()
    assert "1 signals left out" in left.notes[0]


def test_signals_of_the_floor_are_read_each_by_itself(folder: Path, shown: Pictured) -> None:
    floor = FloorSettings(signals=(str(folder / "signal"), "nowhere"))
    base = replace(shown.picture, signals=())
    picture, notes = _with_signals(base, replace(Settings(), floor=floor))
    assert [len(one) for one in picture.signals] == [12]
    assert len(notes) == 1
    assert "nowhere" in notes[0]


def test_every_folder_is_one_signal(folder: Path, tmp_path: Path) -> None:
    found = signals_of_paths([folder / "signal"])
    assert found.files == ("A.oem", "B.oem", "case.toml", "measured.tdm")
    with pytest.raises(SettingsError, match="holds no file"):
        signals_of_paths([tmp_path])
