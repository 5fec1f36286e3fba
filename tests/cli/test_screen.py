"""`hoshimori screen` as its users meet it: a process with arguments, two streams and a status."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from platformdirs import user_cache_dir
from tests.cli.in_process import completed_text

from hoshimori.cli import screening
from hoshimori.cli.screening import ScreenArguments, run_screen
from hoshimori.errors import HoshimoriError
from hoshimori.formats.oem_writing import write_oem_kvn
from hoshimori.formats.omm_writing import write_omm_csv
from hoshimori.model.ephemeris import Ephemeris
from hoshimori.numerics.sgp4 import initialise, propagate
from hoshimori.workflows import screen_engine
from hoshimori.workflows.device import Device
from hoshimori.workflows.skies import made_sky

PROGRAM = Path(sys.executable).with_name("hoshimori")
AS_OF = np.datetime64("2026-11-01T00:00:00", "us")
SCREEN = ("screen", "--catalogue", "made.csv", "--days", "1", "--threshold-km", "10")

NO_RAY = importlib.util.find_spec("ray") is None

pytestmark = pytest.mark.xdist_group("cli-screen")

KERNELS = {"NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", user_cache_dir("hoshimori"))}
"""Compiled functions are those that are there: a folder of its own would compile them anew."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cli")
    rows = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0]
    (made / "made.csv").write_bytes(write_omm_csv(rows))
    (made / "page.html").write_text("<!DOCTYPE html><html><body>Not found</body></html>")
    (made / "small.toml").write_text("[screen]\nmemory_mib = 1\n")
    return made


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    own |= KERNELS
    return os.environ | own | {"COLUMNS": "160", "NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return completed_text(folder, arguments, environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder), capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_screening_is_printed_and_messages_go_to_stderr(folder: Path) -> None:
    done = run_process(folder, *SCREEN)
    assert done.returncode == 0, done.stderr
    assert "300 objects were screened against one another" in done.stdout
    assert "same constellation" in done.stdout
    assert "docked" in done.stdout
    assert "no known relation" in done.stdout
    assert "Element sets carry no errors of their own" in done.stdout
    assert "screened made.csv" in done.stderr


@pytest.mark.parametrize("is_told", [False, True])
def test_objects_of_ephemerides_are_primaries(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *,
    is_told: bool,
) -> None:  # fmt: skip
    """One from the middle of the catalogue, by its number; a CUDA device cannot search it."""
    sets = made_sky(seed=1, objects=300, as_of_utc=AS_OF).parts[0].newest().take([150])
    number = int(sets.norad_id[0])
    own_file = Path(f"{number}=own.oem" if is_told else "own.oem")
    t_s = np.arange(-1800.0, 20_000.0, 60.0)
    states = propagate(initialise(sets.mean_elements()), AS_OF, t_s)
    times = AS_OF + (t_s * 1e6).astype("timedelta64[us]")
    own = Ephemeris(
        "OWN", "X" if is_told else str(number), "EARTH", "TEME", "UTC", times,
        states.position_teme_km[0],
        states.velocity_teme_km_s[0], times[0], times[-1],
    )  # fmt: skip
    (folder / "own.oem").write_bytes(write_oem_kvn([own], originator="T", created_utc=AS_OF))
    monkeypatch.chdir(folder)
    monkeypatch.setattr(screening, "usable_device", lambda device: (device, ""))
    asked = arguments(ephemerides=(own_file,), device="cuda", days=0.2, threshold_km=200.0)
    assert run_screen(asked, as_json_document=True, everything=True) == 0
    told = capfd.readouterr()
    assert "only it can search ephemerides" in told.err
    found = json.loads(told.out)
    assert (found["device"], found["primaries"]) == ("cpu", 1)
    assert found["conjunctions"]
    assert {row["object_1"] for row in found["conjunctions"]} == {number}


def arguments(**others: Any) -> ScreenArguments:
    plain = ScreenArguments(
        ephemerides=(),
        catalogues=(Path("made.csv"),), primaries="", start="", days=1.0, threshold_km=10.0,
        output=None, memory_mib=None, on="local", device="cpu", restart=False, store=None,
        settings=None, exercise=False,
    )  # fmt: skip
    return replace(plain, **others)


def test_all_unfolds_the_classes_and_narrow_screens_have_lists(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    told = []
    for columns, everything in (("160", False), ("160", True), ("80", False)):
        monkeypatch.setenv("COLUMNS", columns)
        assert run_screen(arguments(), as_json_document=False, everything=everything) == 0
        told.append(capfd.readouterr().out)
    folded, unfolded, narrow = told
    assert "pairs of no known relation" in folded
    assert "The closest passes of all pairs" in unfolded
    assert folded.count("CONST-A") < unfolded.count("CONST-A")
    assert " ± " in narrow
    assert "┃ Objects" not in narrow


def test_json_is_one_document_and_the_table_holds_the_same_rows(folder: Path) -> None:
    done = run(folder, *SCREEN, "--json", "--output", "rows.parquet")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    table = pq.read_table(folder / "rows.parquet")
    assert found["output"] == "rows.parquet"
    assert len(found["conjunctions"]) == len(table) == found["counts"]["conjunctions"] > 0
    assert {
        "object_1", "object_2", "tca_utc", "miss_km", "speed_km_s", "pc", "pc_type",
    } <= set(found["conjunctions"][0])  # fmt: skip
    assert found["conjunctions"][0]["tca_utc"].endswith("Z")
    assert {"stays", "docked", "counts", "coverage", "reality"} <= set(found)
    assert found["docked"]
    assert (folder / "rows.stays.parquet").exists()
    assert not (folder / "rows.parquet.parts").exists()


def test_primaries_are_screened_against_all(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    asked = arguments(primaries="800000001,800000021")
    assert run_screen(asked, as_json_document=True, everything=False) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["primaries"] == 2
    assert {row["object_1"] for row in found["conjunctions"]} <= {800000001, 800000021}


def test_a_mistake_is_one_line_and_status_2(folder: Path) -> None:
    done = run(folder, *SCREEN, "--primaries", "nobody")
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert "--primaries nobody" in line
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"catalogues": (Path("none.csv"),)}, "none.csv: No such file"),
        ({"catalogues": (Path("page.html"),)}, "page.html"),
        ({"days": 0.0}, "--days 0"),
        ({"threshold_km": -1.0}, "--threshold-km -1"),
        ({"start": "yesterday"}, "'yesterday'"),
        ({"start": "2030-01-01"}, "nothing to screen at 2030-01-01"),
        ({"output": Path("nowhere/rows.parquet")}, "there is no folder nowhere"),
        ({"output": Path()}, "--output .: a folder"),
        ({"memory_mib": 1}, "--memory-mib 1"),
        ({"settings": Path("small.toml")}, "--memory-mib 1"),
        ({"on": "mars"}, "--on mars"),
        ({"on": "ray", "device": "cuda"}, "--on ray needs" if NO_RAY else "--device cuda"),
    ],
)
def test_mistakes_say_what_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any], said: str
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(HoshimoriError, match=re.escape(said)):
        run_screen(arguments(**wrong), as_json_document=True, everything=False)


