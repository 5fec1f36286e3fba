"""The journal as its users meet it: a watch records, people decide, everybody can check."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.in_process import completed_text

from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incident_life import Change, ChangeKind, FindingMark, Life, LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.provenance import Reality
from hoshimori.store import open_journal

PROGRAM = Path(sys.executable).with_name("hoshimori")
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

pytestmark = pytest.mark.xdist_group("cli")


def environment(folder: Path) -> dict[str, str]:
    own = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA")}
    return os.environ | own | {"COLUMNS": "140", "NO_COLOR": "1"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return completed_text(folder, arguments, environment(folder))


def run_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder), capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip


def opened(number: int, attention: Attention) -> Change:
    mark = FindingMark(f"f{number}", "conjunction", (25544, number), NOON, NOON)
    life = Life(
        incident_id=f"INC-{number}", series_id="SER-1", state=LifeState.NEW,
        direction=Direction.WITHIN, assets=(25544,), others=(number, 90, 91, 92),
        attention=attention, confidence=Confidence.LOW, rarity=Interval(0.0, 0.1, 0.2),
        reality=Reality.REAL, start_utc=NOON, end_utc=NOON, findings=(mark,), opened_utc=NOON,
        changed_utc=NOON, since_utc=NOON,
    )  # fmt: skip
    return Change(ChangeKind.OPENED, NOON, life, came=(mark.finding_id,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a journal of three incidents."""
    made = tmp_path_factory.mktemp("journal")
    with open_journal(made / "kept") as journal, journal.transaction():
        degrees = (Attention.LOOK, Attention.WATCH, Attention.LOG)
        changes = [opened(number, degree) for number, degree in enumerate(degrees, start=1)]
        journal.append_changes(changes, recorded_utc=NOON)
    return made


def test_incidents_are_listed_and_one_is_told(folder: Path) -> None:
    listed = run_process(folder, "incidents", "--store", "kept")
    assert listed.returncode == 0, listed.stderr
    assert "INC-1" in listed.stdout
    assert "INC-3" not in listed.stdout
    assert "1 more is only logged" in listed.stdout
    everything = run(folder, "incidents", "--all", "--json", "--store", "kept")
    told = json.loads(everything.stdout)["incidents"]
    assert {one["incident_id"] for one in told} == {"INC-1", "INC-2", "INC-3"}
    assert told[0]["state"] == "new"
    japanese = run(folder, "incidents", "--store", "kept", "--language", "ja")
    assert "注視" in japanese.stdout
    none = run(folder, "incidents", "--state", "merged", "--store", "kept")
    assert none.stdout == "The journal holds no such incident.\n"


def test_the_history_of_one_is_told(folder: Path) -> None:
    told = run(folder, "incidents", "show", "INC-2", "--store", "kept")
    assert "2026-11-02T12:00Z  opened · came: Conjunction" in told.stdout
    assert "25544 · 2, 90, 91 and 1 more" in told.stdout
    assert "Of the same objects: INC-1, INC-3" in told.stdout
    assert "Nobody has decided" in told.stdout
    japanese = run(folder, "incidents", "show", "INC-2", "--store", "kept", "--language", "ja")
    assert "経過" in japanese.stdout


def test_a_decision_is_kept_with_who_when_and_why(folder: Path) -> None:
    incident = "INC-1"
    decide = ("decide", incident, "--store", "kept")
    first = run_process(
        folder, *decide, "--factor", "F2=3", "--because", "it recovered", "--by", "Sato"
    )
    assert first.returncode == 0, first.stderr
    assert "Sato: F2 is 3; it recovered (no proposal is recorded)" in first.stdout
    second = run(folder, *decide, "--factor", "F2=4", "--because", "it did not", "--json")
    assert json.loads(second.stdout)["decision"]["decided_by"]
    run(folder, *decide, "--gate", "g3=open", "--because", "two chains", "--by", "Ito")
    run(folder, *decide, "--dissent", "the data carry less", "--by", "Mori")
    told = run(folder, "incidents", "show", incident, "--json", "--store", "kept")
    decisions = json.loads(told.stdout)["decisions"]
    assert [(d["key"], d["decision"]["value"]) for d in decisions] == [
        ("F2", "3"), ("F2", "4"), ("G3", "open"), ("", "the data carry less"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--factor", "F18=1", "--because", "x"], "F18"),
        (["--factor", "F1=5", "--because", "x"], "F1=5: expected one of 0, 1, 2"),
        (["--factor", "F1", "--because", "x"], "expected KEY=VALUE"),
        (["--gate", "G3=ajar", "--because", "x"], "open, closed"),
        (["--explanation", "H3=surely", "--because", "x"], "very likely"),
        (["--factor", "F1=2"], "--because: nothing is said"),
        (["--factor", "F1=2", "--because", "x", "--by", " "], "--by: nothing is said"),
        ([], "decide one thing"),
        (["--factor", "F1=2", "--gate", "G1=open", "--because", "x"], "decide one thing"),
    ],
)
def test_what_is_not_understood_is_refused_in_one_line(
    folder: Path, arguments: list[str], said: str
) -> None:
    done = run(folder, "decide", "INC-2", *arguments, "--store", "kept")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_incidents_and_missing_journals_are_named(folder: Path) -> None:
    unknown = run(folder, "incidents", "show", "INC-none", "--store", "kept")
    assert (unknown.returncode, "INC-none" in unknown.stderr) == (2, True)
    missing = run(folder, "journal", "verify", "--store", "nowhere")
    assert (missing.returncode, "no journal yet" in missing.stderr) == (2, True)
    assert not (folder / "nowhere").exists()


def test_verify_says_where_the_chain_breaks(folder: Path) -> None:
    verify = ("journal", "verify", "--store", "kept")
    whole = run(folder, *verify)
    assert whole.returncode == 0
    assert "The journal is whole" in whole.stdout
    connection = sqlite3.connect(folder / "kept" / "journal.sqlite")
    connection.execute("DROP TRIGGER never_changed")
    (kept,) = connection.execute("SELECT body FROM entries WHERE seq = 2").fetchone()
    connection.execute("UPDATE entries SET body = replace(body, 'NEW', 'Now') WHERE seq = 2")
    connection.commit()
    broken = run_process(folder, *verify, "--json")
    assert broken.returncode == 1
    found = json.loads(broken.stdout)
    assert (found["broken_at"], found["problem"]) == (2, "altered")
    told = run(folder, *verify, "--language", "ja")
    assert "2 番の記録で壊れています" in told.stdout
    connection.execute("UPDATE entries SET body = ? WHERE seq = 2", (kept,))
    connection.commit()
    connection.close()
    assert run(folder, *verify).returncode == 0
