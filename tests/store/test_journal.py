"""The journal: append-only, chained, shared by processes, clear when it cannot be read."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoshimori.errors import StoreError
from hoshimori.model.assessments import Decision
from hoshimori.model.finding import Confidence, Interval
from hoshimori.model.incident_life import Change, ChangeKind, FindingMark, Life, LifeState
from hoshimori.model.incidents import Attention, Direction
from hoshimori.model.journal import ChainBreak, DecisionKind, RecordedDecision
from hoshimori.model.provenance import Reality
from hoshimori.store import Journal, open_journal
from hoshimori.store.journal import FILE_NAME
from hoshimori.store.journal_json import change_from, change_json, decision_from, decision_json

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
KILLS = int(os.environ.get("HOSHIMORI_KILLS", "6"))

MOMENTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1957, 10, 4, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
IDS = st.lists(st.text(max_size=8), max_size=3).map(tuple)
OBJECTS = st.lists(st.integers(1, 999_999_999), max_size=3).map(tuple)
MARKS = st.lists(
    st.builds(FindingMark, st.text(max_size=8), st.text(max_size=8), OBJECTS, MOMENTS, MOMENTS),
    max_size=3,
).map(tuple)
LIVES = st.builds(
    Life,
    incident_id=st.text(min_size=1, max_size=8), series_id=st.text(max_size=8),
    state=st.sampled_from(LifeState), direction=st.sampled_from(Direction),
    assets=OBJECTS, others=OBJECTS, attention=st.sampled_from(Attention),
    confidence=st.sampled_from(Confidence),
    rarity=st.floats(0, 0.5).map(lambda x: Interval(x / 3, x, x * 2)),
    reality=st.sampled_from(Reality), start_utc=MOMENTS, end_utc=MOMENTS, findings=MARKS,
    opened_utc=MOMENTS, changed_utc=MOMENTS, since_utc=MOMENTS, merged_into=st.text(max_size=8),
    took_in=IDS, parted_from=st.text(max_size=8), gave_off=IDS,
)  # fmt: skip
CHANGES = st.builds(
    Change, kind=st.sampled_from(ChangeKind), as_of_utc=MOMENTS, life=LIVES, came=IDS, went=MARKS,
    others=IDS,
)  # fmt: skip
DECISIONS = st.builds(
    RecordedDecision, st.text(max_size=8), st.sampled_from(DecisionKind), st.text(max_size=4),
    st.none() | st.text(max_size=8),
    st.builds(Decision, st.text(), st.text(), MOMENTS, st.text()),
)  # fmt: skip


def a_life(number: int) -> Life:
    return Life(
        incident_id=f"INC-{number}", series_id=f"SER-{number}", state=LifeState.NEW,
        direction=Direction.WITHIN, assets=(1,), others=(number,), attention=Attention.LOG,
        confidence=Confidence.LOW, rarity=Interval(0.0, 0.1, 0.2), reality=Reality.REAL,
        start_utc=NOON, end_utc=NOON, findings=(), opened_utc=NOON, changed_utc=NOON,
        since_utc=NOON,
    )  # fmt: skip


def a_change(number: int) -> Change:
    return Change(ChangeKind.OPENED, NOON, a_life(number))


def a_decision(value: str = "4") -> RecordedDecision:
    decided = Decision(value, "Sato", NOON, "no sign of recovery 回復の兆候なし")
    return RecordedDecision("INC-1", DecisionKind.FACTOR, "F2", "3", decided)


def keep(journal: Journal, *changes: Change) -> None:
    with journal.transaction():
        journal.append_changes(changes, recorded_utc=NOON)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(tmp_path) as opened:
        yield opened


@given(CHANGES)
def test_a_change_is_read_back_as_it_was(change: Change) -> None:
    assert change_from(change_json(change)) == change


@given(DECISIONS)
def test_a_decision_is_read_back_as_it_was(recorded: RecordedDecision) -> None:
    assert decision_from(recorded.incident_id, decision_json(recorded)) == recorded


def test_what_is_kept_is_there_for_the_next(tmp_path: Path) -> None:
    closed = replace(a_life(1), state=LifeState.CLOSED)
    with open_journal(tmp_path) as first:
        keep(first, a_change(1), a_change(2), Change(ChangeKind.CLOSED, NOON, closed))
        with first.transaction():
            first.append_decision(a_decision("3"), recorded_utc=NOON)
            first.append_decision(a_decision("4"), recorded_utc=NOON)
    with open_journal(tmp_path) as second:
        assert second.lives() == {"INC-1": closed, "INC-2": a_life(2)}
        assert [c.kind for c in second.changes_of("INC-1")] == [
            ChangeKind.OPENED,
            ChangeKind.CLOSED,
        ]
        assert second.decisions_of("INC-1") == (a_decision("3"), a_decision("4"))
        assert second.decisions_of("INC-2") == ()
        check = second.check()
        assert (check.entries, check.broken_at) == (5, None)


def test_a_transaction_that_fails_keeps_nothing(journal: Journal) -> None:
    with contextlib.suppress(RuntimeError), journal.transaction():
        journal.append_changes([a_change(1)], recorded_utc=NOON)
        raise RuntimeError
    assert journal.lives() == {}
    keep(journal, a_change(2))
    assert journal.check().broken_at is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = '{}' WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 2",
        "INSERT INTO entries SELECT 9, recorded_utc, kind, incident_id, body, sha256, sha256 "
        "FROM entries WHERE seq = 2",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE seq = 1",
        "INSERT INTO entries SELECT 3, recorded_utc, kind, incident_id, body, 'x', sha256 "
        "FROM entries WHERE seq = 2",
    ],
)
def test_the_file_itself_refuses_to_be_changed(tmp_path: Path, statement: str) -> None:
    with open_journal(tmp_path) as journal:
        keep(journal, a_change(1), a_change(2))
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "at", "problem"),
    [
        ("UPDATE entries SET body = replace(body, 'low', 'LOW') || ' ' WHERE seq = 3", 3,
         ChainBreak.ALTERED),
        ("UPDATE entries SET recorded_utc = '2020' WHERE seq = 1", 1, ChainBreak.ALTERED),
        ("UPDATE entries SET incident_id = 'INC-9' WHERE seq = 5", 5, ChainBreak.ALTERED),
        ("DELETE FROM entries WHERE seq = 2", 3, ChainBreak.MISSING),
        ("DELETE FROM entries WHERE seq = 1", 2, ChainBreak.MISSING),
        ("UPDATE entries SET sha256 = 'ab' WHERE seq = 4", 4, ChainBreak.ALTERED),
        ("UPDATE entries SET previous_sha256 = 'ab' WHERE seq = 4", 4, ChainBreak.RELINKED),
    ],
)  # fmt: skip
def test_the_check_says_exactly_where_the_chain_breaks(
    tmp_path: Path, statement: str, at: int, problem: ChainBreak
) -> None:
    with open_journal(tmp_path) as journal:
        keep(journal, *map(a_change, range(1, 6)))
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    for trigger in ("never_changed", "never_deleted", "only_at_the_end"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.commit()
    connection.close()
    with open_journal(tmp_path) as journal:
        check = journal.check()
    assert (check.broken_at, check.problem) == (at, problem)


def test_a_cut_off_end_shows_in_the_head_only(tmp_path: Path) -> None:
    with open_journal(tmp_path / "one") as journal:
        keep(journal, a_change(1))
        short = journal.check()
        keep(journal, a_change(2))
        assert journal.check().head_sha256 != short.head_sha256
    assert short.broken_at is None


def test_another_database_a_newer_one_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    foreign, newer, broken = (tmp_path / name for name in ("foreign", "newer", "broken"))
    for folder in (foreign, newer, broken):
        folder.mkdir()
    connection = sqlite3.connect(foreign / FILE_NAME)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(StoreError, match="no journal of Hoshimori"):
        open_journal(foreign)
    with open_journal(newer):
        pass
    connection = sqlite3.connect(newer / FILE_NAME)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with pytest.raises(StoreError, match="newer Hoshimori"):
        open_journal(newer)
    (broken / FILE_NAME).write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match=r"damaged.*left as it was"):
        open_journal(broken)
    assert (broken / FILE_NAME).read_bytes().startswith(b"not a database")


def test_damaged_pages_are_named_as_damage(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        keep(journal, *map(a_change, range(1, 400)))
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[8192:-4096] = os.urandom(len(content) - 12288)
    path.write_bytes(content)
    with (
        pytest.raises(StoreError, match=r"damaged|cannot be read|refused"),
        open_journal(tmp_path) as journal,
    ):
        journal.lives()


def test_a_busy_journal_says_so_and_readers_go_on(tmp_path: Path) -> None:
    with open_journal(tmp_path) as holder, open_journal(tmp_path, wait_s=0.05) as waiting:
        keep(holder, a_change(1))
        with holder.transaction():
            holder.append_changes([a_change(2)], recorded_utc=NOON)
            assert set(waiting.lives()) == {"INC-1"}
            with pytest.raises(StoreError, match="another Hoshimori process writes"):
                keep(waiting, a_change(3))
        keep(waiting, a_change(3))
        assert waiting.check() == holder.check()


# Appends pairs of changes, each pair one transaction, until it is killed; says which are done.
APPEND = """
import sys
from dataclasses import replace
from pathlib import Path
from hoshimori.store import open_journal
from hoshimori.store.journal_json import change_from

