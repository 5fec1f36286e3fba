"""What the files of small things do, tables in a database do: the same tests, on a doorstep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.store.test_alerts import (
    test_a_transaction_that_fails_keeps_nothing as test_a_step_that_fails_keeps_nothing,
)
from tests.store.test_alerts import (
    test_there_is_none_before_it_is_begun,
    test_threads_share_an_open_book,
)
from tests.store.test_alerts import test_what_is_kept_is_there_for_the_next as test_steps_are_kept
from tests.store.test_audit import (
    test_a_cut_end_shows_to_who_kept_the_head,
    test_two_processes_may_write_at_once,
)
from tests.store.test_boards import keep, test_a_board_comes_back_as_it_was
from tests.store.test_exercise_mark import MARK
from tests.store.test_journal import (
    a_change,
    a_decision,
    test_a_transaction_that_fails_keeps_nothing,
    test_what_is_kept_is_there_for_the_next,
)
from tests.store.test_journal import keep as keep_changes

from hoshimori.errors import StoreError
from hoshimori.model.access import Account, Audience, Role
from hoshimori.model.audit import AuditEntry, AuditKind
from hoshimori.store import AlertBook, Journal, open_alerts, open_boards, open_journal, open_store
from hoshimori.store.access import open_access
from hoshimori.store.audit import open_audit
from hoshimori.store.doorstep import address_at
from hoshimori.store.exercise_mark import write_beside

__all__ = [
    "test_a_board_comes_back_as_it_was",
    "test_a_cut_end_shows_to_who_kept_the_head",
    "test_a_step_that_fails_keeps_nothing",
    "test_a_transaction_that_fails_keeps_nothing",
    "test_steps_are_kept",
    "test_there_is_none_before_it_is_begun",
    "test_threads_share_an_open_book",
    "test_two_processes_may_write_at_once",
    "test_what_is_kept_is_there_for_the_next",
]

pytestmark = pytest.mark.xdist_group("postgres")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def tmp_path(doorstep: Path) -> Path:
    return doorstep


@pytest.fixture
def journal(doorstep: Path) -> Iterator[Journal]:
    with open_journal(doorstep) as opened:
        yield opened


@pytest.fixture
def book(doorstep: Path) -> Iterator[AlertBook]:
    with open_alerts(doorstep) as opened:
        yield opened


def as_owner(doorstep: Path, statement: str) -> None:
    address = address_at(doorstep)
    assert address is not None
    with psycopg.connect(address.text, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hoshimori_journal.entries SET body = ''",
        "DELETE FROM hoshimori_journal.entries WHERE seq = 2",
        "TRUNCATE hoshimori_journal.entries",
        "INSERT INTO hoshimori_journal.entries VALUES (9, '', 'change', '', '', '', '')",
        "INSERT INTO hoshimori_journal.entries VALUES (3, '', 'change', '', '', '', '')",
        "DELETE FROM hoshimori_boards.boards",
        "UPDATE hoshimori_boards.boards SET sha256 = ''",
        "DELETE FROM hoshimori_boards.thinned",
    ],
)
def test_the_database_itself_refuses_changes(doorstep: Path, statement: str) -> None:
    with open_journal(doorstep) as journal, open_boards(doorstep) as boards:
        keep_changes(journal, a_change(1), a_change(2))
        for view_id in ("a", "b"):
            keep(boards, view_id, 0)
        boards.thin(["b"], thinned_utc=NOON)
        assert [board.view_id for board in boards.thinned("home")] == ["b"]
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            as_owner(doorstep, statement)
        assert journal.check().problem is None
        assert [board.view_id for board in boards.every_one()] == ["a"]


def test_accounts_change_and_are_seen_by_others_at_once(doorstep: Path) -> None:
    account = Account("sato", Role.ANALYST, Audience(), NOON, has_password=True)
    with open_access(doorstep) as one, open_access(doorstep) as other:
        assert other.is_empty()
        with one.transaction():
            one.add_account(account, "digest")
        assert other.account("sato") == account
        other.set_role("sato", Role.DECIDER, Audience())
        found = one.account("sato")
        assert found is not None
        assert found.role is Role.DECIDER
        assert one.password_digest("sato") == "digest"


def test_a_name_with_a_zero_byte_is_recorded(doorstep: Path) -> None:
    entry = AuditEntry(NOON, AuditKind.REFUSED, "a\0b%s?", "POST /x\0", "", "", "::1", "")
    with open_audit(doorstep) as audit:
        audit.append(entry)
        (kept,) = audit.newest(5)
        assert (kept.who, kept.what) == ("a\N{SYMBOL FOR NULL}b%s?", "POST /x\0")
        assert audit.check().problem is None


def test_a_line_that_breaks_between_transactions_is_not_noticed(
    postgres: Any, doorstep: Path
) -> None:
    with open_journal(doorstep) as journal:
        keep_changes(journal, a_change(1))
        postgres.end_lines_to(doorstep)
        assert list(journal.lives()) == ["INC-1"]
        postgres.end_lines_to(doorstep)
        keep_changes(journal, a_change(2))
        assert journal.check().entries == 2


def test_a_line_that_breaks_within_a_transaction_keeps_nothing_of_it(
    postgres: Any, doorstep: Path
) -> None:
    with open_journal(doorstep) as journal:

        def write() -> None:
            with journal.transaction():
                journal.append_changes([a_change(1)], recorded_utc=NOON)
                postgres.end_lines_to(doorstep)
                journal.append_decision(a_decision(), recorded_utc=NOON)

        with pytest.raises(StoreError, match="the journal in the database"):
            write()
        assert journal.newest_entry() == 0
        keep_changes(journal, a_change(3))
        assert journal.check().entries == 1


def test_a_newer_one_is_refused(doorstep: Path) -> None:
    open_journal(doorstep).close()
    as_owner(doorstep, "INSERT INTO hoshimori_journal.schema_version VALUES (9000)")
    with pytest.raises(StoreError, match=r"newer Hoshimori made this journal.*upgrade"):
        open_journal(doorstep)


def test_every_table_knows_of_the_exercise(postgres: Any, tmp_path_factory: Any) -> None:
    empty = postgres.place(postgres.fresh_database(), tmp_path_factory.mktemp("doorsteps"))
    with open_store(empty, exercise=MARK) as store:
        assert store.exercise == MARK
    with open_journal(empty) as journal, open_alerts(empty) as book, open_boards(empty) as boards:
        assert journal.exercise == book.exercise == boards.exercise == MARK
    elsewhere = postgres.place(f"{address_at(empty).text}", tmp_path_factory.mktemp("other"))
    with open_journal(elsewhere) as journal:  # another machine, which never saw the sign
        assert journal.exercise == MARK


def test_a_sign_beside_a_database_of_the_real_sky_opens_nothing(doorstep: Path) -> None:
    open_store(doorstep).close()
    write_beside(doorstep, MARK)
    with pytest.raises(StoreError, match="find out which of them was moved here"):
        open_journal(doorstep)
