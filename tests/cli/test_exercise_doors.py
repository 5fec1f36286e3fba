"""Every command on an exercise: it says so, in words and in JSON, and lets nothing out unasked.

A command, or an option that writes a file, which is not in a list here fails a test.
"""

from __future__ import annotations

import json
import os
import subprocess
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import typer
from tests.cli.in_process import completed_text

from hoshimori.cli.app import app
from hoshimori.cli.exercise_line import CommandOfStore
from hoshimori.exercise.as_exercise import (
    air_as_exercise,
    series_as_exercise,
    sets_as_exercise,
)
from hoshimori.exercise.disturbed_air import MadeAir, PlantedDisturbance, disturbed_air
from hoshimori.exercise.disturbed_reception import MadeReceiver, disturbed_reception
from hoshimori.formats.integrity import write_integrity
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.formats.receivers import write_receivers
from hoshimori.model.exercise_stores import ExerciseMark
from hoshimori.workflows.skies import made_sky
from hoshimori.workflows.stores import begin_exercise_store

AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
MARK = ExerciseMark("Autumn Sky", datetime(2026, 11, 1, tzinfo=UTC))
SKY = ("--catalogue", "drill.csv", "--assets", "800000001", "--days", "1")
PARTNER = ("--to", "JPN", "--output", "copy.zip")

pytestmark = pytest.mark.xdist_group("cli-exercise")


def _commands(of: typer.Typer, name: str = "") -> Iterator[tuple[str, typing.Any]]:
    for one in of.registered_commands:
        yield f"{name} {one.name or one.callback.__name__}".strip(), one  # type: ignore[union-attr]
    for group in of.registered_groups:
        assert group.typer_instance is not None
        yield from _commands(group.typer_instance, f"{name} {group.name}".strip())


def _parameters(command: typing.Any) -> dict[str, typing.Any]:
    return typing.get_type_hints(command.callback)


COMMANDS = dict(_commands(app))

JSON: dict[str, tuple[str, ...] | str] = {
    "watch": (*SKY, "--no-record"),
    "screen": ("--catalogue", "drill.csv", "--days", "0.2", "--threshold-km", "20"),
    "manoeuvres": ("--history", "drill.csv"),
    "proximity": ("--catalogue", "drill.csv", "--assets", "800000001"),
    "pattern": ("--history", "drill.csv"),
    "breakups": ("drill.csv", "drill.csv"),
    "assess": SKY,
    "interference": ("air.parquet",),
    "receivers": ("station.parquet",),
    "explain": (
        "--asset",
        "800000001",
        "--at",
        "2026-11-01T00:00:00Z",
        "--catalogue",
        "drill.csv",
        "--draws",
        "19",
    ),
    "geolocate": "what is measured says what it is: tests/cli/test_geolocating.py",
    "belt": "tested with what it is made of: tests/workflows/test_belt.py",
    "reach": "tested with what it is made of: tests/workflows/test_reach.py",
    "messages": "reads messages alone: tests/formats/test_cdm.py",
    "brief": "writes a dossier: below",
    "release": "writes a dossier: below",
    "sign": "writes a dossier: below",
    "verify": "the file says it: tests/dossier/test_seal_wording.py",
    "ingest": "counts",
    "decide": "of the journal of the store",
    "incidents show": "of the journal of the store",
    "journal verify": "of the journal of the store",
    "alerts list": "of the book of the store",
    "alerts show": "of the book of the store",
    "alerts acknowledge": "of the book of the store",
    "alerts rules": "no facts",
    "alerts send": "of the book of the store",
    "alerts test": "no facts",
    "alerts verify": "of the book of the store",
    "rehearse check": "no facts",
    "rehearse list": "no facts",
    "rehearse show": "no facts",
    "rehearse run": "nothing else is played: tests/cli/test_rehearsing.py",
    "rehearse sweep": "nothing else is played: tests/cli/test_sweeping.py",
    "rehearse score": "of kept rehearsals alone: tests/cli/test_rehearsing.py",
    **{
        f"rehearse {do}": "of an exercise that is served: tests/cli/test_playing.py"
        for do in ("state", "questions", "answer", "message", "acts", "clock", "inject")
    },
    "settings": "no facts",
    "detectors": "no facts",
    **dict.fromkeys(
        (f"accounts {do}" for do in ("add", "key", "list", "password", "remove", "revoke", "role")),
        "no facts",
    ),
    "audit verify": "no facts",
    "audit show": "no facts",
    **dict.fromkeys(
        (f"backup {do}" for do in ("create", "restore", "verify")),
        "the whole store with its mark, or nothing: tests/workflows/test_backup.py",
    ),
    **dict.fromkeys(
        (f"store {do}" for do in ("migrate", "prepare", "rollback", "upgrade", "versions")),
        "the whole store with its mark stays a store",
    ),
    **dict.fromkeys(
        (f"share {do}" for do in ("init", "card", "add", "partners", "rotate", "refused")),
        "no facts",
    ),
    **dict.fromkeys(
        (
            f"share {do}"
            for do in (
                "offer",
                "preview",
                "bundle",
                "take",
                "send",
                "inbox",
                "show",
                "accept",
                "correct",
                "revoke",
                "reply",
            )
        ),
        "each letter says it, and goes nowhere else: tests/workflows/test_share_taking.py",
    ),
}
"""What each command that prints JSON is given; or why it is not run here."""

