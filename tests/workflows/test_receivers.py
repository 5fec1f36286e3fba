"""Receivers from files to the screen, the board and a dossier that runs again."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from hoshimori.cli.receiving import ReceiverArguments, run_receivers
from hoshimori.cli.watched import pictured, sky_arguments
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.receiver_page import receiver_page
from hoshimori.dossier.receiver_wording import receivers_notes
from hoshimori.errors import CoverageError, SettingsError
from hoshimori.exercise.as_exercise import as_exercise
from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.exercise.disturbed_reception import (
    MadeCause,
    MadeDisturbance,
    MadeReceiver,
    disturbed_reception,
)
from hoshimori.formats.receivers import write_receivers
from hoshimori.model.access import HOME, Audience
from hoshimori.model.dossiers import Policy
from hoshimori.model.findings import ReceiverInterference, Reception
from hoshimori.model.incidents import Direction
from hoshimori.model.markings import Level, Marking
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.model.receiver_readings import SampleRestart
from hoshimori.model.receivers import Link, Receiver, ReceiverSeries
from hoshimori.settings import FloorSettings, Settings
from hoshimori.workflows.admission import admitted_picture
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.brief import brief, dossier_of, yardsticks
from hoshimori.workflows.dossier_inputs import enclosed_in
from hoshimori.workflows.floor_pictures import _with_receivers
from hoshimori.workflows.inquiry import chosen_incident, inquire
from hoshimori.workflows.interference import IntegrityMaps
from hoshimori.workflows.receivers import (
    ReceiverFiles,
    picture_without_sky,
    receivers,
    receivers_of_files,
    sample_clock,
)
from hoshimori.workflows.rerun import rerun
from hoshimori.workflows.watch import watch

UP = Receiver("transponder 3", Link.UPLINK, "Ku", norad_id=44476)
DISTURBED = MadeDisturbance(MadeCause.POWER_FROM_OUTSIDE, 900, 40, 15.0)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COMPOSED = datetime(2026, 4, 1, 6, tzinfo=UTC)


def made(receiver: Receiver = UP, reality: Reality = Reality.SIMULATED) -> ReceiverSeries:
    series = disturbed_reception(
        MadeReceiver(receiver=receiver, planted=(DISTURBED,), satellites=0, swing_db=0.3),
        np.random.Generator(np.random.PCG64(1)),
    )
    return replace(series, provenances=(Provenance("station.parquet", "0" * 64, reality),))


def files(*series: ReceiverSeries) -> ReceiverFiles:
    return ReceiverFiles(series or (made(),), ("station.parquet",), (), 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inbox = tmp_path / "stations"
    inbox.mkdir()
    (inbox / "station.parquet").write_bytes(write_receivers([made()]))
    csv = "time_utc,receiver,cn0_dbhz\n2026-03-01T00:00:00Z,mast,45\n2026-03-01T00:01:00Z,mast,99\n"
    (inbox / "mast.csv").write_text(csv, encoding="utf-8")
    return inbox


def arguments(*paths: Path, **changes: object) -> ReceiverArguments:
    fields = {
        "files": paths, "as_of": "", "days": None, "start": "", "step_s": None, "language": None,
        "settings": None,
    }  # fmt: skip
    return ReceiverArguments(**(fields | changes))  # type: ignore[arg-type]


def test_json_and_nothing_else_is_on_stdout(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_receivers(arguments(folder), report=None, everything=False, as_json=True) == 0
    told = capsys.readouterr()
    document = json.loads(told.out)
    (one,) = document["findings"]
    assert (one["kind"], one["link"], one["objects"]) == ("interference", "uplink", [44476])
    assert one["reception"] == "all_signals_fell_together"
    assert one["start_utc"] == "2026-03-01T07:30:00.000Z"
    assert document["rejected"] == 1
    assert "mast.csv:3:cn0_dbhz: expected 0 to 70 dB-Hz" in told.err
    assert [c["receiver"] for c in document["coverage"]] == ["mast", "transponder 3"]


@pytest.mark.parametrize(
    ("language", "word"), [("en", "all fell together"), ("ja", "全信号が同時に低下")]
)
def test_the_screen_and_the_page_speak_both_languages(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    page = tmp_path / "page.html"
    given = arguments(folder, language=language)
    assert run_receivers(given, report=page, everything=True, as_json=False) == 0
    assert word in capsys.readouterr().out.replace("\n", "")
    assert word in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", Language)
def test_a_page_is_the_same_for_the_same_report_and_needs_nothing_else(language: Language) -> None:
    strange = replace(files(made(replace(UP, name="<b>dish"))), files=("<made>",))
    report = receivers(strange)
    page = receiver_page(report, language, "hoshimori receivers")
    assert page == receiver_page(report, language, "hoshimori receivers")
    assert "<made>" not in page
    assert "<b>dish" not in page
    assert "SIMULATED" in page
    assert say(language, "page.unclassified") in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("<svg") == 1


def test_what_is_asked_wrongly_is_refused(folder: Path) -> None:
    with pytest.raises(SettingsError, match="nothing to read"):
        run_receivers(arguments(), report=None, everything=False, as_json=True)
    with pytest.raises(SettingsError, match="--days"):
        run_receivers(arguments(folder, days=0.0), report=None, everything=False, as_json=True)
    with pytest.raises(SettingsError, match="belong together"):
        sample_clock("2026-03-01T00:00:00Z", None)
    with pytest.raises(SettingsError, match="--step"):
        sample_clock("2026-03-01T00:00:00Z", -1.0)
    with pytest.raises(CoverageError, match="no sample was known"):
        receivers(files(), as_of_utc=np.datetime64("2020-01-01T00:00:00", "us"))


def test_a_replay_sees_only_what_was_known() -> None:
    begun = receivers(files(), as_of_utc=np.datetime64("2026-03-01T07:40:00", "us"))
    (one,) = begun.findings
    assert one.goes_on
    assert receivers(files(), as_of_utc=np.datetime64("2026-03-01T07:00:00", "us")).findings == ()
    assert receivers(files(), days=0.1).findings == ()


def test_the_watch_tells_the_link_with_its_direction_and_reality(folder: Path) -> None:
    asked = sky_arguments(
        catalogue=None, assets="44476", reports=None, source=None, synthetic=False, seed=1,
        as_of="", days=1.0, language=None, store=None, settings=None, receivers=[folder],
    )  # fmt: skip
    shown = pictured(asked, Settings(), sky_is_needed=False)
    assert any("mast.csv:3" in note for note in shown.notes)
    board = watch(shown.picture)
    (incident,) = board.incidents
    assert (incident.direction, incident.assets) == (Direction.TO, (44476,))
    assert board.reality is Reality.SIMULATED
    assert all(run.problem == "" for run in board.runs)


def test_maps_and_receivers_together_are_as_of_the_later_end() -> None:
    air = disturbed_air(MadeAir(rings=2), np.random.Generator(np.random.PCG64(4)))
    maps = IntegrityMaps(air, ("made",), ())
    picture = picture_without_sky(maps, files())
    assert picture.as_of_utc == datetime(2026, 3, 31, tzinfo=UTC)
    assert picture.integrity is not None
    assert len(picture.receivers) == 1
    alone = picture_without_sky(None, files())
    assert alone.as_of_utc == NOON - timedelta(seconds=30)


def test_a_dossier_of_a_link_encloses_its_receiver_alone_and_runs_again() -> None:
    other = made(Receiver("port"))
    picture = picture_without_sky(None, files(made(), other))
    inquiry = inquire(picture)
    settings, measures = Settings(), yardsticks(Settings())
    for about in ((44476,), ()):
        wanted = [i for i in inquiry.incidents if bool(i.others or i.assets) is bool(about)]
        told = brief(
            inquiry, chosen_incident(inquiry, wanted[0].incident_id, ()), settings, measures
        )
        dossier = dossier_of(told, settings, measures, (), composed_utc=COMPOSED, policy=Policy())
        enclosed = enclosed_in(dossier.items)
        assert [s.receiver.norad_id for s in enclosed.picture.receivers] == [*about] or not about
        again = rerun(dossier.items)
        assert (again.missing, again.added, again.differing) == ((), (), ())
        assert again.reproduced == again.findings == len(told.incident.finding_ids)
        assert dossier.reality is Reality.SIMULATED


def test_who_may_not_see_a_file_does_not_see_its_receiver() -> None:
    settings = Settings()
    amber = replace(settings, markings=replace(settings.markings, file="TLP:AMBER"))
    green = replace(settings, markings=replace(settings.markings, file="TLP:GREEN"))
    whole = picture_without_sky(None, files(made(reality=Reality.REAL)))
    partner = Audience("JPN", Marking(Level.GREEN))
    assert permitted(whole, partner, amber).receivers == ()
    (seen,) = permitted(whole, partner, green).receivers
    assert len(seen) == len(made())
    assert permitted(whole, HOME, amber) is whole


def test_exercises_mark_their_receivers_and_stay_out_of_the_real_sky() -> None:
    drill = as_exercise(picture_without_sky(None, files()))
    assert {s.reality for s in drill.receivers} == {Reality.EXERCISE}
    (found,) = inquire(drill).findings
    assert isinstance(found, ReceiverInterference)
    assert (found.reception, found.reality) == (Reception.ALL_FELL, Reality.EXERCISE)
    told = admitted_picture(drill, None)
    assert told.picture.receivers == ()
    assert "1 receivers left out" in told.notes[0]


def test_receivers_of_the_floor_are_read_from_the_settings(folder: Path) -> None:
    base = picture_without_sky(None, files())
    settings = replace(Settings(), floor=FloorSettings(receivers=(str(folder),)))
    shown, notes = _with_receivers(replace(base, receivers=()), settings)
    assert [s.receiver.name for s in shown.receivers] == ["mast", "transponder 3"]
    assert any("mast.csv:3" in note for note in notes)
    missing = replace(Settings(), floor=FloorSettings(receivers=("nowhere",)))
    assert _with_receivers(base, missing)[0] is base
    assert receivers_of_files([folder]).files == ("mast.csv", "station.parquet")


def test_a_labelled_file_whose_numbers_begin_anew_gives_its_verdicts(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lies = gzip.decompress((shared_data / "gnss/vehicle_receiver_labelled.csv.gz").read_bytes())
    # The file as it lies, but for most of its quiet driving.
    lines = lies.decode().splitlines()
    path = tmp_path / "vehicle.csv"
    path.write_text("\n".join([*lines[:2_000], *lines[85_092:]]), encoding="utf-8")
    given = arguments(path, start="2024-01-01T00:00:00Z", step_s=10.0)
    assert run_receivers(given, report=None, everything=True, as_json=True) == 0
    told = capsys.readouterr()
    assert "vehicle.csv:58:idx: the numbers of samples begin anew (0 after 55)" in told.err
    document = json.loads(told.out)
    assert [one["line"] for one in document["restarts"]] == [58, 274, 2_001, 2_224]
    assert document["repeated"] == 0
    parts = {
        (one["reception"], one["start_utc"][:10], one["confidence"])
        for one in document["findings"]
        if one["reception"] != "not_told_apart"
    }
    assert parts == {
        ("signals_were_shut_out", "2024-01-01", "low"),
        ("all_signals_fell_together", "2024-01-01", "low"),
        ("all_signals_fell_together", "2024-01-01", "moderate"),
    }


@pytest.mark.parametrize("language", Language)
def test_a_report_names_where_numbers_begin_anew(language: Language) -> None:
    restart = SampleRestart("t.csv", 62, "sample", "mast", 29, 0, NOON)
    one, many = (
        " ".join(receivers_notes(receivers(replace(files(), restarts=told)), language))
        for told in ((restart,), (restart,) * 12)
    )
    assert "t.csv:62" in one
    assert "2026-03-01T12:00:00Z" in one
    assert "12" in many
    assert many.count("t.csv:62") == 10
