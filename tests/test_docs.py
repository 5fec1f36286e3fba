"""What is written is run: paths exist, commands are known, every command is described."""

from __future__ import annotations

import json
import re
import runpy
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from hoshimori.cli.app import app
from hoshimori.formats.reports import read_reports
from hoshimori.model.provenance import Reality
from hoshimori.model.reports import Statement
from hoshimori.settings import MarkingSettings, Settings
from hoshimori.workflows.watch import DETECTORS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = typer.main.get_command(app)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [t for t in targets if not (page.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_of_the_house_that_a_page_names_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:src|tests|docs|benchmarks|examples)/[\w./-]+)`", page.read_text(encoding="utf-8")
    )
    assert not [path for path in named if not (ROOT / path).exists()]


def _written_commands() -> list[str]:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    blocks = re.findall(r"```console\n(.*?)```", text, re.S)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line[:2] == "$ "]
    return sorted({line for line in lines if line.startswith("hoshimori ")})


@pytest.mark.parametrize("line", _written_commands())
def test_a_written_command_is_one_that_the_program_knows(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    command = COMMAND.commands[words[0]]  # type: ignore[attr-defined]
    command.make_context(words[0], words[1:], resilient_parsing=False)


@pytest.mark.parametrize("name", sorted(COMMAND.commands))  # type: ignore[attr-defined]
def test_every_command_is_described(name: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert f"## `hoshimori {name}`" in text
    command = COMMAND.commands[name]  # type: ignore[attr-defined]
    options = {o for p in command.params for o in p.opts if o.startswith("--")} - {"--help"}
    assert not [option for option in sorted(options) if f"`{option}" not in text]


def test_the_readme_shows_its_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_page_of_measured_figures_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_measured.py"))["page"]()
    assert (ROOT / "docs" / "measured.md").read_text(encoding="utf-8") == page


def test_the_page_on_manoeuvres_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_manoeuvres.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "manoeuvres.md").read_text(encoding="utf-8") == page


def test_the_page_on_scaling_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_scaling.py"))["page"]()
    assert (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8") == page


def test_the_page_of_screening_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_screening_plots.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "screening.md").read_text(encoding="utf-8") == page


def test_the_tables_of_uncertainty_agree_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_uncertainty.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "uncertainty.md").read_text(encoding="utf-8") == page


def test_the_tables_of_probability_agree_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_probability.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "probability.md").read_text(encoding="utf-8") == page


def test_the_page_of_warning_times_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_reach.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "reach.md").read_text(encoding="utf-8") == page


def test_the_tables_of_the_belt_agree_with_the_results() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_belt.py"))
    assert (ROOT / "docs" / "explain" / "belt.md").read_text(encoding="utf-8") == made["page"]()
    assert all((ROOT / "docs" / "images" / name).is_file() for name in made["PICTURES"])


def test_the_page_of_calibration_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_calibration.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "calibration.md").read_text(encoding="utf-8") == page


def test_the_page_of_lost_navigation_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_interference.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "interference.md").read_text(encoding="utf-8") == page


def test_the_page_of_located_signals_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_geolocation.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "geolocation.md").read_text(encoding="utf-8") == page


def test_the_tables_of_flights_agree_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_aircraft.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "aircraft.md").read_text(encoding="utf-8") == page


def test_the_page_of_receivers_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_receivers.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "receivers.md").read_text(encoding="utf-8") == page


def test_the_page_of_patterns_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_patterns.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "patterns.md").read_text(encoding="utf-8") == page


def test_the_rates_on_the_cards_agree_with_the_results() -> None:
    module = runpy.run_path(str(ROOT / "docs" / "make_card_rates.py"))["module"]()
    written = (ROOT / "src" / "hoshimori" / "model" / "measured_rates.py").read_text("utf-8")
    assert written == module


def test_the_curves_on_the_cards_agree_with_the_results() -> None:
    module = runpy.run_path(str(ROOT / "docs" / "make_card_curves.py"))["module"]()
    written = (ROOT / "src" / "hoshimori" / "model" / "measured_curves.py").read_text("utf-8")
    assert written == module


