"""The command line as its users meet it: a process with arguments, two streams and a status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from platformdirs import user_cache_dir
from tests.cli.in_process import completed_text

from hoshimori.exercise.belt_histories import belt_histories
from hoshimori.formats.cdm_writing import write_cdm_kvn
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")

pytestmark = pytest.mark.xdist_group("cli")

KERNELS = {"NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", user_cache_dir("hoshimori"))}
"""Compiled functions are those that are there: a folder of its own would compile them anew."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cli")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    (made / "page.html").write_text("<!DOCTYPE html><html><body>Not found</body></html>")
    return made


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    return os.environ | own | KERNELS | {"COLUMNS": "120", "NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return completed_text(folder, arguments, environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder), capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip


def test_the_board_is_printed_and_messages_go_to_stderr(folder: Path) -> None:
    done = run_process(
        folder, "watch", "--catalogue", "made.csv", "--assets", "800000001", "--days", "2"
    )
    assert done.returncode == 0, done.stderr
    assert "1 asset was watched" in done.stdout
    assert "watched made.csv" in done.stderr
    assert "recorded" not in done.stderr


def test_json_is_one_document_and_nothing_else(folder: Path) -> None:
    done = run(
        folder, "watch", "--catalogue", "made.csv", "--assets", "800000001,800000002",
        "--days", "2", "--json", "--report", "out.html",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    board = json.loads(done.stdout)
    assert {"incidents", "findings", "coverage", "rates", "reality"} <= set(board)
    assert board["as_of_utc"].endswith("Z")
    assert all(finding["kind"] for finding in board["findings"])
    page = (folder / "out.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "hoshimori watch --catalogue made.csv" in page


def test_reports_are_shown_as_stated_and_bad_ones_named(folder: Path) -> None:
    record = (
        '[[report]]\nstatement = "service_lost"\nobjects = [800000001]\n'
        "start_utc = 2026-10-31T00:00:00Z\nknown_utc = 2026-10-31T06:00:00Z\n"
        'source = "Example Operator"\ngrade = "A2"\ntext = "half of the channels"\n'
    )
    (folder / "said.toml").write_text(record + record.replace("A2", "A9"))
    done = run(
        folder, "watch", "--catalogue", "made.csv", "--assets", "800000001", "--days", "1",
        "--reports", "said.toml", "--report", "said.html",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "said.toml:15:grade: 'A9'" in done.stderr
    assert "NOT FOR CLASSIFIED DATA" in done.stdout
    assert "TLP:AMBER" in done.stdout
    assert "Example Operator" in done.stdout
    page = (folder / "said.html").read_text(encoding="utf-8")
    assert "Example Operator states of" in page
    assert "half of the channels" in page
    assert "It is a statement, not a measurement" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["watch", "--catalogue", "none.csv"], "none.csv: No such file"),
        (["watch", "--catalogue", "page.html"], "page.html"),
        (["watch", "--catalogue", "made.csv", "--assets", "nobody"], "--assets nobody"),
        (["watch", "--catalogue", "made.csv", "--as-of", "yesterday"], "'yesterday'"),
        (["watch", "--catalogue", "made.csv", "--days", "-1"], "--days -1"),
        (["watch", "--catalogue", "made.csv", "--as-of", "2020-01-01"], "no element set was known"),
        (["watch", "--catalogue", "made.csv", "--synthetic"], "choose one of"),
        (["watch", "--catalogue", "made.csv", "--reports", "none.toml"], "none.toml: No such file"),
        (["watch", "--catalogue", "made.csv", "--reports", "page.html"], "page.html"),
        (["watch", "--settings", "none.toml"], "no such settings file"),
        (["watch", "--as-of", "2020-01-01"], "the store knew nothing"),
        (["ingest"], "nothing to ingest"),
        (["ingest", "page.html"], "page.html"),
        (["messages"], "nothing to read"),
        (["messages", "page.html"], "page.html"),
        (["messages", "none.cdm"], "none.cdm"),
        (["messages", "page.html", "--radius-m", "-1"], "--radius-m"),
        (["messages", "page.html", "--draw", "-1"], "--draw"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(folder: Path, arguments: list[str], said: str) -> None:
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_mistake_of_a_process_is_one_line_and_status_2(folder: Path) -> None:
    done = run_process(folder, "watch", "--catalogue", "page.html")
    assert done.returncode == 2
    assert "page.html" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_ingest_then_watch_the_store(folder: Path) -> None:
    store = ("--store", "kept")
    first = run(folder, "ingest", "made.csv", "--known-at", "catalogue", "--json", *store)
    counts = json.loads(first.stdout)
    assert counts["new"] > 300
    assert counts["rejected"] == 0
    watched = run(
        folder, "watch", "--as-of", "2026-11-02T00:00:00Z", "--assets", "800000001",
        "--days", "1", "--json", *store,
    )  # fmt: skip
    assert watched.returncode == 0, watched.stderr
    board = json.loads(watched.stdout)
    assert board["coverage"]["objects"] == 300
    assert "of incidents recorded" in watched.stderr
    held = json.loads(run(folder, "incidents", "--json", *store).stdout)["incidents"]
    assert {i["incident_id"] for i in board["incidents"]} == {i["incident_id"] for i in held}


def test_fail_on_sets_the_status(folder: Path) -> None:
    quiet = ("watch", "--catalogue", "made.csv", "--days", "1", "--json")
    everything = run(folder, *quiet, "--assets", "800000001", "--fail-on", "watch")
    wanted = {"watch", "look_now"}
    found = {i["attention"] for i in json.loads(everything.stdout)["incidents"]}
    assert everything.returncode == int(bool(found & wanted))


def test_an_unreachable_source_is_status_3_and_says_until_when_we_wait(folder: Path) -> None:
    """Port 9 of this machine has no listener; nothing leaves the machine."""
    settings = folder / "far.toml"
    settings.write_text('[sources]\ncelestrak_url = "http://127.0.0.1:9"\n')
    done = run_process(folder, "ingest", "--source", "celestrak", "--settings", "far.toml")
    assert done.returncode == 3
    assert "celestrak" in done.stderr.lower()


def test_messages_are_a_table_of_events(folder: Path, make_cdm: Callable[..., Any]) -> None:
    kept = folder / "cdm"
    kept.mkdir()
    for n, miss_km in enumerate((0.5, 0.1)):
        made = make_cdm(created=f"2026-11-2{n + 4}T00:00:00", miss_km=miss_km)
        (kept / f"{n}.txt").write_bytes(write_cdm_kvn(made))
    (kept / "bad").write_text("nothing of the kind")
    as_of = ("--as-of", "2026-11-26T00:00:00Z")
    done = run(folder, "messages", "cdm", *as_of, "--history", "--fail-on", "look")
    assert done.returncode == 1, done.stderr
    assert "1 event from 2 conjunction messages" in done.stdout
    assert "rising" in done.stdout
    assert " 2-D" in done.stdout
    assert "safe" not in done.stdout
    assert "refused bad" in done.stderr
    told = run(folder, "messages", "cdm", *as_of, "--json")
    assert told.returncode == 0
    (event,) = json.loads(told.stdout)["events"]
    assert (event["trend"], event["step"]) == ("rising", "decide")
    latest = event["latest"]
    assert (latest["pc_type"], latest["method"]) == ("computed", "2-D")
    assert latest["conclusion"] == "above_threshold"
    later = run(folder, "messages", "cdm", "--as-of", "2026-11-28T00:00:00Z")
    assert "1 passed. --all shows them" in later.stdout


def test_patterns_of_life_are_a_table_and_one_document(folder: Path) -> None:
    belt = belt_histories(np.random.Generator(np.random.PCG64(3)), 14, every_days=1.0)
    (folder / "belt.csv").write_bytes(write_omm_csv(belt.element_sets))
    told = run(folder, "pattern", "--history", "belt.csv")
    assert told.returncode == 0
    assert "Patterns of life of 14 objects" in told.stdout
    assert "chemical keeping (CK)" in told.stdout
    assert "2 more objects; --all lists them" in told.stdout
    chosen = f"{belt.norad_ids[0]},5"
    one = run(folder, "pattern", "--history", "belt.csv", "--objects", chosen, "--json")
    document = json.loads(one.stdout)
    assert [p["norad_id"] for p in document["patterns"]] == [belt.norad_ids[0]]
    assert document["patterns"][0]["reality"] == "SIMULATED"
    assert {n["kind"] for n in document["patterns"][0]["nodes"]} >= {"SS", "ES"}
    assert document["too_short"] == [5]
    japanese = run(folder, "pattern", "--history", "belt.csv", "--all", "--language", "ja")
    assert "14 物体の行動様式" in japanese.stdout


def test_settings_and_detectors_are_shown(folder: Path) -> None:
    named = '[markings.sources]\n"open-*.csv" = "TLP:CLEAR"\n[floor]\nfolders = ["a"]\n'
    (folder / "named.toml").write_text(named)
    shown = tomllib.loads(run(folder, "settings", "--settings=named.toml").stdout)
    assert shown["markings"]["sources"] == {"open-*.csv": "TLP:CLEAR"}
    assert (shown["floor"]["folders"], shown["floor"]["watch_after_facts"]) == (["a"], True)
    assert "celestrak_group" in run(folder, "settings").stdout
    cards = json.loads(run(folder, "detectors", "--json").stdout)["detectors"]
    assert {card["name"] for card in cards} >= {"conjunction", "proximity", "geo_neighbour"}
    assert all(card["known_false_alarms"] for card in cards)
    quoted = next(card["sweep"] for card in cards if card["name"] == "manoeuvre")
    assert quoted["curves"][0]["kind"] == "burn"
    assert "半数を検出する大きさ" in run(folder, "detectors", "--language", "ja").stdout


def test_help_answers_without_the_numerics() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, hoshimori.cli; print('numpy' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "False"