def test_without_a_cuda_device_the_cpu_serves_and_that_is_said(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(screen_engine, "usable_device", lambda _: (Device.CPU, "no CUDA here"))
    monkeypatch.setattr(screening, "usable_device", screen_engine.usable_device)
    asked = arguments(days=0.1, device="cuda")
    assert run_screen(asked, as_json_document=True, everything=False) == 0
    told = capfd.readouterr()
    assert "no CUDA here" in told.err
    assert json.loads(told.out)["device"] == "cpu"


def test_ctrl_c_leaves_a_state_that_goes_on_and_says_so(folder: Path) -> None:
    # A long window, so that there is time to interrupt it.
    command = (*SCREEN, "--days", "20", "--output", "long.parquet")
    with subprocess.Popen(
        [PROGRAM, *command],
        cwd=folder,
        env=environment(folder),
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background lets all it starts ignore Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        while len(list(folder.glob("long.parquet.parts/*.part"))) < 5:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130, errors
    assert "finished spans are kept in long.parquet.parts" in errors
    assert not (folder / "long.parquet").exists()
    refused = run(folder, *command, "--threshold-km", "11")
    assert refused.returncode == 2
    assert "threshold_km" in refused.stderr
    again = run(folder, *command)
    assert again.returncode == 0, again.stderr
    assert "goes on where it was cut short" in again.stderr
    assert (folder / "long.parquet").exists()
