"""From files of aircraft reports to areas, through every door, with troubles that files have."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hoshimori.cli.interfering import InterferenceArguments, run_interference
from hoshimori.detectors.passages import PassageDetector
from hoshimori.dossier.interference_page import interference_page
from hoshimori.dossier.language import Language
from hoshimori.dossier.passage_wording import passage_coverage
from hoshimori.dossier.watch_page import watch_page
from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.exercise.aircraft_traffic import MadeTraffic, PlantedEmitter, aircraft_traffic
from hoshimori.exercise.as_exercise import passages_as_exercise
from hoshimori.exercise.disturbed_air import MadeAir, disturbed_air
from hoshimori.formats.aircraft_reports import write_aircraft_reports
from hoshimori.formats.integrity import write_integrity
from hoshimori.formats.passages import read_passages, write_passages
from hoshimori.model.access import Audience
from hoshimori.model.aircraft_reports import AircraftReports, Emitter, joined_reports
from hoshimori.model.dossiers import Policy
from hoshimori.model.elements import NO_ELEMENT_SETS
from hoshimori.model.exports import ExportForm
from hoshimori.model.findings import Interference
from hoshimori.model.flights import passages_from
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.integrity import joined_integrity
from hoshimori.model.markings import Level, Marking
from hoshimori.model.passages import Passages, passage_digest
from hoshimori.model.picture import Picture
from hoshimori.model.provenance import Provenance, Reality
from hoshimori.settings import MarkingSettings, Settings
from hoshimori.workflows.admission import admitted_picture
from hoshimori.workflows.audience import permitted
from hoshimori.workflows.brief import brief, dossier_of, yardsticks
from hoshimori.workflows.export import export
from hoshimori.workflows.export_subjects import subject_of_brief, subject_of_dossier
from hoshimori.workflows.inquiry import chosen_incident, inquire
from hoshimori.workflows.interference import (
    IntegrityMaps,
    interference,
    maps_of_files,
    picture_of_maps,
)
from hoshimori.workflows.interference_map import interference_map
from hoshimori.workflows.rounds import is_whole
from hoshimori.workflows.sealing import seal
from hoshimori.workflows.watch import watch

EMITTER = PlantedEmitter(50.1, 15.1, 90.0, 2700.0, 5400.0)
END = np.datetime64("2026-03-01T02:30", "us")
RANDOM = 6


def made(*planted: PlantedEmitter) -> AircraftReports:
    traffic = MadeTraffic(half_width_km=180.0, hours=2.5, flights_an_hour=90.0, planted=planted)
    return aircraft_traffic(traffic, np.random.Generator(np.random.PCG64(RANDOM)))


@pytest.fixture(scope="module")
def quiet() -> AircraftReports:
    return made()


@pytest.fixture(scope="module")
def disturbed() -> AircraftReports:
    return made(EMITTER)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, disturbed: AircraftReports) -> Path:
    path = tmp_path_factory.mktemp("reports") / "reports.parquet"
    path.write_bytes(write_aircraft_reports(disturbed))
    return path


def passages(reports: AircraftReports, **changes: Any) -> Passages:
    return passages_from(reports, **{"as_of_utc": END, **changes})


def areas(reports: AircraftReports) -> tuple[Interference, ...]:
    moment = END.astype(datetime).replace(tzinfo=UTC)
    return PassageDetector(look_back_days=9.0).survey(passages(reports), moment).findings


def only_some(reports: AircraftReports, every: int) -> np.ndarray:
    return np.arange(len(reports)) % every == 0


def _twice(reports: AircraftReports) -> AircraftReports:
    return joined_reports([reports, reports])


def _shuffled(reports: AircraftReports) -> AircraftReports:
    return reports.take(np.random.Generator(np.random.PCG64(1)).permutation(len(reports)))


def _future(reports: AircraftReports) -> AircraftReports:
    """Return reports of which some come again, stamped ten years ahead."""
    some = reports.take(only_some(reports, 50))
    ahead = some.time_utc + np.timedelta64(3652, "D")
    return joined_reports([reports, replace(some, time_utc=ahead)])


def _late(reports: AircraftReports) -> AircraftReports:
    """Return reports that a second station, five minutes late, tells again in part."""
    some = reports.take(only_some(reports, 5))
    late = replace(some, time_utc=some.time_utc + np.timedelta64(300, "s"))
    return joined_reports([reports, late])


def _with_vehicles(reports: AircraftReports) -> AircraftReports:
    some = reports.take(only_some(reports, 3))
    kinds = (Emitter.ON_GROUND, Emitter.ANONYMOUS, Emitter.MEASURED)
    others = [
        replace(some, emitter=np.full(len(some), kind), nic=np.zeros(len(some), np.int8),
                address=some.address + np.uint32(0x200000))
        for kind in kinds
    ]  # fmt: skip
    return joined_reports([reports, *others])


def _of_version_0(reports: AircraftReports) -> AircraftReports:
    """Return as many reports again of version 0 that would all be low if NUCp were taken as NIC."""
    count = len(reports)
    others = replace(
        reports, address=reports.address + np.uint32(0x200000), nic=np.full(count, 5, np.int8),
        nacp=np.full(count, 5, np.int8), version=np.zeros(count, np.int8),
    )  # fmt: skip
    return joined_reports([reports, others])


def _without_heights(reports: AircraftReports) -> AircraftReports:
    return replace(reports, altitude_m=np.full(len(reports), np.nan, np.float32))


TROUBLES = (
    _twice, _shuffled, _future, _late, _with_vehicles, _of_version_0, _without_heights,
)  # fmt: skip


@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_trouble_makes_an_area_or_hides_one(
    trouble: Callable[[AircraftReports], AircraftReports],
    quiet: AircraftReports,
    disturbed: AircraftReports,
) -> None:
    assert areas(trouble(quiet)) == ()
    (plain,), (one,) = areas(disturbed), areas(trouble(disturbed))
    if trouble in (_twice, _shuffled, _future):
        assert one == plain
    assert one.start_utc == plain.start_utc
    assert one.bad == pytest.approx(plain.bad, abs=1)
    assert one.disturbance is plain.disturbance


def test_what_is_left_out_is_counted(disturbed: AircraftReports) -> None:
    count = len(disturbed)
    third, fiftieth = -(-count // 3), -(-count // 50)
    assert passages(_twice(disturbed)).tally.duplicate == count
    assert passages(_future(disturbed)).tally.late == fiftieth
    told = passages(_with_vehicles(disturbed)).tally
    assert (told.on_ground, told.anonymous, told.measured) == (third, third, third)
    zero = passages(_of_version_0(disturbed)).tally.without_integrity
    assert zero >= passages(disturbed).tally.without_integrity + count - 100


def test_without_heights_an_emitter_is_told_as_for_the_highest_flights(
    disturbed: AircraftReports,
) -> None:
    (with_heights,), (without,) = areas(disturbed), areas(_without_heights(disturbed))
    assert with_heights.aircraft is not None
    assert without.aircraft is not None
    assert without.aircraft.lowest_m is None
    assert without.aircraft.emitter_area_km2 is not None
    assert with_heights.aircraft.emitter_area_km2 is not None
    assert with_heights.aircraft.emitter_area_km2 < without.aircraft.emitter_area_km2


def test_what_was_not_known_then_is_not_used(disturbed: AircraftReports) -> None:
    """A flight that is low at the end of what is known has no good report after, not yet."""
    early = np.datetime64("2026-03-01T01:00", "us")
    known = passages(disturbed, as_of_utc=early)
    assert known.last_utc.max() <= early
    cut = passages(disturbed.known_by(early), as_of_utc=END)
    assert passage_digest(known) == passage_digest(cut)


@pytest.mark.parametrize("changes", [{"resolution": 7}, {"step_s": 7.0}, {"step_s": 50_000.0}])
def test_cells_and_steps_out_of_range_are_bad_usage(
    disturbed: AircraftReports, changes: dict[str, float]
) -> None:
    with pytest.raises(SettingsError):
        passages(disturbed, **changes)


@pytest.mark.parametrize(("resolution", "step_s"), [(4, 3600.0), (4, 86_400.0), (6, 900.0)])
def test_other_cells_and_steps_tell_the_same_place(
    disturbed: AircraftReports, resolution: int, step_s: float
) -> None:
    moment = END.astype(datetime).replace(tzinfo=UTC) + timedelta(days=1)
    told = passages(disturbed, resolution=resolution, step_s=step_s)
    found = PassageDetector(look_back_days=9.0).survey(told, moment).findings
    assert len(found) == 1
    assert abs(found[0].latitude_deg - 50.1) < 0.5


def test_flights_of_several_sources_have_all_their_marks(disturbed: AircraftReports) -> None:
    parts = [
        replace(disturbed.take(only_some(disturbed, 2) == flag),
                provenances=(Provenance(f"{flag}.json", "0" * 64, reality),))
        for flag, reality in ((True, Reality.REAL), (False, Reality.EXERCISE))
    ]  # fmt: skip
    (one,) = passages(joined_reports(parts)).provenances
    assert one.reality is Reality.EXERCISE
    assert one.source == 'several/["False.json","True.json"]'


def test_passages_written_are_read_again(disturbed: AircraftReports) -> None:
    told = passages(disturbed)
    again = read_passages(write_passages(told), source="passages.parquet")
    assert passage_digest(again) == passage_digest(told)
    assert again.tally == told.tally
    assert again.reality is Reality.SIMULATED
    air = disturbed_air(MadeAir(rings=1), np.random.Generator(np.random.PCG64(1)))
    for damaged in (b"", b"PAR1", write_integrity(air)):
        with pytest.raises(FormatError):
            read_passages(damaged, source="x")


def maps_of(reports: AircraftReports) -> IntegrityMaps:
    return IntegrityMaps(joined_integrity([]), ("made",), (), reports)


def arguments(*files: Path, **changes: object) -> InterferenceArguments:
    fields = {
        "files": files, "as_of": "", "days": None, "area": "", "day": "", "language": None,
        "settings": None,
    }  # fmt: skip
    return InterferenceArguments(**(fields | changes))  # type: ignore[arg-type]


def test_json_of_the_command_holds_areas_and_what_was_seen(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_interference(arguments(file), report=None, everything=False, as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    (area,) = document["areas"]
    assert area["kind"] == "interference"
    assert area["disturbance"] == "low_integrity"
    assert area["aircraft"]["positions"] == "plausible"
    assert area["aircraft"]["onset_utc"].startswith("2026-03-01T00:4")
    assert document["passages"]["tally"]["reports"] > 10_000
    assert document["reality"] == "SIMULATED"


@pytest.mark.parametrize("language", Language)
def test_screen_and_page_tell_flights_in_both_languages(
    file: Path, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    given = arguments(file, language=language.value)
    assert run_interference(given, report=None, everything=True, as_json=False) == 0
    told = capsys.readouterr().out + interference_page(
        interference(maps_of_files([file])), language, "hoshimori interference"
    )
    assert told.count("2026-03-01T00:4") >= 2
    counted = {Language.EN: "state no integrity", Language.JA: "使える完全性のない通報"}
    assert counted[language] in told
    limit = {Language.EN: "Counts by day", Language.JA: "1 日ごとの集計"}[language]
    assert limit not in told, "no daily map was read"


def test_maps_and_reports_stand_beside_one_another(file: Path, tmp_path: Path) -> None:
    air = disturbed_air(MadeAir(days=12), np.random.Generator(np.random.PCG64(1)))
    (tmp_path / "map.parquet").write_bytes(write_integrity(air))
    (tmp_path / "reports.parquet").write_bytes(file.read_bytes())
    report = interference(maps_of_files([tmp_path]))
    assert report.coverage.cell_days == len(air)
    assert report.passages is not None
    assert [a.detector for a in report.areas] == ["passages/1"]


def test_files_without_any_report_that_is_known_say_so(tmp_path: Path, file: Path) -> None:
    (tmp_path / "empty.json").write_text('{"now": 1772323200, "aircraft": []}')
    with pytest.raises(CoverageError):
        interference(maps_of_files([tmp_path]))
    with pytest.raises(CoverageError, match="2026-03-01"):
        interference(maps_of_files([file]), as_of_utc=np.datetime64("2020-01-01", "us"))


def test_the_board_shows_flights_and_the_console_draws_their_day(file: Path) -> None:
    picture = picture_of_maps(maps_of_files([file]), days_ahead=1.0)
    assert picture.integrity is None
    board = watch(picture, detectors=(PassageDetector(),))
    assert [run.problem for run in board.runs] == [""] * len(board.runs)
    (one,) = [i for i in board.incidents if i.direction is Direction.GROUND]
    assert one.attention is Attention.LOOK
    assert board.reality is Reality.SIMULATED
    for language in Language:
        page = watch_page(board, language, command="hoshimori watch")
        assert "49.9°" in page
    drawn = interference_map(picture, board.findings)
    assert drawn.findings == tuple(f for f in board.findings if isinstance(f, Interference))
    assert any(cell.onset_utc is not None for cell in drawn.cells)


def test_a_dossier_of_flights_is_computed_again_from_what_it_encloses(file: Path) -> None:
    inquiry = inquire(picture_of_maps(maps_of_files([file])))
    settings = Settings()
    told = brief(inquiry, chosen_incident(inquiry, "", ()), settings, yardsticks(settings))
    data = seal(
        dossier_of(
            told, settings, yardsticks(settings), (),
            composed_utc=datetime(2026, 4, 1, tzinfo=UTC), policy=Policy(),
        )
    )  # fmt: skip
    again = subject_of_dossier(data)
    assert again.notes == ()
    for form in (ExportForm.STIX, ExportForm.GEOJSON, ExportForm.APPENDIX10):
        assert export(again, form) == export(subject_of_brief(told), form)


def test_flights_are_shown_only_to_whom_all_their_sources_are(disturbed: AircraftReports) -> None:
    own = replace(passages(disturbed), provenances=(Provenance("reports.json", "0" * 64),))
    empty = Picture(datetime(2026, 3, 2, tzinfo=UTC), NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 1.0)
    whole = replace(empty, passages=own)
    amber = Settings(markings=MarkingSettings(file="TLP:AMBER//REL TO JPN"))
    japan = Audience("JPN", Marking(Level.AMBER))
    assert permitted(whole, japan, amber).passages is own
    assert permitted(whole, Audience("USA", Marking(Level.AMBER)), amber).passages is None
    assert permitted(empty, japan, amber).passages is None
    assert is_whole(permitted(whole, japan, amber), whole)
    assert not is_whole(empty, whole)


def test_flights_of_an_exercise_stay_out_of_a_real_store(disturbed: AircraftReports) -> None:
    drill = passages_as_exercise(passages(disturbed))
    assert drill.reality is Reality.EXERCISE
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    picture = Picture(moment, NO_ELEMENT_SETS, NO_ELEMENT_SETS, (), 1.0, passages=drill)
    shown = admitted_picture(picture, None)
    assert shown.picture.passages is None
    assert "passages of aircraft were left out" in shown.notes[0]


@pytest.mark.parametrize("language", Language)
def test_only_what_was_left_out_is_told(language: Language, disturbed: AircraftReports) -> None:
    maps = maps_of(_with_vehicles(disturbed))
    seen = interference(maps).passages
    assert seen is not None
    words = passage_coverage(seen, language)
    assert {Language.EN: "from the ground", Language.JA: "地上"}[language] in words
    assert {Language.EN: "in the future", Language.JA: "未来"}[language] not in words
