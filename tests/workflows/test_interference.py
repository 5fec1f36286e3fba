"""From map files to a report, on the screen, in JSON, on a page and on the watch board."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hoshimori.cli.interfering import InterferenceArguments, run_interference
from hoshimori.dossier.interference_page import interference_page
from hoshimori.dossier.interference_wording import next_sentence, summary_sentence
from hoshimori.dossier.language import Language, say
from hoshimori.dossier.watch_page import watch_page
from hoshimori.errors import CoverageError, FormatError, SettingsError
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.formats.integrity import write_integrity
from hoshimori.model.findings import Interference
from hoshimori.model.findings_of_interference import Persistence, Rise
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.integrity import IntegrityCells
from hoshimori.model.provenance import Reality
from hoshimori.numerics.hexagons import cell_text
from hoshimori.workflows.interference import (
    IntegrityMaps,
    interference,
    maps_of_files,
    place_from,
    with_integrity,
)
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.watch import run_detector, watch

PLANTED = PlantedDisturbance(35.5, 137.5, 150.0, first_day=20, last_day=22, share=0.3)


def made() -> IntegrityCells:
    return disturbed_air(MadeAir(planted=(PLANTED,)), np.random.Generator(np.random.PCG64(1)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One Parquet file of the first days and one CSV file a day of the others."""
    path = tmp_path_factory.mktemp("maps")
    cells = made()
    early = cells.day_utc < np.datetime64("2026-03-20")
    (path / "early.parquet").write_bytes(write_integrity(cells.take(early)))
    for day in np.unique(cells.day_utc[~early]):
        rows = cells.take(cells.day_utc == day)
        lines = ["hex,count_good_aircraft,count_bad_aircraft"]
        table = zip(rows.cell.tolist(), rows.good.tolist(), rows.bad.tolist(), strict=True)
        lines += [f"{cell_text(c)},{g},{b}" for c, g, b in table]
        (path / f"{day}-h3_4.csv").write_text("\n".join(lines) + "\n")
    return path


def arguments(*files: Path, **changes: object) -> InterferenceArguments:
    fields = {
        "files": files, "as_of": "", "days": None, "area": "", "day": "", "language": None,
        "settings": None,
    }  # fmt: skip
    return InterferenceArguments(**(fields | changes))  # type: ignore[arg-type]


def test_files_of_both_formats_in_a_folder_give_what_the_whole_gives(folder: Path) -> None:
    whole = interference(IntegrityMaps(made(), ("made",), ()))
    read = interference(maps_of_files([folder]))
    assert [a.finding_id for a in read.areas] == [a.finding_id for a in whole.areas]
    assert len(read.areas) == 1
    # The table says that it is made; one day as it was published, alone, says nothing of that.
    assert read.reality is whole.reality is Reality.SIMULATED
    published = [p for p in folder.iterdir() if p.suffix == ".csv"]
    assert interference(maps_of_files(published)).reality is Reality.REAL


def test_json_and_nothing_else_is_on_stdout(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_interference(arguments(folder), report=None, everything=False, as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    (area,) = document["areas"]
    assert area["kind"] == "interference"
    assert area["persistence"] == "new"
    assert area["start_utc"] == "2026-03-21T00:00:00.000Z"
    assert document["coverage"]["told_cell_days"] > 10_000


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("new there", "2026-03-21 – 2026-03-23")), ("ja", ("新規", "2026-03-21 – 2026-03-23"))],
)
def test_the_screen_and_the_page_speak_both_languages(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    words: tuple[str, ...],
) -> None:
    page = tmp_path / "page.html"
    given = arguments(folder, language=language)
    assert run_interference(given, report=page, everything=True, as_json=False) == 0
    told = capsys.readouterr().out + page.read_text(encoding="utf-8")
    assert all(told.count(word) >= 2 for word in words)


@pytest.mark.parametrize("language", Language)
def test_a_page_is_the_same_for_the_same_report_and_needs_nothing_else(language: Language) -> None:
    report = interference(IntegrityMaps(made(), ("<made>",), ()))
    page = interference_page(report, language, "hoshimori interference")
    assert page == interference_page(report, language, "hoshimori interference")
    assert "<made>" not in page
    assert "SIMULATED" in page
    assert say(language, "page.unclassified") in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("<svg") == 2