model = change_from(sys.argv[2])
with open_journal(Path(sys.argv[1])) as journal:
    pair = len(journal.lives()) // 2
    while True:
        lives = [replace(model.life, incident_id=f"{half}-{pair}") for half in "ab"]
        with journal.transaction():
            journal.append_changes(
                [replace(model, life=life) for life in lives], recorded_utc=model.as_of_utc)
        print(pair, flush=True)
        pair += 1
"""


def test_a_killed_writer_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    moments = random.Random(20261127)
    told = -1
    for _ in range(KILLS):
        command = [sys.executable, "-c", APPEND, str(tmp_path), change_json(a_change(1))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            told = int(process.stdout.readline())
            time.sleep(moments.uniform(0.0, 0.3))
            process.send_signal(signal.SIGKILL)
            told = max([told, *map(int, process.stdout.read().split("\n")[:-1])])
        with open_journal(tmp_path) as journal:
            held = journal.lives()
            check = journal.check()
        assert len(held) >= 2 * (told + 1)
        assert len(held) % 2 == 0
        assert (check.entries, check.broken_at) == (len(held), None)


def test_two_processes_may_begin_a_journal_at_once(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from hoshimori.store import open_journal\n"
    code += "with open_journal(Path(sys.argv[1])) as j: print(j.check().entries)"
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        command = [sys.executable, "-c", code, str(folder)]
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(3)
        ]
        for process in running:
            out, err = process.communicate(timeout=60)
            assert (process.returncode, out) == (0, b"0\n"), err
        shutil.rmtree(folder)