def test_the_scores_of_the_library_agree_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_rehearsals.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "exercise-scores.md").read_text("utf-8") == page


def test_the_page_of_sweeps_agrees_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_sweep.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "exercise-sweeps.md").read_text("utf-8") == page


def test_the_tables_of_break_ups_agree_with_the_results() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_breakups.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "breakups.md").read_text(encoding="utf-8") == page


def test_the_card_of_shadowing_states_the_measured_rates() -> None:
    result = (ROOT / "benchmarks" / "results" / "accuracy_reach.json").read_text(encoding="utf-8")
    measured = json.loads(result)["figures"]["shadowing"]
    card = next(d.card for d in DETECTORS if d.card.name == "shadowing")
    stated = re.findall(r"\d+\.\d", card.false_alarm_rate)
    *snapshots, groups = measured.values()
    rates = [of["assets_with_one_per_1000"] for of in snapshots]
    held = "assets_with_a_held_one_per_1000"
    expected = [min(rates), max(rates), snapshots[-1][held]]
    expected += [groups["assets_with_one_per_1000"], groups[held]]
    assert [float(number) for number in stated] == expected


def test_the_page_of_detectors_agrees_with_the_cards() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_detectors.py"))["page"]()
    assert (ROOT / "docs" / "detectors.md").read_text(encoding="utf-8") == page


def test_the_page_of_reports_agrees_with_statements_and_grades() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_reports.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "reports.md").read_text(encoding="utf-8") == page
    assert not [s.name for s in Statement if f"`{s.name.lower()}`" not in page]


def test_the_page_of_exercises_agrees_with_kinds_script_and_library() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_exercises.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "exercises.md").read_text(encoding="utf-8") == page


def test_the_page_of_assessments_agrees_with_the_model() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_assessment.py"))["page"]()
    assert (ROOT / "docs" / "explain" / "assessment.md").read_text(encoding="utf-8") == page


def test_the_example_of_reports_is_read_whole() -> None:
    path = ROOT / "examples" / "reports.toml"
    reading = read_reports(path.read_bytes(), source=path.name)
    assert len(reading.reports) == path.read_text(encoding="utf-8").count("\n[[report]]")
    assert not reading.rejections
    assert {report.reality for report in reading.reports} == {Reality.EXERCISE}


@pytest.mark.parametrize("page", ["settings.md", "explain/markings.md"])
def test_the_default_markings_are_those_that_the_pages_name(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for key in fields(MarkingSettings):
        (row,) = re.findall(rf"^\| `markings\.{key.name}` \|.*$", text, re.M)
        assert row.endswith(f"| `{key.default}` |" if key.default else "| none |")


def test_every_setting_is_described() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rooms = {f.name: getattr(Settings(), f.name) for f in fields(Settings) if f.name != "origin"}
    keys = [f"{name}.{f.name}" for name, room in rooms.items() for f in fields(room)]
    assert not [key for key in keys if f"`{key}`" not in text]


def test_every_line_of_what_is_wrong_has_its_row_for_the_night() -> None:
    page = (ROOT / "docs" / "explain" / "operations.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([\w ]+)`", page, re.M))
    modules = (ROOT / "src" / "hoshimori" / "workflows").glob("*.py")
    told = {
        about
        for module in modules
        for about in re.findall(
            r"_problems\.(?:tell|settle)\(\s*\"([\w ]+)\"", module.read_text(encoding="utf-8")
        )
    }
    assert {"disk", "facts", "clock"} <= told
    assert told | {"watch", "send", "thin", "room"} <= rows


TESTS_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tests_that_a_page_names_exist(page: Path) -> None:
    for path, name in TESTS_NAMED.findall(page.read_text(encoding="utf-8")):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not name or f"\ndef {name}(" in text, f"{path}::{name}"


def test_no_lock_file_holds_an_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