def test_what_to_do_next_follows_from_what_is_new() -> None:
    report = interference(IntegrityMaps(made(), ("made",), ()))
    (new,) = report.areas

    def told(*areas: Interference) -> tuple[str, str]:
        one = replace(report, areas=areas)
        return summary_sentence(one, Language.EN), next_sentence(one, Language.EN)

    usual = replace(new, persistence=Persistence.PERMANENT)
    more = replace(usual, rise=Rise(new.peak_day_utc, 0.1, 0.3))
    assert told(new)[1].startswith("check notices to airmen")
    assert told(replace(new, persistence=Persistence.UNKNOWN)) == (
        "Aircraft lost navigation integrity in one area; the past at hand is too short to tell "
        "whether that is new there.",
        told(new)[1],
    )
    assert told(usual)[1] == "nothing is new; keep watching."
    assert "more than it was" in told(usual, more)[1]
    assert told()[1].startswith("nothing to do")


def test_every_link_of_a_page_leads_somewhere() -> None:
    report = interference(IntegrityMaps(made(), ("made",), ()))
    page = interference_page(report, Language.EN, "hoshimori interference")
    led = re.findall(r'href="#([\w-]+)"', page)
    assert led
    assert all(f'id="{anchor}"' in page for anchor in led)


def test_as_of_days_and_place_limit_what_is_told(folder: Path) -> None:
    maps = maps_of_files([folder])
    before = interference(maps, as_of_utc=np.datetime64("2026-03-21T12:00", "us"))
    assert before.areas == ()
    assert interference(maps, days=5.0).areas == ()
    assert interference(maps, place=place_from("35.5,137.5,100")).areas != ()
    assert interference(maps, place=place_from("-35,-137,100")).areas == ()


def test_a_moment_before_all_days_says_so(folder: Path) -> None:
    with pytest.raises(CoverageError, match="2026-03-02"):
        interference(maps_of_files([folder]), as_of_utc=np.datetime64("2026-03-01T12:00", "us"))


@pytest.mark.parametrize("text", ["", "1,2", "91,0,10", "0,0,-5", "0,0,nan", "a,b,c"])
def test_a_place_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="--area"):
        place_from(text)


def test_nothing_to_read_and_no_time_are_bad_usage(folder: Path) -> None:
    with pytest.raises(SettingsError, match="nothing to read"):
        run_interference(arguments(), report=None, everything=False, as_json=True)
    with pytest.raises(SettingsError, match="--days"):
        run_interference(arguments(folder, days=0.0), report=None, everything=False, as_json=True)
    with pytest.raises(FormatError):
        maps_of_files([Path(__file__)])


def test_the_watch_board_shows_lost_navigation_of_the_days_before() -> None:
    moment = np.datetime64("2026-03-24T06:00", "us")
    sky = made_sky(seed=1, objects=200, as_of_utc=moment)
    picture = with_integrity(
        sky.picture(assets=sky.assets, days_ahead=1.0), IntegrityMaps(made(), ("made",), ())
    )
    assert picture.integrity is not None
    assert picture.integrity.day_utc.max() == np.datetime64("2026-03-23")
    board = watch(picture)
    assert [run.problem for run in board.runs] == [""] * len(board.runs)
    (one,) = [i for i in board.incidents if i.direction is Direction.GROUND]
    assert one.attention is Attention.LOOK
    for language in Language:
        assert "35." in watch_page(board, language, command="hoshimori watch")


def test_without_maps_the_detector_is_silent() -> None:
    sky = made_sky(seed=1, objects=200, as_of_utc=np.datetime64("2026-03-24T06:00", "us"))
    picture = sky.picture(assets=sky.assets, days_ahead=1.0)
    from hoshimori.detectors.interference import InterferenceDetector  # noqa: PLC0415

    found, run = run_detector(InterferenceDetector(), picture)
    assert found == ()
    assert run.problem == ""