WRITES: dict[tuple[str, str], tuple[str, ...] | str] = {
    ("export", "output"): ("--as", "geojson", *SKY, "--output", "out.json"),
    ("brief", "output"): (*SKY, "--output", "dossier.zip"),
    ("release", "output"): ("drill.zip", *PARTNER),
    ("sign", "output"): ("drill.zip", "--key", "key.pem", "--output", "signed.zip"),
    ("screen", "output"): (
        "--catalogue", "drill.csv", "--days", "0.2", "--threshold-km", "20",
        "--output", "screen.parquet",
    ),
    ("manoeuvres", "output"): ("--history", "drill.csv", "--output", "burns.parquet"),
    ("watch", "report"): "a page with the banner: tests/dossier/test_watch_page.py",
    ("breakups", "report"): "a page with the banner: tests/dossier/test_report_page.py",
    ("interference", "report"): "a page with the banner: tests/dossier/test_report_page.py",
    ("receivers", "report"): "a page with the banner: tests/workflows/test_receivers.py",
    ("explain", "report"): "a page with the banner: tests/dossier/test_cause_wording.py",
    ("geolocate", "report"): "asks for forms; page: tests/cli/test_geolocating.py",
    ("geolocate", "geojson"): "asks, and says so: tests/cli/test_geolocating.py",
    ("rehearse run", "output"): "says it in every file: tests/workflows/test_rehearse.py",
    ("rehearse sweep", "output"): "says it in its first line: tests/formats/test_sweeps.py",
    ("rehearse sweep", "report"): "a page with the banner: tests/dossier/test_sweep_page.py",
    ("rehearse debrief", "output"): "says it on every page: tests/dossier/test_after_action.py",
    ("share card", "output"): "tells no fact",
    ("share bundle", "output"): "says it, and no store of the real sky takes it: "
    "tests/workflows/test_share_taking.py",
    ("belt", "picture"): "a picture for one's own screen, with the banner on the terminal",
}  # fmt: skip
"""Options that write files: how each is called, or why it needs no `--exercise`."""
_PLACES = {"output", "report", "picture", "geojson"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("drill")
    rows = made_sky(seed=1, objects=150, as_of_utc=AS_OF).parts[0]
    (made / "drill.csv").write_bytes(write_omm_csv(sets_as_exercise(rows)))
    planted = PlantedDisturbance(35.0, 137.0, 100.0, 20, 22)
    air = disturbed_air(MadeAir(rings=4, days=30, planted=(planted,)), np.random.default_rng(1))
    (made / "air.parquet").write_bytes(write_integrity(air_as_exercise(air)))
    heard = disturbed_reception(MadeReceiver(samples=200), np.random.default_rng(1))
    (made / "station.parquet").write_bytes(write_receivers([series_as_exercise(heard)]))
    begin_exercise_store(made / "store", MARK)
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return lambda *arguments: completed_text(
        folder, arguments, os.environ | own | {"NO_COLOR": "1"}
    )


def test_every_command_of_a_store_says_first_what_the_store_is_of() -> None:
    for name, command in COMMANDS.items():
        if "store" in _parameters(command):
            assert command.cls is CommandOfStore, name


@pytest.mark.parametrize(
    "command",
    [
        ("alerts", "list", "--json"), ("journal", "verify", "--json"),
        ("accounts", "list", "--json"), ("incidents", "show", "INC-0000"),
    ],
)  # fmt: skip
def test_the_line_stands_on_stderr(
    run: Callable[..., subprocess.CompletedProcess[str]], command: tuple[str, ...]
) -> None:
    done = run(*command, "--store", "store")
    first = done.stderr.splitlines()[0]
    assert first.startswith("hoshimori: EXERCISE EXERCISE EXERCISE: this store is of the exercise")
    assert "Autumn Sky" in first
    assert "EXERCISE EXERCISE" not in done.stdout
    elsewhere = run(*command, "--store", "another")
    assert "EXERCISE" not in elsewhere.stderr


def test_every_command_with_json_is_thought_of() -> None:
    with_json = {name for name, one in COMMANDS.items() if "as_json" in _parameters(one)}
    assert with_json <= {*JSON}
    assert {name for name in JSON if name not in COMMANDS} == set()


@pytest.mark.parametrize("name", [n for n, given in JSON.items() if not isinstance(given, str)])
def test_json_of_an_exercise_says_so(
    run: Callable[..., subprocess.CompletedProcess[str]], name: str
) -> None:
    done = run(*name.split(), *JSON[name], "--json")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert "EXERCISE" in done.stdout
    assert '"REAL"' not in done.stdout


def test_every_option_that_writes_a_file_is_thought_of() -> None:
    found = {
        (name, option)
        for name, command in COMMANDS.items()
        for option in _PLACES & {*_parameters(command)}
    }
    assert found == {*WRITES}
    for (name, _), given in WRITES.items():
        asks = "exercise" in _parameters(COMMANDS[name])
        assert asks == (not isinstance(given, str) or given.startswith("asks")), name


@pytest.mark.parametrize(
    ("name", "option"), [key for key, given in WRITES.items() if not isinstance(given, str)]
)
def test_no_file_of_an_exercise_is_written_unasked(
    run: Callable[..., subprocess.CompletedProcess[str]], folder: Path, name: str, option: str
) -> None:
    given = WRITES[name, option]
    if "drill.zip" in given and not (folder / "drill.zip").exists():
        made = run("brief", *SKY, "--output", "drill.zip", "--exercise")
        assert made.returncode == 0, made.stderr
        assert run("keys", "new", "key.pem").returncode == 0
    place = folder / given[given.index("--output") + 1]
    done = run(*name.split(), *given)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "is EXERCISE and leaves only where that is asked for: --exercise" in done.stderr
    assert not place.exists()
    asked = run(*name.split(), *given, "--exercise")
    assert asked.returncode == 0, asked.stderr
    assert place.exists()
    place.unlink()


def test_a_watch_over_an_exercise_is_not_recorded_beside_what_is_real(
    run: Callable[..., subprocess.CompletedProcess[str]], folder: Path
) -> None:
    (folder / "real").mkdir(exist_ok=True)
    done = run("watch", *SKY, "--record", "--store", "real", "--json")
    assert done.returncode == 2
    assert "this board is EXERCISE and this store is of the real sky" in done.stderr
    ingested = run("ingest", "drill.csv", "--store", "real", "--json")
    counts = json.loads(ingested.stdout)
    assert counts["new"] == 0
    assert counts["rejected"] > 100
    assert "an exercise has a store of its own" in ingested.stdout


def test_an_exercise_asks_no_real_source(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = run("ingest", "--source", "celestrak", "--store", "store")
    assert done.returncode == 2
    assert "this store is of the exercise Autumn Sky: it asks no real source" in done.stderr
