"""A line that breaks is drawn anew: nothing is lost, nothing is kept twice, and errors say why."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.postgres_server import database_of
from tests.store.postgresql.cutting_proxy import CuttingProxy, cutting_proxy
from tests.store.test_journal import a_change, keep

from hoshimori.errors import SettingsError, StoreError
from hoshimori.formats.database_address import doorstep_of
from hoshimori.model.elements import ElementSets
from hoshimori.model.objects import SpaceObject
from hoshimori.model.rejections import Reading
from hoshimori.store import IngestCounts, OwnStore, open_journal, open_store
from hoshimori.store.doorstep import address_at
from hoshimori.store.postgresql.line import Line, LineForm, one

pytestmark = pytest.mark.xdist_group("postgres")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1000)

MakeSets = Callable[..., ElementSets]
Take = Callable[..., IngestCounts]


@pytest.fixture
def cut(postgres: Any) -> Any:
    with cutting_proxy(postgres.folder) as proxy:
        yield proxy


def behind(proxy: CuttingProxy, doorstep: Path, under: Path) -> Path:
    """Return the folder that stands for the same database, reached by way of a proxy."""
    return under / doorstep_of(f"postgresql://owner@/{database_of(doorstep)}?host={proxy.folder}")


@pytest.mark.parametrize("when", ["cuts_before", "cuts_after"])
def test_an_append_whose_end_was_not_heard_of_is_kept_once(
    cut: CuttingProxy, doorstep: Path, tmp_path: Path, make_sets: MakeSets, take: Take, when: str
) -> None:
    with open_store(behind(cut, doorstep, tmp_path)) as store:
        setattr(cut, when, 1)
        assert take(store, make_sets([1, 2], [0.0, 0.0])) == IngestCounts(2, 0, 0)
        assert cut.done == 1
        setattr(cut, when, 2)
        told = [SpaceObject(1, "ONE"), SpaceObject(2, "TWO")]
        assert store.append_objects(told, source="s", known_utc=NOON) == 2
    with open_store(doorstep) as store:
        assert [receipt.counts for receipt in store.receipts()] == [IngestCounts(2, 0, 0)]
        assert len(store.history_of(None, as_known_at_utc=LATER)) == 2
        assert store.objects_as_known_at(LATER)[2].name == "TWO"


def test_a_line_that_breaks_again_and_again_is_given_up_and_nothing_is_kept(
    cut: CuttingProxy, doorstep: Path, tmp_path: Path, make_sets: MakeSets, take: Take
) -> None:
    with open_store(behind(cut, doorstep, tmp_path)) as store:
        cut.cuts_before = 9
        with pytest.raises(StoreError, match=r"broke 4 times|no PostgreSQL answers|refused"):
            take(store, make_sets([1], [0.0]))
        cut.cuts_before = 0
        assert store.receipts() == ()
        assert take(store, make_sets([1], [0.0])).new == 1


def test_a_transaction_of_small_things_is_kept_once_and_says_where_it_was_not(
    cut: CuttingProxy, doorstep: Path, tmp_path: Path
) -> None:
    with open_journal(behind(cut, doorstep, tmp_path)) as journal:
        cut.cuts_after = 1
        keep(journal, a_change(1))
        assert journal.check().entries == 1
        cut.cuts_before = 1
        with pytest.raises(StoreError, match="nothing was kept"):
            keep(journal, a_change(2))
        keep(journal, a_change(3))
        assert list(journal.lives()) == ["INC-1", "INC-3"]


def test_lines_that_a_server_ends_are_drawn_anew(
    postgres: Any, doorstep: Path, make_sets: MakeSets, take: Take
) -> None:
    with open_store(doorstep) as store:
        for number in range(1, 4):
            assert postgres.end_lines_to(doorstep) == 1
            assert take(store, make_sets([number], [0.0]), bytes([number])).new == 1
            assert postgres.end_lines_to(doorstep) == 1
            assert len(store.newest_as_known_at(LATER)) == number


def test_a_server_that_crashes_and_comes_back_loses_nothing(
    postgres: Any, doorstep: Path, make_sets: MakeSets, take: Take
) -> None:
    kept: list[int] = []
    failures: list[BaseException] = []
    stop = threading.Event()

    def deliver() -> None:
        try:
            with open_store(doorstep) as store:
                number = 0
                while not stop.is_set():
                    number += 1
                    rows = make_sets([1, 2, 3], [float(number)] * 3)
                    assert take(store, rows, str(number).encode()).new == 3
                    kept.append(number)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=deliver)
    thread.start()
    for _ in range(2):
        before = len(kept)
        while len(kept) < before + 5 and thread.is_alive():
            stop.wait(0.01)
        postgres.kill()
        postgres.start()
    stop.set()
    thread.join(60)
    assert failures == []
    with open_store(doorstep) as store:
        assert [receipt.counts.new for receipt in store.receipts()] == [3] * len(kept)
        assert len(store.history_of(None, as_known_at_utc=LATER)) == 3 * len(kept)


def test_of_several_hosts_the_one_that_takes_writes_is_found(
    postgres: Any, doorstep: Path, tmp_path: Path, make_sets: MakeSets, take: Take
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    address = f"postgresql://owner@/{database_of(doorstep)}?host={gone},{postgres.folder}"
    with open_store(tmp_path / doorstep_of(address)) as store:
        assert take(store, make_sets([1], [0.0])).new == 1
    postgres.execute(f"ALTER DATABASE {database_of(doorstep)} SET default_transaction_read_only=on")
    with pytest.raises(StoreError, match="none of its hosts takes writes"):
        open_store(tmp_path / doorstep_of(address))
    with open_store(doorstep, read_only=True) as store:
        assert len(store.receipts()) == 1


def test_a_store_that_became_read_only_says_so(
    postgres: Any, doorstep: Path, make_sets: MakeSets, take: Take, monkeypatch: Any
) -> None:
    monkeypatch.setattr("hoshimori.store.postgresql.line._WAITS_S", (0.0,))
    with open_store(doorstep) as store:
        name = database_of(doorstep)
        postgres.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        postgres.end_lines_to(doorstep)
        with pytest.raises(StoreError, match=r"it may only be read|broke 4 times"):
            take(store, make_sets([1], [0.0]))
        assert len(store.receipts()) == 0


# -- what people are told --------------------------------------------------------------------------


def said_of(address: str, under: Path) -> str:
    with pytest.raises(StoreError) as told:
        open_store(under / doorstep_of(address)).close()
    return str(told.value)


def test_no_server(tmp_path: Path) -> None:
    said = said_of(f"postgresql://owner@/x?host={tmp_path}", tmp_path)
    assert "no PostgreSQL answers: is it running" in said


@pytest.mark.parametrize(
    ("role", "database", "expected"),
    [
        ("owner", "nowhere", 'database "nowhere" does not exist; make it first'),
        ("nobody", "postgres", 'role "nobody" does not exist; make it first'),
        ("secretive", "postgres", "name it in PGPASSFILE or PGPASSWORD"),
        ("barred", "postgres", "its administrator must let this machine in|rejects"),
    ],
)
def test_who_is_not_let_in_is_told_why(
    postgres: Any, tmp_path: Path, role: str, database: str, expected: str
) -> None:
    postgres.execute(
        "DO $$ BEGIN CREATE ROLE secretive LOGIN PASSWORD 'right'; CREATE ROLE barred LOGIN; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    said = said_of(postgres.address(database, role), tmp_path)
    assert any(part in said for part in expected.split("|")), said


def test_a_wrong_password_is_not_repeated_and_the_right_one_opens(
    postgres: Any, doorstep: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = database_of(doorstep)
    postgres.execute(
        "DO $$ BEGIN CREATE ROLE secretive LOGIN PASSWORD 'right'; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    postgres.execute("GRANT USAGE ON SCHEMA hoshimori TO secretive", name)
    postgres.execute("GRANT SELECT ON ALL TABLES IN SCHEMA hoshimori TO secretive", name)
    address = postgres.address(name, "secretive")
    monkeypatch.setenv("PGPASSWORD", "hunter2-wrong")
    said = said_of(address, tmp_path)
    assert "password authentication failed" in said
    assert "PGPASSFILE or PGPASSWORD" in said
    assert "hunter2" not in said
    monkeypatch.delenv("PGPASSWORD")
    secrets = tmp_path / "pgpass"
    secrets.write_text("*:*:*:secretive:right\n")
    secrets.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(secrets))
    with open_store(tmp_path / doorstep_of(address), read_only=True) as store:
        assert store.receipts() == ()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://watch:hunter2@db/skies",
        "postgresql://db/skies?password=hunter2",
        "postgresql://db/skies?pass%77ord=hunter2",
        "postgres://watch%3Ahunter2@db/skies",
    ],
)
def test_an_address_with_a_password_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(SettingsError, match=r"holds a password.*leave it out") as told:
        doorstep_of(address)
    assert "hunter2" not in str(told.value)


def test_an_older_server_is_refused(doorstep: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoshimori.store.postgresql.line._OLDEST", 990_000)
    with pytest.raises(StoreError, match=r"PostgreSQL \d+; Hoshimori needs 15 or newer"):
        open_store(doorstep)


def test_another_encoding_is_refused(postgres: Any, tmp_path: Path) -> None:
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
    assert "ENCODING 'UTF8'" in said_of(postgres.address("latin"), tmp_path)


def test_who_writes_long_is_waited_for_and_then_named(doorstep: Path) -> None:
    address = address_at(doorstep)
    assert address is not None
    form = LineForm(address, "hoshimori", 1, wait_s=0.05)
    holder, other = Line(form), Line(form)
    with holder.transaction(), pytest.raises(StoreError, match="another Hoshimori process writes"):
        other.write(lambda line: None)
    assert other.write(lambda line: one(line, "SELECT 7")) == (7,)
    holder.close()
    other.close()


def test_threads_and_processes_append_at_once_and_each_fact_is_kept_once(
    doorstep: Path, make_sets: MakeSets
) -> None:
    rows = make_sets(list(range(1, 100)), [0.0] * 99)
    counts: list[int] = []

    def bring(store: OwnStore) -> None:
        with store:
            reading = Reading(rows)
            counts.append(
                store.append(reading, payload=b"made", source="made", received_utc=NOON).new
            )

    stores = [open_store(doorstep) for _ in range(3)]
    threads = [threading.Thread(target=bring, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 99]
